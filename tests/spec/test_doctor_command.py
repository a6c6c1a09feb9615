"""`riskbook doctor` as people and scripts meet it: lines, JSON, exit codes, and its guide."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from riskbook.cli import cli
from riskbook.core.commands import COMMANDS
from riskbook.edge import doctor
from riskbook.edge.doctor.facts import Book, Machine
from tests.support import ROOT

GUIDE = (ROOT / "docs" / "it-guide.md").read_text(encoding="utf-8")
WORKBOOK = ROOT / "workbook_templates" / "council-5x5.xlsm"


def run(*args: object) -> Result:
    found = CliRunner().invoke(cli, ["doctor", *map(str, args)])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code != 3, found.output  # riskbook itself failed
    return found


FACTS: dict[str, Any] = {
    "system": "linux",
    "python": (3, 11, 9),
    "executable": "/opt/riskbook/bin/python3",
    "packages": {},
    "exists": lambda path: True,
}


def sound(**facts: object) -> doctor.Report:
    return doctor.judged(Machine(**(FACTS | facts)), None)


def test_people_read_what_is_installed_what_runs_and_what_is_in_the_way() -> None:
    found = run(WORKBOOK)

    heads = [line for line in found.output.splitlines() if line[:1].strip()]
    assert heads[:3] == [
        "Installed",
        "What each button runs, with its own word in the place of refresh",
        "Obstacles",
    ]
    assert re.fullmatch(r"(\d+ things? stands?|Nothing stands) in the way(; \d+ .*)?\.", heads[3])
    for command in COMMANDS:
        assert re.search(rf"^  {command.label} +{command.name} ", found.output, re.MULTILINE)
    assert re.search(r"^  ok     workbook +council-5x5\.xlsm can be opened\.$", found.output, re.M)


def test_every_line_but_a_command_fits_a_window() -> None:
    lines = run("no such file.xlsx").output.splitlines()

    assert [line for line in lines if len(line) > 100 and "-m riskbook.excel" not in line] == []


def test_scripts_read_one_object() -> None:
    found = run("--json", WORKBOOK)

    document = json.loads(found.output)
    assert list(document) == ["installed", "buttons", "obstacles"]
    assert {each["state"] for each in document["obstacles"]} <= {"ok", "found", "unknown"}
    python = next(each for each in document["installed"] if each["name"] == "Python")
    assert python["where"] == sys.executable
    assert f'-I -B -m riskbook.excel check --book "{WORKBOOK}"' in document["buttons"][1]["runs"]
    for each in document["obstacles"]:
        assert bool(each["fix"]) is (each["state"] != "ok")


@pytest.mark.parametrize(("facts", "code"), [({}, 0), ({"uncompiled": 1}, 1)])
def test_the_exit_code_says_whether_anything_is_in_the_way(
    facts: dict[str, object], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda file: sound(**facts))

    assert run().exit_code == code
    assert run("--json").exit_code == code


def test_a_request_that_makes_no_sense_exits_with_2() -> None:
    assert run("one.xlsx", "two.xlsx").exit_code == 2


def test_a_refused_file_is_a_line_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_text("no workbook", encoding="utf-8")

    found = run(path)

    assert found.exit_code == 1
    assert re.search(r"^  FOUND  workbook +Register\.xlsx ", found.output, re.MULTILINE)


def test_an_address_keeps_its_two_slashes() -> None:
    found = run("--json", "https://council.example/Register.xlsx")

    obstacle = {each["name"]: each for each in json.loads(found.output)["obstacles"]}
    assert obstacle["cloud-path"]["state"] == "found"
    # what the add-in hands over is the name alone, as no address is opened
    assert '--book "Register.xlsx"' in json.loads(found.output)["buttons"][0]["runs"]


def test_a_file_cannot_speak_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    module = {"xlwings": 'XLWINGS_VERSION As String = "\x1b]0;\x07\x9b9"'}
    book = Book(name="R.xlsm", path="/r/\x1b[2JR.xlsm", modules=module)
    report = doctor.judged(Machine(**FACTS), book)
    monkeypatch.setattr(doctor, "examine", lambda file: report)

    output = run().output

    assert r"the module of xlwings \x1b]0;\x07\x9b9" in output
    assert all(each.isprintable() or each == "\n" for each in output)


def test_obstacles_that_say_the_same_are_said_once() -> None:
    lines = run().output.splitlines()

    assert sum("No workbook was given" in line for line in lines) == 1
    assert sum(line.endswith("likewise") for line in lines) == 6


BARE = """
import sys
for name in "xlwings pandas numpy openpyxl xlsxwriter jsonschema pyopenvba typst".split():
    sys.modules[name] = None
import subprocess
def start(*args, **kwargs):
    raise AssertionError("the doctor starts nothing")
subprocess.Popen.__init__ = start
from riskbook.cli import cli
cli()
"""


def test_it_works_without_the_packages_that_it_reports_on_and_starts_nothing() -> None:
    command = [sys.executable, "-I", "-W", "error", "-c", BARE, "doctor", "--json", str(WORKBOOK)]

    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert found.stderr == ""
    assert found.returncode in (0, 1)
    obstacle = {each["name"]: each for each in json.loads(found.stdout)["obstacles"]}
    assert obstacle["workbook"]["state"] == "ok"
    assert "pyopenvba is not installed" in obstacle["xlwings-version"]["what"]


def test_it_answers_in_well_under_a_second() -> None:
    command = [sys.executable, "-m", "riskbook", "doctor", str(WORKBOOK)]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, timeout=60, check=False)
        times.append(time.perf_counter() - start)

    assert min(times) < 1.0


def test_nothing_in_the_folder_of_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsm"
    path.write_bytes(WORKBOOK.read_bytes())

    run(path)

    assert [each.name for each in tmp_path.iterdir()] == ["Register.xlsm"]
    assert path.read_bytes() == WORKBOOK.read_bytes()


def test_every_obstacle_and_every_key_stands_in_the_guide() -> None:
    document = sound().document()

    rows = re.findall(r"^\| .+ \| `([a-z-]+)` \| .+ \|$", GUIDE, re.MULTILINE)
    assert sorted(set(rows)) == sorted(each["name"] for each in document["obstacles"])
    keys = {
        *document,
        *document["installed"][0],
        *document["buttons"][0],
        *document["obstacles"][0],
    }
    assert [key for key in keys if f"`{key}`" not in GUIDE] == []


def test_the_guide_names_the_places_that_the_program_uses() -> None:
    from riskbook.edge.disk.saving import BACKUPS
    from riskbook.edge.doctor.programs import default_program

    for place in (*map(default_program, ("win32", "darwin", "linux")), BACKUPS):
        assert place in GUIDE
    for log in (
        r"%LOCALAPPDATA%\riskbook\riskbook.log",
        "~/Library/Logs/riskbook/riskbook.log",
        "~/.local/state/riskbook/riskbook.log",
    ):
        assert log in GUIDE
