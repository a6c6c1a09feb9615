"""What LibreOffice has no place for, kept beside it as long as it runs.

::

    kept(book, "table", "Table1")["style"] = "TableStyleMedium2"

Nothing of this is written to a file: a workbook that is opened again does not know it.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.app import App
    from riskbook.edge.libreoffice.workbook.book import Book

_KEPT: "WeakKeyDictionary[App, dict[tuple[str, ...], dict[str, Any]]]" = WeakKeyDictionary()


def kept(book: "Book", *thing: str) -> dict[str, Any]:
    """What is kept of a thing of a workbook."""
    return _KEPT.setdefault(book.app, {}).setdefault((book.uid, *thing), {})


def renamed(book: "Book", kind: str, old: str, new: str) -> None:
    """A thing has another name now."""
    everything = _KEPT.setdefault(book.app, {})
    if (book.uid, kind, old) in everything:
        everything[book.uid, kind, new] = everything.pop((book.uid, kind, old))


def dropped(book: "Book", *thing: str) -> None:
    """A thing is gone."""
    _KEPT.setdefault(book.app, {}).pop((book.uid, *thing), None)
