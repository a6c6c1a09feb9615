"""Heat maps as plain data for report.typ: squares, their words, and arrows between them.

Places and arrows are in squares, from the upper left corner; report.typ draws them to
size.  Maps lie beside each other as long as their squares stay large enough to be read;
each row of maps is a picture with alternative text of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from riskbook.core.blocks import Picture
from riskbook.core.heatmap import HeatMap, Square, described, standing
from riskbook.core.scoring import plain
from riskbook.edge.paper.arrows import arrows
from riskbook.edge.paper.pdf.widths import MM, ending, millimetres, widest
from riskbook.edge.paper.printed import printable

GAP = 7.0  # millimetres between two maps
AXIS = 5.5  # millimetres: the word beside an axis
LEAST, MOST = 10.0, 25.0  # millimetres: the width of a square
HIGH = (0.92, 1.1, 1.3, 1.5)  # of their width: squares are as high as their references need
LABELS = (9.0, 25.0)  # millimetres: the labels beside the squares, at least and at most
SLANT = 26.0  # millimetres: the most for labels that stand upright below the squares
TYPE, SMALL = 8.0, 6.3  # points: the labels, as large and as small as they get
REFS = (7.5, 7.0, 6.5, 6.0)  # points: references in a square
REGULAR = 0.92  # the width of regular type beside the widest
LEADING = 1.12  # of their size, from line to line
MARGIN = 1.4  # millimetres: at both sides of them together
STRIP = 5.6  # millimetres: points and count at the head of a square, and its foot
LANGUAGE = 0.5  # of an alternative text are letters, at least
MANY = 99  # more references than this never fit
AROUND = 34.0  # millimetres: title, labels, axis and legend above and below the squares


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the squares of a picture are, in millimetres, and its type in points."""

    wide: float
    high: float
    beside: float  # the labels at the left
    labels: float  # points
    upright: bool  # whether the labels below the squares stand on end


def pictures(picture: Picture, room: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """The rows of maps of a picture on a page of so many millimetres."""
    maps = [each for each in picture.maps if each.columns and each.rows]
    if not maps:
        return
    per, size = _size(maps, room)
    rows = [maps[start : start + per] for start in range(0, len(maps), per)]
    together = len(rows) * (size.high * len(maps[0].rows) + AROUND) <= room[1]
    for shown in rows:
        explained = shown is rows[-1] or not together
        yield {
            "kind": "picture",
            "alt": _heard(printable(picture.alt if len(rows) == 1 else described(shown)), shown),
            "maps": [_map(each, size) for each in shown],
            "bands": _bands(maps) if explained else [],
            "legend": _legend(maps),
            "size": {name: getattr(size, name) for name in Size.__slots__},
            "gap": GAP,
            "axis": AXIS,
        }


def _heard(alt: str, maps: Sequence[HeatMap]) -> str:
    """The alternative text; without references where they would be most of it.

    Who hears hundreds of references and figures hears no sentence any more.
    """
    letters = sum(letter.isalpha() for letter in alt)
    if letters >= LANGUAGE * len(alt):
        return alt
    told = []
    for each in maps:
        squares = [
            f"{where} in the band {square.score.band.label}" for where, square in standing(each)
        ]
        told.append(f"Heat map, {each.title}: how many risks stand where. {'; '.join(squares)}.")
    return printable(" ".join(told))


def _legend(maps: Sequence[HeatMap]) -> str:
    """What the figures in a square mean, and the arrows where there are any."""
    said = "In each square: its score, how many risks stand there (in the circle) and which."
    if any(arrows(each.moves, len(each.rows)) for each in maps):
        said += (
            " An arrow leads from where a risk stood at the stage before to where it stands;"
            " a figure on it says for how many."
        )
    return said


def _size(maps: Sequence[HeatMap], room: tuple[int, int]) -> tuple[int, Size]:
    """How many maps lie beside each other, and how large they are.

    As many as there are with squares that can be read; then labels at the left in one line,
    unless they take the room that those below the squares need to lie flat.
    """
    besides = [_beside(maps, millimetres), _beside(maps, widest)]
    ways = [
        (per, beside, _wide(maps, per, beside, room[0]))
        for per in range(len(maps), 0, -1)
        for beside in besides
    ]
    most = next((way[0] for way in ways if way[2] >= LEAST), 1)
    ways = [way for way in ways if way[0] == most]
    flat = (way for way in ways if _labels(maps, way[2]) >= SMALL and way[2] >= LEAST)
    per, beside, wide = next(flat, ways[-1])
    wide = min(wide, MOST)
    upper = room[1] - AROUND - SLANT
    most_high = upper / max(len(each.rows) for each in maps)
    labels = _labels(maps, wide)
    sizes = [
        Size(
            wide=round(wide, 3),
            high=round(min(wide * share, most_high), 3),
            beside=beside,
            labels=TYPE if labels < SMALL else round(labels, 2),
            upright=labels < SMALL,
        )
        for share in HIGH
    ]
    return per, next((size for size in sizes if _roomy(maps, size)), sizes[1])


def _roomy(maps: Sequence[HeatMap], size: Size) -> bool:
    """Whether every square shows all of its references."""
    return all(
        len(_lines(square.refs, size.wide - MARGIN, REFS[-1])) <= _most(size, REFS[-1])
        for each in maps
        for row in each.squares
        for square in row
    )


def _labels(maps: Sequence[HeatMap], wide: float) -> float:
    """The size in points in which the widest word below the squares fits."""
    words = (printable(label) for each in maps for label in each.columns)
    longest = max(widest(word, REGULAR) for word in words)  # millimetres at one point
    return min(TYPE, (wide - 0.4) / longest) if longest else TYPE


def _beside(maps: Sequence[HeatMap], measured: Callable[[str, float], float]) -> float:
    """The room for the labels at the left of the squares, in one line or in several."""
    longest = max(measured(printable(label), TYPE) for each in maps for label in each.rows)
    return round(min(max(longest + 2, LABELS[0]), LABELS[1]), 3)


def _wide(maps: Sequence[HeatMap], per: int, beside: float, across: float) -> float:
    """The width of a square where so many maps lie beside each other."""
    columns = max(len(each.columns) for each in maps)
    return ((across - (per - 1) * GAP) / per - beside - AXIS) / columns


def _bands(maps: Sequence[HeatMap]) -> list[dict[str, str]]:
    """The bands of the squares, mildest first."""
    found = {square.score.band for each in maps for row in each.squares for square in row}
    return [
        {"word": band.label, "fill": band.fill, "ink": band.ink}
        for band in sorted(found, key=lambda band: (band.least, band.most))
    ]


def _map(one: HeatMap, size: Size) -> dict[str, Any]:
    return {
        "title": printable(one.title),
        "across": printable(one.across),
        "up": printable(one.up),
        "columns": [printable(label) for label in one.columns],
        "rows": [printable(label) for label in one.rows],
        "squares": [[_square(square, size) for square in row] for row in one.squares],
        "arrows": [
            {"start": arrow.start, "end": arrow.end, "count": arrow.count}
            for arrow in arrows(one.moves, len(one.rows))
        ],
    }


def _square(square: Square, size: Size) -> dict[str, Any]:
    type_, lines = fitted([" ".join(printable(ref).split()) for ref in square.refs], size)
    return {
        "points": plain(square.score.points),
        "fill": square.score.band.fill,
        "ink": square.score.band.ink,
        "count": len(square.refs),
        "type": type_,
        "lines": lines,
    }


def fitted(refs: Sequence[str], size: Size) -> tuple[float, list[str]]:
    """The references in a square, in lines, and the size of their type in points.

    As many as it has room for, in type as large as shows them all; then how many more
    there are.
    """
    for points in REFS:
        found = _lines(refs, size.wide - MARGIN, points)
        if len(found) <= _most(size, points):
            return points, found
    points = REFS[-1]
    for kept in range(min(len(refs), MANY), 0, -1):
        found = _lines([*refs[:kept], f"+{len(refs) - kept}"], size.wide - MARGIN, points)
        if len(found) <= _most(size, points):
            return points, found
    return points, [f"+{len(refs)}"]


def _most(size: Size, points: float) -> int:
    """How many lines of references a square holds."""
    return int((size.high - STRIP) / (points * MM * LEADING))


def _lines(words: Sequence[str], room: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        cut = ending(word, room, size)
        longer = f"{lines[-1]}{' ' if word.startswith('+') else ', '}{cut}" if lines else cut
        if lines and millimetres(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(cut)
    return lines
