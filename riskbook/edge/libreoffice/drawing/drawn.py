"""What shapes, pictures and charts have in common: a name, a place, a size.

Positions and sizes are in points here and in 1/100 mm in LibreOffice: what is read back is
the roundest number of points that stands for the same, so 50 stays 50.
"""

from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.line.kept import kept, renamed
from riskbook.edge.libreoffice.line.wire import Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

CHART_CLASS = "12DCAE26-281F-416F-A234-C3086127382E"
KINDS = {
    "GraphicObjectShape": "picture",
    "TextShape": "text_box",
    "LineShape": "line",
    "ConnectorShape": "line",
    "GroupShape": "group",
    "ControlShape": "form_control",
    "MediaShape": "media",
    "TableShape": "table",
    "PolyLineShape": "free_form",
    "PolyPolygonShape": "free_form",
    "OpenBezierShape": "free_form",
    "ClosedBezierShape": "free_form",
    "OpenFreeHandShape": "free_form",
    "ClosedFreeHandShape": "free_form",
}
TITLES = {"picture": "Picture", "chart": "Chart", "text_box": "TextBox", "form_control": "Button"}
SCREEN = 96  # dots to the inch where a file does not say
FINE = (1, 2, 4, 10, 100)  # parts of a point, the roundest first


def to_office(points: float) -> int:
    """Points as 1/100 mm."""
    return round(points * 2540 / 72)


def points(hundredths: int) -> float:
    """1/100 mm as the roundest number of points that stands for them."""
    exact = hundredths * 72 / 2540
    for fine in FINE:
        if to_office(round(exact * fine) / fine) == hundredths:
            return round(exact * fine) / fine
    return exact


def kind_of(remote: Remote) -> str:
    """What a shape is, in xlwings' words."""
    kind = str(remote["ShapeType"]).rpartition(".")[2]
    if kind == "OLE2Shape":
        chart = str(remote["CLSID"]).upper() == CHART_CLASS
        return "chart" if chart else "embedded_ole_object"
    return KINDS.get(kind, "auto_shape")


class Drawn:
    """Anything that is drawn on a sheet."""

    def __init__(self, sheet: "Sheet", remote: Remote) -> None:
        self.sheet, self.remote = sheet, remote

    @property
    def api(self) -> Any:
        """LibreOffice's shape."""
        return self.remote

    @property
    def parent(self) -> "Sheet":
        """Its sheet."""
        return self.sheet

    @property
    def type(self) -> str:
        """What it is: ``picture``, ``chart``, ``text_box`` and so on."""
        return kind_of(self.remote)

    @property
    def name(self) -> str:
        """Its name; who has none gets one as Excel gives it."""
        found = str(self.remote["Name"])
        if not found:
            found = free_name(self.sheet, TITLES.get(self.type, "Shape"))
            self.remote["Name"] = found
        return found

    @name.setter
    def name(self, value: str) -> None:
        renamed(self.sheet.book, "shape", self._key, f"{self.sheet.name}!{value}")
        self.remote["Name"] = value

    @property
    def _key(self) -> str:
        return f"{self.sheet.name}!{self.name}"

    def _kept(self) -> dict[str, Any]:
        return kept(self.sheet.book, "shape", self._key)

    @property
    def left(self) -> float:
        """From the sheet's left edge, in points."""
        return points(self.remote["Position"]["X"])

    @left.setter
    def left(self, value: float) -> None:
        self._place(X=value)

    @property
    def top(self) -> float:
        """From the sheet's top, in points."""
        return points(self.remote["Position"]["Y"])

    @top.setter
    def top(self, value: float) -> None:
        self._place(Y=value)

    @property
    def width(self) -> float:
        """In points."""
        return points(self.remote["Size"]["Width"])

    @width.setter
    def width(self, value: float) -> None:
        self._size(Width=value)

    @property
    def height(self) -> float:
        """In points."""
        return points(self.remote["Size"]["Height"])

    @height.setter
    def height(self, value: float) -> None:
        self._size(Height=value)

    def _place(self, **values: float) -> None:
        changed = {name: to_office(value) for name, value in values.items()}
        self.remote("setPosition", self.remote["Position"].changed(**changed))

    def _size(self, **values: float) -> None:
        """A new width or height; the other follows where the shape keeps its proportions."""
        size = self.remote["Size"]
        changed = {name: to_office(value) for name, value in values.items()}
        if self.locked and len(changed) == 1:
            (name, new), other = *changed.items(), "Height" if "Width" in changed else "Width"
            changed[other] = round(size[other] * new / max(size[name], 1))
        self.remote("setSize", size.changed(**changed))

    @property
    def locked(self) -> bool:
        """Whether it keeps its proportions."""
        return bool(self._kept().get("ratio", False))

    def delete(self) -> None:
        """Take it off the sheet."""
        self.sheet.remote["DrawPage"]("remove", self.remote)


def original_size(graphic: Remote) -> tuple[int, int]:
    """Width and height of a picture as it was made, in 1/100 mm.

    Files tell how many dots an inch or a metre has; 3,780 to the metre were meant as 96.
    """
    size, pixels = graphic["Size100thMM"], graphic["SizePixel"]
    dots = round(pixels["Width"] * 2540 / size["Width"]) if size["Width"] else SCREEN
    if not pixels["Width"] or not dots:
        return size["Width"], size["Height"]
    return round(pixels["Width"] * 2540 / dots), round(pixels["Height"] * 2540 / dots)


def rectangle(left: float, top: float, width: float, height: float) -> Struct:
    """A place in points as LibreOffice takes it."""
    sides = {"X": left, "Y": top, "Width": width, "Height": height}
    fields = {name: to_office(value) for name, value in sides.items()}
    return Struct("com.sun.star.awt.Rectangle", fields)


def free_name(sheet: "Sheet", title: str) -> str:
    """``Picture 1``, or the first number that is free."""
    page = sheet.remote["DrawPage"]
    taken = {page("getByIndex", index)["Name"] for index in range(page["Count"])}
    number = 1
    while f"{title} {number}" in taken:
        number += 1
    return f"{title} {number}"
