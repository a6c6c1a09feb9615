"""What a cell shows on paper: a number in the format of its style, a text that can be printed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from riskbook.core.page import PageCell
from riskbook.core.scoring import half_up, plain
from riskbook.edge.template.looks import Look

Styles: TypeAlias = Mapping[str, Look]

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
BULLET = "\uf0b7"  # what Word leaves of a bullet from its Symbol font


def printable(text: str) -> str:
    """A text with plain line ends, and a mark in place of what has no shape."""
    text = LINE_ENDS.sub("\n", text).replace("\t", " ").replace(BULLET, "\u2022")
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
