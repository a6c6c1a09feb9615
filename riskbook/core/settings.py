"""The settings sheet of a workbook with buttons, and the one value that each may have.

::

    xlwings.conf   column A: every key that xlwings' module reads   column B: its safe value

A key that is missing here would be looked up in a file beside the workbook and in the
user's home, so all of them are present.  The two interpreters are the only values that an
installation chooses; the macros carry them too and refuse to start anything where they
differ (``macros/RiskbookSettings.bas`` has the same table).

Source: xlwings 0.37.8, ``xlwings.bas``, ``GetConfig`` and its callers.
"""

import re
from collections.abc import Iterator, Mapping

from riskbook.core.grid import Grid, Kind

SHEET = "xlwings.conf"
_FULL_PATH = re.compile(r"[A-Za-z]:\\|\\\\|/")
INTERPRETERS = ("INTERPRETER_WIN", "INTERPRETER_MAC")

SAFE: Mapping[str, str] = {
    "INTERPRETER": "",
    "PYTHONPATH": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "UDF MODULES": "",
    "DEBUG UDFS": "False",
    "USE UDF SERVER": "False",
    "SHOW CONSOLE": "False",
    "SHOW_ERROR_POPUPS": "True",
    "TEMP DIR": "%TEMP%",
    "LICENSE_KEY": "",
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
    "ONEDRIVE_CONSUMER_MAC": "",
    "ONEDRIVE_COMMERCIAL_MAC": "",
    "SHAREPOINT_MAC": "",
}


def rows(windows: str, mac: str) -> tuple[tuple[str, str], ...]:
    """Key and value of each row of the sheet, from row 1 on."""
    return (*zip(INTERPRETERS, (windows, mac), strict=True), *SAFE.items())


def strange(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Row and column of each cell that is not as :func:`rows` writes it, and what is wrong."""
    for row, (key, safe) in enumerate(rows("", ""), start=1):
        name, value = grid.at(row, 1), grid.at(row, 2)
        if name.text != key or name.formula is not None:
            yield row, 1, f"the settings say '{name.text}' here and not '{key}'"
        elif value.formula is not None or not _allowed(key, value.text, safe):
            yield row, 2, f"the setting {key} is '{value.text}'"
    after = len(SAFE) + len(INTERPRETERS) + 1
    if grid.at(after, 1).kind is not Kind.BLANK:
        yield after, 1, f"the settings have a row too many, '{grid.at(after, 1).text}'"


def _allowed(key: str, value: str, safe: str) -> bool:
    """A program by its full path, since a name alone is looked for; else the safe value."""
    return bool(_FULL_PATH.match(value)) if key in INTERPRETERS else value == safe
