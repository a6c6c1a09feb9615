"""The workbook that an add-in is made of: one sheet that nobody sees, which says what it is."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from riskbook.edge.template.made import MADE


def shell(title: str, lines: Sequence[str]) -> bytes:
    """A workbook of one sheet with some lines of text, ready for macros."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "comments": " ".join(lines), "created": MADE})
    book.set_vba_name()
    sheet = book.add_worksheet("Riskbook")
    sheet.set_vba_name("Sheet1")
    sheet.set_column(0, 0, 100)
    for row, line in enumerate((title, *lines)):
        sheet.write_string(row, 0, line)
    book.close()
    return stream.getvalue()
