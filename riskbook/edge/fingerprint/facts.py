"""The facts of a workbook, and the reference that they are compared with.

::

    Workbook + Reading -> Facts        what there is now, cell by cell
    blank workbook     -> Reference    what must be, column by column: the file in references/

A reference knows nothing of rows, so a workbook of eight risks and one of three hundred
have the same.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

from riskbook.core.grid import column_number
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, Sheet
from riskbook.edge.fingerprint.sheet import Area, Seen, areas, see
from riskbook.edge.xlsx.colours import WHITE, colour, ground
from riskbook.edge.xlsx.numfmt import is_index
from riskbook.edge.xlsx.workbook import Workbook

ON = ("1", "true", "on")
_QUOTED = re.compile(r"'((?:[^']|'')*+)'")  # each quotation mark is looked at once
_PLACE = re.compile(r"(\$?)[A-Z]{1,3}(\$?)[0-9]{1,7}(?::(\$?)[A-Z]{1,3}(\$?)[0-9]{1,7})?")
GROWING = "risk_refs"  # the name whose block grows with the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFact:
    """What every cell of a column has."""

    open: bool  # whether an officer types in it
    rule: str  # the dropdown or limit over it; "" = none
    colours: tuple[str, ...]  # the conditional formats over it
    formula: str  # of the computed cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a workbook of one version of a profile has."""

    profile: str
    version: str
    template: str
    sheets: Mapping[str, tuple[str, ...]]  # name -> what its protection allows
    names: Mapping[str, str]
    tables: Mapping[str, str]  # sheet -> its table
    columns: Mapping[str, Mapping[str, ColumnFact]]  # sheet -> field -> facts
    macros: tuple[str, ...] = ()  # facts of an older version's buttons, beside today's
    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # see shown.py

    @property
    def mark(self) -> str:
        """One mark for all the facts, which About shows as the fingerprint.

        What is shown stays out: workbooks were issued before it was compared.
        """
        facts = {name: fact for name, fact in asdict(self).items() if name != "shown"}
        return sha256(_text(facts).encode()).hexdigest()[:32]

    def text(self) -> str:
        """As JSON, the same for the same facts."""
        return _text(asdict(self))

    @classmethod
    def of_text(cls, text: str) -> "Reference":
        """Read what :meth:`text` wrote."""
        told: dict[str, Any] = json.loads(text)
        columns = {
            sheet: {name: _column(fact) for name, fact in fields.items()}
            for sheet, fields in told.pop("columns").items()
        }
        sheets = {name: tuple(allowed) for name, allowed in told.pop("sheets").items()}
        macros = tuple(told.pop("macros"))
        return cls(**told, sheets=sheets, columns=columns, macros=macros)


def _text(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _column(fact: dict[str, Any]) -> ColumnFact:
    return ColumnFact(**{**fact, "colours": tuple(fact["colours"])})


@dataclass(frozen=True)
class Facts:
    """What there is in one workbook, read when it is asked for."""

    book: Workbook
    reading: Reading
    profile: Profile

    def seen(self, sheet: str) -> Seen:
        """What was seen of a sheet; its cells where officers type in it, or formulas read it."""
        return self._seen[sheet]

    @cached_property
    def _seen(self) -> dict[str, Seen]:
        roles = ("about", "risks", "actions", "key", "lists")
        whole = {self.profile.sheets[role] for role in roles if role in self.profile.sheets}
        return {
            sheet.name: see(self.book.package.part(sheet.part), cells=sheet.name in whole)
            for sheet in self.book.sheets
        }

    @cached_property
    def open_styles(self) -> frozenset[int]:
        """The styles under which a cell is not locked."""
        return frozenset(at for at, xf in enumerate(self._styles("cellXfs/{*}xf")) if _unlocked(xf))

    @cached_property
    def fills(self) -> tuple[str, ...]:
        """The colour of each style's fill; white where it has none."""
        found = [ground(item) for item in self._styles("fills/{*}fill")]
        places = (xf.get("fillId", "0") for xf in self._styles("cellXfs/{*}xf"))
        return tuple(
            found[int(at)] if is_index(at) and int(at) < len(found) else WHITE for at in places
        )

    @cached_property
    def paints(self) -> tuple[str, ...]:
        """What each conditional format makes of a cell, e.g. ``letters FFFFFF on C00000``."""
        return tuple(_paint(dxf) for dxf in self._styles("dxfs/{*}dxf"))

    @cached_property
    def settings(self) -> Mapping[str, Mapping[str, str]]:
        """The attributes of ``calcPr`` and ``workbookProtection``."""
        root = self.book.tree(self.book.part)
        found = {name: root.find(f"{{*}}{name}") for name in ("calcPr", "workbookProtection")}
        return {name: dict(item.attrib) if item is not None else {} for name, item in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The defined names but print titles and the like, in one spelling."""
        return {
            name: target(text)
            for name, text in self.book.names.items()
            if not name.rpartition("!")[2].startswith("_xlnm.")
        }

    def block(self, sheet: Sheet) -> Area | None:
        """The rows of a register sheet's table without its headings; None where it has none."""
        if not self.seen(sheet.grid.sheet).tables:
            return None  # a part that the sheet does not name is no table of its
        for table in self.book.tables(sheet.grid.sheet):
            for area in areas(table.ref):
                if area.top == sheet.mapped.row:
                    return Area(area.top + 1, area.left, area.bottom, area.right)
        return None

    def colour_text(self, text: str, sheet: Sheet) -> str:
        """A conditional format's formula with fields in place of columns."""
        fields = {place: name for name, place in sheet.mapped.columns.items()}
        return re.sub(
            r"([A-Z]{1,3})\[",
            lambda found: fields.get(column_number(found[1]), found[1]) + "[",
            text,
        )

    def _styles(self, path: str) -> Sequence[ElementTree.Element]:
        return self._style_root.findall(f"{{*}}{path}") if self._style_root is not None else ()

    @cached_property
    def _style_root(self) -> ElementTree.Element | None:
        for part in self.book.related(self.book.part, "styles").values():
            return self.book.tree(part)
        return None


def _unlocked(xf: ElementTree.Element) -> bool:
    found = xf.find("{*}protection")
    return found is not None and found.get("locked", "1") not in ON


def _paint(dxf: ElementTree.Element) -> str:
    """Its ink and its fill, and what else it makes of a cell.

    Of the two colours of a fill, a conditional format takes the second.
    """
    pattern = dxf.find("{*}fill/{*}patternFill")
    names = ("bgColor", "fgColor") if pattern is not None else ()
    both = [colour(dxf.find(f"{{*}}fill/{{*}}patternFill/{{*}}{name}")) for name in names]
    kind = pattern.get("patternType", "solid") if pattern is not None else "solid"
    kind = "gradient" if dxf.find("{*}fill/{*}gradientFill") is not None else kind
    ink, fill = colour(dxf.find("{*}font/{*}color")), next(filter(None, both), "")
    ink = "" if ink in ("000000", "theme 1") and not fill else ink
    code, strike = dxf.find("{*}numFmt"), dxf.find("{*}font/{*}strike")
    said = [f"letters {ink or 'as usual'} on {fill or 'no fill'}"] if ink or fill else []
    said += [f"fill {kind}"] if kind != "solid" else []
    said += [f"shown as {code.get('formatCode', '')}"] if code is not None else []
    said += ["struck through"] if strike is not None and strike.get("val", "1") in ON else []
    return ", ".join(said)


def _unquoted(found: re.Match[str]) -> str:
    sheet = found.string[found.end() : found.end() + 1] == "!"
    return found[1].replace("''", "'") if sheet else found[0]


def target(text: str) -> str:
    """What a name stands for, in one spelling: ``Key!B24:F28``.

    One without each ``$`` is another place for each cell that asks.
    """
    plain = _QUOTED.sub(_unquoted, text.lstrip("="))
    place = _PLACE.fullmatch(plain.rpartition("!")[2])
    plain = plain.replace("$", "")
    if place and "" in place.groups():
        return f"{plain}, counted from the cell that asks,"
    head, _, tail = plain.rpartition("!")
    first, _, last = tail.partition(":")
    return f"{head}!{first}" if head and first == last else plain
