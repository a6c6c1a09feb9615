"""Rows and columns of a range: widths, heights, hidden and merged ones.

::

    Excel's row height     points                      LibreOffice: 1/100 mm, kept as twips
    Excel's column width   digits of Calibri 11        7 pixels a digit and 5 beside, 96 dpi

What differs within a range reads as None, as in Excel.
"""

from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.address import Box
from riskbook.edge.libreoffice.place import Place
from riskbook.edge.libreoffice.wire import Enum

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.range import Range

INCH = 2540  # 1/100 mm
POINTS, PIXELS = 72, 96  # of an inch
TWIP = 20  # of a point: what LibreOffice counts in
DIGIT, BESIDE = 7, 5  # pixels


def points(length: float) -> float:
    """1/100 mm in points, to the twip."""
    return round(length * POINTS / INCH * TWIP) / TWIP


def millimetres(length: float) -> int:
    """Points in 1/100 mm."""
    return round(length * INCH / POINTS)


def characters(width: float) -> float:
    """1/100 mm in digits of the standard font."""
    return max(0.0, round((width * PIXELS / INCH - BESIDE) / DIGIT, 2))


def width_of(digits: float) -> int:
    """Digits of the standard font in 1/100 mm."""
    return round((digits * DIGIT + BESIDE) * INCH / PIXELS)


class Layout(Place):
    """How large a range is."""

    @property
    def column_width(self) -> float | None:
        """In digits; None where columns differ."""
        found = self.remote.block("lines.sizes", False)
        return None if found is None else characters(found)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.remote["Columns"]["Width"] = width_of(value)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        found = self.remote.block("lines.sizes", True)
        return None if found is None else points(found)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.remote["Rows"]["Height"] = millimetres(value)

    @property
    def width(self) -> float:
        """In points."""
        return points(self.remote["Size"]["Width"])

    @property
    def height(self) -> float:
        """In points."""
        return points(self.remote["Size"]["Height"])

    @property
    def left(self) -> float:
        """From the sheet's left edge, in points."""
        return points(self.remote["Position"]["X"])

    @property
    def top(self) -> float:
        """From the sheet's upper edge, in points."""
        return points(self.remote["Position"]["Y"])

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows, columns or both to what they hold."""
        if axis in (None, "c", "columns"):
            self.remote["Columns"]["OptimalWidth"] = True
        if axis in (None, "r", "rows"):
            self.remote["Rows"]["OptimalHeight"] = True

    @property
    def row_hidden(self) -> bool | None:
        """Whether its rows are hidden or filtered out; None where some are."""
        return self._answer("lines.hidden", True)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.remote["Rows"]["IsVisible"] = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether its columns are hidden; None where some are."""
        return self._answer("lines.hidden", False)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.remote["Columns"]["IsVisible"] = not value

    def _answer(self, operation: str, *args: Any) -> bool | None:
        found = self.remote.block(operation, *args)
        return None if found is None else bool(found)

    @property
    def merge_cells(self) -> bool | None:
        """Whether its cells are merged; None where some are."""
        return self._answer("lines.merged")

    @property
    def merge_area(self) -> "Range":
        """The merged cells that its first cell belongs to, or that cell."""
        top, left, bottom, right = self.remote.block("lines.merged_area")
        return self.sheet.box(Box(top + 1, left + 1, bottom - top + 1, right - left + 1))

    def merge(self, across: bool = False) -> None:
        """Merge it to one cell, or each of its rows."""
        self.unmerge()
        if not across:
            self.remote("merge", True)
            return
        for row in range(self.place.row, self.place.last_row + 1):
            self.remote_at(Box(row, self.place.column, 1, self.place.columns))("merge", True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.remote("merge", False)

    def group(self, by: str) -> None:
        """Put its rows or columns into a group that can be closed."""
        self.sheet.remote("group", self.remote["RangeAddress"], _orientation(by))

    def ungroup(self, by: str) -> None:
        """Take its rows or columns out of their group."""
        self.sheet.remote("ungroup", self.remote["RangeAddress"], _orientation(by))


def _orientation(by: str) -> Enum:
    name = "ROWS" if by.startswith("row") else "COLUMNS"
    return Enum("com.sun.star.table.TableOrientation", name)
