"""The cells of a workbook's sheets, each with its type, format, formula and error.

::

    <row r="5" hidden="1">                      Grid(top=5, left=2, hidden={5}, rows=((
      <c r="B5" t="s" s="2"><v>0</v></c>   ->     Cell(TEXT, "Budget", "@"),
      <c r="C5"><f>2*2</f><v>4</v></c>     ->     Cell(NUMBER, "4", formula="2*2"),
    </row>                                      ),))

One pass over the part, one :class:`~riskbook.core.grid.Cell` for all equal cells.  Only
cells are believed, never the size that a sheet claims.  A formula whose value nobody
calculated is BLANK with its formula, so that it can be a finding; one that gives an
empty text is an empty TEXT, while an empty text without a formula is BLANK.

What a cell means is :mod:`riskbook.core.reading`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from xml.parsers import expat

from riskbook.core.grid import BLANK, Cell, Grid, Kind, column_number, letters
from riskbook.edge.xlsx.cells import Values, index_of
from riskbook.edge.xlsx.colours import WHITE, colour_of, faint, too_small
from riskbook.edge.xlsx.looks import unescaped
from riskbook.edge.xlsx.package import SAVE_AGAIN
from riskbook.edge.xlsx.spread import columns_of, moves, with_arrays
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RefusedError

MOST_CELLS = 5_000_000  # in one sheet's used block

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def read(workbook: Workbook, sheets: Sequence[str] | None = None) -> dict[str, Grid]:
    """Read sheets whole.

    Args:
        workbook: the open workbook.
        sheets: their names; None reads every sheet, hidden ones too.

    Returns:
        A grid for each sheet, in the order asked for.

    Raises:
        TemplateError: a sheet is not there.
        RefusedError: a sheet's XML is broken, or its used block is too large.
    """
    wanted = [sheet.name for sheet in workbook.sheets] if sheets is None else sheets
    values = Values(workbook)
    return {name: _SheetParser(name, values).grid(workbook) for name in wanted}


class _SheetParser:
    """Collects one sheet's cells from the parser's events.

    Inside ``sheetData`` it listens closely; outside, for hidden columns and merged areas.
    """

    def __init__(self, sheet: str, values: Values) -> None:
        self.sheet, self.values, self.known = sheet, values, values.known
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden: set[int] = set()
        self.merged: list[str] = []
        self.columns: dict[str, int] = {}  # letters -> number, those seen so far
        self.row, self.column, self.tail = 0, 0, "0"
        self.cells: dict[int, Cell] = {}  # the row that is being read
        self.kind, self.style = "", ""
        self.pieces: list[str] = []  # of the text since the last opening tag
        self.value: str | None = None
        self.formula: str | None = None
        self.inline: str | None = None
        self.phonetic = self.striking = False
        self.struck = ""  # the struck-through words of an inline text
        self.dim = self.unseen_words = False  # whether nobody sees a run, or one of an inline text
        self.arrays: list[str] = []  # the areas that array formulas fill
        self.sharing = ""  # the number of the shared formula that the cell has
        self.shared: dict[str, str] = {}  # those that are the same in every cell
        self.unseen: list[tuple[int, int]] = []  # first and last of hidden columns

    def grid(self, workbook: Workbook) -> Grid:
        part = workbook.part_of(self.sheet)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start_root
        try:
            self.parser.Parse(workbook.package.part(part), True)
        except expat.ExpatError:
            raise RefusedError(f"The part {part!r} is not valid XML.", fix=SAVE_AGAIN) from None
        return self._block(workbook)

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        """Learn the namespace of the sheet's own elements from the first one."""
        space = name.rpartition(" ")[0]
        space = space + " " if space else ""
        self.c, self.v, self.f = space + "c", space + "v", space + "f"
        self.t, self.is_, self.phonetics = space + "t", space + "is", space + "rPh"
        self.row_tag, self.data = space + "row", space + "sheetData"
        self.merge, self.col = space + "mergeCell", space + "col"
        self.run, self.strike = space + "r", space + "strike"
        self.color, self.size = space + "color", space + "sz"
        self.parser.StartElementHandler = self._start_outside

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.data:
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == self.merge:
            self.merged.append(attributes.get("ref", ""))
        elif name == self.col and _unseen(attributes, "width"):
            self.unseen.append(
                (index_of(attributes.get("min", "")), index_of(attributes.get("max", "")))
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.pieces.clear()
        if name == self.c:
            self._start_cell(attributes)
        elif name == self.row_tag:
            self._start_row(attributes)
        elif name == self.is_:
            self.inline = ""
        elif name == self.t:  # nearly all that an inline text has
            return
        elif self.inline is not None:
            self._start_inline(name, attributes)
        elif attributes and name == self.f:
            kind = attributes.get("t")
            if kind == "shared":
                self.sharing = attributes.get("si", "")
            elif kind in ("array", "dataTable"):
                self.arrays.append(attributes.get("ref", ""))

    def _start_inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.phonetics:
            self.phonetic = True
        elif name == self.run:
            self.striking = self.dim = False
        elif name == self.color:
            self.dim = self.dim or faint(colour_of(attributes), WHITE)
        elif name == self.size:
            self.dim = self.dim or too_small(attributes.get("val", ""))
        elif name == self.strike:
            self.striking = attributes.get("val") not in ("0", "false")

    def _end(self, name: str) -> None:
        if name == self.v:
            self.value = "".join(self.pieces)
        elif name == self.c:
            self._end_cell()
        elif name == self.f:
            self.formula = "".join(self.pieces)
            if self.sharing:
                self._share()
        elif name == self.t and self.inline is not None and not self.phonetic:
            self.inline += "".join(self.pieces)
            if self.striking:
                self.struck += "".join(self.pieces)
            self.unseen_words |= self.dim and bool("".join(self.pieces).strip())
        elif name == self.phonetics:
            self.phonetic = False
        elif name == self.data:
            self.parser.StartElementHandler = self._start_outside
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _share(self) -> None:
        """A shared formula stands in its first cell; one without an address holds for all."""
        if self.formula:
            self.shared[self.sharing] = "" if moves(self.formula) else self.formula
        self.formula = self.formula or self.shared.get(self.sharing, "")
        self.sharing = ""

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else index_of(number)
        self.column, self.tail = 0, str(self.row)
        self.cells = self.rows.setdefault(self.row, {})
        if _unseen(attributes, "ht"):
            self.hidden.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        get = attributes.get
        self.kind, self.style = get("t", ""), get("s", "")
        self.value = self.formula = self.inline = None
        ref = get("r")
        if ref is None:
            self.column += 1
        elif ref.endswith(self.tail) and (column := self.columns.get(ref[: -len(self.tail)])):
            self.column = column
        else:
            self._place(ref)

    def _place(self, ref: str) -> None:
        """Believe a cell's own address: a new column, or not in the row it lies in."""
        found = _REF.fullmatch(ref)
        if found is None:
            raise RefusedError(f"There is no cell {ref!r}.", fix=SAVE_AGAIN)
        self.column = column_number(found[1])
        self.columns[found[1]] = self.column
        if int(found[2]) != self.row:
            self.row, self.tail = int(found[2]), str(int(found[2]))
            self.cells = self.rows.setdefault(self.row, {})

    def _end_cell(self) -> None:
        value, formula = self.value, self.formula
        if self.inline is not None:
            value, self.kind, self.striking, self.dim = self.inline, "inlineStr", False, False
        if value is None and formula is None:
            return
        key = (self.kind, self.style, value or "")
        cell = self.known.get(key) or self.values.add(key)
        if formula is not None:
            empty = Kind.TEXT if self.kind == "str" and value is not None else Kind.BLANK
            kind = empty if cell is BLANK else cell.kind
            form = self.values.format(index_of(self.style))
            cell = Cell(kind, cell.text, form, formula)
        if self.unseen_words:
            light = index_of(self.style) in self.values.looks.light
            cell, self.unseen_words = replace(cell, unseen=cell.unseen or light), False
        if self.struck:
            cell, self.struck = replace(cell, struck=unescaped(self.struck)), ""
        if cell is not BLANK:
            self.cells[self.column] = cell

    def _block(self, workbook: Workbook) -> Grid:
        if self.arrays:
            with_arrays(self.rows, self.arrays)
        used = {row: cells for row, cells in self.rows.items() if cells}
        if not used:
            return Grid(sheet=self.sheet, merged=tuple(self.merged))
        top, bottom = min(used), max(used)
        left, right = min(map(min, used.values())), max(map(max, used.values()))
        height, width = bottom - top + 1, right - left + 1
        if height * width > MOST_CELLS:
            raise _too_large(self.sheet, top, left, bottom, right)
        span, empty = range(left, right + 1), (BLANK,) * width
        rows = [
            tuple(map(cells.get, span, repeat(BLANK))) if (cells := used.get(row)) else empty
            for row in range(top, bottom + 1)
        ]
        return Grid(
            sheet=self.sheet,
            top=top,
            left=left,
            rows=tuple(rows),
            hidden=frozenset(row for row in self.hidden if top <= row <= bottom),
            merged=tuple(self.merged),
            hidden_columns=columns_of(self.unseen, left, right),
            notes=workbook.notes(self.sheet),
            date1904=workbook.date1904,
        )


# below one point of height, or a digit of width
_NEARLY_NOTHING = re.compile(r"0{0,9}(?:\.[0-9]{0,40})?")


def _unseen(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or so low or narrow that it shows as little."""
    told = attributes.get(size, "")
    return attributes.get("hidden") in ("1", "true") or (
        told.startswith(("0", ".")) and _NEARLY_NOTHING.fullmatch(told) is not None
    )


def _too_large(sheet: str, top: int, left: int, bottom: int, right: int) -> RefusedError:
    block = f"{letters(left)}{top} to {letters(right)}{bottom}"
    return RefusedError(
        f"The entries of sheet {sheet!r} spread from {block}: more than {MOST_CELLS:,} cells.",
        fix="press Ctrl+End, delete the stray entries far from the table, save, try again.",
    )
