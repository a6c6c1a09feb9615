"""The parts of one package and how they hang together: each scanned exactly once.

::

    types -> workbook -> sheets -> macros? -> every other part, its relations, active content?

What stands in a sheet or in any other part is :mod:`riskbook.edge.gate.markup`.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from riskbook.edge.gate import active, markup
from riskbook.edge.gate.archive import AGAIN, RESAVE, FaultError, Package, shown
from riskbook.edge.gate.limits import Limits
from riskbook.edge.gate.markup import STRICT
from riskbook.edge.gate.sheet import CORE, MAIN, WORKSHEET, Element

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK_TYPES = frozenset(
    kind + ".main+xml"
    for kind in (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.ms-excel.sheet.macroenabled",
        "application/vnd.ms-excel.template.macroenabled",
        "application/vnd.ms-excel.addin.macroenabled",
    )
)
_RELATION = frozenset({f"{_RELATIONS} Relationship"})
_BEFORE_XML = b"\xff\xfe\xef\xbb\xbf \t\r\n"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_SHEET_KINDS = (
    *("worksheet", "chartsheet", "dialogsheet"),
    *(f"{_MICROSOFT}/{kind}" for kind in ("xlMacrosheet", "xlIntlMacrosheet")),
)
_ROOTS = {  # of parts that readers find by their relation, whatever they are called
    "worksheet": WORKSHEET,
    "sharedStrings": f"{MAIN} sst",
    "styles": f"{MAIN} styleSheet",
    "comments": f"{MAIN} comments",
    "table": f"{MAIN} table",
}
_MACRO_TYPES = ("application/vnd.ms-office.vbaproject", "macrosheet", "macroenabled.main")
_MACRO_SUFFIXES = (".xlsm", ".xlam", ".xltm")


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str  # its type, where Office defined it only the last step, e.g. "worksheet"
    part: str  # the part it points at, in lower case; "" outside the workbook


class Workbook:
    """The parts of one package, each scanned exactly once."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package, self.limits = package, limits
        self.left = dict.fromkeys(package.entries)  # parts not scanned yet, in file order
        self.types: dict[str, str] = {}  # part -> content type
        self.sheets: set[str] = set()
        self.macros = False  # whether the workbook points at some
        self.roots: dict[str, str] = {}  # part -> its outermost element
        self.wanted: dict[str, str] = {}  # part -> the one that its relation calls for

    def admit(self, suffix: str) -> None:
        """Return if every part is sound; ``suffix`` says whether macros were announced."""
        self.read_types()
        workbook = self.find_workbook()
        self.read_sheets(workbook)
        self.refuse_macros(suffix)
        active.refuse_parts(self.package.entries, self.limits)
        for part in list(self.left):
            self.scan(part)
        for part, root in self.wanted.items():
            if self.roots.get(part, root) != root:
                what = root.rpartition(" ")[2]
                name = shown(self.package.entries[part].name)
                raise FaultError(f"has no {what} in its part {name}")

    def is_xml(self, part: str) -> bool:
        """Whether a part is XML by its name, its type or what it is for."""
        named = part.endswith((".xml", ".rels", ".vml"))
        return named or part in self.sheets or self.types.get(part, "").endswith("xml")

    def scan(self, part: str, *wanted: str) -> list[Element]:
        """Check one part, if it is XML, and give back the wanted elements in it."""
        name = self.package.entries[part].name
        self.left.pop(part, None)
        data = self.package.read(part)
        named = self.is_xml(part)
        if not named and not data[:100].replace(b"\0", b"").lstrip(_BEFORE_XML).startswith(b"<"):
            return []
        try:
            seen = markup.scan(data, name, self.limits, active.ELEMENTS | _RELATION | set(wanted))
        except ExpatError as error:
            # Office writes drawings of comments with HTML's <br>, so they may be no XML at all.
            drawing = part.endswith(".vml") or "vmldrawing" in part
            if part in self.sheets or (named and not drawing):
                where = f"{shown(name)}, line {error.lineno}"
                raise FaultError(f"is damaged: it breaks off or is garbled in {where}") from None
            _refuse_declarations(data, name)
            return []
        if part in self.sheets and seen.root != WORKSHEET:
            raise FaultError(f"has no worksheet in its sheet {shown(name)}")
        if seen.root in CORE and seen.root in self.roots.values():
            raise FaultError(f"holds a second {seen.root.split()[-1]} in its part {shown(name)}")
        self.roots[part] = seen.root
        active.refuse_elements(seen.found, name, self.limits)
        if part.endswith(".rels"):
            self.note_relations(part, seen.found)
        return [each for each in seen.found if each[0] in wanted]

    def note_relations(self, rels: str, found: list[Element]) -> None:
        """What the relations of any part lead to: nothing active, and what they say."""
        folder = posixpath.dirname(posixpath.dirname(rels))
        for element, facts in found:
            if element in _RELATION:
                active.refuse_relation(facts, rels, self.limits)
                root = _ROOTS.get(facts.get("Type", "").removeprefix(_OFFICE + "/"))
                target = _target(folder, facts)
                if root and target in self.package:
                    self.wanted[target] = root

    def read_types(self) -> None:
        """Learn the type of every part."""
        default, override = f"{_TYPES} Default", f"{_TYPES} Override"
        by_ending: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for element, facts in self.scan("[content_types].xml", default, override):
            table, key = (by_ending, "Extension") if element == default else (by_name, "PartName")
            name = facts.get(key, "").lower()
            if name in table:
                raise FaultError(f"gives two types to its part {shown(name)}")
            table[name] = facts.get("ContentType", "").lower().strip()
        for part in self.package.entries:
            ending = PurePosixPath(part).suffix.removeprefix(".")
            self.types[part] = by_name.get(f"/{part}", by_ending.get(ending, ""))

    def relations(self, part: str) -> dict[str, _Relation]:
        """What a part points at, by relation id; the package itself is the part ``""``."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.package:
            return {}
        found: dict[str, _Relation] = {}
        for _, facts in self.scan(rels, f"{_RELATIONS} Relationship"):
            kind = facts.get("Type", "")
            if kind.startswith(STRICT):
                raise markup.strict()
            inside = facts.get("TargetMode", "Internal") == "Internal"
            key = facts.get("Id", "")
            if key in found:
                raise FaultError(f"uses one relation twice in {shown(rels)}")
            kind = kind.removeprefix(_OFFICE + "/")
            found[key] = _Relation(kind, _target(folder, facts) if inside else "")
        return found

    def find_workbook(self) -> str:
        """The one part that lists the sheets."""
        roots = [r.part for r in self.relations("").values() if r.kind == "officeDocument"]
        if len(roots) > 1:
            raise FaultError("holds two workbooks in one file")
        if not roots or roots[0] not in self.package:
            raise FaultError(
                "is not a workbook: the part that lists its sheets is missing", fix=AGAIN
            )
        if self.types[roots[0]] not in _WORKBOOK_TYPES:
            raise FaultError("is an Office file, but not an Excel workbook", fix=RESAVE)
        return roots[0]

    def read_sheets(self, workbook: str) -> None:
        """Learn which parts are sheets; each is there, and listed once."""
        sheets = self.scan(workbook, f"{MAIN} workbook", f"{MAIN} sheet")
        if not sheets or sheets[0][0] != f"{MAIN} workbook" or len(sheets) == 1:
            raise FaultError("is damaged: it lists no sheets")
        relations = self.relations(workbook)
        names: set[str] = set()
        parts: set[str] = set()
        for _, facts in sheets[1:]:
            name = facts.get("name", "")
            relation = relations.get(facts.get(f"{_OFFICE} id", ""))
            if relation is None or relation.part not in self.package:
                raise FaultError(f"is damaged: its sheet {shown(name)!r} is missing")
            if relation.kind not in _SHEET_KINDS:
                raise FaultError(f"lists its sheet {shown(name)!r}, which is none")
            if name.lower() in names or relation.part in parts:
                raise FaultError(f"lists its sheet {shown(name)!r} twice")
            names.add(name.lower())
            parts.add(relation.part)
        kinds = (r.kind.rpartition("/")[2] for r in relations.values())
        self.macros = "vbaProject" in kinds
        self.sheets = {r.part for r in relations.values() if r.kind == "worksheet"}
        if not self.sheets <= set(self.left):
            raise FaultError("is damaged: one of its sheets is missing")

    def refuse_macros(self, suffix: str) -> None:
        """Refuse macros in a file that is not called one with macros."""
        if suffix in _MACRO_SUFFIXES:
            return
        found = self.macros or any(
            part.endswith("vbaproject.bin") or any(macro in kind for macro in _MACRO_TYPES)
            for part, kind in self.types.items()
        )
        if found:
            raise FaultError(
                "holds macros, although its name says that it has none",
                fix="ask whoever sent it whether the macros belong to it; if they do, "
                "rename it so that it ends in .xlsm.",
            )


def _target(folder: str, facts: Mapping[str, str]) -> str:
    """The part that a relation of a part in this folder points at, in lower case."""
    target = facts.get("Target", "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()


def _refuse_declarations(data: bytes, name: str) -> None:
    """For a part that expat gave up on before the end: the same rule, by its bytes."""
    plain = data.replace(b"\0", b"").upper()  # UTF-16 becomes readable as well
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise FaultError(f"declares a document type or entities in its part {shown(name)}")
