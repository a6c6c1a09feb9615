"""The accessible edition as plain data: what small and odd registers come to."""

from datetime import date
from decimal import Decimal

import pytest

from riskbook.core.accessible import edition
from riskbook.core.accessible.sheet import Column, Edition, Table, different, sheet_name
from tests.core.notation import COUNCIL, checked
from tests.support import looked, sample


def made(**changes: object) -> Edition:
    outcome = checked({**COUNCIL, **changes})
    return edition(outcome.figures, source="Register.xlsx")


def test_a_register_without_risks_has_its_counts_and_its_keys() -> None:
    found = made(risks=[], actions=[])

    assert [sheet.name for sheet in found.sheets] == [
        *("Cover", "Contents", "Notes", "By Rating", "Score totals", "Scales", "Bands", "Matrix"),
    ]
    assert found.as_at == date(2021, 6, 30)


def test_an_owner_of_characters_that_nobody_sees_is_not_available() -> None:
    risks = [{"ref": "R1", "title": "Flooding", "owner": "\x1f"}]

    found = made(risks=risks, actions=[])

    (sheet,) = (sheet for sheet in found.sheets if sheet.name.startswith("By Risk Owner"))
    assert sheet.table is not None
    assert [row[:2] for row in sheet.table.rows] == [("[x]", 1), ("Total", 1)]


@pytest.mark.parametrize("title", ["", "\x85", "\u2028 \u00a0"])
def test_a_title_of_spaces_of_any_kind_is_none(title: str) -> None:
    found = made(about={**COUNCIL["about"], "title": title})

    assert found.title == found.sheets[0].title == "A council's risk register, 5 x 5"


def test_headings_that_are_the_same_are_numbered() -> None:
    columns = [Column(heading="Risk\nOwner"), Column(heading="risk owner"), Column(heading="A")]

    assert [column.heading for column in different(columns)] == [
        "Risk Owner",
        "risk owner (2)",
        "A",
    ]


def of_sample(name: str) -> dict[str, Table]:
    outcome = looked(sample(name))
    found = edition(outcome.figures, source="Register.xlsx")
    return {sheet.name: sheet.table for sheet in found.sheets if sheet.table}


def column(table: Table, heading: str) -> list[object]:
    (place,) = (at for at, column in enumerate(table.columns) if column.heading.startswith(heading))
    return [row[place] for row in table.rows]


def test_weighted_sub_risks_have_contributions_and_an_overall_and_no_sum_of_points() -> None:
    tables = of_sample("blackpool-2021")

    assert "Score totals" not in tables
    shared = Decimal("2.25")
    assert column(tables["Weighting"], "Nett contribution") == [8, shared, shared, 6]
    assert column(tables["Overall"], "Overall Risk Score") == [25, Decimal("18.5")]
    assert column(tables["Overall"], "Weights together") == [1, 1]


def test_actions_stand_with_the_last_day_of_their_month_and_their_state() -> None:
    tables = of_sample("blackpool-2021")

    assert column(tables["Actions"], "Original Target Date, last day")[:3] == [
        date(2022, 3, 31),
        date(2022, 3, 31),
        date(2021, 6, 30),
    ]
    assert column(tables["Actions"], "Completed, last day") == ["[x]"] * 14
    assert tables["Action states"].rows == (
        ("Past its date, no status", 3),
        ("Later", 11),
        ("Total", 14),
    )


def test_a_level_without_a_word_is_nobody_s_word() -> None:
    scales = of_sample("blackpool-2021")["Scales"]

    assert scales.rows[0] == ("Likelihood", 1, "[x]", "[z]")


def test_supplied_words_are_riskbook_s() -> None:
    scales = of_sample("dacorum-2017")["Scales"]

    assert ("Probability", 3, "Likely", "the council") in scales.rows
    assert ("Probability", 4, "Very Likely", "riskbook") in scales.rows


def test_totals_and_means_of_a_register_without_weights() -> None:
    assert of_sample("dacorum-2021")["Score totals"].rows == (
        ("Inherent", 8, 0, 92, Decimal("11.5")),
        ("Mitigated", 8, 0, 60, Decimal("7.5")),
    )


def test_what_is_not_scored_is_not_available() -> None:
    found = made()  # R2 has no target

    (scores,) = (sheet.table for sheet in found.sheets if sheet.name == "Scores")
    assert scores is not None
    assert scores.rows[-1] == ("R2", "Loss of key staff", "Target", *["[x]"] * 4)


def test_a_name_of_a_sheet_is_cut_and_free_and_has_no_letter_that_excel_refuses() -> None:
    assert sheet_name("By the Directorate that is responsible") == "By the Directorate that is resp"
    assert sheet_name("Risks", ["risks"]) == "Risks 2"
    assert sheet_name("R/[x]") == "R x"


@pytest.mark.parametrize(
    ("rows", "headings", "said"),
    [
        ((("R1", " "),), ("Ref", "Risk"), "an empty cell"),
        ((("R1", "x"),), ("Ref", "REF"), "headings that are the same"),
        ((), ("Ref", "Risk"), "rows of 2 values"),
    ],
)
def test_a_table_that_no_reader_could_follow_cannot_be_made(
    rows: tuple[tuple[str, ...], ...], headings: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Table(name="risks", columns=tuple(Column(heading=text) for text in headings), rows=rows)
