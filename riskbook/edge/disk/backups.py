"""The dated copies of a file in the folder beside it, and how many of them are kept.

::

    riskbook backups/
    └── Register 2021-10-31 142233.xlsx

A backup gets its name when it is whole and on the disk, so none is half of a file.
"""

import errno
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from riskbook.edge.disk.naming import shortened, shown
from riskbook.edge.disk.orphans import BACKUPS
from riskbook.edge.disk.plainly import plainly
from riskbook.edge.disk.system import system
from riskbook.edge.disk.whole import removed_on_error, write_temporary
from riskbook.errors import SavingError

KEPT = 20  # backups of one file
_ENDING = 20  # characters; what is longer is no ending but a part of the name


def back_up(real: Path, old: bytes, clock: datetime) -> Path:
    """Keep the old content under the date; its path.

    Raises:
        SavingError: the folder of backups cannot be made or written.
    """
    folder = real.parent / BACKUPS
    if folder.exists() and not folder.is_dir():
        raise SavingError(
            f"The backup of {shown(real.name)} cannot be made: {BACKUPS!r} beside it is a file.",
            fix="move that file away; a folder of this name keeps the backups.",
        )
    with plainly(real.name, "The backup of {name} could not be made in " + repr(BACKUPS)):
        folder.mkdir(exist_ok=True)
        temporary = write_temporary(folder, old, of=real.name, like=real)
        with removed_on_error(temporary):
            backup = _placed(temporary, real, clock)
        with suppress(OSError):  # the rename of the file itself is what must be told
            system.settle(folder)
    return backup


def _placed(temporary: Path, real: Path, clock: datetime) -> Path:
    for name in _names(real, clock):
        try:
            system.place_new(temporary, temporary.with_name(name))
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            continue
        return temporary.with_name(name)
    raise OSError(errno.EEXIST, "there are too many backups of this second")


def _names(real: Path, clock: datetime) -> Iterator[str]:
    """Names to try: where the file's own name has no room for a date, it is shortened."""
    for stem, ending in _parts(real):
        for counter in range(1, 1000):
            number = f" ({counter})" if counter > 1 else ""
            yield f"{stem} {clock:%Y-%m-%d %H%M%S}{number}{ending}"


def _parts(real: Path) -> dict[tuple[str, str], None]:
    ending = real.suffix if len(real.suffix) <= _ENDING else ""
    return dict.fromkeys(((real.stem, real.suffix), (shortened(real.stem), ending)))


def forget_old(real: Path, newest: Path) -> None:
    """Keep the newest; a backup that cannot be deleted is no reason to fail."""
    stems = "|".join(re.escape(stem) for stem, _ in _parts(real))
    endings = "|".join(re.escape(ending) for _, ending in _parts(real))
    date = r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{6})(?: \(([0-9]+)\))?"
    ours = re.compile(f"(?:{stems}) {date}(?:{endings})", re.DOTALL)
    with suppress(OSError):
        found = [(ours.fullmatch(each.name), each) for each in newest.parent.iterdir()]
        dated = sorted((match[1], int(match[2] or 1), each) for match, each in found if match)
        for *_, each in dated[:-KEPT]:
            if each != newest:  # the clock may have gone back
                each.unlink()
