"""Tables, as LibreOffice's database ranges.

::

    header row      ContainsHeader      text in each cell, no two alike
    rows            at least one; a table without any keeps one blank row for the next entry
    totals row      TotalsRow

Formulas may name a table and its columns (``=SUM(Table1[b])``).  A table's style and its
stripes have no place in LibreOffice 7.4: they are kept while it runs and are not written to
the file.
"""

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import Box, parse
from riskbook.edge.libreoffice.cells.autofilter import AutoFilter
from riskbook.edge.libreoffice.cells.contents import Contents
from riskbook.edge.libreoffice.cells.finding import sort
from riskbook.edge.libreoffice.cells.place import Place, box_of
from riskbook.edge.libreoffice.line.kept import kept, renamed
from riskbook.edge.libreoffice.line.wire import Remote, Struct
from riskbook.edge.libreoffice.tables.tablelook import TableLook
from riskbook.edge.libreoffice.tables.tableparts import TableColumns, TableRows, headings, part_of

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

_NAME = re.compile(r"[A-Za-z_\\][\w.\\]*")
SUM_OF_SHOWN, COUNT_OF_SHOWN = 109, 103  # of SUBTOTAL


class Table(TableLook, base_classes.Table):
    """One table."""

    def __init__(self, sheet: "Sheet", remote: Remote) -> None:
        self.sheet, self.remote = sheet, remote

    @property
    def api(self) -> Remote:
        """LibreOffice's database range."""
        return self.remote

    @property
    def parent(self) -> "Sheet":
        """Its sheet."""
        return self.sheet

    @property
    def name(self) -> str:
        """Its name, by which formulas call it."""
        return str(self.remote["Name"])

    @name.setter
    def name(self, value: str) -> None:
        old = self.name
        if value == old:
            return
        check_name(self.sheet, value)
        renamed(self.sheet.book, "table", old, value)
        doc = self.sheet.book.doc
        self.remote.block("table.rename", doc, old, value)

    @property
    def display_name(self) -> str:
        """The same as its name."""
        return self.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    # where it lies

    @property
    def box(self) -> Box:
        """All of it."""
        return box_of(self.remote["DataArea"])

    @box.setter
    def box(self, value: Box) -> None:
        sheet = self.sheet.index - 1
        left, top, right, bottom = value.corners
        fields = {"Sheet": sheet, "StartColumn": left, "StartRow": top}
        fields |= {"EndColumn": right, "EndRow": bottom}
        self.remote["DataArea"] = Struct("com.sun.star.table.CellRangeAddress", fields)

    @property
    def body(self) -> Box:
        """Its rows, the blank one of a table without any too."""
        box, header = self.box, int(self.show_headers)
        rows = box.rows - header - int(self.show_totals)
        return Box(box.row + header, box.column, rows, box.columns)

    @property
    def blank(self) -> bool:
        """Whether it has no rows but the blank one."""
        look = kept(self.sheet.book, "table", self.name)
        if not look.get("blank"):
            return False
        values = Contents(self.sheet, self.body).raw_value
        cells = [values] if len(Contents(self.sheet, self.body)) == 1 else values[0]
        look["blank"] = self.body.rows == 1 and all(cell in (None, "") for cell in cells)
        return bool(look["blank"])

    @blank.setter
    def blank(self, value: bool) -> None:
        kept(self.sheet.book, "table", self.name)["blank"] = value

    @property
    def range(self) -> "Range":
        """All of it."""
        return self.sheet.box(self.box)

    @property
    def data_body_range(self) -> "Range | None":
        """Its rows, None without any."""
        return None if self.blank else self.sheet.box(self.body)

    @property
    def insert_row_range(self) -> "Range | None":
        """The blank row of a table without rows."""
        return self.sheet.box(self.body) if self.blank else None

    @property
    def header_row_range(self) -> "Range | None":
        """Its header row."""
        box = self.box
        first = Box(box.row, box.column, 1, box.columns)
        return self.sheet.box(first) if self.show_headers else None

    @property
    def totals_row_range(self) -> "Range | None":
        """Its totals row."""
        box = self.box
        last = Box(box.last_row, box.column, 1, box.columns)
        return self.sheet.box(last) if self.show_totals else None

    def part(self, text: str) -> Box | None:
        """The cells behind ``[column]``, ``[#All]``, ``[[#Headers],[column]]`` and so on."""
        return part_of(self, text)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        """Let it cover other cells."""
        self.box = range.impl.place
        if self.show_headers:
            headings(self)

    # what it shows

    @property
    def show_headers(self) -> bool:
        """Whether it has a header row."""
        return bool(self.remote["ContainsHeader"])

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        if bool(value) == self.show_headers:
            return
        look, box = kept(self.sheet.book, "table", self.name), self.box
        if value:
            if box.row == 1 or not self._free(Box(box.row - 1, box.column, 1, box.columns)):
                self.sheet.box(Box(box.row, box.column, 1, box.columns)).insert("down")
                box = Box(box.row + 1, box.column, box.rows, box.columns)
            self.remote["ContainsHeader"] = True
            self.box = Box(box.row - 1, box.column, box.rows + 1, box.columns)
            first = Contents(self.sheet, Box(box.row - 1, box.column, 1, box.columns))
            first.raw_value = [look.get("headings", [None] * box.columns)]
            headings(self)
        else:
            first = Contents(self.sheet, Box(box.row, box.column, 1, box.columns))
            look["headings"] = [column.name for column in self.columns]
            first.clear_contents()
            self.remote["ContainsHeader"] = False
            self.box = Box(box.row + 1, box.column, box.rows - 1, box.columns)

    def _free(self, place: Box) -> bool:
        values = Contents(self.sheet, place).raw_value
        cells = [values] if place.columns == 1 else values[0]
        return all(cell in (None, "") for cell in cells)

    @property
    def show_totals(self) -> bool:
        """Whether it has a totals row."""
        return bool(self.remote["TotalsRow"])

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) == self.show_totals:
            return
        box = self.box
        if value:
            below = Box(box.last_row + 1, box.column, 1, box.columns)
            self.sheet.box(below).insert("down")
            self.box = Box(box.row, box.column, box.rows + 1, box.columns)
            self.remote["TotalsRow"] = True
            self._write_totals(below)
        else:
            last = Box(box.last_row, box.column, 1, box.columns)
            self.remote["TotalsRow"] = False
            self.box = Box(box.row, box.column, box.rows - 1, box.columns)
            self.sheet.box(last).delete("up")

    def _write_totals(self, place: Box) -> None:
        """``Total`` in the first cell, the sum or the count of the last column in the last."""
        if place.columns > 1:
            Contents(self.sheet, Box(place.row, place.column)).raw_value = "Total"
        last, body = Box(place.row, place.last_column), self.body
        column = Box(body.row, body.last_column, body.rows, 1)
        values = Contents(self.sheet, column).raw_value
        cells = [values] if column.rows == 1 else [row[0] for row in values]
        numbers = all(isinstance(cell, float) for cell in cells if cell is not None)
        kind = SUM_OF_SHOWN if numbers else COUNT_OF_SHOWN
        heading = self.columns(len(self.columns)).name
        # by the column's name, so that it follows rows that are added later
        named = self.show_headers and not re.search(r"[\[\]#'@]", heading)
        cells_ = f"{self.name}[{heading}]" if named else column.text(False, False)
        Contents(self.sheet, last).formula = f"=SUBTOTAL({kind},{cells_})"

    @property
    def show_autofilter(self) -> bool:
        """Whether its headings have buttons to filter by."""
        return bool(self.remote["AutoFilter"])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.remote["AutoFilter"] = bool(value)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter over it."""
        return AutoFilter(self.range)

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort its rows by columns, counted from 1."""
        sort(Place(self.sheet, self.body).remote, keys, ascending, headers=False)

    @property
    def rows(self) -> TableRows:
        """Its rows."""
        return TableRows(self)

    @property
    def columns(self) -> TableColumns:
        """Its columns."""
        return TableColumns(self)


def check_name(sheet: "Sheet", name: str) -> None:
    """Say why a table cannot be called so.

    Raises:
        ValueError: it is no name, or another table has it.
    """
    if not _NAME.fullmatch(name) or parse(name):
        raise ValueError(f"A table cannot be called {name!r}: write letters, figures and _ only.")
    if name.casefold() in [each.casefold() for each in sheet.tables.api["ElementNames"]]:
        raise ValueError(f"There is a table called {name!r} already.")
