"""The fuzzing itself: it finds what is planted, and what it told can be made again."""

import json
import subprocess
import sys
from random import Random

import pytest

from riskbook.edge import gate
from riskbook.edge.filebook import FileBook
from riskbook.edge.xlsx import reader
from riskbook.errors import RefusedError
from tests.fuzz import seeds
from tests.fuzz.markup import XML
from tests.fuzz.structure import mutated, run
from tests.fuzz.trying import attempt
from tests.support import ROOT


def whole(parts: tuple[tuple[str, bytes], ...]) -> bytes:
    return seeds.archive(list(parts), seeds.known())


def test_both_seeds_go_the_whole_way_before_they_are_mutated() -> None:
    assert attempt(whole(seeds.register())).state == "read"
    assert attempt(whole(seeds.plain())).state == "told"  # sound, but no register
    assert FileBook(whole(seeds.register()), "x").sheets()[0] == "About"


def test_one_seed_makes_one_file_and_the_next_another() -> None:
    assert mutated(Random(5)) == mutated(Random(5))
    assert len({mutated(Random(number)) for number in range(40)}) > 30


def test_every_mutation_of_xml_changes_something() -> None:
    sheet = dict(seeds.register())["xl/worksheets/sheet1.xml"]
    for mutation in set(XML):
        assert any(mutation(sheet, Random(number)) != sheet for number in range(20))


def test_files_are_refused_told_and_read() -> None:
    found = run(1, 150, 60)

    assert found.files == 150
    assert found.escapes == []
    assert {state for state, count in found.seen.items() if count > 5} == {
        "refused",
        "told",
        "read",
    }


def test_an_error_of_our_own_is_an_escape_that_names_file_and_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def planted(*_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(reader, "read", planted)
    found = run(1, 40, 60)

    assert found.escapes
    assert found.escapes[0].startswith("file 10000000")
    assert "KeyError: 'planted'" in found.escapes[0]


def test_an_error_of_the_gate_s_own_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(gate, "admit", planted)
    assert attempt(b"").state == "escape"


def test_what_riskbook_wrote_and_then_refuses_is_an_escape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = whole(seeds.register())
    names: list[str] = []

    def second_time(_: bytes, name: str) -> None:
        names.append(name)
        if name == "refreshed.xlsx":
            raise RefusedError("x is damaged.", fix="mend it.")

    monkeypatch.setattr(gate, "admit", second_time)
    monkeypatch.setattr("tests.fuzz.trying.crc32", lambda _: 2)  # one of those that are refreshed

    assert attempt(data).told.startswith("AssertionError: riskbook wrote what it refuses")
    assert names == ["mutated.xlsx", "refreshed.xlsx"]


def test_a_run_on_its_own_answers_in_json() -> None:
    command = [sys.executable, "-m", "tests.fuzz.structure", "7", "5", "60"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert json.loads(ended.stdout)["files"] == 5
