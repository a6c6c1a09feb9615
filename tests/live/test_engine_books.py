"""Apps, books and sheets through the engine, as any xlwings script uses them."""

from pathlib import Path
from typing import Any

import pytest
import xlwings

from riskbook.edge.libreoffice.line.wire import OfficeError


def names(book: Any) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def test_new_books_are_counted_and_look_like_excel_s(calc: Any) -> None:
    one, two = calc.books.add(), calc.books.add()
    first, second = (int(book.name.removeprefix("Book")) for book in (one, two))
    assert second == first + 1
    assert one.fullname == one.name
    assert names(one) == ["Sheet1"]
    assert one.sheets[0]["A1"].font.name == "Calibri"
    assert one.sheets[0]["A1"].font.size == 11
    assert calc.books.active == two
    one.activate()
    assert calc.books.active == one
    assert calc.books[one.name] == one
    with pytest.raises(KeyError):
        calc.books["nowhere.xlsx"]
    one.close()
    two.close()


def test_a_book_keeps_everything_when_it_is_saved_and_opened(calc: Any, tmp_path: Path) -> None:
    path = tmp_path / "Register é.xlsx"
    book = calc.books.add()
    book.sheets[0]["A1"].value = [["ref", True, 16.5], ["=A1", None, "001"]]
    book.names.add("points", "=Sheet1!$C$1")
    book.save(path)
    assert (book.name, book.fullname) == ("Register é.xlsx", str(path))
    book.sheets[0]["A1"].value = "again"
    book.save()
    book.close()

    book = calc.books.open(path)
    assert book.sheets[0]["A1:C2"].value == [["again", True, 16.5], ["again", None, "001"]]
    assert book.names["points"].refers_to == "=Sheet1!$C$1"
    assert calc.books.open(path) == book  # not twice
    book.close()


def test_sheets_are_added_renamed_moved_copied_and_taken_away(calc: Any) -> None:
    book = calc.books.add()
    book.sheets.add("Risks", after=book.sheets["Sheet1"])
    book.sheets.add("About", before="Sheet1")
    assert names(book) == ["About", "Sheet1", "Risks"]
    assert book.sheets.active.name == "About"
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("risks")
    with pytest.raises(ValueError, match="already present"):
        book.sheets["About"].name = "RISKS"

    risks = book.sheets["risks"]  # as in Excel, capitals do not matter
    risks["A1"].value = "R1"
    risks.name = "The council's risks"
    assert risks.index == 3
    copied = risks.copy(after=book.sheets["About"], name="Copy")
    assert copied["A1"].value == "R1"
    assert names(book) == ["About", "Copy", "Sheet1", "The council's risks"]
    book.sheets["About"].move(after=book.sheets[-1])
    assert names(book)[-1] == "About"
    book.sheets["Copy"].delete()
    assert names(book) == ["Sheet1", "The council's risks", "About"]
    assert risks["A1"].get_address(external=True).endswith("]The council's risks'!$A$1")
    book.close()


def test_a_sheet_goes_to_another_book(calc: Any) -> None:
    here, there = calc.books.add(), calc.books.add()
    here.sheets[0]["A1"].value = [["R1", 2], ["R2", "=B1*3"]]
    here.sheets[0].copy(after=there.sheets[0], name="Returned")
    assert there.sheets["Returned"]["A1:B2"].value == [["R1", 2.0], ["R2", 6.0]]
    here.close()
    there.close()


def test_hidden_sheets(calc: Any) -> None:
    book = calc.books.add()
    book.sheets.add("Lists").visible = False
    assert [sheet.visible for sheet in book.sheets] == [False, True]
    with pytest.raises(OfficeError, match="hidden"):
        book.sheets["Lists"].activate()
    book.sheets["Lists"].visible = True
    book.sheets["Lists"].activate()
    assert book.sheets.active.name == "Lists"
    book.close()


def test_the_used_range_and_whole_rows_and_columns(sheet: Any) -> None:
    sheet["B2"].value = [[1, 2], [3, 4]]
    assert sheet.used_range.address == "$B$2:$C$3"
    column = sheet["B:B"].value
    assert column[:4] == [None, 1.0, 3.0, None]
    assert sheet["2:2"].value[:4] == [None, 1.0, 2.0, None]
    sheet["B:B"].clear_contents()
    assert sheet.used_range.value == [2.0, 4.0]


def test_places_that_are_none_are_refused(sheet: Any) -> None:
    with pytest.raises(IndexError, match="1-based"):
        sheet.range((0, 1))
    with pytest.raises(ValueError, match="neither an address nor a name"):
        sheet.range("nowhere")


def test_settings_of_the_app_are_kept_and_given_back(calc: Any) -> None:
    book = calc.books.add()
    book.sheets[0]["A1"].value = [[2], ["=A1*2"]]
    with calc.properties(screen_updating=False, calculation="manual", enable_events=False):
        book.sheets[0]["A1"].value = 3
        assert book.sheets[0]["A2"].value == 4.0
        assert calc.calculation == "manual"
    calc.calculate()
    assert book.sheets[0]["A2"].value == 6.0
    assert (calc.screen_updating, calc.calculation, calc.enable_events) == (True, "automatic", True)
    calc.status_bar = "62 risks"
    assert calc.status_bar == "62 risks"
    calc.status_bar = False
    assert calc.status_bar is False
    book.close()


def test_what_is_selected(calc: Any) -> None:
    book = calc.books.add()
    book.sheets[0]["B2:C4"].select()
    assert calc.selection.address == "$B$2:$C$4"
    assert book.selection.sheet.name == "Sheet1"
    book.close()


def test_a_message_needs_a_window(calc: Any) -> None:
    for book in calc.books:
        book.close()
    with pytest.raises(OfficeError, match="no window"):
        calc.alert("Saved.")


def test_the_program_is_named(calc: Any) -> None:
    assert calc.version.major >= 7
    assert calc.engine.name == "libreoffice"
    assert (Path(calc.impl.path) / "soffice").exists()
    assert calc in list(xlwings.apps)


def test_a_book_as_pdf_and_a_sheet_as_a_web_page(calc: Any, tmp_path: Path) -> None:
    book = calc.books.add()
    book.sheets[0]["A1"].value = "Flood, of the river"
    book.sheets.add("Other")["A1"].value = "elsewhere"
    book.to_pdf(tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")
    book.sheets["Sheet1"].to_html(tmp_path / "sheet.html")
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8", errors="replace")
    assert "Flood, of the river" in page
    assert "elsewhere" not in page
    assert calc.books.active == book
    book.close()


def test_the_caller_is_the_book_that_stands_in_for_it(calc: Any) -> None:
    book = calc.books.add()
    book.set_mock_caller()
    try:
        assert xlwings.Book.caller() == book
    finally:
        xlwings.Book._mock_caller = None
        book.close()


def test_what_there_is_not_is_said(sheet: Any) -> None:
    with pytest.raises(NotImplementedError, match="no pivot tables"):
        sheet.impl.pivot_tables  # noqa: B018 - reading it is the test
