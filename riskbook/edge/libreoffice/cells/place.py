"""Where a range lies: what all that is known of a range begins with.

A range is a sheet and four numbers; LibreOffice is asked when something is wanted of it.
"""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import MOST_COLUMNS, MOST_ROWS, Box
from riskbook.edge.libreoffice.line.wire import Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet


def box_of(address: Struct) -> Box:
    """The place that a ``com.sun.star.table.CellRangeAddress`` names."""
    row, column = address["StartRow"], address["StartColumn"]
    rows, columns = address["EndRow"] - row + 1, address["EndColumn"] - column + 1
    return Box(row + 1, column + 1, rows, columns)


class Place(base_classes.Range):
    """A sheet and a block of it."""

    def __init__(self, sheet: "Sheet", place: Box) -> None:
        self.sheet, self.place = sheet, place
        self.options: dict[str, Any] = {}
        self.arg1_input = ""
        self._remote: Remote | None = None
        self._moved = 0

    @property
    def remote(self) -> Remote:
        """LibreOffice's range."""
        if self._remote is None or self._moved != self.sheet.remote.wire.moved:
            self._moved = self.sheet.remote.wire.moved
            corners = self.place.corners
            self._remote = self.sheet.remote("getCellRangeByPosition", *corners)
        return self._remote

    def remote_at(self, place: Box) -> Remote:
        """LibreOffice's range at another place of the same sheet."""
        found: Remote = self.sheet.remote("getCellRangeByPosition", *place.corners)
        return found

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

    @property
    def address(self) -> str:
        """``$A$1:$B$2``."""
        return self.place.text()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address; with the workbook and the sheet if external."""
        text = self.place.text(row_absolute, col_absolute)
        if external:
            return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}"
        return text

    @property
    def bounded(self) -> bool:
        """Whether it is neither whole rows nor whole columns."""
        return self.place.rows < MOST_ROWS and self.place.columns < MOST_COLUMNS

    @property
    def used(self) -> Box:
        """Its place; of whole rows and columns the part that the sheet uses."""
        box = self.place
        if self.bounded:
            return box
        last = self.sheet.used_range.place
        rows = max(1, min(box.last_row, last.last_row) - box.row + 1)
        columns = max(1, min(box.last_column, last.last_column) - box.column + 1)
        return Box(box.row, box.column, rows, columns)
