"""Rows of a sheet in the one plain form that nearly all rows have.

Looking at every element from Python costs five times as much as expat itself, and nearly
all of a large sheet is rows of one plain form.  Such rows are checked by :func:`plain_rows`,
which never refuses anything: at the first row that is in any way unusual it hands over.

What is unusual is looked at in :mod:`riskbook.edge.gate.sheet`.
"""

import re

from riskbook.edge.gate.limits import Limits
from riskbook.edge.gate.sheet import Box, column_of

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
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*+(?<!/)>(?!</c>)')
_CELL_START = re.compile(rb'<c r="([A-Z0-9]+)"')


class Passed:
    """The rows that :func:`plain_rows` vouches for."""

    def __init__(self, at: int) -> None:
        self.start = self.at = at  # self.at: the first row that is not vouched for
        self.first = self.last = self.row = 0  # rows that have cells; the last row of all
        self.left = self.right = self.cells = 0

    @property
    def box(self) -> Box:
        """Where there are cells, empty ones too."""
        return self.first, self.last, self.left, self.right

    @property
    def size(self) -> int:
        """How many cells the box has."""
        return (self.last - self.first + 1) * (self.right - self.left + 1)

    def filled(self, data: bytes) -> Box:
        """Where there are filled cells; Excel keeps many that only have a format."""
        rows: set[bytes] = set()
        columns: set[bytes] = set()
        for found in _FILLED.finditer(data, self.start, self.at):
            columns.add(found[1])
            rows.add(found[2])
        if not rows:
            return 0, 0, 0, 0
        numbers = [int(row) for row in rows]
        places = [column_of(column.decode("ascii")) for column in columns]
        return min(numbers), max(numbers), min(places), max(places)


def plain_rows(data: bytes, at: int, limits: Limits) -> Passed:
    """Pass over rows of the plain form from ``at`` on, as long as nothing is unusual."""
    passed = Passed(at)
    known: dict[bytes, int] = {}  # "A,B,D," -> 3: most rows fill the same columns
    while row := _PLAIN_ROW.match(data, passed.at):
        number = int(row[1])
        refs = _CELL_START.findall(row[2] or b"")
        columns = b",".join([*refs, b""]).replace(row[1] + b",", b",")
        if columns not in known:
            known[columns] = _fit(columns, passed, limits)
        if not passed.row < number <= limits.rows or known[columns] < 0:
            break
        passed.row, passed.at = number, row.end()
        if refs:
            passed.first, passed.last = passed.first or number, number
            passed.cells += known[columns]
    return passed


def _fit(columns: bytes, passed: Passed, limits: Limits) -> int:
    """How many columns "A,B,D," are, -1 if they do not rise; their ends are kept."""
    names = columns.decode("ascii").split(",")[:-1]
    order = [column_of(name) if name.isalpha() else 0 for name in names]
    if order != sorted(set(order)) or not all(0 < n <= limits.columns for n in order):
        return -1
    if order:
        passed.left = min(passed.left or order[0], order[0])
        passed.right = max(passed.right, order[-1])
    return len(order)
