"""The register: what an officer typed, row by row, and what was understood of it.

::

    Register ── about        title, period, as-at date
             ├─ risks        one Risk a row: a risk, or a sub-risk of the risk ``ref``
             └─ actions      one Action a row, each naming the risk it belongs to

A record keeps every entry with its cell, so that each finding can point at it.  A
record holds ratings, never scores: scores are computed, in :mod:`riskbook.core.scores`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from riskbook.core.grid import Cell, CellRef
from riskbook.core.scoring import Rating

STAGES = ("gross", "nett", "target")
AXES = ("likelihood", "impact")

Typed: TypeAlias = str | int | float | bool  # an entry as typed, as JSON holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date as typed; a month alone means its last day."""

    day: date
    text: str  # as typed, e.g. "March 2022"


Understood: TypeAlias = str | int | Decimal | Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry cell: where it is, what is in it, and what that was understood as.

    ``value`` is None when the cell is blank.  A text that could not be understood in
    its column (``"Quite likely"`` as a level) stays that text, for a rule to find.
    """

    at: CellRef
    cell: Cell
    value: Understood | None

    @property
    def text(self) -> str:
        """The understood value as text; empty when blank."""
        if isinstance(self.value, Due):
            return self.value.text
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a register sheet: its entries by field."""

    row: int  # row on the sheet, from 1
    entries: Mapping[str, Entry]

    def text(self, name: str) -> str:
        """A field's understood text; empty where the column or the entry is missing."""
        entry = self.entries.get(name)
        return entry.text if entry else ""

    def due(self, name: str) -> Due | None:
        """A field's date, when a date was understood."""
        entry = self.entries.get(name)
        return entry.value if entry and isinstance(entry.value, Due) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """One row of the risks sheet: a whole risk, or one sub-risk of a risk."""

    ref: str
    sub_ref: str = ""
    ratings: Mapping[str, Rating] = field(default_factory=dict)  # by stage
    weight: Decimal | None = None  # share of the risk, 0..1
    owners: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The reference of this row: the sub-risk's where there is one."""
        return self.sub_ref or self.ref

    @property
    def title(self) -> str:
        """The words of this row: the sub-risk's where there are any."""
        return self.text("sub_title") or self.text("title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """One row of the actions sheet."""

    ref: str
    risk: str  # the key of the risk or sub-risk it belongs to
    managers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    complete: bool = False  # the status says so

    @property
    def due_now(self) -> Due | None:
        """The date in force: the revised one where there is one."""
        return self.due("revised_due") or self.due("original_due")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the About sheet says of the whole register."""

    organisation: str = ""
    title: str = ""
    period: str = ""
    as_at: str = ""  # as typed
    introduction: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything that was read from one workbook."""

    about: About
    risks: tuple[Risk, ...]
    actions: tuple[Action, ...] = ()

    def families(self) -> dict[str, tuple[Risk, ...]]:
        """The rows of each risk by its reference, in order of first appearance."""
        found: dict[str, list[Risk]] = {}
        for risk in self.risks:
            found.setdefault(family(risk.ref), []).append(risk)
        return {name: tuple(rows) for name, rows in found.items()}


def family(ref: str) -> str:
    """References that differ only by case name the same risk."""
    return ref.upper()
