"""Runs a macro of a book: Basic, as LibreOffice reads it from the workbook.

LibreOffice compiles the whole VBA project; one module that it cannot read makes every
macro of the book do nothing.  That is LibreOffice's, and nothing here can tell.
"""

import os
import re
from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.line.wire import OfficeError, Refused, Remote

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.app import App

_NAMED = re.compile(r"(?:'(?P<book>.+)'!)?(?:(?P<module>\w+)\.)?(?P<macro>\w+)")
LIBRARIES = ("VBAProject", "Standard")


def run(app: "App", macro: str, args: tuple[Any, ...]) -> Any:
    """Run ``'Book.xlsm'!Module.Macro`` and give back what it returns.

    Raises:
        OfficeError: there is no such macro.
    """
    named = _NAMED.fullmatch(macro)
    if named is None:
        raise OfficeError(f"{macro!r} is no name of a macro.", fix="write Module1.MyMacro.")
    book = app.books(named["book"]) if named["book"] else app.books.active
    if book is None:
        raise OfficeError("No workbook is open.", fix="open the workbook that holds the macro.")
    provider = book.doc("getScriptProvider")
    for library, module in _places(book, named["module"]):
        place = f"{library}.{module}.{named['macro']}"
        url = f"vnd.sun.star.script:{place}?language=Basic&location=document"
        try:
            script = provider("getScript", url)
        except Refused:
            continue
        answer = script("invoke", tuple(_argument(app, arg) for arg in args), (), ())
        return _result(answer[0] if isinstance(answer, tuple) else answer)
    raise OfficeError(
        f"{book.name} has no macro {macro!r} that LibreOffice can run.",
        fix="check its name, and that macros are allowed for this file.",
    )


def _places(book: Any, module: str | None) -> list[tuple[str, str]]:
    """Each library and module in which the macro may stand."""
    found = []
    libraries = book.doc["BasicLibraries"]
    for library in LIBRARIES:
        if libraries("hasByName", library):
            modules = libraries("getByName", library)("getElementNames")
            found += [(library, name) for name in modules if module in (None, name)]
    return found


def _result(value: Any) -> Any:
    """What a macro gives back; for nothing, what xlwings gives: None, off Windows an empty text."""
    return "" if value is None and os.name != "nt" else value


def _argument(app: "App", value: Any) -> Any:
    """What a macro gets: ranges as objects of VBA, whole numbers in a kind that Basic reads."""
    if type(value) is int:
        return float(value)
    given = getattr(value, "api", value)
    if isinstance(given, Remote) and given.can("com.sun.star.sheet.SheetCellRange"):
        return app.wire.create("ooo.vba.excel.Range", None, given)
    return given
