"""What hangs on a sheet's cells: merged cells, links, page breaks, each in its place.

::

    page -> <mergeCells>  after protection and filter     cells over several columns
            <hyperlinks>  after the rules of entry        links to riskbook's cells
            <rowBreaks>   after header and footer         where a printed page begins

All three are the page's and replace what was there, but for links out of the workbook.
"""

from html import escape as quoted

from riskbook.core.grid import letters
from riskbook.core.page import Page
from riskbook.edge.xlsx.splice import Edit, Element, refill

# The children of CT_Worksheet up to rowBreaks, in the order in which the schema wants
# them (the whole sequence: ECMA-376 part 1, 18.3.1.99, worksheet).
SEQUENCE = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
    *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter"),
    *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
)
MOST_BREAKS = 1023  # on a sheet: [MS-XLSB] 2.4.196, BrtBeginRwBrk; further ones are left out
LAST_COLUMN = 16383  # counted from 0

_RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",  # Strict
)


def breaks(page: Page) -> list[int]:
    """The rows, from 1, with which a printed page begins; the first row always does."""
    rows = [row for row, line in enumerate(page.rows, 1) if line.breaks and row > 1]
    return rows[:MOST_BREAKS]


def edits(part: bytes, root: Element, page: Page) -> list[Edit]:
    """What to change in a sheet part, of which ``root`` has the children and each link."""
    merged, paged = _merges(root.prefix, page), _breaks(root.prefix, page)
    return [
        *_in_place(root, "mergeCells", merged),
        *_links(part, root, page),
        *_in_place(root, "rowBreaks", paged),
    ]


def _in_place(root: Element, name: str, new: bytes) -> list[Edit]:
    """An element in place of the old one, or where the schema wants it."""
    if old := root.child(name):
        return [(old.start, old.end, new)]
    at = max(child.end for child in root.all(*SEQUENCE[: SEQUENCE.index(name)]))
    return [(at, at, new)] if new else []


def _merges(prefix: bytes, page: Page) -> bytes:
    areas = [
        f"{letters(column)}{row}:{letters(column + cell.span - 1)}{row}".encode()
        for row, line in enumerate(page.rows, 1)
        for column, cell in enumerate(line.cells, 1)
        if cell.span > 1
    ]
    return _counted(
        prefix, b"mergeCells", b"", [b'<%bmergeCell ref="%b"/>' % (prefix, each) for each in areas]
    )


def _breaks(prefix: bytes, page: Page) -> bytes:
    rows = breaks(page)
    lines = [b'<%bbrk id="%d" max="%d" man="1"/>' % (prefix, row - 1, LAST_COLUMN) for row in rows]
    return _counted(prefix, b"rowBreaks", b' manualBreakCount="%d"' % len(rows), lines)


def _counted(prefix: bytes, name: bytes, more: bytes, lines: list[bytes]) -> bytes:
    if not lines:
        return b""
    tag = prefix + name
    return b'<%b count="%d"%b>%b</%b>' % (tag, len(lines), more, b"".join(lines), tag)


def _links(part: bytes, root: Element, page: Page) -> list[Edit]:
    own = {
        f"{letters(column)}{row}": quoted(cell.link.location).encode()
        for row, line in enumerate(page.rows, 1)
        for column, cell in enumerate(line.cells, 1)
        if cell.link
    }
    old = root.child("hyperlinks")
    kept = [
        part[link.start : link.end]
        for link in (old.children if old else ())
        if any(name in link.attributes for name in _RELATION_IDS)
        and link.attributes.get("ref") not in own
    ]
    new = [
        b'<%bhyperlink ref="%b" location="%b" display="%b"/>' % (root.prefix, cell.encode(), to, to)
        for cell, to in own.items()
    ]
    content = b"".join(kept + new)
    if old:
        return [refill(part, old, content) if content else (old.start, old.end, b"")]
    tag = root.prefix + b"hyperlinks"
    return _in_place(root, "hyperlinks", b"<%b>%b</%b>" % (tag, content, tag) if content else b"")
