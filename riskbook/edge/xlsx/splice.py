"""Parts edited by splicing: where an element lies, and other bytes in its place.

::

    part -> outline: element, start, end -> edits -> splice -> part

A parser only says where an element starts and ends; no tree is written out again.  A part
must be UTF-8 (BOM or not), as office programs save it: other encodings are refused.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from riskbook.errors import RefusedError

Edit: TypeAlias = tuple[int, int, bytes]  # start, end, the bytes to stand there instead
Keep: TypeAlias = Callable[[int, str, dict[str, str]], bool]  # level, name, attributes

_NAME = re.compile(rb"<[^\s>/]++")
_TAG = re.compile(rb"""<([^\s:>/]++:)?[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(slots=True)
class Element:
    """Where one element lies: ``part[start:end]``; its content is ``part[opened:closing]``."""

    name: str  # local; "namespace local" when not in the root's namespace
    attributes: dict[str, str]
    prefix: bytes  # with its colon, e.g. b"x:"; b"" in the default namespace
    start: int
    opened: int  # the end of the start tag
    closing: int  # the start of the end tag; as ``opened`` when <self-closing/>
    end: int
    children: list["Element"] = field(default_factory=list)

    def all(self, *names: str) -> list["Element"]:
        """The children of these names, in their order."""
        return [child for child in self.children if child.name in names]

    def child(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next(iter(self.all(name)), None)


class _Outline:
    """A parser's events as elements; what ``keep`` turns down is passed over whole."""

    root: Element

    def __init__(self, part: bytes, depth: int, keep: Keep | None) -> None:
        self.part, self.depth, self.keep = part, depth, keep
        self.open: list[Element] = []
        self.passing = 0  # how many levels deep in what is not kept
        self.space = ""  # the root's namespace with a blank after it
        self.parser = ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.XmlDeclHandler = _check_encoding
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        level = len(self.open) + 1
        if self.passing or level > self.depth:
            self.passing += 1
        elif level == 1:
            self.space = name[: name.rfind(" ") + 1]
            self.root = self.element(name.removeprefix(self.space), attributes)
        elif self.keep is None or self.keep(level, name.removeprefix(self.space), attributes):
            parent = self.open[-1]
            parent.children.append(self.element(name.removeprefix(self.space), attributes))
        else:
            self.passing = 1

    def element(self, name: str, attributes: dict[str, str]) -> Element:
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self.part, start)
        if tag is None:
            raise ValueError(f"no tag at byte {start}")
        opened = tag.end()
        prefix = tag[1] or b""
        self.open.append(Element(name, attributes, prefix, start, opened, opened, opened))
        return self.open[-1]

    def end(self, name: str) -> None:
        if self.passing:
            self.passing -= 1
            return
        element = self.open.pop()
        if self.part[element.opened - 2 : element.opened] != b"/>":
            element.closing = self.parser.CurrentByteIndex
            element.end = self.part.index(b">", element.closing) + 1


def outline(part: bytes, depth: int, keep: Keep | None = None) -> Element:
    """The root of a part with its elements down to ``depth`` (1 = the root alone).

    Raises:
        RefusedError: the part is not well-formed, not UTF-8, or has a DOCTYPE.
    """
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        raise _refused("is not in UTF-8")
    found = _Outline(part, depth, keep)
    try:
        found.parser.Parse(part, True)
    except ExpatError as error:
        raise _refused(f"is not well-formed UTF-8 XML ({error})") from error
    return found.root


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    if encoding and encoding.upper() not in ("UTF-8", "UTF8"):
        raise _refused(f"is in the encoding {encoding}")


def _refuse_doctype(*declared: object) -> NoReturn:
    raise _refused("has a DOCTYPE")


def _refused(why: str) -> RefusedError:
    return RefusedError(
        f"A part of this workbook {why}.",
        fix="open the workbook in Excel or LibreOffice, save it as .xlsx or .xlsm, and try again.",
    )


def splice(part: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with each span replaced; spans must not overlap (``ValueError``)."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise ValueError(f"edits overlap at byte {start}")
        pieces += [part[at:start], new]
        at = end
    return b"".join([*pieces, part[at:]])


def refill(part: bytes, element: Element, content: bytes) -> Edit:
    """The edit that replaces an element's whole content; ``<a/>`` is opened up for any."""
    if element.opened < element.end:
        return element.opened, element.closing, content
    if not content:
        return element.end, element.end, b""
    name = element.prefix + element.name.encode()
    return element.end - 2, element.end, b">%b</%b>" % (content, name)


def set_attribute(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """A start tag with one unprefixed attribute set, or (None) without it."""
    found = list(_ATTRIBUTE.finditer(tag))
    mine = next((each for each in found if each[1] == name), None)
    if mine and value is None:
        return tag[: mine.start()] + tag[mine.end() :]
    if mine:
        return tag[: mine.start(2) + 1] + (value or b"") + tag[mine.end(2) - 1 :]
    last = found[-1] if found else _NAME.match(tag)
    if value is None or last is None:
        return tag
    return tag[: last.end()] + b' %b="%b"' % (name, value) + tag[last.end() :]


def text_of(content: bytes) -> str:
    """The text of an element's content: entities, CDATA and line ends as a parser reads them."""
    if not re.search(rb"[&<\r]", content):
        return content.decode()
    texts: list[str] = []
    parser = ParserCreate("UTF-8")
    parser.CharacterDataHandler = texts.append
    parser.Parse(b"<v>%b</v>" % content, True)
    return "".join(texts)
