"""The register sheets: headings, entries, dropdowns, live formulas, colours.

Places come from :mod:`riskbook.core.layout`, formulas from
:mod:`riskbook.core.formulas`, and what a dropdown allows from the profile's schema.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from riskbook.core import formulas
from riskbook.core.grid import Kind, letters
from riskbook.core.key import Named
from riskbook.core.layout import FIRST_ROW, HEADING_ROW, entry_cell, records
from riskbook.core.model import Typed
from riskbook.core.page import LINE, height_of
from riskbook.core.profile import Profile, Table
from riskbook.core.words import LATER_COLUMNS
from riskbook.edge.template.looks import computed_style, entry_style, quoted
from riskbook.edge.template.printing import a3, protect
from riskbook.edge.template.validations import validation
from riskbook.edge.xlsx.alive import live

Formats = Mapping[str, Format]
PAGE_WIDTH = 300  # characters: more on one A3 page cannot be read
HINT = "Type in the white cells and choose from the lists; grey cells are worked out. "
THEN_PRESS = "Then press Refresh."
THEN_RUN = "Then press Refresh on the Riskbook tab, or run: riskbook refresh FILE"


def write(
    book: Workbook,
    sheet: Worksheet,
    profile: Profile,
    table: Table,
    document: Mapping[str, Any],
    formats: Formats,
    buttons: bool = False,
) -> None:
    """One register sheet with a document's entries and spare rows below them."""
    lines = records(document, table, profile)
    last = FIRST_ROW + max(1, len(lines) + profile.spare_rows) - 1
    _headings(sheet, profile, table, formats)
    hint = HINT + (THEN_PRESS if buttons else THEN_RUN)
    sheet.write_string(1, 0, hint, formats["rb note"])
    _table(sheet, profile, table, last, formats)
    keep = cache(lambda look: book.add_format({**quoted(look)}))
    for row, line in enumerate(lines, start=FIRST_ROW):
        _entries(sheet, table, row, line, formats, keep)
    for row in range(FIRST_ROW + len(lines), last + 1):
        _entries(sheet, table, row, {}, formats, keep)
    _computed(sheet, profile, table, last, formats)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        if rule := validation(profile, table, column):
            sheet.data_validation(FIRST_ROW - 1, place, last - 1, place, rule)
    _colours(sheet, profile, table, last, book)
    _names(book, profile, table, last)
    _set_up(sheet, table, last)


def _headings(sheet: Worksheet, profile: Profile, table: Table, formats: Formats) -> None:
    sheet.write_string(
        0, 0, profile.title if table is profile.risks else table.sheet, formats["rb title"]
    )
    sheet.set_row(0, 26)
    before = ""
    for place, column in enumerate(table.columns):
        if column.group and column.group != before:
            sheet.write_string(HEADING_ROW - 2, place, column.group, formats["rb caption"])
        elif column.group:
            sheet.write_blank(HEADING_ROW - 2, place, None, formats["rb caption"])
        before = column.group
    wrapped = [ceil(len(c.heading) / max(4, c.width - 5)) for c in table.columns]
    words = [len(c.heading.split()) for c in table.columns]
    lines = max(min(w, n) if w > 1 else 1 for w, n in zip(wrapped, words, strict=True))
    sheet.set_row(HEADING_ROW - 1, (lines + 1) * LINE)


def _table(sheet: Worksheet, profile: Profile, table: Table, last: int, formats: Formats) -> None:
    columns: list[dict[str, Any]] = []
    for column in table.columns:
        item: dict[str, Any] = {"header": column.heading, "header_format": formats["rb head"]}
        if not column.entered:
            item["formula"] = "=" + formulas.formula(profile, column)
        columns.append(item)
    name = formulas.RISKS_TABLE if table is profile.risks else formulas.ACTIONS_TABLE
    options = {"name": name, "columns": columns, "style": None, "autofilter": True}
    sheet.add_table(HEADING_ROW - 1, 0, last - 1, len(columns) - 1, options)


def _entries(
    sheet: Worksheet,
    table: Table,
    row: int,
    line: Mapping[str, Typed],
    formats: Formats,
    keep: Callable[[str], Format],
) -> None:
    """One line of entries; ``keep`` makes the format of a text that could be calculated."""
    texts = [str(line.get(column.field, "")) for column in table.columns]
    sheet.set_row(row - 1, height_of(texts, [column.width for column in table.columns]))
    for place, column in enumerate(table.columns):
        if not column.entered:
            continue
        look = entry_style(column.kind)
        style = formats[look]
        if column.field not in line:
            sheet.write_blank(row - 1, place, None, style)
            continue
        cell = entry_cell(column, line[column.field])
        if cell.kind is Kind.NUMBER:
            sheet.write_number(row - 1, place, float(cell.text), style)
        elif cell.kind is Kind.BOOL:
            sheet.write_boolean(row - 1, place, cell.text == "TRUE", style)
        else:
            kept = keep(look) if live(cell.text) else style
            sheet.write_string(row - 1, place, cell.text, kept)


def _computed(
    sheet: Worksheet, profile: Profile, table: Table, last: int, formats: Formats
) -> None:
    for place, column in enumerate(table.columns):
        if not column.entered:
            text = "=" + formulas.formula(profile, column)
            style = formats[computed_style(column.field)]
            for row in range(FIRST_ROW, last + 1):
                sheet.write_formula(row - 1, place, text, style, "")


def _colours(sheet: Worksheet, profile: Profile, table: Table, last: int, book: Workbook) -> None:
    """Bands as colour beside their word; weights that do not sum; parts of a percent."""
    places = {column.field: place for place, column in enumerate(table.columns)}
    for stage in profile.stages:
        if f"{stage}_band" in places:
            _band_colours(sheet, profile, stage, places, last, book)
    top = FIRST_ROW - 1
    if "weight_total" in places:
        place = places["weight_total"]
        cell = f"${letters(place + 1)}{FIRST_ROW}"
        rule = f"=AND(ISNUMBER({cell}),ROUND(ABS(N({cell})-1),8)>weight_tolerance)"
        red = book.add_format({"bg_color": "#C00000", "font_color": "#FFFFFF"})
        sheet.conditional_format(
            top, place, last - 1, place, {"type": "formula", "criteria": rule, "format": red}
        )
    fine = book.add_format({"num_format": "0.00%"})
    for field in ("weight", "weight_used", "weight_total"):
        if field in places:
            place = places[field]
            cell = f"{letters(place + 1)}{FIRST_ROW}"
            rule = f"=AND(ISNUMBER({cell}),ROUND(N({cell})*100,0)<>ROUND(N({cell})*100,6))"
            sheet.conditional_format(
                top, place, last - 1, place, {"type": "formula", "criteria": rule, "format": fine}
            )


def _band_colours(
    sheet: Worksheet,
    profile: Profile,
    stage: str,
    places: Mapping[str, int],
    last: int,
    book: Workbook,
) -> None:
    word = f"${letters(places[f'{stage}_band'] + 1)}{FIRST_ROW}"
    for band in profile.bands:
        label = band.label.replace('"', '""')
        colour = book.add_format({"bg_color": band.fill, "font_color": band.ink, "bold": True})
        rule = {"type": "formula", "criteria": f'={word}="{label}"', "format": colour}
        for field in (f"{stage}_points", f"{stage}_band"):
            place = places[field]
            sheet.conditional_format(FIRST_ROW - 1, place, last - 1, place, rule)


def _names(book: Workbook, profile: Profile, table: Table, last: int) -> None:
    """``risk_refs`` is what an action's risk is chosen from."""
    if table is profile.risks and profile.actions:
        fields = [column.field for column in table.columns]
        place = fields.index("sub_ref") if "sub_ref" in fields else fields.index("ref")
        name = Named(
            name="risk_refs",
            sheet=table.sheet,
            top=FIRST_ROW,
            left=place + 1,
            rows=last - FIRST_ROW + 1,
            columns=1,
        )
        book.define_name(name.name, f"={name.reference}")


def _set_up(sheet: Worksheet, table: Table, last: int) -> None:
    fields: Sequence[str] = [column.field for column in table.columns]
    frozen = max(fields.index(f) for f in ("ref", "risk", "title", "sub_title") if f in fields) + 1
    frozen = frozen if frozen <= 4 else 1
    sheet.freeze_panes(FIRST_ROW - 1, frozen)
    refs = [place for place, column in enumerate(table.columns) if column.kind != "level"]
    area = f"A{FIRST_ROW}:{letters(max(refs) + 1)}{last}"
    sheet.ignore_errors({"number_stored_as_text": area})
    sheet.repeat_rows(HEADING_ROW - 2, HEADING_ROW - 1)
    # the marks of exemption are printed a little smaller, not on pages of their own
    printed = [column.width for column in table.columns if column.field not in LATER_COLUMNS]
    across = ceil(sum(printed) / PAGE_WIDTH)
    if across > 1:
        sheet.repeat_columns(0, frozen - 1)
    a3(sheet, table.sheet, across)
    sheet.set_selection(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)
    sheet.set_zoom(85)
    protect(sheet)
