"""Defined names of a book or a sheet.

LibreOffice keeps a name's content as a formula in its own notation (``$Sheet1.$A$1``); here
it is what Excel writes (``=Sheet1!$A$1``).  A sheet's own names read ``Sheet1!name``.
"""

from typing import TYPE_CHECKING

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import Box, parse, quoted, split_sheet
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Refused, Remote

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range
    from riskbook.edge.libreoffice.workbook.book import Book
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

INTERNAL = ("_xlnm", "_FilterDatabase", "Excel_BuiltIn", "__Anonymous")


class Name(base_classes.Name):
    """One defined name."""

    def __init__(self, book: "Book", sheet: "Sheet | None", own: str) -> None:
        self.book, self.sheet, self.own = book, sheet, own

    @property
    def api(self) -> Remote:
        """LibreOffice's named range."""
        remote: Remote = _container(self.book, self.sheet)("getByName", self.own)
        return remote

    @property
    def name(self) -> str:
        """The name, with its sheet before it where it belongs to one."""
        return f"{quoted(self.sheet.name)}!{self.own}" if self.sheet else self.own

    @name.setter
    def name(self, value: str) -> None:
        self.api["Name"] = self.own = split_sheet(value)[1]

    @property
    def refers_to(self) -> str:
        """What it stands for, as a formula."""
        container = _container(self.book, self.sheet)
        return str(container.block("names.content", self.book.doc, self.own))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        _define(self.book, self.sheet, self.own, value)

    @property
    def refers_to_range(self) -> "Range":
        """The cells that it stands for.

        Raises:
            ValueError: it stands for something else.
        """
        refers_to = self.refers_to
        sheet, rest = split_sheet(refers_to)
        box = parse(rest)
        if box is None:
            raise ValueError(f"{self.name} does not refer to a range: {refers_to}")
        return self.book.sheets(sheet).box(box)

    def delete(self) -> None:
        """Take it out of the workbook."""
        _container(self.book, self.sheet)("removeByName", self.own)


def _container(book: "Book", sheet: "Sheet | None") -> Remote:
    named: Remote = (sheet.remote if sheet else book.doc)["NamedRanges"]
    return named


def _define(book: "Book", sheet: "Sheet | None", own: str, refers_to: str) -> None:
    text = refers_to if refers_to.startswith("=") else f"={refers_to}"
    try:
        _container(book, sheet).block("names.set", book.doc, own, text)
    except Refused as refused:
        raise ValueError(f"{own!r} cannot be the name of {refers_to}: {refused}") from None


class Names(base_classes.Names):
    """Names of a book (its sheets' own ones too), or of one sheet."""

    def __init__(self, book: "Book", sheet: "Sheet | None") -> None:
        self.book, self.sheet = book, sheet

    def found(self) -> list[tuple[Name, str]]:
        """Each name with what it stands for: one question for all of them."""
        only = self.sheet.name if self.sheet else None
        sheets: dict[str, Sheet | None] = {"": None}
        names = []
        for where, own, refers_to in self.book.app.wire.ask("names.all", self.book.doc.number):
            if own.startswith(INTERNAL) or (only is not None and where != only):
                continue
            if where not in sheets:
                sheets[where] = self.book.sheets(where)
            names.append((Name(self.book, sheets[where], own), refers_to))
        return names

    def _all(self) -> list[Name]:
        return [name for name, _ in self.found()]

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
            full = name.name.lower()
            if wanted in (full, full.replace("'", "")):
                return name
        for name in found:  # a sheet's own name may be asked for without its sheet
            if wanted == name.own.lower():
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def of(self, range_: Place) -> Name | None:
        """The first name that stands for exactly a range."""
        sheet = range_.sheet.name
        for name, refers_to in self.found():
            at, rest = split_sheet(refers_to)
            if at == sheet and parse(rest) == range_.place:
                return name
        return None

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name; one that begins with a sheet belongs to that sheet.

        Raises:
            ValueError: no name can be called so, for example ``A1``.
        """
        sheet_name, own = split_sheet(name)
        sheet = self.book.sheets(sheet_name) if sheet_name else self.sheet
        _define(self.book, sheet, own, refers_to)
        return Name(self.book, sheet, own)


def named_box(book: "Book", sheet: "Sheet", text: str) -> Box | None:
    """The cells behind a name, if they lie on the sheet."""
    own = split_sheet(text)[1]
    for scope in (sheet, None):
        refers_to = _container(book, scope).block("names.content", book.doc, own)
        if refers_to is not None:
            at, rest = split_sheet(refers_to)
            if at == sheet.name:
                return parse(rest)
    return None
