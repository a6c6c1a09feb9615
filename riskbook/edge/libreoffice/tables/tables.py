"""The tables of a sheet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.kept import kept
from riskbook.edge.libreoffice.line.wire import Remote
from riskbook.edge.libreoffice.tables.table import Table, check_name
from riskbook.edge.libreoffice.tables.tableparts import headings

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

__all__ = ["Table", "Tables"]


class Tables(base_classes.Tables):
    """The tables of a sheet, in the order of their places."""

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    @property
    def api(self) -> Remote:
        """LibreOffice's database ranges of the whole workbook."""
        ranges: Remote = self.sheet.book.doc["DatabaseRanges"]
        return ranges

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self.sheet

    def _all(self) -> list[Table]:
        ranges, here = self.api, self.sheet.index - 1
        found = []
        for name in ranges["ElementNames"]:
            remote = ranges("getByName", name)
            area = remote["DataArea"]
            if area["Sheet"] == here:
                found.append((area["StartRow"], area["StartColumn"], name, remote))
        return [Table(self.sheet, each[3]) for each in sorted(found, key=lambda each: each[:3])]

    def at(self, range_: Place) -> Table | None:
        """The table in which a range's first cell lies."""
        cell = Box(range_.place.row, range_.place.column)
        return next((table for table in self if _overlap(table.box, cell)), None)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __call__(self, key: int | str) -> Table:
        """The table at a place, from 1, or of a name."""
        tables = self._all()
        if isinstance(key, int) and 1 <= key <= len(tables):
            return tables[key - 1]
        for table in tables:
            if isinstance(key, str) and table.name.casefold() == key.casefold():
                return table
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return str(key).casefold() in [table.name.casefold() for table in self._all()]

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make a table of a range; without headers it is given some.

        Raises:
            ValueError: the name is none or taken, or the cells belong to a table already.
            NotImplementedError: the source is not a range.
        """
        if source_type or link_source or destination:
            raise NotImplementedError("LibreOffice makes tables of ranges only.")
        box: Box = source.impl.place
        given = name or self._free_name()
        check_name(self.sheet, given)
        if any(_overlap(table.box, box) for table in self._all()):
            raise ValueError(f"{box.text()} overlaps a table.")
        if not has_headers:
            self.sheet.box(Box(box.row, box.column, 1, box.columns)).insert("down")
            box = Box(box.row, box.column, box.rows + 1, box.columns)
        blank = box.rows == 1
        box = Box(box.row, box.column, max(box.rows, 2), box.columns)
        self.api("addNewByName", given, Place(self.sheet, box).remote["RangeAddress"])
        table = Table(self.sheet, self.api("getByName", given))
        table.remote.set(ContainsHeader=True, AutoFilter=True)
        kept(self.sheet.book, "table", given).clear()
        table.table_style = table_style_name or ""
        table.blank = blank
        headings(table)
        return table

    def _free_name(self) -> str:
        taken = {each.casefold() for each in self.api["ElementNames"]}
        number = len(taken) + 1
        while f"table{number}" in taken:
            number += 1
        return f"Table{number}"


def _overlap(one: Box, other: Box) -> bool:
    apart = one.last_row < other.row or other.last_row < one.row
    return not apart and not (one.last_column < other.column or other.last_column < one.column)
