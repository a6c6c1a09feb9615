"""Lays out what riskbook's own sheets show: pages of values and named styles."""

from collections.abc import Sequence
from datetime import date

from riskbook.core.finding import Finding
from riskbook.core.forms import Told
from riskbook.core.model import Register
from riskbook.core.page import Page
from riskbook.core.pages import actions_due, checks, front, risk_pages, weighting
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.summary import Summary

__all__ = ["lay_out"]


def lay_out(
    register: Register,
    scores: Scores,
    summary: Summary,
    findings: Sequence[Finding],
    profile: Profile,
    as_at: date,
) -> tuple[Page, ...]:
    """Every sheet of riskbook's own that the profile has."""
    pages = [
        front.page(register, scores, summary, findings, profile, as_at),
        checks.page(register, findings, profile, as_at),
    ]
    if "weighting" in profile.sheets:
        pages.append(weighting.page(register, scores, profile, as_at))
    if "actions_due" in profile.sheets:
        pages.append(actions_due.page(register, profile, as_at))
    if "risk_pages" in profile.sheets:
        told = Told(register=register, scores=scores, profile=profile, as_at=as_at)
        pages.append(risk_pages.page(told))
    return tuple(pages)
