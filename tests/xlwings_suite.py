"""Runs xlwings' own test suite against the LibreOffice engine.

::

    python tests/xlwings_suite.py PATH_TO_XLWINGS_CHECKOUT [FILE ...] [--json] [--here]

The checkout's tests are copied to a temporary folder, beside a conftest that makes the
engine the active one; nothing of xlwings' repository is kept here and nothing is written
there.  Each file is a process of its own.  The last line reads
"N passed, N failed, N skipped"; docs/xlwings-suite.md says why each failure is one.

The tests are older than today's pandas, so they run in an environment of their own with the
packages of their time, locked in tests/xlwings_suite.lock and gone afterwards.  ``--here``
runs them with the packages of the Python that runs this, as does a computer that may not
install: tests that miss a package are then skipped.  xlwings' tests count a
NotImplementedError as skipped.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import asdict, dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tests" / "xlwings_suite.lock"
FILES = (
    "test_active.py",
    "test_app.py",
    "test_book.py",
    "test_characters.py",
    "test_chunking.py",
    "test_conversion.py",
    "test_converter_json.py",
    "test_fileformats.py",
    "test_font.py",
    "test_names.py",
    "test_ndim.py",
    "test_polars.py",
    "test_range.py",
    "test_shape.py",
    "test_sheet.py",
    "test_table.py",
)
REMOTE = "xlwings' remote and Lite engines (xlwings.pro): no desktop program takes part"
LEFT_OUT = {
    "test_async_load.py": REMOTE,
    "test_caller.py": REMOTE,
    "test_custom_functions_officejs.py": REMOTE,
    "test_custom_scripts_call.py": REMOTE,
    "test_jsnull.py": REMOTE,
    "test_object_handles.py": REMOTE,
    "test_streaming_callback.py": REMOTE,
    "test_streaming_lifecycle.py": REMOTE,
    "test_e2e.py": "Excel's VBA add-in and a licence key of xlwings PRO",
    "test_markdown.py": "xlwings.pro, and Windows only",
    "reports": "xlwings.reports, which needs a licence key of xlwings PRO",
    "restapi": "xlwings' REST server; flask is needed and no engine is chosen there",
    "test_engines": "the readers of files and the remote engine: no desktop program takes part",
    "udfs": "functions that Excel for Windows calls through COM",
}
CONFTEST = """\
from riskbook.edge import libreoffice

libreoffice.activate()
"""
LONGEST = 1200  # seconds that one file may take


@dataclass
class Result:
    """What came of one file."""

    file: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    cases: list[dict[str, str]] = field(default_factory=list)  # those that did not pass

    def line(self) -> str:
        """One row of the table."""
        return f"{self.file:<28}{self.passed:>8}{self.failed:>8}{self.skipped:>9}"


def main(arguments: list[str]) -> int:
    """Run the files and print what came of each; 1 if the checkout is none."""
    parser = argparse.ArgumentParser(description="xlwings' own tests on LibreOffice")
    parser.add_argument("checkout", type=Path, help="a checkout of xlwings' repository")
    parser.add_argument("files", nargs="*", default=FILES, help="only these files")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--here", action="store_true", help="use the packages of this Python")
    given = parser.parse_args(arguments)
    source = given.checkout / "tests"
    if not (source / "test_range.py").is_file():
        say(f"{given.checkout} is no checkout of xlwings' repository: it has no tests/.")
        return 1
    with tempfile.TemporaryDirectory(prefix="xlwings-suite-") as folder:
        tests = Path(folder) / "tests"
        shutil.copytree(source, tests)
        (tests / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        python = sys.executable if given.here else with_packages(Path(folder) / "venv")
        if not given.json:
            say(f"{'file':<28}{'passed':>8}{'failed':>8}{'skipped':>9}")
        results = []
        for file in given.files:
            results.append(run(python, tests, file))
            if not given.json:
                say(results[-1].line())
        tell(results, sorted(new_files(source)), as_json=given.json)
    return 0


def with_packages(folder: Path) -> str:
    """A Python with the packages of the tests' time; this one where they cannot be had."""
    try:
        venv.create(folder, with_pip=True)
        python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        locked = [*pip, "--require-hashes", "-r", str(LOCK)]
        subprocess.run(locked, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        sys.stderr.write("the locked packages cannot be installed: running with those here\n")
        return sys.executable
    return python


def run(python: str, tests: Path, file: str) -> Result:
    """One file in a process of its own, its results read from pytest's report."""
    report = tests.parent / f"{file}.xml"
    command = [python, "-m", "pytest", "-q", "--tb=line", f"--junitxml={report}"]
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(ROOT), before] if before else [str(ROOT)])
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": path}
    try:
        done = subprocess.run(
            [*command, f"tests/{file}"],
            cwd=tests.parent,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return broken(file, f"took more than {LONGEST} seconds")
    if not report.is_file():
        return broken(file, done.stdout[-500:] + done.stderr[-500:])
    return read(file, report)


def broken(file: str, why: str) -> Result:
    """A file that ended without a report."""
    return Result(
        file, failed=1, cases=[{"test": "(the whole file)", "outcome": "failed", "why": why}]
    )


def read(file: str, report: Path) -> Result:
    """The counts of a report, and the cases that did not pass."""
    result = Result(file)
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = case.get("name") or "(the whole file)"
        bad = [each for each in case if each.tag in ("failure", "error", "skipped")]
        if not bad:
            result.passed += 1
            continue
        why = " ".join((bad[0].get("message") or bad[0].text or "").split())
        missing = missing_package(bad[0].text or "")
        if bad[0].tag == "skipped" or missing:
            result.skipped += 1
            outcome, why = "skipped", missing or why
        else:
            result.failed += 1
            outcome = "failed"
        result.cases.append({"test": name, "outcome": outcome, "why": why})
    return result


def missing_package(text: str) -> str:
    """The sentence about a package that is not installed."""
    found = re.search(r"No module named \S+|requires the \w+ package", text)
    return found[0] if found else ""


def new_files(source: Path) -> set[str]:
    """Test files that this script does not know yet."""
    known = {*FILES, *LEFT_OUT}
    return {path.name for path in source.glob("test_*")} - known


def tell(results: list[Result], unknown: list[str], *, as_json: bool) -> None:
    """Everything that did not pass, what was left out, and the sum."""
    sums = {
        name: sum(getattr(each, name) for each in results)
        for name in ("passed", "failed", "skipped")
    }
    if as_json:
        say(json.dumps({**sums, "files": [asdict(each) for each in results]}, indent=2))
        return
    for result in results:
        for case in result.cases:
            say(f"{case['outcome']}: {result.file}::{case['test']}: {case['why'][:200]}")
    for file, why in LEFT_OUT.items():
        say(f"left out: {file}: {why}")
    for file in unknown:
        say(f"left out: {file}: not known to this script")
    say("{passed} passed, {failed} failed, {skipped} skipped".format(**sums))


def say(text: str) -> None:
    """Print at once: the files take minutes."""
    print(text, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
