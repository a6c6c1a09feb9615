"""An xlwings engine for LibreOffice Calc.

::

    from riskbook.edge import libreoffice

    libreoffice.activate()                     # registers the engine with xlwings
    book = xlwings.App(visible=False).books.open("Register.xlsx")

    xlwings' public API -> engine (these modules) -> wire -> helper inside LibreOffice

It serves anybody's xlwings script, not only riskbook's.  LibreOffice's own Python runs a
small helper; the UNO library is not needed on this side.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.app import App
    from riskbook.edge.libreoffice.line.wire import Wire

NAME = "libreoffice"


def activate() -> None:
    """Register the engine with xlwings, once, and make it the active one."""
    # imported here: the helper's files are looked up by who needs no xlwings
    import xlwings

    from riskbook.edge.libreoffice.engine import Engine

    if NAME not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=Engine()))
    xlwings.engines[NAME].activate()


def attach() -> "App":
    """The LibreOffice that the user has open, as an app of the engine.

    Raises:
        OfficeError: it does not answer, or the extension is not installed.
    """
    import xlwings

    activate()
    app: App = xlwings.engines[NAME].impl.apps.attach()
    return app


def connected(wire: "Wire") -> "App":
    """An app of the engine over a line that stands already."""
    import xlwings

    activate()
    app: App = xlwings.engines[NAME].impl.apps.connected(wire)
    return app
