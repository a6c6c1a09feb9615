"""One LibreOffice for all tests of a run that need a live one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import openpyxl
import pytest

from riskbook.edge import libreoffice
from riskbook.edge.libreoffice.line import office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "live" in item.path.parts:
            item.add_marker(pytest.mark.office)


@pytest.fixture(scope="session")
def calc() -> Iterator[Any]:
    """An xlwings App that is a LibreOffice of its own, ended after the run."""
    import xlwings

    try:
        office.program()
    except office.OfficeError as error:
        pytest.skip(f"LibreOffice is needed: {error.what}")
    libreoffice.activate()
    app = xlwings.App(visible=False, add_book=False)
    yield app
    app.kill()


@pytest.fixture
def sheet(calc: Any) -> Iterator[Any]:
    """The only sheet of a new workbook."""
    book = calc.books.add()
    yield book.sheets[0]
    book.close()


@pytest.fixture
def saved(sheet: Any, tmp_path: Path) -> Callable[[], Any]:
    """The sheet as openpyxl reads it from the saved file."""

    def read() -> Any:
        sheet["A1"].value = sheet["A1"].value or "x"
        sheet.book.save(tmp_path / "saved.xlsx")
        return openpyxl.load_workbook(tmp_path / "saved.xlsx").active

    return read


@pytest.fixture
def reopened(calc: Any, sheet: Any, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """The sheet saved and opened again."""
    books = []

    def read() -> Any:
        sheet.book.save(tmp_path / "first.xlsx")
        books.append(calc.books.open(copy(tmp_path / "first.xlsx", tmp_path / "second.xlsx")))
        return books[-1].sheets[0]

    yield read
    for book in books:
        book.close()
