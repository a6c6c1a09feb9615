"""The series of a chart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells import colours
from riskbook.edge.libreoffice.drawing.chartkinds import kind_of, kinds_of
from riskbook.edge.libreoffice.drawing.drawn import points, to_office
from riskbook.edge.libreoffice.line.wire import Enum, Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.drawing.charts import Chart

STYLE = "com.sun.star.chart2.SymbolStyle"
LINE = "com.sun.star.drawing.LineStyle"
FILL = "com.sun.star.drawing.FillStyle"
# numbers of LibreOffice's symbols
MARKERS = {"square": 0, "diamond": 1, "triangle": 3, "circle": 8, "x": 10, "plus": 11}
MARKERS |= {"star": 12, "dash": 13}
UNSET = base_classes._UNSET
SETTINGS = (
    "chart_type",
    "axis_group",
    "name",
    "line_color",
    "fill_color",
    "marker_style",
    "marker_size",
    "marker_foreground_color",
    "marker_background_color",
)


def series_of(chart: Remote) -> list[tuple[Remote, Remote]]:
    """Each series of LibreOffice's chart, with the kind of chart that it belongs to."""
    diagram, found = chart("getFirstDiagram"), []
    for system in diagram("getCoordinateSystems"):
        for kind in system("getChartTypes"):
            found += [(series, kind) for series in kind("getDataSeries")]
    return found


class ChartSeries(base_classes.ChartSeries):
    """One series."""

    def __init__(self, chart: "Chart", remote: Remote, kind: Remote) -> None:
        self.chart, self.remote, self.kind = chart, remote, kind

    @property
    def api(self) -> Remote:
        """LibreOffice's series."""
        return self.remote

    def _values(self) -> Remote:
        """The sequence that its name belongs to."""
        sequences = self.remote("getDataSequences")
        named = [each for each in sequences if each("getLabel")]
        found: Remote = (named or list(sequences))[0]
        return found

    @property
    def name(self) -> str:
        """What the legend calls it."""
        label = self._values()("getLabel")
        return " ".join(str(text) for text in label("getTextualData")) if label else ""

    @name.setter
    def name(self, value: str) -> None:
        provider = self.chart.chart("getDataProvider")
        text = '"' + value.replace('"', '""') + '"'
        label = provider("createDataSequenceByRangeRepresentation", text)
        self._values()("setLabel", label)

    # its marks

    def _mark(self, **fields: Any) -> None:
        self.remote["Symbol"] = self.remote["Symbol"].changed(**fields)

    @property
    def marker_style(self) -> str:
        """The form of its marks."""
        symbol = self.remote["Symbol"]
        if symbol["Style"].name != "STANDARD":
            return {"NONE": "none"}.get(symbol["Style"].name, "automatic")
        found = {number: name for name, number in MARKERS.items()}
        return found.get(symbol["StandardSymbol"], "automatic")

    @marker_style.setter
    def marker_style(self, value: str) -> None:
        if value == "dot":
            raise NotImplementedError("LibreOffice has no dots as marks: choose 'dash'.")
        style = {"none": "NONE", "automatic": "AUTO"}.get(value, "STANDARD")
        self._mark(Style=Enum(STYLE, style), StandardSymbol=MARKERS.get(value, 0))

    @property
    def marker_size(self) -> int:
        """Their size in points."""
        return round(points(self.remote["Symbol"]["Size"]["Width"]))

    @marker_size.setter
    def marker_size(self, value: int) -> None:
        size = to_office(value)
        self._mark(Size=Struct("com.sun.star.awt.Size", {"Width": size, "Height": size}))

    @property
    def marker_foreground_color(self) -> tuple[int, int, int] | None:
        """The colour of their edges."""
        return colours.from_office(self.remote["Symbol"]["BorderColor"])

    @marker_foreground_color.setter
    def marker_foreground_color(self, value: Any) -> None:
        self._mark(BorderColor=colours.to_office(value))

    @property
    def marker_background_color(self) -> tuple[int, int, int] | None:
        """What they are filled with."""
        return colours.from_office(self.remote["Symbol"]["FillColor"])

    @marker_background_color.setter
    def marker_background_color(self, value: Any) -> None:
        self._mark(FillColor=colours.to_office(value))

    # its colours

    @property
    def _drawn_as_line(self) -> bool:
        """Whether the series itself is a line; then its colour is the line's."""
        kind = str(self.kind("getChartType")).rpartition(".")[2]
        return kind in ("LineChartType", "ScatterChartType", "NetChartType")

    @property
    def line_color(self) -> tuple[int, int, int] | None:
        """The colour of its line, or of the edge of its bars; None without one."""
        if self._drawn_as_line:
            style, colour = self.remote.get("LineStyle", "Color")
        else:
            style, colour = self.remote.get("BorderStyle", "BorderColor")
        return None if style.name == "NONE" else colours.from_office(colour)

    @line_color.setter
    def line_color(self, value: Any) -> None:
        colour, solid = colours.to_office(value), Enum(LINE, "SOLID")
        if self._drawn_as_line:
            self.remote.set(LineStyle=solid, Color=colour)
        else:
            self.remote.set(BorderStyle=solid, BorderColor=colour)

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """What its bars or areas are filled with; None without a filling."""
        if self._drawn_as_line:
            return None
        style, colour = self.remote.get("FillStyle", "Color")
        return None if style.name == "NONE" else colours.from_office(colour)

    @fill_color.setter
    def fill_color(self, value: Any) -> None:
        if self._drawn_as_line:
            raise NotImplementedError("In LibreOffice a line has no filling: set line_color.")
        self.remote.set(FillStyle=Enum(FILL, "SOLID"), Color=colours.to_office(value))

    @property
    def chart_type(self) -> str:
        """Its kind."""
        whole = kind_of(self.chart.chart)
        return kinds_of(self.kind("getChartType")) if whole == "combination" else whole

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        if value == self.chart_type:
            return
        if len(series_of(self.chart.chart)) > 1:
            raise NotImplementedError(
                "LibreOffice has no charts with series of any kind: make the whole chart one of "
                "the kind 'combination', whose last series is a line."
            )
        self.chart.chart_type = value

    @property
    def axis_group(self) -> str:
        """By which axis of values it is measured."""
        return "secondary" if self.remote["AttachedAxisIndex"] else "primary"

    @axis_group.setter
    def axis_group(self, value: str) -> None:
        second = value == "secondary"
        if second:
            self.chart.diagram["HasSecondaryYAxis"] = True
        self.remote["AttachedAxisIndex"] = int(second)

    def set(self, **changes: Any) -> None:
        """Several settings at once."""
        for name in SETTINGS:
            if changes.get(name, UNSET) is not UNSET:
                setattr(self, name, changes[name])


class SeriesCollection(base_classes.ChartSeriesCollection):
    """The series of a chart."""

    def __init__(self, chart: "Chart") -> None:
        self.chart = chart

    @property
    def api(self) -> Remote:
        """LibreOffice's chart."""
        return self.chart.chart

    def _all(self) -> list[ChartSeries]:
        return [ChartSeries(self.chart, *each) for each in series_of(self.chart.chart)]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[ChartSeries]:
        return iter(self._all())

    def __call__(self, key: int) -> ChartSeries:
        """The series at a place, from 1."""
        found = self._all()
        if isinstance(key, bool) or not isinstance(key, int) or not 1 <= key <= len(found):
            raise KeyError(key)
        return found[key - 1]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)
