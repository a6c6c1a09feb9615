"""What a workbook with buttons has more than one without: names for VBA, settings, buttons.

The macros themselves are put in later (:mod:`riskbook.edge.macros.parts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from riskbook.core import settings
from riskbook.core.commands import COMMANDS
from riskbook.core.pages import checks
from riskbook.core.profile import Profile
from riskbook.edge.template.printing import protect

ON_SHEETS = ("refresh", "check", "next_finding")  # what an officer presses while typing
WIDTH, HEIGHT, GAP, TOP = 110, 26, 5, 4  # pixels
TITLE_HEIGHT = 26  # points, as a refresh leaves it
LETTER = 11  # pixels: a letter of the title, on average
DIGIT = 7  # pixels: the unit of a column's width, a digit of the default font


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The settings that the buttons run by."""

    settings: Sequence[tuple[str, str]]  # key and value of each row of the sheet


def set_up(book: Workbook, live: Live, formats: Mapping[str, Format]) -> None:
    """Add the settings sheet, and name every sheet for VBA; after all other sheets."""
    sheet = book.add_worksheet(settings.SHEET)
    sheet.set_column(0, 1, 40)
    for row, pair in enumerate(live.settings):
        for column, text in enumerate(pair):
            if text:
                sheet.write_string(row, column, text, formats["rb text"])
    protect(sheet)
    sheet.very_hidden()
    book.set_vba_name()
    for place, each in enumerate(book.worksheets(), start=1):
        each.set_vba_name(f"Sheet{place}")


def buttons(sheets: Mapping[str, Worksheet], profile: Profile) -> None:
    """Buttons right of the title of the sheets that officers work on."""
    for table in profile.tables:
        role, title = ("risks", profile.title) if table is profile.risks else ("actions", "")
        widths = [column.width for column in table.columns]
        _row_of_buttons(sheets[role], title or table.sheet, widths)
    _row_of_buttons(sheets["checks"], profile.sheets["checks"], checks.WIDTHS)


def _row_of_buttons(sheet: Worksheet, title: str, widths: Sequence[float]) -> None:
    """Buttons side by side, none across the edge of a column.

    Programs differ in the width of a column by a fifth, depending on the fonts that they
    have; a button that is tied to two columns would be stretched.
    """
    sheet.set_row(0, TITLE_HEIGHT)
    commands = [command for command in COMMANDS if command.name in ON_SHEETS]
    start = len(title) * LETTER
    for column, width in enumerate(widths):
        pixels = int(width * DIGIT) + 5
        left = max(GAP, start)
        start = max(0, start - pixels)
        while commands and left + WIDTH <= pixels:
            command = commands.pop(0)
            options = {
                "macro": command.macro,
                "caption": command.label,
                "description": command.tip,
                "width": WIDTH,
                "height": HEIGHT,
                "x_offset": left,
                "y_offset": TOP,
            }
            sheet.insert_button(0, column, options)
            left += WIDTH + GAP
