"""Macros of a workbook, run in LibreOffice through xlwings."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from riskbook.edge.libreoffice.line.wire import OfficeError
from riskbook.edge.macros.project import project

SOURCE = """Attribute VB_Name = "Module1"
Function Twice(ByVal points As Double) As Double
    Twice = 2 * points
End Function
Sub Tell(ByVal text As String)
    Range("A1").Value = text
End Sub
Sub Copy(ByVal cells As Range)
    Range("A2").Value = cells.Value
End Sub
"""


def built(macros: bytes | None) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Risks")
    book.set_vba_name("ThisWorkbook")
    sheet.set_vba_name("Sheet1")
    if macros:
        book.add_vba_project(BytesIO(macros), is_stream=True)
    book.close()
    return stream.getvalue()


@pytest.fixture(scope="module")
def book(calc: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path: Path = tmp_path_factory.mktemp("macros") / "Register.xlsm"
    path.write_bytes(built(project(built(None), {"Module1": SOURCE.replace("\n", "\r\n")})))
    opened = calc.books.open(path)
    yield opened
    opened.close()


def test_a_function_gives_its_result(book: Any) -> None:
    assert book.macro("Module1.Twice")(8.25) == 16.5
    assert book.macro("Twice")(2) == 4


def test_a_sub_does_its_work_and_gives_nothing(book: Any) -> None:
    assert not book.macro("Module1.Tell")("done")
    assert book.sheets["Risks"]["A1"].value == "done"


def test_a_macro_takes_cells(book: Any) -> None:
    book.sheets["Risks"]["C3"].value = "from there"
    book.macro("Copy")(book.sheets["Risks"]["C3"])
    assert book.sheets["Risks"]["A2"].value == "from there"


def test_a_macro_that_is_not_there_is_said(book: Any) -> None:
    with pytest.raises(OfficeError, match=r"no macro .*Module1\.Missing") as told:
        book.macro("Module1.Missing")()
    assert "check its name" in told.value.fix
    with pytest.raises(OfficeError, match="no name of a macro"):
        book.macro("what is this?")()
