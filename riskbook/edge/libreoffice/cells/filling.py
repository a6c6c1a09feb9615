"""A range continued: copies, series, days, trends, as dragging the corner of a range does.

LibreOffice continues texts with numbers, days and months as Excel does.  One plain number
is copied and several plain numbers are continued by their trend, as in Excel and unlike in
LibreOffice, which counts on from one and repeats irregular ones.
"""

from collections.abc import Sequence
from datetime import datetime
from math import exp, log
from typing import Any

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.contents import Contents
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Enum

DATES = {
    "fill_days": "FILL_DATE_DAY",
    "fill_weekdays": "FILL_DATE_WEEKDAY",
    "fill_months": "FILL_DATE_MONTH",
    "fill_years": "FILL_DATE_YEAR",
}
ENDLESS = 1e300  # a series ends where its range ends


class Filling(Place):
    """What continues a range."""

    def autofill(self, destination: Any, type_: str) -> None:
        """Continue the cells over a range that holds them at one of its ends.

        Raises:
            ValueError: the destination does not begin or end with these cells.
        """
        box, whole = self.place, destination.impl.place
        to = direction(box, whole)
        if type_ == "flash_fill":
            raise NotImplementedError("LibreOffice does not guess a pattern from examples.")
        if type_ == "fill_formats":
            self._copied(whole, "formats")
        elif type_ == "fill_copy":
            self.remote.block("edit.tile", self.remote_at(_rest(box, whole, to)))
        elif type_ in DATES:
            self._dates(whole, to, type_)
        elif type_ == "fill_values":
            self._without_formats(whole, to)
        else:
            self._continued(whole, to, type_)

    def _copied(self, whole: Box, part: str) -> None:
        for piece in _pieces(_rest(self.place, whole, direction(self.place, whole)), self.place):
            source = self.sheet.box(Box(self.row, self.column, piece.rows, piece.columns))
            source.sheet.box(piece).copy_from(_Public(source), part)

    def _dates(self, whole: Box, to: str, type_: str) -> None:
        self.remote_at(whole)(
            "fillSeries",
            Enum("com.sun.star.sheet.FillDirection", to),
            Enum("com.sun.star.sheet.FillMode", "DATE"),
            Enum("com.sun.star.sheet.FillDateMode", DATES[type_]),
            1.0,
            ENDLESS,
        )

    def _without_formats(self, whole: Box, to: str) -> None:
        """As by default, then the formats of the filled cells as they were."""
        sheets, name = self.sheet.book.sheets.api, "riskbook formats"
        sheets("insertNewByName", name, sheets["Count"])
        spare = self.sheet.book.sheets(name)
        try:
            rest = _rest(self.place, whole, to)
            self.remote_at(rest).block("edit.tile", spare.box(rest).remote)
            self._continued(whole, to, "fill_default")
            self.sheet.box(rest).copy_from(_Public(spare.box(rest)), "formats")
        finally:
            sheets("removeByName", name)

    def _continued(self, whole: Box, to: str, type_: str) -> None:
        down = to in ("TO_BOTTOM", "TO_TOP")
        count = self.place.rows if down else self.place.columns
        remote = self.remote_at(whole)
        remote("fillAuto", Enum("com.sun.star.sheet.FillDirection", to), count)
        backwards = to in ("TO_TOP", "TO_LEFT")
        for line, values in enumerate(self._lines(down)):
            length = whole.rows if down else whole.columns
            made = continued(values[::-1] if backwards else values, length - count, type_)
            if made:
                self._put(made[::-1] if backwards else made, whole, to, line)

    def _lines(self, down: bool) -> list[list[Any]]:
        """The values along the direction; formulas are none."""
        here = Contents(self.sheet, self.place)
        values, formulas = here.raw_value, here.formula
        rows = [[values]] if len(self) == 1 else values
        texts = ((formulas,),) if len(self) == 1 else formulas
        plain = [
            [None if str(text)[:1] == "=" else value for value, text in zip(*pair, strict=True)]
            for pair in zip(rows, texts, strict=True)
        ]
        return [list(line) for line in zip(*plain, strict=True)] if down else plain

    def _put(self, made: list[Any], whole: Box, to: str, line: int) -> None:
        rest = _rest(self.place, whole, to)
        if to in ("TO_BOTTOM", "TO_TOP"):
            cells = Box(rest.row, rest.column + line, rest.rows, 1)
            Contents(self.sheet, cells).raw_value = [[value] for value in made]
        else:
            cells = Box(rest.row + line, rest.column, 1, rest.columns)
            Contents(self.sheet, cells).raw_value = [made]


class _Public:
    """A range as xlwings' public side passes it."""

    def __init__(self, impl: Any) -> None:
        self.impl = impl


def direction(source: Box, whole: Box) -> str:
    """Where a range is continued to.

    Raises:
        ValueError: the whole does not begin or end with the source.
    """
    if (source.column, source.columns) == (whole.column, whole.columns):
        if source.row == whole.row:
            return "TO_BOTTOM"
        if source.last_row == whole.last_row:
            return "TO_TOP"
    if (source.row, source.rows) == (whole.row, whole.rows):
        if source.column == whole.column:
            return "TO_RIGHT"
        if source.last_column == whole.last_column:
            return "TO_LEFT"
    raise ValueError(
        f"{whole.text()} does not continue {source.text()}: it must begin or end with it."
    )


def continued(values: Sequence[Any], count: int, type_: str) -> list[float] | None:
    """The next values of a line; None where LibreOffice's own are as Excel's."""
    if not all(type(value) in (float, int, bool) for value in values):
        if type_ in ("linear_trend", "growth_trend") and not _all_moments(values):
            raise ValueError("A trend needs numbers.")
        return None
    if len(values) == 1 or bool in {type(value) for value in values}:
        if type_ == "fill_series" and type(values[0]) is not bool:
            return None  # counts on
        return [values[place % len(values)] for place in range(count)]
    if type_ == "growth_trend":
        if min(values) <= 0:
            raise ValueError("A growth trend needs numbers above 0.")
        return [exp(y) for y in _line([log(value) for value in values], count)]
    return _line(values, count)


def _all_moments(values: Sequence[Any]) -> bool:
    return all(isinstance(value, datetime) for value in values)


def _line(values: Sequence[float], count: int) -> list[float]:
    """Points that follow on the straight line nearest to all values (least squares)."""
    n = len(values)
    mean_x, mean_y = (n - 1) / 2, sum(values) / n
    spread = sum((x - mean_x) ** 2 for x in range(n))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in enumerate(values)) / spread
    return [round(mean_y + slope * (x - mean_x), 12) for x in range(n, n + count)]


def _rest(source: Box, whole: Box, to: str) -> Box:
    """The cells that are filled."""
    if to == "TO_BOTTOM":
        return Box(source.last_row + 1, whole.column, whole.rows - source.rows, whole.columns)
    if to == "TO_TOP":
        return Box(whole.row, whole.column, whole.rows - source.rows, whole.columns)
    if to == "TO_RIGHT":
        return Box(whole.row, source.last_column + 1, whole.rows, whole.columns - source.columns)
    return Box(whole.row, whole.column, whole.rows, whole.columns - source.columns)


def _pieces(rest: Box, source: Box) -> list[Box]:
    """The cells to be filled, cut into parts as large as the source at most."""
    found = []
    for row in range(rest.row, rest.last_row + 1, source.rows):
        for column in range(rest.column, rest.last_column + 1, source.columns):
            rows = min(source.rows, rest.last_row - row + 1)
            found.append(Box(row, column, rows, min(source.columns, rest.last_column - column + 1)))
    return found
