"""What the parts of an accessible workbook are made from, and what a part is."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskbook.core.accessible.notes import Notes
from riskbook.core.accessible.sheet import Column, Value
from riskbook.core.pages import Figures
from riskbook.core.pages.parts import long_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Figures):
    """A register with all that was worked out of it, and the notes that its tables ask for."""

    notes: Notes

    @property
    def day(self) -> str:
        """The day of the edition, in words."""
        return long_day(self.as_at)

    @property
    def things(self) -> str:
        """What a row of the risks sheet is called, many of them."""
        return "sub-risks" if self.profile.weighted else "risks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table before its sheet has a name of its own."""

    name: str  # wanted for the sheet
    key: str  # of the table
    subject: str  # what the table holds: the title begins with it
    columns: Sequence[Column]
    rows: Sequence[tuple[Value, ...]]
    told: Sequence[str] = ()  # lines for above the table
