"""One LibreOffice for all tests of a run that need a live one."""

from collections.abc import Iterator
from typing import Any

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
