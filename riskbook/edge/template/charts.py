"""Native charts on riskbook's own sheets, as the template ships them.

::

    core.pages.front.charts(profile)  ->  XlsxWriter's charts, each over the cells left for it

A chart reads cells, so a refresh changes only those.  A stage is told by its pattern as well
as by its colour, and every column carries its figure: the axis of values needs no marks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from riskbook.core import charts
from riskbook.core.pages import front
from riskbook.core.profile import Profile
from riskbook.edge.xlsx.series import stripes

DIGIT, MARGIN, ROW = 7, 5, 20  # pixels: of a column's width, and a row of no height of its own
INSET = 8  # pixels between a chart and the cells before it
INK, FAINT = "#404040", "#D9D9D9"
FONT = {"name": "Arial", "size": 9, "bold": False, "color": INK}
PATTERNS = {"wdUpDiag": "wide_upward_diagonal", "dkHorz": "dark_horizontal"}
FOLLOW = 1  # a chart keeps to its cells: moved and sized with them


def write(
    book: Workbook, sheets: Mapping[str, Worksheet], profile: Profile, widths: Sequence[int]
) -> None:
    """Put the charts on the Summary sheet, whose columns have these widths in characters."""
    sheet = sheets["summary"]
    for chart in front.charts(profile):
        drawn = _drawn(book, chart, sheet.get_name())
        place = chart.place
        wide = sum(int(w * DIGIT + 0.5) + MARGIN for w in widths[place.left - 1 : place.right])
        drawn.set_size({"width": wide - INSET, "height": (place.bottom - place.top + 1) * ROW})
        options = {"description": chart.alt, "object_position": FOLLOW, "x_offset": INSET}
        sheet.insert_chart(place.top - 1, place.left - 1, drawn, options)


def _drawn(book: Workbook, chart: charts.Chart, sheet: str) -> Chart:
    drawn: Chart = book.add_chart({"type": "column", "name": chart.name})
    size = chart.categories.bottom - chart.categories.top + 1
    for place, series in enumerate(chart.series):
        drawn.add_series(
            {
                "name": _cells(sheet, series.name)[:3],
                "name_data": [""],
                "categories": _cells(sheet, chart.categories),
                "categories_data": [""] * size,
                "values": _cells(sheet, series.values),
                "values_data": [None] * size,
                "gap": 60,
                "overlap": -5,
                "data_labels": {"value": True, "font": {**FONT, "size": 8}},
                **_fill(series.fill, place, len(chart.series)),
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {**FONT, "size": 11, "bold": True}})
    drawn.set_x_axis({**_axis(chart.across), "line": {"color": INK}})
    drawn.set_y_axis(
        {
            **_axis(chart.up),
            **{"min": 0, "label_position": "none", "line": {"none": True}},
            **{"major_gridlines": {"visible": False}, "major_tick_mark": "none"},
        }
    )
    drawn.set_legend({"position": "bottom", "font": FONT})
    drawn.set_chartarea({"border": {"color": FAINT}})
    return drawn


def _cells(sheet: str, area: charts.Area) -> list[Any]:
    return [sheet, area.top - 1, area.left - 1, area.bottom - 1, area.right - 1]


def _axis(title: str) -> dict[str, Any]:
    return {"name": title, "name_font": FONT, "num_font": FONT, "major_tick_mark": "none"}


def _fill(colour: str, place: int, count: int) -> dict[str, Any]:
    """The last stage but the target is solid; those beside it have lines across them."""
    pattern, border = stripes(place, count), {"border": {"color": colour}}
    if pattern is None:
        return {"fill": {"color": colour}, **border}
    lines = {"pattern": PATTERNS[pattern], "fg_color": colour, "bg_color": "#FFFFFF"}
    return {"pattern": lines, **border}
