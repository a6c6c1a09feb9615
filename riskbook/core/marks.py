"""What officers mark as exempt from publication, row by row.

::

    Exempt From Publication        Reason for Exemption
    Whole row                      Paragraph 3        the row is withheld
    Update; Risk Owner             Paragraph 1        two of its entries are
    Updat                          Paragraph 3        nobody knows: the row is, and a rule finds it
    (blank)                        (blank)            the row is published

Headings are matched as those of a sheet are, but a close spelling is not guessed at.  What
follows from the marks is the business of :mod:`riskbook.core.withheld`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskbook.core.grid import CellRef, Kind
from riskbook.core.model import Entry, Record
from riskbook.core.profile import Column, Profile
from riskbook.core.reading import Reading, Sheet
from riskbook.core.values import alike, clean
from riskbook.core.words import standard_headings

MARK, REASON = "exempt", "exempt_reason"
FAMILY = "wholerisk"  # of a sub-risk: the rows of the whole risk
NOTHING = ("no", "n", "none", "notexempt", "public", "publish", "false", "-", "n/a")
SURE = (FAMILY, "wholerow", "wholeaction")  # nobody types these words for anything else
WHOLE = ("yes", "y", "true", "all", "whole", "exempt", "wholerow", "wholeaction", FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """A part of a mark that cannot be acted on: it means no column, several, or one in use."""

    text: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is marked in one row."""

    at: CellRef
    whole: bool  # by a word, or because a part of the mark is not understood
    family: bool  # the word was "Whole risk"
    fields: tuple[str, ...]
    strange: tuple[Strange, ...]
    reason: str


def mark_of(record: Record, sheet: Sheet) -> Mark | None:
    """The mark of a row; None where nothing is marked."""
    entry = record.entries.get(MARK)
    if entry is None or not stands(entry):
        return None
    shown = entry.text or entry.cell.text
    parts = [clean(part) for part in re.split(r"[;\r\n]", shown) if clean(part)] or [clean(shown)]
    words = [part for part in parts if word(part) in WHOLE]
    named = {part: _meant(part, sheet) for part in parts if part not in words}
    strange = tuple(
        Strange(text=part, columns=tuple(columns))
        for part, columns in named.items()
        if len(columns) != 1 or not can_be_withheld(columns[0])
    )
    fields = tuple(dict.fromkeys(c.field for columns in named.values() for c in columns))
    return Mark(
        at=entry.at,
        whole=bool(words or strange),
        family=any(word(part) == FAMILY for part in words),
        fields=fields,
        strange=strange,
        reason=clean(record.text(REASON)),
    )


def unread(reading: Reading, profile: Profile) -> Iterator[tuple[CellRef, str]]:
    """Where marks may stand that are not read, and why: what they mark would be published."""
    for sheet in reading.sheets:
        columns = [column.field for column in sheet.table.columns]
        row, name = sheet.mapped.row, sheet.grid.sheet
        other = {**sheet.mapped.unknown, **sheet.mapped.twice}
        for place, heading in other.items():
            if alike(heading).startswith(MARK) or alike(heading) in standard_headings(MARK):
                yield CellRef(name, row, place), f"the heading {heading!r} is not read"
        if MARK in columns and MARK not in sheet.mapped.columns:
            heading = sheet.table.columns[columns.index(MARK)].heading
            if reading.version == profile.version:  # an older workbook has no such column
                at = CellRef(name, row, columns.index(MARK) + 1)
                yield at, f"no column is headed {heading!r} any more"
        for at, text in _beside(sheet):
            if word(text) in SURE:
                yield at, f"{clean(text)!r} stands in a column that is not read"


def _beside(sheet: Sheet) -> Iterator[tuple[CellRef, str]]:
    """The texts below the headings in columns that no field is read from."""
    read = set(sheet.mapped.columns.values())
    for row, cells in sheet.grid.lines():
        for place, cell in enumerate(cells, start=sheet.grid.left):
            if row > sheet.mapped.row and place not in read and cell.kind is Kind.TEXT:
                yield CellRef(sheet.grid.sheet, row, place), cell.text


def stands(entry: Entry) -> bool:
    """Whether anything is in a cell, be it an error or a formula that shows nothing."""
    cell = entry.cell
    return bool(clean(cell.text)) or cell.formula is not None or cell.kind is Kind.ERROR


def can_be_withheld(column: Column) -> bool:
    """Whether a row can stand without this entry: references hold the register together."""
    return column.entered and column.kind != "ref" and column.field not in (MARK, REASON)


def marks_nothing(text: str) -> bool:
    """Whether a word says that nothing is exempt, which only a blank cell says for certain."""
    return word(text) in NOTHING


def word(text: str) -> str:
    """One spelling of a word that marks: small letters, no spaces, no full stop."""
    return alike(text).replace(" ", "").rstrip(".")


def _meant(text: str, sheet: Sheet) -> Sequence[Column]:
    """The columns that a heading names: the profile's own, as typed in the sheet, or another."""
    wanted, columns = alike(text), sheet.table.columns
    if marks_nothing(text):
        return ()  # a reference may be headed "No"
    typed = sheet.mapped.renamed
    return (
        [column for column in columns if alike(column.heading) == wanted]
        or [column for column in columns if alike(typed.get(column.field, "")) == wanted]
        or [column for column in columns if wanted in _also(column)]
    )


def _also(column: Column) -> set[str]:
    return {alike(name) for name in (*column.aliases, *standard_headings(column.field))}
