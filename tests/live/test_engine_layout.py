"""Rows and columns through the engine: sizes, hidden, merged, in the saved file too."""

from shutil import copy

import openpyxl
import pytest

from riskbook.edge.libreoffice.cells import layout
from riskbook.excel import extras
from riskbook.excel.blocks import Box

pytestmark = pytest.mark.office


@pytest.fixture
def saved(sheet, tmp_path):
    """The sheet as openpyxl reads it from the saved file."""

    def read():
        sheet.book.save(tmp_path / "saved.xlsx")
        return openpyxl.load_workbook(tmp_path / "saved.xlsx").active

    return read


@pytest.mark.parametrize("width", [10.0, 40, 8.43, 0.5, 1, 100.0, 255])
def test_a_column_width_comes_back(sheet, width):
    sheet["B2:C3"].column_width = width
    assert sheet["B2:C3"].column_width == width
    sheet["D1"].column_width = 77
    assert sheet["B1:D1"].column_width is None


def test_a_new_sheet_is_as_wide_as_excels(sheet):
    assert (sheet["A1"].column_width, sheet["A1"].row_height) == (8.43, 15)


def test_a_column_width_survives_a_file(calc, sheet, saved, tmp_path):
    sheet["A1"].value = "x"
    sheet["B:B"].column_width = 20
    # 20 digits and the margins, as Excel writes them
    assert saved().column_dimensions["B"].width == pytest.approx(20.71, abs=0.02)
    again = calc.books.open(copy(tmp_path / "saved.xlsx", tmp_path / "again.xlsx"))
    assert again.sheets[0]["B1"].column_width == 20
    again.close()


@pytest.mark.parametrize("height", [15.0, 40, 12.75, 33.3, 409, 10.5])
def test_a_row_height_comes_back(sheet, height):
    sheet["A2:A4"].row_height = height
    assert sheet["A2:A4"].row_height == height
    sheet["A1"].row_height = 77
    assert sheet["A1:A2"].row_height is None


def test_places_add_up(sheet):
    sheet["A:A"].column_width = 20
    sheet["1:3"].row_height = 60
    assert (sheet["A1"].left, sheet["A1"].top) == (0, 0)
    assert sheet["B1"].left == sheet["A1"].width
    assert sheet["A4"].top == sheet["A1:A3"].height == 180
    assert sheet["A1:B1"].width == sheet["A1"].width + sheet["B1"].width


def test_hidden_rows_and_columns(sheet, saved):
    sheet["A1:D4"].value = 1
    sheet["2:2"].rows.hidden = True
    sheet["C:D"].columns.hidden = True
    assert sheet["A2"].rows.hidden is True
    assert sheet["A1:A3"].rows.hidden is None
    assert sheet["A3:D4"].rows.hidden is False
    assert sheet["C1:D1"].columns.hidden is True
    assert sheet["B1:C1"].columns.hidden is None
    assert sheet["A1:B4"].columns.hidden is False
    assert sheet["A2"].row_height == 0
    assert sheet["C1"].column_width == 0
    assert sheet["A2"].height == 0
    file = saved()
    assert [file.row_dimensions[n].hidden for n in (1, 2, 3)] == [False, True, False]
    assert file.column_dimensions["C"].hidden is True
    sheet["A1:D4"].rows.hidden = False
    sheet["A1:D4"].columns.hidden = False
    assert (sheet["A1:D4"].rows.hidden, sheet["A1:D4"].columns.hidden) == (False, False)


def test_a_size_of_nothing_hides_and_another_shows_again(sheet):
    sheet["B2"].row_height = 0
    sheet["B2"].column_width = 0
    assert (sheet["B2"].rows.hidden, sheet["B2"].columns.hidden) == (True, True)
    sheet["B2"].row_height = 30
    sheet["B2"].column_width = 12
    assert (sheet["B2"].row_height, sheet["B2"].column_width) == (30, 12)


def test_autofit(sheet):
    sheet["A1"].value = "a rather long text that wants a wide column"
    sheet["A1:B2"].column_width = 3
    sheet["A1:B2"].row_height = 99
    sheet["A1:B2"].columns.autofit()
    assert sheet["A1"].column_width > 20
    assert sheet["A1"].row_height == 99
    sheet["A1:B2"].rows.autofit()
    assert sheet["A1"].row_height < 30


def test_many_rows_at_once(sheet):
    sheet["1:1000000"].row_height = 20
    assert sheet["1:1000000"].row_height == 20
    assert sheet["1:1000000"].rows.hidden is False


def test_merging_keeps_the_first_value(sheet, saved):
    sheet["A1:B2"].value = [["first", "second"], ["third", None]]
    sheet["A1:B2"].merge()
    assert sheet["A1:B2"].value == [["first", None], [None, None]]
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    assert [sheet[a].merge_cells for a in ("A1", "B2", "A1:B2", "C3")] == [True, True, True, False]
    assert sheet["A1:C3"].merge_cells is None
    assert [str(area) for area in saved().merged_cells.ranges] == ["A1:B2"]
    sheet["B2"].unmerge()
    assert sheet["A1:B2"].merge_cells is False


def test_merging_brings_the_only_value_to_the_front(sheet):
    sheet["B2"].value = 7
    sheet["B2"].color = (255, 0, 0)
    sheet["A1:B2"].merge()
    assert sheet["A1"].value == 7


def test_merging_across(sheet, saved):
    sheet["A1:C3"].merge(across=True)
    assert [sheet[a].merge_area.address for a in ("B1", "C3")] == ["$A$1:$C$1", "$A$3:$C$3"]
    sheet["A1"].value = "x"
    assert sorted(str(area) for area in saved().merged_cells.ranges) == [
        "A1:C1",
        "A2:C2",
        "A3:C3",
    ]


def test_merging_over_merged_cells(sheet):
    sheet["A1:A2"].merge()
    sheet["A1:B2"].merge()
    assert sheet["A1"].merge_area.address == "$A$1:$B$2"


def test_groups(sheet, saved):
    sheet["A1:D6"].value = 1
    sheet["2:4"].group()
    sheet["B:C"].group()
    file = saved()
    assert [file.row_dimensions[n].outlineLevel for n in (1, 2, 4, 5)] == [0, 1, 1, 0]
    assert file.column_dimensions["B"].outlineLevel == 1
    sheet["2:4"].ungroup()
    sheet["B:C"].ungroup()
    assert saved().row_dimensions[2].outlineLevel == 0


@pytest.mark.parametrize("count", [3, 150])
def test_many_rows_get_their_height_at_once(sheet, saved, count):
    """As few as a short page has, and so many that they are selected and set together."""
    heights = [(row, row, (0, 30, 21.5)[row % 3]) for row in range(1, count + 1)]
    layout.set_heights(sheet.impl, [(row, row, 0) for row, _, _ in heights])
    layout.set_heights(sheet.impl, heights)
    assert [sheet[row - 1, 0].row_height for row, _, _ in heights] == [h for _, _, h in heights]
    assert sheet[count, 0].row_height == 15
    rows = saved().row_dimensions
    assert [rows[row].hidden for row, _, _ in heights] == [h == 0 for _, _, h in heights]


def test_rows_of_many_blocks_are_merged_each_for_itself(sheet, saved):
    sheet["A1:D3"].value = [["a", None, "b", None], ["c", None, "d", None], [1, 2, 3, 4]]
    extras.merge_rows(sheet, [Box(1, 1, 2, 2), Box(1, 3, 1, 2)])
    assert sorted(map(str, saved().merged_cells.ranges)) == ["A1:B1", "A2:B2", "C1:D1"]
    assert sheet["A1:D2"].value == [["a", None, "b", None], ["c", None, "d", None]]


def test_page_breaks_are_set_anew(sheet, saved):
    sheet["A1:A30"].value = [[row] for row in range(30)]
    extras.set_breaks(sheet, [4, 9])
    extras.set_breaks(sheet, [9, 20])
    assert [each.id for each in saved().row_breaks.brk] == [8, 19]
    extras.set_breaks(sheet, [])
    assert [each.id for each in saved().row_breaks.brk] == []


def test_clearing_cells_leaves_what_is_drawn_on_them(sheet):
    sheet["A1:B3"].value = [["x", "y"], ["a", 1], ["b", 2]]
    sheet.charts.add(name="riskbook bands").set_source_data(sheet["A1:B3"])
    sheet["A1:Z99"].clear()
    assert sheet["A1"].value is None
    assert [chart.name for chart in sheet.charts] == ["riskbook bands"]


def test_a_formula_under_the_text_format_is_a_text(sheet):
    sheet["A1:A2"].number_format = "@"
    sheet["A1:B2"].value = [["=1+1", "=1+1"], ["=x is a title", "b"]]
    assert sheet["A1:B2"].value == [["=1+1", 2.0], ["=x is a title", "b"]]
