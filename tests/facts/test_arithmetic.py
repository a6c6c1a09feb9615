"""The arithmetic of the three seed registers: one test for each of the facts A1 to A24.

Every expectation is copied from the documents or worked out by hand; the real registers
go through riskbook, from their entries to the pages.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from riskbook.app import Outcome
from riskbook.core.finding import Severity
from riskbook.core.history import movements
from riskbook.core.linting import lint
from riskbook.core.page import PageValue
from riskbook.core.profile import Profile, build
from riskbook.core.scores import results
from riskbook.core.scoring import Rating, band_of, half_up
from riskbook.core.summary import by_owner, slipped
from riskbook.core.values import parse_day
from riskbook.edge.documents import profiles
from riskbook.edge.making import made
from tests.core.looking import between, rows
from tests.support import looked, only, sample

ONE_LEVEL = "What one level less would change"
DACORUM = ("dacorum-2021", "dacorum-2017")

# ref, gross likelihood x impact = points and band, nett likewise: both Dacorum documents
DACORUM_SCORES = """
PP_R011  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R012  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R014  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R015  2 x 4 = 8 Amber   1 x 4 = 4 Green
PP_R016  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R017  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R018  3 x 4 = 12 Red    2 x 4 = 8 Amber
PP_R04   3 x 4 = 12 Red    2 x 4 = 8 Amber
"""


def printed(outcome: Outcome) -> str:
    """A register's scores in the notation of the table above."""
    lines = [""]
    for risk in outcome.reading.register.risks:
        line = f"{risk.key:<9}"
        shown = results(risk, outcome.scores, outcome.profile)
        for stage, rating in risk.ratings.items():
            score = f"{rating.likelihood} x {rating.impact} = {shown[f'{stage}_points']}"
            line += f"{score} {shown[f'{stage}_band']}".ljust(18 if stage == "gross" else 0)
        lines.append(line)
    return "\n".join(lines) + "\n"


def texts(outcome: Outcome, role: str) -> list[PageValue]:
    """The first cell of each row of one of riskbook's own sheets."""
    return [row[0] for row in rows(outcome, role) if row]


def weighted(weights: Mapping[str, object]) -> dict[str, Any]:
    """Blackpool's register with only these sub-risks, and these weights as typed."""
    document = sample("blackpool-2021")
    document["risks"] = [risk for risk in document["risks"] if risk["sub_ref"] in weights]
    for risk in document["risks"]:
        risk["weight"] = weights[risk["sub_ref"]]
    return document


def dacorums_bands_on_five_levels() -> Profile:
    document = profiles.document("strategic-weighted-5x5")
    document["bands"] = profiles.document("operational-4x4")["bands"]
    return build(document)


def test_a01_the_order_of_likelihood_and_impact_never_changes_the_score() -> None:
    document = sample("dacorum-2021")
    document["risks"][0] |= {"gross_likelihood": 4, "gross_impact": 3}

    as_printed, turned = looked(sample("dacorum-2021")), looked(document)

    first = [outcome.reading.register.risks[0] for outcome in (as_printed, turned)]
    assert [outcome.scores.by_row[5]["gross"].points for outcome in (as_printed, turned)] == [
        12,
        12,
    ]
    assert first[0].ratings["gross"] == Rating(likelihood=3, impact=4)
    assert first[1].ratings["gross"] == Rating(likelihood=4, impact=3)


@pytest.mark.parametrize("name", DACORUM)
def test_a02_every_printed_score_is_likelihood_times_impact(name: str) -> None:
    assert printed(looked(sample(name))) == DACORUM_SCORES


@pytest.mark.parametrize("name", DACORUM)
@pytest.mark.parametrize(("points", "word"), [(12, "Red"), (8, "Amber"), (4, "Green")])
def test_a03_twelve_is_red_eight_amber_and_four_green(name: str, points: int, word: str) -> None:
    outcome = looked(sample(name))

    scores = [score for row in outcome.scores.by_row.values() for score in row.values()]
    assert {score.band.label for score in scores if score.points == points} == {word}


@pytest.mark.parametrize(
    ("name", "nett"), [("dacorum-2021", "Mitigated"), ("dacorum-2017", "Residual")]
)
def test_a04_totals_means_and_the_reduction_by_controls(name: str, nett: str) -> None:
    outcome = looked(sample(name))

    total = outcome.summary.total
    assert total.points == {"gross": 92, "nett": 60}
    assert total.mean("gross") == Decimal("11.5")
    assert total.mean("nett") == Decimal("7.5")
    assert ["Risk Score, total", 92, 60] in rows(outcome, "summary")
    assert ["Risk Score, mean", Decimal("11.50"), Decimal("7.50")] in rows(outcome, "summary")
    assert f"{nett} is 32 below inherent (34.8 %)." in texts(outcome, "summary")


@pytest.mark.parametrize("name", DACORUM)
def test_a05_counts_by_band(name: str) -> None:
    outcome = looked(sample(name))

    assert outcome.summary.total.bands == {
        "gross": {"red": 7, "amber": 1, "green": 0},
        "nett": {"red": 0, "amber": 7, "green": 1},
    }
    for line in (
        ["Red", "12 - 16", 7, 0],
        ["Amber", "6 - 10", 1, 7],
        ["Green", "0 - 4", 0, 1],
        ["Total", None, 8, 8],
    ):
        assert line in rows(outcome, "summary")
    owners = between(rows(outcome, "breakdown"), "By Risk Owner", "By Service")
    assert owners[-1] == ["Total", 8, 7, 1, 0, 0, 92, 11.5, 0, 7, 1, 0, 60, 7.5]


@pytest.mark.parametrize("name", DACORUM)
def test_a06_controls_lower_probability_by_one_step_and_impact_never(name: str) -> None:
    ratings = [risk.ratings for risk in looked(sample(name)).reading.register.risks]

    assert [(r["gross"].impact, r["nett"].impact) for r in ratings] == [(4, 4)] * 8
    steps = [(r["gross"].likelihood, r["nett"].likelihood) for r in ratings]
    assert steps == [(3, 2), (3, 2), (3, 2), (2, 1), (3, 2), (3, 2), (3, 2), (3, 2)]


@pytest.mark.parametrize(
    ("points", "word"),
    [
        ("4", "Green"),
        ("4.5", "Amber"),
        ("5", "Amber"),
        ("10.5", "Red"),
        ("11", "Red"),
        ("0", "Green"),
    ],
)
def test_a07_four_by_four_products_and_what_lies_between_the_bands(points: str, word: str) -> None:
    profile = profiles.load("operational-4x4")

    assert [int(points) for points in profile.matrix.attainable()] == [1, 2, 3, 4, 6, 8, 9, 12, 16]
    assert band_of(Decimal(points), profile.bands).label == word  # the worse one in a gap
    remarks = lint(profile)
    assert not [remark for remark in remarks if remark.severity is Severity.ERROR]
    said = " ".join(remark.message for remark in remarks)
    assert "no published band holds 5 between Green (to 4) and Amber (from 6)" in said
    assert "no published band holds 11 between Amber (to 10) and Red (from 12)" in said
    assert "an end at 0, which no rating comes to" in said
    assert "an end at 10, which no rating comes to" in said


def test_a08_dacorums_bands_leave_five_by_five_scores_without_a_colour() -> None:
    profile = dacorums_bands_on_five_levels()

    assert [int(points) for points in profile.matrix.attainable()] == [
        1,
        2,
        3,
        4,
        5,
        6,
        8,
        9,
        10,
        12,
        15,
        16,
        20,
        25,
    ]
    errors = [r.message for r in lint(profile) if r.severity is Severity.ERROR]
    assert errors == [
        "ratings come to 5, and no published band holds that: it lies between Green (to 4) "
        "and Amber (from 6) and takes Amber.",
        "ratings come to 20 and 25, above the band's 16; no published band holds that.",
    ]


def test_a09_blackpools_weights_sum_to_the_whole() -> None:
    outcome = looked(sample("blackpool-2021"))

    overall = outcome.scores.overalls["2"]
    assert [str(row.weight) for row in overall.rows] == ["0.4", "0.15", "0.15", "0.3"]
    assert overall.weight_total == 1
    assert not only(outcome, "RB301")


def test_a10_the_overall_nett_score_is_the_printed_eighteen_and_a_half() -> None:
    overall = looked(sample("blackpool-2021")).scores.overalls["2"]

    assert overall.points["nett"] == Decimal("18.5")
    assert list(map(str, overall.contributions["nett"])) == ["8.0", "2.25", "2.25", "6.0"]
    assert overall.printed_sum("nett") == ("0.40 x 20 + 0.15 x 15 + 0.15 x 15 + 0.30 x 20 = 18.5")


def test_a11_the_overall_gross_score_and_the_reduction_from_it() -> None:
    outcome = looked(sample("blackpool-2021"))

    overall = outcome.scores.overalls["2"]
    assert overall.points["gross"] == 25
    assert overall.printed_sum("gross") == "0.40 x 25 + 0.15 x 25 + 0.15 x 25 + 0.30 x 25 = 25"
    assert "Nett is 6.5 below gross (26.0 %)." in texts(outcome, "weighting")


@pytest.mark.parametrize("wrong", ["17.5", "20", "70"])
def test_a12_no_mean_maximum_or_sum_stands_for_the_overall(wrong: str) -> None:
    outcome = looked(sample("blackpool-2021"))

    found = between(rows(outcome, "summary"), "Overall Risk Score", "Top sub-risks")
    assert found == [["2 Service Failure", "25 High", "18.5 High"]]
    assert wrong not in str(found[0][2]).split()


def test_a13_contributions_are_shown_to_two_places_and_rounded_half_up() -> None:
    outcome = looked(sample("blackpool-2021"))

    block = between(rows(outcome, "weighting"), "Risk 2: Service Failure", ONE_LEVEL)
    lines = {line[0]: line[6] for line in block if len(line) >= 7}
    shown = {key: str(lines[key]) for key in ("2a", "2b", "2c", "2d", "Total")}
    assert shown == {"2a": "8.00", "2b": "2.25", "2c": "2.25", "2d": "6.00", "Total": "18.50"}
    assert half_up(Decimal("2.25"), 1) == Decimal("2.3")  # as ROUND in Excel; 2.2 by round()
    assert "Contributions are shown to 2 places; the total is rounded once, at the end." in texts(
        outcome, "weighting"
    )


def test_a13_the_workbook_shows_both_places() -> None:
    document = sample("blackpool-2021")
    book, _ = made(profiles.load(document["profile"]), document)

    grid = book.read(["Weighting"])["Weighting"]
    line = next(cells for _, cells in grid.lines() if cells[0].text == "2b")
    assert (line[6].text, line[6].format) == ("2.25", "0.00")


def test_a14_one_step_of_likelihood_on_two_a_brings_the_overall_to_sixteen_and_a_half() -> None:
    document = sample("blackpool-2021")
    document["risks"][0]["nett_likelihood"] = 3

    overall = looked(document).scores.overalls["2"]

    assert overall.contributions["nett"][0] == 6  # 0.40 x 15: 0.40 for each point
    assert overall.points["nett"] == Decimal("16.5")


def test_a14_the_weighting_says_that_this_step_moves_the_overall_most() -> None:
    found = rows(looked(sample("blackpool-2021")), "weighting")

    said, head, *lines = between(found, ONE_LEVEL, "Key")
    assert said == [
        "The Overall Risk Score (nett) moves most with 2a likelihood 4 to 3: "
        "down 2, from 18.5 to 16.5."
    ]
    assert head[2:] == [
        *("Axis", "From", "To", "Nett from", "Nett to", "Change of overall", "Overall then"),
    ]
    assert [[row[0], row[2], str(row[7]), str(row[8])] for row in lines] == [
        ["2a", "Likelihood", "-2.00", "16.50"],  # 0.40 x (15 - 20)
        ["2a", "Impact", "-1.60", "16.90"],  # 0.40 x (16 - 20)
        ["2b", "Likelihood", "-0.75", "17.75"],  # 0.15 x (10 - 15)
        ["2b", "Impact", "-0.45", "18.05"],  # 0.15 x (12 - 15)
        ["2c", "Likelihood", "-0.75", "17.75"],
        ["2c", "Impact", "-0.45", "18.05"],
        ["2d", "Likelihood", "-1.50", "17.00"],  # 0.30 x (15 - 20)
        ["2d", "Impact", "-1.20", "17.30"],
    ]


@pytest.mark.parametrize("typed", [40, 40.0, 0.4, "40%", "40 %", "40", "0.4", " 40\u00a0% "])
def test_a15_forty_per_cent_is_read_alike_however_it_is_typed(typed: object) -> None:
    outcome = looked(weighted({"2a": typed, "2b": 15, "2c": 0.15, "2d": "30%"}))

    assert outcome.scores.overalls["2"].weight_total == 1
    assert outcome.scores.overalls["2"].points == {"gross": 25, "nett": Decimal("18.5")}
    assert not only(outcome, "RB301")
    assert not only(outcome, "RB213")


@pytest.mark.parametrize("third", ["33.33%", 33.33, 0.3333])
def test_a15_three_thirds_are_the_whole_within_the_stated_tolerance(third: object) -> None:
    outcome = looked(weighted({"2a": third, "2b": third, "2c": third}))

    assert not only(outcome, "RB301")
    assert outcome.scores.overalls["2"].weight_total == Decimal("0.9999")
    assert outcome.scores.overalls["2"].points["nett"] == Decimal("16.665")  # 0.3333 x 50


def test_a15_weights_that_miss_by_more_than_the_tolerance_have_no_overall() -> None:
    outcome = looked(weighted({"2a": 33.3, "2b": 33.3, "2c": 33.3}))

    assert [finding.value for finding in only(outcome, "RB301")] == ["99.9%"]
    assert outcome.scores.overalls["2"].points == {}


def test_a16_nothing_moved_since_the_prior_year() -> None:
    outcome = looked(sample("blackpool-2021"))

    prior = [
        (risk.text("prior_gross"), risk.text("prior_nett"))
        for risk in outcome.reading.register.risks
    ]
    assert prior == [("25", "20"), ("25", "15"), ("25", "15"), ("25", "20")]
    since = between(rows(outcome, "summary"), "What changed since last year (nett score)", "Key")
    assert since[1:4] == [
        ["Unchanged", 4, "2a, 2b, 2c, 2d"],
        ["None: Worse; Better."],
        [
            "Risk 2. Last year, with this year's weights, gross: 25 (no change). "
            "Last year, with this year's weights, nett: 18.5 (no change)."
        ],
    ]
    notes = texts(outcome, "weighting")
    assert "Last year, with this year's weights, gross: 25 (no change)." in notes
    assert "Last year, with this year's weights, nett: 18.5 (no change)." in notes


def test_a16_a_register_that_is_compared_with_last_years_moves_risk_by_risk() -> None:
    last, this = looked(sample("blackpool-2021")), sample("blackpool-2021")
    same = looked(this)
    this["risks"][0]["nett_likelihood"] = 3
    lower = looked(this)

    def moved(outcome: Outcome) -> list[str]:
        before, after = ((o.reading.register, o.scores) for o in (last, outcome))
        found = movements(before, after, outcome.profile)
        return [f"{m.ref} {m.stage} {m.before}-{m.after} {m.word}" for m in found]

    assert moved(same) == [
        "2a gross 25-25 no change",
        "2a nett 20-20 no change",
        "2b gross 25-25 no change",
        "2b nett 15-15 no change",
        "2c gross 25-25 no change",
        "2c nett 15-15 no change",
        "2d gross 25-25 no change",
        "2d nett 20-20 no change",
    ]
    assert moved(lower)[1] == "2a nett 20-15 down 5, better"
    assert "Last year, with this year's weights, nett: 18.5 (down 2, better)." in texts(
        lower, "weighting"
    )


@pytest.mark.parametrize(
    ("key", "owners"),
    [
        ("2a", ["Director of Children's Services", "Chief Executive"]),
        ("2b", ["Director of Community and Environmental Services", "Director of Resources"]),
        (
            "2c",
            [
                "Director of Resources",
                "Chief Executive",
                "Director of Community and Environmental Services",
            ],
        ),
        ("2d", ["Director of Resources"]),
    ],
)
def test_a17_the_owners_of_a_sub_risk_are_those_of_its_actions(key: str, owners: list[str]) -> None:
    register = looked(sample("blackpool-2021")).reading.register

    risk = next(risk for risk in register.risks if risk.key == key)
    assert list(risk.owners) == owners
    assert list(by_owner(action for action in register.actions if action.risk == key)) == owners


def test_a18_slippage_of_the_three_actions_with_a_new_date() -> None:
    outcome = looked(sample("blackpool-2021"))

    months = {action.ref: slipped(action) for action in outcome.reading.register.actions}
    assert {ref: m for ref, m in months.items() if m} == {"2b.1": 6, "2c.4": 6, "2c.6": 9}
    assert "3 of 14 actions re-dated (21.4 %), by 21 months together, 7.0 on average." in texts(
        outcome, "actions_due"
    )
    block = between(rows(outcome, "actions_due"), "Re-dated", "By CLT Risk Owner")
    assert [row[:5] for row in block[1:4]] == [
        ["2b.1", "2b", "September 2021", "March 2022", 6],
        ["2c.4", "2c", "September 2021", "March 2022", 6],
        ["2c.6", "2c", "June 2021", "March 2022", 9],
    ]
    assert block[4:6] == [["Months together", 21], ["Months on average", 7]]


def test_a19_target_dates_in_force() -> None:
    outcome = looked(sample("blackpool-2021"))

    due = [action.due_now for action in outcome.reading.register.actions]
    assert Counter((found.text, found.day.isoformat()) for found in due if found) == {
        ("April 2021", "2021-04-30"): 1,
        ("June 2021", "2021-06-30"): 1,
        ("September 2021", "2021-09-30"): 1,
        ("March 2022", "2022-03-31"): 9,
        ("April 2022", "2022-04-30"): 1,
        ("April 2023", "2023-04-30"): 1,
    }
    assert "14 actions: 3 past their date, 11 to come, 0 complete." in texts(outcome, "actions_due")


@pytest.mark.parametrize(
    ("as_at", "late"),
    [(date(2022, 3, 2), 3), (date(2022, 3, 31), 3), (date(2022, 4, 1), 12)],
)
def test_a20_a_month_lasts_to_its_last_day(as_at: date, late: int) -> None:
    outcome = looked(sample("blackpool-2021"), as_at)

    assert parse_day("March 2022") == date(2022, 3, 31)
    assert parse_day("February 2024") == date(2024, 2, 29)
    assert len(only(outcome, "RB403")) == late


def test_a21_dates_alone_flag_three_actions_that_are_done() -> None:
    outcome = looked(sample("blackpool-2021"), date(2021, 10, 31))

    assert [finding.at.address for finding in only(outcome, "RB403")] == ["F7", "F8", "F15"]
    flagged = [
        row[5]
        for row in rows(outcome, "actions_due")
        if row[:2] == ["Red", "Past its date, no status"] and len(row) > 3
    ]
    assert flagged == ["2a.4", "2a.3", "2c.5"]


def test_a21_on_the_dates_of_the_register_six_are_flagged() -> None:
    document = sample("blackpool-2021")
    for action in document["actions"]:
        action.pop("revised_due", None)

    found = only(looked(document, date(2021, 10, 31)), "RB403")

    refs = [finding.message.split()[1] for finding in found]
    assert refs == ["2a.3", "2a.4", "2b.1", "2c.4", "2c.5", "2c.6"]


def test_a21_a_status_says_what_a_date_cannot() -> None:
    document = sample("blackpool-2021")
    done = ("2a.3", "2a.4", "2c.5")
    for action in document["actions"]:
        if action["ref"] in done:
            action["status"] = "Complete"

    outcome = looked(document, date(2021, 10, 31))

    assert not only(outcome, "RB403")
    assert not only(outcome, "RB404")
    assert "14 actions: 0 past their date, 11 to come, 3 complete." in texts(outcome, "actions_due")


def test_a22_memberships_by_owner_are_told_from_actions() -> None:
    outcome = looked(sample("blackpool-2021"))

    assert by_owner(outcome.reading.register.actions) == {
        "Director of Resources": 8,
        "Chief Executive": 3,
        "Director of Children's Services": 2,
        "Director of Community and Environmental Services": 2,
    }
    for role in ("actions_due", "breakdown"):
        told = "Shared actions count for each owner: 15 memberships over 14 actions."
        assert told in texts(outcome, role)
    block = between(rows(outcome, "breakdown"), "Actions by CLT Risk Owner", "Key")
    assert {row[0]: row[1] for row in block[1:-1]} == {
        "Chief Executive": 3,
        "Director of Children's Services": 2,
        "Director of Community and Environmental Services": 2,
        "Director of Resources": 8,
        "Total, each counted once": 14,
    }


def test_a23_the_rows_of_the_table_inside_an_action_sum_to_a_hundred() -> None:
    outcome = looked(sample("blackpool-2021"))

    position = outcome.reading.register.actions[9].text("position")
    assert len([line for line in position.splitlines() if line.count("%") == 3]) == 8
    assert not only(outcome, "RB504")


@pytest.mark.parametrize(
    ("row", "wrong", "total"),
    [
        ("Adult Services | 83% | 17% | 0%", "Adult Services | 38% | 17% | 0%", "55"),
        ("Chief Executives | 67% | 33% | 0%", "Chief Executives | 67% | 33% | 3%", "103"),
        ("Children's Services | 0% | 0% | 100%", "Children's Services | 0% | 0% | 10%", "10"),
        ("Regeneration | 79% | 0% | 21%", "Regeneration | 79% | 0% | 12%", "91"),
        (
            "Environmental Services | 73% | 0% | 27%",
            "Environmental Services | 70% | 0% | 27%",
            "97",
        ),
        ("Partnerships | 100% | 0% | 0%", "Partnerships | 100% | 100% | 0%", "200"),
        ("Public Health | 100% | 0% | 0%", "Public Health | 90% | 0% | 0%", "90"),
        ("Resources | 17% | 33% | 50%", "Resources | 17.5% | 33% | 52%", "102.5"),
    ],
)
def test_a23_a_row_that_does_not_is_found(row: str, wrong: str, total: str) -> None:
    document = sample("blackpool-2021")
    action = document["actions"][9]
    assert row in action["position"]
    action["position"] = action["position"].replace(row, wrong)

    found = only(looked(document), "RB504")

    assert [(finding.at.address, finding.value) for finding in found] == [("J14", total)]


def test_a24_four_of_eight_updates_are_there() -> None:
    outcome = looked(sample("dacorum-2021"))

    assert outcome.summary.updates == (4, 8)
    assert "Quarterly Update: 4 of 8 filled in (50 %)." in texts(outcome, "summary")
