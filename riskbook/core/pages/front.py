"""The Summary sheet: one page on which a register is seen at a glance.

::

    headline, checks
    counts by band              | charts, which read the counts and the top risks
    points or overall scores    |
    top risks                     at most ten; rows that are not used are hidden
    what is missing, what changed, key

The counts and the top risks begin at fixed places under a profile, for the charts read them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.charts import FILLS, Area, Chart, Series
from riskbook.core.finding import Finding
from riskbook.core.model import Register
from riskbook.core.page import Page, PageCell, PageRow, band_style
from riskbook.core.pages import changed, missing, top
from riskbook.core.pages.checks import totals
from riskbook.core.pages.parts import (
    BLANK_ROW,
    GAP_ROW,
    LEGEND,
    OPENED,
    across,
    band_cell,
    count,
    explained,
    head,
    head_across,
    heading,
    lead,
    note,
    one_row,
    opening,
    published,
    reduction,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Overall, Scores
from riskbook.core.scoring import half_up, plain
from riskbook.core.summary import Changes, Counted, Summary
from riskbook.core.words import listed

FIRST, OTHER = 16, 14  # widths of the sheet's columns, in characters
WIDTHS = (FIRST, *[OTHER] * 13)
COUNTED = 5  # columns of the counts; the charts stand to the right of them
BLOCK_ROW = OPENED + 4  # the heading of the counts by band: headline, checks, blank above
BANDS_ROW = BLOCK_ROW + 2  # the worst band
BLOCK = 13  # rows of the block at least: the charts are as high
FIRST_CHART, SECOND_CHART, LAST = COUNTED + 1, COUNTED + 4, len(WIDTHS)  # columns
OVERALLS = 3  # overall scores that the headline says
LISTED = 4  # overall scores that stand below the counts


def page(
    register: Register,
    scores: Scores,
    summary: Summary,
    findings: Sequence[Finding] | None,
    profile: Profile,
    as_at: date,
    changes: Changes | None = None,
) -> Page:
    """One page: what the register says, its counts, what is missing, what changed."""
    rows = opening(profile.sheets["summary"], register, profile, as_at, WIDTHS)
    told = " ".join(filter(None, (headline(register, summary, profile), overall(scores, profile))))
    rows.append(lead(told, WIDTHS))
    rows.append(note(_checked(findings), WIDTHS))
    rows.append(GAP_ROW)
    rows.extend(_block(summary, scores, profile))
    rows.extend(top.block(register, scores, profile, WIDTHS))
    if findings is not None:  # a gap of an edition may be what it withholds
        rows.extend(missing.block(register, findings, profile, as_at, WIDTHS))
    rows.extend(changed.block(register, scores, profile, changes, WIDTHS))
    rows.append(GAP_ROW)
    rows.append(heading(LEGEND))
    rows.append(note(" ".join((_bands_told(profile), *explained(profile))), WIDTHS))
    return Page(sheet=profile.sheets["summary"], rows=tuple(rows), charts=charts(profile))


def _checked(findings: Sequence[Finding] | None) -> str:
    if findings is None:
        return "What the checks found is left out of this edition."
    return f"Checks: {totals(findings).rstrip('.')}."


def _bands_told(profile: Profile) -> str:
    word = profile.words["band"]
    return f"Each {word} has its colour and its points in the table By {word}."


def charts(profile: Profile) -> tuple[Chart, ...]:
    """The charts of the sheet: the counts by band, and gross against nett of the top risks."""
    words, first = profile.words, top_row(profile) + 2
    bands = [
        Series(
            name=Area(BANDS_ROW - 1, column, BANDS_ROW - 1, column),
            values=Area(BANDS_ROW, column, BANDS_ROW + len(profile.bands) - 1, column),
            fill=FILLS[stage],
        )
        for column, stage in enumerate(profile.stages, start=3)
    ]
    points = [
        Series(
            name=Area(first - 1, column, first - 1, column),
            values=Area(first, column, first + top.MOST - 1, column),
            fill=FILLS[stage],
        )
        for column, stage in enumerate(top.stages(profile), start=top.POINTS)
    ]
    rows = f"{one_row(profile)}s"
    stages = listed(words[stage].lower() for stage in profile.stages)
    shown = listed(words[stage].lower() for stage in top.stages(profile))
    return (
        Chart(
            name="riskbook bands",
            title=f"{rows.capitalize()} by {words['band']}",
            alt=f"Columns: how many {rows} are in each {words['band']}, {stages}. The figures are "
            f"in the table By {words['band']} beside it.",
            across=words["band"],
            up=rows.capitalize(),
            categories=Area(BANDS_ROW, 1, BANDS_ROW + len(profile.bands) - 1, 1),
            series=tuple(bands),
            place=Area(BLOCK_ROW, FIRST_CHART, top_row(profile) - 2, SECOND_CHART - 1),
        ),
        Chart(
            name="riskbook top risks",
            title=f"Top {rows}: {words['points']}",
            alt=f"Columns: the {words['points'].lower()} of the top {rows}, {shown}. The figures "
            f"are in the table Top {rows} below it.",
            across=rows[:-1].capitalize(),
            up=words["points"],
            categories=Area(first, 1, first + top.MOST - 1, 1),
            series=tuple(points),
            place=Area(BLOCK_ROW, SECOND_CHART, top_row(profile) - 2, LAST),
        ),
    )


def top_row(profile: Profile) -> int:
    """The row of the heading of the top risks."""
    return BLOCK_ROW + _rows_of_block(profile) + 1


def _rows_of_block(profile: Profile) -> int:
    lines = 2 + len(profile.bands) + 2 + (LISTED + 3 if profile.weighted else 3)
    return max(BLOCK, lines + (profile.risks.column("update") is not None))


def headline(register: Register, summary: Summary, profile: Profile) -> str:
    """One line: ``8 risks. Inherent: 7 Red and 1 Amber. Mitigated: 7 Amber and 1 Green``."""
    parts = [what_there_is(register, profile)]
    for stage in profile.stages:
        counts = summary.total.bands[stage]
        words = [f"{counts[b.key]} {b.label}" for b in reversed(profile.bands) if counts[b.key]]
        if summary.total.unscored[stage]:
            words.append(f"{summary.total.unscored[stage]} not scored")
        if words:
            parts.append(f"{profile.words[stage]}: {listed(words)}")
    return ". ".join(parts) + "."


def what_there_is(register: Register, profile: Profile) -> str:
    """``8 risks``, or ``1 risk in 4 sub-risks, 14 actions``."""
    text = count(len(register.risks), "risk")
    if profile.risks.column("sub_ref"):
        text = f"{count(len(register.families()), 'risk')} in "
        text += count(len(register.risks), "sub-risk")
    return text + (f", {count(len(register.actions), 'action')}" if profile.actions else "")


def overall(scores: Scores, profile: Profile) -> str:
    """The overall scores of the first risks, a sentence each; empty where none are weighted."""
    told = []
    for found in list(scores.overalls.values())[:OVERALLS]:
        points = [
            f"{profile.words[stage].lower()} {plain(half_up(found.points[stage], 2))} "
            f"{found.bands[stage].label}"
            for stage in profile.stages
            if stage in found.points
        ]
        name = f"{profile.words['overall']}, {profile.words['risk'].lower()} {found.ref}"
        told.append(f"{name}: {listed(points)}." if points else f"{name}: not known.")
    return " ".join(told)


def _block(summary: Summary, scores: Scores, profile: Profile) -> Iterator[PageRow]:
    """The counts, and below them empty rows for the charts."""
    rows = [*_by_band(summary, profile), *_overall(scores, profile)]
    yield from rows
    yield from [BLANK_ROW] * (_rows_of_block(profile) - len(rows))
    yield GAP_ROW


def _by_band(summary: Summary, profile: Profile) -> Iterator[PageRow]:
    words, total, stages = profile.words, summary.total, profile.stages
    wide = WIDTHS[:COUNTED]
    yield heading(f"By {words['band']}")
    yield head((words["band"], "Points", *(words[stage] for stage in stages)), wide)
    for band in reversed(profile.bands):
        counts = [PageCell(total.bands[stage][band.key], "rb number") for stage in stages]
        told = PageCell(published(band), "rb text")
        yield PageRow((band_cell(profile.bands, band), told, *counts))
    unscored = [PageCell(total.unscored[stage], "rb number") for stage in stages]
    yield PageRow((PageCell("Not scored", "rb text"), PageCell(), *unscored))
    totals_ = [PageCell(total.risks, "rb total") for _ in stages]
    yield PageRow((PageCell("Total", "rb total label"), PageCell(None, "rb total"), *totals_))
    if not profile.weighted:  # points of weighted sub-risks are no sum: the overall is
        yield from _points(total, profile)
    if summary.updates:
        filled, wanted = summary.updates
        share = half_up(Decimal(100 * filled) / wanted, 0) if wanted else Decimal(0)
        yield note(f"{words['update']}: {filled} of {wanted} filled in ({share} %).", wide)


def _points(total: Counted, profile: Profile) -> Iterator[PageRow]:
    """Totals and means; the third row stays empty where nothing can be compared."""
    stages, word = profile.stages, profile.words["points"]
    points = [PageCell(total.points[stage], "rb number") for stage in stages]
    spans = (2, *[1] * len(stages))
    yield across([PageCell(f"{word}, total", "rb text"), *points], spans, WIDTHS)
    means = [total.mean(stage) for stage in stages]
    cells = [PageCell(half_up(m, 2) if m is not None else None, "rb decimal") for m in means]
    yield across([PageCell(f"{word}, mean", "rb text"), *cells], spans, WIDTHS)
    lowered = _reduction(total, profile)
    yield note(lowered, WIDTHS[:COUNTED]) if lowered else BLANK_ROW


def _reduction(total: Counted, profile: Profile) -> str:
    """By how much the controls bring the points down."""
    if not {"gross", "nett"} <= set(profile.stages):
        return ""
    if total.unscored["gross"] or total.unscored["nett"]:
        return ""
    return reduction(total.points["gross"], total.points["nett"], profile.words)


def _overall(scores: Scores, profile: Profile) -> Iterator[PageRow]:
    """The overall scores of the first weighted risks, each as points and word of its band."""
    found, words = list(scores.overalls.values()), profile.words
    if not found:
        return
    spans = (2, *[1] * len(profile.stages))
    yield GAP_ROW
    yield head_across([words["overall"], *(words[s] for s in profile.stages)], spans, WIDTHS)
    for each in found[:LISTED]:
        yield across([*_scored(each, profile)], spans, WIDTHS)
    if len(found) > LISTED:
        more = count(len(found) - LISTED, "more risk")
        yield note(f"{more} on the sheet {profile.sheets['weighting']}.", WIDTHS[:COUNTED])


def _scored(found: Overall, profile: Profile) -> Iterator[PageCell]:
    yield PageCell(f"{found.ref} {found.rows[0].text('title')}", "rb wrap")
    for stage in profile.stages:
        if stage in found.points:
            band = found.bands[stage]
            told = f"{plain(half_up(found.points[stage], 2))} {band.label}"
            yield PageCell(told, band_style(profile.bands, band))
        else:
            yield band_cell(profile.bands, None)
