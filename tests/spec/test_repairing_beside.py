"""Repair: what hangs on the sheets and how entries look is in the certificate, word for word."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from riskbook.core.certificate import Certificate
from riskbook.edge.documents import profiles
from riskbook.edge.making import made
from tests.spec.test_repairing import OFFICE, Change, damaged, entries, repaired

STRUCK = "formatting not carried: these words were struck through, and are plain now"
INSIDE = "formatting inside the text not carried; its words are"
LINK = "link not carried; its words are"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.fixture(scope="module")
def office() -> bytes:
    return made(profiles.load("council-5x5"), OFFICE)[0].data


def told(certificate: Certificate) -> list[tuple[str, str, str, str]]:
    return [(r.cell, r.heading, r.value, r.why) for r in certificate.left]


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """A workbook with further parts, or others in place of its own."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in dict.fromkeys((*old.namelist(), *parts)):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return stream.getvalue()


def text_of(data: bytes, part: str) -> str:
    with ZipFile(BytesIO(data)) as old:
        return old.read(part).decode()


def hung_on_risks(data: bytes, kind: str, target: str, content: str) -> bytes:
    """A workbook with a part of some kind that its sheet Risks refers to."""
    rels = "xl/worksheets/_rels/sheet5.xml.rels"
    relation = f'<Relationship Id="own" Type="{kind}" Target="../{target}"/></Relationships>'
    there = text_of(data, rels).replace("</Relationships>", relation)
    return with_parts(data, {rels: there, f"xl/{target}": content})


def links(book: Any) -> None:
    book["Risks"]["B5"].hyperlink = "https://example.org/minutes?a=1&b=2"
    book["Risks"]["B5"].style = "Hyperlink"
    book["Risks"]["L6"].hyperlink = "#Key!A1"
    book["Actions"]["C5"].hyperlink = "https://example.org/action"
    book["About"]["B4"].hyperlink = "mailto:ann@example.org"
    book["Summary"]["A3"].hyperlink = "https://example.org/summary"


def notes(book: Any) -> None:
    book["Risks"]["B6"].comment = Comment("Ann:\nwhy so high?", "Ann")
    book["Risks"]["B5"].comment = Comment("first", "Ann")
    book["Key"]["A3"].comment = Comment("as agreed in May", "Ann")
    book["Summary"]["A3"].comment = Comment("ask Bob", "Ann")


def colours(book: Any) -> None:
    red, yellow = Font(name="Arial", size=10, color="FFFF0000"), PatternFill("solid", "FFFFFF00")
    risks = book["Risks"]
    risks["B5"].font, risks["L6"].font = red, red
    for cell in ("A6", "B6", "C6", "X6"):
        risks[cell].fill = yellow
    risks["B7"].fill = yellow  # no entry
    book["About"]["B4"].font = red
    book["About"]["B5"].fill = PatternFill("solid", "FFFFFFFF")


def struck(book: Any) -> None:
    old, red = InlineFont(strike=True), InlineFont(color="FFFF0000")
    black = InlineFont(color="FF000000", rFont="Arial", sz=10)
    risks = book["Risks"]
    risks["B5"] = CellRichText(TextBlock(old, "A pump. "), TextBlock(black, "A wall."))
    risks["B6"] = CellRichText(TextBlock(old, "A pump. "), TextBlock(red, "A wall."))
    book["About"]["B4"].font = Font(name="Arial", size=10, strike=True)
    book["About"]["B14"] = CellRichText("One ", TextBlock(red, "note"))


def chart(book: Any) -> None:
    own = BarChart()
    own.title = "Our own"
    own.add_data(Reference(book["Risks"], min_col=8, min_row=4, max_row=6))
    book["Risks"].add_chart(own, "AD7")


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (
            links,
            [
                ("About!B4", "", "mailto:ann@example.org", LINK),
                ("Summary!A3", "", "https://example.org/summary", LINK),
                ("Risks!B5", "Risk", "https://example.org/minutes?a=1&b=2", LINK),
                ("Risks!L6", "Controls", "#Key!A1", LINK),
                ("Actions!C5", "Action", "https://example.org/action", LINK),
            ],
        ),
        (
            notes,
            [
                ("Summary!A3", "", "ask Bob", "note not carried"),
                ("Risks!B5", "Risk", "first", "note not carried"),
                ("Risks!B6", "Risk", "Ann:\nwhy so high?", "note not carried"),
                ("Key!A3", "", "as agreed in May", "note not carried"),
            ],
        ),
        (
            colours,
            [
                ("Risks", "", "", "colours given by hand to 5 entries: B5, A6, B6 and 2 more"),
                ("About", "", "", "colours given by hand to 1 entry: B4"),
            ],
        ),
        (
            struck,
            [
                ("Risks!B5", "Risk", "A pump. ", STRUCK),
                ("Risks!B6", "Risk", "A pump. ", STRUCK),
                ("About!B4", "Organisation", "Anytown Council", STRUCK),
                ("Risks!B6", "Risk", "A pump. A wall.", INSIDE),
                ("About!B14", "Note", "One note", INSIDE),
            ],
        ),
        (chart, [("Risks!AD7", "", "Our own", "chart of its own, not carried")]),
    ],
)
def test_what_a_template_has_no_place_for_is_named(
    change: Change, left: list[tuple[str, str, str, str]], office: bytes, tmp_path: Path
) -> None:
    found = repaired(damaged(office, change), tmp_path).certificate

    assert told(found) == left
    assert found.exit_code == 1


def test_the_words_of_a_thread_are_told_and_the_note_that_stands_for_it_is_not(
    office: bytes, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"]["B5"].comment = Comment("[Threaded comment] your version", "tc=1")
        book["Risks"]["B6"].comment = Comment("a note", "Ann")

    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B5" id="1"><text>why 5?</text>'
        '</threadedComment><threadedComment ref="B5" id="2" parentId="1"><text>as in May</text>'
        "</threadedComment></ThreadedComments>"
    )
    data = hung_on_risks(
        damaged(office, change), THREADED, "threadedComments/threadedComment1.xml", thread
    )

    assert told(repaired(data, tmp_path).certificate) == [
        ("Risks!B5", "Risk", "why 5? / as in May", "comment not carried"),
        ("Risks!B6", "Risk", "a note", "note not carried"),
    ]


def anchor(column: int, row: int, inside: str) -> str:
    at = f"<x:from><x:col>{column}</x:col><x:row>{row}</x:row></x:from>"
    return f"<x:oneCellAnchor>{at}{inside}<x:clientData/></x:oneCellAnchor>"


def shape(name: str, words: str, more: str = "") -> str:
    named = f'<x:nvSpPr><x:cNvPr id="2" name="{name}">{more}</x:cNvPr><x:cNvSpPr/></x:nvSpPr>'
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in words.split("|") if line)
    return f"<x:sp>{named}<x:spPr/><x:txBody><a:bodyPr/>{lines}</x:txBody></x:sp>"


def test_words_in_shapes_are_told_and_buttons_are_not(office: bytes, tmp_path: Path) -> None:
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    button = (
        '<a:extLst><a:ext uri="x"><b:compatExt xmlns:b="b" spid="_x0000_s1"/></a:ext></a:extLst>'
    )
    only = anchor(1, 1, shape("Old", "for older programs"))
    drawing = (
        f'<x:wsDr xmlns:x="{DRAWN}" xmlns:a="{MAIN}" xmlns:m="{compatible}">'
        + anchor(2, 9, shape("TextBox 1", "R3 to be added: cyber|by June"))
        + anchor(3, 10, shape("Arrow 2", ""))
        + anchor(4, 11, shape("Button 3", "Press", button))
        + anchor(5, 12, '<x:pic><x:nvPicPr><x:cNvPr id="5" name="Photo"/></x:nvPicPr></x:pic>')
        + f"<m:AlternateContent><m:Fallback>{only}</m:Fallback></m:AlternateContent>"
        + "<x:absoluteAnchor>"
        + shape("TextBox 6", "anywhere")
        + "</x:absoluteAnchor></x:wsDr>"
    )
    data = hung_on_risks(office, f"{RELATION}/drawing", "drawings/drawing9.xml", drawing)

    assert told(repaired(data, tmp_path).certificate) == [
        ("Risks!C10", "", "R3 to be added: cyber\nby June", "text box not carried"),
        ("Risks!D11", "", "", "shape not carried"),
        ("Risks!F13", "", "", "picture not carried"),
        ("Risks", "", "anywhere", "text box not carried"),
    ]


def test_a_picture_that_stands_in_no_cell_is_told(office: bytes, tmp_path: Path) -> None:
    data = with_parts(office, {"xl/media/image1.png": ""})

    assert told(repaired(data, tmp_path).certificate) == [("", "", "", "pictures are not carried")]


def test_rows_and_columns_that_were_hidden_are_said_to_be_shown(
    office: bytes, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"].row_dimensions[5].hidden = True
        book["Risks"].row_dimensions[6].hidden = True
        book["Risks"].row_dimensions[9].hidden = True  # without an entry
        book["Risks"].column_dimensions["L"].hidden = True
        book["Actions"].row_dimensions[5].hidden = True

    found = repaired(damaged(office, change), tmp_path).certificate

    assert (found.left, found.exit_code) == ((), 0)
    assert found.put_right[:3] == (
        "Risks: rows 5 and 6 were hidden or filtered out, and are shown again.",
        "Risks: column L was hidden, and is shown again.",
        "Actions: row 5 was hidden or filtered out, and is shown again.",
    )


def marked(book: Any) -> None:
    """Marks of exemption, in the last two columns of the sheet."""
    risks = book["Risks"]
    risks["AA5"], risks["AB5"] = "Whole row", "Paragraph 3"
    risks["AA6"], risks["AB6"] = "Controls; risk owner.", "Paragraph 1"


def headed(mark: str | None, reason: str | None) -> Change:
    def change(book: Any) -> None:
        marked(book)
        book["Risks"]["AA4"], book["Risks"]["AB4"] = mark, reason

    return change


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("Not for the press", "Reason for Exemption"),
        (None, "Reason for Exemption"),
        ("Exempt From Publication", None),
        ("Secret?", "Why"),
        (None, None),
    ],
)
def test_marks_of_exemption_are_found_by_their_place(
    mark: str | None, reason: str | None, office: bytes, tmp_path: Path
) -> None:
    found = repaired(damaged(office, headed(mark, reason)), tmp_path)

    assert found.certificate.left == ()
    first, second = entries(found.path)["risks"]
    assert (first["exempt"], first["exempt_reason"]) == ("Whole row", "Paragraph 3")
    assert (second["exempt"], second["exempt_reason"]) == ("Controls; risk owner.", "Paragraph 1")
    looked_at = [line for line in found.certificate.put_right if "was taken for" in line]
    assert len(looked_at) == sum(
        heading not in ("Exempt From Publication", "Reason for Exemption")
        for heading in (mark, reason)
    )


NO_MARK = (
    "no column is headed 'Exempt From Publication': no mark of exemption was carried, so every "
    "row of the new workbook would be published"
)
NO_REASON = "no column is headed 'Reason for Exemption': no reason for an exemption was carried"


def odd_mark(book: Any) -> None:
    headed("Secret?", "Why")(book)
    book["Risks"]["AA6"] = "ask Ann"


def columns_deleted(book: Any) -> None:
    marked(book)
    book["Risks"].delete_cols(27, 2)


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (
            odd_mark,
            [
                ("Risks!AA5", "Secret?", "Whole row"),
                ("Risks!AA6", "Secret?", "ask Ann"),
                ("Risks!AB5", "Why", "Paragraph 3"),
                ("Risks!AB6", "Why", "Paragraph 1"),
            ],
        ),
        (columns_deleted, []),
    ],
)
def test_marks_of_exemption_that_are_not_found_are_missed_aloud(
    change: Change, cells: list[tuple[str, str, str]], office: bytes, tmp_path: Path
) -> None:
    found = repaired(damaged(office, change), tmp_path).certificate

    assert told(found) == [
        ("Risks", "Exempt From Publication", "", NO_MARK),
        ("Risks", "Reason for Exemption", "", NO_REASON),
        *((*cell, "no column of the profile") for cell in cells),
    ]
    assert found.exit_code == 1


def test_a_workbook_that_was_issued_without_marks_misses_none(
    office: bytes, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"].delete_cols(26, 3)
        book["Actions"].delete_cols(book["Actions"].max_column - 1, 2)
        about = book["About"]
        (version,) = [r for r in range(4, 16) if about.cell(r, 1).value == "Profile version"]
        about.cell(version, 2).value = "1.0"

    found = repaired(damaged(office, change), tmp_path).certificate

    assert (found.old.profile_version, found.left) == ("1.0", ())


def test_what_stands_beside_a_version_on_about_is_told(office: bytes, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["About"]["C10"], book["About"]["D30"] = "ours since May", "far"

    assert told(repaired(damaged(office, change), tmp_path).certificate) == [
        ("About!C10", "", "ours since May", "stands beside no label of About"),
        ("About!D30", "", "far", "stands beside no label of About"),
    ]


def test_a_number_that_no_cell_keeps_whole_is_carried_as_a_text(
    office: bytes, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"]["L5"] = 1234567890123456
        book["Risks"]["L6"] = 10**20

    found = repaired(damaged(office, change), tmp_path)

    (remark,) = found.certificate.otherwise
    assert (remark.cell, remark.value) == ("Risks!L5", "1234567890123456")
    assert remark.why == "a number of more digits than the 15 that a cell keeps, carried as a text"
    controls = [risk["controls"] for risk in entries(found.path)["risks"]]
    assert controls == ["1234567890123456", 10**20]


def test_a_chart_on_a_sheet_of_its_own_is_told(office: bytes, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        own = BarChart()
        own.add_data(Reference(book["Risks"], min_col=8, min_row=4, max_row=6))
        book.create_chartsheet("Our chart").add_chart(own)

    assert told(repaired(damaged(office, change), tmp_path).certificate) == [
        ("Our chart", "", "", "a sheet of its own: it stays in the old workbook")
    ]


def test_looks_are_found_where_cells_do_not_say_their_place(office: bytes, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in book["Risks"].iter_rows(min_row=4, max_row=6):
            for cell in row:
                cell.value = cell.value or "-"  # no gaps, so that each cell is the next one
        book["Risks"]["B6"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
        book["Risks"]["C6"].fill = PatternFill("solid", "FFFFFF00")

    data = damaged(office, change)
    part = "xl/worksheets/sheet5.xml"
    rows = re.sub(r'<c r="[A-Z]+[0-9]+"', "<c", text_of(data, part))
    found = repaired(with_parts(data, {part: rows}), tmp_path).certificate

    assert [remark for remark in told(found) if remark[0] in ("Risks", "Risks!B6")] == [
        ("Risks!B6", "Risk", "plain bold", INSIDE),
        ("Risks", "", "", "colours given by hand to 1 entry: C6"),
    ]
