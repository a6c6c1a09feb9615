"""One register beside an earlier one, in the officer's own notation: what was typed since."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.history import changes, movements, travel
from riskbook.core.model import Action, Record, Risk
from riskbook.core.profile import Table
from tests.core.notation import COUNCIL, WEIGHTED, Document, checked


def since(register: Document, typed: dict[str, str], *, actions: bool = False) -> list[str]:
    """Each change as "R1 title: Flooding -> Flood"."""
    before, after = checked(register), checked(register, typed)
    table: Table | None = before.profile.actions if actions else before.profile.risks
    assert table
    old, new = (
        o.reading.register.actions if actions else o.reading.register.risks for o in (before, after)
    )
    return [
        f"{c.ref} {c.field}: {c.before} -> {c.after}"
        if c.kind == "changed"
        else f"{c.ref} {c.kind}"
        for c in changes(old, new, table)
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, []),
        ({"B5": " Flooding of  the depot "}, []),  # spaces that nobody sees
        ({"A5": "r1"}, ["r1 ref: R1 -> r1"]),
        ({"B5": "Flood"}, ["R1 title: Flooding of the depot -> Flood"]),
        ({"N5": "1", "D5": "Estates"}, ["R1 service:  -> Estates", "R1 nett_likelihood: 2 -> 1"]),
        ({"N5": "unlikely"}, []),  # the same level
        ({"X5": "31/03/2022"}, ["R1 review_date: March 2022 -> 31/03/2022"]),
        ({"P5": "=ours -> 9"}, []),  # a figure is no entry
        ({"A5": "R3"}, ["R3 new", "R1 gone"]),
        ({"A7": "R3"}, ["R3 new"]),
        ({"B7": "A risk without a reference"}, []),
        ({"A5": ""}, ["R1 gone"]),
    ],
)
def test_risks_are_matched_by_reference(typed: dict[str, str], found: list[str]) -> None:
    assert since(COUNCIL, typed) == found


def test_sub_risks_are_matched_by_their_own_reference() -> None:
    assert since(WEIGHTED, {"C5": "2b", "C6": "2a"}) == [
        "2b sub_title: A provider fails -> No children's services",
        "2b weight: 0.6 -> 0.4",
        "2a sub_title: No children's services -> A provider fails",
        "2a weight: 0.4 -> 0.6",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            {"Actions!G5": "March 2022", "Actions!H5": ""},
            ["A1 revised_due:  -> March 2022", "A1 status: In progress -> "],
        ),
        ({"Actions!A6": "A3"}, ["A3 new", "A2 gone"]),
    ],
)
def test_actions_are_matched_by_reference(typed: dict[str, str], found: list[str]) -> None:
    assert since(COUNCIL, typed, actions=True) == found


def test_a_column_that_the_earlier_register_did_not_have_is_no_change() -> None:
    table = checked(COUNCIL).profile.risks
    before = Risk(row=5, ref="R1", entries={})
    after = checked(COUNCIL).reading.register.risks[0]

    assert changes([before], [after], table) == []


def test_rows_without_a_reference_match_nothing() -> None:
    table = checked(COUNCIL).profile.risks
    rows: list[Record] = [Record(row=5, entries={}), Risk(row=6, ref="", entries={})]
    rows.append(Action(row=7, ref="", risk="", entries={}))

    assert changes(rows, rows[::-1], table) == []


def test_movements_are_of_the_risks_and_stages_that_both_registers_score() -> None:
    before = checked(COUNCIL, {"R5": "", "S5": ""})
    after = checked(COUNCIL, {"N5": "1", "H6": "5", "A7": "R3", "N7": "1", "O7": "1"})

    found = movements(
        (before.reading.register, before.scores),
        (after.reading.register, after.scores),
        after.profile,
    )

    assert [f"{m.ref} {m.stage} {m.before} {m.after} {m.word}" for m in found] == [
        "R1 gross 20 20 no change",
        "R1 nett 6 3 down 3, better",
        "R2 gross 16 20 up 4, worse",
        "R2 nett 9 9 no change",
    ]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("8", "8.0", "no change"),
        ("8", "12", "up 4, worse"),
        ("18.5", "16", "down 2.5, better"),
    ],
)
def test_the_direction_of_travel_is_a_word(before: str, after: str, word: str) -> None:
    assert travel(Decimal(before), Decimal(after)) == word


@given(st.integers(1, 25), st.integers(1, 25))
def test_up_one_way_is_down_the_other(one: int, other: int) -> None:
    there, back = travel(Decimal(one), Decimal(other)), travel(Decimal(other), Decimal(one))

    swapped = there.replace("up", "DOWN").replace("worse", "BETTER")
    swapped = swapped.replace("down", "up").replace("better", "worse").lower()
    assert back == swapped
