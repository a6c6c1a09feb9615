"""How the cells of a range look: colours, number formats, alignment, wrapped text.

What differs within a range reads as None, as in Excel.
"""

from typing import TYPE_CHECKING, Any

from xlwings.utils import hex_to_rgb, int_to_rgb

from riskbook.edge.libreoffice.place import Place
from riskbook.edge.libreoffice.wire import Enum

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.borders import Borders
    from riskbook.edge.libreoffice.text import Characters, Font

NOTHING = -1  # no colour
INDENT = 352.8  # 1/100 mm: one step, 10 points
_HORIZONTAL = "com.sun.star.table.CellHoriJustify"
# xlwings' word -> LibreOffice's value, and its method where the value is the block's
ACROSS = {
    "general": ("STANDARD", 0),
    "left": ("LEFT", 0),
    "center": ("CENTER", 0),
    "right": ("RIGHT", 0),
    "fill": ("REPEAT", 0),
    "justify": ("BLOCK", 0),
    "distributed": ("BLOCK", 1),
}
# com.sun.star.table.CellVertJustify2
DOWN = {"bottom": (0, 0), "top": (1, 0), "center": (2, 0), "justify": (4, 0), "distributed": (4, 1)}


def colour_of(number: int) -> tuple[int, int, int]:
    """LibreOffice's colour as red, green, blue."""
    return (number >> 16) & 255, (number >> 8) & 255, number & 255


def number_of(colour: Any) -> int:
    """A colour as xlwings takes it (a triple, Excel's number or "#rrggbb") as LibreOffice's."""
    if isinstance(colour, str):
        colour = hex_to_rgb(colour)
    elif isinstance(colour, int):
        colour = int_to_rgb(colour)
    red, green, blue = colour
    return int(red) << 16 | int(green) << 8 | int(blue)


def told(remote: Any, name: str) -> Any:
    """One property of cells; None where they differ."""
    return remote[name] if remote.block("look.same", [name])[0] else None


class Look(Place):
    """How a range looks."""

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The background; None where there is none, or where cells differ."""
        found = told(self.remote, "CellBackColor")
        return None if found in (None, NOTHING) else colour_of(found)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        chosen = NOTHING if color_or_rgb is None else number_of(color_or_rgb)
        self.remote["CellBackColor"] = chosen

    def set_colors(self, colors: Any) -> None:
        """A background for each cell; ``...`` leaves one as it is."""
        for row, line in enumerate(colors, start=1):
            for column, colour in enumerate(line, start=1):
                if colour is not ...:
                    self.sheet.box(self.place.cell(row, column)).color = colour

    @property
    def number_format(self) -> str | None:
        """The format code in Excel's spelling; None where cells differ."""
        found = self.remote.block("look.format", self.doc)
        return None if found is None else str(found)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.remote.block("block.format", self.doc, value)

    @property
    def wrap_text(self) -> bool | None:
        """Whether text is broken into lines."""
        found = told(self.remote, "IsTextWrapped")
        return None if found is None else bool(found)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.remote["IsTextWrapped"] = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """Where text stands across the cell."""
        found, method = told(self.remote, "HoriJustify"), told(self.remote, "HoriJustifyMethod")
        if found is None or method is None:
            return None
        words = {value: word for word, value in ACROSS.items()}
        return words.get((found.name, method), words.get((found.name, 0)))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in ACROSS:
            raise NotImplementedError(f"LibreOffice has no horizontal alignment {value!r}")
        name, method = ACROSS[value]
        self.remote.set(HoriJustify=Enum(_HORIZONTAL, name), HoriJustifyMethod=method)

    @property
    def vertical_alignment(self) -> str | None:
        """Where text stands down the cell."""
        found, method = told(self.remote, "VertJustify"), told(self.remote, "VertJustifyMethod")
        if found is None or method is None:
            return None
        words = {value: word for word, value in DOWN.items()}
        return words.get((found, method), words.get((found, 0), "bottom"))

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        place, method = DOWN[value]
        self.remote.set(VertJustify=place, VertJustifyMethod=method)

    def adjust_indent(self, amount: int) -> None:
        """Move text away from the cell's edge by a number of steps, or back."""
        indent = max(0, round(self.remote["ParaIndent"] + amount * INDENT))
        if amount > 0 and self.horizontal_alignment == "general":
            self.horizontal_alignment = "left"
        self.remote["ParaIndent"] = indent

    @property
    def font(self) -> "Font":
        """The font of the whole cells."""
        from riskbook.edge.libreoffice.text import Font

        return Font(self.remote)

    @property
    def characters(self) -> "Characters":
        """The characters of the cell's text."""
        from riskbook.edge.libreoffice.text import Characters

        return Characters(self.remote("getCellByPosition", 0, 0))

    @property
    def borders(self) -> "Borders":
        """The lines around and between the cells."""
        from riskbook.edge.libreoffice.borders import Borders

        return Borders(self)
