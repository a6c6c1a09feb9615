"""The charts of riskbook's own sheets: what they last read of the cells is kept up to date.

::

    sheet -> drawing -> chart named "riskbook ..." -> <c:f>Summary!$B$8:$B$12</c:f>
                                                      <c:numCache> .. <c:pt idx="0"> ..

An office program reads the cells when it opens the workbook; previewers, Protected View
and readers of files see only this cache.  Nothing else of a chart is changed, but for series
that a program has lost, and a chart that somebody else has put on the sheet is left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from riskbook.core.grid import column_number
from riskbook.core.page import Page, PageValue
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.patch import escape, plain
from riskbook.edge.xlsx.series import restored
from riskbook.edge.xlsx.splice import Edit, Element, outline, splice, text_of
from riskbook.edge.xlsx.workbook import Workbook

PREFIX = "riskbook "  # what the names of riskbook's own charts begin with
DEPTH = 24  # levels of a part that are looked at: a point of a title's cache is on level 9

_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!"
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?"
)
_CACHES = {"strRef": "strCache", "numRef": "numCache"}


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells that a chart reads; rows and columns from 1."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, formula: str) -> "Area | None":
        """``'Top risks'!$A$2:$B$9``; None for anything but one block of one sheet."""
        found = _AREA.fullmatch(formula)
        if found is None:
            return None
        sheet = found[1].replace("''", "'") if found[1] else found[2]
        left, top = column_number(found[3].upper()), int(found[4])
        right, bottom = column_number((found[5] or found[3]).upper()), int(found[6] or found[4])
        return cls(sheet, top, left, bottom, right)


def recached(
    package: Package, workbook: Workbook, pages: Sequence[Page]
) -> Iterator[tuple[str, bytes]]:
    """Each part of a chart of riskbook's on the sheets of some pages, with its cache anew."""
    by_sheet = {page.sheet: page for page in pages}
    for page in pages:
        own = {chart.name: chart for chart in page.charts}
        for part, name in charts_on(package, workbook, page.sheet).items():
            found = package.part(part)
            if name in own:
                found = restored(found, own[name], page.sheet, DEPTH)
            yield part, with_caches(found, by_sheet)


def charts_on(package: Package, workbook: Workbook, sheet: str) -> dict[str, str]:
    """The parts of riskbook's own charts on a sheet, with their names."""
    found: dict[str, str] = {}
    for drawing in workbook.related(workbook.part_of(sheet), "drawing").values():
        charts = workbook.related(drawing, "chart")
        for name, each in _ids(outline(package.part(drawing), DEPTH)):
            if each in charts:
                found[charts[each]] = name
    return found


def _ids(root: Element) -> Iterator[tuple[str, str]]:
    """Name and relationship of each chart in a drawing whose frame has one of riskbook's names."""
    for frame in _all(root, "graphicFrame"):
        names = [each.attributes.get("name", "") for each in _all(frame, "cNvPr")]
        if names and names[0].startswith(PREFIX):
            for chart in _all(frame, "chart"):
                ids = (v for k, v in chart.attributes.items() if k.endswith(" id"))
                yield from ((names[0], each) for each in ids)


def with_caches(part: bytes, pages: Mapping[str, Page]) -> bytes:
    """A chart part whose caches show the pages' cells; caches of other sheets stay.

    Cells of hidden rows are left out and the others counted on, as Excel does it, unless
    the chart shows hidden cells (``plotVisOnly`` 0).
    """
    root = outline(part, DEPTH)
    only = [each.attributes.get("val", "1") for each in _all(root, "plotVisOnly")]
    every = bool(only) and only[0] in ("0", "false")
    edits: list[Edit] = []
    for name in _CACHES:
        for reference in _all(root, name):
            formula = reference.child("f")
            area = formula and Area.parse(text_of(part[formula.opened : formula.closing]))
            if formula and area and area.sheet in pages:
                values = values_in(pages[area.sheet], area, hidden=every)
                edits.append(_cache(part, reference, formula, values))
    return splice(part, edits)


def values_in(page: Page, area: Area, *, hidden: bool) -> list[PageValue]:
    """What a page shows in a block, row by row; hidden rows only if they are wanted."""
    found: list[PageValue] = []
    for row in range(area.top, area.bottom + 1):
        line = page.rows[row - 1] if row <= len(page.rows) else None
        if line is None:
            found += [None] * (area.right - area.left + 1)
        elif hidden or line.height != 0:
            cells = [cell.value for cell in line.cells[area.left - 1 : area.right]]
            found += cells + [None] * (area.right - area.left + 1 - len(cells))
    return found


def _cache(part: bytes, reference: Element, formula: Element, values: list[PageValue]) -> Edit:
    """The points of a cache; what else it holds (a number format) stays."""
    p, name = reference.prefix, _CACHES[reference.name]
    points = [
        b'<%bpt idx="%d"><%bv>%b</%bv></%bpt>' % (p, place, p, text.encode(), p, p)
        for place, value in enumerate(values)
        if (text := _text(value, name)) is not None
    ]
    new = b'<%bptCount val="%d"/>' % (p, len(values)) + b"".join(points)
    cache = reference.child(name)
    if cache is None:
        tag = p + name.encode()
        return formula.end, formula.end, b"<%b>%b</%b>" % (tag, new, tag)
    old = cache.all("ptCount", "pt")
    if old:
        return old[0].start, old[-1].end, new
    if cache.opened == cache.end:  # <numCache/>
        tag = p + name.encode()
        return cache.start, cache.end, b"<%b>%b</%b>" % (tag, new, tag)
    format_code = cache.child("formatCode")
    at = format_code.end if format_code else cache.opened
    return at, at, new


def _text(value: PageValue, cache: str) -> str | None:
    """A point as its cache holds it; None for a blank, or for a text among numbers."""
    if isinstance(value, int | Decimal):
        return plain(value)
    return escape(value) if value and cache == "strCache" else None


def _all(element: Element, name: str) -> Iterator[Element]:
    """Every element of a local name below another one, whatever its namespace."""
    for child in element.children:
        if child.name.rpartition(" ")[2] == name:
            yield child
        yield from _all(child, name)
