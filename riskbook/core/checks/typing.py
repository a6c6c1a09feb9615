"""How an entry stands in its cell: format, text or number, struck words, notes (RB2xx)."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from riskbook.core.checks.rules import Case
from riskbook.core.checks.showing import UNSEEN, masked, rounds_only
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Kind
from riskbook.core.model import Entry
from riskbook.core.profile import Column
from riskbook.core.scoring import plain
from riskbook.core.values import clean, percent


def _entries(case: Case) -> Iterator[tuple[Column, Entry]]:
    for table, records in case.tables():
        columns = [column for column in table.columns if column.entered]
        for record in records:
            for column in columns:
                entry = record.entries.get(column.field)
                if entry and entry.value is not None:
                    yield column, entry


def _fits(case: Case, column: Column, entry: Entry) -> bool:
    """Whether the column allows the entry: another has a finding of its own."""
    if column.kind == "date":
        return entry.cell.kind is Kind.DATE
    return not case.judge(case.profile.schema(column), entry.value)


def _hidden(case: Case, column: Column, entry: Entry) -> str | None:
    cell = entry.cell
    if cell.unseen:
        return UNSEEN
    if cell.format in ("General", "@") or (cell.kind is Kind.DATE and column.kind != "date"):
        return None
    shown = masked(cell)
    if shown and column.kind == "weight" and rounds_only(cell.format):
        return None  # a weight is shown in whole per cent, as the template has it
    return shown if shown and _fits(case, column, entry) else None


def formats(case: Case) -> Iterator[Finding]:
    """RB215: what a cell shows is not what it holds."""
    for column, entry in _entries(case):
        shown = _hidden(case, column, entry)
        if shown:
            yield case.finding(
                "RB215",
                entry.at,
                f"the cell under {column.heading} holds {_held(entry)} and {shown}.",
                "Give the cell the format of the cell above or below.",
                field=column.field,
                value=entry.cell.text,
            )


def _held(entry: Entry) -> str:
    text = clean(entry.cell.text)
    return repr(text if len(text) <= 40 else text[:37] + "...")


def numbers_as_text(case: Case) -> Iterator[Finding]:
    """RB221: a number that is held as text is read, but Excel neither adds nor sorts it."""
    for column, entry in _entries(case):
        number = isinstance(entry.value, int | Decimal) and entry.cell.kind is Kind.TEXT
        # another spelling of the number is told as one (RB208)
        if number and entry.cell.text == entry.text and _fits(case, column, entry):
            yield case.finding(
                "RB221",
                entry.at,
                f"{entry.text} under {column.heading} is held as text; it was read as a number.",
                "Type the number again without an apostrophe before it.",
                field=column.field,
                value=entry.cell.text,
            )


def weights(case: Case) -> Iterator[Finding]:
    """RB222: 40 and 0.4 in a cell of percentages were both read as 40 %."""
    for column, entry in _entries(case):
        cell = entry.cell
        if column.kind != "weight" or cell.kind is not Kind.NUMBER or not cell.number:
            continue
        usual = "%" in cell.format and cell.number <= 1
        if not usual and _fits(case, column, entry) and not _hidden(case, column, entry):
            share = entry.value if isinstance(entry.value, Decimal) else Decimal(entry.text)
            yield case.finding(
                "RB222",
                entry.at,
                f"{plain(cell.number)} under {column.heading} was read as {percent(share)}.",
                f"Type {percent(share)} so that everybody reads the same.",
                field=column.field,
                value=cell.text,
            )


def struck(case: Case) -> Iterator[Finding]:
    """RB223: words that are struck through are still in the cell, and are read."""
    for column, entry in _entries(case):
        words = clean(entry.cell.struck)
        if words:
            yield case.finding(
                "RB223",
                entry.at,
                f"the words {words[:60]!r} under {column.heading} are struck through and were "
                "read.",
                "Delete the words if they no longer hold.",
                field=column.field,
                value=words,
            )


def notes(case: Case) -> Iterator[Finding]:
    """RB224: a note or a comment beside an entry is no part of the register."""
    for sheet in case.reading.sheets:
        fields = {place: field for field, place in sheet.mapped.columns.items()}
        for note in sheet.grid.notes:
            if note.row > sheet.mapped.row and note.column in fields:
                what = "a thread of comments" if note.thread else "a note"
                yield case.finding(
                    "RB224",
                    CellRef(sheet.grid.sheet, note.row, note.column),
                    f"{what} hangs on the cell: it is no part of the register, and whoever gets "
                    "the workbook can read it.",
                    "Move what matters into an entry, and delete the rest.",
                    field=fields[note.column],
                )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    formats,
    numbers_as_text,
    weights,
    struck,
    notes,
)
