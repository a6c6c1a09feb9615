"""Lines around cells and between them.

::

    borders.set("outside", line_style="double")      borders["edge_top"].weight

A line between two cells belongs to both, as in Excel, whichever of them LibreOffice keeps
it with.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells import colours

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.place import Place
    from riskbook.edge.libreoffice.line.wire import Remote

UNSET = base_classes._UNSET
# com.sun.star.table.BorderLineStyle and widths in 1/100 mm, as LibreOffice's own readers and
# writers of .xlsx files pair them
WIDTHS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}
WIDEST = {"hairline": 18, "thin": 53, "medium": 79}  # up to which a width is written as that
FINE_DASHES, WIDE_DASHES = 14, 2
STYLES = {
    "continuous": 0,
    "dot": 1,
    "dash": FINE_DASHES,
    "dash_dot": 16,
    "dash_dot_dot": 17,
    "double": 15,
    "slant_dash_dot": FINE_DASHES,  # when it is not thin; LibreOffice shows no slant
}
NAMES = {0: "continuous", 1: "dot", 2: "dash", 3: "double", 14: "dash", 15: "double"} | {
    16: "dash_dot",
    17: "dash_dot_dot",
}
SOLID_ONLY = ("hairline", "thick")  # Excel draws no broken line in these
Line = tuple[int, int, int]  # style, width, colour


class Border(base_classes.Border):
    """The lines along one side of a range."""

    def __init__(self, parent: "Place", side: str) -> None:
        self.parent, self.side = parent, side

    @property
    def api(self) -> "Remote":
        """LibreOffice's range."""
        return self.parent.remote

    def _line(self) -> list[int] | None:
        left, top, right, bottom = self.parent.place.corners
        found: list[int] | None = self.parent.sheet.remote.block(
            "look.line", (top, left, bottom, right), self.side
        )
        return found

    @property
    def line_style(self) -> str | None:
        """``continuous`` and so on, ``none`` where there is no line, None where they differ."""
        line = self._line()
        if line is None:
            return None
        return style_of(*line[:2]) if line else "none"

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(line_style=value)

    @property
    def weight(self) -> str | None:
        """How thick they are."""
        line = self._line()
        if line is None:
            return None
        return weight_of(*line[:2]) if line else "thin"  # so says Excel of no line

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Their colour, None where there is no line."""
        line = self._line()
        return colours.from_office(line[2]) if line else None

    @color.setter
    def color(self, color_or_rgb: colours.Colour) -> None:
        self.set(color=color_or_rgb)

    def set(self, line_style: Any = UNSET, weight: Any = UNSET, color: Any = UNSET) -> None:
        """Change some of it; a new line is thin, black and continuous until it is told more."""
        line = None
        if line_style is not None and line_style != "none":
            line = self._changed(line_style, weight, color)
        left, top, right, bottom = self.parent.place.corners
        place = (top, left, bottom, right)
        self.parent.sheet.remote.block("look.set_line", place, self.side, line)

    def _changed(self, line_style: Any, weight: Any, color: Any) -> Line:
        old = self._line() or [STYLES["continuous"], WIDTHS["thin"], 0]
        style = style_of(*old[:2]) if line_style is UNSET else line_style
        thick = weight_of(*old[:2]) if weight is UNSET else weight
        colour = old[2] if color is UNSET else colours.to_office(color)
        if weight is not UNSET and line_style is UNSET and thick in SOLID_ONLY:
            style = "continuous"
        return (*drawn(style, thick), colour)


class Borders(base_classes.Borders):
    """The lines of a range, by side."""

    def __init__(self, parent: "Place") -> None:
        self.parent = parent

    @property
    def api(self) -> "Remote":
        """LibreOffice's range."""
        return self.parent.remote

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)

    def _within(self) -> list[str]:
        """The four edges, and the lines between cells where there are several."""
        rows, columns = self.parent.shape
        inside = {"inside_vertical": columns > 1, "inside_horizontal": rows > 1}
        return [side for side in base_classes.BORDER_GRID_SIDES if inside.get(side, True)]

    def _common(self, attribute: str) -> Any:
        found = {getattr(self[side], attribute) for side in self._within()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """What all lines have in common."""
        found: str | None = self._common("line_style")
        return found

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(base_classes.BORDER_GRID_SIDES, line_style=value)

    @property
    def weight(self) -> str | None:
        """What all lines have in common."""
        found: str | None = self._common("weight")
        return found

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(base_classes.BORDER_GRID_SIDES, weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """What all lines have in common."""
        found: tuple[int, int, int] | None = self._common("color")
        return found

    @color.setter
    def color(self, value: colours.Colour) -> None:
        self.set(base_classes.BORDER_GRID_SIDES, color=value)

    def set(
        self,
        which: Iterable[str] = "all",
        *,
        line_style: Any = UNSET,
        weight: Any = UNSET,
        color: Any = UNSET,
    ) -> None:
        """Change the lines of some sides."""
        for side in which:
            self[side].set(line_style, weight, color)

    def clear(self, which: Iterable[str] = "everything") -> None:
        """Take the lines of some sides away."""
        self.set(which, line_style=None)


def style_of(style: int, width: int) -> str:
    """The name of a line's style."""
    if style == FINE_DASHES and width > WIDEST["thin"]:
        return "slant_dash_dot"
    return NAMES.get(style, "continuous")


def weight_of(style: int, width: int) -> str:
    """The name of a line's width."""
    if NAMES.get(style) == "double":
        return "thick"  # so says Excel of double lines
    return next((name for name, most in WIDEST.items() if width <= most), "thick")


def drawn(style: str, weight: str) -> tuple[int, int]:
    """LibreOffice's style and width of a line, the nearest that Excel has."""
    if style == "continuous":
        return STYLES[style], WIDTHS[weight]
    if style in ("double", "slant_dash_dot"):
        return STYLES[style], WIDTHS["medium"]
    if style == "dot" or weight in ("hairline", "thin"):
        return STYLES[style], WIDTHS["thin"]
    return WIDE_DASHES if style == "dash" else STYLES[style], WIDTHS["medium"]
