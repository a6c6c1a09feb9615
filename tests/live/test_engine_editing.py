"""Cells moved, copied, sorted, found and continued through the engine."""

from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from riskbook.edge.libreoffice.cells.address import parse
from riskbook.edge.libreoffice.cells.filling import continued, direction
from riskbook.edge.libreoffice.cells.finding import pattern_of
from riskbook.edge.libreoffice.line.wire import OfficeError


@pytest.mark.parametrize(
    ("where", "shift", "found"),
    [
        ("A1", None, [[None, "b"], ["a", "d"], ["c", None]]),  # one cell: down
        ("A1:A2", None, [[None, "a"], [None, "c"], [None, None]]),  # taller than wide: right
        ("A1:B1", "down", [[None, None], ["a", "b"], ["c", "d"]]),
        ("A1", "right", [[None, "a"], ["c", "d"], [None, None]]),
        ("2:2", None, [["a", "b"], [None, None], ["c", "d"]]),
        ("B:B", None, [["a", None], ["c", None], [None, None]]),
    ],
)
def test_cells_put_in(sheet: Any, where: str, shift: str | None, found: list[Any]) -> None:
    sheet["A1"].value = [["a", "b"], ["c", "d"]]
    sheet[where].insert(shift)
    assert sheet["A1:B3"].value == found


@pytest.mark.parametrize(
    ("where", "shift", "found"),
    [
        ("A1", None, [["b", None], ["c", "d"]]),  # one cell: from the right, as Excel
        ("A1:B1", None, [["c", "d"], [None, None]]),  # wider than tall: from below
        ("A1", "up", [["c", "b"], [None, "d"]]),
        ("A1:A2", "left", [["b", None], ["d", None]]),
        ("1:1", None, [["c", "d"], [None, None]]),
        ("A:A", None, [["b", None], ["d", None]]),
    ],
)
def test_cells_taken_out(sheet: Any, where: str, shift: str | None, found: list[Any]) -> None:
    sheet["A1"].value = [["a", "b"], ["c", "d"]]
    sheet[where].delete(shift)
    assert sheet["A1:B2"].value == found


def test_sheets_and_ranges_fetched_before_cells_went_are_whole_afterwards(sheet: Any) -> None:
    sheet["A1:C9"].value = 1
    other, block = sheet.book.sheets[0], sheet["A1:C9"]
    assert block.value[8] == [1.0, 1.0, 1.0]
    sheet["A3:B3"].delete("up")
    assert block.value[8] == [None, None, 1.0]
    assert other["B500"].value is None


def test_formats_of_a_new_row_come_from_above_or_below(sheet: Any) -> None:
    sheet["A1:A2"].value = [[1], [2]]
    sheet["A1"].number_format = "0.0"
    sheet["A2"].number_format = "0%"
    sheet["2:2"].insert("down")
    sheet["2:2"].insert("down", copy_origin="format_from_right_or_below")
    sheet["A3"].value = 3
    assert [sheet[f"A{row}"].number_format for row in (1, 3, 4)] == ["0.0", "0.0", "0%"]
    sheet["4:4"].insert("down", copy_origin="format_from_right_or_below")
    assert sheet["A4"].number_format == "0%"


def test_a_copy_takes_formulas_along_and_fills_a_multiple(sheet: Any) -> None:
    sheet["A1"].value = [[1, "=A1*10"]]
    sheet["A1:B1"].copy(sheet["D2:E4"])
    assert sheet["E2:E4"].formula == (("=D2*10",), ("=D3*10",), ("=D4*10",))


@pytest.mark.parametrize(
    ("part", "value", "formula", "number_format"),
    [
        (None, 0.5, "=A1/2", "0%"),
        ("values", 0.5, "0.5", "General"),
        ("formulas", 0.5, "=A1/2", "General"),
        ("formats", None, "", "0%"),
        ("values_and_number_formats", 0.5, "0.5", "0%"),
        ("formulas_and_number_formats", 0.5, "=A1/2", "0%"),
    ],
)
def test_a_part_of_what_was_copied_is_pasted(
    sheet: Any, part: str | None, value: float | None, formula: str, number_format: str
) -> None:
    sheet["A1"].value = [1, "=$A$1/2"]
    sheet["B1"].number_format = "0%"
    sheet["B1"].copy()
    assert sheet.book.app.cut_copy_mode == "copy"
    sheet["D5"].paste(part)
    target = sheet["D5"]
    assert target.value == value
    assert target.formula == formula.replace("A1", "$A$1")
    assert target.number_format == number_format


def test_paste_turns_adds_and_leaves_blanks_alone(sheet: Any) -> None:
    sheet["A1"].value = [[1, None, 3]]
    sheet["A5"].value = [[10], [20], [30]]
    sheet["A1:C1"].copy()
    sheet["A5"].paste("values", operation="add", transpose=True)
    assert sheet["A5:A7"].value == [11.0, 20.0, 33.0]
    sheet["A9"].value = [[7, 8, 9]]
    sheet["A9"].paste("values", skip_blanks=True)
    assert sheet["A9:C9"].value == [1.0, 8.0, 3.0]


def test_paste_without_a_copy_says_what_to_do(sheet: Any) -> None:
    sheet.book.app.cut_copy_mode = False
    with pytest.raises(OfficeError, match="nothing to paste"):
        sheet["A1"].paste()


def test_copies_between_workbooks_and_hidden_sheets(calc: Any, sheet: Any) -> None:
    sheet["A1"].value = [["x", 2], ["=B1+1", True]]
    hidden = sheet.book.sheets.add("Hidden", after=sheet)
    sheet["A1:B2"].copy(hidden["C3"])
    hidden.visible = False
    other = calc.books.add()
    try:
        hidden["C3:D4"].copy(other.sheets[0]["B1"])
        assert other.sheets[0]["B1:C2"].value == [["x", 2.0], [3.0, True]]
        assert other.sheets[0]["B2"].formula == "=C1+1"
    finally:
        other.close()
    assert hidden.visible is False
    assert sheet.book.sheets.active.name == "Sheet1"


def test_copy_from_takes_a_part(sheet: Any) -> None:
    sheet["A1"].value = [[1, "=A1+1"]]
    sheet["A3"].copy_from(sheet["A1:B1"], copy_type="values", transpose=True)
    assert sheet["A3:A4"].formula == (("1",), ("2",))


def test_move_takes_references_along(sheet: Any) -> None:
    sheet["A1"].value = [[5, "=A1*2"]]
    sheet["A1"].move(sheet["D9"])
    assert sheet["A1"].value is None
    assert sheet["B1"].formula == "=D9*2"
    assert sheet["B1"].value == 10.0


def test_sort_by_two_columns_with_headers_blanks_last(sheet: Any) -> None:
    sheet["A1"].value = [["n", "v"], ["b", 1], ["a", 1], [None, 3], ["c", 2]]
    sheet["A1:B5"].sort([2, 1], [False, True], has_headers=True)
    assert sheet["A1:B5"].value == [["n", "v"], [None, 3.0], ["c", 2.0], ["a", 1.0], ["b", 1.0]]
    sheet["A2:B5"].sort(1)
    assert sheet["A2:A5"].value == ["a", "b", "c", None]


def test_duplicates_go_and_what_lies_below_stays(sheet: Any) -> None:
    rows = [["n", "v"], ["a", 1], ["A", 1], ["b", 1], ["a", 1], ["a", 2]]
    sheet["A1"].value = [*rows, ["below", "=B6"]]
    sheet["A1:B6"].remove_duplicates([1, 2], has_headers=True)
    assert sheet["A1:B7"].value == [
        ["n", "v"],
        ["a", 1.0],
        ["b", 1.0],
        ["a", 2.0],
        [None, None],
        [None, None],
        ["below", 2.0],
    ]


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("risk", {}, "$A$1"),
        ("risk", {"direction": "backward"}, "$B$3"),
        ("Risk", {"match_case": True}, "$A$1"),
        ("fire", {"whole": True}, "$B$1"),
        ("r*k", {"whole": True}, "$B$3"),
        ("40.0%", {}, "$A$2"),  # as it is shown
        ("fi?e", {"order": "columns", "whole": True}, "$A$3"),
        ("~?", {}, "$B$2"),
        ("elsewhere", {}, None),
    ],
)
def test_find(sheet: Any, text: str, options: dict[str, Any], found: str | None) -> None:
    sheet["A1"].value = [["Risk of fire", "Fire"], [0.4, "why?"], ["fire", "risk"]]
    sheet["A2"].number_format = "0.0%"
    cell = sheet["A1:B3"].find(text, **options)
    assert (cell.address if cell else None) == found


def test_replace_all_in_texts_and_formulas(sheet: Any) -> None:
    sheet["A1"].value = [["Q1 risk", "=B9+1", 15], ["q1", "x", None]]
    sheet["A1:C2"].replace_all("q1", "Q2")
    sheet["A1:C2"].replace_all("B9", "C1")
    assert sheet["A1:C2"].value == [["Q2 risk", 16.0, 15.0], ["Q2", "x", None]]
    sheet["A1:C2"].replace_all("Q2", "7", whole=True)
    assert sheet["A2"].value == 7.0
    sheet["A1"].replace_all("risk", "")
    assert sheet["A1"].value == "Q2 "


@pytest.mark.parametrize(
    ("kind", "value_type", "found"),
    [
        ("blanks", None, ["$B$2"]),
        ("constants", "text", ["$A$1"]),
        ("constants", "numbers", ["$B$1"]),
        ("constants", "logical", ["$A$2"]),
        ("constants", "errors", []),
        ("formulas", "errors", ["$C$2"]),
        ("formulas", "numbers", ["$C$1"]),
    ],
)
def test_special_cells(sheet: Any, kind: str, value_type: str | None, found: list[str]) -> None:
    sheet["A1"].value = [["text", 1, "=B1+1"], [True, None, "=NA()"]]
    cells = sheet["A1:C2"].get_special_cells(kind, value_type)
    assert [cell.address for cell in cells] == found


@pytest.mark.parametrize(
    ("values", "type_", "found"),
    [
        ([5], "fill_default", [5.0, 5.0, 5.0]),
        ([5], "fill_series", [5.0, 6.0, 7.0]),
        ([1, 3], "fill_default", [1.0, 3.0, 5.0, 7.0]),
        ([1, 2, 4], "linear_trend", [1.0, 2.0, 4.0, 5.333333333333, 6.833333333333]),
        ([2, 4], "growth_trend", [2.0, 4.0, 8.0, 16.0]),
        ([1, 2], "fill_copy", [1.0, 2.0, 1.0, 2.0]),
        (["Risk 1"], "fill_default", ["Risk 1", "Risk 2", "Risk 3"]),
        (["Mon"], "fill_default", ["Mon", "Tue", "Wed"]),
        ([True], "fill_default", [True, True, True]),
    ],
)
def test_a_range_is_continued(sheet: Any, values: list[Any], type_: str, found: list[Any]) -> None:
    count = len(values)
    sheet["A1"].value = [[value] for value in values]
    sheet["A1"].resize(count).autofill(sheet["A1"].resize(len(found)), type_)
    assert sheet["A1"].resize(len(found)).value == pytest.approx(found)
    sheet["C1"].value = values
    sheet["C1"].resize(1, count).autofill(sheet["C1"].resize(1, len(found)), type_)
    assert sheet["C1"].resize(1, len(found)).value == pytest.approx(found)


def test_months_and_formats_are_continued_upwards_too(sheet: Any) -> None:
    sheet["A1"].value = datetime(2021, 1, 31)
    sheet["A1"].autofill(sheet["A1:A3"], "fill_months")
    months = [datetime(2021, 1, 31), datetime(2021, 2, 28), datetime(2021, 3, 31)]
    assert sheet["A1:A3"].value == months
    sheet["C3:C4"].value = [[10], [20]]
    sheet["C3:C4"].autofill(sheet["C1:C4"])
    assert sheet["C1:C4"].value == [-10.0, 0.0, 10.0, 20.0]
    sheet["E1"].number_format = "0.00"
    sheet["E1"].autofill(sheet["E1:E3"], "fill_formats")
    assert sheet["E3"].number_format == "0.00"
    sheet["E1"].value = 2
    sheet["E1"].number_format = "0%"
    sheet["E1"].autofill(sheet["E1:E3"], "fill_values")
    assert (sheet["E3"].value, sheet["E3"].number_format) == (2.0, "0.00")


def test_what_cannot_be_continued_is_said(sheet: Any) -> None:
    with pytest.raises(NotImplementedError, match="pattern"):
        sheet["A1"].autofill(sheet["A1:A3"], "flash_fill")
    with pytest.raises(ValueError, match="continue"):
        sheet["A1"].autofill(sheet["B1:B3"])
    with pytest.raises(ValueError, match="numbers"):
        continued(["a", "b"], 2, "linear_trend")
    with pytest.raises(ValueError, match="above 0"):
        continued([0.0, 1.0], 2, "growth_trend")


@pytest.mark.parametrize(
    ("source", "whole", "to"),
    [
        ("B2:C3", "B2:C9", "TO_BOTTOM"),
        ("B8:C9", "B2:C9", "TO_TOP"),
        ("B2:B3", "B2:F3", "TO_RIGHT"),
        ("F2:F3", "B2:F3", "TO_LEFT"),
    ],
)
def test_direction(source: str, whole: str, to: str) -> None:
    one, all_ = parse(source), parse(whole)
    assert one is not None
    assert all_ is not None
    assert direction(one, all_) == to


@pytest.mark.parametrize(
    ("text", "pattern"), [("a*b", "a.*b"), ("~*", r"\*"), ("why?", "why."), ("1.5", r"1\.5")]
)
def test_excel_s_wildcards(text: str, pattern: str) -> None:
    assert pattern_of(text) == pattern


def test_links_are_read_and_saved(sheet: Any, tmp_path: Any) -> None:
    sheet["A1"].add_hyperlink("https://www.gov.uk/", "GOV.UK")
    sheet["A2"].add_hyperlink("#Sheet1!B5")
    assert sheet["A1"].value == "GOV.UK"
    assert sheet["A1"].hyperlink == "https://www.gov.uk/"
    assert sheet["A2"].hyperlink == "#Sheet1!B5"
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["B1"].hyperlink
    with pytest.warns(UserWarning, match="screen tip"):
        sheet["A3"].add_hyperlink("https://www.gov.uk/", "GOV.UK", "a tip of my own")
    sheet.book.save(tmp_path / "links.xlsx")
    saved = load_workbook(tmp_path / "links.xlsx")["Sheet1"]
    assert saved["A1"].hyperlink.target == "https://www.gov.uk/"
    assert saved["A2"].hyperlink.location == "Sheet1!B5"


def test_cells_as_a_picture_and_as_pdf(sheet: Any, tmp_path: Any) -> None:
    sheet["A1"].value = [["only this", 1], ["and this", 2]]
    sheet["A9"].value = "not this"
    sheet["A1:B2"].to_png(tmp_path / "cells.png")
    with Image.open(tmp_path / "cells.png") as image:
        assert image.format == "PNG"
        assert image.width > image.height > 20
    sheet["A1:B2"].to_pdf(tmp_path / "cells.pdf")
    assert (tmp_path / "cells.pdf").read_bytes()[:5] == b"%PDF-"
    sheet["A1:B2"].copy_picture()
    sheet["D4"].paste()
    assert len(sheet.pictures) == 1


def test_visible_cells_are_what_is_not_hidden(sheet: Any) -> None:
    sheet["A1:C4"].value = 1
    sheet["2:3"].rows.hidden = True
    cells = sheet["A1:C4"].get_special_cells("visible")
    assert [cell.address for cell in cells] == ["$A$1:$C$1", "$A$4:$C$4"]


def test_widths_rules_and_links_are_pasted(sheet: Any) -> None:
    sheet["A1"].value = [[4, 5]]
    sheet["A1"].column_width = 30
    sheet["A1"].data_validation.set_list(["low", "high"])
    sheet["A1"].copy()
    sheet["D1"].paste("column_widths")
    sheet["D1"].paste("validation")
    assert sheet["D1"].column_width == pytest.approx(30, abs=0.2)
    assert sheet["D1"].data_validation.formula1 == sheet["A1"].data_validation.formula1
    assert sheet["D1"].value is None
    sheet["D5"].copy_from(sheet["A1:B1"], copy_type="link")
    assert sheet["D5:E5"].value == [4.0, 5.0]
    sheet["B1"].value = 6
    assert sheet["E5"].value == 6.0


def test_lines_stay_when_all_but_them_is_pasted(sheet: Any) -> None:
    sheet["A1"].value = 1
    sheet["A1"].color = (255, 0, 0)
    sheet["A1"].borders["edge_top"].line_style = "continuous"
    sheet["C1"].borders["edge_bottom"].line_style = "continuous"
    sheet["A1"].copy()
    sheet["C1"].paste("all_except_borders")
    assert (sheet["C1"].value, sheet["C1"].color) == (1.0, (255, 0, 0))
    assert sheet["C1"].borders["edge_top"].line_style in (None, "none")
    assert sheet["C1"].borders["edge_bottom"].line_style == "continuous"


def test_everything_works_while_nothing_is_drawn(sheet: Any, tmp_path: Any) -> None:
    second = sheet.book.sheets.add("Second", after=sheet)
    sheet.activate()
    app = sheet.book.app
    app.screen_updating = False
    try:
        sheet["A1"].value = [[1, "=A1+1"]]
        sheet["A1:B1"].copy()
        second["C3"].paste("values")
        second.freeze_panes.freeze_at("1:1")
        second.show_gridlines = False
        sheet["A1:B1"].to_png(tmp_path / "cells.png")
    finally:
        app.screen_updating = True
    assert second["C3:D3"].formula == (("1", "2"),)
    assert second.impl.freeze_panes.frozen == (1, 0)
    assert second.show_gridlines is False
    assert sheet.book.sheets.active.name == "Sheet1"
    assert (tmp_path / "cells.png").stat().st_size > 100


def test_a_picture_shows_exactly_the_cells_and_changes_nothing(sheet: Any, tmp_path: Any) -> None:
    second = sheet.book.sheets.add("Second", after=sheet)
    sheet.activate()
    second["A1"].value = [["title", "row"], ["x", 1]]
    second.impl.page_setup.title_rows = "1:1"
    second["A2:B2"].color = (0, 128, 0)
    second.visible = False
    sheet.book.save(tmp_path / "book.xlsx")
    second["A2:B2"].to_png(tmp_path / "cells.png")
    size = [side * 96 / 72 for side in (second["A2:B2"].width, second["A2:B2"].height)]
    with Image.open(tmp_path / "cells.png") as image:
        assert image.size == pytest.approx(size, abs=2)
        corners = [(2, 2), (image.width - 3, image.height - 3)]
        assert {image.convert("RGB").getpixel(corner) for corner in corners} == {(0, 128, 0)}
    assert second.visible is False
    assert second.impl.page_setup.title_rows == "$1:$1"
    assert sheet.book.api("isModified") is False
    assert "picture" not in second.api["PageStyle"]
