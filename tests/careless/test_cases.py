"""Every careless edit of the table: told once, at its cell, and no entry is changed."""

import pytest

from riskbook.core.checks import RULES
from riskbook.core.profile import Profile
from tests.careless.cases import CASES, REGISTERS, Case
from tests.trust import Scale
from tests.trust.careless import LEAST, figure, outcome_of, wanted, workbooks

# the rules of careless edits; RB111 and on, RB215 and on, RB408 and RB409, RB506 and RB507
OWN = ("RB11", "RB21", "RB22", "RB23", "RB408", "RB409", "RB506", "RB507")


@pytest.fixture(scope="module")
def books() -> dict[str, tuple[Profile, bytes]]:
    return workbooks()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_is_told_at_its_cell_and_no_entry_changes(
    case: Case, books: dict[str, tuple[Profile, bytes]]
) -> None:
    told, changed = outcome_of(case, books[case.register])
    assert told == wanted(case)
    assert changed == 0


@pytest.mark.parametrize("key", REGISTERS)
def test_nothing_is_told_before_the_edit(key: str, books: dict[str, tuple[Profile, bytes]]) -> None:
    assert outcome_of(Case("no edit", key, {}), books[key]) == ([], 0)


def test_there_are_enough_edits_and_every_profile_has_some() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= LEAST
    assert {case.register for case in CASES} == set(REGISTERS)


def test_every_rule_of_careless_edits_has_an_edit_of_a_workbook() -> None:
    raised = {word for case in CASES for word in case.told.replace(",", "").split()}
    own = {code for code in RULES if code.startswith(OWN)} - {"RB110", "RB211", "RB212"}
    assert own - raised == set()


def test_the_figure_counts_an_edit_that_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Case("nothing wrong", "C", {}, "N5 RB221")
    monkeypatch.setattr("tests.trust.careless.CASES", (wrong,))
    seen = figure(Scale(full=True))
    assert (seen.seen, seen.kept) == ("0 of 1 / 0", False)
    assert seen.notes == ("nothing wrong: [] and not ['Risks!N5 RB221']",)
