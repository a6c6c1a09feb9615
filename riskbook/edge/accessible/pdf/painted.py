"""What a page paints, and whether each piece of it is tagged or said to be decoration."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pypdf.generic import ContentStream

PAINTING = frozenset(
    (
        *(b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"),
        *(b"sh", b"Do", b"INLINE IMAGE"),
    )
)
ARTIFACT = "/Artifact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A page's pieces of content."""

    untagged: int  # painted outside any tag
    decoration_in_content: int
    content_in_decoration: int
    pieces: tuple[int, ...]  # the numbers of its tagged pieces, in the order of painting


def painted(page: Any) -> Painted:
    """Follow the content of one page."""
    open_marks: list[str] = []  # "decoration", "content" or "other", innermost last
    counts: Counter[str] = Counter()
    pieces: list[int] = []
    contents = page.get_contents()
    operations = contents.operations if isinstance(contents, ContentStream) else []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            piece = _piece(page, operands)
            kind = "decoration" if operands[0] == ARTIFACT else "content"
            kind = kind if kind == "decoration" or piece is not None else "other"
            if kind == "decoration" and "content" in open_marks:
                counts["decoration in content"] += 1
            if kind == "content" and "decoration" in open_marks:
                counts["content in decoration"] += 1
            if piece is not None and kind == "content":
                pieces.append(piece)
            open_marks.append(kind)
        elif operator == b"EMC" and open_marks:
            open_marks.pop()
        elif operator in PAINTING and not {"decoration", "content"} & set(open_marks):
            counts["untagged"] += 1
    return Painted(
        untagged=counts["untagged"],
        decoration_in_content=counts["decoration in content"],
        content_in_decoration=counts["content in decoration"],
        pieces=tuple(pieces),
    )


def _piece(page: Any, operands: Any) -> int | None:
    """The number by which the tree of tags names a piece."""
    if len(operands) < 2:
        return None
    told = operands[1]
    if isinstance(told, str):  # the name of a property list
        resources = page.get("/Resources", {}).get_object()
        lists = resources.get("/Properties", {})
        told = lists.get_object().get(told, {}).get_object() if lists else {}
    number = told.get("/MCID") if hasattr(told, "get") else None
    return None if number is None else int(number)
