"""The risks as a report prints them."""

from typing import Any

from riskbook.core.page import Page
from riskbook.core.pages import risks
from riskbook.edge.documents import profiles
from tests.support import looked, sample


def page_of(document: dict[str, Any]) -> Page:
    outcome = looked(document)
    register = outcome.reading.register
    return risks.page(register, outcome.scores, outcome.profile, outcome.as_at)


def shown(page: Page) -> list[list[str]]:
    return [
        ["" if cell.value is None else str(cell.value) for cell in row.cells] for row in page.rows
    ]


def test_one_table_of_risks_with_points_and_word_of_each_stage() -> None:
    found = page_of(sample("dacorum-2021"))

    lines = shown(found)
    assert lines[0] == ["Risks"]
    assert lines[3] == [
        "Ref",
        "Risk",
        "Inherent Risk Score",
        "Inherent RAG",
        "Mitigated Risk Score",
        "Mitigated RAG",
        "Risk Owner",
        "Portfolio Holder",
        "Quarterly Update",
    ]
    assert lines[7][:1] + lines[7][2:] == [
        "PP_R015",
        "8",
        "Amber",
        "4",
        "Green",
        "Linda Roberts",
        "Andrew Williams",
        "",
    ]
    assert [cell.style for cell in found.rows[7].cells][3] == "rb band 2"
    assert [line[0] for line in lines[4:12]] == [
        "PP_R011",
        "PP_R012",
        "PP_R014",
        "PP_R015",
        "PP_R016",
        "PP_R017",
        "PP_R018",
        "PP_R04",
    ]


def test_sub_risks_stand_under_their_risk_with_weights() -> None:
    lines = shown(page_of(sample("blackpool-2021")))

    assert lines[3] == ["Risk 2: Service Failure"]
    assert lines[4] == [
        "Sub No.",
        "Sub-Risk",
        "Weight",
        "Gross Score",
        "Gross Rating",
        "Nett Score",
        "Nett Rating",
        "Risk Owner",
        "Council Priority",
    ]
    assert lines[8] == [
        "2d",
        "Cyber Threats",
        "0.3",
        "25",
        "High",
        "20",
        "High",
        "Director of Resources",
        "Organisational Resilience",
    ]


def test_a_sub_risk_without_a_number_of_its_risk_is_printed_too() -> None:
    document = sample("blackpool-2021")
    del document["risks"][3]["ref"]

    lines = shown(page_of(document))
    assert ["Risk: Service Failure"] in lines
    assert ["2d", "Cyber Threats"] in [line[:2] for line in lines]


def test_what_is_not_scored_says_so() -> None:
    document = sample("dacorum-2021")
    del document["risks"][0]["gross_impact"]

    line = shown(page_of(document))[4]
    assert line[2:6] == ["", "not scored", "8", "Amber"]


def test_a_register_without_risks_says_so() -> None:
    document = sample("dacorum-2021")
    document["risks"] = []

    assert shown(page_of(document))[3:] == [["No risk is entered."]]


def test_a_width_for_each_heading() -> None:
    for name in profiles.shipped():
        profile = profiles.load(name)
        document = {"format": "riskbook-register/1", "profile": name, "risks": [{"ref": "1"}]}
        found = page_of(document)
        headings = max(len(row.cells) for row in found.rows)
        assert len(risks.widths(profile)) == headings
