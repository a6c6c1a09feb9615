"""The second opinion: the cells of a workbook as openpyxl reads them.

It shares no line with our own reader: another zip reader, another way to find the sheets, another
idea of types and dates.  That is its whole use here.  It is never asked to save.

openpyxl is read twice, for values and for formulas, row by row, and never trusts what a sheet
says about its own size (``<dimension>``).
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.formula import ArrayFormula


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell as openpyxl shows it."""

    value: Any = None  # str, int, float, bool, a date or time, or None
    error: bool = False  # it takes the value for an error
    formula: str | None = None  # without "="; "" for one that it shows in no text


NOTHING = Seen()


class UnreadableError(Exception):
    """openpyxl gave up; what it raised is the cause."""


class Second:
    """A workbook, opened by openpyxl."""

    def __init__(self, data: bytes) -> None:
        """Open it; ``UnreadableError`` if openpyxl cannot."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about features that it would lose on saving
                self._values, self._formulas = (
                    load_workbook(BytesIO(data), read_only=True, data_only=only, keep_links=False)
                    for only in (True, False)
                )
        except MemoryError:
            raise
        except Exception as error:  # it raises whatever its parts raise: KeyError, TypeError, ...
            raise UnreadableError from error

    @property
    def date1904(self) -> bool:
        """Whether its days count from 1904."""
        return bool(self._values.epoch.year == 1904)

    def sheets(self) -> tuple[str, ...]:
        """The names of all sheets that have cells."""
        return tuple(sheet.title for sheet in self._values.worksheets)

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[int, Seen]]]:
        """Each row that holds something: its number, and its cells by column."""
        both = [book[sheet] for book in (self._values, self._formulas)]
        for each in both:
            each.reset_dimensions()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for values, formulas in zip(*(each.rows for each in both), strict=True):
                    cells = dict(_cells(values, formulas))
                    if cells:
                        yield values[-1].row, cells
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise UnreadableError from error


def _cells(values: Any, formulas: Any) -> Iterator[tuple[int, Seen]]:
    for cell, behind in zip(values, formulas, strict=True):
        formula = _formula(behind.value) if behind.data_type == "f" else None
        if cell.value is not None or formula is not None:
            yield cell.column, Seen(cell.value, cell.data_type == "e", formula)


def _formula(value: Any) -> str:
    text = value.text if isinstance(value, ArrayFormula) else value
    return text.removeprefix("=") if isinstance(text, str) else ""


def serial(value: Any, *, date1904: bool) -> float:
    """A date, time or length of time as openpyxl stores it: in days from the epoch."""
    return float(to_excel(value, CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900))
