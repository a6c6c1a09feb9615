"""Cells found, replaced, sorted and thinned out."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.contents import Contents
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Remote, Struct, Typed, prop

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range

# com.sun.star.sheet.CellFlags and FormulaResult
NUMBERS, TEXTS = 1 | 2, 4
RESULTS = {None: 1 | 2 | 4, "numbers": 1, "text": 2, "errors": 4, "logical": 1}
_WILD = re.compile(r"~([*?~])|([*?])|(.)", re.DOTALL)


def pattern_of(text: str) -> str:
    """Excel's search text as a regular expression: ``*``, ``?``, and ``~`` before either."""

    def one(found: re.Match[str]) -> str:
        if found[2]:
            return ".*" if found[2] == "*" else "."
        return re.escape(found[1] or found[3])

    return _WILD.sub(one, text)


class Finding(Place):
    """What is found and put in order."""

    def find(
        self, text: str, whole: bool, direction: str, order: str, match_case: bool
    ) -> "Range | None":
        """The first cell that shows a text; ``*`` and ``?`` stand for any characters."""
        box = self.used
        found = self.remote_at(box).block(
            "edit.find",
            pattern_of(text),
            int(re.DOTALL | (0 if match_case else re.IGNORECASE)),
            whole,
            direction == "backward",
            order == "rows",
        )
        if found is None:
            return None
        return self.sheet.box(Box(box.row + found[0], box.column + found[1]))

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in values and formulas; what then looks like a number is one."""
        pattern = pattern_of(old) if len(self) > 1 else re.escape(old)
        wanted = re.compile(pattern, re.DOTALL | (0 if match_case else re.IGNORECASE))
        box = self.used
        rows = Contents(self.sheet, box).formula
        for at, line in enumerate(rows if isinstance(rows, tuple) else ((rows,),)):
            changed = [_replaced(wanted, text, new, whole) for text in line]
            for first, last in _runs([a != b for a, b in zip(changed, line, strict=True)]):
                cells = Box(box.row + at, box.column + first, 1, last - first)
                Contents(self.sheet, cells).formula = [changed[first:last]]

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list["Range"]:
        """Blank cells, constants, formulas or visible cells, as blocks."""
        remote = self.remote_at(self.used)
        if cell_type == "blanks":
            return self._boxes(remote.block("edit.special", "queryEmptyCells"))
        if cell_type == "visible":
            visible: list[list[int]] = self.remote.block("edit.special", "queryVisibleCells")
            return self._boxes(visible)
        if cell_type == "formulas":
            found = remote.block("edit.special", "queryFormulaCells", RESULTS[value_type])
        else:
            flags = {None: NUMBERS | TEXTS, "text": TEXTS, "errors": 0}.get(value_type, NUMBERS)
            found = remote.block("edit.special", "queryContentCells", flags) if flags else []
        if value_type in ("numbers", "logical"):
            found = self._of_kind(found, truths=value_type == "logical")
        return self._boxes(found)

    def _of_kind(self, places: list[list[int]], *, truths: bool) -> list[list[int]]:
        """Of cells with numbers those that are truths, or the others, row by row."""
        chosen: list[list[int]] = []
        for top, left, bottom, right in places:
            box = Box(top + 1, left + 1, bottom - top + 1, right - left + 1)
            values = Contents(self.sheet, box).raw_value
            rows = [[values]] if len(Contents(self.sheet, box)) == 1 else values
            for column in range(box.columns):
                for at, row in enumerate(rows, top):
                    if isinstance(row[column], bool) == truths:
                        _joined(chosen, at, left + column)
        return chosen

    def _boxes(self, places: list[list[int]]) -> list["Range"]:
        return [
            self.sheet.box(Box(top + 1, left + 1, bottom - top + 1, right - left + 1))
            for top, left, bottom, right in places
        ]

    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort the rows by columns, counted from 1; blanks come last."""
        sort(self.remote_at(self.used), keys, ascending, headers=has_headers)

    def remove_duplicates(self, columns: list[int], has_headers: bool) -> None:
        """Take out rows whose values in some columns, counted from 1, stood above already."""
        places = [column - 1 for column in columns]
        block = self.remote_at(self.used)
        block.block("edit.keep_first", self.doc, places, int(has_headers))
        self.sheet.remote.wire.moved += 1


def sort(remote: Remote, keys: list[int], ascending: list[bool], *, headers: bool) -> None:
    """Sort the rows of LibreOffice's range by columns, counted from 1."""
    fields = [
        Struct(
            "com.sun.star.table.TableSortField",
            {"Field": key - 1, "IsAscending": up, "IsCaseSensitive": False},
        )
        for key, up in zip(keys, ascending, strict=True)
    ]
    remote(
        "sort",
        (
            prop("IsSortColumns", False),
            prop("ContainsHeader", headers),
            prop("BindFormatsToContent", True),
            prop("SortFields", Typed("[]com.sun.star.table.TableSortField", fields)),
        ),
    )


def _replaced(wanted: re.Pattern[str], text: Any, new: str, whole: bool) -> str:
    if not text:
        return ""
    if whole:
        return new if wanted.fullmatch(text) else str(text)
    return wanted.sub(lambda _: new, text)


def _runs(marked: list[bool]) -> Iterator[tuple[int, int]]:
    """Where marked places begin and end, the end not counted."""
    start = None
    for place, mark in enumerate([*marked, False]):
        if mark and start is None:
            start = place
        if not mark and start is not None:
            yield start, place
            start = None


def _joined(chosen: list[list[int]], row: int, column: int) -> None:
    """Add a cell to a list of places, to the one above it where there is one."""
    if chosen and chosen[-1][1] == chosen[-1][3] == column and chosen[-1][2] == row - 1:
        chosen[-1][2] = row
    else:
        chosen.append([row, column, row, column])
