"""Single entries against the profile's JSON Schema, and what may hide in a cell (RB2xx).

The schema of a column (:meth:`Profile.schema`) is the only word on what is allowed; here
each violated keyword gets a code, a sentence and a fix.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from riskbook.core.checks.characters import TEXTS, odd
from riskbook.core.checks.dates import not_a_date
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Kind
from riskbook.core.model import Due, Entry, Record
from riskbook.core.profile import LONGEST_TEXT, Column
from riskbook.core.values import clean, entry_text, parse_day, percent, typed


def _entries(case: Case) -> Iterator[tuple[Column, Entry, Record]]:
    for table, records in case.tables():
        columns = [column for column in table.columns if column.entered]
        for record in records:
            for column in columns:
                if entry := record.entries.get(column.field):  # older workbooks lack some
                    yield column, entry, record


def allowed(case: Case) -> Iterator[Finding]:
    """RB201 to RB203, RB207, RB209, RB210, RB213, RB225, RB227: what the schema says."""
    judged: dict[tuple[Column, type, object], tuple[str, ...]] = {}  # each distinct value once
    for column, entry, _ in _entries(case):
        if entry.value is None or (column.kind == "ref" and not entry.text):
            continue
        if column.kind == "date" and not isinstance(entry.value, Due):
            yield not_a_date(case, column, entry)
            continue
        value = entry.value.day.isoformat() if isinstance(entry.value, Due) else entry.value
        key = (column, type(value), value)
        if key not in judged:
            judged[key] = case.judge(case.profile.schema(column), value)
        if judged[key]:
            yield _violation(case, column, entry, judged[key][0])


def _violation(case: Case, column: Column, entry: Entry, keyword: str) -> Finding:
    code, message, fix = _words(case, column, entry, keyword)
    if column.kind not in ("text", "long", "people") and (character := odd(entry.cell.text)):
        fix = f"Type it again: it holds {character}."
    return case.finding(code, entry.at, message, fix, field=column.field, value=typed(entry.cell))


def _words(case: Case, column: Column, entry: Entry, keyword: str) -> tuple[str, str, str]:
    shown = _quoted(entry)
    match column.kind:
        case "level":
            return _level_words(case, column, entry, keyword)
        case "list":
            return (
                "RB201",
                f"{shown} is not in the list for {column.heading}.",
                _choose(entry, case.profile.lists[column.choices]),
            )
        case "weight":
            return (
                "RB213",
                f"the weight {shown} is not a share between 0 and 100 %.",
                "Type a percentage such as 40%.",
            )
        case "number":
            return "RB203", f"{shown} under {column.heading} is not a number.", "Type a number."
        case "ref" if keyword == "pattern":
            return (
                "RB210",
                f"the reference {shown} has a character that formulas cannot match.",
                "Use letters, digits, spaces, full stops, hyphens, slashes and underscores only.",
            )
        case _:
            longest = case.profile.schema(column).get("maxLength", LONGEST_TEXT)
            return (
                "RB207",
                f"the text under {column.heading} has {len(entry.text)} characters; "
                f"{longest} is the most.",
                "Shorten it, or move a part of it to a document of its own.",
            )


def _level_words(case: Case, column: Column, entry: Entry, keyword: str) -> tuple[str, str, str]:
    scale = case.profile.scales[column.axis]
    levels = [case.profile.label(column.axis, number) for number in range(1, len(scale) + 1)]
    if keyword == "type" and isinstance(entry.value, str):
        words = [level.label for level in scale if level.label]
        return (
            "RB201",
            f"{_quoted(entry)} is not a level of {column.heading}.",
            _choose(entry, levels, words),
        )
    return (
        "RB202",
        f"level {entry.text} is off the 1..{len(scale)} scale of {column.heading}.",
        f"Choose one of {', '.join(levels)}.",
    )


def _choose(entry: Entry, choices: Sequence[str], also: Sequence[str] = ()) -> str:
    """The nearest allowed spelling, or all choices; ``also`` is understood but not listed."""
    lower = {choice.casefold(): choice for choice in reversed([*also, *choices])}
    near = get_close_matches(clean(entry.text).casefold(), list(lower), n=1, cutoff=0.5)
    if near and entry.cell.kind not in (Kind.BOOL, Kind.DATE):  # those are no spelling of a word
        return f"Choose {lower[near[0]]!r} if that is meant."
    return f"Choose one of {', '.join(choices)}."


def _quoted(entry: Entry) -> str:
    held = typed(entry.cell)
    text = str(held).upper() if isinstance(held, bool) else clean(str(held))
    return repr(text if len(text) <= 60 else text[:57] + "...")


def calculated(case: Case) -> Iterator[Finding]:
    """RB204, RB205, RB230: an entry is typed; a formula or an error in its cell is not."""
    for column, entry, _ in _entries(case):
        if entry.cell.formula is not None:
            valued = entry.cell.kind is not Kind.BLANK
            yield case.finding(
                "RB204" if valued else "RB230",
                entry.at,
                f"a formula {'stands' if valued else 'without a value stands'} under "
                f"{column.heading}.",
                "Type the value itself over the formula.",
                field=column.field,
                value=f"={entry.cell.formula}",
            )
        if entry.cell.kind is Kind.ERROR:
            yield case.finding(
                "RB205",
                entry.at,
                f"the error {entry.cell.text} stands under {column.heading}.",
                "Type the entry over it.",
                field=column.field,
                value=entry.cell.text,
            )


def dated_references(case: Case) -> Iterator[Finding]:
    """RB214: Excel takes a typed 1-2 for the first of February, and the reference is lost."""
    for column, entry, _ in _entries(case):
        if column.kind == "ref" and entry.cell.kind is Kind.DATE:
            yield case.finding(
                "RB214",
                entry.at,
                f"the reference under {column.heading} was turned into the date {entry.text}.",
                "Format the cell as text and type the reference again.",
                field=column.field,
                value=entry.text,
            )


def changed_texts(case: Case) -> Iterator[Finding]:
    """RB232: Excel takes a typed 3/4 for the third of April, and "true" for a truth value."""
    for column, entry, _ in _entries(case):
        kind = entry.cell.kind
        if column.kind in TEXTS and kind in (Kind.DATE, Kind.BOOL):
            what = f"the date {entry.text}" if kind is Kind.DATE else entry.cell.text
            yield case.finding(
                "RB232",
                entry.at,
                f"the text under {column.heading} was turned into {what}.",
                "Format the cell as text and type it again.",
                field=column.field,
                value=entry.text,
            )


def blank(case: Case) -> Iterator[Finding]:
    """RB206: an entry that the profile marks "must" is blank (references have a rule of theirs)."""
    for column, entry, record in _entries(case):
        needed = column.need == "must" and column.kind not in ("ref", "level")
        needed |= column.field == "risk"  # the reference in an action to its risk
        told = entry.cell.kind is Kind.ERROR or entry.cell.formula is not None
        if needed and not clean(entry.text) and not told:
            yield case.finding(
                "RB206",
                entry.at,
                f"{column.heading} is blank in row {record.row}.",
                "Fill it in.",
                field=column.field,
            )


def respelt(case: Case) -> Iterator[Finding]:
    """RB208: a level, weight, number or list entry understood from another spelling."""
    for column, entry, _ in _entries(case):
        if column.kind not in ("level", "weight", "number", "list") or entry.value is None:
            continue
        text = entry_text(entry.cell)
        if entry.cell.kind is Kind.TEXT and text != entry.text and not _judged(case, column, entry):
            share = entry.value if column.kind == "weight" else None
            meant = percent(share) if isinstance(share, Decimal) else entry.text
            yield case.finding(
                "RB208",
                entry.at,
                f"{text!r} under {column.heading} was read as {meant}.",
                f"Type {meant} so that everybody reads the same.",
                field=column.field,
                value=text,
            )


def _judged(case: Case, column: Column, entry: Entry) -> bool:
    return bool(case.judge(case.profile.schema(column), entry.value))


def ratings(case: Case) -> Iterator[Finding]:
    """RB211, RB212: both levels of a rating, or an unscored risk said so."""
    for risk in case.register.risks:
        for stage in case.profile.stages:
            columns = [case.profile.risks.column(f"{stage}_{axis}") for axis in case.profile.scales]
            entries = [risk.entries[column.field] for column in columns if column]
            blanks = [
                entry
                for entry in entries
                if not clean(entry.cell.text) and entry.cell.formula is None
            ]
            word = case.profile.words[stage]
            if len(blanks) == 1:
                yield case.finding(
                    "RB211",
                    blanks[0].at,
                    f"{risk.key or 'the risk'} has only one of its two {word} levels.",
                    "Choose the other level, or clear both.",
                    field=f"{stage}_points",
                )
            elif len(blanks) == 2 and columns[0] and columns[0].need == "must":
                yield case.finding(
                    "RB212",
                    blanks[0].at,
                    f"{risk.key or 'the risk'} has no {word} score.",
                    "Choose both levels.",
                    field=f"{stage}_points",
                )


def as_at(case: Case) -> Iterator[Finding]:
    """RB209 for the About sheet: the day the register is as at."""
    text = case.register.about.as_at
    if clean(text) and not parse_day(text):
        yield case.finding(
            "RB209",
            case.reading.as_at,
            f"the position as at {text!r} is not a date.",
            "Type a date such as 31/10/2021.",
            field="as_at",
            value=text,
        )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    allowed,
    calculated,
    dated_references,
    changed_texts,
    blank,
    respelt,
    ratings,
    as_at,
)
