"""Conditional formats through the engine: read back, and in the file that is saved."""

import shutil
import subprocess

import openpyxl
import pytest
from PIL import Image

pytestmark = pytest.mark.office
RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


@pytest.fixture
def rules(saved):
    """The rules of the saved file as openpyxl reads them: {range: [rules]}."""
    return lambda: {str(area.sqref): area.rules for area in saved().conditional_formatting}


OPERATORS = [
    ("between", "between", 1, 5),
    ("not_between", "notBetween", 1, 5),
    ("equal_to", "equal", 3, None),
    ("not_equal_to", "notEqual", 3, None),
    ("greater_than", "greaterThan", 3, None),
    ("less_than", "lessThan", 3.5, None),
    ("greater_than_or_equal", "greaterThanOrEqual", 3, None),
    ("less_than_or_equal", "lessThanOrEqual", 3, None),
]


@pytest.mark.parametrize(("operator", "in_file", "one", "two"), OPERATORS)
def test_a_comparison(sheet, rules, reopened, operator, in_file, one, two):
    formats = sheet["B2:C4"].conditional_formats
    made = formats.add_cell_value(operator, one, two, fill_color=RED, font_bold=True)
    expected = (f"={one}", None if two is None else f"={two}")
    for rule in (made, formats(1), reopened()["C3"].conditional_formats(1)):
        assert (rule.type, rule.operator) == ("cell_value", operator)
        assert (rule.formula1, rule.formula2) == expected
        assert (rule.fill_color, rule.font_color) == (RED, None)
        assert (rule.font_bold, rule.font_italic) == (True, None)
        assert (rule.stop_if_true, rule.formula, rule.colors) == (True, None, None)
    ((area, (found,)),) = rules().items()
    assert (area, found.type, found.operator) == ("B2:C4", "cellIs", in_file)
    assert found.formula == [str(part) for part in (one, two) if part is not None]
    assert (found.dxf.fill.bgColor.rgb, found.dxf.font.b) == ("FFFF0000", True)


def test_a_text_and_a_cell_to_compare_with(sheet):
    formats = sheet["B2:B4"].conditional_formats
    formats.add_cell_value("equal_to", "High", fill_color=RED)
    assert formats(1).formula1 == '="High"'
    formats.add_cell_value("equal_to", "=$A$1", fill_color=RED)
    assert formats(1).formula1 == "=$A$1"


def test_a_formula_follows_its_cell(sheet, rules, reopened):
    formats = sheet["B2:C9"].conditional_formats
    formats.add_custom("=AND($A2>1,B2=TRUE)", font_color=BLUE, font_italic=True)
    assert formats(1).formula == "=AND($A2>1,B2=TRUE())" or formats(1).formula == (
        "=AND($A2>1,B2=TRUE)"
    )
    assert sheet["C4"].conditional_formats(1).formula.startswith("=AND($A4>1,C4=TRUE")
    again = reopened()["B2:C9"].conditional_formats(1)
    assert (again.type, again.font_color, again.font_italic) == ("custom", BLUE, True)
    ((area, (found,)),) = rules().items()
    assert (area, found.type) == ("B2:C9", "expression")
    assert found.formula[0].startswith("AND($A2>1,B2=TRUE")


def test_the_newest_rule_is_the_first(sheet, rules):
    formats = sheet["B2:B4"].conditional_formats
    formats.add_cell_value("greater_than", 1, fill_color=RED)
    formats.add_cell_value("greater_than", 2, fill_color=GREEN)
    assert [(rule.formula1, rule.fill_color) for rule in formats] == [("=2", GREEN), ("=1", RED)]
    assert len(formats) == 2
    ((_, rules),) = rules().items()
    assert [rule.formula for rule in sorted(rules, key=lambda r: r.priority)] == [["2"], ["1"]]


def test_rules_that_overlap(sheet, rules):
    sheet["A1:D4"].conditional_formats.add_custom("=$A1>2", fill_color=RED)
    sheet["B2:B9"].conditional_formats.add_cell_value("less_than", 0, font_bold=True)
    assert [rule.type for rule in sheet["B3"].conditional_formats] == ["cell_value", "custom"]
    assert [rule.type for rule in sheet["C3"].conditional_formats] == ["custom"]
    assert [rule.type for rule in sheet["B9"].conditional_formats] == ["cell_value"]
    assert len(sheet["A1:D9"].conditional_formats) == 2
    assert sheet["D4"].conditional_formats(1).formula == "=$A4>2"
    areas = rules()
    assert sum("=" not in rule.formula[0] for rules in areas.values() for rule in rules) >= 3
    sheet["A1:D9"].conditional_formats(2).delete()
    assert len(sheet["A1:D9"].conditional_formats) == 1


def test_deleting_one_and_clearing_a_part(sheet, rules):
    formats = sheet["B2:B9"].conditional_formats
    formats.add_cell_value("greater_than", 1, fill_color=RED)
    first = formats.add_cell_value("greater_than", 2, fill_color=GREEN)
    first.delete()
    assert [rule.formula1 for rule in formats] == ["=1"]
    sheet["B4:B5"].conditional_formats.clear()
    assert len(sheet["B4"].conditional_formats) == 0
    assert len(sheet["B6"].conditional_formats) == 1
    assert sorted(" ".join(rules()).split()) == ["B2:B3", "B6:B9"]
    formats.clear()
    assert len(formats) == 0
    assert rules() == {}


def test_a_rule_that_is_gone_is_said(sheet):
    formats = sheet["B2"].conditional_formats
    rule = formats.add_cell_value("greater_than", 1, fill_color=RED)
    formats.clear()
    with pytest.raises(Exception, match="not there any more"):
        rule.delete()
    with pytest.raises(KeyError):
        formats(1)


def test_changing_a_rule(sheet, rules):
    rule = sheet["B2:B9"].conditional_formats.add_cell_value(
        "between", 1, 5, fill_color=RED, font_bold=True
    )
    rule.set(operator="greater_than", formula1=7, font_color=BLUE)
    assert (rule.operator, rule.formula1, rule.formula2) == ("greater_than", "=7", None)
    assert (rule.fill_color, rule.font_color, rule.font_bold) == (RED, BLUE, True)
    ((_, (found,)),) = rules().items()
    assert (found.operator, found.formula) == ("greaterThan", ["7"])
    with pytest.raises(NotImplementedError, match="first rule"):
        rule.set(stop_if_true=False)


def test_colour_scales(sheet, rules, reopened):
    sheet["B2:B6"].value = [[1], [2], [3], [4], [5]]
    sheet["B2:B6"].color = (1, 2, 3)
    formats = sheet["B2:B6"].conditional_formats
    formats.add_color_scale([RED, (255, 255, 0), GREEN])
    for rule in (formats(1), reopened()["B2"].conditional_formats(1)):
        assert (rule.type, rule.colors) == ("color_scale", (RED, (255, 255, 0), GREEN))
        assert rule.threshold_types == ("lowest_value", "percentile", "highest_value")
        assert rule.thresholds == (None, 50, None)
        assert rule.stop_if_true is None
    assert sheet["B2:B6"].value == [1, 2, 3, 4, 5]
    assert sheet["B2:B6"].color == (1, 2, 3)
    assert sheet["B2:B6"].font.name == "Calibri"
    ((area, (found,)),) = rules().items()
    assert (area, found.type) == ("B2:B6", "colorScale")
    assert [c.rgb for c in found.colorScale.color] == ["FFFF0000", "FFFFFF00", "FF008000"]
    formats.clear()
    formats.add_color_scale([RED, BLUE], thresholds=[10, 90], threshold_type="percent")
    assert formats(1).threshold_types == ("percent", "percent")
    assert formats(1).thresholds == (10, 90)
    assert len(sheet.book.sheets) == 1


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # later bars, in openpyxl
def test_data_bars(sheet, rules):
    formats = sheet["B2:B6"].conditional_formats
    formats.add_data_bar("#638EC6", gradient=False, show_value=False)
    rule = formats(1)
    assert (rule.type, rule.bar_color) == ("data_bar", (0x63, 0x8E, 0xC6))
    assert (rule.gradient, rule.show_value) == (False, False)
    assert rule.threshold_types == ("automatic", "automatic")
    assert rule.thresholds == (None, None)
    ((_, (found,)),) = rules().items()
    assert (found.type, found.dataBar.color.rgb) == ("dataBar", "FF638EC6")
    formats.clear()
    formats.add_data_bar(RED, minimum=0, maximum=25)
    assert formats(1).threshold_types == ("number", "number")
    assert (formats(1).thresholds, formats(1).gradient) == ((0, 25), True)


@pytest.mark.parametrize("icons", ["3_arrows", "3_traffic_lights_1", "4_rating", "5_arrows_gray"])
def test_icons(sheet, rules, icons):
    formats = sheet["B2:B6"].conditional_formats
    formats.add_icon_set(icons, reverse_order=True)
    rule, count = formats(1), int(icons[0])
    assert (rule.type, rule.icon_set) == ("icon_set", icons)
    assert (rule.reverse_order, rule.show_value) == (True, True)
    assert rule.threshold_types == ("percent",) * (count - 1)
    assert rule.thresholds == {3: (33, 67), 4: (25, 50, 75), 5: (20, 40, 60, 80)}[count]
    ((_, (found,)),) = rules().items()
    assert found.type == "iconSet"
    assert found.iconSet.iconSet.lower() == icons.replace("_", "").replace("gray", "gray")


def test_icons_that_libreoffice_cannot_name(sheet):
    with pytest.raises(NotImplementedError, match="3_stars"):
        sheet["B2"].conditional_formats.add_icon_set("3_stars")


def test_kinds_beside_each_other(sheet):
    formats = sheet["B2:B6"].conditional_formats
    formats.add_color_scale([RED, GREEN])
    formats.add_icon_set("3_flags")
    formats.add_cell_value("greater_than", 3, font_bold=True)
    kinds = sorted(rule.type for rule in formats)
    assert kinds == ["cell_value", "color_scale", "icon_set"]
    next(rule for rule in formats if rule.type == "icon_set").delete()
    assert sorted(rule.type for rule in formats) == ["cell_value", "color_scale"]


def test_what_is_met_is_drawn(sheet, tmp_path):
    """On paper: LibreOffice can keep a rule that no cell knows of."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm makes pictures of pages, and is not installed")
    inside = {"cwd": tmp_path, "check": True}

    def pixels(colour):
        sheet.to_pdf(tmp_path / "sheet.pdf")
        subprocess.run([program, "-r", "60", "-png", "-singlefile", "sheet.pdf", "sheet"], **inside)
        with Image.open(tmp_path / "sheet.png") as picture:
            found = picture.convert("RGB").getcolors(picture.width * picture.height) or []
            return sum(count for count, seen in found if seen == colour)

    sheet["B2:C6"].value = [[n, n] for n in range(1, 6)]
    assert (pixels(RED), pixels(GREEN), pixels(BLUE)) == (0, 0, 0)
    sheet["B2:B6"].conditional_formats.add_cell_value("greater_than", 3, fill_color=RED)
    two = pixels(RED)
    assert two > 0
    sheet["B2:B4"].conditional_formats.add_custom("=B2<2", fill_color=BLUE)
    assert pixels(RED) == two
    assert pixels(BLUE) == pytest.approx(two / 2, rel=0.2)
    sheet["C2:C6"].conditional_formats.add_color_scale([(250, 250, 0), GREEN])
    assert pixels(GREEN) > 0
    sheet["B2:C6"].conditional_formats.clear()
    assert (pixels(RED), pixels(GREEN), pixels(BLUE)) == (0, 0, 0)


def test_unknown_rules_are_kept(calc, tmp_path):
    book = openpyxl.Workbook()
    fill = openpyxl.styles.PatternFill(bgColor="FF0000")
    look = openpyxl.styles.differential.DifferentialStyle(fill=fill)
    rules = [
        openpyxl.formatting.rule.Rule(type="top10", rank=3, dxf=look),
        openpyxl.formatting.rule.Rule(type="duplicateValues", dxf=look),
    ]
    for rule in rules:
        book.active.conditional_formatting.add("B2:B9", rule)
    book.save(tmp_path / "given.xlsx")
    opened = calc.books.open(tmp_path / "given.xlsx")
    formats = opened.sheets[0]["B2:B9"].conditional_formats
    assert [rule.type for rule in formats] == ["unknown", "unknown"]
    formats.add_cell_value("greater_than", 3, fill_color=GREEN)
    opened.save(tmp_path / "kept.xlsx")
    opened.close()
    (area,) = openpyxl.load_workbook(tmp_path / "kept.xlsx").active.conditional_formatting
    assert [rule.type for rule in area.rules] == ["cellIs", "top10", "duplicateValues"]
    assert area.rules[1].rank == 3


def test_rules_on_dates_are_not_lost(calc, tmp_path):
    book = openpyxl.Workbook()
    rule = openpyxl.formatting.rule.Rule(type="timePeriod", timePeriod="lastMonth")
    rule.formula = ["TRUE"]
    book.active.conditional_formatting.add("B2:B9", rule)
    book.save(tmp_path / "given.xlsx")
    opened = calc.books.open(tmp_path / "given.xlsx")
    formats = opened.sheets[0]["B2:B9"].conditional_formats
    with pytest.raises(NotImplementedError, match="dates"):
        formats.add_cell_value("greater_than", 3, fill_color=GREEN)
    assert [rule.type for rule in formats] == ["unknown"]
    opened.close()
