"""A table of a report: columns that fit the paper, headings that each page repeats.

A column is as wide as its page says, but no narrower than its longest word, as far as the
paper allows; what is left over goes to the others.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.core.blocks import Table, prose
from riskbook.core.page import PageCell
from riskbook.edge.printed import Styles, printable, shown
from riskbook.edge.word import measure
from riskbook.edge.word.elements import Letters, element, lines, paragraph, twips

LETTER: Final = 1.95  # millimetres of a column for each character of its width, at most
SIDES: Final = 3.2  # millimetres beside the text of a cell, both together
FEW: Final = 0.25  # of the table: no word makes a column wider than this
HIGH: Final = 110.0  # millimetres: a higher row may be split between pages
BLACK: Final = "#000000"
ALIGNS = {"right": "right", "center": "center", "center_across": "center"}
SIZES: Final = {"": 10, "Small": 9}  # points; the ending of a style's name


def table(block: Table, across: float, styles: Styles, heading: str) -> BaseOxmlElement:
    """A table for a text area of so many millimetres; ``heading`` is what stands above it."""
    ending = "" if sum(block.widths) * LETTER <= across else "Small"
    columns = fitted(block, across, styles, SIZES[ending])
    rows = [_row(block.head, columns, styles, ending, head=True)]
    rows += [_row(row, columns, styles, ending, head=False) for row in block.rows]
    grid = [element("w:gridCol", w=twips(width)) for width in columns]
    return element(
        "w:tbl", _properties(block, columns, heading), element("w:tblGrid", *grid), *rows
    )


def _properties(block: Table, columns: Sequence[float], heading: str) -> BaseOxmlElement:
    told = {"w:tblCaption": heading, "w:tblDescription": block.about}
    return element(
        "w:tblPr",
        element("w:tblStyle", val="RegisterTable"),
        element("w:tblW", w=twips(sum(columns)), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook",
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        *[element(tag, val=printable(text)) for tag, text in told.items() if text],
    )


def fitted(block: Table, across: float, styles: Styles, size: int) -> list[float]:
    """The width of each column in millimetres; together at most ``across``."""
    wanted = [width * LETTER for width in block.widths]
    total = min(across, sum(wanted))
    needs = _needs(block, total, styles, size)
    if sum(needs) >= total:
        return [need * total / sum(needs) for need in needs]
    fixed: set[int] = set()
    while True:
        free = [i for i in range(len(wanted)) if i not in fixed]
        left = total - sum(needs[i] for i in fixed)
        scale = left / sum(wanted[i] for i in free)
        tight = {i for i in free if wanted[i] * scale < needs[i]}
        if not tight:
            return [needs[i] if i in fixed else wanted[i] * scale for i in range(len(wanted))]
        fixed |= tight


def _needs(block: Table, total: float, styles: Styles, size: int) -> list[float]:
    """Millimetres for the longest word of each column, up to a fraction of the table."""
    found = [0.0] * len(block.widths)
    for row in (block.head, *block.rows):
        for place, cell in enumerate(row):
            if cell.span == 1:
                bold = bool(styles[cell.style].get("bold"))
                word = measure.longest_word(shown(cell, styles), size, bold=bold)
                found[place] = max(found[place], word)
    return [min(word + SIDES, total * FEW) for word in found]


def _row(
    cells: Sequence[PageCell], columns: Sequence[float], styles: Styles, ending: str, *, head: bool
) -> BaseOxmlElement:
    placed = list(_placed(cells, columns))
    high = max((_height(cell, width, styles, ending) for cell, width in placed), default=0.0)
    marks = [element("w:cantSplit")] if high <= HIGH else []
    marks += [element("w:tblHeader")] if head else []
    made = [_cell(cell, width, styles, ending, keep=head) for cell, width in placed]
    return element("w:tr", *([element("w:trPr", *marks)] if marks else []), *made)


def _placed(
    cells: Sequence[PageCell], columns: Sequence[float]
) -> Iterator[tuple[PageCell, float]]:
    """Each cell with its width; what a wide one covers is left out."""
    filled = (*cells, *[PageCell()] * (len(columns) - len(cells)))
    place = 0
    while place < len(columns):
        yield filled[place], sum(columns[place : place + filled[place].span])
        place += filled[place].span


def _height(cell: PageCell, width: float, styles: Styles, ending: str) -> float:
    told = [line.text for line in prose(shown(cell, styles))]
    return measure.height(told, SIZES[ending], width - SIDES)


def _cell(
    cell: PageCell, width: float, styles: Styles, ending: str, *, keep: bool
) -> BaseOxmlElement:
    look = styles[cell.style]
    linked = "underline" in look  # on paper a link is text
    marks = [element("w:tcW", w=twips(width), type="dxa")]
    if cell.span > 1:
        marks.append(element("w:gridSpan", val=str(cell.span)))
    if fill := look.get("bg_color"):
        marks.append(element("w:shd", val="clear", color="auto", fill=fill.lstrip("#")))
    if look.get("valign") == "vcenter":
        marks.append(element("w:vAlign", val="center"))
    ink = "" if linked else look.get("font_color", "")
    letters = Letters(bool(look.get("bold")), bool(look.get("italic")), "" if ink == BLACK else ink)
    plain, point = f"TableText{ending}", f"TableBullet{ending}"
    align = ALIGNS.get(look.get("align", ""), "")
    found = lines(shown(cell, styles), plain, point, letters, keep=keep, align=align)
    return element(
        "w:tc", element("w:tcPr", *marks), *(found or [paragraph(plain, keep=keep, align=align)])
    )
