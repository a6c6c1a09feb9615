"""Finds the heading row of a register sheet and which column holds which field.

Columns are mapped by heading, never by position::

    the profile's heading > its aliases > the documents' alias dictionary > a close spelling

Where one heading may mean two fields ("Impact" as a number and as prose) the cells
below it decide.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from riskbook.core.grid import Grid, Kind
from riskbook.core.profile import Column, Table
from riskbook.core.values import clean
from riskbook.core.words import standard_headings

SEARCHED_ROWS = 40  # a heading row lies within the first rows of the sheet
Test: TypeAlias = Callable[[str, Column], bool]
CLOSE = 0.87  # "Porfolio holder" to "Portfolio holder" is 0.97; "Inherent"/"Incident" 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The heading row and the columns found under it."""

    row: int  # heading row on the sheet; 0 = none found
    columns: Mapping[str, int]  # field -> column on the sheet
    renamed: Mapping[str, str]  # field -> the heading as typed, where it is not the profile's
    unknown: Mapping[int, str]  # column -> heading that no field answers to
    twice: Mapping[int, str]  # column -> heading that repeats another column's


def find(grid: Grid, table: Table) -> Mapped:
    """The best heading row: the one whose headings name most of the table's fields."""
    best = Mapped(row=0, columns={}, renamed={}, unknown={}, twice={})
    for number, _ in list(grid.lines())[:SEARCHED_ROWS]:
        found = _map(grid, number, table, SURE)
        if len(found.columns) > len(best.columns):
            best = found
    # a close spelling is looked for in one row only: it is slow, and prose has many words
    return _map(grid, best.row, table, (*SURE, (_is_close,))) if best.row else best


def _map(grid: Grid, row: int, table: Table, passes: Sequence[Sequence[Test]]) -> Mapped:
    columns: dict[str, int] = {}
    renamed: dict[str, str] = {}
    twice: dict[int, str] = {}
    texts = {
        grid.left + place: clean(cell.text)
        for place, cell in enumerate(grid.rows[row - grid.top])
        if cell.kind is Kind.TEXT and clean(cell.text)
    }
    left = dict(texts)
    for tests in passes:
        for place, text in list(left.items()):
            field = _field(grid, row, place, text, table, columns, tests)
            if field:
                columns[field.field] = place
                del left[place]
                if text.casefold() != clean(field.heading).casefold():
                    renamed[field.field] = text
    known = {texts[place].casefold() for place in columns.values()}
    for place, text in list(left.items()):
        if text.casefold() in known:
            twice[place] = left.pop(place)
    return Mapped(row=row, columns=columns, renamed=renamed, unknown=left, twice=twice)


def _field(
    grid: Grid,
    row: int,
    place: int,
    text: str,
    table: Table,
    taken: Mapping[str, int],
    tests: Sequence[Test],
) -> Column | None:
    free = [column for column in table.columns if column.field not in taken]
    for test in tests:
        found = [column for column in free if test(text.casefold(), column)]
        if len(found) > 1:
            found = _by_type(grid, row, place, found)
        if test is _is_heading and found and _is_axis(grid, row, place, text, found[0], free):
            return None  # a later pass decides, when the other headings have been found
        if found:
            return found[0]
    return None


def _is_heading(text: str, column: Column) -> bool:
    return text == clean(column.heading).casefold()


def _is_alias(text: str, column: Column) -> bool:
    return text in [clean(alias).casefold() for alias in column.aliases]


def _is_standard(text: str, column: Column) -> bool:
    return column.entered and text in standard_headings(column.field)


def _is_close(text: str, column: Column) -> bool:
    wanted = clean(column.heading).casefold()
    return SequenceMatcher(None, text, wanted).ratio() >= CLOSE


# exact headings are taken first, so that no other column can claim them
SURE: Sequence[Sequence[Test]] = ((_is_heading,), (_is_alias, _is_standard))


def _by_type(grid: Grid, row: int, place: int, found: Sequence[Column]) -> list[Column]:
    """Of several fields a heading may mean, those that the cells below it fit."""
    numeric = _numeric(grid, row, place)
    return [c for c in found if (c.kind in ("level", "number", "weight", "computed")) == numeric]


def _is_axis(
    grid: Grid, row: int, place: int, text: str, named: Column, free: Sequence[Column]
) -> bool:
    """Whether numbers stand under a heading of prose that is also the name of an axis."""
    axes = [column for column in free if column.kind == "level"]
    other = any(_is_standard(text.casefold(), column) for column in axes)
    return named.kind in ("text", "long") and other and _numeric(grid, row, place)


def _numeric(grid: Grid, row: int, place: int) -> bool:
    """Whether most of the entries below a heading are numbers."""
    cells = [grid.at(below, place) for below, _ in grid.lines() if below > row]
    filled = [cell for cell in cells if cell.kind is not Kind.BLANK]
    numbers = sum(1 for cell in filled if cell.kind is Kind.NUMBER or clean(cell.text).isdigit())
    return bool(filled) and numbers * 2 > len(filled)
