"""What every report shares: what it says and of which day, and what a cell shows on paper.

A number is shown in the format of its style, and a text without what cannot be printed.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from riskbook import __version__
from riskbook.app import Outcome
from riskbook.core.blocks import Paper
from riskbook.core.page import PageCell
from riskbook.core.scoring import half_up, plain
from riskbook.edge.template.looks import Look

Styles: TypeAlias = Mapping[str, Look]

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
MARK, JOINER = "\ufeff", "\u2060"  # the same width of nothing; PDF/UA knows the second alone
BULLET = "\uf0b7"  # what Word leaves of a bullet from its Symbol font


def paper_of(outcome: Outcome) -> Paper:
    """What the report says, and by what it was made."""
    profile = outcome.profile
    return outcome.paper(f"riskbook {__version__}, {profile.id} {profile.version}")


def moment_of(outcome: Outcome) -> datetime:
    """When a report says it was made: the day that its figures are for."""
    return datetime(outcome.as_at.year, outcome.as_at.month, outcome.as_at.day, tzinfo=UTC)


@lru_cache(maxsize=8_192)  # headings and words stand on every page
def printable(text: str) -> str:
    """A text with plain line ends, and a mark in place of what has no shape."""
    text = LINE_ENDS.sub("\n", text).replace("\t", " ").replace(BULLET, "\u2022")
    text = text.replace(MARK, JOINER)
    return UNPRINTABLE.sub("\ufffd", text)


def shown(cell: PageCell, styles: Styles) -> str:
    """The value of a cell as its sheet shows it."""
    if isinstance(cell.value, Decimal | int):
        return number(Decimal(cell.value), styles[cell.style].get("num_format", "General"))
    return printable(cell.value or "")


def number(value: Decimal, form: str) -> str:
    """A number in one of the number formats that the styles have."""
    if form.endswith("%"):
        return f"{half_up(value * 100, len(form.partition('.')[2].rstrip('%')))} %"
    least, most = form.count("0") - 1, form.count("0") + form.count("#") - 1
    if "." not in form:
        return plain(value)
    whole, _, decimals = f"{half_up(value, most)}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(least, '0')}"
