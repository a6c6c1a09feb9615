"""A file that is either not there or there with every byte: written, flushed, read back."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from riskbook.edge.disk.lock import write_all
from riskbook.edge.disk.orphans import temporary_of
from riskbook.edge.disk.plainly import UnlikeError
from riskbook.edge.disk.system import system


def write_temporary(folder: Path, data: bytes, *, of: str, like: Path | None) -> Path:
    """Write a new file under a name that nobody else uses, down to the disk, and check it.

    Args:
        folder: where it is to have its final name.
        data: the whole content.
        of: the name of the file that it is made for.
        like: a file whose owner, permissions and attributes it gets.

    Raises:
        OSError: it could not be written; nothing of it stays.
    """
    temporary = folder / (temporary_of(of) + secrets.token_hex(8))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # what replaces a private file is never open to others, not even for a moment
    handle = os.open(temporary, flags, 0o666 if like is None else 0o600)
    with removed_on_error(temporary):
        try:
            write_all(handle, data)
            system.flush(handle)
        finally:
            os.close(handle)
        if temporary.read_bytes() != data:
            raise UnlikeError
        if like is not None:
            system.dress(like, temporary)
    return temporary


@contextmanager
def removed_on_error(path: Path) -> Iterator[None]:
    """Take a file away again if anything fails, or the user interrupts."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
