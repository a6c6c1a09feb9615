"""Rows and columns: references, headings, hidden rows, merged cells (RB1xx)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Grid, column_number
from riskbook.core.model import Record, Risk, family
from riskbook.core.reading import Sheet
from riskbook.core.values import alike, clean
from riskbook.core.words import LATER_COLUMNS

_EACH = "what belongs in each of them"


def references(case: Case) -> Iterator[Finding]:
    """RB101, RB102: each row has a reference, and no other row has the same."""
    field, free = _risk_field(case), _proposals(case)
    yield from _references(case, case.reading.risks, case.register.risks, field, free)
    if case.reading.actions:
        yield from _references(case, case.reading.actions, case.register.actions, "ref", {})
    if case.profile.risks.column("sub_ref"):
        for risk in case.register.risks:
            if not risk.ref:
                yield _blank(case, case.reading.risks, risk, "ref", "")


def _risk_field(case: Case) -> str:
    return "sub_ref" if case.profile.risks.column("sub_ref") else "ref"


def _references(
    case: Case, sheet: Sheet, records: Iterable[Record], field: str, free: Mapping[int, str]
) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for record in records:
        ref = record.text(field)
        if not ref:
            proposal = f"{free[record.row]}, the next free number" if record.row in free else ""
            yield _blank(case, sheet, record, field, proposal)
        elif family(ref) in first:
            yield case.finding(
                "RB101",
                sheet.at(record.row, field),
                f"the reference {ref} already stands in row {first[family(ref)]}.",
                "Give one of the two rows a reference of its own.",
                field=field,
                value=ref,
            )
        else:
            first[family(ref)] = record.row


def _blank(case: Case, sheet: Sheet, record: Record, field: str, proposal: str) -> Finding:
    column = sheet.table.column(field)
    heading = column.heading if column else field
    return case.finding(
        "RB102",
        sheet.at(record.row, field),
        f"row {record.row} has entries but nothing under {heading.rstrip('.')}.",
        f"Type {proposal or 'its reference'}.",
        field=field,
    )


def _proposals(case: Case) -> dict[int, str]:
    """The next free letter for each blank row: 2a and 2c for two blanks beside 2b and 2d."""
    if not case.profile.risks.column("sub_ref"):
        return {}
    taken = {family(risk.sub_ref) for risk in case.register.risks}
    found: dict[int, str] = {}
    for rows in case.register.families().values():
        letters = (f"{rows[0].ref}{letter}" for letter in ascii_lowercase if rows[0].ref)
        free = (ref for ref in letters if family(ref) not in taken)
        blanks = (risk.row for risk in rows if not risk.sub_ref)
        found |= dict(zip(blanks, free, strict=False))
    return found


def gaps(case: Case) -> Iterator[Finding]:
    """RB103: numbered references that leave a number out; nothing is renumbered."""
    numbered: dict[str, dict[int, Risk]] = defaultdict(dict)
    for risk in case.register.risks:
        if found := re.fullmatch(r"(.*?)(\d{1,15})", risk.ref):
            numbered[found[1]].setdefault(int(found[2]), risk)
    for rows in numbered.values():
        for before, after in zip(sorted(rows), sorted(rows)[1:], strict=False):
            # a wide jump is a new series, not a gap
            if 1 < after - before <= 3:
                missing = ", ".join(str(number) for number in range(before + 1, after))
                yield case.finding(
                    "RB103",
                    case.reading.risks.at(rows[after].row, "ref"),
                    f"no reference with number {missing} stands between "
                    f"{rows[before].ref} and {rows[after].ref}.",
                    "Check that no risk was lost; references are never renumbered.",
                    field="ref",
                    value=rows[after].ref,
                )


def headings(case: Case) -> Iterator[Finding]:
    """RB104, RB105, RB106, RB110: what the headings were taken for."""
    for sheet in case.reading.sheets:
        mapped, name = sheet.mapped, sheet.grid.sheet
        for field, text in mapped.renamed.items():
            heading = sheet.renamed[text]
            yield case.finding(
                "RB104",
                CellRef(name, mapped.row, mapped.columns[field]),
                f"the heading {text!r} was read as {heading!r}.",
                f"Change it back to {heading!r}.",
                field=field,
                value=text,
            )
        for code, found, message in (
            (
                "RB105",
                mapped.unknown,
                "the heading {!r} is not one of the profile's: its cells are kept but not read.",
            ),
            (
                "RB106",
                mapped.twice,
                "the heading {!r} stands twice: only the first column is read.",
            ),
        ):
            for place, text in found.items():
                at = CellRef(name, mapped.row, place)
                fix = "Give the column a heading from the profile, or delete the column."
                yield case.finding(code, at, message.format(text), fix, value=text)
        for column in sheet.table.columns:
            if not column.entered and column.field not in {*mapped.columns, *LATER_COLUMNS}:
                yield case.finding(
                    "RB110",
                    CellRef(name, max(mapped.row, 1), 1),
                    f"there is no column headed {column.heading!r}, so its figures are not shown.",
                    "Copy the entries into a new workbook made by `riskbook new`.",
                    field=column.field,
                )


def hidden_rows(case: Case) -> Iterator[Finding]:
    """RB107: filtered or hidden rows are read like any other."""
    for sheet, records in _sheets(case):
        hidden = [record.row for record in records if record.row in sheet.grid.hidden]
        if hidden:
            yield case.finding(
                "RB107",
                sheet.at(hidden[0], "ref"),
                _hidden(hidden),
                "Show the rows to see what counts.",
            )


def _hidden(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]} is hidden; its entries count all the same."
    named = ", ".join(str(row) for row in rows[:10])
    more = f" and {len(rows) - 10} more" if rows[10:] else ""
    return f"rows {named}{more} are hidden; their entries count all the same."


def merged(case: Case) -> Iterator[Finding]:
    """RB108: only the first cell of a merged block holds an entry, or a heading."""
    for sheet, _ in _sheets(case):
        for area in sheet.grid.merged:
            found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", area)
            if found and int(found[4]) >= sheet.mapped.row and _filled(sheet.grid, found):
                over = "a heading" if int(found[4]) == sheet.mapped.row else "an entry"
                down = found[1] == found[3] and over == "an entry"
                yield case.finding(
                    "RB108",
                    CellRef(sheet.grid.sheet, int(found[2]), column_number(found[1])),
                    f"the cells {area} are merged: only the first one holds {over}.",
                    f"Unmerge the cells and type {'the entry in each row' if down else _EACH}.",
                    value=area,
                )


def _filled(grid: Grid, area: re.Match[str]) -> bool:
    """Whether anything stands in an area; it may be larger than what a sheet holds."""
    left, right = (column_number(area[part]) - grid.left for part in (1, 3))
    top, bottom = (int(area[part]) - grid.top for part in (2, 4))
    rows = grid.rows[max(top, 0) : max(bottom + 1, 0)]
    cells = (cell for row in rows for cell in row[max(left, 0) : max(right + 1, 0)])
    return any(clean(cell.text) or cell.formula is not None for cell in cells)


def _sheets(case: Case) -> Iterator[tuple[Sheet, tuple[Record, ...]]]:
    yield case.reading.risks, case.register.risks
    if case.reading.actions:
        yield case.reading.actions, case.register.actions


def titles(case: Case) -> Iterator[Finding]:
    """RB109: the rows of one risk say the same title."""
    if not case.profile.risks.column("sub_ref"):
        return
    for rows in case.register.families().values():
        wanted = rows[0].text("title")
        for risk in rows[1:]:
            if alike(risk.text("title")) != alike(wanted):
                yield case.finding(
                    "RB109",
                    case.reading.risks.at(risk.row, "title"),
                    f"risk {risk.ref} is called {wanted!r} in row {rows[0].row} and "
                    f"{risk.text('title')!r} here.",
                    "Type the same title in each row of the risk.",
                    field="title",
                    value=risk.text("title"),
                )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    references,
    gaps,
    headings,
    hidden_rows,
    merged,
    titles,
)
