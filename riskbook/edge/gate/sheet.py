"""What is looked at in the elements of a workbook's parts, and above all of a sheet.

::

    <row r="7"> <c r="A7"/> <c r="D7"/> </row>   rows and cells: on Excel's grid, rising,
    <row r="9"> <c r="B9"/> </row>               each once; types that are known; few enough

Nothing here feeds a parser: that is :mod:`riskbook.edge.gate.markup`.  Most rows of a large
sheet never come here: :mod:`riskbook.edge.gate.plain` vouches for them.
"""

import re
from functools import cache

from riskbook.core.grid import column_number, letters
from riskbook.edge.gate import formulas
from riskbook.edge.gate.archive import FEWER, FRESH, RESAVE, FaultError, shown
from riskbook.edge.gate.limits import Limits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKSHEET = f"{MAIN} worksheet"
_ROW, _CELL, _DATA = f"{MAIN} row", f"{MAIN} c", f"{MAIN} sheetData"
_MORE = f"{MAIN} extLst"
_COLUMN = f"{MAIN} col"
_LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"  # Excel 2010's own
_CELL_HOLDS = frozenset(f"{MAIN} {name}" for name in ("f", "is", "v"))
# element -> the limit on its number in one part; what the user reads is the limit's name
_COUNTED = {
    f"{space} {name}": limit
    for space, limit, names in (
        (MAIN, "styles", ("xf", "font", "fill", "border", "cellStyle", "dxf", "numFmt")),
        (MAIN, "names", ("definedName",)),
        (MAIN, "sheets", ("sheet",)),
        (MAIN, "validations", ("dataValidation",)),
        (_LATER, "validations", ("dataValidation",)),
        (MAIN, "rules", ("conditionalFormatting", "cfRule")),
        (_LATER, "rules", ("conditionalFormatting", "cfRule")),
        (MAIN, "links", ("hyperlink",)),
        (MAIN, "notes", ("comment",)),
        (MAIN, "strings", ("si",)),
        (MAIN, "repeats", ("mergeCell", "protectedRange", "col", "brk")),
    )
    for name in names
}
_SPREAD = {  # element -> the attribute with its area or areas, how it is called
    f"{MAIN} mergeCell": ("ref", "merged area"),
    f"{MAIN} hyperlink": ("ref", "hyperlink"),
    f"{MAIN} dataValidation": ("sqref", "validation"),
    f"{MAIN} conditionalFormatting": ("sqref", "conditional format"),
    f"{MAIN} protectedRange": ("sqref", "unlocked area"),
}
CORE = frozenset(f"{MAIN} {root}" for root in ("workbook", "sst", "styleSheet"))
_CORE: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset(("sheets", "definedNames", "workbookPr", "si", "numFmts", "cellXfs", "cellStyles")),
    frozenset(("sheet", "definedName", "t", "r", "numFmt", "xf", "cellStyle")),
)
_TYPES = frozenset(("b", "d", "e", "inlineStr", "n", "s", "str"))

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_LOOSE_AREA = re.compile(_AREA.pattern.replace("([A-Z]", r"\$?([A-Za-z]").replace("([1", r"\$?([1"))

Box = tuple[int, int, int, int]  # first and last row, first and last column; 0: none
Element = tuple[str, dict[str, str]]
column_of = cache(column_number)


class Watch:
    """Any part: how deep it goes, and the elements that the gate asked for."""

    def __init__(self, part: str, limits: Limits, wanted: frozenset[str]) -> None:
        self.part, self.limits, self.wanted = part, limits, wanted
        self.depth = self.elements = 0
        self.root = ""
        self.found: list[Element] = []
        self.counts: dict[str, int] = {}
        self.ear = formulas.Ear(part, limits)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens, e.g. ``"http://... row"``; one too many is refused."""
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.depth:
            raise FaultError(f"nests elements too deeply in its part {self.part}")
        if self.elements > self.limits.elements:
            raise FaultError(f"holds too many elements in its part {self.part}", fix=RESAVE)
        if name in formulas.ELEMENTS:
            self.ear.start()
        if name in self.wanted or name in _COUNTED:
            self._count(name)
            if name in self.wanted:
                self.found.append((name, attributes))

    def end(self, name: str) -> None:
        """An element closes."""
        self.depth -= 1
        if name in formulas.ELEMENTS:
            self.ear.end()

    def _count(self, name: str) -> None:
        count = self.counts[name] = self.counts.get(name, 0) + 1
        limit = _COUNTED.get(name, "repeats")
        if count > (most := getattr(self.limits, limit)):
            what = name.rpartition(" ")[2] if limit == "repeats" else limit
            raise FaultError(f"holds more than {most:,} {what} in its part {self.part}", fix=FEWER)


class Core(Watch):
    """The workbook, its styles or its shared texts: their own elements are Excel's.

    Readers differ in whether they look at namespaces, so a second list of sheets, texts or
    formats in a namespace of its own would be another workbook to some of them.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if self.depth < 3 and not name.startswith(MAIN + " "):
            own = name.rpartition(" ")[2]
            if own in _CORE[self.depth]:
                raise FaultError(f"has a foreign <{own}> in its part {self.part}")
        super().start(name, attributes)


class Sheet(Watch):
    """A worksheet: rows and cells on the grid, in order, each once."""

    def __init__(self, part: str, limits: Limits, wanted: frozenset[str]) -> None:
        super().__init__(part, limits, wanted)
        self.row = self.column = self.cells = self.merged = self.linked = self.areas = 0
        self.box: Box = (0, 0, 0, 0)  # of its filled cells
        self.data = False  # <sheetData> was seen
        self.inside = False  # and is not closed yet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens: a row and a cell where, and as often as, Excel has them."""
        if name == _CELL:
            self._start_cell(attributes)
        elif name == _ROW:
            self._start_row(attributes.get("r"))
        elif self.inside and self.depth < 5:
            self._start_inside(name)
        elif name == _DATA:
            if self.data or self.depth != 1:
                raise self._wrong("has two tables of cells")
            self.data = self.inside = True
        elif name in _SPREAD:
            self._spread(name, attributes)
        elif name == _COLUMN:
            self._check_column(attributes)
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element closes; behind the table of cells no row may follow."""
        super().end(name)
        if name == _DATA:
            self.inside = False

    def _start_inside(self, name: str) -> None:
        """Among rows, in a row, in a cell: where readers would take anything for a cell."""
        if self.depth == 2:
            raise self._wrong("has something other than rows among the rows")
        if self.depth == 3 and name != _MORE:
            raise self._wrong(f"has something other than cells in row {self.row}")
        if self.depth == 4 and name in _CELL_HOLDS:
            self.fill((self.row, self.row, self.column, self.column))

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
        style = attributes.get("s") or "0"  # an empty one is written by some, read as 0 by all
        if not (style.isascii() and style.isdigit()):
            raise self._wrong(f"has {place} with the unknown style {shown(style)!r}", fix=RESAVE)
        self.column = column
        self.add_cells(1)

    def _column_of(self, ref: str) -> int:
        match = _REF.fullmatch(ref)
        if not match or int(match[2]) != self.row:
            raise self._wrong(f"has a cell addressed {shown(ref)!r} in row {self.row}")
        return column_of(match[1])

    def add_cells(self, count: int) -> None:
        """Count cells of this sheet, those too that :func:`plain_rows` passed over."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise self._wrong(f"has more than {self.limits.cells:,} cells", fix=FEWER)

    def fill(self, box: Box) -> None:
        """Widen what is filled; one entry far from all others makes it immense."""
        if not box[0]:
            return
        if self.box[0]:
            rows, columns = (*self.box[:2], *box[:2]), (*self.box[2:], *box[2:])
            box = (min(rows), max(rows), min(columns), max(columns))
        self.box = box
        top, bottom, left, right = box
        if (bottom - top + 1) * (right - left + 1) > self.limits.box:
            raise self._wrong(
                f"has entries from row {top} to {bottom} and from column {letters(left)} to "
                f"{letters(right)}",
                fix="press Ctrl+End in Excel, delete the rows and columns far from the table, "
                "and save it.",
            )

    def _spread(self, name: str, attributes: dict[str, str]) -> None:
        attribute, what = _SPREAD[name]
        areas = attributes.get(attribute, "").split(" ") if attribute == "sqref" else ()
        for ref in areas or [attributes.get(attribute, "")]:
            size = self._area(ref, what)
            if attribute == "sqref":
                self.areas += 1
            elif what == "hyperlink":
                self.linked += size
            else:
                self.merged += size
        if self.merged > self.limits.merged:
            raise self._wrong("has merged areas that are too large", fix=RESAVE)
        if self.linked > self.limits.linked:
            raise self._wrong(
                f"has hyperlinks on more than {self.limits.linked:,} cells",
                fix="open it in Excel, remove the hyperlinks of whole columns, and save it.",
            )
        if self.areas > self.limits.areas:
            raise self._wrong(
                f"has validations and formats on more than {self.limits.areas:,} areas", fix=FEWER
            )

    def _area(self, ref: str, what: str) -> int:
        """How many cells an area has; it lies on the grid, its first corner first."""
        match = (_AREA if what == "merged area" else _LOOSE_AREA).fullmatch(ref)
        if not match:
            raise self._wrong(f"has a {what} addressed {shown(ref)!r}")
        left, top = column_of(match[1]), int(match[2])
        right, bottom = column_of(match[3] or match[1]), int(match[4] or match[2])
        if not (left <= right <= self.limits.columns and top <= bottom <= self.limits.rows):
            raise self._wrong(f"has the impossible {what} {ref}")
        return (right - left + 1) * (bottom - top + 1)

    def _check_column(self, attributes: dict[str, str]) -> None:
        for text in (attributes.get("min", ""), attributes.get("max", "")):
            if not _NUMBER.fullmatch(text) or int(text) > self.limits.columns:
                raise self._wrong(f"has a column numbered {shown(text)!r}")
