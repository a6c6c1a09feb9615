"""Snapshots in a folder: sealed once, never overwritten, and what was changed is named."""

import json
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from riskbook.app import Outcome
from riskbook.core import sealing
from riskbook.edge import snapshots
from riskbook.edge.disk.lock import locked
from riskbook.edge.disk.naming import safe, with_period
from riskbook.edge.documents import registers
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.errors import RegisterError, SavingError
from tests.support import looked, sample

NOW = datetime(2021, 11, 2, 10, 15)


def of_period(period: str, **about: str) -> Outcome:
    document = sample("blackpool-2021")
    document["about"] |= {"period": period, **about}
    return looked(document)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the snapshots of three quarters."""
    place = tmp_path / snapshots.FOLDER
    for period in ("2021/22 Q1", "2021/22 Q2", "2021/22 Q3"):
        snapshots.seal(of_period(period), "Register", place)
    return place


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def seal(folder: Path, name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_bytes())
    return dict(found["seal"])


def wrong(place: Path) -> dict[str, str]:
    """The snapshots that are not as they were sealed."""
    return {each.path.name: each.problem for each in snapshots.verify(place) if each.problem}


def test_two_at_once_do_not_name_the_same_snapshot_before_them(tmp_path: Path) -> None:
    with (
        locked(tmp_path / snapshots.SEALING),
        pytest.raises(SavingError, match="a snapshot is being saved by another riskbook"),
    ):
        snapshots.seal(of_period("2021/22 Q1"), "Register", tmp_path)
    assert snapshots.seal(of_period("2021/22 Q1"), "Register", tmp_path).new


def test_a_snapshot_is_the_exported_document_with_a_seal(tmp_path: Path) -> None:
    outcome = of_period("2021/22 Q2")

    made = snapshots.seal(outcome, "Register", tmp_path / "new", workbook="ab" * 32)

    assert made.path == tmp_path / "new" / "Register 2021-22 Q2.json"
    assert made.written == (made.path,)
    document = registers.load(str(made.path))
    assert problems(document, REGISTER) == []
    facts = document.pop("seal")
    assert document == json.loads(registers.dump(outcome.document()))
    assert facts["sha256"] == made.seal
    assert {name: facts[name] for name in list(facts)[1:7]} == {
        "riskbook": "0.1.0",
        "profile": "strategic-weighted-5x5",
        "profile_version": "1.1",
        "period": "2021/22 Q2",
        "as_at": "2021-10-31",
        "workbook_sha256": "ab" * 32,
    }


def test_each_seal_names_the_one_before_it(folder: Path) -> None:
    first, second, third = (seal(folder, f"Register 2021-22 Q{n}.json") for n in (1, 2, 3))

    assert first["previous_sha256"] is None
    assert second["previous_sha256"] == first["sha256"]
    assert third["previous_sha256"] == second["sha256"]
    assert wrong(folder) == {}


def test_the_same_register_is_sealed_once(folder: Path) -> None:
    before = held(folder)

    again = snapshots.seal(of_period("2021/22 Q2"), "Register", folder, workbook="cd" * 32)

    assert (again.new, again.written) == (False, ())
    assert again.seal == seal(folder, "Register 2021-22 Q2.json")["sha256"]
    assert held(folder) == before


def test_a_register_that_names_no_day_is_the_same_on_another_day(tmp_path: Path) -> None:
    document = sample("blackpool-2021")
    del document["about"]["as_at"]
    snapshots.seal(looked(document, date(2021, 11, 1)), "Register", tmp_path)

    assert not snapshots.seal(looked(document, date(2021, 11, 2)), "Register", tmp_path).new


@pytest.mark.parametrize("about", [{"title": "Another title"}, {"as_at": "2021-11-30"}])
def test_other_content_under_a_sealed_period_is_refused(
    about: dict[str, str], folder: Path
) -> None:
    before = held(folder)

    with pytest.raises(SavingError, match=r"Register 2021-22 Q2\.json is sealed already") as told:
        snapshots.seal(of_period("2021/22 Q2", **about), "Register", folder)

    assert "--replace" in told.value.fix
    assert held(folder) == before


def test_a_replaced_snapshot_is_kept_in_the_chain(folder: Path) -> None:
    before = held(folder)
    other = of_period("2021/22 Q2", title="Another title")

    made = snapshots.seal(other, "Register", folder, replace=True, now=NOW)

    kept = folder / "Register 2021-22 Q2 (replaced 2021-11-02 101500).json"
    assert made.kept == kept
    assert made.written == (made.path, kept)
    assert kept.read_bytes() == before["Register 2021-22 Q2.json"]
    assert registers.load(str(made.path))["about"]["title"] == "Another title"
    assert (
        seal(folder, made.path.name)["previous_sha256"]
        == json.loads(before["Register 2021-22 Q3.json"])["seal"]["sha256"]
    )
    assert wrong(folder) == {}


def test_replacing_what_is_not_there_or_the_same_is_sealing(folder: Path) -> None:
    same = snapshots.seal(of_period("2021/22 Q2"), "Register", folder, replace=True)
    fresh = snapshots.seal(of_period("2021/22 Q4"), "Register", folder, replace=True)

    assert (same.new, same.kept) == (False, None)
    assert (fresh.new, fresh.kept) == (True, None)


def test_a_register_without_a_period_is_not_sealed(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="names no period"):
        snapshots.seal(of_period(" \u00a0"), "Register", tmp_path / "new")

    assert list(tmp_path.iterdir()) == []


def test_a_changed_entry_is_named(folder: Path) -> None:
    path = folder / "Register 2021-22 Q2.json"
    path.write_bytes(path.read_bytes().replace(b"Cyber Threats", b"Cyber Threat", 1))

    assert wrong(folder) == {path.name: "the register in it was changed after it was sealed"}


def test_every_changed_byte_is_named(tmp_path: Path) -> None:
    """But a space for another one between two names, which says nothing."""
    document = {**sample("blackpool-2021"), "risks": sample("blackpool-2021")["risks"][:1]}
    document["about"] = {"period": "2021/22 Q1", "as_at": "2021-06-30"}
    document["actions"] = []
    made = snapshots.seal(looked(document), "R", tmp_path)
    data = made.path.read_bytes()

    for place in range(0, len(data), 11):
        if not data[place : place + 1].isspace():
            changed = b"7" if data[place : place + 1] != b"7" else b"8"
            made.path.write_bytes(data[:place] + changed + data[place + 1 :])
            assert wrong(tmp_path), place


def test_a_changed_seal_is_named(folder: Path) -> None:
    path = folder / "Register 2021-22 Q3.json"
    path.write_bytes(path.read_bytes().replace(b'"as_at": "2021-10-31",', b'"as_at": "x",'))
    document = json.loads(path.read_bytes())
    document["about"]["as_at"] = "2021-10-31"
    path.write_text(json.dumps(document), encoding="utf-8")

    assert wrong(folder) == {path.name: "its seal was changed after it was made"}


def test_a_snapshot_that_was_made_anew_no_longer_fits_the_next(folder: Path) -> None:
    (folder / "Register 2021-22 Q2.json").unlink()
    lone = folder.parent / "lone"
    made = snapshots.seal(of_period("2021/22 Q2", title="Nicer"), "Register", lone)
    made.path.rename(folder / made.path.name)

    found = wrong(folder)
    assert "missing or was made anew" in found["Register 2021-22 Q3.json"]
    assert "2 snapshots claim to be the first" in found["Register 2021-22 Q2.json"]


def test_a_missing_snapshot_is_missed(folder: Path) -> None:
    lost = seal(folder, "Register 2021-22 Q1.json")["sha256"]
    (folder / "Register 2021-22 Q1.json").unlink()

    assert wrong(folder) == {
        "Register 2021-22 Q2.json": f"the snapshot before it (seal {lost[:12]}) is missing "
        "or was made anew"
    }


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "it is not JSON any more (line 1, column 2: "),
        (b"\xff\xfe", "it is not JSON any more (its text is not UTF-8"),
        (b'{"a": 1, "a": 2}', "it is not JSON any more (the name 'a' stands twice"),
        (b"[" * 3000 + b"]" * 3000, "it is not JSON any more (its groups are nested too deep"),
        (b'"text"', "it holds no register"),
        (b"{}", "it has no seal"),
        (b'{"seal": {"sha256": "x"}}', "it has no seal"),
    ],
)
def test_what_is_no_snapshot_is_named(data: bytes, problem: str, folder: Path) -> None:
    (folder / "other.json").write_bytes(data)

    assert list(wrong(folder)) == ["other.json"]
    assert wrong(folder)["other.json"].startswith(problem)


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "other.json").mkdir()

    assert wrong(folder)["other.json"].startswith("it cannot be read (")


def test_nothing_is_sealed_after_a_broken_snapshot(folder: Path) -> None:
    path = folder / "Register 2021-22 Q1.json"
    path.write_bytes(path.read_bytes().replace(b"Cyber", b"Cider", 1))
    before = held(folder)

    with pytest.raises(
        SavingError, match=r"Q1\.json in 'riskbook snapshots': the register"
    ) as told:
        snapshots.seal(of_period("2021/22 Q4"), "Register", folder)

    assert "backup" in told.value.fix
    assert held(folder) == before


@pytest.mark.parametrize(
    "part",
    [
        {"about": [1]},
        {"about": []},
        {"about": {"as_at": "2020-01-01", "notes": 1}},
        {"about": {"as_at": "2020-01-01", "notes": [1.5]}},
        {"about": {"as_at": "2020-01-01", "title": None}},
        {"risks": 1},
        {"risks": [-1]},
        {"risks": [{"ref": "1", "title": ["a"]}]},
        {"risks": [{"ref": "1", "prior_gross": None}]},
        {"actions": {"a": {}}},
    ],
)
def test_a_seal_of_what_is_no_register_is_no_earlier_period(
    part: dict[str, Any], folder: Path
) -> None:
    last = seal(folder, "Register 2021-22 Q3.json")["sha256"]
    document = {**of_period("2021/22 Q4").document(), **part}
    text = json.dumps(sealing.sealed(document, {}, last))
    (folder / "Hostile.json").write_text(text, encoding="utf-8")

    assert wrong(folder) == {}
    assert len(snapshots.beside(folder.parent / "Register.xlsx")) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files there")
def test_a_pipe_among_the_snapshots_holds_nobody_up(folder: Path) -> None:
    os.mkfifo(folder / "Pipe.json")

    assert wrong(folder) == {"Pipe.json": "it cannot be read (it is no file)"}
    assert len(snapshots.beside(folder.parent / "Register.xlsx")) == 3


@pytest.mark.parametrize(
    "name", [".riskbook-lock-Register 2021-22 Q4.json", "._Register 2021-22 Q1.json"]
)
def test_what_a_crash_or_a_mac_left_is_no_broken_snapshot(name: str, folder: Path) -> None:
    (folder / name).write_text("1 elsewhere abc", encoding="utf-8")

    assert wrong(folder) == {}
    assert snapshots.seal(of_period("2021/22 Q4"), "Other", folder).new


def test_one_file_the_folder_above_and_the_workbook_beside_can_be_named(folder: Path) -> None:
    workbook = folder.parent / "Register.xlsx"
    workbook.write_bytes(b"")

    assert len(snapshots.verify(folder)) == 3
    assert len(snapshots.verify(folder.parent)) == 3
    assert len(snapshots.verify(workbook)) == 3
    (one,) = snapshots.verify(folder / "Register 2021-22 Q2.json")
    assert one.path.name == "Register 2021-22 Q2.json"
    assert one.seal == seal(folder, one.path.name)["sha256"]


def test_where_there_is_no_snapshot_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="There is no snapshot in"):
        snapshots.verify(tmp_path)
    with pytest.raises(RegisterError, match=r"There is no .*nowhere\.json"):
        snapshots.verify(tmp_path / "nowhere.json")


def test_a_period_that_no_file_can_be_called_is_made_safe(tmp_path: Path) -> None:
    made = snapshots.seal(of_period('Q2: "2021/22"?'), "Register", tmp_path)

    assert made.path.name == "Register Q2- -2021-22--.json"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2021/22 Q2", "2021-22 Q2"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("  Q2 \u00a0 2021.. ", "Q2 2021"),
        ("a\x00b\x7f", "a-b-"),
        ("Q2\u202etxt.exe\x85\ud800", "Q2-txt.exe--"),  # what turns or hides the rest of a name
        ("...", "unnamed"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert safe(text) == name


@pytest.mark.parametrize(
    ("stem", "period", "old", "name"),
    [
        ("Register", "2021/22 Q3", "2021/22 Q2", "Register 2021-22 Q3"),
        ("Register 2021-22 Q2", "2021/22 Q3", "2021/22 Q2", "Register 2021-22 Q3"),
        ("Register - 2021-22 Q2", "2021/22 Q3", "2021/22 Q2", "Register 2021-22 Q3"),
        ("Register 2021-22 Q3", "2021/22 Q3", "", "Register 2021-22 Q3"),
        ("2021-22 Q2", "2021/22 Q3", "2021/22 Q2", "2021-22 Q3"),
        ("Q2 Register", "2021/22 Q3", "2021/22 Q2", "Q2 Register 2021-22 Q3"),
    ],
)
def test_a_workbook_s_name_has_its_period_once(stem: str, period: str, old: str, name: str) -> None:
    assert with_period(stem, period, old) == name


def test_the_periods_beside_a_workbook_are_those_that_are_as_they_were_sealed(
    folder: Path,
) -> None:
    broken = folder / "Register 2021-22 Q3.json"
    broken.write_bytes(broken.read_bytes().replace(b"Cyber Threats", b"Cyber threats"))
    (folder / "Register 2021-22 Q1 (replaced 2021-11-02 101500).json").write_bytes(b"{}")
    (folder / "notes.txt").write_text("no snapshot")

    found = snapshots.beside(folder.parent / "Register.xlsx")

    assert [each["about"]["period"] for each in found] == ["2021/22 Q1", "2021/22 Q2"]
    assert all("seal" not in each for each in found)


def test_there_are_no_periods_beside_a_workbook_without_snapshots(tmp_path: Path) -> None:
    assert snapshots.beside(tmp_path / "Register.xlsx") == ()
