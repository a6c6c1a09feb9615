"""Axes and legend of a chart."""

from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from riskbook.edge.libreoffice.line.wire import Enum, Remote

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.drawing.charts import Chart

LEGEND = "com.sun.star.chart.ChartLegendPosition"
CROSSING = "com.sun.star.chart.ChartAxisPosition"
CROSSES = {"automatic": "ZERO", "minimum": "START", "maximum": "END"}
UNSET = base_classes._UNSET
# in this order, whatever was asked first: an axis must be shown before it is changed
SETTINGS = (
    "title",
    "minimum_scale",
    "maximum_scale",
    "major_unit",
    "number_format",
    "reverse_order",
    "crosses",
)


class ChartLegend(base_classes.ChartLegend):
    """What says which series is which."""

    def __init__(self, chart: "Chart") -> None:
        self.chart = chart

    @property
    def api(self) -> Remote | None:
        """LibreOffice's legend."""
        return self.chart.chart["Legend"] if self.visible else None

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self.chart.chart["HasLegend"])

    @visible.setter
    def visible(self, value: bool) -> None:
        self.chart.chart["HasLegend"] = bool(value)

    @property
    def position(self) -> str | None:
        """At which side it stands; None where it is not shown."""
        if not self.visible:
            return None
        return str(self.chart.chart["Legend"]["Alignment"].name).lower()

    @position.setter
    def position(self, value: str) -> None:
        if value == "corner":
            raise NotImplementedError("LibreOffice puts a legend at a side, not into a corner.")
        self.visible = True
        self.chart.chart["Legend"]["Alignment"] = Enum(LEGEND, value.upper())


class ChartAxis(base_classes.ChartAxis):
    """One axis."""

    def __init__(self, chart: "Chart", which: str) -> None:
        """An axis.

        Args:
            chart: whose it is.
            which: XAxis, YAxis, SecondaryXAxis or SecondaryYAxis.
        """
        self.chart, self.which = chart, which

    @property
    def api(self) -> Remote | None:
        """LibreOffice's axis."""
        return self._axis() if self.visible else None

    def _axis(self) -> Remote:
        if not self.visible:
            raise XlwingsError(f"The chart has no visible {self.which}.")
        axis: Remote = self.chart.diagram(f"get{self.which}")
        return axis

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self.chart.diagram[f"Has{self.which}"])

    @visible.setter
    def visible(self, value: bool) -> None:
        self.chart.diagram[f"Has{self.which}"] = bool(value)

    @property
    def title(self) -> str | None:
        """Its title, None without one."""
        diagram = self.chart.diagram
        if not self.visible or not diagram[f"Has{self.which}Title"]:
            return None
        return str(self._axis()("getAxisTitle")["String"])

    @title.setter
    def title(self, value: str | None) -> None:
        if value is None:
            self.chart.diagram[f"Has{self.which}Title"] = False
            return
        self.visible = True
        self.chart.diagram[f"Has{self.which}Title"] = True
        self._axis()("getAxisTitle")["String"] = value

    def _set_scale(self, name: str, value: float | None) -> None:
        axis = self._axis()
        axis["Auto" + name] = value is None
        if value is not None:
            axis[name] = float(value)

    @property
    def minimum_scale(self) -> float:
        """Its lowest value."""
        return float(self._axis()["Min"])

    @minimum_scale.setter
    def minimum_scale(self, value: float | None) -> None:
        self._set_scale("Min", value)

    @property
    def maximum_scale(self) -> float:
        """Its highest value."""
        return float(self._axis()["Max"])

    @maximum_scale.setter
    def maximum_scale(self, value: float | None) -> None:
        self._set_scale("Max", value)

    @property
    def major_unit(self) -> float:
        """How far its marks lie apart."""
        return float(self._axis()["StepMain"])

    @major_unit.setter
    def major_unit(self, value: float | None) -> None:
        self._set_scale("StepMain", value)

    @property
    def number_format(self) -> str:
        """How its numbers are shown."""
        formats = self.chart.chart("getNumberFormats")
        return str(formats("getByKey", self._axis()["NumberFormat"])["FormatString"])

    @number_format.setter
    def number_format(self, value: str) -> None:
        axis = self._axis()
        axis["LinkNumberFormatToSource"] = False
        axis.block("axis.format", self.chart.chart, value)

    @property
    def reverse_order(self) -> bool:
        """Whether it runs the other way."""
        return bool(self._axis()["ReverseDirection"])

    @reverse_order.setter
    def reverse_order(self, value: bool) -> None:
        self._axis()["ReverseDirection"] = bool(value)

    @property
    def crosses(self) -> str:
        """Where the other axis crosses it: ``automatic``, ``minimum``, ``maximum``, ``custom``."""
        position = self._other()["CrossoverPosition"].name
        found = {office: ours for ours, office in CROSSES.items()}
        return found.get(position, "custom")

    @crosses.setter
    def crosses(self, value: str) -> None:
        self._other()["CrossoverPosition"] = Enum(CROSSING, CROSSES[value])

    def _other(self) -> Remote:
        """The axis that crosses this one: it knows where."""
        self._axis()
        other = self.which.translate(str.maketrans("XY", "YX"))
        axis: Remote = self.chart.diagram(f"get{other}")
        return axis

    def set(self, *, visible: Any = UNSET, **changes: Any) -> None:
        """Several settings at once; one that is hidden in the end is shown for them."""
        wanted = {name: changes[name] for name in SETTINGS if changes.get(name, UNSET) is not UNSET}
        if visible is True or (visible is False and wanted):
            self.visible = True
        for name, value in wanted.items():
            setattr(self, name, value)
        if visible is False:
            self.visible = False
