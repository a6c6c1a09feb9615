"""One heat map as shapes: title, labels, squares, arrows, and who stands in the squares.

::

    title
    up  X
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
from riskbook.edge.paper.arrows import BEFORE, Arrow, arrows
from riskbook.edge.paper.word import measure
from riskbook.edge.paper.word.fields import REACH, STRIP, WHITE, field, letters_for
from riskbook.edge.paper.word.shapes import Box, Line, Spread, polygon, rectangle
from riskbook.edge.template.looks import GREY, NAVY

LABEL, HEADING, POINTS = 8.0, 10.0, 7.5  # letters
TITLE, AXIS, FOOT = 6.5, 4.8, 6.5  # the height of a title, an axis' word, the legend
ASIDE: Final = 1.5  # between the labels at the left and the squares
NEAR: Final = 0.01  # squares: as good as nothing
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
            box = _box(corner, row, column, size)
            yield rectangle(box, fill=square.score.band.fill, edge=WHITE)
    for arrow in arrows(one.moves, len(one.rows)):
        yield _arrow(arrow, corner, size)
    letters = letters_for(one, size.wide, size.high)
    for row, squares in enumerate(one.squares):
        yield _strip(squares, _box(corner, row, 0, size))
        for column, square in enumerate(squares):
            if square.refs:
                yield field(square, _box(corner, row, column, size), letters)


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
        box = Box(left, size.top + row * size.high, size.beside - ASIDE, size.high)
        yield rectangle(box, [Line(label, LABEL)], align="right")
    for column, label in enumerate(one.columns):
        box = Box(start + column * size.wide, bottom + 0.8, size.wide, size.below - 0.8)
        shown = label if size.letters else (label.split() or [""])[0]
        yield rectangle(box, [Line(shown, size.letters or LABEL)], anchor="t")
    across = Line(f"{one.across} \u2192", LABEL, bold=True, ink=GREY)
    yield rectangle(Box(start, bottom + size.below, grid, AXIS), [across], align="right")


def _strip(squares: Sequence[Square], first: Box) -> str:
    """The points of each square of a row."""
    texts = [
        (column * first.wide + 1.0, "left", Line(plain(score.points), POINTS, ink=score.band.ink))
        for column, score in enumerate(square.score for square in squares)
    ]
    box = Box(first.left, first.top, first.wide * len(squares), STRIP)
    return rectangle(box, [Spread(texts)], align="left")


def _arrow(arrow: Arrow, corner: tuple[float, float], size: Size) -> str:
    """A line with a head as one polygon, so that every program draws the same."""
    start, end = _ends(arrow, corner, size)
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


def _ends(
    arrow: Arrow, corner: tuple[float, float], size: Size
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both ends in millimetres; one that does not come from above stops before the field."""
    across, down = arrow.end[0] - arrow.start[0], arrow.end[1] - arrow.start[1]
    longer = max(abs(across), abs(down))
    cut = (BEFORE - REACH) / longer if down < abs(across) - NEAR else 0.0
    ends = (arrow.start, (arrow.end[0] - across * cut, arrow.end[1] - down * cut))
    start, end = ((corner[0] + x * size.wide, corner[1] + y * size.high) for x, y in ends)
    return start, end


def legend(bands: Sequence[Band], left: float, top: float) -> Iterator[str]:
    """The bands: colour and word, mildest first."""
    for band in bands:
        wide = measure.width(band.label, LABEL) + 2.0
        yield rectangle(Box(left, top, *CHIP), fill=band.fill, edge=GREY)
        line = Line(band.label, LABEL)
        yield rectangle(Box(left + CHIP[0] + 1.2, top, wide, CHIP[1]), [line], align="left")
        left += CHIP[0] + wide + 4.0
