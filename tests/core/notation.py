"""Registers as officers type them: a small clean register, and what is typed into which cell.

``checked(COUNCIL, {"N5": "4", "Actions!F5": "May 2021"})`` types a 4 into N5 of the risks
sheet and a text into F5 of the actions sheet, and looks.  What is typed is read as in Excel::

    4   40%   '4   #N/A   TRUE   2022-03-31   text       and nothing for a blank cell
    =N5*O5 -> 6     a formula that shows 6
    =ours -> 6      the column's own formula, showing 6
    {"6": "hidden"}   {"B5:B6": "merged"}   {"Heat map!": "gone"}
    {"F": "hidden"}   {"F5": "note"}   {"F5": "thread"}   {"A1": "1904"}
    ~old~ new    a text whose first words are struck through
    ◌2           what stands in the colour of its ground
    4 :: ;;;     a 4 in the number format ;;;
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.formulas import formula
from riskbook.core.grid import BLANK, Cell, Grid, Kind, Note, column_number
from riskbook.core.profile import Profile, build
from riskbook.core.scoring import plain
from riskbook.edge.documents import profiles
from tests.support import JUDGE, MemoryBook

Document = Mapping[str, Any]


def _risk(**entries: object) -> dict[str, object]:
    texts = {"consequences": "Cars are lost.", "controls": "A pump.", "owner": "Head of Estates"}
    return texts | entries


# Ref A  Risk B  Category C  Owner F  gross H x I = J K  nett N x O = P Q  target R x S = T U
COUNCIL: Document = {
    "profile": "council-5x5",
    "about": {"title": "Depot", "period": "2021/22 Q1", "as_at": "2021-06-30"},
    "risks": [
        _risk(
            ref="R1",
            title="Flooding of the depot",
            category="Legal",
            **{"gross_likelihood": 4, "gross_impact": 5, "nett_likelihood": 2, "nett_impact": 3},
            **{"target_likelihood": 1, "target_impact": 3},
            **{"treatment": "Treat", "update": "No change.", "review_date": "March 2022"},
        ),
        _risk(
            ref="R2",
            title="Loss of key staff",
            category="People",
            **{"gross_likelihood": 4, "gross_impact": 4, "nett_likelihood": 3, "nett_impact": 3},
            update="No change.",
        ),
    ],
    "actions": [
        {"ref": "A1", "risk": "R1", "text": "Raise the wall", "owner": "Head of Estates"}
        | {"original_due": "September 2021", "status": "In progress"},
        {"ref": "A2", "risk": "R1", "text": "Buy a second pump", "owner": "Head of Estates"}
        | {"original_due": "March 2022", "status": "Not started"},
    ],
}


def _sub_risk(sub_ref: str, sub_title: str, weight: str, **entries: object) -> dict[str, object]:
    levels = {"gross_impact": 5, "gross_likelihood": 5, "nett_impact": 5, "nett_likelihood": 3}
    named = {"ref": sub_ref[0], "sub_ref": sub_ref, "sub_title": sub_title, "weight": weight}
    return _risk(**named, **levels, **entries)


# No A  Risk B  Sub No. C  Sub-Risk D  weight E  gross H x I = J K  nett M x N = O P  Owner Q
WEIGHTED: Document = {
    "profile": "strategic-weighted-5x5",
    "about": {"title": "Strategic risks", "period": "2021/22 Q1", "as_at": "2021-06-30"},
    "risks": [
        _sub_risk("2a", "No children's services", "40%", title="Service Failure"),
        _sub_risk("2b", "A provider fails", "60%", title="Service Failure"),
        _sub_risk("3a", "Less grant", "100%", title="Financial stability"),
    ],
    "actions": [
        {"ref": "2a.1", "risk": "2a", "text": "Appoint a director", "manager": "Head of Payroll"}
        | {"owner": "Chief Executive", "original_due": "March 2022"},
    ],
}

# Ref A  Risk B  Category D  Owner F  Tolerance H  gross I x J = K L  nett M x N = O P
SIGNED: Document = {
    "profile": "operational-4x4-signoff",
    "about": {"title": "Projects", "period": "Q1 2017/18", "as_at": "2017-06-30"},
    "risks": [
        _risk(
            ref="PP_R04",
            title="Failure of a project",
            category="Financial",
            **{"treatment": "Treating", "sign_off": "Sign Off Complete", "update": "No change."},
            **{"gross_likelihood": 3, "gross_impact": 4, "nett_likelihood": 2, "nett_impact": 4},
        )
    ],
}


def profile_of(register: Document, **changes: object) -> Profile:
    """The register's profile, some of its parts replaced."""
    return build({**profiles.document(register["profile"]), **changes})


def without(register: Document, *fields: str, **changes: object) -> Profile:
    """The register's profile without some columns of its risks."""
    columns = profiles.document(register["profile"])["risks"]["columns"]
    kept = [column for column in columns if column["field"] not in fields]
    return profile_of(register, risks={"columns": kept}, **changes)


def checked(
    register: Document,
    typed: Mapping[str, str] = {},
    *,
    profile: Profile | None = None,
    as_at: date | None = None,
) -> Outcome:
    """What checking comes to when an officer has typed something into a clean register."""
    profile = profile or profile_of(register)
    return app.check(book(register, typed, profile), profile, as_at, JUDGE)


def book(register: Document, typed: Mapping[str, str], profile: Profile) -> MemoryBook:
    """A clean register into which something was typed."""
    found = MemoryBook.of(profile, deepcopy(dict(register)))
    for place, text in typed.items():
        sheet, _, cells = place.rpartition("!")
        sheet = sheet or profile.risks.sheet
        if text == "gone":
            found.remove(sheet)
            continue
        found.grids[sheet] = _typed(found.grids[sheet], cells, text, profile)
    return found


def _typed(grid: Grid, cells: str, text: str, profile: Profile) -> Grid:
    if text == "hidden" and cells.isalpha():
        return replace(grid, hidden_columns=grid.hidden_columns | {column_number(cells)})
    if text == "hidden":
        return replace(grid, hidden=grid.hidden | {int(cells)})
    if text == "1904":
        return replace(grid, date1904=True)
    if text == "merged":
        return replace(grid, merged=(*grid.merged, cells))
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", cells)
    assert match, cells
    column, row = column_number(match[1]), int(match[2])
    if text in ("note", "thread"):
        note = Note(row, column, thread=text == "thread")
        return replace(grid, notes=(*grid.notes, note))
    width = max(column - grid.left + 1, *(len(line) for line in grid.rows))
    height = max(row - grid.top + 1, len(grid.rows))
    rows = [[*line, *[BLANK] * (width - len(line))] for line in grid.rows]
    rows += [[BLANK] * width for _ in range(height - len(rows))]
    if text.startswith("=ours"):
        text = text.replace("=ours", f"={formula(profile, profile.risks.columns[column - 1])}")
    rows[row - grid.top][column - grid.left] = cell(text)
    return replace(grid, rows=tuple(map(tuple, rows)))


def cell(text: str) -> Cell:
    """What a cell holds when this is typed into it."""
    if " :: " in text:
        held, _, shown = text.partition(" :: ")
        return replace(cell(held), format=shown)
    if text.startswith("~"):
        return replace(cell(text[1:].replace("~", "")), struck=text.split("~")[1])
    if text.startswith("◌"):
        return replace(cell(text[1:]), unseen=True)
    if text.startswith("="):
        shown, _, value = text[1:].partition(" -> ")
        return replace(cell(value), formula=shown)
    if text.startswith("'"):
        return Cell(Kind.TEXT, text[1:])
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", text):
        return Cell(Kind.NUMBER, plain(Decimal(text[:-1]) / 100), format="0.00%")
    for pattern, kind in (
        (r"", Kind.BLANK),
        (r"#[A-Z0-9/]+[!?]?", Kind.ERROR),
        (r"TRUE|FALSE", Kind.BOOL),
        (r"-?[0-9]+(\.[0-9]+)?", Kind.NUMBER),
    ):
        if re.fullmatch(pattern, text):
            return Cell(kind, text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Cell(Kind.DATE, text, format="dd/mm/yyyy")
    return Cell(Kind.TEXT, text)


def lines(outcome: Outcome) -> list[str]:
    """Every finding as the command line prints it: place, code, severity, message, fix."""
    return [finding.line() for finding in outcome.findings]
