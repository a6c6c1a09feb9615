"""Where printed pages begin: a block that the end of a page would split begins the next one.

Sheets are fitted to the width of an A4 page on its side, so how many points of rows a page
holds follows from the widths of the columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from riskbook.core.page import STANDARD, PageRow

DIGIT, MARGIN = 5.25, 3.75  # points of a column: for each character, and beside them
UPRIGHT = 0.64  # the height of a printed page by its width, between its margins


def room(widths: Sequence[int]) -> float:
    """How many points of rows a printed page holds."""
    return sum(width * DIGIT + MARGIN for width in widths) * UPRIGHT


def height(rows: Iterable[PageRow]) -> float:
    """How high some rows are together, in points."""
    return sum(STANDARD if row.height is None else row.height for row in rows)


def paged(blocks: Iterable[Sequence[PageRow]], widths: Sequence[int]) -> tuple[PageRow, ...]:
    """The rows of some blocks, with breaks.

    A block that is longer than a page begins a new one only where half of the page is full.
    """
    most, used, rows = room(widths), 0.0, list[PageRow]()
    for block in blocks:
        high = height(block)
        split = used + high > most if high <= most else used > most / 2
        if used and split:
            used = 0
            rows += _broken(block)
        else:
            rows += block
        used = (used + high) % most
    return tuple(rows)


def _broken(block: Sequence[PageRow]) -> list[PageRow]:
    """The block with a break before its first row that is not blank."""
    first = next((at for at, row in enumerate(block) if row.cells), 0)
    return [replace(row, breaks=at == first) for at, row in enumerate(block)]
