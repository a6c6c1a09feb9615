"""What one level less at a sub-risk does to the overall score of its risk.

The points of the milder rating are read from the matrix, so any rule of scoring is right:
a look-up table may hold two levels with the same points, or even more points for less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from riskbook.core.model import AXES, Risk
from riskbook.core.page import PageCell, PageRow
from riskbook.core.pages.parts import body, head, heading, lead, main_stage
from riskbook.core.profile import Profile
from riskbook.core.scores import Overall
from riskbook.core.scoring import Rating, half_up, plain
from riskbook.core.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level less on one axis of one sub-risk."""

    risk: Risk
    axis: str
    level: int  # today's; one less is what the step leads to
    before: Decimal  # points
    after: Decimal
    change: Decimal  # of the overall score: weight x points; below 0 is better


def steps(overall: Overall, profile: Profile) -> Iterator[Step]:
    """Every step that there is: of the scored sub-risks with a weight, above the first level."""
    stage = main_stage(profile)
    for risk in overall.rows:
        rating = risk.ratings.get(stage)
        if rating is None or risk.weight is None:
            continue
        before = profile.matrix.score(rating).points
        for axis in AXES:
            level = _level(rating, axis)
            if level > 1:
                milder = replace(rating, **{axis: level - 1})
                after = profile.matrix.score(milder).points
                change = risk.weight * (after - before)
                yield Step(
                    risk=risk, axis=axis, level=level, before=before, after=after, change=change
                )


def _level(rating: Rating, axis: str) -> int:
    return rating.likelihood if axis == "likelihood" else rating.impact


def strongest(found: Sequence[Step]) -> list[Step]:
    """The steps that lower the overall score most; none where no step lowers it."""
    most = min((step.change for step in found), default=Decimal(0))
    return [step for step in found if step.change == most] if most < 0 else []


def block(overall: Overall, profile: Profile, widths: Sequence[int]) -> Iterator[PageRow]:
    """Which step moves the overall score most, then every step in a line."""
    words, stage = profile.words, main_stage(profile)
    found = list(steps(overall, profile))
    yield heading("What one level less would change")
    yield lead(told(found, overall, profile), widths)
    if not found:
        return
    name = words[stage]
    headings = ["No.", words["sub_risk"], "Axis", "From", "To", f"{name} from", f"{name} to"]
    yield head([*headings, "Change of overall", "Overall then"], widths)
    best = strongest(found)
    for step in found:
        yield body(_line(step, overall, profile, step in best), widths)


def told(found: Sequence[Step], overall: Overall, profile: Profile) -> str:
    """The step that moves the overall score most, or the several that do so alike."""
    words, stage = profile.words, main_stage(profile)
    best = strongest(found)
    name = f"{words['overall']} ({words[stage].lower()})"
    if not best:
        return f"No change by one level lowers the {name}."
    each = [f"{s.risk.key} {words[s.axis].lower()} {s.level} to {s.level - 1}" for s in best]
    by = plain(half_up(-best[0].change, 2))
    total = overall.points.get(stage)
    there = "" if total is None else f", from {plain(half_up(total, 2))} to {_then(best[0], total)}"
    if len(best) == 1:
        return f"The {name} moves most with {each[0]}: down {by}{there}."
    return f"The {name} moves most, and alike, with {listed(each, 'or')}: down {by}{there}."


def _then(step: Step, total: Decimal) -> str:
    return plain(half_up(total + step.change, 2))


def _line(step: Step, overall: Overall, profile: Profile, best: bool) -> list[PageCell]:
    total = overall.points.get(main_stage(profile))
    then = None if total is None else half_up(total + step.change, 2)
    return [
        PageCell(step.risk.key, "rb text"),
        PageCell(step.risk.title, "rb wrap"),
        PageCell(profile.words[step.axis], "rb wrap"),
        PageCell(profile.label(step.axis, step.level), "rb wrap"),
        PageCell(profile.label(step.axis, step.level - 1), "rb wrap"),
        PageCell(step.before, "rb number"),
        PageCell(step.after, "rb number"),
        PageCell(half_up(step.change, 2), "rb total decimal" if best else "rb decimal"),
        PageCell(then, "rb points"),
    ]
