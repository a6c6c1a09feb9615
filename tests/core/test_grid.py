"""Addresses of cells, and what a sheet's block says of the cells around it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.grid import BLANK, CellRef, Grid, column_number, letters
from tests.core.notation import cell


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_have_letters(column: int, name: str) -> None:
    assert letters(column) == name
    assert column_number(name) == column_number(name.lower()) == column


@given(st.integers(1, 20_000))
def test_a_column_is_found_by_its_letters(column: int) -> None:
    assert column_number(letters(column)) == column


@pytest.mark.parametrize(
    ("sheet", "location"),
    [
        ("Risks", "Risks!F12"),
        ("Actions due", "'Actions due'!F12"),
        ("Council's", "'Council''s'!F12"),
        ("Q1", "'Q1'!F12"),  # without quotes it would be a cell
        ("TRUE", "'TRUE'!F12"),
        ("2021", "'2021'!F12"),
    ],
)
def test_a_place_as_a_link_and_as_people_say_it(sheet: str, location: str) -> None:
    at = CellRef(sheet, 12, 6)

    assert (at.address, at.location, str(at)) == ("F12", location, f"{sheet}!F12")


def test_outside_its_block_a_sheet_is_blank() -> None:
    block = ((cell("4"), cell("Likely")), (cell("'x"), BLANK))
    grid = Grid(sheet="Risks", top=3, left=2, rows=block)

    assert grid.at(3, 2).number == Decimal(4)
    assert grid.at(4, 2).text == "x"
    for row, column in ((2, 2), (3, 1), (5, 2), (3, 4)):
        assert grid.at(row, column) is BLANK
    assert [number for number, _ in grid.lines()] == [3, 4]


@pytest.mark.parametrize("text", ["", "'4", "#N/A", "TRUE", "2022-03-31"])
def test_only_a_number_has_a_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        cell(text).number  # noqa: B018 - asking is the test
