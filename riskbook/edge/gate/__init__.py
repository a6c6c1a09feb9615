"""The door that every file passes before anything else opens it.

::

    bytes -> a zip? -> an honest zip? -> a workbook? -> every part sound? -> admitted
               |             |               |                |
               +------ RefusedError: one sentence, one thing to do ------+

The readers behind this door hang, run out of memory or end the whole process on some
hostile files, and two of them can show two different registers from one dishonest file.
Ordinary workbooks pass: charts, pictures, pivots, comments and hyperlinks are kept as
bytes, and never followed.  How much a workbook may hold, and which active content, is told by
:mod:`riskbook.edge.gate.limits`: IT may set it.

Values and formulas are not here, nor whether the workbook is a register.  The standard
library is enough for all of it, so the door opens before any reader is imported.
"""

import errno
import stat
from pathlib import Path

from riskbook.edge.gate.archive import FaultError, Package, shown
from riskbook.edge.gate.kind import refuse_other_files, refuse_other_packages
from riskbook.edge.gate.limits import ALLOWABLE, LIMITS, Limits, limits_path, load
from riskbook.edge.gate.limits import limits as installed
from riskbook.edge.gate.workbook import Workbook
from riskbook.errors import RefusedError

__all__ = [
    "ALLOWABLE",
    "LIMITS",
    "Limits",
    "admit",
    "installed",
    "limits_path",
    "load",
    "read",
    "taken",
]


def read(path: Path, *, limits: Limits | None = None) -> bytes:
    """The bytes of a workbook that was admitted.

    Raises:
        RefusedError: there is no such file, it cannot be read, or it is not admitted.
    """
    limits = limits or installed()
    data = taken(path, limits=limits)
    admit(data, path.name, limits=limits)
    return data


def taken(path: Path, *, limits: Limits | None = None) -> bytes:
    """The bytes of a file, not looked at; :func:`admit` may then be called elsewhere.

    Raises:
        RefusedError: there is no such file, it is too large, or it cannot be read.
    """
    limits = limits or installed()
    name = shown(path.name or str(path))  # "." has no name
    if path.name.startswith(("~$", ".~lock.")):
        raise RefusedError(
            f"{name} is only the mark that somebody has the workbook open.",
            fix="choose the workbook itself: the file without that mark before its name.",
        )
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise RefusedError(f"{name} is a folder.", fix="choose a workbook in it.")
        if not stat.S_ISREG(facts.st_mode):
            raise RefusedError(f"{name} is not a file.", fix="choose a workbook.")
        if facts.st_size > limits.file:
            raise _too_large(name, limits)
        with path.open("rb") as file:
            return file.read(limits.file + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None


def admit(data: bytes, name: str, *, limits: Limits | None = None) -> None:
    """Return if the bytes are a sound workbook; nothing is kept and nothing is changed.

    Raises:
        RefusedError: with a sentence that names the file, and what to do.
    """
    limits = limits or installed()
    try:
        if len(data) > limits.file:
            raise _too_large(shown(name), limits)
        refuse_other_files(data)
        package = Package(data, limits)
        refuse_other_packages(package)
        Workbook(package, limits).admit(Path(name).suffix.lower())
    except FaultError as fault:
        raise RefusedError(f"{shown(name)} {fault.what}.", fix=fault.fix) from None


def _too_large(name: str, limits: Limits) -> RefusedError:
    return RefusedError(
        f"{name} is larger than {limits.file // 1_000_000} MB.",
        fix="remove large pictures from it, or split the register into two workbooks.",
    )


def _unreadable(name: str, error: Exception) -> RefusedError:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOENT, errno.ENOTDIR):
        return RefusedError(
            f"There is no file {name}.", fix="check the name and the folder, and try again."
        )
    if number in (errno.EACCES, errno.EPERM):
        return RefusedError(
            f"{name} may not be read by you.",
            fix="close it in every other program, or ask its owner to let you read it.",
        )
    why = (isinstance(error, OSError) and error.strerror) or error  # without the path again
    return RefusedError(f"{name} cannot be read: {why}.", fix="copy it to your own disk first.")
