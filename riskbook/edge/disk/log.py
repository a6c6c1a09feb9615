r"""The log that an officer never has to read: what crashed, where, in which versions.

::

    Windows   %LOCALAPPDATA%\riskbook\riskbook.log
    Mac       ~/Library/Logs/riskbook/riskbook.log
    others    $XDG_STATE_HOME/riskbook/riskbook.log, or under ~/.local/state

Nothing of a register gets in.  An error's message often quotes a cell, so only its type is
kept, with the file, the line and the function of each step.  At about a megabyte the log
starts anew, and one old log is kept beside it.
"""

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from riskbook import __version__
from riskbook.edge.disk.lock import write_all

MOST = 1_000_000  # bytes; more than a thousand crashes
_FRAMES = 40  # of one error, the innermost; a recursion has a thousand
_CHAIN = 5  # errors behind an error


def log_path(
    system: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    home: Path | None = None,
) -> Path:
    """Where the log of this user is, whether it exists or not.

    Args:
        system: as in ``sys.platform``.
        environment: the variables of the process.
        home: the user's own folder; asked of the system by default.
    """
    home = home or Path.home()
    if system == "win32":
        folder = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif system == "darwin":
        folder = home / "Library" / "Logs"
    else:
        state = environment.get("XDG_STATE_HOME", "")
        # the standard says that a relative path is to be ignored
        folder = Path(state) if os.path.isabs(state) else home / ".local" / "state"
    return folder / "riskbook" / "riskbook.log"


def write_traceback(error: BaseException, command: str, path: Path | None = None) -> Path:
    """Add what is known about a crash to the log.

    Args:
        error: what was caught; its message is not written.
        command: which command ran, a word such as ``refresh``.
        path: the log; :func:`log_path` by default.

    Returns:
        The file that it was written to: where the log may not be written, a new one in the
        folder for temporary files.

    Raises:
        OSError: that folder may not be written either.
    """
    path = path or log_path()
    entry = "\n".join([_heading(command), *_lines(error), "", ""]).encode("utf-8", "replace")
    try:
        return _append(path, entry)
    except OSError:
        handle, name = tempfile.mkstemp(prefix="riskbook-", suffix=".log")
        try:
            write_all(handle, entry)
        finally:
            os.close(handle)
        return Path(name)


def _heading(command: str) -> str:
    # a command is a word of ours; anything else might be somebody's entry
    word = command if command.replace("-", "_").isidentifier() else "?"
    return (
        f"{datetime.now():%Y-%m-%d %H:%M:%S}  {word}  riskbook {__version__}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )


def _lines(error: BaseException) -> Iterator[str]:
    """Type and steps of an error, then of the errors behind it."""
    step: BaseException | None = error
    seen: set[int] = set()
    for _ in range(_CHAIN):
        if step is None or id(step) in seen:
            return
        seen.add(id(step))
        yield f"{type(step).__module__}.{type(step).__qualname__}"
        frames = list(traceback.walk_tb(step.__traceback__))
        for frame, line in frames[-_FRAMES:]:
            yield f"    {frame.f_code.co_filename}:{line}:{frame.f_code.co_qualname}"
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def _append(path: Path, entry: bytes) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size + len(entry) > MOST:
        # another process may hold it on Windows; then the log is a little longer for once
        with suppress(PermissionError):
            os.replace(path, path.with_name(path.name + ".1"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    try:
        write_all(handle, entry)
    finally:
        os.close(handle)
    return path
