"""What a number format lets people see of a cell, as far as that can be known (RB215).

::

    3    ;;;        nothing          3    "4"     4, which is not what the cell holds
    0.4  0          0                40   0%      4000 %

What formats with fractions, exponents and times of day show is not worked out here: only
white letters are told of them.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from riskbook.core.grid import Cell, Kind
from riskbook.core.scoring import half_up, plain
from riskbook.core.values import percent

UNSEEN = "is written in the colour of its ground, or too small to be read"
LONGEST = 255  # characters of a format that Excel takes
TOO_LONG = "has a number format that is too long to be read"

# in their order: a text, an escaped letter, brackets, what fills the cell, padding, any other
_PIECES = re.compile(r'"([^"]*)"?|\\(.)|\[([^\[\]]*)\]|\*(.)|_.|(.)', re.DOTALL)
_WHITE = re.compile(r"white|colou?r ?2", re.IGNORECASE)
_CONDITION = re.compile(r"([<>]=?|<>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_AS_IT_IS = re.compile(r"general|@", re.IGNORECASE)
_UNKNOWN = re.compile(r"\[|[eE][+-]|/|[dmyhsb]", re.IGNORECASE)
_PERCENT = re.compile(r"[0#?,]*[0#?](?:\.[0#?]+)?\s?%")
_MOST_PLACES = 30  # decimals that Excel takes in a format
_BEFORE_1900 = date(1899, 12, 30).toordinal()  # Excel's day 0, after February 1900


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format, of those that the semicolons part."""

    words: str  # what it shows whatever the value is
    bare: str  # the places of the value and what stands between them
    white: bool
    condition: re.Match[str] | None


def masked(cell: Cell) -> str | None:
    """What a cell shows where that is not what it holds; None where it is, or is not known.

    The answer is a part of a sentence: ``shows nothing``, ``shows 4``.
    """
    if cell.kind is Kind.TEXT:
        return _masked_text(cell.format)
    if cell.kind is Kind.NUMBER:
        return _masked_number(cell.number, cell.format)
    if cell.kind is Kind.DATE:
        serial = date.fromisoformat(cell.text[:10]).toordinal() - _BEFORE_1900
        return _masked_date(Decimal(serial), cell.format)
    return None


@lru_cache(maxsize=1_024)
def rounds_only(code: str) -> bool:
    """Whether a format shows a share as a percentage and nothing else: ``0%``, ``0.0%``.

    Such a format may round; one with words, digits or colours of its own does more.
    """
    if len(code) > LONGEST:
        return False
    shown = _sections(code)[:3]  # a fourth one shows texts
    bare = [part.bare.strip() for part in shown]
    bare[1:2] = [negative.removeprefix("-") for negative in bare[1:2]]
    alone = not any(part.words.strip() or part.white for part in shown)
    return alone and all(map(_PERCENT.fullmatch, bare))


@lru_cache(maxsize=1_024)  # a register has few formats, and the same for whole columns
def _sections(code: str) -> Sequence[_Section]:
    """The parts of a format."""
    parts: list[list[re.Match[str]]] = [[]]
    for piece in _PIECES.finditer(code):
        if piece[0] == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return tuple(map(_section_of, parts))


def _section_of(pieces: Sequence[re.Match[str]]) -> _Section:
    words, bare, brackets = "", "", []
    for piece in pieces:
        quoted, escaped, inner, filling, other = piece.groups()
        if inner is not None:
            brackets.append(inner)
            currency = inner.startswith("$")  # [$GBP-809]: the letters, then the language
            words += inner[1:].partition("-")[0] if currency else ""
        elif other and other not in "123456789":
            bare += other
        else:  # digits are shown as they are; but for 0, which is a place
            words += quoted or escaped or filling or other or ""
    conditions = filter(None, map(_CONDITION.fullmatch, brackets))
    white = any(map(_WHITE.fullmatch, brackets))
    return _Section(words, bare, white, next(conditions, None))


@lru_cache(maxsize=1_024)
def _masked_text(code: str) -> str | None:
    if len(code) > LONGEST:
        return TOO_LONG
    parts = _sections(code)
    one = parts[3] if len(parts) > 3 else parts[-1]
    if len(parts) < 4 and "@" not in one.bare and not (len(parts) == 1 and _whole(one)):
        return None  # a text is shown as it is
    if one.white:
        return "shows it in white"
    if not _AS_IT_IS.search(one.bare):
        return f"shows {one.words.strip() or 'nothing'}"
    return f"shows {one.words.strip()} too" if re.search(r"\w", one.words) else None


def _whole(part: _Section) -> bool:
    """Whether a part shows a number as it is."""
    return bool(_AS_IT_IS.fullmatch(part.bare.strip()))


@lru_cache(maxsize=1_024)
def _masked_number(number: Decimal, code: str) -> str | None:
    if len(code) > LONGEST:
        return TOO_LONG
    part = _section(number, _sections(code))
    words, digits = part.words.strip(), bool(re.search(r"\d", part.words))
    if part.white:
        return "shows it in white"
    if _whole(part):
        return f"shows {words} beside {plain(number)}" if digits else None
    if _UNKNOWN.search(part.bare) or _AS_IT_IS.search(part.bare):
        return None
    if not re.search(r"[0#?]", part.bare):
        return f"shows {words or 'nothing'}"
    shown = _rounded(abs(number), part.bare)
    told = percent(shown) if "%" in part.bare else plain(shown)
    if digits:
        return f"shows {words} beside {told}"
    return None if shown == abs(number) else f"shows {told}"


@lru_cache(maxsize=1_024)
def _masked_date(serial: Decimal, code: str) -> str | None:
    if len(code) > LONGEST:
        return TOO_LONG
    part = _section(serial, _sections(code))
    bare, words = part.bare.lower(), part.words.strip()
    if part.white:
        return "shows it in white"
    for what in ("year", "month"):
        if what[0] not in bare:
            return f"shows no {what}"
    return f"shows {words} beside it" if re.search(r"\d", words) else None


def _section(number: Decimal, parts: Sequence[_Section]) -> _Section:
    """The part of a format that a number is shown by."""
    if any(part.condition for part in parts):
        return next((part for part in parts if _fits(number, part.condition)), parts[-1])
    if number < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if number == 0 and len(parts) > 2 else parts[0]


def _fits(number: Decimal, condition: re.Match[str] | None) -> bool:
    return condition is None or _COMPARE[condition[1]](number, Decimal(condition[2]))


def _rounded(number: Decimal, bare: str) -> Decimal:
    """The number that people read, thousands cut off and rounded; a percentage as a share."""
    whole, _, decimals = bare.partition(".")
    thousands = _commas(whole) + _commas(decimals)
    places = min(len(re.findall(r"[0#?]", decimals)), _MOST_PLACES)
    scale = Decimal(100) ** bare.count("%") / Decimal(1000) ** thousands
    shown = half_up(number * scale, places)
    return shown / 100 if "%" in bare else shown


def _commas(places: str) -> int:
    """The commas right behind the last place: each of them cuts off three digits."""
    after = "".join(re.split(r"[0#?]", places)[1:][-1:])
    return len(after) - len(after.lstrip(","))
