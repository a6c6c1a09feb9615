"""What one line of a sheet's part says of many cells: array formulas, hidden columns.

::

    <c r="B5"><f t="array" ref="B5:B7">..</f>   ->  B6 and B7 hold a formula too
    <col min="3" max="5" hidden="1"/>           ->  columns 3, 4 and 5

A cell inside an array has only a value in the file; without this it would read as typed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from riskbook.core.grid import Cell, column_number

_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def with_arrays(rows: dict[int, dict[int, Cell]], areas: Sequence[str]) -> None:
    """Give each filled cell of an area a formula that is kept elsewhere."""
    for area in areas:
        if found := _AREA.fullmatch(area):
            left, right = column_number(found[1]), column_number(found[3])
            top, bottom = int(found[2]), int(found[4])
            for row in (row for row in rows if top <= row <= bottom):
                for column, cell in rows[row].items():
                    if left <= column <= right and cell.formula is None:
                        rows[row][column] = replace(cell, formula="")


def columns_of(spans: Sequence[tuple[int, int]], left: int, right: int) -> frozenset[int]:
    """The columns from left to right that some spans of columns cover."""
    return frozenset(
        column for first, last in spans for column in range(max(first, left), min(last, right) + 1)
    )
