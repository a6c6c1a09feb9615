"""A table of a report: headings that each page repeats, rows that stay whole, cells as prose.

Where all rows are low, a band colours its whole cell; where they are high, only its word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.core.blocks import Table
from riskbook.core.page import PageCell
from riskbook.edge.printed import Styles, printable, shown
from riskbook.edge.template.looks import Look
from riskbook.edge.word.columns import TALL, fitted, height, placed, size_of
from riskbook.edge.word.elements import Letters, element, lines, paragraph, twips
from riskbook.edge.word.sheets import Sheet

HIGH: Final = 0.4  # of a page: a higher row may be split between pages
TOGETHER: Final = 65.0  # millimetres: a table up to this height stays on one page
BLACK: Final = "#000000"
CHIPS = ("rb band", "rb error", "rb warning", "rb information")
AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:jc")  # what stands below it in the schema
ALIGNS = {"right": "right", "center": "center", "center_across": "center"}
# points, and the ending of the names of the styles that have them
ENDINGS: Final = {10: "", 9: "Small", 8: "Smaller", 7: "Smallest"}


def table(block: Table, sheet: Sheet, styles: Styles, heading: str) -> BaseOxmlElement:
    """A table for a sheet of paper; ``heading`` is what stands above it."""
    size = size_of(block, sheet.across, styles, tuple(ENDINGS))
    ending, columns = ENDINGS[size], fitted(block, sheet.across, styles, size)
    lines = [
        Row(placed(cells, columns), ending, head=number == 0)
        for number, cells in enumerate((block.head, *block.rows))
    ]
    heights = [height(line.cells, styles, size) for line in lines]
    together = sum(heights) <= TOGETHER
    last = len(lines) - 1
    rows = [
        line.element(
            styles,
            whole=high <= HIGH * sheet.down,
            chips=max(heights) > TALL,
            keep=number < last and (together or line.head),
        )
        for number, (line, high) in enumerate(zip(lines, heights, strict=True))
    ]
    grid = element("w:tblGrid", *[element("w:gridCol", w=twips(width)) for width in columns])
    return element("w:tbl", _properties(block, columns, heading), grid, *rows)


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


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row with their widths in millimetres."""

    cells: list[tuple[PageCell, float]]
    ending: str  # of the styles of its text
    head: bool

    def element(self, styles: Styles, *, whole: bool, chips: bool, keep: bool) -> BaseOxmlElement:
        """The row.

        Args:
            styles: the looks of its cells.
            whole: on one page.
            chips: with colours only behind the words.
            keep: on the page of the row below.
        """
        marks = [element("w:cantSplit")] if whole else []
        marks += [element("w:tblHeader")] if self.head else []
        cells = []
        for cell, width in self.cells:
            look, text = styles[cell.style], shown(cell, styles)
            chip = chips and cell.style.startswith(CHIPS)
            properties = element("w:tcPr", *_marks(cell, width, look, chip))
            cells.append(element("w:tc", properties, *_said(text, look, self.ending, keep, chip)))
        return element("w:tr", *([element("w:trPr", *marks)] if marks else []), *cells)


def _said(text: str, look: Look, ending: str, keep: bool, chip: bool) -> list[BaseOxmlElement]:
    """The paragraphs of a cell; a cell must have one."""
    plain, point = f"TableText{ending}", f"TableBullet{ending}"
    align = ALIGNS.get(look.get("align", ""), "")
    found = lines(text, plain, point, _letters(look), keep=keep, align=align)
    if chip:
        for made in found:
            made.pPr.insert_element_before(_shade(look), *AFTER_SHADE)
    return found or [paragraph(plain, keep=keep, align=align)]


def _letters(look: Look) -> Letters:
    """How the text looks; on paper a link is text."""
    ink = "" if "underline" in look else look.get("font_color", "")
    return Letters(bool(look.get("bold")), bool(look.get("italic")), "" if ink == BLACK else ink)


def _marks(cell: PageCell, width: float, look: Look, chip: bool) -> Iterator[BaseOxmlElement]:
    yield element("w:tcW", w=twips(width), type="dxa")
    if cell.span > 1:
        yield element("w:gridSpan", val=str(cell.span))
    if "bg_color" in look and not chip:
        yield _shade(look)
    if look.get("valign") == "vcenter":
        yield element("w:vAlign", val="center")


def _shade(look: Look) -> BaseOxmlElement:
    return element("w:shd", val="clear", color="auto", fill=look["bg_color"].lstrip("#"))
