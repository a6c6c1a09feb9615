"""Cells put in and taken out, links, and pictures of cells.

::

    Editing = Copying + Finding + Filling + what is here

Without a direction cells move as in Excel, by the shape of the range.
"""

import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from riskbook.edge.libreoffice.cells.address import MOST_COLUMNS, MOST_ROWS, Box
from riskbook.edge.libreoffice.cells.copying import Copying
from riskbook.edge.libreoffice.cells.copying import tools as paste_tools
from riskbook.edge.libreoffice.cells.filling import Filling
from riskbook.edge.libreoffice.cells.finding import Finding
from riskbook.edge.libreoffice.cells.notes import Commented
from riskbook.edge.libreoffice.files.guard import url_of
from riskbook.edge.libreoffice.files.pdf import write_pdf
from riskbook.edge.libreoffice.line.wire import Enum, Remote

INSERTED = {"down": "DOWN", "right": "RIGHT"}
DELETED = {"up": "UP", "left": "LEFT"}
LINK, UNDERLINED = 0x0563C1, 1  # how Excel shows links
_PLACE = re.compile(r"#(.+)!(\$?[A-Za-z]+\$?\d+(?::\$?[A-Za-z]+\$?\d+)?)")
_CALC_PLACE = re.compile(r"#(.+)\.(\$?[A-Za-z]+\$?\d+(?::\$?[A-Za-z]+\$?\d+)?)")


class Editing(Copying, Finding, Filling, Commented):
    """What is done with the cells of a range."""

    pictured = ""  # how it was copied as a picture

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Put blank cells here; what was here moves down or to the right."""
        box = self.place
        whole = self._whole()
        shift = shift or ("right" if box.rows > box.columns else "down")
        mode = Enum("com.sun.star.sheet.CellInsertMode", whole or INSERTED[shift])
        self.sheet.remote("insertCells", self.remote["RangeAddress"], mode)
        self.sheet.remote.wire.moved += 1
        if copy_origin == "format_from_right_or_below":
            down = whole == "ROWS" or (not whole and shift == "down")
            moved = (
                Box(box.row + box.rows, box.column, box.rows, box.columns)
                if down
                else Box(box.row, box.column + box.columns, box.rows, box.columns)
            )
            self._formats_from(moved)

    def delete(self, shift: str | None = None) -> None:
        """Take the cells out; those below or to the right move here."""
        box = self.place
        shift = shift or ("up" if box.columns > box.rows else "left")
        self.remote.block("edit.remove", self.doc, self._whole() or DELETED[shift])
        self.sheet.remote.wire.moved += 1

    def _whole(self) -> str:
        if self.place.columns >= MOST_COLUMNS:
            return "ROWS"
        return "COLUMNS" if self.place.rows >= MOST_ROWS else ""

    def _formats_from(self, other: Box) -> None:
        here = self.sheet.box(self.place)
        books = (self.doc, here.remote, self.doc, paste_tools(self))
        self.remote_at(other).block("edit.paste", *books, "T", 0, False, False, False)

    @property
    def hyperlink(self) -> str:
        """The address behind a cell.

        Raises:
            Exception: there is none.
        """
        for field in _fields(self._cell()):
            return _CALC_PLACE.sub(lambda m: f"#{m[1]}!{m[2]}", field["URL"])
        raise Exception("The cell doesn't seem to contain a hyperlink!")

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        """Put a link into the cell.

        LibreOffice has no place for a screen tip: one of your own is warned about.
        """
        if screen_tip and not screen_tip.startswith(f"{address} - Click once"):
            warnings.warn("LibreOffice does not keep the screen tip of a link.", stacklevel=3)
        add_links(self.sheet, [(self.row, self.column, address, text_to_display or address)])

    def _cell(self) -> Remote:
        cell: Remote = self.remote("getCellByPosition", 0, 0)
        return cell

    def copy_picture(self, appearance: str, format: str) -> None:  # noqa: A002 - xlwings' name
        """Remember the cells to be pasted as a picture."""
        copied = self.sheet.box(self.place)
        copied.pictured = f"{appearance} {format}"
        self.sheet.book.app.clipboard = copied

    def to_png(self, path: str) -> None:
        """Write a picture of the cells."""
        create = self.sheet.book.app.wire.create
        tools = (
            create("com.sun.star.awt.Toolkit"),
            create("com.sun.star.graphic.GraphicProvider"),
        )
        with TemporaryDirectory() as folder:
            bitmap = str(Path(folder) / "cells.bmp")
            block = self.remote_at(self.used)
            block.block("picture.draw", self.doc, tools, (bitmap, url_of(bitmap)), url_of(path))

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """Write the cells as PDF."""
        write_pdf(self.doc, path, quality, self.remote_at(self.used))


def add_links(sheet: Any, placed: Iterable[tuple[int, int, str, str]]) -> None:
    """Put links into many cells of a sheet at once: row, column (from 1), address, text."""
    wanted = [
        (row - 1, column - 1, _PLACE.sub(lambda m: f"#{m[1]}.{m[2]}", address), text)
        for row, column, address, text in placed
    ]
    sheet.remote.block("edit.links", sheet.book.doc, wanted, LINK, UNDERLINED)


def _fields(cell: Remote) -> Any:
    """The links in a cell."""
    fields = cell["TextFields"]("createEnumeration")
    while fields("hasMoreElements"):
        field = fields("nextElement")
        if field.can("URL"):
            yield field
