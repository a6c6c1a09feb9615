"""Opens files as a user does, in a process of its own that may crash, hang or grow.

::

    here ── path ──> worker: gate.read, FileBook.open, every sheet, app.check
         <─ answer ─ "" (checked), a sentence, or nothing within the time: a crash or a hang

One worker does all files; only after a crash or a hang there is another.
"""

import multiprocessing
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

SECONDS = 20.0  # longer than that is a hang
MEMORY = 2_000_000_000  # bytes; a file that needs more is a crash


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one file."""

    name: str
    state: str  # "checked", "refused", "wordless", "crash" or "hang"
    says: str  # the sentence, or the error


def answers(paths: Iterable[tuple[str, Path]]) -> Iterator[Answer]:
    """Open each file; a name for it comes along."""
    context = multiprocessing.get_context("spawn")
    worker = None
    for name, path in paths:
        if worker is None:
            ours, theirs = context.Pipe()
            worker = context.Process(target=_work, args=(theirs,), daemon=True)
            worker.start()
            theirs.close()
            ours.poll(60)
            ours.recv()  # it has imported everything
        ours.send(path)
        try:
            there = ours.poll(SECONDS)
            answer = Answer(name, *ours.recv()) if there else Answer(name, "hang", "")
        except EOFError:
            answer = Answer(name, "crash", "the process ended")
        yield answer
        if answer.state == "hang" or answer.says == "the process ended":
            worker.kill()
            worker.join()
            worker = None
    if worker is not None:
        worker.kill()
        worker.join()


def _work(line: Connection) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    line.send("ready")
    while True:
        try:
            path = line.recv()
        except EOFError:
            return
        line.send(_opened(path))


def _opened(path: Path) -> tuple[str, str]:
    from riskbook import app
    from riskbook.edge.documents import profiles
    from riskbook.edge.documents.entries import Judge
    from riskbook.edge.filebook import FileBook
    from riskbook.errors import RiskbookError

    try:
        book = FileBook.open(path)
        book.read(book.sheets())
        app.check(book, profiles.of(book), None, Judge())
    except RiskbookError as error:
        told = error.what.endswith(".") and "\n" not in error.what and error.what.isprintable()
        fixed = bool(error.fix) and error.fix[-1] in ".?)" and error.fix.isprintable()
        return ("refused" if told and fixed else "wordless"), str(error)
    except BaseException as error:  # whatever it is, that is what is measured
        return "crash", f"{type(error).__name__}: {error}"[:300]
    return "checked", ""
