"""What hangs on cells beside their values: formats, apostrophes, struck words, notes.

::

    <xf numFmtId="9" quotePrefix="1"/>           Looks   formats[i] "0%", quoted {i}
    <si><r><rPr><strike/></rPr><t>old</t></r>    Shared  texts[i] "old", struck {i: "old"}
    <comment ref="F12">                          Note    row 12, column 6

A text that is struck through is still in the cell, and a program reads it; an officer
who strikes words out means that they are gone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from riskbook.core.grid import Note, column_number
from riskbook.edge.xlsx.colours import WHITE, colour, faint, ground, too_small
from riskbook.edge.xlsx.numfmt import BUILT_IN

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REF = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ON = (None, "1", "true", "on")  # an element without a value is switched on
_STRIKE = "{*}rPr/{*}strike"


@dataclass(frozen=True)
class Looks:
    """The styles that cells name by their index."""

    formats: tuple[str, ...] = ()  # number format codes
    quoted: frozenset[int] = frozenset()  # styles that keep a cell's entry a text (quotePrefix)
    struck: frozenset[int] = frozenset()  # styles whose font is struck through
    unseen: frozenset[int] = frozenset()  # styles in the colour of their ground, or too small
    light: frozenset[int] = frozenset()  # styles on a white ground


@dataclass(frozen=True)
class Shared:
    """The shared texts."""

    texts: tuple[str, ...]
    struck: Mapping[int, str]  # the struck-through words of a text, by its index
    unseen: frozenset[int]  # texts with words that nobody sees on white


def looks(root: Element | None) -> Looks:
    """What a part of styles says; nothing where a workbook has none."""
    if root is None:
        return Looks()
    own = {
        item.get("numFmtId", ""): unescaped(item.get("formatCode", ""))
        for item in root.iterfind("{*}numFmts/{*}numFmt")
    }
    known = {str(number): code for number, code in BUILT_IN.items()} | own
    fonts = root.findall("{*}fonts/{*}font")
    inks = {str(at): _ink(font) for at, font in enumerate(fonts)}
    grounds = {str(at): ground(fill) for at, fill in enumerate(root.iterfind("{*}fills/{*}fill"))}
    lined = {str(at) for at, font in enumerate(fonts) if _on(font.find("{*}strike"))}
    styles = list(root.iterfind("{*}cellXfs/{*}xf"))
    quoted = (at for at, xf in enumerate(styles) if xf.get("quotePrefix") in _ON[1:])
    struck = (at for at, xf in enumerate(styles) if xf.get("fontId", "0") in lined)
    worn = [(xf.get("fontId", "0"), grounds.get(xf.get("fillId", "0"), WHITE)) for xf in styles]
    pairs = {(f, g): _faint(inks.get(f, ""), g) for f, g in set(worn)}
    return Looks(
        tuple(known.get(xf.get("numFmtId", "0"), "General") for xf in styles),
        frozenset(quoted),
        frozenset(struck),
        frozenset(at for at, pair in enumerate(worn) if pairs[pair]),
        frozenset(at for at, (_, under) in enumerate(worn) if faint(under, WHITE)),
    )


def _faint(ink: str | None, under: str) -> bool:
    return ink is None or faint(ink, under)


def _ink(font: Element) -> str | None:
    """The colour of a font; None for one that is too small to be read."""
    size = font.find("{*}sz")
    small = size is not None and too_small(size.get("val", ""))
    return None if small else colour(font.find("{*}color"))


def _on(element: Element | None) -> bool:
    return element is not None and element.get("val") in _ON


def shared(root: Element | None) -> Shared:
    """The texts of a part of shared strings; none where a workbook has none."""
    texts: list[str] = []
    struck: dict[int, str] = {}
    unseen: set[int] = set()
    for item in root if root is not None else ():
        text, lined = _text(item)
        if lined:
            struck[len(texts)] = unescaped(lined)
        if any(_is_unseen(run) for run in item.iterfind("{*}r")):
            unseen.add(len(texts))
        texts.append(unescaped(text))
    return Shared(tuple(texts), struck, frozenset(unseen))


def _is_unseen(run: Element) -> bool:
    look = run.find("{*}rPr")
    words = "".join(text.text or "" for text in run.iterfind("{*}t"))
    return look is not None and bool(words.strip()) and _faint(_ink(look), WHITE)


def _text(item: Element) -> tuple[str, str]:
    """The text of a shared string, ``t`` or the ``t`` of each run ``r``, and its struck words."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return item[0].text or "", ""
    pieces: list[str] = []
    struck: list[str] = []
    for child in item:
        local = child.tag.rpartition("}")[2]
        if local == "t":
            pieces.append(child.text or "")
        elif local == "r":
            run = [text.text or "" for text in child.iterfind("{*}t")]
            pieces += run
            struck += run if _on(child.find(_STRIKE)) else []
    return "".join(pieces), "".join(struck)


def unescaped(text: str) -> str:
    """Decode ``_x000A_`` and its like (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two escapes can be the halves of one character beyond the first 65,536.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def hung(found: Mapping[str, bool]) -> Iterator[Note]:
    """The notes at some addresses, with whether each is a thread; no cell, no note."""
    for ref, thread in found.items():
        if at := _REF.fullmatch(ref):
            yield Note(int(at[2]), column_number(at[1]), thread)
