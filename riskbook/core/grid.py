"""What was found in the cells of a sheet, each with its address.

::

    Grid.rows[0][0]  is the cell at row ``top``, column ``left`` (both count from 1)

A cell keeps what an officer's entry can hide: whether it is text or a number, the
number format it is shown in, the formula behind it, the error it shows.
Nothing here decides what a cell means: that is :mod:`riskbook.core.reading`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    """What a cell holds, after any formula in it was calculated."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"  # any number that is not shown as a date
    DATE = "date"  # a number whose format shows a date, or an ISO date cell
    BOOL = "bool"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell of one sheet; rows and columns count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell without its sheet, e.g. ``F12``."""
        return f"{letters(self.column)}{self.row}"

    @property
    def location(self) -> str:
        """The cell as a link inside the workbook, e.g. ``'Actions due'!B3``."""
        # without quotes only what cannot be read as a cell (Q1), a column or TRUE
        plain = re.fullmatch(r"(?!TRUE|FALSE)[A-Za-z]{4,}", self.sheet, re.IGNORECASE)
        sheet = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
        return f"{sheet}!{self.address}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the file.

    ``text`` is the cell's exact text (TEXT), its number in plain decimal digits
    (NUMBER, no exponent), the ISO date or date and time (DATE), ``TRUE``/``FALSE`` (BOOL),
    the error's code such as ``#N/A`` (ERROR), or empty (BLANK).
    """

    kind: Kind
    text: str = ""
    format: str = "General"  # number format code as in the file
    formula: str | None = None  # without "="; "" for a formula kept elsewhere (shared, array)
    quoted: bool = False  # kept as text by an apostrophe that is not part of it (quotePrefix)
    struck: str = ""  # the words of the text that are struck through
    unseen: bool = False  # written in the colour of its ground, or too small to be read

    @property
    def number(self) -> Decimal:
        """The number in a NUMBER cell; ``ValueError`` in any other."""
        if self.kind is not Kind.NUMBER:
            raise ValueError(f"not a number: {self}")
        return Decimal(self.text)


BLANK = Cell(Kind.BLANK)


@dataclass(frozen=True, slots=True)
class Note:
    """A note or a thread of comments that hangs on a cell; its words are not read."""

    row: int
    column: int
    thread: bool = False  # a comment with answers, of Excel 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The used block of one sheet; every row has the same length."""

    sheet: str
    top: int = 1  # the sheet's row of rows[0]
    left: int = 1  # the sheet's column of rows[n][0]
    rows: tuple[tuple[Cell, ...], ...] = ()
    hidden: frozenset[int] = frozenset()  # rows of the sheet that are hidden or filtered out
    merged: tuple[str, ...] = ()  # merged areas, e.g. "B2:C3"
    hidden_columns: frozenset[int] = frozenset()  # columns of the block that are hidden
    notes: tuple[Note, ...] = ()  # in the order of the rows
    date1904: bool = False  # whether the workbook counts its days from 1904

    def at(self, row: int, column: int) -> Cell:
        """The cell at a row and column of the sheet; blank outside the block."""
        r, c = row - self.top, column - self.left
        if 0 <= r < len(self.rows) and 0 <= c < len(self.rows[r]):
            return self.rows[r][c]
        return BLANK

    def lines(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each row with its number on the sheet."""
        return enumerate(self.rows, start=self.top)


def letters(column: int) -> str:
    """Column 1 is ``A``, 26 is ``Z``, 27 is ``AA``."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """``A`` is 1, ``Z`` is 26, ``AA`` is 27."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number
