"""One LibreOffice as xlwings' app.

Settings that LibreOffice has no switch for (events, alerts) are kept and given back; a
LibreOffice that the user has open is never closed from here.
"""

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.range import Range
from riskbook.edge.libreoffice.line import office
from riskbook.edge.libreoffice.line.wire import OfficeError, Refused, Remote, properties
from riskbook.edge.libreoffice.workbook.book import Books
from riskbook.edge.libreoffice.workbook.macros import run
from riskbook.edge.libreoffice.workbook.sheet import Sheet

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.engine import Apps

PATIENCE = 5.0  # seconds that a LibreOffice may take to close by itself


class App(base_classes.App):
    """One LibreOffice."""

    # plain attributes where xlwings' base class has properties
    pid = 0
    display_alerts = True
    enable_events = True  # LibreOffice has no switch for events: the value is only kept

    def __init__(self, apps: "Apps", running: office.Office) -> None:
        self.apps, self.office, self.wire = apps, running, running.wire
        self.impl = self  # xlwings asks what `add` returns for it
        self.desktop: Remote = self.wire.create("com.sun.star.frame.Desktop")
        self.active_uid = ""
        self.names: dict[str, str] = {}  # of books that were never saved, by their uid
        self.clipboard: Range | None = None
        self.pid = int(self.wire.ask("pid"))
        self._status: str | bool = False
        self._indicators: list[Remote] = []  # one in each window, while it shows our text
        self._seen = False
        self._shown: dict[str, bool] = {"screen_updating": True, "interactive": True}
        self._calculation = "automatic"

    @property
    def engine(self) -> Any:
        """The engine that it belongs to."""
        import xlwings

        return xlwings.engines["libreoffice"].impl

    @property
    def xl(self) -> Remote:
        """LibreOffice's desktop."""
        return self.desktop

    @xl.setter
    def xl(self, value: Remote) -> None:
        self.desktop = value

    @property
    def api(self) -> Remote:
        """LibreOffice's desktop."""
        return self.desktop

    @property
    def books(self) -> Books:
        """Its workbooks."""
        return Books(self)

    @property
    def version(self) -> str:
        """For example ``7.4``."""
        return self.setting("/org.openoffice.Setup/Product", "ooSetupVersion")

    @property
    def path(self) -> str:
        """The folder of the program."""
        return str(office.program().parent)

    @property
    def startup_path(self) -> str:
        """The folder of the user's scripts."""
        paths = self.wire.create("com.sun.star.util.PathSubstitution")
        return str(paths("substituteVariables", "$(user)/Scripts", True))

    @property
    def hwnd(self) -> int | None:
        """There is no window handle that another program could use."""
        return None

    def setting(self, node: str, name: str) -> str:
        """One value of LibreOffice's own settings."""
        provider = self.wire.create("com.sun.star.configuration.ConfigurationProvider")
        access = provider(
            "createInstanceWithArguments",
            "com.sun.star.configuration.ConfigurationAccess",
            properties(nodepath=node),
        )
        return str(access("getByName", name))

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active book."""
        book = self.books.active
        if book is None:
            return None
        chosen = book.doc["CurrentController"]("getSelection")
        if chosen is None or not chosen.can("com.sun.star.sheet.SheetCellRange"):
            return None
        return Range.of(Sheet(book, chosen["Spreadsheet"]), chosen["RangeAddress"])

    def activate(self, steal_focus: bool = False) -> None:
        """Make it the active app."""
        self.apps.running.remove(self)
        self.apps.running.insert(0, self)
        if steal_focus:
            for book in self.books:
                book.window("toFront")

    @property
    def visible(self) -> bool:
        """Whether its windows are shown."""
        if self.office.own:
            return self._seen  # without a screen LibreOffice takes every window for shown
        return all(book.window("isVisible") for book in self.books)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._seen = bool(value)
        for book in self.books:
            book.window("setVisible", bool(value))

    @property
    def screen_updating(self) -> bool:
        """Whether what changes is drawn at once."""
        return self._shown["screen_updating"]

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if bool(value) != self.screen_updating:
            self._shown["screen_updating"] = bool(value)
            for book in self.books:
                book.doc("unlockControllers" if value else "lockControllers")

    @property
    def interactive(self) -> bool:
        """Whether its windows take what is typed."""
        return self._shown["interactive"]

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self._shown["interactive"] = bool(value)
        for book in self.books:
            book.window("setEnable", bool(value))

    @property
    def calculation(self) -> str:
        """``automatic``, ``manual`` or ``semiautomatic`` (which Calc treats as automatic)."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._calculation = value
        for book in self.books:
            book.doc("enableAutomaticCalculation", value != "manual")

    def calculate(self) -> None:
        """Recalculate what has changed."""
        for book in self.books:
            book.doc("calculate")

    @property
    def status_bar(self) -> str | bool:
        """The text in the status bar; False while LibreOffice writes its own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if not isinstance(value, str):
            for indicator in self._indicators:
                indicator("end")
            self._indicators = []
        elif self._indicators:
            for indicator in self._indicators:
                indicator("setText", value)
        else:
            self._indicators = [book.frame("createStatusIndicator") for book in self.books]
            for indicator in self._indicators:
                indicator("start", value, 1)

    @property
    def cut_copy_mode(self) -> str | None:
        """``copy`` while a range waits to be pasted."""
        return "copy" if self.clipboard else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if not value:
            self.clipboard = None

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        """Show a message and wait for a button."""
        wanted = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}[buttons or "ok"]
        active = self.books.active
        if active is None or not active.window("isVisible"):
            raise OfficeError(
                "There is no window in which a message could be shown.",
                fix="open a workbook in a visible LibreOffice.",
            )
        box = self.wire.create("com.sun.star.awt.Toolkit")(
            "createMessageBox",
            active.doc["CurrentController"]["Frame"]["ContainerWindow"],
            active.message_type(mode),
            wanted,
            title or "",
            prompt,
        )
        return {0: "cancel", 1: "ok", 2: "yes", 3: "no"}.get(box("execute"), "cancel")

    def run(self, macro: str, args: tuple[Any, ...]) -> Any:
        """Run a macro of a book."""
        return run(self, macro, args)

    def quit(self) -> None:
        """Close its books without saving; ends a LibreOffice that riskbook started."""
        for book in list(self.books) if self.office.own else []:
            book.close()
        if self.office.own:
            with suppress(OfficeError, Refused):
                self.wire.ask("finish")
                self.desktop("terminate")
            self._wait()
        self.kill()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.office.alive and time.monotonic() < until:
            time.sleep(0.02)

    def kill(self) -> None:
        """End a LibreOffice that riskbook started; only let go of the user's own."""
        if self in self.apps.running:
            self.apps.running.remove(self)
        self.office.kill()
