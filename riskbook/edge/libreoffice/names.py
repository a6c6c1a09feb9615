"""Defined names of a book or a sheet.

LibreOffice keeps a name's content as a formula in its own notation (``$Sheet1.$A$1``); here
it is what Excel writes (``=Sheet1!$A$1``).  A sheet's own names read ``Sheet1!name``.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.address import Box, parse, quoted, split_sheet
from riskbook.edge.libreoffice.wire import Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.book import Book
    from riskbook.edge.libreoffice.range import Range
    from riskbook.edge.libreoffice.sheet import Sheet

_CALC = re.compile(
    r"\$?('(?:[^']|'')+'|[A-Za-z_]\w*)\.(\$?[A-Za-z]{1,3}\$?\d+)(?::\$?('(?:[^']|'')+'|[A-Za-z_]\w*)?\.?(\$?[A-Za-z]{1,3}\$?\d+))?"
)
_EXCEL = re.compile(
    r"('(?:[^']|'')+'|[A-Za-z_]\w*)!(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)"
)
INTERNAL = ("_xlnm", "_FilterDatabase", "Excel_BuiltIn", "__Anonymous")


def to_excel(content: str) -> str:
    """LibreOffice's notation as Excel's: ``=Sheet1!$A$1:$B$2``."""

    def one(found: re.Match[str]) -> str:
        return f"{found[1]}!{found[2]}" + (f":{found[4]}" if found[4] else "")

    return "=" + _CALC.sub(one, content)


def to_calc(refers_to: str) -> str:
    """Excel's notation as LibreOffice's: ``$Sheet1.$A$1:$B$2``."""
    return _EXCEL.sub(lambda found: f"${found[1]}.{found[2]}", refers_to.lstrip("="))


class Name(base_classes.Name):
    """One defined name."""

    def __init__(self, book: "Book", sheet: "Sheet | None", remote: Remote) -> None:
        self.book, self.sheet, self.remote = book, sheet, remote

    @property
    def api(self) -> Remote:
        """LibreOffice's named range."""
        return self.remote

    @property
    def name(self) -> str:
        """The name, with its sheet before it where it belongs to one."""
        own = str(self.remote["Name"])
        return f"{quoted(self.sheet.name)}!{own}" if self.sheet else own

    @name.setter
    def name(self, value: str) -> None:
        self.remote["Name"] = split_sheet(value)[1]

    @property
    def refers_to(self) -> str:
        """What it stands for, as a formula."""
        return to_excel(self.remote["Content"])

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.remote("setContent", to_calc(value))

    @property
    def refers_to_range(self) -> "Range":
        """The cells that it stands for.

        Raises:
            ValueError: it stands for something else.
        """
        sheet, rest = split_sheet(self.refers_to)
        box = parse(rest)
        if box is None:
            raise ValueError(f"{self.name} does not refer to a range: {self.refers_to}")
        return self.book.sheets(sheet).box(box)

    def delete(self) -> None:
        """Take it out of the workbook."""
        _container(self.book, self.sheet)("removeByName", self.remote["Name"])


def _container(book: "Book", sheet: "Sheet | None") -> Remote:
    named: Remote = (sheet.remote if sheet else book.doc)["NamedRanges"]
    return named


class Names(base_classes.Names):
    """Names of a book (its sheets' own ones too), or of one sheet."""

    def __init__(self, book: "Book", sheet: "Sheet | None") -> None:
        self.book, self.sheet = book, sheet

    def _all(self) -> list[Name]:
        if self.sheet:
            return list(self._of(self.sheet))
        found = list(self._of(None))
        for sheet in self.book.sheets:
            found += self._of(sheet)
        return found

    def _of(self, sheet: "Sheet | None") -> Iterator[Name]:
        container = _container(self.book, sheet)
        for name in container("getElementNames"):
            if not name.startswith(INTERNAL):
                yield Name(self.book, sheet, container("getByName", name))

    def snapshot(self) -> list[tuple[str, Name]]:
        """Each name with its handle."""
        return [(name.name, name) for name in self._all()]

    def __call__(self, name_or_index: str | int) -> Name:
        """The name at a place, from 1, or by itself."""
        found = self._all()
        if isinstance(name_or_index, int):
            return found[name_or_index - 1]
        wanted = name_or_index.lower()
        for name in found:
            if wanted in (name.name.lower(), name.name.replace("'", "").lower()):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        found = self._all()
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(found)
        return any(name.name.lower() == name_or_index.lower() for name in found)

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name; one that begins with a sheet belongs to that sheet."""
        sheet_name, own = split_sheet(name)
        sheet = self.book.sheets(sheet_name) if sheet_name else self.sheet
        container = _container(self.book, sheet)
        if container("hasByName", own):
            container("removeByName", own)
        container("addNewByName", own, to_calc(refers_to), _home(), 0)
        return Name(self.book, sheet, container("getByName", own))


def _home() -> Struct:
    """The cell that relative references count from."""
    return Struct("com.sun.star.table.CellAddress", {"Sheet": 0, "Column": 0, "Row": 0})


def named_box(book: "Book", sheet: "Sheet", text: str) -> Box | None:
    """The cells behind a name or ``table[column]``, if they lie on the sheet."""
    for scope in (sheet, None):
        container = _container(book, scope)
        own = split_sheet(text)[1]
        if container("hasByName", own):
            at, rest = split_sheet(to_excel(container("getByName", own)["Content"]))
            if at == sheet.name:
                return parse(rest)
    return None


def name_of(range_: Any) -> Name | None:
    """The first name that stands for exactly a range."""
    wanted = f"={quoted(range_.sheet.name)}!{range_.address}"
    for name in Names(range_.sheet.book, None)._all():
        if name.refers_to.replace("$'", "'") == wanted:
            return name
    return None
