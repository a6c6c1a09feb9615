"""Planted code beside and inside the workbook, and the exact command of each button.

::

    riskbook build-templates --interpreter PYTHON -> what each button runs -> run it in a folder of
    planted modules, archives and settings -> no planted module has left its mark

The same planted files do leave their mark under the defaults of xlwings, so the test can fail.
What a button runs is :mod:`riskbook.edge.macros.lines`, which ``test_buttons.py`` compares with
what the macros hand over; the program and the settings are read from the built files.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from riskbook.cli import cli
from riskbook.core import settings
from riskbook.core.commands import COMMANDS
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros import facts, lines, parts, project
from riskbook.edge.macros.lines import Start
from riskbook.edge.xlsx.package import Package
from tests.support import ROOT

NAMES = [command.name for command in COMMANDS]
MODULES = ("riskbook", "openpyxl", "xlwings", "click", "json", "sitecustomize", "usercustomize")
HOSTILE = {"INTERPRETER_WIN": "python", "ADD_WORKBOOK_TO_PYTHONPATH": "True"}


@dataclass(frozen=True)
class Scene:
    """A folder of somebody else's, with a workbook and what was planted beside it."""

    folder: Path
    marks: Path  # where a planted module leaves its mark
    program: str  # of the add-in's buttons, as built
    settings: Mapping[str, str]  # of the workbook's buttons, as built

    @property
    def book(self) -> str:
        return str(self.folder / "Register.xlsm")

    def run(self, start: Start, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a button's command, in the folder of the workbook where it names none."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        return subprocess.run(
            start.arguments,
            cwd=start.folder or self.folder,
            env={**inherited, "HOME": str(self.folder), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def marked(self) -> list[str]:
        """The planted modules that ran since the last look."""
        found = sorted(path.name for path in self.marks.iterdir())
        for path in self.marks.iterdir():
            path.unlink()
        return found


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("planted")
    built, folder, marks = home / "built", home / "Council's risks", home / "marks"
    for path in (folder, marks):
        path.mkdir()
    made = CliRunner().invoke(
        cli, ["build-templates", "--out", str(built), "--interpreter", sys.executable]
    )
    assert made.exit_code == 0, made.output
    (folder / "Register.xlsm").write_bytes((built / "council-5x5.xlsm").read_bytes())
    plant(folder, marks)
    tab = Package.parse((built / "riskbook.xlam").read_bytes()).part(parts.PROJECT)
    programs = facts.programs_in(project.modules_of(tab))
    sheet = FileBook.open(built / "council-5x5.xlsm").read([settings.SHEET])[settings.SHEET]
    rows = {sheet.at(row, 1).text: sheet.at(row, 2).text for row in range(1, 21)}
    assert programs["INTERPRETER_WIN"] == rows["INTERPRETER_WIN"] == sys.executable
    return Scene(folder, marks, programs["INTERPRETER_WIN"], rows)


def plant(folder: Path, marks: Path) -> None:
    """Modules under names that riskbook imports: as files, packages, archives and settings."""
    with zipfile.ZipFile(folder / "Register.zip", "w") as archive:
        for name in MODULES:
            mark = f"open({str(marks / name)!r}, 'a').close()\n"
            (folder / f"{name}.py").write_text(mark, encoding="utf-8")
            archive.writestr(f"{name}.py", mark)
    for package in ("riskbook", "xlwings"):
        (folder / package).mkdir()
        mark = f"open({str(marks / package)!r}, 'a').close()\n"
        for module in ("__init__", "excel", "utils"):
            (folder / package / f"{module}.py").write_text(mark, encoding="utf-8")
    text = "".join(f'"{key}","{value}"\n' for key, value in HOSTILE.items())
    (folder / "xlwings.conf").write_text(text, encoding="utf-8")
    (folder / ".xlwings").mkdir()
    (folder / ".xlwings" / "xlwings.conf").write_text(text, encoding="utf-8")
    (folder / "pyvenv.cfg").write_text(f"home = {folder}\n", encoding="utf-8")


@pytest.mark.parametrize("command", NAMES)
def test_a_button_of_the_add_in_runs_no_planted_code(scene: Scene, command: str) -> None:
    start = lines.outside(scene.program, command, scene.book, "0")
    ran = scene.run(start, PYTHONPATH=str(scene.folder))
    assert scene.marked() == []
    # riskbook itself was reached: it says that no program has the workbook open
    assert ran.returncode == 2
    assert "Register.xlsm is not open in Excel or LibreOffice" in ran.stderr


def test_under_the_flags_of_the_add_in_every_module_is_the_installation_s(scene: Scene) -> None:
    module = "import riskbook, openpyxl, xlwings, click, json"
    shown = f"{module}; print(riskbook.__file__); import sys; print(sys.path)"
    ran = scene.run(Start(arguments=(scene.program, "-I", "-B", "-c", shown)))
    assert scene.marked() == []
    where, path = ran.stdout.splitlines()
    assert Path(where) == ROOT / "riskbook" / "__init__.py"
    assert str(scene.folder) not in path


@pytest.mark.parametrize("command", NAMES)
def test_a_button_of_a_workbook_runs_no_planted_code(scene: Scene, command: str) -> None:
    start = lines.inside(scene.program, command, scene.book, scene.settings)
    assert start.folder == str(Path(sys.executable).parent)
    ran = scene.run(start)
    assert scene.marked() == []
    assert "No module named" not in ran.stderr


def test_by_the_workbook_s_settings_every_module_is_the_installation_s(scene: Scene) -> None:
    start = lines.inside(scene.program, "refresh", scene.book, scene.settings)
    called = lines.python_of("refresh")
    assert start.arguments[3].endswith(called)
    shown = "import riskbook, openpyxl, xlwings, click, json, sys; print(riskbook.__file__); "
    shown += "print(sys.path)"
    code = start.arguments[3].replace(called, shown)
    arguments = (*start.arguments[:3], code, *start.arguments[4:])
    ran = scene.run(Start(arguments=arguments, folder=start.folder))
    assert scene.marked() == []
    where, path = ran.stdout.splitlines()
    assert Path(where) == ROOT / "riskbook" / "__init__.py"
    assert str(scene.folder) not in path


def test_the_same_files_do_run_under_the_defaults_of_xlwings(scene: Scene) -> None:
    """Without settings the folder of the workbook and Register.zip come first."""
    start = lines.inside(scene.program, "refresh", scene.book, {})
    scene.run(start)
    assert scene.marked() == ["riskbook"]


def test_the_archive_alone_runs_under_the_defaults_of_xlwings(scene: Scene, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "Register.zip").write_bytes((scene.folder / "Register.zip").read_bytes())
    start = lines.inside(scene.program, "refresh", str(alone / "Register.xlsm"), {})
    scene.run(start)
    assert scene.marked() == ["riskbook"]


def test_the_same_files_do_run_without_the_flag_that_isolates(scene: Scene) -> None:
    start = lines.outside(scene.program, "refresh", scene.book, "0")
    arguments = tuple(word for word in start.arguments if word != "-I")
    scene.run(Start(arguments=arguments))
    assert "riskbook" in scene.marked()


def test_hostile_settings_would_run_them_and_the_macros_refuse_such_settings(scene: Scene) -> None:
    """What RiskbookSettings refuses (test_buttons.py), run all the same: it is worth refusing."""
    hostile = {**scene.settings, "ADD_WORKBOOK_TO_PYTHONPATH": "True"}
    scene.run(lines.inside(scene.program, "refresh", scene.book, hostile))
    assert scene.marked() == ["riskbook"]
    planted = {**scene.settings, "PYTHONPATH": str(scene.folder)}
    scene.run(lines.inside(scene.program, "refresh", scene.book, planted))
    assert scene.marked() == ["riskbook"]


def test_a_semicolon_in_the_name_would_run_them_and_the_macros_refuse_such_a_name(
    scene: Scene, tmp_path: Path
) -> None:
    """The name is split at each semicolon, and the seventh piece is taken for a folder."""
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "riskbook.py").write_bytes((scene.folder / "riskbook.py").read_bytes())
    book = f"{tmp_path}/a;;;;;{folder}"
    scene.run(lines.inside(scene.program, "refresh", book, scene.settings))
    assert scene.marked() == ["riskbook"]


@pytest.mark.parametrize("flags", [(), ("-I", "-B")])
def test_a_command_of_the_module_looks_for_no_package_where_it_is_run(
    scene: Scene, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    for name in (*MODULES, "jsonschema", "xlsxwriter", "unicodedata"):
        if name != "riskbook":  # what Python itself looks for there, without -I
            mark = f"open({str(scene.marks / name)!r}, 'a').close()\n"
            (tmp_path / f"{name}.py").write_text(mark, encoding="utf-8")
    command = (sys.executable, *flags, "-m", "riskbook", "check", scene.book)
    done = scene.run(Start(arguments=command, folder=str(tmp_path)))

    assert done.returncode == 0, done.stderr
    assert scene.marked() == []
