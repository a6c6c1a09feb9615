"""Reaches the workbook that somebody has open, from outside.

::

    reach("Register.xlsx")  ->  the xlwings book, in Excel or in LibreOffice

This is the way that works where Office may not start programs: the officer, or a task,
starts riskbook, and riskbook looks for the workbook.  Nothing is taken from the workbook,
its settings sheet or its folder: only its name is compared.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from riskbook.edge import libreoffice
from riskbook.edge.libreoffice.line.wire import OfficeError
from riskbook.errors import SavingError
from riskbook.excel.lean import lean_xlwings


def reach(name: str, hwnd: int | None = None) -> Any:
    """The open workbook of a name, path or web address.

    Args:
        name: as the application calls it (its full name), or a path.
        hwnd: the window of the Excel that asked, where one did.

    Raises:
        SavingError: no running Excel or LibreOffice has it open.
    """
    lean_xlwings()
    tried: list[str] = []
    books = [book for where in (_in_excel, _in_libreoffice) for book in where(hwnd, tried)]
    found = [b for b in books if same_file(b.fullname, name)]
    found = found or [b for b in books if last_part(b.fullname) == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise SavingError(
            f"{len(found)} workbooks named {name} are open.", fix="close all of them but one."
        )
    raise SavingError(
        f"{name} is not open in {' or '.join(tried) or 'Excel or LibreOffice'}.",
        fix="open it there first, or run the command without --live on the closed file.",
    )


def same_file(fullname: str, name: str) -> bool:
    """Whether an open workbook is the one of a path or address."""
    if fullname.casefold() == name.casefold():
        return True
    if "://" in fullname or "://" in name:
        return False
    return Path(fullname).resolve() == Path(name).resolve()


def last_part(fullname: str) -> str:
    """What a web address ends in, which is all that the add-in hands over of one."""
    return unquote(fullname.rpartition("/")[2]).casefold() if "://" in fullname else ""


def _in_excel(hwnd: int | None, tried: list[str]) -> Iterator[Any]:
    import xlwings

    if "excel" not in [engine.name for engine in xlwings.engines]:
        return
    tried.append("Excel")
    xlwings.engines["excel"].activate()
    for app in xlwings.apps:
        if hwnd is None or app.hwnd == hwnd:
            yield from app.books


def _in_libreoffice(hwnd: int | None, tried: list[str]) -> Iterator[Any]:
    if hwnd is not None:
        return
    import xlwings

    try:
        app = libreoffice.attach()
    except OfficeError as error:
        tried.append(f"LibreOffice ({error.what.rstrip('.')})")
        return
    tried.append("LibreOffice")
    yield from xlwings.App(impl=app).books
