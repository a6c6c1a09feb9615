"""What one line of a sheet's part says of many cells: formulas of several, hidden columns.

::

    <c r="B5"><f t="array" ref="B5:B7">..</f>   ->  B6 and B7 hold a formula too
    <f t="shared" si="0"/>                      ->  the formula that si 0 had first
    <col min="3" max="5" hidden="1"/>           ->  columns 3, 4 and 5

A cell inside an array has only a value in the file; without this it would read as typed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from riskbook.core.grid import Cell, column_number
from riskbook.errors import RefusedError

MOST_VISITS = 10_000_000  # of cells, an array at a time: more than any honest sheet needs

_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


# texts, quoted names and columns of tables: what looks like an address there is none
_WORDS = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^\[\]]|\[[^\[\]]*\])*\]""")
_ADDRESS = re.compile(
    r"(?<![\w.])(?:\$?[A-Za-z]{1,3}\$?[0-9]+(?![\w(])|\$?[A-Za-z]{1,3}:\$?[A-Za-z]|\$?[0-9]+:\$?[0-9])"
)


def moves(formula: str) -> bool:
    """Whether a formula says another thing in another cell: it has an address."""
    return bool(_ADDRESS.search(_WORDS.sub("", formula)))


def with_arrays(rows: dict[int, dict[int, Cell]], areas: Sequence[str]) -> None:
    """Give each filled cell of an area a formula that is kept elsewhere.

    Raises:
        RefusedError: the areas lie over one another so often that it would take minutes.
    """
    order, visits = sorted(rows), 0
    for found in filter(None, map(_AREA.fullmatch, areas)):
        left, right = column_number(found[1]), column_number(found[3])
        for row in order[bisect_left(order, int(found[2])) : bisect_right(order, int(found[4]))]:
            visits += len(rows[row])
            if visits > MOST_VISITS:
                raise RefusedError(
                    "A sheet has too many array formulas over too many cells.",
                    fix="replace array formulas over whole columns by ordinary ones, try again.",
                )
            for column, cell in rows[row].items():
                if left <= column <= right and cell.formula is None:
                    rows[row][column] = replace(cell, formula="")


def columns_of(spans: Sequence[tuple[int, int]], left: int, right: int) -> frozenset[int]:
    """The columns from left to right that some spans of columns cover."""
    return frozenset(
        column for first, last in spans for column in range(max(first, left), min(last, right) + 1)
    )
