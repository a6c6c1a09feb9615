"""Neighbouring cells that have lost the same are one finding, and are looked at once.

::

    table A5:U1048576, cells down to row 112  ->  rows 5, 6, ... 112, and 113-1048576 as one
    F7 and F8 have lost a dropdown, G7 and G8 too  ->  one patch F7:G8
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from riskbook.core.grid import BLANK, letters
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint.facts import Facts
from riskbook.edge.fingerprint.sheet import Area, Seen
from riskbook.edge.fingerprint.telling import CLEAN

Told = tuple[str, str, str]  # code, message with {area} and {of}, fix with {area}
Look = Callable[[int], Told | None]  # what is told of a row
MOST = 500_000  # rules of a sheet times the pieces of columns that they cover: half a second
FEW = 10  # places of a column that are told one by one, of each rule


@dataclass(frozen=True, slots=True)
class Patch:
    """Neighbouring cells that have lost the same."""

    area: Area
    told: Told
    headings: tuple[str, ...]


@dataclass(slots=True)
class Rows:
    """The rows of a table, and how much may still be compared on its sheet."""

    block: Area
    left: int = MOST
    texts: dict[str, str] = field(default_factory=dict)  # of rules of colours, with fields

    def look(
        self, over: Iterable[tuple[Area, str]], told: Callable[[Collection[str]], Told | None]
    ) -> Look | None:
        """What is told of each row, by the rules of a column that lie over it.

        ``over`` are their areas and texts, ``told`` says what to tell of some texts.

        Returns:
            None where comparing so many rules would keep somebody waiting.
        """
        block = self.block
        clipped = ((max(a.top, block.top), min(a.bottom, block.bottom) + 1, t) for a, t in over)
        spans = [span for span in clipped if span[0] < span[1]]
        starts = sorted({block.top, *(row for span in spans for row in span[:2])})
        pieces = [(bisect_left(starts, a), bisect_left(starts, b), text) for a, b, text in spans]
        cost = sum(stop - start for start, stop, _ in pieces)
        if cost > self.left:
            return None
        self.left -= cost
        texts: list[dict[str, None]] = [{} for _ in starts]
        for start, stop, text in pieces:
            for place in range(start, stop):
                texts[place][text] = None
        found = [told(each) for each in texts]
        return lambda row: found[bisect_right(starts, row) - 1]


@dataclass(frozen=True, slots=True)
class Turns:
    """The rows of a table from which on its cells may differ from those above."""

    rows: frozenset[int]  # in any column
    formats: Mapping[int, frozenset[int]]  # in some columns more


def turns(facts: Facts, sheet: Sheet, block: Area) -> Turns:
    """Where the cells of a table may differ from those above.

    Rows with something in them are looked at one by one.  Of blank rows, of which a table may
    have a million, only those where another format begins.
    """
    columns: dict[int, dict[int, int]] = {}
    for (row, column), style in facts.seen(sheet.grid.sheet).styles.items():
        columns.setdefault(column, {})[row] = style
    filled = {row for row, cells in sheet.grid.lines() if any(c is not BLANK for c in cells)}
    formats = {
        column: frozenset(
            row for row in (*cells, *(row + 1 for row in cells)) if _turns(cells, row)
        )
        for column, cells in columns.items()
    }
    return Turns(frozenset({block.top, *filled, *(row + 1 for row in filled)}), formats)


def _turns(cells: Mapping[int, int], row: int) -> bool:
    return cells.get(row) != cells.get(row - 1)


def stretches(seen: Seen, turns: Turns, column: int, block: Area) -> list[tuple[int, int]]:
    """First and last row of each stretch of a column in which nothing can differ."""
    areas = (area for placed in (*seen.rules, *seen.colours) for area in placed.areas)
    over = [area for area in areas if area.left <= column <= area.right]
    all_turns = turns.rows | turns.formats.get(column, frozenset())
    all_turns |= {row for area in over for row in (area.top, area.bottom + 1)}
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


def few(lost: Sequence[Patch]) -> list[Patch]:
    """The first places of each rule and column, and one patch that says how many more."""
    by: dict[tuple[str, int, int], list[Patch]] = {}
    for patch in lost:
        by.setdefault((patch.told[0], patch.area.left, patch.area.right), []).append(patch)
    found: list[Patch] = []
    for patches in by.values():
        found += patches[:FEW]
        if more := patches[FEW:]:
            last = max(patch.area.bottom for patch in more)
            end = "s of {of}, the last in row {}, are not as the template has them."
            end = end if more[1:] else " of {of}, in row {}, is not as the template has it."
            message = f"{len(more)} more place{end}".replace("{}", str(last))
            found.append(Patch(more[0].area, (more[0].told[0], message, CLEAN), more[0].headings))
    return sorted(found, key=lambda p: (p.area.top, p.area.left))


def address(area: Area) -> str:
    """``G7`` or ``G7:H9``."""
    first = f"{letters(area.left)}{area.top}"
    last = f"{letters(area.right)}{area.bottom}"
    return first if first == last else f"{first}:{last}"
