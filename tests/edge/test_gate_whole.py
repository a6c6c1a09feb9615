"""Whole files at the door: ordinary ones, damaged ones, and those of other programs."""

import io
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from riskbook.edge import gate
from riskbook.edge.gate import markup, plain
from riskbook.errors import RefusedError
from tests.support import CORPUS

from .hostile import SHEET, packed, parts, sheet, workbook


def xlsxwriter_book() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Risks")
        other = book.add_worksheet("Key & lists")
        page.write_row(0, 0, ["Ref", "Risk", "Impact", "Likelihood"])
        for row in range(1, 40):
            page.write_row(row, 0, [row, f"Risk <{row}> & more", row % 5 + 1, row % 4 + 1])
            page.write_formula(row, 4, f"=C{row + 1}*D{row + 1}", None, 6)
        page.add_table(0, 0, 39, 3, {"columns": [{"header": h} for h in "abcd"]})
        page.write_comment("A2", "Look at this.")
        page.write_url("F2", "https://example.org")
        page.merge_range("H1:J3", "Heat map")
        page.data_validation("C2:C40", {"validate": "list", "source": ["1", "2"]})
        page.conditional_format("C2:C40", {"type": "3_color_scale"})
        page.insert_image("H5", "dot.png", {"image_data": io.BytesIO(PIXEL)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Risks!$C$2:$C$40"})
        page.insert_chart("H9", chart)
        page.insert_button("H30", {"macro": "Refresh"})
        other.protect()
        other.write_rich_string("A1", "a ", book.add_format({"bold": True}), "bold", " word")
        book.define_name("Scale", "='Key & lists'!$A$1:$A$5")
        pie = book.add_chart({"type": "pie"})
        pie.add_series({"values": "=Risks!$C$2:$C$40"})
        last = book.add_chartsheet()
        last.set_chart(pie)
    return file.getvalue()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def openpyxl_book() -> bytes:
    book = openpyxl.Workbook()
    page = book.create_sheet("Risks")
    page.append(["Ref", "Impact"])
    for i in range(30):
        page.append([f"R{i}", i])
    page["A2"].comment = Comment("Look at this.", "Officer")
    page.merge_cells("D1:F2")
    page.add_table(Table(displayName="Risks", ref="A1:B31"))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=31), titles_from_data=True)
    page.add_chart(chart, "H2")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module", params=[xlsxwriter_book, openpyxl_book])
def ordinary(request: pytest.FixtureRequest) -> bytes:
    made: bytes = request.param()
    return made


def test_an_ordinary_workbook_with_everything_in_it_is_admitted(ordinary: bytes) -> None:
    gate.admit(ordinary, "Register.xlsx")


def test_large_plain_sheets_are_admitted_whatever_the_pieces_they_are_fed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = xlsxwriter_book()
    for size in (1, 7, 4096):
        monkeypatch.setattr(markup, "_CHUNK", size)
        gate.admit(data, "Register.xlsx")


def outcome(data: bytes, name: str = "Register.xlsx") -> str:
    try:
        gate.admit(data, name)
    except RefusedError as error:
        return error.what
    return "admitted"


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_mutated_workbook_is_refused_or_admitted_and_nothing_else(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from((GOOD, SMALL_BOOK)))
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(changed)), st.integers(0, len(changed))))
    outcome(bytes(changed[:end]))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_mutated_sheet_is_judged_alike_by_the_quick_way_and_the_slow_one(
    data: st.DataObject,
) -> None:
    part = bytearray(PLAIN_SHEET)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        length = data.draw(st.integers(0, 3))
        piece = data.draw(st.sampled_from(PIECES))
        part[at : at + length] = piece
    quick = outcome(packed(parts({SHEET: bytes(part)}).items(), 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "plain_rows", lambda _data, at, _limits: plain.Passed(at))
        slow = outcome(packed(parts({SHEET: bytes(part)}).items(), 0))
    assert quick == slow


GOOD = xlsxwriter_book()
SMALL_BOOK = packed(parts().items(), 0)
PLAIN_SHEET = sheet(
    "".join(
        f'<row r="{r}" spans="1:3"><c r="A{r}" s="1" t="s"><v>{r}</v></c><c r="B{r}"/>'
        f'<c r="AA{r}" t="str"><f>A{r}&amp;"x"</f><v>x</v></c></row>'
        for r in (1, 2, 3, 11, 12)
    )
).encode()
PIECES = [
    *(b"", b"1", b"2", b"0", b"A", b"B", b"Z", b'"', b"<", b">", b"/", b"&", b" ", b"\n", b"\0"),
    *(b'<row r="2">', b"</row>", b'<c r="A1"/>', b"<v>", b"</c>", b"<!--", b"-->", b"<?", b"?>"),
    *(b"<![CDATA[", b"]]>", b' t="z"', b' r="C1"', b' xmlns="a"', b"<!DOCTYPE a>", b"</sheetData>"),
]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.xlsx", "There is no file gone.xlsx"),
        ("gone/gone.xlsx", "There is no file gone.xlsx"),
        ("folder.xlsx", "folder.xlsx is a folder"),
        ("empty.xlsx", "empty.xlsx is empty"),
        ("~$Register.xlsx", "only the mark that somebody has the workbook open"),
        (".~lock.Register.xlsx#", "only the mark that somebody has the workbook open"),
        ("\0.xlsx", "cannot be read"),
    ],
)
def test_a_path_without_a_workbook_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "~$Register.xlsx").write_bytes(b"\x05Alice")
    with pytest.raises(RefusedError) as caught:
        gate.read(tmp_path / name)
    assert says in caught.value.what


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "Register.xlsx"
    path.write_bytes(workbook())
    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(RefusedError, match="may not be read"):
        gate.read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders there")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "Register.xlsx")
    with pytest.raises(RefusedError, match="is not a file"):
        gate.read(tmp_path / "Register.xlsx")


def test_an_admitted_file_is_given_back_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(GOOD)
    assert gate.read(path) == GOOD


def test_a_name_from_outside_cannot_paint_the_screen() -> None:
    with pytest.raises(RefusedError) as caught:
        gate.admit(b"", "\x1b[31mRegister" + "x" * 500)
    assert caught.value.what.isprintable()
    assert len(caught.value.what) < 200


# Every workbook of the corpus that is refused; all others in it are ordinary enough.
REFUSED = {
    "ClosedXML__universal-content-strict.xlsx": "Strict Open XML",
    "ClosedXML__~$LoadPivotTables.xlsx": "is not a workbook",
    "Open-XML-SDK__Comments.xlsx": "Strict Open XML",
    "ClosedXML__CubeFromRange-Input.xlsx": "Power Pivot",
    "ClosedXML__activex_checkbox.xlsx": "ActiveX",
    "Open-XML-SDK__QueryTable.xlsx": "other sources of data",
    "Open-XML-SDK__Youtube.xlsx": "Office add-in",
    "calamine__pass_protected.xlsx": "locked with a password",
    "excelize__encryptAES.xlsx": "locked with a password",
    "excelize__encryptSHA512.xlsx": "locked with a password",
    "exceljs__invalid-xml.xlsx": "garbled",
    "exceljs__missing-bits.xlsx": "the list of its parts is missing",
}
KINDS = {
    ".xls": ("old Excel format", "is a text file"),
    ".xlsb": ("(.xlsb)",),
    ".ods": ("(.ods)",),
    ".csv": ("(CSV)",),
    ".md": ("is a text file",),
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the repository")
def test_every_file_of_the_corpus_is_answered_politely() -> None:
    for path in sorted(CORPUS.glob("*/*")):
        if path.name == "manifest.csv":
            continue
        answer = outcome(path.read_bytes(), path.name)
        says = (REFUSED.get(path.name, "admitted"),)
        assert any(each in answer for each in KINDS.get(path.suffix, says)), (path.name, answer)
