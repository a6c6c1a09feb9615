"""The committee report as plain data: what it says of whole registers."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from riskbook.core.blocks import Block, Heading, Paper, Picture, Section, Table, Text
from riskbook.core.profile import build
from riskbook.edge.documents import profiles
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, checked, profile_of, without
from tests.support import looked, sample

SAMPLES = ("dacorum-2021", "dacorum-2017", "blackpool-2021")


def paper(document: dict[str, Any]) -> Paper:
    return looked(document).paper("riskbook")


def section(found: Paper, title: str) -> Section:
    return next(each for each in found.sections if each.title == title)


def tables(blocks: tuple[Block, ...]) -> list[list[list[object]]]:
    return [
        [[cell.value for cell in row] for row in (block.head, *block.rows)]
        for block in blocks
        if isinstance(block, Table)
    ]


def said(found: Paper) -> Iterator[str]:
    yield from (found.title, found.organisation, found.period, found.introduction)
    for each in found.sections:
        for block in each.blocks:
            if isinstance(block, Table):
                yield from (str(c.value) for row in (block.head, *block.rows) for c in row)
            elif isinstance(block, Heading | Text):
                yield block.text


def test_the_parts_of_an_operational_report() -> None:
    found = paper(sample("dacorum-2021"))

    assert (found.organisation, found.title) == (
        "Dacorum Borough Council",
        "Quarter 1 Operational Risk Report",
    )
    assert (found.period, found.as_at) == ("Jun-2021", "Position as at 30 June 2021")
    assert [(each.title, each.sheet) for each in found.sections][:5] == [
        ("Summary", "a4"),
        ("Key to scores", "a4"),
        ("Heat maps", "a4"),
        ("Risks", "a4 wide"),
        ("Risk by risk", "a4"),
    ]
    assert found.sections[-1].title == "Appendix: what the checks found"


def test_a_deep_dive_has_the_whole_register_on_wide_paper() -> None:
    found = paper(sample("blackpool-2021"))

    register = section(found, "Risks")
    assert register.sheet == "a3 wide"
    (lines,) = tables(register.blocks)
    assert lines[0] == [
        "No",
        "Risk",
        "Sub No.",
        "Sub-Risk",
        "% Overall Weighting",
        "Impact / Consequences",
        "Opportunity",
        "Gross Impact (I)",
        "Gross Likelihood (L)",
        "Gross Score (GS)",
        "Controls and Mitigation",
        "Nett Impact (I)",
        "Nett Likelihood (L)",
        "Nett Score (NS)",
        "Risk Owner",
        "Council Priority",
        "Further Actions",
    ]
    assert lines[4][2] == "2d"
    assert lines[4][-1] == (
        "- Continue to develop and refine technologies to provide proactive altering and "
        "monitoring of the changing threats. [Head of ICT Services; Director of Resources] "
        "(Target Date: March 2022)\n"
        "- Review use of white listing to mitigate risk of being hijacked. "
        "[Head of ICT Services; Director of Resources] (Target Date: March 2022)"
    )
    assert register.blocks[-1] == Text(
        "Overall Risk Score, risk 2: gross 25 (High), nett 18.5 (High).", "lead"
    )
    assert section(found, "Deep dive").sheet == "a4 wide"


def test_a_risk_that_has_no_overall_has_no_line_below_the_register() -> None:
    document = sample("blackpool-2021")
    del document["risks"][0]["nett_impact"], document["risks"][0]["gross_impact"]

    assert isinstance(section(paper(document), "Risks").blocks[-1], Table)


def test_an_operational_report_groups_the_risks_by_service() -> None:
    blocks = section(paper(sample("dacorum-2021")), "Risks").blocks

    assert blocks[0] == Heading("Performance and Projects", 2)
    (lines,) = tables(blocks)
    assert lines[0] == [
        "Ref",
        "Risk",
        "Risk Owner",
        "Portfolio Holder",
        "Inherent Probability",
        "Inherent Impact",
        "Inherent Risk Score",
        "Mitigated Probability",
        "Mitigated Impact",
        "Mitigated Risk Score",
    ]
    assert [lines[4][0], *lines[4][2:]] == [
        "PP_R015",
        "Linda Roberts",
        "Andrew Williams",
        "2 Medium",
        "4 Severe",
        "8 Amber",
        "1 Low",
        "4 Severe",
        "4 Green",
    ]


def test_the_key_has_levels_bands_and_what_the_words_mean() -> None:
    blocks = section(paper(sample("dacorum-2017")), "Key to scores").blocks

    assert blocks[:2] == (
        Text("Risk Score is probability multiplied by impact."),
        Text("Inherent is before controls; Residual is after today's controls."),
    )
    assert tables(blocks) == [
        [
            ["Level", "Probability", "Impact"],
            [1, "Very Unlikely", "Low *"],
            [2, "Unlikely", "Medium *"],
            [3, "Likely", "High *"],
            [4, "Very Likely *", "Severe"],
        ],
        [["Risk Score", "RAG"], ["0 - 4", "Green"], ["6 - 10", "Amber"], ["12 - 16", "Red"]],
    ]
    assert Text("Levels marked * are riskbook's defaults; the council printed none.", "note") in (
        blocks
    )


def test_the_key_of_a_weighted_register_tells_the_overall_and_whose_bands_they_are() -> None:
    blocks = section(paper(sample("blackpool-2021")), "Key to scores").blocks

    assert Text(
        "Overall Risk Score is the sum, over the sub-risks of a risk, of weight times score."
    ) in (blocks)
    assert blocks[-1] == Text(
        "These bands are riskbook's defaults, until the council sets its own.", "note"
    )
    assert len(tables(blocks)) == 1  # its levels have no words


def test_scales_of_two_lengths_share_a_table() -> None:
    scales = {
        "likelihood": [{"label": word} for word in ("Rare", "Possible", "Certain")],
        "impact": [{"label": word} for word in ("Minor", "Moderate", "Major", "Severe")],
    }
    profile = profile_of(COUNCIL, scales=scales, matrix={"rule": "sum"})
    found = checked({**COUNCIL, "risks": [], "actions": []}, profile=profile).paper("riskbook")

    blocks = section(found, "Key to scores").blocks

    assert blocks[0] == Text("Score is likelihood added to impact.")
    assert tables(blocks)[0][-1] == [4, "", "Severe"]


def test_the_heat_maps_come_with_their_movement_in_a_table() -> None:
    blocks = section(paper(sample("dacorum-2021")), "Heat maps").blocks

    assert isinstance(blocks[0], Picture)
    assert [each.title for each in blocks[0].maps] == ["Inherent", "Mitigated"]
    assert blocks[1] == Heading("From Inherent to Mitigated", 2)
    assert tables(blocks) == [
        [
            ["Risk", "Inherent", "Mitigated", "Change"],
            [
                "PP_R011, PP_R012, PP_R014, PP_R016, PP_R017, PP_R018, PP_R04",
                "Probability 3 High, Impact 4 Severe: 12 Red",
                "Probability 2 Medium, Impact 4 Severe: 8 Amber",
                "down 4, better",
            ],
            [
                "PP_R015",
                "Probability 2 Medium, Impact 4 Severe: 8 Amber",
                "Probability 1 Low, Impact 4 Severe: 4 Green",
                "down 4, better",
            ],
        ]
    ]


def test_what_is_not_scored_at_every_stage_is_named_below_the_maps() -> None:
    found = checked(COUNCIL).paper("riskbook")

    assert section(found, "Heat maps").blocks[-1] == Text("Not scored at every stage: R2.", "note")


def test_a_register_without_risks_is_a_short_report() -> None:
    found = checked({**COUNCIL, "risks": [], "actions": []}).paper("riskbook")

    titles = [each.title for each in found.sections]
    assert "Risks" not in titles
    assert "Risk by risk" not in titles
    assert len(section(found, "Heat maps").blocks) == 1


def test_a_profile_without_actions_columns_or_title_still_reports() -> None:
    profile = without(WEIGHTED, "owner", "priority", layout="deep-dive")
    register = {**WEIGHTED, "about": {}, "actions": []}

    found = checked(register, profile=profile).paper("riskbook")

    assert found.title == "Strategic risks with weighted sub-risks, 5 x 5"
    assert tables(section(found, "Risks").blocks)[0][1][-1] == ""


def test_an_operational_report_without_services_has_one_table() -> None:
    profile = without(SIGNED, "service", layout="operational")

    blocks = section(checked(SIGNED, profile=profile).paper("riskbook"), "Risks").blocks

    assert len(blocks) == len(tables(blocks)) == 1


def test_a_weighted_register_in_another_layout_has_a_line_with_the_share() -> None:
    profile = profile_of(WEIGHTED, layout="neutral")

    (lines,) = tables(section(checked(WEIGHTED, profile=profile).paper("riskbook"), "Risks").blocks)

    assert lines[0][:3] == ["Sub No.", "Sub-Risk", "Weight"]
    assert lines[1][2] == Decimal("0.4")


def test_a_deep_dive_without_actions_has_no_column_of_them() -> None:
    document = {**profiles.document("strategic-weighted-5x5")}
    del document["actions"]
    profile = build(document)
    register = {name: part for name, part in WEIGHTED.items() if name != "actions"}

    found = checked(register, profile=profile).paper("riskbook")

    assert tables(section(found, "Risks").blocks)[0][0][-1] == "Council Priority"


def test_several_cells_under_one_heading_are_listed_in_one() -> None:
    summary = section(paper(sample("dacorum-2021")), "Summary").blocks

    assert ["Quarterly Update blank", 4, "PP_R014, PP_R015, PP_R016, PP_R017"] in (
        tables(summary)[2]
    )


def test_what_a_member_cannot_do_is_not_said_in_a_report() -> None:
    summary = section(paper(sample("dacorum-2021")), "Summary").blocks

    assert summary[-1] == Text("No earlier period is known.", "note")


def test_what_is_withheld_is_said_and_the_findings_are_left_out() -> None:
    outcome = replace(looked(sample("dacorum-2021")), withheld="1 risk is withheld.")

    found = outcome.paper("riskbook")

    assert found.introduction.endswith("\n1 risk is withheld.")
    assert "Appendix: what the checks found" not in [each.title for each in found.sections]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_of_a_sample_is_in_the_report(name: str) -> None:
    document = sample(name)

    text = "\n".join(said(paper(document)))

    missing = [
        (place, field, value)
        for part in ("risks", "actions")
        for place, line in enumerate(document.get(part, ()))
        for field, value in line.items()
        if isinstance(value, str) and value not in text and field != "weight"
    ]
    assert missing == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_table_has_a_head_and_cells_under_each_heading(name: str) -> None:
    for each in paper(sample(name)).sections:
        for block in each.blocks:
            if isinstance(block, Table):
                assert len(block.head) == len(block.widths)
                assert all(len(row) == len(block.widths) for row in block.rows)
                assert all(cell.value for cell in block.head), (each.title, block.head)
