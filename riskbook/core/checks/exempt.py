"""What is marked as exempt from publication, and why (RB6xx).

A mark that cannot be acted on withholds its whole row: a rule says so, and the public
edition is safe until it is mended.
"""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Cell, Kind
from riskbook.core.marks import (
    MARK,
    REASON,
    Mark,
    Strange,
    can_be_withheld,
    mark_of,
    marks_nothing,
    unread,
)
from riskbook.core.model import Record
from riskbook.core.profile import Table
from riskbook.core.secret import mentions, published_anyway, secrets
from riskbook.core.traces import short
from riskbook.core.values import alike, clean
from riskbook.core.withheld import held, published
from riskbook.core.words import listed

UNTIL = "until then the public edition leaves the whole row out."


def _marks(case: Case) -> Iterator[tuple[Table, Record, Mark | None]]:
    records = (case.register.risks, case.register.actions)
    for sheet, rows in zip(case.reading.sheets, records, strict=False):
        for record in rows:
            yield sheet.table, record, mark_of(record, sheet)


def unread_marks(case: Case) -> Iterator[Finding]:
    """RB607: what a column that is not read marks as exempt would be published."""
    for at, why in unread(case.reading, case.profile):
        yield case.finding(
            "RB607",
            at,
            f"{why}, so nobody knows what is exempt; until then there is no public edition.",
            "Put the profile's heading back above the column of the marks.",
        )


def reasons(case: Case) -> Iterator[Finding]:
    """RB601, RB602: a mark has a reason, and a reason a mark."""
    for _, record, mark in _marks(case):
        entry = record.entries.get(REASON)
        if mark and not mark.reason:
            yield case.finding(
                "RB601",
                entry.at if entry else mark.at,
                f"row {record.row} is marked as exempt from publication without a reason.",
                "Type the reason as the public will read it, such as Paragraph 3 of Schedule 12A.",
                field=REASON,
            )
        elif entry and not mark and clean(entry.text):
            yield case.finding(
                "RB602",
                entry.at,
                f"row {record.row} has a reason for exemption and no mark, so it is published.",
                "Type Whole row, or the headings of the columns to leave out; or clear the reason.",
                field=REASON,
                value=entry.text,
            )


def misnamed(case: Case) -> Iterator[Finding]:
    """RB603, RB604: each part of a mark means one column, and a row can stand without it."""
    for table, record, mark in _marks(case):
        if mark and not _told(record.entries[MARK].cell):
            for strange in mark.strange:
                one = len(strange.columns) == 1
                yield (_needed if one else _unclear)(case, table, mark, strange)


def _told(cell: Cell) -> bool:
    """Whether what stands in the cell is no mark at all, which RB205 or RB230 says."""
    return cell.kind is Kind.ERROR or (cell.formula is not None and not clean(cell.text))


def _needed(case: Case, table: Table, mark: Mark, strange: Strange) -> Finding:
    column = strange.columns[0]
    levels = [
        each.heading
        for each in table.columns
        if each.kind == "level" and each.stage == column.stage
    ]
    fix = "Type Whole row to leave the row out, or the headings of other columns."
    if column.stage and not column.entered:
        fix = f"Mark {listed(levels)} instead: the score follows from them."
    return case.finding(
        "RB604",
        mark.at,
        f"{column.heading} cannot be left out by itself; {UNTIL}",
        fix,
        field="exempt",
        value=strange.text,
    )


def _unclear(case: Case, table: Table, mark: Mark, strange: Strange) -> Finding:
    if strange.columns:
        meant = listed([column.heading for column in strange.columns], "or")
        message = f"{strange.text!r} may mean {meant}; {UNTIL}"
        fix = "Type the heading as it stands above the column."
    elif marks_nothing(strange.text):
        message = f"{strange.text!r} does not say what is exempt; {UNTIL}"
        fix = "Clear the cell to publish the row: a blank cell marks nothing."
    else:
        message = f"no column is headed {strange.text!r}; {UNTIL}"
        fix = _nearest(strange.text, table)
    return case.finding("RB603", mark.at, message, fix, field="exempt", value=strange.text)


def _nearest(text: str, table: Table) -> str:
    headings = {alike(c.heading): c.heading for c in table.columns if can_be_withheld(c)}
    near = get_close_matches(alike(text), [*headings, "whole row"], n=1, cutoff=0.5)
    if near:
        return f"Type {headings.get(near[0], 'Whole row')!r} if that is meant."
    return "Type Whole row, or headings of this sheet with a semicolon between them."


def mentioned(case: Case) -> Iterator[Finding]:
    """RB605: no published entry says what is withheld elsewhere."""
    found = held(case.reading, case.profile)
    if not found:
        return
    public = published(case.register, found, case.profile)
    hidden = secrets(case.register, public, found, case.profile)
    for mention in mentions(hidden, case.register, public, case.profile):
        yield case.finding(
            "RB605",
            mention.at,
            f"{mention.name} is published and says {short(mention.secret.text)!r}, "
            f"which is withheld ({mention.secret.name}, {mention.secret.at}).",
            "Reword it, or mark it as exempt too.",
            value=mention.secret.text,
        )


def repeated(case: Case) -> Iterator[Finding]:
    """RB606: a text that is withheld in one row is withheld wherever it stands."""
    found = held(case.reading, case.profile)
    if not found.fields:
        return
    public = published(case.register, found, case.profile)
    for entry, name, other in published_anyway(case.register, public, found, case.profile):
        yield case.finding(
            "RB606",
            entry.at,
            f"{name} is withheld, and the same text is published in {other}.",
            "Mark it there too, or clear the mark here.",
            value=short(entry.text),
        )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    unread_marks,
    reasons,
    misnamed,
    mentioned,
    repeated,
)
