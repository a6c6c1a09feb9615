"""What the parts of a profile need of each other, which no schema can say.

Whatever follows profile.schema.json and breaks no rule here, ``build`` makes a profile
of, and the formulas of the workbook find every column that they read.  A rule is a
function from the document to sentences, and the rules are a plain tuple.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from riskbook.core import words
from riskbook.core.model import AXES, STAGES
from riskbook.core.values import clean
from riskbook.edge.documents.schema import listed, nearest

Document: TypeAlias = Mapping[str, Any]

# computed column -> the other columns that its formula reads
STAGED: Mapping[str, tuple[str, ...]] = {
    "{stage}_points": ("{stage}_likelihood", "{stage}_impact"),
    "{stage}_band": ("{stage}_likelihood", "{stage}_impact"),
    "{stage}_weighted": ("weight_used", "{stage}_points"),
    "{stage}_overall": ("{stage}_weighted", "weight_total", "key"),
}
PLAIN: Mapping[str, tuple[str, ...]] = {
    "weight_used": ("weight",),
    "weight_total": ("weight_used", "key"),
    "completeness": (),
    "key": ("ref",),
    "page": ("ref",),
}
# fields that riskbook reads, and the kinds it can read them as
KINDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "risks": {
        "ref": ("ref",),
        "sub_ref": ("ref",),
        "title": ("text", "long"),
        "sub_title": ("text", "long"),
        "weight": ("weight",),
        "owner": ("people", "list", "text"),
    },
    "actions": {
        "ref": ("ref",),
        "risk": ("ref",),
        "text": ("text", "long"),
        "status": ("list", "text"),
        "original_due": ("date",),
        "revised_due": ("date",),
        "completed": ("date",),
    },
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "risks": ("ref", "title"),
    "actions": ("ref", "risk", "text"),
}


def mistakes(profile: Document) -> list[str]:
    """Every rule between the parts that a document breaks; it already follows the schema."""
    return [sentence for rule in RULES for sentence in rule(profile)]


def _tables(profile: Document) -> Iterator[tuple[str, Sequence[Document]]]:
    for sheet in ("risks", "actions"):
        if sheet in profile:
            yield sheet, profile[sheet]["columns"]


def _by_field(columns: Iterable[Document]) -> dict[str, Document]:
    return {column["field"]: column for column in columns}


def _same(text: str) -> str:
    """Texts that Excel or an officer takes for one and the same."""
    return clean(text).casefold()


def _repeated(texts: Iterable[str]) -> list[str]:
    """The texts of which an earlier one is the same."""
    seen = set[str]()
    return [text for text in texts if _same(text) in seen or seen.add(_same(text))]  # type: ignore[func-returns-value]


def _names(profile: Document) -> Iterator[str]:
    """Each field and each heading of a sheet stands once; one heading means one column."""
    for sheet, columns in _tables(profile):
        for field in _repeated(column["field"] for column in columns):
            yield f"{sheet}: two columns have the field {field!r}"
        for heading in _repeated(column["heading"] for column in columns):
            yield f"{sheet}: two columns have the heading {heading!r}"
        owners: dict[str, str] = {_same(c["heading"]): c["field"] for c in columns}
        for column in columns:
            for alias in column.get("aliases", ()):
                owner = owners.setdefault(_same(alias), column["field"])
                if owner != column["field"]:
                    yield (
                        f"{sheet}, column {column['field']}: the alias {alias!r} "
                        f"already means the column {owner}"
                    )


def _needed(profile: Document) -> Iterator[str]:
    """The columns without which there is no register, each of a kind riskbook can read."""
    for sheet, columns in _tables(profile):
        by_field = _by_field(columns)
        for field in NEEDED[sheet]:
            if field not in by_field:
                yield f"{sheet}: there is no column with the field {field!r}"
        for field, kinds in KINDS[sheet].items():
            kind = by_field.get(field, {"kind": kinds[0]})["kind"]
            if kind not in kinds:
                wanted = listed(kinds, "or")
                yield f"{sheet}, column {field}: its kind must be {wanted}, not {kind!r}"
        if "scores" in by_field:
            yield f"{sheet}: the field 'scores' is riskbook's own; choose another"


def _levels(profile: Document) -> Iterator[str]:
    """Level columns are named by stage and axis; a stage has both, and its points."""
    columns = _by_field(profile["risks"]["columns"])
    stages = profile["stages"]
    if stages != sorted(stages, key=STAGES.index):
        yield f"stages: their order is {listed(STAGES)}"
    fields = {f"{stage}_{axis}": stage for stage in STAGES for axis in AXES}
    for field, column in columns.items():
        if (field in fields) != (column["kind"] == "level"):
            yield (
                f"risks, column {field}: columns of the kind 'level' are called by stage and "
                "axis, such as 'gross_impact', and other columns are not"
            )
        elif field in fields and fields[field] not in stages:
            yield f"risks, column {field}: {fields[field]!r} is not one of the profile's stages"
    for stage in stages:
        both = [f"{stage}_{axis}" for axis in AXES]
        found = [field for field in both if field in columns]
        if found and (lost := [f for f in (*both, f"{stage}_points") if f not in columns]):
            yield f"risks: the column {found[0]} needs {listed(lost)} beside it"


def _computed(profile: Document) -> Iterator[str]:
    """Computed columns are those that riskbook can work out, with all that they read."""
    columns = _by_field(profile["risks"]["columns"])
    known = dict(PLAIN)
    for stage in profile["stages"]:
        for name, needs in STAGED.items():
            known[name.format(stage=stage)] = tuple(need.format(stage=stage) for need in needs)
    for field, column in columns.items():
        computed = column["kind"] == "computed"
        stage = field.split("_", 1)[0]
        if computed and stage in STAGES and stage not in profile["stages"]:
            yield f"risks, column {field}: {stage!r} is not one of the profile's stages"
        elif computed and field not in known:
            yield f"risks, column {field}: riskbook cannot work it out{nearest(field, known)}"
        elif field in known and not computed:
            yield f"risks, column {field}: riskbook works it out; its kind must be 'computed'"
        elif computed and (lost := [need for need in known[field] if need not in columns]):
            yield f"risks, column {field}: it needs {listed(lost)} beside it"
        if column["kind"] == "weight" and field != "weight":
            yield f"risks, column {field}: a column of the kind 'weight' is called 'weight'"
    if "weight" in columns and "sub_ref" not in columns:
        yield "risks, column weight: it needs 'sub_ref' beside it; weights belong to sub-risks"
    typed = [column for column in columns.values() if column["kind"] != "computed"]
    if "completeness" in columns and all(column.get("need", "may") == "may" for column in typed):
        yield "risks, column completeness: it counts columns that must or should be filled; none is"


def _lists(profile: Document) -> Iterator[str]:
    """Each list holds each value once, and columns choose from lists that there are."""
    lists = profile.get("lists", {})
    for name, values in lists.items():
        for value in _repeated(values):
            yield f"lists, {name}: {value!r} stands twice"
        for value in values:
            if value != clean(value):
                yield f"lists, {name}: {value!r} has spaces nobody sees; write {clean(value)!r}"
    for sheet, columns in _tables(profile):
        for column in columns:
            name = column.get("choices")
            if name is not None and name not in lists:
                yield (
                    f"{sheet}, column {column['field']}: there is no list {name!r}"
                    f"{nearest(name, lists)}"
                )
    for value in profile.get("actions", {}).get("complete", ()):
        status = _by_field(profile["actions"]["columns"]).get("status", {})
        known = lists.get(status.get("choices"), [value])
        if value not in known:
            yield f"actions, complete: {value!r} is not in the list of the column status"


def _scales(profile: Document) -> Iterator[str]:
    """What an officer types for a level means one level only."""
    for axis, levels in profile["scales"].items():
        labels = [level["label"] for level in levels]
        for label in _repeated(label for label in labels if label):
            yield f"scales, {axis}: the label {label!r} stands twice"
        both = {_same(f"{number} {label}") for number, label in enumerate(labels, start=1)}
        for label in labels:
            if _same(label) in both or label.replace(".", "", 1).strip("+-").isdigit():
                yield f"scales, {axis}: the label {label!r} can be taken for a level's number"


def _bands(profile: Document) -> Iterator[str]:
    """Bands have keys of their own and rise; the matrix tables fit the scales and name them."""
    bands, matrix = profile["bands"], profile["matrix"]
    for key in _repeated(band["key"] for band in bands):
        yield f"bands: two bands have the key {key!r}"
    for band in bands:
        if band["least"] > band["most"]:
            yield f"bands, {band['key']}: its least points are more than its most points"
    for milder, worse in pairwise(bands):
        if worse["most"] <= milder["most"]:
            yield f"bands: {worse['key']!r} must end above {milder['key']!r}, which is milder"
    wide, high = (len(profile["scales"][axis]) for axis in AXES)
    for name in ("points", "bands"):
        rows = matrix.get(name)
        if rows is not None and [len(row) for row in rows] != [wide] * high:
            yield f"matrix, {name}: it needs {high} rows (impact) of {wide} cells (likelihood)"
    keys = [band["key"] for band in bands]
    painted = dict.fromkeys(key for row in matrix.get("bands", ()) for key in row)
    for key in painted:
        if key not in keys:
            yield f"matrix, bands: there is no band with the key {key!r}{nearest(key, keys)}"


def _appetite(profile: Document) -> Iterator[str]:
    """Appetite goes by a column with a list, and names values of that list."""
    if "appetite" not in profile:
        return
    by, most = profile["appetite"]["by"], profile["appetite"]["most"]
    column = _by_field(profile["risks"]["columns"]).get(by)
    if column is None or column["kind"] != "list":
        yield f"appetite, by: {by!r} is not a column of the risks sheet with a list"
        return
    values = profile.get("lists", {}).get(column["choices"], list(most))
    for value in most:
        if value not in values:
            yield f"appetite, most: {value!r} is not in the list of the column {by}"
    if "nett" not in profile["stages"]:
        yield "appetite: it is compared with the stage 'nett', which the profile does not have"


def _exempt(profile: Document) -> Iterator[str]:
    """What is never published is a column that officers type in, and no reference."""
    tables = {sheet: _by_field(columns) for sheet, columns in _tables(profile)}
    for item in profile.get("exempt", ()):
        sheet, field = item["sheet"], item["field"]
        column = tables.get(sheet, {}).get(field)
        if column is None:
            yield f"exempt: {sheet} has no column {field!r}{nearest(field, tables.get(sheet, ()))}"
        elif column["kind"] in ("ref", "computed"):
            yield f"exempt, {field}: riskbook needs it in every line; mark whole rows instead"


def _sheets(profile: Document) -> Iterator[str]:
    """Sheets have names of their own, also beside riskbook's names for the others."""
    names = list({**words.SHEETS, **profile.get("sheets", {})}.values())
    for name in _repeated(names):
        yield f"sheets: two sheets are called {name!r}"
    if "history" in map(_same, names):
        yield "sheets: Excel keeps the name 'History' for itself; choose another"


def _dates_and_posts(profile: Document) -> Iterator[str]:
    """The days in force are in order, and each title belongs to one post."""
    effective = profile.get("effective", {})
    if effective.get("from", "") > effective.get("to", "9999-12-31"):
        yield "effective: the profile ends before it begins"
    posts = profile.get("people", {}).get("posts", ())
    for title in _repeated(title for post in posts for title in (post["post"], *post["also"])):
        yield f"people, posts: the title {title!r} stands twice"


RULES: tuple[Callable[[Document], Iterator[str]], ...] = (
    _names,
    _needed,
    _levels,
    _computed,
    _lists,
    _scales,
    _bands,
    _appetite,
    _exempt,
    _sheets,
    _dates_and_posts,
)
