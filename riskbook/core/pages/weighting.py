"""The Weighting sheet: how each overall score comes about, as a sum a reader can check."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from riskbook.core.history import travel
from riskbook.core.model import Register, Risk
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages import one_level
from riskbook.core.pages.paging import paged
from riskbook.core.pages.parts import (
    BLANK_ROW,
    band_cell,
    body,
    head,
    heading,
    legend,
    note,
    opening,
    percent_cell,
    reduction,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Overall, Scores, prior_points
from riskbook.core.scoring import half_up, plain
from riskbook.core.withheld import unscored

WIDTHS = (9, 48, 11, 11, 13, 11, 13, 13, 16)


def widths(profile: Profile) -> tuple[int, ...]:
    """The widths of the columns in characters: more of them where a target is scored."""
    columns = 3 + 2 * len(profile.stages) + 2 * (profile.risks.column("prior_nett") is not None)
    return (*WIDTHS, *[WIDTHS[-2]] * (columns - len(WIDTHS)))


def page(register: Register, scores: Scores, profile: Profile, as_at: date) -> Page:
    """One block for each risk."""
    rows = opening(profile.words["weight"].lstrip("% "), register, profile, as_at, widths(profile))
    blocks = [rows[:-1]]
    for overall in scores.overalls.values():
        blocks.append([BLANK_ROW, *_block(overall, scores, profile)])
        blocks.append([BLANK_ROW, *one_level.block(overall, profile, widths(profile))])
    blocks.append(legend(profile))
    return Page(sheet=profile.sheets["weighting"], rows=paged(blocks, widths(profile)))


def _block(overall: Overall, scores: Scores, profile: Profile) -> Iterator[PageRow]:
    words, wide = profile.words, widths(profile)
    yield heading(f"{words['risk']} {overall.ref}: {overall.rows[0].text('title')}")
    headings = ["No.", words["sub_risk"], "Weight"]
    for stage in profile.stages:
        headings += [f"{words[stage]} {words['points']}", f"{words[stage]} contribution"]
    if profile.risks.column("prior_nett"):
        headings += [f"{words['nett']} last year", "Movement"]
    yield head(headings, wide)
    for place, risk in enumerate(overall.rows):
        yield body(_line(risk, place, overall, scores, profile), wide)
    yield _total(overall, profile)
    yield from (note(text, wide) for text in _told(overall, profile))


def _told(overall: Overall, profile: Profile) -> Iterator[str]:
    """The printed sums, how they are rounded, last year's, and what the controls take away."""
    words = profile.words
    for stage in profile.stages:
        if printed := overall.printed_sum(stage):
            yield f"{words['overall']}, {words[stage].lower()}: {printed}"
    yield "Contributions are shown to 2 places; the total is rounded once, at the end."
    for stage in profile.stages:
        if moved := movement(overall, stage, profile):
            yield moved
    if {"gross", "nett"} <= overall.points.keys():
        yield reduction(overall.points["gross"], overall.points["nett"], words)


def _line(
    risk: Risk, place: int, overall: Overall, scores: Scores, profile: Profile
) -> list[PageCell]:
    cells = [
        PageCell(risk.key, "rb text"),
        PageCell(risk.title, "rb wrap"),
        percent_cell(risk.weight),
    ]
    for stage in profile.stages:
        score = scores.by_row[risk.row].get(stage)
        part = overall.contributions[stage][place]
        cells.append(PageCell(score.points if score else unscored(risk, stage), "rb number"))
        cells.append(PageCell(half_up(part, 2) if part is not None else None, "rb decimal"))
    return cells + (_moved(risk, scores) if profile.risks.column("prior_nett") else [])


def _moved(risk: Risk, scores: Scores) -> list[PageCell]:
    """Last year's nett points and which way they went; blank where either is not known."""
    prior, score = prior_points(risk, "nett"), scores.by_row[risk.row].get("nett")
    word = travel(prior, score.points) if prior is not None and score else None
    return [PageCell(prior, "rb number"), PageCell(word, "rb wrap")]


def _total(overall: Overall, profile: Profile) -> PageRow:
    cells = [
        PageCell("Total", "rb total label"),
        PageCell(None, "rb total"),
        PageCell(overall.weight_total, "rb total percent"),
    ]
    for stage in profile.stages:
        points = overall.points.get(stage)
        cells.append(band_cell(profile.bands, overall.bands.get(stage)))
        cells.append(PageCell(half_up(points, 2) if points is not None else None, "rb points"))
    return PageRow(tuple(cells))


def movement(overall: Overall, stage: str, profile: Profile) -> str:
    """How the overall moved since last year, with this year's weights; empty without last year."""
    if not profile.risks.column(f"prior_{stage}") or stage not in overall.points:
        return ""
    before = Decimal(0)
    for risk in overall.rows:
        prior = prior_points(risk, stage)
        if prior is None or risk.weight is None:
            return ""
        before += risk.weight * prior
    word = travel(before, overall.points[stage])
    name = profile.words[stage].lower()
    return f"Last year, with this year's weights, {name}: {plain(half_up(before, 2))} ({word})."
