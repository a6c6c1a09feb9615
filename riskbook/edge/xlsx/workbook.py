"""The structure of a workbook: which sheets, names, tables and formats it has.

::

    Package -> Workbook  sheets   name, part, state      in the order of the tabs
                         names    "Bands" -> "Lists!$A$2:$A$6"
                         strings  shared texts           read when first asked for
                         formats  number formats         by a cell's style index
                         tables   name, ref, columns     of one sheet

A part is found by following relationships and never by its name.  Elements are told by
their local names, so prefixed files and both editions of the standard read alike.

The cells are :mod:`riskbook.edge.xlsx.reader`.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from riskbook.core.grid import Note
from riskbook.edge.xlsx.looks import Looks, Shared, hung, looks, shared, unescaped
from riskbook.edge.xlsx.numfmt import is_index
from riskbook.edge.xlsx.package import SAVE_AGAIN, Package
from riskbook.errors import RefusedError, TemplateError


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; chart sheets have no cells and stand apart."""

    name: str
    part: str  # e.g. "xl/worksheets/sheet1.xml"
    state: str  # "visible", "hidden" or "veryHidden"


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet; ``ref`` holds its heading row too, e.g. ``B4:H204``."""

    name: str  # as formulas call it
    part: str
    ref: str
    columns: tuple[str, ...]
    formulas: tuple[str, ...]  # that a new row takes, a column each; "" for one of entries
    headed: bool = True  # whether its first row holds the headings
    totals: bool = False  # whether its last row holds totals


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str  # the last word of its type, e.g. "worksheet"
    target: str  # a part name


@dataclass(frozen=True, eq=False)
class Workbook:
    """What a package says about itself as a workbook."""

    package: Package
    part: str
    sheets: tuple[Sheet, ...]
    date1904: bool  # whether serial dates count from 1904
    names: Mapping[str, str]  # a sheet's own names as "Sheet!name"; of two the second
    doubled: frozenset[str]  # names that stand twice, in small letters
    others: tuple[Sheet, ...]  # sheets without cells: charts and dialogs

    @classmethod
    def of(cls, package: Package) -> "Workbook":
        """Read the workbook part.

        Raises:
            RefusedError: the package holds no workbook, or its XML is broken.
        """
        part = _workbook_part(package)
        root = _tree(package, part)
        tabs = root.findall("{*}sheets/{*}sheet")
        settings = root.find("{*}workbookPr")
        date1904 = settings is not None and settings.get("date1904") in ("1", "true")
        every = tuple(_sheets(package, part, tabs))
        sheets = tuple(sheet for sheet, kind in every if kind == "worksheet")
        others = tuple(sheet for sheet, kind in every if kind != "worksheet")
        names = tuple(_names(root, tabs))
        seen = Counter(name.casefold() for name, _ in names)
        doubled = frozenset(name for name, times in seen.items() if times > 1)
        return cls(package, part, sheets, date1904, dict(names), doubled, others)

    @property
    def strings(self) -> tuple[str, ...]:
        """The shared texts: runs joined, phonetic hints left out, escapes decoded."""
        return self._shared.texts

    @property
    def struck(self) -> Mapping[int, str]:
        """The words that are struck through in a shared text, by its index."""
        return self._shared.struck

    @property
    def unseen(self) -> frozenset[int]:
        """The shared texts that have words which nobody sees on white."""
        return self._shared.unseen

    @property
    def formats(self) -> tuple[str, ...]:
        """The number format code for each style index that a cell can name."""
        return self.looks.formats

    @cached_property
    def looks(self) -> Looks:
        """What the cells' styles say of what is shown."""
        return looks(self._related("styles"))

    @cached_property
    def _shared(self) -> Shared:
        return shared(self._related("sharedStrings"))

    def notes(self, sheet: str) -> tuple[Note, ...]:
        """The cells of a sheet that notes or comments hang on."""
        part = self.part_of(sheet)
        found: dict[str, bool] = {}
        for kind, tag in (("comments", "comment"), ("threadedComment", "threadedComment")):
            for target in self.related(part, kind).values():
                for item in _tree(self.package, target).iterfind(f".//{{*}}{tag}"):
                    found[item.get("ref", "")] = tag == "threadedComment"
        return tuple(sorted(hung(found), key=lambda note: (note.row, note.column)))

    def part_of(self, sheet: str) -> str:
        """The part that holds a sheet's cells.

        Raises:
            TemplateError: there is no such sheet; names those that there are.
        """
        for known in self.sheets:
            if known.name == sheet:
                return known.part
        raise _sheet_missing(sheet, [known.name for known in self.sheets])

    def tree(self, part: str) -> ElementTree.Element:
        """The root of a part.

        Raises:
            RefusedError: it is not valid XML.
        """
        return _tree(self.package, part)

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that a part has for something, e.g. "drawing", by the relation's id."""
        return {
            relation.id: relation.target
            for relation in _relations(self.package, part)
            if relation.kind == kind and relation.target in self.package
        }

    def tables(self, sheet: str) -> tuple[Table, ...]:
        """The tables on a sheet; ``TemplateError`` if there is no such sheet."""
        relations = _relations(self.package, self.part_of(sheet))
        return tuple(
            _table(self.package, relation.target)
            for relation in relations
            if relation.kind == "table"
        )

    def _related(self, kind: str) -> ElementTree.Element | None:
        for target in self.related(self.part, kind).values():
            return _tree(self.package, target)
        return None


def _tree(package: Package, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(package.part(part))
    except ElementTree.ParseError:
        raise RefusedError(f"The part {part!r} is not valid XML.", fix=SAVE_AGAIN) from None


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _relations(package: Package, part: str) -> list[_Relation]:
    """The relations of a part (or of the package, for ``""``) to other parts in it."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in package:
        return []
    return [
        _Relation(
            item.get("Id", ""),
            item.get("Type", "").rpartition("/")[2],
            _resolved(folder, item.get("Target", "")),
        )
        for item in _tree(package, file)
        if item.get("TargetMode") != "External"
    ]


def _resolved(folder: str, target: str) -> str:
    path = posixpath.join("/", folder, target.replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")


def _workbook_part(package: Package) -> str:
    for relation in _relations(package, ""):
        if relation.kind == "officeDocument":
            return relation.target
    raise RefusedError("The file holds no workbook.", fix=SAVE_AGAIN)


def _sheets(
    package: Package, part: str, tabs: list[ElementTree.Element]
) -> Iterator[tuple[Sheet, str]]:
    relations = {relation.id: relation for relation in _relations(package, part)}
    for tab in tabs:
        name = unescaped(tab.get("name", ""))
        ids = [value for key, value in tab.attrib.items() if key.endswith("}id")]
        relation = relations.get(ids[0]) if ids else None
        if relation is None:
            raise RefusedError(f"The sheet {name!r} has no part in the file.", fix=SAVE_AGAIN)
        yield Sheet(name, relation.target, tab.get("state", "visible")), relation.kind


def _names(root: ElementTree.Element, tabs: list[ElementTree.Element]) -> Iterator[tuple[str, str]]:
    """Defined names with their text; a local one counts its sheet among all tabs.

    One of a sheet that is not there is no workbook's name, and nobody's: ``!name``.
    """
    for item in root.iterfind("{*}definedNames/{*}definedName"):
        name, scope = unescaped(item.get("name", "")), item.get("localSheetId", "")
        if scope:
            there = is_index(scope) and int(scope) < len(tabs)
            sheet = unescaped(tabs[int(scope)].get("name", "")) if there else ""
            name = f"{sheet}!{name}"
        yield name, unescaped(item.text or "")


def _table(package: Package, part: str) -> Table:
    root = _tree(package, part)
    name = root.get("displayName", root.get("name", ""))
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    headings = tuple(unescaped(column.get("name", "")) for column in columns)
    formulas = tuple(column.findtext("{*}calculatedColumnFormula") or "" for column in columns)
    headed = root.get("headerRowCount", "1") != "0"
    totals = root.get("totalsRowCount", "0") != "0"
    ref = root.get("ref", "")
    return Table(unescaped(name), part, ref, headings, formulas, headed, totals)


def _sheet_missing(wanted: str, present: list[str]) -> TemplateError:
    from difflib import get_close_matches  # only a failure pays for this import

    folded = {name.casefold(): name for name in present}
    near = get_close_matches(wanted.casefold(), folded, n=1)
    rename = f"rename {folded[near[0]]!r} to {wanted!r}, or " if near else ""
    return TemplateError(
        f"There is no sheet {wanted!r}; this workbook has: {', '.join(present) or 'none'}.",
        fix=f"{rename}start again from a workbook that riskbook made.",
    )
