"""Two readers on every cell of every file at hand, and a third one beside them.

Ours and openpyxl are compared by the door's own code, the same that judges files from other
people.  python-calamine reads the same files for this figure alone: it shows no formulas and
no errors, and takes formulas for values that nobody calculated.

Files: the templates, the three samples, workbooks with every kind of cell, all of these as
LibreOffice saves them, the corpus of the tests, and the folders that are given: by the command,
or by ``RISKBOOK_GOOD_FILES``.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from riskbook.core.grid import CellRef, Kind
from riskbook.edge import gate
from riskbook.edge.documents import profiles, registers
from riskbook.edge.door.agreement import compare
from riskbook.edge.door.classes import difference
from riskbook.edge.door.second import Seen, UnreadableError
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.errors import RiskbookError
from tests.spec.office import SOFFICE, saved_by_office
from tests.support import CORPUS, ROOT
from tests.trust import Figure, Scale

GOOD_FILES = "RISKBOOK_GOOD_FILES"  # a folder of sound workbooks, in the environment
SAMPLES = ("blackpool-2021", "dacorum-2017", "dacorum-2021")


@dataclass(slots=True)
class _Seen:
    files: int = 0
    cells: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # a cell that nothing explains
    refused: int = 0  # by the gate: a file that is no sound workbook
    unread: list[str] = field(default_factory=list)  # files that openpyxl cannot read
    third: Counter[str] = field(default_factory=Counter)  # what calamine shows differently
    thirds: list[str] = field(default_factory=list)  # and nothing explains


def figure(scale: Scale) -> Figure:
    """How many cells were compared, and how many differ without a reason."""
    seen = _Seen()
    for name, data in _files(scale):
        _compare(name, data, seen)
    return Figure(
        name="two-reader agreement: cells that differ without a reason",
        wanted="0",
        seen=f"{len(seen.wrong)} of {seen.cells:,} in {seen.files:,} files",
        kept=not seen.wrong and seen.cells > 0,
        notes=(
            *(f"explained: {count:,} × {why}" for why, count in seen.explained.most_common()),
            *seen.wrong,
            *(f"openpyxl cannot read {name}" for name in seen.unread),
            *(f"calamine: {count:,} × {why}" for why, count in seen.third.most_common()),
            *(f"calamine alone: {told}" for told in seen.thirds[:10]),
            f"{seen.refused} files of the corpus and the folders were refused by the gate",
        ),
    )


def _files(scale: Scale) -> Iterator[tuple[str, bytes]]:
    own = {path.name: path.read_bytes() for path in (ROOT / "workbook_templates").glob("*.xls?")}
    filled = dict(_samples(scale))
    filled["kinds"] = _kinds(scale.of(22_000, 300))
    yield from (own | filled).items()
    if SOFFICE is not None:
        with TemporaryDirectory() as folder:
            given = filled if scale.full else {"kinds": filled["kinds"]}
            yield from saved_by_office(given, Path(folder)).items()
    for root in (CORPUS, scale.folder, os.environ.get(GOOD_FILES)):
        if root is not None:
            paths = sorted(Path(root).rglob("*.xls[xm]"))
            for path in paths if scale.full else paths[:20]:
                yield path.name, path.read_bytes()


def _samples(scale: Scale) -> Iterator[tuple[str, bytes]]:
    for name in SAMPLES[: scale.of(3, 1)]:
        document = registers.load(name)
        yield name, made(profiles.load(document["profile"]), document)[0].data


def _compare(name: str, data: bytes, seen: _Seen) -> None:
    try:
        gate.admit(data, name)
    except RiskbookError:
        seen.refused += 1
        return
    try:
        found = compare(data, most=5)
    except UnreadableError:
        seen.unread.append(name)
        return
    seen.files += 1
    seen.cells += found.cells
    seen.explained.update(found.explained)
    seen.wrong += [f"{name}: {each}" for each in found.unexplained]
    if found.sheets:
        seen.wrong.append(f"{name}: sheets {found.sheets[0]} and {found.sheets[1]}")
    _compare_third(name, data, seen)


def _compare_third(name: str, data: bytes, seen: _Seen) -> None:
    """Every cell that both find something in; what calamine leaves blank is counted."""
    ours = FileBook(data, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {sheet: book.get_sheet_by_name(sheet) for sheet in ours.sheets()}
    except CalamineError as error:
        seen.third[f"a file that it cannot read ({type(error).__name__})"] += 1
        return
    for title, grid in ours.read(ours.sheets()).items():
        sheet = sheets[title]
        top, left = sheet.start or (0, 0)
        values = sheet.to_python()
        for row, cells in grid.lines():
            for column, cell in enumerate(cells, start=grid.left):
                y, x = row - 1 - top, column - 1 - left
                inside = 0 <= y < len(values) and 0 <= x < len(values[y])
                value = values[y][x] if inside else ""
                if cell.kind is Kind.BLANK and value == "":
                    continue
                if cell.kind is Kind.ERROR and value == "":
                    seen.third["errors are blank"] += 1
                    continue
                other = Seen(value, formula=cell.formula)
                why = difference(cell, other, date1904=ours.workbook.date1904)
                if why is None:
                    seen.thirds.append(f"{name} {CellRef(title, row, column)}: {cell} {value!r}")
                    seen.third["differences that nothing explains"] += 1
                elif why:
                    seen.third[why] += 1


def _kinds(rows: int) -> bytes:
    """A workbook with every kind of cell that XlsxWriter writes, in many rows."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "remove_timezone": True})
    formats = [
        book.add_format({"num_format": code})
        for code in ("dd/mm/yyyy", "h:mm", "[h]:mm:ss", "0%", "0.00E+00", "@", "mmm yyyy", "# ?/?")
    ]
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Kinds")
    for row in range(rows):
        n = row * 7 % 60_000
        sheet.write_number(row, 0, row)
        sheet.write_number(row, 1, row / 7)
        sheet.write_string(row, 2, f"Risk {row}: it rains")
        sheet.write_string(row, 3, _TEXTS[row % len(_TEXTS)])
        sheet.write_boolean(row, 4, row % 2 == 0)
        sheet.write_datetime(row, 5, datetime(1900, 3, 1) + timedelta(days=n), formats[0])
        sheet.write_datetime(row, 6, time(row % 24, row % 60), formats[1])
        sheet.write_datetime(row, 7, timedelta(hours=row % 90, minutes=row % 60), formats[2])
        sheet.write_datetime(row, 8, date(2021, 1 + row % 12, 28), formats[6])
        sheet.write_number(row, 9, row % 101 / 100, formats[3])
        sheet.write_number(row, 10, -(10.0 ** (row % 30 - 15)), formats[4])
        sheet.write_string(row, 11, f"{row:05}", formats[5])
        sheet.write_formula(row, 12, f"=A{row + 1}*2", value=row * 2)
        sheet.write_formula(row, 13, f'="Risk "&A{row + 1}', value=f"Risk {row}")
        sheet.write_formula(row, 14, "=1/0", value="#DIV/0!")
        sheet.write_formula(row, 15, f"=A{row + 1}>5", value=row > 5)
        sheet.write_rich_string(row, 16, "Partly ", bold, "bold", " words")
        sheet.write_blank(row, 17, None, formats[0])
        sheet.write_number(row, 18, row / 3, formats[7])
        if row % 10 == 0:
            place = (row, 19, row, 20)
            sheet.write_array_formula(*place, f"{{=A{row + 1}*{{1,2}}}}", value=row)
    book.close()
    return stream.getvalue()


_TEXTS = (
    *(
        "plain",
        " spaces at both ends ",
        "two\nlines",
        "tab\there",
        "é ü ß",
        "😀 emoji",
        "no\u00a0break",
    ),
    *(
        "_x000D_ as typed",
        "5",
        "TRUE",
        "#N/A",
        "2021-10-31",
        "=1+1",
        "<b>&amp;</b>",
        "e\u0301",
        "NA",
    ),
)
