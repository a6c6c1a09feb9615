"""How wide a text can become in the report's type, without asking for its layout.

An upper estimate, in ems of Libertinus Serif in its bold or regular cut, whichever is
wider.  What fits by it fits; what does not is measured by typst itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

MM = 25.4 / 72  # millimetres in a point
CLASSES: Mapping[float, str] = {
    0.25: " ',.|\u00a0\u200b",
    0.3: "!:;\u2018\u2019",
    0.35: "()/\\ijl{}",
    0.4: '"-IJ[]`ft\u2022',
    0.45: "*?rs\u201c\u201d",
    0.5: "_cez~\u00e9",
    0.55: "#$+0123456789<>FS^abgv\u00a3\u2013",
    0.6: "=Ldopquxy",
    0.65: "%EPYZhkn",
    0.7: "B",
    0.75: "&ACDGKNOQRTVX\u2014",
    0.8: "Uw",
    0.85: "H\u2026",
    0.9: "M",
    0.95: "m",
    1.0: "@",
    1.05: "W",
}
OTHER = 1.2  # any other letter, of any script
LETTERS = {letter: width for width, letters in CLASSES.items() for letter in letters}
_WORD = re.compile(r"[^\s/-]+[/-]*|[/-]+")


@cache
def ems(text: str) -> float:
    """The width of a text in ems, at most."""
    return sum(LETTERS.get(letter, OTHER) for letter in text)


def millimetres(text: str, size: float) -> float:
    """The width of a text in type of a size in points, at most."""
    return ems(text) * size * MM


def widest(text: str, size: float) -> float:
    """The width of the widest word of a text in millimetres, at most.

    A word may end a line after a stroke or a hyphen.
    """
    return max((millimetres(word, size) for word in _WORD.findall(text)), default=0.0)


def overlong(text: str, room: float, size: float) -> bool:
    """Whether a word of a text may be wider than so many millimetres."""
    least = max(1, int(room / (OTHER * size * MM)))
    return any(millimetres(word, size) > room for word in _words(least).findall(text))


@cache
def _words(least: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{least},}}")


def broken(text: str, room: float, size: float) -> str:
    """A text whose too wide words may end a line after any letters that surely fit."""
    if not overlong(text, room, size):
        return text
    return " ".join("\u200b".join(_pieces(word, room, size)) for word in text.split())


def _pieces(word: str, room: float, size: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and millimetres(piece + letter, size) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def shortened(text: str, room: float, size: float) -> str:
    """A text in one line of so many millimetres, cut at its end where it is longer."""
    kept = _fitting(text, room, size)
    return text if kept == len(text) else f"{text[:kept].rstrip()}\u2026"


def ending(text: str, room: float, size: float) -> str:
    """The same, cut at its beginning: a reference is told by its end."""
    kept = _fitting(text[::-1], room, size)
    return text if kept == len(text) else f"\u2026{text[-kept:].lstrip()}"


def _fitting(text: str, room: float, size: float) -> int:
    """How many letters of a text fit, with a mark for the rest; at least one."""
    if millimetres(text, size) <= room:
        return len(text)
    width = millimetres("\u2026", size)
    for place, letter in enumerate(text):
        width += millimetres(letter, size)
        if width > room:
            return max(place, 1)
    return len(text) - 1


def shared_out(
    shares: Sequence[float], needs: Sequence[float], across: float
) -> list[float] | None:
    """The widths of columns: their shares, but never less than they need.

    What a narrow column needs is taken from those that have more than they need; None
    where all of them together need more than there is.
    """
    if sum(needs) > across:
        return None
    wanted = [max(pair) for pair in zip(shares, needs, strict=True)]
    excess = sum(wanted) - across
    if excess <= 0:
        return wanted
    spare = [have - need for have, need in zip(wanted, needs, strict=True)]
    return [have - excess * own / sum(spare) for have, own in zip(wanted, spare, strict=True)]
