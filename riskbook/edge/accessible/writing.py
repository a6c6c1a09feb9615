"""Writes an accessible edition as a workbook, with XlsxWriter.

::

    core.accessible.Edition -> cells, tables, links -> parts put right -> .xlsx bytes

What XlsxWriter cannot say is put into its parts afterwards: titles as the cell styles
Heading 1 and Heading 2, the language of the document, and texts that look like markup.
The same edition gives the same bytes.  Rows have no height of their own, so that they
grow with the reader's font.
"""

from collections.abc import Iterator
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
from riskbook.edge.exporting import harmless
from riskbook.edge.printed import printable
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.patch import escape
from riskbook.edge.xlsx.styles import add_named_styles

STYLES, TEXTS, CORE = "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT: Final = {"font_name": "Arial", "font_size": 12}
LINE = 15.75  # points: a line of this font
NARROW, USUAL, WIDE, WIDEST = 12, 40, 70, 140  # characters across a column
COVER_WIDTH = 90
LINK_BLUE = "#0563C1"  # 6 to 1 on white, and underlined, so not told by its colour alone

_TOP = {"valign": "top"}
_CELL = {**FONT, **_TOP, "text_wrap": True}
_HEAD = {**_CELL, "bold": True, "bottom": 1}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": "Arial", "font_size": 16, "bold": True, "align": "left"},
    "heading": {"font_name": "Arial", "font_size": 14, "bold": True, "align": "left"},
    "prose": {**FONT, **_TOP, "align": "left"},
    "prose link": {**FONT, **_TOP, "align": "left", "underline": 1, "font_color": LINK_BLUE},
    "head text": {**_HEAD, "align": "left"},
    "head number": {**_HEAD, "align": "right"},
    "text": {**_CELL, "align": "left"},
    "guarded": {**_CELL, "align": "left", "quote_prefix": True},
    "link": {**_CELL, "align": "left", "underline": 1, "font_color": LINK_BLUE},
    "number": {**_CELL, "align": "right"},
    "percent": {**_CELL, "align": "right", "num_format": "0%"},
    "percent fine": {**_CELL, "align": "right", "num_format": "0.00%"},
    "date": {**_CELL, "align": "right", "num_format": "d mmmm yyyy"},
}
BUILT_IN = {"title": ("Heading 1", 16), "heading": ("Heading 2", 17)}  # ECMA-376, 18.8.7
_TO_THE_RIGHT = ("number", "percent", "date")


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
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, printable(sheet.title), formats["title"])
    on_cover = sheet.table is None
    for row, line in enumerate(sheet.prose, start=1):
        look = "heading" if line.heading else "prose"
        if line.link:
            target = line.link.replace("'", "''")
            page.write_url(row, 0, f"internal:'{target}'!A1", formats["prose link"], line.text)
        else:
            wrapped = "text" if on_cover and not line.heading else look
            page.write_string(row, 0, printable(line.text), formats[wrapped])
    if sheet.table is None:
        page.set_column(0, 0, COVER_WIDTH)
    else:
        _table(page, sheet.table, 1 + len(sheet.prose), formats)


def _table(page: Any, table: Table, top: int, formats: dict[str, Any]) -> None:
    columns = [
        {
            "header": printable(column.heading),
            "header_format": formats[_head(column)],
        }
        for column in table.columns
    ]
    last = len(columns) - 1
    form = {"name": table.name, "columns": columns, "autofilter": False}
    page.add_table(
        top, 0, top + len(table.rows), last, {**form, "style": None, "banded_rows": False}
    )
    page.repeat_rows(top)
    for place, column in enumerate(table.columns):
        values = [row[place] for row in table.rows]
        look = _look(column, values)
        page.set_column(place, place, _width(column, values))
        for row, value in enumerate(values, start=top + 1):
            _cell(page, row, place, value, look, formats)


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
        text = printable(value)
        plain = "number" if value in SHORTHAND and look in _looks_to_the_right() else "text"
        guarded = harmless(text) != text
        page.write_string(row, place, text, formats["guarded" if guarded else plain])


def _looks_to_the_right() -> tuple[str, ...]:
    return (*_TO_THE_RIGHT, "percent fine")


def _width(column: Column, values: list[Value]) -> int:
    """Characters across: the longest word, then as wide as keeps the highest row visible."""
    texts = [column.heading, *(str(value) for value in values if isinstance(value, str))]
    words = [word for text in texts for word in text.split()]
    longest = max(map(len, words), default=0)
    least = max(NARROW, min(USUAL, ceil(longest * 1.2) + 1))
    if column.kind in _TO_THE_RIGHT:
        return max(least, 20 if column.kind == "date" else NARROW)
    most = max(map(len, texts))
    width = max(least, min(USUAL, most)) if most <= 4 * USUAL else max(least, WIDE)
    while width < WIDEST and any(lines(text, width) * LINE > HIGHEST for text in texts):
        width += 10
    return width


def lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column, in this font."""
    fit = max(1, int(width * PROSE))
    return sum(max(1, ceil(len(line) / fit)) for line in text.split("\n"))


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
    return package.replaced({STYLES: styles, TEXTS: _texts(book), CORE: core})


def _texts(book: Any) -> bytes:
    """The shared texts, escaped here: XlsxWriter takes <r>...</r> for markup of its own."""
    table = book.str_table
    items = "".join(_items(table.string_array))
    head = f'<sst xmlns="{MAIN}" count="{table.count}" uniqueCount="{table.unique_count}">'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{head}{items}</sst>'.encode()


def _items(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield f'<si><t xml:space="preserve">{escape(text)}</t></si>'
