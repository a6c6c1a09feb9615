"""The checklist of the PDF report: each line passes, and each can fail.

One finished report is spoilt in one place after the other with pypdf's writer, as another
program might spoil it; the line that is for this fault must find it and say where.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from riskbook.edge import accessible
from riskbook.edge.accessible.lines import Line, sentence
from riskbook.edge.accessible.pdf import RULES, painted
from riskbook.edge.accessible.pdf.structure import irregular, nested, notes
from riskbook.edge.accessible.pdf.tags import Tag, role_of
from riskbook.edge.paper import pdf
from riskbook.errors import RefusedError
from tests.support import looked, sample

FOR_A_PERSON = ("01.4", "04", "13.2", "14.2")
NAMES = ("blackpool-2021", "dacorum-2017", "dacorum-2021")

Spoil = Callable[[PdfWriter], None]


@pytest.fixture(scope="module")
def good() -> bytes:
    """The report of one risk."""
    document = sample("dacorum-2021")
    document["risks"] = document["risks"][:1]
    return pdf.render(looked(document))


def spoilt(data: bytes, spoil: Spoil) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    spoil(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def line(data: bytes, number: str) -> Line:
    return next(each for each in accessible.pdf_checklist(data) if each.number == number)


def root(writer: PdfWriter) -> Any:
    return writer.root_object


def tags(writer: PdfWriter, *kinds: str) -> Iterator[Any]:
    """The elements of some kinds, in the order of the file."""
    for item in writer._objects:
        if isinstance(item, DictionaryObject) and item.get("/S") in kinds and "/P" in item:
            yield item


def fonts(writer: PdfWriter) -> Iterator[Any]:
    for item in writer._objects:
        if isinstance(item, DictionaryObject) and item.get("/Type") == "/Font":
            yield item


def painting(extra: bytes, page: int = 0) -> Spoil:
    """More content at the end of a page."""

    def spoil(writer: PdfWriter) -> None:
        content = DecodedStreamObject()
        old = writer.pages[page].get_contents()
        content.set_data((old.get_data() if old else b"") + b"\n" + extra)
        writer.pages[page][NameObject("/Contents")] = writer._add_object(content)

    return spoil


def without(name: str) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        del root(writer)[name]

    return spoil


def setting(part: str, name: str, value: Any) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        root(writer)[part].get_object()[NameObject(name)] = value

    return spoil


def metadata(old: bytes, new: bytes) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        text = root(writer)["/Metadata"].get_object().get_data()
        assert old in text
        stream = DecodedStreamObject()
        stream.set_data(text.replace(old, new))
        root(writer)[NameObject("/Metadata")] = writer._add_object(stream)

    return spoil


def becoming(kind: str, other: str) -> Spoil:
    """The first element of a kind as one of another."""

    def spoil(writer: PdfWriter) -> None:
        next(tags(writer, kind))[NameObject("/S")] = NameObject(other)

    return spoil


def every(kind: str, other: str) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        for tag in list(tags(writer, kind)):
            tag[NameObject("/S")] = NameObject(other)

    return spoil


def bare(kind: str, *names: str) -> Spoil:
    """Elements of a kind without some of what they say."""

    def spoil(writer: PdfWriter) -> None:
        for tag in list(tags(writer, kind)):
            for name in names:
                tag.pop(name, None)

    return spoil


def added(kind: str) -> Spoil:
    """An empty element at the end of the tree."""

    def spoil(writer: PdfWriter) -> None:
        top = next(tags(writer, "/Document"))
        tag = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/P"): top})
        top["/K"].get_object().append(writer._add_object(tag))

    return spoil


def annotation(kind: str, **more: Any) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        told = {NameObject("/Subtype"): NameObject(kind)}
        told |= {NameObject(f"/{name}"): value for name, value in more.items()}
        page = writer.pages[0]
        marks = page.get("/Annots", ArrayObject()).get_object()
        page[NameObject("/Annots")] = ArrayObject(
            [*marks, writer._add_object(DictionaryObject(told))]
        )

    return spoil


def no_tabs(writer: PdfWriter) -> None:
    annotation("/Text")(writer)
    del writer.pages[0]["/Tabs"]


def font_without(name: str) -> Spoil:
    def spoil(writer: PdfWriter) -> None:
        for font in fonts(writer):
            if name in font:
                del font[name]

    return spoil


def not_embedded(writer: PdfWriter) -> None:
    for item in writer._objects:
        if isinstance(item, DictionaryObject) and item.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                item.pop(name, None)


def no_letter(writer: PdfWriter) -> None:
    table = DecodedStreamObject()
    table.set_data(b"1 beginbfchar <0001> <FFFE> endbfchar")
    next(font for font in fonts(writer) if "/ToUnicode" in font)[NameObject("/ToUnicode")] = (
        writer._add_object(table)
    )


def shut(writer: PdfWriter) -> None:
    writer.encrypt("", "owner", permissions_flag=0xFFFFF0C0 & ~(1 << 9), algorithm="RC4-128")


def scripted(writer: PdfWriter) -> None:
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    root(writer)[NameObject("/Names")] = names


def roles(own: str, role: str) -> Spoil:
    return lambda writer: root(writer)["/StructTreeRoot"]["/RoleMap"].__setitem__(
        NameObject(own), NameObject(role)
    )


def setting_root(name: str, value: Any) -> Spoil:
    return lambda writer: root(writer).__setitem__(NameObject(name), value)


def silent_link(writer: PdfWriter) -> None:
    """A link in its tag that says nothing."""
    added("/Link")(writer)
    annotation("/Link")(writer)
    reference = writer.pages[0]["/Annots"][-1]
    mark = {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): reference}
    *_, last = tags(writer, "/Link")
    last[NameObject("/K")] = ArrayObject([DictionaryObject(mark)])


ACTION = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
XFA = DictionaryObject({NameObject("/XFA"): ArrayObject()})
FAULTS: list[tuple[str, Spoil, str]] = [
    ("01.1", setting("/MarkInfo", "/Marked", BooleanObject(False)), "has no tags"),
    ("01.1", without("/StructTreeRoot"), "has no tags"),
    ("01.1", setting("/MarkInfo", "/Suspects", BooleanObject(True)), "doubtful"),
    ("01.2", painting(b"0 0 1 1 re f"), "page 1: 1 of neither tagged nor marked as decoration"),
    ("01.2", painting(b"/P <</MCID 901>> BDC /Artifact BMC EMC EMC"), "decoration inside tagged"),
    ("01.2", painting(b"/Artifact BMC /P <</MCID 901>> BDC EMC EMC"), "content inside decoration"),
    ("01.3", painting(b"/P <</MCID 901>> BDC EMC"), "page 1: piece 901 is in the tree of tags 0"),
    ("02", roles("/Own", "/Nothing"), "the tag Own stands for no standard one"),
    ("02", roles("/P", "/H1"), "the standard tag P is made to mean another one"),
    ("02", becoming("/P", "/Odd"), "there is a tag Odd that is not explained"),
    ("06.1", without("/Metadata"), "has no metadata"),
    ("06.1", metadata(b"</x:xmpmeta>", b"</x:other>"), "has no metadata that can be read"),
    ("06.1", metadata(b"<rdf:RDF ", b"<!DOCTYPE x><rdf:RDF "), "has no metadata that can be read"),
    ("06.1", metadata(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"), "do not say PDF/UA-1"),
    ("06.2", metadata(b"Dacorum Borough Council", b"Another"), "and the information"),
    ("06.2", metadata(b"<dc:title>", b"<dc:rights>"), "hold no title"),
    (
        "07",
        setting("/ViewerPreferences", "/DisplayDocTitle", BooleanObject(False)),
        "name of the file",
    ),
    ("09", becoming("/TR", "/P"), "holds P"),
    ("09", becoming("/TH", "/LI"), "LI stands in TR"),
    ("10", font_without("/ToUnicode"), "are not mapped to Unicode"),
    ("10", no_letter, "maps a code to no letter"),
    ("11", without("/Lang"), "its language is ''"),
    ("13.1", bare("/Figure", "/Alt", "/ActualText"), "figure 1 has no alternative text"),
    ("14.1", becoming("/H1", "/H3"), "H3 is the first heading"),
    ("14.1", becoming("/H2", "/H4"), "H4 follows H1"),
    ("14.1", becoming("/H2", "/H"), "are mixed"),
    ("14.1", added("/H2"), "a heading H2 holds nothing"),
    ("15.1", every("/TH", "/TD"), "table 1 has no headings"),
    ("15.1", bare("/TH", "/A", "/ID"), "does not say for which cells"),
    (
        "15.2",
        lambda writer: next(tags(writer, "/TR"))["/K"].get_object().pop(),
        "table 1 has rows of",
    ),
    ("19", added("/Note"), "1 notes have no name"),
    ("25", scripted, "scripts of the document"),
    ("25", lambda writer: writer.add_attachment("a.txt", b"a"), "there are files in it"),
    ("25", setting_root("/OpenAction", ACTION), "an action when it is opened"),
    ("25", setting_root("/AA", DictionaryObject()), "actions of the document"),
    ("25", setting_root("/AcroForm", XFA), "it has a dynamic form"),
    ("25", annotation("/Link", A=ACTION), "page 1: an annotation starts a program"),
    ("26", shut, "protected against screen readers"),
    ("28.1", annotation("/Link"), "page 1: a link is not in a tag Link"),
    ("28.1", silent_link, "page 1: a link does not say where it leads"),
    ("28.2", no_tabs, "page 1: Tab does not follow"),
    ("28.3", annotation("/Text"), "page 1: an annotation Text says nothing"),
    ("28.3", annotation("/Movie"), "page 1: Movie"),
    ("31", not_embedded, "is not embedded"),
    ("riskbook 1", without("/Outlines"), "has no bookmarks"),
]


def test_every_line_passes_but_for_those_of_a_person(good: bytes) -> None:
    lines = accessible.pdf_checklist(good)
    assert [(each.number, each.where) for each in lines if each.passed is False] == []
    assert tuple(each.number for each in lines if each.passed is None) == FOR_A_PERSON
    assert sentence(lines) == "22 of 22 lines pass; 4 are for a person to judge"


@pytest.mark.parametrize("name", NAMES)
def test_the_report_of_each_sample_passes_every_line(name: str) -> None:
    lines = accessible.pdf_checklist(pdf.render(looked(sample(name))))
    assert [(each.number, each.where) for each in lines if each.passed is False] == []


@pytest.mark.parametrize(("number", "spoil", "told"), FAULTS)
def test_a_fault_is_found_by_its_line_which_says_where(
    good: bytes, number: str, spoil: Spoil, told: str
) -> None:
    found = line(spoilt(good, spoil), number)
    assert found.passed is False
    assert told in found.where
    assert found.fix.endswith(".")


def test_copying_alone_spoils_nothing(good: bytes) -> None:
    lines = accessible.pdf_checklist(spoilt(good, lambda writer: None))
    assert [(each.number, each.where) for each in lines if each.passed is False] == []


def test_a_piece_that_is_gone_from_its_page_is_missed(good: bytes) -> None:
    def emptied(writer: PdfWriter) -> None:
        content = DecodedStreamObject()
        content.set_data(b"")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(content)

    found = line(spoilt(good, emptied), "01.3")
    assert "page 1: the tree of tags names piece 0, which is not there" in found.where


def test_each_line_that_a_program_judges_was_made_to_fail() -> None:
    assert {rule.number for rule in RULES if rule.judge} == {number for number, *_ in FAULTS}


def test_a_pdf_that_nobody_tagged_fails(tmp_path: Any) -> None:
    plain = spoilt(typst.compile(b"= A heading\nA text."), lambda writer: root(writer).clear())
    with pytest.raises(RefusedError):
        accessible.pdf_checklist(plain)
    with pytest.raises(RefusedError):
        accessible.pdf_checklist(b"%PDF-1.7 nothing")
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    stream = BytesIO()
    writer.write(stream)
    failed = [
        each.number for each in accessible.pdf_checklist(stream.getvalue()) if not each.passed
    ]
    assert failed == ["01.1", "06.1", "06.2", "07", "14.1", "11", *FOR_A_PERSON]


def test_tokens_tell_of_a_page_what_pypdf_does(good: bytes) -> None:
    pages = PdfReader(BytesIO(good)).pages
    assert len(pages) > 2
    for page in pages:
        steps = list(painted._by_tokens(page.get_contents().get_data(), page))
        assert steps == list(painted._by_pypdf(page))
        assert len(steps) > 10


@pytest.mark.parametrize(
    ("content", "untagged"),
    [
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI", 1),  # a picture among the content
        (b"/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS /G ID f EI EMC", 0),
        (b"BT (S f (a (deep) one) ET) Tj ET", 1),  # words in a text are no painting
        (b"% S f\n/P <</MCID 0>> BDC 0 0 1 1 re f EMC S", 1),
        (b"0 0 1 1 re W n", 0),  # a clip paints nothing
    ],
)
def test_what_is_painted_is_counted(content: bytes, untagged: int) -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    painting(content)(writer)
    assert painted.painted(page).untagged == untagged


def tag(role: str, *children: Tag, **more: Any) -> Tag:
    return Tag(kind=role, role=role, children=children, attributes=more.get("attributes", {}))


def document(top: Tag) -> Any:
    return type("Found", (), {"tree": top})()


def cell(**attributes: int) -> Tag:
    return tag("/TD", attributes={f"/{name}": NumberObject(n) for name, n in attributes.items()})


def test_cells_that_reach_over_others_count_for_them() -> None:
    rows = (
        tag("/TR", cell(ColSpan=2), cell(RowSpan=2)),
        tag("/TR", cell(), cell()),
        tag("/TR", cell(ColSpan=3)),
    )
    assert list(irregular(document(tag("/Table", *rows)))) == []
    assert list(irregular(document(tag("/Table", *rows, tag("/TR", cell()))))) == [
        "table 1 has rows of 1, 3 cells"
    ]


def test_a_cell_stands_in_a_row_and_a_row_in_a_table() -> None:
    wrong = tag("/Document", tag("/TR", tag("/TH")), tag("/L", tag("/P")))
    assert list(nested(document(wrong))) == ["TR stands in Document", "L holds P"]


def test_notes_of_one_name_are_told(good: bytes) -> None:
    pair = tag("/Document", *(Tag(kind="/Note", role="/Note", name="n1") for _ in range(2)))
    assert list(notes(document(pair))) == ["2 notes have the name 'n1'"]


def test_a_chain_of_roles_ends_in_a_standard_tag_or_nowhere() -> None:
    assert role_of("/Title", {"/Title": "/Big", "/Big": "/P"}) == "/P"
    assert role_of("/A", {"/A": "/B", "/B": "/A"}) == ""
    assert role_of("/Span", {}) == "/Span"


def test_the_title_and_the_language_are_read_from_the_file(good: bytes) -> None:
    found = PdfReader(BytesIO(good))
    assert found.trailer["/Root"]["/Lang"] == TextStringObject("en-GB")
