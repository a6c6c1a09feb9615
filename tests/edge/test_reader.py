"""What the reader finds in sheets written by hand, by libraries and by strangers."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetTypeEnum

from riskbook.core.grid import BLANK, Cell, CellRef, Grid, Kind, Note
from riskbook.edge.xlsx import spread
from riskbook.edge.xlsx.looks import unescaped
from riskbook.edge.xlsx.numfmt import BUILT_IN, iso_of_serial, plain, shows_date
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.reader import read
from riskbook.edge.xlsx.workbook import Sheet, Table, Workbook
from riskbook.errors import RefusedError, TemplateError
from tests.support import CORPUS

pytestmark = pytest.mark.filterwarnings("error")

AWKWARD = CORPUS / "awkward"
TEXT, NUMBER, DATE = Kind.TEXT, Kind.NUMBER, Kind.DATE
DMY = "dd/mm/yyyy"
STYLES = ["General", "@", DMY, "dd/mm/yyyy hh:mm", "[h]:mm", "0%"]  # s="0", "1", ...

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS = (
    "<si><t>Budget</t></si>"
    "<si><r><t>Flood</t></r><r><rPr><b/></rPr><t xml:space='preserve'> risk</t></r></si>"
    "<si><t>課</t><rPh sb='0' eb='1'><t>カ</t></rPh><phoneticPr fontId='1'/></si>"
    "<si><t>a_x000A_b_x005F_x000A_ _xD83D__xDE00_</t></si>"
    "<si><t/></si>"
    "<si><t xml:space='preserve'>  two \n lines\r\n</t></si>"
)


def rels(*items: tuple[str, str, str]) -> str:
    """Relations as (id, last word of the type, target)."""
    found = (
        f"<Relationship Id='{i}' Type='{LINK}/{kind}' Target='{to}'/>" for i, kind, to in items
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f"<Relationships xmlns='{space}'>{''.join(found)}</Relationships>"


def book(rows: str, *, after: str = "", settings: str = "", **others: str) -> Workbook:
    """A workbook of one sheet, ``Risks``, with these rows; ``others`` replaces parts."""
    formats = "".join(
        f"<numFmt numFmtId='{164 + i}' formatCode='{code}'/>" for i, code in enumerate(STYLES)
    )
    styles = "".join(f"<xf numFmtId='{164 + i}'/>" for i in range(len(STYLES)))
    parts = {
        "_rels/.rels": rels(("r", "officeDocument", "/xl/book.xml")),
        "xl/_rels/book.xml.rels": rels(
            ("r1", "worksheet", "cells/one.xml"),
            ("r2", "sharedStrings", "/xl/texts.xml"),
            ("r3", "styles", "../xl/looks.xml"),
        ),
        "xl/book.xml": f"<workbook xmlns='{SPACE}' xmlns:r='{LINK}'>{settings}<sheets>"
        "<sheet name='Risks' sheetId='7' r:id='r1'/></sheets></workbook>",
        "xl/texts.xml": f"<sst xmlns='{SPACE}'>{STRINGS}</sst>",
        "xl/looks.xml": f"<styleSheet xmlns='{SPACE}'><numFmts>{formats}</numFmts>"
        f"<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/cells/one.xml": f"<worksheet xmlns='{SPACE}'><dimension ref='A1:XFD1048576'/>"
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    return Workbook.of(Package.parse(zipped(parts | others)))


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def grid(rows: str, **others: str) -> Grid:
    return read(book(rows, **others))["Risks"]


def cell(xml: str, **others: str) -> Cell:
    """The cell that this XML puts at A1."""
    return grid(
        f"<row r='1'>{xml.replace('<c', '<c r=@A1@', 1).replace('@', chr(34))}</row>", **others
    ).at(1, 1)


def shown(sheet: Grid) -> dict[str, str]:
    """Address -> text of the cells that are not blank."""
    return {
        CellRef(sheet.sheet, row, sheet.left + i).address: found.text
        for row, cells in sheet.lines()
        for i, found in enumerate(cells)
        if found != BLANK
    }


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        # texts
        ("<c t='s'><v>0</v></c>", Cell(TEXT, "Budget")),
        ("<c t='s' s='1'><v>0</v></c>", Cell(TEXT, "Budget", "@")),
        ("<c t='s'><v>1</v></c>", Cell(TEXT, "Flood risk")),
        ("<c t='s'><v>2</v></c>", Cell(TEXT, "課")),
        ("<c t='s'><v>3</v></c>", Cell(TEXT, "a\nb_x000A_ \U0001f600")),
        ("<c t='s'><v>4</v></c>", BLANK),
        ("<c t='s'><v>5</v></c>", Cell(TEXT, "  two \n lines\n")),
        ("<c t='inlineStr'><is><t> 3 </t></is></c>", Cell(TEXT, " 3 ")),
        ("<c t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r></is></c>", Cell(TEXT, "ab")),
        ("<c t='inlineStr'><is><t>a</t><rPh><t>x</t></rPh></is></c>", Cell(TEXT, "a")),
        ("<c t='inlineStr'><is><t>1.</t></is><v>1.0</v></c>", Cell(TEXT, "1.")),
        ("<c t='inlineStr'><v>1.0</v></c>", Cell(TEXT, "1.0")),
        ("<c t='inlineStr'><is><t/></is></c>", BLANK),
        ("<c t='str'><v>R&amp;D <!-- x -->_x0009_&lt;</v></c>", Cell(TEXT, "R&D \t<")),
        ("<c t='str'><v><![CDATA[<b>]]></v></c>", Cell(TEXT, "<b>")),
        # numbers
        ("<c><v>4</v></c>", Cell(NUMBER, "4")),
        ("<c t='n'><v>4.0</v></c>", Cell(NUMBER, "4")),
        ("<c s=''><v> 1E+2\n</v></c>", Cell(NUMBER, "100")),
        ("<c s='5'><v>0.4</v></c>", Cell(NUMBER, "0.4", "0%")),
        ("<c s='99'><v>1</v></c>", Cell(NUMBER, "1")),
        ("<c><v>0.30000000000000004</v></c>", Cell(NUMBER, "0.30000000000000004")),
        ("<c><v>four</v></c>", Cell(TEXT, "four")),
        # truths and errors
        ("<c t='b'><v>1</v></c>", Cell(Kind.BOOL, "TRUE")),
        ("<c t='b'><v>false</v></c>", Cell(Kind.BOOL, "FALSE")),
        ("<c t='b'><v>maybe</v></c>", Cell(TEXT, "maybe")),
        ("<c t='e'><v>#N/A</v></c>", Cell(Kind.ERROR, "#N/A")),
        # dates
        ("<c s='2'><v>44500</v></c>", Cell(DATE, "2021-10-31", DMY)),
        ("<c s='3'><v>44500.604166666664</v></c>", Cell(DATE, "2021-10-31T14:30:00", STYLES[3])),
        ("<c s='4'><v>1.5</v></c>", Cell(NUMBER, "1.5", "[h]:mm")),
        ("<c s='2'><v>-1</v></c>", Cell(NUMBER, "-1", DMY)),
        ("<c s='2'><v>2958466</v></c>", Cell(NUMBER, "2958466", DMY)),
        ("<c s='2' t='d'><v>2021-10-31</v></c>", Cell(DATE, "2021-10-31", DMY)),
        ("<c t='d'><v>2021-10-31T00:00:00.000Z</v></c>", Cell(DATE, "2021-10-31")),
        ("<c t='d'><v>2021-10-31T14:30:00.250</v></c>", Cell(DATE, "2021-10-31T14:30:00.250")),
        ("<c t='d'><v>14:30:00</v></c>", Cell(TEXT, "14:30:00")),
        # nothing
        ("<c s='2'/>", BLANK),
        ("<c t='n'><v/></c>", BLANK),
        ("<c t='b'><v></v></c>", BLANK),
        # formulas
        ("<c><f>2*2</f><v>4</v></c>", Cell(NUMBER, "4", formula="2*2")),
        ("<c t='s' s='1'><f>A2</f><v>0</v></c>", Cell(TEXT, "Budget", "@", "A2")),
        ("<c t='e'><f>1/0</f><v>#DIV/0!</v></c>", Cell(Kind.ERROR, "#DIV/0!", formula="1/0")),
        ("<c s='2'><f>TODAY()</f><v>44500</v></c>", Cell(DATE, "2021-10-31", DMY, "TODAY()")),
        ("<c><f>2*2</f></c>", Cell(Kind.BLANK, formula="2*2")),
        ("<c s='5'><f>2*2</f><v/></c>", Cell(Kind.BLANK, "", "0%", "2*2")),
        ("<c t='str'><f>\"\"</f><v></v></c>", Cell(TEXT, formula='""')),
        ("<c t='str'><f>A2</f></c>", Cell(Kind.BLANK, formula="A2")),
        ("<c><f t='shared' si='0'/><v>4</v></c>", Cell(NUMBER, "4", formula="")),
        ("<c><f t='array' ref='A1:A2'>B1:B2</f><v>4</v></c>", Cell(NUMBER, "4", formula="B1:B2")),
    ],
)
def test_a_cell_keeps_its_type_text_format_and_formula(xml: str, expected: Cell) -> None:
    assert cell(xml) == expected


def test_a_workbook_can_count_its_dates_from_1904() -> None:
    settings = "<workbookPr date1904='1'/>"

    assert cell("<c s='2'><v>0</v></c>", settings=settings).text == "1904-01-01"
    assert cell("<c s='2'><v>43038</v></c>", settings=settings).text == "2021-10-31"


@pytest.mark.parametrize(
    ("serial", "since_1900", "since_1904"),
    [
        (-0.5, None, None),
        (0, None, "1904-01-01"),
        (0.5, None, "1904-01-01T12:00:00"),
        (1, "1900-01-01", "1904-01-02"),
        (59, "1900-02-28", "1904-02-29"),
        (60, None, "1904-03-01"),  # 1900-02-29, which never was
        (60.5, None, "1904-03-01T12:00:00"),
        (61, "1900-03-01", "1904-03-02"),
        (59.9999999999, None, "1904-03-01"),  # rounds to the next day
        (44500.25, "2021-10-31T06:00:00", "2025-11-01T06:00:00"),
        (44500.000002893518, "2021-10-31T00:00:00.250", "2025-11-01T00:00:00.250"),
        (2957003, "9995-12-30", "9999-12-31"),
        (2958465, "9999-12-31", None),
        (1e300, None, None),
    ],
)
def test_a_serial_is_a_day_of_one_of_two_calendars(
    serial: float, since_1900: str | None, since_1904: str | None
) -> None:
    assert iso_of_serial(serial, date1904=False) == since_1900
    assert iso_of_serial(serial, date1904=True) == since_1904


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("0", "0"), ("-0", "0"), ("007", "7"), ("-3.50", "-3.5"), (".5", "0.5"), ("5.", "5"),
        ("1e-7", "0.0000001"), ("1E22", "1" + "0" * 22), ("12345678901234567", "12345678901234568"),
        ("", None), ("nan", None), ("INF", None), ("1e999", None), ("1_000", None), ("٣", None),
        ("1,5", None), ("0x1", None), ("²", None),
    ],
)  # fmt: skip
def test_a_number_is_written_in_plain_digits(raw: str, digits: str | None) -> None:
    assert plain(raw) == digits


DATES = r"""d | dd/mm/yyyy | mmm-yy | mmmm | m | [$-F800]dddd\,\ mmmm\ dd\,\ yyyy | yyyy"年"m"月"
[Red]d/m;@ | d "h" | dd/mm/yyyy hh:mm | [$-409]mmm\ yy"""
OTHERS = r"""General | 0 | @ | 0.00E+00 | h:mm | [h]:mm:ss | [mm]:ss | mm:ss.0 | h:mm AM/PM | h A/P
"days "0 | 0\d | 0_d | *y0 | [$€-y]0 | [Red]0;[Yellow]0 | 0;dd/mm | #,##0 "d | GENERAL"""


def test_a_format_shows_a_date_if_a_day_month_or_year_is_in_it() -> None:
    dates, others = (
        [code for line in table.splitlines() for code in line.split(" | ")]
        for table in (DATES, OTHERS)
    )

    assert [code for code in dates if not shows_date(code)] == []
    assert [code for code in others if shows_date(code)] == []
    assert [n for n in (251, 252, 100_000) if shows_date("[" * n + "yyyy")] == [251]
    built_in = [number for number, code in BUILT_IN.items() if shows_date(code)]
    assert sorted(built_in) == [14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)]


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [
        ("_x000D_", "\r"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x41_ _x004G_ _X0041_", "_x41_ _x004G_ _X0041_"),
        ("_x00e9_", "é"),
        ("_xD83D_ alone", "\ufffd alone"),
    ],
)
def test_escapes_are_decoded_once(text: str, plain_text: str) -> None:
    assert unescaped(text) == plain_text


def test_rows_and_cells_without_an_address_count_on() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        "<row r='4'><c r='C4'><v>3</v></c><c><v>4</v></c></row>"
        "<row><c><v>5</v></c></row>"
    )

    assert shown(grid(rows)) == {"A1": "1", "B1": "2", "C4": "3", "D4": "4", "A5": "5"}


def test_a_cell_is_believed_before_the_row_it_lies_in() -> None:
    rows = "<row r='6'><c r='A16'><v>1</v></c><c r='$b$16'><v>2</v></c></row>"

    assert shown(grid(rows)) == {"A16": "1", "B16": "2"}


def test_the_block_is_trimmed_to_the_cells_that_are_used() -> None:
    rows = (
        "<row r='2'><c r='A2' s='1'/></row>"
        "<row r='3'><c r='B3' s='1'/><c r='C3'><v>1</v></c><c r='E3' t='s'><v>4</v></c></row>"
        "<row r='5'><c r='D5'><f>A1</f></c></row>"
        "<row r='9'><c r='Z9' s='1'/></row>"
    )
    one, formula = Cell(NUMBER, "1"), Cell(Kind.BLANK, formula="A1")

    assert grid(rows) == Grid(
        sheet="Risks",
        top=3,
        left=3,
        rows=((one, BLANK), (BLANK, BLANK), (BLANK, formula)),
    )


@pytest.mark.parametrize("rows", ["", "<row r='3' hidden='1'/>", "<row><c s='2'/></row>"])
def test_a_sheet_without_entries_has_no_rows(rows: str) -> None:
    assert grid(rows) == Grid(sheet="Risks")


def test_hidden_rows_and_merged_areas_are_collected() -> None:
    rows = "".join(
        f"<row r='{i}' {hidden}><c r='A{i}'><v>1</v></c></row>"
        for i, hidden in enumerate(
            ["", "hidden='1'", "hidden='true'", "hidden='0'", "ht='0'"], start=1
        )
    )
    after = "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='C3:C4'/></mergeCells>"
    found = grid(rows + "<row r='9' hidden='1'/>", after=after)

    assert found.hidden == {2, 3, 5}
    assert found.merged == ("A1:B1", "C3:C4")


def test_what_follows_the_cells_is_not_mistaken_for_cells() -> None:
    after = "<extLst><ext><f>A1</f><row r='8'><c r='A8'><v>1</v></c></row></ext></extLst>"

    assert shown(grid("<row><c><v>1</v></c></row>", after=after)) == {"A1": "1"}


@pytest.mark.parametrize("space", [SPACE, STRICT])
def test_prefixed_sheets_read_alike_in_both_editions(space: str) -> None:
    sheet = f"""<x:worksheet xmlns:x='{space}' xmlns:c='urn:other'>
      <x:sheetData>
        <x:row r='2'>
          <x:c r='B2' t='inlineStr'>
            <x:is> <x:t>a</x:t> </x:is>
          </x:c>
          <x:c r='C2'> <x:v>4</x:v> <c:v>5</c:v> </x:c>
        </x:row>
      </x:sheetData>
    </x:worksheet>"""

    assert shown(grid("", **{"xl/cells/one.xml": sheet})) == {"B2": "a", "C2": "4"}


def test_equal_cells_are_one_object() -> None:
    found = grid("<row><c><v>4</v></c><c><v>4</v></c><c s='5'><v>4</v></c></row>").rows[0]

    assert found[0] is found[1]
    assert found[0] != found[2]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("<row><c t='s'><v>6</v></c></row>", "shared text '6'; the workbook has 6"),
        ("<row><c t='s'><v>-1</v></c></row>", "shared text '-1'"),
        ("<row><c t='x'><v>1</v></c></row>", "no cell type 'x'"),
        ("<row><c r='1A'><v>1</v></c></row>", "no cell '1A'"),
        ("<row r='one'/>", "no row or style 'one'"),
        ("<row>", r"'xl/cells/one\.xml' is not valid XML"),
    ],
)
def test_a_broken_sheet_is_refused_in_a_plain_sentence(rows: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        grid(rows)


def test_a_stray_cell_far_away_does_not_fill_the_memory() -> None:
    near = "<row r='{0}'><c r='{1}'><v>1</v></c></row>".format
    far = near(1048576, "XFD1048576")

    with pytest.raises(RefusedError, match="from B2 to XFD1048576: more than 5,000,000 cells"):
        grid(near(2, "B2") + far)
    assert shown(grid(far)) == {"XFD1048576": "1"}


def test_sheets_are_read_in_the_order_asked_for() -> None:
    workbook = two_sheets()

    assert list(read(workbook)) == ["Risks", "R&D"]
    assert list(read(workbook, ["R&D"])) == ["R&D"]
    with pytest.raises(TemplateError):
        read(workbook, ["Actions"])


def two_sheets() -> Workbook:
    """Three tabs: cells, a chart, hidden cells; names, and a table on the first."""
    sheets = f"""<w:workbook xmlns:w='{SPACE}' xmlns:q='{LINK}'><w:sheets>
      <w:sheet name='Risks' sheetId='1' q:id='r1'/>
      <w:sheet name='Chart' sheetId='2' q:id='r4'/>
      <w:sheet name='R&amp;D' sheetId='3' q:id='r5' state='veryHidden'/></w:sheets>
      <w:definedNames><w:definedName name='Bands'>Lists!$A$2:$A$6</w:definedName>
      <w:definedName name='Top' localSheetId='2'>"a_x005F_x0041_"</w:definedName>
      </w:definedNames></w:workbook>"""
    table = f"""<table xmlns='{SPACE}' name='t' displayName='tblRisks' ref='A1:B3'>
      <tableColumns><tableColumn name='Ref'/><tableColumn name='Risk_x000a_title'/></tableColumns>
      </table>"""
    return book(
        "",
        **{
            "xl/book.xml": sheets,
            "xl/_rels/book.xml.rels": rels(
                ("r5", "worksheet", "cells\\two.xml"),
                ("r1", "worksheet", "cells/one.xml"),
                ("r4", "chartsheet", "charts/one.xml"),
                ("r9", "styles", "gone.xml"),
            ),
            "xl/cells/two.xml": f"<worksheet xmlns='{SPACE}'/>",
            "xl/cells/_rels/one.xml.rels": rels(("r1", "table", "../tables/t.xml")),
            "xl/tables/t.xml": table,
        },
    )


def test_the_structure_is_found_by_relationships() -> None:
    workbook = two_sheets()

    assert workbook.sheets == (
        Sheet("Risks", "xl/cells/one.xml", "visible"),
        Sheet("R&D", "xl/cells/two.xml", "veryHidden"),
    )
    assert workbook.names == {"Bands": "Lists!$A$2:$A$6", "R&D!Top": '"a_x0041_"'}
    headings = ("Ref", "Risk\ntitle")
    table = Table("tblRisks", "xl/tables/t.xml", "A1:B3", headings, ("", ""))
    assert workbook.tables("Risks") == (table,)
    assert workbook.tables("R&D") == ()
    assert (workbook.formats, workbook.strings) == ((), ())


@pytest.mark.parametrize(
    ("wanted", "fix"),
    [
        ("RISK", "rename 'Risks' to 'RISK', or start again"),
        ("Heat map", "start again"),
    ],
)
def test_a_missing_sheet_is_named_with_those_that_are_there(wanted: str, fix: str) -> None:
    with pytest.raises(TemplateError) as raised:
        two_sheets().part_of(wanted)

    assert raised.value.what == f"There is no sheet {wanted!r}; this workbook has: Risks, R&D."
    assert raised.value.fix.startswith(fix)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"_rels/.rels": rels()}, "holds no workbook"),
        ({"_rels/.rels": rels(("r", "officeDocument", "gone.xml"))}, r"no part 'gone\.xml'"),
        ({"xl/_rels/book.xml.rels": rels()}, "sheet 'Risks' has no part"),
        ({"xl/book.xml": "<workbook>"}, r"'xl/book\.xml' is not valid XML"),
    ],
)
def test_a_broken_workbook_is_refused_in_a_plain_sentence(
    parts: dict[str, str], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        book("", **parts)


Place = tuple[int, int]  # row and column, from 1
Value = str | int | float | bool | dt.datetime
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
moments = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31, 23, 59)).map(
    lambda moment: moment.replace(microsecond=0)
)
values = st.one_of(
    texts.filter(lambda text: "_x" not in text and not text.startswith("=")),
    st.integers(-(10**14), 10**14),
    st.floats(-1e50, 1e50).map(lambda number: float(f"{number:.15g}")),
    st.booleans(),
    moments,
)
places = st.tuples(st.integers(1, 12), st.integers(1, 8))
sheets = st.dictionaries(places, values, min_size=1, max_size=12)


def expected(value: Value) -> tuple[Kind, object]:
    if isinstance(value, bool):
        return Kind.BOOL, str(value).upper()
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return DATE, (value.date() if midnight else value).isoformat()
    return (TEXT, value) if isinstance(value, str) else (NUMBER, float(value))


def comparable(found: Cell) -> tuple[Kind, object]:
    assert "e" not in found.text.lower() or found.kind is not NUMBER
    return found.kind, float(found.text) if found.kind is NUMBER else found.text


def by_openpyxl(entries: dict[Place, Value]) -> bytes:
    out, made = io.BytesIO(), openpyxl.Workbook()
    for (row, column), value in entries.items():
        made.worksheets[0].cell(row, column, value)
    made.save(out)
    return out.getvalue()


def by_xlsxwriter(entries: dict[Place, Value]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": DMY}) as made:
        sheet = made.add_worksheet()
        for (row, column), value in entries.items():
            write = sheet.write_string if isinstance(value, str) else sheet.write
            write(row - 1, column - 1, value)
    return out.getvalue()


def openpyxls(data: bytes) -> Iterator[tuple[Place, Value]]:
    """Every value that openpyxl finds on the first sheet."""
    for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows():
        for c in row:
            if c.value is not None:
                assert isinstance(c.value, Value), c.value
                yield (c.row, c.column), c.value


def calamines(data: bytes, name: str | None = None) -> Iterator[tuple[Place, Value]]:
    """Every value that calamine finds on a sheet, the first one by default."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheet = workbook.get_sheet_by_name(name or workbook.sheet_names[0])
    top, left = sheet.start or (0, 0)
    for r, row in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        for c, value in enumerate(row, start=left + 1):
            if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                value = dt.datetime.combine(value, dt.time())
            if isinstance(value, dt.time | dt.timedelta):
                value = str(value)
            if value != "":
                yield (r, c), value


@pytest.mark.parametrize("make", [by_openpyxl, by_xlsxwriter])
@given(entries=sheets)
def test_what_a_library_writes_is_read_back_as_two_other_readers_read_it(
    make: Callable[[dict[Place, Value]], bytes], entries: dict[Place, Value]
) -> None:
    data = make(entries)
    ours = next(iter(read(Workbook.of(Package.parse(data))).values()))

    found = {at: comparable(ours.at(*at)) for at in entries}
    assert found == {at: expected(value) for at, value in entries.items()}
    assert len(shown(ours)) == len(entries)
    assert (ours.top, ours.left) == (min(r for r, _ in entries), min(c for _, c in entries))
    assert found == {at: expected(value) for at, value in openpyxls(data)}
    assert found == {at: expected(value) for at, value in calamines(data)}


# The cells of the corpus where calamine sees something else, and why.
DIFFERENT = {
    # calamine trims texts that do not ask for their white space to be kept
    "calamine__encoded_entities.xlsx": {"Sheet1!A2"},
    "calamine__issue_174.xlsx": {"Sheet1!E1"},
    "calamine__whitespace_trim.xlsx": {
        *("inlineStr!A1", "inlineStr!B1", "inlineStr!A2"),
        *("SharedStrings!A1", "SharedStrings!C1", "SharedStrings!A2"),
    },
}
REFUSED = {
    "ClosedXML__~$LoadPivotTables.xlsx": "not a zip archive",  # the lock file of a workbook
    "calamine__pass_protected.xlsx": "not a zip archive",  # encrypted
    "excelize__encryptAES.xlsx": "not a zip archive",
    "excelize__encryptSHA512.xlsx": "not a zip archive",
    "exceljs__invalid-xml.xlsx": "not valid XML",  # calamine does not read to the end
    "exceljs__missing-bits.xlsx": "holds no workbook",
}
ONLY_OURS = {"umya-spreadsheet__tdf76115.xlsx"}  # calamine cannot decode its Latin-1 sheet


def strangers() -> list[object]:
    paths = sorted([*AWKWARD.glob("*.xlsx"), *AWKWARD.glob("*.xlsm")])
    missing = pytest.mark.skip(reason="the corpus of awkward files is not beside this repository")
    return [pytest.param(path, id=path.name) for path in paths] or [
        pytest.param(None, marks=missing)
    ]


@pytest.mark.parametrize("path", strangers())
def test_a_strangers_workbook_reads_as_calamine_reads_it(path: Path) -> None:
    data = path.read_bytes()
    if words := REFUSED.get(path.name):
        with pytest.raises(RefusedError, match=words):
            read(Workbook.of(Package.parse(data)))
        return
    grids = read(Workbook.of(Package.parse(data)))
    if path.name in ONLY_OURS:
        assert any(sheet.rows for sheet in grids.values())
        return
    theirs = {name: dict(calamines(data, name)) for name in worksheets(data)}

    assert list(grids) == list(theirs)
    different = {
        str(CellRef(name, *at))
        for name, values in theirs.items()
        for at in values.keys() | used(grids[name])
        if not agree(grids[name].at(*at), values.get(at))
    }
    assert different == DIFFERENT.get(path.name, set())


def worksheets(data: bytes) -> list[str]:
    found = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheets_metadata
    return [sheet.name for sheet in found if sheet.typ is SheetTypeEnum.WorkSheet]


def used(sheet: Grid) -> set[Place]:
    return {
        (row, sheet.left + i)
        for row, cells in sheet.lines()
        for i, found in enumerate(cells)
        if found.kind is not Kind.BLANK
    }


def agree(ours: Cell, theirs: Value | None) -> bool:
    """Errors, empty texts and formulas without a value are nothing to calamine."""
    if theirs is None:
        return not ours.text or ours.kind in (Kind.BLANK, Kind.ERROR)
    return comparable(ours) == expected(theirs)


# --- what hangs on cells --------------------------------------------------------------------


LOOKS = (
    f"<styleSheet xmlns='{SPACE}'>"
    "<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='0' quotePrefix='1'/>"
    "<xf numFmtId='0' fontId='1'/><xf numFmtId='0' fontId='2'/></cellXfs></styleSheet>"
)


def test_a_shared_formula_without_an_address_is_that_of_each_of_its_cells() -> None:
    ours, moving = 'A[[#This Row],[Q1]]+"B5"', "C1+'D 2'!$A$1"
    rows = (
        f"<row r='1'><c r='A1'><f t='shared' si='0' ref='A1:A3'>{ours}</f><v>1</v></c>"
        f"<c r='B1'><f t='shared' si='1' ref='B1:B3'>{moving}</f><v>1</v></c></row>"
        "<row r='2'><c r='A2'><f t='shared' si='0'/><v>2</v></c>"
        "<c r='B2'><f t='shared' si='1'/><v>2</v></c></row>"
        "<row r='3'><c r='A3'><f t='shared' si='9'/><v>3</v></c><c r='B3'><f>1</f></c></row>"
    )
    grid = read(book(rows))["Risks"]
    formulas = [[cell.formula for cell in row] for row in grid.rows]
    assert formulas == [[ours, moving], [ours, ""], ["", "1"]]


@pytest.mark.parametrize(
    ("formula", "moves"),
    [
        ("1+0", False),
        ("A1", True),
        ("$A$1", True),
        ("SUM(A:A)", True),
        ("SUM(1:1)", True),
        ('"A1"', False),
        ("'A1'!x", False),
        ("t[[#This Row],[Q1]]+t[Q2]", False),
        ("LOG10(t[x])", False),
        ("ROUND(t[x],A2)", True),
    ],
)
def test_a_formula_that_moves_has_an_address(formula: str, moves: bool) -> None:
    assert spread.moves(formula) is moves


def test_a_text_behind_an_apostrophe_says_so() -> None:
    rows = "<row r='1'><c r='A1' s='1' t='s'><v>0</v></c><c r='B1' s='1'><v>4</v></c></row>"
    grid = read(book(rows, **{"xl/looks.xml": LOOKS}))["Risks"]
    assert grid.at(1, 1) == Cell(TEXT, "Budget", quoted=True)
    assert grid.at(1, 2) == Cell(NUMBER, "4")


GROUNDS = (
    f"<styleSheet xmlns='{SPACE}'><fonts><font/>"
    "<font><sz val='9'/><color rgb='FFFFFFFF'/></font><font><color theme='0'/></font>"
    "<font><color indexed='9'/></font><font><sz val='2'/></font></fonts>"
    "<fills><fill><patternFill patternType='none'/></fill>"
    "<fill><patternFill patternType='solid'><fgColor rgb='FF1F3864'/></patternFill></fill>"
    "<fill><patternFill patternType='gray125'/></fill><fill><gradientFill/></fill>"
    "<fill><patternFill patternType='solid'><fgColor auto='1'/></patternFill></fill>"
    "<fill><patternFill patternType='solid'><fgColor rgb='FF000000'/></patternFill></fill></fills>"
    "<cellXfs><xf/><xf fontId='1'/><xf fontId='2'/><xf fontId='3'/><xf fontId='4'/>"
    "<xf fontId='1' fillId='1'/><xf fontId='1' fillId='2'/><xf fontId='1' fillId='3'/>"
    "<xf fontId='2' fillId='4'/><xf fillId='5'/><xf fontId='4' fillId='2'/><xf fontId='9'/>"
    "</cellXfs></styleSheet>"
)


def test_what_is_written_in_the_colour_of_its_ground_says_so() -> None:
    cells = "".join(f"<c r='{chr(65 + at)}1' s='{at}'><v>4</v></c>" for at in range(12))
    grid = read(book(f"<row r='1'>{cells}</row>", **{"xl/looks.xml": GROUNDS}))["Risks"]
    unseen = [cell.unseen for cell in grid.rows[0]]
    # white on none, on none, on none; small; white on blue, on grey, on a gradient, on white;
    # black on black; small on grey; a font that is not there
    assert unseen == [False, True, True, True, True, False, False, False, True, True, True, False]


def test_struck_words_are_kept_with_the_text_that_holds_them() -> None:
    texts = (
        f"<sst xmlns='{SPACE}'>"
        "<si><r><rPr><strike/></rPr><t>old_x0020_</t></r><r><t>new</t></r></si>"
        "<si><r><rPr><strike val='false'/></rPr><t>kept</t></r></si></sst>"
    )
    run = "<r><rPr><b/>{}</rPr><t>{}</t></r>"
    inline = run.format("<strike/>", "gone") + run.format("<strike val='0'/>", " here")
    rows = (
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
        f"<c r='C1' t='inlineStr'><is>{inline}</is></c>"
        "<c r='D1' t='inlineStr'><is><t>plain</t></is></c>"
        "<c r='E1' s='2'><v>4</v></c><c r='F1' s='3'><v>4</v></c></row>"
    )
    grid = read(book(rows, **{"xl/texts.xml": texts, "xl/looks.xml": LOOKS}))["Risks"]
    assert grid.rows[0] == (
        Cell(TEXT, "old new", struck="old "),
        Cell(TEXT, "kept"),
        Cell(TEXT, "gone here", struck="gone"),
        Cell(TEXT, "plain"),
        Cell(NUMBER, "4", struck="4"),
        Cell(NUMBER, "4"),
    )


def test_the_cells_of_an_array_hold_a_formula_each() -> None:
    rows = (
        "<row r='1'><c r='A1'><f t='array' ref='A1:B2'>X1:Y2</f><v>1</v></c><c r='B1'><v>2</v></c>"
        "<c r='C1'><v>3</v></c></row><row r='2'><c r='B2'><v>4</v></c></row>"
        "<row r='3'><c r='A3'><f t='array' ref='A3'>X3</f><v>5</v></c><c r='B3'><v>6</v></c></row>"
    )
    grid = read(book(rows))["Risks"]
    assert [grid.at(1, 1).formula, grid.at(1, 2).formula, grid.at(2, 2).formula] == [
        "X1:Y2",
        "",
        "",
    ]
    assert [grid.at(1, 3).formula, grid.at(3, 2).formula] == [None, None]
    assert grid.at(3, 1).formula == "X3"


def test_hidden_columns_are_those_of_the_block() -> None:
    rows = "<row r='1'><c r='B1'><v>1</v></c><c r='D1'><v>2</v></c></row>"
    columns = "<cols><col min='1' max='2' hidden='1'/><col min='3' max='3'/>"
    columns += "<col min='4' max='16384' hidden='true'/></cols>"
    sheet = f"<worksheet xmlns='{SPACE}'>{columns}<sheetData>{rows}</sheetData></worksheet>"
    grid = read(book("", **{"xl/cells/one.xml": sheet}))["Risks"]
    assert grid.hidden_columns == {2, 4}


def test_notes_and_threads_are_found_by_their_cells() -> None:
    notes = "<comments xmlns='x'><commentList><comment ref='B2'/><comment ref='A9'/>"
    notes += "<comment ref='?'/></commentList></comments>"
    threads = "<ThreadedComments xmlns='y'><threadedComment ref='B2'/></ThreadedComments>"
    linked = rels(
        ("n", "comments", "/xl/notes.xml"),
        ("t", "threadedComment", "/xl/threads.xml"),
        ("v", "vmlDrawing", "/xl/drawing.vml"),
    )
    parts = {
        "xl/notes.xml": notes,
        "xl/threads.xml": threads,
        "xl/cells/_rels/one.xml.rels": linked,
    }
    grid = read(book("<row r='1'><c r='A1'><v>1</v></c></row>", **parts))["Risks"]
    assert grid.notes == (Note(2, 2, thread=True), Note(9, 1))


def test_a_workbook_says_from_when_it_counts_its_days() -> None:
    rows = "<row r='1'><c r='A1' s='2'><v>43189</v></c></row>"
    grid = read(book(rows, settings="<workbookPr date1904='1'/>"))["Risks"]
    assert (grid.date1904, grid.at(1, 1).text) == (True, "2022-03-31")
    assert not read(book(rows))["Risks"].date1904
