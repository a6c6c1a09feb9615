"""The actions by the day: counts, RAG, what was re-dated, who owns them."""

from decimal import Decimal

import pytest

from riskbook.core.page import PageValue
from riskbook.core.pages import actions_due
from riskbook.core.pages.actions_due import HEAD_ROW, ONCE, RAGS, TIMES
from riskbook.core.summary import STATES, Changes, rag_of
from riskbook.edge.documents import profiles
from tests.core.looking import between, firsts, page, rows, values
from tests.core.notation import COUNCIL, checked, profile_of

SEVERAL = (
    {"Actions!F5": "April 2021", "Actions!G5": "May 2021", "Actions!A7": "A3"}
    | {"Actions!B7": "R2", "Actions!C7": "Train", "Actions!E7": "A. Hill", "Actions!F7": "soon"}
    | {"Actions!A8": "A4", "Actions!H8": "Complete", "Actions!F8": "March 2020"}
    | {"Actions!A9": "A5", "Actions!F9": "1 June 2021", "Actions!E9": "A. Hill"}
    | {"Actions!A10": "A6", "Actions!F10": "July 2021", "Actions!E10": "A. Hill"}
    | {"Actions!A11": "A7", "Actions!F11": "30 July 2021", "Actions!E11": "A. Hill"}
    | {"Actions!A12": "A8", "Actions!F12": "August 2021", "Actions!G12": "September 2021"}
)


@pytest.mark.parametrize(
    ("typed", "headline", "redated"),
    [
        (
            {},
            "2 actions: 0 past their date, 2 to come, 0 complete.",
            "No action was re-dated.",
        ),
        (
            {"Actions!F5": "April 2021", "Actions!G5": "May 2021", "Actions!H6": "Complete"},
            "2 actions: 1 past their date, 0 to come, 1 complete.",
            "1 of 2 actions re-dated (50.0 %), by 1 month together, 1.0 on average.",
        ),
        (
            {"Actions!G5": "March 2022", "Actions!G6": "March 2023"},
            "2 actions: 0 past their date, 2 to come, 0 complete.",
            "2 of 2 actions re-dated (100.0 %), by 18 months together, 9.0 on average.",
        ),
    ],
)
def test_actions_in_two_sentences(typed: dict[str, str], headline: str, redated: str) -> None:
    assert firsts(checked(COUNCIL, typed), "actions_due")[3:5] == [headline, redated]


def test_actions_are_counted_by_where_they_stand_each_with_its_rag() -> None:
    found = rows(checked(COUNCIL, SEVERAL), "actions_due")

    assert between(found, "RAG", "Every action") == [
        ["Red", "Overdue", 1],
        ["Red", "Past its date, no status", 1],
        ["Amber", "Due in 30 days", 1],
        ["Green", "Due in 60 days", 1],
        ["Green", "Due in 90 days", 0],
        ["Green", "Later", 2],
        ["No date", "No date", 1],
        ["Complete", "Complete", 1],
        ["Total", None, 8],
    ]


def test_a_register_without_actions_says_so_below_the_headings() -> None:
    found = firsts(checked({**COUNCIL, "actions": []}), "actions_due")

    assert found[found.index("Every action") + 2] == "No action is entered."


def test_every_state_has_a_rag_and_a_style_of_its_own() -> None:
    profile = profile_of(COUNCIL)

    assert [rag_of(state, profile) for state in STATES] == [
        *("Red", "Red", "Amber", "Green", "Green", "Green", "No date", "Complete"),
    ]
    assert {rag_of(state, profile) for state in STATES} == set(RAGS)


def test_a_council_has_a_rule_of_its_own_for_the_rag_of_actions() -> None:
    rule = {"no_status": "amber", "due_in_60": "amber", "later": "red"}
    actions = {**profiles.document(COUNCIL["profile"])["actions"], "rag": rule}
    outcome = checked(COUNCIL, SEVERAL, profile=profile_of(COUNCIL, actions=actions))

    shown = [[cell.value for cell in row.cells[:3]] for row in page(outcome, "actions_due").rows]

    at = shown.index(["RAG", "State", "Actions"])
    assert [row[0] for row in shown[at + 1 : at + 7]] == [
        *("Red", "Amber", "Amber", "Amber", "Green", "Red"),
    ]


def test_actions_stand_by_their_date_and_the_complete_ones_last() -> None:
    outcome = checked(COUNCIL, SEVERAL)

    shown = page(outcome, "actions_due")
    assert [cell.value for cell in shown.rows[HEAD_ROW - 1].cells][:6] == [
        *("RAG", "State", "Due", "Original date", "Months moved", "Action No."),
    ]
    lines = shown.rows[HEAD_ROW : HEAD_ROW + 8]
    assert [[cell.value for cell in row.cells[:6]] for row in lines] == [
        ["Red", "Overdue", "May 2021", "April 2021", 1, "A1"],
        ["Red", "Past its date, no status", "1 June 2021", "1 June 2021", None, "A5"],
        ["Amber", "Due in 30 days", "30 July 2021", "30 July 2021", None, "A7"],
        ["Green", "Due in 60 days", "July 2021", "July 2021", None, "A6"],
        ["Green", "Later", "September 2021", "August 2021", 1, "A8"],
        ["Green", "Later", "March 2022", "March 2022", None, "A2"],
        ["No date", "No date", "soon", "soon", None, "A3"],  # what was typed is still shown
        ["Complete", "Complete", "March 2020", "March 2020", None, "A4"],
    ]
    assert str(lines[0].cells[5].link) == "Actions!A5"
    assert [lines[n].cells[0].style for n in (0, 2, 3, 6, 7)] == [
        *("rb action 1", "rb action 2", "rb action 3", "rb action 4", "rb action 5"),
    ]


def test_each_re_dated_action_stands_with_its_months_and_their_sum_and_mean() -> None:
    typed = {"Actions!G5": "March 2022", "Actions!G6": "March 2022"}
    outcome = checked(COUNCIL, typed)

    found = between(rows(outcome, "actions_due"), "Re-dated", "By Action Owner")
    assert found[:-1] == [
        ["Action", "Risk", "Original date", "Revised date", "Months", "Times"],
        ["A1", "R1", "September 2021", "March 2022", 6, 1],
        ["A2", "R1", "March 2022", "March 2022", 0, 1],
        ["Months together", 6],
        ["Months on average", Decimal("3.00")],
    ]
    assert found[-1] == [ONCE]


def test_how_often_a_date_was_moved_comes_from_earlier_periods() -> None:
    outcome = checked(COUNCIL, {"Actions!G5": "March 2022", "Actions!G6": "April 2022"})

    shown = actions_due.page(
        outcome.reading.register, outcome.profile, outcome.as_at, Changes(since="", times={"A1": 3})
    )

    found = between(values(shown), "Re-dated", "By Action Owner")
    assert [(row[0], row[-1]) for row in found[1:3]] == [("A1", 3), ("A2", 1)]
    assert found[-1] == [TIMES]


def test_where_no_action_was_re_dated_there_is_no_table_of_them() -> None:
    assert "Re-dated" not in firsts(checked(COUNCIL), "actions_due")


def owners(typed: dict[str, str]) -> list[list[PageValue]]:
    return between(rows(checked(COUNCIL, typed), "actions_due"), "By Action Owner")


def test_actions_are_counted_by_owner_those_with_most_first() -> None:
    assert owners(SEVERAL) == [
        ["Owner", "Actions"],
        ["A. Hill", 4],
        ["(blank)", 2],
        ["Head of Estates", 2],
        ["Total", 8],
    ]


def test_a_shared_action_counts_for_each_owner_and_says_so() -> None:
    assert owners({"Actions!E5": "A. Hill; Head of Estates"}) == [
        ["Owner", "Actions"],
        ["Head of Estates", 2],
        ["A. Hill", 1],
        ["Total, each counted once", 2],
        ["Shared actions count for each owner: 3 memberships over 2 actions."],
    ]
