"""Registers as JSON: the samples, what is refused, and the text that is written."""

import json
from copy import deepcopy
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from riskbook.edge.documents import profiles, registers
from riskbook.errors import RegisterError


def small() -> dict[str, Any]:
    """A register with everything that the format has."""
    return {
        "format": "riskbook-register/1",
        "profile": "strategic-weighted-5x5",
        "about": {"title": "Service failure", "as_at": "March 2022", "notes": ["One note"]},
        "risks": [
            {
                "ref": "2",
                "sub_ref": "2a",
                "weight": "40%",
                "gross_impact": 5,
                "signed": True,
                "scores": {"nett": {"likelihood": 4, "impact": 5, "points": 20, "band": "High"}},
            }
        ],
        "actions": [{"ref": "2a.1", "risk": "2a", "text": "Align plans"}],
        "overall": {"2": {"nett": {"points": 18.5, "band": "High"}}},
        "findings": [
            {
                "code": "RB206",
                "severity": "warning",
                "sheet": "Risks",
                "cell": "F12",
                "field": "owner",
                "value": "",
                "message": "the entry is blank.",
                "fix": "Type the owner.",
            }
        ],
    }


def refused(folder, document: object) -> list[str]:
    """The sentences with which a document is refused."""
    path = folder / "register.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(RegisterError) as caught:
        registers.load(str(path))
    return caught.value.what.split("\n  - ")[1:]


def test_the_three_samples_are_shipped():
    assert registers.samples() == ("blackpool-2021", "dacorum-2017", "dacorum-2021")


@pytest.mark.parametrize("name", registers.samples())
def test_every_sample_is_a_register_of_a_shipped_profile_in_canonical_text(name):
    register = registers.load(name)

    assert register["profile"] in profiles.shipped()
    text = files("riskbook").joinpath(f"samples/{name}.json").read_text(encoding="utf-8")
    assert registers.dump(register) == text


@pytest.mark.parametrize("name", registers.samples())
def test_every_field_of_a_sample_is_a_column_that_officers_type_in(name):
    register = registers.load(name)
    profile = profiles.load(register["profile"])

    for sheet in ("risks", "actions"):
        for row in register.get(sheet, ()):
            columns = [getattr(profile, sheet).column(field) for field in row if field != "scores"]
            assert all(column is not None and column.entered for column in columns)


def test_a_register_in_a_file_is_loaded_by_its_path(tmp_path):
    path = tmp_path / "register.json"
    path.write_text(json.dumps(small()), encoding="utf-8")

    assert registers.load(str(path)) == small()


def test_only_the_format_the_profile_and_the_risks_are_needed(tmp_path):
    path = tmp_path / "register.json"
    least = {"format": "riskbook-register/1", "profile": "council-5x5", "risks": []}
    path.write_text(json.dumps(least), encoding="utf-8")

    assert registers.load(str(path)) == least


def test_an_unknown_sample_is_refused_with_the_nearest_and_the_list():
    with pytest.raises(RegisterError) as caught:
        registers.load("dacorum-2020")

    assert caught.value.what.startswith(
        "There is no register and no file called 'dacorum-2020'; did "
    )
    assert "blackpool-2021, dacorum-2017, dacorum-2021" in caught.value.fix


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("profile", "../own", "profile: must be a name of small letters and digits joined by -, "),
        ("about notes 0", 7, "about, note 1: must be text, not 7"),
        ("about date", "x", "about: 'date' is not a name used here"),
        ("risks 0", {}, "risks, row 1: needs at least 1 entry and has 0"),
        ("risks 0 owner", None, "risks, row 1 (2a), owner: must be text or a number or true or "),
        ("risks 0 Owner", "x", "risks, row 1 (2a): the name 'Owner' must be a name of small "),
        ("risks 0 owner", ["a", "b"], "risks, row 1 (2a), owner: must be text or a number or "),
        (
            "risks 0 scores current",
            {},
            "risks, row 1 (2a), scores: the name 'current' must be 'gross', 'nett' or 'target'",
        ),
        (
            "risks 0 scores nett impact",
            0,
            "risks, row 1 (2a), scores, nett, impact: must be 1 or more, not 0",
        ),
        (
            "risks 0 scores nett",
            {"likelihood": 1},
            "risks, row 1 (2a), scores, nett: 'impact', 'points' and 'band' are missing",
        ),
        ("actions 0 text", {}, "actions, row 1 (2a.1), text: must be text or a number or true "),
        ("overall 2 nett points", "18.5", "overall, 2, nett, points: must be a number, not '18.5'"),
        (
            "findings 0 cell",
            "Risks!F12",
            "finding 1 (RB206), cell: must be a cell such as F12, not 'Risks!F12'",
        ),
        ("findings 0 code", "E1", "finding 1 (E1), code: must be the code of a finding, such as "),
    ],
)
def test_a_document_that_does_not_follow_the_schema_is_refused(tmp_path, path, value, sentence):
    document = small()
    here: Any = document
    *steps, last = path.split()
    for step in steps:
        here = here[int(step) if isinstance(here, list) else step]
    here[int(last) if isinstance(here, list) else last] = value

    assert refused(tmp_path, document)[0].startswith(sentence)


def test_every_mistake_is_told_at_once(tmp_path):
    document = small() | {"format": "csv", "risk": []}
    del document["profile"]

    assert refused(tmp_path, document) == [
        "at the top: 'profile' is missing",
        "at the top: 'risk' is not a name used here; did you mean 'risks'?",
        "format: must be 'riskbook-register/1', not 'csv'",
    ]


def test_the_text_is_that_of_the_standard_library_with_two_spaces():
    document = small() | {"empty": [], "none": None, "group": {}, "text": 'a "b" £ \n 😀'}

    text = registers.dump(document)

    assert text == json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    assert list(json.loads(text)) == list(document)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (18.5, "18.5"),
        (25.0, "25"),
        (Decimal("18.50"), "18.5"),
        (Decimal("1E+3"), "1000"),
        (0.00001, "0.00001"),
        (1e16, "10000000000000000"),
        (True, "true"),
        (12, "12"),
        (("a", 1), '[\n    "a",\n    1\n  ]'),
    ],
)
def test_numbers_are_written_plainly(number, written):
    assert registers.dump({"n": number}) == f'{{\n  "n": {written}\n}}\n'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), {1, 2}, b"a"])
def test_what_json_does_not_have_is_a_bug(value):
    with pytest.raises(ValueError, match="JSON has no"):
        registers.dump({"n": value})


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "register.json"
    path.write_text(registers.dump(small()), encoding="utf-8")

    assert registers.load(str(path)) == deepcopy(small())
