r"""Formulas that make Excel start, fetch or call something, wherever a formula can stand.

::

    cell, validation, conditional format, name, table, chart   ->   each formula once
    cmd|'/c calc'!A0          starts a program (DDE)           refused always
    WEBSERVICE(...), RTD      fetches from elsewhere           unless IT allows it
    '\\srv\[b.xlsx]S'!A1      reads another workbook           unless IT allows it

No relation leads to any of these, so :mod:`riskbook.edge.gate.active` does not see them.
What stands in quotation marks is a text or the name of a sheet, and is not looked at for
functions: ``"call(1)"`` calls nothing.  ``HYPERLINK`` waits for a click and passes.
"""

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import unescape

from riskbook.edge.gate.archive import FaultError, shown
from riskbook.edge.gate.limits import Limits

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"  # Excel 2010's own
_EXCEL = "http://schemas.microsoft.com/office/excel/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
ELEMENTS = frozenset(
    f"{space} {name}"
    for space, names in (
        (_MAIN, ("f", "formula", "formula1", "formula2", "definedName")),
        (_MAIN, ("calculatedColumnFormula", "totalsRowFormula", "oldFormula")),
        (_LATER, ("formula", "formula1", "formula2")),
        (_EXCEL, ("f",)),
        (_CHART, ("f",)),
    )
    for name in names
)
_FETCH, _CALL, _BOOK = "data connections", "Excel 4 macros", "other workbooks"
_DO = {  # name for IT -> what such a formula does
    _FETCH: "has a formula that fetches something from elsewhere",
    _CALL: "has a formula that calls another program",
    _BOOK: "has a formula that reads another file",
}
_FUNCTIONS = {
    **dict.fromkeys(("WEBSERVICE", "RTD", "IMAGE"), _FETCH),
    **dict.fromkeys(("CALL", "REGISTER", "REGISTER.ID", "EXEC"), _CALL),
}
_FIX = "open it in Excel, delete that formula, or put its value in its place, and save it."
_DDE = "holds a DDE link, which can start any program"
_QUOTED = re.compile(r"""("[^"]*")|'((?:[^']|'')*)'""")  # a text, or the name of a sheet
_ELSEWHERE = re.compile(r"\\|//|file:|\[(?!\d+\])", re.IGNORECASE)  # [1] has its own part
_UNQUOTED = re.compile(r"\[(?!\d+\])[^\[\]]*\][\w.]*!")  # [b.xlsx]S!
_COLUMN = re.compile(r"\[[^\[\]]*\]")  # of a table: its heading may hold anything
_CALLED = re.compile(r"(?<![\w.])(?:_xl\w+\.)*([A-Z][A-Z.]*)\s*\(", re.IGNORECASE)
# what rows must have in capitals of which anything is to be said; a code may spell any of them
_ODD = (
    *(b"|", b"\\", b"//", b"FILE:", b"[", b"DDE", b"&#"),
    *(name.encode() for name in _FUNCTIONS),
)
_PLAIN = re.compile(rb"<f(?: [^<>]*+)?+>([^<]++)</f>")
_KNOWN = 10_000  # kinds of formulas that are kept
_ONE_DIGIT = str.maketrans("123456789", "0" * 9)
_CODE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


def refuse_formula(text: str, part: str, limits: Limits) -> None:
    """Refuse a formula that starts, fetches or calls something."""
    bare = _QUOTED.sub("''", text)
    called = {name.upper() for name in _CALLED.findall(bare)}
    if "|" in _COLUMN.sub("", bare) or "DDE" in called:
        raise FaultError(f"{_DDE} (in {shown(part)})")
    does = [_FUNCTIONS[name] for name in sorted(called & _FUNCTIONS.keys())]
    if _UNQUOTED.search(bare) or any(map(_ELSEWHERE.search, _places(text))):
        does.append(_BOOK)
    for name in does:
        if name not in limits.allow:
            raise FaultError(f"{_DO[name]} (in {shown(part)})", fix=_FIX)


def _places(text: str) -> Iterator[str]:
    """The names in quotation marks that a place follows: "!", or "#" as LibreOffice has it."""
    for found in _QUOTED.finditer(text):
        if found[2] is not None and text[found.end() : found.end() + 1] in ("!", "#"):
            yield found[2]


class Ear:
    """Listens to the texts of formulas while a parser runs, and to no others."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.part, self.limits = part, limits
        self.pieces: list[str] = []
        self.known: set[str] = set()  # a column of formulas differs in its rows' numbers only
        self.hear: Callable[[Callable[[str], object] | None], None] = lambda _: None

    def start(self) -> None:
        """The element of a formula opens."""
        self.pieces = []
        self.hear(self.pieces.append)

    def end(self) -> None:
        """It closes."""
        self.hear(None)
        if self.pieces:
            self.judge("".join(self.pieces))
            self.pieces = []

    def judge(self, text: str) -> None:
        """Refuse a formula as :func:`refuse_formula` does, each kind once."""
        kind = text.translate(_ONE_DIGIT)
        if kind not in self.known:
            refuse_formula(text, self.part, self.limits)
            if len(self.known) < _KNOWN:
                self.known.add(kind)

    def judge_plain(self, data: bytes, start: int, end: int) -> None:
        """The same for the rows that :mod:`riskbook.edge.gate.plain` vouched for."""
        capitals = data[start:end].upper()
        if not any(odd in capitals for odd in _ODD):
            return
        for found in _PLAIN.finditer(data, start, end):
            text = found[1].decode("utf-8", "replace")
            if "&" in text:
                text = _CODE.sub(_letter, unescape(text, {"&quot;": '"', "&apos;": "'"}))
            self.judge(text)


def _letter(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if code < 0x110000 else "?"
