"""The few elements of WordprocessingML that a report is made of.

Their children stand in the order of the schema (ECMA-376, part 1, section 17): Word calls
a file with another order damaged.
"""

from typing import NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.core.blocks import prose
from riskbook.edge.paper.printed import printable

TWIPS = 1440 / 25.4  # in a millimetre


def twips(millimetres: float) -> str:
    """A length as the attributes of Word say it."""
    return str(round(millimetres * TWIPS))


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element such as ``w:shd`` with attributes of the same namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


class Letters(NamedTuple):
    """How a run looks where its style does not say so."""

    bold: bool = False
    italic: bool = False
    ink: str = ""  # "#RRGGBB"


PLAIN = Letters()


def run(text: str, look: Letters = PLAIN) -> BaseOxmlElement:
    """A run of printable text without line ends."""
    words = element("w:t")
    words.text = printable(text)
    words.set(qn("xml:space"), "preserve")
    marks = [element(tag) for tag, so in (("w:b", look.bold), ("w:i", look.italic)) if so]
    if look.ink:
        marks.append(element("w:color", val=look.ink.lstrip("#")))
    return element("w:r", *([element("w:rPr", *marks)] if marks else []), words)


def paragraph(
    style: str,
    *content: BaseOxmlElement,
    keep: bool = False,
    before: float | None = None,
    align: str = "",
) -> BaseOxmlElement:
    """A paragraph in a style.

    Args:
        style: the id of the style.
        content: its runs.
        keep: on the page of what follows.
        before: points of room above, where the style's own are not enough.
        align: left, center or right, where it is not the style's own.
    """
    properties = [element("w:pStyle", val=style)]
    if keep:
        properties.append(element("w:keepNext"))
    if before is not None:
        properties.append(element("w:spacing", before=str(round(before * 20))))
    if align:
        properties.append(element("w:jc", val=align))
    return element("w:p", element("w:pPr", *properties), *content)


def lines(
    text: str,
    plain: str,
    point: str,
    look: Letters = PLAIN,
    *,
    keep: bool = False,
    align: str = "",
) -> list[BaseOxmlElement]:
    """The paragraphs and the points of an entry, in the style of each."""
    return [
        paragraph(point if line.point else plain, run(line.text, look), keep=keep, align=align)
        for line in prose(printable(text))
    ]


def field(instruction: str, shown: str) -> BaseOxmlElement:
    """A field such as PAGE, with what stands there until Word counts."""
    return element("w:fldSimple", run(shown), instr=f" {instruction} ")
