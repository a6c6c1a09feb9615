"""The sheet By group: counts that reconcile with the register, whoever shares what."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbook.core.page import PageValue
from riskbook.core.pages.breakdown import ONCE
from riskbook.core.summary import STATES
from riskbook.edge.documents import profiles
from tests.core.looking import between, firsts, rows
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, checked, profile_of, without


def test_each_group_has_counts_points_and_a_total_that_is_the_registers() -> None:
    found = between(rows(checked(SIGNED), "breakdown"), "By Category", "By Corporate Priority")

    assert found == [
        [
            *("Category", "Risks", "Inherent Red", "Inherent Amber", "Inherent Green"),
            *("Inherent not scored", "Inherent Risk Score, total", "Inherent Risk Score, mean"),
            *("Residual Red", "Residual Amber", "Residual Green"),
            *("Residual not scored", "Residual Risk Score, total", "Residual Risk Score, mean"),
        ],
        ["Financial", 1, 1, 0, 0, 0, 12, 12, 0, 1, 0, 0, 8, 8],
        ["Total", 1, 1, 0, 0, 0, 12, 12, 0, 1, 0, 0, 8, 8],
    ]


def test_the_groups_are_those_that_the_profile_has() -> None:
    def groups(found: Sequence[PageValue]) -> list[PageValue]:
        return [text for text in found if str(text).startswith(("By ", "Actions by "))]

    assert groups(firsts(checked(COUNCIL), "breakdown")) == [
        "By group",
        "By Risk Owner",
        "By Service",
        "By Category",
        "By Council Priority",
        "Actions by Action Owner",
    ]
    assert groups(firsts(checked(WEIGHTED), "breakdown"))[1:] == [
        "By Risk Owner",
        "By Council Priority",
        "Actions by CLT Risk Owner",
    ]


def test_a_directorate_makes_a_group() -> None:
    columns = profiles.document("council-5x5")["risks"]["columns"]
    more = {"field": "directorate", "heading": "Directorate", "kind": "text"}
    profile = profile_of(COUNCIL, risks={"columns": [*columns, more]})
    risks = [{**risk, "directorate": "Place"} for risk in COUNCIL["risks"]]

    found = rows(checked({**COUNCIL, "risks": risks}, profile=profile), "breakdown")

    assert between(found, "By Directorate", "By Service")[1][:2] == ["Place", 2]


def test_a_register_without_groups_says_so() -> None:
    profile = without(COUNCIL, "owner", "category", "service", "priority", actions=None)
    outcome = checked({**COUNCIL, "actions": []}, profile=profile)

    assert firsts(outcome, "breakdown")[3:5] == [
        "2 risks; the profile has no column to group them by.",
        "Key",
    ]


def test_weighted_sub_risks_have_counts_and_no_sum_of_points() -> None:
    found = between(rows(checked(WEIGHTED), "breakdown"), "By Risk Owner", "By Council Priority")

    assert found == [
        [
            *("Risk Owner", "Sub-risks", "Gross High", "Gross Medium", "Gross Low"),
            *("Gross not scored", "Nett High", "Nett Medium", "Nett Low", "Nett not scored"),
        ],
        ["Head of Estates", 3, 3, 0, 0, 0, 3, 0, 0, 0],
        ["Total", 3, 3, 0, 0, 0, 3, 0, 0, 0],
    ]


def test_shared_risks_count_for_each_owner_and_once_in_the_total() -> None:
    typed = {"F5": "A. Hill; B. Moor", "N5": ""}
    found = between(rows(checked(COUNCIL, typed), "breakdown"), "By Risk Owner", "By Service")

    assert [row[:2] + row[9:16] for row in found[1:4]] == [
        ["A. Hill", 1, 0, 0, 0, 0, 1, 0, None],
        ["B. Moor", 1, 0, 0, 0, 0, 1, 0, None],
        ["Head of Estates", 1, 0, 0, 1, 0, 0, 9, 9],
    ]
    assert found[4][:2] + found[4][9:16] == [ONCE, 2, 0, 0, 1, 0, 1, 9, 9]
    assert found[5] == ["Shared risks count for each: 3 memberships over 2 rows."]


def test_a_mean_is_shown_to_two_places() -> None:
    risks = [{**COUNCIL["risks"][1], "ref": f"R{n}", "nett_impact": n} for n in (1, 1, 3)]
    found = rows(checked({**COUNCIL, "risks": risks}), "breakdown")

    assert between(found, "By Risk Owner", "By Service")[-1][15] == Decimal("5.00")


def actions(typed: dict[str, str]) -> list[list[PageValue]]:
    return between(rows(checked(COUNCIL, typed), "breakdown"), "Actions by Action Owner", "Key")


def test_actions_by_owner_and_by_where_they_stand() -> None:
    typed = {"Actions!E5": "A. Hill", "Actions!F5": "May 2021", "Actions!E6": ""}

    assert actions(typed) == [
        ["Action Owner", "Actions", *STATES],
        ["(blank)", 1, 0, 0, 0, 0, 0, 1, 0, 0],
        ["A. Hill", 1, 1, 0, 0, 0, 0, 0, 0, 0],
        ["Total", 2, 1, 0, 0, 0, 0, 1, 0, 0],
    ]


def test_shared_actions_count_for_each_owner_and_once_in_the_total() -> None:
    assert actions({"Actions!E5": "A. Hill; Head of Estates"})[2:] == [
        ["Head of Estates", 2, 0, 0, 0, 0, 0, 2, 0, 0],
        [ONCE, 2, 0, 0, 0, 0, 0, 2, 0, 0],
        ["Shared actions count for each owner: 3 memberships over 2 actions."],
    ]


def test_a_profile_whose_actions_have_no_owner_counts_them_as_blank() -> None:
    document = profiles.document("council-5x5")["actions"]
    kept = [column for column in document["columns"] if column["field"] != "owner"]
    profile = profile_of(COUNCIL, actions={**document, "columns": kept})
    actions_ = [{n: v for n, v in a.items() if n != "owner"} for a in COUNCIL["actions"]]

    found = rows(checked({**COUNCIL, "actions": actions_}, profile=profile), "breakdown")

    assert between(found, "Actions by Owner", "Key")[1][:2] == ["(blank)", 2]


NAMES = st.lists(st.sampled_from(("A. Hill", "B. Moor", "C & D", "C and D")), max_size=3)
RISK = st.fixed_dictionaries(
    {
        "owner": NAMES.map("; ".join),
        "category": st.sampled_from(("Legal", "People", "")),
        "service": st.sampled_from(("Housing", "housing ", "")),
    }
    | dict.fromkeys(
        ("gross_likelihood", "gross_impact", "nett_likelihood", "nett_impact"),
        st.none() | st.integers(1, 5),
    )
)
ACTION = st.fixed_dictionaries(
    {
        "owner": NAMES.map("; ".join),
        "original_due": st.sampled_from(("March 2020", "July 2021", "March 2022", "soon", "")),
        "status": st.sampled_from(("Complete", "In progress", "")),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(RISK, max_size=7), st.lists(ACTION, max_size=7))
def test_every_total_reconciles_with_the_register(
    risks: list[dict[str, object]], made: list[dict[str, str]]
) -> None:
    def filled(entries: dict[str, Any], **more: str) -> dict[str, Any]:
        return {name: v for name, v in entries.items() if v not in (None, "")} | more

    register = {
        **COUNCIL,
        "risks": [filled(risk, ref=f"R{n}", title="Flood") for n, risk in enumerate(risks)],
        "actions": [
            filled(action, ref=f"A{n}", risk="R0", text="Do") for n, action in enumerate(made)
        ],
    }
    outcome = checked(register)
    found, names = rows(outcome, "breakdown"), ["By Risk Owner", "By Service", "By Category"]

    for name, after in zip(names, [*names[1:], "By Council Priority"], strict=True):
        block = between(found, name, after)
        total = next(row for row in block if row[0] in ("Total", ONCE))
        lines = block[1 : block.index(total)]
        assert total[1] == len(risks)
        for start in (2, 9, 16):
            for row in (*lines, total):
                assert sum(row[start : start + 5]) == row[1]  # type: ignore[arg-type]
        if total[0] == "Total":
            sums = [sum(row[at] for row in lines) for at in (1, 2, 3, 7, 9)]  # type: ignore[misc]
            assert sums == [total[at] for at in (1, 2, 3, 7, 9)]
        else:
            memberships = sum(row[1] for row in lines)  # type: ignore[misc]
            told = f"{memberships} memberships over {total[1]} row"
            assert told in str(block[-1][0])
        assert total[7] == outcome.summary.total.points["gross"]
    block = between(found, "Actions by Action Owner", "Key")
    total = next(row for row in block if row[0] in ("Total", ONCE))
    assert total[1] == len(made) == sum(total[2:])  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["summary", "breakdown"])
def test_both_sheets_count_alike(role: str) -> None:
    found = rows(checked(COUNCIL, {"N5": ""}), role)

    total = next(row for row in found if row[0] == "Total")
    assert 2 in total
