"""Invented councils: profiles and registers that riskbook has to get right, from hypothesis.

::

    profile document  +  register document  +  what was meant by each level and weight

What was meant is decided before the entry is spelt ("3", 3, "Likely", "3 Likely"), so a
test can work out the scores without asking riskbook how it reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from riskbook.core.values import clean
from riskbook.edge.documents.profile_rules import mistakes
from riskbook.edge.documents.schema import PROFILE, REGISTER, problems

Json = dict[str, Any]
Draw = st.DrawFn

STAGES = ("gross", "nett", "target")
AXES = ("likelihood", "impact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One invented council."""

    profile: Json  # follows profile.schema.json
    register: Json  # follows register.schema.json; entries only
    levels: tuple[dict[str, int | None], ...]  # a risk -> field -> the level meant, if any
    weights: tuple[Fraction | None, ...]  # a risk -> the share meant, if any


# --- texts -------------------------------------------------------------------------------

# Not here: halves of a character (surrogates), which no JSON file in UTF-8 holds.
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
AWKWARD = (
    *("=1+1", "+44 1253 477477", "-1", "@SUM(A1)", "'quoted", "{=A1}", "http://example.org/?a=b"),
    *("_x000D_", "_x005F_", "_x0041_x0042_", "&amp;", "<b>bold</b>", "]]>", "\ufeffmark"),
    *("- bullets\n- and more\n\n- after a gap", "  both  ends  ", "line\r\nline\rline", "\ttabbed"),
    *("\U0001f600 emoji \U0001f1ec\U0001f1e7", "e\u0301", "\u202eright to left", "no\u00a0break"),
    *("TRUE", "#N/A", "NA", "None", "nan", "1e5", "007", "40%", "2021-10-31", "Ref", "Risk"),
    *("Adult Services | 83% | 17% | 10%", "<r>not rich text</r>", "no \x00\x0b\uffff XML"),
)


# Not here: texts of nothing but spaces; a register takes such a cell for a blank one.
def texts(longest: int = 60) -> st.SearchStrategy[str]:
    """Any text that an officer can type or paste."""
    free = st.text(CHARACTERS, min_size=1, max_size=longest).filter(clean)
    return st.sampled_from(AWKWARD) | free


# Not here: control characters, which a profile refuses in what it says itself.
HELP = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs"),
        include_characters="\n",
        exclude_characters="\ufffe\uffff",
    ),
    max_size=250,
)

LETTERS = (
    "aehilnorstAEHIRST\u00e9\u00df\u0130\u0416\u0438\u03a3\u03c2\u05d0\u0639\u6f22\u5b57\u0e01"
)
IN_WORDS = LETTERS + "0123456789    ''\"\",.;:()%&/-+*?!<>{}_=$\u00a3\u2013\u2019"


def lines(longest: int, alphabet: str = IN_WORDS) -> st.SearchStrategy[str]:
    """One line that begins with a letter, its words parted by one space."""
    rest = st.text(st.sampled_from(alphabet), max_size=longest - 1)
    return st.builds(lambda first, more: clean(first + more), st.sampled_from(LETTERS), rest)


HEADINGS = st.sampled_from(
    (
        *("Council's Risk", "Impact", "Likelihood", "Risk, Cause (and Effect)", "100 % Certain?"),
        *("Owner", "Status", "Current Position", "No", "I", "L", "Risk Score", "Gross Impact"),
        *("\u0420\u0438\u0437\u0438\u043a", "\u98ce\u9669\u7b49\u7ea7", "'Quoted'", "a''b", '"x"'),
    )
) | lines(60)


def same(text: str) -> str:
    """Texts that Excel takes for one and the same."""
    return clean(text).casefold()


# --- profiles ----------------------------------------------------------------------------


def number(value: Decimal) -> int | float:
    """As a JSON file holds it: whole numbers whole."""
    return int(value) if value == int(value) else float(value)


POINTS = st.integers(0, 60) | st.decimals(0, 60, places=2).map(number)
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@st.composite
def _scale(draw: Draw) -> list[Json]:
    size = draw(st.integers(3, 10))
    labels = draw(st.lists(lines(20), min_size=size, max_size=size, unique_by=same))
    words = draw(st.sampled_from(("all", "none", "some")))
    blank = {"all": [], "none": range(size), "some": draw(st.sets(st.integers(0, size - 1)))}[words]
    return [{"label": "" if place in blank else text} for place, text in enumerate(labels)]


@st.composite
def _bands(draw: Draw) -> list[Json]:
    tops = sorted(draw(st.sets(POINTS, min_size=2, max_size=6)))
    return [
        {
            "key": f"band-{place}",
            "label": draw(lines(20)),
            "least": min(top, draw(POINTS)),  # gaps and overlaps are the linter's business
            "most": top,
            "fill": draw(COLOURS),
            "ink": draw(COLOURS),
            "supplied": draw(st.booleans()),
        }
        for place, top in enumerate(tops)
    ]


@st.composite
def _matrix(draw: Draw, scales: Json, bands: Sequence[Json]) -> Json:
    rule = draw(st.sampled_from(("product", "sum", "look-up", "painted")))
    matrix: Json = {"rule": rule}
    wide, high = len(scales["likelihood"]), len(scales["impact"])
    keys = st.sampled_from([band["key"] for band in bands])
    tables = {"look-up": {"points": POINTS}, "painted": {"points": POINTS, "bands": keys}}
    for name, cells in tables.get(rule, {}).items():
        flat = draw(st.lists(cells, min_size=wide * high, max_size=wide * high))
        matrix[name] = [flat[row * wide : (row + 1) * wide] for row in range(high)]
    return matrix


TEXTUAL: tuple[str, ...] = ("text", "long", "people", "list")
ANY: tuple[str, ...] = (*TEXTUAL, "number", "date", "ref")
# field -> the kinds that it can have; fields that no rule of riskbook's looks at are "custom"
RISK_FIELDS: dict[str, tuple[str, ...]] = {
    "owner": ("people", "list", "text"),
    **dict.fromkeys(("category", "priority", "service", "treatment", "member", "manager"), TEXTUAL),
    **dict.fromkeys(("controls", "assurance", "consequences", "opportunities"), TEXTUAL),
    **dict.fromkeys(("update", "review_date", "prior_gross", "custom_1", "custom_2"), ANY),
}
ACTION_FIELDS: dict[str, tuple[str, ...]] = {
    "owner": ("people", "list", "text"),
    "manager": ("people", "list", "text"),
    "status": ("list", "text"),
    "original_due": ("date",),
    "revised_due": ("date",),
    "completed": ("date",),
    **dict.fromkeys(("position", "outcomes", "custom_1"), ANY),
}
PROSE = ("text", "long")


@st.composite
def _kinds(draw: Draw, fields: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Some of the fields, each with a kind that it can have."""
    chosen = draw(st.sets(st.sampled_from(sorted(fields)), max_size=6))
    return {field: draw(st.sampled_from(fields[field])) for field in sorted(chosen)}


@st.composite
def _risk_kinds(draw: Draw, stages: Sequence[str], weighted: bool) -> dict[str, str]:
    kinds = {"ref": "ref", "title": draw(st.sampled_from(PROSE)), **draw(_kinds(RISK_FIELDS))}
    if weighted or draw(st.booleans()):
        kinds |= {"sub_ref": "ref", "sub_title": draw(st.sampled_from(PROSE))}
    computed = ["key", "completeness"]
    if weighted:
        kinds["weight"] = "weight"
        computed += ["weight_used", "weight_total"]
    for stage in stages:
        if draw(st.integers(0, 9)):  # now and then a stage without columns, which the linter tells
            kinds |= {f"{stage}_{axis}": "level" for axis in AXES}
            kinds[f"{stage}_points"] = "computed"
            computed.append(f"{stage}_band")
            computed += [f"{stage}_weighted", f"{stage}_overall"] if weighted else []
    wanted = {field: "computed" for field in computed if draw(st.booleans())}
    needs: dict[str, tuple[str, ...]] = {"weight_total": ("weight_used", "key")}
    for stage in stages:
        needs[f"{stage}_weighted"] = ("weight_used",)
        needs[f"{stage}_overall"] = (f"{stage}_weighted", "weight_used", "weight_total", "key")
    for field in list(wanted):
        for need in needs.get(field, ()):
            wanted |= dict.fromkeys((need, *needs.get(need, ())), "computed")
    return kinds | wanted


@st.composite
def _columns(draw: Draw, kinds: dict[str, str], lists: Json) -> list[Json]:
    """Columns in any order, under any headings."""
    fields = draw(st.permutations(sorted(kinds)))
    headings = draw(st.lists(HEADINGS, min_size=len(fields), max_size=len(fields), unique_by=same))
    columns = []
    for field, heading in zip(fields, headings, strict=True):
        column: Json = {"field": field, "heading": heading, "kind": kinds[field]}
        column["need"] = draw(st.sampled_from(("must", "should", "may")))
        if kinds[field] == "list":
            column["choices"] = draw(st.sampled_from(sorted(lists)))
        if draw(st.booleans()):
            # two captions at most: were each the heading below it, nobody could tell the rows
            column["group"] = draw(st.sampled_from(("Gross's (1)", "Nett, %")))
        if draw(st.booleans()):
            column |= {"width": draw(st.integers(1, 255)), "help": draw(HELP)}
        columns.append(column)
    if "completeness" in kinds:
        next(c for c in columns if c["field"] == "title")["need"] = "must"
    return columns


SHEETS = ("Council's risks", "Risks (2021), 100 %", "\u98ce\u9669", "a''b", "R1C1", "A1", "x!y")
WORDS = ("gross", "points", "band", "owner", "weight", "overall", "sub_risk", "update")


@st.composite
def _profile(draw: Draw) -> Json:
    stages = [stage for stage in STAGES if draw(st.booleans())] or ["nett"]
    weighted = draw(st.booleans())
    scales = {axis: draw(_scale()) for axis in AXES}
    bands = draw(_bands())
    entries = st.lists(lines(40), min_size=1, max_size=4, unique_by=same)
    lists = {name: draw(entries) for name in ("list_a", "b")}
    profile: Json = {
        "format": "riskbook-profile/1",
        "id": "invented",
        "version": "1",
        "title": draw(lines(60)),
        "words": {word: draw(lines(30)) for word in WORDS if draw(st.booleans())},
        "stages": stages,
        "scales": scales,
        "matrix": draw(_matrix(scales, bands)),
        "bands": bands,
        "lists": lists,
        "people": {"separators": draw(st.sampled_from(([" / "], [";", "\n"], [])))},
        "risks": {"columns": draw(_columns(draw(_risk_kinds(stages, weighted)), lists))},
        "sheets": {"risks": draw(st.sampled_from(SHEETS))},
        "rules": draw(st.sampled_from(({}, {"RB206": "off", "RB501": "error"}))),
        "spare_rows": draw(st.integers(0, 3)),
    }
    if weighted:
        profile["weights"] = {"tolerance": draw(st.sampled_from((0, 0.05, 0.5, 10)))}
    if draw(st.booleans()):
        kinds = {"ref": "ref", "risk": "ref", "text": draw(st.sampled_from(PROSE))}
        columns = draw(_columns(kinds | draw(_kinds(ACTION_FIELDS)), lists))
        profile["actions"] = {"columns": columns}
    by = [c for c in profile["risks"]["columns"] if c["kind"] == "list"]
    if by and "nett" in stages:
        most = {value: draw(POINTS) for value in lists[by[0]["choices"]]}
        profile["appetite"] = {"by": by[0]["field"], "most": most, "otherwise": draw(POINTS)}
    found = problems(profile, PROFILE) or mistakes(profile)
    assert found == []
    return profile


# --- registers ---------------------------------------------------------------------------

REFS = st.sampled_from(("1", "2a", "r1", "R1", " R1 ", "PP_R01", "\u00a01")) | texts(10)
DATES = st.sampled_from(
    ("2021-10-31", "31/03/2022", "March 2022", "Mar-22", "1st April 2021", "soon", "31/02/2022")
)
# Not here: more digits than a cell holds (15), so that a number is the same afterwards.
NUMBERS = st.integers(-(10**14), 10**14) | st.decimals(-9999, 9999, places=4).map(number)
NO_LEVEL = st.sampled_from((0, 11, -1, 2.5, "99", "0", "?!", "#1", "\u2014", True))


@st.composite
def _level(draw: Draw, scale: Sequence[Json], scored: bool) -> tuple[Any, int | None]:
    """An entry and the level that it means."""
    if not scored and draw(st.integers(0, 3)) == 0:
        return draw(NO_LEVEL), None
    level = draw(st.integers(1, len(scale)))
    label = scale[level - 1]["label"]
    spelt: list[Any] = [level, str(level), f" {level}\u00a0"]
    if label:
        spelt += [label, label.upper() if label.upper().casefold() == same(label) else label]
        spelt += [f"{level} {label}", f"  {level}  {label} "]
    return draw(st.sampled_from(spelt)), level


@st.composite
def _share(draw: Draw) -> tuple[Any, Fraction | None]:
    """A weight as an officer spells it, and the share that it means."""
    if draw(st.integers(0, 2)) == 0:
        return draw(st.sampled_from(("?", "-5%", "nan%", "Infinity%", "101%"))), None
    points = draw(st.integers(0, 100_00))
    return _percent(points), Fraction(points, 100_00)


# Not here: "40.0%" and " 40 % ", which a cell shows as 40%, and numbers such as 0.4, which a
# weight's cell shows as 40% (see test_a_weight_comes_back).
def _percent(points: int) -> str:
    whole, rest = divmod(points, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


@st.composite
def _shares(draw: Draw, rows: int) -> list[tuple[Any, Fraction | None]]:
    """The weights of one risk, which sum to the whole."""
    cuts = sorted(draw(st.lists(st.integers(0, 100_00), min_size=rows - 1, max_size=rows - 1)))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, 100_00], strict=True)]
    spelt = draw(st.lists(st.booleans(), min_size=rows, max_size=rows))
    return [
        # a text such as "0.4" stays a text
        (str(Decimal(part) / 100_00) if plain else _percent(part), Fraction(part, 100_00))
        for part, plain in zip(parts, spelt, strict=True)
    ]


@st.composite
def _entry(draw: Draw, column: Json, lists: Json) -> Any:
    match column["kind"]:
        case "list":
            return draw(st.sampled_from(lists[column["choices"]]) | texts(20))
        case "date":
            return draw(DATES | texts(20))
        case "number":
            return draw(NUMBERS | texts(20))
        case "ref":
            return draw(REFS)
    return draw(texts() | NUMBERS | st.booleans())


@st.composite
def _record(draw: Draw, columns: Sequence[Json], lists: Json) -> Json:
    """Some of the entries of a row, at least one; levels and weights come later."""
    found = {
        column["field"]: draw(_entry(column, lists))
        for column in columns
        if column["kind"] not in ("computed", "level", "weight") and draw(st.integers(0, 3))
    }
    return found or {"ref": draw(REFS)}


@st.composite
def councils(draw: Draw) -> Council:
    """A profile and a register of it."""
    profile = draw(_profile())
    columns = profile["risks"]["columns"]
    fields = [column["field"] for column in columns]
    rows = draw(st.sampled_from((2, 1, 3, 4, 0)))
    scored, whole = draw(st.booleans()), draw(st.booleans())
    risks: list[Json] = []
    levels: list[dict[str, int | None]] = []
    weights: list[Fraction | None] = []
    shares = draw(_shares(rows)) if whole and rows else [draw(_share()) for _ in range(rows)]
    for share in shares:
        record, meant = draw(_record(columns, profile["lists"])), dict[str, int | None]()
        for column in columns:
            if column["kind"] == "level" and (scored or draw(st.integers(0, 3))):
                axis = column["field"].partition("_")[2]
                entry, level = draw(_level(profile["scales"][axis], scored))
                record[column["field"]], meant[column["field"]] = entry, level
        weights.append(None)
        if "weight" in fields and (whole or draw(st.integers(0, 3))):
            record["weight"], weights[-1] = share
        if "weight" in fields and whole:
            record["ref"] = draw(st.sampled_from(("r1", "R1", " R1\u00a0")))
        risks.append({field: record[field] for field in fields if field in record})
        levels.append(meant)
    register: Json = {
        "format": "riskbook-register/1",
        "profile": profile["id"],
        "about": draw(_about()),
        "risks": risks,
    }
    if "actions" in profile:
        columns = profile["actions"]["columns"]
        fields = [column["field"] for column in columns]
        drawn = draw(st.lists(_record(columns, profile["lists"]), max_size=4))
        register["actions"] = [{f: line[f] for f in fields if f in line} for line in drawn]
    found = problems(register, REGISTER)
    assert found == []
    return Council(profile=profile, register=register, levels=tuple(levels), weights=tuple(weights))


@st.composite
def _about(draw: Draw) -> Json:
    fields = ("organisation", "title", "period", "as_at", "introduction", "source")
    about: Json = {field: draw(texts()) for field in fields if draw(st.booleans())}
    if notes := draw(st.lists(texts(), max_size=3)):
        about["notes"] = notes
    return about
