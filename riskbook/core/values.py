"""What an entry means: text, level, weight, date, people, points of a list.

Tolerant where people differ and the meaning is plain (spaces, no-break spaces, case,
numbers typed as text, ``40``/``0.4``/``40%``, "March 2022"); never a guess: what is
not understood comes back as the text it is, for a rule to find.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from riskbook.core.grid import Cell, Kind
from riskbook.core.model import Due, Typed
from riskbook.core.profile import Level
from riskbook.core.scoring import as_json, plain

NO_BREAK_SPACE = "\u00a0"
SPACES = str.maketrans(dict.fromkeys(f"{NO_BREAK_SPACE}\t\n\r", " "))  # as the formulas do
# characters that nobody sees, as the inside of a class of a pattern
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0100-\U000e01ef"
)
JOINER, VARIANTS, TAGS = "\u200d", "\ufe00-\ufe0f", "\U000e0001-\U000e007f"  # parts of pictures
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BREAK = " ?[/.-]? ?"  # between a number and the word of a month
_DAY = r"(\d\d?)(?:st|nd|rd|th)?"
STROKE = r"(?: ?[/.-] ?| )"  # between the numbers of a date
WEEKDAY_ENDS = "day|sday|nesday|rsday|urday|r|rs|s"  # Monday, Tuesday, Wednesday, Thurs, ...
LONGEST_NUMBER = 400  # characters: the largest number that a cell holds has 309 digits


@lru_cache(maxsize=8_192)  # each text of a register is asked for by many rules
def clean(text: str) -> str:
    """Text without the spaces that nobody sees: what TRIM and SUBSTITUTE leave in a sheet."""
    return " ".join(filter(None, text.translate(SPACES).split(" ")))


def straight(text: str) -> str:
    """Text with straight quotes and plain hyphens for the curly quotes and dashes of Word."""
    return text.translate(STRAIGHT)


def alike(text: str) -> str:
    """The same for spellings that differ only by case, spaces, curly quotes or dashes."""
    return straight(clean(text)).casefold()


def natural(text: str) -> tuple[str | int, ...]:
    """A key that sorts the numbers in references by size: PP_R04 before PP_R011."""
    parts = re.split(r"(\d{1,18})", alike(text))  # text, digits, text, digits, ...
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def typed(cell: Cell) -> Typed:
    """An entry exactly as typed, as JSON holds it; a percentage as it is shown."""
    return f"={cell.formula}" if cell.formula else _shown(cell)


def _shown(cell: Cell) -> Typed:
    if cell.kind is Kind.NUMBER:
        return percent(cell.number) if "%" in cell.format else as_json(cell.number)
    if cell.kind is Kind.DATE:
        return shown_date(cell)
    return cell.text == "TRUE" if cell.kind is Kind.BOOL else cell.text


def percent(share: Decimal) -> str:
    """0.4 is ``40%``."""
    return plain(share * 100) + "%"


def shown_date(cell: Cell) -> str:
    """A date cell as it is shown: its month where the format shows no day, else ISO."""
    day = date.fromisoformat(cell.text[:10])
    letters = re.sub(r'"[^"]*"|\[[^\[\]]*\]|\\.', "", cell.format).lower()
    if "d" not in letters and "m" in letters:
        return f"{day:%B %Y}"
    return day.isoformat()


def entry_text(cell: Cell) -> str:
    """The text of an entry in a column of text: a number or a date as it is shown."""
    return cell.text if cell.kind in (Kind.TEXT, Kind.BOOL) else str(_shown(cell))


def level(cell: Cell, scale: Sequence[Level]) -> int | Decimal | str:
    """A level from its number, its word (``Likely``) or both (``3 Likely``).

    A number in another spelling (``3.0`` as text) is none, as in the live formulas.
    """
    shown = cell.text if cell.kind is Kind.NUMBER else entry_text(cell)
    text = clean(shown).casefold()
    for number, step in enumerate(scale, start=1):
        label = clean(step.label).casefold()
        if text == str(number) or (label and text in (label, f"{number} {label}")):
            return number
    found = _number(text, shown)
    return shown if isinstance(found, int) and 1 <= found <= len(scale) else found


def weight(cell: Cell) -> Decimal | str:
    """A share of 0..1 from ``40``, ``0.4``, ``40%``, as a number or as text.

    More than 1 and no percent sign is a percentage: 40 is 0.4; 1 is the whole.
    """
    if cell.kind is Kind.NUMBER:
        number = cell.number
    else:
        text = clean(cell.text).replace(" ", "")
        found = _number(text.removesuffix("%"), cell.text)
        if isinstance(found, str):
            return found
        number = Decimal(found)
        if text.endswith("%"):
            return number / 100
    return number / 100 if number > 1 else number


def number(cell: Cell) -> int | Decimal | str:
    """A number, typed as a number or as text."""
    return _number(clean(entry_text(cell)), entry_text(cell))


def _number(text: str, otherwise: str) -> int | Decimal | str:
    known = re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text)
    if not known or len(text) > LONGEST_NUMBER:
        return otherwise
    found = Decimal(text)
    return int(found) if found == found.to_integral_value() else found


def due(cell: Cell) -> Due | str:
    """A date from a date cell or from text in a British order; a month is its last day."""
    text = shown_date(cell) if cell.kind is Kind.DATE else cell.text
    if cell.kind not in (Kind.TEXT, Kind.DATE):
        return entry_text(cell)
    day = parse_day(text)
    return Due(day=day, text=text) if day else text


def parse_day(text: str) -> date | None:
    """The day a text means, or None: ISO, 31/03/2022, 31 March 2022, March 2022, Mar-22.

    A day of the week before a date must be that date's; the end of a month is its last day.
    """
    words = straight(clean(text)).casefold()
    if found := re.fullmatch(rf"({'|'.join(WEEKDAYS)})(?:{WEEKDAY_ENDS})?,? (\d.*)", words):
        day = parse_day(found[2])
        return day if day and day.weekday() == WEEKDAYS.index(found[1]) else None
    words = re.sub(rf"^(?:the )?end (?:of )?(?={MONTH})|^the (?=\d)", "", words)
    if found := re.fullmatch(r"(\d{4})([/.-])(\d\d?)\2(\d\d?)([t ][0-9:.]+z?)?", words):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(rf"(\d\d?){STROKE}(\d\d?){STROKE}(\d{{4}}|\d\d)", words):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(rf"{_DAY}(?: of)?{_BREAK}{MONTH},?{_BREAK}'?(\d{{4}}|\d\d)", words):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := re.fullmatch(rf"{MONTH} {_DAY},? (\d{{4}})", words):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := re.fullmatch(rf"{MONTH},?{_BREAK}'?(\d{{4}}|\d\d)", words):
        return _month_end(_year(found[2]), _month(found[1]))
    if found := re.fullmatch(r"(\d\d?)/(\d{4})", words):
        return _month_end(int(found[2]), int(found[1]))
    return None


def _month(word: str) -> int:
    return MONTHS.index(word[:3]) + 1


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and year >= 1):
        return None
    return date(year, month, monthrange(year, month)[1])


def people(text: str, separators: Sequence[str]) -> tuple[str, ...]:
    """The people or posts in one cell, each once, in order."""
    parts = [text]
    for separator in separators:
        parts = [piece for part in parts for piece in part.split(separator)]
    return tuple(dict.fromkeys(name for part in parts if (name := clean(part))))


def same_post(name: str) -> str:
    """The same for spellings of a post that are alike, "&" and "and" too."""
    return alike(name.replace("&", " and "))


def points_of(text: str) -> tuple[str, ...]:
    """The points of a list: one to a line or one to a bullet; paragraphs too."""
    pieces = re.sub(r"[\u2022\uf0b7]", "\n", text).splitlines()
    lines = (re.sub(r"^\s*[-\u00b7*\u2013]\s+", "", piece) for piece in pieces)
    return tuple(point for line in lines if (point := clean(line)))


def quarter(text: str) -> int | None:
    """The quarter of the UK year that a period names: Q1 is April to June."""
    if found := re.search(r"\bq(?:uarter)?\s*([1-4])\b", text, re.IGNORECASE):
        return int(found[1])
    day = parse_day(text)
    return (day.month - 4) % 12 // 3 + 1 if day else None
