"""The facts of a workbook, and the reference that they are compared with.

::

    Workbook + Reading -> Facts        what there is now, cell by cell
    blank workbook     -> Reference    what must be, column by column: the file in references/

A reference knows nothing of rows, so a workbook of eight risks and one of three hundred
have the same.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

from riskbook.core.grid import column_number
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, Sheet
from riskbook.edge.fingerprint.sheet import Area, Seen, areas, see
from riskbook.edge.xlsx.workbook import Workbook

ON = ("1", "true", "on")
_QUOTED = re.compile(r"'((?:[^']|'')+)'!")
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

    @property
    def mark(self) -> str:
        """One mark for all the facts, which About shows as the fingerprint."""
        return sha256(self.text().encode()).hexdigest()[:32]

    def text(self) -> str:
        """As JSON, the same for the same facts."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

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
        root = self._root("styles")
        xfs = root.iterfind("{*}cellXfs/{*}xf") if root is not None else ()
        return frozenset(at for at, xf in enumerate(xfs) if _unlocked(xf))

    @cached_property
    def settings(self) -> Mapping[str, Mapping[str, str]]:
        """The attributes of ``calcPr`` and ``workbookProtection``."""
        root = ElementTree.fromstring(self.book.package.part(self.book.part))
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

    def _root(self, kind: str) -> ElementTree.Element | None:
        for part in self.book.related(self.book.part, kind).values():
            return ElementTree.fromstring(self.book.package.part(part))
        return None


def _unlocked(xf: ElementTree.Element) -> bool:
    found = xf.find("{*}protection")
    return found is not None and found.get("locked", "1") not in ON


def target(text: str) -> str:
    """What a name stands for, in one spelling: ``Key!B24:F28``.

    One without each ``$`` is another place for each cell that asks.
    """
    plain = _QUOTED.sub(lambda found: found[1].replace("''", "'") + "!", text.lstrip("="))
    place = _PLACE.fullmatch(plain.rpartition("!")[2])
    plain = plain.replace("$", "")
    if place and "" in place.groups():
        return f"{plain}, counted from the cell that asks,"
    head, _, tail = plain.rpartition("!")
    first, _, last = tail.partition(":")
    return f"{head}!{first}" if head and first == last else plain


def reference_of(facts: Facts, told: Mapping[str, str]) -> Reference:
    """The reference that a blank workbook is."""
    return Reference(
        profile=told.get("profile", ""),
        version=told.get("profile_version", ""),
        template=told.get("template_version", ""),
        sheets=dict(_sheets(facts)),
        names={name: "" if name == GROWING else text for name, text in sorted(facts.names.items())},
        tables={
            sheet.grid.sheet: table.name
            for sheet in facts.reading.sheets
            for table in facts.book.tables(sheet.grid.sheet)
        },
        columns={sheet.grid.sheet: dict(_columns(facts, sheet)) for sheet in facts.reading.sheets},
    )


def _sheets(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in facts.profile.sheets.values():
        if name in {sheet.name for sheet in facts.book.sheets}:
            yield name, tuple(sorted(facts.seen(name).allowed or ()))


def _columns(facts: Facts, sheet: Sheet) -> Iterator[tuple[str, ColumnFact]]:
    seen, row = facts.seen(sheet.grid.sheet), sheet.mapped.row + 1
    for name, place in sorted(sheet.mapped.columns.items()):
        colours = {facts.colour_text(c.text, sheet) for c in seen.colours if c.covers(row, place)}
        yield (
            name,
            ColumnFact(
                open=seen.style(row, place) in facts.open_styles,
                rule=next((r.text for r in seen.rules if r.covers(row, place)), ""),
                colours=tuple(sorted(colours)),
                formula=sheet.grid.at(row, place).formula or "",
            ),
        )
