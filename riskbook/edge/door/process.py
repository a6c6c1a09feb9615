"""Starts the process that reads a file, feeds it, and ends it whatever happens.

::

    python -I -B -m riskbook.edge.door.child     -I: nothing of the folder or the user's
        stdin   one JSON line, then the bytes        environment is imported
        stdout  a file of its own, one JSON line
        cwd     an empty private folder, deleted afterwards

There is no shell.  The child sets its own limits before it reads the first byte
(:mod:`riskbook.edge.door.posix`), which is safe beside threads; on Windows they are set from here
before it is fed (:mod:`riskbook.edge.door.windows`).  Time is always kept from here.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from riskbook.edge.door.limits import DoorLimits

COMMAND = (sys.executable, "-I", "-B", "-m", "riskbook.edge.door.child")
PROBE = (sys.executable, "-I", "-B", "-c", "import riskbook.edge.door.child")

# What Python itself needs to start: Windows' own folder, and where its libraries lie; and where
# the installation on Windows keeps its limits.
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PROGRAMDATA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the process ended."""

    answer: bytes  # what it printed; empty if it died first
    late: bool = False  # it was ended because its time was up


def run(data: bytes, name: str, limits: DoorLimits) -> Ended:
    """Have a process of its own read the bytes; it is gone when this returns."""
    head = json.dumps({"name": name, "limits": asdict(limits)}).encode("ascii") + b"\n"
    with TemporaryDirectory(prefix="riskbook-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "answer"
        with answer.open("wb") as out:
            late = _fed(head + data, Path(folder), out.fileno(), limits)
        with answer.open("rb") as told:
            return Ended(answer=told.read(limits.written), late=late)


def _fed(sent: bytes, folder: Path, out: int, limits: DoorLimits) -> bool:
    """Whether the process did not end in time."""
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.DEVNULL,  # a traceback may quote entries
        cwd=folder,
        env=_environment(),
        start_new_session=True,  # a group of its own, to be ended as one
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        job = _job(child, limits)
        try:
            child.communicate(sent, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            return True
        finally:
            _end(child, job)
    return False


def starts() -> bool:
    """Whether such a process finds riskbook at all: not where it was installed for a user alone."""
    done = subprocess.run(
        PROBE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    return done.returncode == 0


def _environment() -> dict[str, str]:
    return {key: os.environ[key] for key in _NEEDED if key in os.environ}


def _job(child: "subprocess.Popen[bytes]", limits: DoorLimits) -> int | None:
    if sys.platform == "win32":
        from riskbook.edge.door import windows

        return windows.fence(windows.kernel(), int(child._handle), limits)
    return None


def _end(child: "subprocess.Popen[bytes]", job: int | None) -> None:
    """End the process and all that it started; one that has ended is no mistake."""
    if sys.platform == "win32":
        from riskbook.edge.door import windows

        windows.end(windows.kernel(), job)
        child.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS says so of an empty group
            os.killpg(child.pid, signal.SIGKILL)
