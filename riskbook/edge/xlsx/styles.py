"""The named cell styles of a workbook, and the splicing that all parts are edited by.

::

    <cellStyles>    name "rb text"  -> xfId 7
    <cellStyleXfs>  entry 7: the look that the name stands for
    <cellXfs>       entry 12, xfId 7, the same look  -> s="12" in a cell

An office program renumbers ``cellXfs`` when it saves, so a page names its styles and
the number is looked up in the file at hand.  Looks are added at the end, never changed.

A parser only says where an element starts and ends; no tree is written out again.  A part
must be UTF-8 (BOM or not), as office programs save it: other encodings are refused.

What a style looks like is not here: that is the template's and the council's business.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape as quoted
from typing import NamedTuple, NoReturn, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from riskbook.errors import RefusedError

Edit: TypeAlias = tuple[int, int, bytes]  # start, end, the bytes to stand there instead
Keep: TypeAlias = Callable[[int, str, dict[str, str]], bool]  # level, name, attributes

_NAME = re.compile(rb"<[^\s>/]++")
_TAG = re.compile(rb"""<([^\s:>/]++:)?[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")

# A flag in cellXfs says that the cell keeps its own look when its style is changed, so an
# entry that is to follow its style has none: [MS-OI29500] 2.1.721, on xf, 18.8.45.
_FLAGS = (
    *(b"applyAlignment", b"applyBorder", b"applyFill", b"applyFont"),
    *(b"applyNumberFormat", b"applyProtection"),
)
_LOOK = ("numFmtId", "fontId", "fillId", "borderId", "quotePrefix", "pivotButton")
_USUAL = {"horizontal": "general", "vertical": "bottom", "locked": "1"}  # others: 0


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


class StyleIds(NamedTuple):
    """What :func:`style_ids` found."""

    xml: bytes
    ids: dict[str, int]  # style name -> the number for a cell's ``s``
    missing: tuple[str, ...]  # wanted names that the workbook has no style for; their number is 0


def style_ids(styles_xml: bytes, wanted: Collection[str]) -> StyleIds:
    """The number of each named style, for the ``s`` of a cell.

    It is the first ``cellXfs`` entry that looks as the style itself, so a cell that an
    officer painted by hand does not lend its paint to the others.  A style that no such
    entry uses gets one, at the end.  Names are compared without case.
    """
    root = outline(styles_xml, 4, _style_parts)
    formats, masters = _entries(root, "cellXfs"), _entries(root, "cellStyleXfs")
    named = _named(root)
    ids: dict[str, int] = {}
    added: dict[int, int] = {}  # index in cellStyleXfs -> the new index in cellXfs
    for name in sorted(wanted):
        master = named.get(name.casefold())
        number = 0 if master is None else _like(formats, master, masters[master])
        if number is None:
            number = added.setdefault(master or 0, len(formats) + len(added))
        ids[name] = number
    copies = [_linked(styles_xml, masters[master], master) for master in added]
    xml = splice(styles_xml, _append(styles_xml, root, "cellXfs", copies))
    return StyleIds(xml, ids, tuple(name for name in ids if name.casefold() not in named))


def add_named_styles(styles_xml: bytes, names: Mapping[int, str]) -> bytes:
    """Make formats true named styles, for a template whose writer knows none.

    Args:
        styles_xml: the part as XlsxWriter writes it.
        names: index of an entry of ``cellXfs`` -> the name of its style.

    Raises:
        ValueError: there is no such entry, or a style of that name is there already.
    """
    root = outline(styles_xml, 4, _style_parts)
    formats, first = _entries(root, "cellXfs"), len(_entries(root, "cellStyleXfs"))
    known = [*_named(root), *map(str.casefold, names.values())]
    if len(set(known)) < len(known) or not set(names) <= set(range(len(formats))):
        raise ValueError(f"not new names for formats 0..{len(formats) - 1}: {dict(names)}")
    chosen = [(formats[index], names[index]) for index in sorted(names)]
    masters = [_linked(styles_xml, entry, None) for entry, _ in chosen]
    styles = [_style(entry, name, xf) for xf, (entry, name) in enumerate(chosen, first)]
    edits = _append(styles_xml, root, "cellStyleXfs", masters)
    edits += _append(styles_xml, root, "cellStyles", styles)
    for xf, (entry, _) in enumerate(chosen, first):
        edits.append((entry.start, entry.end, _linked(styles_xml, entry, xf)))
    return splice(styles_xml, edits)


def _style_parts(level: int, name: str, attributes: dict[str, str]) -> bool:
    return level > 2 or name in ("cellStyleXfs", "cellXfs", "cellStyles")


def _entries(root: Element, group: str) -> list[Element]:
    found = root.child(group)
    return found.all("xf", "cellStyle") if found else []


def _named(root: Element) -> dict[str, int]:
    """Style name without case -> index in cellStyleXfs; none that point nowhere."""
    masters, named = _entries(root, "cellStyleXfs"), dict[str, int]()
    for style in _entries(root, "cellStyles") if _entries(root, "cellXfs") else []:
        master = int(style.attributes.get("xfId", len(masters)))
        if master < len(masters):
            named.setdefault(style.attributes.get("name", "").casefold(), master)
    return named


def _like(formats: list[Element], master: int, wanted: Element) -> int | None:
    look = _look(wanted)
    for index, entry in enumerate(formats):
        if int(entry.attributes.get("xfId", 0)) == master and _look(entry) == look:
            return index
    return None


def _look(entry: Element) -> list[dict[str, str]]:
    """What an entry looks like, however a program spells it."""
    inner = [entry.child("alignment"), entry.child("protection")]
    own = {name: value for name, value in entry.attributes.items() if name in _LOOK}
    return [_spelled(own), *(_spelled(child.attributes if child else {}) for child in inner)]


def _spelled(attributes: Mapping[str, str]) -> dict[str, str]:
    same = {"true": "1", "false": "0"}
    plain = {name: same.get(value, value) for name, value in attributes.items()}
    return {name: value for name, value in plain.items() if value != _USUAL.get(name, "0")}


def _linked(part: bytes, entry: Element, master: int | None) -> bytes:
    """An entry as one of cellXfs that follows its style, or (None) as a style's own."""
    tag = part[entry.start : entry.opened]
    for flag in _FLAGS:
        tag = set_attribute(tag, flag, None)
    xf = None if master is None else b"%d" % master
    return set_attribute(tag, b"xfId", xf) + part[entry.opened : entry.end]


def _style(entry: Element, name: str, xf: int) -> bytes:
    return b'<%bcellStyle name="%b" xfId="%d"/>' % (entry.prefix, quoted(name).encode(), xf)


def _append(part: bytes, root: Element, name: str, entries: list[bytes]) -> list[Edit]:
    """Add entries at the end of a group that has some already, and count them."""
    group = root.child(name)
    if not entries or group is None:
        return []
    count = b"%d" % (len(group.children) + len(entries))
    tag = set_attribute(part[group.start : group.opened], b"count", count)
    added = b"".join(entries)
    return [(group.start, group.opened, tag), (group.closing, group.closing, added)]
