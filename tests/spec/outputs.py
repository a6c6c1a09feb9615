"""What the tests of report, snapshot and new-period share: places with workbooks, bad files."""

import json
from pathlib import Path

import pytest

from riskbook.edge.documents import profiles, registers
from riskbook.edge.making import made
from tests.spec.test_cli import BAD, assert_polite, everything, run
from tests.support import sample

NAMES = registers.samples()


def fill(folder: Path) -> Path:
    """The workbook of each sample in a folder, under its name."""
    for name in NAMES:
        document = sample(name)
        book, _ = made(profiles.load(document["profile"]), document)
        (folder / f"{name}.xlsx").write_bytes(book.data)
    return folder


def refused(command: str, case: str, place: Path) -> None:
    """A bad file gives one sentence and a fix, and the folder stays as it was."""
    make, sentence, fix = BAD[case]
    (place / "Register.xlsx").write_bytes((place / "dacorum-2021.xlsx").read_bytes())
    profile = json.dumps(profiles.document("operational-4x4"))
    (place / "own.json").write_text(profile, encoding="utf-8")
    path = make(place)
    before = everything(place)
    assert_polite(run(command, path), sentence, fix)
    assert everything(place) == before


def impolite(place: Path, *args: object) -> tuple[str, str]:
    """The sentence and the fix of a command that was refused and changed nothing."""
    before = everything(place)
    found = run(*args)
    assert_polite(found, "", "")
    assert everything(place) == before
    sentence, _, fix = found.stderr.removeprefix("riskbook: ").partition("\n  To fix: ")
    return sentence, fix


def copied(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of filled workbooks in a folder to be in."""
    for path in filled.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path
