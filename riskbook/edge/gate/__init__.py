"""The door that every file passes before anything else opens it.

::

    bytes -> a zip? -> an honest zip? -> a workbook? -> every part sound? -> admitted
               |             |               |                |
               +------ RefusedError: one sentence, one thing to do ------+

The readers behind this door hang, run out of memory or end the whole process on some
hostile files, and two of them can show two different registers from one dishonest file.
Ordinary workbooks pass: charts, pictures, pivots, comments and links to other files are
kept as bytes, and never followed.

Values and formulas are not here, nor whether the workbook is a register.  The standard
library is enough for all of it, so the door opens before any reader is imported.
"""

import errno
import posixpath
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.parsers.expat import ExpatError

from riskbook.edge.gate import markup
from riskbook.edge.gate.archive import AGAIN, RESAVE, FaultError, Limits, Package, shown
from riskbook.edge.gate.kind import refuse_other_files, refuse_other_packages
from riskbook.edge.gate.markup import STRICT
from riskbook.edge.gate.sheet import MAIN, WORKSHEET, Element
from riskbook.errors import RefusedError

__all__ = ["LIMITS", "Limits", "admit", "read", "taken"]

LIMITS = Limits()

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
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_SHEET_KINDS = (
    *("worksheet", "chartsheet", "dialogsheet"),
    *(f"{_MICROSOFT}/{kind}" for kind in ("xlMacrosheet", "xlIntlMacrosheet")),
)
_ONCE = frozenset(f"{MAIN} {root}" for root in ("workbook", "sst", "styleSheet"))
_MACRO_TYPES = ("application/vnd.ms-office.vbaproject", "macrosheet")
_MACRO_SUFFIXES = (".xlsm", ".xlam", ".xltm")


def read(path: Path, *, limits: Limits = LIMITS) -> bytes:
    """The bytes of a workbook that was admitted.

    Raises:
        RefusedError: there is no such file, it cannot be read, or it is not admitted.
    """
    data = taken(path, limits=limits)
    admit(data, path.name, limits=limits)
    return data


def taken(path: Path, *, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file, not looked at; :func:`admit` may then be called elsewhere.

    Raises:
        RefusedError: there is no such file, it is too large, or it cannot be read.
    """
    name = shown(path.name or str(path))  # "." has no name
    if path.name.startswith(("~$", ".~lock.")):
        raise RefusedError(
            f"{name} is only the mark that somebody has the workbook open.",
            fix="choose the workbook itself: the file without that mark before its name.",
        )
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise RefusedError(f"{name} is a folder.", fix="choose a workbook in it.")
        if not stat.S_ISREG(facts.st_mode):
            raise RefusedError(f"{name} is not a file.", fix="choose a workbook.")
        if facts.st_size > limits.file:
            raise _too_large(name, limits)
        with path.open("rb") as file:
            return file.read(limits.file + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None


def admit(data: bytes, name: str, *, limits: Limits = LIMITS) -> None:
    """Return if the bytes are a sound workbook; nothing is kept and nothing is changed.

    Raises:
        RefusedError: with a sentence that names the file, and what to do.
    """
    try:
        if len(data) > limits.file:
            raise _too_large(shown(name), limits)
        refuse_other_files(data)
        package = Package(data, limits)
        refuse_other_packages(package)
        _Workbook(package, limits).admit(Path(name).suffix.lower())
    except FaultError as fault:
        raise RefusedError(f"{shown(name)} {fault.what}.", fix=fault.fix) from None


def _too_large(name: str, limits: Limits) -> RefusedError:
    return RefusedError(
        f"{name} is larger than {limits.file // 1_000_000} MB.",
        fix="remove large pictures from it, or split the register into two workbooks.",
    )


def _unreadable(name: str, error: Exception) -> RefusedError:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOENT, errno.ENOTDIR):
        return RefusedError(
            f"There is no file {name}.", fix="check the name and the folder, and try again."
        )
    if number in (errno.EACCES, errno.EPERM):
        return RefusedError(
            f"{name} may not be read by you.",
            fix="close it in every other program, or ask its owner to let you read it.",
        )
    return RefusedError(f"{name} cannot be read: {error}.", fix="copy it to your own disk first.")


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str  # its type, where Office defined it only the last step, e.g. "worksheet"
    part: str  # the part it points at, in lower case; "" outside the workbook


class _Workbook:
    """The parts of one package, each scanned exactly once."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package, self.limits = package, limits
        self.left = dict.fromkeys(package.entries)  # parts not scanned yet, in file order
        self.types: dict[str, str] = {}  # part -> content type
        self.sheets: set[str] = set()
        self.roots: set[str] = set()  # of the parts that a workbook has only one of

    def admit(self, suffix: str) -> None:
        self.read_types()
        workbook = self.find_workbook()
        self.read_sheets(workbook)
        self.refuse_macros(suffix)
        for part in list(self.left):
            if self.is_xml(part):
                self.scan(part)
            else:
                self.package.read(part)

    def is_xml(self, part: str) -> bool:
        named = part.endswith((".xml", ".rels", ".vml"))
        return named or part in self.sheets or self.types.get(part, "").endswith("xml")

    def scan(self, part: str, *wanted: str) -> list[Element]:
        """Check one XML part and give back the wanted elements in it."""
        name = self.package.entries[part].name
        self.left.pop(part, None)
        data = self.package.read(part)
        try:
            seen = markup.scan(data, name, self.limits, frozenset(wanted))
        except ExpatError as error:
            # Office writes drawings of comments with HTML's <br>, so they may be no XML at all.
            if part in self.sheets or not (part.endswith(".vml") or "vmldrawing" in part):
                where = f"{shown(name)}, line {error.lineno}"
                raise FaultError(f"is damaged: it breaks off or is garbled in {where}") from None
            _refuse_declarations(data, name)
            return []
        if part in self.sheets and seen.root != WORKSHEET:
            raise FaultError(f"has no worksheet in its sheet {shown(name)}")
        if seen.root in self.roots:
            raise FaultError(f"holds a second {seen.root.split()[-1]} in its part {shown(name)}")
        self.roots |= {seen.root} & _ONCE
        return seen.found

    def read_types(self) -> None:
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
            target = posixpath.normpath(posixpath.join("/", folder, facts.get("Target", "")))
            inside = facts.get("TargetMode", "Internal") == "Internal"
            key = facts.get("Id", "")
            if key in found:
                raise FaultError(f"uses one relation twice in {shown(rels)}")
            kind = kind.removeprefix(_OFFICE + "/")
            found[key] = _Relation(kind, target.lstrip("/").lower() if inside else "")
        return found

    def find_workbook(self) -> str:
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
        self.sheets = {r.part for r in relations.values() if r.kind == "worksheet"}
        if not self.sheets <= set(self.left):
            raise FaultError("is damaged: one of its sheets is missing")

    def refuse_macros(self, suffix: str) -> None:
        if suffix in _MACRO_SUFFIXES:
            return
        for part, kind in self.types.items():
            if part.endswith("vbaproject.bin") or any(macro in kind for macro in _MACRO_TYPES):
                raise FaultError(
                    "holds macros, although its name says that it has none",
                    fix="ask whoever sent it whether the macros belong to it; if they do, "
                    "rename it so that it ends in .xlsm.",
                )


def _refuse_declarations(data: bytes, name: str) -> None:
    """For a part that expat gave up on before the end: the same rule, by its bytes."""
    plain = data.replace(b"\0", b"").upper()  # UTF-16 becomes readable as well
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise FaultError(f"declares a document type or entities in its part {shown(name)}")
