"""Which risks stand where on the matrix at each stage, and how they moved."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.heatmap import Move, described, heat_maps
from riskbook.core.profile import build
from riskbook.core.scoring import Rating
from riskbook.edge.documents import profiles
from tests.core.notation import COUNCIL, checked
from tests.support import looked, sample


def at(likelihood: int, impact: int) -> Rating:
    return Rating(likelihood=likelihood, impact=impact)


def test_the_inherent_and_the_mitigated_map_of_the_operational_report() -> None:
    outcome = looked(sample("dacorum-2021"))

    inherent, mitigated = heat_maps(outcome.reading.register, outcome.profile)

    assert (inherent.title, inherent.up, inherent.across) == ("Inherent", "Probability", "Impact")
    assert inherent.rows == ("4 Severe", "3 High", "2 Medium", "1 Low")
    assert inherent.columns == ("1 Low", "2 Medium", "3 High", "4 Severe")
    assert [[len(square.refs) for square in row] for row in inherent.squares] == [
        [0, 0, 0, 0],
        [0, 0, 0, 7],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
    ]
    assert inherent.squares[2][3].refs == ("PP_R015",)
    assert [[square.score.points for square in row] for row in inherent.squares] == [
        [4, 8, 12, 16],
        [3, 6, 9, 12],
        [2, 4, 6, 8],
        [1, 2, 3, 4],
    ]
    assert inherent.moves == ()
    assert mitigated.moves == (
        Move(
            refs=("PP_R011", "PP_R012", "PP_R014", "PP_R016", "PP_R017", "PP_R018", "PP_R04"),
            before=at(3, 4),
            after=at(2, 4),
        ),
        Move(refs=("PP_R015",), before=at(2, 4), after=at(1, 4)),
    )


def test_the_maps_are_told_in_words() -> None:
    outcome = looked(sample("dacorum-2021"))

    assert described(heat_maps(outcome.reading.register, outcome.profile)).startswith(
        "Inherent: 7 at Probability 3 High, Impact 4 Severe (Red): PP_R011, PP_R012, PP_R014, "
        "PP_R016, PP_R017, PP_R018, PP_R04; 1 at Probability 2 Medium, Impact 4 Severe (Amber): "
        "PP_R015. Mitigated: 7 at Probability 2 Medium, Impact 4 Severe (Amber): "
    )


def test_a_map_without_risks_says_so() -> None:
    outcome = checked({**COUNCIL, "risks": [], "actions": []})

    told = described(heat_maps(outcome.reading.register, outcome.profile))

    assert told == ("Gross: no risk is scored. Nett: no risk is scored. Target: no risk is scored.")


def test_a_risk_that_is_not_scored_at_a_stage_stands_on_no_map_of_it() -> None:
    outcome = checked(COUNCIL)  # R2 has no target

    gross, nett, target = heat_maps(outcome.reading.register, outcome.profile)

    assert (gross.placed, nett.placed, target.placed) == (2, 2, 1)
    assert [move.refs for move in target.moves] == [("R1",)]


def sized(likelihoods: int, impacts: int) -> dict[str, Any]:
    document = dict(profiles.document("operational-4x4"))
    document["scales"] = {
        "likelihood": [{"label": ""}] * likelihoods,
        "impact": [{"label": ""}] * impacts,
    }
    return document


@given(st.data(), st.integers(3, 10), st.integers(3, 10))
def test_every_scored_risk_stands_on_each_map_once(
    data: st.DataObject, likelihoods: int, impacts: int
) -> None:
    profile = build(sized(likelihoods, impacts))
    levels = st.fixed_dictionaries(
        {
            f"{stage}_{axis}": st.integers(1, most)
            for stage in ("gross", "nett")
            for axis, most in (("likelihood", likelihoods), ("impact", impacts))
        }
    )
    drawn = data.draw(st.lists(levels, max_size=8))
    risks = [{"ref": f"R{n}", "title": "A risk", **line} for n, line in enumerate(drawn, start=1)]
    outcome = checked({"profile": "operational-4x4", "risks": risks}, profile=profile)

    for place, each in enumerate(heat_maps(outcome.reading.register, profile)):
        assert (len(each.rows), len(each.columns)) == (likelihoods, impacts)
        found = [ref for row in each.squares for square in row for ref in square.refs]
        assert sorted(found) == sorted(str(risk["ref"]) for risk in risks)
        moved = [ref for move in each.moves for ref in move.refs]
        assert sorted(moved) == (sorted(found) if place else [])
        for row in each.squares:
            for square in row:
                rating = square.rating
                assert square.score.points == rating.likelihood * rating.impact


@pytest.mark.parametrize("name", ["dacorum-2017", "blackpool-2021"])
def test_the_likeliest_row_is_above_and_the_mildest_impact_first(name: str) -> None:
    outcome = looked(sample(name))

    for each in heat_maps(outcome.reading.register, outcome.profile):
        assert each.squares[0][0].rating == at(len(each.rows), 1)
        assert each.squares[-1][-1].rating == at(1, len(each.columns))
