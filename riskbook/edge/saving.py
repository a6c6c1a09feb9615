"""A file is replaced whole or not at all, and the old one is kept beside it.

::

    lock - still the file that was read? - temporary file: write, fsync, read back
         - dated backup - rename over the old one - fsync of the folder - unlock

A crash, a full disk or a lost network drive at any moment leaves the old file or the new
one, never half of either.  The rename alone would lose one of two edits made at the same
time, so the digest of the bytes that were read must still be the digest on the disk.

What the bytes mean is not here, and nothing here waits for a person.
"""

import errno
import hashlib
import os
import re
import secrets
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from riskbook.errors import SavingError

BACKUPS = "riskbook backups"  # the folder beside the file
KEPT = 20  # backups of one file
_TEMPORARY = ".riskbook-tmp-"
_LOCK = ".riskbook-lock-"
_HOUR = 3600.0  # seconds; no save lasts so long, so what is older was left by a crash
# Excel, a virus scanner or OneDrive may hold a file for a moment, on Windows only: there a
# rename is refused where elsewhere it succeeds.  Seconds to wait before each further try.
_WAITS: tuple[float, ...] = (0.05, 0.1, 0.2, 0.4, 0.8) if os.name == "nt" else ()


def save(path: Path, data: bytes, *, was: str, now: datetime | None = None) -> Path | None:
    """Replace a file, if it is still the one that was read.

    Args:
        path: the file, or a symbolic link to it.
        data: the whole new content.
        was: SHA-256 of the bytes that were read, in hexadecimal.
        now: the local time, for the name of the backup; the clock's by default.

    Returns:
        The backup of the old content, or None if the content is the same already.

    Raises:
        SavingError: the file is busy, changed or cannot be written; it is as it was.
    """
    clock = now or datetime.now()
    refuse_if_busy(path)
    real = Path(os.path.realpath(path))
    with _plainly(path.name), _locked(real, clock) as still_ours:
        old = real.read_bytes()
        _refuse_if_changed(real, old, was)
        if old == data:
            return None
        _sweep(real.parent, clock)
        temporary = _write_temporary(real.parent, data, like=real)
        with _removed_on_error(temporary):
            backup = _back_up(real, old, clock)
            with _removed_on_error(backup):
                still_ours()
                _refuse_if_changed(real, real.read_bytes(), was)
                _replace(temporary, real)
    _settle(real.parent)
    _forget_old_backups(real, backup)
    return backup


def create(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a new file; one that is there already is replaced only when told so.

    Raises:
        SavingError: there is such a file, it is busy, or the folder cannot be written.
    """
    refuse_if_busy(path)
    if not overwrite and os.path.lexists(path):
        raise _exists(path.name)
    real = Path(os.path.realpath(path))
    with _plainly(path.name), _locked(real, datetime.now()) as still_ours:
        _sweep(real.parent, datetime.now())
        like = real if real.exists() else None
        temporary = _write_temporary(real.parent, data, like=like)
        with _removed_on_error(temporary):
            still_ours()
            if overwrite:
                _replace(temporary, real)
            else:
                _place_new(temporary, real)
    _settle(real.parent)


def refuse_if_busy(path: Path) -> None:
    """Fail before any work is done, if the file could not be replaced now.

    Raises:
        SavingError: a folder, a read-only file, or one that somebody has open.
    """
    real = Path(os.path.realpath(path))
    with _plainly(path.name):
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
            _refuse_if_open(place)


def _refuse_if_open(path: Path) -> None:
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
def _plainly(name: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence with a remedy."""
    try:
        yield
    except (OSError, ValueError) as error:
        what, fix = _REASONS.get(getattr(error, "errno", None) or 0, (None, None))
        raise SavingError(
            f"{name} could not be saved: {what or getattr(error, 'strerror', None) or error}.",
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


def _exists(name: str) -> SavingError:
    return SavingError(
        f"There is a file {name} already.", fix="choose another name, or say that it may go."
    )


def _refuse_if_changed(real: Path, content: bytes, was: str) -> None:
    if hashlib.sha256(content).hexdigest() != was.lower():
        raise SavingError(
            f"{real.name} was changed by somebody else since it was read.",
            fix="run it again, so that it starts from the file as it is now.",
        )


@contextmanager
def _locked(real: Path, clock: datetime) -> Iterator["_StillOurs"]:
    """Keep a second riskbook away from the file; a crashed one's lock is taken over."""
    lock = real.with_name(_LOCK + real.name)
    mine = f"{os.getpid()} {socket.gethostname()} {secrets.token_hex(8)}".encode()
    for last in (False, True):
        try:
            _write_new(lock, mine)
            break
        except FileExistsError:
            if last or not _is_stale(lock, clock):
                raise SavingError(
                    f"{real.name} is being saved by another riskbook at this moment.",
                    fix="wait a few seconds and try again.",
                ) from None
            lock.unlink(missing_ok=True)
    held = _StillOurs(lock, mine)
    try:
        yield held
    finally:
        if held.is_true():
            with suppress(OSError):
                lock.unlink()


class _StillOurs:
    """Two programs can find the same stale lock; only one of them still has it later."""

    def __init__(self, lock: Path, mine: bytes) -> None:
        self._lock, self._mine = lock, mine

    def is_true(self) -> bool:
        return _few_bytes(self._lock) == self._mine

    def __call__(self) -> None:
        if not self.is_true():
            raise SavingError(
                "Another riskbook began to save the same file.", fix="wait, and run it again."
            )


def _is_stale(lock: Path, clock: datetime) -> bool:
    try:
        age = clock.timestamp() - lock.stat().st_mtime
    except OSError:  # gone meanwhile: the next try will tell
        return True
    if age > _HOUR:
        return True
    pid, _, rest = _few_bytes(lock).decode("utf-8", "replace").partition(" ")
    here = rest.rpartition(" ")[0] == socket.gethostname()
    return here and pid.isdecimal() and not _is_alive(int(pid))


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


def _write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Create a file that must not exist and write it down to the disk; no half file stays."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, mode)
    with _removed_on_error(path):
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_temporary(folder: Path, data: bytes, *, like: Path | None) -> Path:
    temporary = folder / (_TEMPORARY + secrets.token_hex(8))
    _write_new(temporary, data)
    with _removed_on_error(temporary):
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "the disk gave back something else than was written")
        if like is not None:
            _copy_permissions(like, temporary)
    return temporary


def _copy_permissions(old: Path, new: Path) -> None:
    facts = old.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # only root gives files away
            os.chown(new, facts.st_uid, facts.st_gid)
    os.chmod(new, stat.S_IMODE(facts.st_mode))


@contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _back_up(real: Path, old: bytes, clock: datetime) -> Path:
    folder = real.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    stem = f"{real.stem} {clock:%Y-%m-%d %H%M%S}"
    for counter in range(1, 1000):
        number = f" ({counter})" if counter > 1 else ""
        backup = folder / f"{stem}{number}{real.suffix}"
        try:
            _write_new(backup, old)
        except FileExistsError:
            continue
        with _removed_on_error(backup):
            _copy_permissions(real, backup)
        return backup
    raise OSError(errno.EEXIST, "there are too many backups of this second")


def _forget_old_backups(real: Path, newest: Path) -> None:
    """Keep the newest; a backup that cannot be deleted is no reason to fail."""
    ours = re.compile(
        rf"{re.escape(real.stem)} (\d{{4}}-\d\d-\d\d \d{{6}})(?: \((\d+)\))?{re.escape(real.suffix)}"
    )
    with suppress(OSError):
        found = [(ours.fullmatch(each.name), each) for each in newest.parent.iterdir()]
        dated = sorted((match[1], int(match[2] or 1), each) for match, each in found if match)
        for *_, each in dated[:-KEPT]:
            if each != newest:  # the clock may have gone back
                each.unlink()


def _replace(temporary: Path, real: Path) -> None:
    for wait in _WAITS:
        try:
            os.replace(temporary, real)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    os.replace(temporary, real)


def _place_new(temporary: Path, real: Path) -> None:
    """Give the file its name, but never take the name from another one."""
    try:
        if os.name == "nt":
            os.rename(temporary, real)  # refused there if the name is taken
            return
        os.link(temporary, real)
    except FileExistsError:
        raise _exists(real.name) from None
    except OSError:  # a file system without links
        if os.path.lexists(real):
            raise _exists(real.name) from None
        os.replace(temporary, real)
    else:
        temporary.unlink()


def _settle(folder: Path) -> None:
    """Write the rename itself to the disk, where folders can be opened."""
    if os.name == "nt":
        return
    with suppress(OSError):  # the file is replaced; a network drive may not know this
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path, clock: datetime) -> None:
    """Remove temporary files that a crash left behind."""
    with suppress(OSError):
        for orphan in folder.glob(_TEMPORARY + "*"):
            if orphan.is_file() and clock.timestamp() - orphan.stat().st_mtime > _HOUR:
                orphan.unlink()
