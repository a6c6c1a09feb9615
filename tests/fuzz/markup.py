"""Mutations of the XML of one part, by regular expressions: what comes out need be no XML.

Each takes a part and a source of chance, and gives the part with one thing changed in it.
"""

import re
from collections.abc import Callable
from random import Random

Part = bytes

_NASTY = (
    *(
        "",
        " ",
        "0",
        "-1",
        "00",
        "1",
        "2",
        "7",
        "65535",
        "65536",
        "1048576",
        "1048577",
        "2147483648",
    ),
    *("99999999999999999999", "1e400", "-1e400", "1e-400", "nan", "inf", "0x10", "1_0", "\u0661"),
    *("1.5", "44500", "-44500", "2958466", "60", "1e9", "0.1", "TRUE", "true", "FALSE", "null"),
    *(
        "A0",
        "A1",
        "B1",
        "A2",
        "XFD1048576",
        "XFE1",
        "AAAA1",
        "a1",
        "$A$1",
        "A1:A1",
        "A1:XFD1048576",
    ),
    *("B2:A1", "A:A", "1:1", "A1 B2", "#REF!", "'A'!A1", "R1C1", "A01", "A1048577", "ZZZ9999999"),
    *("s", "n", "b", "d", "e", "str", "inlineStr", "z", "shared", "array", "dataTable", "normal"),
    *("rId1", "rId2", "rId999", "/xl/workbook.xml", "../../../etc/passwd", "xl\\workbook.xml"),
    *("worksheets/sheet2.xml", "External", "Internal", "file:///c:/x", "http://127.0.0.1/x"),
    *(
        "hidden",
        "veryHidden",
        "visible",
        "About",
        "Risks",
        "Key",
        "xlwings.conf",
        "x.py",
        "General",
    ),
    *("yyyy-mm-dd", "[h]:mm", "@", ";;;", '"', "_x0000_", "_xD800_", "_xFFFF_", "_x005F_x000D_"),
    *("=1+1", "#N/A", "#VALUE!", "2021-10-31", "2021-10-31T10:00:00Z", "9999-12-31T24:00:00"),
    *("0001-01-01", "24:00:00", "PT1H", "30/02/2021", "5 Almost certain", "40%", "100", "9" * 400),
    *("\u200b", "\u00a0", "\ufeff", "\U0001f600", "x" * 40_000, "(" * 500, "A" * 300, "\t\n"),
)
_TAGS = (
    *("row", "c", "v", "f", "is", "t", "r", "rPh", "si", "sst", "xf", "numFmt", "cellXfs", "sheet"),
    *("sheetData", "mergeCell", "definedName", "Relationship", "Override", "Default", "table"),
    *("tableColumn", "dataValidation", "workbookPr", "worksheet", "extLst", "col", "hyperlink"),
)
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)="([^"<]*)"')
_TAG = re.compile(rb"<(/?)([A-Za-z:]+)")
_TEXT = re.compile(rb">([^<]+)<")
_ELEMENT = re.compile(rb"<([A-Za-z:]+)(?: [^<>]*)?(?:/>|>[^<]*</\1>)")
_WHOLE = re.compile(
    rb"<(row|c|si|xf|sheet|col|definedName|numFmt|tableColumn)[ >].*?</\1>", re.DOTALL
)


def _at_random(pattern: re.Pattern[bytes], content: Part, rng: Random) -> re.Match[bytes] | None:
    """One place that matches, found from a random point on."""
    start = rng.randrange(len(content) + 1)
    return pattern.search(content, start) or pattern.search(content)


def _spelt(rng: Random) -> bytes:
    text = rng.choice(_NASTY).encode("utf-8", "surrogatepass")
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


def attribute(content: Part, rng: Random) -> Part:
    """An attribute says something else."""
    found = _at_random(_ATTRIBUTE, content, rng)
    return content[: found.start(2)] + _spelt(rng) + content[found.end(2) :] if found else content


def attribute_gone(content: Part, rng: Random) -> Part:
    """An attribute is left out, or stands there under another name."""
    found = _at_random(_ATTRIBUTE, content, rng)
    if not found:
        return content
    name = rng.choice((b"", b"r", b"s", b"t", b"ref", b"name", b"hidden", b"si"))
    new = name + b'="' + found[2] + b'"' if name else b""
    return content[: found.start()] + new + content[found.end() :]


def attribute_more(content: Part, rng: Random) -> Part:
    """An element gets an attribute more."""
    found = _at_random(_TAG, content, rng)
    if not found or found[1]:
        return content
    name = rng.choice(
        (b"r", b"s", b"t", b"ref", b"si", b"hidden", b"cm", b"ht", b"xml:space", b"min")
    )
    return (
        content[: found.end()] + b" " + name + b'="' + _spelt(rng) + b'"' + content[found.end() :]
    )


def text(content: Part, rng: Random) -> Part:
    """A text is another one."""
    found = _at_random(_TEXT, content, rng)
    return content[: found.start(1)] + _spelt(rng) + content[found.end(1) :] if found else content


def element_again(content: Part, rng: Random) -> Part:
    """An element stands there more than once."""
    found = _at_random(rng.choice((_ELEMENT, _WHOLE)), content, rng)
    times = rng.choice((1, 1, 2, 100))
    return content[: found.end()] + found[0] * times + content[found.end() :] if found else content


def element_gone(content: Part, rng: Random) -> Part:
    """An element is left out."""
    found = _at_random(rng.choice((_ELEMENT, _WHOLE)), content, rng)
    return content[: found.start()] + content[found.end() :] if found else content


def element_moved(content: Part, rng: Random) -> Part:
    """An element stands somewhere else."""
    found = _at_random(rng.choice((_ELEMENT, _WHOLE)), content, rng)
    place = _at_random(_TAG, content, rng)
    if not found or not place:
        return content
    return content[: place.start()] + found[0] + content[place.start() :]


def element_nested(content: Part, rng: Random) -> Part:
    """An element stands in itself, or in another one."""
    found = _at_random(rng.choice((_ELEMENT, _WHOLE)), content, rng)
    if not found:
        return content
    tag = rng.choice((*_TAGS, found[1].decode())).encode()
    deep = rng.choice((1, 1, 2, 60, 70, 2000))
    new = (b"<" + tag + b">") * deep + found[0] + (b"</" + tag + b">") * deep
    return content[: found.start()] + new + content[found.end() :]


def tag(content: Part, rng: Random) -> Part:
    """A tag has another name: nearly always no XML any more, at times a different meaning."""
    found = _at_random(_ELEMENT, content, rng)
    if not found:
        return content
    new = found[0].replace(found[1], rng.choice(_TAGS).encode())
    return content[: found.start()] + new + content[found.end() :]


def bits(content: Part, rng: Random) -> Part:
    """A few bits of the XML itself."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def declaration(content: Part, rng: Random) -> Part:
    """Something that no workbook declares: a type of document, an entity, an instruction."""
    start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    new = rng.choice(
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]>',
            b"<!-- -->",
            b"<?riskbook x?>",
            b"<![CDATA[x]]>",
            b"\xef\xbb\xbf",
            b" ",
        )
    )
    return content[:start] + new + content[start:]


def space(content: Part, rng: Random) -> Part:
    """Elements of another namespace."""
    return content.replace(b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"example.org", 1)


XML: tuple[Callable[[Part, Random], Part], ...] = (
    *(attribute, attribute, attribute, attribute_gone, attribute_more, text, text, text),
    *(element_again, element_gone, element_moved, element_nested, tag, bits, declaration, space),
)
