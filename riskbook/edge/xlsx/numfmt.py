"""Numbers as a workbook stores them, and what their formats say about them.

::

    "0.1"   General     -> 0.1             plain digits, no exponent
    "44500" dd/mm/yyyy  -> 2021-10-31      a serial number shown as a date
    "0.5"   hh:mm       -> 0.5             a time of day alone is a number

A serial counts days from 1 = 1900-01-01, with a day 60 that never was (1900-02-29), or
from 0 = 1904-01-01.  Source: ECMA-376 part 1, 18.8.30 (numFmt), 18.17.4 (dates).

How a value is shown to a reader is not here.
"""

import re
from datetime import date, datetime
from decimal import Decimal

LONGEST_FORMAT = 255  # characters that Excel takes; a longer code is not looked into
MOST_DIGITS = 9  # of an index; int() itself fails on thousands of digits

_EAST_ASIAN_DATES = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")

# Ids below 164 have a fixed meaning and usually no code in the file.
BUILT_IN: dict[int, str] = _EAST_ASIAN_DATES | {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}

# Quoted text, an escaped, padding or repeated character, brackets, the two halves of a day.
_ELAPSED = re.compile(r"\[([hms])+\]", re.IGNORECASE)
_NOT_LETTERS = re.compile(r'"[^"]*"?|[\\_*].|\[[^\[\]]*\]|AM/PM|A/P|General', re.I | re.S)

_MILLISECONDS = 86_400_000  # of a day
_FIRST_1900, _FIRST_1904 = date(1899, 12, 31).toordinal(), date(1904, 1, 1).toordinal()
_NO_SUCH_DAY = 60


def shows_date(code: str) -> bool:
    """Whether a format code shows a day, a month or a year (of a positive number)."""
    if len(code) > LONGEST_FORMAT:
        return False
    letters = _NOT_LETTERS.sub("", _ELAPSED.sub(r"\1", code)).partition(";")[0].lower()
    if "d" in letters or "y" in letters or "mmm" in letters:
        return True
    return "m" in letters and not ("h" in letters or "s" in letters)


def plain(raw: str) -> str | None:
    """A stored number in the fewest plain digits that mean it; None if it is none."""
    if len(raw) < 16 and raw.isascii() and raw.isdigit() and (raw[0] != "0" or raw == "0"):
        return raw
    try:
        shortest = repr(float(raw)).removesuffix(".0")
    except ValueError:
        return None
    if "n" in shortest or "_" in raw or not raw.isascii():  # nan, inf, and what only Python reads
        return None
    if "e" in shortest:
        shortest = format(Decimal(shortest), "f")
    return "0" if shortest == "-0" else shortest


def iso_of_serial(serial: float, *, date1904: bool) -> str | None:
    """The ISO date, with its time if it has one, to the millisecond.

    Returns:
        None outside the calendar: before the first day, 1900-02-29, after year 9999.
    """
    day, clock = divmod(round(serial * _MILLISECONDS), _MILLISECONDS)
    if date1904:
        ordinal = _FIRST_1904 + day
    else:
        ordinal = _FIRST_1900 + (day if day < _NO_SUCH_DAY else day - 1)
    if not (0 if date1904 else 1) <= day or ordinal > date.max.toordinal():
        return None
    if day == _NO_SUCH_DAY and not date1904:
        return None
    return date.fromordinal(ordinal).isoformat() + _time(clock)


def iso_of_text(raw: str) -> str | None:
    """A stored ISO date or date and time in the same form; None if it is none."""
    try:
        moment = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return moment.date().isoformat() + _time(seconds * 1000 + moment.microsecond // 1000)


def _time(clock: int) -> str:
    """``T14:30:00`` from milliseconds after midnight; nothing at midnight."""
    if not clock:
        return ""
    seconds, rest = divmod(clock, 1000)
    fraction = f".{rest:03}" if rest else ""
    return f"T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"


def is_index(text: str) -> bool:
    """Whether a text of a file counts something: plain digits, and no more than any file has."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
