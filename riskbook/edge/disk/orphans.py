"""What a crash left behind beside a file: temporary files, and locks that nobody holds.

Swept at the start of each save and of each command that writes.  A temporary file may belong
to a save that is running, so it must be an hour old; or it is that of a file whose lock we
hold; or it has a second name, so that what it was made for is done.
"""

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from riskbook.edge.disk.lock import HOUR, LOCK, TEMPORARY, is_stale, take_away
from riskbook.edge.disk.naming import key

BACKUPS = "riskbook backups"  # the folder beside the file


def temporary_of(name: str) -> str:
    """How the names of all temporary files of a file begin."""
    return f"{TEMPORARY}{key(name)}-"


def sweep(folder: Path, ours: str = "") -> None:
    """Remove what crashes left in a folder and among its backups; never fails.

    Args:
        folder: where files are saved.
        ours: the name of the file whose lock we hold, if any.
    """
    mine = temporary_of(ours) if ours else ""
    for place in (folder, folder / BACKUPS):
        with suppress(OSError), os.scandir(place) as entries:
            for name in [entry.name for entry in entries if entry.name.startswith(".riskbook-")]:
                with suppress(OSError):
                    _sweep(place / name, mine)


def _sweep(path: Path, mine: str) -> None:
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        return
    if path.name.startswith(TEMPORARY):
        known = (mine and path.name.startswith(mine)) or facts.st_nlink > 1
        if known or time.time() - facts.st_mtime > HOUR:
            path.unlink()
    elif path.name.startswith(LOCK) and not mine and is_stale(path):
        take_away(path)
