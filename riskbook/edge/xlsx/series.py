"""The series of a chart of riskbook's, written anew where a program has lost them.

::

    <c:ser><c:idx/><c:order/><c:spPr/></c:ser>   LibreOffice: all cells were blank or hidden
    <c:ser>.. <c:tx/> .. <c:cat/><c:val/></c:ser>   as the template has it

A chart that reads any cells at all is left as it is: other cells are told by RB914.
"""

import re
from collections.abc import Iterator

from riskbook.core.charts import Area, Chart, Series
from riskbook.core.grid import CellRef, letters
from riskbook.edge.xlsx.patch import escape
from riskbook.edge.xlsx.splice import Edit, Element, outline, splice

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
STRIPES = (None, "wdUpDiag", "dkHorz")  # by how pale a fill is
INK, SMALL = "404040", 800  # of a figure over a column; hundredths of a point
# said one by one: LibreOffice shows what is not said, in a workbook that it has saved itself
FIGURE_ALONE = "".join(
    f'<c:{what} val="{int(what == "showVal")}"/>'
    for what in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent")
)
NOT_INVERTED = '<c:invertIfNegative val="0"/>'
_TAG = re.compile("(</?)c:")
_BEFORE = ("barDir", "grouping", "varyColors")  # what stands before the series


def stripes(place: int, count: int) -> str | None:
    """The pattern of a series: the last stage but the target is solid, None."""
    solid = min(1, count - 1)
    return STRIPES[(place > solid) + (place != solid)]


def restored(part: bytes, chart: Chart, sheet: str, depth: int) -> bytes:
    """A chart part with its series; the same bytes where one of them reads any cells."""
    root = outline(part, depth)
    bars = list(_below(root, ("chart", "plotArea", "barChart")))
    if len(bars) != 1 or any(reads(each) for each in bars[0].all("ser")):
        return part
    return splice(part, _edits(bars[0], chart, sheet))


def reads(element: Element) -> bool:
    """Whether a series, or anything below it, names cells."""
    return any(child.name.rpartition(" ")[2] == "f" or reads(child) for child in element.children)


def _below(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    if not names:
        yield element
    for child in element.all(*names[:1]):
        yield from _below(child, names[1:])


def _edits(bars: Element, chart: Chart, sheet: str) -> Iterator[Edit]:
    """What is left of the series goes, and new ones stand in their place."""
    for old in bars.all("ser"):
        yield old.start, old.end, b""
    after = [each.start for each in bars.children if each.name not in _BEFORE]
    at = min(after, default=bars.closing)
    count = len(chart.series)
    new = (_series(chart, s, place, count, sheet) for place, s in enumerate(chart.series))
    yield at, at, _TAG.sub(rf"\1{bars.prefix.decode()}", "".join(new)).encode()


def _series(chart: Chart, series: Series, place: int, count: int, sheet: str) -> str:
    """One series as the template has it, without what it has read."""
    return (
        f'<c:ser xmlns:a="{MAIN}"><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx>{_words(sheet, series.name)}</c:tx>"
        f"{_look(series.fill.removeprefix('#'), stripes(place, count))}{NOT_INVERTED}{_figures()}"
        f"<c:cat>{_words(sheet, chart.categories)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_cells(sheet, series.values)}</c:f>"
        "<c:numCache><c:formatCode>General</c:formatCode></c:numCache></c:numRef></c:val></c:ser>"
    )


def _words(sheet: str, area: Area) -> str:
    return f"<c:strRef><c:f>{_cells(sheet, area)}</c:f></c:strRef>"


def _cells(sheet: str, area: Area) -> str:
    """``Summary!$H$24:$H$33``."""
    name = CellRef(sheet, 1, 1).location.rpartition("!")[0]
    ends = dict.fromkeys(((area.top, area.left), (area.bottom, area.right)))
    return escape(f"{name}!" + ":".join(f"${letters(column)}${row}" for row, column in ends))


def _look(fill: str, pattern: str | None) -> str:
    colour = _solid(fill)
    line = f"<a:ln>{colour}</a:ln>"
    if pattern is None:
        return f"<c:spPr>{colour}{line}</c:spPr>"
    both = f"<a:fgClr>{_rgb(fill)}</a:fgClr><a:bgClr>{_rgb('FFFFFF')}</a:bgClr>"
    return f'<c:spPr><a:pattFill prst="{pattern}">{both}</a:pattFill>{line}</c:spPr>'


def _figures() -> str:
    """The figure over each column."""
    font = f'<a:defRPr sz="{SMALL}" b="0" baseline="0">{_solid(INK)}<a:latin typeface="Arial"/>'
    paragraph = f'<a:p><a:pPr>{font}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p>'
    words = f"<c:txPr><a:bodyPr/><a:lstStyle/>{paragraph}</c:txPr>"
    return f"<c:dLbls>{words}{FIGURE_ALONE}</c:dLbls>"


def _solid(rgb: str) -> str:
    return f"<a:solidFill>{_rgb(rgb)}</a:solidFill>"


def _rgb(rgb: str) -> str:
    return f'<a:srgbClr val="{rgb}"/>'
