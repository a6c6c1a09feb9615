"""One cell from what a file stores: its type, its style's index, its text or number.

::

    ("s", "2", "0")  ->  Cell(TEXT, "Budget", "@")      each such triple is made only once
"""

from collections.abc import Callable
from dataclasses import replace

from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.edge.xlsx.looks import unescaped
from riskbook.edge.xlsx.numfmt import is_index, iso_of_serial, iso_of_text, plain, shows_date
from riskbook.edge.xlsx.package import SAVE_AGAIN
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RefusedError


class Values:
    """Turns (cell type, style index, stored text) into a cell, each one only once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.formats = workbook.formats
        self.looks = workbook.looks
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
        """The cell of a type, a style index and a stored text."""
        kind, style, raw = key
        maker = self.makers.get(kind or "n")
        if maker is None:
            raise RefusedError(f"There is no cell type {kind!r}.", fix=SAVE_AGAIN)
        cell = self.known[key] = self._looked(maker(raw, index_of(style)), style) if raw else BLANK
        return cell

    def _looked(self, cell: Cell, style: str) -> Cell:
        """A cell with what its style says beside the number format."""
        index = index_of(style)
        if index in self.looks.quoted and cell.kind is Kind.TEXT:
            cell = replace(cell, quoted=True)
        if index in self.looks.struck and not cell.struck:
            cell = replace(cell, struck=cell.text)
        if index in self.looks.unseen:
            cell = replace(cell, unseen=True)
        return cell

    def format(self, style: int) -> str:
        """The number format of a style."""
        return self.formats[style] if style < len(self.formats) else "General"

    def _text(self, raw: str, style: int) -> Cell:
        return Cell(Kind.TEXT, unescaped(raw), self.format(style))

    def _shared(self, raw: str, style: int) -> Cell:
        strings, index = self.workbook.strings, raw.strip()
        if not (is_index(index) and int(index) < len(strings)):
            what = f"A cell names the shared text {raw[:40]!r}; the workbook has {len(strings)}."
            raise RefusedError(what, fix=SAVE_AGAIN)
        text, struck = strings[int(index)], self.workbook.struck.get(int(index), "")
        unseen = int(index) in self.workbook.unseen and style in self.looks.light
        cell = Cell(Kind.TEXT, text, self.format(style), struck=struck, unseen=unseen)
        return cell if text else BLANK

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


def index_of(text: str) -> int:
    """A row number or a style index; an empty one counts as 0."""
    if text and not is_index(text):
        raise RefusedError(f"There is no row or style {text[:40]!r}.", fix=SAVE_AGAIN)
    return int(text or "0")
