"""Scores of whole registers: weights, contributions, the overall, completeness.

``weighted("2a 40% 5x5 4x5", ...)`` is a register of sub-risks: reference, weight, gross and
nett likelihood x impact; ``-`` stands for a blank.
"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbook.core import layout
from riskbook.core.reading import read
from riskbook.core.scores import Overall, Scores, results, score
from tests.core.notation import COUNCIL, WEIGHTED, Document, book, checked, profile_of

PROFILE = profile_of(WEIGHTED)


def weighted(*lines: str) -> dict[str, object]:
    risks = []
    for line in lines:
        ref, weight, gross, nett = line.split()
        entries: dict[str, object] = {"ref": ref.rstrip("abcd"), "sub_ref": ref, "weight": weight}
        for stage, levels in (("gross", gross), ("nett", nett)):
            for axis, level in zip(("likelihood", "impact"), levels.split("x"), strict=True):
                entries[f"{stage}_{axis}"] = level
        risks.append({field: value for field, value in entries.items() if value not in ("-", "")})
    return {**WEIGHTED, "risks": risks, "actions": []}


def scored(register: Document) -> Scores:
    return score(read(layout.grids(PROFILE, register), PROFILE).register, PROFILE)


def overall(*lines: str) -> Overall:
    return scored(weighted(*lines)).overalls["2"]


@pytest.mark.parametrize(
    ("lines", "gross", "nett"),
    [
        (["2a 40% 5x5 4x5", "2b 60% 5x5 3x5"], "25", "17.0"),
        (["2a 100% 3x4 1x1"], "12", "1"),
        (["2a 0% 5x5 5x5", "2b 100% 1x2 1x1"], "2", "1"),
        (["2a 40% 5x5 -x5", "2b 60% 5x5 3x5"], "25", None),  # one sub-risk is not scored
        (["2a 40% 5x5 4x5", "2b - 5x5 3x5"], None, None),  # or has no weight
        (["2a 40% 5x5 4x5", "2b 59.94% 5x5 3x5"], None, None),
        (["2a 40% 5x5 4x5", "2b 59.95% 5x5 3x5"], "24.9875", "16.9925"),  # within 0.05 %
    ],
)
def test_the_overall_is_the_weighted_sum(
    lines: list[str], gross: str | None, nett: str | None
) -> None:
    found = overall(*lines)

    points = {stage: value for stage, value in (("gross", gross), ("nett", nett)) if value}
    assert found.points == {stage: Decimal(value) for stage, value in points.items()}
    assert found.bands.keys() == points.keys()


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (["2a 40% 5x5 4x5", "2b 60% 5x5 3x5"], "0.40 x 20 + 0.60 x 15 = 17"),
        (["2a 33.33% 5x5 4x5", "2b 66.67% 5x5 1x1"], "0.3333 x 20 + 0.6667 x 1 = 7.3327"),
        (["2a 100% 5x5 4x5"], "1.00 x 20 = 20"),
        (["2a 40% 5x5 4x5"], ""),
    ],
)
def test_the_sum_can_be_checked_by_a_reader(lines: list[str], printed: str) -> None:
    assert overall(*lines).printed_sum("nett") == printed


def test_a_weight_of_many_digits_is_printed_with_all_of_them() -> None:
    third = "0." + "3" * 40

    found = overall(f"2a {third} 5x5 4x5", f"2b {third} 5x5 3x5", f"2c {third} 5x5 3x5")

    assert found.printed_sum("nett").startswith(f"{third} x 20 + {third} x 15")
    assert found.points["nett"] == Decimal("16.666667")


CUTS = st.lists(st.integers(0, 1_000), max_size=3).map(sorted)
LEVELS = st.tuples(st.integers(1, 5), st.integers(1, 5))


@settings(deadline=None)  # the first example loads more than the others
@given(cuts=CUTS, levels=st.lists(LEVELS, min_size=4, max_size=4))
def test_an_overall_lies_between_the_mildest_and_the_worst_of_its_sub_risks(
    cuts: list[int], levels: list[tuple[int, int]]
) -> None:
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, 1_000], strict=True)]
    points = [one * other for one, other in levels[: len(parts)]]

    found = overall(
        *(
            f"2{letter} {part / 10}% {one}x{other} {one}x{other}"
            for letter, part, (one, other) in zip("abcd", parts, levels, strict=False)
        )
    )

    by_hand = sum(Decimal(part) * each for part, each in zip(parts, points, strict=True)) / 1_000
    assert found.points == {"gross": by_hand, "nett": by_hand}
    assert min(points) <= found.points["nett"] <= max(points)


def test_rows_without_a_reference_have_scores_and_no_overall() -> None:
    found = scored(
        {**WEIGHTED, "risks": [{"sub_ref": "2a", "nett_likelihood": 3, "nett_impact": 2}]}
    )

    assert found.overalls == {}
    assert found.by_row[5]["nett"].points == 6


def test_every_computed_column_has_a_value() -> None:
    outcome = checked(WEIGHTED)

    risk = outcome.reading.register.risks[0]
    assert results(risk, outcome.scores, PROFILE) == {
        "gross_points": 25,
        "gross_band": "High",
        "nett_points": 15,
        "nett_band": "High",
        "weight_used": Decimal("0.4"),
        "weight_total": 1,
        "gross_weighted": 10,
        "nett_weighted": 6,
        "gross_overall": 25,
        "nett_overall": 15,
        "completeness": Decimal("0.8571"),  # 12 of 14: no opportunities, no priority
        "key": "2",
        "page": "Page",
    }


@pytest.mark.parametrize(
    ("typed", "blank"),
    [
        ({"A5": ""}, {"weight_total", "gross_overall", "nett_overall", "key"}),
        (
            {"E5": "?"},
            {"weight_used", "gross_weighted", "nett_weighted", "gross_overall", "nett_overall"},
        ),
        ({"M5": ""}, {"nett_points", "nett_band", "nett_weighted", "nett_overall"}),
    ],
)
def test_what_cannot_be_computed_stays_blank(typed: dict[str, str], blank: set[str]) -> None:
    outcome = checked(WEIGHTED, typed)

    found = results(outcome.reading.register.risks[0], outcome.scores, PROFILE)
    assert {field for field, value in found.items() if value == ""} == blank


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ({}, "0.9286"),  # 13 of the 14 that must or should be there; no service
        ({"D5": "Estates"}, "1"),
        ({"D5": "' "}, "0.9286"),  # spaces are nothing
        ({"E5": "Growth"}, "0.9286"),  # the priority may be blank
        ({"D5": "#N/A"}, ""),
    ],
)
def test_completeness_is_the_share_of_entries_that_are_there(
    typed: dict[str, str], share: str
) -> None:
    profile = profile_of(COUNCIL)
    register = read(book(COUNCIL, typed, profile).grids, profile).register

    found = results(register.risks[0], score(register, profile), profile)["completeness"]

    assert found == (Decimal(share) if share else "")


def test_a_row_with_nothing_that_counts_is_not_complete_at_all() -> None:
    profile = profile_of(COUNCIL)
    register = read(book(COUNCIL, {"E9": "Growth"}, profile).grids, profile).register

    found = results(register.risks[2], score(register, profile), profile)

    assert (found["completeness"], found["nett_points"], found["nett_band"]) == ("", "", "")
