"""Print set-up and protection, the same for every sheet of a kind."""

from xlsxwriter.worksheet import Worksheet

A3, A4 = 8, 9  # ECMA-376 part 1, 18.3.1.63 pageSetup, paperSize
FOOTER = "&L&8&F&C&8&A&R&8Page &P of &N"


def a4(sheet: Worksheet, title: str) -> None:
    """A summary page: A4 landscape, one page wide."""
    _paper(sheet, title, A4, 1)


def a3(sheet: Worksheet, title: str, across: int) -> None:
    """A data sheet: A3 landscape, so many pages wide."""
    _paper(sheet, title, A3, across)


def _paper(sheet: Worksheet, title: str, paper: int, across: int) -> None:
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&8{title.replace('&', '&&')}", {"margin": 0.3})
    sheet.set_footer(FOOTER, {"margin": 0.3})
    sheet.fit_to_pages(across, 0)


def protect(sheet: Worksheet) -> None:
    """Lock what is not entered; filters, sorting, widths and heights stay usable.

    There is no password: protection keeps honest hands from slipping, nothing more.
    """
    sheet.hide_gridlines(2)
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_columns": True,
            "format_rows": True,
            "select_locked_cells": True,
            "select_unlocked_cells": True,
        },
    )
