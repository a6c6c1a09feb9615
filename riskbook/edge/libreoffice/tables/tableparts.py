"""Rows, columns and parts of a table."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.contents import Contents

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range
    from riskbook.edge.libreoffice.tables.table import Table

# #All, #Data, a column, or two columns with a colon between them; ' quotes a special character
_WORD = re.compile(r"\[((?:[^\[\]']|'.)+)\](:?)")


class TableRow(base_classes.TableRow):
    """One row."""

    def __init__(self, table: "Table", index: int) -> None:
        self.table, self._index = table, index

    @property
    def index(self) -> int:
        """Its place among the rows, from 1."""
        return self._index

    @property
    def range(self) -> "Range":
        """Its cells."""
        body = self.table.body
        return self.table.sheet.box(Box(body.row + self._index - 1, body.column, 1, body.columns))

    def delete(self) -> None:
        """Take it out; of the last row a blank one is left."""
        if self.table.body.rows == 1:
            self.range.clear_contents()
            self.table.blank = True
            return
        self.range.delete("up")


class TableRows(base_classes.TableRows):
    """The rows."""

    def __init__(self, table: "Table") -> None:
        self.table = table

    @property
    def parent(self) -> "Table":
        """The table."""
        return self.table

    @property
    def column_count(self) -> int:
        """How many values a row has."""
        return self.table.box.columns

    def __len__(self) -> int:
        return 0 if self.table.blank else self.table.body.rows

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(self.table, index) for index in range(1, len(self) + 1))

    def __call__(self, key: int) -> TableRow:
        """The row at a place, from 1."""
        if not isinstance(key, int) or not 1 <= key <= len(self):
            raise KeyError(key)
        return TableRow(self.table, key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def add(self, values: list[Any] | None, index: int | None) -> TableRow:
        """A new row, the last one or at a place."""
        table, count = self.table, len(self)
        if table.blank:
            table.blank = False
        else:
            _grown(table, (index or count + 1) - 1)
        row = TableRow(table, index or count + 1)
        if values is not None:
            Contents(table.sheet, row.range.place).raw_value = [values]
        return row


def _grown(table: "Table", before: int) -> None:
    """Make room for a row after so many others."""
    body, box = table.body, table.box
    new = Box(body.row + before, body.column, 1, body.columns)
    table.sheet.box(new).insert("down")
    table.box = Box(box.row, box.column, box.rows + 1, box.columns)


class TableColumn(base_classes.TableColumn):
    """One column."""

    def __init__(self, table: "Table", index: int) -> None:
        self.table, self._index = table, index

    @property
    def index(self) -> int:
        """Its place among the columns, from 1."""
        return self._index

    @property
    def name(self) -> str:
        """Its heading."""
        if not self.table.show_headers:
            return f"Column{self._index}"
        return str(names_of(self.table)[self._index - 1])

    @property
    def range(self) -> "Range":
        """All its cells."""
        return self._cells(self.table.box)

    @property
    def data_body_range(self) -> "Range | None":
        """Its cells in the rows."""
        return None if self.table.blank else self._cells(self.table.body)

    def _cells(self, box: Box) -> "Range":
        return self.table.sheet.box(Box(box.row, box.column + self._index - 1, box.rows, 1))

    def delete(self) -> None:
        """Take it out."""
        if self.table.box.columns == 1:
            raise ValueError("Cannot delete the last table column")
        box = self.table.box
        self.range.delete("left")
        self.table.box = Box(box.row, box.column, box.rows, box.columns - 1)


class TableColumns(base_classes.TableColumns):
    """The columns."""

    def __init__(self, table: "Table") -> None:
        self.table = table

    @property
    def parent(self) -> "Table":
        """The table."""
        return self.table

    def __len__(self) -> int:
        return self.table.box.columns

    def __iter__(self) -> Iterator[TableColumn]:
        return (TableColumn(self.table, index) for index in range(1, len(self) + 1))

    def __call__(self, key: int | str) -> TableColumn:
        """The column at a place, from 1, or of a heading."""
        if isinstance(key, int) and 1 <= key <= len(self):
            return TableColumn(self.table, key)
        for column in self:
            if isinstance(key, str) and column.name.casefold() == key.casefold():
                return column
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return str(key).casefold() in [column.name.casefold() for column in self]

    def add(self, name: str, index: int | None) -> TableColumn:
        """A new column, the last one or at a place."""
        table, box = self.table, self.table.box
        place = index or box.columns + 1
        new = Box(box.row, box.column + place - 1, box.rows, 1)
        table.sheet.box(new).insert("right")
        table.box = Box(box.row, box.column, box.rows, box.columns + 1)
        if table.show_headers:
            Contents(table.sheet, Box(box.row, box.column + place - 1)).raw_value = name
        return TableColumn(table, place)


def names_of(table: "Table") -> list[str]:
    """The texts of the header row."""
    box = table.box
    values = Contents(table.sheet, Box(box.row, box.column, 1, box.columns)).raw_value
    cells = [values] if box.columns == 1 else values[0]
    return ["" if cell is None else shown(cell) for cell in cells]


def shown(value: Any) -> str:
    """A heading that was typed as a number."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def headings(table: "Table") -> None:
    """Give each column a text as its heading, no two alike, as Excel does."""
    found = names_of(table)
    taken: set[str] = set()
    made = []
    for place, text in enumerate(found, 1):
        name, number = text or f"Column{place}", 2
        while name.casefold() in taken:
            name, number = f"{text or f'Column{place}'}{number}", number + 1
        taken.add(name.casefold())
        made.append(name)
    if made != found:
        box = table.box
        first = Contents(table.sheet, Box(box.row, box.column, 1, box.columns))
        first.raw_value = [made]


def part_of(table: "Table", text: str) -> Box | None:
    """The cells behind what stands after a table's name in a formula; None if it is none."""
    inner = text.strip()
    if inner in ("", "[]"):
        return table.body
    words = _WORD.findall(inner[1:-1] if inner.startswith("[[") else inner)
    names = [re.sub(r"'(.)", r"\1", word.strip()) for word, _ in words]
    parts = [name.casefold() for name in names if name.startswith("#")]
    columns = [name for name in names if not name.startswith("#")]
    rows = _rows_of(table, parts)
    if not words or rows is None or any(name not in table.columns for name in columns):
        return None
    if not columns:
        return rows
    places = [table.columns(name).index for name in columns]
    left, right = min(places), max(places)
    return Box(rows.row, rows.column + left - 1, rows.rows, right - left + 1)


def _rows_of(table: "Table", parts: list[str]) -> Box | None:
    """The rows that ``#Headers``, ``#Data``, ``#Totals`` and ``#All`` name together."""
    box, body = table.box, table.body
    known = {"#all": box, "#data": body}
    if table.show_headers:
        known["#headers"] = Box(box.row, box.column, 1, box.columns)
    if table.show_totals:
        known["#totals"] = Box(box.last_row, box.column, 1, box.columns)
    found = [known.get(part) for part in parts or ["#data"]]
    if None in found:
        return None
    top = min(each.row for each in found if each)
    bottom = max(each.last_row for each in found if each)
    return Box(top, box.column, bottom - top + 1, box.columns)
