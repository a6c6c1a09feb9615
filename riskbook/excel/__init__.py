"""Door 2, the buttons: the same commands on the workbook that an officer has open.

::

    button in Excel / LibreOffice ─ refresh() ─ press ─ LiveBook(xlwings book) ─ app.refresh
    riskbook refresh FILE --live ─ reach the open workbook from outside ─┘

Each function takes the calling book from xlwings, says what it does in the status bar,
ends in one plain sentence, and leaves the application as it found it.  Only xlwings'
public API is used, but for :mod:`riskbook.excel.extras`.
"""

from typing import TYPE_CHECKING

from riskbook.excel.lean import lean_xlwings

if TYPE_CHECKING:
    import xlwings

__all__ = ["check", "export", "help", "new_period", "next_finding", "refresh", "report", "snapshot"]


def refresh(book: "xlwings.Book | None" = None) -> str:
    """Recalculate the register and write its summary sheets."""
    return _press("refresh", book)


def check(book: "xlwings.Book | None" = None) -> str:
    """Look for what is wrong, list it on Checks, and go to the first error."""
    return _press("check", book)


def next_finding(book: "xlwings.Book | None" = None) -> str:
    """Go to the cell of the next finding on Checks."""
    return _press("next_finding", book)


def export(book: "xlwings.Book | None" = None) -> str:
    """Write the register as values, CSV and JSON into a folder beside the workbook."""
    return _press("export", book)


def report(book: "xlwings.Book | None" = None) -> str:
    """Make a PDF of the summary sheets beside the workbook."""
    return _press("report", book)


def snapshot(book: "xlwings.Book | None" = None) -> str:
    """Keep a sealed copy of this period's register beside the workbook."""
    return _press("snapshot", book)


def new_period(book: "xlwings.Book | None" = None) -> str:
    """Make the next quarter's workbook beside this one."""
    return _press("new_period", book)


def help(book: "xlwings.Book | None" = None) -> str:  # noqa: A001 - what stands on the button
    """Say how to use the workbook."""
    return _press("help", book)


def _press(name: str, book: "xlwings.Book | None") -> str:
    lean_xlwings()
    import xlwings

    from riskbook.excel.press import by_button

    return by_button(name, book or xlwings.Book.caller()).sentence
