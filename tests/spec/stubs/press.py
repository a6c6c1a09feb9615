"""Runs inside LibreOffice's own Python: opens workbooks and presses their macros.

RISKBOOK_JOB names a JSON file: a list of {path, macros}, and where the answer goes.  The
answer has, for each workbook, what stands in About!B4 after each macro; None where the
workbook did not open.
"""

import json
import os

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.script.provider import ScriptFrameworkErrorException

ALWAYS_EXECUTE_NO_WARN = 4
FILTER = "Calc MS Excel 2007 VBA XML"  # LibreOffice knows no .xlam by its name


def press(*_: object) -> None:
    """Do the job and end the program."""
    with open(os.environ["RISKBOOK_JOB"], encoding="utf-8") as file:
        job = json.load(file)
    desktop = XSCRIPTCONTEXT.getDesktop()  # noqa: F821 - given by LibreOffice
    answer = [one(desktop, each) for each in job["books"]]
    with open(job["answer"], "w", encoding="utf-8") as file:
        json.dump(answer, file)
    desktop.terminate()


def one(desktop, job):
    """Text of the cell after each macro of one workbook."""
    options = (value("MacroExecutionMode", ALWAYS_EXECUTE_NO_WARN), value("FilterName", FILTER))
    url = uno.systemPathToFileUrl(job["path"])
    book = desktop.loadComponentFromURL(url, "_blank", 0, options)
    if book is None:
        return None
    cell = book.Sheets.getByName("About").getCellRangeByName("B4")
    found = []
    for macro in job["macros"]:
        cell.String = ""
        name = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        try:
            book.getScriptProvider().getScript(name).invoke((), (), ())
            found.append(cell.String)
        except ScriptFrameworkErrorException as error:
            found.append(f"{macro} did not run: {error.Message}")
    book.close(True)
    return found


def value(name, content):
    """An option as LibreOffice takes it."""
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


g_exportedScripts = (press,)  # noqa: N816 - the name that LibreOffice looks for
