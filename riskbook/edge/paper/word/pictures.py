"""Heat maps as drawings: how large they are, and what of them stands beside each other.

Maps lie side by side as long as their squares are large enough to be read; else in rows,
each a picture of its own.  Lengths are millimetres, sizes of letters points.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.core.blocks import Picture
from riskbook.core.heatmap import HeatMap, described
from riskbook.core.scoring import Band
from riskbook.edge.paper.word import measure
from riskbook.edge.paper.word.elements import paragraph, run
from riskbook.edge.paper.word.fields import REFS, height_for, width_for
from riskbook.edge.paper.word.maps import (
    ASIDE,
    AXIS,
    CHIP,
    FOOT,
    LABEL,
    TITLE,
    Size,
    drawn,
    legend,
)
from riskbook.edge.paper.word.shapes import group
from riskbook.edge.paper.word.sheets import Sheet

GAP: Final = 8.0  # between two maps
LEAST: Final = (12.0, 24.0)  # a square: what it needs for references lies between these
MOST: Final = (30.0, 19.0)  # the width and the height of a square
UPRIGHT: Final = 1.3  # times its width: the most for a crowded one
SHARE: Final = 0.78  # of the height of a page: a heading and a caption stand there too
SMALL: Final = 6.5  # letters: smaller ones are not read
BESIDE: Final = (5.0, 25.0)  # labels at the left, at least and at most
ONE_LINE: Final = 15.0  # a longer label has two lines


def pictures(picture: Picture, sheet: Sheet, before: int) -> Iterator[list[BaseOxmlElement]]:
    """The paragraphs of each drawing of a picture; so many drawings came before."""
    maps = [each for each in picture.maps if each.columns and each.rows]
    if not maps:
        return
    least = _least(maps)
    per = next((n for n in range(len(maps), 1, -1) if _wide(maps, n, sheet) >= least), 1)
    size = _size(maps, per, sheet)
    for number, start in enumerate(range(0, len(maps), per), start=before + 1):
        shown = maps[start : start + per]
        alt = picture.alt if len(shown) == len(picture.maps) else described(shown)
        yield [
            paragraph("Picture", _drawing(shown, _bands(maps), size, number, alt)),
            paragraph("Caption", run(_caption(shown))),
        ]


def _drawing(
    maps: Sequence[HeatMap], bands: Sequence[Band], size: Size, number: int, alt: str
) -> BaseOxmlElement:
    shapes: list[str] = []
    left, high = 0.0, 0.0
    for one in maps:
        shapes += drawn(one, size, left)
        left += size.across(one) + GAP
        high = max(high, size.down(one))
    shapes += legend(bands, size.beside, high + FOOT - CHIP[1] - 0.5)
    return group(shapes, left - GAP, high + FOOT, number=number, alt=alt)


def _caption(maps: Sequence[HeatMap]) -> str:
    told = [
        "Each square shows its score; a white field in it, how many risks stand there, and which."
    ]
    if any(move.before != move.after for each in maps for move in each.moves):
        told.append("Arrows lead from where the risks stood to where they stand.")
    return " ".join(told)


def _bands(maps: Sequence[HeatMap]) -> list[Band]:
    """The bands of the squares, mildest first."""
    found = {square.score.band for each in maps for row in each.squares for square in row}
    return sorted(found, key=lambda band: (band.least, band.most, band.key))


def _beside(maps: Sequence[HeatMap]) -> float:
    """The room for the labels at the left: their longest word, or two lines of the longest."""
    labels = [label for each in maps for label in each.rows]
    whole = max(measure.width(label, LABEL) for label in labels) + 0.5
    word = max(measure.longest_word(label, LABEL) for label in labels)
    wide = whole if whole <= ONE_LINE else max(word, whole * 0.6)
    return min(max(wide, BESIDE[0]), BESIDE[1]) + ASIDE


def _least(maps: Sequence[HeatMap]) -> float:
    """The width of a square with room for the longest reference."""
    refs = [ref for one in maps for row in one.squares for square in row for ref in square.refs]
    longest = max((measure.width(ref, REFS[-1]) for ref in refs), default=0.0)
    return min(max(width_for(longest), LEAST[0]), LEAST[1])


def _wide(maps: Sequence[HeatMap], per: int, sheet: Sheet) -> float:
    """The width of a square where so many maps lie beside each other."""
    columns = max(len(each.columns) for each in maps)
    return ((sheet.across - (per - 1) * GAP) / per - _beside(maps)) / columns


def _size(maps: Sequence[HeatMap], per: int, sheet: Sheet) -> Size:
    wide = min(_wide(maps, per, sheet), MOST[0])
    letters = _letters(maps, wide)
    below = _below(maps, wide, letters)
    rows = max(len(each.rows) for each in maps)
    room = sheet.down * SHARE - TITLE - AXIS * 2 - below - FOOT
    high = min(max(min(wide, MOST[1]), _crowd(maps)), wide * UPRIGHT, room / rows)
    return Size(beside=_beside(maps), wide=wide, high=high, below=below, letters=letters)


def _crowd(maps: Sequence[HeatMap]) -> float:
    """The height of a square with room for all its references, were each on a line."""
    most = max(len(square.refs) for one in maps for row in one.squares for square in row)
    return height_for(most)


def _letters(maps: Sequence[HeatMap], wide: float) -> float:
    """The size of the labels below the squares; 0 where only their numbers have room."""
    longest = max(
        (measure.longest_word(label, 1.0) for each in maps for label in each.columns), default=0.0
    )
    fit = min(LABEL, (wide - 0.6) / longest) if longest else LABEL
    return fit if fit >= SMALL else 0.0


def _below(maps: Sequence[HeatMap], wide: float, letters: float) -> float:
    lines = max(
        len(measure.wrapped(label, letters, wide)) if letters else 1
        for each in maps
        for label in each.columns
    )
    return lines * (letters or LABEL) * measure.LEADING * measure.POINT + 1.0
