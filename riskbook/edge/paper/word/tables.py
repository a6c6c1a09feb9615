"""A table of a report: headings that each page repeats, rows that stay whole, cells as prose.

Where all rows are low, a band colours its whole cell; where they are high, only its word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.core.blocks import Table
from riskbook.core.page import PageCell
from riskbook.edge.paper.printed import Styles, printable, shown
from riskbook.edge.paper.word.columns import TALL, fitted, height, placed, size_of
from riskbook.edge.paper.word.elements import Letters, element, lines, paragraph, twips
from riskbook.edge.paper.word.sheets import Sheet
from riskbook.edge.template.looks import Look

HIGH: Final = 0.4  # of a page: a higher row may be split between pages
TOGETHER: Final = 65.0  # millimetres: a table up to this height stays on one page
BLACK: Final = "#000000"
CHIPS = ("rb band", "rb error", "rb warning", "rb information")
AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:jc")  # what stands below it in the schema
ALIGNS = {"right": "right", "center": "center", "center_across": "center"}
# points, and the ending of the names of the styles that have them
ENDINGS: Final = {10: "", 9: "Small", 8: "Smaller", 7: "Smallest"}


class Shown(NamedTuple):
    """A cell as it stands on paper."""

    text: str
    look: Look
    width: float  # millimetres
    span: int
    align: str  # empty where it stands at the left
    band: bool  # its colour says something


def table(block: Table, sheet: Sheet, styles: Styles, heading: str) -> BaseOxmlElement:
    """A table for a sheet of paper; ``heading`` is what stands above it."""
    size = size_of(block, sheet.across, styles, tuple(ENDINGS))
    columns = fitted(block, sheet.across, styles, size)
    lines = [placed(cells, columns) for cells in (block.head, *block.rows)]
    heights = [height(line, styles, size) for line in lines]
    told = [[_shown(cell, width, styles) for cell, width in line] for line in lines]
    told[:1] = [_above(told[0], told[1])] if block.rows else told[:1]
    together, last = sum(heights) <= TOGETHER, len(lines) - 1
    rows = [
        Row(
            cells=cells,
            ending=ENDINGS[size],
            head=number == 0,
            whole=heights[number] <= HIGH * sheet.down,
            chips=max(heights) > TALL,
            keep=number < last and (together or number == 0),
        ).element()
        for number, cells in enumerate(told)
    ]
    grid = element("w:tblGrid", *[element("w:gridCol", w=twips(width)) for width in columns])
    return element("w:tbl", _properties(block, columns, heading), grid, *rows)


def _shown(cell: PageCell, width: float, styles: Styles) -> Shown:
    look = styles[cell.style]
    align = ALIGNS.get(look.get("align", ""), "")
    return Shown(shown(cell, styles), look, width, cell.span, align, cell.style.startswith(CHIPS))


def _above(heads: list[Shown], figures: list[Shown]) -> list[Shown]:
    """Headings stand where their figures stand."""
    if len(heads) != len(figures):
        return heads
    pairs = zip(heads, figures, strict=True)
    return [head._replace(align=head.align or below.align) for head, below in pairs]


def _properties(block: Table, columns: Sequence[float], heading: str) -> BaseOxmlElement:
    told = {"w:tblCaption": heading, "w:tblDescription": block.about}
    return element(
        "w:tblPr",
        element("w:tblStyle", val="RegisterTable"),
        element("w:tblW", w=twips(sum(columns)), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook",
            val="0620",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        *[element(tag, val=printable(text)) for tag, text in told.items() if text],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table."""

    cells: list[Shown]
    ending: str  # of the styles of its text
    head: bool  # repeated on each page
    whole: bool  # on one page
    chips: bool  # colours only behind the words
    keep: bool  # on the page of the row below

    def element(self) -> BaseOxmlElement:
        """The row as WordprocessingML."""
        marks = [element("w:cantSplit")] if self.whole else []
        marks += [element("w:tblHeader")] if self.head else []
        cells = [
            element("w:tc", element("w:tcPr", *self._marks(cell)), *self._said(cell))
            for cell in self.cells
        ]
        return element("w:tr", *([element("w:trPr", *marks)] if marks else []), *cells)

    def _marks(self, cell: Shown) -> Iterator[BaseOxmlElement]:
        yield element("w:tcW", w=twips(cell.width), type="dxa")
        if cell.span > 1:
            yield element("w:gridSpan", val=str(cell.span))
        if "bg_color" in cell.look and not (cell.band and self.chips):
            yield _shade(cell.look)
        if cell.look.get("valign") == "vcenter":
            yield element("w:vAlign", val="center")

    def _said(self, cell: Shown) -> list[BaseOxmlElement]:
        """The paragraphs of a cell; a cell must have one."""
        plain, point = f"TableText{self.ending}", f"TableBullet{self.ending}"
        letters = _letters(cell.look)
        found = lines(cell.text, plain, point, letters, keep=self.keep, align=cell.align)
        if cell.band and self.chips:
            for made in found:
                made.pPr.insert_element_before(_shade(cell.look), *AFTER_SHADE)
        return found or [paragraph(plain, keep=self.keep, align=cell.align)]


def _letters(look: Look) -> Letters:
    """How the text looks; on paper a link is text."""
    ink = "" if "underline" in look else look.get("font_color", "")
    return Letters(bool(look.get("bold")), bool(look.get("italic")), "" if ink == BLACK else ink)


def _shade(look: Look) -> BaseOxmlElement:
    return element("w:shd", val="clear", color="auto", fill=look["bg_color"].lstrip("#"))
