"""PDF: what its pages show, what a screen reader says, and every string behind them.

::

    pages              text as it is laid out, page by page and running on
    structure          text in reading order: a cell that goes on over a page is one text
    objects            alternative texts, bookmarks, properties, notes, names
    streams            XMP, attachments, what annotations show
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from riskbook.edge.leaks.parts import Part, Reading, UnreadableError, named

Marked = dict[tuple[int, int], list[str]]  # (page object, MCID) -> the texts in it
# what a string is, by the key under which it stands
_CALLED = {
    "/Alt": "an alternative text",
    "/ActualText": "an alternative text",
    "/E": "an alternative text",
    "/Contents": "a note on a page",
    "/RC": "a note on a page",
    "/T": "a note or a field",
    "/V": "a field",
    "/TU": "a field",
    "/F": "the name of an attachment",
    "/UF": "the name of an attachment",
    "/Desc": "the description of an attachment",
    "/URI": "a link",
    "/Title": "a bookmark or the title",
}
_INFO = ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer")
_GROUPS = named(
    "/StructTreeRoot /Document /Part /Art /Sect /Div /NonStruct /Private",
    "/Table /THead /TBody /TFoot /TR /L /TOC",
)
_HYPHEN = re.compile(r"[-\u2010]\s*\n\s*")


def parts(data: bytes, place: str, depth: int, inside: Reading) -> Iterator[Part]:
    """Everything that a PDF holds; ``inside`` reads what is attached to it.

    Raises:
        UnreadableError: it cannot be read.
    """
    try:
        reader = PdfReader(BytesIO(data))
        yield from _shown(reader, place)
        strings: dict[str, dict[str, None]] = {}  # place -> its different strings
        for number in sorted({*_numbers(reader)}):
            found = reader.get_object(number)
            for called, text in _called(found):
                strings.setdefault(called, {})[text] = None
            if isinstance(found, StreamObject):
                yield from _stream(found, place, depth, inside)
        for called, texts in strings.items():
            yield Part(f"{place}, {called}", tuple(texts))
    except PyPdfError:
        raise UnreadableError(place) from None


def _shown(reader: PdfReader, place: str) -> Iterator[Part]:
    """The pages, one by one, all of them, and in reading order."""
    pages: list[str] = []
    marked: Marked = {}
    for number, page in enumerate(reader.pages, start=1):
        shown, behind = _page(page, marked)
        pages.append(shown)
        joined = _HYPHEN.sub("", shown)
        yield Part(f"{place}, page {number}", (*shown.splitlines(), shown))
        yield Part(f"{place}, page {number}", (joined, *behind))
    yield Part(f"{place}, its pages", ("\n".join(pages),))
    yield Part(f"{place}, its text in reading order", tuple(_told(reader, marked)))


def _page(page: PageObject, marked: Marked) -> tuple[str, list[str]]:
    """The text of a page and of its marked contents, and the strings in their marks."""
    behind: list[str] = []
    marks: list[int | None] = []
    own = page.indirect_reference.idnum if page.indirect_reference else 0

    def before(operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            told = operands[1] if operator == b"BDC" else None
            mark = told.get("/MCID") if isinstance(told, DictionaryObject) else None
            marks.append(mark if mark is not None else (marks[-1] if marks else None))
            behind.extend(text for _, text in _strings(told))
        elif operator == b"EMC" and marks:
            marks.pop()

    def text(shown: str, _cm: Any, _tm: Any, _font: Any, _size: Any) -> None:
        if marks and marks[-1] is not None:
            marked.setdefault((own, int(marks[-1])), []).append(shown)

    shown = page.extract_text(visitor_operand_before=before, visitor_text=text)
    return shown, behind


def _told(reader: PdfReader, marked: Marked) -> Iterator[str]:
    """The text of each cell, paragraph and heading, however many pages it goes over."""
    root = reader.root_object.get("/StructTreeRoot")
    if root is not None:
        for text in _blocks(root.get_object(), marked, 0):
            yield text
            if (joined := _HYPHEN.sub("", text)) != text:
                yield joined


def _blocks(element: Any, marked: Marked, page: int) -> Iterator[str]:
    if not isinstance(element, DictionaryObject):
        return
    page = _number(element.raw_get("/Pg")) if "/Pg" in element else page
    if element.get("/S", "/StructTreeRoot") not in _GROUPS:
        yield "".join(_texts(element, marked, page))
        return
    for kid in _kids(element):
        yield from _blocks(kid, marked, page)


def _texts(element: Any, marked: Marked, page: int) -> Iterator[str]:
    """The texts under one element, in order."""
    if isinstance(element, int):
        yield from marked.get((page, int(element)), ())
    elif isinstance(element, DictionaryObject):
        page = _number(element.raw_get("/Pg")) if "/Pg" in element else page
        mark = element.get("/MCID")
        if isinstance(mark, int):
            yield from marked.get((page, int(mark)), ())
        for kid in _kids(element):
            yield from _texts(kid, marked, page)


def _kids(element: DictionaryObject) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    each = kids if isinstance(kids, ArrayObject | list) else [kids]
    return [kid.get_object() if isinstance(kid, IndirectObject) else kid for kid in each]


def _number(reference: Any) -> int:
    return reference.idnum if isinstance(reference, IndirectObject) else 0


def _numbers(reader: PdfReader) -> Iterator[int]:
    """The number of every object, whether anything refers to it or not."""
    for offsets in reader.xref.values():
        yield from offsets
    yield from reader.xref_objStm


def _called(found: Any) -> Iterator[tuple[str, str]]:
    """The strings of one object with what they are."""
    info = isinstance(found, Mapping) and any(key in found for key in _INFO[1:])
    for key, text in _strings(found):
        called = _CALLED.get(key, "a text behind its pages")
        yield ("the properties of the document" if info and key in _INFO else called), text


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each string in a value with the key under which it stands; what it refers to is not in it."""
    match value:
        case TextStringObject():
            yield key, str(value)
        case ByteStringObject():
            yield key, bytes(value).decode("latin-1")
            yield key, bytes(value).decode("utf-16-be", "ignore")
        case DictionaryObject():
            for name in value:
                if not isinstance(item := value.raw_get(name), IndirectObject):
                    yield from _strings(item, str(name))
        case ArrayObject():
            for item in list.__iter__(value):
                if not isinstance(item, IndirectObject):
                    yield from _strings(item, key)
        case NameObject():
            if len(value) > 1:
                yield key, str(value)[1:]
        case _:
            pass


def _stream(found: StreamObject, place: str, depth: int, inside: Reading) -> Iterator[Part]:
    """What a stream holds, unless it is a picture or the glyphs of a font."""
    try:
        data = found.get_data()
    except (PyPdfError, NotImplementedError, ValueError):
        return  # raw bytes are searched too
    if found.get("/Subtype") == "/Form":
        yield Part(f"{place}, what a note or a picture shows", tuple(_drawn(found)))
    elif found.get("/Type") == "/EmbeddedFile":
        yield from inside(data, f"{place}, an attachment", depth + 1)
    elif found.get("/Type") == "/Metadata":
        yield from inside(data, f"{place}, the properties of the document", depth + 1)


def _drawn(form: StreamObject) -> Iterator[str]:
    """The strings that a form draws, run together."""
    shown: list[str] = []
    for operands, operator in ContentStream(form, None).operations:
        if operator in (b"Tj", b"TJ", b"'", b'"', b"BDC"):
            shown += [text for _, text in _strings(ArrayObject(operands))]
    yield "".join(shown)
