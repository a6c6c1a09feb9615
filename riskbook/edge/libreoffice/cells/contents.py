"""What the cells of a range hold: values, formulas, and blanks again."""

from collections.abc import Sequence
from typing import Any

from riskbook.edge.libreoffice.cells import values
from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Remote

EVERYTHING = 1023 - 128  # com.sun.star.sheet.CellFlags without OBJECTS: what is drawn stays
CONTENTS = 1 | 2 | 4 | 16  # VALUE, DATETIME, STRING, FORMULA
LOOKS = 32 | 64  # HARDATTR, STYLES


class Contents(Place):
    """What a range holds."""

    @property
    def raw_value(self) -> Any:
        """One value, or rows of them."""
        rows, kinds, wrong = self._used().block("block.read", self.doc)
        found = self._padded(values.incoming(rows, kinds, wrong))
        return found[0][0] if len(self) == 1 else found

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, list | tuple) else [[value]]
        if rows and not isinstance(rows[0], list | tuple):
            rows = [rows]
        if len(rows) == 1 and len(rows[0]) == 1 and len(self) > 1:
            self._fill(rows[0][0])
            return
        if len({len(row) for row in rows}) > 1:
            raise ValueError("every row must have the same number of values")
        target = self.remote_at(Box(self.row, self.column, len(rows), len(rows[0])))
        self._write(target, rows)

    def _write(self, target: Remote, rows: Sequence[Sequence[Any]]) -> None:
        plain, formulas, marked = values.outgoing(rows)
        target.block("block.write", self.doc, formulas, marked, bulk=plain)

    def _fill(self, value: Any) -> None:
        """One value into every cell; relative references follow."""
        if isinstance(value, str) and value[:1] == "=":
            self.formula = value
            return
        used = self.used
        rows = [[value] * used.columns] * used.rows
        self._write(self.remote_at(used), rows)

    def _used(self) -> Remote:
        """Whole rows and columns are read as far as the sheet is used."""
        return self.remote if self.bounded else self.remote_at(self.used)

    def _padded(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        if self.bounded:
            return rows
        short = self.place.columns - len(rows[0])
        filled = [[*row, *[None] * short] for row in rows]
        blank: list[Any] = [None] * self.place.columns
        return filled + [blank] * (self.place.rows - len(rows))

    @property
    def formula(self) -> Any:
        """Formulas as in Excel, values as text where there is none."""
        rows = self._used().block("formula.read", self.doc)
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.remote.block("formula.fill", self.doc, str(value))
            return
        rows = value if isinstance(value[0], list | tuple) else [value]
        target = self.remote_at(Box(self.row, self.column, len(rows), len(rows[0])))
        target.block("formula.write", self.doc, [[str(x) for x in row] for row in rows])

    @property
    def formula2(self) -> Any:
        """The same: Calc has no dynamic arrays."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str | None:
        """The formula of an array, None where there is none."""
        return self.remote.block("formula.read_array", self.doc) or None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.remote.block("formula.write_array", self.doc, value)

    @property
    def has_array(self) -> bool:
        """Whether the cells belong to an array formula."""
        return bool(self.remote["ArrayFormula"])

    def clear_contents(self) -> None:
        """Blank the cells."""
        self.remote("clearContents", CONTENTS)

    def clear_formats(self) -> None:
        """Take the formats away, conditional ones too."""
        self.remote("clearContents", LOOKS)

    def clear(self) -> None:
        """Blank the cells and take formats, notes and rules away."""
        self.remote("clearContents", EVERYTHING)
