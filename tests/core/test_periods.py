"""Quarters of the UK financial year: which one a period names, and what comes after it."""

from datetime import date

import pytest

from riskbook.core.periods import Quarter, after, quarter_of

SPELLINGS = [
    # period, quarter, its last day, the period after it
    ("2021/22 Q1", (2021, 1), "2021-06-30", "2021/22 Q2"),
    ("2021/22 Q2", (2021, 2), "2021-09-30", "2021/22 Q3"),
    ("2021/22 Q3", (2021, 3), "2021-12-31", "2021/22 Q4"),
    ("2021/22 Q4", (2021, 4), "2022-03-31", "2022/23 Q1"),
    ("Q2 2021/22", (2021, 2), "2021-09-30", "Q3 2021/22"),
    ("Q4 2021/22", (2021, 4), "2022-03-31", "Q1 2022/23"),
    ("Q1 2017/18", (2017, 1), "2017-06-30", "Q2 2017/18"),
    ("  2021/22\u00a0 Q2 ", (2021, 2), "2021-09-30", "2021/22 Q3"),
    ("Quarter 4, 2021-22", (2021, 4), "2022-03-31", "Quarter 1, 2022-23"),
    ("2021\u201322 q3", (2021, 3), "2021-12-31", "2021\u201322 q4"),
    ("2021/2022 Q4", (2021, 4), "2022-03-31", "2022/2023 Q1"),
    ("21/22 Q4", (2021, 4), "2022-03-31", "22/23 Q1"),
    ("2099/00 Q4", (2099, 4), "2100-03-31", "2100/01 Q1"),
    ("2099/2100 Q3", (2099, 3), "2099-12-31", "2099/2100 Q4"),
    # the month that a quarter ends with
    ("Jun-2021", (2021, 1), "2021-06-30", "Sep-2021"),
    ("June 2021", (2021, 1), "2021-06-30", "September 2021"),
    ("September 2021", (2021, 2), "2021-09-30", "December 2021"),
    ("Sept 2021", (2021, 2), "2021-09-30", "Dec 2021"),
    ("December 2021", (2021, 3), "2021-12-31", "March 2022"),
    ("MAR 22", (2021, 4), "2022-03-31", "JUN 22"),
]


@pytest.mark.parametrize(("period", "quarter", "ends", "following"), SPELLINGS)
def test_a_period_names_a_quarter_and_the_next_is_spelt_alike(
    period: str, quarter: tuple[int, int], ends: str, following: str
) -> None:
    found = quarter_of(period)

    assert found == Quarter(*quarter)
    assert found is not None
    assert found.ends == date.fromisoformat(ends)
    assert after(period) == following


@pytest.mark.parametrize(
    "period",
    [
        "",
        "Autumn 2021",
        "Q2",  # of which year?
        "2021/22",  # which quarter?
        "Q2 2021",  # a calendar year or a financial one?
        "2021/23 Q1",
        "2021/2023 Q1",
        "Q5 2021/22",
        "Q1 and Q2 2021/22",
        "Q4 2020/21 and Q1 2021/22",
        "Quarter 1 (April to June) 2021/22",  # the months would not move on
        "May 2021",  # in the middle of a quarter
        "30 June 2021",
    ],
)
def test_what_names_no_quarter_is_never_guessed(period: str) -> None:
    assert quarter_of(period) is None
    assert after(period) is None


def test_after_the_last_quarter_that_a_date_can_hold_comes_none() -> None:
    assert after("9997/98 Q4") == "9998/99 Q1"
    assert after("9998/99 Q1") is None


def test_four_quarters_are_a_year() -> None:
    period: str | None = "2021/22 Q3"
    seen = []
    for _ in range(4):
        assert period is not None
        period = after(period)
        seen.append(period)

    assert seen == ["2021/22 Q4", "2022/23 Q1", "2022/23 Q2", "2022/23 Q3"]
