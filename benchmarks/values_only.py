"""A values-only workbook of 10,000 rows, beside XlsxWriter alone, openpyxl and pandas.

    python benchmarks/values_only.py [RUNS]

A made-up register of 10,000 risks is read once.  Each run times in turn, each to the bytes
of a workbook: riskbook's writer (every text looked at for formulas and for its length), the
same cells written by XlsxWriter alone, by openpyxl's write-only mode and by pandas (whose
frames are made beforehand), and riskbook's whole way from the register, with tables and
control totals.  All write the same sheets; only the ratios are worth anything.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import xlsxwriter

from riskbook.app import Outcome
from riskbook.core import layout
from riskbook.core.profile import Profile
from riskbook.core.reading import read
from riskbook.core.scores import score
from riskbook.core.summary import summarise
from riskbook.edge.documents import profiles
from riskbook.edge.exporting import xlsx
from riskbook.edge.exporting.controls import UNKNOWN, checked
from riskbook.edge.exporting.tables import Tables
from riskbook.edge.xlsx.alive import live

ROWS = 10_000
ALONE = "XlsxWriter alone"
WORDS = ["flood", "fraud", "fire", "staff", "income", "school", "road", "care", "-", "contract"]
CHOICES = {"category": ("Strategic", "Financial"), "owner": ("A Smith", "B Jones", "C Patel")}
TEXTS = {"title": 8, "service": 2, "consequences": 20, "controls": 30, "update": 12}


def register() -> dict[str, Any]:
    """10,000 made-up risks, one text in ten of the longer ones begins like a formula."""
    dice = random.Random(1)
    risks = [
        {
            "ref": f"R{number}",
            "review_date": "March 2022",
            **{field: dice.choice(names) for field, names in CHOICES.items()},
            **{field: " ".join(dice.choices(WORDS, k=size)) for field, size in TEXTS.items()},
            **{
                f"{stage}_{axis}": dice.randint(1, 5)
                for stage in ("gross", "nett", "target")
                for axis in ("likelihood", "impact")
            },
        }
        for number in range(1, ROWS + 1)
    ]
    return {"about": {"title": "Benchmark", "as_at": "2021-06-30"}, "risks": risks}


def looked(profile: Profile) -> Outcome:
    """The register as it was read and scored; nothing is looked for in it."""
    reading = read(layout.grids(profile, register()), profile)
    scores = score(reading.register, profile)
    return Outcome(
        profile=profile,
        as_at=date(2021, 6, 30),
        reading=reading,
        scores=scores,
        summary=summarise(reading.register, scores, profile),
        findings=(),
    )


def by_xlsxwriter(tables: Tables) -> bytes:
    """Each cell by the method for its type: the least that XlsxWriter can be asked."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, (columns, lines) in tables.items():
        sheet = book.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        for row, line in enumerate(lines, start=1):
            for place, column in enumerate(columns):
                value = line.get(column)
                if isinstance(value, str):
                    sheet.write_string(row, place, value)
                elif value is not None:
                    sheet.write_number(row, place, value)
    book.close()
    return stream.getvalue()


def by_openpyxl(tables: Tables) -> bytes:
    """Row by row, in the mode that is made for large files."""
    book = openpyxl.Workbook(write_only=True)
    for name, (columns, lines) in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for line in lines:
            sheet.append([line.get(column) for column in columns])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_pandas(frames: dict[str, Any]) -> bytes:
    """Each frame through ``to_excel``, with XlsxWriter beneath it."""
    stream = BytesIO()
    with pd.ExcelWriter(stream, engine="xlsxwriter") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return stream.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Time each way in turn and print the ratios of the medians."""
    outcome = looked(profiles.load("council-5x5"))
    tables = checked(outcome, UNKNOWN)
    frames = {
        name: pd.DataFrame(lines, columns=list(columns), dtype=object)
        for name, (columns, lines) in tables.items()
    }
    ways: dict[str, Callable[[], object]] = {
        "riskbook's writer": lambda: xlsx.write("Benchmark", tables, (), {}),
        ALONE: lambda: by_xlsxwriter(tables),
        "openpyxl, write-only": lambda: by_openpyxl(tables),
        "pandas, to_excel": lambda: by_pandas(frames),
        "riskbook from the register": lambda: xlsx.write(
            "Benchmark", checked(outcome, UNKNOWN), (), {}
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, work in ways.items():
            times[name].append(seconds(work))
    cells = [v for _, lines in tables.values() for line in lines for v in line.values()]
    quoted = sum(isinstance(value, str) and live(value) for value in cells)
    print(f"{ROWS:,} risks, {len(cells):,} cells, {quoted:,} of them like formulas")
    print(f"{runs} runs, medians; {ALONE} is 1")
    alone = statistics.median(times[ALONE])
    for name, found in times.items():
        print(f"  {name:<28}{statistics.median(found) / alone:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
