"""Cells copied, pasted and moved.

::

    copy()               remembered by the app          paste(...)     from what is remembered
    copy(destination)    at once                        copy_from(...) at once, parts of it too

Inside one workbook a whole copy needs no clipboard; a part of what was copied goes through
LibreOffice's own Paste Special, as nothing else knows formats and formulas apart.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import OfficeError, Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range

EVERYTHING, CONTENTS, VALUES, FORMATS, NOTES = "A", "SVDF", "SVD", "T", "N"
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
WHOLE = (None, "all", "all_using_source_theme", "all_merging_conditional_formats")
FLAGS = {
    "all_except_borders": EVERYTHING,
    "comments": NOTES,
    "formats": FORMATS,
    "formulas": CONTENTS,
    "formulas_and_number_formats": CONTENTS,
    "values": VALUES,
    "values_and_number_formats": VALUES,
} | dict.fromkeys(WHOLE, EVERYTHING)


def cell_address(place: Place) -> Struct:
    """The first cell of a range as LibreOffice names it."""
    found = place.remote["RangeAddress"]
    fields = {
        "Sheet": found["Sheet"],
        "Column": found["StartColumn"],
        "Row": found["StartRow"],
    }
    return Struct("com.sun.star.table.CellAddress", fields)


def tools(place: Place) -> tuple[Remote, Remote]:
    """What Paste Special needs of LibreOffice besides the cells."""
    create = place.sheet.book.app.wire.create
    return (
        create("com.sun.star.frame.DispatchHelper"),
        create("com.sun.star.sheet.GlobalSheetSettings"),
    )


class Copying(Place):
    """What is copied from and to a range."""

    def copy(self, destination: Any = None) -> None:
        """Copy the cells to a range, or remember them for :meth:`paste`."""
        if destination is None:
            self.sheet.book.app.clipboard = self.sheet.box(self.place)
        else:
            _copied(self, destination.impl, None, None, False, False)

    def copy_from(
        self,
        source_range: Any,
        copy_type: str = "all",
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Fill it from another range: all, formats, formulas, values or link."""
        _copied(source_range.impl, self, copy_type, None, skip_blanks, transpose)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what was copied last, or a part of it.

        Raises:
            OfficeError: nothing was copied.
        """
        copied = self.sheet.book.app.clipboard
        if copied is None:
            raise OfficeError("There is nothing to paste.", fix="copy a range first.")
        if copied.pictured:
            self._paste_picture(copied)
            return
        _copied(copied, self, paste, operation, skip_blanks, transpose)

    def _paste_picture(self, copied: "Range") -> None:
        with TemporaryDirectory() as folder:
            path = str(Path(folder) / "cells.png")
            copied.to_png(path)
            here = self.sheet.box(self.place)
            self.sheet.pictures.add(path, False, True, None, None, -1, -1, anchor=here)

    def move(self, destination: Any) -> None:
        """Move the cells to another place of the workbook; references to them follow."""
        target = destination.impl
        source = self.remote["RangeAddress"]
        self.sheet.remote("moveRange", cell_address(target), source)
        self.sheet.remote.wire.moved += 1


def _copied(
    source: Any,
    target: Any,
    part: str | None,
    operation: str | None,
    skip: bool,
    turned: bool,
) -> None:
    """One range into another, tiled where the other is a multiple of it."""
    if source.sheet.book.app is not target.sheet.book.app:
        raise OfficeError(
            "Cells can only be copied inside one LibreOffice.",
            fix="open both workbooks in the same app.",
        )
    into = _room(source.place, target, turned)
    same = source.sheet.book.uid == target.sheet.book.uid
    if part in WHOLE and operation is None and not skip and not turned and same:
        source.remote.block("edit.tile", into)
        return
    if part == "column_widths":
        source.remote.block("edit.widths", into)
        return
    if part == "validation":
        _same_book(same, "rules for typing")
        source.remote.block("edit.validations", into, turned)
        return
    linked = part == "link"
    flags = EVERYTHING if linked else FLAGS[part]
    operation_ = "edit.paste_without_borders" if part == "all_except_borders" else "edit.paste"
    books = (source.doc, into, target.doc, tools(source))
    source.remote.block(operation_, *books, flags, OPERATIONS[operation], skip, turned, linked)
    if part is not None and part.endswith("number_formats"):
        source.remote.block("edit.number_formats", source.doc, into, target.doc, turned)


def _same_book(same: bool, what: str) -> None:
    if not same:
        raise NotImplementedError(f"LibreOffice cannot copy {what} into another workbook.")


def _room(source: Box, target: Place, turned: bool) -> Remote:
    """The cells that a copy fills: as large as the source, or a multiple of it."""
    rows, columns = (source.columns, source.rows) if turned else (source.rows, source.columns)
    place = target.place
    if not turned and place.rows % rows == 0 and place.columns % columns == 0:
        rows, columns = place.rows, place.columns
    return target.remote_at(Box(place.row, place.column, rows, columns))
