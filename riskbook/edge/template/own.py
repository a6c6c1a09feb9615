"""riskbook's own sheets as the template ships them: widths, print set-up, charts; no values.

A refresh fills them.  The front page is built with one empty cell in each named style,
so that every style has a format in the file; the first refresh replaces those cells.
"""

from collections.abc import Mapping

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from riskbook.core.pages import actions_due, checks, risk_pages, widths
from riskbook.core.profile import Profile
from riskbook.edge.template import charts
from riskbook.edge.template.printing import a4, protect

# the row of headings of a long list, which each printed page repeats
HEADS: Mapping[str, int] = {"checks": checks.HEAD_ROW, "actions_due": actions_due.HEAD_ROW}
ONE_PAGE = ("summary",)


def write(
    book: Workbook,
    sheets: Mapping[str, Worksheet],
    profile: Profile,
    formats: Mapping[str, Format],
) -> None:
    """Set up each own sheet that the profile has."""
    wide = widths(profile)
    for role, columns in wide.items():
        if role in sheets:
            sheet = sheets[role]
            for column, width in enumerate(columns):
                sheet.set_column(column, column, width)
            _print(sheet, role, profile)
            protect(sheet)
    charts.write(book, sheets, profile, wide["summary"])
    for column, style in enumerate(formats.values()):
        sheets["summary"].write_blank(0, column, None, style)


def _print(sheet: Worksheet, role: str, profile: Profile) -> None:
    """A4, one page wide; the whole sheet on one page where it is read at a glance."""
    a4(sheet, profile.sheets[role])
    if role in ONE_PAGE:
        sheet.fit_to_pages(1, 1)
        sheet.center_horizontally()
    if role == "risk_pages" and risk_pages.upright(profile):
        sheet.set_portrait()
    if role in HEADS:
        sheet.repeat_rows(HEADS[role] - 1)
