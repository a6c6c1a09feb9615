"""Pictures on a sheet, always inside the workbook."""

from pathlib import Path
from typing import Any

from xlwings import base_classes

from riskbook.edge.libreoffice.drawing.drawn import Drawn, free_name, original_size, to_office
from riskbook.edge.libreoffice.drawing.shapes import Drawings
from riskbook.edge.libreoffice.files.guard import url_of
from riskbook.edge.libreoffice.line.wire import OfficeError, Remote, Struct, properties

AS_IT_IS = -1  # a width or height: that of the picture


class Picture(Drawn, base_classes.Picture):
    """One picture."""

    @property
    def locked(self) -> bool:
        """Whether it keeps its proportions."""
        return bool(self._kept().get("ratio", True))

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether it keeps its proportions; kept as long as the workbook is open."""
        return self.locked

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self._kept()["ratio"] = bool(value)

    def index(self) -> int:
        """Its place among what is drawn, from 1."""
        return int(self.remote["ZOrder"]) + 1

    def update(self, filename: str) -> "Picture":
        """Show another file in its place; it keeps its name and its size."""
        self.remote["Graphic"] = graphic(self.sheet.book.app.wire, filename)
        return self


class Pictures(Drawings, base_classes.Pictures):
    """The pictures of a sheet."""

    make = Picture
    kinds = ("picture",)

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float,
        height: float,
        anchor: Any = None,
    ) -> Picture:
        """Put a file's picture on the sheet.

        Raises:
            FileNotFoundError: there is no such file.
            OfficeError: it holds no picture.
            NotImplementedError: it was to be linked only.
        """
        if link_to_file:
            raise NotImplementedError("LibreOffice 7.4 puts pictures into the workbook only.")
        book = self.sheet.book
        shown = graphic(book.app.wire, filename)
        if anchor is not None:
            left, top = anchor.left, anchor.top
        remote = book.doc("createInstance", "com.sun.star.drawing.GraphicObjectShape")
        remote["Graphic"] = shown
        name = free_name(self.sheet, "Picture")
        self.api("add", remote)
        sizes = [to_office(width), to_office(height)]
        if AS_IT_IS in (width, height):
            sizes = list(original_size(shown))
        remote("setSize", Struct("com.sun.star.awt.Size", dict(zip(SIDES, sizes, strict=True))))
        corner = {"X": to_office(left or 0), "Y": to_office(top or 0)}
        remote("setPosition", Struct("com.sun.star.awt.Point", corner))
        remote["Name"] = name
        picture = Picture(self.sheet, remote)
        picture.lock_aspect_ratio = AS_IT_IS in (width, height)
        return picture


SIDES = ("Width", "Height")


def graphic(wire: Any, filename: str) -> Remote:
    """A file's picture as LibreOffice holds it.

    Raises:
        FileNotFoundError: there is no such file.
        OfficeError: it holds no picture.
    """
    if not Path(filename).is_file():
        raise FileNotFoundError(f"No such file: '{filename}'")
    provider = wire.create("com.sun.star.graphic.GraphicProvider")
    found: Remote | None = provider("queryGraphic", properties(URL=url_of(filename)))
    if found is None or not found["SizePixel"]["Width"]:
        raise OfficeError(
            f"{filename} holds no picture that LibreOffice can read.",
            fix="save it as PNG, JPEG or SVG.",
        )
    return found
