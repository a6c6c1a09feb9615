"""What moving, inserting and hiding leaves behind; references that nearly agree (RB1xx, RB408)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Kind, letters
from riskbook.core.model import Record, family
from riskbook.core.reading import Sheet
from riskbook.core.values import clean, entry_text
from riskbook.core.words import count


def _sheets(case: Case) -> Iterator[tuple[Sheet, tuple[Record, ...]]]:
    yield case.reading.risks, case.register.risks
    if case.reading.actions:
        yield case.reading.actions, case.register.actions


def _own_field(case: Case, sheet: Sheet) -> str:
    split = sheet is case.reading.risks and sheet.table.column("sub_ref")
    return "sub_ref" if split else "ref"


def squeezed(ref: str) -> str:
    """The same for references that differ by case, by spaces or by zeros before the number."""
    return re.sub(r"^(\D*)0+(?=\d)", r"\1", family(ref).replace(" ", ""))


def nearly_twice(case: Case) -> Iterator[Finding]:
    """RB111: R 1 or R01 beside R1 are two references, and perhaps one for people."""
    for sheet, records in _sheets(case):
        field = _own_field(case, sheet)
        first: dict[str, Record] = {}
        for record in records:
            ref = record.text(field)
            before = first.setdefault(squeezed(ref), record)
            other = before.text(field)
            if ref and family(other) != family(ref):
                spaced = family(ref).replace(" ", "") == family(other).replace(" ", "")
                yield case.finding(
                    "RB111",
                    sheet.at(record.row, field),
                    f"the reference {ref!r} differs from {other!r} in row {before.row} by "
                    f"{'spaces' if spaced else 'leading zeros'} only.",
                    "Give one of the two rows another reference, or delete it.",
                    field=field,
                    value=ref,
                )


def respelt(case: Case) -> Iterator[Finding]:
    """RB208 for references: one with spaces around it was read without them."""
    other = {finding.at for finding in other_case(case)}  # told there, with what to type
    for sheet, records in _sheets(case):
        own = _own_field(case, sheet)
        times = Counter(family(record.text(own)) for record in records)
        fields = [column.field for column in sheet.table.columns if column.kind == "ref"]
        for record in records:
            for field in fields:
                entry = record.entries.get(field)
                twice = field == own and entry is not None and times[family(entry.text)] > 1
                if entry is None or entry.cell.kind is not Kind.TEXT or not entry.text or twice:
                    continue
                typed = entry_text(entry.cell)
                if typed != entry.text and entry.at not in other:
                    yield case.finding(
                        "RB208",
                        entry.at,
                        f"{typed!r} was read as the reference {entry.text}.",
                        f"Type {entry.text} so that everybody reads the same.",
                        field=field,
                        value=typed,
                    )


def other_case(case: Case) -> Iterator[Finding]:
    """RB408: an action names its risk in other letters than the risk itself."""
    refs = [ref for risk in case.register.risks for ref in (risk.ref, risk.key)]
    known = {family(ref): ref for ref in refs}
    for action in case.register.actions:
        wanted = known.get(family(action.risk), action.risk)
        if action.risk and action.risk not in refs and wanted != action.risk:
            yield case.finding(
                "RB408",
                action.entries["risk"].at,
                f"action {action.ref} belongs to {action.risk!r}, read as {wanted!r}.",
                f"Type {wanted!r}, as the risk has it.",
                field="risk",
                value=action.risk,
            )


def hidden_columns(case: Case) -> Iterator[Finding]:
    """RB112: a hidden column is read like any other, and nobody sees what is worked out there."""
    for sheet, records in _sheets(case):
        for column in sheet.table.columns:
            place = sheet.mapped.columns.get(column.field, 0)
            if place not in sheet.grid.hidden_columns:
                continue
            filled = [r for r in records if not column.entered or r.text(column.field)]
            counts = _counting(len(filled)) if column.entered else "what is worked out there too"
            if filled:
                yield case.finding(
                    "RB112",
                    CellRef(sheet.grid.sheet, filled[0].row, place),
                    f"the column {column.heading} is hidden; {counts}.",
                    "Show the column to see what counts.",
                    field=column.field,
                )


def _counting(entries: int) -> str:
    return "its 1 entry counts" if entries == 1 else f"its {entries} entries count"


def moved(case: Case) -> Iterator[Finding]:
    """RB113: columns are found by their headings, wherever they stand."""
    for sheet in case.reading.sheets:
        mapped = sheet.mapped.columns
        wanted = [column for column in sheet.table.columns if column.field in mapped]
        there = sorted(wanted, key=lambda column: mapped[column.field])
        pairs = zip(wanted, there, strict=True)
        if found := next((there for column, there in pairs if column != there), None):
            place = mapped[found.field]
            yield case.finding(
                "RB113",
                CellRef(sheet.grid.sheet, sheet.mapped.row, place),
                f"the columns stand in another order from {found.heading!r} on; each was read "
                "by its heading.",
                "Move the columns back when it is convenient.",
                field=found.field,
                value=letters(place),
            )


def without_formulas(case: Case) -> Iterator[Finding]:
    """RB114: a row that was inserted among others has no formulas, so it shows no score."""
    sheet = case.reading.risks
    places = [
        (column.field, place)
        for column in sheet.table.columns
        if not column.entered and (place := sheet.mapped.columns.get(column.field))
    ]
    last = {place: _last_formula(sheet, place) for _, place in places}
    for risk in case.register.risks:
        lacking = [
            (field, place)
            for field, place in places
            if last[place] > risk.row
            and sheet.grid.at(risk.row, place).formula is None
            and sheet.grid.at(risk.row, place).kind is Kind.BLANK
        ]
        if lacking:
            field, place = lacking[0]
            yield case.finding(
                "RB114",
                CellRef(sheet.grid.sheet, risk.row, place),
                f"row {risk.row} has no formula in {len(lacking)} of its cells, so they show "
                "nothing; the reports have the figures.",
                "Copy the formulas of the row above or below into the row.",
                field=field,
            )


def _last_formula(sheet: Sheet, place: int) -> int:
    rows = (row for row, _ in sheet.grid.lines() if sheet.grid.at(row, place).formula is not None)
    return max(rows, default=0)


def beside(case: Case) -> Iterator[Finding]:
    """RB115: entries in a column without a heading belong to nothing."""
    for sheet, records in _sheets(case):
        mapped, grid = sheet.mapped, sheet.grid
        headed = {*mapped.columns.values(), *mapped.unknown, *mapped.twice}
        for place, rows in _unheaded(sheet, headed, records).items():
            yield case.finding(
                "RB115",
                CellRef(grid.sheet, rows[0], place),
                f"column {letters(place)} has no heading, and {count(len(rows), 'cell')} of it "
                f"{'was' if len(rows) == 1 else 'were'} not read.",
                "Move the entries to the column where they belong, or delete them.",
                value=grid.at(rows[0], place).text,
            )


def _unheaded(sheet: Sheet, headed: set[int], records: Iterable[Record]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for record in records:
        cells = sheet.grid.rows[record.row - sheet.grid.top]
        for place, cell in enumerate(cells, start=sheet.grid.left):
            if place not in headed and clean(cell.text):
                found.setdefault(place, []).append(record.row)
    return found


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    nearly_twice,
    respelt,
    other_case,
    hidden_columns,
    moved,
    without_formulas,
    beside,
)
