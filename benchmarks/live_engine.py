"""A block of 2,000 x 20 cells through the LibreOffice engine, beside four other ways.

    python benchmarks/live_engine.py [RUNS]

Numbers and texts, half of each.  In one LibreOffice, each run times in turn the block
written and read through xlwings (``Range.value``, and ``raw_value``, which leaves xlwings'
own conversion out), the same block set and read by a script inside LibreOffice without
riskbook, and cell by cell through xlwings on a smaller block, scaled to as many cells;
beside them openpyxl fills and saves, and loads and reads, a file of the same block.

Only the ratios of one run are worth anything; seconds depend on the machine.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import xlwings

from riskbook.edge import libreoffice

ROWS, COLUMNS = 2000, 20
FEW = 20  # rows that are written cell by cell
Block = list[list[Any]]
Times = dict[str, list[float]]

# runs in LibreOffice's own Python and takes the time there: nothing of riskbook is in it
BARE = """
import json, time

def run(path, write):
    sheet = XSCRIPTCONTEXT.getDocument().Sheets.getByIndex(0)
    with open(path, encoding="utf-8") as file:
        rows = tuple(map(tuple, json.load(file)))
    block = sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1)
    start = time.perf_counter()
    if write:
        block.setDataArray(rows)
    else:
        block.getDataArray()
    return time.perf_counter() - start
"""


def made_block() -> Block:
    """Numbers and words as a register has them."""
    dice = random.Random(1)
    words = ["flood", "fraud", "fire", "staff", "income", "school", "road", "care"]

    def cell(column: int) -> Any:
        return round(dice.random() * 25, 2) if column % 2 else " ".join(dice.choices(words, k=3))

    return [[cell(column) for column in range(COLUMNS)] for _ in range(ROWS)]


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def calc() -> Iterator[xlwings.App]:
    """A LibreOffice of its own with one empty book."""
    libreoffice.activate()
    app = xlwings.App(visible=False)
    try:
        yield app
    finally:
        app.kill()


def bare(app: xlwings.App, path: Path) -> Callable[[bool], float]:
    """The script inside LibreOffice: gives the seconds of one write or one read."""
    office = app.impl.office
    (office.home / "user" / "Scripts" / "python" / "bare.py").write_text(BARE, encoding="utf-8")
    factory = "com.sun.star.script.provider.MasterScriptProviderFactory"
    provider = app.impl.wire.create(factory)("createScriptProvider", "")
    where = "language=Python&location=user"
    script = provider("getScript", f"vnd.sun.star.script:bare.py$run?{where}")
    return lambda write: float(script("invoke", (str(path), write), (), ())[0])


def through_the_engine(sheet: xlwings.Sheet, block: Block, times: Times) -> None:
    """The whole block and its raw values, there and back."""
    whole = sheet["A1"].resize(ROWS, COLUMNS)

    def write(value: Block) -> None:
        sheet["A1"].value = value

    def write_raw() -> None:
        whole.raw_value = block

    times["write value"].append(seconds(lambda: write(block)))
    times["read value"].append(seconds(lambda: whole.value))
    times["write raw"].append(seconds(write_raw))
    times["read raw"].append(seconds(lambda: whole.raw_value))
    if whole.value != block:
        raise SystemExit("what was read is not what was written")


def cell_by_cell(sheet: xlwings.Sheet, block: Block, times: Times) -> None:
    """A few rows, one cell at a time, scaled to the whole block."""

    def write() -> None:
        for row, line in enumerate(block[:FEW]):
            for column, value in enumerate(line):
                sheet[row, column].value = value

    def read() -> None:
        for row in range(FEW):
            for column in range(COLUMNS):
                sheet[row, column].value  # noqa: B018 - reading it is the work

    times["write cells"].append(seconds(write) * ROWS / FEW)
    times["read cells"].append(seconds(read) * ROWS / FEW)


def through_openpyxl(path: Path, block: Block, times: Times) -> None:
    """Fill and save a file; load it and read every value."""

    def write() -> None:
        book = openpyxl.Workbook()
        for row in block:
            book.active.append(row)
        book.save(path)

    def read() -> None:
        list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))

    times["write openpyxl"].append(seconds(write))
    times["read openpyxl"].append(seconds(read))


def tell(times: Times) -> None:
    """Medians, cells per second, and how many times the engine's time each way takes."""
    middle = {name: statistics.median(found) for name, found in times.items()}
    names = {
        "value": "engine, Range.value",
        "raw": "engine, raw_value",
        "bare": "inside LibreOffice without riskbook",
        "cells": f"engine, cell by cell ({FEW * COLUMNS} cells, scaled)",
        "openpyxl": "openpyxl, with its file",
    }
    for way in ("write", "read"):
        ours = middle[f"{way} value"]
        for short, name in names.items():
            took = middle[f"{way} {short}"]
            rate = ROWS * COLUMNS / took
            print(f"  {way:<6}{name:<44}{took:8.3f} s{rate:12,.0f} cells/s", end="")
            print(f"   {took / ours:7.2f} times Range.value")
        print(
            f"  {way:<6}Range.value takes {ours / middle[f'{way} bare']:.2f} times the bare block"
        )
    both = {name: middle[f"write {name}"] + middle[f"read {name}"] for name in ("value", "bare")}
    print(f"  there and back: {both['value'] / both['bare']:.2f} times the bare block")


def main(runs: int) -> None:
    """Time each way in turn and print the medians and their ratios."""
    block = made_block()
    ways = ("value", "raw", "bare", "cells", "openpyxl")
    times: Times = {f"{way} {short}": [] for way in ("write", "read") for short in ways}
    with tempfile.TemporaryDirectory() as folder, calc() as app:
        path = Path(folder) / "block.json"
        path.write_text(json.dumps(block), encoding="utf-8")
        inside = bare(app, path)
        for _ in range(runs):
            sheet = app.books[0].sheets[0]
            times["write bare"].append(inside(True))
            times["read bare"].append(inside(False))
            through_the_engine(sheet, block, times)
            cell_by_cell(sheet, block, times)
            through_openpyxl(Path(folder) / "peer.xlsx", block, times)
    print(f"{ROWS} x {COLUMNS} cells, {runs} runs, medians")
    tell(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
