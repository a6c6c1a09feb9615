"""The next period's workbook: a new one from the template, with every entry carried over.

::

    Outcome -> document - updates + next period -> template -> read back and compared -> file

The present workbook is never changed.  The updates of the risks are left blank, so that
a missing one is found (RB501); they stay in the present workbook and in its snapshot.
What a register document cannot hold (columns of the officer's own, comments, pictures)
is said, never dropped in silence.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from riskbook import app
from riskbook.core import layout, reading, settings
from riskbook.core.document import carried_over
from riskbook.core.grid import Cell, Kind, letters
from riskbook.core.pages.front import what_there_is
from riskbook.core.pages.parts import count, long_day
from riskbook.core.periods import after, quarter_of
from riskbook.core.reading import Sheet
from riskbook.core.values import alike, clean
from riskbook.core.words import listed
from riskbook.edge.disk import saving
from riskbook.edge.disk.naming import with_period
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros.sources import DEFAULT, Interpreters
from riskbook.edge.making import made
from riskbook.edge.xlsx.charts import charts_on
from riskbook.errors import RegisterError, SavingError

__all__ = ["Made", "foreign", "holds", "left_in_file", "left_on_sheets", "new_period"]

PLAIN, BUTTONS = ".xlsx", ".xlsm"


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
    buttons = interpreters if path.suffix.lower() == BUTTONS else None
    book, fresh = made(outcome.profile, document, buttons)
    saving.create(path, book.data, overwrite=overwrite, keep=True)
    notes = (*_left(outcome), *_changed(document, fresh.document()), *_to_do(outcome, following))
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


def _left(outcome: app.Outcome) -> Iterator[str]:
    """What the register sheets hold beside the entries."""
    for sheet in outcome.reading.sheets:
        named = {**sheet.mapped.unknown, **sheet.mapped.twice}
        for place in foreign(sheet):
            if cells := _filled(sheet, place):
                name = repr(named[place]) if place in named else letters(place)
                yield (
                    f"The column {name} on {sheet.table.sheet!r} is not the profile's: what is in "
                    f"it ({count(cells, 'cell')}) stays in the present workbook."
                )
    odd = [
        str(entry.at)
        for records in (outcome.reading.register.risks, outcome.reading.register.actions)
        for record in records
        for entry in record.entries.values()
        if entry.cell.formula is not None or entry.cell.kind is Kind.ERROR
    ]
    if odd:
        yield f"Formulas and errors became texts; type values instead: {listed(odd)}."


def foreign(sheet: Sheet) -> Iterator[int]:
    """The columns of a sheet that are no field's."""
    width = max((len(cells) for _, cells in sheet.grid.lines()), default=0)
    ours = set(sheet.mapped.columns.values())
    return (p for p in range(sheet.grid.left, sheet.grid.left + width) if p not in ours)


def _filled(sheet: Sheet, place: int) -> int:
    cells = [sheet.grid.at(row, place) for row, _ in sheet.grid.lines() if row > sheet.mapped.row]
    return sum(1 for cell in cells if holds(cell))


def holds(cell: Cell) -> bool:
    """Whether a cell has anything to see in it, or a formula."""
    return cell.formula is not None or bool(clean(cell.text))


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


def left_on_sheets(book: app.Book, outcome: app.Outcome) -> Iterator[str]:
    """What a book holds on sheets and lines of its own, which no register document has."""
    profile = outcome.profile
    ours = {*profile.sheets.values(), settings.SHEET}
    if own := [name for name in book.sheets() if name not in ours]:
        yield f"Sheets that stay in the present workbook: {', '.join(own)}."
    about = profile.sheets["about"]
    grid = book.read([about])[about]
    known = {
        label.casefold()
        for label in (*layout.ABOUT.values(), *layout.CONTROLLED.values(), layout.NOTE)
    }
    lines = [
        str(at)
        for label, at in reading.labelled(grid)
        if label not in known and holds(grid.at(at.row, at.column))
    ]
    if lines:
        yield f"Lines of your own on {about!r} stay in the present workbook: {', '.join(lines)}."


def left_in_file(book: FileBook) -> Iterator[str]:
    """What a file holds beside its cells."""
    parts: Sequence[tuple[str, str]] = (
        ("xl/comments", "comments"),
        ("xl/threadedComments/", "comments"),
        ("xl/media/", "pictures"),
        ("xl/charts/chart", "charts"),
    )
    ours = {
        part for sheet in book.sheets() for part in charts_on(book.package, book.workbook, sheet)
    }
    names = [name for name in book.package.names if name not in ours]
    found = dict.fromkeys(
        word for start, word in parts if any(name.startswith(start) for name in names)
    )
    if found:
        yield f"The {listed(list(found))} in the present workbook stay there."
