"""Blocks of cells between an open workbook and riskbook's grids and pages.

::

    sheet.used_range  ->  values, formulas (one request each)  ->  Grid
    Page              ->  texts, numbers, styles, merged cells by rectangle  ->  sheet

What a block has no single answer for (number formats, hidden rows, merged cells) is
asked of halves of it until the answers are the same throughout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from riskbook.core.grid import BLANK, Cell, Grid, Kind
from riskbook.core.page import Page
from riskbook.edge.xlsx.numfmt import plain

T = TypeVar("T")
ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
)
FIRST_CENTURY = 1900  # a time of day alone comes as a moment before it


class Box(NamedTuple):
    """A block by its first row and column, from 1, and its size."""

    row: int
    column: int
    rows: int
    columns: int

    def on(self, sheet: Any) -> Any:
        """The xlwings range."""
        return sheet.range((self.row, self.column), (self.last_row, self.last_column))

    @property
    def last_row(self) -> int:
        """Its lowest row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Its rightmost column."""
        return self.column + self.columns - 1

    def halves(self) -> tuple["Box", "Box"]:
        """Upper and lower half, or left and right of a single row."""
        if self.rows > 1:
            half = self.rows // 2
            lower = Box(self.row + half, self.column, self.rows - half, self.columns)
            return self._replace(rows=half), lower
        half = self.columns // 2
        right = Box(self.row, self.column + half, self.rows, self.columns - half)
        return self._replace(columns=half), right


def uniform(sheet: Any, box: Box, ask: Callable[[Any], T | None]) -> Iterator[tuple[Box, T]]:
    """Parts of a block with one answer each; a range that is mixed answers None."""
    answer = ask(box.on(sheet))
    if answer is not None:
        yield box, answer
    elif box.rows * box.columns > 1:
        for half in box.halves():
            yield from uniform(sheet, half, ask)


def used_box(sheet: Any) -> Box:
    """The block that a sheet uses."""
    used = sheet.used_range
    return Box(used.row, used.column, *used.shape)


def grid(sheet: Any) -> Grid:
    """All cells of a sheet."""
    box = used_box(sheet)
    block = box.on(sheet)
    values = block.options(ndim=2, err_to_str=True).value
    if any(value in ERRORS for row in values for value in row if isinstance(value, str)):
        # an error and a text that looks like one read alike: errors are blank in a second look
        seen = block.options(ndim=2, err_to_str=False).value
    else:
        seen = values
    formulas = two_dimensional(block.formula)
    formats = _formats(sheet, box, values)
    rows = tuple(
        tuple(
            cell(value, seen[r][c], formulas[r][c], formats.get((r, c), "General"))
            for c, value in enumerate(row)
        )
        for r, row in enumerate(values)
    )
    if not any(each is not BLANK for row in rows for each in row):
        return Grid(sheet=sheet.name)
    return Grid(
        sheet=sheet.name,
        top=box.row,
        left=box.column,
        rows=rows,
        hidden=_hidden(sheet, box),
        merged=tuple(_merged(sheet, box)),
    )


def values_of(sheet: Any) -> Grid:
    """What the cells of a sheet show, without formulas and formats: a fraction of the time."""
    box = used_box(sheet)
    read = box.on(sheet).options(ndim=2, err_to_str=True).value
    rows = tuple(tuple(cell(value, value, value, "General") for value in row) for row in read)
    return Grid(sheet=sheet.name, top=box.row, left=box.column, rows=rows)


def two_dimensional(answer: Any) -> Sequence[Sequence[Any]]:
    """What a block's formulas come as: one text, or rows."""
    if not isinstance(answer, list | tuple):
        return [[answer]]
    return answer if isinstance(answer[0], list | tuple) else [answer]


def cell(value: Any, seen: Any, typed: Any, form: str) -> Cell:
    """One cell.

    Args:
        value: as xlwings reads it, errors as text.
        seen: the same, errors as None.
        typed: the formula, or the value as text where there is none.
        form: its number format.
    """
    # a text that only looks like a formula shows itself
    formula = typed[1:] if isinstance(typed, str) and typed[:1] == "=" and typed != value else None
    if value is None:
        return Cell(Kind.TEXT, "", form, formula) if formula is not None else BLANK
    if isinstance(value, bool):
        return Cell(Kind.BOOL, "TRUE" if value else "FALSE", form, formula)
    if isinstance(value, datetime):
        return _moment(value, form, formula)
    if isinstance(value, int | float | Decimal):
        return Cell(Kind.NUMBER, plain(repr(float(value))) or "0", form, formula)
    if value in ERRORS and seen is None:
        return Cell(Kind.ERROR, str(value), form, formula)
    return Cell(Kind.TEXT, str(value), form, formula)


def _moment(value: datetime, form: str, formula: str | None) -> Cell:
    if value.year < FIRST_CENTURY:
        seconds = (value.hour * 60 + value.minute) * 60 + value.second
        return Cell(Kind.NUMBER, plain(repr(seconds / 86_400)) or "0", form, formula)
    clock = value.time()
    text = value.date().isoformat() + (f"T{clock:%H:%M:%S}" if clock != clock.min else "")
    return Cell(Kind.DATE, text, form, formula)


def _formats(sheet: Any, box: Box, values: Sequence[Sequence[Any]]) -> dict[tuple[int, int], str]:
    """The number formats of cells with numbers and dates, asked column by column."""
    found: dict[tuple[int, int], str] = {}
    for c in range(box.columns):
        rows = [r for r, row in enumerate(values) if isinstance(row[c], int | float | datetime)]
        if not rows:
            continue
        part = Box(box.row + rows[0], box.column + c, rows[-1] - rows[0] + 1, 1)
        for piece, form in uniform(sheet, part, lambda block: block.number_format):
            for row in range(piece.row, piece.last_row + 1):
                found[row - box.row, c] = form
    return found


def _hidden(sheet: Any, box: Box) -> frozenset[int]:
    column = box._replace(columns=1)
    return frozenset(
        row
        for piece, hidden in uniform(sheet, column, lambda block: block.rows.hidden)
        if hidden
        for row in range(piece.row, piece.last_row + 1)
    )


def _merged(sheet: Any, box: Box) -> list[str]:
    found: dict[str, None] = {}
    for piece, merged in uniform(sheet, box, lambda block: block.merge_cells):
        if merged:
            for row in range(piece.row, piece.last_row + 1):
                for column in range(piece.column, piece.last_column + 1):
                    area = sheet.range((row, column)).merge_area
                    found[area.get_address(False, False)] = None
    return list(found)


def rectangles(placed: Mapping[tuple[int, int], T]) -> Iterator[tuple[Box, T]]:
    """Cells of one value joined to rectangles: along rows, then down."""
    open_: dict[tuple[int, int], tuple[Box, T]] = {}  # the last one of a column and a width
    for row, column, columns, value in _runs(placed):
        last = open_.get((column, columns))
        if last and last[1] == value and last[0].last_row == row - 1:
            open_[column, columns] = (last[0]._replace(rows=last[0].rows + 1), value)
            continue
        if last:
            yield last
        open_[column, columns] = (Box(row, column, 1, columns), value)
    yield from open_.values()


def _runs(placed: Mapping[tuple[int, int], T]) -> Iterator[tuple[int, int, int, T]]:
    """Neighbours in a row with one value: row, column, columns, value."""
    start: tuple[int, int, int, T] | None = None
    for (row, column), value in sorted(placed.items(), key=lambda item: item[0]):
        if start and start[0] == row and start[1] + start[2] == column and start[3] == value:
            start = (row, start[1], start[2] + 1, value)
            continue
        if start:
            yield start
        start = (row, column, 1, value)
    if start:
        yield start


def cells_of(page: Page) -> Iterator[tuple[tuple[int, int], Any]]:
    """Each cell of a page with its row and column."""
    for row, line in enumerate(page.rows, start=1):
        for column, each in enumerate(line.cells, start=1):
            yield (row, column), each


def spans_of(page: Page) -> list[Box]:
    """The cells over several columns: equal ones of rows that follow each other as one block."""
    found: list[Box] = []
    open_: dict[tuple[int, int], int] = {}  # column and width -> the place of its last block
    for (row, column), cell in cells_of(page):
        if cell.span > 1:
            last = open_.get((column, cell.span))
            if last is not None and found[last].last_row == row - 1:
                found[last] = found[last]._replace(rows=found[last].rows + 1)
                continue
            open_[column, cell.span] = len(found)
            found.append(Box(row, column, 1, cell.span))
    return found
