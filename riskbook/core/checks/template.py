"""The sheets that the profile fills, Key and Lists, against the profile (RB901).

The live formulas and the dropdowns read these cells; a changed one would make the
workbook say something else than riskbook.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from riskbook.core import layout
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Cell, CellRef, Grid, Kind
from riskbook.core.scoring import plain


def changed(grids: Mapping[str, Grid], case: Case) -> Iterator[Finding]:
    """Each cell of Key and Lists that is not as the profile fills it."""
    for plan in (layout.key_plan(case.profile), layout.lists_plan(case.profile)):
        grid = grids.get(plan.sheet)
        if grid is None:
            continue
        for placed in plan.cells:
            cell = grid.at(placed.row, placed.column)
            if not _holds(cell, placed.value):
                wanted = placed.value
                shown = plain(wanted) if isinstance(wanted, Decimal) else wanted
                yield case.finding(
                    "RB901",
                    CellRef(plan.sheet, placed.row, placed.column),
                    f"the template says {shown!r} here and the workbook {cell.text!r}.",
                    f"Type {shown!r} again; to change it for good, change the profile.",
                    value=cell.text,
                )


def _holds(cell: Cell, wanted: str | Decimal) -> bool:
    if isinstance(wanted, Decimal):
        return cell.kind is Kind.NUMBER and cell.number == wanted
    return cell.text == wanted
