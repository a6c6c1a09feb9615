"""Lays out what riskbook's own sheets show: pages of values and named styles."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from riskbook.core.finding import Finding
from riskbook.core.forms import Told
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
from riskbook.core.summary import Changes, Summary

__all__ = ["Figures", "lay_out", "widths"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures(Told):
    """What pages are made from."""

    summary: Summary
    findings: Sequence[Finding] | None  # None in an edition that leaves them out
    changes: Changes | None = None  # beside an earlier register, where there was one


def lay_out(of: Figures, roles: Collection[str] | None = None) -> tuple[Page, ...]:
    """Every sheet of riskbook's own that the profile has, or those of some roles."""
    return tuple(
        make(of)
        for role, make in PAGES.items()
        if role in of.profile.sheets
        and (roles is None or role in roles)
        and (role != "checks" or of.findings is not None)
    )


PAGES: Mapping[str, Callable[[Figures], Page]] = {
    "summary": lambda of: front.page(
        of.register, of.scores, of.summary, of.findings, of.profile, of.as_at, of.changes
    ),
    "checks": lambda of: checks.page(of.register, of.findings or (), of.profile, of.as_at),
    "heat_map": lambda of: heat_map.page(of.register, of.scores, of.profile, of.as_at),
    "breakdown": lambda of: breakdown.page(of.register, of.summary, of.profile, of.as_at),
    "weighting": lambda of: weighting.page(of.register, of.scores, of.profile, of.as_at),
    "actions_due": lambda of: actions_due.page(of.register, of.profile, of.as_at, of.changes),
    "risk_pages": risk_pages.page,
}
