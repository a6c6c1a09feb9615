"""Facts about the controlled parts of a workbook, and one mark for them all.

A fact is a line of text: a sheet and its state, a version, a heading, a formula, a dropdown,
a lock, a list.  Two workbooks of one template have the same facts whatever was typed in them.
openpyxl reads them here; it never saves.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

from riskbook.core import settings
from riskbook.core.layout import CONTROLLED, FIRST_ROW, HEADING_ROW
from riskbook.core.profile import Profile

_QUOTED = re.compile(r"'([A-Za-z_]\w*)'!")  # LibreOffice quotes every sheet


def digest(found: tuple[str, ...]) -> str:
    """One mark for all the facts."""
    return sha256("\n".join(found).encode()).hexdigest()[:32]


def facts(
    data: bytes, profile: Profile, interpreters: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The facts about a workbook's controlled parts, in order.

    Args:
        data: the workbook.
        profile: what it was made from.
        interpreters: the programs that its macros name.  An installation chooses them, so
            it is a fact that the settings name the same, and not which they are.
    """
    # imported here: opening a structure with openpyxl is for templates, not for every start
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    return (*_book(book, profile), *_settings(book, interpreters or {}))


def _book(book: Any, profile: Profile) -> Iterator[str]:
    yield f"sheets: {', '.join(n for n in book.sheetnames if n in profile.sheets.values())}"
    for name in sorted(book.defined_names):
        if not name.startswith("_"):
            # the block of an entry name grows with the rows; a controlled one does not
            text = _QUOTED.sub(r"\1!", book.defined_names[name].attr_text)
            yield f"name {name}" + ("" if name == "risk_refs" else f": {text}")
    for role, name in profile.sheets.items():
        if name in book.sheetnames:
            sheet = book[name]
            yield f"{name}: {sheet.sheet_state}, protected {bool(sheet.protection.sheet)}"
            if role in ("key", "lists"):
                yield from _values(sheet)
            elif role == "about":
                yield from _versions(sheet)
    for table in profile.tables:
        if table.sheet in book.sheetnames:
            yield from _register(book[table.sheet])


def _settings(book: Any, interpreters: Mapping[str, str]) -> Iterator[str]:
    """What the buttons of a workbook would run by, and sheets that would run by themselves."""
    for sheet in book.worksheets:
        if sheet.title.casefold().endswith(".py"):
            yield f"{sheet.title}: a sheet that xlwings takes for code"
        if sheet.title.casefold() == settings.SHEET:
            yield f"{sheet.title}: {sheet.sheet_state}"
            for row, (key, value) in enumerate(_pairs(sheet), start=1):
                own = key in settings.INTERPRETERS and interpreters.get(key) == value
                hidden = ", hidden" if sheet.row_dimensions[row].hidden else ""
                shown = "as the macros" if own else value
                yield f"{sheet.title} row {row}: {key} = {shown}{hidden}"


def _pairs(sheet: Any) -> Iterator[tuple[str, str]]:
    for cells in sheet.iter_rows(max_col=2, values_only=True):
        key, value = ("" if cell is None else str(cell) for cell in (*cells, None)[:2])
        yield key, value


def _versions(sheet: Any) -> Iterator[str]:
    """Which profile and template the workbook says it was made from; not the mark itself."""
    for label, text in sheet.iter_rows(max_col=2, values_only=True):
        if label in CONTROLLED.values() and label != CONTROLLED["fingerprint"]:
            yield f"{sheet.title} {label}: {text}"


def _values(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield f"{sheet.title}!{cell.coordinate}: {cell.value}"


def _register(sheet: Any) -> Iterator[str]:
    for cell in sheet[HEADING_ROW]:
        first = sheet.cell(FIRST_ROW, cell.column)
        formula = f" = {first.value}" if first.data_type == "f" else ""
        lock = "locked" if first.protection.locked else "open"
        yield f"{sheet.title} column {cell.value}: {lock}{formula}"
    for rule in sheet.data_validations.dataValidation:
        places = sorted(str(area).split(":")[0] for area in rule.sqref.ranges)
        yield f"{sheet.title} rule {places}: {_rule(rule)}"


def _rule(rule: Any) -> str:
    """A dropdown or limit in one spelling: programs leave out what is usual, or write it."""
    operator = "" if rule.type == "list" else rule.operator or "between"
    second = rule.formula2 if operator in ("between", "notBetween") else ""
    style = rule.errorStyle or "stop"
    return f"{rule.type} {operator} {rule.formula1} {second} {style} {bool(rule.showErrorMessage)}"
