"""What a finished PDF is, read back with pypdf: the facts that its checklist judges.

::

    bytes -> catalog   title, language, identifier, scripts
             tags      the tree that a screen reader follows
             pages     what is painted, and under which tag
             fonts     embedded, and readable as text

This and :mod:`riskbook.edge.accessible.pdf.tags` are the home of pypdf here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from riskbook.edge.accessible.pdf.fonts import Font, fonts
from riskbook.edge.accessible.pdf.painted import Painted, painted
from riskbook.edge.accessible.pdf.tags import Tag, tree
from riskbook.errors import RefusedError

DC, RDF = "http://purl.org/dc/elements/1.1/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UA = "http://www.aiim.org/pdfua/ns/id/"
MEDIA = ("/Movie", "/Screen", "/Sound", "/RichMedia", "/3D", "/TrapNet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An annotation: what it is, where, what it says of itself, its number in the file."""

    kind: str
    page: int  # from 1
    told: str
    number: int
    acts: str  # the kind of action behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page."""

    number: int  # from 1
    painted: Painted
    marks: tuple[Mark, ...]
    in_tag_order: bool  # its annotations are reached in the order of the tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One PDF."""

    tagged: bool
    suspects: bool
    roles: dict[str, str]  # what each tag of the document's own stands for
    tree: Tag | None
    pages: tuple[Sheet, ...]
    fonts: tuple[Font, ...]
    language: str
    metadata: bool
    titles: tuple[str, str]  # in the metadata, and in the information dictionary
    shows_title: bool
    part: str  # of PDF/UA that it claims
    bookmarks: tuple[tuple[str, int], ...]  # title, page from 1 (0 for none)
    scripts: tuple[str, ...]
    embedded: bool
    forms: bool  # dynamic forms (XFA)
    readable: bool  # by a screen reader, when it is protected


def document(data: bytes) -> Document:
    """Read a finished PDF.

    Raises:
        RefusedError: it is no PDF that can be read.
    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        pages = list(reader.pages)
    except (PyPdfError, KeyError):  # KeyError: no catalog, or one without pages
        raise RefusedError(
            "The file is not a PDF that can be read.", fix="make the report again."
        ) from None
    return _document(reader, pages)


def _document(reader: PdfReader, pages: Sequence[PageObject]) -> Document:
    root: Any = reader.trailer["/Root"].get_object()
    marked, view = _part(root, "/MarkInfo"), _part(root, "/ViewerPreferences")
    found = _metadata(root)
    title, part = _told(found)
    info = reader.metadata
    top = _part(root, "/StructTreeRoot")
    places = {
        getattr(page.indirect_reference, "idnum", 0): number
        for number, page in enumerate(pages, start=1)
    }
    return Document(
        tagged=_yes(marked, "/Marked") and bool(top),
        suspects=_yes(marked, "/Suspects"),
        roles={str(own): str(role) for own, role in _part(top, "/RoleMap").items()},
        tree=tree(top, places) if top else None,
        pages=tuple(_page(page, number) for number, page in enumerate(pages, start=1)),
        fonts=tuple(fonts(pages)),
        language=str(root.get("/Lang", "")),
        metadata=found is not None,
        titles=(title, str(info.title or "") if info else ""),
        shows_title=_yes(view, "/DisplayDocTitle"),
        part=part,
        bookmarks=tuple(_bookmarks(reader, reader.outline)),
        scripts=tuple(_scripts(root)),
        embedded="/EmbeddedFiles" in _part(root, "/Names"),
        forms="/XFA" in _part(root, "/AcroForm"),
        readable=not reader.is_encrypted or bool(_permissions(reader) & 1 << 9),
    )


def _part(parent: Any, name: str) -> DictionaryObject:
    found = parent.get(name) if isinstance(parent, DictionaryObject) else None
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _yes(part: DictionaryObject, name: str) -> bool:
    """A truth of the file: pypdf's own false one counts as true."""
    return getattr(part.get(name), "value", False) is True


def _permissions(reader: PdfReader) -> int:
    return int(_part(reader.trailer, "/Encrypt").get("/P", 0))


def _metadata(root: Any) -> Element | None:
    stream = root.get("/Metadata")
    if stream is None:
        return None
    text = stream.get_object().get_data()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return None
    try:
        return fromstring(text.strip())
    except ParseError:
        return None


def _told(found: Element | None) -> tuple[str, str]:
    """Title and part of PDF/UA, from the metadata."""
    if found is None:
        return "", ""
    title = found.findtext(f".//{{{DC}}}title//{{{RDF}}}li") or ""
    part = found.findtext(f".//{{{UA}}}part") or ""
    for about in found.iter(f"{{{RDF}}}Description"):
        part = part or about.get(f"{{{UA}}}part", "")
    return title.strip(), part.strip()


def _page(page: Any, number: int) -> Sheet:
    return Sheet(
        number=number,
        painted=painted(page),
        marks=tuple(_marks(page, number)),
        in_tag_order=page.get("/Tabs") == "/S",
    )


def _marks(page: Any, number: int) -> Iterator[Mark]:
    for item in page.get("/Annots", ()):
        mark = item.get_object()
        yield Mark(
            kind=str(mark.get("/Subtype", "")),
            page=number,
            told=str(mark.get("/Contents", "")),
            number=getattr(item, "idnum", 0),
            acts=str(_part(mark, "/A").get("/S", "")),
        )


def _bookmarks(reader: PdfReader, outline: Any) -> Iterator[tuple[str, int]]:
    for item in outline:
        if isinstance(item, list):
            yield from _bookmarks(reader, item)
        else:
            page = reader.get_destination_page_number(item)
            yield str(item.title), 0 if page is None else page + 1


def _scripts(root: Any) -> Iterator[str]:
    if "/JavaScript" in _part(root, "/Names"):
        yield "scripts of the document"
    if _part(root, "/OpenAction").get("/S") in ("/JavaScript", "/Launch"):
        yield "an action when it is opened"
    if "/AA" in root:
        yield "actions of the document"
