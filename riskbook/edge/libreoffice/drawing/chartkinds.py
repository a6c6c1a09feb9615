"""Kinds of charts: xlwings' words and LibreOffice's templates.

A template lays a chart's data out anew and says whether a chart is of its kind.
"""

from riskbook.edge.libreoffice.cells.address import parse
from riskbook.edge.libreoffice.line.wire import Enum, Remote, properties

TEMPLATES = {
    "column_clustered": "Column",
    "column_stacked": "StackedColumn",
    "column_stacked_100": "PercentStackedColumn",
    "bar_clustered": "Bar",
    "bar_stacked": "StackedBar",
    "bar_stacked_100": "PercentStackedBar",
    "line": "Line",
    "line_stacked": "StackedLine",
    "line_stacked_100": "PercentStackedLine",
    "line_markers": "LineSymbol",
    "line_markers_stacked": "StackedLineSymbol",
    "line_markers_stacked_100": "PercentStackedLineSymbol",
    "pie": "Pie",
    "pie_exploded": "PieAllExploded",
    "doughnut": "Donut",
    "doughnut_exploded": "DonutAllExploded",
    "area": "Area",
    "area_stacked": "StackedArea",
    "area_stacked_100": "PercentStackedArea",
    "xy_scatter": "ScatterSymbol",
    "xy_scatter_lines": "ScatterLineSymbol",
    "xy_scatter_lines_no_markers": "ScatterLine",
    "xy_scatter_smooth": "ScatterLineSymbol",
    "xy_scatter_smooth_no_markers": "ScatterLine",
    "radar": "NetLine",
    "radar_markers": "Net",
    "radar_filled": "FilledNet",
    "bubble": "Bubble",
    "stock_hlc": "StockLowHighClose",
    "stock_ohlc": "StockOpenLowHighClose",
    "stock_vhlc": "StockVolumeLowHighClose",
    "stock_vohlc": "StockVolumeOpenLowHighClose",
    "combination": "ColumnWithLine",
    "3d_column": "ThreeDColumnDeep",
    "3d_column_clustered": "ThreeDColumnFlat",
    "3d_column_stacked": "StackedThreeDColumnFlat",
    "3d_column_stacked_100": "PercentStackedThreeDColumnFlat",
    "3d_bar_clustered": "ThreeDBarFlat",
    "3d_bar_stacked": "StackedThreeDBarFlat",
    "3d_bar_stacked_100": "PercentStackedThreeDBarFlat",
    "3d_line": "ThreeDLineDeep",
    "3d_pie": "ThreeDPie",
    "3d_pie_exploded": "ThreeDPieAllExploded",
    "3d_area": "ThreeDArea",
    "3d_area_stacked": "StackedThreeDArea",
    "3d_area_stacked_100": "PercentStackedThreeDArea",
}
SMOOTH = ("xy_scatter_smooth", "xy_scatter_smooth_no_markers")
SOURCE = "com.sun.star.chart.ChartDataRowSource"
_CURVE = "com.sun.star.chart2.CurveStyle"
# a series of its own kind inside a chart of another one
SERIES = {
    "column_clustered": "ColumnChartType",
    "line": "LineChartType",
    "line_markers": "LineChartType",
    "area": "AreaChartType",
}


def kinds_of(series_type: str) -> str:
    """The kind of a series in a chart of several kinds."""
    for kind, service in SERIES.items():
        if series_type.endswith(service):
            return kind
    raise NotImplementedError(f"xlwings has no word for LibreOffice's {series_type}.")


def kind_of(chart: Remote) -> str:
    """What kind a chart is of.

    Raises:
        NotImplementedError: xlwings has no word for it.
    """
    diagram, manager = chart("getFirstDiagram"), chart("getChartTypeManager")
    smooth = _is_smooth(diagram)
    for kind, name in TEMPLATES.items():
        template = _template(manager, name)
        if (kind in SMOOTH) == smooth and template("matchesTemplate", diagram, False):
            return kind
    raise NotImplementedError("LibreOffice's kind of this chart has no word in xlwings.")


def make_kind(chart: Remote, kind: str) -> None:
    """Make a chart one of another kind.

    Raises:
        NotImplementedError: LibreOffice has no such charts.
    """
    if kind not in TEMPLATES:
        raise NotImplementedError(f"LibreOffice has no charts of the kind {kind!r}.")
    diagram = chart("getFirstDiagram")
    template = _template(chart("getChartTypeManager"), TEMPLATES[kind])
    if template.can("CurveStyle"):
        style = "CUBIC_SPLINES" if kind in SMOOTH else "LINES"
        template["CurveStyle"] = Enum(_CURVE, style)
    template("changeDiagram", diagram)


def show_data(chart: Remote, place: str, *, by_rows: bool, labels: bool, categories: bool) -> None:
    """Let a chart show other cells; it stays of its kind.

    Args:
        chart: LibreOffice's chart.
        place: the cells as LibreOffice writes them, ``$'Sheet1'.$A$1:$C$4``.
        by_rows: whether each series is a row.
        labels: whether each series begins with its name.
        categories: whether the first series holds the categories instead.
    """
    given = properties(
        CellRangeRepresentation=place,
        DataRowSource=Enum(SOURCE, "ROWS" if by_rows else "COLUMNS"),
        FirstCellAsLabel=labels,
        HasCategories=categories,
    )
    template = _template(chart("getChartTypeManager"), TEMPLATES[kind_of(chart)])
    data = chart("getDataProvider")("createDataSource", given)
    template("changeDiagramData", chart("getFirstDiagram"), data, given)


def is_by_rows(chart: Remote) -> bool:
    """Whether the first series of a chart lies in a row."""
    for system in chart("getFirstDiagram")("getCoordinateSystems"):
        for kind in system("getChartTypes"):
            for series in kind("getDataSeries"):
                values = series("getDataSequences")[0]("getValues")
                place = parse(values["SourceRangeRepresentation"].rpartition(".")[2])
                place = place or parse(values["SourceRangeRepresentation"].split(".")[1])
                return place is not None and place.columns > place.rows
    return False


def block_of(chart: Remote) -> str:
    """The cells that a chart shows, as LibreOffice writes them."""
    told = chart("getDataProvider")("detectArguments", chart("getUsedData"))
    found = {each["Name"]: each["Value"] for each in told}
    return str(found.get("CellRangeRepresentation", ""))


def empty(chart: Remote) -> None:
    """Let a chart show nothing."""
    for system in chart("getFirstDiagram")("getCoordinateSystems"):
        for kind in system("getChartTypes"):
            kind("setDataSeries", ())


def _template(manager: Remote, name: str) -> Remote:
    template: Remote = manager("createInstance", f"com.sun.star.chart2.template.{name}")
    return template


def _is_smooth(diagram: Remote) -> bool:
    types = diagram("getCoordinateSystems")[0]("getChartTypes")
    curves = [each["CurveStyle"] for each in types if each.can("CurveStyle")]
    return bool(curves) and curves[0] == Enum(_CURVE, "CUBIC_SPLINES")
