"""Where everything lies in a controlled workbook, before any file.

::

    Risks, Actions   row 1 title, row 2 help, row 3 captions, row 4 headings, entries from row 5
    About            labels in column A, what they say in column B

The builder of workbooks writes to these places; the reader looks for headings and labels
and does not rely on them, because officers move columns and rows.  The sheets Key and
Lists are in :mod:`riskbook.core.key`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from riskbook.core.grid import Cell, Grid, Kind
from riskbook.core.model import Typed
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.scoring import plain

HEADING_ROW = 4
FIRST_ROW = 5
TEMPLATE_VERSION = "1"

# field of About -> label in column A
ABOUT: Mapping[str, str] = {
    "organisation": "Organisation",
    "title": "Title",
    "period": "Period",
    "as_at": "Position as at",
    "introduction": "Introduction",
    "source": "Source",
}
CONTROLLED: Mapping[str, str] = {
    "profile": "Profile",
    "profile_version": "Profile version",
    "template_version": "Template version",
    "fingerprint": "Fingerprint",
}
NOTE = "Note"
ABOUT_FIRST_ROW = 4
SPARE_NOTES = 10


def about_rows(
    profile: Profile, document: Mapping[str, Any], fingerprint: str
) -> Iterator[tuple[str, str, bool]]:
    """Label, text and whether it is entered, for each row of About from ``ABOUT_FIRST_ROW``."""
    about = document.get("about", {})
    for name, label in ABOUT.items():
        yield label, about.get(name, ""), True
    controlled = {
        "profile": profile.id,
        "profile_version": profile.version,
        "template_version": TEMPLATE_VERSION,
        "fingerprint": fingerprint,
    }
    for name, label in CONTROLLED.items():
        yield label, controlled[name], False
    notes = about.get("notes", ())
    for note in (*notes, *[""] * SPARE_NOTES):
        yield NOTE, note, True


def records(
    document: Mapping[str, Any], table: Table, profile: Profile
) -> Sequence[Mapping[str, Typed]]:
    """The rows of a register document that belong on one sheet."""
    part = "risks" if table is profile.risks else "actions"
    found: Sequence[Mapping[str, Typed]] = document.get(part, ())
    return found


def entry_cell(column: Column, value: Typed) -> Cell:
    """The cell in which an entry of a register document is typed."""
    if isinstance(value, bool):
        return Cell(Kind.BOOL, str(value).upper())
    shown = "0%" if column.kind == "weight" else "General"
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, plain(Decimal(str(value))), format=shown)
    if column.kind == "weight" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", value):
        share = Decimal(value.removesuffix("%")) / 100
        return Cell(Kind.NUMBER, plain(share), format=shown)
    return Cell(Kind.TEXT, value)


def grids(profile: Profile, document: Mapping[str, Any], fingerprint: str = "") -> dict[str, Grid]:
    """A register document as the grids that reading a workbook of it would give."""
    about = tuple(
        (Cell(Kind.TEXT, label), Cell(Kind.TEXT, text) if text else Cell(Kind.BLANK))
        for label, text, _ in about_rows(profile, document, fingerprint)
    )
    found = {
        profile.sheets["about"]: Grid(
            sheet=profile.sheets["about"], top=ABOUT_FIRST_ROW, rows=about
        )
    }
    for table in profile.tables:
        head = tuple(Cell(Kind.TEXT, column.heading) for column in table.columns)
        body = tuple(
            tuple(
                entry_cell(column, line[column.field]) if column.field in line else Cell(Kind.BLANK)
                for column in table.columns
            )
            for line in records(document, table, profile)
        )
        found[table.sheet] = Grid(sheet=table.sheet, top=HEADING_ROW, rows=(head, *body))
    return found
