"""Filters through the engine: which rows are shown, what is read back, what a file holds."""

from datetime import date, datetime
from shutil import copy

import openpyxl
import pytest

pytestmark = pytest.mark.office

ROWS = [
    ["ref", "treatment", "due", "points"],
    [1, "Treat", datetime(2021, 1, 31), 16],
    [2, "Tolerate", datetime(2021, 2, 28), 6],
    [3, "Treat", datetime(2021, 3, 31), 12],
    [4, None, datetime(2021, 4, 30), 4],
    [5, "Transfer", datetime(2021, 5, 31), 25],
]


@pytest.fixture
def block(sheet):
    sheet["B2"].value = ROWS
    return sheet["B2:E7"]


def shown(block):
    """The refs of the rows that are shown."""
    return [
        int(row[0].value) for row in block.rows if row[0].value != "ref" and not row.rows.hidden
    ]


def filed(block, tmp_path):
    """The filter of the saved file as openpyxl reads it."""
    block.sheet.book.save(tmp_path / "saved.xlsx")
    return openpyxl.load_workbook(tmp_path / "saved.xlsx").active.auto_filter


def test_values(block, tmp_path):
    block.autofilter.apply_values(2, ["Treat", "Transfer"])
    assert shown(block) == [1, 3, 5]
    found = block.autofilter.criteria
    assert [entry.type for entry in found] == ["none", "values", "none", "none"]
    assert found[1].values == ["Treat", "Transfer"]
    filed_ = filed(block, tmp_path)
    assert filed_.ref == "B2:E7"
    (column,) = filed_.filterColumn
    assert (column.colId, column.filters.filter) == (1, ["Treat", "Transfer"])


def test_numbers_as_values(block):
    block.autofilter.apply_values(1, [2, 5.0])
    assert shown(block) == [2, 5]


@pytest.mark.parametrize(
    ("operator", "one", "two", "rows"),
    [
        ("equal_to", 12, None, [3]),
        ("not_equal_to", 12, None, [1, 2, 4, 5]),
        ("greater_than", 12, None, [1, 5]),
        ("greater_than_or_equal", 12, None, [1, 3, 5]),
        ("less_than", 6, None, [4]),
        ("less_than_or_equal", 6, None, [2, 4]),
        ("between", 6, 16, [1, 2, 3]),
        ("not_between", 6, 16, [4, 5]),
    ],
)
def test_comparisons_with_numbers(block, operator, one, two, rows):
    block.autofilter.apply_comparison(4, operator, one, two)
    assert shown(block) == rows
    found = block.autofilter.criteria[3]
    assert (found.type, found.operator) == ("comparison", operator)
    assert (found.value1, found.value2) == (str(one), None if two is None else str(two))


def test_comparisons_with_days(block):
    block.autofilter.apply_comparison(3, "greater_than", date(2021, 2, 28))
    assert shown(block) == [3, 4, 5]
    # the day as Excel counts it
    assert block.autofilter.criteria[2].value1 == "44255"


def test_comparisons_with_texts_and_blanks(block):
    block.autofilter.apply_comparison(2, "not_equal_to", "Treat")
    assert shown(block) == [2, 4, 5]
    block.autofilter.apply_comparison(2, "equal_to", None)
    assert shown(block) == [4]
    found = block.autofilter.criteria[1]
    assert (found.type, found.operator, found.value1) == ("comparison", "equal_to", None)
    block.autofilter.apply_comparison(2, "not_equal_to", None)
    assert shown(block) == [1, 2, 3, 5]


def test_the_file_of_a_blank_has_no_word_that_excel_does_not_know(block, tmp_path):
    block.autofilter.apply_comparison(2, "equal_to", None)
    filed(block, tmp_path)
    block.autofilter.apply_comparison(2, "not_equal_to", None)
    (column,) = filed(block, tmp_path).filterColumn
    assert [each.operator for each in column.customFilters.customFilter] == ["notEqual"]


def test_the_greatest_and_the_least(block, tmp_path):
    block.autofilter.apply_top_items(4, 2)
    assert shown(block) == [1, 5]
    found = block.autofilter.criteria[3]
    assert (found.type, found.count, found.percent) == ("top_items", 2, None)
    (column,) = filed(block, tmp_path).filterColumn
    assert (column.top10.top, column.top10.percent, column.top10.val) == (True, False, 2)
    block.autofilter.apply_bottom_items(4, 1)
    assert shown(block) == [4]
    assert block.autofilter.criteria[3].type == "bottom_items"
    block.autofilter.apply_top_percent(4, 40)
    assert shown(block) == [1, 5]
    assert block.autofilter.criteria[3].percent == 40
    block.autofilter.apply_bottom_percent(4, 20)
    assert shown(block) == [2, 4]  # one row more than in Excel: so does LibreOffice count


def test_two_columns_and_clearing(block):
    block.autofilter.apply_values(2, ["Treat", "Tolerate"])
    block.autofilter.apply_comparison(4, "greater_than", 10)
    assert shown(block) == [1, 3]
    block.autofilter.clear(2)
    assert shown(block) == [1, 3, 5]
    block.autofilter.clear()
    assert shown(block) == [1, 2, 3, 4, 5]
    assert {entry.type for entry in block.autofilter.criteria} == {"none"}


def test_what_libreoffice_cannot_combine_is_refused(block):
    block.autofilter.apply_values(2, ["Treat", "Tolerate"])
    with pytest.raises(NotImplementedError, match="not between"):
        block.autofilter.apply_comparison(4, "not_between", 6, 12)
    assert shown(block) == [1, 2, 3]


def test_one_filter_on_a_sheet(block):
    block.autofilter.apply_values(2, ["Treat"])
    with pytest.raises(ValueError, match="different range"):
        block.sheet["A1:B3"].autofilter.apply_values(1, ["x"])
    assert [entry.type for entry in block.sheet["A1:B3"].autofilter.criteria] == ["none", "none"]
    block.sheet["A1:B3"].autofilter.clear()
    assert shown(block) == [1, 3]


def test_a_filter_survives_a_file(calc, block, tmp_path):
    block.autofilter.apply_values(2, ["Treat", "Transfer"])
    block.autofilter.apply_comparison(4, "between", 12, 20)
    filed(block, tmp_path)
    again = calc.books.open(copy(tmp_path / "saved.xlsx", tmp_path / "again.xlsx"))
    there = again.sheets[0]["B2:E7"]
    assert shown(there) == [1, 3]
    found = there.autofilter.criteria
    assert found[1].values == ["Treat", "Transfer"]
    assert (found[3].operator, found[3].value1, found[3].value2) == ("between", "12", "20")
    there.autofilter.clear()
    assert shown(there) == [1, 2, 3, 4, 5]
    again.close()
