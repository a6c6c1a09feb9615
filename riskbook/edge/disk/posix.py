"""What Linux, macOS and their like do with a file; its twin is ``windows``.

Everything that a network drive or an old file system may not know (links, flushing a folder,
extended attributes) is tried and not insisted on; that the bytes are written down is.
"""

import errno
import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path

from riskbook.errors import SavingError

_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def real(path: Path) -> Path:
    """The file itself, where the path is a link to it."""
    return Path(os.path.realpath(path))


def refuse_name(name: str) -> None:
    """Every name can be written here; Windows has names that it keeps for itself."""


def refuse_folder(folder: Path, name: str) -> None:
    """Fail early if nothing can be made in the folder.

    Root may write anything, so the mark is looked at too, as it is for a read-only file.

    Raises:
        SavingError: the folder is read-only.
    """
    if not folder.is_dir():
        return
    if not folder.stat().st_mode & 0o222 or not os.access(folder, os.W_OK | os.X_OK):
        raise SavingError(
            f"{name} cannot be saved: its folder is read-only.",
            fix="ask who looks after the folder whether you may write there, "
            "or work on a copy elsewhere.",
        )


def flush(handle: int) -> None:
    """Write a file down to the disk, and forget it, so that reading it asks the disk.

    Raises:
        OSError: the disk could not take it.
    """
    full = getattr(fcntl, "F_FULLFSYNC", None)
    try:
        os.fsync(handle)
        if full is not None:  # a Mac's fsync stops at the drive's own memory
            fcntl.fcntl(handle, full)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def dress(old: Path, new: Path) -> None:
    """Give a new file what belongs to the old one: owner, attributes, access list, mode.

    Extended attributes and access lists are copied on Linux, where the standard library
    can; what the file system or the rights of the user do not allow is left out.
    """
    facts = old.stat()
    _give(new, facts)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(old):
                with suppress(OSError):  # some are the system's own
                    os.setxattr(new, name, os.getxattr(old, name))
    mode = stat.S_IMODE(facts.st_mode)
    if new.stat().st_gid != facts.st_gid:  # what its group might do is not for another one
        mode = mode & ~0o070 | (mode & 0o007) << 3
    os.chmod(new, mode)


def _give(new: Path, facts: os.stat_result) -> None:
    """Give a file its owner and group, or its group alone: only root gives files away."""
    for owner in (facts.st_uid, -1):
        try:
            os.chown(new, owner, facts.st_gid)
        except PermissionError:
            continue
        return


def replace(temporary: Path, file: Path) -> None:
    """Give a file its name, over the old one, in one step."""
    os.replace(temporary, file)


def place_new(temporary: Path, file: Path) -> None:
    """Give a file its name, but never take the name from another one.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        os.link(temporary, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: our lock is all that keeps others away
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file)) from None
        os.replace(temporary, file)
    else:
        temporary.unlink(missing_ok=True)  # a sweep may have been there first


def settle(folder: Path) -> None:
    """Write a rename itself to the disk, where folders can be opened.

    Raises:
        OSError: the drive took the rename and then failed.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno in _UNKNOWN | {errno.EACCES, errno.EPERM, errno.EISDIR}:
            return
        raise
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNKNOWN | {errno.EBADF, errno.EACCES, errno.EPERM}:
            raise
    finally:
        os.close(handle)


def is_alive(pid: int) -> bool:
    """Whether there is such a process on this computer."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # alive, and somebody else's
        return True
    return True


def reason(error: OSError) -> str:
    """No words beside the usual ones."""
    return ""
