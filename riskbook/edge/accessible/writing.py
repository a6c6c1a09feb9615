"""Writes an accessible edition as a workbook, with XlsxWriter.

::

    core.accessible.Edition -> cells, tables, links -> parts put right -> .xlsx bytes

What XlsxWriter cannot say is put into its parts afterwards: titles as the cell styles
Heading 1 and Heading 2, the language of the document, and texts that look like markup.
The same edition gives the same bytes.  Each row has a height that shows its text, but none
that is fixed, so that it grows with the reader's own font.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, Final

import xlsxwriter

from riskbook.core.accessible import SHORTHAND, Edition
from riskbook.core.accessible.sheet import Column, Sheet, Table, Value
from riskbook.core.blocks import LANGUAGE
from riskbook.core.page import HIGHEST, PROSE
from riskbook.core.values import clean
from riskbook.edge.paper.printed import printable
from riskbook.edge.xlsx import texts
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.styles import add_named_styles

STYLES, CORE = "xl/styles.xml", "docProps/core.xml"
FONT: Final = {"font_name": "Arial", "font_size": 12}
LINE = 15.75  # points: a line of this font
NARROW, USUAL, WIDE, WIDEST = 12, 56, 70, 140  # characters across a column
COVER_WIDTH = 90
ENDLESS = 10_000  # characters: a line above a table runs on over empty cells
BOLD = 0.9  # of the letters that fit, as many bold ones do
TITLE_LINE, HEADING_LINE = 22, 24  # points
A4, A3 = 9, 8  # ECMA-376, 18.3.1.63
A4_WIDTH, A3_WIDTH = 130, 190  # characters across in landscape, at a readable size
LINK_BLUE = "#0563C1"  # 6 to 1 on white, and underlined, so not told by its colour alone

_TOP = {"valign": "top"}
_RIGHT = {"align": "right", "indent": 1}  # clear of the text in the next column
_TEXT = {"align": "left", "quote_prefix": True}  # whatever a text begins with, it stays one
_CELL = {**FONT, **_TOP, "text_wrap": True}
_HEAD = {**_CELL, "bold": True, "bottom": 1}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": "Arial", "font_size": 16, "bold": True, **_TEXT},
    "heading": {"font_name": "Arial", "font_size": 14, "bold": True, **_TEXT},
    "prose": {**FONT, **_TOP, **_TEXT},
    "prose link": {**FONT, **_TOP, "align": "left", "underline": 1, "font_color": LINK_BLUE},
    "head text": {**_HEAD, **_TEXT},
    "head number": {**_HEAD, **_TEXT, **_RIGHT},
    "text": {**_CELL, **_TEXT},
    "link": {**_CELL, "align": "left", "underline": 1, "font_color": LINK_BLUE},
    "number": {**_CELL, **_RIGHT},
    "percent": {**_CELL, **_RIGHT, "num_format": "0%"},
    "percent fine": {**_CELL, **_RIGHT, "num_format": "0.00%"},
    "date": {**_CELL, **_RIGHT, "num_format": "d mmmm yyyy"},
}
BUILT_IN = {"title": ("Heading 1", 16), "heading": ("Heading 2", 17)}  # ECMA-376, 18.8.7
_TO_THE_RIGHT = ("number", "percent", "date")
_LOOKS_TO_THE_RIGHT = (*_TO_THE_RIGHT, "percent fine")


def render(edition: Edition) -> bytes:
    """The workbook of an edition."""
    stream = BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(FONT)}
    book = xlsxwriter.Workbook(stream, options)
    moment = datetime(edition.as_at.year, edition.as_at.month, edition.as_at.day)
    about = {"title": edition.title, "author": edition.organisation or "riskbook"}
    about |= {"subject": "Risk register, accessible edition", "company": edition.organisation}
    book.set_properties({**about, "created": moment})
    formats = {name: book.add_format(look) for name, look in FORMATS.items()}
    for sheet in edition.sheets:
        _sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.get_worksheet_by_name(edition.sheets[0].name).activate()
    book.close()
    return _put_right(Package.parse(stream.getvalue()), book, formats)


def _sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    page.set_landscape()
    page.write_string(0, 0, one_line(sheet.title), formats["title"])
    page.set_row(0, TITLE_LINE)
    on_cover = sheet.table is None
    for row, line in enumerate(sheet.prose, start=1):
        look = "heading" if line.heading else "prose"
        page.set_row(row, _height([line.text], [COVER_WIDTH] if on_cover else [ENDLESS]))
        if line.heading:
            page.set_row(row, HEADING_LINE)
        if line.link:
            target = line.link.replace("'", "''")
            page.write_url(row, 0, f"internal:'{target}'!A1", formats["prose link"], line.text)
        else:
            look = "text" if on_cover and not line.heading else look
            page.write_string(row, 0, one_line(line.text), formats[look])
    if sheet.table is None:
        page.set_column(0, 0, COVER_WIDTH)
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
    else:
        _table(page, sheet.table, 1 + len(sheet.prose), formats)


def _table(page: Any, table: Table, top: int, formats: dict[str, Any]) -> None:
    columns = [
        {
            "header": one_line(column.heading),
            "header_format": formats[_head(column)],
        }
        for column in table.columns
    ]
    last = len(columns) - 1
    form = {"name": table.name, "columns": columns, "autofilter": False}
    page.add_table(
        top, 0, top + len(table.rows), last, {**form, "style": None, "banded_rows": False}
    )
    across = [[row[place] for row in table.rows] for place in range(len(columns))]
    widths = [_width(column, vs) for column, vs in zip(table.columns, across, strict=True)]
    for place, (column, values) in enumerate(zip(table.columns, across, strict=True)):
        look = _look(column, values)
        page.set_column(place, place, widths[place])
        for row, value in enumerate(values, start=top + 1):
            _cell(page, row, place, value, look, formats)
    bold = [width * BOLD - 2 for width in widths]
    page.set_row(top, _height([column.heading for column in table.columns], bold))
    for row, line in enumerate(table.rows, start=top + 1):
        page.set_row(row, _height([v if isinstance(v, str) else "" for v in line], widths))
    page.repeat_rows(top)
    _on_paper(page, sum(widths))


def _on_paper(page: Any, width: int) -> None:
    """As many sheets of paper across as keep the letters readable; the first column on each."""
    page.set_paper(A4 if width <= A4_WIDTH else A3)
    page.fit_to_pages(ceil(width / A3_WIDTH), 0)
    if width > A3_WIDTH:
        page.repeat_columns(0)


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points of a row of wrapped texts."""
    most = max(lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(HIGHEST, most * LINE + 2)


def _head(column: Column) -> str:
    return "head number" if column.kind in _TO_THE_RIGHT else "head text"


def _look(column: Column, values: list[Value]) -> str:
    fine = any(isinstance(value, Decimal) and value * 100 % 1 for value in values)
    return "percent fine" if column.kind == "percent" and fine else column.kind


def _cell(
    page: Any, row: int, place: int, value: Value, look: str, formats: dict[str, Any]
) -> None:
    if isinstance(value, date):
        page.write_datetime(row, place, datetime(value.year, value.month, value.day), formats[look])
    elif not isinstance(value, str):
        page.write_number(row, place, float(value), formats[look])
    elif look == "link":
        target = value.replace("'", "''")
        page.write_url(row, place, f"internal:'{target}'!A1", formats[look], value)
    else:
        right = value in SHORTHAND and look in _LOOKS_TO_THE_RIGHT
        page.write_string(row, place, printable(value), formats["number" if right else "text"])


def _width(column: Column, values: list[Value]) -> int:
    """Characters across: the longest word, then as wide as keeps the highest row visible."""
    said = [column.heading, *(str(value) for value in values if isinstance(value, str))]
    words = [word for text in said for word in text.split()]
    longest = max(map(len, words), default=0)
    least = max(NARROW, min(USUAL, ceil(longest * 1.2) + 1))
    if column.kind in _TO_THE_RIGHT:
        return max(least, 20 if column.kind == "date" else NARROW)
    most = max(map(len, said))
    width = max(least, min(USUAL, most)) if most <= 4 * USUAL else max(least, WIDE)
    while width < WIDEST and any(lines(text, width) * LINE > HIGHEST for text in said):
        width += 10
    return width


def lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column, in this font."""
    fit = max(1, int(width * PROSE))
    return sum(max(1, ceil(len(line) / fit)) for line in text.split("\n"))


def one_line(text: str) -> str:
    """A text that can be printed, on one line."""
    return clean(printable(text))


def _put_right(package: Package, book: Any, formats: dict[str, Any]) -> bytes:
    names = {formats[key].xf_index: name for key, (name, _) in BUILT_IN.items()}
    names = {index: name for index, name in names.items() if index is not None}
    styles = add_named_styles(package.part(STYLES), names)
    for name, number in BUILT_IN.values():
        plain, known = f'name="{name}"', f'name="{name}" builtinId="{number}" customBuiltin="1"'
        styles = styles.replace(plain.encode(), known.encode())
    core = package.part(CORE).replace(
        b"<dcterms:created", f"<dc:language>{LANGUAGE}</dc:language><dcterms:created".encode(), 1
    )
    sheets = {
        name: package.part(name).replace(b' customHeight="1">', b">")
        for name in package.names
        if name.startswith("xl/worksheets/sheet")
    }
    table = book.str_table
    shared = texts.part(table.string_array, table.count)
    return package.replaced({**sheets, STYLES: styles, texts.PART: shared, CORE: core})
