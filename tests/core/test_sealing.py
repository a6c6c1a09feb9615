"""Seals: what a changed document, a changed seal and a missing snapshot look like."""

import hashlib
from decimal import Decimal
from typing import Any

import pytest

from riskbook.core import sealing

FACTS = {"period": "2021/22 Q1"}


def chain(*titles: str) -> dict[str, dict[str, Any]]:
    """Documents by name, each sealed after the one before it."""
    found: dict[str, dict[str, Any]] = {}
    previous = None
    for title in titles:
        found[title] = sealing.sealed({"about": {"title": title}}, FACTS, previous)
        previous = found[title]["seal"]["sha256"]
    return found


def seals(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: document["seal"] for name, document in documents.items()}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({}, "{}"),
        ([], "[]"),
        ((1, 2), "[1,2]"),
        (18.5, "18.5"),
        (18.0, "18"),
        (Decimal("18.50"), "18.5"),
        (1e-05, "0.00001"),
        (1e16, "10000000000000000"),
        (10**16, "10000000000000000"),
        (False, "false"),
        ("\u00e9\u2019\n", '"\\u00e9\\u2019\\n"'),
    ],
)
def test_a_value_has_one_text(value: object, text: str) -> None:
    assert sealing.canonical(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"x", {"a": {1, 2}}])
def test_what_json_does_not_have_is_a_bug(value: object) -> None:
    with pytest.raises(ValueError, match="JSON has no value"):
        sealing.canonical(value)


def test_the_digest_can_be_made_by_any_program() -> None:
    wanted = hashlib.sha256(b'{"a":1,"b":"two"}').hexdigest()

    assert sealing.digest({"b": "two", "a": 1}) == wanted


def test_a_seal_tells_its_facts_the_document_s_digest_and_the_seal_before() -> None:
    document = sealing.sealed({"risks": []}, FACTS, "0" * 64)

    seal = document["seal"]
    assert list(document) == ["risks", "seal"]
    assert seal["format"] == "riskbook-seal/1"
    assert seal["period"] == "2021/22 Q1"
    assert seal["previous_sha256"] == "0" * 64
    assert seal["document_sha256"] == hashlib.sha256(b'{"risks":[]}').hexdigest()
    assert sealing.broken(document, seal) == ""


def test_sealing_a_sealed_document_anew_seals_its_content() -> None:
    once = sealing.sealed({"risks": []}, FACTS, None)

    assert sealing.sealed(once, FACTS, None) == once


def test_a_changed_document_no_longer_fits_its_seal() -> None:
    document = sealing.sealed({"about": {"title": "Risks"}}, FACTS, None)
    document["about"]["title"] = "Risk"

    told = sealing.broken(document, document["seal"])
    assert told == "the register in it was changed after it was sealed"


@pytest.mark.parametrize("part", ["period", "previous_sha256", "format", "sha256"])
def test_a_changed_seal_no_longer_fits_itself(part: str) -> None:
    document = sealing.sealed({}, FACTS, None)
    document["seal"][part] = "other"

    assert sealing.broken(document, document["seal"]) == "its seal was changed after it was made"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"seal": None},
        {"seal": "x"},
        {"seal": {}},
        {"seal": {"sha256": "a"}},
        {"seal": {"sha256": 1, "document_sha256": "b", "previous_sha256": None}},
        {"seal": {"sha256": "a", "document_sha256": "b"}},
        {"seal": {"sha256": "a", "document_sha256": "b", "previous_sha256": 3}},
        [],
        "text",
    ],
)
def test_a_document_without_a_seal_has_none(document: object) -> None:
    assert sealing.seal_of(document) is None


def test_the_seal_of_a_sealed_document_is_found() -> None:
    document = sealing.sealed({}, FACTS, None)

    assert sealing.seal_of(document) == document["seal"]


def test_seals_that_follow_each_other_have_no_gaps() -> None:
    found = seals(chain("one", "two", "three"))

    assert list(sealing.gaps(found)) == []
    assert list(sealing.gaps(dict(reversed(found.items())))) == []
    assert sealing.last(list(found.values())) == found["three"]["sha256"]


def test_no_seals_have_no_gaps_and_no_last_one() -> None:
    assert list(sealing.gaps({})) == []
    assert sealing.last([]) is None


def test_a_missing_snapshot_is_missed_by_the_one_after_it() -> None:
    found = seals(chain("one", "two", "three"))
    lost = found.pop("two")["sha256"]

    wanted = f"the snapshot before it (seal {lost[:12]}) is missing or was made anew"
    assert list(sealing.gaps(found)) == [("three", wanted)]


def test_two_snapshots_after_the_same_one_are_both_named() -> None:
    found = chain("one", "two")
    first = found["one"]["seal"]["sha256"]
    found["other"] = sealing.sealed({"about": {"title": "other"}}, FACTS, first)

    wanted = f"2 snapshots follow the seal {first[:12]}"
    assert list(sealing.gaps(seals(found))) == [("two", wanted), ("other", wanted)]


def test_two_that_claim_to_be_the_first_are_both_named() -> None:
    found = {**chain("one"), **chain("two")}

    wanted = "2 snapshots claim to be the first"
    assert list(sealing.gaps(seals(found))) == [("one", wanted), ("two", wanted)]


def test_a_copy_of_a_snapshot_is_no_second_one() -> None:
    found = chain("one", "two")
    found["copy of one"] = found["one"]

    assert list(sealing.gaps(seals(found))) == []
