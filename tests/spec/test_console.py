"""What a terminal is given: no text of a register, and no file's name, can make it obey."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from riskbook.cli import cli
from riskbook.edge.documents import profiles
from riskbook.edge.making import made
from tests.support import sample

HOSTILE = "R\x1b]0;x\x07 \x9b31m\u202egnp\u2028\x0b\ufeffŵ\U0001f600"
SPELT = r"R\x1b]0;x\x07 \x9b31m\u202egnp\u2028\x0b\ufeffŵ" + "\U0001f600"


def run(*args: object) -> str:
    found = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert isinstance(found.exception, SystemExit | None), found.exception
    assert found.exit_code in (0, 1, 2), found.output
    return found.output


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in which every entry of a risk, and About, is one that a terminal obeys."""
    document = sample("dacorum-2021")
    document["about"] |= {"organisation": HOSTILE, "title": HOSTILE}
    document["risks"][0] = dict.fromkeys(set(document["risks"][0]) - {"scores"}, HOSTILE)
    path = tmp_path_factory.mktemp("console") / "Register.xlsx"
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    return path


@pytest.mark.parametrize("more", [(), ("--received",)])
def test_an_entry_is_printed_as_python_spells_it(hostile: Path, more: tuple[str, ...]) -> None:
    printed = run("check", hostile, *more)
    assert f"'{SPELT}' is not a level of Inherent Impact." in printed
    assert all(each.isprintable() or each == "\n" for each in printed)


@pytest.mark.parametrize("command", ["check", "refresh"])
def test_json_escapes_what_a_terminal_obeys_and_stays_the_same_json(
    hostile: Path, tmp_path: Path, command: str
) -> None:
    book = tmp_path / hostile.name
    book.write_bytes(hostile.read_bytes())
    printed = CliRunner().invoke(cli, [command, str(book), "--json"]).stdout
    assert all(each.isprintable() or each == "\n" for each in printed)
    told = json.dumps(json.loads(printed), ensure_ascii=False)
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in told


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_pipe_that_takes_few_letters_is_given_those(hostile: Path, encoding: str) -> None:
    """As Python writes into a file or a pipe on Windows."""
    for more in ((), ("--json",)):
        found = subprocess.run(
            [sys.executable, "-m", "riskbook", "check", str(hostile), *more],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": f"{encoding}:strict"},
            check=False,
        )
        assert found.returncode == 1, found.stderr
        assert b"Inherent Impact" in found.stdout
        if more:
            values = {each["value"] for each in json.loads(found.stdout.decode(encoding))}
            assert HOSTILE in values


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has a file that is full")
@pytest.mark.parametrize("more", ["", " --json"])
def test_a_stream_that_is_closed_or_full_is_no_crash(hostile: Path, more: str) -> None:
    command = f'"{sys.executable}" -m riskbook check "{hostile}"{more}'
    closed = subprocess.run(
        ["sh", "-c", f"{command} >&-"], capture_output=True, text=True, check=False
    )
    assert (closed.returncode, "Traceback" in closed.stderr) == (1, False)
    full = subprocess.run(
        ["sh", "-c", f"{command} >/dev/full"], capture_output=True, text=True, check=False
    )
    assert full.returncode == 2
    assert "could not be printed: No space left on device.\n  To fix: " in full.stderr
    assert "Traceback" not in full.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="such a folder cannot be removed there")
@pytest.mark.parametrize("command", ["export {} --to json", "demo", "snapshot {} ."])
def test_a_folder_that_is_gone_while_one_is_in_it_is_said(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    found = CliRunner().invoke(cli, [part.format(hostile) for part in command.split(" ")])
    monkeypatch.chdir(tmp_path)
    assert found.exit_code == 2
    assert "could not be saved: its folder or the file is not there." in found.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such names there")
@pytest.mark.parametrize("name", [b"a\x1b[2J\nb.xlsx", b"\xff\xfeb.xlsx", b"\xe2\x80\xaegnp.xlsx"])
def test_the_name_of_a_file_reaches_no_terminal_and_stops_no_command(
    hostile: Path, tmp_path: Path, name: bytes
) -> None:
    book = tmp_path / os.fsdecode(name)
    book.write_bytes(hostile.read_bytes())
    for command in (
        ("check", book),
        ("refresh", book),
        *(("export", book, tmp_path, "--to", form) for form in ("xlsx", "csv", "json")),
        ("export", book, tmp_path, "--to", "accessible"),
        ("report", book, "--checklist"),
        ("repair", book),
        ("snapshot", book),
        ("new-period", book, "--period", "2022/23 Q1"),
    ):
        printed = run(*command)
        assert "To fix: " not in printed
        assert all(each.isprintable() or each == "\n" for each in printed)
    made_here = [each for each in os.listdir(os.fsencode(tmp_path)) if each.startswith(name[:3])]
    assert len(made_here) == 16


@pytest.mark.parametrize("log", ["riskbook.log", ""])
def test_a_bug_is_said_in_a_sentence_and_logged_without_an_entry(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyError("Flood in the town hall")

    def nowhere(*_: object) -> None:
        raise PermissionError

    before = hostile.read_bytes()
    monkeypatch.setattr("riskbook.edge.disk.log.log_path", lambda: tmp_path / log)
    monkeypatch.setattr("riskbook.app.refresh", crash)
    if not log:
        monkeypatch.setattr("riskbook.edge.disk.log.write_traceback", nowhere)
    found = CliRunner().invoke(cli, ["refresh", str(hostile)])
    assert found.exit_code == 3
    where = (
        f"What went wrong is in {tmp_path / log}"
        if log
        else "It was KeyError, and no log could be written"
    )
    assert found.output == (
        f"riskbook: refresh could not finish; your files are as they were. {where}: "
        "tell whoever looks after riskbook.\n"
    )
    assert hostile.read_bytes() == before
    if log:
        kept = (tmp_path / log).read_text(encoding="utf-8")
        assert "KeyError" in kept
        assert "Flood" not in kept
