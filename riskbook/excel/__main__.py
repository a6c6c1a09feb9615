"""The outside runner: ``python -I -B -m riskbook.excel refresh --book FULLNAME``.

What the add-in and LibreOffice's toolbar start.  Interpreter, modules and settings are the
installation's: ``-I`` keeps the current folder and the user's own packages out.
"""

import argparse
import sys
from io import TextIOWrapper

from riskbook.core.commands import COMMANDS
from riskbook.errors import RiskbookError

FAILED = 2


def main(arguments: list[str] | None = None) -> int:
    """Press a button on an open workbook; the exit code says whether it worked."""
    given = _parser().parse_args(_told(sys.argv[1:] if arguments is None else arguments))
    from riskbook.excel.lean import lean_xlwings

    lean_xlwings()
    from riskbook.excel import press
    from riskbook.excel.reach import reach

    try:
        if given.pipe:
            from riskbook.excel.pipe import called_by_toolbar

            book = called_by_toolbar(given.book)
        else:
            book = reach(given.book, given.hwnd)
    except RiskbookError as error:
        print(f"riskbook: {error}", file=sys.stderr)  # noqa: T201 - this is a command
        return FAILED
    pressed = press.by_button(given.command, book)
    if isinstance(sys.stdout, TextIOWrapper):  # a pipe on Windows takes few letters
        sys.stdout.reconfigure(errors="backslashreplace")
    print(pressed.sentence)  # noqa: T201 - this is a command
    return FAILED if pressed.failed else 0


def _told(arguments: list[str]) -> list[str]:
    """The arguments with a workbook's name bound to ``--book``: ``-x.xlsx`` is no option."""
    if "--book" not in arguments[:-1]:
        return arguments
    at = arguments.index("--book")
    return [*arguments[:at], f"--book={arguments[at + 1]}", *arguments[at + 2 :]]


def _parser() -> argparse.ArgumentParser:
    # argparse: this starts at every press, and click takes longer to import
    parser = argparse.ArgumentParser(prog="python -m riskbook.excel", description=__doc__)
    parser.add_argument("command", choices=[command.name for command in COMMANDS])
    parser.add_argument("--book", required=True, help="the open workbook's full name")
    parser.add_argument("--hwnd", type=int, help="the window of the Excel that asks")
    parser.add_argument(
        "--pipe", action="store_true", help="tell port and token on standard output (LibreOffice)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
