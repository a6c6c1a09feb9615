"""One sheet as the fingerprint sees it: protection, rules over cells, styles; no values.

::

    <c r="G7" s="4">               styles      (7, 7) -> 4
    <sheetProtection sort="0">     allowed     {"sort", ...}; None where it is off
    <dataValidation sqref=...>     rules       areas, and what it says in one spelling
    <conditionalFormatting ...>    colours     areas, and its formula seen from its first cell

Programs spell the same fact in different ways (LibreOffice writes every usual value out);
here each has one spelling.  The cells of a sheet that holds no entries are skipped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from riskbook.core.grid import column_number
from riskbook.edge.xlsx.looks import unescaped
from riskbook.edge.xlsx.numfmt import is_index
from riskbook.edge.xlsx.package import SAVE_AGAIN
from riskbook.errors import RefusedError

# what protection may allow, and the value that each has where a file does not say it
# Source: ECMA-376 part 1, 18.3.1.85 sheetProtection; "0" means allowed
USUAL: Mapping[str, str] = {
    **dict.fromkeys(("objects", "scenarios", "selectLockedCells", "selectUnlockedCells"), "0"),
    **dict.fromkeys(("formatCells", "formatColumns", "formatRows", "insertColumns"), "1"),
    **dict.fromkeys(("insertRows", "insertHyperlinks", "deleteColumns", "deleteRows"), "1"),
    **dict.fromkeys(("sort", "autoFilter", "pivotTables"), "1"),
}
ON = ("1", "true", "on")
PASSWORD = "password"
_TWO = ("between", "notBetween")  # the limits that have two ends
_TEXTS = ("formula", "formula1", "formula2", "f", "sqref")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_PARTS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")
_TEXT = re.compile(r'("(?:[^"]|"")*")')
_NUMBER = re.compile(r"-?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:E[+-]?[0-9]{1,3})?")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,9})")?[ />]')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_DATA = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def with_head(self) -> "Area":
        """The same with the row above it."""
        return Area(self.top - 1, self.left, self.bottom, self.right)


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule over some areas of a sheet."""

    areas: tuple[Area, ...]
    text: str  # what it says, in one spelling
    said: str = ""  # what a dropdown or limit tells whoever types; the texts that a colour is for
    paint: int = -1  # the place of a conditional format's colours among the workbook's

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies under it."""
        return any(area.covers(row, column) for area in self.areas)


@dataclass(slots=True)
class Seen:
    """What was seen of one sheet."""

    allowed: frozenset[str] | None = None  # by its protection; None = not protected
    ranges: list[str] = field(default_factory=list)  # may be edited in spite of it
    rules: list[Placed] = field(default_factory=list)
    colours: list[Placed] = field(default_factory=list)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    columns: list[tuple[int, int, int]] = field(default_factory=list)  # first, last, style
    hidden: set[int] = field(default_factory=set)  # rows
    tables: int = 0  # that the sheet says it has

    def style(self, row: int, column: int) -> int:
        """The style of a cell; of its column where the file has no such cell."""
        found = self.styles.get((row, column))
        if found is not None:
            return found
        return next((s for first, last, s in self.columns if first <= column <= last), 0)


def see(part: bytes, *, cells: bool) -> Seen:
    """What a sheet's part says; its cells only where they are asked for.

    Raises:
        RefusedError: the part is not XML.
    """
    try:
        quick = _styles(part) if cells else {}
        if quick is not None:
            seen = _Parser().run(_without_cells(part))
            seen.styles = seen.styles or quick
            return seen
        return _Parser().run(part)
    except expat.ExpatError:
        try:
            return _Parser().run(part)
        except expat.ExpatError:
            raise RefusedError("A sheet of the file is not valid XML.", fix=SAVE_AGAIN) from None


def _styles(part: bytes) -> dict[tuple[int, int], int] | None:
    """The cells' styles, found four times as fast as by the parser; None where it must be asked."""
    found = _USUAL_CELL.findall(part)
    unusual = b"<!" in part or b'hidden="' in part.replace(b'hidden="false"', b"")
    if unusual or len(found) != len(_ANY_CELL.findall(part)):
        return None
    numbers = {name: column_number(name.decode()) for name in {letters for letters, _, _ in found}}
    return {(int(row), numbers[letters]): int(style or 0) for letters, row, style in found}


def areas(sqref: str) -> tuple[Area, ...]:
    """The areas of a list such as ``B5:B9 D5``."""
    return tuple(_areas(sqref))


def _areas(sqref: str) -> Iterator[Area]:
    for each in sqref.replace("$", "").split():
        ends = [_CELL.fullmatch(end) for end in each.split(":")]
        if len(ends) <= 2 and ends[0] and ends[-1]:
            (one, top), (other, bottom) = ends[0].groups(), ends[-1].groups()
            yield Area(int(top), column_number(one), int(bottom), column_number(other))


def _without_cells(part: bytes) -> bytes:
    start = _DATA.search(part)
    stop = part.rfind(b"sheetData>")
    if start is None or start[0].endswith(b"/>") or stop < start.end():
        return part
    return part[: start.end()] + part[part.rfind(b"<", 0, stop) :]


class _Parser:
    """One pass over the part."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.rule: dict[str, str] = {}  # attributes and texts of the rule that is being read
        self.sqref = ""  # of the conditional format that is being read
        self.hushed = False  # whether the sheet shows no help at all
        self.waiting: list[dict[str, str]] = []  # its rules; the newer kind says where only then
        self.text: list[str] = []

    def run(self, part: bytes) -> Seen:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.parser = parser
        parser.Parse(part, True)
        return self.seen

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        if name == "c":
            if at := _CELL.fullmatch(attributes.get("r", "")):
                place = int(at[2]), column_number(at[1])
                self.seen.styles[place] = _number(attributes.get("s", "0"))
        elif name == "row":
            if attributes.get("hidden") in ON:
                self.seen.hidden.add(_number(attributes.get("r", "0")))
        elif name in _TEXTS:
            self.text = []
            self.parser.CharacterDataHandler = self.text.append
        elif name != "v":
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetProtection":
            self.seen.allowed = _allowed(attributes)
        elif name == "protectedRange":
            self.seen.ranges.append(attributes.get("sqref", ""))
        elif name == "col":
            first, last, style = (_number(attributes.get(k, "0")) for k in ("min", "max", "style"))
            self.seen.columns.append((first, last, style))
        elif name == "dataValidations":
            self.hushed = attributes.get("disablePrompts") in ON
        elif name in ("dataValidation", "cfRule"):
            self.rule = dict(attributes)
        elif name == "conditionalFormatting":
            self.sqref = attributes.get("sqref", "")
            self.waiting = []
        elif name == "tablePart":
            self.seen.tables += 1

    def _end(self, name: str) -> None:
        name = name.rpartition("}")[2]
        if name in _TEXTS:
            self.parser.CharacterDataHandler = None
            text = "".join(self.text)
            if text or name != "f":
                self.rule[name] = text
            if name == "f":  # the newer spelling of a rule: <formula1><xm:f>...
                self.text = [text]
        elif name == "dataValidation":
            placed = areas(self.rule.get("sqref", ""))
            said = _said({**self.rule, "showInputMessage": "0"} if self.hushed else self.rule)
            self.seen.rules.append(Placed(placed, _rule(self.rule), said))
        elif name == "cfRule":
            self.waiting.append(self.rule)
        elif name == "conditionalFormatting":
            self._place_colours(areas(self.sqref or self.rule.get("sqref", "")))

    def _place_colours(self, placed: tuple[Area, ...]) -> None:
        for rule in self.waiting:
            paint = rule.get("dxfId", "")
            at = int(paint) if is_index(paint) else -1
            newer = "" if self.sqref else "newer "  # the template has none of these
            words = " ".join(_TEXT.findall(_formula(rule)))
            self.seen.colours.append(Placed(placed, newer + _colour(rule, placed), words, at))


def _number(text: str) -> int:
    return int(text) if is_index(text) else 0


def _allowed(attributes: Mapping[str, str]) -> frozenset[str] | None:
    if attributes.get("sheet") not in ON:
        return None
    found = {name for name, usual in USUAL.items() if attributes.get(name, usual) not in ON}
    if attributes.get("password") or attributes.get("hashValue"):
        found.add(PASSWORD)
    return frozenset(found)


def _rule(said: Mapping[str, str]) -> str:
    """A dropdown or limit in one spelling, e.g. ``list list_treatment stop``."""
    kind = said.get("type", "none")
    operator = "" if kind in ("list", "none", "custom") else said.get("operator", "between")
    ends = [said.get("formula1", "")] + ([said.get("formula2", "")] if operator in _TWO else [])
    style = said.get("errorStyle", "stop")
    shown = style if said.get("showErrorMessage") in ON else "never"
    arrow = "no arrow" if kind == "list" and said.get("showDropDown") in ON else ""
    words = (kind, operator, *(_plain(unescaped(end)) for end in ends), shown, arrow)
    return " ".join(word for word in words if word)


def _said(said: Mapping[str, str]) -> str:
    """The help before an entry and the alert after a wrong one, a line each; then blanks."""
    help_text = _lines(said, "promptTitle", "prompt", said.get("showInputMessage") in ON)
    alert = _lines(said, "errorTitle", "error", said.get("showErrorMessage") in ON)
    blank = "" if said.get("allowBlank") in ON else "nothing may be left blank"
    return "\n".join((help_text, alert, blank))


def _lines(said: Mapping[str, str], title: str, text: str, shown: bool) -> str:
    words = (" ".join(unescaped(said.get(name, "")).split()) for name in (title, text))
    return ": ".join(word for word in words if word) if shown else ""


def _plain(text: str) -> str:
    """One spelling of a number; any other text as it is."""
    text = text.strip().removeprefix("=")
    return f"{float(text):.15g}" if _NUMBER.fullmatch(text) else text


def _colour(said: Mapping[str, str], placed: tuple[Area, ...]) -> str:
    """The formula of a conditional format, seen from its first cell.

    A row is counted from the first one, unless it is fixed (``$``); a column that moves with
    the cells is marked where there are cells of several columns.
    """
    top = min((area.top for area in placed), default=0)
    wide = len({column for area in placed for column in (area.left, area.right)}) > 1

    def seen_from_first(found: re.Match[str]) -> str:
        still, column, fixed, row = found.groups()
        moving = "~" if wide and not still else ""
        return f"{moving}{column}[{'$' + row if fixed else int(row) - top}]"

    formula = _formula(said).replace(" ", "")
    return f"{said.get('type', '')} {_PARTS.sub(seen_from_first, formula)}"


def _formula(said: Mapping[str, str]) -> str:
    return said.get("formula", "") or said.get("f", "")
