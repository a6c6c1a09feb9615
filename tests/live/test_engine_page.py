"""Frozen panes, gridlines, print set-up and PDF through the engine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from openpyxl import load_workbook


@pytest.fixture
def second(sheet: Any) -> Iterator[Any]:
    """A sheet that is not the one that is shown."""
    made = sheet.book.sheets.add("Second", after=sheet)
    made["A1"].value = "second"
    sheet["A1"].value = "first"
    sheet.activate()
    yield made
    assert sheet.book.sheets.active.name == "Sheet1"


def saved(sheet: Any, folder: Path) -> Any:
    sheet.book.save(folder / "saved.xlsx")
    return load_workbook(folder / "saved.xlsx")


@pytest.mark.parametrize(
    ("address", "frozen", "pane"),
    [
        ("A1", (1, 1), "B2"),
        ("A1:B3", (3, 2), "C4"),
        ("1:2", (2, 0), "A3"),
        ("A:A", (0, 1), "B1"),
        ("$1:$1", (1, 0), "A2"),
    ],
)
def test_panes_of_a_sheet_that_is_not_shown_are_frozen(
    second: Any, tmp_path: Path, address: str, frozen: tuple[int, int], pane: str
) -> None:
    second.freeze_panes.freeze_at(address)
    assert second.impl.freeze_panes.frozen == frozen
    book = saved(second, tmp_path)
    assert book["Second"].freeze_panes == pane
    assert book["Sheet1"].freeze_panes is None


def test_panes_are_thawed_and_frozen_again(second: Any, tmp_path: Path) -> None:
    second.freeze_panes.freeze_at("1:5")
    second.freeze_panes.freeze_at(second["1:1"])
    assert second.impl.freeze_panes.frozen == (1, 0)
    second.freeze_panes.unfreeze()
    assert second.impl.freeze_panes.frozen == (0, 0)
    assert saved(second, tmp_path)["Second"].freeze_panes is None
    with pytest.raises(ValueError, match="address"):
        second.freeze_panes.freeze_at("top row")


def test_gridlines_are_hidden_on_one_sheet(second: Any, tmp_path: Path) -> None:
    assert second.show_gridlines is True
    second.show_gridlines = False
    assert (second.show_gridlines, second.book.sheets[0].show_gridlines) == (False, True)
    book = saved(second, tmp_path)
    lines = [book[name].sheet_view.showGridLines for name in ("Sheet1", "Second")]
    assert lines == [True, False]
    second.show_gridlines = True
    assert second.show_gridlines is True


def test_a_hidden_sheet_is_frozen_and_stays_hidden(second: Any, tmp_path: Path) -> None:
    second.visible = False
    second.freeze_panes.freeze_at("1:1")
    second.show_gridlines = False
    assert second.visible is False
    book = saved(second, tmp_path)["Second"]
    assert (book.sheet_state, book.freeze_panes) == ("hidden", "A2")
    assert book.sheet_view.showGridLines is False


def test_print_areas(second: Any, tmp_path: Path) -> None:
    setup = second.page_setup
    assert setup.print_area is None
    setup.print_area = "A1:B2"
    assert setup.print_area == "$A$1:$B$2"
    assert saved(second, tmp_path)["Second"].print_area == "'Second'!$A$1:$B$2"
    setup.print_area = "A1:B2,D4:E9"
    assert setup.print_area == "$A$1:$B$2,$D$4:$E$9"
    setup.print_area = None
    assert setup.print_area is None
    with pytest.raises(ValueError, match="address"):
        setup.print_area = "everything"


def test_a_sheet_is_set_up_for_print_and_others_are_not(second: Any, tmp_path: Path) -> None:
    setup = second.impl.page_setup
    setup.orientation = "landscape"
    setup.margins = {"left": 36, "right": 18, "top": 72}
    setup.fit_to_pages = (1, 0)
    setup.title_rows = "1:2"
    setup.centered = True
    assert (setup.orientation, setup.fit_to_pages, setup.title_rows) == (
        "landscape",
        (1, 0),
        "$1:$2",
    )
    assert (setup.margins["left"], setup.margins["right"], setup.centered) == (36, 18, True)
    book = saved(second, tmp_path)
    page = book["Second"]
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert (page.page_margins.left, page.page_margins.right) == pytest.approx((0.5, 0.25), abs=1e-3)
    assert page.print_title_rows == "$1:$2"
    assert page.print_options.horizontalCentered is True
    other = book["Sheet1"]
    assert other.page_setup.orientation == "portrait"
    assert not other.print_title_rows
    setup.title_rows = None
    setup.fit_to_pages = None
    setup.orientation = "portrait"
    assert (setup.title_rows, setup.fit_to_pages, setup.orientation) == (None, None, "portrait")
    with pytest.raises(ValueError, match="landscape"):
        setup.orientation = "upright"


def test_headers_and_footers_hold_fields_and_new_sheets_have_none(
    second: Any, tmp_path: Path
) -> None:
    setup = second.impl.page_setup
    setup.set_header(left="Risk register", right="&A")
    setup.set_footer(center="Page &P of &N")
    book = saved(second, tmp_path)
    page, plain = book["Second"], book["Sheet1"]
    assert (page.oddHeader.left.text, page.oddHeader.right.text) == ("Risk register", "&A")
    assert page.oddFooter.center.text == "Page &P of &N"
    assert page.oddFooter.center.color in (None, "000000")  # never white
    assert plain.oddFooter.center.text is None
    setup.set_footer()
    third = second.book.sheets.add("Third", after=second)
    second.book.sheets[0].activate()
    third["A1"].value = 1
    book = saved(second, tmp_path)
    assert [book[name].oddFooter.center.text for name in ("Second", "Third")] == [None, None]


# PDF


def words(path: Path) -> list[str]:
    program = which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) reads the PDF back")
    told = subprocess.run([program, path, "-"], capture_output=True, text=True, check=True)
    return re.findall(r"\w+", told.stdout)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["first", "second"]),
        ({"include": "Second"}, ["second"]),
        ({"include": [1]}, ["first"]),
        ({"exclude": ["Sheet1"]}, ["second"]),
    ],
)
def test_some_sheets_as_pdf(
    second: Any, tmp_path: Path, given: dict[str, Any], found: list[str]
) -> None:
    second.book.to_pdf(tmp_path / "book.pdf", **given)
    assert words(tmp_path / "book.pdf") == found
    assert [sheet.visible for sheet in second.book.sheets] == [True, True]
    second.book.sheets[0].activate()


def test_a_sheet_and_a_range_as_pdf(second: Any, tmp_path: Path) -> None:
    second["C3"].value = [["cell", "other"]]
    second.to_pdf(tmp_path / "sheet.pdf")
    assert words(tmp_path / "sheet.pdf") == ["second", "cell", "other"]
    second["C3"].to_pdf(tmp_path / "range.pdf", quality="minimum")
    assert words(tmp_path / "range.pdf") == ["cell"]
    second.book.sheets[0].activate()


def test_a_sheet_whose_name_begins_with_a_hash_is_left_out(second: Any, tmp_path: Path) -> None:
    second.name = "#Second"
    second.book.to_pdf(tmp_path / "book.pdf")
    assert words(tmp_path / "book.pdf") == ["first"]
