"""Shapes of DrawingML as XML: rectangles with text, polygons, and the group that holds them.

Lengths come in millimetres and leave in English Metric Units.  A group is wrapped as Word
wraps it: who does not know groups of shapes reads their description instead.

Source: ECMA-376 part 1, chapter 20; [MS-ODRAWXML] 2.17 and 2.18 for shapes in Word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.edge.paper.printed import printable
from riskbook.edge.paper.word.elements import twips

EMU = 36_000  # in a millimetre
GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": GROUP,
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
THIN = 6_350  # EMU: half a point


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a shape; ``size`` in points."""

    text: str
    size: float = 8.0
    bold: bool = False
    ink: str = "#000000"

    def xml(self, align: str) -> str:
        """The paragraph."""
        return _paragraph(f'<w:jc w:val="{align}"/>', self.run())

    def run(self, before: str = "") -> str:
        """The run in it."""
        size = round(self.size * 2)
        look = f'{"<w:b/>" * self.bold}<w:color w:val="{self.ink[1:]}"/>'
        look += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        text = f'<w:t xml:space="preserve">{escape(printable(self.text))}</w:t>'
        return f"<w:r><w:rPr>{look}</w:rPr>{before}{text}</w:r>"


@dataclass(frozen=True, slots=True)
class Spread:
    """A line of short texts, each at its place: millimetres, and what begins or ends there.

    One shape for a whole row of squares; programs are slow with hundreds of them.
    """

    texts: Sequence[tuple[float, str, Line]]  # the place, left or right, the text

    def xml(self, align: str) -> str:
        """The paragraph, with tabs at the places."""
        stops = "".join(
            f'<w:tab w:val="{side}" w:pos="{twips(place)}"/>' for place, side, _ in self.texts
        )
        runs = "".join(line.run("<w:tab/>") for _, _, line in self.texts)
        return _paragraph(f'<w:tabs>{stops}</w:tabs><w:jc w:val="{align}"/>', runs)


def _paragraph(properties: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="PictureText"/>{properties}</w:pPr>{runs}</w:p>'


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape lies, from the upper left corner of its picture, in millimetres."""

    left: float
    top: float
    wide: float
    high: float

    def xml(self) -> str:
        """Its place and size."""
        return (
            f'<a:xfrm><a:off x="{emu(self.left)}" y="{emu(self.top)}"/>'
            f'<a:ext cx="{emu(self.wide)}" cy="{emu(self.high)}"/></a:xfrm>'
        )


def emu(millimetres: float) -> int:
    """A length in English Metric Units."""
    return round(millimetres * EMU)


def rectangle(
    box: Box,
    lines: Sequence[Line | Spread] = (),
    *,
    fill: str = "",
    edge: str = "",
    align: str = "center",
    anchor: str = "ctr",
    shape: str = "rect",
) -> str:
    """A rectangle, or another preset shape, with lines of text in it.

    Args:
        box: where it lies.
        lines: its text.
        fill: "#RRGGBB", or nothing.
        edge: likewise, the colour of its outline.
        align: left, center or right.
        anchor: t, ctr or b: where the lines stand in it.
        shape: rect, roundRect, ellipse.
    """
    form = f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
    return _shape(box, form, fill, edge, _text(lines, align), anchor)


def polygon(points: Sequence[tuple[float, float]], *, fill: str, edge: str) -> str:
    """A filled polygon; its points are millimetres from the corner of the picture."""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    path = "".join(
        f'<a:{tag}><a:pt x="{emu(x - left)}" y="{emu(y - top)}"/></a:{tag}>'
        for tag, (x, y) in zip(("moveTo", *["lnTo"] * (len(points) - 1)), points, strict=True)
    )
    form = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{emu(wide)}" h="{emu(high)}">{path}<a:close/></a:path></a:pathLst>'
        "</a:custGeom>"
    )
    return _shape(Box(left, top, wide, high), form, fill, edge, "", "ctr")


def _shape(box: Box, form: str, fill: str, edge: str, text: str, anchor: str) -> str:
    outline = f'<a:ln w="{THIN}">{_colour(edge)}</a:ln>'
    return (
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{box.xml()}{form}{_colour(fill)}{outline}</wps:spPr>"
        f'{text}<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _colour(told: str) -> str:
    if not told:
        return "<a:noFill/>"
    return f'<a:solidFill><a:srgbClr val="{told[1:]}"/></a:solidFill>'


def _text(lines: Sequence[Line | Spread], align: str) -> str:
    if not lines:
        return ""
    paragraphs = "".join(line.xml(align) for line in lines)
    return f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"


def group(
    shapes: Sequence[str], wide: float, high: float, *, number: int, alt: str
) -> BaseOxmlElement:
    """The shapes as one picture in a run; ``alt`` is what it shows, in words."""
    size = f'cx="{emu(wide)}" cy="{emu(high)}"'
    told = printable(alt)
    described = f'<wp:docPr id="{number}" name="Heat map {number}" descr={quoteattr(told)}/>'
    return parse_xml(
        f'<w:r {DECLARED}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{described}<wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
        f"</a:xfrm></wpg:grpSpPr>{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{escape(told)}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
