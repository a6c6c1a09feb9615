"""Ranges: where they lie, what they hold, where they reach.

::

    Range = Place (where) + Contents (what) + Look + Layout + Editing (their own modules)

What is attached to a range (notes, rules, tables) has modules of its own too.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from riskbook.edge.libreoffice.cells.address import Box, quoted
from riskbook.edge.libreoffice.cells.autofilter import AutoFilter
from riskbook.edge.libreoffice.cells.conditional import ConditionalFormats
from riskbook.edge.libreoffice.cells.contents import Contents
from riskbook.edge.libreoffice.cells.editing import Editing
from riskbook.edge.libreoffice.cells.layout import Layout
from riskbook.edge.libreoffice.cells.look import Look
from riskbook.edge.libreoffice.cells.notes import Note, add_note, note_at
from riskbook.edge.libreoffice.cells.place import box_of
from riskbook.edge.libreoffice.cells.validation import DataValidation
from riskbook.edge.libreoffice.line.wire import Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.tables.table import Table
    from riskbook.edge.libreoffice.workbook.names import Name
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

DIRECTIONS = {
    "down": (1, 0),
    "d": (1, 0),
    "up": (-1, 0),
    "u": (-1, 0),
    "right": (0, 1),
    "r": (0, 1),
    "left": (0, -1),
    "l": (0, -1),
}


class Range(Contents, Look, Layout, Editing):
    """A block of cells."""

    @classmethod
    def of(cls, sheet: "Sheet", address: Struct) -> "Range":
        """The range at a ``com.sun.star.table.CellRangeAddress``."""
        return cls(sheet, box_of(address))

    def __call__(self, row: int, column: int | None = None) -> "Range":
        """The cell at a row and column of the range, or at a count through its rows."""
        if column is None:
            down, across = divmod(row - 1, self.place.columns)
            row, column = down + 1, across + 1
        return Range(self.sheet, Box(self.row + row - 1, self.column + column - 1))

    @property
    def rows(self) -> Iterator["Range"]:
        """Each row."""
        width = self.place.columns
        return (
            Range(self.sheet, Box(row, self.column, 1, width))
            for row in range(self.row, self.place.last_row + 1)
        )

    @property
    def columns(self) -> Iterator["Range"]:
        """Each column."""
        height = self.place.rows
        return (
            Range(self.sheet, Box(self.row, column, height, 1))
            for column in range(self.column, self.place.last_column + 1)
        )

    # where it reaches

    def end(self, direction: str) -> "Range":
        """The end of the block of filled cells, as Ctrl and an arrow key would go."""
        down, across = DIRECTIONS[direction]
        row, column = self.sheet.remote.block(
            "block.end", self.row - 1, self.column - 1, down, across
        )
        return Range(self.sheet, Box(row + 1, column + 1))

    @property
    def current_region(self) -> "Range":
        """The block of filled cells around it."""
        cursor = self.sheet.remote("createCursorByRange", self.remote)
        cursor("collapseToCurrentRegion")
        return Range.of(self.sheet, cursor["RangeAddress"])

    def select(self) -> None:
        """Select it in its sheet."""
        self.sheet.activate()
        self.doc["CurrentController"]("select", self.remote)

    @property
    def name(self) -> "Name | None":
        """The name that stands for exactly these cells."""
        return self.sheet.book.names.of(self)

    @name.setter
    def name(self, value: str) -> None:
        refers = f"={quoted(self.sheet.name)}!{self.address}"
        self.sheet.book.names.add(value, refers)

    # what is attached to it

    @property
    def note(self) -> Note | None:
        """Its note."""
        return note_at(self)

    def add_note(self, text: str) -> Note:
        """Give it a note."""
        return add_note(self, text)

    @property
    def table(self) -> "Table | None":
        """The table that it lies in."""
        return self.sheet.tables.at(self)

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed."""
        return DataValidation(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """Formats that depend on what the cells hold."""
        return ConditionalFormats(self)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter over it."""
        return AutoFilter(self)
