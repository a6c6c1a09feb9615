"""A page is plain data: what one of riskbook's own sheets shows, before any file.

A page is written as one block from cell A1.  A style is a *name*; what it looks
like belongs to the template, so a council restyles a sheet without any code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from riskbook.core.charts import Chart
from riskbook.core.grid import CellRef
from riskbook.core.scoring import Band

LINE = 12.75  # points: one line of the template's body text
STANDARD = 15.0  # points: a row that has no height of its own
HIGHEST = 409.0  # points: the most that Excel gives a row
PROSE = 1.1  # letters to a character of width, which is a digit of the default font

PageValue: TypeAlias = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell: its value, the name of its style, and the cell it links to.

    ``span`` is how many columns it covers; the covered cells follow it, blank and in the
    same style (:func:`spanning`).
    """

    value: PageValue = None
    style: str = "rb text"
    link: CellRef | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class PageRow:
    """Cells from column A on; ``height`` in points, None = as the sheet's default, 0 = hidden.

    With ``breaks`` a printed page begins with this row.
    """

    cells: tuple[PageCell, ...] = ()
    height: float | None = None
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """All of one sheet, row 1 first; ``charts`` are those that the template puts on it."""

    sheet: str
    rows: tuple[PageRow, ...]
    charts: tuple[Chart, ...] = ()


def spanning(cell: PageCell, columns: int) -> tuple[PageCell, ...]:
    """A cell over so many columns, and the blank cells that it covers."""
    return (replace(cell, span=columns), *[PageCell(None, cell.style)] * (columns - 1))


def height_of(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height in points of a row of wrapped texts; widths of its columns in characters."""
    lines = max(map(lines_of, texts, widths), default=1)
    return min(HIGHEST, lines * LINE + 2)


def lines_of(text: str, width: int) -> int:
    """How many lines a wrapped text takes in a width, in characters."""
    fit = max(1, int(width * PROSE))
    return sum(_wrapped(line, fit) for line in text.split("\n"))


def _wrapped(line: str, fit: int) -> int:
    """How many lines a paragraph takes: a word that does not fit goes on the next one."""
    lines, used = 1, 0
    for word in line.split(" ") if len(line) > fit else ():
        needed = len(word) + (used > 0)
        if used + needed > fit:
            lines += (used > 0) + (max(len(word), 1) - 1) // fit
            needed, used = (max(len(word), 1) - 1) % fit + 1, 0
        used += needed
    return lines


def band_style(bands: Sequence[Band], band: Band) -> str:
    """The name of the style that shows a band: ``rb band 1`` is the mildest.

    Bands of one colour share a style: a workbook keeps each look once.
    """
    looks = [f"{other.fill} {other.ink}".upper() for other in bands]
    return f"rb band {looks.index(f'{band.fill} {band.ink}'.upper()) + 1}"
