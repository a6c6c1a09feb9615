"""Dates: those that are not read, and those that are read and may mean another day.

Nothing is guessed: a text that is no date gets a hint (RB209), one in the American order
and a day number without its format get rules of their own (RB225, RB227).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from riskbook.core.checks.characters import odd
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Grid, Kind
from riskbook.core.model import Due, Entry
from riskbook.core.profile import Column
from riskbook.core.values import MONTH, STROKE, clean, parse_day, straight, typed

USUAL = "Type a date such as 31/03/2022, or a month such as March 2022."
MOST_YEARS = 30  # from the day of the register
_PLAIN_YEARS = 5  # from the day of the register: June 24 is a month there, not a day
_SERIALS = range(18_264, 73_415)  # 1950 to 2100, counted from 1900
_SHIFT = 1_462  # days between the two beginnings
_DAY_ZERO = date(1899, 12, 30)  # serial 0 as Excel counts after February 1900
_AGE = range(1950, 2101)  # years in which a register may be as at
_AMERICAN = re.compile(rf"(\d\d?){STROKE}(\d\d?){STROKE}(\d{{4}}|\d\d)")
# '22 is a year for certain
_MONTH_AND_NUMBER = re.compile(rf"(?:(?:the )?end (?:of )?)?{MONTH},? ?[/.-]? ?(\d\d)")
_AMERICAN_FORMAT = re.compile(r"^m{1,4}[/.-]d{1,2}[/.-]yy", re.IGNORECASE)
_OF_THE_COMPUTER = ("mm-dd-yy", "m/d/yy h:mm")  # shown as the computer's region shows dates
_NO_DATE = (
    r"ongoing|on-going|continuous|continuing|rolling|t\.?b\.?[acd]\.?|"
    r"to be (?:confirmed|decided|advised)|n ?/? ?a|none|asap|immediate|-+|\?+"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
_BEFORE = "by|before|due|until|from|after|early|mid|late|end|w/e|week ending"
_LAST_WEEK = date.max - timedelta(6)
_HINTS = (
    (_NO_DATE, "Leave the cell blank until there is a date, and say why in a text."),
    (r"(?:fy )?\d{4}(?:[/-]\d\d(?:\d\d)?)?", "Type the month too, such as March 2022."),
    (r".*\bq(?:uarter)? ?[1-4]\b.*", "Type the last day of the quarter, such as 30/06/2022."),
    (r"(?:early |mid |late )?(?:spring|summer|autumn|winter)\b.*", "Type a month."),
    (
        rf"(?:(?:the )?\d\d?(?:st|nd|rd|th)?(?: of)?[ -])?{MONTH}(?: \d\d?(?:st|nd|rd|th))?",
        "Type the year too, such as 31 March 2022.",
    ),
    (r"\d\d?[/.-]\d\d?", "Type the year too, such as 31/03/2022."),
)


def not_a_date(case: Case, column: Column, entry: Entry) -> Finding:
    """RB209, RB225, RB227: an entry that was not understood as a date."""
    shown = clean(str(typed(entry.cell)))
    code, message, fix = "RB209", f"{_short(shown)} under {column.heading} is not a date.", USUAL
    if day := _serial(entry, _grid(case, entry)):
        code = "RB227"
        shown = entry.cell.text  # whatever its format makes of it
        message = f"{shown} under {column.heading} is the number of the day {day:%d/%m/%Y}."
        fix = f"Give the cell a date format, or type {day:%d/%m/%Y} if that is meant."
    elif day := american(shown):
        code = "RB225"
        message = f"{shown!r} under {column.heading} is in the American order, month first."
        fix = f"Type {day:%d/%m/%Y} if that is meant."
    elif hint := _hint(shown, entry.cell.text):
        fix = hint
    return case.finding(code, entry.at, message, fix, field=column.field, value=shown)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _grid(case: Case, entry: Entry) -> Grid:
    return next(s.grid for s in case.reading.sheets if s.grid.sheet == entry.at.sheet)


def _serial(entry: Entry, grid: Grid) -> date | None:
    """The day that a number without a date format counts, where it is plainly one."""
    if entry.cell.kind is not Kind.NUMBER or not re.fullmatch(r"\d{5}(\.\d+)?", entry.cell.text):
        return None
    days = int(entry.cell.text[:5]) + (_SHIFT if grid.date1904 else 0)
    return _DAY_ZERO + timedelta(days) if days in _SERIALS else None


def american(text: str) -> date | None:
    """The day of a text that is a date only with the month first."""
    if not (found := _AMERICAN.fullmatch(straight(text))) or parse_day(text):
        return None
    return parse_day(f"{found[2]}/{found[1]}/{found[3]}")


def _hint(shown: str, text: str) -> str:
    if character := odd(text):
        return f"Type it again: it holds {character}."
    words = straight(shown).casefold()
    for pattern, hint in _HINTS:
        if re.fullmatch(pattern, words):
            return hint
    return _week(words) or (f"Type {found} if that is meant." if (found := _inside(words)) else "")


def _week(words: str) -> str:
    """What to type for a week, which is named by its first day."""
    found = re.fullmatch(r"(?:w/[cb]|week (?:commencing|beginning)) (.*)", words)
    if not found or not (first := parse_day(found[1])) or first > _LAST_WEEK:
        return ""
    last = first + timedelta(6)
    return f"Type the day of that week that is meant, {first:%d/%m/%Y} to {last:%d/%m/%Y}."


def _inside(words: str) -> str:
    """A date that stands in a text among other words, or without its strokes."""
    rest = re.sub(rf"^{_WEEKDAY}|^(?:{_BEFORE})[ -]", "", words)
    tries = [rest, re.sub(r" \(.*\)$| at .*$|,? \d\d?[:.]\d\d$", "", rest)]
    if re.fullmatch(r"\d{8}", words):
        tries = [f"{words[:2]}/{words[2:4]}/{words[4:]}", f"{words[:4]}-{words[4:6]}-{words[6:]}"]
    elif re.fullmatch(r"\d{6}", words):
        tries = [f"{words[:2]}/{words[2:4]}/{words[4:]}"]
    elif re.fullmatch(r"\d{5}", words):
        day = _DAY_ZERO + timedelta(int(words))
        tries = [day.isoformat()] if int(words) in _SERIALS else []
    found = next(filter(None, map(parse_day, tries)), None)
    return f"{found:%d/%m/%Y}" if found else ""


def _dues(case: Case) -> Iterator[tuple[Column, Entry, Due | None]]:
    for table, records in case.tables():
        for column in (column for column in table.columns if column.kind == "date"):
            for record in records:
                yield column, record.entries[column.field], record.due(column.field)


def swapped(case: Case) -> Iterator[Finding]:
    """RB226: a day and a month that may have changed places, in a column with American dates."""
    columns = {
        (entry.at.sheet, column.field)
        for column, entry, _ in _dues(case)
        if american(clean(entry.cell.text)) or _shows_american(entry)
    }
    for column, entry, due in _dues(case):
        found = _AMERICAN.fullmatch(straight(clean(entry.cell.text)))
        if due is None or found is None or (entry.at.sheet, column.field) not in columns:
            continue
        if found[1] != found[2] and int(found[2]) <= 12 >= int(found[1]):
            yield case.finding(
                "RB226",
                entry.at,
                f"{due.text!r} was read as {due.day:%d %B %Y}, and other dates under "
                f"{column.heading} have the month first.",
                "Type the month as a word if another day is meant.",
                field=column.field,
                value=due.text,
            )


def _day_or_year(text: str) -> str:
    """The number behind a month that may be its day: 30 for "June 30"; nothing for other texts."""
    found = _MONTH_AND_NUMBER.fullmatch(straight(clean(text)).casefold())
    return found[2] if found and parse_day(f"{found[2]} {found[1]} 2024") else ""


def day_meant(case: Case) -> Iterator[Finding]:
    """RB226: the number of "June 30" was read as a year, far from the register's, and is a day."""
    for column, entry, due in _dues(case):
        number = _day_or_year(entry.cell.text)
        if due and number and _PLAIN_YEARS < _years(case, due) <= MOST_YEARS:
            yield case.finding(
                "RB226",
                entry.at,
                f"{due.text!r} under {column.heading} was read as {due.day:%d %B %Y}; {number} "
                "may be the day.",
                "Type the year with all four digits, and the day before the month if one is meant.",
                field=column.field,
                value=due.text,
            )


def _shows_american(entry: Entry) -> bool:
    code = re.sub(r"\[[^\[\]]*\]", "", entry.cell.format)
    month_first = code not in _OF_THE_COMPUTER and _AMERICAN_FORMAT.match(code)
    return entry.cell.kind is Kind.DATE and bool(month_first)


def shown_american(case: Case) -> Iterator[Finding]:
    """RB228: a date is right, and its format shows the month first."""
    for column, entry, _ in _dues(case):
        if _shows_american(entry):
            day = date.fromisoformat(entry.cell.text[:10])
            yield case.finding(
                "RB228",
                entry.at,
                f"the cell shows {day:%d/%m/%Y} in the American order, month first.",
                "Give the cell the format dd/mm/yyyy.",
                field=column.field,
                value=entry.cell.text,
            )


def from_1904(case: Case) -> Iterator[Finding]:
    """RB229: the workbook counts its days from 1904; dates that were pasted may be off."""
    for sheet in case.reading.sheets:
        dates = (entry for _, entry, _ in _dues(case) if entry.at.sheet == sheet.grid.sheet)
        first = next((entry for entry in dates if entry.cell.kind is Kind.DATE), None)
        if sheet.grid.date1904 and first:
            yield case.finding(
                "RB229",
                first.at,
                "the workbook counts its days from 1904; dates that were pasted from another "
                "workbook may be four years off.",
                "Check the dates of this sheet.",
                value=first.cell.text,
            )


def slipped(case: Case) -> bool:
    """Whether the day that About says is a slip of the pen, rather than the dates beside it."""
    if parse_day(case.register.about.as_at) != case.as_at:
        return False  # somebody has said another day
    unsure = _day_or_year(case.register.about.as_at)
    most = _PLAIN_YEARS if unsure else MOST_YEARS
    dues = [due for _, _, due in _dues(case) if due]
    away = sum(_years(case, due) > most for due in dues)
    return case.as_at.year not in _AGE or (len(dues) > 1 and 2 * away > len(dues))


def _years(case: Case, due: Due) -> int:
    return abs(due.day.year - case.as_at.year)


def far(case: Case) -> Iterator[Finding]:
    """RB409: a date decades away from the register is a slip of the pen, or the register's is."""
    text = clean(case.register.about.as_at)
    if slipped(case):
        yield case.finding(
            "RB409",
            case.reading.as_at,
            f"the position as at {text!r} was read as {case.as_at:%d %B} {case.as_at.year}, far "
            "from the dates of the register.",
            "Type the day with the right year, such as 30/06/2021.",
            field="as_at",
            value=text,
        )
        return
    for column, entry, due in _dues(case):
        if due and _years(case, due) > MOST_YEARS:
            yield case.finding(
                "RB409",
                entry.at,
                f"{due.text} under {column.heading} was read as {due.day:%d %B} {due.day.year}.",
                "Type the year with all four digits.",
                field=column.field,
                value=due.text,
            )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    swapped,
    day_meant,
    shown_american,
    from_1904,
    far,
)
