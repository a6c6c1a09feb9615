"""The next period's workbook: a new one from the template, with every entry carried over.

::

    Outcome -> document - updates + next period -> template -> read back and compared -> file

The present workbook is never changed.  The updates of the risks are left blank, so that
a missing one is found (RB501); they stay in the present workbook and in its snapshot.
What a register document cannot hold (columns of the officer's own, comments, struck words)
is said, never dropped in silence: :mod:`riskbook.edge.repairing.leaving` finds it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from riskbook import app
from riskbook.core.certificate import briefly
from riskbook.core.document import carried_over
from riskbook.core.grid import Kind
from riskbook.core.model import Record
from riskbook.core.pages.front import what_there_is
from riskbook.core.pages.parts import count, long_day
from riskbook.core.periods import after, quarter_of
from riskbook.core.reading import Reading
from riskbook.core.values import alike, clean
from riskbook.core.words import listed
from riskbook.edge.disk import saving
from riskbook.edge.disk.naming import with_period
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros.sources import DEFAULT, Interpreters
from riskbook.edge.making import made
from riskbook.edge.repairing import leaving, mending
from riskbook.edge.repairing.places import as_they_are
from riskbook.edge.template import DIGITS, too_long
from riskbook.errors import RegisterError, SavingError

__all__ = ["Made", "new_period"]

PLAIN, BUTTONS = ".xlsx", ".xlsm"
CLEARED = ("update", "period", "as_at")  # fields that begin anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The next period's workbook after it was made."""

    path: Path
    period: str
    as_at: str  # ISO; empty where the period does not say when it ends
    cleared: int  # updates that were left blank
    outcome: app.Outcome
    notes: tuple[str, ...]  # what was not carried over, a sentence each

    def sentence(self) -> str:
        """What was made: ``Made X.xlsx for 2021/22 Q3 (as at 31 December 2021): 8 risks.``."""
        register, profile = self.outcome.reading.register, self.outcome.profile
        day = f" (as at {long_day(date.fromisoformat(self.as_at))})" if self.as_at else ""
        cleared = f", {count(self.cleared, 'update')} cleared" if self.cleared else ""
        there = what_there_is(register, profile)
        return f"Made {self.path} for {self.period}{day}: {there}{cleared}."


def new_period(
    outcome: app.Outcome,
    stem: str,
    folder: Path,
    *,
    name: str = "",
    period: str = "",
    present: Path | None = None,
    book: app.Book | None = None,
    interpreters: Interpreters = DEFAULT,
    overwrite: bool = False,
) -> Made:
    """Make the workbook of the next period in a folder; one with buttons is followed by one.

    Args:
        outcome: what checking or refreshing the present workbook came to.
        stem: the present workbook's name without its ending.
        folder: where the new one is to be.
        name: the new one's name; by default the present one's with the new period.
        period: the new period; by default the quarter after the present one.
        present: the present workbook, where it is a file; it is never replaced.
        book: the same as a book; what it holds beside its entries is said.
        interpreters: the Python that the buttons of an .xlsm start; what the present workbook
            says of it is not believed.
        overwrite: replace another file of the new one's name.

    Raises:
        RegisterError: the next period is not known.
        SavingError: the new workbook could not be written.
    """
    about = outcome.reading.register.about
    following = clean(period) or _following(about.period)
    if alike(following) == alike(about.period):
        raise RegisterError(
            f"The register is for {following!r} already.", fix="name the period after it."
        )
    path = folder / (name or with_period(stem, following, about.period) + _ending(present))
    _refuse_itself(path, present)
    saving.refuse_if_busy(path)
    quarter = quarter_of(following)
    as_at = quarter.ends.isoformat() if quarter else ""
    document, cleared = carried_over(outcome.document(), following, as_at)
    document, longer = _without_long_numbers(document, outcome.reading)
    buttons = interpreters if path.suffix.lower() == BUTTONS else None
    new, fresh = made(outcome.profile, document, buttons)
    left = tuple(_left(book, outcome, new)) if book else ()
    saving.create(path, new.data, overwrite=overwrite, keep=True)
    notes = (
        *left,
        *_typed_otherwise(outcome),
        *longer,
        *_changed(document, fresh.document()),
        *_to_do(outcome, following),
    )
    return Made(
        path=path, period=following, as_at=as_at, cleared=cleared, outcome=fresh, notes=notes
    )


def _following(period: str) -> str:
    found = after(period)
    if found is None:
        told = f"The period {clean(period)[:60]!r} names no quarter of a financial year"
        raise RegisterError(
            f"{told if clean(period) else 'The register names no period'}, so the next one is "
            "not known.",
            fix='name it: --period "2021/22 Q3".',
        )
    return found


def _ending(present: Path | None) -> str:
    return BUTTONS if present and present.suffix.lower() == BUTTONS else PLAIN


def _refuse_itself(path: Path, present: Path | None) -> None:
    if present is not None and os.path.realpath(path) == os.path.realpath(present):
        raise SavingError(
            f"{path.name} is the present workbook, and a new period never changes it.",
            fix="name another file.",
        )


def _typed_otherwise(outcome: app.Outcome) -> Iterator[str]:
    """Entries that a register document holds as another kind of value."""
    odd = [
        str(entry.at)
        for records in _records(outcome.reading)
        for record in records
        for entry in record.entries.values()
        if entry.cell.formula is not None or entry.cell.kind is Kind.ERROR
    ]
    if odd:
        yield f"Formulas and errors became texts; type values instead: {listed(odd)}."


def _records(found: Reading) -> Sequence[Sequence[Record]]:
    return (found.register.risks, found.register.actions)


def _left(book: app.Book, outcome: app.Outcome, fresh: FileBook) -> Iterator[str]:
    """What stays in the present workbook, by the same look at it as a repair takes."""
    profile, old = outcome.profile, outcome.reading
    about = profile.sheets["about"]
    grids = {sheet.table.sheet: sheet.grid for sheet in old.sheets}
    found = as_they_are(profile, {**grids, **book.read([about])})
    if isinstance(book, FileBook):
        remarks = leaving.left(book, found, old, fresh, CLEARED)
    else:  # the parts of an open workbook cannot be seen
        remarks = leaving.in_cells(book, found, old, fresh, CLEARED)
    yield from briefly(remarks)
    yield from leaving.shown_again(old)
    there = book.sheets()
    fixed = [profile.sheets[role] for role in ("key", "lists") if profile.sheets[role] in there]
    yield from mending.words(book.read(fixed), profile)


def _without_long_numbers(
    document: Mapping[str, Any], found: Reading
) -> tuple[dict[str, Any], list[str]]:
    """A document whose numbers a cell keeps whole: longer ones are texts, and said."""
    changed, said = dict(document), []
    for part, records in zip(("risks", "actions"), _records(found), strict=True):
        lines = [dict(line) for line in document.get(part, ())]
        for line, record in zip(lines, records, strict=False):
            for field, value in line.items():
                if type(value) is int and too_long(value):
                    entry = record.entries[field]
                    line[field] = entry.cell.text
                    said.append(
                        f"{entry.at}: the number {entry.cell.text[:20]} has more digits "
                        f"than the {DIGITS} that a cell keeps, so it became a text."
                    )
        if part in document:
            changed[part] = lines
    return changed, said


def _changed(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """Entries that read differently in the new workbook: there should be none."""
    for part in ("risks", "actions"):
        old, new = wanted.get(part, []), found.get(part, [])
        if len(old) != len(new):
            yield f"The new workbook has {len(new)} {part} and the present one {len(old)}."
        for place, (before, after_) in enumerate(zip(old, new, strict=False), start=1):
            for field in sorted(before):
                if before[field] != after_.get(field):
                    yield (
                        f"{part.capitalize()}, record {place}, {field}: {before[field]!r} reads "
                        f"{after_.get(field)!r} in the new workbook."
                    )


def _to_do(outcome: app.Outcome, following: str) -> Iterator[str]:
    """What a program cannot know of the new period."""
    before, now = quarter_of(outcome.reading.register.about.period), quarter_of(following)
    if now is None:
        yield "Position as at is blank, because the period does not say when it ends: type it."
    prior = [c.heading for c in outcome.profile.risks.columns if c.field.startswith("prior_")]
    if prior and before and now and now.year != before.year:
        yield f"A new year begins: type last year's scores under {listed(prior)}."
