"""How wide a text is in Arial, so that columns, squares and labels are given room.

An estimate: Word breaks the lines, with the fonts that it has.  The widths are those of
Liberation Sans, which is as wide as Arial letter by letter.
"""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate, takewhile
from math import ceil

POINT = 25.4 / 72  # millimetres
LEADING = 1.2  # height of a line, in sizes of its letters
BOLD = 1.12  # how much wider bold letters are, over a whole word
CUT = "\u2026"
OTHER, WIDE = 600, 1000  # letters beyond ASCII: about a capital; ideographs and signs

# thousandths of the size, from the space to the tilde
WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of a text on one line, at a size in points."""
    thousandths = sum(map(_letter, text))
    return thousandths / 1000 * size * POINT * (BOLD if bold else 1)


def _letter(letter: str) -> int:
    place = ord(letter) - 32
    if 0 <= place < len(WIDTHS):
        return WIDTHS[place]
    if unicodedata.combining(letter):
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of the widest word of a text; a hyphen ends a word, as in Word."""
    words = text.replace("-", "- ").split()
    return max((width(word, size, bold=bold) for word in words), default=0.0)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """A text of one line as the lines that it fills in a room of so many millimetres."""
    found, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold=bold) > room:
            found.append(line)
            longer = word
        line = longer
    return [*found, line] if line else found


def height(lines: Sequence[str], size: float, room: float) -> float:
    """Millimetres that some lines take when they are wrapped; long words are broken."""
    count = sum(max(1, ceil(width(line, size) * 1.05 / max(room, 1.0))) for line in lines)
    return count * size * LEADING * POINT


def shortened(text: str, size: float, room: float) -> str:
    """A text that fits one line of so many millimetres, cut at its end where it is longer."""
    if width(text, size) <= room:
        return text
    return text[: _kept(text, size, room)].rstrip() + CUT


def ending(text: str, size: float, room: float) -> str:
    """A text that fits one line of so many millimetres, cut at its beginning."""
    if width(text, size) <= room:
        return text
    return CUT + text[len(text) - _kept(text[::-1], size, room) :]


def _kept(text: str, size: float, room: float) -> int:
    """How many letters of a text that is too long fit beside the mark of a cut."""
    ends = accumulate((width(letter, size) for letter in text), initial=width(CUT, size))
    return max(0, sum(1 for _ in takewhile(lambda end: end <= room, ends)) - 1)
