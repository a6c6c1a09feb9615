"""Lost updates: several processes count in one file, each by saving it whole.

Every one reads a number, adds one and saves; where another was quicker, it is refused and
begins again.  At the end the file must hold exactly as many as were saved.
"""

import hashlib
import multiprocessing
import tempfile
from pathlib import Path

from riskbook.edge.disk import saving
from riskbook.errors import SavingError
from tests.trust import Figure, Scale


def count(path: Path, saves: int) -> None:
    """Add one to the number in the file, so many times."""
    done = 0
    while done < saves:
        try:
            old = path.read_bytes()
            was = hashlib.sha256(old).hexdigest()
            saving.save(path, str(int(old) + 1).encode(), was=was)
        except SavingError:
            continue
        done += 1


def counted(writers: int, saves: int) -> int:
    """What the file says after so many writers each saved so many times."""
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Register.xlsx"
        path.write_bytes(b"0")
        several = [context.Process(target=count, args=(path, saves)) for _ in range(writers)]
        for process in several:
            process.start()
        for process in several:
            process.join()
        if any(process.exitcode for process in several):
            return -1
        return int(path.read_bytes())


def figure(scale: Scale) -> Figure:
    """Two writers, then four."""
    lost, total, notes = 0, 0, []
    for writers, saves in ((2, scale.of(4000, 100)), (4, scale.of(500, 20))):
        wanted = writers * saves
        seen = counted(writers, saves)
        total += wanted
        lost += wanted - seen
        notes.append(f"{writers} writers, {wanted:,} saves: the file counts {seen:,}")
    return Figure(
        name="lost updates, two writers",
        wanted="0 of 10,000",
        seen=f"{lost} of {total:,}",
        kept=lost == 0 and total >= scale.of(10_000, 280),
        notes=tuple(notes),
    )
