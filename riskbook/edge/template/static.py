"""The sheets that the profile alone fills: About, Key and Lists."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from riskbook.core import layout
from riskbook.core.key import Plan
from riskbook.core.page import LINE, height_of
from riskbook.core.profile import Profile
from riskbook.edge.template.printing import a4, protect

Formats = Mapping[str, Format]
ABOUT_WIDTH = 110  # characters
KEY_WIDTH = 34


def about(
    sheet: Worksheet, profile: Profile, document: Mapping[str, Any], mark: str, formats: Formats
) -> None:
    """The About sheet: entries of the whole register, then what riskbook controls."""
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, ABOUT_WIDTH)
    sheet.write_string(0, 0, "About this register", formats["rb title"])
    sheet.set_row(0, 26)
    sheet.write_string(
        1, 0, "Type in the white cells; grey cells belong to the template.", formats["rb note"]
    )
    rows = layout.about_rows(profile, document, mark)
    for row, (label, text, entered) in enumerate(rows, start=layout.ABOUT_FIRST_ROW - 1):
        sheet.write_string(row, 0, label, formats["rb label"])
        style = formats["rb entry text" if entered else "rb computed text"]
        if text:
            sheet.write_string(row, 1, text, style)
        else:
            sheet.write_blank(row, 1, None, style)
        sheet.set_row(row, height_of([text], [ABOUT_WIDTH]))
    a4(sheet, profile.title)
    protect(sheet)


def key(book: Workbook, sheet: Worksheet, plan: Plan, formats: Formats) -> None:
    """The Key sheet."""
    sheet.set_column(0, 0, KEY_WIDTH)
    sheet.set_column(1, 12, 16)
    _place(book, sheet, plan, formats)
    for cell in plan.cells:
        if cell.column == 1 and isinstance(cell.value, str) and len(cell.value) > KEY_WIDTH:
            sheet.set_row(cell.row - 1, 2 * LINE + 2)
    a4(sheet, "Key")
    sheet.fit_to_pages(1, 1)


def lists(book: Workbook, sheet: Worksheet, plan: Plan, formats: Formats) -> None:
    """The Lists sheet."""
    sheet.set_column(0, 20, 28)
    _place(book, sheet, plan, formats)
    a4(sheet, "Lists")


def _place(book: Workbook, sheet: Worksheet, plan: Plan, formats: Formats) -> None:
    for cell in plan.cells:
        style = formats[cell.style]
        if isinstance(cell.value, Decimal):
            sheet.write_number(cell.row - 1, cell.column - 1, float(cell.value), style)
        elif cell.value:
            sheet.write_string(cell.row - 1, cell.column - 1, cell.value, style)
        else:
            sheet.write_blank(cell.row - 1, cell.column - 1, None, style)
    for name in plan.names:
        book.define_name(name.name, f"={name.reference}")
    sheet.set_row(0, 26)
    protect(sheet)
