"""Ranges: where they lie, what they hold, where they reach.

::

    Range = Place (where) + Values (here) + Look + Layout + Editing (their own modules)

A range is a sheet and four numbers; LibreOffice is asked when something is wanted of it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice import names, values
from riskbook.edge.libreoffice.address import MOST_COLUMNS, MOST_ROWS, Box, quoted
from riskbook.edge.libreoffice.editing import Editing
from riskbook.edge.libreoffice.layout import Layout
from riskbook.edge.libreoffice.look import Look
from riskbook.edge.libreoffice.notes import Note, add_note, note_at
from riskbook.edge.libreoffice.rules import AutoFilter, ConditionalFormats, DataValidation
from riskbook.edge.libreoffice.tables import Table, table_at
from riskbook.edge.libreoffice.wire import Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.sheet import Sheet

EVERYTHING = 1023  # com.sun.star.sheet.CellFlags, all of them
CONTENTS = 1 | 2 | 4 | 16  # VALUE, DATETIME, STRING, FORMULA
LOOKS = 32 | 64  # HARDATTR, STYLES
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


class Range(Look, Layout, Editing, base_classes.Range):  # type: ignore[misc]
    """A block of cells."""

    def __init__(self, sheet: "Sheet", place: Box) -> None:
        self.sheet, self.place = sheet, place
        self.options: dict[str, Any] = {}
        self.arg1_input = ""
        self._remote: Remote | None = None

    @classmethod
    def of(cls, sheet: "Sheet", address: Struct) -> "Range":
        """The range at a ``com.sun.star.table.CellRangeAddress``."""
        row, column = address["StartRow"], address["StartColumn"]
        box = Box(
            row + 1, column + 1, address["EndRow"] - row + 1, address["EndColumn"] - column + 1
        )
        return cls(sheet, box)

    @property
    def remote(self) -> Remote:
        """LibreOffice's range."""
        if self._remote is None:
            corners = self.place.corners
            self._remote = self.sheet.remote("getCellRangeByPosition", *corners)
        return self._remote

    @property
    def doc(self) -> Remote:
        """The workbook that it lies in."""
        return self.sheet.book.doc

    @property
    def api(self) -> Remote:
        """LibreOffice's range."""
        return self.remote

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, row, column, rows, columns."""
        box = self.place
        return self.sheet.name, box.row, box.column, box.rows, box.columns

    def __len__(self) -> int:
        return self.place.rows * self.place.columns

    @property
    def row(self) -> int:
        """Its first row, from 1."""
        return self.place.row

    @property
    def column(self) -> int:
        """Its first column, from 1."""
        return self.place.column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.place.rows, self.place.columns

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

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address; with the workbook and the sheet if external."""
        text = self.place.text(row_absolute, col_absolute)
        if external:
            return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}"
        return text

    @property
    def address(self) -> str:
        """``$A$1:$B$2``."""
        return self.place.text()

    # what the cells hold

    @property
    def raw_value(self) -> Any:
        """One value, or rows of them."""
        rows, kinds, wrong = self._used().block("block.read", self.doc)
        found = self._padded(values.incoming(rows, kinds, wrong))
        return found[0][0] if len(self) == 1 else found

    def _used(self) -> Remote:
        """Whole rows and columns are read as far as the sheet is used."""
        return self.remote if self._small else self._within().remote

    @property
    def _small(self) -> bool:
        return self.place.rows < MOST_ROWS and self.place.columns < MOST_COLUMNS

    def _within(self) -> "Range":
        used = self.sheet.used_range.place
        box = self.place
        rows = max(1, min(box.last_row, used.last_row) - box.row + 1)
        columns = max(1, min(box.last_column, used.last_column) - box.column + 1)
        return Range(self.sheet, Box(box.row, box.column, rows, columns))

    def _padded(self, rows: values.Rows) -> values.Rows:
        if self._small:
            return rows
        short = self.place.columns - len(rows[0])
        filled = [row + [None] * short for row in rows]
        blank: list[Any] = [None] * self.place.columns
        return filled + [blank] * (self.place.rows - len(rows))

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, list | tuple) else [[value]]
        if rows and not isinstance(rows[0], list | tuple):
            rows = [rows]
        if len(rows) == 1 and len(rows[0]) == 1 and len(self) > 1:
            self._fill(rows[0][0])
            return
        if len({len(row) for row in rows}) > 1:
            raise ValueError("every row must have the same number of values")
        target = Range(self.sheet, Box(self.row, self.column, len(rows), len(rows[0])))
        target.remote.block("block.write", self.doc, *values.outgoing(rows))

    def _fill(self, value: Any) -> None:
        """One value into every cell; relative references follow."""
        if isinstance(value, str) and value[:1] == "=":
            self.formula = value
            return
        target = self if self._small else self._within()
        rows = [[value] * target.place.columns] * target.place.rows
        target.remote.block("block.write", self.doc, *values.outgoing(rows))

    @property
    def formula(self) -> Any:
        """Formulas as in Excel, values as text where there is none."""
        rows = self._within_rows(self._used().block("block.formulas"))
        return rows[0][0] if len(self) == 1 else rows

    def _within_rows(self, rows: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
        return tuple(tuple(from_calc(x) for x in row) for row in rows)

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.remote.block("block.fill", str(value))
            return
        rows = value if isinstance(value[0], list | tuple) else [value]
        target = Range(self.sheet, Box(self.row, self.column, len(rows), len(rows[0])))
        target.remote.block("block.set_formulas", [[str(x) for x in row] for row in rows])

    @property
    def formula2(self) -> Any:
        """The same: Calc has no dynamic arrays."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str | None:
        """The formula of an array, None where there is none."""
        return from_calc(self.remote["ArrayFormula"]).strip("{}") or None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.remote("setArrayFormula", value)

    @property
    def has_array(self) -> bool:
        """Whether the cells belong to an array formula."""
        return bool(self.remote["ArrayFormula"])

    def clear_contents(self) -> None:
        """Blank the cells."""
        self.remote("clearContents", CONTENTS)

    def clear_formats(self) -> None:
        """Take the formats away, conditional ones too."""
        self.remote("clearContents", LOOKS)

    def clear(self) -> None:
        """Blank the cells and take formats, notes and rules away."""
        self.remote("clearContents", EVERYTHING)

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
    def name(self) -> names.Name | None:
        """The name that stands for exactly these cells."""
        return names.name_of(self)

    @name.setter
    def name(self, value: str) -> None:
        refers = f"={quoted(self.sheet.name)}!{self.address}"
        names.Names(self.sheet.book, None).add(value, refers)

    # what is attached to it

    @property
    def note(self) -> Note | None:
        """Its note."""
        return note_at(self)

    def add_note(self, text: str) -> Note:
        """Give it a note."""
        return add_note(self, text)

    @property
    def table(self) -> Table | None:
        """The table that it lies in."""
        return table_at(self)

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


def from_calc(text: Any) -> str:
    """A formula in Excel's notation; a text without the mark that LibreOffice puts before it."""
    shown = str(text)
    return names.to_excel(shown[1:]) if shown[:1] == "=" else shown.removeprefix("'")
