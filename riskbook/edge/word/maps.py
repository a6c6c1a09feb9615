"""One heat map as shapes: title, labels, squares, arrows, and who stands in the squares.

::

    title
    up      square square square      the points at the top of each,
    label   square square square      in those with risks a white field
    label   square square square      with their number and references
            label  label  label
                   across

Lengths are millimetres, sizes of letters points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from riskbook.core.heatmap import HeatMap, Square
from riskbook.core.scoring import Band, plain
from riskbook.edge.pdf.arrows import Arrow, arrows
from riskbook.edge.printed import printable
from riskbook.edge.template.looks import GREY, NAVY
from riskbook.edge.word import measure
from riskbook.edge.word.shapes import Box, Line, polygon, rectangle

WHITE, BLACK = "#FFFFFF", "#000000"
LABEL, HEADING, COUNT, POINTS = 8.0, 10.0, 9.5, 7.5  # letters
REFS: Final = (8.0, 7.5, 7.0, 6.5)  # references: as large as the longest of a map allows
TITLE, AXIS, FOOT = 6.5, 4.8, 9.0  # the height of a title, an axis' word, the legend
STRIP: Final = 3.6  # the points at the top of a square
MARGIN: Final = 1.0  # beside the white field in a square
SHAFT, HEAD, TIP = 0.4, 1.4, 2.7  # half the width of an arrow, of its head; its length
CHIP: Final = (5.0, 3.6)  # the colour of a band in the legend


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the parts of a map are."""

    beside: float  # the labels at the left
    wide: float  # a square
    high: float
    below: float  # the labels below the squares
    letters: float  # points of those labels; 0 where only their numbers fit

    def across(self, one: HeatMap) -> float:
        """The width of a map."""
        return self.beside + len(one.columns) * self.wide

    def down(self, one: HeatMap) -> float:
        """Its height."""
        return self.top + len(one.rows) * self.high + self.below + AXIS

    @property
    def top(self) -> float:
        """What stands above the squares."""
        return TITLE + AXIS


def drawn(one: HeatMap, size: Size, left: float) -> Iterator[str]:
    """The shapes of a map, those in front last."""
    corner = (left + size.beside, size.top)
    yield from _words(one, size, left)
    for row, squares in enumerate(one.squares):
        for column, square in enumerate(squares):
            yield _square(square, _box(corner, row, column, size))
    for arrow in arrows(one.moves, len(one.rows)):
        yield _arrow(arrow, corner, size)
    letters = _letters(one, size)
    for row, squares in enumerate(one.squares):
        for column, square in enumerate(squares):
            if square.refs:
                yield _field(square, _box(corner, row, column, size), letters)


def _box(corner: tuple[float, float], row: int, column: int, size: Size) -> Box:
    left, top = corner[0] + column * size.wide, corner[1] + row * size.high
    return Box(left, top, size.wide, size.high)


def _words(one: HeatMap, size: Size, left: float) -> Iterator[str]:
    """Its title, the words of both axes and the labels of their levels."""
    start, grid = left + size.beside, len(one.columns) * size.wide
    bottom = size.top + len(one.rows) * size.high
    told = f"{one.title}: {one.placed} {'risk' if one.placed == 1 else 'risks'}"
    title = Line(told, HEADING, bold=True, ink=NAVY)
    yield rectangle(Box(start, 0, grid, TITLE), [title], align="left")
    up = Line(f"{one.up} \u2191", LABEL, bold=True, ink=GREY)
    yield rectangle(Box(left, TITLE, size.beside + grid / 2, AXIS), [up], align="left")
    for row, label in enumerate(one.rows):
        box = Box(left, size.top + row * size.high, size.beside - 1.5, size.high)
        yield rectangle(box, [Line(label, LABEL)], align="right")
    for column, label in enumerate(one.columns):
        box = Box(start + column * size.wide, bottom + 0.8, size.wide, size.below - 0.8)
        shown = label if size.letters else (label.split() or [""])[0]
        yield rectangle(box, [Line(shown, size.letters or LABEL)], anchor="t")
    across = Line(f"{one.across} \u2192", LABEL, bold=True, ink=GREY)
    yield rectangle(Box(start, bottom + size.below, grid, AXIS), [across], align="right")


def _square(square: Square, box: Box) -> str:
    points = Line(f" {plain(square.score.points)}", POINTS, ink=square.score.band.ink)
    return rectangle(
        box, [points], fill=square.score.band.fill, edge=WHITE, align="left", anchor="t"
    )


def _letters(one: HeatMap, size: Size) -> float:
    """The size of the references of a map."""
    refs = [ref for row in one.squares for square in row for ref in square.refs]
    room = size.wide - 2 * MARGIN - 0.6
    longest = max((measure.width(printable(ref), 1.0) for ref in refs), default=0.0)
    return next((size for size in REFS if longest * size <= room), REFS[-1])


def _field(square: Square, box: Box, letters: float) -> str:
    """A white field with the number of the risks and as many references as it has room for."""
    room = Box(box.left + MARGIN, box.top + STRIP, box.wide - 2 * MARGIN, box.high - STRIP - MARGIN)
    line = letters * measure.LEADING * measure.POINT
    head = COUNT * measure.LEADING * measure.POINT
    most = int((room.high - head) / line)
    refs = [" ".join(printable(ref).split()) for ref in square.refs]
    shown = fitted(refs, most, letters, room.wide - 0.6)
    lines = [Line(str(len(refs)), COUNT, bold=True), *(Line(text, letters) for text in shown)]
    high = min(room.high, max(head + len(shown) * line + 0.4, room.high * 0.6))
    place = Box(room.left, room.top + (room.high - high) / 2, room.wide, high)
    return rectangle(place, lines, fill=WHITE, edge=GREY)


def fitted(refs: Sequence[str], most: int, size: float, room: float) -> list[str]:
    """As many references as so many lines have room for, and how many more there are."""
    for kept in range(len(refs), 0, -1):
        rest = [f"+{len(refs) - kept}"] if kept < len(refs) else []
        lines = _joined([*refs[:kept], *rest], size, room)
        if lines is not None and len(lines) <= most:
            return lines
    return []


def _joined(words: Sequence[str], size: float, room: float) -> list[str] | None:
    """References as lines; None where one of them is wider than the room."""
    lines: list[str] = []
    for word in words:
        if measure.width(word, size) > room:
            return None
        longer = f"{lines[-1]}, {word}" if lines else word
        if lines and measure.width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _arrow(arrow: Arrow, corner: tuple[float, float], size: Size) -> str:
    """A line with a head as one polygon, so that every program draws the same."""
    start, end = (
        (corner[0] + x * size.wide, corner[1] + y * size.high) for x, y in (arrow.start, arrow.end)
    )
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    way = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    tip = min(TIP, length * 0.7)
    outline = [
        *((0.0, -SHAFT), (length - tip, -SHAFT), (length - tip, -HEAD), (length, 0.0)),
        *((length - tip, HEAD), (length - tip, SHAFT), (0.0, SHAFT)),
    ]
    points = [
        (start[0] + along * way[0] - aside * way[1], start[1] + along * way[1] + aside * way[0])
        for along, aside in outline
    ]
    return polygon(points, fill=NAVY, edge=WHITE)


def legend(bands: Sequence[Band], left: float, top: float) -> Iterator[str]:
    """The bands: colour and word, mildest first."""
    for band in bands:
        wide = measure.width(band.label, LABEL) + 2.0
        yield rectangle(Box(left, top, *CHIP), fill=band.fill, edge=GREY)
        line = Line(band.label, LABEL)
        yield rectangle(Box(left + CHIP[0] + 1.2, top, wide, CHIP[1]), [line], align="left")
        left += CHIP[0] + wide + 4.0
