"""What a register comes to: counts by band and by group, totals, slippage of actions.

Totals reconcile with the register.  A risk or an action with two owners counts once for
each of them; a count of such memberships says so beside the count of risks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from riskbook.core.model import Action, Register, Risk
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.values import clean, natural, same_post

BLANK = "(blank)"
GROUPED = ("owner", "category", "priority", "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Some risks: how many there are, and how many of them lie in each band of a stage."""

    name: str
    risks: int
    bands: Mapping[str, Mapping[str, int]]  # stage -> key of the band -> risks
    unscored: Mapping[str, int]  # stage -> risks
    points: Mapping[str, Decimal]  # stage -> total points

    def mean(self, stage: str) -> Decimal | None:
        """Mean points of the scored risks of a stage; None where none is scored."""
        scored = self.risks - self.unscored[stage]
        return self.points[stage] / scored if scored else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The risks by one field, e.g. by owner, in natural order of its values."""

    field: str
    lines: tuple[Counted, ...]

    @property
    def memberships(self) -> int:
        """The sum of the lines: more than the risks where a risk has several owners."""
        return sum(line.risks for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A register at a glance."""

    total: Counted
    groups: tuple[Group, ...]
    updates: tuple[int, int] | None  # filled, wanted; None where the profile has no updates


def summarise(register: Register, scores: Scores, profile: Profile) -> Summary:
    """Count a register."""
    groups = tuple(
        _group(field, register.risks, scores, profile)
        for field in GROUPED
        if profile.risks.column(field)
    )
    updates = None
    if profile.risks.column("update"):
        filled = sum(1 for risk in register.risks if clean(risk.text("update")))
        updates = (filled, len(register.risks))
    total = _counted("Total", register.risks, scores, profile)
    return Summary(total=total, groups=groups, updates=updates)


def _counted(name: str, risks: Sequence[Risk], scores: Scores, profile: Profile) -> Counted:
    bands: dict[str, dict[str, int]] = {}
    unscored: dict[str, int] = {}
    points: dict[str, Decimal] = {}
    for stage in profile.stages:
        found = [scores.by_row[risk.row].get(stage) for risk in risks]
        scored = [score for score in found if score]
        keys = Counter(score.band.key for score in scored)
        bands[stage] = {band.key: keys[band.key] for band in profile.bands}
        unscored[stage] = len(found) - len(scored)
        points[stage] = sum((score.points for score in scored), Decimal(0))
    return Counted(name=name, risks=len(risks), bands=bands, unscored=unscored, points=points)


def _group(field: str, risks: Sequence[Risk], scores: Scores, profile: Profile) -> Group:
    members: dict[str, list[Risk]] = {}
    spelt: dict[str, str] = {}  # "&" and "and" name one post; its first spelling is shown
    for risk in risks:
        names = risk.owners if field == "owner" else (clean(risk.text(field)),)
        for name in names or ("",):
            shown = spelt.setdefault(same_post(name), name or BLANK)
            members.setdefault(shown, []).append(risk)
    lines = [
        _counted(name, members[name], scores, profile) for name in sorted(members, key=natural)
    ]
    return Group(field=field, lines=tuple(lines))


def months_between(before: date, after: date) -> int:
    """Whole calendar months from one month to another; days do not count."""
    return (after.year - before.year) * 12 + after.month - before.month


def slipped(action: Action) -> int:
    """By how many months an action was re-dated; 0 where it was not."""
    original, revised = action.due("original_due"), action.due("revised_due")
    return months_between(original.day, revised.day) if original and revised else 0


def by_owner(actions: Iterable[Action]) -> Counter[str]:
    """Actions by owner; an action with two owners counts for each."""
    return Counter(owner for action in actions for owner in action.owners or (BLANK,))


def state(action: Action, as_at: date) -> str:
    """Where an action stands on a day, in words."""
    due = action.due_now
    if action.complete:
        return "Complete"
    if due is None:
        return "No date"
    if due.day < as_at:
        return "Overdue" if action.text("status") else "Past its date, no status"
    days = (due.day - as_at).days
    return next((f"Due in {n} days" for n in (30, 60, 90) if days <= n), "Later")
