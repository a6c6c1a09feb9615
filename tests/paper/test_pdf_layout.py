"""A paper as plain data for typst: columns, headings, maps and arrows before any page is drawn."""

from decimal import Decimal
from typing import Any

import pytest

from riskbook.core.blocks import Fresh, Heading, Table, Text
from riskbook.core.heatmap import Move
from riskbook.core.page import PageCell, spanning
from riskbook.core.scoring import Rating
from riskbook.edge.documents import registers
from riskbook.edge.paper.arrows import Arrow, arrows
from riskbook.edge.paper.pdf import tables
from riskbook.edge.paper.pdf.headings import stacked
from riskbook.edge.paper.pdf.maps import Size, fitted
from riskbook.edge.paper.pdf.sections import content
from riskbook.edge.paper.pdf.widths import broken, ending, overlong, shared_out, shortened
from riskbook.edge.paper.printed import paper_of
from riskbook.edge.template.looks import looks
from tests.paper.papers import LOOKS, grid, of, paper
from tests.support import looked, sample


def laid(*blocks: Any, sheet: str = "a4") -> list[dict[str, Any]]:
    return list(content(paper(of(*blocks, sheet=sheet)), LOOKS)["sections"][0]["blocks"])


def test_no_table_is_wider_than_its_paper() -> None:
    room = {("a4", False): 174, ("a4", True): 261, ("a3", True): 384}
    for name in registers.samples():
        outcome = looked(sample(name))
        told = content(paper_of(outcome), looks(outcome.profile))
        for section in told["sections"]:
            across = room[section["paper"], section["wide"]]
            for block in section["blocks"]:
                assert sum(block.get("columns", [0])) <= across + 0.1


def test_a_large_table_takes_the_width_of_its_paper_and_a_small_one_its_own() -> None:
    _, small, large = laid(
        grid("A | B", "a | b", widths=(10, 10)), grid("A | B", "a | b", widths=(50, 40))
    )

    assert sum(small["columns"]) == pytest.approx(39)
    assert sum(large["columns"]) == pytest.approx(174)


def test_columns_of_many_characters_get_smaller_type() -> None:
    rows = ("A | B | C | D | E", "a | b | c | d | e")
    tables = [laid(grid(*rows, widths=(each,) * 5))[1] for each in (16, 24, 30, 36, 48)]

    assert [table["size"] for table in tables] == [9.5, 9.0, 8.5, 8.0, 7.5]


def test_a_table_of_few_columns_has_the_largest_type_however_wide_its_sheet() -> None:
    assert laid(grid("A | B | C", "a | b | c", widths=(14, 11, 130)))[1]["size"] == 9.5


def test_a_narrow_column_is_widened_for_the_words_of_its_heading() -> None:
    table = laid(grid("Likelihood | Text", "3 | " + "words of a text " * 9, widths=(3, 90)))[1]

    assert table["columns"][0] > 17
    assert sum(table["columns"]) == pytest.approx(174)


@pytest.mark.parametrize(
    ("shares", "needs", "widths"),
    [
        ([10, 90], [5, 5], [10, 90]),
        ([10, 90], [20, 5], [20, 80]),
        ([10, 45, 45], [20, 5, 45], [20, 35, 45]),
        ([20, 20], [5, 30], [20, 30]),  # a table that does not fill its page may grow
        ([50, 50], [60, 60], None),
    ],
)
def test_what_a_column_needs_comes_from_those_that_can_spare_it(
    shares: list[float], needs: list[float], widths: list[float] | None
) -> None:
    found = shared_out(shares, needs, 100)

    assert found == (None if widths is None else pytest.approx(widths))


def test_the_columns_that_hold_the_text_get_room_in_a_table_of_long_texts() -> None:
    long = "A sentence about controls. " * 60
    table = laid(
        grid("A | B | C | D | E", f"a | b | c | d | {long}", widths=(20,) * 5), sheet="a3 wide"
    )[1]

    assert table["columns"][4] > 1.5 * table["columns"][0]


def test_columns_that_are_blank_to_the_end_are_not_printed() -> None:
    head = (PageCell("A", "rb head"), PageCell("B", "rb head"), PageCell(), PageCell())
    table = laid(Table(head, ((PageCell("a"), PageCell(3), PageCell(), PageCell()),), (20,) * 4))[1]

    assert len(table["columns"]) == 2
    assert [cell["told"] for cell in table["rows"][0]] == ["a", "3"]


def test_a_cell_over_several_columns_stands_for_those_it_covers() -> None:
    head = (*spanning(PageCell("Both", "rb head"), 2), PageCell("C", "rb head"))
    row = (PageCell("a"), PageCell("b"), PageCell("c"))
    table = laid(Table(head, (row,), (20, 20, 20)))[1]

    assert [(cell["told"], cell.get("span", 1)) for cell in table["head"]] == [
        ("Both", 2),
        ("C", 1),
    ]
    assert table["head"][0]["room"] == pytest.approx(2 * table["columns"][0] - 3, abs=0.01)


def test_a_heading_stands_where_its_figures_stand() -> None:
    head = tuple(PageCell(text, "rb head") for text in ("Rating", "Count", "Text"))
    row = (PageCell("High", "rb band 3"), PageCell(Decimal(4), "rb number"), PageCell("t"))
    table = laid(Table(head, (row,), (20, 20, 20)))[1]

    assert [cell.get("align", "left") for cell in table["head"]] == ["center", "right", "left"]


def test_a_short_row_stays_whole_and_a_long_one_may_go_over_the_page() -> None:
    table = laid(grid("A | B", "a | b", "a | " + "long text " * 300))[1]

    assert table["splits"] == [False, True]
    assert not table["whole"]
    assert laid(grid("A | B", "a | b"))[1]["whole"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One line", "One line"),
        ("", ""),
        ("\n \n", ""),
        ("- one", [[True, ["one"]]]),
        ("First\n\nSecond", [[False, ["First", "Second"]]]),
        ("Before\n- one\n\u2022 two\nAfter", [[False, ["Before"]], [True, ["one", "two"]],
                                              [False, ["After"]]]),
        ("-5 is a figure", "-5 is a figure"),
    ],
)  # fmt: skip
def test_a_text_is_paragraphs_and_lists(text: str, told: Any) -> None:
    assert tables.told(text) == told


def test_levels_of_headings_have_no_gap() -> None:
    found = laid(Heading("A", 3), Heading("B", 3), Heading("C", 2), Heading(" ", 2))

    assert [(block["text"], block["level"]) for block in found] == [
        ("Summary of risks", 1),
        ("A", 2),
        ("B", 3),
        ("C", 2),
    ]


def test_a_section_with_pages_of_its_own_begins_on_one() -> None:
    told = content(
        paper(of(Text("a")), of(Text("a"), Fresh(), Text("b")), of(Fresh(), Text("c"))), LOOKS
    )

    assert [section["fresh"] for section in told["sections"]] == [False, True, True]
    assert [block["kind"] for block in told["sections"][2]["blocks"]] == ["heading", "body"]


def test_a_link_on_paper_is_text_and_a_band_a_chip() -> None:
    found = content(paper(), LOOKS)["looks"]

    assert found["rb link"]["ink"] == "#000000"
    assert found["rb band 3"]["chip"]
    assert found["rb warning"]["chip"]
    assert not found["rb label"]["chip"]


def test_a_long_title_is_cut_at_the_head_of_the_pages_and_whole_on_the_first() -> None:
    told = content(paper(title="Very long title of a report " * 9), LOOKS)

    assert told["title"] == ("Very long title of a report " * 9).strip()
    assert told["running"][0].endswith("\u2026")
    assert len(told["name"]) == 200


@pytest.mark.parametrize("title", ["", " ", "\r", "\u2028\n"])
def test_a_report_without_a_title_has_one(title: str) -> None:
    told = content(paper(title=title), LOOKS)

    assert (told["title"], told["name"]) == ("Risk register", "Anytown Council: Risk register")


@pytest.mark.parametrize(
    ("text", "room", "cut", "end"),
    [
        ("R12", 40, "R12", "R12"),
        ("PLACE_AND_ENVIRONMENT_R12", 20, "PLACE_AND\u2026", "\u2026NMENT_R12"),
        ("WWWW", 1, "W\u2026", "\u2026W"),
    ],
)
def test_a_text_is_cut_to_one_line(text: str, room: float, cut: str, end: str) -> None:
    assert (shortened(text, room, 8), ending(text, room, 8)) == (cut, end)


def test_only_words_that_may_be_too_wide_are_measured() -> None:
    assert not overlong("ordinary words of an entry", 20, 9)
    assert overlong("x " + "W" * 8, 20, 9)
    assert broken("ab " + "W" * 9, 20, 9).replace("\u200b", "") == "ab " + "W" * 9
    assert "\u200b" in broken("ab " + "W" * 9, 20, 9)


@pytest.mark.parametrize(
    ("texts", "room", "found", "side"),
    [
        ("Ref | Risk Owner", 60, "Ref | Risk Owner", "bottom"),
        ("Ref | Risk Owner", 12, "Ref | Risk/Owner", "bottom"),
        (
            "Severity | Rule | Cell | What was found | What to do",
            60,
            "Severity | Rule | Cell | What was/found | What to/do",
            "bottom",
        ),
        (
            "Owner | Due | Due in days | Due in days | Due in days | In time | No date | Not later",
            12,
            "Owner | Due | Due/in/days | Due/in/days | Due/in/days | In/time | No/date | Not/later",
            "top",
        ),
    ],
)
def test_headings_are_set_so_that_none_reads_like_prose(
    texts: str, room: float, found: str, side: str
) -> None:
    split = texts.split(" | ")
    shown, where = stacked(split, [room] * len(split), 9)

    assert " | ".join(shown).replace("\n", "/") == found
    assert where == side


def move(before: str, after: str, *refs: str) -> Move:
    """``move("31", "11", "R1")``: likelihood and impact before and after."""
    start, end = (Rating(likelihood=int(t[0]), impact=int(t[1])) for t in (before, after))
    return Move(refs=refs, before=start, after=end)


def test_a_risk_that_stayed_has_no_arrow() -> None:
    assert arrows([move("22", "22", "R1")], 3) == []


def test_an_arrow_leads_from_inside_one_square_to_inside_the_other() -> None:
    assert arrows([move("33", "31", "R1", "R2")], 3) == [Arrow((2.06, 0.5), (0.76, 0.5), 2)]


def test_arrows_straight_down_pass_right_of_the_middle() -> None:
    assert arrows([move("31", "11", "R1")], 3) == [Arrow((0.64, 0.94), (0.64, 2.24), 1)]


def test_arrows_along_one_line_lie_beside_each_other() -> None:
    found = arrows([move("13", "11", "A"), move("12", "11", "B"), move("33", "32", "C")], 3)

    downs = {arrow.start[1] for arrow in found if arrow.end[1] > 2}
    assert downs == {2.42, 2.58}
    assert [arrow for arrow in found if arrow.start[1] < 1] == [Arrow((2.06, 0.5), (1.76, 0.5), 1)]


def test_arrows_that_meet_head_on_lie_beside_each_other() -> None:
    found = arrows([move("11", "13", "A"), move("13", "11", "B")], 3)

    assert sorted(arrow.start[1] for arrow in found) == [2.42, 2.58]


SMALL = Size(wide=14, high=12.5, beside=20, labels=8, upright=False)


@pytest.mark.parametrize(
    ("count", "points", "lines"),
    [
        (1, 7.5, ["R1"]),
        (2, 7.5, ["R1, R2"]),
        (5, 7.0, ["R1, R2, R3", "R4, R5"]),
        (40, 6.0, ["R1, R2, R3", "R4, R5 +35"]),
    ],
)
def test_a_square_shows_as_many_references_as_fit(
    count: int, points: float, lines: list[str]
) -> None:
    assert fitted([f"R{n}" for n in range(1, count + 1)], SMALL) == (points, lines)
