"""What a register comes to: counts by band and by group, totals, slippage of actions.

Totals reconcile with the register.  A risk or an action with two owners counts once for
each of them; a count of such memberships says so beside the count of risks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from riskbook.core.history import travel
from riskbook.core.model import Action, Register, Risk
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores, prior_points
from riskbook.core.values import clean, natural, same_post
from riskbook.core.withheld import WITHHELD

BLANK = "(blank)"
GROUPED = ("owner", "directorate", "service", "category", "priority")
LATE = ("Overdue", "Past its date, no status")  # states of an action whose date has passed
SOON = ("Due in 30 days", "Due in 60 days", "Due in 90 days")
# state of an action -> what a profile calls it, and its usual RAG
RAG = {
    "Overdue": ("overdue", "red"),
    "Past its date, no status": ("no_status", "red"),
    "Due in 30 days": ("due_in_30", "amber"),
    "Due in 60 days": ("due_in_60", "green"),
    "Due in 90 days": ("due_in_90", "green"),
    "Later": ("later", "green"),
}
STATES = (*LATE, *SOON, "Later", "No date", "Complete")  # the most pressing first


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
class Changes:
    """What changed since an earlier period: references; None where it is not known."""

    since: str  # what the earlier period is called
    new: tuple[str, ...] | None = None
    gone: tuple[str, ...] | None = None
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    unchanged: tuple[str, ...] | None = None
    redated: tuple[str, ...] | None = None  # actions
    times: Mapping[str, int] = field(default_factory=dict)  # action -> how often it was re-dated

    def told(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What is known, each kind by its name."""
        kinds = (
            ("New", self.new),
            ("Gone", self.gone),
            ("Worse", self.worse),
            ("Better", self.better),
            ("Unchanged", self.unchanged),
            ("Actions re-dated", self.redated),
        )
        yield from ((name, refs) for name, refs in kinds if refs is not None)


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


def actions_by_owner(actions: Iterable[Action], as_at: date) -> dict[str, dict[str, int]]:
    """Owner -> state -> actions, in natural order; a shared action counts for each owner."""
    found: dict[str, dict[str, int]] = {}
    for action in actions:
        where = state(action, as_at)
        for owner in action.owners or (BLANK,):
            found.setdefault(owner, dict.fromkeys(STATES, 0))[where] += 1
    return {owner: found[owner] for owner in sorted(found, key=natural)}


def state(action: Action, as_at: date) -> str:
    """Where an action stands on a day, in words."""
    due = action.due_now
    if action.complete:
        return "Complete"
    if due is None or WITHHELD in (action.text("status"), action.text("completed")):
        return "No date"  # nobody can say of a withheld status what it means on a day
    if due.day < as_at:
        return "Overdue" if action.text("status") else "Past its date, no status"
    days = (due.day - as_at).days
    return next((f"Due in {n} days" for n in (30, 60, 90) if days <= n), "Later")


def late(action: Action, as_at: date) -> bool:
    """Whether an action is past its date and not complete."""
    return state(action, as_at) in LATE


def rag_of(where: str, profile: Profile) -> str:
    """The RAG of an action in a state, by the profile's rule.

    ``Complete`` and ``No date`` are words of their own, for neither is a colour.
    """
    if where not in RAG:
        return where
    key, usual = RAG[where]
    return profile.rag.get(key, usual).capitalize()


def since_last_year(register: Register, scores: Scores, profile: Profile) -> Changes | None:
    """What last year's nett points, typed beside this year's, tell; None where none are typed."""
    found: dict[str, list[str]] = {"up": [], "down": [], "no": []}
    for risk in register.risks:
        prior, score = prior_points(risk, "nett"), scores.by_row[risk.row].get("nett")
        if prior is not None and score:
            found[travel(prior, score.points).partition(" ")[0]].append(risk.key)
    if not any(found.values()):
        return None
    worse, better, unchanged = (tuple(found[way]) for way in ("up", "down", "no"))
    since = f"last year ({profile.words['nett'].lower()} {profile.words['points'].lower()})"
    return Changes(since=since, worse=worse, better=better, unchanged=unchanged)
