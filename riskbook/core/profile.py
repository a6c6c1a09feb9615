"""A profile: everything in which one council's register differs from another's.

A profile is JSON that a risk manager edits (its schema is profile.schema.json); here
it is plain data with the shorthand written out.  :func:`build` expects a document
that already follows the schema; whether the figures in it make sense is the
linter's question (:mod:`riskbook.core.linting`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from riskbook.core import words
from riskbook.core.finding import Severity
from riskbook.core.model import STAGES
from riskbook.core.scoring import RULES, Band, Matrix, look_up, painted, write_out

LONGEST_TEXT = 32_767  # characters in a cell: Excel specifications and limits
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9 ._/-]*$"  # nothing that a formula reads as a wildcard


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the risks or the actions sheet."""

    field: str
    heading: str
    kind: str  # ref text long people list level weight number date computed
    need: str = "may"  # must, should (counts for completeness), may
    aliases: tuple[str, ...] = ()
    choices: str = ""  # the name of a list, for kind "list"
    width: int = 14  # characters
    help: str = ""
    group: str = ""  # caption above the headings

    @property
    def entered(self) -> bool:
        """Whether officers type in it; the other columns are worked out."""
        return self.kind != "computed"

    @property
    def stage(self) -> str:
        """``gross`` for ``gross_points``; empty for a column of no stage."""
        first = self.field.split("_", 1)[0]
        return first if first in STAGES else ""

    @property
    def axis(self) -> str:
        """``impact`` for ``gross_impact``; only for kind "level"."""
        return self.field.split("_", 1)[1] if self.kind == "level" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One register sheet: its name and its columns in order."""

    sheet: str
    columns: tuple[Column, ...]
    _by_field: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_field = {column.field: column for column in reversed(self.columns)}
        object.__setattr__(self, "_by_field", by_field)

    def column(self, name: str) -> Column | None:
        """The column of a field, where the council has one; the first of two."""
        return self._by_field.get(name)

    @property
    def counted(self) -> tuple[Column, ...]:
        """The columns that completeness counts."""
        return tuple(column for column in self.columns if column.entered and column.need != "may")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale; levels count from 1 at the mild end."""

    label: str  # empty where the council has published none
    supplied: bool = False  # riskbook's own default: not seen in the council's documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, and the other titles under which the documents print it."""

    post: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appetite:
    """The most points the council accepts at the nett stage, by a list's values."""

    by: str  # the field whose value decides
    most: Mapping[str, Decimal]
    otherwise: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A field that the council never publishes, and why."""

    sheet: str  # risks, actions
    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One council's words, scales, matrix, bands, columns, lists and rules."""

    id: str
    version: str
    title: str
    stages: tuple[str, ...]
    scales: Mapping[str, tuple[Level, ...]]  # by axis, mildest first
    bands: tuple[Band, ...]  # mildest first
    matrix: Matrix
    rule: str  # product, sum, look-up, painted
    risks: Table
    actions: Table | None
    words: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    sheets: Mapping[str, str]  # role -> name of the sheet
    severities: Mapping[str, Severity] = field(default_factory=dict)  # by code of the rule
    weight_tolerance: Decimal = Decimal("0.0005")  # share, 0..1
    separators: tuple[str, ...] = (" / ", ";", "\n", ", ")  # between people in one cell
    posts: tuple[Post, ...] = ()
    complete: tuple[str, ...] = ()  # statuses that mean an action is done
    rag: Mapping[str, str] = field(default_factory=dict)  # of actions: overdue -> red ...
    appetite: Appetite | None = None
    layout: str = "neutral"  # of a risk on paper: neutral, operational, sign-off, deep-dive
    exempt: tuple[Exemption, ...] = ()
    spare_rows: int = 100
    effective_from: date | None = None
    effective_to: date | None = None

    @property
    def weighted(self) -> bool:
        """Whether risks are split into sub-risks with weights."""
        return self.risks.column("weight") is not None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The register sheets."""
        return (self.risks, self.actions) if self.actions else (self.risks,)

    def label(self, axis: str, level: int) -> str:
        """A level as people read it: ``3 Likely``, or ``3`` where it has no word."""
        return f"{level} {self.scales[axis][level - 1].label}".strip()

    def axis_of_words(self) -> tuple[str, ...]:
        """The axes whose every level has a word."""
        return tuple(a for a, levels in self.scales.items() if all(lv.label for lv in levels))

    def schema(self, column: Column) -> dict[str, Any]:
        """JSON Schema of one understood entry of a column: the only word on what is allowed."""
        match column.kind:
            case "ref":
                return {"type": "string", "maxLength": 40, "pattern": REFERENCE}
            case "list":
                return {"enum": list(self.lists[column.choices])}
            case "level":
                return {"type": "integer", "minimum": 1, "maximum": len(self.scales[column.axis])}
            case "weight":
                return {"type": "number", "minimum": 0, "maximum": 1}
            case "number":
                return {"type": "number"}
            case "date":
                return {"type": "string", "format": "date"}
            case _:
                return {"type": "string", "maxLength": LONGEST_TEXT}


def build(document: Mapping[str, Any]) -> Profile:
    """A profile from a document that follows profile.schema.json.

    Raises:
        KeyError, ValueError: the document does not follow the schema (a bug of the caller).
    """
    bands = tuple(_band(item) for item in document["bands"])
    scales = {
        axis: tuple(Level(**level) for level in levels)
        for axis, levels in document["scales"].items()
    }
    actions = document.get("actions")
    people = document.get("people", {})
    effective = document.get("effective", {})
    sheets = _sheets(document)
    return Profile(
        id=document["id"],
        version=document["version"],
        title=document["title"],
        stages=tuple(document["stages"]),
        scales=scales,
        bands=bands,
        matrix=_matrix(document["matrix"], bands, scales),
        rule=document["matrix"]["rule"],
        risks=_table(document["risks"], sheets["risks"]),
        actions=_table(actions, sheets["actions"]) if actions else None,
        words={**words.WORDS, **document.get("words", {})},
        lists={name: tuple(values) for name, values in document.get("lists", {}).items()},
        sheets=sheets,
        severities={c: Severity(s) for c, s in document.get("rules", {}).items()},
        posts=tuple(Post(post=p["post"], also=tuple(p["also"])) for p in people.get("posts", ())),
        complete=tuple(actions.get("complete", ())) if actions else (),
        rag=actions.get("rag", {}) if actions else {},
        effective_from=_day(effective.get("from")),
        effective_to=_day(effective.get("to")),
        **_optional(document),
    )


def _optional(document: Mapping[str, Any]) -> dict[str, Any]:
    """The settings whose defaults stand in :class:`Profile`."""
    found: dict[str, Any] = {}
    if "weights" in document:
        found["weight_tolerance"] = Decimal(str(document["weights"]["tolerance"])) / 100
    if "separators" in document.get("people", {}):
        found["separators"] = tuple(document["people"]["separators"])
    if "spare_rows" in document:
        found["spare_rows"] = document["spare_rows"]
    if "layout" in document:
        found["layout"] = document["layout"]
    if "exempt" in document:
        found["exempt"] = tuple(Exemption(**item) for item in document["exempt"])
    if "appetite" in document:
        part = document["appetite"]
        most = {name: Decimal(str(points)) for name, points in part["most"].items()}
        otherwise = Decimal(str(part["otherwise"]))
        found["appetite"] = Appetite(by=part["by"], most=most, otherwise=otherwise)
    return found


def _band(item: Mapping[str, Any]) -> Band:
    numbers = {name: Decimal(str(item[name])) for name in ("least", "most")}
    return Band(**{**item, **numbers})


def _matrix(
    part: Mapping[str, Any], bands: Sequence[Band], scales: Mapping[str, Sequence[Level]]
) -> Matrix:
    sizes = {"likelihoods": len(scales["likelihood"]), "impacts": len(scales["impact"])}
    if part["rule"] in RULES:
        return write_out(RULES[part["rule"]], bands, **sizes)
    points = [[Decimal(str(cell)) for cell in line] for line in part["points"]]
    if part["rule"] == "painted":
        return painted(points, part["bands"], bands)
    return look_up(points, bands)


def _table(part: Mapping[str, Any], sheet: str) -> Table:
    columns = tuple(
        Column(**{**item, "aliases": tuple(item.get("aliases", ()))}) for item in part["columns"]
    )
    return Table(sheet=sheet, columns=columns)


def _sheets(document: Mapping[str, Any]) -> dict[str, str]:
    """The sheets this council has, by role, in their order in the workbook."""
    named = document.get("sheets", {})
    weighted = any(column["kind"] == "weight" for column in document["risks"]["columns"])
    absent = {
        role
        for role, there in (
            ("actions", bool(document.get("actions"))),
            ("actions_due", bool(document.get("actions"))),
            ("weighting", weighted),
        )
        if not there
    }
    return {
        role: named.get(role, name) for role, name in words.SHEETS.items() if role not in absent
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
