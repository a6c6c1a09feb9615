"""The settings sheet of a workbook with buttons, and the one value that each may have.

::

    xlwings.conf   column A: every key that xlwings' module reads   column B: its safe value

A key that is missing here would be looked up in a file beside the workbook and in the
user's home, so all of them are present.  The two interpreters are the only values that an
installation chooses; the macros carry them too and refuse to start anything where they
differ (``macros/RiskbookSettings.bas`` has the same table).

Source: xlwings 0.37.8, ``xlwings.bas``, ``GetConfig`` and its callers.
"""

from collections.abc import Mapping

SHEET = "xlwings.conf"
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
