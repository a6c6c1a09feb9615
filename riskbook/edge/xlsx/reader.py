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
from collections.abc import Callable, Sequence
from itertools import repeat
from xml.parsers import expat

from riskbook.core.grid import BLANK, Cell, Grid, Kind, column_number, letters
from riskbook.edge.xlsx.numfmt import iso_of_serial, iso_of_text, plain, shows_date
from riskbook.edge.xlsx.package import SAVE_AGAIN
from riskbook.edge.xlsx.workbook import Workbook, unescaped
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
    values = _Values(workbook)
    return {name: _SheetParser(name, values).grid(workbook) for name in wanted}


class _Values:
    """Turns (cell type, style index, stored text) into a cell, each one only once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.formats = workbook.formats
        self.dates = [shows_date(code) for code in self.formats]
        self.known: dict[tuple[str, str, str], Cell] = {}
        self.makers: dict[str, Callable[[str, int], Cell]] = {
            "n": self._number,
            "s": self._shared,
            "str": self._text,
            "inlineStr": self._text,
            "b": self._bool,
            "e": self._error,
            "d": self._date,
        }

    def add(self, key: tuple[str, str, str]) -> Cell:
        kind, style, raw = key
        maker = self.makers.get(kind or "n")
        if maker is None:
            raise RefusedError(f"There is no cell type {kind!r}.", fix=SAVE_AGAIN)
        cell = self.known[key] = maker(raw, _index(style)) if raw else BLANK
        return cell

    def format(self, style: int) -> str:
        return self.formats[style] if style < len(self.formats) else "General"

    def _text(self, raw: str, style: int) -> Cell:
        return Cell(Kind.TEXT, unescaped(raw), self.format(style))

    def _shared(self, raw: str, style: int) -> Cell:
        strings, index = self.workbook.strings, raw.strip()
        if not (index.isascii() and index.isdigit() and int(index) < len(strings)):
            what = f"A cell names the shared text {raw!r}; the workbook has {len(strings)}."
            raise RefusedError(what, fix=SAVE_AGAIN)
        text = strings[int(index)]
        return Cell(Kind.TEXT, text, self.format(style)) if text else BLANK

    def _number(self, raw: str, style: int) -> Cell:
        text = plain(raw)
        if text is None:
            return self._text(raw, style)
        if style < len(self.dates) and self.dates[style]:
            iso = iso_of_serial(float(text), date1904=self.workbook.date1904)
            if iso is not None:
                return Cell(Kind.DATE, iso, self.format(style))
        return Cell(Kind.NUMBER, text, self.format(style))

    def _bool(self, raw: str, style: int) -> Cell:
        words = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
        word = words.get(raw.strip())
        return Cell(Kind.BOOL, word, self.format(style)) if word else self._text(raw, style)

    def _error(self, raw: str, style: int) -> Cell:
        return Cell(Kind.ERROR, raw.strip(), self.format(style))

    def _date(self, raw: str, style: int) -> Cell:
        iso = iso_of_text(raw)
        return Cell(Kind.DATE, iso, self.format(style)) if iso else self._text(raw, style)


class _SheetParser:
    """Collects one sheet's cells from the parser's events.

    Inside ``sheetData`` it listens closely; outside, only for merged areas.
    """

    def __init__(self, sheet: str, values: _Values) -> None:
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
        self.phonetic = False

    def grid(self, workbook: Workbook) -> Grid:
        part = workbook.part_of(self.sheet)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start_root
        try:
            self.parser.Parse(workbook.package.part(part), True)
        except expat.ExpatError:
            raise RefusedError(f"The part {part!r} is not valid XML.", fix=SAVE_AGAIN) from None
        return self._block()

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        """Learn the namespace of the sheet's own elements from the first one."""
        space = name.rpartition(" ")[0]
        space = space + " " if space else ""
        self.c, self.v, self.f = space + "c", space + "v", space + "f"
        self.t, self.is_, self.phonetics = space + "t", space + "is", space + "rPh"
        self.row_tag, self.data = space + "row", space + "sheetData"
        self.merge = space + "mergeCell"
        self.parser.StartElementHandler = self._start_outside

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.data:
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == self.merge:
            self.merged.append(attributes.get("ref", ""))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.pieces.clear()
        if name == self.c:
            self._start_cell(attributes)
        elif name == self.row_tag:
            self._start_row(attributes)
        elif name == self.is_:
            self.inline = ""
        elif name == self.phonetics:
            self.phonetic = True

    def _end(self, name: str) -> None:
        if name == self.v:
            self.value = "".join(self.pieces)
        elif name == self.c:
            self._end_cell()
        elif name == self.f:
            self.formula = "".join(self.pieces)
        elif name == self.t and self.inline is not None and not self.phonetic:
            self.inline += "".join(self.pieces)
        elif name == self.phonetics:
            self.phonetic = False
        elif name == self.data:
            self.parser.StartElementHandler = self._start_outside
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else _index(number)
        self.column, self.tail = 0, str(self.row)
        self.cells = self.rows.setdefault(self.row, {})
        if attributes.get("hidden") in ("1", "true"):
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
            value, self.kind = self.inline, "inlineStr"
        if value is None and formula is None:
            return
        key = (self.kind, self.style, value or "")
        cell = self.known.get(key) or self.values.add(key)
        if formula is not None:
            empty = Kind.TEXT if self.kind == "str" and value is not None else Kind.BLANK
            kind = empty if cell is BLANK else cell.kind
            form = self.values.format(_index(self.style))
            cell = Cell(kind, cell.text, form, formula)
        if cell is not BLANK:
            self.cells[self.column] = cell

    def _block(self) -> Grid:
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
        )


def _index(text: str) -> int:
    """A row number or a style index; an empty one counts as 0."""
    if text and not (text.isascii() and text.isdigit()):
        raise RefusedError(f"There is no row or style {text!r}.", fix=SAVE_AGAIN)
    return int(text or "0")


def _too_large(sheet: str, top: int, left: int, bottom: int, right: int) -> RefusedError:
    block = f"{letters(left)}{top} to {letters(right)}{bottom}"
    return RefusedError(
        f"The entries of sheet {sheet!r} spread from {block}: more than {MOST_CELLS:,} cells.",
        fix="press Ctrl+End, delete the stray entries far from the table, save, try again.",
    )
