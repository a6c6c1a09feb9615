"""The engine, its apps and one app: what xlwings asks for first.

::

    Engine -> Apps (the active one first) -> App -> Books

An app is one LibreOffice.  Numbers, texts and blanks pass as they are; dates and truths
are told by their formats (:mod:`riskbook.edge.libreoffice.cells.values`).  Apps that a script
forgets are ended with its process.
"""

import atexit
import os
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from riskbook.edge.libreoffice.app import App
from riskbook.edge.libreoffice.cells import values
from riskbook.edge.libreoffice.line import office
from riskbook.edge.libreoffice.line.wire import Wire


class Engine:
    """LibreOffice Calc for xlwings."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        """A Python value as a cell takes it."""
        kind = type(x)  # the usual kinds first: this runs once for each cell
        if kind is str:
            return x
        if kind is float:
            return x if x - x == 0 else values.prepared(x)  # neither NaN nor infinite
        if kind is int:
            return float(x)  # LibreOffice takes no whole numbers beyond 32 bits
        return values.prepared(x)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """What was read as the user wants it."""
        return values.cleaned(data, datetime_builder, empty_as, number_builder, err_to_str)


class Apps(base_classes.Apps):
    """The LibreOffices that this process has started or reached."""

    def __init__(self) -> None:
        self.running: list[App] = []  # the active one first
        atexit.register(self.cleanup)  # what a script forgets to close

    def _alive(self) -> list["App"]:
        for app in [app for app in self.running if not app.office.alive]:
            app.kill()  # it died: what it left behind goes too
        return self.running

    def keys(self) -> list[int]:
        """The process numbers."""
        return [app.pid for app in self._alive()]

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> "App":
        """Start one."""
        screen = os.name == "nt" or bool(os.environ.get("DISPLAY"))
        running = office.start(visible=bool(visible) and screen)
        try:
            app = App(self, running)
            if add_book or add_book is None:
                app.books.add()
        except BaseException:
            running.kill()
            raise
        self.running.insert(0, app)
        return app

    def attach(self) -> "App":
        """The one that the user has open."""
        for app in self._alive():
            if not app.office.own:
                return app
        app = App(self, office.attach())
        self.running.insert(0, app)
        return app

    def connected(self, wire: Wire) -> "App":
        """The one at the other end of a line."""
        app = App(self, office.Office(wire, None, None))
        self.running.insert(0, app)
        return app

    def cleanup(self) -> None:  # type: ignore[override]  # xlwings calls it on the instance
        """End what is left."""
        for app in [app for app in self.running if app.office.own]:
            app.kill()

    def __iter__(self) -> Iterator["App"]:
        return iter(list(self._alive()))

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> "App":
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)
