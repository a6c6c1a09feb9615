"""Workbooks that are open in one LibreOffice.

What is looked at before a file is opened or saved is in
:mod:`riskbook.edge.libreoffice.files.guard`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from xlwings import base_classes

from riskbook.edge.libreoffice.files.blank import blank_workbook
from riskbook.edge.libreoffice.files.guard import (
    open_options,
    path_of,
    refuse_to_open,
    refuse_to_save,
    save_options,
    url_of,
)
from riskbook.edge.libreoffice.files.pdf import write_pdf
from riskbook.edge.libreoffice.line.wire import (
    Enum,
    OfficeError,
    Refused,
    Remote,
    properties,
)
from riskbook.edge.libreoffice.workbook.names import Names
from riskbook.edge.libreoffice.workbook.sheets import Sheets

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.app import App


class Books(base_classes.Books):
    """The open workbooks, the oldest first."""

    app = cast("App", None)  # in place of the base class's property

    def __init__(self, app: "App") -> None:
        self.app = app

    @property
    def api(self) -> Remote:
        """LibreOffice's desktop."""
        return self.app.desktop

    def _open(self) -> list["Book"]:
        wire = self.app.wire
        return [
            Book(self.app, wire.understood(doc), uid, url, title)
            for uid, doc, url, title in wire.ask("documents")
        ]

    @property
    def active(self) -> "Book | None":
        """The one that the user looks at."""
        books = self._open()
        if not self.app.office.own:
            current = self.app.desktop("getCurrentComponent")
            uid = current["RuntimeUID"] if current and current.can("getSheets") else None
            for book in books:
                if book.uid == uid:
                    return book
        for book in books:
            if book.uid == self.app.active_uid:
                return book
        return books[-1] if books else None

    def __call__(self, name_or_index: str | int) -> "Book":
        """The book at a place, from 1, or of a name or path."""
        books = self._open()
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower() or book.fullname == name_or_index:
                return book
        raise KeyError(name_or_index)

    def __contains__(self, key: str) -> bool:
        return any(book.name.lower() == str(key).lower() for book in self._open())

    def __len__(self) -> int:
        return len(self.app.wire.ask("documents"))

    def __iter__(self) -> Iterator["Book"]:
        return iter(self._open())

    def add(self) -> "Book":
        """A new workbook, with the fonts and widths that Excel gives one."""
        folder = self.app.office.home or Path.home()
        template = folder / "blank.xlsx"
        if not template.exists():
            template.write_bytes(blank_workbook())
        book = self._load(url_of(template), AsTemplate=True)
        numbers = {int(name[4:]) for name in self.app.names.values()}
        self.app.names[book.uid] = f"Book{max(numbers, default=0) + 1}"
        return book

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        format: Any = None,  # noqa: A002 - xlwings' name
        password: Any = None,
        write_res_password: Any = None,
        ignore_read_only_recommended: Any = None,
        origin: Any = None,
        delimiter: Any = None,
        *others: Any,
        **named: Any,
    ) -> "Book":
        """Open a file; its macros may run, as in a book that Excel opens for a script.

        Raises:
            FileNotFoundError: there is none.
            OfficeError: LibreOffice cannot read it, or somebody else has it open.
        """
        path = Path(fullname).absolute()
        refuse_to_open(path, password=password, read_only=bool(read_only))
        given = {**open_options(path, delimiter), **({"Password": password} if password else {})}
        return self._load(url_of(path), ReadOnly=bool(read_only), **given)

    def _load(self, url: str, **given: Any) -> "Book":
        # never hidden: LibreOffice forgets frozen panes of hidden windows
        arguments = properties(MacroExecutionMode=4, **given)
        try:
            doc = self.app.desktop("loadComponentFromURL", url, "_blank", 0, arguments)
        except Refused:
            doc = None
        if doc is not None and not doc.can("com.sun.star.sheet.SpreadsheetDocument"):
            doc("close", True)  # a text, for example, opens in Writer
            doc = None
        if doc is None:
            hint = " and that the password is right" if "Password" in given else ""
            raise OfficeError(
                f"LibreOffice cannot open {os.path.basename(path_of(url))} as a workbook.",
                fix=f"check that it opens in Excel or LibreOffice{hint}.",
            )
        uid = str(doc["RuntimeUID"])
        self.app.active_uid = uid
        if self.app.calculation == "manual":
            doc("enableAutomaticCalculation", False)
        return Book(self.app, doc, uid, doc["URL"], doc["Title"])


class Book(base_classes.Book):
    """One open workbook."""

    app = cast("App", None)  # in place of the base class's property

    def __init__(self, app: "App", doc: Remote, uid: str, url: str, title: str) -> None:
        self.app, self.doc, self.uid = app, doc, uid
        self._url, self._title = url, title

    @property
    def api(self) -> Remote:
        """LibreOffice's model of the workbook."""
        return self.doc

    @property
    def name(self) -> str:
        """The file's name, or Book1 and so on before it was saved."""
        if self._url:
            return os.path.basename(path_of(self._url))
        return self.app.names.get(self.uid, self._title)

    @property
    def fullname(self) -> str:
        """The file's path."""
        return path_of(self._url) if self._url else self.name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Names of the whole workbook and of its sheets."""
        return Names(self, None)

    @property
    def frame(self) -> Remote:
        """The frame of its window."""
        frame: Remote = self.doc["CurrentController"]["Frame"]
        return frame

    def window(self, method: str, *args: Any) -> Any:
        """Ask the window something."""
        return self.frame["ContainerWindow"](method, *args)

    def message_type(self, mode: str | None) -> Enum:
        """The kind of a message box."""
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX"
        return Enum("com.sun.star.awt.MessageBoxType", kind)

    def activate(self) -> None:
        """Bring it to the front of its app."""
        self.app.active_uid = self.uid
        self.frame("activate")
        self.window("toFront")

    def close(self) -> None:
        """Close it without saving."""
        self.doc("setModified", False)
        self.doc("close", True)
        self.app.names.pop(self.uid, None)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it, as another file with a path.

        Raises:
            OfficeError: the kind of file is one that LibreOffice would damage, or it said no.
        """
        target = Path(path).absolute() if path else Path(self.fullname)
        if not self._url and not path:
            target = Path.cwd() / f"{self.name}.xlsx"
        if not target.suffix:
            target = target.with_name(target.name + ".xlsx")
        given = save_options(target, password)
        if self.app.office.own or url_of(target) != self._url:
            refuse_to_save(target)
        try:
            self.doc("storeAsURL", url_of(target), properties(**given))
        except Refused:
            raise OfficeError(
                f"{target} could not be saved.",
                fix="check that its folder may be written to and has room, and that nobody has "
                "the file open.",
            ) from None
        self._url = self.doc["URL"]

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """All visible sheets as PDF."""
        write_pdf(self.doc, path, quality)
