"""What is missing in a register: how many and which, each with a link to its cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.model import Register, Risk, family
from riskbook.core.page import PageCell, PageRow
from riskbook.core.pages.parts import GAP_ROW, across, cell_of, head_across, heading, none_of
from riskbook.core.profile import Profile
from riskbook.core.summary import late
from riskbook.core.values import clean

LABEL, PLACES, MORE = 3, 8, 2  # columns: what is missing; its references; how many more
STALE, REVIEW = "RB502", "RB407"  # rules: an update of another quarter, a review that is due


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of thing that is missing, and where."""

    label: str
    places: tuple[tuple[str, CellRef], ...]  # reference and the cell to fill or to look at


def gaps(
    register: Register, findings: Sequence[Finding], profile: Profile, as_at: date
) -> Iterator[Gap]:
    """Every kind that the profile asks for, also where nothing is missing."""
    risks, words = register.risks, profile.words
    for stage in profile.stages:
        level = profile.risks.column(f"{stage}_likelihood")
        if level and level.need != "may":
            unscored = [risk for risk in risks if stage not in risk.ratings]
            yield Gap(f"{words[stage]} not scored", _places(unscored, _level_of(stage)))
    owner = profile.risks.column("owner")
    if owner:
        without = [risk for risk in risks if not risk.owners]
        yield Gap(f"Without {owner.heading}", _places(without, lambda risk: cell_of(risk, "owner")))
    if profile.actions:
        yield from _of_actions(register, as_at)
    update = profile.risks.column("update")
    if update:
        blank = [risk for risk in risks if not clean(risk.text("update"))]
        there = _places(blank, lambda risk: cell_of(risk, "update"))
        yield Gap(f"{update.heading} blank", there)
        yield Gap(f"{update.heading} stale", _found(STALE, register, findings))
    if profile.risks.column("review_date"):
        yield Gap("Review overdue", _found(REVIEW, register, findings))


def _of_actions(register: Register, as_at: date) -> Iterator[Gap]:
    named = {family(action.risk) for action in register.actions}
    without = [r for r in register.risks if not {family(r.key), family(r.ref)} & named]
    yield Gap("Without action", _places(without, lambda risk: cell_of(risk, "ref")))
    overdue = [action for action in register.actions if late(action, as_at)]
    places = [(a.ref or f"row {a.row}", cell_of(a, "status")) for a in overdue]
    yield Gap("Action past its date", tuple(places))


def _level_of(stage: str) -> Callable[[Risk], CellRef]:
    """The first level of a stage that is not understood: the cell to fill."""

    def cell(risk: Risk) -> CellRef:
        entry = risk.entries.get(f"{stage}_likelihood")
        known = entry is not None and isinstance(entry.value, int)
        return cell_of(risk, f"{stage}_{'impact' if known else 'likelihood'}")

    return cell


def _places(
    risks: Sequence[Risk], cell: Callable[[Risk], CellRef]
) -> tuple[tuple[str, CellRef], ...]:
    return tuple((risk.key or f"row {risk.row}", cell(risk)) for risk in risks)


def _found(
    code: str, register: Register, findings: Sequence[Finding]
) -> tuple[tuple[str, CellRef], ...]:
    keys = {risk.row: risk.key or f"row {risk.row}" for risk in register.risks}
    return tuple(
        (keys[found.at.row], found.at)
        for found in findings
        if found.code == code and found.at.row in keys
    )


def block(
    register: Register,
    findings: Sequence[Finding],
    profile: Profile,
    as_at: date,
    widths: Sequence[int],
) -> Iterator[PageRow]:
    """A line for each kind that there is: how many, the first references with links."""
    checks = CellRef(profile.sheets["checks"], 1, 1)
    found = list(gaps(register, findings, profile, as_at))
    there = [gap for gap in found if gap.places]
    yield heading("What is missing")
    if there:
        yield head_across(["What", "Count", "Where"], (LABEL, 1, PLACES + MORE), widths)
    for gap in there:
        yield across(_line(gap, checks), (LABEL, 1, *[1] * PLACES, MORE), widths)
    if absent := [gap.label for gap in found if not gap.places]:
        yield none_of(absent, widths)
    yield GAP_ROW


def _line(gap: Gap, checks: CellRef) -> list[PageCell]:
    cells = [PageCell(gap.label, "rb wrap"), PageCell(len(gap.places), "rb number")]
    shown = gap.places[:PLACES]
    cells += [PageCell(ref, "rb link wrap", link=at) for ref, at in shown]
    cells += [PageCell()] * (PLACES - len(shown))
    more = len(gap.places) - len(shown)
    text = f"and {more} more: see {checks.sheet}"
    return [*cells, PageCell(text, "rb link wrap", link=checks) if more else PageCell()]
