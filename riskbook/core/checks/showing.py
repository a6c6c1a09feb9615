"""What a number format lets people see of a cell, as far as that can be known (RB215).

::

    3    ;;;        nothing          3    "4"     4, which is not what the cell holds
    0.4  0          0                40   0%      4000 %

Formats with fractions and exponents are left alone: what they show is not
worked out here, so nothing is said of them.
"""

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from riskbook.core.grid import Cell, Kind
from riskbook.core.scoring import half_up, plain
from riskbook.core.values import percent

_LITERAL = re.compile(r'"([^"]*)"?|\\(.)', re.DOTALL)
_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.", re.DOTALL)  # colours, padding, filling
_WHITE = re.compile(r"\[(?:white|colou?r ?2)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[([<>]=?|<>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_UNKNOWN = re.compile(r"\[[<>=]|[eE][+-]|/|general|[dmyhsb]", re.IGNORECASE)
_MOST_PLACES = 30  # decimals that Excel takes in a format


def masked(cell: Cell) -> str | None:
    """What a cell shows where that is not what it holds; None where it is, or is not known.

    The answer is a part of a sentence: ``shows nothing``, ``shows 4``.
    """
    if cell.kind is Kind.TEXT:
        return _masked_text(cell.format)
    if cell.kind is Kind.NUMBER:
        return _masked_number(cell.number, cell.format)
    if cell.kind is Kind.DATE:
        bare = _bare(cell.format.partition(";")[0]).lower()
        return next((f"shows no {what}" for what in ("year", "month") if what[0] not in bare), None)
    return None


def _sections(code: str) -> list[str]:
    """The parts of a format, parted by the semicolons that are not text."""
    parts = [""]
    for piece in re.split(r'("[^"]*"?|\\.|;)', code):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _bare(section: str) -> str:
    return _UNSEEN.sub("", _LITERAL.sub("", section))


def _words(section: str) -> str:
    """The words that a section puts beside the value, or in its place."""
    return "".join(one or two for one, two in _LITERAL.findall(_UNSEEN.sub("", section)))


@lru_cache(maxsize=1_024)  # a register has few formats, and the same for whole columns
def _masked_text(code: str) -> str | None:
    parts = _sections(code)
    if len(parts) < 4 and "@" not in _bare(parts[-1]):
        return None  # a text is shown as it is
    words = _words(parts[-1])
    if "@" not in _bare(parts[-1]):
        return f"shows {words or 'nothing'}"
    return f"shows {words} too" if re.search(r"\w", words) else None


@lru_cache(maxsize=1_024)
def _masked_number(number: Decimal, code: str) -> str | None:
    section = _section(number, _sections(code))
    bare, words = _bare(section), _words(section)
    if _WHITE.search(section):
        return "shows it in white"
    if _UNKNOWN.search(bare) or bare.strip() == "@":
        return None
    if not re.search(r"[0#?]", bare):
        return f"shows {words.strip() or 'nothing'}"
    shown = _rounded(abs(number), bare)
    digits = percent(shown) if "%" in bare else plain(shown)
    if re.search(r"\d", words):
        return f"shows {words.strip()} beside {digits}"
    return None if shown == abs(number) else f"shows {digits}"


def _section(number: Decimal, parts: list[str]) -> str:
    """The part of a format that a number is shown by."""
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        fits = (part for part, found in zip(parts, conditions, strict=True) if _fits(number, found))
        return next(fits, parts[-1])
    if number < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if number == 0 and len(parts) > 2 else parts[0]


def _fits(number: Decimal, condition: re.Match[str] | None) -> bool:
    return condition is None or _COMPARE[condition[1]](number, Decimal(condition[2]))


def _rounded(number: Decimal, bare: str) -> Decimal:
    """The number that people read, thousands cut off and rounded; a percentage as a share."""
    decimals = bare.partition(".")[2]
    thousands = re.search(r"[0#?](,+)[^0#?]*$", bare)
    places = min(len(re.findall(r"[0#?]", decimals)), _MOST_PLACES)
    scale = Decimal(100) if "%" in bare else Decimal(1)
    scale /= Decimal(1000) ** len(thousands[1]) if thousands else 1
    shown = half_up(number * scale, places)
    return shown / 100 if "%" in bare else shown
