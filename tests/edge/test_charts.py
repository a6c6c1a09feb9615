"""The caches of riskbook's own charts, byte for byte; charts of others stay as they are."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from riskbook.core.page import Page, PageCell, PageRow, PageValue
from riskbook.edge.filebook import FileBook
from riskbook.edge.xlsx.charts import Area, charts_on, values_in, with_caches
from tests.edge.office import saved_again
from tests.spec.office import complaints, packed

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHARTS = {"xl/charts/chart1.xml", "xl/charts/chart2.xml"}


def row(*values: PageValue, height: float | None = None) -> PageRow:
    return PageRow(tuple(PageCell(value, "plain") for value in values), height=height)


PAGE = Page(
    "Top & tail's top",
    (
        row("Band", "Gross", "Nett"),
        row("Red", 7, Decimal("0.50")),
        row("Amber <&>", 1, None, height=0),
        row("Green", "not scored"),
    ),
)
PAGES = {PAGE.sheet: PAGE}


@pytest.mark.parametrize(
    ("formula", "area"),
    [
        ("Summary!$A$8:$B$12", Area("Summary", 8, 1, 12, 2)),
        ("Summary!B7", Area("Summary", 7, 2, 7, 2)),
        ("'It''s ours'!$AA$1:$AB$1", Area("It's ours", 1, 27, 1, 28)),
        ("[1]Summary!$A$1", None),
        ("(Summary!$A$1,Summary!$A$3)", None),
        ("Bands", None),
        ("Summary!#REF!", None),
    ],
)
def test_a_chart_reads_a_block_of_one_sheet(formula: str, area: Area | None) -> None:
    assert Area.parse(formula) == area


def test_hidden_rows_are_left_out_and_what_is_not_there_is_blank() -> None:
    area = Area(PAGE.sheet, 2, 1, 5, 3)
    assert values_in(PAGE, area, hidden=False) == [
        *("Red", 7, Decimal("0.50")),
        *("Green", "not scored", None),
        *(None, None, None),
    ]
    assert values_in(PAGE, area, hidden=True)[3:6] == ["Amber <&>", 1, None]


def chart_part(series: str, more: str = "") -> bytes:
    bars = f"<c:barChart><c:ser>{series}</c:ser></c:barChart>"
    plot = f'<c:chart><c:plotArea>{bars}</c:plotArea><c:plotVisOnly val="1"/></c:chart>'
    return f'<c:chartSpace xmlns:c="{CHART}">{plot}{more}</c:chartSpace>'.encode()


SHEET = "'Top &amp; tail''s top'"
CATEGORIES = f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A$4</c:f>{{}}</c:strRef></c:cat>"
VALUES = f"<c:val><c:numRef><c:f>{SHEET}!$B$2:$B$4</c:f>{{}}</c:numRef></c:val>"
WORDS = (
    '<c:strCache><c:ptCount val="2"/><c:pt idx="0"><c:v>Red</c:v></c:pt>'
    '<c:pt idx="1"><c:v>Green</c:v></c:pt></c:strCache>'
)
NUMBERS = '<c:numCache>{}<c:ptCount val="2"/><c:pt idx="0"><c:v>7</c:v></c:pt></c:numCache>'
CODE = "<c:formatCode>0.0</c:formatCode>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CATEGORIES.format(""), CATEGORIES.format(WORDS)),
        (CATEGORIES.format("<c:strCache/>"), CATEGORIES.format(WORDS)),
        (
            CATEGORIES.format(
                '<c:strCache><c:ptCount val="9"/><c:pt idx="8"><c:v>old</c:v></c:pt></c:strCache>'
            ),
            CATEGORIES.format(WORDS),
        ),
        (VALUES.format(""), VALUES.format(NUMBERS.format(""))),
        (VALUES.format(f"<c:numCache>{CODE}</c:numCache>"), VALUES.format(NUMBERS.format(CODE))),
        (
            VALUES.format(f'<c:numCache>{CODE}<c:ptCount val="0"/></c:numCache>'),
            VALUES.format(NUMBERS.format(CODE)),
        ),
    ],
)
def test_only_the_points_of_a_cache_change(before: str, after: str) -> None:
    rest = "<!-- <c:f>x</c:f> --><c:extLst><c:ext uri='{x}'/></c:extLst>"
    given, wanted = (chart_part(f"<c:idx val='0'/>{each}", rest) for each in (before, after))
    assert with_caches(given, PAGES) == wanted
    assert with_caches(wanted, PAGES) == wanted


def test_a_chart_that_shows_hidden_cells_has_all_of_them() -> None:
    part = chart_part(VALUES.format("")).replace(b'plotVisOnly val="1"', b'plotVisOnly val="0"')
    points = (
        '<c:ptCount val="3"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="1"><c:v>1</c:v></c:pt>'
    )
    assert f"<c:numCache>{points}</c:numCache>".encode() in with_caches(part, PAGES)


def test_the_cache_of_a_sheet_that_was_not_written_stays() -> None:
    part = chart_part(VALUES.format('<c:numCache><c:ptCount val="9"/></c:numCache>'))
    assert with_caches(part, {"Summary": PAGE}) == part


def workbook() -> bytes:
    """Two sheets; on the first riskbook's chart and somebody else's, on the second one more."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    own, other = book.add_worksheet(PAGE.sheet), book.add_worksheet("Other")
    for column in range(3):
        own.write(0, column, "x")
    for name, sheet in (("riskbook bands", own), ("Chart 2", own), ("riskbook copy", other)):
        chart = book.add_chart({"type": "column", "name": name})
        place = {
            "categories": [PAGE.sheet, 1, 0, 3, 0],
            "values": [PAGE.sheet, 1, 1, 3, 1],
            "name": [PAGE.sheet, 0, 1],
            "categories_data": ["a", "b", "c"],
            "values_data": [1, 2, 3],
        }
        chart.add_series(place)
        sheet.insert_chart("F2", chart)
    book.close()
    return stream.getvalue()


def refreshed(data: bytes) -> bytes:
    book = FileBook(data, "book.xlsx")
    return book.patched("Other", {}, [Page(PAGE.sheet, tuple(map(unstyled, PAGE.rows)))])


def unstyled(line: PageRow) -> PageRow:
    """The row in the style that every workbook has."""
    cells = tuple(PageCell(cell.value, "Normal") for cell in line.cells)
    return PageRow(cells, height=line.height)


def test_riskbook_s_own_chart_is_found_by_its_name_and_others_stay_to_the_byte(
    tmp_path: Path,
) -> None:
    data = workbook()
    book = FileBook(data, "book.xlsx")
    assert charts_on(book.package, book.workbook, PAGE.sheet) == {
        "xl/charts/chart1.xml": "riskbook bands"
    }
    assert charts_on(book.package, book.workbook, "Other") == {
        "xl/charts/chart3.xml": "riskbook copy"
    }

    once = refreshed(data)

    before, after = packed(data), packed(once)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/charts/chart1.xml"}
    assert refreshed(once) == once
    assert complaints(once, tmp_path) == []


def cached(data: bytes, name: str) -> tuple[list[str], list[float]]:
    """Categories and values in the cache of the first chart of a sheet, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    series = sheet._charts[0].series[0]  # type: ignore[attr-defined]
    words = series.cat.strRef.strCache.pt
    return [each.v for each in words], [each.v for each in series.val.numRef.numCache.pt]


def test_another_program_reads_the_new_cache() -> None:
    assert cached(workbook(), PAGE.sheet) == (["a", "b", "c"], [1, 2, 3])
    assert cached(refreshed(workbook()), PAGE.sheet) == (["Red", "Green"], [7])


def test_the_chart_of_a_workbook_that_libreoffice_saved_is_refreshed_too(tmp_path: Path) -> None:
    saved = saved_again(refreshed(workbook()), tmp_path)
    book = FileBook(saved, "book.xlsx")
    assert len(charts_on(book.package, book.workbook, PAGE.sheet)) == 1
    page = Page(PAGE.sheet, (row("Band", "Gross"), row("Red", 8), row("None", 9), row("Green", 1)))
    page = Page(page.sheet, tuple(map(unstyled, page.rows)))
    again = FileBook(saved, "book.xlsx").patched("Other", {}, [page])
    assert cached(again, PAGE.sheet) == (["Red", "None", "Green"], [8, 9, 1])
    changed = {name for name, each in packed(again).items() if packed(saved)[name] != each}
    assert len(changed & CHARTS) == 1
