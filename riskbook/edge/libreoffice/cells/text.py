"""Letters: the font of cells and shapes, and of single characters in them.

::

    Font(remote)            whatever has letters: a range, a shape, a stretch of text
    Characters(text)        a cell or a shape; text[0:5] is a stretch of it
"""

from typing import Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells import colours
from riskbook.edge.libreoffice.line.wire import Enum, Remote

BOLD, NORMAL = 150.0, 100.0  # com.sun.star.awt.FontWeight
SLANT = "com.sun.star.awt.FontSlant"
# a property has one twin each for Asian and for complex scripts; Excel knows only one of all
SCRIPTS = ("", "Asian", "Complex")


class Font(base_classes.Font):
    """The font of something that has letters; None where they differ."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote

    @property
    def api(self) -> Remote:
        """What LibreOffice calls its letters' properties."""
        return self.remote

    def _read(self, name: str) -> Any:
        return self.remote.block("look.read", [name])[0]

    def _set(self, name: str, value: Any) -> None:
        self.remote.set(**{name + script: value for script in SCRIPTS})

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = self._read("CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is slanted."""
        slant = self._read("CharPosture")
        return None if slant is None else slant != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", Enum(SLANT, "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Its height in points."""
        found: float | None = self._read("CharHeight")
        return found

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Its colour; the automatic one is black."""
        number = self._read("CharColor")
        return (0, 0, 0) if number == colours.NONE else colours.from_office(number)

    @color.setter
    def color(self, color_or_rgb: colours.Colour | None) -> None:
        self.remote["CharColor"] = colours.to_office(color_or_rgb)

    @property
    def name(self) -> str | None:
        """Its family."""
        found: str | None = self._read("CharFontName")
        return found

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)


class Characters(base_classes.Characters):
    """The letters of a cell or a shape, or a stretch of them."""

    def __init__(self, text: Remote, whole: Remote | None = None, ends: Any = None) -> None:
        """Letters.

        Args:
            text: what holds them: a cell or a shape.
            whole: what is asked about all of them, if that is not the text itself.
            ends: first and one beyond the last, from 0; None for all.
        """
        self.holder, self.whole, self.ends = text, whole or text, ends

    @property
    def api(self) -> Remote:
        """LibreOffice's cursor over them."""
        return self.whole if self.ends is None else self._cursor()

    @property
    def text(self) -> str:
        """What they say."""
        found = str(self.holder["String"])
        return found if self.ends is None else found[slice(*self.ends)]

    @property
    def font(self) -> Font:
        """How they look."""
        return Font(self.api)

    def __getitem__(self, item: int | slice) -> "Characters":
        """One letter or a stretch.

        Raises:
            ValueError: a stretch that counts from the end.
        """
        text = self.text
        if isinstance(item, slice):
            if (item.start or 0) < 0 or (item.stop or 0) < 0:
                raise ValueError("Characters object does not support slicing with negative indexes")
            first, last, _ = item.indices(len(text))
        else:
            first = item + len(text) if item < 0 else item
            last = first + 1
        begun = self.ends[0] if self.ends else 0
        return Characters(self.holder, self.whole, (begun + first, begun + last))

    def _cursor(self) -> Remote:
        text = str(self.holder["String"])
        first, last = self.ends
        cursor: Remote = self.holder("createTextCursor")
        cursor("gotoStart", False)
        cursor("goRight", _units(text[:first]), False)
        cursor("goRight", _units(text[first:last]), True)
        return cursor


def _units(text: str) -> int:
    """How many letters LibreOffice counts: a rare one counts as two."""
    return len(text.encode("utf-16-le")) // 2
