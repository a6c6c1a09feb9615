"""One sheet of a workbook."""

from typing import TYPE_CHECKING, Any, cast

from riskbook.edge.libreoffice.cells.address import MOST_COLUMNS, MOST_ROWS, Box, parse, split_sheet
from riskbook.edge.libreoffice.cells.notes import Threads, notes_of
from riskbook.edge.libreoffice.cells.range import Range
from riskbook.edge.libreoffice.drawing.charts import Charts
from riskbook.edge.libreoffice.drawing.pictures import Pictures
from riskbook.edge.libreoffice.drawing.shapes import Shapes
from riskbook.edge.libreoffice.files.guard import url_of
from riskbook.edge.libreoffice.line.wire import OfficeError, Remote, properties
from riskbook.edge.libreoffice.tables.tables import Tables
from riskbook.edge.libreoffice.workbook.names import Names, named_box
from riskbook.edge.libreoffice.workbook.page import FreezePanes, PageSetup, gridlines

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.book import Book
    from riskbook.edge.libreoffice.workbook.sheets import Sheets

Given = str | int | tuple[int, ...] | Range | None


class Sheet(Threads):
    """One sheet."""

    book = cast("Book", None)  # in place of the base class's property

    def __init__(self, book: "Book", remote: Remote) -> None:
        self.book, self.remote = book, remote

    @property
    def api(self) -> Remote:
        """LibreOffice's sheet."""
        return self.remote

    @property
    def name(self) -> str:
        """What stands on its tab."""
        return str(self.remote["Name"])

    @name.setter
    def name(self, value: str) -> None:
        if value.lower() != self.name.lower() and value in self.book.sheets:
            raise ValueError(f"Sheet named '{value}' already present in workbook")
        self.remote["Name"] = value

    @property
    def names(self) -> Names:
        """Its own names."""
        return Names(self.book, self)

    @property
    def index(self) -> int:
        """Its place among the tabs, from 1."""
        return int(self.remote["RangeAddress"]["Sheet"]) + 1

    def box(self, box: Box) -> Range:
        """A range by its place."""
        return Range(self, box)

    def range(self, arg1: Given, arg2: Given = None) -> Range:
        """A range by address, name, corner cells or (row, column, rows, columns).

        Raises:
            IndexError: rows and columns count from 1.
            ValueError: the text is neither an address nor a name of this sheet.
        """
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, Box(*arg1))
        first = self._place(arg1)
        found = first if arg2 is None else _around(first, self._place(arg2))
        made = Range(self, found)
        made.arg1_input = arg1 if isinstance(arg1, str) else ""
        return made

    def _place(self, given: Given) -> Box:
        if isinstance(given, Range):
            return given.place
        if isinstance(given, tuple):
            if 0 in given:
                raise IndexError(
                    "Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based."
                )
            return Box(given[0], given[1])
        text = split_sheet(str(given))[1]
        found = parse(text) or named_box(self.book, self, str(given)) or self._table(text)
        if found is None:
            raise ValueError(f"{given!r} is neither an address nor a name on {self.name!r}")
        return found

    def _table(self, text: str) -> Box | None:
        """The cells behind ``table[column]`` or ``table``."""
        name = text.partition("[")[0]
        for table in self.tables:
            if table.name.lower() == name.lower():
                return table.part(text[len(name) :])
        return None

    @property
    def cells(self) -> Range:
        """All of it."""
        return Range(self, Box(1, 1, MOST_ROWS, MOST_COLUMNS))

    @property
    def used_range(self) -> Range:
        """The block from the first to the last cell with content."""
        cursor = self.remote("createCursor")
        cursor("gotoStartOfUsedArea", False)
        cursor("gotoEndOfUsedArea", True)
        return Range.of(self, cursor["RangeAddress"])

    def activate(self) -> None:
        """Show it."""
        if not self.visible:
            raise OfficeError(
                f"The sheet {self.name!r} is hidden.", fix="show it before you go to it."
            )
        self.book.doc["CurrentController"]("setActiveSheet", self.remote)

    def select(self) -> None:
        """Show it."""
        self.activate()

    def clear_contents(self) -> None:
        """Blank every cell."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take every format away."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Blank every cell and take every format away."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows, columns or both to what they hold."""
        self.cells.autofit(axis)

    def delete(self) -> None:
        """Take it out of the workbook."""
        self.book.sheets.api("removeByName", self.name)

    def copy(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Copy it beside a sheet of this or another workbook; the copy becomes active."""
        beside = before or after
        if beside is None:
            raise ValueError("a copy needs a place: before or after a sheet")
        place = beside.index - (1 if before else 0)
        target = beside.book.sheets
        name = _free(self.name, target)
        if beside.book.uid == self.book.uid:
            target.api("copyByName", self.name, name, place)
            target(name).activate()
            return
        target.api("importSheet", self.book.doc, self.name, place)
        target(place + 1).activate()

    def move(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Move it beside another sheet of the workbook."""
        beside = before or after
        if beside is None:
            raise ValueError("a move needs a place: before or after a sheet")
        self.book.sheets.api("moveByName", self.name, beside.index - (1 if before else 0))

    def to_html(self, path: str) -> None:
        """It alone as a web page."""
        app, active = self.book.app, self.book.app.active_uid
        alone = app.books.add()
        try:
            self.copy(alone.sheets(1), None)
            alone.sheets(2).delete()
            given = properties(FilterName="HTML (StarCalc)")
            alone.doc("storeToURL", url_of(path), given)
        finally:
            alone.close()
            app.active_uid = active

    @property
    def pivot_tables(self) -> Any:
        """There are none here."""
        raise NotImplementedError("The engine has no pivot tables: make them in LibreOffice.")

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return bool(self.remote["IsVisible"])

    @visible.setter
    def visible(self, value: bool) -> None:
        self.remote["IsVisible"] = bool(value)

    @property
    def show_gridlines(self) -> bool:
        """Whether the lines between cells are shown."""
        return bool(gridlines(self))

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        gridlines(self, show=bool(value))

    @property
    def notes(self) -> list[Any]:
        """Every note on it."""
        return notes_of(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """Its frozen rows and columns."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        """How it is printed."""
        return PageSetup(self)

    @property
    def charts(self) -> Charts:
        """Its charts."""
        return Charts(self)

    @property
    def shapes(self) -> Shapes:
        """What is drawn on it."""
        return Shapes(self)

    @property
    def pictures(self) -> Pictures:
        """Its pictures."""
        return Pictures(self)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)


def _around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    top, left = min(one.row, other.row), min(one.column, other.column)
    bottom = max(one.last_row, other.last_row)
    right = max(one.last_column, other.last_column)
    return Box(top, left, bottom - top + 1, right - left + 1)


def _free(name: str, sheets: "Sheets") -> str:
    """``Risks (2)``, or the first number that is free."""
    number = 2
    while f"{name} ({number})" in sheets:
        number += 1
    return f"{name} ({number})"
