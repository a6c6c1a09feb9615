"""What each button runs, as the macros put it together.

::

    add-in     "...python.exe" -I -B -m riskbook.excel refresh --book "...Register.xlsm" --hwnd 42
    workbook   "...python.exe" -B -c "import xlwings.utils; ...; riskbook.excel.refresh()" ...

The macros are the ones that run.  This is the same in Python, for `riskbook doctor`, which
shows it, and for the tests, which run it beside planted files; a test compares it with what
the macros themselves hand over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

PATH_KEYS = ("ONEDRIVE_CONSUMER_WIN", "ONEDRIVE_COMMERCIAL_WIN", "SHAREPOINT_WIN", "PYTHONPATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A program with its arguments, and the folder that it starts in ("" = Excel's own)."""

    arguments: tuple[str, ...]
    folder: str = ""


def outside(program: str, command: str, book: str, window: str) -> Start:
    """What a button of the add-in starts (``macros/RiskbookRunner.bas``).

    Args:
        program: the full path of Python.
        command: a name of :data:`riskbook.core.commands.COMMANDS`.
        book: the workbook's full name; of an address of the web only the last part counts.
        window: the number of Excel's window.
    """
    name = book.rsplit("/", 1)[-1] if "://" in book else book
    module = ("-I", "-B", "-m", "riskbook.excel")
    return Start(arguments=(program, *module, command, "--book", name, "--hwnd", window))


def line(start: Start) -> str:
    """The command line of :func:`outside`, with the quotes that the macros write."""
    program, *rest = start.arguments
    book = rest.index("--book") + 1
    rest[book] = f'"{rest[book]}"'
    return " ".join((f'"{program}"', *rest))


def python_of(command: str) -> str:
    """What a button of a workbook hands to xlwings' RunPython (``RiskbookButtons.bas``)."""
    return f"import riskbook.excel; riskbook.excel.{command}()"


def inside(program: str, command: str, book: str, settings: Mapping[str, str]) -> Start:
    """What xlwings starts for a button of a workbook, on Windows.

    Args:
        program: the full path of Python.
        command: a name of :data:`riskbook.core.commands.COMMANDS`.
        book: the workbook's full name.
        settings: the rows of the settings sheet; what is not there is xlwings' default.

    Source: xlwings 0.37.8, ``xlwings.bas``, ``RunPython`` and ``ExecuteWindows``, which run it
        through ``cmd.exe /C`` after a ``cd`` to the program's folder.
    """
    added = settings.get("ADD_WORKBOOK_TO_PYTHONPATH", "true")
    path = ";".join((added, book, book, *(settings.get(key, "") for key in PATH_KEYS)))
    path = path.replace("\\", "\\\\")
    code = f'import xlwings.utils;xlwings.utils.prepare_sys_path("{path}"); {python_of(command)}'
    pure = PurePosixPath(program) if program.startswith("/") else PureWindowsPath(program)
    name = book.replace("\\", "/").rsplit("/", 1)[-1]
    more = (f"--wb={name}", "--from_xl=1", "--app=Excel", "--hwnd=0")
    return Start(arguments=(program, "-B", "-c", code, *more), folder=str(pure.parent))
