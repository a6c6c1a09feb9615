"""The sheets of one workbook, by place and by name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from xlwings import base_classes

from riskbook.edge.libreoffice.line.wire import Remote
from riskbook.edge.libreoffice.workbook.page import plain_page
from riskbook.edge.libreoffice.workbook.sheet import Sheet

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.book import Book


class Sheets(base_classes.Sheets):
    """The sheets, in the order of their tabs."""

    book = cast("Book", None)  # in place of the base class's property

    def __init__(self, book: "Book") -> None:
        self.book = book

    @property
    def api(self) -> Remote:
        """LibreOffice's collection of sheets."""
        sheets: Remote = self.book.doc["Sheets"]
        return sheets

    @property
    def active(self) -> Sheet:
        """The one that is shown."""
        return Sheet(self.book, self.book.doc["CurrentController"]["ActiveSheet"])

    def __call__(self, name_or_index: str | int) -> Sheet:
        """The sheet at a place, from 1, or of a name."""
        sheets = self.api
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= sheets["Count"]:
                raise IndexError(f"there is no sheet {name_or_index}")
            return Sheet(self.book, sheets("getByIndex", name_or_index - 1))
        if sheets("hasByName", name_or_index):
            return Sheet(self.book, sheets("getByName", name_or_index))
        for name in sheets["ElementNames"]:
            if name.lower() == name_or_index.lower():
                return Sheet(self.book, sheets("getByName", name))
        raise KeyError(name_or_index)

    def __contains__(self, key: str) -> bool:
        return str(key).lower() in [name.lower() for name in self.api["ElementNames"]]

    def __len__(self) -> int:
        return int(self.api["Count"])

    def __iter__(self) -> Iterator[Sheet]:
        for index in range(len(self)):
            yield self(index + 1)

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, before the active one by default; it becomes the active one."""
        if name and name in self:
            raise ValueError(f"Sheet named '{name}' already present in workbook")
        place = after.index if after else (before or self.active).index - 1
        taken = {each.lower() for each in self.api["ElementNames"]}
        number = len(taken) + 1
        while f"sheet{number}" in taken:
            number += 1
        given = name or f"Sheet{number}"
        self.api("insertNewByName", given, place)
        made = self(given)
        plain_page(made)
        made.activate()
        return made
