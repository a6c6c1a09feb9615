"""Printed pages begin where a block would be split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.page import PageCell, PageRow, lines_of
from riskbook.core.pages.paging import height, paged, room
from riskbook.core.pages.parts import heading

WIDTHS = (19, 19)  # (19 x 5.25 + 3.75) x 2 = 207 points wide, 132.48 points high


def block(*heights: float) -> list[PageRow]:
    """A block of rows of such heights, 0.5 for a blank row of no height of its own."""
    return [
        PageRow() if high == 0.5 else PageRow((PageCell("a"),), height=high) for high in heights
    ]


@pytest.mark.parametrize(
    ("blocks", "breaks"),
    [
        ([[60], [60]], []),  # both fit
        ([[60], [60], [60]], [2]),  # the third would be split
        ([[60], [60, 60]], [1]),
        ([[60], [0.5, 60]], [2]),  # a blank row stays on the page before
        ([[100], [100], [100]], [1, 2]),
        ([[60], [100, 100]], []),  # longer than a page, and less than half of it is full
        ([[70], [100, 100]], [1]),  # longer than a page: on a new one
        ([[100, 100], [70]], [2]),  # 67.5 points are left of the second page
        ([[100, 100], [60]], []),
        ([[200]], []),
        ([], []),
    ],
)
def test_a_block_that_would_be_split_begins_a_page(
    blocks: list[list[float]], breaks: list[int]
) -> None:
    rows = paged([block(*heights) for heights in blocks], WIDTHS)

    assert [at for at, row in enumerate(rows) if row.breaks] == breaks


def test_a_hidden_row_takes_no_room() -> None:
    assert height([PageRow(height=0), PageRow(), PageRow(height=20)]) == 35
    assert room(WIDTHS) == pytest.approx(132.48)


def test_a_block_of_blank_rows_begins_a_page_with_its_first() -> None:
    rows = paged([block(130), [PageRow(height=100)]], WIDTHS)

    assert [row.breaks for row in rows] == [False, True]


@given(st.lists(st.lists(st.sampled_from((15, 30, 60)), min_size=1, max_size=4), max_size=9))
def test_no_row_is_lost_and_no_short_block_is_split(blocks: list[list[float]]) -> None:
    made = [block(*heights) for heights in blocks]

    rows = paged(made, WIDTHS)

    assert [row.height for row in rows] == [high for heights in blocks for high in heights]
    most, used, at = room(WIDTHS), 0.0, 0
    for heights in blocks:
        if rows[at].breaks:
            used = 0
        used += sum(heights)
        if sum(heights) <= most:
            assert used <= most
        used, at = used % most, at + len(heights)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, 1),
        ("two\nlines", 9, 2),
        ("aaaa bbbb cccc", 9, 2),  # nine letters fit a line of nine: "aaaa bbbb"
        ("aaaa bbbbbb cccc", 9, 3),  # a word that does not fit goes on the next line
        ("a" * 18, 9, 2),  # a word longer than a line is broken
        ("ab " + "a" * 19 + " b", 9, 4),  # "ab", nine, nine, "a b"
        ("a" * 10, 0, 10),
    ],
)
def test_wrapped_lines_keep_their_words_whole(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Risk 2: Flood", "Risk 2: Flood"),
        ("a" * 100, "a" * 100),
        ("a" * 101, "a" * 99 + "\N{HORIZONTAL ELLIPSIS}"),
        ("a" * 98 + " bcd", "a" * 98 + "\N{HORIZONTAL ELLIPSIS}"),
    ],
)
def test_a_heading_stays_on_one_line(text: str, shown: str) -> None:
    assert heading(text).cells[0].value == shown
