"""Refreshing one changed entry in a 5 MB workbook, beside openpyxl's load and save.

    python benchmarks/refresh_5mb.py [RUNS]

A register of 300 risks with a large sheet of the officer's own beside it.  Each run times, in
turn and in one process, each from file to file: the patch of one own sheet, the patch of
the register sheet, the whole refresh (gate, read, check, score, patch, save), and openpyxl's
load and save of the same file.  Only ratios are printed as results; seconds depend on the machine.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from riskbook import app
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.xlsx import patch
from riskbook.edge.xlsx.package import Package

RISKS = 300
PEER = "openpyxl load and save"
MEGABYTES = 5
SHEET = "xl/worksheets/sheet99.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def register() -> dict[str, Any]:
    """300 made-up risks."""
    dice = random.Random(1)
    return {
        "about": {"title": "Benchmark", "as_at": "2021-06-30", "period": "2021/22 Q1"},
        "risks": [
            {
                "ref": f"R{number}",
                "title": f"Risk number {number}",
                "owner": dice.choice(["A Smith", "B Jones", "C Patel"]),
                "gross_likelihood": dice.randint(2, 4),
                "gross_impact": 4,
                "nett_likelihood": dice.randint(1, 2),
                "nett_impact": 4,
                "controls": "- a control\n" * 8,
            }
            for number in range(1, RISKS + 1)
        ],
    }


def large(data: bytes) -> bytes:
    """The workbook with a sheet of random figures, as large as the file is to be."""
    dice = random.Random(2)
    rows: list[str] = []
    size = 0
    while size < MEGABYTES * 1_000_000 * 4.4:  # figures deflate to rather less than a quarter
        number = len(rows) + 1
        cells = "".join(
            f'<c r="{letter}{number}"><v>{dice.random():.8f}</v></c>' for letter in "ABCDEFGHIJ"
        )
        rows.append(f'<row r="{number}">{cells}</row>')
        size += len(rows[-1])
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    package = Package.parse(data)
    edits = (
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/{SHEET}" ContentType="{TYPE}"/>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rId999" Type="{RELATION}" Target="worksheets/sheet99.xml"/>',
        ),
        ("xl/workbook.xml", "</sheets>", '<sheet name="Figures" sheetId="99" r:id="rId999"/>'),
    )
    changes = {
        part: package.part(part).decode().replace(end, added + end).encode()
        for part, end, added in edits
    }
    return package.replaced({**changes, SHEET: sheet.encode()})


def change(data: bytes, turn: int) -> bytes:
    """The workbook with one level typed anew, as an officer would leave it."""
    package = Package.parse(data)
    book = FileBook(data, "benchmark")
    part = book.workbook.part_of("Risks")
    sheet = package.part(part)
    start = sheet.index(b'<c r="J5"')
    end = sheet.index(b"</c>", start)
    before = sheet[start:end]
    after = before[: before.index(b"<v>")] + f"<v>{1 + turn % 3}</v>".encode()
    return package.replaced({part: sheet[:start] + after + sheet[end:]})


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def patched(path: Path, part: str, work: Callable[[bytes], bytes]) -> None:
    """Read a file, patch one part, write another file."""
    package = Package.parse(path.read_bytes())
    path.with_suffix(".new").write_bytes(package.replaced({part: work(package.part(part))}))


def openpyxl_load_and_save(path: Path) -> None:
    """What a script that uses openpyxl does to change one cell."""
    book = openpyxl.load_workbook(path)
    book["Risks"]["J5"] = 2
    book.save(path.with_suffix(".new"))


def ways(path: Path, profile: Profile) -> dict[str, Callable[[], object]]:
    """Each way to bring the file up to date, from file to file."""
    book = FileBook.open(path)
    outcome = app.refresh(FileBook(book.data, path.name), profile, None, Judge())
    part, own = book.workbook.part_of("Risks"), book.workbook.part_of("Summary")
    results, page = app.computed(outcome), outcome.pages[0]
    styles = {cell.style: 0 for row in page.rows for cell in row.cells}
    return {
        "patch of one own sheet": lambda: patched(
            path, own, lambda xml: patch.write_page(xml, page, styles)
        ),
        "patch of the register sheet": lambda: patched(
            path, part, lambda xml: patch.set_results(xml, results).xml
        ),
        "whole refresh": lambda: app.refresh(FileBook.open(path), profile, None, Judge()),
        PEER: lambda: openpyxl_load_and_save(path),
    }


def main(runs: int) -> None:
    """Time each way in turn and print the ratios of the medians."""
    profile = profiles.load("operational-4x4")
    data = large(made(profile, register())[0].data)
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        for turn in range(runs):
            path.write_bytes(change(data, turn))
            for name, work in ways(path, profile).items():
                times.setdefault(name, []).append(seconds(work))
    peer = statistics.median(times[PEER])
    print(f"{len(data) / 1e6:.1f} MB, {RISKS} risks, {runs} runs, medians")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"  {name:<30}{median:8.3f} s   {PEER} takes {peer / median:8.1f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
