"""Which differences between two readers are spelling, and which are a lie."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.edge.door.agreement import compare
from riskbook.edge.door.classes import difference
from riskbook.edge.door.second import NOTHING, Seen, UnreadableError
from tests.edge.hostile import with_rows

TEXT, NUMBER, DATE, BOOL, ERROR = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOL, Kind.ERROR
SERIAL = "a day or time, or its serial number"
ESCAPES = "escapes of the kind _x000D_"


@pytest.mark.parametrize(
    ("kind", "text", "value", "why"),
    [
        (TEXT, "Flood", "Flood", ""),
        (TEXT, "Flood", "Fire", None),
        (TEXT, "5", 5, None),
        (TEXT, "", None, ""),  # a formula that gives an empty text
        (TEXT, "", "x", None),
        (TEXT, "one\rtwo", "one_x000D_two", ESCAPES),
        (TEXT, "_x000D_ \r", "_x000D_ _x000D_", ESCAPES),
        (TEXT, "one\ntwo", "one \r\n two", "white space"),
        (TEXT, "10:10:10", time(10, 10, 10), "time kept as a text"),
        (TEXT, "10:10:11", time(10, 10, 10), None),
        (NUMBER, "5", 5, ""),
        (NUMBER, "5", 5.0, ""),
        (NUMBER, "0.1", 0.1, ""),
        (NUMBER, "5", 2, None),
        (NUMBER, "5", "5", None),
        (NUMBER, "5", None, None),
        (NUMBER, "1", True, None),
        (NUMBER, "0.5", time(12), SERIAL),
        (NUMBER, "1.5", timedelta(hours=36), SERIAL),
        (NUMBER, "1.5", timedelta(hours=37), None),
        (NUMBER, "60", datetime(1900, 2, 28), SERIAL),  # 29 February 1900 never was
        (DATE, "2021-10-31", datetime(2021, 10, 31), ""),
        (DATE, "2021-10-31", date(2021, 10, 31), ""),
        (DATE, "2021-10-31", datetime(2021, 10, 30), None),
        (DATE, "2021-10-31", 44500, SERIAL),
        (DATE, "2021-10-31", 44501, None),
        (DATE, "2021-10-31T14:30:00", datetime(2021, 10, 31, 14, 30), ""),
        (DATE, "2021-10-31", "2021-10-31", None),
        (BOOL, "TRUE", True, ""),
        (BOOL, "TRUE", False, None),
        (BOOL, "TRUE", 1, None),
    ],
)
def test_a_value_is_the_same_another_spelling_or_a_lie(
    kind: Kind, text: str, value: Any, why: str | None
) -> None:
    assert difference(Cell(kind, text), Seen(value), date1904=False) == why


@pytest.mark.parametrize(
    ("ours", "value", "why"),
    [
        (Cell(ERROR, "#N/A"), "#N/A", ""),
        (Cell(ERROR, "#N/A"), "#REF!", None),
        (Cell(TEXT, "#N/A"), "#N/A", None),
        (Cell(NUMBER, "9999999"), "#VALUE!", "number that is no day"),
        (Cell(NUMBER, "44500"), "#VALUE!", None),
    ],
)
def test_an_error_is_an_error_to_both(ours: Cell, value: str, why: str | None) -> None:
    assert difference(ours, Seen(value, error=True), date1904=False) == why


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ("A1+1", "A1+1", ""),
        ("A1+1", "A1+2", None),
        ("A1+1", None, None),
        (None, "A1+1", None),
        ("", "A1+1", "formula kept elsewhere"),
        ("", None, "formula kept elsewhere"),
        ("A1 + 1", "A1  +\n1", "white space"),
    ],
)
def test_a_formula_is_the_same_or_kept_elsewhere(
    ours: str | None, theirs: str | None, why: str | None
) -> None:
    mine = Cell(NUMBER, "5", formula=ours)

    assert difference(mine, Seen(5, formula=theirs), date1904=False) == why


def test_a_cell_that_only_one_program_finds_is_a_lie() -> None:
    assert difference(BLANK, Seen(5), date1904=False) is None
    assert difference(BLANK, NOTHING, date1904=False) == ""


def test_days_from_1904_are_counted_from_there_by_both() -> None:
    day = Cell(DATE, "2021-10-31")

    assert difference(day, Seen(43038), date1904=True) == SERIAL
    assert difference(day, Seen(43038), date1904=False) is None


def test_cells_are_counted_and_named_over_gaps() -> None:
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c r="AZ2" t="inlineStr"><is><t>far</t></is></c></row>'
        '<row r="900"><c r="C900"><v>5</v><v>2</v></c><c r="D900" t="e"><v>#N/A</v></c></row>'
    )

    found = compare(with_rows(rows, before='<dimension ref="A1:B2"/>'), most=9)

    assert found.cells == 4
    assert [str(each.cell) for each in found.unexplained] == ["Risks!C900"]
    assert not found.explained


def test_what_openpyxl_raises_while_it_reads_rows_is_one_error() -> None:
    with pytest.raises(UnreadableError):
        compare(with_rows('<row r="1"><c r="A1"><v>five</v></c></row>'), most=9)
