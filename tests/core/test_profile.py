"""What a profile is made of, from small documents and from the profiles that are shipped."""

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from riskbook.core.finding import Severity
from riskbook.core.profile import LONGEST_TEXT, REFERENCE, Appetite, Post, build
from riskbook.core.scoring import Rating

SHIPPED = ("council-5x5", "operational-4x4", "operational-4x4-signoff", "strategic-weighted-5x5")


def shipped(name: str) -> dict:
    return json.loads(files("riskbook").joinpath(f"profiles/{name}.json").read_text("utf-8"))


def small() -> dict:
    """The least that ``build`` needs: one stage, two bands, no actions."""
    level = [{"label": word} for word in ("Low", "Medium", "High")]
    band = {"fill": "#FFFFFF", "ink": "#000000"}
    return {
        "id": "small",
        "version": "1.0",
        "title": "Small",
        "stages": ["nett"],
        "scales": {"likelihood": level, "impact": deepcopy(level)},
        "matrix": {"rule": "product"},
        "bands": [
            {"key": "green", "label": "Green", "least": 1, "most": 4, **band},
            {"key": "red", "label": "Red", "least": 6, "most": 9, **band, "supplied": True},
        ],
        "risks": {
            "columns": [
                {"field": "ref", "heading": "Ref", "kind": "ref", "need": "must"},
                {"field": "title", "heading": "Risk", "kind": "text", "need": "should"},
                {"field": "nett_likelihood", "heading": "L", "kind": "level"},
                {"field": "nett_impact", "heading": "I", "kind": "level"},
                {"field": "nett_points", "heading": "Score", "kind": "computed"},
            ]
        },
    }


def points(profile, rows: str) -> bool:
    """Whether the matrix holds these points: impact 1 first, rows split by "/"."""
    found = [" ".join(str(score.points) for score in row) for row in profile.matrix.cells]
    return " / ".join(found) == rows


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_profile_can_be_built(name):
    profile = build(shipped(name))

    assert profile.id == name
    assert profile.matrix.likelihoods == len(profile.scales["likelihood"])
    assert profile.matrix.impacts == len(profile.scales["impact"])


def test_what_a_document_leaves_out_has_a_default():
    profile = build(small())

    assert (profile.lists, profile.posts) == ({}, ())
    assert (profile.appetite, profile.actions, profile.complete) == (None, None, ())
    assert profile.separators == (" / ", ";", "\n", ", ")
    assert (profile.weight_tolerance, profile.spare_rows) == (Decimal("0.0005"), 100)
    assert (profile.effective_from, profile.effective_to) == (None, None)
    assert profile.words["nett"] == "Nett"


def test_what_a_document_says_is_kept():
    document = small() | {
        "words": {"nett": "Residual"},
        "weights": {"tolerance": 0.5},
        "people": {
            "separators": ["|"],
            "posts": [{"post": "Head of A", "also": ["Head of B"]}],
        },
        "spare_rows": 7,
        "rules": {"RB501": "off"},
        "lists": {"category": ["People"]},
        "appetite": {"by": "category", "most": {"People": 2.5}, "otherwise": 4},
        "effective": {"from": "2021-04-01", "to": "2022-03-31"},
    }

    profile = build(document)

    assert (profile.words["nett"], profile.words["gross"]) == ("Residual", "Gross")
    assert profile.weight_tolerance == Decimal("0.005")  # half a percentage point
    assert profile.separators == ("|",)
    assert profile.posts == (Post(post="Head of A", also=("Head of B",)),)
    assert profile.spare_rows == 7
    assert profile.severities == {"RB501": Severity.OFF}
    assert profile.appetite == Appetite(
        by="category", most={"People": Decimal("2.5")}, otherwise=Decimal(4)
    )
    assert (profile.effective_from, profile.effective_to) == (date(2021, 4, 1), date(2022, 3, 31))


def test_people_may_have_posts_and_the_usual_separators():
    document = small() | {"people": {"posts": []}}

    assert build(document).separators == (" / ", ";", "\n", ", ")


@pytest.mark.parametrize(
    ("matrix", "rows"),
    [
        ({"rule": "product"}, "1 2 3 / 2 4 6 / 3 6 9"),
        ({"rule": "sum"}, "2 3 4 / 3 4 5 / 4 5 6"),
        (
            {"rule": "look-up", "points": [[1, 2, 4], [2, 4.5, 6], [3, 6, 9]]},
            "1 2 4 / 2 4.5 6 / 3 6 9",
        ),
    ],
)
def test_every_rule_is_written_out_as_points(matrix, rows):
    assert points(build(small() | {"matrix": matrix}), rows)


def test_a_painted_matrix_takes_its_bands_from_the_paint():
    paint = [["green"] * 3, ["green"] * 3, ["green", "green", "red"]]
    matrix = {"rule": "painted", "points": [[1, 2, 3], [2, 4, 6], [3, 6, 9]], "bands": paint}

    profile = build(small() | {"matrix": matrix})

    assert profile.rule == "painted"
    assert profile.matrix.score(Rating(likelihood=2, impact=3)).band.label == "Green"  # 6 points
    assert profile.matrix.score(Rating(likelihood=3, impact=3)).band.label == "Red"


def test_a_band_knows_whether_the_council_published_it():
    assert [band.supplied for band in build(small()).bands] == [False, True]


@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("operational-4x4", "about summary heat_map breakdown risks checks risk_pages key lists"),
        (
            "council-5x5",
            "about summary heat_map breakdown risks actions checks actions_due risk_pages key "
            "lists",
        ),
        (
            "strategic-weighted-5x5",
            "about summary heat_map breakdown risks actions checks weighting actions_due "
            "risk_pages key lists",
        ),
    ],
)
def test_a_workbook_has_only_the_sheets_that_its_profile_needs(name, sheets):
    assert " ".join(build(shipped(name)).sheets) == sheets


def test_a_council_names_its_own_sheets():
    profile = build(small() | {"sheets": {"risks": "Corporate risks"}})

    assert profile.risks.sheet == profile.sheets["risks"] == "Corporate risks"
    assert profile.sheets["about"] == "About"


@pytest.mark.parametrize(
    ("name", "weighted", "tables"),
    [("operational-4x4", False, 1), ("council-5x5", False, 2), ("strategic-weighted-5x5", True, 2)],
)
def test_a_profile_knows_its_tables_and_whether_it_weighs(name, weighted, tables):
    profile = build(shipped(name))

    assert (profile.weighted, len(profile.tables)) == (weighted, tables)


def test_the_statuses_that_complete_an_action_are_kept():
    assert build(shipped("council-5x5")).complete == ("Complete", "Cancelled")


@pytest.mark.parametrize(
    ("field", "stage", "axis"),
    [
        ("gross_impact", "gross", "impact"),
        ("nett_likelihood", "nett", "likelihood"),
        ("gross_points", "gross", ""),
        ("prior_gross", "", ""),
        ("title", "", ""),
    ],
)
def test_a_column_knows_its_stage_and_its_axis(field, stage, axis):
    column = build(shipped("strategic-weighted-5x5")).risks.column(field)

    assert (column.stage, column.axis) == (stage, axis)


def test_a_table_finds_its_columns_and_counts_those_that_are_needed():
    table = build(small()).risks

    assert table.column("nett_impact").heading == "I"
    assert table.column("owner") is None
    assert [column.field for column in table.counted] == ["ref", "title"]
    assert [column.field for column in table.columns if not column.entered] == ["nett_points"]


@pytest.mark.parametrize(
    ("name", "axis", "level", "read_as"),
    [
        ("operational-4x4-signoff", "likelihood", 3, "3 Likely"),
        ("operational-4x4-signoff", "impact", 4, "4 Severe"),
        ("operational-4x4", "likelihood", 4, "4 Severe"),
        ("strategic-weighted-5x5", "impact", 5, "5"),
    ],
)
def test_a_level_is_shown_with_its_word_where_it_has_one(name, axis, level, read_as):
    assert build(shipped(name)).label(axis, level) == read_as


def test_only_an_axis_with_all_its_words_is_an_axis_of_words():
    document = small()
    document["scales"]["impact"][1]["label"] = ""

    assert build(document).axis_of_words() == ("likelihood",)


@pytest.mark.parametrize(
    ("sheet", "field", "schema"),
    [
        ("risks", "ref", {"type": "string", "maxLength": 40, "pattern": REFERENCE}),
        ("risks", "title", {"type": "string", "maxLength": LONGEST_TEXT}),
        ("risks", "controls", {"type": "string", "maxLength": LONGEST_TEXT}),
        ("risks", "owner", {"type": "string", "maxLength": LONGEST_TEXT}),
        ("risks", "weight", {"type": "number", "minimum": 0, "maximum": 1}),
        ("risks", "prior_nett", {"type": "number"}),
        ("risks", "nett_impact", {"type": "integer", "minimum": 1, "maximum": 5}),
        ("actions", "status", {"enum": ["Not started", "In progress", "Complete", "Cancelled"]}),
        ("actions", "original_due", {"type": "string", "format": "date"}),
    ],
)
def test_each_kind_of_column_has_one_schema(sheet, field, schema):
    profile = build(shipped("strategic-weighted-5x5"))

    assert profile.schema(getattr(profile, sheet).column(field)) == schema


def test_i11_the_words_of_2017_and_of_2021_are_two_profiles_with_periods_of_their_own():
    then, now = build(shipped("operational-4x4-signoff")), build(shipped("operational-4x4"))

    assert (then.label("likelihood", 2), now.label("likelihood", 2)) == ("2 Unlikely", "2 Medium")
    assert (then.effective_to, now.effective_from) == (date(2021, 3, 31), date(2021, 4, 1))
    assert then.matrix.attainable() == now.matrix.attainable()


def test_i32_a_weighted_profile_has_a_band_for_every_score():
    profile = build(shipped("strategic-weighted-5x5"))

    assert profile.weighted
    assert all(band.supplied for band in profile.bands)  # the council publishes none
