"""Heat maps as plain data for report.typ: squares, their words, and arrows between them.

Places and arrows are in squares, from the upper left corner; report.typ draws them to
size.  Maps lie beside each other as long as their squares stay large enough to be read;
each row of maps is a picture with alternative text of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from riskbook.core.blocks import Picture
from riskbook.core.heatmap import HeatMap, Square, described
from riskbook.core.scoring import Band, plain
from riskbook.edge.pdf.arrows import arrows
from riskbook.edge.pdf.widths import MM, millimetres, shortened, widest
from riskbook.edge.printed import printable

GAP = 7.0  # millimetres between two maps
AXIS = 5.5  # millimetres: the word beside an axis
LEAST, MOST = 11.0, 25.0  # millimetres: the width of a square
LABELS = (9.0, 25.0)  # millimetres: the labels beside the squares, at least and at most
SLANT = 26.0  # millimetres: the most for labels that stand upright below the squares
TYPE, SMALL = 8.0, 6.0  # points: the labels, as large and as small as they get
REFS = (7.5, 7.0, 6.5, 6.0)  # points: references in a square
STRIP = 4.4  # millimetres: points and count at the head of a square
AROUND = 34.0  # millimetres: title, labels, axis and legend above and below the squares


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the squares of a picture are, in millimetres, and its type in points."""

    wide: float
    high: float
    beside: float  # the labels at the left
    labels: float  # points
    upright: bool  # whether the labels below the squares stand on end
    refs: float  # points


def pictures(picture: Picture, room: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """The rows of maps of a picture on a page of so many millimetres."""
    maps = [each for each in picture.maps if each.columns and each.rows]
    if not maps:
        return
    beside = _beside(maps)
    per = max(
        (n for n in range(1, len(maps) + 1) if _wide(maps, n, beside, room[0]) >= LEAST), default=1
    )
    size = _size(maps, per, beside, room)
    bands = _bands(maps)
    for start in range(0, len(maps), per):
        shown = maps[start : start + per]
        yield {
            "kind": "picture",
            "alt": printable(picture.alt if len(shown) == len(maps) else described(shown)),
            "maps": [_map(each, size) for each in shown],
            "bands": [{"word": band.label, "fill": band.fill, "ink": band.ink} for band in bands],
            "size": {name: getattr(size, name) for name in Size.__slots__},
            "legend": _legend(shown),
            "gap": GAP,
            "axis": AXIS,
        }


def _legend(maps: Sequence[HeatMap]) -> str:
    """What the figures in a square mean, and the arrows where there are any."""
    said = "In each square: its score, how many risks stand there (in the circle) and which."
    if any(arrows(each.moves, len(each.rows)) for each in maps):
        said += (
            " An arrow leads from where a risk stood at the stage before to where it stands;"
            " a figure on it says for how many."
        )
    return said


def _beside(maps: Sequence[HeatMap]) -> float:
    """The room for the labels at the left of the squares."""
    longest = max(widest(printable(label), TYPE) for each in maps for label in each.rows)
    return round(min(max(longest + 1.5, LABELS[0]), LABELS[1]), 3)


def _wide(maps: Sequence[HeatMap], per: int, beside: float, across: float) -> float:
    """The width of a square where so many maps lie beside each other."""
    columns = max(len(each.columns) for each in maps)
    return ((across - (per - 1) * GAP) / per - beside - AXIS) / columns


def _size(maps: Sequence[HeatMap], per: int, beside: float, room: tuple[int, int]) -> Size:
    wide = min(_wide(maps, per, beside, room[0]), MOST)
    upper = room[1] - AROUND - SLANT
    high = min(wide * 0.92, upper / max(len(each.rows) for each in maps))
    labels = [printable(label) for each in maps for label in each.columns]
    longest = max(widest(label, 1) for label in labels)  # millimetres at one point
    fit = min(TYPE, (wide - 0.8) / longest) if longest else TYPE
    refs = [ref for each in maps for row in each.squares for square in row for ref in square.refs]
    inside = wide - 1.6
    sizes = (s for s in REFS if all(millimetres(printable(r), s) <= inside for r in refs))
    return Size(
        wide=round(wide, 3),
        high=round(high, 3),
        beside=beside,
        labels=TYPE if fit < SMALL else round(fit, 2),
        upright=fit < SMALL,
        refs=next(sizes, REFS[-1]),
    )


def _bands(maps: Sequence[HeatMap]) -> list[Band]:
    """The bands of the squares, mildest first."""
    found = {square.score.band for each in maps for row in each.squares for square in row}
    return sorted(found, key=lambda band: (band.least, band.most))


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
    return {
        "points": plain(square.score.points),
        "fill": square.score.band.fill,
        "ink": square.score.band.ink,
        "count": len(square.refs),
        "lines": fitted([printable(ref) for ref in square.refs], size),
    }


def fitted(refs: Sequence[str], size: Size) -> list[str]:
    """As many references as a square has room for, in lines; then how many more there are."""
    room = size.wide - 1.6
    most = max(1, int((size.high - STRIP) / (size.refs * MM * 1.25)))
    for kept in range(len(refs), -1, -1):
        rest = [f"+{len(refs) - kept}"] if kept < len(refs) else []
        lines = _lines([*refs[:kept], *rest], room, size.refs)
        if len(lines) <= most:
            return lines
    return [f"+{len(refs)}"]


def _lines(words: Sequence[str], room: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        word = shortened(" ".join(word.split()), room, size)
        longer = f"{lines[-1]}, {word}" if lines else word
        if lines and millimetres(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
