"""A file is replaced whole or not at all, and the old one is kept beside it.

::

    sweep - lock - still the file that was read? - temporary file: write, fsync, read back
          - dated backup - rename over the old one - fsync of the folder - unlock

A crash, a full disk or a lost network drive at any moment leaves the old file or the new
one, never half of either.  The rename alone would lose one of two edits made at the same
time, so the digest of the bytes that were read must still be the digest on the disk.

Symbolic links stay and the file that they lead to is replaced.  A file with several names
(hard links) is refused: a rename would part them, and the others would keep the old
figures with nothing said.

What the bytes mean is not here, nor who else has the file (``busy``, ``lock``), nor what
differs between systems (``windows``, ``posix``).  Nothing here waits for a person.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from riskbook.edge.disk import orphans
from riskbook.edge.disk.backups import KEPT, back_up, forget_old
from riskbook.edge.disk.busy import refuse_if_busy
from riskbook.edge.disk.lock import locked
from riskbook.edge.disk.naming import shown
from riskbook.edge.disk.orphans import BACKUPS
from riskbook.edge.disk.plainly import plainly
from riskbook.edge.disk.system import system
from riskbook.edge.disk.whole import removed_on_error, write_temporary
from riskbook.errors import SavingError

__all__ = ["BACKUPS", "KEPT", "create", "make_folder", "refuse_if_busy", "save", "sweep"]


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
    with plainly(path.name):
        real = system.real(path)
    orphans.sweep(real.parent)
    refuse_if_busy(path)
    with plainly(path.name), locked(real) as still_ours:
        orphans.sweep(real.parent, ours=real.name)
        old = real.read_bytes()
        _refuse_if_changed(real, old, was)
        if old == data:
            return None
        temporary = write_temporary(real.parent, data, of=real.name, like=real)
        with removed_on_error(temporary):
            backup = back_up(real, old, clock)
            with _removed_if_needless(backup, real, was):
                still_ours()
                refuse_if_busy(path)
                _refuse_if_changed(real, real.read_bytes(), was)
                system.replace(temporary, real)
    _settle(real.parent, path.name)
    forget_old(real, backup)
    return backup


def create(path: Path, data: bytes, *, overwrite: bool = False, keep: bool = False) -> None:
    """Write a new file; one that is there already is replaced only when told so.

    Args:
        path: the file, or a symbolic link to it.
        data: the whole content.
        overwrite: replace a file that is there.
        keep: what is replaced may be somebody's work: keep it under its date.

    Raises:
        SavingError: there is such a file, it is busy, or the folder cannot be written.
    """
    sweep(path)
    refuse_if_busy(path)
    if not overwrite and os.path.lexists(path):
        raise _exists(path.name)
    real = system.real(path)
    # what a link leads to may be anything, even the register that is exported
    if overwrite and (keep or path.is_symlink()) and real.exists():
        with plainly(path.name):
            was = hashlib.sha256(real.read_bytes()).hexdigest()
        save(path, data, was=was)
        return
    with plainly(path.name), locked(real) as still_ours:
        orphans.sweep(real.parent, ours=real.name)
        like = real if real.exists() else None
        temporary = write_temporary(real.parent, data, of=real.name, like=like)
        with removed_on_error(temporary):
            still_ours()
            if overwrite:
                refuse_if_busy(path)
                system.replace(temporary, real)
            else:
                _place_new(temporary, real)
    _settle(real.parent, path.name)


def sweep(path: Path) -> None:
    """Remove what a crash left beside a file, before a command begins its work."""
    with suppress(OSError):  # the folder that we are in may be gone: that is told later
        orphans.sweep(system.real(path).parent)


def make_folder(folder: Path) -> None:
    """A folder and those above it, where they are not there yet.

    Raises:
        SavingError: a file of that name is there, or it may not be made.
    """
    with plainly(folder.name):
        if folder.exists() and not folder.is_dir():
            raise SavingError(
                f"{shown(str(folder))} is a file, not a folder.", fix="name another folder."
            )
        folder.mkdir(parents=True, exist_ok=True)


def _exists(name: str) -> SavingError:
    return SavingError(
        f"There is a file {shown(name)} already.",
        fix="choose another name, move that file away, or replace it with --overwrite.",
    )


def _refuse_if_changed(real: Path, content: bytes, was: str) -> None:
    if hashlib.sha256(content).hexdigest() != was.lower():
        raise SavingError(
            f"{shown(real.name)} was changed by somebody else since it was read.",
            fix="run it again, so that it starts from the file as it is now.",
        )


def _place_new(temporary: Path, real: Path) -> None:
    try:
        system.place_new(temporary, real)
    except FileExistsError:
        raise _exists(real.name) from None


@contextmanager
def _removed_if_needless(backup: Path, real: Path, was: str) -> Iterator[None]:
    """Take the backup away if a step fails and the file is still as it was.

    A lost connection can hide that the rename was done, and then the backup is all that is
    left of the old content; so it is if the user interrupts.
    """
    try:
        yield
    except SavingError:  # refused before the rename
        with suppress(OSError):
            backup.unlink()
        raise
    except OSError:
        with suppress(OSError):
            if hashlib.sha256(real.read_bytes()).hexdigest() == was.lower():
                backup.unlink()
        raise


def _settle(folder: Path, name: str) -> None:
    with plainly(name, "{name} was replaced, but its drive did not confirm it"):
        system.settle(folder)
