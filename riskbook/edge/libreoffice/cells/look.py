"""How cells look: fill, number format, alignment, letters, lines.

What differs within a block reads as None, as in Excel.
"""

from collections.abc import Sequence
from types import EllipsisType
from typing import Any

from riskbook.edge.libreoffice.cells import colours, formats
from riskbook.edge.libreoffice.cells.borders import Borders
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.cells.text import Characters, Font
from riskbook.edge.libreoffice.line.wire import Enum

INDENT = 353  # one step of Excel's, 10 points, in 1/100 mm
MOST_INDENT = 250 * INDENT

# xlwings' names -> LibreOffice's kind and its method (0 as usual, 1 distributed)
ACROSS = {
    "general": ("STANDARD", 0),
    "left": ("LEFT", 0),
    "center": ("CENTER", 0),
    "right": ("RIGHT", 0),
    "fill": ("REPEAT", 0),
    "justify": ("BLOCK", 0),
    "distributed": ("BLOCK", 1),
}
DOWN = {"top": (1, 0), "center": (2, 0), "bottom": (3, 0), "justify": (4, 0), "distributed": (4, 1)}
STANDARD_DOWN = (0, 0)  # at the bottom, as Excel's


class Look(Place):
    """How a range looks."""

    def _read(self, *names: str) -> list[Any]:
        found: list[Any] = self.remote.block("look.read", names)
        return found

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill."""
        return colours.from_office(self._read("CellBackColor")[0])

    @color.setter
    def color(self, color_or_rgb: colours.Colour | None) -> None:
        self.remote["CellBackColor"] = colours.to_office(color_or_rgb)

    def set_colors(
        self, colors: Sequence[Sequence[tuple[int, int, int] | EllipsisType | None]]
    ) -> None:
        """A fill for each cell; an ellipsis leaves one as it is."""
        rows = [[None if c is ... else colours.to_office(c) for c in row] for row in colors]
        self.remote.block("look.set_colours", self.doc, rows)

    @property
    def number_format(self) -> str | None:
        """The code of the number format, as in an English Excel."""
        found = {formats.as_excel(code) for code in self.remote.block("look.codes", self.doc)}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.remote.block("look.set_code", self.doc, value)

    @property
    def wrap_text(self) -> bool | None:
        """Whether texts go over several lines."""
        found: bool | None = self._read("IsTextWrapped")[0]
        return found

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.remote["IsTextWrapped"] = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """Where texts stand between left and right."""
        kind, method = self._read("HoriJustify", "HoriJustifyMethod")
        return _named(ACROSS, (kind, method if kind == "BLOCK" else 0))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in ACROSS:
            raise NotImplementedError("LibreOffice cannot centre a text across several cells.")
        kind, method = ACROSS[value]
        across = Enum("com.sun.star.table.CellHoriJustify", kind)
        self.remote.set(HoriJustify=across, HoriJustifyMethod=method)

    @property
    def vertical_alignment(self) -> str | None:
        """Where texts stand between top and bottom."""
        kind, method = self._read("VertJustify", "VertJustifyMethod")
        found = (kind, method if kind == DOWN["justify"][0] else 0)
        return "bottom" if found == STANDARD_DOWN else _named(DOWN, found)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        kind, method = DOWN[value]
        self.remote.set(VertJustify=kind, VertJustifyMethod=method)

    def adjust_indent(self, amount: int) -> None:
        """Move texts away from the edge, or back, by steps."""
        self.remote.block("look.indent", amount * INDENT, MOST_INDENT)

    @property
    def font(self) -> Font:
        """Its letters."""
        return Font(self.remote)

    @property
    def characters(self) -> Characters:
        """The letters of its first cell."""
        cell = self.remote("getCellByPosition", 0, 0)
        return Characters(cell, whole=self.remote)

    @property
    def borders(self) -> Borders:
        """The lines around and in it."""
        return Borders(self)


def _named(table: dict[str, tuple[Any, int]], found: tuple[Any, Any]) -> str | None:
    return next((name for name, kind in table.items() if kind == found), None)
