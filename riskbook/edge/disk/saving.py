"""A file is replaced whole or not at all, and the old one is kept beside it.

::

    lock - still the file that was read? - temporary file: write, fsync, read back
         - dated backup - rename over the old one - fsync of the folder - unlock

A crash, a full disk or a lost network drive at any moment leaves the old file or the new
one, never half of either.  The rename alone would lose one of two edits made at the same
time, so the digest of the bytes that were read must still be the digest on the disk.

What the bytes mean is not here, nor who else has the file: that is
:mod:`riskbook.edge.disk.busy`.  Nothing here waits for a person.
"""

import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from riskbook.edge.disk.busy import HOUR, locked, plainly, refuse_if_busy, write_all
from riskbook.errors import SavingError

__all__ = ["BACKUPS", "KEPT", "create", "refuse_if_busy", "save"]

BACKUPS = "riskbook backups"  # the folder beside the file
KEPT = 20  # backups of one file
_TEMPORARY = ".riskbook-tmp-"
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
    with plainly(path.name), locked(real, clock) as still_ours:
        old = real.read_bytes()
        _refuse_if_changed(real, old, was)
        if old == data:
            return None
        _sweep(real.parent, clock)
        temporary = _write_temporary(real.parent, data, like=real)
        with _removed_on_error(temporary):
            backup = _back_up(real, old, clock)
            # not if the user interrupts: the rename may have happened by then
            with _removed_on_error(backup, (OSError, SavingError)):
                still_ours()
                refuse_if_busy(path)
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
    with plainly(path.name), locked(real, datetime.now()) as still_ours:
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


def make_folder(folder: Path) -> None:
    """A folder and those above it, where they are not there yet.

    Raises:
        SavingError: a file of that name is there, or it may not be made.
    """
    if folder.exists() and not folder.is_dir():
        raise SavingError(f"{folder} is a file, not a folder.", fix="name another folder.")
    with plainly(folder.name):
        folder.mkdir(parents=True, exist_ok=True)


def _exists(name: str) -> SavingError:
    return SavingError(
        f"There is a file {name} already.",
        fix="choose another name, move that file away, or replace it with --overwrite.",
    )


def _refuse_if_changed(real: Path, content: bytes, was: str) -> None:
    if hashlib.sha256(content).hexdigest() != was.lower():
        raise SavingError(
            f"{real.name} was changed by somebody else since it was read.",
            fix="run it again, so that it starts from the file as it is now.",
        )


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Create a file that must not exist and write it down to the disk; no half file stays."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, mode)
    with _removed_on_error(path):
        try:
            write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_temporary(folder: Path, data: bytes, *, like: Path | None) -> Path:
    temporary = folder / (_TEMPORARY + secrets.token_hex(8))
    # what replaces a private file is never open to others, not even for a moment
    _write_new(temporary, data, 0o666 if like is None else 0o600)
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
def _removed_on_error(
    path: Path, errors: type[BaseException] | tuple[type[Exception], ...] = BaseException
) -> Iterator[None]:
    try:
        yield
    except errors:
        with suppress(OSError):
            path.unlink()
        raise


def _back_up(real: Path, old: bytes, clock: datetime) -> Path:
    folder = real.parent / BACKUPS
    if folder.exists() and not folder.is_dir():
        raise SavingError(
            f"The backup of {real.name} cannot be made: {BACKUPS!r} beside it is a file.",
            fix="move that file away; a folder of this name keeps the backups.",
        )
    folder.mkdir(exist_ok=True)
    stem = f"{real.stem} {clock:%Y-%m-%d %H%M%S}"
    for counter in range(1, 1000):
        number = f" ({counter})" if counter > 1 else ""
        backup = folder / f"{stem}{number}{real.suffix}"
        try:
            _write_new(backup, old, 0o600)
        except FileExistsError:
            continue
        with _removed_on_error(backup):
            _copy_permissions(real, backup)
        return backup
    raise OSError(errno.EEXIST, "there are too many backups of this second")


def _forget_old_backups(real: Path, newest: Path) -> None:
    """Keep the newest; a backup that cannot be deleted is no reason to fail."""
    ours = re.compile(
        re.escape(real.stem)
        + r" ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{6})(?: \(([0-9]+)\))?"
        + re.escape(real.suffix)
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
            if orphan.is_file() and clock.timestamp() - orphan.stat().st_mtime > HOUR:
                orphan.unlink()
