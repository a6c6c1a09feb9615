"""Killed at any moment: refresh, export and report, each ended by kill -9 some hundred times.

Each command runs in a process forked from this one, through the door that people use.  Half
of the kills fall anywhere in the run, half of them while something is being written.
Afterwards every file is the old one or the complete new one, backups are whole, and the
same command run again succeeds.
"""

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import typst  # noqa: F401

import riskbook.edge.exporting.json
import riskbook.edge.paper.pdf  # noqa: F401  imported once, not in each child
from riskbook.cli import cli
from riskbook.edge.disk import saving
from riskbook.edge.disk.lock import LOCK, TEMPORARY
from tests.trust import Figure, Scale

PROFILE, SAMPLE = "operational-4x4", "dacorum-2021"
COMMANDS = {
    "refresh": ("refresh", "Register.xlsx", "--as-at", "2030-01-01"),
    "export": ("export", "Register.xlsx", ".", "--to", "json", "--as-at", "2030-01-01"),
    "report": ("report", "Register.xlsx", "Register report.pdf", "--as-at", "2030-01-01"),
}
OUTPUTS = {"refresh": "Register.xlsx", "export": "Register.json", "report": "Register report.pdf"}
TRIES = {"report": (*COMMANDS["report"], "--overwrite")}


def started(folder: Path, arguments: tuple[str, ...], pipe: int | None = None) -> int:
    """Fork a process that runs a command in a folder; told through the pipe when it saves."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.chdir(folder)
        if pipe is not None:
            _tell(pipe)
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            code = _ended(arguments)
    finally:
        os._exit(code)


def _tell(pipe: int) -> None:
    """Write a byte when saving begins."""
    for name in ("save", "create"):
        real: Callable[..., object] = getattr(saving, name)

        def act(*a: object, _real: Callable[..., object] = real, **k: object) -> object:
            os.write(pipe, b"s")
            try:
                return _real(*a, **k)
            finally:
                os.write(pipe, b"e")

        setattr(saving, name, act)


def _ended(arguments: tuple[str, ...]) -> int:
    try:
        cli(list(arguments), standalone_mode=False)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def run(folder: Path, arguments: tuple[str, ...]) -> int:
    """Run a command to its end; its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(started(folder, arguments), 0)[1])


def timed(folder: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    """How long the whole command takes, and how long its saving, in seconds."""
    read, write = os.pipe()
    start = time.monotonic()
    child = started(folder, arguments, write)
    os.close(write)
    os.read(read, 1)
    begun = time.monotonic()
    os.read(read, 1)
    saved = time.monotonic() - begun
    os.close(read)
    os.waitpid(child, 0)
    return time.monotonic() - start, saved


def killed(folder: Path, arguments: tuple[str, ...], delay: float, *, inside: bool) -> str:
    """Start a command and kill it after a delay, from its start or from when it saves.

    Returns:
        "saving" if it was killed while it saved, "before", "after", or "ended".
    """
    read, write = os.pipe()
    child = started(folder, arguments, write)
    os.close(write)
    if inside:
        os.read(read, 1)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    told = (b"s" if inside else b"") + os.read(read, 9)
    os.close(read)
    if not os.WIFSIGNALED(status):
        return "ended"
    return {b"": "before", b"s": "saving"}.get(told, "after")


def fresh(folder: Path, book: bytes) -> None:
    """Empty the folder and put the workbook there."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "Register.xlsx").write_bytes(book)


def wrong(folder: Path, name: str, old: bytes, new: bytes, again: bool) -> Iterator[str]:
    """What is lost or torn in the folder, and what keeps the command from running again."""
    book, output = folder / "Register.xlsx", folder / OUTPUTS[name]
    whole = (old, new) if name == "refresh" else (old,)
    if book.read_bytes() not in whole:
        yield "the workbook is lost"
    if name != "refresh" and output.exists() and output.read_bytes() != new:
        yield "the output is torn"
    for backup in (folder / saving.BACKUPS).glob("Register*"):
        if backup.read_bytes() != old:
            yield "a backup is torn"
    for lock in folder.glob(f"{LOCK}*"):
        if not lock.read_bytes():  # killed before it was filled in: ten seconds pass
            os.utime(lock, (time.time() - 60,) * 2)
    if not again:
        return
    code = run(folder, TRIES.get(name, COMMANDS[name]))
    if code not in (0, 1):
        yield f"the next run ended with {code}"
    if output.read_bytes() != new:
        yield "the next run made something else"
    left = [p.name for p in folder.rglob(".riskbook*") if p.name.startswith((LOCK, TEMPORARY))]
    if left:
        yield f"left behind: {', '.join(left)}"


def _warm(folder: Path) -> None:
    """Import what the commands import, so that no child has to; typst's threads do not fork."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            for name in ("refresh", "export"):
                _ended(COMMANDS[name])
    finally:
        os.chdir(here)


def figure(scale: Scale) -> Figure:
    """A third each, on a council's own register."""
    chance, rounds = random.Random(20211031), scale.of(340, 4)
    moments: dict[str, int] = {}
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        run(folder, ("new", PROFILE, "Register.xlsx", "--data", SAMPLE))
        old = (folder / "Register.xlsx").read_bytes()
        _warm(folder)
        for name, arguments in COMMANDS.items():
            fresh(folder, old)
            run(folder, arguments)
            new = (folder / OUTPUTS[name]).read_bytes()
            fresh(folder, old)
            whole, part = timed(folder, arguments)
            at = counted = 0
            while counted < rounds:
                at += 1
                fresh(folder, old)
                inside = at % 2 == 1
                delay = chance.uniform(0, part if inside else whole)
                moment = killed(folder, arguments, delay, inside=inside)
                moments[moment] = moments.get(moment, 0) + 1
                counted += moment != "ended"
                again = moment == "saving" or at % 10 == 0  # nothing is there before that
                bad += [
                    f"{name}, {moment}: {each}" for each in wrong(folder, name, old, new, again)
                ]
    total = sum(moments.values()) - moments.get("ended", 0)
    told = ", ".join(f"{count} {moment}" for moment, count in sorted(moments.items()))
    return Figure(
        name="kill -9 during refresh, export, report",
        wanted="≥ 1,000, 0 lost, 0 torn",
        seen=f"{total:,} kills, {len(bad)} lost, torn or stuck",
        kept=not bad and total >= scale.of(1000, 9) and moments.get("saving", 0) > 0,
        notes=(f"{told} (of saving)", *bad[:20]),
    )
