"""One riskbook at a time: the lock file beside a file that is being saved.

::

    .riskbook-lock-Register.xlsx  process, computer, and a word that no other riskbook knows

A lock that a crash left behind is taken over: at once where its process ran on this computer
and is gone, after an hour otherwise.  It is moved away by a rename, which only one of
several programs can do, and what was moved is looked at again: so nobody's fresh lock is
taken for the stale one that lay there a moment ago.
"""

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from riskbook.edge.disk.naming import shortened, shown
from riskbook.edge.disk.system import system
from riskbook.errors import SavingError

HOUR = 3600.0  # seconds; no save lasts so long, so what is older was left by a crash
_MOMENT = 10.0  # seconds; a lock that is not filled in by then never will be
LOCK = ".riskbook-lock-"
TEMPORARY = ".riskbook-tmp-"
_TRIES = 3  # somebody may be quicker in taking a stale lock over


def lock_of(real: Path) -> Path:
    """Where the lock of a file lies."""
    return real.with_name(LOCK + shortened(real.name))


@contextmanager
def locked(real: Path) -> Iterator["StillOurs"]:
    """Keep a second riskbook away from the file; a crashed one's lock is taken over.

    Raises:
        SavingError: another riskbook is saving the file now; computer and process are named.
        OSError: the lock cannot be written.
    """
    lock = lock_of(real)
    mine = f"{os.getpid()} {socket.gethostname()} {secrets.token_hex(8)}".encode()
    for left in reversed(range(_TRIES)):
        try:
            _write_lock(lock, mine)
            break
        except FileExistsError:
            if not left or not is_stale(lock):
                raise _held(real, lock) from None
            take_away(lock)
    held = StillOurs(lock, mine)
    try:
        yield held
    finally:
        if held.is_true():
            with suppress(OSError):
                lock.unlink()


class StillOurs:
    """Two programs can find the same stale lock; only one of them still has it later."""

    def __init__(self, lock: Path, mine: bytes) -> None:
        self._lock, self._mine = lock, mine

    def is_true(self) -> bool:
        """Whether the lock beside the file is still the one that we wrote."""
        return few_bytes(self._lock) == self._mine

    def __call__(self) -> None:
        """Stop, with a :class:`SavingError`, where another program took the lock over."""
        if not self.is_true():
            raise SavingError(
                "Another riskbook began to save the same file.", fix="wait, and run it again."
            )


def _held(real: Path, lock: Path) -> SavingError:
    pid, *rest = few_bytes(lock).decode("utf-8", "replace").split(" ")
    told = len(rest) == 2 and pid.isdecimal()
    who = f", process {pid} on the computer {rest[0][:60]}" if told else ""
    return SavingError(
        shown(f"{real.name} is being saved by another riskbook at this moment{who}."),
        fix="wait a few seconds and try again; if no riskbook runs there any more, "
        f"delete the file {shown(lock.name)} beside it.",
    )


def few_bytes(mark: Path) -> bytes:
    """The beginning of a small file; nothing where it may not be read."""
    try:
        if not mark.is_file():  # a pipe would keep us waiting for ever
            return b""
        with mark.open("rb") as file:
            return file.read(4096)
    except OSError:  # Excel does not let others read its mark: open, but by an unknown person
        return b""


def write_all(handle: int, data: bytes) -> None:
    """Write to an open file; the system may take less at a time than it is given."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _write_lock(lock: Path, mine: bytes) -> None:
    handle = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        write_all(handle, mine)
    except OSError:
        with suppress(OSError):
            lock.unlink()
        raise
    finally:
        os.close(handle)


def is_stale(lock: Path) -> bool:
    """Whether a crash left this lock behind."""
    try:
        age = time.time() - lock.stat().st_mtime
    except OSError:  # gone meanwhile, so it was alive
        return False
    return _is_dead(few_bytes(lock), age)


def _is_dead(content: bytes, age: float) -> bool:
    pid, *rest = content.decode("utf-8", "replace").split(" ")
    if len(rest) != 2 or not pid.isdecimal():
        return age > _MOMENT
    return age > HOUR or (rest[0] == socket.gethostname() and not system.is_alive(int(pid)))


def take_away(lock: Path) -> None:
    """Remove a stale lock, and never the fresh one that somebody put in its place."""
    away = lock.with_name(TEMPORARY + secrets.token_hex(8))
    with suppress(FileNotFoundError):  # somebody was quicker
        os.rename(lock, away)
        if not is_stale(away):
            with suppress(FileExistsError):  # then its owner finds out before its rename
                system.place_new(away, lock)
        away.unlink(missing_ok=True)
