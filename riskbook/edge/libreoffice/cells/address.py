"""Addresses of cells: text and numbers.

::

    "$B$2:D5"  ->  Box(row=2, column=2, rows=4, columns=3)       rows and columns from 1
    "A:C"      ->  whole columns          "1:10"  ->  whole rows
"""

import re
from dataclasses import dataclass

from riskbook.core.grid import column_number, letters

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet in LibreOffice 7.4

_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr]([0-9]*[Cc][0-9]*)?|[Cc][0-9]*")
_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")


@dataclass(frozen=True, slots=True)
class Box:
    """A block of cells of one sheet."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom from 0, as LibreOffice takes them."""
        return (
            self.column - 1,
            self.row - 1,
            self.column + self.columns - 2,
            self.row + self.rows - 2,
        )

    def cell(self, row: int, column: int) -> "Box":
        """The cell at a row and column of the block, from 1."""
        return Box(self.row + row - 1, self.column + column - 1)

    @property
    def last_row(self) -> int:
        """Its lowest row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Its rightmost column."""
        return self.column + self.columns - 1

    def text(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """The address as people write it."""
        down, across = "$" * row_absolute, "$" * column_absolute
        if self.rows >= MOST_ROWS and self.columns < MOST_COLUMNS:
            return f"{across}{letters(self.column)}:{across}{letters(self.last_column)}"
        if self.columns >= MOST_COLUMNS and self.rows < MOST_ROWS:
            return f"{down}{self.row}:{down}{self.last_row}"
        first = f"{across}{letters(self.column)}{down}{self.row}"
        last = f"{across}{letters(self.last_column)}{down}{self.last_row}"
        return first if first == last else f"{first}:{last}"


def parse(text: str) -> Box | None:
    """An address without its sheet; None if it is none."""
    first, _, last = text.strip().partition(":")
    ends = [_PART.fullmatch(first), _PART.fullmatch(last or first)]
    if not all(ends):
        return None
    columns = [end[1] for end in ends if end]
    rows = [end[2] for end in ends if end]
    if all(columns) and all(rows):
        return _between([int(row) for row in rows], [column_number(column) for column in columns])
    if all(columns) and not any(rows) and last:
        return _between([1, MOST_ROWS], [column_number(column) for column in columns])
    if all(rows) and not any(columns) and last:
        return _between([int(row) for row in rows], [1, MOST_COLUMNS])
    return None


def _between(rows: list[int], columns: list[int]) -> Box | None:
    top, bottom = sorted(rows)
    left, right = sorted(columns)
    if top < 1 or bottom > MOST_ROWS or right > MOST_COLUMNS:
        return None
    return Box(top, left, bottom - top + 1, right - left + 1)


def quoted(sheet: str) -> str:
    """A sheet's name before an exclamation mark; one that reads like a cell, Q1, in quotes."""
    plain = re.fullmatch(r"[A-Za-z_]\w*", sheet) and not _LIKE_A_CELL.fullmatch(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def split_sheet(text: str) -> tuple[str, str]:
    """``'My sheet'!A1`` as sheet and rest; no sheet is an empty one."""
    sheet, mark, rest = text.lstrip("=").rpartition("!")
    if not mark:
        return "", rest
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.lstrip("$"), rest
