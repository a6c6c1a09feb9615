"""A register beside its earlier periods: what changed, how often actions were re-dated."""

from copy import deepcopy
from typing import Any

import pytest

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.earlier import published
from riskbook.core.summary import Changes
from tests.core.notation import COUNCIL, Document, profile_of
from tests.support import JUDGE, MemoryBook


def quarter(as_at: str, period: str, **changes: Any) -> dict[str, Any]:
    """COUNCIL as it was sealed on another day."""
    document: dict[str, Any] = deepcopy(dict(COUNCIL))
    document["about"] = {**document["about"], "as_at": as_at, "period": period}
    return document | changes


def looked(document: Document, *sealed: Document) -> Outcome:
    profile = profile_of(COUNCIL)
    return app.check(MemoryBook.of(profile, document), profile, None, JUDGE, sealed)


def dated(document: dict[str, Any], revised: str | None) -> dict[str, Any]:
    found = deepcopy(document)
    found["actions"][0].pop("revised_due", None)
    if revised:
        found["actions"][0]["revised_due"] = revised
    return found


BEFORE = quarter("2021-03-31", "2020/21 Q4")


def test_nothing_is_known_without_a_sealed_period() -> None:
    assert looked(COUNCIL).changes is None


def test_a_register_that_stayed_as_it_was() -> None:
    assert looked(COUNCIL, BEFORE).changes == Changes(
        since="2020/21 Q4", new=(), gone=(), unchanged=("R1", "R2"), redated=()
    )


def test_what_is_new_gone_worse_and_better() -> None:
    before = deepcopy(BEFORE)
    before["risks"][0]["nett_likelihood"] = 5  # R1 was 5 x 3 = 15 and is 2 x 3 = 6
    before["risks"][1]["ref"] = "R9"

    found = looked(COUNCIL, before).changes

    assert found == Changes(
        since="2020/21 Q4",
        new=("R2",),
        gone=("R9",),
        better=("R1",),
        unchanged=(),
        redated=(),
    )


def test_what_is_worse() -> None:
    before = deepcopy(BEFORE)
    before["risks"][1]["nett_likelihood"] = 1  # R2 was 1 x 3 and is 3 x 3

    found = looked(COUNCIL, before).changes

    assert found is not None
    assert (found.worse, found.better, found.unchanged) == (("R2",), (), ("R1",))


def test_the_last_of_several_periods_is_compared_and_each_new_date_counted() -> None:
    spring = dated(quarter("2020-12-31", "2020/21 Q3"), None)
    winter = dated(quarter("2021-03-31", "2020/21 Q4"), "December 2021")
    now = dated(quarter("2021-06-30", "2021/22 Q1"), "March 2022")

    found = looked(now, winter, spring).changes

    assert found is not None
    assert (found.since, found.redated) == ("2020/21 Q4", ("A1",))
    assert found.times == {"A1": 2}  # September to December 2021, then to March 2022


def test_a_date_that_was_moved_before_the_first_period_counts_once() -> None:
    now = dated(quarter("2021-06-30", "2021/22 Q1"), "March 2022")

    found = looked(now, dated(BEFORE, "March 2022")).changes

    assert found is not None
    assert (found.redated, found.times) == ((), {"A1": 1})


@pytest.mark.parametrize(
    "other",
    [
        quarter("2021-06-30", "2021/22 Q1"),  # of the same day
        quarter("2021-09-30", "2021/22 Q2"),  # of a day to come
        quarter("soon", "2020/21 Q4"),  # of no day
        quarter("2021-03-31", "2020/21 Q4", profile="operational-4x4"),
        quarter("2021-03-31", "2020/21 Q4", risks=[{"ref": "X1", "title": "Another register"}]),
        quarter("2021-03-31", "2020/21 Q4", risks=[], actions=[]),
    ],
    ids=["day", "later", "no day", "profile", "register", "empty"],
)
def test_what_is_not_an_earlier_period_of_this_register_is_not_compared(other: Document) -> None:
    assert looked(COUNCIL, other).changes is None


def test_a_period_without_a_name_is_called_by_its_day() -> None:
    found = looked(COUNCIL, quarter("2021-03-31", "")).changes

    assert found is not None
    assert found.since == "31/03/2021"


def test_an_edition_tells_the_changes_of_what_it_holds() -> None:
    outcome = looked(COUNCIL)
    told = Changes(
        since="2020/21 Q4",
        new=("R1", "R7"),
        gone=("R9",),
        worse=("R7",),
        better=("R2",),
        unchanged=None,
        redated=("A1", "A9"),
    )

    assert published(told, outcome.reading.register, outcome.profile) == Changes(
        since="2020/21 Q4",
        new=("R1",),
        better=("R2",),
        redated=("A1",),
    )
    assert published(None, outcome.reading.register, outcome.profile) is None


def test_how_often_an_action_was_re_dated_stands_beside_its_months() -> None:
    winter = dated(quarter("2021-03-31", "2020/21 Q4"), "December 2021")
    now = dated(quarter("2021-06-30", "2021/22 Q1"), "March 2022")

    page = next(page for page in looked(now, winter).pages if page.sheet == "Actions due")

    rows = [[cell.value for cell in row.cells] for row in page.rows]
    assert ["A1", "R1", "September 2021", "March 2022", 6, 2] in rows


def test_the_front_page_says_what_changed() -> None:
    page = looked(COUNCIL, BEFORE).pages[0]

    values = [cell.value for row in page.rows for cell in row.cells]
    assert "What changed since 2020/21 Q4" in values
