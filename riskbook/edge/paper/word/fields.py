"""The white field in a square of a heat map: how many risks stand there, and which.

As many references as the field has room for, each as it is printed in the register; of
one that is too long its end, which tells it apart; then how many more there are.

Lengths are millimetres, sizes of letters points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from riskbook.core.heatmap import HeatMap, Square
from riskbook.edge.paper.printed import printable
from riskbook.edge.paper.word import measure
from riskbook.edge.paper.word.shapes import Box, Line, rectangle
from riskbook.edge.template.looks import GREY

WHITE = "#FFFFFF"
REFS: Final = (8.0, 7.5, 7.0, 6.5, 6.0)  # letters: the largest that leaves out the fewest
COUNT: Final = 9.0  # and of the number
STRIP: Final = 3.8  # above the field: the points of the square
PAD: Final = 0.8  # inside the field
REACH: Final = 0.12  # of a square: the gutter beside and below the field


@dataclass(frozen=True, slots=True)
class Told:
    """What a field says: a number, lines of references, and how many of them there are."""

    number: str  # on a line of its own; empty where there is no room for one
    lines: list[str]
    kept: int


def told(refs: Sequence[str], wide: float, high: float, letters: float) -> Told:
    """What the field of a square of such a size says."""
    room, most = room_in(wide), high * (1 - REACH) - STRIP - PAD
    beside = int((most - _line(COUNT)) / _line(letters))
    if beside > 0:
        kept, lines = fitted(refs, beside, letters, room)
        return Told(str(len(refs)), lines, kept)
    first = refs[0] if len(refs) == 1 else f"{len(refs)}: {refs[0]}"
    kept, lines = fitted([first, *refs[1:]], 1, letters, room)
    if lines and (len(refs) == 1 or lines[0].startswith(first)):
        return Told("", lines, kept)
    return Told(str(len(refs)), [], 0)


def letters_for(one: HeatMap, wide: float, high: float) -> float:
    """The size at which the fields of a map hold the most references."""
    crowds = [names(square) for row in one.squares for square in row if square.refs]
    shown = {
        size: sum(told(refs, wide, high, size).kept for refs in crowds)
        - sum(measure.width(ref, size) > room_in(wide) for refs in crowds for ref in refs)
        for size in REFS
    }
    return max(REFS, key=lambda size: (shown[size], size))


def names(square: Square) -> list[str]:
    """The references of the risks in a square, each on one line."""
    return [" ".join(printable(ref).split()) for ref in square.refs]


def field(square: Square, box: Box, letters: float) -> str:
    """The field as a shape."""
    found = told(names(square), box.wide, box.high, letters)
    lines = [Line(found.number, COUNT, bold=True)] if found.number else []
    lines += [Line(text, letters) for text in found.lines]
    most = box.high * (1 - REACH) - STRIP
    high = min(most, sum(_line(line.size) for line in lines) + PAD)
    place = Box(
        left=box.left + box.wide * REACH,
        top=box.top + STRIP + (most - high) / 2,
        wide=box.wide * (1 - 2 * REACH),
        high=high,
    )
    return rectangle(place, lines, fill=WHITE, edge=GREY)


def _line(letters: float) -> float:
    return letters * measure.LEADING * measure.POINT


def room_in(wide: float) -> float:
    """The width that references have in a square."""
    return wide * (1 - 2 * REACH) - PAD


def width_for(reference: float) -> float:
    """The width of a square in which a reference of so many millimetres has room."""
    return (reference + PAD) / (1 - 2 * REACH)


def height_for(refs: int) -> float:
    """The height of a square in which each of so many references has a line."""
    return (STRIP + PAD + _line(COUNT) + refs * _line(REFS[0])) / (1 - REACH)


def fitted(refs: Sequence[str], most: int, size: float, room: float) -> tuple[int, list[str]]:
    """How many references so many lines have room for, and these lines."""
    bound = most * max(1, int(room / (size * measure.POINT / 2)))  # one letter and a comma each
    for kept in range(min(len(refs), bound), 0, -1):
        rest = [f"+{len(refs) - kept}"] if kept < len(refs) else []
        lines = _joined([*refs[:kept], *rest], size, room)
        if len(lines) <= most:
            return kept, lines
    return 0, []


def _joined(words: Sequence[str], size: float, room: float) -> list[str]:
    """References as lines."""
    lines: list[str] = []
    for word in words:
        word = measure.ending(word, size, room)
        longer = f"{lines[-1]}, {word}" if lines else word
        if lines and measure.width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
