"""The entries of a register as tables: risks, actions, scores, weights, what the overall is.

Texts stand as they were typed.  A date stands as it was typed and, beside it, as the day
that it means; a number as a number.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from riskbook.core.accessible.case import Case, Part
from riskbook.core.accessible.sheet import NOTHING, Column, Value
from riskbook.core.model import Record, Risk
from riskbook.core.profile import Column as Field
from riskbook.core.profile import Table as Fields
from riskbook.core.scores import Overall
from riskbook.core.scoring import half_up
from riskbook.core.summary import state

_ONLY_IF_FILLED = ("exempt", "exempt_reason")


def parts(case: Case) -> Iterator[Part]:
    """The tables of entries, in the order of the sheets."""
    if case.register.risks:
        yield _risks(case)
        yield _scores(case)
    if case.scores.overalls:
        yield _weights(case)
        yield _overall(case)
    if case.profile.actions and case.register.actions:
        yield _actions(case, case.profile.actions)


def _risks(case: Case) -> Part:
    profile, words = case.profile, case.profile.words
    fields = _fields(profile.risks, case.register.risks)
    columns = [column for field in fields for column in _columns(case, field)]
    for stage in profile.stages:
        columns.append(Column(heading=f"{words[stage]} {words['points']}", kind="number"))
        columns.append(Column(heading=f"{words[stage]} {words['band']}"))
    rows = [
        (*(value for field in fields for value in _values(risk, field)), *_scored(case, risk))
        for risk in case.register.risks
    ]
    subject = f"{case.things.capitalize()}: every entry but the levels"
    return Part(name="Risks", key="risks", subject=subject, columns=columns, rows=rows)


def _scored(case: Case, risk: Risk) -> list[Value]:
    found: list[Value] = []
    for stage in case.profile.stages:
        score = case.scores.by_row[risk.row].get(stage)
        found += [score.points, score.band.label] if score else [NOTHING, NOTHING]
    return found


def _scores(case: Case) -> Part:
    profile, words = case.profile, case.profile.words
    columns = [
        Column(heading=words["sub_risk" if profile.weighted else "risk"] + " reference"),
        Column(heading=words["sub_risk" if profile.weighted else "risk"]),
        Column(heading="Stage"),
        Column(heading=f"{words['likelihood']} level"),
        Column(heading=f"{words['impact']} level"),
        Column(heading=case.notes.mark(words["points"], "score"), kind="number"),
        Column(heading=case.notes.mark(words["band"], "band")),
    ]
    rows = [
        _at_stage(case, risk, stage) for risk in case.register.risks for stage in profile.stages
    ]
    subject = f"Levels and scores of each of the {case.things}, stage by stage"
    return Part(name="Scores", key="scores", subject=subject, columns=columns, rows=rows)


def _at_stage(case: Case, risk: Risk, stage: str) -> tuple[Value, ...]:
    score, profile = case.scores.by_row[risk.row].get(stage), case.profile
    rating = risk.ratings.get(stage)
    levels: list[Value]
    if rating:
        levels = [profile.label(axis, getattr(rating, axis)) for axis in ("likelihood", "impact")]
    else:
        axes = ("likelihood", "impact")
        levels = [_or_nothing(risk.text(f"{stage}_{axis}")) for axis in axes]
    points: Value = score.points if score else NOTHING
    band = score.band.label if score else NOTHING
    named = (_or_nothing(risk.key), _or_nothing(risk.title))
    return (*named, profile.words[stage], *levels, points, band)


def _weights(case: Case) -> Part:
    profile, words = case.profile, case.profile.words
    columns = [
        Column(heading=f"{words['risk']} reference"),
        Column(heading=f"{words['sub_risk']} reference"),
        Column(heading=words["sub_risk"]),
        Column(heading=case.notes.mark(words["weight"].lstrip("% "), "weight"), kind="percent"),
    ]
    for stage in profile.stages:
        columns.append(Column(heading=f"{words[stage]} {words['points']}", kind="number"))
        heading = case.notes.mark(f"{words[stage]} contribution", "weight", "rounding")
        columns.append(Column(heading=heading, kind="number"))
    rows = [
        _weighed(case, overall, place)
        for overall in case.scores.overalls.values()
        for place in range(len(overall.rows))
    ]
    subject = "Weights of the sub-risks, and what each contributes"
    return Part(name="Weighting", key="weighting", subject=subject, columns=columns, rows=rows)


def _weighed(case: Case, overall: Overall, place: int) -> tuple[Value, ...]:
    risk = overall.rows[place]
    found: list[Value] = [overall.ref, _or_nothing(risk.key), _or_nothing(risk.title)]
    found.append(NOTHING if risk.weight is None else risk.weight)
    for stage in case.profile.stages:
        score, part = overall.scored[stage][place], overall.contributions[stage][place]
        found.append(score.points if score else NOTHING)
        found.append(NOTHING if part is None else half_up(part, 2))
    return tuple(found)


def _overall(case: Case) -> Part:
    words = case.profile.words
    columns = [
        Column(heading=f"{words['risk']} reference"),
        Column(heading=words["risk"]),
        Column(heading="Stage"),
        Column(heading=case.notes.mark("Weights together", "weight"), kind="percent"),
        Column(heading=case.notes.mark(words["overall"], "weight", "rounding"), kind="number"),
        Column(heading=case.notes.mark(words["band"], "band")),
        Column(heading="How it comes about: weight times score"),
    ]
    rows = [
        _total(case, overall, stage)
        for overall in case.scores.overalls.values()
        for stage in case.profile.stages
    ]
    subject = f"{words['overall']} of each risk, and the sum behind it"
    return Part(name="Overall", key="overall", subject=subject, columns=columns, rows=rows)


def _total(case: Case, overall: Overall, stage: str) -> tuple[Value, ...]:
    points, band = overall.points.get(stage), overall.bands.get(stage)
    return (
        overall.ref,
        _or_nothing(overall.rows[0].text("title")),
        case.profile.words[stage],
        overall.weight_total,
        NOTHING if points is None else half_up(points, 2),
        band.label if band else NOTHING,
        overall.printed_sum(stage) or NOTHING,
    )


def _actions(case: Case, table: Fields) -> Part:
    fields = _fields(table, case.register.actions)
    columns = [column for field in fields for column in _columns(case, field)]
    columns.append(Column(heading=case.notes.mark(f"State on {case.day}", "state")))
    rows = [
        (
            *(value for field in fields for value in _values(action, field)),
            state(action, case.as_at),
        )
        for action in case.register.actions
    ]
    return Part(
        name="Actions", key="actions", subject="Actions: every entry", columns=columns, rows=rows
    )


def _fields(table: Fields, records: Sequence[Record]) -> list[Field]:
    """The columns that are typed in, but for levels; marks of exemption where there are any."""
    return [
        column
        for column in table.columns
        if column.entered
        and column.kind != "level"
        and (
            column.field not in _ONLY_IF_FILLED
            or any(record.text(column.field).strip() for record in records)
        )
    ]


def _columns(case: Case, field: Field) -> list[Column]:
    kind = {"number": "number", "weight": "percent"}.get(field.kind, "text")
    if field.kind != "date":
        return [Column(heading=field.heading, kind=kind)]
    day = case.notes.mark(f"{field.heading}, last day", "date")
    return [Column(heading=field.heading), Column(heading=day, kind="date")]


def _values(record: Record, field: Field) -> list[Value]:
    entry = record.entries.get(field.field)
    value = entry.value if entry else None
    if field.kind in ("number", "weight") and isinstance(value, int | Decimal):
        return [value]
    text = _or_nothing(record.text(field.field))
    if field.kind != "date":
        return [text]
    due = record.due(field.field)
    return [text, due.day if due else NOTHING]


def _or_nothing(text: str) -> str:
    return text if text.strip() else NOTHING
