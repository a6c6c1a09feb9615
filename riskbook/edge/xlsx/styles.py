"""The named cell styles of a workbook: from a name to the number that a cell carries.

::

    <cellStyles>    name "rb text"  -> xfId 7
    <cellStyleXfs>  entry 7: the look that the name stands for
    <cellXfs>       entry 12, xfId 7, the same look  -> s="12" in a cell

An office program renumbers ``cellXfs`` when it saves, so a page names its styles and
the number is looked up in the file at hand.  Looks are added at the end, never changed.

What a style looks like is not here: that is the template's and the council's business.
"""

from collections.abc import Collection, Mapping
from html import escape as quoted
from typing import NamedTuple

from riskbook.edge.xlsx.numfmt import is_index
from riskbook.edge.xlsx.splice import Edit, Element, outline, set_attribute, splice

# A flag in cellXfs says that the cell keeps its own look when its style is changed, so an
# entry that is to follow its style has none: [MS-OI29500] 2.1.721, on xf, 18.8.45.
_FLAGS = (
    *(b"applyAlignment", b"applyBorder", b"applyFill", b"applyFont"),
    *(b"applyNumberFormat", b"applyProtection"),
)
_LOOK = ("numFmtId", "fontId", "fillId", "borderId", "quotePrefix", "pivotButton")
QUOTED = "'"  # before a style's name: the same look for a text that only looks like a formula
_USUAL = {"horizontal": "general", "vertical": "bottom", "locked": "1"}  # others: 0


class StyleIds(NamedTuple):
    """What :func:`style_ids` found."""

    xml: bytes
    ids: dict[str, int]  # style name -> the number for a cell's ``s``; quoted, see QUOTED
    missing: tuple[str, ...]  # wanted names that the workbook has no style for; their number is 0


def style_ids(styles_xml: bytes, wanted: Collection[str]) -> StyleIds:
    """The number of each named style, for the ``s`` of a cell.

    It is the first ``cellXfs`` entry that looks as the style itself, so a cell that an
    officer painted by hand does not lend its paint to the others.  A style that no such
    entry uses gets one, at the end.  Names are compared without case.

    A name with :data:`QUOTED` before it is the style with quotePrefix, as Excel gives it to
    a text typed after an apostrophe: edited and left, it stays a text.
    """
    root = outline(styles_xml, 4, _style_parts)
    formats, masters = _entries(root, "cellXfs"), _entries(root, "cellStyleXfs")
    named = _named(root)
    ids: dict[str, int] = {}
    added: dict[tuple[int, bool], int] = {}  # (in cellStyleXfs, quoted) -> new one in cellXfs
    for name in sorted(wanted):
        plain, quoted = name.removeprefix(QUOTED), name.startswith(QUOTED)
        master = named.get(plain.casefold())
        number = 0 if master is None else _like(formats, master, masters[master], quoted)
        if number is None:
            number = added.setdefault((master or 0, quoted), len(formats) + len(added))
        ids[name] = number
    copies = [_linked(styles_xml, masters[master], master, quoted) for master, quoted in added]
    xml = splice(styles_xml, _append(styles_xml, root, "cellXfs", copies))
    unknown = (name for name in ids if name.removeprefix(QUOTED).casefold() not in named)
    return StyleIds(xml, ids, tuple(unknown))


def add_named_styles(
    styles_xml: bytes, names: Mapping[int, str], alike: Mapping[str, int] | None = None
) -> bytes:
    """Make formats true named styles, for a template whose writer knows none.

    Args:
        styles_xml: the part as XlsxWriter writes it.
        names: index of an entry of ``cellXfs`` -> the name of its style.
        alike: further styles that look as such an entry does; the writer keeps one of both.

    Raises:
        ValueError: there is no such entry, or a style of that name is there already.
    """
    root = outline(styles_xml, 4, _style_parts)
    formats, first = _entries(root, "cellXfs"), len(_entries(root, "cellStyleXfs"))
    more = alike or {}
    known = [*_named(root), *map(str.casefold, (*names.values(), *more))]
    if len(set(known)) < len(known) or not {*names, *more.values()} <= set(range(len(formats))):
        raise ValueError(f"not new names for formats 0..{len(formats) - 1}: {dict(names)}")
    chosen = [(formats[index], names[index]) for index in sorted(names)]
    chosen += [(formats[index], name) for name, index in more.items()]
    masters = [_linked(styles_xml, entry, None) for entry, _ in chosen]
    styles = [_style(entry, name, xf) for xf, (entry, name) in enumerate(chosen, first)]
    edits = _append(styles_xml, root, "cellStyleXfs", masters)
    edits += _append(styles_xml, root, "cellStyles", styles)
    linked = [_linked(styles_xml, entry, xf) for xf, (entry, _) in enumerate(chosen, first)]
    for (entry, _), xf in zip(chosen[: len(names)], linked, strict=False):
        edits.append((entry.start, entry.end, xf))
    edits += _append(styles_xml, root, "cellXfs", linked[len(names) :])
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
        index = style.attributes.get("xfId", "")
        if is_index(index) and (master := int(index)) < len(masters):
            named.setdefault(style.attributes.get("name", "").casefold(), master)
    return named


def _like(formats: list[Element], master: int, wanted: Element, quoted: bool) -> int | None:
    own, *inner = _look(wanted)
    own_index = str(master).lstrip("0")
    look = [own | ({"quotePrefix": "1"} if quoted else {}), *inner]
    for index, entry in enumerate(formats):
        if entry.attributes.get("xfId", "0").lstrip("0") == own_index and _look(entry) == look:
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


def _linked(part: bytes, entry: Element, master: int | None, quoted: bool = False) -> bytes:
    """An entry as one of cellXfs that follows its style, or (None) as a style's own."""
    tag = part[entry.start : entry.opened]
    for flag in _FLAGS:
        tag = set_attribute(tag, flag, None)
    if quoted:
        tag = set_attribute(tag, b"quotePrefix", b"1")
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
