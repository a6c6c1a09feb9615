"""Tables as plain data for report.typ: columns in millimetres, cells as prose and spans.

::

    blocks.Table  ->  {"kind": "table", "columns": [mm, ...], "size": pt, "head": [cell, ...],
                       "rows": [[cell, ...], ...], "splits": [bool, ...], "whole": bool}
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import Any, TypeAlias

from riskbook.core.blocks import Table, prose
from riskbook.core.page import PageCell
from riskbook.edge.paper.pdf.headings import stacked
from riskbook.edge.paper.pdf.widths import MM, overlong, shared_out, widest
from riskbook.edge.paper.printed import Styles, shown

Shown: TypeAlias = tuple[PageCell, str]  # a cell and its text on paper

INSET = 1.5  # millimetres, at each side of a cell
LETTER = 1.95  # millimetres of a column for a character of its width, as on the sheet
FULL = 0.65  # of the page's width: a table that takes so much on the sheet takes all of it
SIZES = ((1.6, 9.5), (1.35, 9.0), (1.1, 8.5), (0.9, 8.0))  # millimetres a character -> points
SMALLEST = 7.5  # points
FEW = 4  # columns: such a table is easily read in the largest type, however wide its sheet
BREAKS = 14  # lines: a row with a longer cell may be split between pages
TOGETHER = 16  # lines: a smaller table stays on one page
WORD = 40  # letters: a column is made as wide as words of its short texts, up to this length
SHORT = 80  # letters
MANY = 5  # columns
HIGH, TALL = 20, 35  # lines: a table of many columns, or of few, gives room to where its texts are


def table(one: Table, across: float, styles: Styles) -> dict[str, Any]:
    """A table that is at most so many millimetres wide."""
    lines = [_padded(row, len(one.widths), styles) for row in (one.head, *one.rows)]
    used = max(1, *(_used(line) for line in lines))
    lines, widths = [line[:used] for line in lines], one.widths[:used]
    size, columns = _columns(lines, widths, across)
    cells = [list(_cells(line, columns, size, styles)) for line in lines]
    heights = [max(_height(cell, size) for cell in row) for row in cells]
    if max(heights) > (HIGH if used >= MANY else TALL):
        size, columns = _columns(lines, _by_content(lines, widths), across)
        cells = [list(_cells(line, columns, size, styles)) for line in lines]
        heights = [max(_height(cell, size) for cell in row) for row in cells]
    _stand_alike(cells)
    head = cells[0]
    texts, side = stacked(
        [" ".join(_plain(cell["told"])) for cell in head], [cell["room"] for cell in head], size
    )
    return {
        "kind": "table",
        "columns": [round(width, 3) for width in columns],
        "size": size,
        "head": [_said({**cell, "told": t}) for cell, t in zip(head, texts, strict=True)],
        "side": side,
        "rows": [[_said(cell) for cell in row] for row in cells[1:]],
        "splits": [height > BREAKS for height in heights[1:]],
        "lines": sum(heights),
        "whole": sum(heights) <= TOGETHER,
    }


def _used(line: Sequence[Shown]) -> int:
    """How many columns of a row hold something; blank ones at the right are not printed."""
    return max((place + 1 for place, (_, text) in enumerate(line) if text), default=0)


def _by_content(lines: Sequence[Sequence[Shown]], widths: Sequence[int]) -> list[float]:
    """Widths half as the table has them and half by how much text each column holds."""
    held = [0] * len(widths)
    for line in lines:
        for place, (cell, text) in enumerate(line):
            held[place] += len(text) if cell.span == 1 else 0
    total, all_held = sum(widths), max(1, sum(held))
    return [
        (width + total * count / all_held) / 2 for width, count in zip(widths, held, strict=True)
    ]


@lru_cache(maxsize=8_192)  # headings and short entries stand in many tables
def told(text: str) -> str | list[list[Any]]:
    """A text as report.typ sets it, not to be changed: a line, or [[is a list, [line ...]] ...]."""
    lines = list(prose(text))
    if len(lines) < 2 and not any(line.point for line in lines):
        return lines[0].text if lines else ""
    return [
        [point, [line.text for line in group]]
        for point, group in groupby(lines, key=lambda line: line.point)
    ]


def _padded(row: Sequence[PageCell], columns: int, styles: Styles) -> list[Shown]:
    """A row of so many cells, each with its text."""
    cells = [*row, *[PageCell()] * (columns - len(row))][:columns]
    return [(cell, shown(cell, styles)) for cell in cells]


def _columns(
    lines: Sequence[Sequence[Shown]], widths: Sequence[float], across: float
) -> tuple[float, list[float]]:
    """The size of the type in points, and the columns' widths in millimetres."""
    unit = across / sum(widths)
    unit = unit if sum(widths) * LETTER >= FULL * across else LETTER
    shares = [width * unit for width in widths]
    first = next((size for least, size in SIZES if unit >= least), SMALLEST)
    if len(widths) <= FEW:
        first = SIZES[0][1]
    sizes = [size for _, size in SIZES if size <= first] + [SMALLEST]
    for size in sizes:
        found = shared_out(shares, _needs(lines, size), across)
        if found is not None:
            return size, found
    return SMALLEST, shares


def _needs(lines: Sequence[Sequence[Shown]], size: float) -> list[float]:
    """What each column must have so that no word of a short text is broken."""
    needs = [4 * INSET] * len(lines[0])
    for line in lines:
        for place, (cell, text) in enumerate(line):
            if cell.span == 1 and len(text) <= SHORT:
                needs[place] = max(needs[place], _need(text, size))
    return needs


@lru_cache(maxsize=8_192)
def _need(text: str, size: float) -> float:
    """The millimetres of a cell in which no word of a short text is broken."""
    kept = " ".join(word for word in text.split() if len(word) <= WORD)
    return widest(kept, size) + 2 * INSET + 0.4


def _cells(
    line: Sequence[Shown], columns: Sequence[float], size: float, styles: Styles
) -> Iterator[dict[str, Any]]:
    """The cells of a row without those that another one covers."""
    place = 0
    while place < len(line):
        cell, text = line[place]
        span = min(max(cell.span, 1), len(line) - place)
        room = sum(columns[place : place + span]) - 2 * INSET
        yield {
            "told": told(text),
            "style": cell.style,
            "align": styles[cell.style].get("align", "left"),
            "span": span,
            "room": round(room, 3),
            "long": overlong(text, room - 5, size),  # a point of a list has less room
        }
        place += span


def _stand_alike(rows: Sequence[Sequence[dict[str, Any]]]) -> None:
    """A heading stands where its figures stand."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return
    for above, below in zip(rows[0], rows[1], strict=True):
        if above["align"] == "left":
            above["align"] = below["align"]


def _height(cell: dict[str, Any], size: float) -> int:
    """About how many lines a cell has."""
    across = max(1.0, cell["room"] / (0.5 * size * MM))
    return sum(max(1, ceil(len(text) / across)) for text in _plain(cell["told"]))


def _plain(told: str | list[list[Any]]) -> list[str]:
    """The paragraphs and points of a text."""
    return [told] if isinstance(told, str) else [text for _, group in told for text in group]


def _said(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell without what goes without saying."""
    usual = {"align": "left", "span": 1, "long": False}
    return {name: value for name, value in cell.items() if usual.get(name) != value}
