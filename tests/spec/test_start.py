"""What a command waits for: a check and a refresh import no heavy package, the core none at all.

Each process says itself, in a file, which modules it has when it ends.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from riskbook.edge.documents import profiles, registers
from riskbook.edge.making import made
from tests.support import ROOT

HEAVY = {"numpy", "openpyxl", "pandas", "polars", "typst", "xlsxwriter", "xlwings", "lxml"}
THIRD_PARTY = {*HEAVY, "click", "jsonschema", "python_calamine", "hypothesis", "pytest"}

# What is run before the command, in its process.
TELL = """
import atexit, sys
def tell():
    with open(sys.argv_told, "w", encoding="utf-8") as file:
        file.write("\\n".join(sys.modules))
sys.argv_told = sys.argv.pop(1)
atexit.register(tell)
"""
COMMAND = TELL + "import runpy; runpy.run_module('riskbook', run_name='__main__', alter_sys=True)"


def modules_of(code: str, folder: Path, *args: str, exits: Sequence[int] = (0,)) -> set[str]:
    """The modules that a process has at its end, packages by their first name too."""
    told = folder / "modules.txt"
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(told), *args],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert found.returncode in exits, found.stderr
    names = told.read_text(encoding="utf-8").split()
    return {*names, *(name.partition(".")[0] for name in names)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook of the sample that uses most of riskbook."""
    folder = tmp_path_factory.mktemp("start")
    document = registers.load("blackpool-2021")
    book, _ = made(profiles.load(document["profile"]), document)
    (folder / "Register.xlsx").write_bytes(book.data)
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ("check", "Register.xlsx"),
        ("check", "Register.xlsx", "--json"),
        ("refresh", "Register.xlsx"),
        ("refresh", "Register.xlsx", "--as-at", "2030-01-01"),
        ("export", "Register.xlsx", "--to", "json"),
        ("export", "Register.xlsx", "--to", "csv"),
        ("snapshot", "Register.xlsx"),
        ("profile", "list"),
    ],
    ids=" ".join,
)
def test_a_command_waits_for_no_heavy_package(args: tuple[str, ...], place: Path) -> None:
    found = modules_of(COMMAND, place, *args)
    assert "riskbook.edge.documents.profiles" in found  # it did work
    assert HEAVY & found == set()


def test_a_command_that_needs_a_heavy_package_does_import_it(place: Path) -> None:
    values = modules_of(COMMAND, place, "export", "Register.xlsx", "--to", "xlsx")
    assert {"xlsxwriter", "pandas", "openpyxl"} & values == {"xlsxwriter"}
    assert "xlsxwriter" in modules_of(COMMAND, place, "new", "council-5x5", "New.xlsx")
    assert "typst" in modules_of(COMMAND, place, "report", "Register.xlsx")


def test_the_package_alone_waits_for_nothing_and_frames_for_pandas(place: Path) -> None:
    alone = modules_of(TELL + "import riskbook", place)
    ours = {name for name in alone if name.startswith("riskbook")}
    assert ours == {"riskbook", "riskbook.errors"}
    assert THIRD_PARTY & alone == set()
    opened = TELL + "import riskbook; assert len(riskbook.open('Register.xlsx').risks) == 4"
    assert "pandas" in modules_of(opened, place)


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("check", "--help")], ids=" ".join)
def test_help_waits_for_nothing_but_click(args: tuple[str, ...], place: Path) -> None:
    found = modules_of(COMMAND, place, *args)
    assert (THIRD_PARTY - {"click"}) & found == set()
    assert not any(name.startswith(("riskbook.core", "riskbook.edge")) for name in found)


def test_a_file_that_is_refused_at_the_door_waits_for_no_reader(place: Path) -> None:
    (place / "Report.pdf").write_bytes(b"%PDF-1.7\n")
    found = modules_of(COMMAND, place, "check", "Report.pdf", exits=[2])
    assert HEAVY & found == set()


CORE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "riskbook" / "core").rglob("*.py")
)


def test_the_core_and_the_use_cases_need_the_standard_library_alone(place: Path) -> None:
    wanted = [*CORE, "riskbook.app", "riskbook.errors"]
    imports = "".join(f"import {name}\n" for name in wanted)
    # nothing that was installed can be found
    code = TELL + "sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n" + imports
    found = modules_of(code, place)
    assert set(wanted) <= found
    foreign = {name.partition(".")[0] for name in found} - {"riskbook", "__main__"}
    began_with = modules_of(TELL, place)  # what the interpreter itself brings along
    assert foreign - set(sys.stdlib_module_names) - began_with == set()
    assert not any(name.startswith("riskbook.edge") for name in found)
