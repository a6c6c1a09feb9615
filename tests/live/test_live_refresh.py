"""The button on a workbook that is open in LibreOffice gives what the command gives on the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from riskbook import app, excel
from riskbook.core import charts
from riskbook.core.grid import letters
from riskbook.core.page import Page
from riskbook.core.pages import front
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.xlsx.charts import Area, values_in
from riskbook.excel.blocks import Box, uniform
from riskbook.excel.livebook import LiveBook

SAMPLES = {
    "operational-4x4": "dacorum-2021",
    "operational-4x4-signoff": "dacorum-2017",
    "strategic-weighted-5x5": "blackpool-2021",
}
OWN = {  # a register of the neutral profile, with one mistake of each severity and odd texts
    "about": {"organisation": "Anytown", "title": "Corporate", "period": "2021/22 Q2"},
    "risks": [
        {
            "ref": "C1",
            "title": "=1+1 is what this risk is called",
            "owner": "'Chief' Officer",
            "gross_likelihood": 5,
            "gross_impact": 4,
            "nett_likelihood": 9,
            "nett_impact": 3,
        },
        {
            "ref": "C2",
            "title": "001",
            "owner": "NA",
            "gross_likelihood": 2,
            "gross_impact": 2,
            "nett_likelihood": 3,
            "nett_impact": 3,
        },
    ],
    "actions": [],
}


@pytest.fixture(autouse=True)
def closed(calc: Any) -> Iterator[None]:
    """No workbook stays open after a test, whatever happens in it."""
    yield
    for book in list(calc.books):
        book.close()


def document_of(profile: str) -> dict[str, Any]:
    name = SAMPLES.get(profile)
    return registers.load(name) if name else OWN


def workbook(folder: Path, profile: str) -> Path:
    path = folder / f"{profile}.xlsx"
    path.write_bytes(made(profiles.load(profile), document_of(profile))[0].data)
    return path


def entry(book: Any, sheet: str, heading: str, row: int) -> Any:
    headings = book.sheets[sheet]["A4:AZ4"].value
    return book.sheets[sheet][row - 1, headings.index(heading)]


def test_one_level_changed_changes_the_overall_score(calc, tmp_path):
    book = calc.books.open(workbook(tmp_path, "strategic-weighted-5x5"))
    book.set_mock_caller()
    weighting = book.sheets["Weighting"]
    assert "18.5" in text_of(weighting)
    level = entry(book, "Risks", "Nett Likelihood (L)", 5)
    assert level.value == 4.0
    level.value = 3

    sentence = excel.refresh()

    assert (
        sentence == "1 risk in 4 sub-risks, 14 actions; 0 errors, 3 warnings, 3 notes: see Checks."
    )
    assert "16.5" in text_of(weighting)
    assert "18.5" not in text_of(weighting)
    assert xlwings.Book.caller() == book


def text_of(sheet: Any) -> list[str]:
    """Every cell as text, numbers without idle zeros."""
    values = sheet.used_range.options(ndim=2).value
    return [f"{x:g}" if isinstance(x, float) else str(x) for row in values for x in row]


@pytest.mark.parametrize("profile", profiles.shipped())
def test_live_and_file_agree_cell_for_cell(calc, tmp_path, profile):
    path = workbook(tmp_path, profile)
    other = tmp_path / f"{profile} by file.xlsx"
    other.write_bytes(path.read_bytes())
    live = calc.books.open(path)
    by_file = app.refresh(FileBook.open(other), profiles.load(profile), None, Judge())
    by_live = app.refresh(LiveBook(live), profiles.load(profile), None, Judge())
    assert by_live.findings == by_file.findings
    assert by_live.summary == by_file.summary

    opened = calc.books.open(other)
    for page in by_file.pages:
        ours, files = shown(live.sheets[page.sheet], page), shown(opened.sheets[page.sheet], page)
        assert ours == files
        for book in (live, opened):
            assert hanging(book.sheets[page.sheet], page) == wanted(page), page.sheet
        for row in range(1, len(page.rows) + 1):
            # a height that comes from a file is a whole number of pixels, 0.75 points each
            heights = [book.sheets[page.sheet][row - 1, 0].row_height for book in (live, opened)]
            assert abs(heights[0] - heights[1]) < 0.75, (page.sheet, row, heights)
            assert [0 in heights] == [page.rows[row - 1].height == 0]
        assert live.sheets[page.sheet].used_range == opened_range(live, opened, page)
        for book in (live, opened):
            assert drawn(book.sheets[page.sheet]) == charted(by_file.profile, page)


def hanging(sheet: Any, page: Page) -> tuple[list[str], list[int]]:
    """The merged cells of a sheet, and the rows with which a page begins by hand."""
    merged: dict[str, None] = {}
    for row, line in enumerate(page.rows, start=1):
        if not any(cell.span > 1 for cell in line.cells):
            assert not sheet[row - 1, : max(1, len(line.cells))].merge_cells
            continue
        column = 1
        while column <= len(line.cells):
            area = sheet[row - 1, column - 1].merge_area
            if area.size > 1:
                merged[area.get_address(False, False)] = None
            column += area.columns.count
    lines = sheet.api["Rows"]
    manual = [
        row
        for row in range(1, len(page.rows) + 1)
        if lines("getByIndex", row - 1)["IsManualPageBreak"]
    ]
    return list(merged), manual


def wanted(page: Page) -> tuple[list[str], list[int]]:
    """The same as a page says it."""
    merged = [
        f"{letters(column)}{row}:{letters(column + cell.span - 1)}{row}"
        for row, line in enumerate(page.rows, start=1)
        for column, cell in enumerate(line.cells, start=1)
        if cell.span > 1
    ]
    return merged, [row for row, line in enumerate(page.rows, start=1) if line.breaks]


Drawn = dict[str, list[tuple[str, list[float]]]]


def drawn(sheet: Any) -> Drawn:
    """The charts of a sheet by name: what each series is called and shows, hidden rows left out."""
    found: Drawn = {}
    for chart in sheet.charts:
        diagram = chart.api[1]("getFirstDiagram")
        kinds = diagram("getCoordinateSystems")[0]("getChartTypes")
        sequences = [
            each("getDataSequences")[0] for kind in kinds for each in kind("getDataSeries")
        ]
        found[chart.name] = [
            (each("getLabel")("getTextualData")[0], list(each("getValues")("getNumericalData")))
            for each in sequences
        ]
    return found


def charted(profile: Profile, page: Page) -> Drawn:
    """The same as the page has it."""
    if page.sheet != profile.sheets["summary"]:
        return {}

    def read(area: charts.Area) -> list[Any]:
        place = Area(page.sheet, area.top, area.left, area.bottom, area.right)
        return values_in(page, place, hidden=False)

    return {
        chart.name: [
            (read(each.name)[0], [float(value) for value in read(each.values)])
            for each in chart.series
        ]
        for chart in front.charts(profile)
    }


def test_the_charts_follow_a_changed_level(calc, tmp_path):
    profile = profiles.load("operational-4x4")
    book = calc.books.open(workbook(tmp_path, profile.id))
    before = drawn(book.sheets["Summary"])
    entry(book, "Risks", "Mitigated Impact", 5).value = 4
    entry(book, "Risks", "Mitigated Probability", 5).value = 4

    outcome = app.refresh(LiveBook(book), profile, None, Judge())

    after = drawn(book.sheets["Summary"])
    assert after == charted(profile, outcome.pages[0])
    assert before["riskbook bands"] != after["riskbook bands"]
    assert before["riskbook top risks"] != after["riskbook top risks"]


def opened_range(live: Any, opened: Any, page: Page) -> Any:
    """The same block on the other book's sheet."""
    return live.sheets[page.sheet][opened.sheets[page.sheet].used_range.address]


def shown(sheet: Any, page: Page) -> dict[str, Any]:
    """What a page shows on a sheet: value, style, number format and link of each cell."""
    whole = Box(1, 1, len(page.rows), max(len(line.cells) for line in page.rows))
    values = whole.on(sheet).options(ndim=2).value
    found: dict[str, Any] = {}
    for row, line in enumerate(page.rows, start=1):
        for column, cell in enumerate(line.cells, start=1):
            link = sheet[row - 1, column - 1].hyperlink if cell.link else ""
            found[f"{letters(column)}{row}"] = (values[row - 1][column - 1], link)
    styles = uniform(sheet, whole, lambda block: block.api["CellStyle"] or None)
    formats = uniform(sheet, whole, lambda block: block.number_format)
    found["styles"] = {place: name for box, name in styles for place in cells_in(box)}
    found["formats"] = {place: code for box, code in formats for place in cells_in(box)}
    return found


def cells_in(box: Box) -> Iterator[tuple[int, int]]:
    """The places in a block."""
    for row in range(box.row, box.last_row + 1):
        for column in range(box.column, box.last_column + 1):
            yield row, column


def test_the_officer_is_taken_to_the_first_error(calc, tmp_path):
    book = calc.books.open(workbook(tmp_path, "council-5x5"))
    book.sheets["About"].activate()
    sentence = excel.refresh(book)
    assert sentence == "2 risks, 0 actions; 2 errors, 5 warnings, 0 notes: see Checks."
    assert book.sheets.active.name == "Risks"
    assert calc.selection == entry(book, "Risks", "Nett Likelihood", 5)
