"""What is looked at in the elements of a workbook's parts, and above all of a sheet.

::

    <row r="7"> <c r="A7"/> <c r="D7"/> </row>   rows and cells: on Excel's grid, rising,
    <row r="9"> <c r="B9"/> </row>               each once; types that are known; few enough

Looking at every element from Python costs five times as much as expat itself, and nearly
all of a large sheet is rows of one plain form.  Such rows are checked by :func:`plain_rows`,
which never refuses anything: at the first row that is in any way unusual it hands over.

Nothing here feeds a parser: that is :mod:`riskbook.edge.gate.markup`.
"""

import re
from functools import cache

from riskbook.core.grid import column_number
from riskbook.edge.gate.archive import FRESH, RESAVE, FaultError, Limits, shown

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKSHEET = f"{MAIN} worksheet"
_ROW, _CELL, _DATA = f"{MAIN} row", f"{MAIN} c", f"{MAIN} sheetData"
_MERGE, _COLUMN = f"{MAIN} mergeCell", f"{MAIN} col"
_COUNTED = frozenset(
    f"{MAIN} {name}"
    for name in (
        *("xf", "font", "fill", "border", "cellStyle", "dxf", "numFmt", "definedName"),
        *("sheet", "mergeCell", "dataValidation", "conditionalFormatting", "cfRule"),
        *("hyperlink", "comment", "protectedRange", "col", "brk"),
    )
)
_TYPES = frozenset(("b", "d", "e", "inlineStr", "n", "s", "str"))

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")

# No "<" can stand in an attribute, and a "<!" or "<?" is not matched, so each "<" below
# opens a real tag.  Possessive throughout: a row matches in one pass or not at all.
_PLAIN_CELL = (
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"'
    rb'(?: (?:s|cm|vm)="[0-9]{1,9}"| t="(?:s|n|str|b|e|d|inlineStr)")*+'
    rb"(?:/>|>(?:<f(?: [^<>]*+)?+>(?:[^<]*+</f>)?+)?+(?:<v>[^<]*+</v>|<v/>"
    rb'|<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>)?+</c>)'
)
_PLAIN_ROW = re.compile(
    rb'\s*+<row r="([1-9][0-9]{0,6})"(?: (?!xmlns=)[A-Za-z0-9:]++="[^"<>]*+")*+\s?+'
    rb"(?:/>|>((?:" + _PLAIN_CELL + rb")*+)</row>)"
)
_CELL_START = re.compile(rb'<c r="([A-Z0-9]+)"')

Element = tuple[str, dict[str, str]]
_column = cache(column_number)


class Watch:
    """Any part: how deep it goes, and the elements that the gate asked for."""

    def __init__(self, part: str, limits: Limits, wanted: frozenset[str]) -> None:
        self.part, self.limits, self.wanted = part, limits, wanted
        self.depth = self.elements = 0
        self.root = ""
        self.found: list[Element] = []
        self.counts: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens, e.g. ``"http://... row"``; one too many is refused."""
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.depth:
            raise FaultError(f"nests elements too deeply in its part {self.part}")
        if self.elements > self.limits.elements:
            raise FaultError(f"holds too many elements in its part {self.part}", fix=RESAVE)
        if name in self.wanted or name in _COUNTED:
            self._count(name)
            if name in self.wanted:
                self.found.append((name, attributes))

    def end(self, name: str) -> None:
        """An element closes."""
        self.depth -= 1

    def _count(self, name: str) -> None:
        count = self.counts[name] = self.counts.get(name, 0) + 1
        if count > self.limits.repeats:
            raise FaultError(
                f"repeats {name.split()[-1]} too often in its part {self.part}", fix=RESAVE
            )


class Sheet(Watch):
    """A worksheet: rows and cells on the grid, in order, each once."""

    def __init__(self, part: str, limits: Limits, wanted: frozenset[str]) -> None:
        super().__init__(part, limits, wanted)
        self.row = self.column = self.cells = self.merged = 0
        self.data = False  # <sheetData> was seen
        self.inside = False  # and is not closed yet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens: a row and a cell where, and as often as, Excel has them."""
        if name == _CELL:
            self._start_cell(attributes)
        elif name == _ROW:
            self._start_row(attributes.get("r"))
        elif self.inside and self.depth == 2:
            raise self._wrong("has something other than rows among the rows")
        elif name == _DATA:
            if self.data or self.depth != 1:
                raise self._wrong("has two tables of cells")
            self.data = self.inside = True
        elif name == _MERGE:
            self._merge(attributes.get("ref", ""))
        elif name == _COLUMN:
            self._check_column(attributes)
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element closes; behind the table of cells no row may follow."""
        self.depth -= 1
        if name == _DATA:
            self.inside = False

    def _wrong(self, what: str, *, fix: str = FRESH) -> FaultError:
        return FaultError(f"{what} in its sheet {self.part}", fix=fix)

    def _start_row(self, text: str | None) -> None:
        if self.depth != 2 or not self.inside:
            raise self._wrong("has a row outside the table of cells")
        if text is not None and not _NUMBER.fullmatch(text):
            raise self._wrong(f"has a row numbered {shown(text)!r}")
        row = self.row + 1 if text is None else int(text)
        if row > self.limits.rows:
            raise self._wrong(f"has a row below the last row of Excel ({row})")
        if row <= self.row:
            raise self._wrong(f"has row {row} twice or out of order", fix=RESAVE)
        self.row, self.column = row, 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r")
        column = self.column + 1 if ref is None else self._column_of(ref)
        place = f"column {column} of row {self.row}" if ref is None else f"cell {ref}"
        if self.depth != 3 or not self.inside:
            raise self._wrong(f"has {place} outside a row")
        if column > self.limits.columns:
            raise self._wrong(f"has {place} right of the last column of Excel")
        if column <= self.column:
            raise self._wrong(f"has {place} twice or out of order", fix=RESAVE)
        if attributes.get("t", "n") not in _TYPES:
            raise self._wrong(f"has {place} of the unknown type {shown(attributes['t'])!r}")
        style = attributes.get("s", "0")
        if not (style.isascii() and style.isdigit()):
            raise self._wrong(f"has {place} with the unknown style {shown(style)!r}", fix=RESAVE)
        self.column = column
        self.add_cells(1)

    def _column_of(self, ref: str) -> int:
        match = _REF.fullmatch(ref)
        if not match or int(match[2]) != self.row:
            raise self._wrong(f"has a cell addressed {shown(ref)!r} in row {self.row}")
        return _column(match[1])

    def add_cells(self, count: int) -> None:
        """Count cells of this sheet, those too that :func:`plain_rows` passed over."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise self._wrong(f"has more than {self.limits.cells} cells")

    def _merge(self, ref: str) -> None:
        match = _AREA.fullmatch(ref)
        if not match:
            raise self._wrong(f"has a merged area addressed {shown(ref)!r}")
        left, top = _column(match[1]), int(match[2])
        right, bottom = _column(match[3] or match[1]), int(match[4] or match[2])
        if not (left <= right <= self.limits.columns and top <= bottom <= self.limits.rows):
            raise self._wrong(f"has the impossible merged area {ref}")
        self.merged += (right - left + 1) * (bottom - top + 1)
        if self.merged > self.limits.merged:
            raise self._wrong("has merged areas that are too large", fix=RESAVE)

    def _check_column(self, attributes: dict[str, str]) -> None:
        for text in (attributes.get("min", ""), attributes.get("max", "")):
            if not _NUMBER.fullmatch(text) or int(text) > self.limits.columns:
                raise self._wrong(f"has a column numbered {shown(text)!r}")


def plain_rows(data: bytes, at: int, limits: Limits) -> tuple[int, int, int]:
    """Pass over rows of the plain form from ``at`` on, as long as nothing is unusual.

    Returns:
        Where the first row that is not vouched for starts, the number of the last row
        passed over, and how many cells those rows hold.
    """
    last = cells = 0
    known: dict[bytes, int] = {}  # "A,B,D," -> 3: most rows fill the same columns
    while row := _PLAIN_ROW.match(data, at):
        number = int(row[1])
        refs = _CELL_START.findall(row[2] or b"")
        columns = b",".join([*refs, b""]).replace(row[1] + b",", b",")
        if columns not in known:
            names = columns.decode("ascii").split(",")[:-1]
            order = [_column(name) if name.isalpha() else 0 for name in names]
            rising = order == sorted(set(order)) and all(0 < n <= limits.columns for n in order)
            known[columns] = len(names) if rising else -1
        if not last < number <= limits.rows or known[columns] < 0:
            break
        last, cells, at = number, cells + known[columns], row.end()
    return at, last, cells
