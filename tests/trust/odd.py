"""Hostile and odd workbooks, each wrong in one way: a table of names and bytes.

::

    small()   a workbook of one sheet, with one thing in it that no honest file has
    real()    a controlled workbook of riskbook, with one part changed, emptied or left out

None is kept as a file.  What is refused for what reason is tested in ``tests/edge``; here it
only matters that each of them gets an answer.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from riskbook.edge import making
from riskbook.edge.documents import profiles
from tests.edge.hostile import (
    DECLARED,
    MAIN,
    OFFICE,
    ROWS,
    SHEET,
    container,
    listing,
    packed,
    parts,
    relations,
    sheet,
    tampered,
    types,
    with_rows,
    workbook,
)

Files = Iterator[tuple[str, bytes]]
LINK = "xl/externalLinks/externalLink1.xml"
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "{0}"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
NUMBERS = (
    *("nan", "NaN", "inf", "-INF", "1e999", "-1e999", "1e-999", "1E400", "0x10", "1_000", "١٢"),
    *("1,5", " 4 ", "", "-", "+4", "4.", ".5", "1e", "9" * 400, "0." + "3" * 400, "-0", "００４"),
    *("\t4", "4\n", "true", "#REF!", "1e+5", "2958466", "-1", "60", "0", "1e308"),
)
REFS = (
    *(
        "A0",
        "A1048577",
        "XFE1",
        "AAAA1",
        "a1",
        "1A",
        "A1:B2",
        "$A$1",
        "R1C1",
        "A-1",
        "A1 B1",
        "Ａ1",
    ),
    *("A" * 3_000, "A" + "9" * 300, "\u0410\u0031", "A01"),
)


def everything() -> Files:
    """Every file of the table, by a name that says what is wrong with it."""
    for made in (others(), zips(), encodings(), cells(), areas(), active(), counts(), real()):
        yield from made


def others() -> Files:
    """Files that are no workbooks at all."""
    heads = {
        "nothing": b"",
        "zeros": bytes(9_000),
        "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n",
        "rtf": b"{\\rtf1}",
        "rar": b"Rar!\x1a\7",
        "gzip": b"\x1f\x8b\x08",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "csv": b"a,b\n1,2\n",
        "html": b"<html><table/></html>",
        "xml": b"<?xml version='1.0'?><a/>",
        "text": b"hello",
        "half of a byte pair": b"\xff\xfe\0",
        "only an end": b"PK\5\6" + bytes(18),
        "only a header": b"PK\3\4" + bytes(26),
        "two letters": b"PK",
    }
    yield from heads.items()
    for stream in ("Workbook", "Book", "EncryptedPackage", "WordDocument", "VBA", "Contents"):
        yield f"container of {stream}", container(stream)
    kinds = ("spreadsheet", "text", "presentation", "graphics")
    for kind in kinds:
        mime = f"application/vnd.oasis.opendocument.{kind}".encode()
        yield f"opendocument {kind}", packed([("mimetype", mime), ("content.xml", b"<a/>")])
    for part in ("word/document.xml", "ppt/presentation.xml", "xl/workbook.bin", "a.txt"):
        yield f"package of {part}", packed([("[Content_Types].xml", types().encode()), (part, b"")])


def zips() -> Files:
    """Archives that lie."""
    sound = workbook()
    for at in range(1, 12):
        yield f"cut at {at} twelfths", sound[: len(sound) * at // 12]
    for field, values in {
        "flags": (1, 0x40, 0x2000, 8),
        "method": (0, 1, 9, 12, 14, 99),
        "crc": (0, 1),
        "packed": (0, 1, 90_000, 2**32 - 1),
        "size": (0, 1, 90_000, 2**31, 2**32 - 1),
        "header": (1, 90_000, 2**31),
    }.items():
        for value in values:
            yield f"{field} {value}", tampered(sound, SHEET, field, value)
    for name in (
        "../a.xml",
        "/a.xml",
        "C:/a.xml",
        "xl\\..\\..\\a",
        "xl/./a",
        "a//b",
        "\x1b",
        "CON",
    ):
        yield f"part named {name!r}", workbook({name: "<a/>"})
    yield "twice", packed([*parts().items(), (SHEET, b"<a/>")])
    yield "twice in capitals", workbook({SHEET.upper(): sheet()})
    yield "bomb", workbook({"xl/a.bin": bytes(90_000_000)})
    yield "3,000 parts", workbook({f"xl/a{i}.bin": b"" for i in range(3_000)})
    yield "an archive before it", sound + sound
    yield "a workbook inside", packed([("a.xlsx", sound)])


def encodings() -> Files:
    """Document types, entities, odd encodings, deep and long markup."""
    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"):
        text = DOCTYPE.format("x" * 100) + f'<a xmlns="{MAIN}">&c;</a>'
        for code in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7"):
            yield f"doctype in {part} in {code}", workbook({part: text.encode(code)})
    for code in ("utf-16", "utf-32", "cp037", "utf-8-sig", "latin-1"):
        yield f"sheet in {code}", workbook({SHEET: sheet(ROWS)[len(DECLARED) :].encode(code)})
    for code in ("cp037", "utf-7", "shift_jis", "windows-1252", "iso-8859-1", "none", "utf-16"):
        head = f'<?xml version="1.0" encoding="{code}"?>'
        yield f"sheet that says {code}", workbook({SHEET: head + sheet(ROWS)[len(DECLARED) :]})
    deep = "<a>" * 90_000 + "</a>" * 90_000
    yield "deep", with_rows("", after=deep)
    yield "deep elsewhere", workbook({"xl/a.xml": deep})
    yield "long text", with_rows(f'<row r="1"><c r="A1" t="str"><v>{"x" * 3_000_000}</v></c></row>')
    yield "long comment", workbook({"xl/a.xml": f"<a><!--{'x' * 3_000_000}--></a>"})
    yield (
        "many attributes",
        with_rows("<row " + " ".join(f'a{i}="1"' for i in range(90_000)) + "/>"),
    )
    for text in ("\0", "\x01", "&#0;", "&#xFFFE;", "&nbsp;", "]]>", "\ud800"):
        row = f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>'
        yield f"text {text!a}", workbook({SHEET: sheet(row).encode("utf-8", "surrogatepass")})


def cells() -> Files:
    """Cells that are off the grid, out of order, or hold what is no number."""
    for ref in REFS:
        yield f"cell {ref[:9]}", with_rows(f'<row r="1"><c r="{ref}"><v>1</v></c></row>')
    for number in ("0", "-1", "x", "1048577", "1.5", "", "9" * 90, "1e3"):
        yield f"row {number[:9]}", with_rows(f'<row r="{number}"><c><v>1</v></c></row>')
    for kind in ("z", "", "S", "inlineStr", "e", "d", "b", "s"):
        yield f"type {kind!r}", with_rows(f'<row r="1"><c r="A1" t="{kind}"><v>x</v></c></row>')
    for index in ("-1", "0", "99999999", "1.5", "", "9" * 90):
        row = f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'
        strings = f'<sst xmlns="{MAIN}"><si><t>one</t></si></sst>'
        rels = relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sst.xml"))
        changes = {SHEET: sheet(row), "xl/sst.xml": strings, "xl/_rels/workbook.xml.rels": rels}
        yield f"shared text {index[:9]!r}", workbook(changes)
    for style in ("-1", "99999999", "x", "", "9" * 90):
        yield (
            f"style {style[:9]}",
            with_rows(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>'),
        )
    far = "".join(
        f'<row r="{r}"><c r="{c}{r}"><v>1</v></c></row>' for c, r in (("A", 1), ("XFD", 1048576))
    )
    yield "far corner", with_rows(far)
    yield "far corner, read slowly", with_rows("<!-- -->" + far)
    arrays = "".join(
        f'<row r="{r}"><c r="A{r}"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>'
        for r in range(1, 9_000)
    )
    yield "arrays over everything", with_rows(arrays)
    foreign = '<row r="1"><x:c xmlns:x="urn:x" r="A1"><v>1</v></x:c></row>'
    yield "foreign cell", with_rows(foreign)


def areas() -> Files:
    """Areas of merged cells, links, validations and formats."""
    bad = ("", "all", "A0", "B2:A1", "A1:XFE1", "A1:A1048577", "A1:XFD1048576", "A:A", "#REF!")
    kinds = {
        "mergeCell": "ref",
        "hyperlink": "ref",
        "dataValidation": "sqref",
        "conditionalFormatting": "sqref",
        "protectedRange": "sqref",
    }
    for kind, attribute in kinds.items():
        for area in bad:
            yield f"{kind} on {area!r}", with_rows(ROWS, after=f'<{kind} {attribute}="{area}"/>')
    yield "dimension", with_rows(ROWS, before='<dimension ref="A1:XFD1048576"/>')
    yield "column 99999", with_rows(ROWS, before='<col min="1" max="99999" hidden="1"/>')


def active() -> Files:
    """What runs, fetches or starts something."""
    links = {
        "dde": f'<ddeLink xmlns:r="{OFFICE}" ddeService="cmd" ddeTopic="/c calc"/>',
        "ole": f'<oleLink xmlns:r="{OFFICE}" r:id="rId1" progId="Word.Document"/>',
        "book": f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"/>',
    }
    for name, link in links.items():
        yield (
            f"link {name}",
            workbook({LINK: f'<externalLink xmlns="{MAIN}">{link}</externalLink>'}),
        )
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    for kind in (
        *("oleObject", "package", "control", "connections", "queryTable", "externalLink"),
        *("powerPivotData", "webextension", "xlMacrosheet", "hyperlink", "image"),
    ):
        yield f"relation {kind}", workbook({rels: relations((kind, "a.bin"))})
        outside = relations((kind, "file://host/a")).replace("/>", ' TargetMode="External"/>')
        yield f"relation {kind} outside", workbook({rels: outside})
    for part in ("activeX/activeX1.bin", "embeddings/oleObject1.bin", "vbaProject.bin", "model/a"):
        yield f"part {part}", workbook({f"xl/{part}": b"x"})
    name = '<definedNames><definedName name="{}" xlm="{}">Risks!$A$1</definedName></definedNames>'
    for called, xlm in (("Auto_Open", 0), ("_xlnm.Auto_Open2", 0), ("a", 1)):
        book = listing(("Risks", "rId1")).replace("</workbook>", name.format(called, xlm))
        yield f"name {called}", workbook({"xl/workbook.xml": book + "</workbook>"})


def counts() -> Files:
    """Too many of something."""
    for kind in ("xf", "font", "cellStyle", "numFmt", "dxf"):
        styles = f'<styleSheet xmlns="{MAIN}">{f"<{kind}/>" * 80_000}</styleSheet>'
        yield f"80,000 {kind}", workbook({"xl/styles.xml": styles})
    names = '<definedName name="a">1</definedName>' * 150_000
    book = listing(("Risks", "rId1")).replace(
        "</workbook>", f"<definedNames>{names}</definedNames>"
    )
    yield "150,000 names", workbook({"xl/workbook.xml": book + "</workbook>"})
    for kind, attribute in {"dataValidation": "sqref", "hyperlink": "ref", "cfRule": "a"}.items():
        many = f'<{kind} {attribute}="A1"/>' * 80_000
        yield f"80,000 {kind}", with_rows(ROWS, after=many)
    tabs = [(f"S{i}", f"rId{i}") for i in range(1, 1_500)]
    yield "1,500 sheets", workbook({"xl/workbook.xml": listing(*tabs)})


def real() -> Files:
    """A controlled workbook with one part changed, emptied or left out."""
    blank = making.blank(profiles.load("council-5x5"))
    with zipfile.ZipFile(BytesIO(blank)) as archive:
        sound = {name: archive.read(name) for name in archive.namelist()}
    for name, data in sound.items():
        yield f"without {name}", _with(sound, {name: None})
        yield f"{name} of zeros", _with(sound, {name: bytes(len(data))})
        yield f"{name} cut", _with(sound, {name: data[: len(data) // 2]})
        if b"spreadsheetml/2006/main" in data:
            other = data.replace(b"spreadsheetml/2006/main", b"spreadsheetml/2007/main")
            yield f"{name} of another namespace", _with(sound, {name: other})
    risks = "xl/worksheets/sheet2.xml"
    entry = re.compile(rb'<c r="(B[5-9])"( s="[0-9]+")?[^>]*/>')
    for number in NUMBERS:
        cell = rb'<c r="\1"\2><v>' + number.encode() + rb"</v></c>"
        yield f"number {number[:9]!a}", _with(sound, {risks: entry.sub(cell, sound[risks])})


def _with(sound: dict[str, bytes], changes: dict[str, bytes | None]) -> bytes:
    changed = {**sound, **changes}
    return packed((name, data) for name, data in changed.items() if data is not None)
