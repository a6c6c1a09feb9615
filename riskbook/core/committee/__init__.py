"""The committee report: what a member reads, from the summary to every risk on its page.

::

    summary, key, heat maps, register, weighting, risk by risk, groups, actions, findings

What the sheets of the workbook show, the report shows again from the same pages; the
register and the forms of the risks follow the council's own layout.
"""

from collections.abc import Iterator
from itertools import pairwise

from riskbook.core.blocks import Block, Fresh, Heading, Paper, Picture, Section, Table, Text
from riskbook.core.committee.key import key
from riskbook.core.committee.pages import on_paper
from riskbook.core.committee.register import register
from riskbook.core.forms import Told, forms
from riskbook.core.heatmap import described, heat_maps
from riskbook.core.history import travel
from riskbook.core.page import PageCell
from riskbook.core.pages import Figures, lay_out, widths
from riskbook.core.pages.parts import long_day
from riskbook.core.profile import Profile
from riskbook.core.scoring import Rating, plain

__all__ = ["paper"]

AFTER_RISKS = ("breakdown", "actions_due", "checks")  # sheets that follow the risks on paper


def paper(of: Figures, *, made: str, withheld: str = "") -> Paper:
    """The whole report.

    Args:
        of: what it is made from.
        made: by which program and from which profile.
        withheld: what the edition leaves out, in a sentence; empty in the full one.
    """
    about, profile = of.register.about, of.profile
    return Paper(
        title=about.title or profile.title,
        organisation=about.organisation,
        period=about.period,
        as_at=f"Position as at {long_day(of.as_at)}",
        introduction="\n".join(filter(None, (about.introduction, withheld))),
        made=made,
        sections=tuple(_sections(of, withheld)),
    )


def _sections(of: Figures, withheld: str) -> Iterator[Section]:
    profile = of.profile
    pages = {page.sheet: page for page in lay_out(of, ("summary", "weighting", *AFTER_RISKS))}
    sheets = {role: pages[name] for role, name in profile.sheets.items() if name in pages}
    spread = widths(profile)
    yield on_paper("summary", sheets["summary"], spread["summary"])
    yield Section("Key to scores", tuple(key(profile)))
    yield Section("Heat maps", tuple(_heat_maps(of)))
    if of.register.risks:
        yield register(of)
    if "weighting" in sheets:
        yield on_paper("weighting", sheets["weighting"], spread["weighting"])
    if of.register.risks:
        yield _risk_by_risk(of)
    for role in AFTER_RISKS:
        if role in sheets and not (role == "checks" and withheld):
            yield on_paper(role, sheets[role], spread[role])


def _risk_by_risk(told: Told) -> Section:
    blocks: list[Block] = []
    for form in forms(told):
        blocks += [Fresh(), form.heading, *form.blocks]
    deep = told.profile.layout == "deep-dive"
    title = "Deep dive" if deep else "Risk by risk"
    return Section(title, (*blocks, Fresh()), "a4 wide" if deep else "a4")


def _heat_maps(told: Told) -> Iterator[Block]:
    """The maps, then the same movement in a table."""
    maps = heat_maps(told.register, told.profile)
    yield Picture(maps, described(maps))
    for before, after in pairwise(maps):
        rows = []
        for move in after.moves:
            start, end = (told.profile.matrix.score(r) for r in (move.before, move.after))
            rows.append(
                (
                    PageCell(", ".join(move.refs), "rb wrap"),
                    PageCell(_place(move.before, told.profile), "rb wrap"),
                    PageCell(_place(move.after, told.profile), "rb wrap"),
                    PageCell(travel(start.points, end.points), "rb wrap"),
                )
            )
        if rows:
            head = (told.profile.words["risk"], before.title, after.title, "Change")
            yield Heading(f"From {before.title} to {after.title}", 2)
            yield Table(
                tuple(PageCell(text, "rb head") for text in head),
                tuple(rows),
                (26, 30, 30, 16),
                f"Where the risks stand, {before.title} and {after.title}",
            )
    unplaced = [risk.key for risk in told.register.risks if len(risk.ratings) < len(maps)]
    if unplaced:
        yield Text(f"Not scored at every stage: {', '.join(unplaced)}.", "note")


def _place(rating: Rating, profile: Profile) -> str:
    """``Probability 3 High, Impact 4 Severe: 12 Red``."""
    score = profile.matrix.score(rating)
    axes = [
        f"{profile.words[axis]} {profile.label(axis, level)}"
        for axis, level in (("likelihood", rating.likelihood), ("impact", rating.impact))
    ]
    return f"{', '.join(axes)}: {plain(score.points)} {score.band.label}"
