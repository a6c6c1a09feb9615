"""Neighbouring cells that have lost the same are one finding, and are looked at once.

::

    table A5:U1048576, cells down to row 112  ->  rows 5, 6, ... 112, and 113-1048576 as one
    F7 and F8 have lost a dropdown, G7 and G8 too  ->  one patch F7:G8
"""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbook.core.grid import BLANK, letters
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint.facts import Facts
from riskbook.edge.fingerprint.sheet import Area, Placed, Seen

Told = tuple[str, str, str]  # code, message with {area} and {of}, fix with {area}
MOST = 1_000_000  # areas of rules times rows of a column: about a second


@dataclass(frozen=True, slots=True)
class Patch:
    """Neighbouring cells that have lost the same."""

    area: Area
    told: Told
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table."""

    block: Area
    count: int  # of the stretches that are looked at

    def too_many(self, over: Sequence[Placed]) -> bool:
        """Whether comparing these rules would keep somebody waiting."""
        return sum(len(placed.areas) for placed in over) * self.count > MOST


def turns(facts: Facts, sheet: Sheet, block: Area) -> set[int]:
    """The rows of a table from which on its cells may differ from those above.

    Rows with something in them are looked at one by one.  Of blank rows, of which a table may
    have a million, only those where another format begins.
    """
    formats: dict[int, list[tuple[int, int]]] = {}
    for (row, column), style in facts.seen(sheet.grid.sheet).styles.items():
        formats.setdefault(row, []).append((column, style))
    filled = {row for row, cells in sheet.grid.lines() if any(c is not BLANK for c in cells)}
    found = {block.top, *filled, *(row + 1 for row in filled)}
    found |= {row for row in formats if formats[row] != formats.get(row - 1)}
    found |= {row + 1 for row in formats if row + 1 not in formats}
    return found


def stretches(seen: Seen, turns: set[int], column: int, block: Area) -> list[tuple[int, int]]:
    """First and last row of each stretch of a column in which nothing can differ."""
    areas = (area for placed in (*seen.rules, *seen.colours) for area in placed.areas)
    over = [area for area in areas if area.left <= column <= area.right]
    all_turns = turns | {row for area in over for row in (area.top, area.bottom + 1)}
    starts = sorted(row for row in all_turns if block.top <= row <= block.bottom)
    return list(zip(starts, [row - 1 for row in starts[1:]] + [block.bottom], strict=True))


def joined(lost: Sequence[Patch]) -> list[Patch]:
    """Patches of neighbouring columns that have the same rows and say the same as one."""
    by = sorted(lost, key=lambda p: (p.told, p.area.top, p.area.bottom, p.area.left))
    found: list[Patch] = []
    for patch in by:
        last = found[-1] if found else None
        if (
            last
            and last.told == patch.told
            and (last.area.top, last.area.bottom) == (patch.area.top, patch.area.bottom)
            and last.area.right + 1 == patch.area.left
        ):
            area = Area(last.area.top, last.area.left, last.area.bottom, patch.area.right)
            found[-1] = Patch(area, last.told, (*last.headings, *patch.headings))
        else:
            found.append(patch)
    return sorted(found, key=lambda p: (p.area.top, p.area.left))


def address(area: Area) -> str:
    """``G7`` or ``G7:H9``."""
    first = f"{letters(area.left)}{area.top}"
    last = f"{letters(area.right)}{area.bottom}"
    return first if first == last else f"{first}:{last}"
