"""What a page paints, and whether each piece of it is tagged or said to be decoration.

A page's content is read by its tokens alone, as only marks and painting matter: pypdf makes
an object of every number, which takes ten times as long.  What the tokens cannot tell, a
picture among the content or brackets that do not close, is left to pypdf.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import ContentStream

PAINTING = frozenset(
    (
        *(b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"),
        *(b"sh", b"Do", b"INLINE IMAGE"),
    )
)
ARTIFACT = "/Artifact"
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"  # a text, with brackets in it
    rb"|%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+|.",
    re.DOTALL,
)
_NUMBER = re.compile(rb"/MCID\s+(\d+)")
_WORDS = (b"true", b"false", b"null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A page's pieces of content."""

    untagged: int  # painted outside any tag
    decoration_in_content: int
    content_in_decoration: int
    pieces: tuple[int, ...]  # the numbers of its tagged pieces, in the order of painting


Step = tuple[bytes, str, int | None]  # operator; for a mark that opens: its tag, its number


@dataclass
class _Following:
    """Which marks are open, innermost last: decoration, content or other."""

    open: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    pieces: list[int] = field(default_factory=list)

    def follow(self, steps: Iterable[Step]) -> None:
        for operator, tag, piece in steps:
            if operator in (b"BDC", b"BMC"):
                self._opened(tag, piece)
            elif operator == b"EMC":
                if self.open:
                    self.open.pop()
            elif not {"decoration", "content"} & set(self.open):
                self.counts["untagged"] += 1

    def _opened(self, tag: str, piece: int | None) -> None:
        decoration = tag == ARTIFACT
        kind = "decoration" if decoration else "other" if piece is None else "content"
        if decoration and "content" in self.open:
            self.counts["decoration in content"] += 1
        if kind == "content" and "decoration" in self.open:
            self.counts["content in decoration"] += 1
        if kind == "content" and piece is not None:
            self.pieces.append(piece)
        self.open.append(kind)


def painted(page: Any) -> Painted:
    """Follow the content of one page."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    found = _Following()
    steps = list(_by_tokens(data, page))
    if steps and steps[-1][0] == b"":
        steps = list(_by_pypdf(page))
    found.follow(steps)
    return Painted(
        untagged=found.counts["untagged"],
        decoration_in_content=found.counts["decoration in content"],
        content_in_decoration=found.counts["content in decoration"],
        pieces=tuple(found.pieces),
    )


def _by_tokens(data: bytes, page: Any) -> Iterator[Step]:
    """The steps of a page; an empty operator at the end says that tokens are not enough."""
    told: list[bytes] = []
    for found in _TOKEN.finditer(data):
        token = found[0]
        if token in (b"(", b")", b"BI"):
            yield b"", "", None
            return
        if not (token[:1].isalpha() or token in (b"'", b'"')) or token in _WORDS:
            if not token.isspace():
                told.append(token)
            continue
        if token in (b"BDC", b"BMC"):
            yield _mark(token, told, page)
        elif token == b"EMC" or token in PAINTING:
            yield token, "", None
        told.clear()


def _mark(operator: bytes, told: list[bytes], page: Any) -> Step:
    tag = told[0].decode("latin-1") if told else ""
    if number := _NUMBER.search(b" ".join(told[1:])):
        return operator, tag, int(number[1])
    named = told[1].decode("latin-1") if len(told) == 2 and told[1][:1] == b"/" else ""
    return operator, tag, _listed(page, named) if named else None


def _by_pypdf(page: Any) -> Iterator[Step]:
    contents = page.get_contents()
    operations = contents.operations if isinstance(contents, ContentStream) else []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            told = operands[1] if len(operands) > 1 else None
            piece = _listed(page, told) if isinstance(told, str) else _number(told)
            yield operator, str(operands[0]), piece
        elif operator == b"EMC" or operator in PAINTING:
            yield operator, "", None


def _listed(page: Any, name: str) -> int | None:
    """The number in a list of properties that the page keeps under a name."""
    lists = page.get("/Resources", {}).get_object().get("/Properties", {})
    return _number(lists.get_object().get(name, {}).get_object()) if lists else None


def _number(told: Any) -> int | None:
    number = told.get("/MCID") if hasattr(told, "get") else None
    return None if number is None else int(number)
