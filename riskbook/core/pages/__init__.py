"""Lays out what riskbook's own sheets show: pages of values and named styles."""

from collections.abc import Sequence
from datetime import date

from riskbook.core.finding import Finding
from riskbook.core.forms import Told
from riskbook.core.model import Register
from riskbook.core.page import Page
from riskbook.core.pages import (
    actions_due,
    breakdown,
    checks,
    front,
    heat_map,
    risk_pages,
    weighting,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.summary import Changes, Summary

__all__ = ["lay_out", "widths"]


def widths(profile: Profile) -> dict[str, Sequence[int]]:
    """The widths of the columns of each own sheet by its role, in characters."""
    return {
        "summary": front.WIDTHS,
        "heat_map": heat_map.widths(profile),
        "breakdown": breakdown.widths(profile),
        "checks": checks.WIDTHS,
        "weighting": weighting.widths(profile),
        "actions_due": actions_due.WIDTHS,
        "risk_pages": risk_pages.widths(profile),
    }


def lay_out(
    register: Register,
    scores: Scores,
    summary: Summary,
    findings: Sequence[Finding],
    profile: Profile,
    as_at: date,
    changes: Changes | None = None,
) -> tuple[Page, ...]:
    """Every sheet of riskbook's own that the profile has.

    ``changes`` is what a comparison with an earlier register found, where there was one.
    """
    pages = [
        front.page(register, scores, summary, findings, profile, as_at, changes),
        checks.page(register, findings, profile, as_at),
    ]
    if "heat_map" in profile.sheets:
        pages.append(heat_map.page(register, scores, profile, as_at))
    if "breakdown" in profile.sheets:
        pages.append(breakdown.page(register, summary, profile, as_at))
    if "weighting" in profile.sheets:
        pages.append(weighting.page(register, scores, profile, as_at))
    if "actions_due" in profile.sheets:
        pages.append(actions_due.page(register, profile, as_at, changes))
    if "risk_pages" in profile.sheets:
        told = Told(register=register, scores=scores, profile=profile, as_at=as_at)
        pages.append(risk_pages.page(told))
    return tuple(pages)
