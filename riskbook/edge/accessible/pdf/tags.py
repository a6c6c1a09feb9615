"""The tree of tags of a PDF: headings, paragraphs, tables, figures, in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

STANDARD = frozenset(
    (
        *("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC"),
        *("/TOCI", "/Index", "/NonStruct", "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4"),
        *("/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead"),
        *("/TBody", "/TFoot", "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code"),
        *("/Link", "/Annot", "/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure"),
        *("/Formula", "/Form"),
    )
)  # ISO 32000-1, 14.8.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One element of the tree."""

    kind: str  # as the document has it
    role: str  # the standard tag that it stands for; empty where there is none
    alt: str = ""
    name: str = ""  # its own, by which others refer to it
    attributes: Mapping[str, Any] = field(default_factory=dict)
    children: tuple["Tag", ...] = ()
    pieces: tuple[tuple[int, int], ...] = ()  # (page from 1, number) of its own content
    marks: tuple[int, ...] = ()  # the numbers of annotations in it

    def walk(self) -> Iterator["Tag"]:
        """It and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list["Tag"]:
        """The tags of some roles below it and itself."""
        return [tag for tag in self.walk() if tag.role in roles]

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not any(tag.pieces or tag.marks for tag in self.walk())


def tree(root: Any, places: Mapping[int, int]) -> Tag:
    """The tree below its root; ``places`` are the pages from 1 by their number in the file."""
    roles = root.get("/RoleMap", {})
    known = {str(own): str(role) for own, role in dict(roles.get_object()).items()} if roles else {}
    children, _, _ = _below(root.get("/K"), 0, known, places)
    return Tag(kind="/StructTreeRoot", role="", children=tuple(children))


def role_of(kind: str, roles: Mapping[str, str]) -> str:
    """The standard tag that a tag stands for; empty where its chain ends nowhere."""
    seen: set[str] = set()
    while kind not in STANDARD and kind in roles and kind not in seen:
        seen.add(kind)
        kind = roles[kind]
    return kind if kind in STANDARD else ""


_Below = tuple[list[Tag], list[tuple[int, int]], list[int]]


def _below(kids: Any, page: int, roles: Mapping[str, str], places: Mapping[int, int]) -> _Below:
    """Tags, pieces of content and annotations among the kids of an element."""
    tags: list[Tag] = []
    pieces: list[tuple[int, int]] = []
    marks: list[int] = []
    kids = kids.get_object() if kids is not None else []
    for item in kids if isinstance(kids, list) else [kids]:
        kid = item.get_object()
        if isinstance(kid, int):
            pieces.append((page, int(kid)))
        elif kid.get("/Type") == "/MCR":
            pieces.append((_page(kid, page, places), int(kid["/MCID"])))
        elif kid.get("/Type") == "/OBJR":
            marks.append(getattr(kid.raw_get("/Obj"), "idnum", 0))
        else:
            tags.append(_tag(kid, page, roles, places))
    return tags, pieces, marks


def _page(element: Any, page: int, places: Mapping[int, int]) -> int:
    if "/Pg" not in element:
        return page
    return places.get(getattr(element.raw_get("/Pg"), "idnum", 0), page)


def _tag(element: Any, page: int, roles: Mapping[str, str], places: Mapping[int, int]) -> Tag:
    here, kind = _page(element, page, places), str(element.get("/S", ""))
    children, pieces, marks = _below(element.get("/K"), here, roles, places)
    return Tag(
        kind=kind,
        role=role_of(kind, roles),
        alt=str(element.get("/Alt", "") or element.get("/ActualText", "")).strip(),
        name=str(element.get("/ID", "")),
        attributes=_attributes(element.get("/A")),
        children=tuple(children),
        pieces=tuple(pieces),
        marks=tuple(marks),
    )


def _attributes(told: Any) -> dict[str, Any]:
    """The attributes of every owner together."""
    found: dict[str, Any] = {}
    told = told.get_object() if told is not None else []
    for item in told if isinstance(told, list) else [told]:
        part = item.get_object()
        if hasattr(part, "items"):
            found |= {str(key): value for key, value in part.items() if key != "/O"}
    return found
