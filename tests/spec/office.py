"""LibreOffice as a referee: it recalculates every formula of a workbook and saves it anew.

A private profile forces a hard recalculation, so a value that comes back was computed,
never copied from the file.  Cells are changed here by string, as no library may touch
what an officer made.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cellrune
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from riskbook.core.grid import CellRef, column_number
from riskbook.core.profile import Profile
from riskbook.edge.filebook import FileBook
from riskbook.edge.xlsx import patch
from riskbook.edge.xlsx.package import Package

SOFFICE = shutil.which("soffice")
NEEDED = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on PATH")

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def saved_by_office(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Each workbook as LibreOffice saves it after recalculating everything; one start for all."""
    assert SOFFICE is not None, "a test that converts is marked NEEDED"
    profile, given, made = folder / "profile", folder / "in", folder / "out"
    for path in (profile / "user", given, made):
        path.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    for name, data in workbooks.items():
        (given / f"{name}.xlsx").write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(made)]
    command += [str(given / f"{name}.xlsx") for name in workbooks]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (made / f"{name}.xlsx").read_bytes() for name in workbooks}


def part_of(data: bytes, sheet: str) -> str:
    """The name of the part that holds a sheet."""
    return FileBook(data, "test").workbook.part_of(sheet)


def cells(part: bytes) -> dict[str, bytes]:
    """Address -> the whole XML of each cell of a sheet part."""
    return {(found[1] + found[2]).decode(): found[0] for found in _CELL.finditer(part)}


def without_cells(part: bytes) -> bytes:
    """A sheet part without the XML of its cells."""
    return _CELL.sub(b"", part)


def formula_cells(part: bytes) -> list[tuple[int, int]]:
    """(row, column) of every cell with a formula."""
    return [
        (int(found[2]), column_number(found[1].decode()))
        for found in _CELL.finditer(part)
        if b"<f" in found[0]
    ]


def wrong(data: bytes, sheet: str) -> bytes:
    """The workbook with "wrong" as the cached result of each formula of a sheet."""
    package, name = Package.parse(data), part_of(data, sheet)
    part = package.part(name)
    results = dict.fromkeys(formula_cells(part), "wrong")
    return package.replaced({name: patch.set_results(part, results).xml})


@dataclass(frozen=True)
class Error:
    """An error value to stand in a cell."""

    code: str


Typed = str | int | float | bool | Error | None


def retyped(data: bytes, sheet: str, entries: Mapping[str, Typed]) -> bytes:
    """The workbook after somebody typed into some cells; their formats stay."""
    package, name = Package.parse(data), part_of(data, sheet)
    part = package.part(name)
    found = cells(part)
    for address, value in entries.items():
        part = part.replace(found[address], typed(found[address], value), 1)
    return package.replaced({name: part})


def typed(cell: bytes, value: Typed) -> bytes:
    """The XML of a cell with another content."""
    opening = re.match(rb"<c [^>]*?(?=\s*/?>)", cell)
    assert opening is not None
    head = re.sub(rb' t="[^"]*"', b"", opening[0])
    if value is None:
        return head + b"/>"
    if isinstance(value, str):
        text = patch.escape(value).encode()
        return head + b' t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % text
    kind = b' t="e"' if isinstance(value, Error) else b' t="b"' if isinstance(value, bool) else b""
    text = value.code if isinstance(value, Error) else str(int(value) if value is True else value)
    return head + kind + b"><v>%b</v></c>" % text.encode()


def at(sheet: str, row: int, column: int) -> str:
    """An address such as F12."""
    return CellRef(sheet, row, column).address


def complaints(data: bytes, folder: Path, name: str = "book.xlsx") -> list[str]:
    """What two checkers of Excel's formats have against a workbook."""
    path = folder / name
    path.write_bytes(data)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    found = [str(error) for error in validator.validate(str(path)).errors]
    with cellrune.Workbook.from_bytes(data) as book:
        count = book.summary()["diagnostic_count"]
    return found + [f"cellrune: {count} diagnostics"] * (count > 0)


def packed(data: bytes) -> dict[str, bytes]:
    """The compressed bytes of each part, as they lie in the file."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for item in file.infolist():
            at = item.header_offset + 26
            lengths = int.from_bytes(data[at : at + 2], "little")
            lengths += int.from_bytes(data[at + 2 : at + 4], "little")
            start = item.header_offset + 30 + lengths
            found[item.filename] = data[start : start + item.compress_size]
    return found


def place(profile: Profile, field: str) -> int:
    """The column of a field on a risks sheet as it is made."""
    return [column.field for column in profile.risks.columns].index(field) + 1


def risk_cell(profile: Profile, row: int, field: str) -> str:
    """The address of a field in a row of the risks sheet as it is made."""
    return at(profile.risks.sheet, row, place(profile, field))
