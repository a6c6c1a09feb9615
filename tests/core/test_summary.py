"""Counts that can be added up, and where an action stands on a day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbook.core import layout
from riskbook.core.reading import read
from riskbook.core.scores import score
from riskbook.core.summary import (
    Counted,
    Group,
    Summary,
    by_owner,
    months_between,
    slipped,
    state,
    summarise,
)
from tests.core.notation import COUNCIL, SIGNED, Document, book, profile_of, without

PROFILE = profile_of(COUNCIL)
AS_AT = date(2021, 6, 30)


def summary(register: Document, typed: Mapping[str, str] = {}) -> Summary:
    profile = profile_of(register)
    found = read(book(register, typed, profile).grids, profile).register
    return summarise(found, score(found, profile), profile)


def nett(line: Counted) -> str:
    """A line as "2 risks: low 0, medium 2, high 0, very-high 0, unscored 0"."""
    counts = ", ".join(f"{band} {number}" for band, number in line.bands["nett"].items())
    return f"{line.risks} risks: {counts}, unscored {line.unscored['nett']}"


def group(found: Summary, field: str) -> Group:
    return next(group for group in found.groups if group.field == field)


def lines(found: Group) -> dict[str, int]:
    return {line.name: line.risks for line in found.lines}


def test_risks_are_counted_by_band_and_what_is_unscored_apart() -> None:
    assert nett(summary(COUNCIL).total) == (
        "2 risks: low 0, medium 2, high 0, very-high 0, unscored 0"
    )
    assert nett(summary(COUNCIL, {"N5": "", "O5": "", "O6": "5"}).total) == (
        "2 risks: low 0, medium 0, high 0, very-high 1, unscored 1"
    )


def test_points_are_added_and_their_mean_is_of_the_scored_risks() -> None:
    total = summary(COUNCIL, {"N5": "", "O5": ""}).total

    assert total.points == {"gross": 36, "nett": 9, "target": 3}
    assert (total.mean("gross"), total.mean("nett")) == (18, 9)
    assert summary(COUNCIL, {"R5": "", "S5": ""}).total.mean("target") is None


def test_a_risk_counts_once_for_each_of_its_owners() -> None:
    owners = group(summary(COUNCIL, {"F5": "Head of R&D; Head of Estates"}), "owner")

    assert lines(owners) == {"Head of Estates": 2, "Head of R&D": 1}
    assert owners.memberships == 3


@pytest.mark.parametrize(
    ("typed", "field", "counts"),
    [
        ({"F5": ""}, "owner", {"(blank)": 1, "Head of Estates": 1}),
        ({"F6": "Head  of estates"}, "owner", {"Head of Estates": 2}),
        ({"F5": "Head of R&D", "F6": "Head of R and D"}, "owner", {"Head of R&D": 2}),
        ({"D5": "Unit 10", "D6": "Unit 9"}, "service", {"Unit 9": 1, "Unit 10": 1}),
        ({"C5": "people", "C6": "Peeple"}, "category", {"Peeple": 1, "People": 1}),
        ({}, "priority", {"(blank)": 2}),
    ],
)
def test_groups_are_named_once_and_stand_in_natural_order(
    typed: dict[str, str], field: str, counts: dict[str, int]
) -> None:
    found = lines(group(summary(COUNCIL, typed), field))

    assert list(found.items()) == list(counts.items())


def test_updates_are_counted_where_the_council_has_them() -> None:
    assert summary(COUNCIL, {"W5": "' "}).updates == (1, 2)
    profile = without(COUNCIL, "update")
    found = read(layout.grids(profile, COUNCIL), profile).register
    assert summarise(found, score(found, profile), profile).updates is None


def test_only_the_columns_of_the_council_make_groups() -> None:
    assert [found.field for found in summary(SIGNED).groups] == [
        "owner",
        "service",
        "category",
        "priority",
    ]


RATED = ("gross_likelihood", "gross_impact", "nett_likelihood", "nett_impact")
LEVELS = st.none() | st.integers(1, 5)
OWNERS = st.lists(st.sampled_from(("A. Hill", "B. Moor", "a.  hill", "C & D", "C and D")))
RISKS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.just("Flood"),
            "owner": OWNERS.map("; ".join),
            "category": st.sampled_from(("Legal", "legal ", "People", "?", "")),
        }
        | dict.fromkeys(RATED, LEVELS)
    ),
    max_size=8,
)


@settings(deadline=None)  # the first example loads more than the others
@given(RISKS)
def test_counts_add_up_to_the_risks(risks: list[dict[str, object]]) -> None:
    entries = [{name: v for name, v in risk.items() if v not in (None, "")} for risk in risks]
    register = read(layout.grids(PROFILE, {**COUNCIL, "risks": entries}), PROFILE).register
    found = summarise(register, score(register, PROFILE), PROFILE)

    for line in (found.total, *(line for group in found.groups for line in group.lines)):
        for stage in PROFILE.stages:
            assert sum(line.bands[stage].values()) + line.unscored[stage] == line.risks
    assert found.total.risks == len(risks)
    for stage in ("gross", "nett"):
        rated = [(risk[f"{stage}_likelihood"], risk[f"{stage}_impact"]) for risk in risks]
        both = [one * other for one, other in rated if one and other]  # type: ignore[operator]
        assert found.total.points[stage] == sum(both)
        assert found.total.unscored[stage] == len(risks) - len(both)
        mean = found.total.mean(stage)
        assert mean == (Decimal(sum(both)) / len(both) if both else None)
    for part in found.groups:
        counted = found.total.risks
        assert part.memberships >= counted
        assert part.field == "owner" or part.memberships == counted
        names = [line.name for line in part.lines]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("before", "after", "months"),
    [
        ("2021-09-30", "2022-03-31", 6),
        ("2021-06-30", "2022-03-31", 9),
        ("2021-09-01", "2021-09-30", 0),
        ("2021-09-30", "2021-10-01", 1),  # days do not count
        ("2022-03-31", "2021-09-30", -6),
    ],
)
def test_slippage_is_in_whole_months(before: str, after: str, months: int) -> None:
    one, other = date.fromisoformat(before), date.fromisoformat(after)

    assert months_between(one, other) == months
    assert months_between(other, one) == -months


@pytest.mark.parametrize(
    ("typed", "where", "months"),
    [
        ({}, "Later", 0),  # September, 92 days on
        ({"Actions!F5": "31/07/2021"}, "Due in 60 days", 0),
        ({"Actions!F5": "30/07/2021"}, "Due in 30 days", 0),
        ({"Actions!F5": "30/06/2021"}, "Due in 30 days", 0),
        ({"Actions!F5": "28/09/2021"}, "Due in 90 days", 0),
        ({"Actions!F5": "29/09/2021"}, "Later", 0),
        ({"Actions!F5": "29/06/2021"}, "Overdue", 0),
        ({"Actions!F5": "29/06/2021", "Actions!H5": ""}, "Past its date, no status", 0),
        ({"Actions!F5": "29/06/2021", "Actions!H5": "Complete"}, "Complete", 0),
        ({"Actions!F5": "May 2021", "Actions!G5": "July 2021"}, "Due in 60 days", 2),
        ({"Actions!F5": ""}, "No date", 0),
        ({"Actions!F5": "soon", "Actions!G5": "July 2021"}, "Due in 60 days", 0),
    ],
)
def test_where_an_action_stands(typed: dict[str, str], where: str, months: int) -> None:
    action = read(book(COUNCIL, typed, PROFILE).grids, PROFILE).register.actions[0]

    assert state(action, AS_AT) == where
    assert slipped(action) == months


def test_actions_by_owner() -> None:
    typed = {"Actions!E5": "", "Actions!E6": "A. Hill; B. Moor"}
    actions = read(book(COUNCIL, typed, PROFILE).grids, PROFILE).register.actions

    assert by_owner(actions) == Counter({"(blank)": 1, "A. Hill": 1, "B. Moor": 1})
