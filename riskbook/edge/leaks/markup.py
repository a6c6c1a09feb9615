"""The texts of one XML part, whichever program it is of.

::

    <si><r><t>Pro</t></r><r><t>ject</t></r></si>   ->  "Project"
    <c:f>Sheet1!$A$1</c:f>                         ->  loose: an address is no reference of a risk
    <p:cNvPr descr="..."/>                         ->  "..."

Runs are joined to the text that they show; attributes are texts where people read them, and
comments are too.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.parsers import expat

from riskbook.edge.leaks.parts import Part, UnreadableError, named

# Elements inside a text, which do not end it: runs, their properties, insertions.
_INLINE = named(
    "r t rPh ins del delText hyperlink smartTag fld sdt sdtContent span b i u drawing",
    "bookmarkStart bookmarkEnd proofErr lastRenderedPageBreak noBreakHyphen softHyphen",
    "commentRangeStart commentRangeEnd commentReference footnoteReference endnoteReference",
    "fldSimple fldChar instrText",
)
_PROPERTIES = named("rPr pPr sdtPr endParaRPr phoneticPr")
_SPACES = named("br cr tab")
_FORMULAS = named("f formula formula1 formula2 definedName sqref ref")
# Attributes that people read or hear; the others are settings, or addresses of cells.
_READ = named(
    "name displayName descr title alt display tooltip caption author prompt promptTitle error",
    "errorTitle comment Target uniqueName text initials userId totalsRowLabel string",
)
_NAMING = named("alias tag tblCaption tblDescription docVar statusText")  # all their attributes
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[-+0-9.,:eE% ]*")


def is_markup(data: bytes) -> bool:
    """Whether bytes begin as XML does."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0")[:1] == b"<"


def parts(data: bytes, place: str, depth: int = 0) -> Iterator[Part]:
    """Every text of an XML part.

    Raises:
        UnreadableError: it is not well-formed.
    """
    reader = _Reader()
    try:
        reader.read(data)
    except expat.ExpatError:
        raise UnreadableError(place) from None
    yield Part(place, tuple(reader.units), tuple(reader.loose))


class _Reader:
    def __init__(self) -> None:
        self.units: list[str] = []
        self.loose: list[str] = []
        self._run: list[str] = []
        self._open: list[str] = []
        self._properties = 0  # how many of the open elements only describe a run

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._run.append
        parser.CommentHandler = self._text
        parser.ProcessingInstructionHandler = lambda target, text: self._text(text)
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._between(local)
        self._open.append(local)
        self._properties += local in _PROPERTIES
        for full, value in attributes.items():
            self._attribute(local, full.rpartition(":")[2], value)

    def _end(self, name: str) -> None:
        local = self._open[-1]
        self._between(local)
        self._open.pop()
        self._properties -= local in _PROPERTIES

    def _between(self, local: str) -> None:
        """A text ends at every element but those that stand inside one."""
        if local in _SPACES:
            self._run.append(" ")
        elif local not in _INLINE and local not in _PROPERTIES and not self._properties:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._run)
        self._run.clear()
        if not text.strip():
            return
        if self._open and self._open[-1] in _FORMULAS:
            self._formula(text)
        else:
            self._text(text)

    def _formula(self, text: str) -> None:
        """A formula or an address: only what it quotes is a text."""
        self.loose.append(text)
        self.units += [one or other for one, other in _QUOTED.findall(text)]

    def _text(self, text: str) -> None:
        self.units.append(_unescaped(text))
        if "_x" in text:
            self.loose.append(text)

    def _attribute(self, element: str, name: str, value: str) -> None:
        if _NUMBER.fullmatch(value):
            return
        if name in _READ or element in _NAMING:
            self._text(value)
            if "%" in value:
                self._text(unquote(value))
        else:
            self._formula(value)


def _unescaped(text: str) -> str:
    """A text whose unprintable characters are written as ``_x000D_``.

    Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
