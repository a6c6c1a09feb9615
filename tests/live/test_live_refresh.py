"""The button on a workbook that is open in LibreOffice gives what the command gives on the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from riskbook import app, excel
from riskbook.core.page import Page
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
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
        for row in range(1, len(page.rows) + 1):
            # a height that comes from a file is a whole number of pixels, 0.75 points each
            heights = [book.sheets[page.sheet][row - 1, 0].row_height for book in (live, opened)]
            assert abs(heights[0] - heights[1]) < 0.75, (page.sheet, row, heights)
        assert live.sheets[page.sheet].used_range == opened_range(live, opened, page)


def opened_range(live: Any, opened: Any, page: Page) -> Any:
    """The same block on the other book's sheet."""
    return live.sheets[page.sheet][opened.sheets[page.sheet].used_range.address]


def shown(sheet: Any, page: Page) -> dict[str, Any]:
    """What a page shows on a sheet: value, style, number format and link of each cell."""
    found: dict[str, Any] = {}
    for row, line in enumerate(page.rows, start=1):
        for column in range(1, len(line.cells) + 1):
            cell = sheet[row - 1, column - 1]
            link = cell.hyperlink if line.cells[column - 1].link else ""
            found[cell.address] = (cell.value, cell.api["CellStyle"], cell.number_format, link)
    return found


def test_the_officer_is_taken_to_the_first_error(calc, tmp_path):
    book = calc.books.open(workbook(tmp_path, "council-5x5"))
    book.sheets["About"].activate()
    sentence = excel.refresh(book)
    assert sentence == "2 risks, 0 actions; 2 errors, 4 warnings, 0 notes: see Checks."
    assert book.sheets.active.name == "Risks"
    assert calc.selection == entry(book, "Risks", "Nett Likelihood", 5)
