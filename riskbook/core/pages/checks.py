"""The Checks sheet: every finding in a line, with a link to its cell."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from riskbook.core.finding import Finding, Severity
from riskbook.core.model import Register
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.parts import BLANK_ROW, body, count, head, note, opening
from riskbook.core.profile import Profile

WIDTHS = (13, 9, 20, 24, 70, 60)
HEAD_ROW = 8  # the row of the headings
KEY = (
    "Error: to be mended before the register is used. Warning: probably a mistake. "
    "Information: worth a look."
)
HEADINGS = ("Severity", "Rule", "Cell", "Value", "What was found", "What to do")


def page(register: Register, findings: Sequence[Finding], profile: Profile, as_at: date) -> Page:
    """The findings, worst first."""
    rows = opening(profile.sheets["checks"], register, profile, as_at, WIDTHS)
    rows.append(note(totals(findings), WIDTHS))
    rows.append(note(KEY, WIDTHS))
    rows.append(BLANK_ROW)
    rows.append(head(HEADINGS, WIDTHS))
    rows.extend(_line(finding) for finding in findings)
    return Page(sheet=profile.sheets["checks"], rows=tuple(rows))


def totals(findings: Sequence[Finding]) -> str:
    """``3 errors, 5 warnings, 1 note``, or that nothing was found."""
    found = Counter(finding.severity for finding in findings)
    if not found:
        return "Nothing was found: every check passed."
    return ", ".join(
        (
            count(found[Severity.ERROR], "error"),
            count(found[Severity.WARNING], "warning"),
            count(found[Severity.INFORMATION], "note"),
        )
    )


def _line(finding: Finding) -> PageRow:
    value = finding.value if len(finding.value) <= 200 else finding.value[:199] + "…"
    cells = (
        PageCell(finding.severity.value.capitalize(), f"rb {finding.severity.value}"),
        PageCell(finding.code, "rb text"),
        PageCell(str(finding.at), "rb link", link=finding.at),
        PageCell(value, "rb wrap"),
        PageCell(_sentence(finding.message), "rb wrap"),
        PageCell(finding.fix, "rb wrap"),
    )
    return body(cells, WIDTHS)


def _sentence(message: str) -> str:
    """With a capital, unless it begins with a reference, e.g. ``pp_r011 has no score``."""
    first = message.partition(" ")[0]
    return message[:1].upper() + message[1:] if first.isalpha() else message
