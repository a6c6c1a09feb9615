"""A register as JSON: entries exactly as typed, scores beside them, nothing for what is blank."""

from typing import Any

import pytest

from riskbook.core.document import finding_document
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked
from tests.support import looked, sample


@pytest.mark.parametrize("name", ["blackpool-2021", "dacorum-2017", "dacorum-2021"])
def test_a_register_comes_out_as_it_went_in(name: str) -> None:
    document = sample(name)

    found = looked(document).document()

    assert found | {"findings": []} == document | {"findings": []}


def risk(register: Document, typed: dict[str, str], row: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = checked(register, typed).document()["risks"][row]
    return found


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ({"N5": "'unlikely"}, "nett_likelihood", "unlikely"),
        ({"N5": "2.5"}, "nett_likelihood", 2.5),
        ({"F5": "=F6 -> A. Hill"}, "owner", "=F6"),
        ({"D5": "TRUE"}, "service", True),
        ({"D5": "' Estates "}, "service", " Estates "),
        ({"X5": "2022-03-31"}, "review_date", "2022-03-31"),
        ({"D5": "#N/A"}, "service", "#N/A"),
    ],
)
def test_an_entry_is_told_as_it_was_typed(typed: dict[str, str], field: str, value: object) -> None:
    assert risk(COUNCIL, typed)[field] == value


@pytest.mark.parametrize(
    ("typed", "field"), [({"D5": ""}, "service"), ({"D5": "' "}, "service"), ({}, "nett_points")]
)
def test_a_blank_entry_and_a_computed_column_are_not_told(
    typed: dict[str, str], field: str
) -> None:
    assert field not in risk(COUNCIL, typed)


def test_a_risk_has_the_scores_that_it_has() -> None:
    assert risk(COUNCIL, {})["scores"] == {
        "gross": {"likelihood": 4, "impact": 5, "points": 20, "band": "Very High"},
        "nett": {"likelihood": 2, "impact": 3, "points": 6, "band": "Medium"},
        "target": {"likelihood": 1, "impact": 3, "points": 3, "band": "Low"},
    }
    assert "scores" not in risk(SIGNED, {"I5": "", "M5": ""})


def test_what_a_register_does_not_have_has_no_key() -> None:
    found = checked(SIGNED, {"About!B6": ""}).document()

    assert found.keys() == {"format", "profile", "about", "risks", "findings"}
    assert found["about"] == {"title": "Projects", "as_at": "2017-06-30"}
    noted = checked(SIGNED, {"About!B14": "Typed from the print."}).document()
    assert noted["about"]["notes"] == ["Typed from the print."]


def test_an_overall_is_told_for_the_stages_that_have_one() -> None:
    found = checked(WEIGHTED, {"M5": "", "E7": "90%"}).document()

    assert found["overall"] == {"2": {"gross": {"points": 25, "band": "High"}}, "3": {}}


def test_a_finding_is_told_with_its_place_in_two_parts() -> None:
    (finding,) = checked(COUNCIL, {"N5": "6"}).findings

    assert finding_document(finding) == {
        "code": "RB202",
        "severity": "error",
        "sheet": "Risks",
        "cell": "N5",
        "field": "nett_likelihood",
        "value": "6",
        "message": "level 6 is off the 1..5 scale of Nett Likelihood.",
        "fix": "Choose one of 1 Rare, 2 Unlikely, 3 Possible, 4 Likely, 5 Almost Certain.",
    }
