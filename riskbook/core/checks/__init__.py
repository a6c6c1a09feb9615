"""The checks of a register: each a function from a case to findings, in a plain tuple."""

from collections.abc import Callable, Iterable

from riskbook.core.checks import (
    about,
    actions,
    characters,
    dates,
    entries,
    exempt,
    figures,
    names,
    rows,
    structure,
    template,
    texts,
    typing,
)
from riskbook.core.checks.rules import RULES, Case, Judge
from riskbook.core.finding import Finding, Severity
from riskbook.core.profile import Profile

__all__ = ["CHECKS", "RULES", "Case", "Judge", "in_order", "run"]

CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    *structure.CHECKS,
    *rows.CHECKS,
    *entries.CHECKS,
    *typing.CHECKS,
    *characters.CHECKS,
    *dates.CHECKS,
    *figures.CHECKS,
    *actions.CHECKS,
    *texts.CHECKS,
    *names.CHECKS,
    *exempt.CHECKS,
    *about.CHECKS,
    *template.CHECKS,
)


def run(case: Case) -> tuple[Finding, ...]:
    """Every finding of a register."""
    return tuple(finding for check in CHECKS for finding in check(case))


def in_order(found: Iterable[Finding], profile: Profile) -> tuple[Finding, ...]:
    """Findings that are not switched off: the worst first, then by sheet, row and column."""
    severities = list(Severity)
    sheets = list(profile.sheets.values())

    def place(finding: Finding) -> tuple[int, int, int, int, str]:
        at = finding.at
        sheet = sheets.index(at.sheet) if at.sheet in sheets else len(sheets)
        return (severities.index(finding.severity), sheet, at.row, at.column, finding.code)

    return tuple(sorted((f for f in found if f.severity is not Severity.OFF), key=place))
