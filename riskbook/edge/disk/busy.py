"""Who has a file at this moment: Excel, LibreOffice, or nobody; and whether it can be replaced.

::

    ~$Register.xlsx               Excel has it open; the holder's name is inside
    .~lock.Register.xlsx#         LibreOffice has it open; likewise

Marks of Excel and LibreOffice are never removed here, even old ones: whether somebody still
types in that window cannot be told from outside.  Another riskbook is
:mod:`riskbook.edge.disk.lock`, and what is written is :mod:`riskbook.edge.disk.saving`.
"""

import os
import re
from pathlib import Path

from riskbook.edge.disk import orphans
from riskbook.edge.disk.lock import few_bytes
from riskbook.edge.disk.naming import shown
from riskbook.edge.disk.plainly import plainly
from riskbook.edge.disk.system import system
from riskbook.errors import SavingError


def refuse_if_busy(path: Path) -> None:
    """Fail before any work is done, if the file could not be replaced now.

    Raises:
        SavingError: a folder, a read-only file or folder, one of several names of a file, or
            one that somebody has open.
    """
    system.refuse_name(path.name)
    with plainly(path.name):
        real = system.real(path)
        if real.is_dir():
            raise SavingError(f"{shown(path.name)} is a folder.", fix="name a file.")
        if real.exists():
            _refuse_if_kept(real, shown(path.name))
        system.refuse_folder(real.parent, shown(path.name))
        for place in dict.fromkeys((path, real)):
            refuse_if_open(place)


def _refuse_if_kept(real: Path, name: str) -> None:
    """Fail for a file that must not be replaced, or would not be the same one afterwards."""
    # root may write anything, and a rename ignores the mark: so look at the mark
    if not real.stat().st_mode & 0o222 or not os.access(real, os.W_OK):
        raise SavingError(
            f"{name} is read-only.",
            fix="clear Read-only in the file's properties, or work on a copy.",
        )
    if not real.is_file():
        raise SavingError(f"{name} is not a file.", fix="name a file.")
    if real.stat().st_nlink > 1:
        orphans.sweep(real.parent)  # a crash may have left the second name
    names = real.stat().st_nlink
    if names > 1:
        raise SavingError(
            f"{name} is one of {names} names of the same file (hard links), and saving would "
            "change it under this name only.",
            fix="copy it to a new file, delete this name, and give the copy its name.",
        )


def refuse_if_open(path: Path) -> None:
    """Fail if the mark of another program beside the file says that it is open there.

    Raises:
        SavingError: it names the program and, where the mark tells, the person.
    """
    for mark, program, holder in (
        (path.with_name("~$" + path.name), "Excel", _excel_holder),
        (path.with_name(f".~lock.{path.name}#"), "LibreOffice", _libreoffice_holder),
    ):
        if os.path.isfile(mark):  # False too where the mark's name would be too long
            who = "".join(c for c in holder(mark) if c.isprintable())[:60]
            raise SavingError(
                f"{shown(path.name)} is open in {program}{f' by {who}' if who else ''}.",
                fix="close it there and try again; if nobody has it open, "
                f"delete the file {shown(mark.name)} beside it.",
            )


def _excel_holder(mark: Path) -> str:
    """A length and a name padded to 54 bytes, then both again in UTF-16."""
    data = few_bytes(mark)
    wide = data[57 : 57 + 2 * int.from_bytes(data[55:57], "little")].decode("utf-16-le", "replace")
    narrow = data[1 : 1 + data[0]].decode("cp1252", "replace") if data else ""
    return wide.strip() or narrow.strip()


def _libreoffice_holder(mark: Path) -> str:
    """The name in LibreOffice, the name in the system, the computer, and so on."""
    fields = re.split(r"(?<!\\),", few_bytes(mark).decode("utf-8", "replace"))
    return next((field.replace("\\,", ",").strip() for field in fields[:2] if field.strip()), "")
