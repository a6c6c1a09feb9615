"""What was typed on About: labels that are gone, formulas, errors, what nobody sees (RB2xx, RB901).

Every report begins with these entries, and the day that the register is as at decides which
actions are overdue.
"""

from collections.abc import Callable, Iterable, Iterator

from riskbook.core import layout
from riskbook.core.checks.rules import Case
from riskbook.core.checks.showing import UNSEEN, masked
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Kind
from riskbook.core.reading import Said
from riskbook.core.values import clean


def labels(case: Case) -> Iterator[Finding]:
    """RB901: a label that is gone or called otherwise: what stands beside it is not read."""
    places = list(layout.ABOUT.values())
    for label in case.reading.lost:
        row = layout.ABOUT_FIRST_ROW + places.index(label)
        today = ", and today is taken for it" * (label == layout.ABOUT["as_at"])
        yield case.finding(
            "RB901",
            CellRef(case.profile.sheets["about"], row, 1),
            f"no label says {label!r} any more, so what was typed beside it is not read{today}.",
            f"Put {label!r} back in column A, or make a clean workbook with `riskbook repair`.",
        )


def entries(case: Case) -> Iterator[Finding]:
    """RB204, RB205, RB215, RB223, RB230: how an entry of About stands in its cell."""
    for said in case.reading.about:
        for code, message, fix in _told(said):
            yield case.finding(code, said.at, message, fix, value=said.cell.text)


def _told(said: Said) -> Iterator[tuple[str, str, str]]:
    cell, where = said.cell, f"beside {said.label}"
    if cell.formula is not None:
        valued = cell.kind is not Kind.BLANK
        stands = "stands" if valued else "without a value stands"
        fix = "Type the value itself over the formula."
        yield "RB204" if valued else "RB230", f"a formula {stands} {where}.", fix
    if cell.kind is Kind.ERROR:
        yield "RB205", f"the error {cell.text} stands {where}.", "Type the entry over it."
    if words := clean(cell.struck):
        message = f"the words {words[:60]!r} {where} are struck through and were read."
        yield "RB223", message, "Delete the words if they no longer hold."
    shown = masked(cell)
    if cell.unseen:
        shown = UNSEEN
    if shown:
        fix = "Give the cell the format of the cell above or below."
        yield "RB215", f"the cell {where} {shown}.", fix


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (labels, entries)
