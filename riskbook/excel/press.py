"""One press of a button: from the calling book to one plain sentence.

::

    state kept -> status bar -> the command -> sentence, cell to go to -> state as it was

What riskbook raises on purpose is said as it is.  A bug is written to a log file, and the
officer reads one sentence that says so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from riskbook.core.commands import COMMANDS
from riskbook.core.grid import CellRef
from riskbook.edge.disk import log
from riskbook.errors import RiskbookError
from riskbook.excel.live import Pressed, run

QUIET = {"screen_updating": False, "display_alerts": False, "enable_events": False}
LABELS = {command.name: command.label for command in COMMANDS}


def by_button(name: str, book: Any) -> Pressed:
    """Press a button: the sentence is shown in a message where there is a window."""
    pressed = press(name, book)
    if book.app.visible:
        book.app.alert(pressed.sentence, title="riskbook", buttons="ok", mode=pressed.mode)
    return pressed


def press(name: str, book: Any) -> Pressed:
    """Run a command on an open workbook and go to the cell that it points at."""
    try:
        with kept(book.app), _status(book.app, LABELS[name]) as say:
            pressed = run(name, book, say)
        if pressed.goto:
            go_to(book, pressed.goto)
    except RiskbookError as error:
        pressed = Pressed(sentence=f"{error.what} To fix: {error.fix}", failed=True)
    except Exception as error:  # a bug: logged, and said without its details
        path = log.write_traceback(error, name)
        pressed = Pressed(
            sentence=f"{LABELS[name]} could not finish; the workbook's entries are as they were. "
            f"What went wrong is in {path}: send that file to whoever looks after riskbook.",
            failed=True,
        )
    return pressed


@contextmanager
def kept(app: Any) -> Iterator[None]:
    """Quiet while a command works; each setting as it was afterwards, whatever happens."""
    before = {name: getattr(app, name) for name in QUIET}
    try:
        for name, value in QUIET.items():
            setattr(app, name, value)
        yield
    finally:
        _restore(app, before)


def _restore(app: Any, before: dict[str, Any]) -> None:
    failed: list[Exception] = []
    for name, value in before.items():
        try:
            setattr(app, name, value)
        except Exception as error:  # the others must still be set
            failed.append(error)
    if failed:
        raise failed[0]


@contextmanager
def _status(app: Any, label: str) -> Iterator[Callable[[str], None]]:
    """Tell the steps in the status bar, and give it back."""
    before = app.status_bar

    def say(step: str) -> None:
        app.status_bar = f"riskbook {label}: {step}"

    try:
        say("starting ...")
        yield say
    finally:
        app.status_bar = before if isinstance(before, str) and before else False


def go_to(book: Any, at: CellRef) -> None:
    """Show a cell and select it; a sheet that somebody has hidden stays hidden."""
    sheet = book.sheets[at.sheet]
    if sheet.visible:
        sheet.activate()
        sheet.range((at.row, at.column)).select()
