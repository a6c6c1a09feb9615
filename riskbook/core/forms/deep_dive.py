"""The deep dive of a weighted sub-risk: scores beside last year's, controls, actions at length.

Source of the layout: the deep dive of a strategic risk of a unitary council, autumn 2021.
"""

from collections.abc import Iterator

from riskbook.core.blocks import Flow, Table
from riskbook.core.forms.parts import Fields
from riskbook.core.model import Risk
from riskbook.core.page import PageCell
from riskbook.core.periods import quarter_of
from riskbook.core.scoring import half_up, plain

ACTIONS = ("ref", "text+dates", "manager", "owner", "position", "outcomes", "status+state")
WIDTHS = (8, 34, 20, 20, 56, 26, 15)


def deep_dive(fields: Fields) -> Iterator[Flow]:
    """The sub-risk with its weight and scores, who owns it, what is in place, what is done."""
    yield _scores(fields)
    yield from fields.beside(("owner", "priority"))
    yield from fields.columns(("consequences", "opportunities"), "Consequences and opportunities")
    yield from fields.prose("controls")
    fields.column("weight")
    for stage in fields.told.profile.stages:
        fields.taken.update((f"prior_{stage}", f"{stage}_impact", f"{stage}_likelihood"))
    yield from fields.rest()
    yield from fields.actions(ACTIONS, WIDTHS)


def _scores(fields: Fields) -> Table:
    """The sub-risk and its weight, then a column for each stage: its score, and last year's."""
    risk, profile = fields.risk, fields.told.profile
    stages, words = profile.stages, profile.words
    head = [words["sub_risk"]]
    head += [f"{words[stage]} {words['risk']} {words['points']}" for stage in stages]
    axes = (words["impact"], words["likelihood"])
    rows = [
        (
            PageCell(" ".join(filter(None, (risk.title, _weight(risk)))), "rb label wrap"),
            *map(fields.score, stages),
        ),
        (
            PageCell(" x ".join(axes), "rb wrap"),
            *(PageCell(_levels(risk, stage), "rb wrap") for stage in stages),
        ),
    ]
    if any(profile.risks.column(f"prior_{stage}") for stage in stages):
        label = f"{words['risk']} {words['points']} {_last_year(fields)}"
        before = [PageCell(risk.text(f"prior_{stage}"), "rb wrap") for stage in stages]
        rows.append((PageCell(label, "rb wrap"), *before))
    widths = (54, *[42 // len(stages)] * len(stages))
    top = tuple(PageCell(text, "rb head") for text in head)
    return Table(top, tuple(rows), widths, f"Scores of {risk.key}")


def _weight(risk: Risk) -> str:
    if risk.weight is None:
        return ""
    return f"(weighting {plain(half_up(risk.weight * 100, 2))}%)"


def _levels(risk: Risk, stage: str) -> str:
    rating = risk.ratings.get(stage)
    return f"{rating.impact} x {rating.likelihood}" if rating else ""


def _last_year(fields: Fields) -> str:
    """``in 2020/21`` where the period is understood."""
    found = quarter_of(fields.told.register.about.period)
    if found is None:
        return "last year"
    return f"in {found.year - 1}/{found.year % 100:02d}"
