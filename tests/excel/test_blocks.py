"""Cells from what xlwings reads; rectangles from cells."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.core.page import Page, PageCell, PageRow, spanning
from riskbook.excel.blocks import Box, cell, rectangles, spans_of, two_dimensional, uniform


@pytest.mark.parametrize(
    ("value", "seen", "typed", "form", "found"),
    [
        (None, None, "", "General", BLANK),
        (None, None, '=""', "General", Cell(Kind.TEXT, "", "General", '""')),
        (4.0, 4.0, "4", "0", Cell(Kind.NUMBER, "4", "0")),
        (0.4, 0.4, "0.4", "0%", Cell(Kind.NUMBER, "0.4", "0%")),
        (Decimal("2.50"), Decimal("2.50"), "2.5", "£0.00", Cell(Kind.NUMBER, "2.5", "£0.00")),
        (1e21, 1e21, "1E+21", "General", Cell(Kind.NUMBER, "1" + "0" * 21, "General")),
        (True, True, "TRUE", "General", Cell(Kind.BOOL, "TRUE", "General")),
        ("a", "a", "a", "@", Cell(Kind.TEXT, "a", "@")),
        ("=1+1", "=1+1", "=1+1", "@", Cell(Kind.TEXT, "=1+1", "@")),
        (2.0, 2.0, "=1+1", "General", Cell(Kind.NUMBER, "2", "General", "1+1")),
        ("#N/A", None, "=NA()", "General", Cell(Kind.ERROR, "#N/A", "General", "NA()")),
        ("#N/A", "#N/A", "#N/A", "@", Cell(Kind.TEXT, "#N/A", "@")),
        (
            datetime(2021, 10, 31),
            datetime(2021, 10, 31),
            "44500",
            "dd/mm/yyyy",
            Cell(Kind.DATE, "2021-10-31", "dd/mm/yyyy"),
        ),
        (
            datetime(2021, 10, 31, 14, 30),
            datetime(2021, 10, 31, 14, 30),
            "44500.6",
            "General",
            Cell(Kind.DATE, "2021-10-31T14:30:00", "General"),
        ),
        (
            datetime(1899, 12, 30, 12, 0),
            datetime(1899, 12, 30, 12, 0),
            "0.5",
            "hh:mm",
            Cell(Kind.NUMBER, "0.5", "hh:mm"),
        ),
    ],
)
def test_a_cell_is_what_the_program_shows(value, seen, typed, form, found):
    assert cell(value, seen, typed, form) == found


@pytest.mark.parametrize(
    ("answer", "rows"),
    [
        ("=A1", [["=A1"]]),
        (("a", "b"), [("a", "b")]),
        ((("a",), ("b",)), (("a",), ("b",))),
    ],
)
def test_formulas_come_as_one_text_or_rows(answer, rows):
    assert two_dimensional(answer) == rows


def test_a_block_of_one_style_is_one_rectangle():
    cells = {(row, column): "x" for row in (3, 4, 5) for column in (2, 3)}
    assert list(rectangles(cells)) == [(Box(3, 2, 3, 2), "x")]


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 6)), st.sampled_from("abc"), max_size=30
    )
)
def test_rectangles_cover_each_cell_once_with_its_value(cells):
    covered = {}
    for box, value in rectangles(cells):
        for row in range(box.row, box.last_row + 1):
            for column in range(box.column, box.last_column + 1):
                assert (row, column) not in covered
                covered[row, column] = value
    assert covered == cells


def row_of(*columns):
    return PageRow(tuple(each for wide in columns for each in spanning(PageCell("x"), wide)))


@pytest.mark.parametrize(
    ("rows", "blocks"),
    [
        ([], []),
        ([row_of(1, 1)], []),
        ([row_of(3), row_of(3), row_of(3)], [Box(1, 1, 3, 3)]),
        ([row_of(3), row_of(1), row_of(3)], [Box(1, 1, 1, 3), Box(3, 1, 1, 3)]),
        # equal neighbours in a row stay two cells
        ([row_of(2, 2), row_of(2, 2)], [Box(1, 1, 2, 2), Box(1, 3, 2, 2)]),
        ([row_of(1, 2), row_of(2)], [Box(1, 2, 1, 2), Box(2, 1, 1, 2)]),
        ([row_of(2), row_of(2, 2), row_of(3)], [Box(1, 1, 2, 2), Box(2, 3, 1, 2), Box(3, 1, 1, 3)]),
    ],
)
def test_equal_spans_of_rows_that_follow_each_other_are_one_block(rows, blocks):
    assert spans_of(Page("Own", tuple(rows))) == blocks


class Mixed:
    """A sheet whose cells have answers; a range answers only when all are the same."""

    def __init__(self, answers):
        self.answers = answers

    def range(self, first, last):
        rows = range(first[0], last[0] + 1)
        columns = range(first[1], last[1] + 1)
        return {self.answers[row, column] for row in rows for column in columns}


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=5))
def test_halving_finds_the_answer_of_every_cell(table):
    answers = {
        (row, column): value
        for row, line in enumerate(table, start=1)
        for column, value in enumerate(line, start=1)
    }
    found = {}
    whole = Box(1, 1, len(table), 3)
    for box, answer in uniform(
        Mixed(answers), whole, lambda block: next(iter(block)) if len(block) == 1 else None
    ):
        for row in range(box.row, box.last_row + 1):
            for column in range(box.column, box.last_column + 1):
                found[row, column] = answer
    assert found == answers
