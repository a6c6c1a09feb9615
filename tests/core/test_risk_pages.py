"""The Risk pages sheet: an index, a page for each risk, nothing cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.app import Outcome
from riskbook.core.page import HIGHEST, Page, PageRow
from riskbook.core.pages.risk_pages import COLUMNS, MOST, in_pieces, shared, widths
from tests.core.notation import COUNCIL, checked
from tests.support import looked, sample

SAMPLES = ("dacorum-2021", "dacorum-2017", "blackpool-2021")


def page_of(outcome: Outcome) -> Page:
    return next(page for page in outcome.pages if page.sheet == "Risk pages")


def values(row: PageRow) -> list[object]:
    return [cell.value for cell in row.cells if cell.value is not None]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_risk_begins_a_printed_page_with_its_reference_alone_in_column_a(name: str) -> None:
    outcome = looked(sample(name))
    page = page_of(outcome)

    starts = [row for row in page.rows if row.cells and row.cells[0].style == "rb form title"]

    assert all(row.breaks for row in starts)
    risks = outcome.reading.register.risks
    assert [row.cells[0].value for row in starts] == [risk.key for risk in risks]
    assert [row.cells[4].value for row in starts] == [risk.title for risk in risks]
    firsts = [row.cells[0].value for row in page.rows if row.cells]
    for risk in risks:
        assert firsts.count(risk.key) == 1  # the link in the register looks for it there


@pytest.mark.parametrize("name", SAMPLES)
def test_the_index_leads_to_the_page_and_the_page_to_the_row_of_the_register(name: str) -> None:
    outcome = looked(sample(name))
    page = page_of(outcome)

    for risk in outcome.reading.register.risks:
        links = [
            cell.link
            for row in page.rows
            for cell in row.cells
            if cell.value == risk.key and cell.link
        ]
        (link,) = links
        assert link.sheet == "Risk pages"
        start = page.rows[link.row - 1]
        assert (start.cells[0].value, start.breaks) == (risk.key, True)
        index, back = (cell for cell in page.rows[link.row].cells if cell.value)
        assert index.link is not None
        assert (index.link.sheet, index.link.row) == ("Risk pages", 1)
        assert back.value == f"Row {risk.row} of Risks"
        assert back.link == risk.entries["ref"].at


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_stands_on_the_page_of_its_risk_and_no_row_is_too_high(name: str) -> None:
    outcome = looked(sample(name))
    page = page_of(outcome)
    columns = [  # a long text goes on in the row below
        "".join(
            "".join(str(r.cells[at].value or "").split()) for r in page.rows if at < len(r.cells)
        )
        for at in range(COLUMNS)
    ]

    for record in (*outcome.reading.register.risks, *outcome.reading.register.actions):
        for field, entry in record.entries.items():
            if field != "weight":
                text = "".join(entry.text.split())
                assert any(text in column for column in columns), (field, text)
    assert max(row.height or 0 for row in page.rows) <= HIGHEST


def test_the_key_stands_below_the_index() -> None:
    rows = [values(row) for row in page_of(looked(sample("dacorum-2021"))).rows]

    at = rows.index(["Key"])
    assert rows[at + 1 : at + 5] == [
        ["Red", "12 - 16"],
        ["Amber", "6 - 10"],
        ["Green", "0 - 4"],
        ["Inherent: gross, before controls. Mitigated: nett, after today's controls."],
    ]


def test_a_risk_without_a_reference_has_a_page_and_no_link_to_it() -> None:
    page = page_of(checked(COUNCIL, {"A5": ""}))

    starts = [row.cells[0] for row in page.rows if row.breaks]
    assert [cell.value for cell in starts] == [None, "R2"]
    assert len([row for row in page.rows if "Index" in values(row) and len(values(row)) == 2]) == 2


def test_a_register_without_risks_has_an_empty_index() -> None:
    page = page_of(checked({**COUNCIL, "risks": [], "actions": []}))

    assert [row for row in page.rows if row.breaks] == []
    assert ["No.", "Reference", "Risk", "Nett"] in [values(row) for row in page.rows]


def test_a_deep_dive_lies_across_and_the_other_forms_stand() -> None:
    assert [set(widths(looked(sample(name)).profile)) for name in SAMPLES] == [{4}, {4}, {6}]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=COLUMNS))
def test_all_columns_are_given_out_and_each_field_has_one(wanted: list[int]) -> None:
    given_out = shared(wanted, COLUMNS)

    assert sum(given_out) == COLUMNS
    assert min(given_out) >= 1
    ranked = sorted(zip(wanted, given_out, strict=True))
    assert all(b[1] >= a[1] - 1 for a, b in pairwise(ranked))  # wider fields are no narrower


@given(st.text(st.sampled_from("ab \n"), max_size=3_000), st.integers(4, 96))
def test_pieces_lose_no_letter_and_fit(text: str, width: int) -> None:
    pieces = in_pieces(text, width)

    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.count("\n") < MOST for piece in pieces)


def test_no_heading_stands_alone_at_the_foot_of_a_printed_page() -> None:
    page = page_of(looked(sample("blackpool-2021")))

    for row, below in pairwise(page.rows):
        if row.cells and row.cells[0].style in ("rb form heading", "rb head"):
            assert not below.breaks
    heights = [0.0]
    for row in page.rows:
        heights = [*heights, 0.0] if row.breaks else heights
        heights[-1] += row.height or 15
    assert max(heights) <= 520  # points: what an A4 page on its side holds


def test_a_short_text_is_one_piece_as_it_was_typed() -> None:
    assert in_pieces("One.\n\n- two", 20) == ["One.\n\n- two"]


def test_a_wide_field_gives_way_to_narrow_ones() -> None:
    assert shared([1, 1, 1, 100], 4) == (1, 1, 1, 1)
    assert shared([50, 50], 4) == (2, 2)
