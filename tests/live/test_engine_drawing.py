"""Shapes, pictures and charts through the engine."""

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlwings
from PIL import Image

from riskbook.edge.libreoffice.drawing.drawn import points, to_office
from riskbook.edge.libreoffice.line.wire import OfficeError

DATA = [["band", "gross", "nett"], ["green", 1, 4], ["amber", 3, 3], ["red", 6, 2]]


@pytest.fixture
def dot(tmp_path: Path) -> Path:
    """A red picture of 96 x 48 pixels: one inch wide at 96 to the inch."""
    path = tmp_path / "dot.png"
    Image.new("RGB", (96, 48), (255, 0, 0)).save(path, dpi=(96, 96))
    return path


@pytest.mark.parametrize("value", [0, 0.25, 10, 33.3, 50, 72, 400, 1234.5])
def test_points_come_back_as_they_were(value: float) -> None:
    assert points(to_office(value)) == value


# pictures


def test_a_picture_has_its_own_size_and_a_name(sheet: Any, dot: Path) -> None:
    picture = sheet.pictures.add(dot)
    assert picture.name == "Picture 1"
    assert (picture.left, picture.top) == (0, 0)
    assert (picture.width, picture.height) == (72, 36)
    assert sheet.shapes["Picture 1"].type == "picture"
    assert len(sheet.pictures) == 1
    assert len(sheet.charts) == 0


def test_a_picture_is_placed_and_keeps_its_proportions(sheet: Any, dot: Path) -> None:
    first = sheet.pictures.add(dot, left=10, top=20, width=100, height=10, name="wide")
    assert (first.left, first.top, first.width, first.height) == (10, 20, 100, 10)
    first.width = 50
    assert (first.width, first.height) == (50, 10)
    second = sheet.pictures.add(dot, anchor=sheet["B3"], width=36, name="half")
    assert second.lock_aspect_ratio is True
    assert (second.width, second.height) == (36, 18)
    assert (second.left, second.top) == pytest.approx((sheet["B3"].left, sheet["B3"].top), abs=0.1)
    assert [picture.name for picture in sheet.pictures] == ["wide", "half"]
    assert (first.impl.index(), second.impl.index()) == (1, 2)


def test_a_name_stands_for_one_picture(sheet: Any, dot: Path) -> None:
    sheet.pictures.add(dot, name="logo")
    with pytest.raises(xlwings.ShapeAlreadyExists):
        sheet.pictures.add(dot, name="logo")
    sheet.pictures.add(dot, name="logo", update=True)
    assert len(sheet.pictures) == 1
    sheet.pictures["logo"].delete()
    assert "logo" not in sheet.pictures


def test_another_file_takes_the_place_of_a_picture(sheet: Any, dot: Path, tmp_path: Path) -> None:
    Image.new("RGB", (10, 10), (0, 0, 255)).save(tmp_path / "blue.png")
    picture = sheet.pictures.add(dot, name="logo", left=30)
    picture.update(tmp_path / "blue.png")
    assert (picture.name, picture.left, picture.width, picture.height) == ("logo", 30, 72, 36)
    sheet.book.save(tmp_path / "picture.xlsx")
    with ZipFile(tmp_path / "picture.xlsx") as package:
        (name,) = [name for name in package.namelist() if name.startswith("xl/media/")]
        with Image.open(package.open(name)) as saved:
            assert saved.convert("RGB").getpixel((0, 0)) == (0, 0, 255)
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert 'name="logo"' in drawing
    assert '<a:ext cx="914400" cy="457200"/>' in drawing  # an inch and half an inch


def test_what_is_no_picture_is_refused(sheet: Any, dot: Path, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(OfficeError, match="no picture"):
        sheet.pictures.add(tmp_path / "text.png")
    with pytest.raises(FileNotFoundError):
        sheet.pictures.add(tmp_path / "nothing.png")
    with pytest.raises(NotImplementedError, match="into the workbook"):
        sheet.pictures.add(dot, link_to_file=True)


# shapes


@pytest.mark.parametrize(
    ("scale", "left"),
    [("scale_from_top_left", 100), ("scale_from_middle", 64), ("scale_from_bottom_right", 28)],
)
def test_a_shape_is_scaled(sheet: Any, dot: Path, scale: str, left: float) -> None:
    sheet.pictures.add(dot, name="logo", left=100, top=50)
    shape = sheet.shapes["logo"]
    shape.scale_width(2, scale=scale)
    assert (shape.width, shape.height) == (144, 72)
    assert shape.left == pytest.approx(left, abs=0.05)
    shape.scale_height(0.5, relative_to_original_size=True)
    assert (shape.width, shape.height) == (36, 18)


def test_a_text_box_has_a_text_and_a_font(sheet: Any) -> None:
    page, doc = sheet.api["DrawPage"], sheet.book.api
    box = doc("createInstance", "com.sun.star.drawing.TextShape")
    page("add", box)
    shape = sheet.shapes[0]
    assert (shape.type, shape.name, shape.text) == ("text_box", "TextBox 1", None)
    shape.text = "Handle with care"
    shape.font.bold = True
    assert shape.text == "Handle with care"
    assert shape.characters[0:6].text == "Handle"
    assert shape.font.bold is True
    shape.name = "label"
    shape.activate()
    assert sheet.shapes["label"] == shape
    shape.delete()
    assert len(sheet.shapes) == 0


def test_a_note_is_no_shape(sheet: Any) -> None:
    sheet["A1"].add_note("a note")
    assert len(sheet.shapes) == 0


# charts


@pytest.fixture
def chart(sheet: Any) -> Any:
    sheet["A1"].value = DATA
    return sheet.charts.add(100, 20, 300, 200, source=sheet["A1:C4"], name="Bands")


def test_a_chart_shows_columns_with_headings_and_categories(sheet: Any, chart: Any) -> None:
    assert (chart.left, chart.top, chart.width, chart.height) == (100, 20, 300, 200)
    assert (chart.name, chart.chart_type, chart.plot_by) == ("Bands", "column_clustered", "columns")
    assert [series.name for series in chart.series] == ["gross", "nett"]
    assert sheet.charts["Bands"].name == "Bands"
    assert sheet.shapes[0].type == "chart"
    chart.plot_by = "rows"
    assert chart.plot_by == "rows"
    assert [series.name for series in chart.series] == ["green", "amber", "red"]
    chart.set_source_data(sheet["A1:B4"])
    assert [series.name for series in chart.series] == ["gross"]
    chart.delete()
    assert len(sheet.charts) == 0


def test_a_chart_without_cells_is_empty(sheet: Any) -> None:
    chart = sheet.charts.add()
    assert (chart.name, len(chart.series), chart.width) == ("Chart 1", 0, 355)
    assert sheet.charts.add().name == "Chart 2"


@pytest.mark.parametrize(
    "kind",
    [
        "column_stacked",
        "bar_clustered",
        "bar_stacked_100",
        "line",
        "line_markers",
        "pie",
        "doughnut",
        "area_stacked",
        "xy_scatter",
        "xy_scatter_lines_no_markers",
        "xy_scatter_smooth",
        "radar",
        "radar_filled",
        "combination",
        "3d_column_clustered",
    ],
)
def test_a_chart_becomes_one_of_another_kind(chart: Any, kind: str) -> None:
    chart.chart_type = kind
    assert chart.chart_type == kind
    chart.chart_type = "column_clustered"
    assert chart.chart_type == "column_clustered"


def test_kinds_that_libreoffice_has_not_are_refused(chart: Any) -> None:
    with pytest.raises(NotImplementedError, match="surface"):
        chart.chart_type = "surface"
    with pytest.raises(NotImplementedError, match="combination"):
        chart.series[0].chart_type = "line"


def test_title_legend_and_axes(chart: Any) -> None:
    assert (chart.title, chart.legend.visible, chart.legend.position) == (None, True, "right")
    chart.title = "Risks by band"
    chart.legend.position = "bottom"
    assert (chart.title, chart.legend.position) == ("Risks by band", "bottom")
    axis = chart.value_axis
    axis.set(title="risks", minimum_scale=0, maximum_scale=10, major_unit=2, number_format="0.0")
    axis.reverse_order = True
    axis.crosses = "maximum"
    assert (axis.title, axis.minimum_scale, axis.maximum_scale) == ("risks", 0.0, 10.0)
    assert (axis.major_unit, axis.number_format) == (2.0, "0.0")
    assert (axis.reverse_order, axis.crosses) == (True, "maximum")
    chart.category_axis.visible = False
    assert chart.category_axis.api is None
    with pytest.raises(xlwings.XlwingsError, match="no visible"):
        _ = chart.category_axis.minimum_scale
    chart.title = None
    assert chart.title is None
    with pytest.raises(NotImplementedError, match="corner"):
        chart.legend.position = "corner"


def test_a_series_has_a_name_colours_and_marks(chart: Any) -> None:
    bars = chart.series[0]
    bars.set(name="before controls", fill_color="#c00000", line_color=(0, 0, 0))
    assert (bars.name, bars.fill_color, bars.line_color) == (
        "before controls",
        (192, 0, 0),
        (0, 0, 0),
    )
    bars.axis_group = "secondary"
    assert bars.axis_group == "secondary"
    assert chart.secondary_value_axis.visible is True
    chart.chart_type = "line_markers"
    line = chart.series[1]
    line.set(marker_style="diamond", marker_size=9, marker_background_color=(0, 128, 0))
    line.line_color = (0, 0, 255)
    assert (line.marker_style, line.marker_size) == ("diamond", 9)
    assert line.marker_background_color == (0, 128, 0)
    assert (line.line_color, line.fill_color) == ((0, 0, 255), None)
    with pytest.raises(NotImplementedError, match="line_color"):
        line.fill_color = (1, 2, 3)
    with pytest.raises(NotImplementedError, match="dash"):
        line.marker_style = "dot"


def test_categories_come_from_other_cells(sheet: Any, chart: Any, tmp_path: Path) -> None:
    sheet["E1"].value = [["low"], ["middle"], ["high"]]
    chart.set_x_axis_values(sheet["E1:E3"])
    sheet.book.save(tmp_path / "chart.xlsx")
    with ZipFile(tmp_path / "chart.xlsx") as package:
        (name,) = [name for name in package.namelist() if "charts/chart" in name]
        text = package.read(name).decode()
    assert set(re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>", text)) == {"Sheet1!$E$1:$E$3"}
    assert re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", text) == [
        "Sheet1!$B$2:$B$4",
        "Sheet1!$C$2:$C$4",
    ]


def test_a_chart_is_saved_and_comes_back(calc: Any, chart: Any, tmp_path: Path) -> None:
    chart.chart_type = "bar_stacked"
    chart.title = "Risks by band"
    chart.parent.book.save(tmp_path / "chart.xlsx")
    copy = tmp_path / "again.xlsx"
    copy.write_bytes((tmp_path / "chart.xlsx").read_bytes())
    book = calc.books.open(copy)
    try:
        again = book.sheets[0].charts["Bands"]
        assert (again.chart_type, again.title) == ("bar_stacked", "Risks by band")
        assert again.width == pytest.approx(300, abs=0.05)
        assert [series.name for series in again.series] == ["gross", "nett"]
        again.plot_by = "rows"
        assert [series.name for series in again.series] == ["green", "amber", "red"]
    finally:
        book.close()


def test_a_chart_is_written_as_picture_and_pdf(calc: Any, chart: Any, tmp_path: Path) -> None:
    chart.to_png(tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as image:
        assert image.size == (400, 267)  # 300 x 200 points at 96 to the inch
        assert len(image.convert("RGB").getcolors(1000) or []) > 3
    chart.to_pdf(tmp_path / "chart.pdf")
    content = (tmp_path / "chart.pdf").read_bytes()
    assert content.count(b"/Type/Page/") + content.count(b"/Type /Page ") == 1
    sides = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert sides is not None
    assert [float(side) for side in sides.groups()] == pytest.approx([300, 200], abs=0.2)
    assert len(calc.books) == 1
