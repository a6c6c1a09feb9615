"""Sheet parts before and after, byte for byte; then whole workbooks, read by other programs."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import cellrune
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from riskbook.core.grid import CellRef
from riskbook.core.page import Page, PageCell, PageRow, PageValue, spanning
from riskbook.edge.xlsx.patch import (
    Result,
    drop_calc_chain,
    escape,
    has_formulas,
    plain,
    set_results,
    write_page,
)
from riskbook.errors import RefusedError
from tests.edge.office import saved_again

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheetPr codeName="Own"/><dimension ref="A1:Z9"/>'
    '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    '<cols><col min="1" max="2" width="9" customWidth="1"/></cols>'
)
FOOT = (
    '<sheetProtection sheet="1"/><!-- <c r="A1"> --><pageMargins left="1" right="1" top="1" '
    'bottom="1" header="1" footer="1"/><extLst><ext uri="{x}"><f>é</f></ext></extLst></worksheet>'
)
Sheet = Mapping[tuple[int, int], Result]


def sheet(rows: str) -> bytes:
    """A sheet part around these rows."""
    return f"{HEAD}<sheetData>{rows}</sheetData>{FOOT}".encode()


def rows_of(part: bytes) -> str:
    """The rows of a part whose other bytes must be those of :func:`sheet`."""
    before, after = f"{HEAD}<sheetData>".encode(), f"</sheetData>{FOOT}".encode()
    assert part.startswith(before)
    assert part.endswith(after)
    return part[len(before) : -len(after)].decode()


def zipped(workbook: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return out.getvalue()


def part_of(workbook: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        return file.read(name)


def findings(workbook: bytes, folder: Path) -> list[str]:
    """What the referees have against a workbook."""
    path = folder / "patched.xlsx"
    path.write_bytes(workbook)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    found = [str(error) for error in validator.validate(str(path)).errors]
    try:
        with cellrune.Workbook.from_bytes(workbook) as book:
            count = book.summary()["diagnostic_count"]
    except cellrune.CellRuneError as error:
        return [*found, f"cellrune: {error.code}"]
    return found + [f"cellrune: {count} diagnostics"] * (count > 0)


def converted(workbook: bytes, folder: Path) -> openpyxl.Workbook:
    """The workbook as LibreOffice saves it again."""
    return openpyxl.load_workbook(io.BytesIO(saved_again(workbook, folder)), data_only=True)


def by_xlsxwriter() -> bytes:
    """Two sheets: "Risks" with a formula of each kind, and "Own" with a hand-made set-up."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True})
    risks, own = book.add_worksheet("Risks"), book.add_worksheet("Own")
    risks.write_row(0, 0, [3, 4])
    risks.write_formula("C1", "=A1*B1", bold)
    risks.write_formula("D1", '=IF(C1>9,"High & dry","Low")')
    risks.write_formula("E1", "=C1>9")
    risks.write_array_formula("F1:F1", "{=SUM(A1:B1/2)}")
    own.write_row(0, 0, ["old", 1, 2], bold)
    own.write_url("A3", "https://example.org/")
    own.write_url("A4", "internal:Risks!A1")
    own.data_validation("B2", {"validate": "list", "source": ["a", "b"]})
    own.conditional_format("B2", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
    own.protect()
    book.close()
    return out.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    risks = book.worksheets[0]
    risks.title = "Risks"
    risks.append([3, 4, "=A1*B1", '=IF(C1>9,"High & dry","Low")', "=C1>9", "=SUM(A1:B1)/2"])
    own = book.create_sheet("Own")
    own.append(["old", 1, 2])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


RESULTS: Sheet = {(1, 3): 12, (1, 4): "High & dry", (1, 5): True, (1, 6): Decimal("3.5")}
PAGE = Page(
    sheet="Own",
    rows=(
        PageRow((PageCell("Checks & balances"),), height=30.0),
        PageRow(),
        PageRow(
            (
                PageCell("F12", link=CellRef("Risks", 12, 6)),
                PageCell(Decimal("0.40")),
                PageCell(None),
                PageCell(-7, link=CellRef("Actions due", 3, 2)),
            )
        ),
        PageRow((PageCell("=A1", "plain"),)),
    ),
)
IDS = {"rb text": 1, "plain": 0}


# set_results


@pytest.mark.parametrize(
    ("before", "result", "after"),
    [
        ('<c r="B2" s="3"><f>A1</f><v>8</v></c>', 9, '<c r="B2" s="3"><f>A1</f><v>9</v></c>'),
        ('<c r="B2"><f>A1</f></c>', Decimal("2.50"), '<c r="B2"><f>A1</f><v>2.5</v></c>'),
        (
            '<c r="B2"><f>A1</f><v>8</v></c>',
            "a < b & c",
            '<c r="B2" t="str"><f>A1</f><v>a &lt; b &amp; c</v></c>',
        ),
        (
            "<c t='e' r='B2' cm='1' vm='2'><f t='array' ref='B2:B3'>A1</f><v>#N/A</v></c>",
            "x",
            "<c t='str' r='B2' cm='1' vm='2'><f t='array' ref='B2:B3'>A1</f><v>x</v></c>",
        ),
        (
            '<c r="B2" t="str" s="1"><f t="shared" si="0"/><v>Low</v></c>',
            4,
            '<c r="B2" s="1"><f t="shared" si="0"/><v>4</v></c>',
        ),
        ('<c r="B2"><f>A1</f><v>1</v></c>', True, '<c r="B2" t="b"><f>A1</f><v>1</v></c>'),
        ('<c r="B2" t="b"><f>A1</f><v>1</v></c>', 1, '<c r="B2"><f>A1</f><v>1</v></c>'),
        ('<c r="B2"><f>A1</f><v>1</v></c>', None, '<c r="B2" t="str"><f>A1</f><v></v></c>'),
        ('<c r="B2" ><f>A1</f><v/></c>', "", '<c r="B2" t="str" ><f>A1</f><v></v></c>'),
        (
            '<c r="B2" t="s"><f>A1</f><v>0</v><extLst/></c>',
            "0",
            '<c r="B2" t="str"><f>A1</f><v>0</v><extLst/></c>',
        ),
        (
            '<c r="B2" t="inlineStr"><f>A1</f><is><t>a</t></is></c>',
            Decimal("1E-7"),
            '<c r="B2"><f>A1</f><v>0.0000001</v></c>',
        ),
        (
            '<c r="B2"\n  t="str"\n><!-- > --><f>"a>b"</f>\n<v ><![CDATA[</v>]]></v ></c >',
            "new",
            '<c r="B2"\n  t="str"\n><!-- > --><f>"a>b"</f>\n<v>new</v></c >',
        ),
    ],
)
def test_a_result_changes_the_type_and_the_value_of_its_cell_and_nothing_else(
    before: str, result: Result, after: str
) -> None:
    left, right = '<row r="2" spans="1:3"><c r="A2"><v>1</v></c>', '<c r="C2" s="9"/></row>'

    patched = set_results(sheet(left + before + right), {(2, 2): result})

    assert rows_of(patched.xml) == left + after + right
    assert patched.skipped == ()
    assert set_results(patched.xml, {(2, 2): result}).xml == patched.xml


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ('<c r="A1"><f>1</f><v>0.40000000000000002</v></c>', Decimal("0.4")),
        ('<c r="A1" t="n"><f>1</f><v>1.2E+3</v></c>', 1200),
        ('<c r="A1" t="str"><f>1</f><v/></c>', None),
        ('<c r="A1" t="str"><f>1</f><v/></c>', ""),
        ('<c r="A1" t="str"><f>1</f><v>a&#38;b<![CDATA[ <c]]></v></c>', "a&b <c"),
        ('<c r="A1" t="str"><f>1</f><v>one\r\ntwo</v></c>', "one\ntwo"),
        ('<c r="A1" t="str"><f>1</f><v>_x005F_x0041_</v></c>', "_x0041_"),
        ('<c r="A1" t="b"><f>1</f><v>true</v></c>', True),
        ('<c r="A1" t="b"><f>1</f><v>0</v></c>', False),
    ],
)
def test_a_cell_that_holds_an_equal_result_keeps_its_bytes(cell: str, result: Result) -> None:
    part = sheet(f'<row r="1">{cell}</row>')

    assert set_results(part, {(1, 1): result}).xml == part


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ('<c r="A1" t="str"><f>1</f></c>', ""),  # no cached result at all is not an empty one
        ('<c r="A1" t="str"><f>1</f><v>1</v></c>', 1),
        ('<c r="A1"><f>1</f><v>1</v></c>', "1"),
        ('<c r="A1"><f>1</f><v>oops</v></c>', 1),
        ('<c r="A1" t="s"><f>1</f><v>1</v></c>', "1"),
    ],
)
def test_a_result_of_another_kind_is_not_equal(cell: str, result: Result) -> None:
    part = sheet(f'<row r="1">{cell}</row>')

    assert set_results(part, {(1, 1): result}).xml != part


def test_rows_and_cells_without_an_address_are_counted_on() -> None:
    rows = (
        '<row r="3"><c><f>1</f></c><c r="D3"><f>1</f></c><c><f>1</f></c></row>'
        "<row><c/><c><f>1</f></c></row>"
    )

    patched = set_results(sheet(rows), {(3, 1): 31, (3, 5): 35, (4, 2): 42})

    assert rows_of(patched.xml) == (
        '<row r="3"><c><f>1</f><v>31</v></c><c r="D3"><f>1</f></c><c><f>1</f><v>35</v></c></row>'
        "<row><c/><c><f>1</f><v>42</v></c></row>"
    )


def test_cells_that_are_not_there_or_hold_no_formula_are_skipped_and_named() -> None:
    part = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row><row r="2"/>')
    wanted: Sheet = {(9, 9): 1, (2, 1): "x", (1, 2): None, (1, 1): 2}

    patched = set_results(part, wanted)

    assert patched.xml == part
    assert patched.skipped == ((1, 1), (1, 2), (2, 1), (9, 9))


def test_a_cell_in_a_comment_or_outside_the_rows_is_no_cell() -> None:
    part = sheet('<!-- <row r="1"><c r="A1"><f>1</f></c></row> -->')

    assert set_results(part, {(1, 1): 1}).skipped == ((1, 1),)


def test_the_prefix_of_the_part_is_kept() -> None:
    part = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns:y="urn:y"><x:sheetData><x:row><x:c y:t="e" r="A1">'
        "<x:f>1</x:f></x:c></x:row></x:sheetData></x:worksheet>"
    )

    patched = set_results(part.encode(), {(1, 1): "a"})

    assert patched.xml.decode() == part.replace('r="A1"', 'r="A1" t="str"').replace(
        "</x:f>", "</x:f><x:v>a</x:v>"
    )


def test_a_byte_order_mark_stays() -> None:
    part = b"\xef\xbb\xbf" + sheet('<row r="1"><c r="A1"><f>1</f><v>2</v></c></row>')

    patched = set_results(part, {(1, 1): 3}).xml

    assert patched == part.replace(b"<v>2</v>", b"<v>3</v>")


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (sheet("").decode().replace("UTF-8", "UTF-16").encode("utf-16"), "not in UTF-8"),
        ("<a/>".encode("utf-16-le"), "not in UTF-8"),
        (b"<a>\xe9</a>", "not well-formed"),
        (sheet("").replace(b"UTF-8", b"ISO-8859-1"), "in the encoding ISO-8859-1"),
        (sheet("<row>"), "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a DOCTYPE"),
    ],
)
def test_a_part_that_cannot_be_spliced_safely_is_refused(part: bytes, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        set_results(part, {(1, 1): 1})


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 3), st.integers(1, 4)),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.decimals(allow_nan=False, allow_infinity=False, places=4),
            st.text(st.characters(exclude_categories=())),
        ),
    )
)
def test_setting_results_twice_is_setting_them_once(results: dict[tuple[int, int], Result]) -> None:
    cells = "<c><f>1</f></c>" * 3
    part = sheet(f"<row>{cells}</row>" * 2)

    once = set_results(part, results)

    rows_of(once.xml)
    assert set_results(once.xml, results) == once
    assert set(once.skipped) == {at for at in results if at[0] > 2 or at[1] > 3}


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_a_bug(number: Decimal) -> None:
    with pytest.raises(ValueError, match="not a number"):
        plain(number)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (Decimal("100"), "100"),
        (12.75, "12.75"),
        (1e-7, "0.0000001"),
        (0, "0"),
    ],
)
def test_numbers_are_plain_digits(number: int | float | Decimal, digits: str) -> None:
    assert plain(number) == digits


def test_a_large_sheet_takes_seconds_at_most() -> None:
    cell = '<c r="{}{}" s="1"><f>A1</f><v>1</v></c>'
    rows = (
        f'<row r="{row}">{"".join(cell.format(letter, row) for letter in "ABCDEFGHIJ")}</row>'
        for row in range(1, 10_001)
    )
    part = sheet("".join(rows))
    began = time.perf_counter()

    patched = set_results(part, {(row, 3): row for row in range(1, 10_001)})

    assert time.perf_counter() - began < 10  # about 0.5 s; ten times the head room
    assert patched.skipped == ()


# write_page


def test_a_page_takes_the_place_of_all_rows() -> None:
    patched = write_page(sheet('<row r="1"><c r="A1"><f>1</f></c></row>'), PAGE, IDS)

    rows = (
        '<row r="1" ht="30" customHeight="1"><c r="A1" s="1" t="inlineStr"><is>'
        '<t xml:space="preserve">Checks &amp; balances</t></is></c></row>'
        '<row r="3"><c r="A3" s="1" t="inlineStr"><is><t xml:space="preserve">F12</t></is></c>'
        '<c r="B3" s="1"><v>0.4</v></c><c r="C3" s="1"/><c r="D3" s="1"><v>-7</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve">=A1</t></is></c></row>'
    )
    links = (
        '<hyperlinks><hyperlink ref="A3" location="Risks!F12" display="Risks!F12"/>'
        '<hyperlink ref="D3" location="&#x27;Actions due&#x27;!B3" '
        'display="&#x27;Actions due&#x27;!B3"/></hyperlinks>'
    )
    margins, rest = FOOT.split("<!--")
    head = HEAD.replace("A1:Z9", "A1:D4")
    expected = f"{head}<sheetData>{rows}</sheetData>{margins}{links}<!--{rest}"
    assert patched.decode() == expected
    assert write_page(patched, PAGE, IDS) == patched


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<sheetData/>", "<sheetData>{}</sheetData>"),
        ("<sheetData />", "<sheetData >{}</sheetData>"),
        ("<sheetData></sheetData>", "<sheetData>{}</sheetData>"),
        ("<sheetData>\n<row/>\n</sheetData>", "<sheetData>{}</sheetData>"),
    ],
)
def test_rows_go_into_any_form_of_sheet_data(before: str, after: str) -> None:
    page = Page("Own", (PageRow((PageCell(5, "plain"),)),))
    part = f'<worksheet xmlns="{MAIN}">{before}</worksheet>'

    patched = write_page(part.encode(), page, IDS).decode()

    rows = '<row r="1"><c r="A1"><v>5</v></c></row>'
    assert patched == f'<worksheet xmlns="{MAIN}">{after.format(rows)}</worksheet>'
    assert write_page(patched.encode(), page, IDS).decode() == patched


def test_an_empty_page_empties_the_sheet() -> None:
    full = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')

    assert write_page(full, Page("Own", ()), IDS) == sheet("").replace(b"A1:Z9", b"A1")
    closed = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    assert write_page(closed, Page("Own", ()), IDS) == closed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "{}"),
        ('<hyperlinks><hyperlink ref="B9" location="Old!A1"/></hyperlinks>', "{}"),
        (
            '<hyperlinks> <hyperlink ref="B9" r:id="rId1"/> <hyperlink ref="C9" location="O!A1"/>'
            "</hyperlinks>",
            '<hyperlinks><hyperlink ref="B9" r:id="rId1"/>{}</hyperlinks>',
        ),
        ('<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>', "{}"),
    ],
)
def test_only_links_out_of_the_workbook_stay(old: str, new: str) -> None:
    page = Page("Own", (PageRow((PageCell("x", "plain", CellRef("Risks", 2, 1)),)),))
    part = sheet("").decode().replace("<pageMargins", old + "<pageMargins").encode()
    mine = '<hyperlink ref="A1" location="Risks!A2" display="Risks!A2"/>'
    inside = new.format(mine)

    patched = write_page(part, page, IDS)

    wanted = inside if inside.startswith("<hyperlinks") else f"<hyperlinks>{inside}</hyperlinks>"
    assert re.findall("<hyperlinks>.*</hyperlinks>", patched.decode()) == [wanted]
    assert write_page(patched, page, IDS) == patched


def test_without_any_link_the_element_goes() -> None:
    old = '<hyperlinks><hyperlink ref="B9" location="Old!A1"/></hyperlinks>'
    part = sheet("").decode().replace("<pageMargins", old + "<pageMargins").encode()

    assert write_page(part, Page("Own", ()), IDS) == sheet("").replace(b"A1:Z9", b"A1")


def test_links_stand_after_validations_and_before_the_print_set_up() -> None:
    page = Page("Own", (PageRow((PageCell("x", "plain", CellRef("Risks", 2, 1)),)),))
    foreign = "<m:AlternateContent xmlns:m='urn:m'/><printOptions/><tableParts/></worksheet>"
    before = "<conditionalFormatting/><conditionalFormatting/><dataValidations/>"
    part = f'<worksheet xmlns="{MAIN}"><sheetData/>{before}{foreign}'

    patched = write_page(part.encode(), page, IDS).decode()

    assert patched.endswith(f"</hyperlinks>{foreign}")
    assert f"</sheetData>{before}<hyperlinks>" in patched


def test_a_page_honours_the_prefix_of_the_part() -> None:
    part = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData/><x:pageMargins/>'
        "</x:worksheet>"
    )
    cells = (PageCell("a", link=CellRef("Risks", 1, 1)), PageCell(1))

    patched = write_page(part.encode(), Page("Own", (PageRow(cells),)), IDS).decode()

    assert patched == (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:B1"/><x:sheetData><x:row r="1">'
        '<x:c r="A1" s="1" t="inlineStr"><x:is><x:t xml:space="preserve">a</x:t></x:is></x:c>'
        '<x:c r="B1" s="1"><x:v>1</x:v></x:c></x:row></x:sheetData><x:hyperlinks>'
        '<x:hyperlink ref="A1" location="Risks!A1" display="Risks!A1"/></x:hyperlinks>'
        "<x:pageMargins/></x:worksheet>"
    )


# what hangs on the cells of a page


def spans(*columns: int) -> PageRow:
    """A row of cells, each over so many columns."""
    cells = [spanning(PageCell(number, "plain"), wide) for number, wide in enumerate(columns)]
    return PageRow(tuple(cell for some in cells for cell in some))


FORM = Page("Own", (spans(3), PageRow(), replace(spans(1, 2), breaks=True), spans(2, 2)))
MERGED = (
    '<mergeCells count="4"><mergeCell ref="A1:C1"/><mergeCell ref="B3:C3"/>'
    '<mergeCell ref="A4:B4"/><mergeCell ref="C4:D4"/></mergeCells>'
)
PAGED = '<rowBreaks count="1" manualBreakCount="1"><brk id="2" max="16383" man="1"/></rowBreaks>'


def test_merged_cells_and_page_breaks_stand_where_the_schema_wants_them() -> None:
    protected, rules = "<sheetProtection/><autoFilter/>", "<dataValidations/>"
    print_set_up = "<pageMargins/><pageSetup/><headerFooter/>"
    rest = "<ignoredErrors/><drawing/><legacyDrawing/>"
    part = f'<worksheet xmlns="{MAIN}"><sheetData/>{protected}{rules}{print_set_up}{rest}'

    patched = write_page(f"{part}</worksheet>".encode(), FORM, IDS)

    after = patched.decode().partition("</sheetData>")[2]
    assert after == f"{protected}{MERGED}{rules}{print_set_up}{PAGED}{rest}</worksheet>"
    assert write_page(patched, FORM, IDS) == patched


def test_merged_cells_links_and_breaks_follow_each_other_where_nothing_lies_between() -> None:
    link = PageRow((PageCell("x", "plain", CellRef("Risks", 2, 1)),))
    page = Page("Own", (*FORM.rows, link))

    patched = write_page(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(), page, IDS)

    mine = '<hyperlink ref="A5" location="Risks!A2" display="Risks!A2"/>'
    after = patched.decode().partition("</sheetData>")[2]
    assert after == f"{MERGED}<hyperlinks>{mine}</hyperlinks>{PAGED}</worksheet>"
    assert write_page(patched, page, IDS) == patched


def test_what_was_merged_and_broken_before_is_gone() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>'
    paged = '<rowBreaks count="1"><brk id="9" man="1"/></rowBreaks>'
    odd = f'<worksheet xmlns="{MAIN}"><sheetData/>{merged}<pageMargins/>{paged}<colBreaks/>'

    plain_one = write_page(f"{odd}</worksheet>".encode(), Page("Own", ()), IDS).decode()
    form = write_page(f"{odd}</worksheet>".encode(), FORM, IDS).decode()

    assert plain_one == (
        f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins/><colBreaks/></worksheet>'
    )
    assert form.endswith(f"</sheetData>{MERGED}<pageMargins/>{PAGED}<colBreaks/></worksheet>")


def test_the_first_row_needs_no_break_and_a_sheet_holds_1023() -> None:
    page = Page("Own", (PageRow(breaks=True),) * 1025)

    patched = write_page(sheet(""), page, IDS).decode()

    assert '<rowBreaks count="1023" manualBreakCount="1023"><brk id="1" ' in patched
    assert patched.count("<brk ") == 1023


def test_a_row_of_no_height_is_hidden_and_shown_again() -> None:
    hidden = Page("Own", (PageRow((PageCell(1, "plain"),), height=0), PageRow(height=0)))
    shown = Page("Own", (PageRow((PageCell(1, "plain"),), height=15.5), PageRow()))

    first = write_page(sheet(""), hidden, IDS)

    assert rows_of(first.replace(b'"A1:A2"', b'"A1:Z9"')) == (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"></row>'
    )
    assert write_page(first, shown, IDS) == write_page(sheet(""), shown, IDS)


def test_merged_cells_and_breaks_take_the_prefix_of_the_part() -> None:
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>'

    patched = write_page(part.encode(), FORM, IDS).decode()

    assert '<x:mergeCells count="4"><x:mergeCell ref="A1:C1"/>' in patched
    assert '<x:rowBreaks count="1" manualBreakCount="1"><x:brk id="2" ' in patched


@pytest.mark.parametrize("rows", ["", "<sheetData/><sheetData/>"])
def test_a_sheet_without_one_block_of_rows_is_refused(rows: str) -> None:
    part = f'<worksheet xmlns="{MAIN}"><sheetViews/>{rows}</worksheet>'

    with pytest.raises(RefusedError, match="blocks of rows"):
        write_page(part.encode(), PAGE, IDS)


def test_a_style_without_a_number_is_a_bug() -> None:
    with pytest.raises(KeyError, match="rb odd"):
        write_page(sheet(""), Page("Own", (PageRow((PageCell(1, "rb odd"),)),)), IDS)


# texts


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a\tb\nc\r\n", "a\tb\nc_x000D_\n"),
        ("\x00\ufffe\ud800", "_x0000__xFFFE__xD800_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x0041\x01", "_x005F_x0041_x0001_"),  # else its first half would read "A"
        ("_x41_ _X0041_", "_x41_ _X0041_"),
        ("]]> <&", "]]&gt; &lt;&amp;"),
    ],
)
def test_text_that_xml_cannot_hold_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("😀" * 16_383 + "a", "😀" * 16_383 + "a"),
        ("😀" * 16_384, "😀" * 16_383 + "…"),
        ("a" + "😀" * 16_384, "a" + "😀" * 16_382 + "…"),  # never half a character
    ],
)
def test_a_text_is_cut_to_what_a_cell_holds(text: str, cut: str) -> None:
    assert escape(text) == cut


def read_escapes(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


SMALL = by_xlsxwriter()
OWN = part_of(SMALL, "xl/worksheets/sheet2.xml")
TEXT = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("_x00417F\r\n\x01")))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=30))
def test_any_text_is_read_back_as_it_was_written(texts: list[str]) -> None:
    blank = PageCell(None, "plain")  # column A has the officer's link
    page = Page("Own", tuple(PageRow((blank, PageCell(text))) for text in texts))

    part = write_page(OWN, page, IDS)

    book = openpyxl.load_workbook(io.BytesIO(zipped(SMALL, {"xl/worksheets/sheet2.xml": part})))
    values = [book["Own"].cell(row, 2).value for row in range(1, len(texts) + 1)]
    assert [read_escapes(str(value or "")) for value in values] == texts
    assert write_page(part, page, IDS) == part


# whole workbooks


def patched_workbook(workbook: bytes) -> bytes:
    parts = {f"xl/worksheets/sheet{n}.xml": b"" for n in (1, 2)}
    first, second = (part_of(workbook, name) for name in parts)
    done = set_results(first, RESULTS)
    assert done.skipped == ()
    ids = {"rb text": 0, "plain": 0}
    return zipped(
        workbook,
        {
            "xl/worksheets/sheet1.xml": done.xml,
            "xl/worksheets/sheet2.xml": write_page(second, PAGE, ids),
        },
    )


@pytest.mark.parametrize("build", [by_xlsxwriter, by_openpyxl])
def test_other_readers_see_what_was_written(build: Callable[[], bytes]) -> None:
    workbook = patched_workbook(build())

    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    assert [cell.value for cell in book["Risks"][1]] == [3, 4, 12, "High & dry", True, 3.5]
    assert [cell.value for cell in book["Own"][3]] == ["F12", 0.4, None, -7]
    link = book["Own"]["D3"].hyperlink
    assert link is not None
    assert link.location == "'Actions due'!B3"
    formulas = openpyxl.load_workbook(io.BytesIO(workbook))["Risks"]
    assert formulas["C1"].value == "=A1*B1"
    fast = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    assert fast.get_sheet_by_name("Risks").to_python() == [[3, 4, 12, "High & dry", True, 3.5]]
    assert fast.get_sheet_by_name("Own").to_python()[2] == ["F12", 0.4, "", -7]


def test_the_referees_find_nothing(tmp_path: Path) -> None:
    assert findings(patched_workbook(by_xlsxwriter()), tmp_path) == []


def test_the_referees_find_nothing_new_in_a_workbook_that_is_odd_already(tmp_path: Path) -> None:
    def kinds(workbook: bytes) -> list[str]:
        return [re.sub("[0-9]+", "N", finding) for finding in findings(workbook, tmp_path)]

    workbook = by_openpyxl()

    assert kinds(patched_workbook(workbook)) == kinds(workbook)


def test_the_referees_do_find_a_misplaced_element_and_a_cell_given_twice(tmp_path: Path) -> None:
    def seen(part: bytes) -> str:
        return " ".join(findings(zipped(SMALL, {"xl/worksheets/sheet2.xml": part}), tmp_path))

    links = b'<hyperlinks><hyperlink ref="A1" location="Risks!A1"/></hyperlinks>'
    early = OWN.replace(b"<sheetProtection", links + b"<sheetProtection")

    assert "Unexpected element 'sheetProtection'" in seen(early)
    assert "cellrune: xlsx.invalid" in seen(OWN.replace(b'r="B1"', b'r="A1"'))


def test_other_programs_see_merged_cells_breaks_and_hidden_rows(tmp_path: Path) -> None:
    page = Page("Own", (*FORM.rows, PageRow((PageCell(7, "plain"),), height=0)))
    own = write_page(part_of(by_xlsxwriter(), "xl/worksheets/sheet2.xml"), page, IDS)
    workbook = zipped(by_xlsxwriter(), {"xl/worksheets/sheet2.xml": own})

    assert findings(workbook, tmp_path) == []
    for book in (openpyxl.load_workbook(io.BytesIO(workbook)), converted(workbook, tmp_path)):
        seen = book["Own"]
        assert sorted(map(str, seen.merged_cells.ranges)) == ["A1:C1", "A4:B4", "B3:C3", "C4:D4"]
        assert [each.id for each in seen.row_breaks.brk] == [2]
        assert [row for row in range(1, 7) if seen.row_dimensions[row].hidden] == [5]


def test_libreoffice_reads_and_keeps_what_was_written(tmp_path: Path) -> None:
    book = converted(patched_workbook(by_xlsxwriter()), tmp_path)

    assert [cell.value for cell in book["Risks"][1]] == [3, 4, 12, "High & dry", True, 3.5]
    assert [cell.value for cell in book["Own"][3]] == ["F12", 0.4, None, -7]
    assert book["Own"]["A4"].value == "=A1"
    assert book["Own"]["A4"].data_type == "s"


def test_a_workbook_saved_by_libreoffice_is_patched_too(tmp_path: Path) -> None:
    converted(by_xlsxwriter(), tmp_path)
    again = (tmp_path / "out" / "in.xlsx").read_bytes()

    book = openpyxl.load_workbook(io.BytesIO(patched_workbook(again)), data_only=True)

    assert [cell.value for cell in book["Risks"][1]] == [3, 4, 12, "High & dry", True, 3.5]
    assert book["Own"]["B3"].value == 0.4


# formulas and the calculation chain


@pytest.mark.parametrize(
    ("rows", "there"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', False),  # an <f> in extLst is none
        ('<row r="1"><c r="A1"><f>1</f></c></row>', True),
        ('<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>', True),
        ('<row r="1"><c r="A1"><f/></c></row>', True),
    ],
)
def test_a_sheet_tells_whether_it_has_formulas(rows: str, there: bool) -> None:
    assert has_formulas(sheet(rows)) is there


def test_the_calculation_chain_goes_from_both_parts() -> None:
    chain = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override ContentType="{chain}" PartName="/xl/calcChain.xml"/>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n'
        '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
    )
    relation = f'<p:Relationship Id="rId9" Type="{RELATIONS}/calcChain" Target="calcChain.xml" />'
    rels = (
        '<p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<p:Relationship Id="rId1" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        "{}</p:Relationships>"
    )

    parts = drop_calc_chain(types.format(override).encode(), rels.format(relation).encode())

    assert parts == (types.format("").encode(), rels.format("").encode())
    assert drop_calc_chain(*parts) == parts


def test_values_of_every_kind_that_a_page_may_hold_are_written() -> None:
    values: list[PageValue] = ["", None, 0, Decimal("12345678901234567890.5"), True]
    page = Page("Own", (PageRow(tuple(PageCell(value) for value in values)),))

    patched = write_page(sheet(""), page, IDS).decode()

    assert (
        '<c r="A1" s="1"/><c r="B1" s="1"/><c r="C1" s="1"><v>0</v></c>'
        '<c r="D1" s="1"><v>12345678901234567890.5</v></c><c r="E1" s="1" t="b"><v>1</v></c>'
    ) in patched
