"""Charts on a sheet.

A chart's style number has no meaning in LibreOffice: it is kept as long as the workbook is
open and is not written to the file.
"""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import MOST_COLUMNS, MOST_ROWS, Box, parse
from riskbook.edge.libreoffice.cells.contents import Contents
from riskbook.edge.libreoffice.drawing.chartkinds import (
    block_of,
    empty,
    is_by_rows,
    kind_of,
    make_kind,
    show_data,
)
from riskbook.edge.libreoffice.drawing.chartparts import ChartAxis, ChartLegend
from riskbook.edge.libreoffice.drawing.chartseries import SeriesCollection, series_of
from riskbook.edge.libreoffice.drawing.drawn import Drawn, free_name, rectangle
from riskbook.edge.libreoffice.drawing.pictures import graphic
from riskbook.edge.libreoffice.drawing.shapes import Drawings
from riskbook.edge.libreoffice.files.guard import url_of
from riskbook.edge.libreoffice.files.pdf import write_pdf
from riskbook.edge.libreoffice.line.wire import OfficeError, Remote, Struct, properties

LAST_CELL = Box(MOST_ROWS, MOST_COLUMNS)
STYLE = 227  # what Excel gives a new chart


class Chart(Drawn, base_classes.Chart):
    """One chart."""

    @property
    def api(self) -> tuple[Remote, Remote]:
        """LibreOffice's shape and the chart in it."""
        return self.remote, self.chart

    @property
    def chart(self) -> Remote:
        """LibreOffice's chart."""
        chart: Remote = self.remote["Model"]
        return chart

    @property
    def diagram(self) -> Remote:
        """What of the chart shows the data."""
        diagram: Remote = self.chart["Diagram"]
        return diagram

    def set_source_data(self, rng: Any, plot_by: str | None = None) -> None:
        """Show a range: headings and categories are told by what its edges hold."""
        first_row, first_column = labels(Contents(rng.sheet, rng.place))
        rows, columns = rng.place.rows - first_row, rng.place.columns - first_column
        by_rows = plot_by == "rows" if plot_by else rows < columns
        show_data(
            self.chart,
            f"${_calc_name(rng.sheet.name)}.{rng.place.text()}",
            by_rows=by_rows,
            labels=first_column if by_rows else first_row,
            categories=first_row if by_rows else first_column,
        )
        self._kept()["source"] = (rng.sheet.name, rng.place)

    def set_x_axis_values(self, rng: Any) -> None:
        """Take the categories from a range."""
        chart = self.chart
        place = f"${_calc_name(rng.sheet.name)}.{rng.place.text()}"
        provider = chart("getDataProvider")
        sequence = provider("createDataSequenceByRangeRepresentation", place)
        sequence["Role"] = "categories"
        create = self.sheet.book.app.wire.create
        labelled = create("com.sun.star.chart2.data.LabeledDataSequence")
        labelled("setValues", sequence)
        axis = chart("getFirstDiagram")("getCoordinateSystems")[0]("getAxisByDimension", 0, 0)
        scale = axis("getScaleData")
        axis("setScaleData", scale.changed(Categories=labelled))

    @property
    def chart_type(self) -> str:
        """What kind of chart it is."""
        return kind_of(self.chart)

    @chart_type.setter
    def chart_type(self, chart_type: str) -> None:
        make_kind(self.chart, chart_type)

    @property
    def title(self) -> str | None:
        """Its title, None without one."""
        chart = self.chart
        return str(chart["Title"]["String"]) if chart["HasMainTitle"] else None

    @title.setter
    def title(self, value: str | None) -> None:
        chart = self.chart
        chart["HasMainTitle"] = value is not None
        if value is not None:
            chart["Title"]["String"] = value

    @property
    def legend(self) -> ChartLegend:
        """What says which series is which."""
        return ChartLegend(self)

    @property
    def category_axis(self) -> ChartAxis:
        """The axis of the categories."""
        return ChartAxis(self, "XAxis")

    @property
    def value_axis(self) -> ChartAxis:
        """The axis of the values."""
        return ChartAxis(self, "YAxis")

    @property
    def secondary_category_axis(self) -> ChartAxis:
        """The second axis of categories."""
        return ChartAxis(self, "SecondaryXAxis")

    @property
    def secondary_value_axis(self) -> ChartAxis:
        """The second axis of values."""
        return ChartAxis(self, "SecondaryYAxis")

    @property
    def series(self) -> SeriesCollection:
        """Its series."""
        return SeriesCollection(self)

    @property
    def plot_by(self) -> str:
        """Whether each series is a row or a column."""
        return "rows" if is_by_rows(self.chart) else "columns"

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        """Turn the data round.

        Raises:
            OfficeError: the series do not lie in one block.
        """
        sheet, place = self._kept().get("source") or _source(block_of(self.chart))
        if place is None:
            raise OfficeError(
                f"The series of {self.name!r} do not lie in one block of cells.",
                fix="give the chart its cells again with set_source_data.",
            )
        self.set_source_data(self.sheet.book.sheets(sheet).box(place), value)

    @property
    def style(self) -> int:
        """The number of Excel's style, as it was given."""
        return int(self._kept().get("style", STYLE))

    @style.setter
    def style(self, value: int) -> None:
        self._kept()["style"] = value

    def delete(self) -> None:
        """Take it off the sheet."""
        self.sheet.remote["Charts"]("removeByName", self.remote["PersistName"])

    def to_png(self, path: str) -> None:
        """Write a picture of it."""
        self._export(path, "image/png")

    def _export(self, path: str, media: str) -> None:
        work = self.sheet.book.app.wire.create("com.sun.star.drawing.GraphicExportFilter")
        work("setSourceDocument", self.remote)
        work("filter", properties(URL=url_of(path), MediaType=media))

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """Write it as a PDF of its own size: by way of a workbook that nobody sees."""
        book = self.sheet.book
        with TemporaryDirectory() as folder:
            picture = str(Path(folder) / "chart.emf")
            self._export(picture, "image/x-emf")
            given = ("private:factory/scalc", "_blank", 0, properties(Hidden=True))
            doc = book.app.desktop("loadComponentFromURL", *given)
            try:
                only_picture(doc, graphic(book.app.wire, picture), self.remote["Size"])
                write_pdf(doc, path, quality)
            finally:
                doc("close", True)


def only_picture(doc: Remote, shown: Remote, size: Struct) -> None:
    """Make a workbook's only page exactly as large as the picture on it."""
    sheet = doc["Sheets"]("getByIndex", 0)
    sheet["Columns"]("getByIndex", 0)["Width"] = size["Width"]
    sheet["Rows"]("getByIndex", 0)["Height"] = size["Height"]
    page = doc["StyleFamilies"]("getByName", "PageStyles")("getByName", sheet["PageStyle"])
    page.set(HeaderIsOn=False, FooterIsOn=False)
    page.set(LeftMargin=0, RightMargin=0, TopMargin=0, BottomMargin=0)
    page.set(IsLandscape=size["Width"] > size["Height"])
    page.set(Width=size["Width"], Height=size["Height"])
    shape = doc("createInstance", "com.sun.star.drawing.GraphicObjectShape")
    shape["Graphic"] = shown
    sheet["DrawPage"]("add", shape)
    shape("setSize", size)
    sheet("setPrintAreas", (sheet("getCellRangeByName", "A1")["RangeAddress"],))


class Charts(Drawings, base_classes.Charts):
    """The charts of a sheet."""

    make = Chart
    kinds = ("chart",)

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Any = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = STYLE,
    ) -> Chart:
        """A new chart, of clustered columns unless another kind is named."""
        if anchor is not None:
            left, top = anchor.left, anchor.top
        given = name or free_name(self.sheet, "Chart")
        charts = self.sheet.remote["Charts"]
        inner, number = given, 1
        while charts("hasByName", inner):
            inner, number = f"{given} {number}", number + 1
        # a chart of no cells has neither axes nor a link to the sheet: it begins with one
        last = self.sheet.box(LAST_CELL).remote["RangeAddress"]
        charts("addNewByName", inner, rectangle(left, top, width, height), (last,), False, False)
        page = self.api
        chart = Chart(self.sheet, page("getByIndex", page["Count"] - 1))
        empty(chart.chart)
        chart.remote["Name"] = given
        chart.left, chart.top, chart.width, chart.height = left, top, width, height
        if source is not None:
            chart.set_source_data(source, plot_by)
        if chart_type is not None:
            chart.chart_type = chart_type
        if style is not None:
            chart.style = style
        if len(series_of(chart.chart)) > 1:
            chart.legend.visible = True
        return chart


def labels(cells: Contents) -> tuple[bool, bool]:
    """Whether the first row holds headings and the first column categories, as Excel guesses."""
    box = cells.place
    if box.rows == 1 or box.columns == 1:
        values = cells.raw_value
        first = values if box.rows == box.columns == 1 else values[0][0]
        text = isinstance(first, str)
        return (text and box.rows > 1, text and box.rows == 1 and box.columns > 1)
    rows = Contents(cells.sheet, Box(box.row, box.column, min(box.rows, 200), box.columns))
    values = rows.raw_value
    top, side = values[0][1:], [row[0] for row in values[1:]]
    corner = values[0][0]
    headed = all(_is_label(each) for each in top) or corner is None
    return headed, all(_is_label(each) for each in side) or corner is None


def _source(block: str) -> tuple[str, Box | None]:
    """Sheet and place of ``$'Sheet1'.$A$1:$C$4``."""
    sheet, _, text = block.rpartition(".")
    return sheet.lstrip("$").strip("'").replace("''", "'"), parse(text)


def _is_label(value: Any) -> bool:
    return value is None or isinstance(value, str | datetime)


def _calc_name(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
