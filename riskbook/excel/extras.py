"""What xlwings' public API has no words for, spelled for each engine.

::

    excel (Windows)     range.api is a COM object
    excel (Mac)         range.api is an appscript reference
    libreoffice         range.api is riskbook's own remote object

Everything else of the live door is xlwings' public API.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from riskbook.core.grid import letters
from riskbook.errors import SavingError
from riskbook.excel.blocks import Box

T = TypeVar("T")
MOST_LETTERS = 255  # of an address that Excel's Range takes

# what an officer may do on a protected sheet, as Excel's Protect calls it
ALLOWED = (
    "AllowFiltering",
    "AllowSorting",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowFormattingCells",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowUsingPivotTables",
)


def is_libreoffice(thing: Any) -> bool:
    """Whether a sheet or a book is open in LibreOffice."""
    book = thing.book if hasattr(thing, "book") else thing
    return bool(book.app.engine.name == "libreoffice")


def literal(sheet: Any, text: str) -> str:
    """A text so that the cell holds just it: Excel takes a leading apostrophe for a mark."""
    return text if is_libreoffice(sheet) or text[:1] != "'" else f"'{text}"


@contextmanager
def unprotected(sheet: Any) -> Iterator[None]:
    """Write to a protected sheet, and protect it as it was afterwards.

    Raises:
        SavingError: somebody gave the protection a password.
    """
    if not protected(sheet):
        yield
        return
    allowed = _allowed(sheet)
    _unprotect(sheet)
    try:
        yield
    finally:
        _protect(sheet, allowed)


def protected(sheet: Any) -> bool:
    """Whether locked cells of a sheet are protected."""
    api = sheet.api
    if is_libreoffice(sheet):
        return bool(api("isProtected"))
    if sys.platform == "darwin":
        return bool(api.protect_contents.get())
    return bool(api.ProtectContents)


def _allowed(sheet: Any) -> dict[str, bool]:
    if is_libreoffice(sheet) or sys.platform == "darwin":
        return {}  # neither tells; _protect allows what riskbook's template allows
    return {name: bool(getattr(sheet.api.Protection, name)) for name in ALLOWED}


def _unprotect(sheet: Any) -> None:
    try:
        if is_libreoffice(sheet):
            sheet.api("unprotect", "")
        elif sys.platform == "darwin":
            sheet.api.unprotect()
        else:
            sheet.api.Unprotect()
    except Exception as error:  # each engine raises its own kind for a wrong password
        raise _locked(sheet) from error
    if protected(sheet):
        raise _locked(sheet)


def _locked(sheet: Any) -> SavingError:
    return SavingError(
        f"The sheet {sheet.name!r} is protected with a password, so it cannot be written.",
        fix="take the password off (Review, Unprotect sheet); riskbook protects without one.",
    )


def _protect(sheet: Any, allowed: dict[str, bool]) -> None:
    if is_libreoffice(sheet):
        sheet.api("protect", "")
    elif sys.platform == "darwin":
        sheet.api.protect_worksheet(
            allow_filtering=True,
            allow_sorting=True,
            allow_formatting_columns=True,
            allow_formatting_rows=True,
        )
    else:
        sheet.api.Protect(**allowed)


def set_styles(sheet: Any, placed: Sequence[tuple[Box, str]]) -> None:
    """Give rectangles their named styles."""
    if is_libreoffice(sheet):
        wanted = [(*_corners(box), name) for box, name in placed]
        sheet.api.block("block.style", sheet.book.api, wanted)
        return
    for name, boxes in _by_value(placed):
        for block in _blocks(sheet, boxes):
            if sys.platform == "darwin":
                block.style_object.set(sheet.book.api.styles[name])
            else:
                block.Style = name


def _by_value(placed: Sequence[tuple[Box, T]]) -> Iterator[tuple[T, list[Box]]]:
    """The blocks of each value."""
    found: dict[T, list[Box]] = {}
    for box, value in placed:
        found.setdefault(value, []).append(box)
    yield from found.items()


def _blocks(sheet: Any, boxes: Sequence[Box]) -> Iterator[Any]:
    """Excel's own ranges of some blocks: on Windows as many in one as an address can name."""
    if sys.platform == "darwin":
        yield from (box.on(sheet).api for box in boxes)
        return
    text = ""
    for box in boxes:
        last = f"{letters(box.last_column)}{box.last_row}"
        address = f"{letters(box.column)}{box.row}:{last}"
        if text and len(text) + len(address) >= MOST_LETTERS:
            yield sheet.api.Range(text)
            text = ""
        text = f"{text},{address}" if text else address
    if text:
        yield sheet.api.Range(text)


def _corners(box: Box) -> tuple[int, int, int, int]:
    """First and last row and column as LibreOffice counts them."""
    return box.row - 1, box.column - 1, box.last_row - 1, box.last_column - 1


def merge_rows(sheet: Any, boxes: Sequence[Box]) -> None:
    """Make each row of each block one cell."""
    if is_libreoffice(sheet):
        sheet.api.block("layout.merge_rows", sheet.book.api, [_corners(box) for box in boxes])
        return
    for block in _blocks(sheet, boxes):
        if sys.platform == "darwin":
            block.merge(across=True)
        else:
            block.Merge(True)


def set_heights(sheet: Any, placed: Sequence[tuple[Box, float]]) -> None:
    """Give rows their height in points; 0 hides them, and any other one shows them."""
    if is_libreoffice(sheet):
        from riskbook.edge.libreoffice.cells.layout import set_heights as at_once

        at_once(sheet.impl, [(box.row, box.last_row, height) for box, height in placed])
        return
    for height, boxes in _by_value(placed):
        for block in _blocks(sheet, boxes):
            if sys.platform == "darwin":
                block.row_height.set(height)
            else:
                block.RowHeight = height


def set_breaks(sheet: Any, rows: Sequence[int]) -> None:
    """Begin a printed page with each of some rows, and with no other one by hand."""
    if is_libreoffice(sheet):
        sheet.api.block("layout.breaks", [row - 1 for row in rows])
    elif sys.platform == "darwin":
        from appscript import k

        sheet.cells.api.page_break.set(k.page_break_none)
        for row in rows:
            sheet.range(f"{row}:{row}").api.page_break.set(k.page_break_manual)
    else:
        sheet.cells.api.PageBreak = -4142  # xlPageBreakNone
        for row in rows:
            sheet.range(f"{row}:{row}").api.PageBreak = -4135  # xlPageBreakManual


def set_links(sheet: Any, placed: Sequence[tuple[int, int, str, str]]) -> None:
    """Put links into cells: row, column, address, text; LibreOffice takes them in one go."""
    if is_libreoffice(sheet):
        from riskbook.edge.libreoffice.cells.editing import add_links

        add_links(sheet.impl, placed)
        return
    for row, column, address, text in placed:
        sheet.range((row, column)).add_hyperlink(address, text)


def style_names(book: Any) -> frozenset[str]:
    """The named styles that a workbook has."""
    if is_libreoffice(book):
        families = book.api["StyleFamilies"]
        return frozenset(families("getByName", "CellStyles")("getElementNames"))
    if sys.platform == "darwin":
        return frozenset(book.api.styles.name.get())
    return frozenset(style.Name for style in book.api.Styles)


def very_hidden(sheet: Any) -> bool:
    """Whether a sheet is hidden so that nobody can show it by hand."""
    if is_libreoffice(sheet):
        return not sheet.visible  # LibreOffice knows one kind of hidden
    if sys.platform == "darwin":
        return "very" in str(sheet.api.visible.get()).lower()
    return bool(sheet.api.Visible == 2)  # xlSheetVeryHidden


def is_locked(block: Any) -> bool | None:
    """Whether the cells of a range are locked; None where some are."""
    if is_libreoffice(block.sheet):
        return bool(block.api["CellProtection"]["IsLocked"])
    if sys.platform == "darwin":
        found = block.api.locked.get()
    else:
        found = block.api.Locked
    return found if isinstance(found, bool) else None


def set_page(sheet: Any, *, landscape: bool, wide: int, repeat: str) -> None:
    """How a sheet is printed: its direction, its pages across, the rows on every page.

    Args:
        sheet: the xlwings sheet.
        landscape: across, else upright.
        wide: the number of pages that it is fitted to across; as many down as it takes.
        repeat: the rows, e.g. ``$1:$4``.
    """
    if is_libreoffice(sheet):
        page = sheet.impl.page_setup
        page.orientation = "landscape" if landscape else "portrait"
        page.fit_to_pages, page.title_rows = (wide, 0), repeat
    elif sys.platform == "darwin":
        from appscript import k

        page = sheet.api.page_setup_object
        page.page_orientation.set(k.landscape if landscape else k.portrait)
        page.zoom.set(False)
        page.fit_to_pages_wide.set(wide)
        page.fit_to_pages_tall.set(False)
        page.print_title_rows.set(repeat)
    else:
        page = sheet.api.PageSetup
        page.Orientation = 2 if landscape else 1  # xlLandscape, xlPortrait
        page.Zoom = False
        page.FitToPagesWide, page.FitToPagesTall = wide, False
        page.PrintTitleRows = repeat
