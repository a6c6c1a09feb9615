"""How wide the columns of a table are, in millimetres.

A column is as wide as its page says, but no narrower than its longest word, as far as the
paper allows.  Where rows would become high all the same, the columns with the longest
texts get what the others can do without.
"""

from collections.abc import Sequence
from typing import Final

from riskbook.core.blocks import Table, prose
from riskbook.core.page import PageCell
from riskbook.edge.paper.printed import Styles, shown
from riskbook.edge.paper.word import measure

LETTER: Final = 1.95  # of a column for each character of its width, where a table is narrow
WIDEST: Final = 2.75  # likewise, where that much makes the table as wide as its page
SIDES: Final = 3.2  # beside the text of a cell, both together
INDENT: Final = 3.5  # before a point of a list
WORD: Final = 0.25  # of the table: no word makes a column wider than this,
LONGEST: Final = 30.0  # or than this in a narrow one
ROW: Final = 1.8  # of a row beside its lines
TALL: Final = 22.0  # a row that is higher asks for other columns
STEPS: Final = 60  # in how many parts the room is given away
POWER: Final = 3  # how much more a high cell counts than a low one


def size_of(block: Table, across: float, styles: Styles, sizes: Sequence[int]) -> int:
    """The largest size of letters at which the columns and their words fit."""
    if sum(block.widths) * LETTER <= across:
        return sizes[0]
    fits = (size for size in sizes[1:] if sum(_needs(block, across, styles, size)) <= across)
    return next(fits, sizes[-1])


def fitted(block: Table, across: float, styles: Styles, size: int) -> list[float]:
    """The width of each column; together at most ``across``."""
    whole = across / sum(block.widths)
    wanted = [width * (whole if whole <= WIDEST else LETTER) for width in block.widths]
    total = sum(wanted)
    needs = _needs(block, total, styles, size)
    if sum(needs) >= total:
        return [need * total / sum(needs) for need in needs]
    found = _shared(wanted, needs, total)
    rows = (block.head, *block.rows)
    if max(height(placed(row, found), styles, size) for row in rows) <= TALL:
        return found
    return _balanced(block, needs, total, styles, size)


def placed(cells: Sequence[PageCell], columns: Sequence[float]) -> list[tuple[PageCell, float]]:
    """Each cell of a row with its width; what a wide one covers is left out."""
    filled = (*cells, *[PageCell()] * (len(columns) - len(cells)))
    found, place = [], 0
    while place < len(columns):
        span = max(filled[place].span, 1)
        found.append((filled[place], sum(columns[place : place + span])))
        place += span
    return found


def height(cells: Sequence[tuple[PageCell, float]], styles: Styles, size: int) -> float:
    """About how high a row becomes."""
    found = 0.0
    for cell, width in cells:
        told = [line.text for line in prose(shown(cell, styles))] or [""]
        found = max(found, measure.height(told, size, width - SIDES))
    return found + ROW


def _needs(block: Table, total: float, styles: Styles, size: int) -> list[float]:
    """What the longest word of each column takes, up to a fraction of the table."""
    found = [0.0] * len(block.widths)
    for row in (block.head, *block.rows):
        for place, cell in enumerate(row[: len(found)]):
            if cell.span == 1:
                bold = bool(styles[cell.style].get("bold"))
                for line in prose(shown(cell, styles)):
                    word = measure.longest_word(line.text, size, bold=bold)
                    found[place] = max(found[place], word + INDENT * line.point)
    return [min(word + SIDES, max(total * WORD, LONGEST)) for word in found]


def _shared(wanted: Sequence[float], needs: Sequence[float], total: float) -> list[float]:
    """What each wants, to scale; those that need more get what they need."""
    fixed: set[int] = set()
    while True:
        free = [place for place in range(len(wanted)) if place not in fixed]
        left = total - sum(needs[place] for place in fixed)
        scale = left / sum(wanted[place] for place in free)
        tight = {place for place in free if wanted[place] * scale < needs[place]}
        if not tight:
            return [
                needs[place] if place in fixed else width * scale
                for place, width in enumerate(wanted)
            ]
        fixed |= tight


def _balanced(
    block: Table, needs: Sequence[float], total: float, styles: Styles, size: int
) -> list[float]:
    """The room that is left goes, part by part, to the column where it saves the most height."""
    texts = [_texts(block, place, styles, size) for place in range(len(needs))]
    found = list(needs)
    step = (total - sum(needs)) / STEPS
    costs = [_cost(text, width) for text, width in zip(texts, found, strict=True)]
    wider = [_cost(text, width + step) for text, width in zip(texts, found, strict=True)]
    for _ in range(STEPS):
        best = max(range(len(found)), key=lambda place: costs[place] - wider[place])
        found[best] += step
        costs[best], wider[best] = wider[best], _cost(texts[best], found[best] + step)
    return found


def _texts(block: Table, place: int, styles: Styles, size: int) -> list[tuple[int, float]]:
    """Of each cell of a column: how many lines it has at least, and how long all of them are."""
    found = []
    for row in block.rows:
        if place < len(row) and row[place].span == 1:
            told = [line.text for line in prose(shown(row[place], styles))]
            found.append((len(told), sum(measure.width(text, size) for text in told)))
    return found


def _cost(texts: Sequence[tuple[int, float]], width: float) -> float:
    return sum((least / 2 + long / (width - SIDES)) ** POWER for least, long in texts)
