"""The quarters of the UK financial year: which one a period names, when it ends, what follows.

::

    "2021/22 Q2" -> "2021/22 Q3"    "Q4 2021/22" -> "Q1 2022/23"    "Jun-2021" -> "Sep-2021"

The spelling of a period is kept: only its figures move on.  A month stands for the
quarter that it ends; a period that is read as nothing is None, never a guess.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from riskbook.core.values import MONTH, clean, parse_day

_QUARTER = re.compile(r"\b(q(?:uarter)?\s*)([1-4])\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(\d{4}|\d\d)(\s*[/\u2013-]\s*)(\d{4}|\d\d)(?!\d)")
_MONTH = re.compile(rf"({MONTH})([ /,-]*)(\d{{4}}|\d\d)", re.IGNORECASE)
_NAMED = re.compile(rf"\b{MONTH}\b", re.IGNORECASE)
_SHORT = re.compile(r"(...|sept)\.?", re.IGNORECASE)  # "June" and "July" are written out
_ENDS = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}  # quarter -> its last month and day


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a UK financial year: (2021, 1) is April to June 2021."""

    year: int  # in which the financial year begins
    number: int  # 1..4

    @property
    def ends(self) -> date:
        """Its last day."""
        month, day = _ENDS[self.number]
        return date(self.year + (self.number == 4), month, day)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def quarter_of(period: str) -> Quarter | None:
    """The quarter that a period names, or None where it names none."""
    return found[0] if (found := _read(period)) else None


def after(period: str) -> str | None:
    """The next period in the same spelling, or None where the period is not understood."""
    found = _read(period)
    if found is None or found[0].year + 2 > date.max.year:
        return None
    quarter, spelt = found
    return spelt(quarter.next)


Spelling = Callable[[Quarter], str]


def _read(period: str) -> tuple[Quarter, Spelling] | None:
    text = clean(period)
    return _as_quarter(text) or _as_month(text)


def _as_quarter(text: str) -> tuple[Quarter, Spelling] | None:
    numbers, years = list(_QUARTER.finditer(text)), list(_YEARS.finditer(text))
    if len(numbers) != 1 or len(years) != 1 or _NAMED.search(text):
        return None  # "Q1 (April to June)" would keep the names of the old months
    first, between, second = years[0].groups()
    year = int(first) if len(first) == 4 else 2000 + int(first)
    if int(second[-2:]) != (year + 1) % 100 or (len(second) == 4 and int(second) != year + 1):
        return None  # 2021/23 is no financial year

    def spelt(quarter: Quarter) -> str:
        begins, ends = str(quarter.year)[-len(first) :], str(quarter.year + 1)[-len(second) :]
        moved = _YEARS.sub(lambda _: f"{begins}{between}{ends}", text)
        return _QUARTER.sub(lambda found: f"{found[1]}{quarter.number}", moved)

    return Quarter(year, int(numbers[0][2])), spelt


def _as_month(text: str) -> tuple[Quarter, Spelling] | None:
    named, day = _MONTH.fullmatch(text), parse_day(text)
    number = next((n for n, end in _ENDS.items() if day and end == (day.month, day.day)), None)
    if named is None or day is None or number is None:
        return None
    word, between, year = named[1], named[3], named[4]

    def spelt(quarter: Quarter) -> str:
        month = f"{quarter.ends:%b}" if _SHORT.fullmatch(word) else f"{quarter.ends:%B}"
        month = month.upper() if word.isupper() else month
        return f"{month}{between}{str(quarter.ends.year)[-len(year) :]}"

    return Quarter(day.year - (number == 4), number), spelt
