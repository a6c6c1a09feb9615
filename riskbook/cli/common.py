"""What the commands share: polite errors, options, opening a workbook with its profile."""

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TextIO

import click

from riskbook.errors import RiskbookError

if TYPE_CHECKING:
    from riskbook.app import Outcome
    from riskbook.core.profile import Profile
    from riskbook.edge.filebook import FileBook

P = ParamSpec("P")
WORKBOOKS = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
PROFILE = click.option("--profile", "named", help="Profile to use instead of the workbook's own.")
AS_AT = click.option("--as-at", "as_at", help="The day the figures are for, e.g. 2021-10-31.")
EDITION = click.option(
    "--edition",
    type=click.Choice(["full", "public"]),
    default="full",
    show_default=True,
    help="The public one leaves out what is marked as exempt from publication.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")


CRASHED = 3  # exit code: riskbook itself failed


def politely(command: Callable[P, None]) -> Callable[P, None]:
    """Print what riskbook raises on purpose as one sentence and a fix, and exit 2.

    A bug is written to the log, which holds no entry, and said in one sentence: a traceback on
    the screen may quote the register.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RiskbookError as error:
            say(error)
            sys.exit(error.exit_code)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise  # click's own business
        except Exception as error:
            _tell_crash(error, command.__name__.replace("_", "-"))
            sys.exit(CRASHED)

    return run


def _tell_crash(error: Exception, name: str) -> None:
    from riskbook.edge.disk import log

    try:
        where = f"What went wrong is in {log.write_traceback(error, name)}"
    except OSError:
        where = f"It was {type(error).__name__}, and no log could be written"
    tell(
        f"riskbook: {name} could not finish; your files are as they were. {where}: "
        "tell whoever looks after riskbook.",
        err=True,
    )


def say(error: RiskbookError) -> None:
    """Print an error's sentence and fix where people, not scripts, read."""
    for line in f"riskbook: {error}".split("\n"):
        tell(line, err=True)


def tell(line: object, *, err: bool = False) -> None:
    """Print a line; what a terminal would obey, or cannot show, is spelt as Python spells it."""
    from riskbook.core.words import spelt  # help waits for nothing of the core

    shown = spelt(str(line))
    encoding = _encoding(sys.stderr if err else sys.stdout)
    _print(shown.encode(encoding, "backslashreplace").decode(encoding), err=err)


def tell_json(document: object) -> None:
    """Print JSON, with what a terminal would obey, or cannot show, as JSON's own escapes."""
    import json

    from riskbook.core.words import is_plain

    text = json.dumps(document, ensure_ascii=False, indent=2)
    text = "".join(e if is_plain(e) or e == "\n" else json.dumps(e)[1:-1] for e in text)
    try:
        text.encode(_encoding(sys.stdout))
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2)
    _print(text)


def _encoding(stream: TextIO | None) -> str:
    """The letters that a stream takes: few in a file or a pipe on Windows; all if it is closed."""
    return (stream and stream.encoding) or "utf-8"


def _print(text: str, *, err: bool = False) -> None:
    try:
        click.echo(text, err=err)
    except BrokenPipeError:  # whoever reads has enough, as in `| head`
        raise
    except OSError as error:
        raise RiskbookError(
            f"What there is to say could not be printed: {error.strerror or error}.",
            fix="print it elsewhere, or free some space there.",
        ) from None


def each(files: tuple[Path, ...], one: Callable[[Path], int]) -> int:
    """Run a command on each file; one that could not be worked on does not stop the rest."""
    worst = 0
    for path in files:
        try:
            code = one(path)
        except RiskbookError as error:
            say(error)
            code = error.exit_code
        worst = max(worst, code)
    return worst


def opened(path: Path, named: str | None, *, received: bool = False) -> "tuple[FileBook, Profile]":
    """A workbook and the profile to read it by: the named one, or its own.

    One that was received from somebody else takes the whole way through the door.
    """
    from riskbook.edge.documents import profiles
    from riskbook.edge.filebook import FileBook

    book = FileBook.received(path) if received else FileBook.open(path)
    return book, profiles.load(named) if named else profiles.of(book)


def in_edition(outcome: "Outcome", stem: str, edition: str) -> "tuple[Outcome, str]":
    """An outcome in the edition that was asked for, and how its files are called."""
    if edition == "full":
        return outcome, stem
    from riskbook import app

    return app.public(outcome), f"{stem} public"


def day(text: str | None) -> date | None:
    """The day of ``--as-at``, in any spelling that an entry may have."""
    from riskbook.core.values import parse_day

    if text is None:
        return None
    found = parse_day(text)
    if found is None:
        raise RiskbookError(f"{text!r} is not a date.", fix="Give a day such as 2021-10-31.")
    return found
