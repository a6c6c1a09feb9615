"""What a PDF says of itself: tags, alternative texts, bookmarks, where its texts stand.

Read with pypdf, which has no part in making it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

BEGINS = re.compile(rb"/(\w+)\s*<<[^>]*?/MCID (\d+)[^>]*?>>\s*BDC")


@dataclass
class Element:
    """An element of the structure: what it is, and what is in it."""

    role: str
    alt: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    inside: list["Element"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for each in self.inside:
            yield from each.walk()

    def all(self, *roles: str) -> list["Element"]:
        return [each for each in self.walk() if each.role in roles]


def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def structure(found: PdfReader) -> Element:
    """The tree of tags."""
    root = found.trailer["/Root"]["/StructTreeRoot"]
    return Element("Root", inside=list(_inside(root)))


def _inside(node: DictionaryObject) -> Iterator[Element]:
    kids = node.get("/K", ArrayObject())
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield Element(kid["/S"][1:], kid.get("/Alt"), _attributes(kid), list(_inside(kid)))


def _attributes(node: DictionaryObject) -> dict[str, Any]:
    told = node.get("/A", ArrayObject())
    told = told.get_object() if isinstance(told, IndirectObject) else told
    found: dict[str, Any] = {}
    for each in told if isinstance(told, ArrayObject) else [told]:
        found |= {name[1:]: value for name, value in each.get_object().items()}
    return found


def bookmarks(found: PdfReader) -> list[tuple[int, str, int]]:
    """Level from 1, text and page from 1 of each bookmark, in order."""

    def walk(outline: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for each in outline:
            if isinstance(each, list):
                yield from walk(each, level + 1)
            else:
                number = found.get_destination_page_number(each)
                yield level, str(each.title), (number or 0) + 1

    return list(walk(found.outline, 1))


def last_role(found: PdfReader, page: PageObject) -> str:
    """The tag of the last thing on a page that is read out: ``P``, ``TD``, ``H2`` ..."""
    content = page.get_contents()
    assert content is not None
    marks = BEGINS.findall(content.get_data())
    return _role(found, page, int(marks[-1][1]))


def _role(found: PdfReader, page: PageObject, mark: int) -> str:
    numbers = found.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]
    element = _looked_up(numbers, page["/StructParents"])[mark].get_object()
    while element["/S"] in ("/Span", "/Lbl", "/LBody", "/Em", "/Strong"):
        element = element["/P"].get_object()
    return str(element["/S"])[1:]


def _looked_up(tree: Any, key: int) -> Any:
    tree = tree.get_object()
    if "/Nums" in tree:
        pairs = list(tree["/Nums"])
        found = dict(zip(pairs[::2], pairs[1::2], strict=True))
        return found[key].get_object()
    kids = (kid.get_object() for kid in tree["/Kids"])
    return _looked_up(next(k for k in kids if k["/Limits"][0] <= key <= k["/Limits"][1]), key)


def places(page: PageObject) -> list[tuple[float, float, str]]:
    """Where each text of a page begins, in points from its lower left corner."""
    found: list[tuple[float, float, str]] = []

    def seen(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((x, y, text))

    page.extract_text(visitor_text=seen)
    return found


def squeezed(text: str) -> str:
    """A text without what a line break may change: spaces, and unseen places to break."""
    return re.sub(r"[\s\u200b]", "", text)
