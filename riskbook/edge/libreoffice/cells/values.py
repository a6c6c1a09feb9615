"""Values between Python and cells.

::

    datetime, date    serial day number + a date format        read back by the format
    True, False       1 or 0 + a truth format
    #N/A ...          CellError in what was read; None, or its text with err_to_str
    None, NaN, ""     a blank cell

A day counts from 30 December 1899, as LibreOffice and Excel count after February 1900.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from math import inf
from typing import Any, SupportsFloat

from riskbook.edge.libreoffice.line.wire import OfficeError

PLAIN = frozenset((float, str))
FIRST_DAY = datetime(1899, 12, 30)
LAST_DAY = 2_958_466  # the day after 31 December 9999
SECONDS = 86_400
LONGEST = 32_767  # characters that a cell of Excel holds
DATE_FORMAT, MOMENT_FORMAT, TRUTH_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "BOOLEAN"

# Source: LibreOffice, formula/errorcodes.hxx; those of Excel have the numbers below 600
ERRORS = {
    521: "#NULL!",
    532: "#DIV/0!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    503: "#NUM!",
    32767: "#N/A",
    502: "#VALUE!",
    504: "#VALUE!",
    508: "#NAME?",
    511: "#VALUE!",
    522: "#REF!",
    523: "#NUM!",
}

Rows = list[list[Any]]
Part = tuple[int, int, int, int, str]  # row, column, rows, columns (from 0), kind or format


class CellError(str):
    """The text of an error that a cell shows, e.g. ``#N/A``."""


def prepared(x: Any) -> Any:
    """A value of another package as a cell takes it: numbers, moments, or its text."""
    if x is None or missing(x):
        return ""
    if x in (inf, -inf):
        raise OfficeError(
            "No cell can hold an infinite number.", fix="leave such cells blank, or write a text."
        )
    if isinstance(x, datetime | date | str | bool):
        return x
    if hasattr(x, "item") and hasattr(x, "dtype"):  # numpy
        inner = x.item()
        if isinstance(inner, int) and "datetime64" in str(x.dtype):
            inner = datetime(1970, 1, 1) + timedelta(microseconds=inner / 1000)
        return prepared(inner)
    if isinstance(x, timedelta):
        return x.total_seconds() / SECONDS
    if isinstance(x, time):
        return (x.hour * 60 + x.minute) * 60 / SECONDS + x.second / SECONDS
    return float(x) if isinstance(x, SupportsFloat) else str(x)


def missing(x: Any) -> bool:
    """Whether it is one of pandas' words for nothing: NaN and NaT are unlike themselves."""
    try:
        return bool(x != x)
    except TypeError:  # pandas.NA is neither like nor unlike itself
        return True


def serial(moment: date) -> float:
    """The day number of a date, with its time as a fraction."""
    if isinstance(moment, datetime):
        since = moment.replace(tzinfo=None) - FIRST_DAY
        return since.days + (since.seconds + since.microseconds / 1e6) / SECONDS
    return float((moment - FIRST_DAY.date()).days)


def moment(number: float) -> datetime | float:
    """The date and time of a day number, to the millisecond; what is no day stays a number."""
    if not 0 <= number < LAST_DAY:
        return number
    return FIRST_DAY + timedelta(seconds=round(number * SECONDS * 1000) / 1000)


def truth(number: float) -> bool | float:
    """1 and 0 of a format for truths; another number stays one."""
    return bool(number) if number in (0, 1) else number


def outgoing(
    rows: Sequence[Sequence[Any]],
) -> tuple[tuple[tuple[Any, ...], ...], list[tuple[int, int, str]], list[Part]]:
    """Rows as the helper writes them: plain cells, formulas apart, formats apart.

    Raises:
        OfficeError: a text is too long for a cell, or has half a character in it.
    """
    plain: list[tuple[Any, ...]] = []
    formulas: list[tuple[int, int, str]] = []
    marked: list[Part] = []
    for at, row in enumerate(rows):
        # nothing special: most rows of most blocks, so they are told by the quickest means
        texts = "".join([x for x in row if type(x) is str])
        if len(texts) > LONGEST or not texts.isascii():
            _refuse_odd(row)
        if PLAIN.issuperset(map(type, row)) and "=" not in texts:
            plain.append(tuple(row))
            continue
        line = [_cell(x, at, place, formulas, marked) for place, x in enumerate(row)]
        plain.append(tuple(line))
    return tuple(plain), formulas, _joined(marked)


def _refuse_odd(row: Sequence[Any]) -> None:
    """Find the text that LibreOffice would refuse, or worse, take."""
    for x in row:
        if not isinstance(x, str):
            continue
        if len(x) > LONGEST:
            raise OfficeError(
                f"A text of {len(x):,} characters is too long for a cell, which holds {LONGEST:,}.",
                fix="shorten it, or share it out among several cells.",
            )
        try:
            x.encode("utf-16")
        except UnicodeEncodeError:
            raise OfficeError(
                f"The text {x[:40]!a} has half a character in it, which no cell can hold.",
                fix="take it from its source again, read as UTF-8.",
            ) from None


def _cell(
    x: Any, row: int, column: int, formulas: list[tuple[int, int, str]], marked: list[Part]
) -> Any:
    if isinstance(x, str):
        if x[:1] == "=" and len(x) > 1:
            formulas.append((row, column, x))
            return ""
        return x
    if isinstance(x, bool):
        marked.append((row, column, 1, 1, TRUTH_FORMAT))
        return int(x)
    if isinstance(x, date):
        whole = not isinstance(x, datetime) or x.time() == time()
        marked.append((row, column, 1, 1, DATE_FORMAT if whole else MOMENT_FORMAT))
        return serial(x)
    if isinstance(x, int):  # LibreOffice takes no whole numbers beyond 32 bits
        return float(x)
    return "" if x is None else x


def _joined(marked: list[Part]) -> list[Part]:
    """Parts of one column and one format that follow each other as one part."""
    open_: dict[tuple[int, str], Part] = {}
    done: list[Part] = []
    for row, column, height, width, code in sorted(marked, key=lambda p: (p[1], p[0])):
        last = open_.get((column, code))
        if last and last[0] + last[2] == row:
            open_[column, code] = (last[0], column, last[2] + height, width, code)
            continue
        if last:
            done.append(last)
        open_[column, code] = (row, column, height, width, code)
    return done + list(open_.values())


def incoming(
    block: Sequence[Sequence[Any]], kinds: Sequence[Part], wrong: Sequence[tuple[int, int, int]]
) -> Sequence[Sequence[Any]]:
    """What the helper read, with dates, truths and errors made of it."""
    if not kinds and not wrong:
        return block
    rows = list(map(list, block))
    for top, left, height, width, kind in kinds:
        make: Callable[[float], Any] = truth if kind == "bool" else moment
        for row in rows[top : top + height]:
            for place in range(left, left + width):
                if type(row[place]) in (float, int):
                    row[place] = make(row[place])
    for at, place, number in wrong:
        rows[at][place] = CellError(ERRORS.get(number, "#VALUE!"))
    return rows


def cleaned(
    rows: Any,
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> Rows:
    """Rows as the user's options want them."""

    def one(x: Any) -> Any:
        if x is None or x == "":
            return empty_as
        if isinstance(x, datetime):
            return datetime_builder(
                month=x.month,
                day=x.day,
                year=x.year,
                hour=x.hour,
                minute=x.minute,
                second=x.second,
                microsecond=x.microsecond,
                tzinfo=None,
            )
        if isinstance(x, CellError):
            return str(x) if err_to_str else None
        if number_builder is not None and type(x) is float:
            return number_builder(x)
        return x

    if number_builder is None:  # rows of numbers and texts stay as they are
        # all() first: a number is soon found to be true and slowly found to be no text
        plain = (PLAIN.issuperset(map(type, row)) and (all(row) or "" not in row) for row in rows)
        pairs = zip(plain, rows, strict=True)
        return [list(row) if as_is else [one(x) for x in row] for as_is, row in pairs]
    return [[one(x) for x in row] for row in rows]
