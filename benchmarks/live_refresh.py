"""A live refresh of 300 risks in LibreOffice, beside opening the same workbook there.

    python benchmarks/live_refresh.py [RUNS]

In one LibreOffice, each run times in turn: opening the workbook, pressing Refresh on it
after one level was changed (read, check, score, write, recalculate, compare), and the same
refresh of the closed file.  Only ratios are printed as results; seconds depend on the
machine.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings
from refresh_5mb import register

from riskbook import app, excel
from riskbook.core.profile import Profile
from riskbook.edge import libreoffice
from riskbook.edge.documents import profiles
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made

PROFILE = "operational-4x4"
LEVEL = "Inherent Probability"


def timed(times: dict[str, list[float]], name: str, work: Callable[[], Any]) -> Any:
    """Do something and keep the time that it took."""
    start = time.perf_counter()
    found = work()
    times.setdefault(name, []).append(time.perf_counter() - start)
    return found


def one_run(calc: Any, path: Path, profile: Profile, times: dict[str, list[float]]) -> None:
    """Open, change, refresh, close; then the same on the file."""
    book = timed(times, "open", lambda: calc.books.open(path))
    risks = book.sheets[profile.risks.sheet]
    column = [each.heading for each in profile.risks.columns].index(LEVEL)
    cell = risks[4, column]
    cell.value = 3 if cell.value == 2 else 2
    sentence = timed(times, "refresh live", lambda: excel.refresh(book))
    assert sentence.startswith("300 risks"), sentence
    book.close()
    file = FileBook(path.read_bytes(), path.name)
    timed(times, "refresh the file", lambda: app.refresh(file, profile, None, Judge()))


def main(runs: int) -> None:
    """Print how long each way takes compared with opening."""
    profile = profiles.load(PROFILE)
    times: dict[str, list[float]] = {}
    libreoffice.activate()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Register.xlsx"
        path.write_bytes(made(profile, register())[0].data)
        calc = xlwings.App(visible=False, add_book=False)
        try:
            for _ in range(runs):
                one_run(calc, path, profile, times)
        finally:
            calc.kill()
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, seconds in medians.items():
        print(f"{name:<18}{seconds / medians['open']:>8.2f} x opening   (median {seconds:.2f} s)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
