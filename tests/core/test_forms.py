"""The form of one risk, in the layout of each council's documents."""

from collections.abc import Iterator
from typing import Any

import pytest

from riskbook.app import Outcome
from riskbook.core.blocks import Block, Heading, Line, Table, Text, prose
from riskbook.core.forms import LAYOUTS, Form, Told, forms
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, checked, profile_of, without
from tests.support import looked, sample


def told(outcome: Outcome) -> Told:
    return Told(
        register=outcome.reading.register,
        scores=outcome.scores,
        profile=outcome.profile,
        as_at=outcome.as_at,
    )


def form(outcome: Outcome, place: int = 0) -> Form:
    return list(forms(told(outcome)))[place]


def shown(blocks: tuple[Block, ...]) -> list[object]:
    """Headings and texts as texts, tables as lists of rows."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            rows = (block.head, *block.rows)
            found.append([[cell.value for cell in row] for row in rows])
        elif isinstance(block, Heading | Text):
            found.append(block.text)
    return found


def texts(found: object) -> Iterator[str]:
    if isinstance(found, list):
        for each in found:
            yield from texts(each)
    elif found is not None:
        yield str(found)


def test_the_operational_form_has_the_update_first_and_impact_before_probability() -> None:
    found = shown(form(looked(sample("dacorum-2021")), 3).blocks)

    assert found[:5] == [
        [
            ["Risk Owner", "Portfolio Holder", "Service"],
            ["Linda Roberts", "Andrew Williams", "Performance and Projects"],
        ],
        "Quarterly Update",
        "Nothing is entered.",
        [
            [
                "Inherent Impact",
                "Inherent Probability",
                "Inherent Risk Score",
                "Mitigated Impact",
                "Mitigated Probability",
                "Mitigated Risk Score",
            ],
            ["4 Severe", "2 Medium", "8 Amber", "4 Severe", "1 Low", "4 Green"],
        ],
        "Impact",
    ]
    assert [found[place] for place in (6, 8)] == [
        "Controls to manage the risk",
        "Evidence the risk is being managed",
    ]
    assert len(found) == 10


def test_the_form_with_sign_off_has_one_line_of_scores_and_three_columns() -> None:
    found = shown(form(looked(sample("dacorum-2017"))).blocks)

    assert found[0] == [
        [
            "Category",
            "Corporate Priority",
            "Risk Owner",
            "Portfolio Holder",
            "Tolerance",
            "Service",
        ],
        [
            "Reputational",
            "Dacorum Delivers",
            "Robert Smyth",
            "Neil Harden",
            "Treating",
            "Performance and Projects",
        ],
    ]
    assert found[1] == [
        [
            "Inherent Probability",
            "Inherent Impact",
            "Inherent Risk Score",
            "Residual Probability",
            "Residual Impact",
            "Residual Risk Score",
        ],
        ["3 Likely", "4 Severe", "12 Red", "2 Unlikely", "4 Severe", "8 Amber"],
    ]
    columns = found[2]
    assert isinstance(columns, list)
    assert columns[0] == ["Consequences", "Current Controls", "Assurance"]
    assert found[3:5] == ["Sign Off and Comments", "Sign Off Complete"]
    assert len(found) == 6


def test_the_deep_dive_has_last_years_scores_and_actions_with_their_dates() -> None:
    found = shown(form(looked(sample("blackpool-2021")), 1).blocks)

    assert found.pop(0) == "Part of Risk 2: Service Failure, 15 % of it"
    assert found[0] == [
        ["Sub-Risk", "Gross Risk Score", "Nett Risk Score"],
        [
            "Failure of a service provider in high risk contracted areas for statutory services. "
            "(weighting 15%)",
            "25 High",
            "15 High",
        ],
        ["Impact x Likelihood", "5 x 5", "5 x 3"],
        ["Risk Score in 2020/21", "25", "15"],
    ]
    actions = found[-1]
    assert isinstance(actions, list)
    assert actions[0] == [
        "Action No.",
        "Further Actions",
        "Risk Manager",
        "CLT Risk Owner",
        "Current Position",
        "Outcomes / Results",
        "Status",
    ]
    assert actions[1][0] == "2b.1"
    assert actions[1][1].endswith(
        "food waste collection.\n(Original Target Date: September 2021) "
        "(Revised Target Date: March 2022)"
    )
    assert actions[2][1].endswith("\n(Target Date: March 2022)")
    assert [row[6] for row in actions[1:]] == ["Later", "Later"]


def test_a_period_that_is_not_understood_is_last_year() -> None:
    document = {**sample("blackpool-2021"), "about": {"period": "autumn"}}

    table = form(looked(document)).blocks[1]

    assert isinstance(table, Table)
    assert table.rows[-1][0].value == "Risk Score last year"


def test_a_council_without_a_layout_has_every_stage_in_a_line() -> None:
    found = shown(form(checked(COUNCIL)).blocks)

    assert found[1] == [
        ["Stage", "Likelihood", "Impact", "Score"],
        ["Gross", "4 Likely", "5 Severe", "20 Very High"],
        ["Nett", "2 Unlikely", "3 Moderate", "6 Medium"],
        ["Target", "1 Rare", "3 Moderate", "3 Low"],
    ]
    assert "Actions" in found


def test_what_is_not_scored_says_so() -> None:
    found = list(texts(shown(form(checked(COUNCIL), 1).blocks)))

    assert "not scored" in found  # R2 has no target


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("register", [COUNCIL, SIGNED, WEIGHTED], ids=["council", "signed", "wtd"])
def test_no_layout_loses_an_entry(layout: str, register: dict[str, Any]) -> None:
    outcome = checked(register, profile=profile_of(register, layout=layout))

    for each in forms(told(outcome)):
        said = "\n".join([each.heading.text, *texts(shown(each.blocks))])
        for column in outcome.profile.risks.columns:
            value = each.risk.text(column.field)
            if column.entered and column.kind not in ("level", "weight") and column.field != "ref":
                assert value in said, (layout, column.field)
        for action in outcome.reading.register.actions:
            if action.risk == each.risk.key:
                for entry in action.entries.values():
                    assert entry.text in said


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_layout_does_without_the_columns_that_a_council_does_not_have(layout: str) -> None:
    gone = ("owner", "member", "category", "service", "priority", "treatment", "review_date")
    stages = [f"{s}_{p}" for s in ("gross", "nett", "target") for p in ("likelihood", "impact")]
    stages += [f"{s}_{p}" for s in ("gross", "nett", "target") for p in ("points", "band")]
    long = ("consequences", "controls", "assurance", "update")
    profile = without(COUNCIL, *gone, *stages, *long, layout=layout)
    register = {**COUNCIL, "risks": [{"ref": "R1", "title": "Flooding"}], "actions": []}

    found = list(texts(shown(form(checked(register, profile=profile)).blocks)))

    assert "Actions" in found
    assert "No action is entered." in found


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ("One line.", [Line("One line.", False)]),
        ("- a\n-  b\n\n c", [Line("a", True), Line("b", True), Line("c", False)]),
        ("\u2022 a\n\uf0b7 b\n* c", [Line("a", True), Line("b", True), Line("c", True)]),
        ("-5 degrees\n\n\n-", [Line("-5 degrees", False), Line("-", False)]),
        ("", []),
    ],
)
def test_an_entry_is_read_as_paragraphs_and_points(entry: str, lines: list[Line]) -> None:
    assert list(prose(entry)) == lines


def test_a_form_without_a_deep_dive_says_what_last_year_was() -> None:
    document = sample("blackpool-2021")
    document["risks"][0]["prior_nett"] = 25
    del document["risks"][1]["prior_gross"], document["risks"][1]["prior_nett"]
    profile = profile_of(document, layout="neutral")

    first, second = (
        shown(each.blocks) for each in list(forms(told(checked(document, profile=profile))))[:2]
    )

    assert "Last year: gross 25 (no change), nett 25 (down 5, better)." in first
    assert not [text for text in texts(second) if text.startswith("Last year")]
