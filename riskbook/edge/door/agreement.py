r"""Two programs read one file: do they show the same register?

::

    our cell                 openpyxl's               the difference is
    TEXT   "Line 1\nLine 2"  "Line 1_x000A_Line 2"    explained: an escape left as it stands
    NUMBER 5                 5.0                      none
    TEXT   "5"               2                        refused: Risks!F7

A difference that a class of :mod:`riskbook.edge.door.classes` explains is no lie: both
programs read the same stored cell and spell it in their own way.  Any other refuses the file.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from riskbook.core.grid import BLANK, Cell, CellRef, Grid
from riskbook.core.words import listed
from riskbook.edge import gate
from riskbook.edge.door import classes
from riskbook.edge.door.limits import DoorLimits
from riskbook.edge.door.naming import renamed
from riskbook.edge.door.second import NOTHING, Second, Seen, UnreadableError
from riskbook.edge.gate.archive import FRESH, RESAVE, shown
from riskbook.edge.macros import parts
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that two programs show differently, and why nobody can tell."""

    cell: CellRef
    ours: Cell
    theirs: Seen


@dataclass(slots=True)
class Agreement:
    """What comparing a whole workbook came to."""

    cells: int = 0  # compared, those that both find blank not counted
    explained: Counter[str] = field(default_factory=Counter)  # by class
    unexplained: list[Difference] = field(default_factory=list)
    sheets: tuple[tuple[str, ...], tuple[str, ...]] | None = None  # where these differ


def judge(data: bytes, name: str, limits: DoorLimits) -> None:
    """Return if a file is sound and both programs show the same cells.

    Raises:
        RefusedError: naming the first cells that differ.
    """
    gate.admit(data, name)
    told = shown(name)
    try:
        found = compare(data, limits.differences)
    except UnreadableError:
        raise RefusedError(
            f"One of two programs cannot read {told}, so its entries cannot be compared.",
            fix=RESAVE,
        ) from None
    except RefusedError as error:  # of our reader, which does not know the file's name
        raise RefusedError(f"{told}: {error.what}", fix=error.fix) from None
    if found.sheets:
        raise RefusedError(f"{told} shows different sheets to two programs.", fix=FRESH)
    if found.unexplained:
        places = listed([shown(str(each.cell)) for each in found.unexplained])
        raise RefusedError(
            f"{told} shows different values to two programs, at {places}.", fix=FRESH
        )


def compare(data: bytes, most: int) -> Agreement:
    """Compare every cell of every sheet; stops once ``most`` differences are unexplained.

    Raises:
        RefusedError: our own reader cannot read it.
        UnreadableError: openpyxl cannot.
    """
    package = Package.parse(data)
    _read_macros(package)
    workbook, second = Workbook.of(package), Second(renamed(package) or data)
    found = Agreement()
    ours = tuple(sheet.name for sheet in workbook.sheets)
    theirs = second.sheets()
    if ours != tuple(name for name in theirs if name in ours):
        found.sheets = (ours, theirs)
        return found
    for name in theirs:
        grid = reader.read(workbook, [name])[name] if name in ours else Grid(sheet=name)
        for difference in _sheet(grid, second, found):
            found.unexplained.append(difference)
            if len(found.unexplained) >= most:
                return found
    return found


def _read_macros(package: Package) -> None:
    """Whatever reading the macros does later, it does here first.

    A project that cannot be read is no reason to refuse: the template check tells that.
    """
    if parts.PROJECT in package:
        from riskbook.edge.macros.project import modules_of

        with suppress(RefusedError):
            modules_of(package.part(parts.PROJECT))


def _sheet(grid: Grid, second: Second, found: Agreement) -> Iterator[Difference]:
    seen = dict(second.rows(grid.sheet))
    ours = {row: dict(_held(cells, grid.left)) for row, cells in grid.lines()}
    for row in sorted(ours.keys() | seen.keys()):
        mine, other = ours.get(row, {}), seen.get(row, {})
        for column in sorted(mine.keys() | other.keys()):
            cell, beside = mine.get(column, BLANK), other.get(column, NOTHING)
            why = classes.difference(cell, beside, date1904=second.date1904)
            found.cells += 1
            if why is None:
                yield Difference(CellRef(grid.sheet, row, column), cell, beside)
            elif why:
                found.explained[why] += 1


def _held(cells: tuple[Cell, ...], left: int) -> Iterator[tuple[int, Cell]]:
    for column, cell in enumerate(cells, start=left):
        if cell is not BLANK:
            yield column, cell
