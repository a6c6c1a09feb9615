"""The workbook against its profile: what the profile fills, and when it is in force (RB9xx).

The live formulas and the dropdowns read the cells of Key and Lists; a changed one would
make the workbook say something else than riskbook.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from riskbook.core import key, layout, settings
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Cell, CellRef, Grid, Kind
from riskbook.core.profile import Profile
from riskbook.core.reading import beside, controlled
from riskbook.core.scoring import plain
from riskbook.core.words import LATER_SHEETS


def changed(grids: Mapping[str, Grid], case: Case) -> Iterator[Finding]:
    """RB901: each cell of Key and Lists that is not as the profile fills it.

    Not among ``CHECKS``: it looks at sheets that are no part of the register.
    """
    for at, wanted, cell in other_words(grids, case.profile):
        shown = plain(wanted) if isinstance(wanted, Decimal) else repr(wanted)
        found = cell.text if cell.kind is Kind.NUMBER else repr(cell.text)
        found = found if cell.formula is None else "works it out by a formula"
        yield case.finding(
            "RB901",
            at,
            f"the template says {shown} here and the workbook {found}.",
            f"Type {shown} again; to change it for good, change the profile.",
            value=cell.text,
        )


def other_words(
    grids: Mapping[str, Grid], profile: Profile
) -> Iterator[tuple[CellRef, str | Decimal, Cell]]:
    """Each cell of Key and Lists that says something else than the profile, and what that says."""
    for plan in (key.key_plan(profile), key.lists_plan(profile)):
        for placed in plan.cells if plan.sheet in grids else ():
            cell = grids[plan.sheet].at(placed.row, placed.column)
            if not _holds(cell, placed.value):
                yield CellRef(plan.sheet, placed.row, placed.column), placed.value, cell


def unsafe(grids: Mapping[str, Grid], case: Case) -> Iterator[Finding]:
    """RB901: each cell of the settings of the buttons that could make them start something else.

    Not among ``CHECKS``, for the same reason.
    """
    for name, grid in grids.items():
        if name.casefold() == settings.SHEET:
            for row, column, what in settings.strange(grid):
                yield case.finding(
                    "RB901",
                    CellRef(name, row, column),
                    f"{what}, and the buttons of the workbook would run by it.",
                    "Copy the entries into a new workbook made by `riskbook new`.",
                    value=grid.at(row, column).text,
                )


def _holds(cell: Cell, wanted: str | Decimal) -> bool:
    if cell.formula is not None:  # it may say another thing tomorrow
        return False
    if isinstance(wanted, Decimal):
        return cell.kind is Kind.NUMBER and cell.number == wanted
    return cell.text == wanted


def versions(grids: Mapping[str, Grid], case: Case) -> Iterator[Finding]:
    """RB903: another profile than the workbook was made from, or one that has moved on.

    Not among ``CHECKS``, for the same reason.
    """
    about, profile = grids[case.profile.sheets["about"]], case.profile
    told = controlled(about)
    made = f"{told.get('profile', '')} {told.get('profile_version', '')}".strip()
    read_by = f"{profile.id} {profile.version}"
    if made != read_by:
        yield case.finding(
            "RB903",
            beside(about, layout.CONTROLLED["profile_version"]),
            f"the workbook was made from the profile {made or '(none)'} and is read by {read_by}.",
            "Copy the entries into a new workbook made by `riskbook new`.",
            value=made,
        )


def lacking(sheets: Collection[str], case: Case) -> Iterator[Finding]:
    """RB904: each own sheet that a workbook made before it does not have.

    Not among ``CHECKS``, for the same reason.
    """
    for role in LATER_SHEETS:
        name = case.profile.sheets[role]
        if name not in sheets:
            yield case.finding(
                "RB904",
                CellRef(case.profile.sheets["about"], 1, 1),
                f"there is no sheet {name!r}, so what it shows is left out.",
                "Make the next workbook with `riskbook new-period`; it has every sheet.",
                value=name,
            )


def effective(case: Case) -> Iterator[Finding]:
    """RB902: the words, scales and bands of a profile hold from one day to another."""
    profile, day = case.profile, case.as_at
    if profile.effective_from and day < profile.effective_from:
        when = f"is in force from {profile.effective_from:%d/%m/%Y}"
    elif profile.effective_to and day > profile.effective_to:
        when = f"was in force until {profile.effective_to:%d/%m/%Y}"
    else:
        return
    yield case.finding(
        "RB902",
        case.reading.as_at,
        f"the profile {profile.id} {when}; the register is as at {day:%d/%m/%Y}.",
        "Use the profile that was in force then, or change its dates.",
        field="as_at",
        value=case.register.about.as_at,
    )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (effective,)
