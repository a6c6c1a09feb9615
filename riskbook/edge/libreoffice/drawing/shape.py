"""One shape on a sheet, of any kind."""

from typing import Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.text import Characters, Font
from riskbook.edge.libreoffice.drawing.drawn import Drawn, original_size, points


class Shape(Drawn, base_classes.Shape):
    """A shape of any kind."""

    @property
    def locked(self) -> bool:
        """Whether it keeps its proportions: pictures do."""
        return bool(self._kept().get("ratio", self.type == "picture"))

    @property
    def index(self) -> int:
        """Its place among what is drawn, from 1."""
        return int(self.remote["ZOrder"]) + 1

    def activate(self) -> None:
        """Select it."""
        self.sheet.activate()
        self.sheet.book.doc["CurrentController"]("select", self.remote)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Make it wider by a factor, from the left, the middle or the right."""
        self._scale("Width", "X", factor, relative_to_original_size, scale)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Make it higher by a factor, from the top, the middle or the bottom."""
        self._scale("Height", "Y", factor, relative_to_original_size, scale)

    def _scale(self, name: str, axis: str, factor: float, original: bool, anchor: str) -> None:
        old = self.remote["Size"][name]
        base = self._original(name) if original else old
        self._size(**{name: points(base) * factor})
        share = {"scale_from_middle": 0.5, "scale_from_bottom_right": 1.0}.get(anchor, 0.0)
        if share:
            position = self.remote["Position"]
            moved = round(position[axis] - (self.remote["Size"][name] - old) * share)
            self.remote("setPosition", position.changed(**{axis: moved}))

    def _original(self, name: str) -> int:
        if self.type != "picture":
            raise ValueError("Only a picture has an original size.")
        return original_size(self.remote["Graphic"])[name == "Height"]

    @property
    def text(self) -> str | None:
        """What is written in it; None where nothing is."""
        if not self.remote.can("getString"):
            return None
        return str(self.remote["String"]) or None

    @text.setter
    def text(self, value: Any) -> None:
        if not self.remote.can("setString"):
            raise NotImplementedError(f"A {self.type} has no place for a text in LibreOffice.")
        self.remote("setString", str(value))

    @property
    def font(self) -> Font:
        """Its letters."""
        return Font(self.remote)

    @property
    def characters(self) -> Characters:
        """Its letters one by one."""
        return Characters(self.remote)
