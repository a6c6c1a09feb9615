"""What the three seed registers do that a tidy register would not: facts I1 to I32.

Each test puts an irregularity of the documents before riskbook as an officer would type
it, and says what riskbook makes of it.  Expectations are copied from the documents.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from riskbook import app
from riskbook.app import Outcome
from riskbook.core import layout
from riskbook.core.finding import Finding
from riskbook.core.grid import Cell, Grid, Kind
from riskbook.core.history import changes, movements
from riskbook.core.model import Due
from riskbook.core.profile import build
from riskbook.core.scores import results
from riskbook.core.scoring import Rating, band_of
from riskbook.core.summary import by_owner
from riskbook.core.values import due, natural, people, points_of
from riskbook.edge.documents import profiles
from riskbook.edge.exporting import export_register
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from tests.core.looking import rows
from tests.support import JUDGE, MemoryBook, codes, looked, only, sample

P3_I4, P2_I4 = Rating(likelihood=3, impact=4), Rating(likelihood=2, impact=4)
SHARED = "Director of Community and Environmental Services"


def reshaped(document: Mapping[str, Any], reshape: Callable[[Grid], Grid]) -> Outcome:
    """What checking comes to when the risks sheet was changed by hand."""
    profile = profiles.load(document["profile"])
    grids = layout.grids(profile, document)
    grids[profile.risks.sheet] = reshape(grids[profile.risks.sheet])
    return app.check(MemoryBook(profile, grids), profile, None, JUDGE)


def retitled(headings: Mapping[str, str]) -> Callable[[Grid], Grid]:
    """Change headings of a sheet."""

    def reshape(grid: Grid) -> Grid:
        assert set(headings) <= {cell.text for cell in grid.rows[0]}
        head = tuple(replace(c, text=headings.get(c.text, c.text)) for c in grid.rows[0])
        return replace(grid, rows=(head, *grid.rows[1:]))

    return reshape


def swapped(one: str, other: str) -> Callable[[Grid], Grid]:
    """Let two columns change places, with their headings."""

    def reshape(grid: Grid) -> Grid:
        texts = [cell.text for cell in grid.rows[0]]
        order = list(range(len(texts)))
        a, b = texts.index(one), texts.index(other)
        order[a], order[b] = b, a
        return replace(grid, rows=tuple(tuple(row[n] for n in order) for row in grid.rows))

    return reshape


@cache
def workbook(name: str) -> FileBook:
    """A shipped register as a real workbook."""
    document = sample(name)
    return made(profiles.load(document["profile"]), document)[0]


@cache
def reread(name: str) -> Outcome:
    """What a register comes to after it went through the bytes of a workbook."""
    profile = profiles.load(sample(name)["profile"])
    return app.check(FileBook(workbook(name).data, name), profile, None, JUDGE)


def council(**entries: object) -> dict[str, Any]:
    """A register of one risk under the neutral 5 x 5 profile, with no more than it must have."""
    risk = {
        "ref": "R1",
        "title": "Flooding of the depot",
        "category": "Legal",
        "owner": "Head of Estates",
        "gross_likelihood": 5,
        "gross_impact": 4,
        "nett_likelihood": 2,
        "nett_impact": 3,
    }
    about = {"as_at": "2021-06-30"}
    return {
        "format": "riskbook-register/1",
        "profile": "council-5x5",
        "about": about,
        "risks": [risk | entries],
    }


def places(found: Sequence[Finding]) -> list[str]:
    return [finding.at.address for finding in found]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("dacorum-2021", "Inherent Probability", "Inherent Impact"),
        ("dacorum-2021", "Inherent Probability", "Mitigated Impact"),
        ("dacorum-2017", "Residual Probability", "Residual Impact"),
        ("blackpool-2021", "Nett Impact (I)", "Nett Likelihood (L)"),
    ],
)
def test_i01_columns_are_mapped_by_heading_and_never_by_position(
    name: str, one: str, other: str
) -> None:
    in_order, turned = looked(sample(name)), reshaped(sample(name), swapped(one, other))

    first = turned.reading.register.risks[0]
    assert first.ratings == in_order.reading.register.risks[0].ratings
    assert turned.scores.by_row == in_order.scores.by_row
    told = codes(turned)
    told.remove("RB113")  # that columns were moved is said, and nothing else
    assert told == codes(in_order)


def test_i01_the_two_orders_of_the_documents_give_the_printed_levels() -> None:
    dacorum = looked(sample("dacorum-2021")).reading.register.risks[0]  # P, then I
    blackpool = looked(sample("blackpool-2021")).reading.register.risks[0]  # I, then L

    assert dacorum.ratings == {"gross": P3_I4, "nett": P2_I4}
    assert blackpool.ratings["nett"] == Rating(likelihood=4, impact=5)


def test_i02_severity_is_impact() -> None:
    headings = {"Inherent Impact": "Inherent Severity", "Mitigated Impact": "Mitigated Severity"}

    outcome = reshaped(sample("dacorum-2021"), retitled(headings))

    assert [f.value for f in only(outcome, "RB104")] == list(headings.values())
    assert outcome.reading.register.risks[0].ratings == {"gross": P3_I4, "nett": P2_I4}


@pytest.mark.parametrize(
    "reshape",
    [
        retitled({"Inherent Impact": "Impact"}),
        retitled({"Inherent Impact": "Impact", "Inherent Probability": "Probability"}),
        lambda grid: swapped("Mitigated Impact", "Service")(
            retitled({"Inherent Impact": "Impact"})(grid)
        ),
    ],
)
def test_i02_impact_over_numbers_is_a_level_and_over_prose_is_prose(
    reshape: Callable[[Grid], Grid],
) -> None:
    risk = reshaped(sample("dacorum-2021"), reshape).reading.register.risks[0]

    assert risk.ratings == {"gross": P3_I4, "nett": P2_I4}
    assert risk.text("consequences").startswith("86% of adults use the internet regularly")


def test_i02_a_few_numbers_under_the_heading_of_prose_stay_prose() -> None:
    document = sample("dacorum-2021")
    for risk in document["risks"]:
        risk["consequences"] = "4"

    outcome = looked(document)

    assert [risk.text("consequences") for risk in outcome.reading.register.risks] == ["4"] * 8
    assert not only(outcome, "RB104")


@pytest.mark.parametrize(
    ("gross", "nett"),
    [
        ("Inherent", "Mitigated"),
        ("Inherent", "Residual"),
        ("Gross", "Nett"),
        ("Unmitigated", "Net"),
        ("Original", "Current"),
        ("Initial", "Managed"),
        ("Raw", "Residual"),
    ],
)
@pytest.mark.parametrize(
    ("likelihood", "impact"), [("Probability", "Impact"), ("Likelihood", "Severity")]
)
def test_i03_every_word_of_the_documents_for_a_stage_is_understood(
    gross: str, nett: str, likelihood: str, impact: str
) -> None:
    headings = {
        f"{old} {axis}": f"{new} {word}"
        for old, new in (("Inherent", gross), ("Mitigated", nett))
        for axis, word in (("Probability", likelihood), ("Impact", impact))
    }

    outcome = reshaped(sample("dacorum-2021"), retitled(headings))

    assert {f.value for f in only(outcome, "RB104")} == {
        new for old, new in headings.items() if new != old
    }
    assert outcome.reading.register.risks[0].ratings == {"gross": P3_I4, "nett": P2_I4}


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("dacorum-2021", ["RAG", "Points", "Inherent", "Mitigated"]),
        ("dacorum-2017", ["RAG", "Points", "Inherent", "Residual"]),
        ("blackpool-2021", ["Rating", "Points", "Gross", "Nett"]),
    ],
)
def test_i03_what_is_shown_is_the_councils_own_word(name: str, head: list[str]) -> None:
    assert head in rows(looked(sample(name)), "summary")


def test_i04_a_blank_update_is_a_warning_and_counts_against_completeness() -> None:
    outcome = looked(sample("dacorum-2021"))

    found = only(outcome, "RB501")
    assert [f.message.split()[0] for f in found] == ["PP_R014", "PP_R015", "PP_R016", "PP_R017"]
    assert {f.severity.value for f in found} == {"warning"}
    shown = [
        str(results(risk, outcome.scores, outcome.profile)["completeness"])
        for risk in outcome.reading.register.risks
    ]
    whole, less = "1.0000", "0.9231"  # 13 of 13 counted entries, and 12 of 13
    assert shown == [whole, whole, less, less, less, less, whole, whole]


def test_i05_a_misspelt_heading_is_accepted_with_a_note() -> None:
    outcome = reshaped(sample("dacorum-2021"), retitled({"Portfolio Holder": "Porfolio holder"}))

    found = only(outcome, "RB104")
    assert [(f.field, f.value) for f in found] == [("member", "Porfolio holder")]
    assert found[0].message == "the heading 'Porfolio holder' was read as 'Portfolio Holder'."
    members = {risk.text("member") for risk in outcome.reading.register.risks}
    assert members == {"Andrew Williams"}


def test_i05_a_heading_that_differs_by_case_alone_needs_no_note() -> None:
    outcome = reshaped(sample("dacorum-2021"), retitled({"Portfolio Holder": "Portfolio holder"}))

    assert not only(outcome, "RB104")


def test_i06_an_update_that_speaks_of_another_quarter_is_remarked() -> None:
    found = only(looked(sample("dacorum-2021")), "RB502")

    assert [(f.at.address, f.value) for f in found] == [("N5", "Q4")]
    assert found[0].message == "the update of PP_R011 speaks of Q4 in a register for Q1."


def test_i06_a_comparison_with_another_quarter_is_not() -> None:
    document = sample("dacorum-2021")
    update = document["risks"][0]["update"]
    assert "from 6513 at the end of Q4 to 7221 at the end of Q1" in update
    document["risks"][0]["update"] = update.replace("Q4 has seen", "Q1 has seen")

    assert not only(looked(document), "RB502")


@pytest.mark.parametrize(
    ("field", "name"), [("controls", "Corvu"), ("update", "Rocket"), ("assurance", "PMO online")]
)
def test_i07_names_of_systems_are_kept_and_not_judged(field: str, name: str) -> None:
    outcome = reread("dacorum-2021")

    risk = outcome.reading.register.risks[1]
    assert risk.ref == "PP_R012"
    assert name in risk.text(field)
    assert not [found for found in outcome.findings if found.at.row == risk.row]


def test_i08_references_can_be_sorted_by_their_numbers() -> None:
    printed = [risk.ref for risk in looked(sample("dacorum-2021")).reading.register.risks]

    assert printed[-1] == "PP_R04"  # the order of the document, which is that of strings
    assert " ".join(sorted(printed, key=natural)) == (
        "PP_R04 PP_R011 PP_R012 PP_R014 PP_R015 PP_R016 PP_R017 PP_R018"
    )


def test_i08_groups_stand_in_natural_order() -> None:
    document = sample("dacorum-2021")
    for risk, service in zip(document["risks"], ["Ward 10", "Ward 9", "ward 2"] * 3, strict=False):
        risk["service"] = service

    groups = {group.field: group for group in looked(document).summary.groups}

    assert [line.name for line in groups["service"].lines] == ["ward 2", "Ward 9", "Ward 10"]


@pytest.mark.parametrize("name", ["dacorum-2021", "dacorum-2017"])
def test_i08_a_gap_in_the_references_is_said_and_nothing_renumbered(name: str) -> None:
    outcome = looked(sample(name))

    found = only(outcome, "RB103")
    assert [f.message for f in found] == [
        "no reference with number 13 stands between PP_R012 and PP_R014."
    ]
    assert found[0].severity.value == "information"
    assert " ".join(risk["ref"] for risk in outcome.document()["risks"]) == (
        "PP_R011 PP_R012 PP_R014 PP_R015 PP_R016 PP_R017 PP_R018 PP_R04"
    )


def test_i09_the_ends_of_a_band_are_two_numbers_in_the_workbook() -> None:
    key = workbook("dacorum-2021").read(["Key"])["Key"]

    lines = {cells[0].text: cells for _, cells in key.lines() if cells[3].kind is Kind.TEXT}
    shown = {
        word: [(cell.kind, cell.text) for cell in lines[word][1:4]]
        for word in ("Green", "Amber", "Red")
    }
    number, text = Kind.NUMBER, Kind.TEXT
    assert shown == {
        "Green": [(number, "0"), (number, "4"), (text, "0 - 4")],
        "Amber": [(number, "6"), (number, "10"), (text, "6 - 10")],
        "Red": [(number, "12"), (number, "16"), (text, "12 - 16")],
    }


def test_i10_a_risk_is_matched_by_reference_and_its_new_title_logged() -> None:
    before, after = looked(sample("dacorum-2017")), looked(sample("dacorum-2021"))

    found = changes(
        before.reading.register.risks, after.reading.register.risks, after.profile.risks
    )

    assert not [change for change in found if change.kind in ("new", "gone")]
    titles = {c.ref: (c.before, c.after) for c in found if c.field == "title"}
    assert set(titles) == {"PP_R011", "PP_R017"}
    assert titles["PP_R011"][0].startswith("Failure to deliver Digital Dacorum leads to")
    assert titles["PP_R011"][1].startswith("Failure to deliver Dacorum's digital programme leads")
    assert titles["PP_R017"][0] == titles["PP_R017"][1] + " including the move to the Forum"
    owners = {(c.before, c.after) for c in found if c.field == "owner"}
    assert owners == {("Robert Smyth", "Linda Roberts")}
    members = [(c.before, c.after) for c in found if c.field == "member"]
    assert members == [("Neil Harden", "Andrew Williams")] * 8


def test_i10_in_four_years_no_score_moved() -> None:
    before, after = (looked(sample(name)) for name in ("dacorum-2017", "dacorum-2021"))

    found = movements(
        (before.reading.register, before.scores),
        (after.reading.register, after.scores),
        after.profile,
    )

    assert [movement.word for movement in found] == ["no change"] * 16


@pytest.mark.parametrize(
    ("name", "since", "until", "words"),
    [
        (
            "operational-4x4-signoff",
            date(2017, 4, 1),
            date(2021, 3, 31),
            ["1 Very Unlikely", "2 Unlikely", "3 Likely", "4 Very Likely"],
        ),
        ("operational-4x4", date(2021, 4, 1), None, ["1 Low", "2 Medium", "3 High", "4 Severe"]),
    ],
)
def test_i11_the_words_of_a_scale_belong_to_a_period(
    name: str, since: date, until: date | None, words: list[str]
) -> None:
    profile = profiles.load(name)

    assert (profile.effective_from, profile.effective_to) == (since, until)
    assert [profile.label("likelihood", level) for level in (1, 2, 3, 4)] == words


@pytest.mark.parametrize(
    ("name", "typed", "level"),
    [
        ("dacorum-2017", "Likely", 3),
        ("dacorum-2017", "3 likely", 3),
        ("dacorum-2017", "Very Unlikely", 1),
        ("dacorum-2021", "High", 3),
        ("dacorum-2021", "Likely", None),  # the word of another period
        ("dacorum-2017", "High", None),
    ],
)
def test_i11_a_word_of_another_period_is_no_level(name: str, typed: str, level: int | None) -> None:
    document = sample(name)
    document["risks"][0]["gross_likelihood"] = typed

    outcome = looked(document)

    rating = outcome.reading.register.risks[0].ratings.get("gross")
    assert (rating.likelihood if rating else None) == level
    assert ("RB201" in codes(outcome)) == (level is None)


@pytest.mark.parametrize("heading", ["Tolerance", "Treatment", "Risk status", "4Ts"])
def test_i12_treating_is_a_treatment_under_whatever_heading(heading: str) -> None:
    outcome = reshaped(sample("dacorum-2017"), retitled({"Tolerance": heading}))

    risks = outcome.reading.register.risks
    assert [risk.text("treatment") for risk in risks] == ["Treating"] * 8
    assert not only(outcome, "RB201")


def test_i12_what_is_accepted_is_said_apart_from_the_treatment() -> None:
    document = council(treatment="Treat", nett_likelihood=3, nett_impact=3)

    outcome = reshaped(document, retitled({"Treatment": "Tolerance"}))

    assert outcome.reading.register.risks[0].text("treatment") == "Treat"
    assert [f.message for f in only(outcome, "RB307")] == ["R1 scores 9; the appetite is 6."]


@pytest.mark.parametrize(
    "typed",
    [
        "Service Delivery ",
        "  Service Delivery",
        "Service  Delivery",
        "Service\u00a0Delivery",
        "Service\nDelivery",
        "service delivery",
    ],
)
def test_i13_spaces_and_case_do_not_make_another_category(typed: str) -> None:
    document = sample("dacorum-2017")
    document["risks"][3]["category"] = typed

    outcome = looked(document)

    assert outcome.reading.register.risks[3].text("category") == "Service Delivery"
    assert not only(outcome, "RB201")
    assert places(only(outcome, "RB208")) == ["D8"]  # said, so that it can be mended
    category = next(g for g in outcome.summary.groups if g.field == "category")
    assert {line.name: line.risks for line in category.lines} == {
        "Organisational/Management": 1,
        "Reputational": 3,
        "Service Delivery": 3,
        "Technical/Operational": 1,
    }


@pytest.mark.parametrize("typed", ["Organisational/Managemen t", "Organisational/Managemen"])
def test_i13_a_broken_value_is_an_error_that_names_the_nearest(typed: str) -> None:
    document = sample("dacorum-2017")
    document["risks"][2]["category"] = typed

    found = only(looked(document), "RB201")

    assert [(f.at.address, f.fix) for f in found] == [
        ("D7", "Choose 'Organisational/Management' if that is meant.")
    ]


def test_i13_a_curly_quote_does_not_make_another_owner() -> None:
    document = sample("blackpool-2021")
    document["actions"][0]["owner"] = "Director of  Children\u2019s Services "

    outcome = looked(document)

    assert by_owner(outcome.reading.register.actions)["Director of Children's Services"] == 2
    assert len(only(outcome, "RB505")) == 2  # those of the document, and no more
    assert outcome.document()["actions"][0]["owner"] == "Director of  Children\u2019s Services "


def test_i13_curly_quotes_and_dashes_do_not_take_a_value_off_its_list() -> None:
    document = profiles.document("operational-4x4-signoff")
    document["lists"]["category"] = ["People - children's", "Reputational"]
    profile, register = build(document), sample("dacorum-2017")
    for risk in register["risks"]:
        risk["category"] = "People \u2013 Children\u2019s"

    outcome = app.check(MemoryBook.of(profile, register), profile, None, JUDGE)

    assert {risk.text("category") for risk in outcome.reading.register.risks} == {
        "People - children's"
    }
    assert not only(outcome, "RB201")


@pytest.mark.parametrize("name", ["dacorum-2017", "dacorum-2021", "blackpool-2021"])
def test_i14_every_text_comes_out_of_a_workbook_as_it_was_typed(name: str) -> None:
    found, typed = reread(name).document(), sample(name)

    assert found["risks"] == typed["risks"]
    assert found.get("actions") == typed.get("actions")
    assert found["about"] == typed["about"]


@pytest.mark.parametrize(
    ("ref", "field", "words"),
    [
        ("PP_R011", "consequences", "use the internet regulary and"),
        ("PP_R018", "controls", "- infastructure\n"),
        ("PP_R018", "controls", "staffing compliment and budget"),
        ("PP_R014", "update", "The procurment process"),
        ("PP_R017", "controls", "a modern and effecient way"),
        ("PP_R017", "controls", "Service Effeciency Programme"),
        ("PP_R017", "consequences", "a likelehood that"),
        ("PP_R017", "controls", "The Manging in"),
    ],
)
def test_i14_the_spelling_of_2017_is_kept(ref: str, field: str, words: str) -> None:
    risk = next(risk for risk in reread("dacorum-2017").reading.register.risks if risk.ref == ref)

    assert words in risk.text(field)


@pytest.mark.parametrize(
    ("ref", "field", "words"),
    [
        ("PP_R017", "controls", "managing in Dacorom programme"),
        ("PP_R018", "update", "Creation of the the Council's"),
        ("PP_R016", "controls", "We have hold employee relation"),
        ("PP_R018", "controls", "We have an Digital Technology Strategy"),
    ],
)
def test_i15_the_spelling_of_2021_is_kept(ref: str, field: str, words: str) -> None:
    register = reread("dacorum-2021").reading.register

    risk = next(risk for risk in register.risks if risk.ref == ref)
    assert words in risk.text(field)
    assert register.about.introduction.startswith("The over all risk score for each or the risks")


@pytest.mark.parametrize(
    ("blanks", "proposed"),
    [
        (["2a", "2c"], ["2a", "2c"]),  # as in the document
        (["2c"], ["2c"]),
        (["2d"], ["2d"]),
        (["2a", "2b", "2c", "2d"], ["2a", "2b", "2c", "2d"]),
    ],
)
def test_i16_a_sub_risk_without_a_number_is_offered_the_next_letter(
    blanks: list[str], proposed: list[str]
) -> None:
    document = sample("blackpool-2021")
    for risk in document["risks"]:
        if risk["sub_ref"] in blanks:
            del risk["sub_ref"]

    found = only(looked(document), "RB102")

    assert [f.fix for f in found] == [f"Type {ref}, the next free number." for ref in proposed]
    assert {f.severity.value for f in found} == {"error"}


@pytest.mark.parametrize("again", ["2b", "2B", " 2b "])
def test_i16_two_sub_risks_with_one_number_are_an_error(again: str) -> None:
    document = sample("blackpool-2021")
    document["risks"][2]["sub_ref"] = again

    found = only(looked(document), "RB101")

    assert [(f.at.address, f.severity.value) for f in found] == [("C7", "error")]
    assert found[0].message.endswith("already stands in row 6.")


def test_i17_the_template_holds_each_row_whole() -> None:
    grid = workbook("blackpool-2021").read(["Risks"])["Risks"]
    risks = reread("blackpool-2021").reading.register.risks

    whole = ("2", "Service Failure", "Organisational Resilience")
    assert [tuple(map(risk.text, ("ref", "title", "priority"))) for risk in risks] == [whole] * 4
    assert grid.merged == ()


def test_i17_a_row_that_leans_on_the_row_above_is_found() -> None:
    document = sample("blackpool-2021")
    del document["risks"][1]["ref"], document["risks"][1]["title"]

    outcome = looked(document)

    assert places(only(outcome, "RB102")) == ["A6"]
    assert "B6" in places(only(outcome, "RB206"))


def test_i17_merged_cells_are_found() -> None:
    outcome = reshaped(
        sample("blackpool-2021"), lambda grid: replace(grid, merged=("A1:D1", "B5:B8"))
    )

    assert [(f.at.address, f.value) for f in only(outcome, "RB108")] == [("B5", "B5:B8")]


def test_i18_a_typed_score_is_compared_and_never_believed() -> None:
    document = sample("blackpool-2021")
    document["risks"][2]["gross_points"] = 2  # the cropped 25 of the register

    outcome = looked(document)

    found = only(outcome, "RB304")
    assert [(f.at.address, f.value, f.severity.value) for f in found] == [("J7", "2", "error")]
    assert found[0].message == ("'2' was typed over the formula and differs from the computed 25.")
    assert outcome.scores.by_row[7]["gross"].points == 25
    assert outcome.scores.overalls["2"].points["gross"] == 25


def test_i18_scraps_of_text_over_a_score_are_found() -> None:
    document = sample("blackpool-2021")
    document["risks"][1]["nett_points"] = "1 3 k s i R"

    found = only(looked(document), "RB304")

    assert [(f.at.address, f.value) for f in found] == [("O6", "1 3 k s i R")]


def test_i18_a_right_score_typed_over_the_formula_is_a_warning() -> None:
    document = sample("blackpool-2021")
    document["risks"][2]["gross_points"] = 25

    outcome = looked(document)

    assert places(only(outcome, "RB305")) == ["J7"]
    assert not only(outcome, "RB304")


def test_i18_blank_levels_stay_unscored() -> None:
    document = sample("blackpool-2021")
    del document["risks"][0]["gross_impact"], document["risks"][0]["gross_likelihood"]

    outcome = looked(document)

    assert [f.message for f in only(outcome, "RB212")] == ["2a has no Gross score."]
    assert "gross" not in outcome.scores.by_row[5]
    assert outcome.scores.overalls["2"].points == {"nett": Decimal("18.5")}


@pytest.mark.parametrize(
    ("typed", "owners"),
    [
        ("Chief Executive / Director of Resources", ["Chief Executive", "Director of Resources"]),
        ("Director of Resources, Chief Executive", ["Director of Resources", "Chief Executive"]),
        ("Chief Executive\nDirector of Resource", ["Chief Executive", "Director of Resources"]),
        ("Director of Resource", ["Director of Resources"]),
        ("Director of Community & Environmental Services", [SHARED]),
        ("Director of Community and Environmental Services", [SHARED]),
        (f"{SHARED} / Director of Community & Environmental Services", [SHARED]),
        (
            "Head of Property Services / Head of ICT",
            ["Head of Property Services", "Head of ICT Services"],
        ),
    ],
)
def test_i19_people_in_one_cell_are_told_apart(typed: str, owners: list[str]) -> None:
    document = sample("blackpool-2021")
    document["actions"][0]["owner"] = typed

    register = looked(document).reading.register

    assert list(register.actions[0].owners) == owners


@pytest.mark.parametrize(
    ("ref", "register", "in_force"),
    [
        (
            "2b.1",
            "Head of Waste and Environmental Operations",
            "Head of Waste Policy & Partnerships",
        ),
        ("2c.3", "Chief Accountant", "Head of Accountancy"),
        (
            "2c.5",
            "Head of Waste and Environmental Operations",
            "Head of Waste Policy & Partnerships",
        ),
        ("2c.1", "Head of ICT", "Head of ICT Services"),
    ],
)
def test_i20_a_post_under_another_title_is_read_and_reported(
    ref: str, register: str, in_force: str
) -> None:
    document = sample("blackpool-2021")
    action = next(action for action in document["actions"] if action["ref"] == ref)
    assert action["manager"] == in_force  # as in the deep dive
    action["manager"] = register

    outcome = looked(document)

    read = next(action for action in outcome.reading.register.actions if action.ref == ref)
    assert read.managers == (in_force,)
    said = [f for f in only(outcome, "RB505") if f.at.row == read.row and f.field == "manager"]
    assert [f.message for f in said] == [f"{register!r} was read as {in_force!r}."]


def test_i20_the_other_title_beside_another_manager() -> None:
    document = sample("blackpool-2021")
    payroll = document["actions"][7]
    payroll["manager"] = "Head of Organisational and Workforce Development / Chief Accountant"

    found = looked(document).reading.register.actions[7]

    assert found.managers == (
        "Head of Organisational and Workforce Development",
        "Head of Accountancy",
    )


def test_i21_original_revised_and_completed_are_three_dates() -> None:
    document = sample("blackpool-2021")
    document["actions"][9] |= {"status": "Complete", "completed": "15/10/2021"}

    action = looked(document).reading.register.actions[9]

    assert action.due("original_due") == Due(day=date(2021, 9, 30), text="September 2021")
    assert action.due("revised_due") == Due(day=date(2022, 3, 31), text="March 2022")
    assert action.due("completed") == Due(day=date(2021, 10, 15), text="15/10/2021")
    assert action.due_now == action.due("revised_due")


@pytest.mark.parametrize(
    ("cell", "day", "shown"),
    [
        (Cell(Kind.TEXT, "March 2022"), date(2022, 3, 31), "March 2022"),
        (Cell(Kind.TEXT, "Mar-22"), date(2022, 3, 31), "Mar-22"),
        (Cell(Kind.DATE, "2022-03-01", format="mmm-yy"), date(2022, 3, 31), "March 2022"),
        (Cell(Kind.DATE, "2022-03-01", format="dd/mm/yyyy"), date(2022, 3, 1), "2022-03-01"),
        (Cell(Kind.TEXT, "1 March 2022"), date(2022, 3, 1), "1 March 2022"),
    ],
)
def test_i21_a_date_is_as_precise_as_it_was_typed(cell: Cell, day: date, shown: str) -> None:
    assert due(cell) == Due(day=day, text=shown)


def test_i21_a_plain_target_date_is_the_original_one() -> None:
    document = sample("blackpool-2021")
    profile = profiles.load(document["profile"])
    grids = layout.grids(profile, document)
    grids["Actions"] = retitled({"Original Target Date": "Target Date"})(grids["Actions"])

    outcome = app.check(MemoryBook(profile, grids), profile, None, JUDGE)

    assert [(f.field, f.value) for f in only(outcome, "RB104")] == [("original_due", "Target Date")]
    assert outcome.reading.register.actions[9].text("original_due") == "September 2021"


def test_i22_every_output_shows_the_same_dates(tmp_path: Path) -> None:
    outcome = looked(sample("blackpool-2021"))

    page = {row[5]: tuple(row[2:5]) for row in rows(outcome, "actions_due") if len(row) == 11}
    assert page["2b.1"] == ("March 2022", "September 2021", 6)
    assert page["2c.4"] == ("March 2022", "September 2021", 6)
    assert page["2c.6"] == ("March 2022", "June 2021", 9)
    exported = {action["ref"]: action for action in outcome.document()["actions"]}
    for ref, original in (
        ("2b.1", "September 2021"),
        ("2c.4", "September 2021"),
        ("2c.6", "June 2021"),
    ):
        assert exported[ref]["original_due"] == original
        assert exported[ref]["revised_due"] == "March 2022"
    files = export_register(outcome, "blackpool", tmp_path, "csv")
    with next(path for path in files if "actions" in path.name).open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["ref"]: line["original_due"] for line in lines if line["revised_due"]} == {
        "2b.1": "September 2021",
        "2c.4": "September 2021",
        "2c.6": "June 2021",
    }


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({}, "RB403"),
        ({"status": "In progress"}, "RB404"),
        ({"status": "Complete"}, None),
        ({"completed": "June 2021"}, None),
        ({"status": "Complete", "completed": "June 2021"}, None),
    ],
)
def test_i23_past_its_date_an_action_needs_a_status(
    entries: dict[str, str], code: str | None
) -> None:
    document = sample("blackpool-2021")
    document["actions"][2] |= entries  # a new director, in post, due June 2021

    outcome = looked(document)

    found = [f.code for f in outcome.findings if f.at.sheet == "Actions" and f.at.row == 7]
    assert found == ([code] if code else [])


def test_i24_actions_are_matched_by_reference_and_not_by_order() -> None:
    document = sample("blackpool-2021")
    before = looked(document)
    document["actions"][2:4] = reversed(document["actions"][2:4])
    after = looked(document)

    table = before.profile.actions
    assert table
    assert changes(before.reading.register.actions, after.reading.register.actions, table) == []


@pytest.mark.parametrize("missing", ["2a.1", "2d.2"])
def test_i24_an_action_that_stands_in_one_register_only_is_said(missing: str) -> None:
    document = sample("blackpool-2021")
    before = looked(document)
    document["actions"] = [action for action in document["actions"] if action["ref"] != missing]
    after = looked(document)

    table = before.profile.actions
    assert table
    old, new = before.reading.register.actions, after.reading.register.actions
    assert [(c.ref, c.kind) for c in changes(old, new, table)] == [(missing, "gone")]
    assert [(c.ref, c.kind) for c in changes(new, old, table)] == [(missing, "new")]


def test_i25_an_action_that_stands_twice_is_found() -> None:
    document = sample("blackpool-2021")
    procurement = document["actions"][5]
    document["actions"].append(procurement | {"ref": "2b.3"})

    found = only(looked(document), "RB405")

    assert [(f.at.address, f.message) for f in found] == [
        ("C19", "action 2b.3 says the same as action 2b.2.")
    ]


def test_i25_a_manager_printed_twice_counts_once() -> None:
    document = sample("blackpool-2021")
    document["actions"][5]["manager"] = "Head of Procurement\nHead of Procurement"

    assert looked(document).reading.register.actions[5].managers == ("Head of Procurement",)


def test_i26_a_text_that_begins_in_the_middle_is_kept_and_remarked() -> None:
    outcome = looked(sample("blackpool-2021"))

    found = only(outcome, "RB503")
    assert [(f.at.address, f.value, f.severity.value) for f in found] == [
        ("F5", "and financial control.", "information")
    ]
    text = outcome.document()["risks"][0]["consequences"]
    assert text.startswith("- and financial control.\n")


@pytest.mark.parametrize(
    ("field", "counts"),
    [("consequences", "4 5 2 5"), ("opportunities", "1 2 1 3"), ("controls", "4 6 8 12")],
)
def test_i27_the_points_of_each_cell_are_counted(field: str, counts: str) -> None:
    risks = looked(sample("blackpool-2021")).reading.register.risks

    found = [points_of(risk.text(field)) for risk in risks]
    assert " ".join(str(len(points)) for points in found) == counts


@pytest.mark.parametrize(
    "text",
    [
        "- Legal challenges.\n- Reputational damage.",
        "Legal challenges.\nReputational damage.",
        "\u2022 Legal challenges.\r\n\u2022 Reputational damage.",
        "\u2022 Legal challenges. \u2022 Reputational damage.",
        "\uf0b7Legal challenges.\uf0b7Reputational damage.",
        "* Legal challenges.\n\n\u2013 Reputational  damage. ",
    ],
)
def test_i27_points_on_lines_and_points_at_bullets_are_the_same(text: str) -> None:
    assert points_of(text) == ("Legal challenges.", "Reputational damage.")


def test_i28_the_table_inside_a_text_is_kept_as_lines_and_added_up() -> None:
    outcome = reread("blackpool-2021")

    position = outcome.reading.register.actions[9].text("position")
    assert position.splitlines()[1:] == [
        "Directorate | Complete | In Progress | Yet to Start",
        "Adult Services | 83% | 17% | 0%",
        "Chief Executives | 67% | 33% | 0%",
        "Children's Services | 0% | 0% | 100%",
        "Communications and Regeneration | 79% | 0% | 21%",
        "Community & Environmental Services | 73% | 0% | 27%",
        "Governance & Partnerships | 100% | 0% | 0%",
        "Public Health | 100% | 0% | 0%",
        "Resources | 17% | 33% | 50%",
    ]
    assert not only(outcome, "RB504")


def test_i28_the_doubtful_figures_of_the_print_are_found() -> None:
    document = sample("blackpool-2021")
    action = document["actions"][9]
    action["position"] = action["position"].replace("73% | 0% | 27%", "7370% | 070% | 2770%")

    assert [f.value for f in only(looked(document), "RB504")] == ["10210"]


@pytest.mark.parametrize(
    ("key", "field", "words"),
    [
        ("2d", "controls", "- SEIM (Security Information Event Management) implemented"),
        ("2d", "controls", "- Full Sender Policy Framework (SPF) checking"),
        ("2d.1", "text", "to provide proactive altering and monitoring"),
        ("2b.1", "position", "A member-lead task-and-finish group"),
    ],
)
def test_i29_the_words_of_the_deep_dive_are_kept(key: str, field: str, words: str) -> None:
    register = reread("blackpool-2021").reading.register

    texts = {risk.key: risk.text(field) for risk in register.risks}
    texts |= {action.ref: action.text(field) for action in register.actions}
    assert words in texts[key]


@pytest.mark.parametrize(
    ("name", "owners"),
    [
        ("dacorum-2021", {"Linda Roberts": 8}),
        ("dacorum-2017", {"Robert Smyth": 8}),
        (
            "blackpool-2021",
            {
                "Chief Executive": 2,
                "Director of Children's Services": 1,
                SHARED: 2,
                "Director of Resources": 3,
            },
        ),
    ],
)
def test_i30_an_owner_is_a_person_or_a_post(name: str, owners: dict[str, int]) -> None:
    outcome = looked(sample(name))

    group = next(group for group in outcome.summary.groups if group.field == "owner")
    assert {line.name: line.risks for line in group.lines} == owners
    assert not [f for f in outcome.findings if f.field == "owner" and f.severity.value == "error"]


def test_i30_a_persons_name_is_split_only_between_people() -> None:
    separators = profiles.load("operational-4x4").separators

    assert people("Linda Roberts", separators) == ("Linda Roberts",)
    assert people("Linda Roberts / Robert Smyth", separators) == ("Linda Roberts", "Robert Smyth")


def test_i31_a_register_may_leave_the_new_columns_blank() -> None:
    outcome = looked(council())

    assert codes(outcome) == ["RB501"]  # the update; no target, review date or treatment is asked
    assert outcome.exit_code == 0
    assert list(outcome.scores.by_row[5]) == ["gross", "nett"]
    assert outcome.summary.total.unscored == {"gross": 0, "nett": 0, "target": 1}


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"target_likelihood": 1, "target_impact": 3, "review_date": "March 2022"}, None),
        ({"target_likelihood": 3, "target_impact": 3}, "RB303"),  # worse than today
        ({"target_likelihood": 1}, "RB211"),  # half a score
        ({"review_date": "May 2021"}, "RB407"),  # the register is as at 30 June 2021
        ({"nett_likelihood": 4}, "RB307"),  # 12, where legal risks may have 6
    ],
)
def test_i31_the_new_columns_are_checked_once_they_are_filled(
    entries: dict[str, object], code: str | None
) -> None:
    found = codes(looked(council(update="No change.", **entries)))

    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("points", "word"),
    [
        ("5", "Low"),
        ("5.01", "Medium"),  # between the bands: the worse one
        ("12.5", "High"),
        ("18.5", "High"),
        ("25", "High"),
    ],
)
def test_i32_a_weighted_score_lies_in_a_band_fractions_too(points: str, word: str) -> None:
    assert band_of(Decimal(points), profiles.load("strategic-weighted-5x5").bands).label == word


def test_i32_the_bands_that_the_council_did_not_publish_are_said_to_be_supplied() -> None:
    outcome = looked(sample("blackpool-2021"))

    assert outcome.scores.overalls["2"].bands["nett"].label == "High"
    assert all(band.supplied for band in outcome.profile.bands)
    key = workbook("blackpool-2021").read(["Key"])["Key"]
    shown = [
        cells[3].text for _, cells in key.lines() if cells[0].text in ("Low", "Medium", "High")
    ]
    assert shown[:3] == ["riskbook's default"] * 3


def test_i32_a_council_sets_its_own_bands_for_weighted_scores() -> None:
    document = profiles.document("strategic-weighted-5x5")
    low, high = document["bands"][0], document["bands"][2]
    document["bands"] = [low | {"most": 18.4}, high | {"least": 18.5, "label": "Intolerable"}]
    profile = build(document)

    outcome = app.check(MemoryBook.of(profile, sample("blackpool-2021")), profile, None, JUDGE)

    overall = outcome.scores.overalls["2"]
    assert overall.bands["nett"].label == "Intolerable"
    assert outcome.document()["overall"]["2"]["nett"] == {"points": 18.5, "band": "Intolerable"}
