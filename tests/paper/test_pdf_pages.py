"""The pages of a report: tags, bookmarks, breaks, margins, and headings that keep company."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from riskbook.core.blocks import Fresh, Heading, Picture, Section, Table, Text
from riskbook.core.heatmap import HeatMap, Move, Square, described
from riskbook.core.page import PageCell, spanning
from riskbook.core.scoring import RULES, Rating, write_out
from riskbook.edge.documents import profiles, registers
from riskbook.edge.paper import pdf
from riskbook.edge.paper.printed import paper_of
from tests.paper.papers import complaints, drawn, grid, of
from tests.paper.tagged import bookmarks, last_role, places, reader, squeezed, structure
from tests.support import looked, sample

POPPLER = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not on PATH")
SIDE = 18 * 72 / 25.4  # points
HEADER, FOOTER = 15 * 72 / 25.4, 8 * 72 / 25.4  # points: what stands above and below the text
HEADINGS = ("H1", "H2", "H3")
ROWS = ("THead", "TBody")
BANDS = profiles.load("council-5x5").bands


def texts(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in reader(data).pages]


@pytest.fixture(scope="module")
def reports() -> dict[str, bytes]:
    """The report of each sample."""
    return {name: pdf.render(looked(sample(name))) for name in registers.samples()}


@pytest.mark.parametrize("name", registers.samples())
def test_a_report_says_what_it_is_and_in_which_language(
    name: str, reports: dict[str, bytes]
) -> None:
    found, about = reader(reports[name]), sample(name)["about"]
    root = found.trailer["/Root"]

    assert found.metadata is not None
    assert found.metadata.title == f"{about['organisation']}: {about['title']}"
    assert found.metadata.author == about["organisation"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


@pytest.mark.parametrize("name", registers.samples())
def test_headings_and_bookmarks_come_in_order_and_agree(
    name: str, reports: dict[str, bytes]
) -> None:
    found = reader(reports[name])
    levels = [int(each.role[1]) for each in structure(found).all(*HEADINGS)]
    marks = bookmarks(found)

    assert levels[0] == 1
    assert set(levels) == {1, 2, 3}
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [level for level, _, _ in marks] == levels
    assert [page for _, _, page in marks] == sorted(page for _, _, page in marks)
    for _, title, page in marks:
        assert squeezed(title) in squeezed(found.pages[page - 1].extract_text())


@pytest.mark.parametrize("name", registers.samples())
def test_every_table_has_headings_for_its_columns(name: str, reports: dict[str, bytes]) -> None:
    tables = structure(reader(reports[name])).all("Table")

    assert len(tables) > 10
    for table in tables:
        head, body = (next(each for each in table.inside if each.role == r) for r in ROWS)
        assert [cell.role for row in head.inside for cell in row.inside] == ["TH"] * len(
            head.inside[0].inside
        )
        assert {cell.attributes["Scope"] for cell in head.all("TH")} == {"/Column"}
        assert {cell.role for row in body.inside for cell in row.inside} <= {"TD"}


@pytest.mark.parametrize("name", registers.samples())
def test_a_heat_map_is_heard_as_its_words(name: str, reports: dict[str, bytes]) -> None:
    outcome = looked(sample(name))
    pictures = [
        block
        for section in paper_of(outcome).sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]

    figures = structure(reader(reports[name])).all("Figure")
    assert [figure.alt for figure in figures] == [picture.alt for picture in pictures]
    assert len(figures) == 1


@pytest.mark.parametrize("name", registers.samples())
def test_no_heading_stands_alone_at_the_foot_of_a_page(
    name: str, reports: dict[str, bytes]
) -> None:
    found = reader(reports[name])

    assert not [n for n, page in enumerate(found.pages, 1) if last_role(found, page) in HEADINGS]


@pytest.mark.parametrize("lines", range(20, 36))
def test_a_heading_goes_with_what_follows_it_wherever_the_page_ends(lines: int) -> None:
    rows = [f"R{n} | Text of row {n}" for n in range(40)]
    found = reader(
        drawn(
            of(
                *[Text(f"Paragraph {n}") for n in range(lines)],
                Heading("A risk", 2),
                Heading("A part of it", 3),
                grid("Ref | Text", *rows),
            )
        )
    )

    roles = [last_role(found, page) for page in found.pages]
    assert not set(roles) & {*HEADINGS, "TH"}
    pages = [page.extract_text() for page in found.pages]
    assert all("R0" in page for page in pages if "A risk" in page)


def test_a_new_page_begins_once_and_no_page_is_empty() -> None:
    found = texts(
        drawn(
            of(Fresh(), Text("one"), Fresh(), Fresh(), Heading("Second", 2), Text("two"), Fresh()),
            of(Fresh(), Text("three"), Fresh(), title="Third part"),
            of(Fresh(), Text("four"), Fresh(), title="Fourth part", sheet="a4 wide"),
            of(Text("five"), title="Fifth part", sheet="a3 wide"),
            of(Text("six"), Fresh(), title="Sixth part"),
        )
    )

    wanted = ["one", "Secondtwo", "Thirdpartthree", "Fourthpartfour", "Fifthpartfive", "six"]
    assert len(found) == len(wanted)
    assert all(text in page for text, page in zip(wanted, found, strict=True))


def test_a_section_lies_on_its_paper() -> None:
    found = reader(
        drawn(
            of(Text("a"), title="Upright"),
            of(Text("b"), title="Wide", sheet="a4 wide"),
            of(Text("c"), title="Large", sheet="a3 wide"),
        )
    )

    sizes = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in found.pages]
    assert sizes == [(595, 842), (842, 595), (1191, 842)]


def test_each_page_has_title_period_and_number() -> None:
    found = texts(drawn(of(*[part for n in range(3) for part in (Text(f"Text {n}"), Fresh())])))

    assert len(found) == 3
    for number, page in enumerate(found, 1):
        assert "AnytownCouncil" in page
        assert "RiskRegister" in page
        assert "2021/22Q1" in page
        assert f"Page{number}of3" in page


def test_paragraphs_and_points_are_paragraphs_and_lists_in_prose_and_in_cells() -> None:
    entry = "Before\n- one\n- two\nAfter\nLast"
    root = structure(reader(drawn(of(Text(entry), Table(
        (PageCell("A", "rb head"),), ((PageCell(entry),),), (80,)
    )))))  # fmt: skip

    cell = root.all("TD")[0]
    assert [each.role for each in cell.inside] == ["P", "L", "P", "P"]
    assert [each.role for each in cell.all("L")[0].inside] == ["LI", "LI"]
    assert len(root.all("L")) == 2
    assert [each.role for each in cell.all("LI")[0].inside] == ["Lbl", "LBody"]


def test_a_cell_over_columns_says_so() -> None:
    head = (*spanning(PageCell("Both", "rb head"), 2), PageCell("C", "rb head"))
    rows = (
        (PageCell("a"), PageCell("b"), PageCell("c")),
        spanning(PageCell("across", "rb caption"), 3),
    )
    root = structure(reader(drawn(of(Table(head, rows, (20, 20, 20))))))

    assert [cell.attributes.get("ColSpan", 1) for cell in root.all("TH")] == [2, 1]
    assert [cell.attributes.get("ColSpan", 1) for cell in root.all("TD")] == [1, 1, 1, 3]


def test_a_table_repeats_its_headings_on_each_page() -> None:
    found = texts(drawn(of(grid("Reference | What it is", *[f"R{n} | t{n}" for n in range(150)]))))

    assert len(found) > 2
    assert all("ReferenceWhatitis" in page for page in found)


def sentences(count: int) -> str:
    return " ".join(f"Sentence {n} tells {n * 7919 % 10_007} of it." for n in range(count))


LONG = [
    pytest.param(of(grid("Ref | Text | Other", f"R1 | {sentences(700)} | x")), id="a tall cell"),
    pytest.param(of(Text("W" * 900), Text("- " + "w" * 900)), id="a long word"),
    pytest.param(of(Heading("W" * 300, 2), Text("x")), id="a long word in a heading"),
    pytest.param(
        of(grid(f"Ref | {'Q' * 90} | Other", f"{'R' * 60} | {'w' * 400} | - {'x' * 300}")),
        id="long words in narrow columns",
    ),
    pytest.param(
        of(grid(" | ".join(["Heading"] * 16), " | ".join(["Words of it"] * 16)), sheet="a4 wide"),
        id="many columns",
    ),
    pytest.param(
        of(grid("A | B", "x | https://example.org/" + "path-to/" * 60)), id="a long address"
    ),
]


def outside(data: bytes) -> Iterator[tuple[int, float, float, str]]:
    """Texts that begin outside the margins of their page."""
    for number, page in enumerate(reader(data).pages, 1):
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        for x, y, text in places(page):
            across = SIDE - 1 <= x <= wide - SIDE
            if not (across and FOOTER <= y <= high - HEADER):
                yield number, x, y, text


def blank_margins(data: bytes, folder: Path) -> Iterator[tuple[int, str]]:
    """Pages that have anything in a margin, and in which."""
    (folder / "report.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", "36", "-gray", "report.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    point = 36 / 72
    for path in sorted(folder.glob("page-*.pgm")):
        number = int(re.findall(r"\d+", path.stem)[-1])
        with Image.open(path) as picture:
            wide, high = picture.size
            side = int(SIDE * point) - 2
            strips = {
                "left": (0, 0, side, high),
                "right": (wide - side, 0, wide, high),
                "top": (0, 0, wide, int(HEADER * point) - 4),
                "bottom": (0, high - int(FOOTER * point), wide, high),
            }
            for name, box in strips.items():
                if picture.crop(box).getextrema()[0] < 250:
                    yield number, name


@POPPLER
@pytest.mark.parametrize("section", LONG)
def test_nothing_runs_over_the_edge(section: Section, tmp_path: Path) -> None:
    data = drawn(section, title="W" * 300, organisation="O" * 90, period="P" * 90)

    assert list(outside(data)) == []
    assert list(blank_margins(data, tmp_path)) == []


@POPPLER
@pytest.mark.parametrize("name", registers.samples())
def test_every_page_of_a_report_keeps_its_margins(
    name: str, reports: dict[str, bytes], tmp_path: Path
) -> None:
    assert list(outside(reports[name])) == []
    assert list(blank_margins(reports[name], tmp_path)) == []


def test_a_cell_higher_than_a_page_goes_on_without_losing_a_word() -> None:
    found = texts(drawn(of(grid("Ref | Text", f"R1 | {sentences(900)}", "R2 | short"))))

    assert len(found) > 3
    for n in range(900):
        assert whole(squeezed(f"Sentence {n} tells {n * 7919 % 10_007} of it."), found)


def whole(line: str, pages: list[str]) -> bool:
    """Whether a line stands on a page, or begins on one and ends on the next."""
    return any(line in page for page in pages) or any(
        line[:cut] in page and line[cut:] in after
        for page, after in pairwise(pages)
        for cut in range(1, len(line))
    )


def heat_map(likelihoods: int, impacts: int, risks: int, moves: tuple[Move, ...] = ()) -> HeatMap:
    """A map with its risks along the diagonal."""
    matrix = write_out(RULES["product"], BANDS, likelihoods=likelihoods, impacts=impacts)
    stands = {
        f"R{n}": Rating(likelihood=n % likelihoods + 1, impact=n % impacts + 1)
        for n in range(1, risks + 1)
    }
    return HeatMap(
        title="Nett" if moves else "Gross",
        across="Impact",
        up="Likelihood",
        columns=tuple(f"{n} Impact of {n}" for n in range(1, impacts + 1)),
        rows=tuple(f"{n} Likelihood of {n}" for n in range(likelihoods, 0, -1)),
        squares=tuple(
            tuple(
                Square(
                    rating=(here := Rating(likelihood=level, impact=impact)),
                    score=matrix.score(here),
                    refs=tuple(ref for ref, rating in stands.items() if rating == here),
                )
                for impact in range(1, impacts + 1)
            )
            for level in range(likelihoods, 0, -1)
        ),
        moves=moves,
    )


def picture(*maps: HeatMap) -> Picture:
    return Picture(maps, described(maps))


def down(likelihoods: int) -> Move:
    first = Rating(likelihood=likelihoods, impact=1)
    return Move(refs=("R1", "R2"), before=first, after=Rating(likelihood=1, impact=1))


@POPPLER
@pytest.mark.parametrize("sheet", ["a4", "a4 wide", "a3 wide"])
@pytest.mark.parametrize(("likelihoods", "impacts"), [(3, 3), (3, 5), (5, 5), (10, 4), (10, 10)])
def test_heat_maps_of_any_size_are_drawn_within_their_page(
    likelihoods: int, impacts: int, sheet: str, tmp_path: Path
) -> None:
    maps = [heat_map(likelihoods, impacts, 6), heat_map(likelihoods, impacts, 6, (down(2),))]
    data = drawn(of(picture(*maps), sheet=sheet))

    found = structure(reader(data)).all("Figure")
    assert 1 <= len(found) <= 2
    assert [c for c in complaints(data, tmp_path) if not c.startswith("PAG")] == []
    assert list(outside(data)) == []
    assert list(blank_margins(data, tmp_path)) == []
    text = "".join(texts(data))
    for word in ("Likelihood", "Impact", "Gross", "Nett", "Low", "R3"):
        assert word in text


def test_heat_maps_are_vectors() -> None:
    found = reader(drawn(of(picture(heat_map(5, 5, 9), heat_map(5, 5, 9, (down(5),))))))

    assert [image for page in found.pages for image in page.images] == []


@pytest.mark.parametrize(("before", "drawn_"), [(5, 1), (1, 0)])
def test_a_risk_that_moved_has_an_arrow_on_the_later_map(before: int, drawn_: int) -> None:
    move = Move(
        refs=("R1", "R2", "R3"),
        before=Rating(likelihood=before, impact=1),
        after=Rating(likelihood=1, impact=1),
    )
    blocks: list[Any] = [picture(heat_map(5, 5, 0), heat_map(5, 5, 0, (move,)))]
    text = "".join(texts(drawn(of(*blocks))))

    assert text.count("Anarrowleads") == drawn_


def test_many_references_in_a_square_are_counted_and_told_as_far_as_they_fit() -> None:
    one = heat_map(3, 3, 0)
    crowd = tuple(f"RISK{n:03}" for n in range(80))
    squares = ((*one.squares[0][:2], Square(
        rating=one.squares[0][2].rating, score=one.squares[0][2].score, refs=crowd
    )), *one.squares[1:])  # fmt: skip
    map_ = HeatMap(
        title="Gross",
        across="Impact",
        up="Likelihood",
        columns=one.columns,
        rows=one.rows,
        squares=squares,
        moves=(),
    )
    data = drawn(of(picture(map_)))
    text = "".join(texts(data))

    told = text.count("RISK0")
    assert 2 <= told < 80
    assert f"+{80 - told}" in text
    assert "980RISK" in text  # nine points, eighty risks
    assert f"80 at Likelihood {one.rows[0]}" in str(structure(reader(data)).all("Figure")[0].alt)


@pytest.mark.parametrize("lines", [5, 15, 25])
def test_a_picture_and_its_table_stand_on_one_page_where_there_is_room(lines: int) -> None:
    maps = (heat_map(5, 5, 6), heat_map(5, 5, 6, (down(5),)))
    after = grid("Risk | From | To", "R1, R2 | 5 | 1")
    found = texts(
        drawn(
            of(*[Text(f"Paragraph {n}") for n in range(lines)]),
            of(picture(*maps), Heading("Movement", 2), after, title="Heat maps"),
        )
    )

    [page] = [text for text in found if "Heatmaps" in text]
    assert "R1,R251" in page


def test_what_cannot_stand_on_one_page_goes_on() -> None:
    after = grid("Risk | From | To", *[f"R{n} | 5 | 1" for n in range(120)])
    found = texts(drawn(of(picture(heat_map(5, 5, 6)), after, title="Heat maps")))

    assert len(found) > 2
    assert "R11951" in found[-1]
