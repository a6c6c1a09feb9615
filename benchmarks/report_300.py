"""The committee report of 300 risks as PDF, beside typst alone and beside LibreOffice.

    python benchmarks/report_300.py [RUNS]

Each run times, in turn: the PDF of a register that was read (laying it out, typst), the
whole of `riskbook report` but for the start of Python (the gate over the whole workbook,
reading, checks and scores before that), typst alone on the very source and JSON that
riskbook gave it, and LibreOffice's own PDF of the refreshed workbook, with its start.  The
workbook holds the register, the summary sheets and one printed page for each risk.  Only
ratios are printed as results; seconds depend on the machine.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from riskbook import app
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.paper import pdf
from riskbook.edge.paper.printed import paper_of
from riskbook.edge.template.looks import looks

RISKS = 300
SAMPLE = "dacorum-2021"
LIMIT = 1.5  # times typst alone, at most


def register() -> dict[str, Any]:
    """A sample's risks over and over, each with a reference of its own."""
    document = dict(registers.load(SAMPLE))
    risks = [risk for risk in document["risks"] if not risk["ref"].endswith("R04")]
    document["risks"] = [
        {**risks[number % len(risks)], "ref": f"PP_R{number + 1:03}"} for number in range(RISKS)
    ]
    return document


def whole(path: Path, profile: Profile) -> bytes:
    """What `riskbook report` does between its arguments and the file."""
    return pdf.render(app.check(FileBook.open(path), profile, None, Judge()))


def of_register(path: Path, profile: Profile) -> Callable[[], object]:
    """The PDF of a register that was read and checked already."""
    outcome = app.check(FileBook.open(path), profile, None, Judge())
    return lambda: pdf.render(outcome)


def typst_alone(path: Path, profile: Profile) -> Callable[[], object]:
    """Typst on the source and the JSON that the report of a workbook hands to it."""
    outcome = app.check(FileBook.open(path), profile, None, Judge())
    told = pdf.handed_over(paper_of(outcome), looks(profile))
    fonts = typst.Fonts(include_system_fonts=False)

    def work() -> object:
        compiler = typst.Compiler(pdf.source(), font_paths=fonts, sys_inputs={"report": told})
        return compiler.compile(format="pdf", pdf_standards=["ua-1"])

    return work


def libreoffice(path: Path, folder: Path) -> None:
    """The workbook as LibreOffice prints it, with a profile of its own."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as office:
        try:
            office.wait(timeout=900)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)
    if not (folder / path.with_suffix(".pdf").name).exists():
        raise SystemExit("LibreOffice made no PDF.")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Time each way in turn and print the ratios of the medians."""
    profile = profiles.load(registers.load(SAMPLE)["profile"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "Register.xlsx"
        path.write_bytes(made(profile, register())[0].data)
        book = FileBook.open(path)
        app.refresh(book, profile, None, Judge())
        ways: dict[str, Callable[[], object]] = {
            "typst alone": typst_alone(path, profile),
            "riskbook's PDF": of_register(path, profile),
            "riskbook report": lambda: whole(path, profile),
        }
        if shutil.which("soffice"):
            ways["LibreOffice's PDF"] = lambda: libreoffice(path, folder)
        pages = pdf.page_count(whole(path, profile))
        printed = folder / path.with_suffix(".pdf").name
        times = [{name: seconds(work) for name, work in ways.items()} for _ in range(runs)]
        theirs = pdf.page_count(printed.read_bytes()) if printed.exists() else 0
    print(f"{RISKS} risks, {pages} pages (LibreOffice: {theirs}), {runs} runs, medians")
    for name in ways:
        # each run's own ratio, so that a machine that is busy for a while is busy for both
        ratio = statistics.median(run[name] / run["typst alone"] for run in times)
        print(f"  {name:<18}{ratio:8.2f} x typst alone")
    print(f"  at most {LIMIT} x typst alone is wanted of riskbook's PDF")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
