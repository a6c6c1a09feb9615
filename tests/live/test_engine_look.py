"""How cells look through the engine: read back, and in the file that is saved."""

from pathlib import Path
from shutil import copy

import openpyxl
import pytest

pytestmark = pytest.mark.office
SIDES = ("edge_top", "edge_bottom", "edge_left", "edge_right")


def saved(sheet, folder: Path):
    """The sheet as openpyxl reads it from the saved file."""
    path = folder / "saved.xlsx"
    sheet["A1"].value = sheet["A1"].value or "x"
    sheet.book.save(path)
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize("colour", [(255, 192, 0), "#FFC000", 0x00C0FF])
def test_a_fill_comes_back_however_it_was_told(sheet, colour):
    sheet["B2:C3"].color = colour
    assert sheet["B2:C3"].color == (255, 192, 0)
    sheet["B2"].color = None
    assert sheet["B2"].color is None
    assert sheet["B2:C3"].color is None
    assert sheet["C3"].color == (255, 192, 0)


def test_a_fill_for_each_cell(sheet, tmp_path):
    sheet["A1:C2"].color = (1, 2, 3)
    sheet["A1:C2"].set_colors([["#ff0000", "#ff0000", ...], [None, 255, (0, 0, 255)]])
    cells = [sheet[a].color for a in ("A1", "B1", "C1", "A2", "B2", "C2")]
    assert cells == [(255, 0, 0), (255, 0, 0), (1, 2, 3), None, (255, 0, 0), (0, 0, 255)]
    file = saved(sheet, tmp_path)
    assert [c.fill.fgColor.rgb for c in file[1][:3]] == ["FFFF0000", "FFFF0000", "FF010203"]
    assert file["A2"].fill.patternType is None


@pytest.mark.parametrize(
    ("code", "in_file"),
    [
        ("General", "General"),
        ("@", "@"),
        ("0%", "0%"),
        ("0.00", "0.00"),
        ("#,##0", "#,##0"),
        ("dd/mm/yyyy", "dd/mm/yyyy"),
        ("mm/dd/yy;@", "mm/dd/yy;@"),
        ("d mmmm yyyy", "d\\ mmmm\\ yyyy"),
        ("yyyy-mm-dd hh:mm:ss", "yyyy\\-mm\\-dd\\ hh:mm:ss"),
        ("h:mm AM/PM", "h:mm\\ AM/PM"),
        ("[h]:mm", "[h]:mm"),
        ("0.0E+00", "0.0E+00"),
        ('0.0 "points"', '0.0" points"'),
        ("0;[Red]-0", "0;[RED]\\-0"),
    ],
)
def test_a_number_format_comes_back(sheet, tmp_path, code, in_file):
    sheet["B2:C3"].number_format = code
    assert sheet["B2:C3"].number_format == code
    sheet["B2"].value = 1
    assert sheet["B2"].number_format == code
    plain = saved(sheet, tmp_path)["C3"].number_format.replace("\\", "").replace('" ', ' "')
    assert plain == in_file.replace("\\", "").replace('" ', ' "')


def test_number_formats_that_differ_are_none(sheet):
    sheet["A1"].number_format = "0%"
    assert sheet["A1:B1"].number_format is None
    sheet["A1"].number_format = "General"
    assert sheet["A1:B1"].number_format == "General"


def test_a_truth_has_the_general_format_as_in_excel(sheet):
    sheet["A1"].value = True
    assert sheet["A1"].number_format == "General"


@pytest.mark.parametrize(
    "word", ["general", "left", "center", "right", "fill", "justify", "distributed"]
)
def test_alignment_across(sheet, tmp_path, word):
    sheet["B2:C3"].horizontal_alignment = word
    assert sheet["B2:C3"].horizontal_alignment == word
    found = saved(sheet, tmp_path)["C3"].alignment.horizontal
    assert found == (None if word == "general" else word) or found == word


@pytest.mark.parametrize(
    ("word", "in_file"),
    [
        ("top", "top"),
        ("center", "center"),
        ("bottom", "bottom"),
        ("justify", "bottom"),  # LibreOffice 7.4 writes no other word for it
        ("distributed", "distributed"),
    ],
)
def test_alignment_down(sheet, tmp_path, word, in_file):
    sheet["B2:C3"].vertical_alignment = word
    assert sheet["B2:C3"].vertical_alignment == word
    assert saved(sheet, tmp_path)["C3"].alignment.vertical == in_file


def test_alignment_that_differs_is_none(sheet):
    assert (sheet["A1"].horizontal_alignment, sheet["A1"].vertical_alignment) == (
        "general",
        "bottom",
    )
    sheet["A1"].horizontal_alignment = "right"
    sheet["A1"].vertical_alignment = "top"
    assert sheet["A1:B1"].horizontal_alignment is None
    assert sheet["A1:B1"].vertical_alignment is None


def test_what_libreoffice_cannot_align_is_refused(sheet):
    with pytest.raises(NotImplementedError, match="several cells"):
        sheet["A1"].horizontal_alignment = "center_across_selection"


def test_indents_are_steps_in_the_file(sheet, tmp_path):
    sheet["A1:A2"].adjust_indent(2)
    sheet["A2"].adjust_indent(-1)
    file = saved(sheet, tmp_path)
    assert (file["A1"].alignment.indent, file["A2"].alignment.indent) == (2, 1)
    assert file["A1"].alignment.horizontal == "left"


def test_wrapped_text(sheet):
    sheet["A1"].wrap_text = True
    assert sheet["A1"].wrap_text is True
    assert sheet["A1:B1"].wrap_text is None


def test_letters_of_a_block(sheet, tmp_path):
    font = sheet["A1:B2"].font
    font.set(bold=True, italic=True, size=14.5, color="#123456", name="Arial")
    assert (font.bold, font.italic, font.size, font.color, font.name) == (
        True,
        True,
        14.5,
        (0x12, 0x34, 0x56),
        "Arial",
    )
    sheet["A1"].font.set(bold=False, size=9, color=(0, 0, 0), name="Calibri", italic=False)
    mixed = sheet["A1:B2"].font
    assert [mixed.bold, mixed.italic, mixed.size, mixed.color, mixed.name] == [None] * 5
    found = saved(sheet, tmp_path)["B2"].font
    assert (found.b, found.i, found.sz, found.color.rgb, found.name) == (
        True,
        True,
        14.5,
        "FF123456",
        "Arial",
    )


def test_letters_of_a_part_of_a_text(sheet, tmp_path):
    sheet["A1"].value = "one two three"
    part = sheet["A1"].characters[4:7]
    assert part.text == "two"
    part.font.bold = True
    part.font.color = (255, 0, 0)
    assert sheet["A1"].characters[4:7].font.bold is True
    assert sheet["A1"].characters[0].font.bold is False
    assert sheet["A1"].characters[-1].text == "e"
    assert sheet["A1"].characters[2:6].font.bold is None
    assert sheet["A1"].value == "one two three"
    path = tmp_path / "rich.xlsx"
    sheet.book.save(path)
    text = openpyxl.load_workbook(path, rich_text=True).active["A1"].value
    assert [str(piece) for piece in text if getattr(piece, "font", None) and piece.font.b] == [
        "two"
    ]


@pytest.mark.parametrize(
    ("style", "weight", "in_file"),
    [
        ("continuous", "hairline", "hair"),
        ("continuous", "thin", "thin"),
        ("continuous", "medium", "medium"),
        ("continuous", "thick", "thick"),
        ("dash", "thin", "dashed"),
        ("dash", "medium", "mediumDashed"),
        ("dash_dot", "thin", "dashDot"),
        ("dash_dot", "medium", "mediumDashDot"),
        ("dash_dot_dot", "thin", "dashDotDot"),
        ("dash_dot_dot", "medium", "mediumDashDotDot"),
        ("slant_dash_dot", "medium", "slantDashDot"),
        ("dot", "thin", "dotted"),
        ("double", "thick", "double"),
    ],
)
def test_lines_of_every_kind(calc, sheet, tmp_path, style, weight, in_file):
    sheet["B2:C3"].borders.set("outside", line_style=style, weight=weight, color=(255, 0, 0))
    found = [sheet["B2:C3"].borders[side] for side in SIDES]
    assert {(b.line_style, b.weight, b.color) for b in found} == {(style, weight, (255, 0, 0))}
    top = saved(sheet, tmp_path)["B2"].border.top
    assert (top.style, top.color.rgb) == (in_file, "FFFF0000")
    again = calc.books.open(copy(tmp_path / "saved.xlsx", tmp_path / "again.xlsx"))
    edge = again.sheets[0]["B2"].borders["edge_top"]
    assert (edge.line_style, edge.weight) == (style, weight)
    again.close()


def test_lines_outside_and_inside(sheet, tmp_path):
    borders = sheet["B2:D4"].borders
    borders.set("outside", line_style="continuous", weight="medium")
    borders.set("inside", line_style="dot", color="#0000ff")
    assert borders["inside_vertical"].line_style == "dot"
    assert borders["inside_horizontal"].color == (0, 0, 255)
    assert borders["edge_left"].weight == "medium"
    assert borders.line_style is None
    file = saved(sheet, tmp_path)
    centre = file["C3"].border
    assert {centre.top.style, centre.bottom.style, centre.left.style, centre.right.style} == {
        "dotted"
    }
    assert (file["B2"].border.left.style, file["B2"].border.right.style) == ("medium", "dotted")
    assert file["E2"].border.left.style is None


def test_lines_over_whole_columns(sheet):
    sheet["B:C"].borders.set("all", line_style="continuous", color=(255, 0, 0))
    assert sheet["B:C"].borders.line_style == "continuous"
    assert sheet["C900000"].borders["edge_bottom"].color == (255, 0, 0)
    assert sheet["D5"].borders["edge_left"].line_style == "continuous"
    sheet["B5"].borders.clear()
    assert sheet["B:C"].borders.line_style is None


def test_lines_that_are_drawn_cell_by_cell_are_lines_inside(sheet):
    for address in ("B2", "B3"):
        sheet[address].borders["edge_bottom"].weight = "medium"
    assert sheet["B2:B4"].borders["inside_horizontal"].weight == "medium"
    sheet["B3"].borders["edge_bottom"].weight = "thin"
    assert sheet["B2:B4"].borders["inside_horizontal"].weight is None


def test_a_line_belongs_to_both_cells(sheet):
    sheet["B2"].borders["edge_bottom"].line_style = "continuous"
    assert sheet["B3"].borders["edge_top"].line_style == "continuous"
    sheet["B3"].borders["edge_top"].line_style = None
    assert sheet["B2"].borders["edge_bottom"].line_style == "none"


def test_no_line_reads_as_none(sheet):
    edge = sheet["A1"].borders["edge_top"]
    assert (edge.line_style, edge.weight, edge.color) == ("none", "thin", None)
    assert sheet["A1"].borders.line_style == "none"


def test_a_weight_or_a_colour_makes_a_line(sheet):
    sheet["B2"].borders["edge_top"].weight = "thick"
    sheet["B4"].borders["edge_top"].color = (0, 128, 0)
    assert sheet["B2"].borders["edge_top"].line_style == "continuous"
    assert sheet["B4"].borders["edge_top"].weight == "thin"


def test_diagonals_and_clearing(sheet, tmp_path):
    sheet["B2"].borders.set(["diagonal_down", "diagonal_up"], line_style="continuous")
    assert sheet["B2"].borders["diagonal_up"].line_style == "continuous"
    border = saved(sheet, tmp_path)["B2"].border
    assert (border.diagonalDown, border.diagonalUp, border.diagonal.style) == (True, True, "thin")
    sheet["B2"].borders.clear()
    assert [b.line_style for b in sheet["B2"].borders if b.line_style != "none"] == []
