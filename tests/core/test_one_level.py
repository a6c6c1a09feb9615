"""What one level less changes: read from the matrix, whatever its rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from riskbook.core.page import PageValue
from riskbook.core.pages import one_level
from riskbook.core.pages.one_level import steps, strongest, told
from riskbook.core.profile import Profile
from riskbook.core.scores import Overall, score
from riskbook.core.scoring import RULES, Matrix, look_up, write_out
from riskbook.edge.documents import profiles
from tests.core.looking import rows, seen
from tests.core.notation import WEIGHTED, checked, profile_of, without

TITLE = "What one level less would change"
HEAD: list[PageValue] = [
    *("No.", "Sub-Risk", "Axis", "From", "To", "Nett from", "Nett to"),
    *("Change of overall", "Overall then"),
]


def blocks(typed: dict[str, str]) -> list[list[list[PageValue]]]:
    """The block of each risk: what is said, then its lines."""
    found = rows(checked(WEIGHTED, typed), "weighting")
    starts = [at for at, row in enumerate(found) if row[0] == TITLE]
    ends = [at for at, row in enumerate(found) if str(row[0]).startswith(("Risk 3", "Key"))]
    return [found[start + 1 : end] for start, end in zip(starts, ends, strict=True)]


def test_each_step_says_from_where_to_where_and_what_the_overall_is_then() -> None:
    first, second = blocks({})  # 2a 40 % and 2b 60 %, both 3 x 5 = 15 nett

    assert first == [
        [
            "The Overall Risk Score (nett) moves most with 2b likelihood 3 to 2: "
            "down 3, from 15 to 12."
        ],
        HEAD,
        ["2a", "No children's services", "Likelihood", "3", "2", 15, 10, Decimal("-2.00"), 13],
        [
            "2a",
            "No children's services",
            "Impact",
            "5",
            "4",
            15,
            12,
            Decimal("-1.20"),
            Decimal("13.80"),
        ],
        ["2b", "A provider fails", "Likelihood", "3", "2", 15, 10, Decimal("-3.00"), 12],
        ["2b", "A provider fails", "Impact", "5", "4", 15, 12, Decimal("-1.80"), Decimal("13.20")],
    ]
    assert second[0] == [
        "The Overall Risk Score (nett) moves most with 3a likelihood 3 to 2: down 5, from 15 to 10."
    ]


def test_steps_that_lower_it_alike_are_all_named() -> None:
    first, _ = blocks({"E5": "50%", "E6": "50%"})

    assert first[0] == [
        "The Overall Risk Score (nett) moves most, and alike, with 2a likelihood 3 to 2 or "
        "2b likelihood 3 to 2: down 2.5, from 15 to 12.5."
    ]


def test_the_strongest_step_is_marked() -> None:
    shown = checked(WEIGHTED).pages[4]
    marked = [
        [cell.value for cell in seen(row)][:3]
        for row in shown.rows
        if any(cell.style == "rb total decimal" for cell in row.cells)
    ]

    assert marked == [
        ["2b", "A provider fails", "Likelihood"],
        ["3a", "Less grant", "Likelihood"],
    ]


def test_at_the_first_level_there_is_no_step() -> None:
    first, _ = blocks({"M5": "1", "N5": "1", "M6": "1"})  # 2a 1 x 1; 2b impact 1, likelihood 3

    assert [row[:5] for row in first[2:]] == [["2b", "A provider fails", "Likelihood", "3", "2"]]


def test_where_every_sub_risk_is_at_its_mildest_nothing_lowers_the_overall() -> None:
    first, _ = blocks({"M5": "1", "N5": "1", "M6": "1", "N6": "1"})

    assert first == [["No change by one level lowers the Overall Risk Score (nett)."]]


@pytest.mark.parametrize("typed", [{"M5": ""}, {"E5": ""}])
def test_what_is_not_scored_or_not_weighted_has_no_step_and_leaves_the_overall_open(
    typed: dict[str, str],
) -> None:
    first, _ = blocks(typed)

    assert first == [
        ["The Overall Risk Score (nett) moves most with 2b likelihood 3 to 2: down 3."],
        HEAD,
        ["2b", "A provider fails", "Likelihood", "3", "2", 15, 10, Decimal("-3.00"), None],
        ["2b", "A provider fails", "Impact", "5", "4", 15, 12, Decimal("-1.80"), None],
    ]


def with_matrix(matrix: Matrix, profile: Profile) -> Overall:
    """The first risk of the register under another matrix."""
    register = checked(WEIGHTED).reading.register
    return score(register, replace(profile, matrix=matrix)).overalls["2"]


def test_a_look_up_gives_its_own_differences_not_those_of_a_product() -> None:
    profile = profile_of(WEIGHTED)
    # by impact (down) and likelihood (across): 3 and 2 have the same points at impact 5, and
    # impact 4 has more points than 5
    table = [
        [Decimal(value) for value in line]
        for line in (
            (1, 1, 1, 1, 1),
            (1, 1, 1, 1, 1),
            (1, 1, 1, 1, 1),
            (1, 1, 22, 22, 25),
            (1, 20, 20, 22, 25),
        )
    ]
    matrix = look_up(table, profile.bands)
    strange = replace(profile, matrix=matrix)

    found = list(steps(with_matrix(matrix, profile), strange))

    assert [(s.risk.key, s.axis, s.before, s.after, s.change) for s in found] == [
        ("2a", "likelihood", 20, 20, 0),
        ("2a", "impact", 20, 22, Decimal("0.8")),
        ("2b", "likelihood", 20, 20, 0),
        ("2b", "impact", 20, 22, Decimal("1.2")),
    ]
    assert strongest(found) == []
    assert told(found, with_matrix(matrix, profile), strange) == (
        "No change by one level lowers the Overall Risk Score (nett)."
    )


def test_sums_take_one_point_for_each_level() -> None:
    profile = profile_of(WEIGHTED)
    matrix = write_out(RULES["sum"], profile.bands, likelihoods=5, impacts=5)

    found = list(steps(with_matrix(matrix, profile), replace(profile, matrix=matrix)))

    assert [s.change for s in found] == [
        *(Decimal("-0.4"), Decimal("-0.4"), Decimal("-0.6"), Decimal("-0.6")),
    ]


def test_a_council_with_a_target_too_has_columns_for_it() -> None:
    document = profiles.document("strategic-weighted-5x5")
    columns = document["risks"]["columns"]
    more = [
        {"field": f"target_{axis}", "heading": f"Target {axis}", "kind": "level"}
        for axis in ("likelihood", "impact")
    ]
    profile = profile_of(
        WEIGHTED, stages=["gross", "nett", "target"], risks={"columns": [*columns, *more]}
    )

    found = rows(checked(WEIGHTED, profile=profile), "weighting")

    head = next(row for row in found if row[:3] == ["No.", "Sub-Risk", "Weight"])
    assert head[7:] == ["Target Score", "Target contribution", "Nett last year", "Movement"]


def test_a_council_that_weights_gross_scores_alone_steps_from_them() -> None:
    nett = [f"nett_{p}" for p in ("likelihood", "impact", "points", "band", "weighted", "overall")]
    profile = without(WEIGHTED, *nett, "prior_nett", stages=["gross"])

    found = rows(checked(WEIGHTED, profile=profile), "weighting")

    assert next(row for row in found if str(row[0]).startswith("The Overall")) == [
        "The Overall Risk Score (gross) moves most, and alike, with 2b likelihood 5 to 4 or "
        "2b impact 5 to 4: down 3, from 25 to 22."
    ]


def test_no_steps_are_no_table() -> None:
    outcome = checked(WEIGHTED, {"M5": "", "M6": ""})
    overall = outcome.scores.overalls["2"]

    shown = list(one_level.block(overall, outcome.profile, (9, 48, 11, 11, 13, 11, 13, 13, 16)))

    assert len(shown) == 2
