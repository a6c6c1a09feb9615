"""What may be opened at all: one wrong thing at a time, and every ordinary workbook."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from riskbook.edge import gate
from riskbook.errors import RefusedError

from . import hostile
from .hostile import (
    MAIN,
    SHEET,
    container,
    listing,
    packed,
    parts,
    relations,
    renamed,
    sheet,
    tampered,
    types,
    with_rows,
    workbook,
)

DRAWING = "xl/drawings/vmlDrawing1.vml"
MACRO = '<Override PartName="/xl/code.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
NOISE = random.Random(1).randbytes(2_000)
SMALL = replace(
    gate.LIMITS,
    file=20_000,
    entries=8,
    part=9_000,
    total=12_000,
    token=4_000,
    cells=20,
    elements=199,
    repeats=9,
    styles=9,
)


def refusal(data: bytes, name: str = "Register.xlsx", limits: gate.Limits = gate.LIMITS) -> str:
    """The whole sentence of the refusal; a test fails if the file is admitted."""
    with pytest.raises(RefusedError) as caught:
        gate.admit(data, name, limits=limits)
    assert caught.value.what.startswith(name)
    assert caught.value.what.endswith(".")
    assert "\n" not in str(caught.value.what)
    assert caught.value.fix.endswith(".")
    assert caught.value.fix[0].islower()
    return caught.value.what


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (bytes(3_000), "nothing but zeros"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        (b"{\\rtf1 hello}", "is a text document"),
        (b"Rar!\x1a\x07\x01\0", "is an archive (RAR)"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old Excel format"),
        (container("Workbook"), "old Excel format"),
        (container("Book"), "old Excel format"),
        (container("EncryptedPackage"), "locked with a password"),
        (container("WordDocument"), "is a Word document"),
        (container("Contents"), "is not a workbook"),
        (b"Ref,Risk,Impact\r\n1,Flood,4\r\n", "between commas (CSV)"),
        (b"\xef\xbb\xbfRef;Risk\n1;Flood\n", "between commas (CSV)"),
        ("Réf\tRisk\n".encode("latin-1"), "between commas (CSV)"),
        ("Ref,Risk\n1,Flood\n".encode("utf-16"), "between commas (CSV)"),
        (b"Dear all\n", "is a text file"),
        (b"\n <html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        (b"<?xml version='1.0'?><register/>", "is an XML file"),
        (
            b"<?xml version='1.0'?>\n<Workbook xmlns='urn:schemas-microsoft-com:office:"
            b"spreadsheet'/>",
            "XML Spreadsheet of 2003",
        ),
        (NOISE, "is not a workbook"),
        (b"PK\5\6" + bytes(18), "is not a workbook"),
        (b"PK\3\4" + bytes(100), "is damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(data: bytes, says: str) -> None:
    assert says in refusal(data)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "(.ods)"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "not a spreadsheet"),
        ({"mimetype": "application/epub+zip"}, "is an archive (zip)"),
        ({"word/document.xml": "<w/>", "[Content_Types].xml": types()}, "is a Word document"),
        ({"ppt/presentation.xml": "<p/>"}, "is a presentation"),
        ({"xl/workbook.bin": "", "[Content_Types].xml": types()}, "(.xlsb)"),
        ({"Index/Document.iwa": ""}, "Apple Numbers"),
        ({"Register.xlsx": "PK"}, "is an archive (zip)"),
        ({"xl/workbook.xml": listing()}, "the list of its parts is missing"),
    ],
)
def test_a_zip_of_another_program_is_named_for_what_it_is(
    entries: dict[str, str], says: str
) -> None:
    assert says in refusal(packed((name, text.encode()) for name, text in entries.items()))


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def overlapping(data: bytes) -> bytes:
    """The sheet's entry points at the bytes of the workbook part, under its own name."""
    one = packed([("a.xml", b"<a/>"), ("b.xml", b"<a/>")], 0)
    return tampered(one, "b.xml", "header", 0)


ZIPS: list[tuple[str, bytes, str]] = [
    ("cut in the middle", cut(workbook()), "its end is missing"),
    ("with bytes behind it", workbook() + b"more", "its end is missing"),
    ("with bytes before it", b"PK\3\4more" + workbook(), "its end is missing"),
    ("encrypted", tampered(workbook(), SHEET, "flags", 1), "has a password on its part"),
    ("encrypted locally", tampered(workbook(), SHEET, "flags", 1, listed=False), "in two ways"),
    ("bzip2", packed(parts().items(), 12), "in a way Excel does not"),
    ("lzma", packed(parts().items(), 14), "in a way Excel does not"),
    ("two methods", tampered(workbook(), SHEET, "method", 0, local=False), "in two ways"),
    ("two names", renamed(workbook(), SHEET, SHEET.replace("1", "2")), "in two ways"),
    ("two sizes", tampered(workbook(), SHEET, "size", 9, local=False), "in two ways"),
    ("size too small", tampered(workbook(), SHEET, "size", 9), "a false size"),
    ("size too large", tampered(workbook(), SHEET, "size", 90_000), "a false size"),
    ("packed too small", tampered(workbook(), SHEET, "packed", 9), "a false size"),
    ("huge size", tampered(workbook(), SHEET, "size", 2**31), "too large to open"),
    ("bad sum", tampered(workbook(), SHEET, "crc", 1), "is damaged in its part"),
    ("away", tampered(workbook(), SHEET, "header", 7), "not where it should be"),
    ("far away", tampered(workbook(), SHEET, "header", 2**31), "not where it should be"),
    ("packed past the end", tampered(workbook(), SHEET, "packed", 90_000), "overlap"),
    (
        "one part inside another",
        packed([("a.xml", packed([("b.xml", b"<b/>")], 0)), ("b.xml", b"<b/>")], 0),
        "is an archive",
    ),
    (
        "twice",
        packed([*parts().items(), (SHEET, b"<a/>")]),
        f"holds the part {SHEET} twice",
    ),
    (
        "twice but for capitals",
        workbook({"xl/worksheets/Sheet1.xml": sheet()}),
        "holds the part xl/worksheets/Sheet1.xml twice",
    ),
    ("climbing", workbook({"../evil.xml": "<a/>"}), "leads out of the workbook"),
    ("climbing inside", workbook({"xl/../../evil.xml": "<a/>"}), "leads out"),
    ("from the root", workbook({"/etc/passwd": "<a/>"}), "leads out of the workbook"),
    ("of a drive", workbook({"C:/evil.xml": "<a/>"}), "leads out of the workbook"),
    ("unprintable", workbook({"xl/\x1b[31m.xml": "<a/>"}), "leads out of the workbook"),
    ("climbing backwards", workbook({"xl\\..\\..\\evil.xml": "<a/>"}), "leads out"),
    ("twice but for slashes", workbook({SHEET.replace("/", "\\"): "<a/>"}), "twice"),
    ("data in a folder", workbook({"xl/": "<a/>"}), "hides data in its folder"),
    ("fewer parts", hostile.counted(workbook(), -1), "does not end where it says"),
    ("more parts", hostile.counted(workbook(), 1), "its list of parts is broken off"),
    ("two ends", hostile.wide(workbook(), 1), "has two ends that disagree"),
    (
        "a wide end without its record",
        hostile.wide(workbook()).replace(b"PK\6\6", b"PK\6\x66"),
        "its end is missing",
    ),
    (
        "a second name in Unicode",
        packed(parts().items(), extra=b"\x75\x70\4\0abcd"),
        "gives one of its parts two names",
    ),
    (
        "a wide size that is missing",
        tampered(packed(parts().items(), extra=b"\1\0\0\0"), SHEET, "size", 2**32 - 1),
        "a size in its list of parts is missing",
    ),
    (
        "a wide size that is huge",
        hostile.widened(packed(parts().items(), extra=b"\1\0\10\0" + bytes(8)), SHEET, 2**63),
        "too large to open",
    ),
    (
        "a name that cannot be read",
        workbook({"xl/é.xml": "<a/>"}).replace("é".encode(), b"\xff\xff"),
        "the name of a part cannot be read",
    ),
    ("climbing in codes", workbook({"xl/%2E%2e/%2e%2e/evil.xml": "<a/>"}), "leads out"),
    ("a slash in a code", workbook({"xl/worksheets%2Fsheet1.xml": "<a/>"}), "leads out"),
    ("a point at the end", workbook({SHEET + ".": "<a/>"}), "leads out of the workbook"),
    ("a space at the end", workbook({"xl /evil.xml": "<a/>"}), "leads out of the workbook"),
    (
        "twice but for the spelling of a letter",
        workbook({"xl/\u00e9.xml": "<a/>", "xl/e\u0301.xml": "<a/>"}),
        "twice",
    ),
    ("twice but for a sharp s", workbook({"xl/\u00df.xml": "<a/>", "xl/ss.xml": "<a/>"}), "twice"),
    ("a link", hostile.linked("xl/media/image1.png"), "holds a link to another file"),
    (
        "a part that is not listed",
        hostile.wedged(workbook(), packed([(SHEET, b"<a/>")], 0)[:60]),
        "hides a part that its list of parts does not name",
    ),
    ("false sums behind the data", hostile.streamed(crc=1), "in two ways that disagree"),
    ("swelling", workbook({"xl/a.bin": bytes(1_500_000)}), "swells far beyond its size"),
]


@pytest.mark.parametrize(
    ("data", "says"), [each[1:] for each in ZIPS], ids=[each[0] for each in ZIPS]
)
def test_a_dishonest_zip_is_refused(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_two_parts_that_share_bytes_are_refused() -> None:
    first = packed([("a.xml", b"<a/>"), ("b.xml", b"<a/>")], 0)
    shared = first.replace(b"b.xml", b"a.xmk")  # a second entry whose header lies elsewhere
    at = tampered(shared, "a.xmk", "header", 0)
    assert "in two ways" in refusal(at)
    inner = packed([("b.xml", b"<b/>")], 0)
    outer = packed([("a.xml", inner), ("b.xml", b"<b/>")], 0)
    assert "overlap" in refusal(tampered(outer, "b.xml", "header", outer.index(inner)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({f"xl/a{i}.bin": b"1" for i in range(9)}, "parts, more than any workbook"),
        ({"xl/a.bin": NOISE * 5}, "has a part that is too large"),
        ({"xl/a.bin": NOISE * 4, "xl/b.bin": NOISE * 4}, "too large to open once"),
        ({"xl/a.xml": f"<a>{'b' * 5_000}</a>"}, "holds a text that is too long"),
        ({SHEET: sheet("<row>" + "<c/>" * 21 + "</row>")}, "has more than 20 cells"),
        (
            {
                SHEET: sheet(
                    '<row r="1">'
                    + "".join(f'<c r="{c}1"/>' for c in "ABCDEFGHIJKLMNO")
                    + '</row><row r="2">'
                    + "".join(f'<c r="{c}2"/>' for c in "ABCDEF")
                    + "</row>"
                )
            },
            "has more than 20 cells",
        ),
        ({"xl/a.xml": f"<a>{'<b/>' * 200}</a>"}, "holds too many elements"),
        ({"xl/styles.xml": f'<a xmlns="{MAIN}">{"<xf/>" * 10}</a>'}, "more than 9 styles"),
    ],
)
def test_what_is_larger_than_the_limits_is_refused(
    changes: dict[str, str | bytes], says: str
) -> None:
    assert says in refusal(workbook(changes), limits=SMALL)


def test_a_file_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(NOISE * 11)
    with pytest.raises(RefusedError, match="is larger than"):
        gate.read(path, limits=SMALL)
    assert "is larger than" in refusal(NOISE * 11, limits=SMALL)


@pytest.mark.parametrize("opener", ["<!--", "<?a "])
def test_a_comment_that_never_seems_to_end_is_refused(opener: str) -> None:
    text = "<" * 3_000_000 + str(NOISE.hex()) * 10
    part = f"<a>{opener}{text}{'-->' if opener == '<!--' else '?>'}</a>"
    limits = replace(gate.LIMITS, token=100_000, ratio=10**6)
    assert "a tag or comment that is too long" in refusal(workbook({"a.xml": part}), limits=limits)


PICTURE = "xl/media/image1.svg"
SVG = (  # as drawing programs write it
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>'
)
BOMB = '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, f'<?xml version="1.0"?>{BOMB}<worksheet xmlns="{MAIN}"/>'),
        ("xl/a.xml", f"{BOMB}<a>&d;</a>"),
        ("xl/a.xml", "<!DOCTYPE a><a/>"),
        ("xl/a.xml", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
        ("xl/a.xml", f"{BOMB}<a/>".encode("utf-16")),
        ("docProps/app.xml", f"{BOMB}<a/>"),
        ("_rels/.rels", f"{BOMB}<a/>"),
        ("[Content_Types].xml", f"{BOMB}<a/>"),
        (DRAWING, f"{BOMB}<xml/>"),
        (DRAWING, f"<xml><br></xml>{BOMB}"),
        (DRAWING, f"<xml><br></xml>{BOMB}".encode("utf-16")),
        (PICTURE, '<!DOCTYPE svg [<!ENTITY svg "cccc">]><svg/>'),
        (PICTURE, "<!DOCTYPE svg [<!ATTLIST svg a CDATA 'b'>]><svg/>"),
        (PICTURE, "<!DOCTYPE html><svg/>"),
        ("xl/a.xml", SVG),
    ],
)
def test_a_doctype_is_refused_in_any_part_and_encoding(part: str, content: str | bytes) -> None:
    assert "declares a document type or entities" in refusal(workbook({part: content}))


def test_a_picture_may_name_the_standard_that_it_is_drawn_by() -> None:
    gate.admit(workbook({PICTURE: SVG}), "Register.xlsx")  # raises nothing


@pytest.mark.parametrize(
    ("part", "content", "says"),
    [
        (SHEET, sheet()[:-3], "is damaged: it breaks off or is garbled"),
        (SHEET, sheet('<row r="1"><c r="A1"></row>'), "is damaged"),
        (SHEET, sheet('<row r="1"><c r="A1"><v>&boom;</v></c></row>'), "is damaged"),
        (SHEET, sheet('<row r="1"><c r="A1" r="B1"/></row>'), "is damaged"),
        ("xl/a.xml", "", "is damaged"),
        ("xl/a.xml", b"<a>\xff</a>", "is damaged"),
        ("xl/a.xml", "<a>" * 70 + "</a>" * 70, "nests elements too deeply"),
        (SHEET, sheet(after="<a>" * 70 + "</a>" * 70), "nests elements too deeply"),
        ("xl/a.xml", "<?xml version='1.0' encoding='cp037'?><a/>", "is written in cp037"),
        ("xl/a.xml", "<?xml version='1.0' encoding='utf-7'?><a/>", "is written in utf-7"),
        (SHEET, f'<worksheet xmlns="{MAIN}x"/>', "has no worksheet in its sheet"),
        (SHEET, "<worksheet/>", "has no worksheet in its sheet"),
        ("xl/a.xml", listing(("Risks", "rId1")), "holds a second workbook"),
        ("xl/workbook.xml", "<a/>", "lists no sheets"),
        ("xl/workbook.xml", listing(), "lists no sheets"),
        ("xl/workbook.xml", listing(("Risks", "rId7")), "its sheet 'Risks' is missing"),
        ("xl/workbook.xml", listing(("A", "rId1"), ("B", "rId1")), "its sheet 'B' twice"),
        ("xl/workbook.xml", None, "the part that lists its sheets is missing"),
        ("_rels/.rels", None, "the part that lists its sheets is missing"),
        ("xl/_rels/workbook.xml.rels", None, "its sheet 'Risks' is missing"),
        (SHEET, None, "its sheet 'Risks' is missing"),
        (
            "xl/_rels/workbook.xml.rels",
            relations(("theme", "worksheets/sheet1.xml")),
            "lists its sheet 'Risks', which is none",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "gone.xml")),
            "one of its sheets is missing",
        ),
        (
            "_rels/.rels",
            relations(("officeDocument", "xl/workbook.xml"), ("officeDocument", SHEET)),
            "holds two workbooks",
        ),
        (
            "_rels/.rels",
            relations(("officeDocument", "xl/workbook.xml"), ("a", "b")).replace("rId2", "rId1"),
            "uses one relation twice",
        ),
        ("[Content_Types].xml", types(workbook="application/pdf"), "not an Excel workbook"),
        (
            "[Content_Types].xml",
            types('<Override PartName="/XL/workbook.xml" ContentType="a/b"/>'),
            "gives two types to its part",
        ),
        (
            SHEET,
            '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>',
            "Strict Open XML",
        ),
        (
            "_rels/.rels",
            relations().replace(
                "</Relationships>",
                '<Relationship Id="a" Target="xl/workbook.xml" Type="http://purl.oclc.org/ooxml/'
                'officeDocument/relationships/officeDocument"/></Relationships>',
            ),
            "Strict Open XML",
        ),
    ],
)
def test_a_part_that_is_not_sound_is_refused(
    part: str, content: str | bytes | None, says: str
) -> None:
    assert says in refusal(workbook({part: content}))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('<row r="0"/>', "has a row numbered '0'"),
        ('<row r="-1"/>', "has a row numbered '-1'"),
        ('<row r="x"/>', "has a row numbered 'x'"),
        ('<row r="1048577"/>', "below the last row"),
        ('<row r="1048576"/><row/>', "below the last row"),
        ('<row r="2"/><row r="1"/>', "has row 1 twice or out of order"),
        ('<row r="2"/><row r="2"/>', "has row 2 twice or out of order"),
        ('<row/><row r="1"/>', "has row 1 twice or out of order"),
        ('<row r="1"><c r="XFE1"/></row>', "cell XFE1 right of the last column"),
        ('<row r="1"><c r="XFD1"/><c/></row>', "column 16385 of row 1 right of"),
        ('<row r="1"><c r="B1"/><c r="A1"/></row>', "cell A1 twice or out of order"),
        ('<row r="1"><c r="B1"/><c r="B1"/></row>', "cell B1 twice or out of order"),
        ('<row r="1"><c/><c r="A1"/></row>', "cell A1 twice or out of order"),
        ('<row r="1"><c r="A2"/></row>', "addressed 'A2' in row 1"),
        ('<row r="2"><c r="A22"/></row>', "addressed 'A22' in row 2"),
        ('<row r="2"><c r="A02"/></row>', "addressed 'A02' in row 2"),
        ('<row r="1"><c r="a1"/></row>', "addressed 'a1' in row 1"),
        ('<row r="1"><c r="$A$1"/></row>', "addressed '$A$1' in row 1"),
        ('<row r="1"><c r=""/></row>', "addressed '' in row 1"),
        ('<row r="1"><c r="A1" t="z"/></row>', "cell A1 of the unknown type 'z'"),
        ('<row r="1"><c r="A1" s="-1"/></row>', "cell A1 with the unknown style '-1'"),
        ('<row r="1"><c r="A1" s="x"/></row>', "cell A1 with the unknown style 'x'"),
        ('<row r="1"><row r="2"/></row>', "has a row outside the table"),
        ('<c r="A1"/>', "addressed 'A1' in row 0"),
        ("<c/>", "outside a row"),
        ("<a><c/></a>", "something other than rows"),
        ("</sheetData><row/><sheetData>", "has a row outside the table"),
        ("</sheetData><sheetData>", "has two tables of cells"),
        ('<row r="3"><c r="A3"/></row></sheetData><a><row r="4"/></a><sheetData>', "a row outside"),
    ],
)
def test_rows_and_cells_lie_on_the_grid_in_order_and_once(rows: str, says: str) -> None:
    assert says in refusal(with_rows(rows))
    assert says in refusal(with_rows(f"<!-- read slowly -->{rows}"))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("", '<mergeCell ref="A1:XFE1"/>', "impossible merged area A1:XFE1"),
        ("", '<mergeCell ref="A1:A1048577"/>', "impossible merged area"),
        ("", '<mergeCell ref="B2:A1"/>', "impossible merged area B2:A1"),
        ("", '<mergeCell ref="all"/>', "merged area addressed 'all'"),
        ("", "<mergeCell/>", "merged area addressed ''"),
        ("", '<mergeCell ref="A1:XFD1048576"/>', "merged areas that are too large"),
        ('<col min="1" max="16385"/>', "", "column numbered '16385'"),
        ('<col min="0" max="2"/>', "", "column numbered '0'"),
        ('<col min="1"/>', "", "column numbered ''"),
        ("<row/>", "", "has a row outside the table"),
    ],
)
def test_merged_areas_and_columns_lie_on_the_grid(before: str, after: str, says: str) -> None:
    assert says in refusal(with_rows("", before=before, after=after))


@pytest.mark.parametrize("suffix", [".xlsx", ".xltx", ".xls", ""])
@pytest.mark.parametrize(
    "changes",
    [
        {"xl/vbaProject.bin": b"macro"},
        {"xl/code.bin": b"macro", "[Content_Types].xml": types(MACRO)},
        {
            "[Content_Types].xml": types(
                workbook="application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            )
        },
        {
            "xl/code.dat": b"macro",
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"), ("vbaProject", "code.dat")
            ),
        },
    ],
)
def test_macros_under_a_name_without_macros_are_refused(
    changes: dict[str, str | bytes], suffix: str
) -> None:
    assert "holds macros" in refusal(workbook(changes), f"Register{suffix}")


@pytest.mark.parametrize("suffix", [".xlsm", ".xlam", ".xltm", ".XLSM"])
def test_macros_are_kept_where_the_name_announces_them(suffix: str) -> None:
    gate.admit(workbook({"xl/vbaProject.bin": b"macro"}), f"Register{suffix}")


@pytest.mark.parametrize(
    "data",
    [
        workbook(),
        packed(parts().items(), 0),
        hostile.wide(workbook()),
        hostile.widened(
            packed(parts().items(), extra=b"\1\0\10\0" + bytes(8)), SHEET, len(parts()[SHEET])
        ),
        workbook({"xl/é.xml": "<a/>"}),
        workbook({"xl/": "", "xl/worksheets/": ""}),
        hostile.streamed(),
        hostile.wedged(workbook(), bytes(40)),
        workbook({"xl\\theme\\theme1.xml": "<a/>"}),
        with_rows('<row r="1"><c r="A1" s=""/></row>'),
        workbook({DRAWING: "<xml><br></xml>"}),
        workbook({"xl/a.bin": NOISE * 100, "xl/b.png": b"no picture at all"}),
        workbook({"xl/a.xml": "<a>é</a>".encode("utf-16")}),
        workbook({"_rels/.rels": relations(("officeDocument", "/xl/workbook.xml"))}),
        workbook({SHEET: b"\xef\xbb\xbf" + sheet(hostile.ROWS).encode()}),
        with_rows("<row><c/><c/></row><row/><row><c><v>1</v></c></row>"),
        with_rows('<row r="5"/><row><c r="B6"/><c/></row>'),
        with_rows(' <row r="5" spans="1:2" x="1" >\n<c r="A5"/> </row>'),
        with_rows('<row r="1"><c r="A1" t="inlineStr"><is><r><t>rich</t></r></is></c></row>'),
        with_rows("<row><c><v><![CDATA[<row><c>]]></v></c></row>"),
        with_rows("", after='<mergeCell ref="A1:XFD1"/><mergeCell ref="A2"/>'),
        workbook(
            {
                SHEET: f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"/>'
                "</x:row></x:sheetData></x:worksheet>"
            }
        ),
        workbook(
            {
                "xl/_rels/workbook.xml.rels": relations(
                    ("worksheet", "worksheets/sheet1.xml"), ("theme", "gone.xml")
                )
            }
        ),
    ],
)
def test_what_is_odd_but_sound_is_admitted(data: bytes) -> None:
    gate.admit(data, "Register.xlsx")
