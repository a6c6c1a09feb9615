"""Who has a file at this moment: Excel, LibreOffice, another riskbook, or nobody.

::

    ~$Register.xlsx               Excel has it open; the holder's name is inside
    .~lock.Register.xlsx#         LibreOffice has it open; likewise
    .riskbook-lock-Register.xlsx  a riskbook is saving it; process, computer, and a word
                                  that no other riskbook knows

Marks of Excel and LibreOffice are never removed here, even old ones: whether somebody still
types in that window cannot be told from outside.  What is written is not here either: that
is :mod:`riskbook.edge.disk.saving`.
"""

import errno
import os
import re
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from riskbook.errors import SavingError

HOUR = 3600.0  # seconds; no save lasts so long, so what is older was left by a crash
_MOMENT = 10.0  # seconds; a lock that is not filled in by then never will be
_LOCK = ".riskbook-lock-"


def refuse_if_busy(path: Path) -> None:
    """Fail before any work is done, if the file could not be replaced now.

    Raises:
        SavingError: a folder, a read-only file, or one that somebody has open.
    """
    real = Path(os.path.realpath(path))
    with plainly(path.name):
        if real.is_dir():
            raise SavingError(f"{path.name} is a folder.", fix="name a file.")
        if real.exists():
            # root may write anything, and a rename ignores the mark: so look at the mark
            if not real.stat().st_mode & 0o222 or not os.access(real, os.W_OK):
                raise SavingError(
                    f"{path.name} is read-only.",
                    fix="clear Read-only in the file's properties, or work on a copy.",
                )
            if not real.is_file():
                raise SavingError(f"{path.name} is not a file.", fix="name a file.")
        for place in dict.fromkeys((path, real)):
            refuse_if_open(place)


def refuse_if_open(path: Path) -> None:
    """Fail if the mark of another program beside the file says that it is open there.

    Raises:
        SavingError: it names the program and, where the mark tells, the person.
    """
    for mark, program, holder in (
        (path.with_name("~$" + path.name), "Excel", _excel_holder),
        (path.with_name(f".~lock.{path.name}#"), "LibreOffice", _libreoffice_holder),
    ):
        if mark.is_file():
            who = "".join(c for c in holder(mark) if c.isprintable())[:60]
            raise SavingError(
                f"{path.name} is open in {program}{f' by {who}' if who else ''}.",
                fix="close it there and try again; if nobody has it open, "
                f"delete the file {mark.name} beside it.",
            )


def _excel_holder(mark: Path) -> str:
    """A length and a name padded to 54 bytes, then both again in UTF-16."""
    data = _few_bytes(mark)
    wide = data[57 : 57 + 2 * int.from_bytes(data[55:57], "little")].decode("utf-16-le", "replace")
    narrow = data[1 : 1 + data[0]].decode("cp1252", "replace") if data else ""
    return wide.strip() or narrow.strip()


def _libreoffice_holder(mark: Path) -> str:
    """The name in LibreOffice, the name in the system, the computer, and so on."""
    fields = re.split(r"(?<!\\),", _few_bytes(mark).decode("utf-8", "replace"))
    return next((field.replace("\\,", ",").strip() for field in fields[:2] if field.strip()), "")


def _few_bytes(mark: Path) -> bytes:
    try:
        with mark.open("rb") as file:
            return file.read(4096)
    except OSError:  # Excel does not let others read it: open, but by an unknown person
        return b""


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        what, fix = _REASONS.get(error.errno or 0, (None, None))
        raise SavingError(
            f"{name} could not be saved: {what or error.strerror or error}.",
            fix=fix or "save it under another name, or on your own disk.",
        ) from error


_FULL = ("there is no room left on the disk", "free some space and run it again.")
_FORBIDDEN = (
    "the file or its folder may not be written now",
    "close the file in every other program, and ask its owner whether you may change it.",
)
_GONE = ("its folder or the file is not there", "check the name and the connection.")
_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ENAMETOOLONG: ("its name is too long", "give it a shorter name."),
}


@contextmanager
def locked(real: Path, clock: datetime) -> Iterator["StillOurs"]:
    """Keep a second riskbook away from the file; a crashed one's lock is taken over."""
    lock = real.with_name(_LOCK + real.name)
    mine = f"{os.getpid()} {socket.gethostname()} {secrets.token_hex(8)}".encode()
    for last in (False, True):
        try:
            _write_lock(lock, mine)
            break
        except FileExistsError:
            if last or not _is_stale(lock, clock):
                raise SavingError(
                    f"{real.name} is being saved by another riskbook at this moment.",
                    fix="wait a few seconds and try again.",
                ) from None
            lock.unlink(missing_ok=True)
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
        return _few_bytes(self._lock) == self._mine

    def __call__(self) -> None:
        """Stop, with a :class:`SavingError`, where another program took the lock over."""
        if not self.is_true():
            raise SavingError(
                "Another riskbook began to save the same file.", fix="wait, and run it again."
            )


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


def _is_stale(lock: Path, clock: datetime) -> bool:
    try:
        age = clock.timestamp() - lock.stat().st_mtime
    except OSError:  # gone meanwhile, so it was alive
        return False
    pid, *rest = _few_bytes(lock).decode("utf-8", "replace").split(" ")
    if len(rest) != 2 or not pid.isdecimal():
        return age > _MOMENT
    return age > HOUR or (rest[0] == socket.gethostname() and not _is_alive(int(pid)))


if sys.platform == "win32":

    def _is_alive(pid: int) -> bool:
        """Ask by a handle: ``os.kill(pid, 0)`` would press Ctrl+C there."""
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)

else:

    def _is_alive(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:  # alive, and somebody else's
            return True
        return True
