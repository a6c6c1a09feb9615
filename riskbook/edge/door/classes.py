"""Why two programs may show one cell differently and neither is wrong.

::

    escapes of the kind _x000D_   openpyxl leaves them as they stand in the file
    white space                   an XML parser may fold a carriage return that the other keeps
    a day or time, or its serial  a format shows a day to one program and a number to the other;
                                  a time of day alone is a number to riskbook
    number that is no day         openpyxl makes #VALUE! of a serial outside the calendar
    time kept as a text           an ISO time without a day, which openpyxl turns into a time
    formula kept elsewhere        shared, array and data table: one program fills it in

Errors, booleans and numbers (5 and 5.0) must be equal.  A difference in what is stored does not
pass as one in spelling: texts are the same once their spelling is put aside, and a day is the
same number of days.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from riskbook.core.grid import Cell, Kind
from riskbook.edge.door.second import Seen, serial
from riskbook.edge.xlsx.looks import unescaped

_MILLISECOND = 1 / 86_400_000  # of a day: dates are kept no finer
_CALENDAR = range(0, 2_958_466)  # serials from the first day to the end of the year 9999
_SERIAL = "a day or time, or its serial number"  # what a format shows is read in two ways
_NO_SUCH_DAY = 60  # 29 February 1900: riskbook leaves it a number, openpyxl makes it the 28th


def difference(ours: Cell, theirs: Seen, *, date1904: bool) -> str | None:
    """Why two readings of one cell differ.

    Returns:
        "" if they do not; the name of a class; None for a difference that nothing explains.
    """
    found = (
        _formula(ours.formula, theirs.formula),
        _value(ours, theirs, date1904=date1904),
    )
    return None if None in found else "".join(sorted(filter(None, found))[:1])


def _formula(ours: str | None, theirs: str | None) -> str | None:
    if ours == theirs:
        return ""
    if ours is None:
        return None
    if not ours or theirs == "":
        return "formula kept elsewhere"  # shared, array and data table: one of both fills it in
    if theirs is None:
        return None
    return _text(ours, theirs)


def _value(ours: Cell, theirs: Seen, *, date1904: bool) -> str | None:
    value = theirs.value
    if ours.kind is Kind.BLANK or (ours.kind is Kind.TEXT and not ours.text):
        return "" if value in (None, "") else None
    if ours.kind is Kind.BOOL:
        return "" if value is (ours.text == "TRUE") else None
    if isinstance(value, bool) or value is None:
        return None
    if ours.kind is Kind.TEXT and isinstance(value, time):
        return "time kept as a text" if value.isoformat() == ours.text else None
    if ours.kind is Kind.TEXT:
        return _text(ours.text, value) if isinstance(value, str) and not theirs.error else None
    if ours.kind is Kind.ERROR:
        return "" if value == ours.text and theirs.error else None
    if theirs.error:
        return _beyond(ours, value)
    return _number(ours, value, date1904=date1904)


def _text(ours: str, theirs: str) -> str | None:
    if ours == theirs:
        return ""
    # openpyxl decodes _x005F_ alone, and wherever it stands; riskbook all of _xHHHH_, once
    ours, theirs = (unescaped(text.replace("x005F_", "")) for text in (ours, theirs))
    if ours == theirs:
        return "escapes of the kind _x000D_"
    return "white space" if ours.split() == theirs.split() else None


def _beyond(ours: Cell, value: Any) -> str | None:
    """A number in a date's format that is no day: openpyxl shows #VALUE!, riskbook the number."""
    no_day = ours.kind is Kind.NUMBER and int(float(ours.text)) not in _CALENDAR
    return "number that is no day" if no_day and value == "#VALUE!" else None


def _number(ours: Cell, value: Any, *, date1904: bool) -> str | None:
    """Numbers are compared as numbers: 5 and 5.0 are one, and a day is its serial."""
    is_day = isinstance(value, date | datetime | time | timedelta)
    if not (is_day or isinstance(value, int | float)):
        return None
    theirs = serial(value, date1904=date1904) if is_day else value
    if ours.kind is Kind.DATE:
        mine = serial(datetime.fromisoformat(ours.text), date1904=date1904)
        if abs(mine - theirs) > 1.5 * _MILLISECOND:
            return None
        return "" if isinstance(value, date) else _SERIAL
    mine = float(ours.text)
    if not is_day:
        return "" if mine == theirs else None
    never = not date1904 and int(mine) == _NO_SUCH_DAY and abs(mine - theirs) < 1 + _MILLISECOND
    return _SERIAL if never or abs(mine - theirs) <= 1.5 * _MILLISECOND else None
