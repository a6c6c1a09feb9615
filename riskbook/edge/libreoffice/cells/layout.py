"""Rows and columns: widths, heights, merged and hidden cells.

::

    points    1/100 mm * 72 / 2540, to the twentieth that LibreOffice keeps
    a column's width in characters counts digits of the workbook's own font, as files do:
    7 parts a digit and 5 more for the margins; below one character 12 parts
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Enum

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range

TWIPS = 1440 / 2540  # twentieths of a point in 1/100 mm
PARTS, MARGINS, NARROW = 7, 5, 12


def points(length: float) -> float:
    """1/100 mm in points."""
    return round(length * TWIPS) / 20


def length(size: float) -> int:
    """Points in 1/100 mm."""
    return round(size * 2540 / 72)


def characters(width: float, digit: float) -> float:
    """A column's width (1/100 mm) in characters, as Excel rounds it."""
    parts = round(width / digit * PARTS)
    wide = (parts - MARGINS) / PARTS if parts >= NARROW else parts / NARROW
    return round(wide, 2)


def from_characters(count: float, digit: float) -> int:
    """The other way."""
    parts = count * PARTS + MARGINS if count >= 1 else count * NARROW
    return round(int(parts + 0.5) / PARTS * digit)


class Layout(Place):
    """How large a range is."""

    def _digit(self) -> float:
        found: float = self.doc.block("layout.digit")
        return found

    @property
    def column_width(self) -> float | None:
        """Its columns' width in characters, None if they differ."""
        width = self.remote.block("layout.sizes", True)
        return None if width is None else characters(width, self._digit())

    @column_width.setter
    def column_width(self, value: float) -> None:
        columns = self.remote["Columns"]
        columns["IsVisible"] = value > 0
        if value > 0:
            columns["Width"] = from_characters(value, self._digit())

    @property
    def row_height(self) -> float | None:
        """Its rows' height in points, None if they differ."""
        height = self.remote.block("layout.sizes", False)
        return None if height is None else points(height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        rows = self.remote["Rows"]
        rows["IsVisible"] = value > 0
        if value > 0:
            rows["Height"] = length(value)

    def _extent(self) -> list[float]:
        return [points(each) for each in self.remote.block("layout.extent")]

    @property
    def left(self) -> float:
        """From the sheet's left edge, in points."""
        return self._extent()[0]

    @property
    def top(self) -> float:
        """From the sheet's top, in points."""
        return self._extent()[1]

    @property
    def width(self) -> float:
        """In points."""
        return self._extent()[2]

    @property
    def height(self) -> float:
        """In points."""
        return self._extent()[3]

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns, rows or both to what they hold; whole ones, not only the range's cells."""
        if axis in (None, "c", "columns"):
            self.remote["Columns"]["OptimalWidth"] = True
        if axis in (None, "r", "rows"):
            self.remote["Rows"]["OptimalHeight"] = True

    @property
    def row_hidden(self) -> bool | None:
        """Whether its rows are hidden, None if only some are."""
        found: bool | None = self.remote.block("layout.hidden", False)
        return found

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.remote["Rows"]["IsVisible"] = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether its columns are hidden, None if only some are."""
        found: bool | None = self.remote.block("layout.hidden", True)
        return found

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.remote["Columns"]["IsVisible"] = not value

    @property
    def merge_area(self) -> "Range":
        """The merged cells that its first cell belongs to, or that cell."""
        return self.sheet.box(self._merged(Box(self.row, self.column)))

    @property
    def merge_cells(self) -> bool | None:
        """Whether it lies in merged cells, None if only a part does."""
        around = self._merged(Box(self.row, self.column))
        if self.place.last_row <= around.last_row and self.place.last_column <= around.last_column:
            return around.rows * around.columns > 1
        used = self.remote_at(self.used)
        return None if used["IsMerged"] or self._merged(self.place) != self.place else False

    def merge(self, across: bool) -> None:
        """Make it one cell, or one of each row; only the first value stays."""
        self.remote.block("layout.merge", bool(across))

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.remote.block("layout.unmerge")

    def group(self, by: str) -> None:
        """Put rows or columns under a heading that folds them."""
        self.sheet.remote("group", self.remote["RangeAddress"], _side(by))

    def ungroup(self, by: str) -> None:
        """Take them out again."""
        self.sheet.remote("ungroup", self.remote["RangeAddress"], _side(by))

    def _merged(self, place: Box) -> Box:
        top, left, bottom, right = self.remote_at(place).block("layout.merged")
        return Box(top + 1, left + 1, bottom - top + 1, right - left + 1)


def _side(by: str) -> Enum:
    kind = "ROWS" if by in ("r", "row", "rows") else "COLUMNS"
    return Enum("com.sun.star.table.TableOrientation", kind)


def set_heights(sheet: Any, placed: Iterable[tuple[int, int, float]]) -> None:
    """Give many rows of a sheet their height at once: first, last (from 1), points; 0 hides."""
    wanted = [(first - 1, last - 1, length(height)) for first, last, height in placed]
    dispatcher = sheet.book.app.wire.create("com.sun.star.frame.DispatchHelper")
    sheet.remote.block("layout.heights", sheet.book.doc, dispatcher, wanted)
