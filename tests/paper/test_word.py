"""The report as a Word document: real styles, whole texts, maps of any size, the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from riskbook.core.blocks import Block, Fresh, Heading, Paper, Picture, Section, Table, Text
from riskbook.core.heatmap import HeatMap, Move, Square, described
from riskbook.core.page import PageCell, spanning
from riskbook.core.scoring import RULES, Band, Rating, write_out
from riskbook.edge.documents import profiles, registers
from riskbook.edge.paper import word
from riskbook.edge.paper.printed import printable
from riskbook.edge.paper.word import measure
from riskbook.edge.paper.word.fields import fitted, told
from riskbook.edge.template.looks import looks
from tests.support import looked, sample

STYLES = looks(profiles.load("operational-4x4"))
DAY = datetime(2021, 6, 30)
MM = 1440 / 25.4  # twentieths of a point
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def paper(*blocks: Block, sheet: str = "a4", **told: Any) -> Paper:
    """A report of one section."""
    said = {
        "title": "Risk Register",
        "organisation": "Anytown Council",
        "period": "2021/22 Q1",
        "as_at": "Position as at 30 June 2021",
        "introduction": "",
        "made": "riskbook",
        **told,
    }
    return Paper(**{"sections": (Section("Part", blocks, sheet),), **said})


def rendered(told: Paper) -> bytes:
    return word.render_paper(told, STYLES, DAY)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def shown(*blocks: Block, **told: Any) -> Document:
    return opened(rendered(paper(*blocks, **told)))


def head(*texts: str) -> tuple[PageCell, ...]:
    return tuple(PageCell(text, "rb head") for text in texts)


def table(*rows: Sequence[object], widths: tuple[int, ...] = (20, 40), about: str = "") -> Table:
    cells = [tuple(c if isinstance(c, PageCell) else PageCell(c) for c in row) for row in rows]
    return Table(head(*(f"H{n}" for n in range(len(widths)))), tuple(cells), widths, about)


def pieces(document: Document) -> Iterator[Paragraph | WordTable]:
    """Paragraphs and tables in the order in which they are read."""
    yield from document.iter_inner_content()


def told_in(document: Document) -> str:
    """All the text in the order in which it is read, cells too."""
    found = []
    for piece in pieces(document):
        if isinstance(piece, Paragraph):
            found.append(piece.text)
        else:
            found += [cell.text for row in piece.rows for cell in row.cells]
    return "\n".join(found)


def styled(document: Document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def complaints(data: bytes, folder: Path) -> list[str]:
    path = folder / "report.docx"
    path.write_bytes(data)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    return [str(error) for error in validator.validate(str(path)).errors]


# --- what a reader sees ------------------------------------------------------------------


def test_the_title_stands_above_the_text_in_styles_of_its_own() -> None:
    document = shown(Text("Said."), introduction="First.\n- a point")

    assert styled(document) == [
        ("Organisation", "Anytown Council"),
        ("Title", "Risk Register"),
        ("Subtitle", "2021/22 Q1"),
        ("Subtitle", "Position as at 30 June 2021"),
        ("Normal", "First."),
        ("List Bullet", "a point"),
        ("Heading 1", "Part"),
        ("Normal", "Said."),
    ]


def test_prose_becomes_paragraphs_and_lists_of_points() -> None:
    document = shown(Text("One\n\n- two\n\u2022 three\nfour"), Text("L", "lead"), Text("N", "note"))

    assert styled(document)[5:] == [
        ("Normal", "One"),
        ("List Bullet", "two"),
        ("List Bullet", "three"),
        ("Normal", "four"),
        ("Lead", "L"),
        ("Note", "N"),
    ]
    numbering = parts(rendered(paper()))["word/numbering.xml"].decode()
    assert numbering.count('<w:numFmt w:val="bullet"/>') == 2


def test_points_in_a_cell_are_a_list_too() -> None:
    cell = shown(table(["a", "Said\n- one\n- two"])).tables[0].cell(1, 1)

    assert [(p.style and p.style.name, p.text) for p in cell.paragraphs] == [
        ("Table Text", "Said"),
        ("Table Bullet", "one"),
        ("Table Bullet", "two"),
    ]


def test_headings_never_skip_a_level() -> None:
    document = shown(Heading("deep", 3), Heading("two", 2), Heading("three", 3), Heading("four", 3))

    levels = [name for name, _ in styled(document) if name.startswith("Heading")]
    assert levels == ["Heading 1", "Heading 2", "Heading 2", "Heading 3", "Heading 3"]


def test_a_page_begins_before_the_heading_and_not_below_it() -> None:
    document = shown(Fresh(), Text("x"), Heading("H"), Fresh(), Text("y"), Fresh(), table(["z"]))

    begun = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert begun == ["Part", "H"]
    first = document.tables[0].cell(0, 0).paragraphs[0]
    assert first.paragraph_format.page_break_before


def test_no_paragraph_is_empty_but_after_a_table() -> None:
    sections = (
        Section("One", (Text("x"), table(["a"]), table(["b"]), Fresh())),
        Section("Two", (table(["c"]),), "a4 wide"),
        Section("Three", (Text(" \n "), Fresh()), "a3 wide"),
    )
    document = opened(rendered(paper(sections=sections)))

    blank = [p.style and p.style.name for p in document.paragraphs if not p.text]
    assert blank == ["Table Gap", "Table Gap", "Table Gap"]


def test_each_kind_of_sheet_is_a_section_of_its_size() -> None:
    sheets = ("a4", "a4", "a4 wide", "a3 wide", "a4")
    sections = tuple(Section(sheet, (Text("x"),), sheet) for sheet in sheets)
    document = opened(rendered(paper(sections=sections)))

    sizes = [
        (round(s.page_width.mm), round(s.page_height.mm), s.orientation)
        for s in document.sections
        if s.page_width and s.page_height
    ]
    assert sizes == [(210, 297, 0), (297, 210, 1), (420, 297, 1), (210, 297, 0)]


def test_header_and_footer_tell_the_report_and_the_page() -> None:
    section = shown(Text("x")).sections[0]

    assert section.header.paragraphs[0].text == "Anytown Council: Risk Register\t2021/22 Q1"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        xml = footer.paragraphs[0]._p.xml
        assert "Made by riskbook" in xml
        assert re.findall(r'w:instr="\s*(\w+)', xml) == ["PAGE", "NUMPAGES"]


def test_the_file_says_what_it_is_and_names_nobody() -> None:
    data = rendered(paper())
    facts = opened(data).core_properties

    assert facts.title == "Anytown Council: Risk Register"
    assert facts.subject == "2021/22 Q1, Position as at 30 June 2021"
    assert facts.author == facts.last_modified_by == "Anytown Council"
    assert facts.keywords == "risk register, risk report, 2021/22 Q1"
    assert facts.language == "en-GB"
    assert facts.created is not None
    assert (facts.created.date(), facts.modified) == (date(2021, 6, 30), facts.created)
    whole = b"".join(parts(data).values()).lower()
    for unwanted in (b"python-docx", b"python", b"macintosh", b"thumbnail", b"en-us", b"root"):
        assert unwanted not in whole


def test_the_language_stands_in_the_styles() -> None:
    styles = parts(rendered(paper()))["word/styles.xml"].decode()

    assert set(re.findall(r'<w:lang w:val="([^"]*)"', styles)) == {"en-GB"}


# --- tables ------------------------------------------------------------------------------


def test_a_table_repeats_its_headings_and_says_what_it_shows() -> None:
    made = shown(Heading("Levels"), table(["a", "b"], about="The four levels")).tables[0]._tbl

    rows = made.findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    properties = made.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Levels"
    assert properties.find(qn("w:tblDescription")).get(qn("w:val")) == "The four levels"
    assert properties.find(qn("w:tblStyle")).get(qn("w:val")) == "RegisterTable"


def test_a_very_high_row_may_be_split_and_others_not() -> None:
    made = shown(table(["a", "long " * 3000], ["a", "short"])).tables[0]._tbl

    split = [row.find(f".//{qn('w:cantSplit')}") is None for row in made.findall(qn("w:tr"))]
    assert split == [False, True, False]


@pytest.mark.parametrize(("sheet", "across"), [("a4", 174), ("a4 wide", 261), ("a3 wide", 384)])
@pytest.mark.parametrize("widths", [(5, 5), (40, 90), (10,) * 30, (34, 34, 3)])
def test_columns_are_fixed_and_within_the_text(
    sheet: str, across: int, widths: tuple[int, ...]
) -> None:
    row = ["Likelihood and much more of it"] * len(widths)
    made = shown(table(row, widths=widths), sheet=sheet).tables[0]._tbl

    columns = [int(c.get(qn("w:w"))) for c in made.tblGrid.findall(qn("w:gridCol"))]
    assert len(columns) == len(widths)
    assert min(columns) > 0
    assert sum(columns) <= across * MM + len(widths)
    assert made.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    made = shown(table(["Responsibilities", "x"], widths=(4, 60))).tables[0]._tbl

    first = int(made.tblGrid.findall(qn("w:gridCol"))[0].get(qn("w:w")))
    assert first / MM > 25  # the word takes about 25.8 mm in Arial of 10 points


def test_where_rows_are_high_the_longest_texts_have_the_widest_columns() -> None:
    row = ["word " * 400, "word " * 20, "word " * 100]
    made = shown(table(row, widths=(20, 60, 20))).tables[0]._tbl

    long, short, middle = (int(c.get(qn("w:w"))) for c in made.tblGrid.findall(qn("w:gridCol")))
    assert long > middle > short


def test_a_cell_over_two_columns_has_their_width() -> None:
    wide = spanning(PageCell("both", "rb caption"), 2)
    made = shown(table([*wide, "c"], ["a", "b", "c"], widths=(10, 20, 30))).tables[0]._tbl

    cells = made.findall(qn("w:tr"))[1].findall(qn("w:tc"))
    assert [cell.grid_span for cell in cells] == [2, 1]
    columns = [int(c.get(qn("w:w"))) for c in made.tblGrid.findall(qn("w:gridCol"))]
    width = int(cells[0].tcPr.find(qn("w:tcW")).get(qn("w:w")))
    assert abs(width - columns[0] - columns[1]) <= 1


def test_a_band_is_its_word_on_its_colour() -> None:
    cell = shown(table(["Red", PageCell("Red", "rb band 3")])).tables[0].cell(1, 1)

    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "C00000"
    run = cell.paragraphs[0].runs[0]
    assert (run.text, run.bold, str(run.font.color.rgb)) == ("Red", True, "FFFFFF")


def test_in_a_high_row_the_colour_stays_behind_the_word() -> None:
    cell = shown(table(["long " * 400, PageCell("Red", "rb band 3")])).tables[0].cell(1, 1)

    assert cell._tc.tcPr.find(qn("w:shd")) is None
    assert cell.paragraphs[0]._p.pPr.find(qn("w:shd")).get(qn("w:fill")) == "C00000"


def test_a_number_is_shown_as_its_sheet_shows_it_and_a_blank_cell_has_a_paragraph() -> None:
    row = [PageCell(Decimal("18.5"), "rb points"), PageCell(Decimal("0.4"), "rb percent"), None]
    cells = shown(table(row, widths=(9, 9, 9))).tables[0].rows[1].cells

    assert [cell.text for cell in cells] == ["18.5", "40 %", ""]


def test_a_heading_stands_where_its_figures_stand() -> None:
    made = shown(
        table(["a", PageCell(4, "rb number"), PageCell("Red", "rb band 3")], widths=(9,) * 3)
    )

    aligned = [cell.paragraphs[0].alignment for cell in made.tables[0].rows[0].cells]
    assert aligned == [None, 2, 1]  # as the style has it, right, centre


def test_a_link_on_paper_is_text() -> None:
    cell = shown(table([PageCell("R1", "rb link"), "x"])).tables[0].cell(1, 0)

    assert cell.paragraphs[0].runs[0].font.color.rgb is None


def test_a_table_with_many_columns_has_smaller_letters() -> None:
    few, many = shown(table(["a"])), shown(table(["Likelihood"] * 14, widths=(12,) * 14))

    names = [d.tables[0].cell(1, 0).paragraphs[0].style for d in (few, many)]
    assert [style and style.name for style in names] == ["Table Text", "Table Text Smallest"]


# --- heat maps ---------------------------------------------------------------------------

BANDS = (
    Band(key="l", label="Low", least=Decimal(1), most=Decimal(4), fill="#A9D08E", ink="#000000"),
    Band(key="h", label="High", least=Decimal(5), most=Decimal(100), fill="#C00000", ink="#FFFFFF"),
)


def heat_map(size: int, *moves: Move, refs: Sequence[str] = ("R1", "R2")) -> HeatMap:
    """A map of so many levels on both axes with all risks in its upper right corner."""
    matrix = write_out(RULES["product"], BANDS, likelihoods=size, impacts=size)
    levels = range(1, size + 1)

    def square(likelihood: int, impact: int) -> Square:
        rating = Rating(likelihood=likelihood, impact=impact)
        there = tuple(refs) if likelihood == impact == size else ()
        return Square(rating=rating, score=matrix.score(rating), refs=there)

    return HeatMap(
        title="Nett",
        across="Impact",
        up="Likelihood",
        columns=tuple(f"{level} Severe" for level in levels),
        rows=tuple(f"{level} Likely" for level in reversed(levels)),
        squares=tuple(tuple(square(row, column) for column in levels) for row in reversed(levels)),
        moves=moves,
    )


def move(before: tuple[int, int], after: tuple[int, int]) -> Move:
    start, end = (Rating(likelihood=a, impact=b) for a, b in (before, after))
    return Move(refs=("R1",), before=start, after=end)


def drawings(document: Document) -> list[Any]:
    return list(document.element.body.iter(f"{MC}AlternateContent"))


def colours(drawing: Any) -> list[str]:
    """The fills of the shapes, in order."""
    found = []
    for shape in drawing.iter(f"{WPS}spPr"):
        fill = shape.find(f"{A}solidFill/{A}srgbClr")
        found.append("" if fill is None else fill.get("val"))
    return found


@pytest.mark.parametrize("size", range(3, 11))
@pytest.mark.parametrize("sheet", ["a4", "a4 wide", "a3 wide"])
def test_a_map_of_any_size_has_all_its_squares_and_lies_within_the_page(
    size: int, sheet: str
) -> None:
    maps = (heat_map(size), heat_map(size, move((size, size), (1, 1))))
    document = shown(Picture(maps, described(maps)), sheet=sheet)

    section, found = document.sections[0], drawings(document)
    squares = sum(colours(one).count("A9D08E") + colours(one).count("C00000") for one in found)
    assert squares == 2 * (size * size) + 2 * len(found)  # and two of each legend
    for one in found:
        extent = next(one.iter(qn("wp:extent")))
        assert int(extent.get("cx")) <= section.page_width - 2 * section.left_margin
        assert int(extent.get("cy")) <= 0.85 * section.page_height


def test_a_map_says_in_words_what_it_shows() -> None:
    maps = (heat_map(4),)
    one = drawings(shown(Picture(maps, described(maps))))[0]

    alt = "Nett: 2 at Likelihood 4 Likely, Impact 4 Severe (High): R1, R2."
    assert next(one.iter(qn("wp:docPr"))).get("descr") == alt
    assert one.find(f"{MC}Fallback").find(qn("w:t")).text == alt
    assert one.find(f"{MC}Choice").get("Requires") == "wpg"


def test_maps_that_do_not_fit_beside_each_other_follow_each_other() -> None:
    maps = (heat_map(10), heat_map(10))
    document = shown(Picture(maps, described(maps)))

    found = drawings(document)
    assert len(found) == 2
    told = [next(one.iter(qn("wp:docPr"))) for one in found]
    assert [one.get("id") for one in told] == ["1", "2"]
    assert all(one.get("descr").count("Nett: ") == 1 for one in told)
    assert len(drawings(shown(Picture(maps, "Both"), sheet="a3 wide"))) == 1


def test_a_picture_without_maps_is_nothing_and_a_page_still_begins() -> None:
    document = shown(Text("x"), Fresh(), Picture((), "Nothing"), Text("y"))

    assert drawings(document) == []
    begun = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert begun == ["y"]


def test_the_words_in_a_map() -> None:
    one = drawings(shown(Picture((heat_map(3),), "Map")))[0]

    texts = ["".join(t.text for t in box.iter(qn("w:t"))) for box in one.iter(f"{WPS}txbx")]
    assert texts[:8] == [
        *("Nett: 2 risks", "Likelihood \u2191", "3 Likely", "2 Likely", "1 Likely"),
        *("1 Severe", "2 Severe", "3 Severe"),
    ]
    assert texts[8:] == ["Impact \u2192", "369", "2R1, R2", "246", "123", "Low", "High"]


def test_an_arrow_leads_from_the_square_before_to_the_one_after() -> None:
    still, moved = move((2, 2), (2, 2)), move((3, 1), (1, 1))
    one = drawings(shown(Picture((heat_map(3, still, moved),), "Map")))[0]

    arrows = list(one.iter(f"{A}custGeom"))
    assert len(arrows) == 1
    points = [(int(p.get("x")), int(p.get("y"))) for p in arrows[0].iter(f"{A}pt")]
    across, down = (max(p[i] for p in points) - min(p[i] for p in points) for i in (0, 1))
    assert down > 5 * across  # it goes straight down
    assert points[3][1] == max(y for _, y in points)  # and its tip is the lowest


def test_as_many_references_as_fit_and_how_many_more() -> None:
    refs = [f"R{number}" for number in range(1, 21)]

    assert fitted(refs[:3], 2, 8, 20) == (3, ["R1, R2, R3"])
    kept, lines = fitted(refs, 2, 8, 20)
    assert re.findall(r"R\d+", " ".join(lines)) == refs[:kept]
    assert len(lines) == 2
    assert lines[-1].endswith(f"+{20 - kept}")
    assert fitted(refs, 0, 8, 20) == (0, [])


@pytest.mark.parametrize(
    ("refs", "high", "number", "lines"),
    [
        (["R1", "R2"], 18, "2", ["R1, R2"]),
        (["R1"], 9, "", ["R1"]),  # too flat for a line with the number
        (["R1", "R2", "R3"], 9, "", ["3: R1, +2"]),
        (["R" * 20, "R2"], 9, "2", []),
        (["R" * 20], 18, "1", ["\u2026RRRRRR"]),
    ],
)
def test_a_field_says_how_many_and_which(
    refs: list[str], high: float, number: str, lines: list[str]
) -> None:
    found = told(refs, 18.0, high, 7.0)

    assert (found.number, found.lines) == (number, lines)


def test_of_a_very_long_reference_the_end_is_kept() -> None:
    assert fitted(["DIRECTORATE-OF-RESOURCES-0017"], 1, 8, 12)[1][0].endswith("-0017")


def test_levels_without_room_for_a_word_keep_their_number() -> None:
    one = heat_map(10)
    long = HeatMap(
        **{
            **{name: getattr(one, name) for name in HeatMap.__slots__},
            "columns": tuple(f"{n} {'W' * 30}" for n in range(1, 11)),
        }
    )
    texts = [t.text for t in drawings(shown(Picture((long,), "Map")))[0].iter(qn("w:t"))]

    assert [text for text in texts if text.isdigit()][:10] == [str(n) for n in range(1, 11)]


# --- texts that somebody may type --------------------------------------------------------

HOSTILE = (
    *("<w:p/> & ]]> \"quoted\" 'single'", "a\x00b\x01c\x1fd\x7f", "half \ud800 character"),
    *("\uffff\ufffe", "tab\there", "\u202eright to left", "{ PAGE }", "_x000D_", "&#x41;"),
    *("=1+1", "\U0001f600", "e\u0301", "x" * 32_767, "word " * 6_000, "  spaces  inside  "),
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_shown_as_printed(text: str) -> None:
    document = shown(Text(text), table([text, "x"]), Heading(text))

    wanted = printable(text).strip()
    assert wanted in [p.text for p in document.paragraphs]
    assert document.tables[0].cell(1, 0).text == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_at_all_gives_a_report(one: str, two: str) -> None:
    told = {"organisation": one, "title": two, "period": one, "as_at": two, "made": one}
    maps = (heat_map(3, refs=(one, two)),)
    blocks = (Heading(one), Text(two), table([one, two], about=one), Picture(maps, two), Text(one))
    data = rendered(paper(*blocks, introduction=two, **told))

    words = printable(two).split()
    assert " ".join(words) in " ".join(told_in(opened(data)).split())


def test_long_properties_are_cut_where_word_cuts_them() -> None:
    facts = opened(rendered(paper(title="T" * 400, period="P" * 400))).core_properties

    assert len(facts.title) == 255
    assert len(facts.subject) == 255


# --- the whole file ----------------------------------------------------------------------


@pytest.mark.parametrize("name", registers.samples())
def test_the_same_register_gives_the_same_bytes(name: str) -> None:
    assert word.render(looked(sample(name))) == word.render(looked(sample(name)))


def test_every_part_bears_the_day_of_the_figures() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(paper()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2021, 6, 30, 0, 0, 0)}


@pytest.mark.parametrize("day", ["0001-01-01", "1969-07-20", "9999-12-31"])
def test_any_day_can_be_the_day_of_a_report(day: str) -> None:
    document = sample("dacorum-2021")
    document["about"]["as_at"] = day

    assert "Quarter 1 Operational Risk Report" in told_in(opened(word.render(looked(document))))


@pytest.mark.parametrize("name", registers.samples())
def test_a_referee_of_the_format_finds_nothing(name: str, tmp_path: Path) -> None:
    assert complaints(word.render(looked(sample(name))), tmp_path) == []


def test_the_referee_finds_nothing_in_odd_reports_either(tmp_path: Path) -> None:
    maps = (heat_map(3), heat_map(10, move((10, 10), (1, 1))))
    blocks = (Fresh(), Picture(maps, "<&>"), table(["a"]), table(["b"]), Fresh())

    assert complaints(rendered(paper(*blocks, sheet="a3 wide")), tmp_path) == []
    assert complaints(rendered(paper(sections=())), tmp_path) == []


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_profile_has_a_report_without_any_risk(name: str, tmp_path: Path) -> None:
    about = {"organisation": "Anytown Council", "title": "Risk Register"}
    document = {"format": "riskbook-register/1", "profile": name, "about": about, "risks": []}
    data = word.render(looked(document, date(2021, 6, 30)))

    assert complaints(data, tmp_path) == []
    assert "Risk Register" in told_in(opened(data))


# --- every word of the samples -----------------------------------------------------------


def letters(text: str) -> str:
    """A text without its spaces, line ends and bullets."""
    return re.sub(r"\s|^[ \t]*[-*\u2022\u25cf\uf0b7\u2013](?=\s)", "", printable(text), flags=re.M)


@pytest.mark.parametrize("name", registers.samples())
def test_the_report_holds_every_entry_of_the_sample(name: str) -> None:
    document = sample(name)
    found = letters(told_in(opened(word.render(looked(document)))))

    entries = [
        (record["ref"], field, value)
        for record in (*document["risks"], *document.get("actions", []))
        for field, value in record.items()
        if isinstance(value, str) and value.strip()
    ]
    assert len(entries) > 50
    assert [e[:2] for e in entries if letters(e[2]) not in found] == []
    for field in ("organisation", "title", "period", "introduction"):
        assert letters(document["about"].get(field, "")) in found


@pytest.mark.parametrize("name", registers.samples())
def test_the_report_reads_in_order(name: str) -> None:
    document = opened(word.render(looked(sample(name))))

    levels = [
        int(p.style.name[-1])
        for p in document.paragraphs
        if p.style and (p.style.name or "").startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for made in document.tables:
        assert made._tbl.findall(qn("w:tr"))[0].find(f".//{qn('w:tblHeader')}") is not None
        assert made._tbl.tblPr.find(qn("w:tblCaption")) is not None
    assert drawings(document)
    for one in drawings(document):
        assert " at " in next(one.iter(qn("wp:docPr"))).get("descr")
    refs = [risk.key for risk in looked(sample(name)).reading.register.risks]
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert [ref for ref in refs if not any(h.split(" ")[0] == ref for h in headings)] == []


# --- measuring ---------------------------------------------------------------------------


def test_a_width_is_that_of_arial() -> None:
    assert measure.width("A", 72) == pytest.approx(0.667 * 25.4)
    assert measure.width("e\u0301", 72) == pytest.approx(0.556 * 25.4)
    assert measure.width("\u5371", 72) == pytest.approx(25.4)


def test_a_cut_text_fits_and_says_that_it_is_cut() -> None:
    assert measure.shortened("short", 9, 100) == "short"
    cut, end = (cut("word " * 30, 9, 40) for cut in (measure.shortened, measure.ending))
    assert cut.startswith("word word")
    assert cut.endswith("\u2026")
    assert end.startswith("\u2026")
    assert max(measure.width(cut, 9), measure.width(end, 9)) <= 40
