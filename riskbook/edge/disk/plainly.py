"""What the operating system says about a file, as a sentence with a remedy.

Only the words are here.  The numbers that Windows has of its own are in
:mod:`riskbook.edge.disk.windows`.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from riskbook.edge.disk.naming import shown
from riskbook.edge.disk.system import system
from riskbook.errors import SavingError

_FULL = ("there is no room left on the disk", "free some space and run it again.")
_FORBIDDEN = (
    "the file or its folder may not be written now",
    "close the file in every other program, and ask its owner whether you may change it.",
)
_CLOSED = ("it may not be opened by you now", "close it elsewhere, or ask its owner to let you.")
_GONE = ("its folder or the file is not there", "check the name and the connection.")
_VANISHED = (
    "the drive has gone away or does not answer",
    "connect the drive or the network again, see that the file opens, and run it again.",
)
_BROKEN = (
    "the drive reports a fault while reading or writing",
    "copy the file to another drive at once, run it again there, and tell IT.",
)
_LONG = ("its name is too long", "give it a shorter name.")
_CIRCLE = ("it is a link that leads in a circle", "name the file itself.")
UNREADABLE = "{name} cannot be read"  # what could not be done, where nothing was to be saved
AGAIN = "{name} was written, but cannot be read again"
_OTHER = "save it under another name, or on your own disk."

# Each system has some of these; what it does not have is not looked for.
_REASONS: dict[int, tuple[str, str]] = {
    getattr(errno, name): reason
    for names, reason in (
        ("ENOSPC EDQUOT EFBIG", _FULL),
        ("EACCES EPERM EROFS ETXTBSY EBUSY", _FORBIDDEN),
        ("ENOENT ENOTDIR", _GONE),
        ("ENAMETOOLONG", _LONG),
        ("ELOOP", _CIRCLE),
        ("EIO EUCLEAN EILSEQ EREMOTEIO", _BROKEN),
        ("ENODEV ENXIO ESTALE ENOTCONN ETIMEDOUT ENOMEDIUM EHOSTDOWN EHOSTUNREACH", _VANISHED),
        ("ENETDOWN ENETUNREACH ENETRESET ECONNRESET ECONNABORTED ECONNREFUSED", _VANISHED),
        ("ESHUTDOWN ENOLINK ECOMM EPIPE", _VANISHED),
    )
    for name in names.split()
    if hasattr(errno, name)
}


@contextmanager
def plainly(name: str, what: str = "{name} could not be saved") -> Iterator[None]:
    """Turn what the operating system says into a sentence with a remedy.

    Args:
        name: of the file, as the user knows it.
        what: could not be done; ``{name}`` stands for the name.

    Raises:
        SavingError: instead of any ``OSError``.
    """
    try:
        yield
    except OSError as error:
        said, fix = reason(error)
        if what in (UNREADABLE, AGAIN) and (said, fix) == _FORBIDDEN:
            said, fix = _CLOSED
        raise SavingError(f"{what.format(name=shown(name))}: {said}.", fix=fix) from error


def reason(error: OSError) -> tuple[str, str]:
    """Why, as half a sentence, and what to do about it."""
    windows = system.reason(error)
    if windows:
        return {"full": _FULL, "forbidden": _FORBIDDEN, "gone": _VANISHED, "long": _LONG}[windows]
    if isinstance(error, UnlikeError):
        return str(error.strerror), _BROKEN[1]
    told = _REASONS.get(error.errno or 0)
    return told or (str(error.strerror or error), _OTHER)


class UnlikeError(OSError):
    """The disk gave back something else than was written."""

    def __init__(self) -> None:
        super().__init__(errno.EIO, "the disk gave back something else than was written")
