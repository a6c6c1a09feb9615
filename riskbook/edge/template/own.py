"""riskbook's own sheets as the template ships them: widths, print set-up, styles; no values.

A refresh fills them.  The front page is built with one empty cell in each named style,
so that every style has a format in the file; the first refresh replaces those cells.
"""

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from riskbook.core.pages import actions_due, checks, front, weighting
from riskbook.core.profile import Profile
from riskbook.edge.template.printing import a4, protect

WIDTHS: Mapping[str, Sequence[int]] = {
    "summary": (front.FIRST, *[front.OTHER] * 20),
    "checks": checks.WIDTHS,
    "weighting": weighting.WIDTHS,
    "actions_due": actions_due.WIDTHS,
}
# the row of headings of a long list, which each printed page repeats
HEADS: Mapping[str, int] = {"checks": checks.HEAD_ROW, "actions_due": actions_due.HEAD_ROW}


def write(sheets: Mapping[str, Worksheet], profile: Profile, formats: Mapping[str, Format]) -> None:
    """Set up each own sheet that the profile has."""
    for role, widths in WIDTHS.items():
        if role in sheets:
            sheet = sheets[role]
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            a4(sheet, profile.sheets[role])
            if role in HEADS:
                sheet.repeat_rows(HEADS[role] - 1)
            protect(sheet)
    for column, style in enumerate(formats.values()):
        sheets["summary"].write_blank(0, column, None, style)
