"""A checklist: what each line asks, whether a finished file meets it, and where it does not.

A line that no program can judge is for a person; it is never counted as passed.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Generic, TypeVar

from riskbook.edge.xlsx.alive import harmless

F = TypeVar("F")
SHOWN = 3  # faults named in a line
COLUMNS = ("line", "wording", "essential", "result", "where and why", "what to do")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a checklist, judged."""

    number: str  # as its source counts: "Tables 1", "06-001"
    wording: str
    essential: bool  # to passing the accessibility regulations, as the source reads them
    passed: bool | None  # None: for a person
    where: str = ""  # where it fails and why
    fix: str = ""  # what to do then; for a person, what to look at

    @property
    def result(self) -> str:
        """``pass``, ``fail`` or ``for a person``."""
        return "for a person" if self.passed is None else "pass" if self.passed else "fail"


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """One line of a checklist, before a file; ``judge`` names each fault."""

    number: str
    wording: str
    fix: str
    judge: Callable[[F], Iterator[str]] | None  # None: for a person
    essential: bool = False

    def line(self, facts: F) -> Line:
        """The line for a file."""
        faults = list(islice(self.judge(facts), 1000)) if self.judge else []
        return Line(
            number=self.number,
            wording=self.wording,
            essential=self.essential,
            passed=None if self.judge is None else not faults,
            where=_told(faults),
            fix=self.fix if faults or self.judge is None else "",
        )


def judged(rules: Iterable[Rule[F]], facts: F) -> list[Line]:
    """Every line of a checklist for a file."""
    return [rule.line(facts) for rule in rules]


def _told(faults: Sequence[str]) -> str:
    more = len(faults) - SHOWN
    return "; ".join(faults[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def sentence(lines: Sequence[Line]) -> str:
    """``31 of 31 lines pass; 4 are for a person to judge``."""
    ours = [line for line in lines if line.passed is not None]
    others = len(lines) - len(ours)
    told = f"{sum(1 for line in ours if line.passed)} of {len(ours)} lines pass"
    if not others:
        return told
    return f"{told}; {others} {'is' if others == 1 else 'are'} for a person to judge"


def as_csv(lines: Sequence[Line]) -> bytes:
    """The checklist as a table: UTF-8 with a byte order mark, as Excel reads it."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        essential = "yes" if line.essential else "no"
        row = (line.number, line.wording, essential, line.result, line.where, line.fix)
        writer.writerow(map(harmless, row))
    return text.getvalue().encode("utf-8-sig")
