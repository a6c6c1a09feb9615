"""Rules over cells through the engine: validations, in the file that is saved too."""

from datetime import date, time

import openpyxl
import pytest
import xlwings

pytestmark = pytest.mark.office


RULES = [
    ("set_whole_number", "between", 1, 5, "=1", "=5"),
    ("set_whole_number", "not_between", -2, 2, "=-2", "=2"),
    ("set_decimal", "greater_than_or_equal", 0.5, None, "=0.5", None),
    ("set_decimal", "not_equal_to", "=$A$1*2", None, "=$A$1*2", None),
    ("set_date", "greater_than", date(2021, 4, 1), None, "=DATE(2021,4,1)", None),
    ("set_time", "less_than", time(17, 30), None, "=TIME(17,30,0)", None),
    ("set_text_length", "less_than_or_equal", 40, None, "=40", None),
    ("set_text_length", "equal_to", 7, None, "=7", None),
]


@pytest.mark.parametrize(("call", "operator", "one", "two", "formula1", "formula2"), RULES)
def test_a_rule_comes_back(sheet, reopened, call, operator, one, two, formula1, formula2):
    rule = sheet["B2:C4"].data_validation
    getattr(rule, call)(operator, one, two)
    expected = (call.removeprefix("set_"), operator, formula1, formula2)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == expected
    assert (rule.source, rule.formula, rule.in_cell_dropdown) == (None, None, None)
    assert (rule.show_input, rule.show_error, rule.ignore_blank) == (True, True, True)
    assert rule.alert_style == "stop"
    again = reopened()["C4"].data_validation
    assert (again.type, again.operator, again.formula1, again.formula2) == expected


def test_a_rule_in_the_file(sheet, saved):
    sheet["B2:C4"].data_validation.set_whole_number("between", 1, 5)
    (rule,) = saved().data_validations.dataValidation
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "whole",
        "between",
        "1",
        "5",
    )
    assert str(rule.sqref) == "B2:C4"
    assert (rule.errorStyle, rule.showErrorMessage, rule.allowBlank) == ("stop", True, True)


def test_a_list_of_texts(sheet, saved):
    rule = sheet["B2:B9"].data_validation
    rule.set_list(["Low", "Very high", 3])
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "Low,Very high,3", True)
    (found,) = saved().data_validations.dataValidation
    assert (found.type, found.formula1) == ("list", '"Low,Very high,3"')
    rule.set_list(["Yes", "No"], in_cell_dropdown=False)
    assert (rule.source, rule.in_cell_dropdown) == ("Yes,No", False)


def test_a_list_from_a_range_of_another_sheet(sheet, saved, reopened):
    other = sheet.book.sheets.add("My lists", after=sheet)
    other["A1:A3"].value = [["a"], ["b"], ["c"]]
    sheet.activate()
    rule = sheet["B2"].data_validation
    rule.set_list(other["A1:A3"])
    assert rule.source == "='My lists'!$A$1:$A$3"
    (found,) = saved().data_validations.dataValidation
    assert found.formula1 == "'My lists'!$A$1:$A$3"
    assert reopened()["B2"].data_validation.source == "='My lists'!$A$1:$A$3"


def test_a_list_from_a_name(sheet):
    sheet["D1:D3"].name = "levels"
    sheet["B2"].data_validation.set_list(sheet.book.names["levels"])
    assert sheet["B2"].data_validation.source == "=levels"


def test_a_custom_rule_follows_its_cell(sheet, saved):
    sheet["B2:B9"].data_validation.set_custom("=COUNTIF($B$2:$B$9,B2)=1")
    assert sheet["B2:B9"].data_validation.formula == "=COUNTIF($B$2:$B$9,B2)=1"
    assert sheet["B5"].data_validation.formula == "=COUNTIF($B$2:$B$9,B5)=1"
    (found,) = saved().data_validations.dataValidation
    assert (found.type, found.formula1) == ("custom", "COUNTIF($B$2:$B$9,B2)=1")


def test_another_rule_keeps_the_texts(sheet):
    rule = sheet["B2"].data_validation
    rule.set_whole_number("greater_than", 0)
    native = rule.api
    native.set(InputTitle="Level", InputMessage="1 to 5", ErrorTitle="No", ErrorMessage="Not so")
    sheet["B2"].api["Validation"] = native
    rule.set_whole_number("between", 1, 5)
    assert (rule.input_title, rule.input_message) == ("Level", "1 to 5")
    assert (rule.error_title, rule.error_message) == ("No", "Not so")


def test_cells_with_different_rules(sheet):
    sheet["B2"].data_validation.set_list(["a"])
    assert sheet["B2:B3"].data_validation.type == "mixed_criteria"
    sheet["B3"].data_validation.set_list(["b"])
    mixed = sheet["B2:B3"].data_validation
    assert (mixed.type, mixed.source, mixed.input_title) == ("inconsistent", None, None)
    with pytest.raises(xlwings.XlwingsError, match="different rules"):
        mixed.set_list(["c"])
    mixed.delete()
    assert mixed.type == "none"


def test_no_rule(sheet):
    rule = sheet["A1"].data_validation
    assert (rule.type, rule.source, rule.show_error, rule.alert_style) == ("none", None, None, None)


def test_a_rule_that_riskbook_wrote_is_read(sheet, saved, calc, tmp_path):
    book = openpyxl.Workbook()
    rule = openpyxl.worksheet.datavalidation.DataValidation(
        type="list", formula1='"Treat,Tolerate"', allow_blank=False, errorStyle="warning"
    )
    rule.prompt, rule.promptTitle, rule.error, rule.errorTitle = "Choose", "T", "Wrong", "E"
    rule.showInputMessage = rule.showErrorMessage = True
    book.active.add_data_validation(rule)
    rule.add("B2:B4")
    book.save(tmp_path / "given.xlsx")
    opened = calc.books.open(tmp_path / "given.xlsx")
    found = opened.sheets[0]["B3"].data_validation
    assert (found.source, found.ignore_blank, found.alert_style) == (
        "Treat,Tolerate",
        False,
        "warning",
    )
    assert (found.input_title, found.input_message) == ("T", "Choose")
    assert (found.error_title, found.error_message) == ("E", "Wrong")
    opened.close()
