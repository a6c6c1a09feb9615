"""What an accessible workbook holds, as plain data: a sheet is a title, prose and one table.

::

    A1  title                      Heading 1
    A2  what is on this worksheet  prose, as many lines as it needs
    A5  headings of the columns    one table, marked up, from column A to the last row
    A6  ...

No cell of a table is empty: a shorthand says why there is nothing, and the lines above the
table say what it means.

Source: Government Analysis Function, Releasing statistics in spreadsheets, and its checklist
Making spreadsheets accessible.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from riskbook.core.values import clean
from riskbook.core.withheld import WITHHELD
from riskbook.core.words import count

Value: TypeAlias = str | int | Decimal | date

NOTHING, NOT_APPLICABLE = "[x]", "[z]"
SHORTHAND: Mapping[str, str] = {
    NOTHING: "not available: nothing was entered, or it cannot be worked out from what was",
    NOT_APPLICABLE: "not applicable",
    WITHHELD: "withheld: exempt from publication",
}
LONGEST_NAME = 31  # characters of a sheet's name: Excel specifications and limits
CONTENTS, NOTES, COVER = "Contents", "Notes", "Cover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    heading: str
    kind: str = "text"  # text, number, percent, date, link (to the sheet of that name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its name in the workbook, its columns, and a value in every cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        headings = [column.heading for column in self.columns]
        if len(set(map(str.casefold, headings))) < len(headings):
            raise ValueError(f"headings that are the same: {headings}")
        if not self.rows or any(len(row) != len(headings) for row in self.rows):
            raise ValueError(f"{self.name}: a table has rows of {len(headings)} values")
        if any(isinstance(value, str) and not value.strip() for row in self.rows for value in row):
            raise ValueError(f"{self.name}: an empty cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A line below the title."""

    text: str
    heading: bool = False  # of level 2
    link: str = ""  # the name of the sheet that it leads to


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet; the cover has no table."""

    name: str
    title: str
    prose: tuple[Prose, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A whole workbook, the cover first."""

    title: str
    organisation: str
    as_at: date
    sheets: tuple[Sheet, ...]


def described(table: Table, told: Iterable[str] = ()) -> tuple[Prose, ...]:
    """The lines above a table: what there is, what the shorthand means, where the notes are."""
    rows, columns = len(table.rows), len(table.columns)
    first = f"This worksheet contains one table of {count(rows, 'row')} below its headings and "
    lines = [first + f"{count(columns, 'column')}.", *told]
    shown = {value for row in table.rows for value in row if isinstance(value, str)}
    lines += [f"{sign} means {meaning}." for sign, meaning in SHORTHAND.items() if sign in shown]
    if any("[note " in text for text in (*lines, *(c.heading for c in table.columns))):
        lines.append("Notes such as [note 1] are explained on the Notes worksheet.")
    return tuple(Prose(text=line) for line in lines)


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that a sheet may have, and that no other sheet of the workbook has."""
    plain = clean("".join(" " if letter in "[]:*?/\\'" else letter for letter in wanted))
    known = {name.casefold() for name in taken}
    name, number = plain[:LONGEST_NAME].strip(), 1
    while name.casefold() in known:
        number += 1
        name = f"{plain[: LONGEST_NAME - 3].strip()} {number}"
    return name


def different(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns with headings on one line, a number behind one that is there already."""
    found: list[Column] = []
    known: set[str] = set()
    for column in columns:
        plain = heading = clean(column.heading)
        number = 1
        while heading.casefold() in known:
            number += 1
            heading = f"{plain} ({number})"
        known.add(heading.casefold())
        found.append(Column(heading=heading, kind=column.kind))
    return tuple(found)
