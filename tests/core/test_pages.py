"""What riskbook's own sheets show of small registers, cell by cell."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from riskbook.core.page import band_style
from riskbook.core.pages import checks, lay_out, widths
from riskbook.core.pages.parts import count, percent_cell, reduction
from riskbook.core.words import LATER_SHEETS, listed
from tests.core.looking import between, covered, firsts, page, rows
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, profile_of, without

WORDS = {"gross": "Inherent", "nett": "Mitigated"}
VERSION = profile_of(COUNCIL).version
EMPTY: Document = {**COUNCIL, "risks": [], "actions": []}


def test_a_council_has_the_pages_that_its_profile_needs() -> None:
    common = ["Summary", "Checks", "Heat map", "By group"]
    assert [page.sheet for page in checked(COUNCIL).pages] == [
        *(*common, "Actions due", "Risk pages"),
    ]
    assert [page.sheet for page in checked(SIGNED).pages] == [*common, "Risk pages"]
    assert [page.sheet for page in checked(WEIGHTED).pages] == [
        *(*common, "Weighting", "Actions due", "Risk pages"),
    ]


def test_a_profile_of_an_older_workbook_lacks_the_later_sheets() -> None:
    outcome = checked(COUNCIL)
    older = {r: s for r, s in outcome.profile.sheets.items() if r not in LATER_SHEETS}

    found = lay_out(replace(outcome.figures, profile=replace(outcome.profile, sheets=older)))

    assert [page.sheet for page in found] == ["Summary", "Checks", "Actions due"]


ROLES = ["summary", "heat_map", "breakdown", "checks", "actions_due", "risk_pages"]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_says_whose_register_it_is_of_which_day_and_from_where(role: str) -> None:
    told = firsts(checked(COUNCIL), role)[1:3]

    assert told == [
        "Depot  |  2021/22 Q1  |  as at 30 June 2021",
        f"Source: sheets Risks and Actions of this workbook; profile council-5x5 {VERSION}.",
    ]


def test_the_source_that_the_register_names_is_said_too() -> None:
    register = {**SIGNED, "about": {**SIGNED["about"], "source": "The minutes of May. "}}

    assert firsts(checked(register), "summary")[2] == (
        f"Source: sheet Risks of this workbook; profile operational-4x4-signoff {VERSION}. "
        "The minutes of May."
    )


@pytest.mark.parametrize("role", ["heat_map", "breakdown", "weighting"])
def test_every_page_of_scores_has_the_key(role: str) -> None:
    assert between(rows(checked(WEIGHTED), role), "Key")[:6] == [
        ["Rating", "Points"],
        ["High", "15 - 25"],
        ["Medium", "6 - 12"],
        ["Low", "1 - 5"],
        ["These bands are riskbook's own, until the council sets its bands."],
        ["Gross: before controls. Nett: after today's controls."],
    ]


def test_the_key_says_which_word_stands_for_gross_and_for_nett() -> None:
    assert between(rows(checked(SIGNED), "breakdown"), "Key") == [
        ["RAG", "Points"],
        ["Red", "12 - 16"],
        ["Amber", "6 - 10"],
        ["Green", "0 - 4"],
        ["Inherent: gross, before controls. Residual: nett, after today's controls."],
    ]


def test_the_key_of_the_front_page_leads_to_its_own_table_of_bands() -> None:
    assert between(rows(checked(SIGNED), "summary"), "Key") == [
        [
            "Each RAG has its colour and its points in the table By RAG. "
            "Inherent: gross, before controls. Residual: nett, after today's controls."
        ]
    ]


@pytest.mark.parametrize("register", [COUNCIL, SIGNED, WEIGHTED])
def test_every_row_fits_the_columns_of_its_sheet_and_long_texts_wrap(register: Document) -> None:
    outcome = checked(register)
    spread = widths(outcome.profile)

    for role, sheet in outcome.profile.sheets.items():
        if role in spread and any(page.sheet == sheet for page in outcome.pages):
            for row in page(outcome, role).rows:
                assert len(row.cells) <= len(spread[role])
                assert all(cell.value is None for cell in covered(row))


@pytest.mark.parametrize(
    ("register", "typed", "headline"),
    [
        (
            COUNCIL,
            {},
            "2 risks, 2 actions. Gross: 2 Very High. Nett: 2 Medium. "
            "Target: 1 Low and 1 not scored.",
        ),
        (
            COUNCIL,
            {"N5": "", "O6": "5"},
            "2 risks, 2 actions. Gross: 2 Very High. Nett: 1 Very High and 1 not scored. "
            "Target: 1 Low and 1 not scored.",
        ),
        (EMPTY, {}, "0 risks, 0 actions."),
        (SIGNED, {}, "1 risk. Inherent: 1 Red. Residual: 1 Amber."),
        (
            WEIGHTED,
            {},
            "2 risks in 3 sub-risks, 1 action. Gross: 3 High. Nett: 3 High. "
            "Overall Risk Score, risk 2: gross 25 High and nett 15 High. "
            "Overall Risk Score, risk 3: gross 25 High and nett 15 High.",
        ),
        (
            WEIGHTED,
            {"H5": "", "M5": ""},
            "2 risks in 3 sub-risks, 1 action. Gross: 2 High and 1 not scored. "
            "Nett: 2 High and 1 not scored. Overall Risk Score, risk 2: not known. "
            "Overall Risk Score, risk 3: gross 25 High and nett 15 High.",
        ),
    ],
)
def test_the_register_in_one_line(
    register: Document, typed: Mapping[str, str], headline: str
) -> None:
    assert firsts(checked(register, typed), "summary")[3] == headline


def test_the_summary_counts_by_band_and_adds_up() -> None:
    found = rows(checked(COUNCIL, {"W5": ""}), "summary")

    assert found[4] == ["Checks: 0 errors, 1 warning, 0 notes."]
    assert between(found, "By Rating", "Top risks") == [
        ["Rating", "Points", "Gross", "Nett", "Target"],
        ["Very High", "15 - 25", 2, 0, 0],
        ["High", "10 - 14", 0, 0, 0],
        ["Medium", "5 - 9", 0, 2, 0],
        ["Low", "1 - 4", 0, 0, 1],
        ["Not scored", None, 0, 0, 1],
        ["Total", None, 2, 2, 2],
        ["Score, total", 36, 15, 3],
        ["Score, mean", 18, Decimal("7.50"), 3],
        ["Nett is 21 below gross (58.3 %)."],
        ["Update: 1 of 2 filled in (50 %)."],
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, True),
        ({"N5": "", "O5": ""}, False),  # a nett risk is not scored: the totals do not compare
        ({"H6": ""}, False),
    ],
)
def test_totals_are_compared_only_where_every_risk_is_scored(
    typed: dict[str, str], told: bool
) -> None:
    found = firsts(checked(COUNCIL, typed), "summary")

    assert any("below gross" in str(text) for text in found) is told


def test_a_council_without_gross_scores_compares_nothing() -> None:
    gross = [f"gross_{part}" for part in ("likelihood", "impact", "points", "band")]
    profile = without(COUNCIL, *gross, stages=["nett", "target"])

    found = rows(checked(COUNCIL, profile=profile), "summary")

    assert ["Score, total", 15, 3] in found
    assert not any("below" in str(row[0]) for row in found)


def test_a_council_without_updates_counts_none() -> None:
    found = firsts(checked(COUNCIL, profile=without(COUNCIL, "update")), "summary")

    assert not any("filled in" in str(text) for text in found)


def test_an_empty_register_has_pages_too() -> None:
    outcome = checked(EMPTY)

    assert ["Score, mean", None, None, None] in rows(outcome, "summary")
    assert ["Update: 0 of 0 filled in (0 %)."] in rows(outcome, "summary")
    assert ["Checks: Nothing was found: every check passed."] in rows(outcome, "summary")
    assert firsts(outcome, "actions_due")[3:5] == [
        "0 actions: 0 past their date, 0 to come, 0 complete.",
        "No action was re-dated.",
    ]


def test_a_finding_stands_in_a_line_with_a_link_to_its_cell() -> None:
    outcome = checked(COUNCIL, {"V5": "Z" * 300})

    line = page(outcome, "checks").rows[-1]
    severity, code, cell, value, message, fix = line.cells
    assert (severity.value, severity.style) == ("Error", "rb error")
    assert (code.value, cell.value, cell.link) == ("RB201", "Risks!V5", outcome.findings[0].at)
    assert value.value == "Z" * 199 + "\N{HORIZONTAL ELLIPSIS}"
    assert message.value == f"'{'Z' * 57}...' is not in the list for Treatment."
    assert fix.value == "Choose one of Tolerate, Treat, Transfer, Terminate."
    assert firsts(outcome, "checks")[3] == "1 error, 0 warnings, 0 notes"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("the cell is merged.", "The cell is merged."),
        ("pp_r011 has no score.", "pp_r011 has no score."),
        ("'9' was typed over.", "'9' was typed over."),
    ],
)
def test_a_line_begins_with_a_capital_unless_it_begins_with_a_reference(
    message: str, shown: str
) -> None:
    outcome = checked(COUNCIL, {"V5": "none of the list"})
    findings = [replace(outcome.findings[0], message=message)]
    told = checks.page(outcome.figures.register, findings, outcome.profile, date(2021, 6, 30))
    assert told.rows[-1].cells[4].value == shown


def test_the_weighting_of_a_risk_can_be_checked_by_a_reader() -> None:
    found = rows(checked(WEIGHTED, {"S5": "25", "T5": "20", "S6": "25", "T6": "10"}), "weighting")

    assert found[0] == ["Overall Weighting"]
    assert between(found, "Risk 2: Service Failure", "What one level less would change") == [
        [
            *("No.", "Sub-Risk", "Weight", "Gross Score", "Gross contribution"),
            *("Nett Score", "Nett contribution", "Nett last year", "Movement"),
        ],
        ["2a", "No children's services", Decimal("0.4"), 25, 10, 15, 6, 20, "down 5, better"],
        ["2b", "A provider fails", Decimal("0.6"), 25, 15, 15, 9, 10, "up 5, worse"],
        ["Total", None, 1, "High", 25, "High", 15],
        ["Overall Risk Score, gross: 0.40 x 25 + 0.60 x 25 = 25"],
        ["Overall Risk Score, nett: 0.40 x 15 + 0.60 x 15 = 15"],
        ["Contributions are shown to 2 places; the total is rounded once, at the end."],
        ["Last year, with this year's weights, gross: 25 (no change)."],
        ["Last year, with this year's weights, nett: 14 (up 1, worse)."],
        ["Nett is 10 below gross (40.0 %)."],
    ]


def test_a_sub_risk_that_is_not_scored_leaves_the_total_open() -> None:
    found = rows(checked(WEIGHTED, {"M5": "", "S5": "25", "S6": "25"}), "weighting")

    block = between(found, "Risk 2: Service Failure", "What one level less would change")
    assert block[1][5:] == ["not scored", None, None, None]
    assert block[3] == ["Total", None, 1, "High", 25, "not scored", None]
    assert [row[0] for row in block[4:]] == [
        "Overall Risk Score, gross: 0.40 x 25 + 0.60 x 25 = 25",
        "Contributions are shown to 2 places; the total is rounded once, at the end.",
        "Last year, with this year's weights, gross: 25 (no change).",
    ]


@pytest.mark.parametrize("typed", [{"S6": ""}, {"S6": "n/a"}, {"E6": "?"}])
def test_last_year_is_not_guessed(typed: dict[str, str]) -> None:
    found = firsts(checked(WEIGHTED, {"S5": "25", "S6": "25"} | typed), "weighting")

    assert not any(str(text).startswith("Last year") for text in found)


def test_last_year_can_be_any_number() -> None:
    found = firsts(checked(WEIGHTED, {"S7": "1" + "0" * 40}), "weighting")

    assert f"Last year, with this year's weights, gross: 1{'0' * 40} (down" in str(found)


def test_a_council_that_does_not_keep_last_year_has_no_column_for_it() -> None:
    profile = without(WEIGHTED, "prior_gross", "prior_nett")

    found = rows(checked(WEIGHTED, profile=profile), "weighting")

    block = between(found, "Risk 2: Service Failure", "What one level less would change")
    assert block[0][-1] == "Nett contribution"
    assert block[1] == ["2a", "No children's services", Decimal("0.4"), 25, 10, 15, 6]


@pytest.mark.parametrize(
    ("gross", "nett", "sentence"),
    [
        ("92", "60", "Mitigated is 32 below inherent (34.8 %)."),
        ("25", "18.5", "Mitigated is 6.5 below inherent (26.0 %)."),
        ("8", "8", "Mitigated is 0 below inherent (0.0 %)."),
        ("8", "12", "Mitigated is 4 above inherent (50.0 %)."),
        ("0", "0", ""),
    ],
)
def test_the_reduction_is_one_sentence(gross: str, nett: str, sentence: str) -> None:
    assert reduction(Decimal(gross), Decimal(nett), WORDS) == sentence


@pytest.mark.parametrize(
    ("share", "style"),
    [
        ("0.4", "rb percent"),
        ("1", "rb percent"),
        ("0.3333", "rb percent fine"),
        (None, "rb percent"),
    ],
)
def test_a_percentage_has_decimals_only_where_it_has_some(share: str | None, style: str) -> None:
    assert percent_cell(Decimal(share) if share else None).style == style


def test_things_are_counted_and_listed_in_words() -> None:
    assert [count(number, "risk") for number in (0, 1, 2)] == ["0 risks", "1 risk", "2 risks"]
    assert [listed(["a", "b", "c"][:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


def test_bands_of_one_colour_share_a_style() -> None:
    profile = profile_of(COUNCIL)
    low, medium, *others = profile.bands
    assert [band_style(profile.bands, band) for band in profile.bands[:2]] == [
        "rb band 1",
        "rb band 2",
    ]
    assert band_style((low, low, *others), low) == "rb band 1"
    assert band_style((medium, low), low) == "rb band 2"
