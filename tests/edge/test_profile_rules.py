"""What the parts of a profile need of each other; edits as in :mod:`tests.edge.profile_edits`."""

import pytest

from tests.edge.profile_edits import BLACKPOOL, COUNCIL, DACORUM, SIGNOFF, column, edited, refused

NOT_A_LEVEL = (
    "columns of the kind 'level' are called by stage and axis, such as 'gross_impact', "
    "and other columns are not"
)


@pytest.mark.parametrize(
    ("name", "edit", "sentence"),
    [
        # fields, headings, aliases
        (
            DACORUM,
            'risks/columns + {"field": "owner", "heading": "Other", "kind": "text"}',
            "risks: two columns have the field 'owner'",
        ),
        (
            DACORUM,
            'risks/columns/member/heading = "RISK  OWNER"',
            "risks: two columns have the heading 'RISK  OWNER'",
        ),
        (
            DACORUM,
            'risks/columns/member/aliases = ["Risk owner"]',
            "risks, column member: the alias 'Risk owner' already means the column owner",
        ),
        (
            COUNCIL,
            'actions/columns/position/aliases = ["action"]',
            "actions, column position: the alias 'action' already means the column text",
        ),
        # columns without which there is no register
        (DACORUM, "risks/columns/title -", "risks: there is no column with the field 'title'"),
        (COUNCIL, "actions/columns/risk -", "actions: there is no column with the field 'risk'"),
        (COUNCIL, "actions/columns/text -", "actions: there is no column with the field 'text'"),
        (
            DACORUM,
            'risks/columns/ref/kind = "number"',
            "risks, column ref: its kind must be 'ref', not 'number'",
        ),
        (
            COUNCIL,
            'actions/columns/original_due/kind = "text"',
            "actions, column original_due: its kind must be 'date', not 'text'",
        ),
        (
            DACORUM,
            f"risks/columns + {column('scores', 'text')}",
            "risks: the field 'scores' is riskbook's own; choose another",
        ),
        # stages and levels
        (
            DACORUM,
            'stages = ["nett", "gross"]',
            "stages: their order is 'gross', 'nett' and 'target'",
        ),
        (
            DACORUM,
            f"risks/columns + {column('urgency', 'level')}",
            f"risks, column urgency: {NOT_A_LEVEL}",
        ),
        (
            DACORUM,
            'risks/columns/gross_impact/kind = "number"',
            f"risks, column gross_impact: {NOT_A_LEVEL}",
        ),
        # computed columns
        (
            DACORUM,
            f"risks/columns + {column('gross_point', 'computed')}",
            "risks, column gross_point: riskbook cannot work it out; did you mean 'gross_points'?",
        ),
        (
            DACORUM,
            f"risks/columns + {column('target_points', 'computed')}",
            "risks, column target_points: 'target' is not one of the profile's stages",
        ),
        (
            DACORUM,
            'risks/columns/gross_points/kind = "number"',
            "risks, column gross_points: riskbook works it out; its kind must be 'computed'",
        ),
        (
            BLACKPOOL,
            "risks/columns/weight_total -",
            "risks, column gross_overall: it needs 'weight_total' beside it | "
            "risks, column nett_overall: it needs 'weight_total' beside it",
        ),
        (
            BLACKPOOL,
            "risks/columns/weight_used -",
            "risks, column weight_total: it needs 'weight_used' beside it | "
            "risks, column gross_weighted: it needs 'weight_used' beside it | "
            "risks, column nett_weighted: it needs 'weight_used' beside it",
        ),
        (
            BLACKPOOL,
            "risks/columns/weight -",
            "risks, column weight_used: it needs 'weight' beside it",
        ),
        (
            BLACKPOOL,
            f"risks/columns + {column('share', 'weight')}",
            "risks, column share: a column of the kind 'weight' is called 'weight'",
        ),
        (
            BLACKPOOL,
            "risks/columns/sub_ref -",
            "risks, column weight: it needs 'sub_ref' beside it; weights belong to sub-risks",
        ),
        # lists
        (
            SIGNOFF,
            'lists/category + "reputational"',
            "lists, category: 'reputational' stands twice",
        ),
        (
            SIGNOFF,
            'lists/category + "Health  and  safety"',
            "lists, category: 'Health  and  safety' has spaces nobody sees; "
            "write 'Health and safety'",
        ),
        (
            SIGNOFF,
            'risks/columns/category/choices = "categories"',
            "risks, column category: there is no list 'categories'; did you mean 'category'?",
        ),
        (
            COUNCIL,
            'actions/complete + "Done"',
            "actions, complete: 'Done' is not in the list of the column status",
        ),
        # scales
        (
            SIGNOFF,
            'scales/impact/0/label = "severe"',
            "scales, impact: the label 'Severe' stands twice",
        ),
        (
            SIGNOFF,
            'scales/impact/0/label = "4"',
            "scales, impact: the label '4' can be taken for a level's number",
        ),
        (
            SIGNOFF,
            'scales/impact/0/label = "2.5"',
            "scales, impact: the label '2.5' can be taken for a level's number",
        ),
        (
            SIGNOFF,
            'scales/impact/0/label = "4 severe"',
            "scales, impact: the label '4 severe' can be taken for a level's number",
        ),
        # bands and the matrix
        (DACORUM, 'bands/amber/key = "green"', "bands: two bands have the key 'green'"),
        (
            DACORUM,
            "bands/amber/least = 11",
            "bands, amber: its least points are more than its most points",
        ),
        (
            DACORUM,
            "bands/green/most = 10",
            "bands: 'amber' must end above 'green', which is milder",
        ),
        (
            DACORUM,
            'matrix = {"rule": "look-up", "points": [[1, 2, 3], [2, 4, 6], [3, 6, 9]]}',
            "matrix, points: it needs 4 rows (impact) of 4 cells (likelihood)",
        ),
        # appetite
        (
            COUNCIL,
            'appetite/by = "services"',
            "appetite, by: 'services' is not a column of the risks sheet with a list",
        ),
        (
            COUNCIL,
            'appetite/by = "title"',
            "appetite, by: 'title' is not a column of the risks sheet with a list",
        ),
        (
            COUNCIL,
            "appetite/most/Finance = 4",
            "appetite, most: 'Finance' is not in the list of the column category",
        ),
        # sheets, dates, posts
        (DACORUM, 'sheets = {"risks": "KEY"}', "sheets: two sheets are called 'Key'"),
        (
            DACORUM,
            'sheets = {"risks": "History"}',
            "sheets: Excel keeps the name 'History' for itself; choose another",
        ),
        (DACORUM, 'effective/to = "2020-03-31"', "effective: the profile ends before it begins"),
        (
            BLACKPOOL,
            'people/posts + {"post": "Treasurer", "also": ["chief accountant"]}',
            "people, posts: the title 'chief accountant' stands twice",
        ),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused(tmp_path, name, edit, sentence):
    found = refused(tmp_path, edited(name, edit))

    assert " | ".join(found) == sentence


def test_a_stage_has_both_axes_and_its_points(tmp_path):
    edits = ("risks/columns/gross_impact -", "risks/columns/nett_points -")

    assert refused(tmp_path, edited(DACORUM, *edits)) == [
        "risks: the column gross_likelihood needs 'gross_impact' beside it",
        "risks: the column nett_likelihood needs 'nett_points' beside it",
        "risks, column gross_points: it needs 'gross_impact' beside it",
        "risks, column gross_band: it needs 'gross_impact' beside it",
    ]


def test_a_column_of_a_stage_that_the_profile_does_not_have_is_refused(tmp_path):
    edits = [f"risks/columns/gross_{name} -" for name in ("points", "band")]

    assert refused(tmp_path, edited(DACORUM, 'stages = ["nett"]', *edits)) == [
        "risks, column gross_likelihood: 'gross' is not one of the profile's stages",
        "risks, column gross_impact: 'gross' is not one of the profile's stages",
    ]


def test_appetite_needs_the_nett_stage(tmp_path):
    fields = ("likelihood", "impact", "points", "band")
    edits = [f"risks/columns/nett_{name} -" for name in fields]

    assert refused(tmp_path, edited(COUNCIL, 'stages = ["gross", "target"]', *edits)) == [
        "appetite: it is compared with the stage 'nett', which the profile does not have"
    ]


def test_completeness_counts_something(tmp_path):
    document = edited(DACORUM)
    for item in document["risks"]["columns"]:
        item["need"] = "may"

    assert refused(tmp_path, document) == [
        "risks, column completeness: it counts columns that must or should be filled; none is"
    ]


def test_a_painted_matrix_fits_its_scales_and_names_its_bands(tmp_path):
    points, paint = [[1, 2, 3, 4]] * 4, [["green"] * 4] * 3 + [["green", "ambr", "red", "x"]]
    document = edited(DACORUM) | {"matrix": {"rule": "painted", "points": points, "bands": paint}}

    assert refused(tmp_path, document) == [
        "matrix, bands: there is no band with the key 'ambr'; did you mean 'amber'?",
        "matrix, bands: there is no band with the key 'x'",
    ]
    paint[3] = ["green", "amber", "red"]
    assert refused(tmp_path, document) == [
        "matrix, bands: it needs 4 rows (impact) of 4 cells (likelihood)"
    ]
