"""Whether an ordinary user could change what the buttons run.

Who may write to the folder of the interpreter or of riskbook, or may rename a folder above
it, can put another program there, and every button would start that one.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from riskbook.edge.doctor.windows import is_administrator, may_add_files


def first_open(folders: Iterable[Path]) -> tuple[str, bool]:
    """The first folder that this user may write to, and whether that can be told.

    An administrator of Windows may write everywhere, so nothing can be told; root is asked
    for the rights of everybody else instead.
    """
    if sys.platform == "win32":
        if is_administrator():
            return "", False
        return _first(folders, may_add_files), True
    may_write = _others_may_write if is_administrator() else may_add_files
    above = [parent for folder in folders for parent in (folder, *folder.parents)]
    return _first(dict.fromkeys(above), may_write), True


def _first(folders: Iterable[Path], may_write: Callable[[str], bool]) -> str:
    return next((str(folder) for folder in folders if may_write(str(folder))), "")


def _others_may_write(folder: str) -> bool:
    try:
        facts = os.stat(folder)
    except OSError:
        return False
    # in a folder such as /tmp (sticky) nobody can rename what belongs to others
    shared = facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not facts.st_mode & stat.S_ISVTX
    return bool(shared) or facts.st_uid != 0


def uncompiled(package: Path) -> int:
    """How many modules of a package have no bytecode that fits their source.

    Source: Python, PEP 552 (the four words at the start of a .pyc file).
    """
    return sum(not _is_compiled(module) for module in package.rglob("*.py"))


def _is_compiled(module: Path) -> bool:
    try:
        with open(cache_from_source(str(module)), "rb") as file:
            head = file.read(16)
        facts = module.stat()
    except OSError:
        return False
    time, size = int(facts.st_mtime) & 0xFFFFFFFF, facts.st_size & 0xFFFFFFFF
    by_time = head[8:] == time.to_bytes(4, "little") + size.to_bytes(4, "little")
    by_hash = len(head) == 16 and head[4] & 1 == 1  # its source is not looked at by its time
    return head[:4] == MAGIC_NUMBER and (by_hash or by_time)
