"""What a refresh changes in a file, and everything that it leaves as it was, to the byte."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from riskbook import app
from riskbook.core.grid import letters
from riskbook.core.layout import FIRST_ROW
from riskbook.core.profile import Profile, Table
from riskbook.edge import gate
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import changed_facts, made
from riskbook.edge.xlsx.charts import charts_on
from tests.spec.office import (
    NEEDED,
    cells,
    complaints,
    packed,
    part_of,
    place,
    retyped,
    risk_cell,
    saved_by_office,
    without_cells,
)
from tests.support import JUDGE

SAMPLES = ("blackpool-2021", "dacorum-2021", "dacorum-2017")
OWN = (
    *("summary", "heat_map", "breakdown", "checks"),
    *("weighting", "actions_due", "risk_pages"),
)


def profile_of(name: str) -> Profile:
    return profiles.load(registers.load(name)["profile"])


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    """The samples as `riskbook new` makes them."""
    return {name: made(profile_of(name), registers.load(name))[0].data for name in SAMPLES}


def refreshed(data: bytes, profile: Profile, as_at: date | None = None) -> bytes:
    book = FileBook(data, "book.xlsx")
    app.refresh(book, profile, as_at, JUDGE)
    return book.data


def lower_nett(data: bytes, profile: Profile) -> bytes:
    """The workbook after an officer types 1 as the first risk's nett likelihood."""
    return retyped(data, "Risks", {risk_cell(profile, FIRST_ROW, "nett_likelihood"): 1})


def written(data: bytes, profile: Profile) -> set[str]:
    """The parts that a refresh may change: own sheets and charts, the risks sheet, the styles."""
    sheets = [profile.sheets[role] for role in OWN if role in profile.sheets]
    book = FileBook(data, "book")
    own = {part for sheet in sheets for part in charts_on(book.package, book.workbook, sheet)}
    return {part_of(data, sheet) for sheet in [*sheets, "Risks"]} | own | {"xl/styles.xml"}


# --- to the byte -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_a_workbook_fresh_from_the_maker_has_nothing_to_refresh(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    assert refreshed(workbooks[name], profile_of(name)) == workbooks[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_refreshing_twice_is_refreshing_once(name: str, workbooks: Mapping[str, bytes]) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    once = refreshed(typed, profile)
    assert once != typed
    assert refreshed(once, profile) == once


def entries(data: bytes, table: Table) -> dict[str, bytes]:
    """Every cell of the entry columns below the headings, as XML."""
    part = FileBook(data, "book").package.part(part_of(data, table.sheet))
    columns = {letters(n) for n, column in enumerate(table.columns, 1) if column.entered}
    found = cells(part)
    return {at: cell for at, cell in found.items() if at.rstrip("0123456789") in columns}


@pytest.mark.parametrize("name", SAMPLES)
def test_entry_cells_are_the_same_xml_before_and_after(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    after = refreshed(typed, profile, date(2023, 1, 1))
    for table in profile.tables:
        before = entries(typed, table)
        entered = sum(1 for column in table.columns if column.entered)
        assert len(before) > entered * 100  # the entries and the spare rows
        assert entries(after, table) == before


@pytest.mark.parametrize("name", SAMPLES)
def test_a_refresh_changes_own_sheets_and_computed_cells_and_nothing_else(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    before, after = packed(typed), packed(refreshed(typed, profile, date(2023, 1, 1)))
    assert list(after) == list(before)
    changed = {part for part in before if after[part] != before[part]}
    assert part_of(typed, "Risks") in changed
    assert part_of(typed, "Summary") in changed
    assert changed <= written(typed, profile)


@pytest.mark.parametrize("name", SAMPLES)
def test_in_the_risks_sheet_only_results_of_formulas_change(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    after = refreshed(typed, profile)
    old, new = (FileBook(d, "b").package.part(part_of(d, "Risks")) for d in (typed, after))
    assert without_cells(new) == without_cells(old)
    before, now = cells(old), cells(new)
    differing = [at for at in before if now[at] != before[at]]
    assert differing
    assert all(b"<f" in before[at] for at in differing)


# --- a workbook that officers have made their own ----------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
WORD = "application/vnd.openxmlformats-officedocument."
PERSON = "{AE6D4A4B-1111-4B5F-9C63-000000000001}"
THREAD = "{AE6D4A4B-2222-4B5F-9C63-000000000002}"
ITEM = "{AE6D4A4B-3333-4B5F-9C63-000000000003}"

ADDED: Mapping[str, str | bytes] = {
    "xl/worksheets/sheet20.xml": f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Mine &amp; ours</t></is></c></row>'
    '<row r="2"><c r="A2"><f>SUM(Risks!A5:A9)</f><v>0</v></c></row></sheetData>'
    '<pageSetup r:id="rId1"/></worksheet>',
    "xl/worksheets/_rels/sheet20.xml.rels": "printerSettings "
    "../printerSettings/printerSettings1.bin",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 3,
    "xl/threadedComments/threadedComment1.xml": f'{XML}<ThreadedComments xmlns="{THREADED}">'
    f'<threadedComment ref="B5" dT="2021-10-31T10:00:00.00" personId="{PERSON}" id="{THREAD}">'
    "<text>Ask the director</text></threadedComment></ThreadedComments>",
    "xl/persons/person.xml": f'{XML}<personList xmlns="{THREADED}"><person '
    f'displayName="Ann Officer" id="{PERSON}" userId="ann" providerId="None"/></personList>',
    "customXml/item1.xml": '<label xmlns="urn:anytown">OFFICIAL \u2013 sensitive</label>',
    "customXml/itemProps1.xml": f'{XML}<ds:datastoreItem ds:itemID="{ITEM}" xmlns:ds='
    f'"{OFFICE.replace("relationships", "customXml")}"/>',
    "customXml/_rels/item1.xml.rels": "customXmlProps itemProps1.xml",
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016),
}
HAS_MACROS = ["cellrune: 1 diagnostics"]  # it names the macros of any .xlsm, and only them
TYPES = {
    "/xl/worksheets/sheet20.xml": WORD + "spreadsheetml.worksheet+xml",
    "/xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "/xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "/xl/printerSettings/printerSettings1.bin": WORD + "spreadsheetml.printerSettings",
    "/customXml/itemProps1.xml": WORD + "customXmlProperties+xml",
    "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "/xl/charts/chart9.xml": WORD + "drawingml.chart+xml",
    "/xl/comments1.xml": WORD + "spreadsheetml.comments+xml",
}
CHART_PARTS = {  # name here -> name in the workbook that they come from
    "xl/charts/chart9.xml": "xl/charts/chart1.xml",
    "xl/media/image1.png": "xl/media/image1.png",
    "xl/comments1.xml": "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml": "xl/drawings/vmlDrawing1.vml",
}
ANCHORS = re.compile("<xdr:twoCellAnchor.*</xdr:twoCellAnchor>")


def relations(*told: str) -> str:
    """``printerSettings ../a.bin`` as a relationships part, numbered from rId1."""
    links = {f"rId{n}": tuple(line.split()) for n, line in enumerate(told, 1)}
    each = linked({key: (f"{OFFICE}/{kind}", target) for key, (kind, target) in links.items()})
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def picture() -> bytes:
    """A PNG of one red point."""
    chunks = [(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def donor() -> tuple[dict[str, bytes], str]:
    """A chart, a picture and a comment, from a workbook that XlsxWriter makes; their anchors."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    summary, risks = book.add_worksheet("Summary"), book.add_worksheet("Risks")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Summary!$C$11:$C$13"})  # as riskbook's own charts do
    summary.insert_chart("K2", chart)
    summary.insert_image("K20", "dot.png", {"image_data": io.BytesIO(picture())})
    risks.write_comment("B5", "Ask the director")
    book.close()
    with zipfile.ZipFile(stream) as file:
        anchors = ANCHORS.search(file.read("xl/drawings/drawing1.xml").decode())
        assert anchors is not None
        return {name: file.read(old) for name, old in CHART_PARTS.items()}, anchors[0]


def before(part: str, mark: str, added: str) -> str:
    assert part.count(mark) == 1
    return part.replace(mark, added + mark)


def decorated(data: bytes) -> bytes:
    """A workbook with all that people add to workbooks, macros included."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    summary, risks = part_of(data, "Summary"), part_of(data, "Risks")

    def changed(name: str, mark: str, added: str) -> None:
        text = parts[name]
        parts[name] = before(text.decode() if isinstance(text, bytes) else text, mark, added)

    given, anchors = donor()
    parts |= given | dict(ADDED)
    for name in ("xl/worksheets/_rels/sheet20.xml.rels", "customXml/_rels/item1.xml.rels"):
        parts[name] = relations(str(ADDED[name]))
    folder = "xl/worksheets/_rels/"
    book = FileBook(data, "book").workbook
    (drawing,) = book.related(summary, "drawing").values()
    anchors = re.sub(r'(id|embed)="(rId)?([0-9])"', r'\1="\g<2>9\3"', anchors)
    changed(drawing, "</xdr:wsDr>", anchors)
    links = {"rId91": (f"{OFFICE}/image", "../media/image1.png")}
    links["rId92"] = (f"{OFFICE}/chart", "../charts/chart9.xml")
    changed(f"xl/drawings/_rels/{Path(drawing).name}.rels", "</Relationships>", linked(links))
    changed(risks, "<tableParts", '<legacyDrawing r:id="rId91"/>')
    links = {"rId91": (f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml")}
    links["rId92"] = (f"{OFFICE}/comments", "../comments1.xml")
    threads = "../threadedComments/threadedComment1.xml"
    links["rId93"] = (f"{MICROSOFT}/2017/10/relationships/threadedComment", threads)
    changed(folder + Path(risks).name + ".rels", "</Relationships>", linked(links))
    links = {"rId91": (f"{OFFICE}/worksheet", "worksheets/sheet20.xml")}
    links["rId92"] = (f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml")
    links["rId93"] = (f"{OFFICE}/customXml", "../customXml/item1.xml")
    links["rId94"] = (f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin")
    changed("xl/_rels/workbook.xml.rels", "</Relationships>", linked(links))
    changed("xl/workbook.xml", "</sheets>", '<sheet name="Mine" sheetId="20" r:id="rId91"/>')
    added = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in TYPES.items())
    added += '<Default Extension="png" ContentType="image/png"/>'
    added += f'<Default Extension="vml" ContentType="{WORD}vmlDrawing"/>'
    changed("[Content_Types].xml", "</Types>", added)
    types = str(parts["[Content_Types].xml"])
    plain = WORD + "spreadsheetml.sheet.main+xml"
    assert types.count(plain) == 1
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = types.replace(plain, macros)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name, (2021, 10, 31, 9, 0, 0)), content, kind)
    return out.getvalue()


def linked(links: Mapping[str, tuple[str, str]]) -> str:
    return "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, (kind, target) in links.items()
    )


@pytest.fixture(scope="module")
def busy(workbooks: Mapping[str, bytes]) -> bytes:
    """A sample with a chart, a picture, comments, a sheet, macros and more in it."""
    return decorated(workbooks["blackpool-2021"])


def test_a_workbook_full_of_other_things_passes_the_door(busy: bytes, tmp_path: Path) -> None:
    gate.admit(busy, "register.xlsm")
    assert complaints(busy, tmp_path, "register.xlsm") == HAS_MACROS
    book = openpyxl.load_workbook(io.BytesIO(busy))
    assert book.sheetnames[-1] == "Mine"
    assert len(book["Summary"]._charts) == 3
    assert book["Risks"]["B5"].comment.text == "Ask the director"


def test_what_others_added_to_a_workbook_stays_to_the_byte(busy: bytes, tmp_path: Path) -> None:
    profile = profile_of("blackpool-2021")
    typed = lower_nett(busy, profile)
    after = refreshed(typed, profile, date(2023, 1, 1))
    old, new = packed(typed), packed(after)
    assert {*ADDED, *CHART_PARTS} <= set(old)
    assert list(new) == list(old)
    changed = {name for name in old if new[name] != old[name]}
    assert {part_of(typed, "Risks"), part_of(typed, "Summary")} <= changed
    assert changed <= written(typed, profile)
    assert "xl/charts/chart9.xml" not in written(typed, profile)
    assert len([name for name in changed if name.startswith("xl/charts/")]) == 2
    gate.admit(after, "register.xlsm")
    assert complaints(after, tmp_path, "register.xlsm") == HAS_MACROS


def test_the_sheets_that_are_written_still_point_at_chart_and_comments(busy: bytes) -> None:
    after = refreshed(busy, profile_of("blackpool-2021"), date(2023, 1, 1))
    package = FileBook(after, "b").package
    assert package.part(part_of(after, "Summary")).count(b'<drawing r:id="rId1"/>') == 1
    assert package.part(part_of(after, "Risks")).count(b'<legacyDrawing r:id="rId91"/>') == 1


# --- saved by LibreOffice ----------------------------------------------------------------


@pytest.fixture(scope="module")
def by_libreoffice(
    workbooks: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    return saved_by_office(workbooks, tmp_path_factory.mktemp("saved"))


@NEEDED
@pytest.mark.office
@pytest.mark.parametrize("name", SAMPLES)
def test_a_workbook_saved_by_libreoffice_has_the_findings_that_it_had(
    name: str, workbooks: Mapping[str, bytes], by_libreoffice: Mapping[str, bytes]
) -> None:
    profile, data = profile_of(name), by_libreoffice[name]
    gate.admit(data, "saved.xlsx")
    ours, theirs = (
        [found.line() for found in app.check(FileBook(d, "b"), profile, None, JUDGE).findings]
        for d in (workbooks[name], data)
    )
    assert theirs == ours
    assert list(changed_facts(FileBook(data, "b"), profile)) == []


@NEEDED
@pytest.mark.office
@pytest.mark.parametrize("name", SAMPLES)
def test_a_workbook_saved_by_libreoffice_is_refreshed_like_any_other(
    name: str, by_libreoffice: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(by_libreoffice[name], profile)
    book = FileBook(typed, "saved.xlsx")
    outcome = app.refresh(book, profile, date(2023, 1, 1), JUDGE)
    formulas = [column for column in profile.risks.columns if not column.entered]
    assert len(app.computed(outcome)) == len(formulas) * (len(outcome.reading.register.risks) + 100)
    assert values(book.data, "Summary") != values(typed, "Summary")
    assert "as at 1 January 2023" in str(values(book.data, "Checks")[1])
    after = app.check(FileBook(book.data, "b"), profile, date(2023, 1, 1), JUDGE)
    assert [found.code for found in after.findings if found.code == "RB306"] == []
    assert refreshed(book.data, profile, date(2023, 1, 1)) == book.data
    for table in profile.tables:
        assert entries(book.data, table) == entries(typed, table)


def values(data: bytes, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return list(book[sheet].iter_rows(values_only=True))


# --- one entry changed on disk -----------------------------------------------------------


def test_one_entry_changed_on_disk_changes_the_overall_score(
    tmp_path: Path, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of("blackpool-2021")
    cell = risk_cell(profile, FIRST_ROW, "nett_likelihood")
    overall = (FIRST_ROW, place(profile, "nett_overall"))
    assert result(workbooks["blackpool-2021"], *overall) == 18.5
    assert total(workbooks["blackpool-2021"]) == ("Total", 18.5)
    typed = retyped(workbooks["blackpool-2021"], "Risks", {cell: 3})
    path = tmp_path / "register.xlsx"
    path.write_bytes(typed)

    book = FileBook.open(path)
    stale = app.check(book, profile, None, JUDGE)
    assert "RB306" in [found.code for found in stale.findings]
    app.refresh(book, profile, None, JUDGE)

    # 40 % of 3 x 5, 15 % of 15 twice, 30 % of 20: 6 + 2.25 + 2.25 + 6
    assert result(path.read_bytes(), *overall) == 16.5
    assert total(path.read_bytes()) == ("Total", 16.5)
    assert book.backup is not None
    assert book.backup.read_bytes() == typed
    day = book.backup.stem.removeprefix("register ")
    assert datetime.strptime(day, "%Y-%m-%d %H%M%S") <= datetime.now()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["register.xlsx"]


def result(data: bytes, row: int, column: int) -> object:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return book["Risks"].cell(row, column).value


def total(data: bytes) -> tuple[object, object]:
    """The last row of the table on Weighting: its label and its nett contribution."""
    (line,) = [row for row in values(data, "Weighting") if row[0] == "Total"]
    return line[0], [value for value in line if value is not None][-1]


def test_a_refresh_that_changes_nothing_leaves_no_backup(
    tmp_path: Path, workbooks: Mapping[str, bytes]
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(workbooks["blackpool-2021"])
    book = FileBook.open(path)
    app.refresh(book, profile_of("blackpool-2021"), None, JUDGE)
    assert book.backup is None
    assert [file.name for file in tmp_path.iterdir()] == ["register.xlsx"]
