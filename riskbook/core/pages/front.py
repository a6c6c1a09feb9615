"""The Summary sheet: a register at a glance, with counts that can be added up."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.finding import Finding
from riskbook.core.model import Register
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.checks import totals
from riskbook.core.pages.parts import (
    BLANK_ROW,
    band_cell,
    body,
    count,
    head,
    heading,
    note,
    opening,
    reduction,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.scoring import half_up
from riskbook.core.summary import Counted, Group, Summary
from riskbook.core.words import listed

FIRST, OTHER = 34, 11  # widths of the sheet's columns, in characters


def page(
    register: Register,
    scores: Scores,
    summary: Summary,
    findings: Sequence[Finding],
    profile: Profile,
    as_at: date,
) -> Page:
    """One page: what the register says, then its counts."""
    rows = opening(profile.sheets["summary"], register, as_at)
    rows.append(PageRow((PageCell(headline(register, summary, profile), "rb lead"),)))
    rows.append(note(f"Checks: {totals(findings).rstrip('.')}."))
    rows.append(BLANK_ROW)
    rows.extend(_by_band(summary, profile))
    if scores.overalls:
        rows.extend(_overall(scores, profile))
    for group in summary.groups:
        rows.extend(_group(group, summary, profile))
    return Page(sheet=profile.sheets["summary"], rows=tuple(rows))


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


def _by_band(summary: Summary, profile: Profile) -> Iterator[PageRow]:
    words, total, stages = profile.words, summary.total, profile.stages
    widths = (FIRST, *[OTHER] * len(stages))
    yield heading(f"By {words['band']}")
    yield head((words["band"], *(words[stage] for stage in stages)), widths)
    for band in reversed(profile.bands):
        counts = [PageCell(total.bands[stage][band.key], "rb number") for stage in stages]
        yield PageRow((band_cell(profile.bands, band), *counts))
    unscored = [PageCell(total.unscored[stage], "rb number") for stage in stages]
    yield PageRow((PageCell("Not scored", "rb text"), *unscored))
    yield PageRow(
        (PageCell("Total", "rb total label"), *(PageCell(total.risks, "rb total") for _ in stages))
    )
    if not profile.weighted:  # points of weighted sub-risks are no sum: the overall is
        yield from _points(total, profile)
    if summary.updates:
        filled, wanted = summary.updates
        share = half_up(Decimal(100 * filled) / wanted, 0) if wanted else Decimal(0)
        yield note(f"{words['update']}: {filled} of {wanted} filled in ({share} %).")
    yield BLANK_ROW


def _points(total: Counted, profile: Profile) -> Iterator[PageRow]:
    words, stages = profile.words, profile.stages
    points = [PageCell(total.points[stage], "rb number") for stage in stages]
    yield PageRow((PageCell(f"{words['points']}, total", "rb text"), *points))
    means = [total.mean(stage) for stage in stages]
    cells = [PageCell(half_up(m, 2) if m is not None else None, "rb decimal") for m in means]
    yield PageRow((PageCell(f"{words['points']}, mean", "rb text"), *cells))
    if lowered := _reduction(total, profile):
        yield note(lowered)


def _reduction(total: Counted, profile: Profile) -> str:
    """By how much the controls bring the points down."""
    if not {"gross", "nett"} <= set(profile.stages):
        return ""
    if total.unscored["gross"] or total.unscored["nett"]:
        return ""
    return reduction(total.points["gross"], total.points["nett"], profile.words)


def _overall(scores: Scores, profile: Profile) -> Iterator[PageRow]:
    words = profile.words
    headings = [words["risk"]]
    for stage in profile.stages:
        headings += [words[stage], f"{words[stage]} {words['band']}"]
    widths = (FIRST, *[OTHER] * (len(headings) - 1))
    yield heading(words["overall"])
    yield head(headings, widths)
    for overall in scores.overalls.values():
        cells = [PageCell(f"{overall.ref} {overall.rows[0].text('title')}", "rb wrap")]
        for stage in profile.stages:
            points = overall.points.get(stage)
            cells.append(PageCell(half_up(points, 2) if points is not None else None, "rb points"))
            cells.append(band_cell(profile.bands, overall.bands.get(stage)))
        yield body(cells, widths)
    yield BLANK_ROW


def _group(group: Group, summary: Summary, profile: Profile) -> Iterator[PageRow]:
    words, stages = profile.words, profile.stages
    headings = [words[group.field], "Risks" if not profile.weighted else "Sub-risks"]
    for stage in stages:
        headings += [f"{words[stage]} {band.label}" for band in reversed(profile.bands)]
    widths = (FIRST, *[OTHER] * (len(headings) - 1))
    name = words[group.field]
    yield heading(f"By {name}")
    yield head(headings, widths)
    for line in group.lines:
        yield body(_counts(line, profile, "rb wrap", "rb number"), widths)
    if group.memberships == summary.total.risks:
        yield PageRow(tuple(_counts(summary.total, profile, "rb total label", "rb total")))
    else:
        yield note(
            f"Shared risks count for each: {group.memberships} memberships over "
            f"{summary.total.risks} rows."
        )
    yield BLANK_ROW


def _counts(line: Counted, profile: Profile, first: str, other: str) -> list[PageCell]:
    cells = [PageCell(line.name, first), PageCell(line.risks, other)]
    for stage in profile.stages:
        cells += [PageCell(line.bands[stage][b.key], other) for b in reversed(profile.bands)]
    return cells
