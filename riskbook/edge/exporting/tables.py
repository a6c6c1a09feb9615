"""The tables of an export: which columns each has, and its lines.

::

    risks      a row of the risks sheet: its entries, then points and band of each stage
    actions    a row of the actions sheet: its entries
    scores     a risk and a stage: levels, points, band, weight, weight x points
    overall    a risk with sub-risks and a stage: the weighted score
    findings   what riskbook found

Columns are named by riskbook's own words, so they stay the same whatever a council prints.
An entry of a number is a number, also where it was typed as a text; one that could not be
understood stays the text that it is.  A date is the text as typed, and beside it the ISO
date that it means.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from riskbook.app import Outcome
from riskbook.core.document import finding_document
from riskbook.core.model import Due, Entry, Record, Risk
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.scoring import as_json
from riskbook.core.values import clean, entry_text

Lines: TypeAlias = Sequence[Mapping[str, Any]]  # a blank cell is left out
Tables: TypeAlias = dict[str, tuple[Sequence[str], Lines]]

TEXT, WHOLE, NUMBER, DAY = "text", "whole", "number", "day"  # DAY: ISO, as a text
KINDS = {"level": WHOLE, "weight": NUMBER, "number": NUMBER}
FINDING = ("code", "severity", "sheet", "cell", "field", "value", "message", "fix")
LONGEST_WHOLE = 10**15  # from here on a spreadsheet loses digits: such a number stays a text


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an export: its name, and what its cells hold."""

    name: str
    kind: str = TEXT


def tables(outcome: Outcome) -> Tables:
    """The tables of an export by name: columns in order, and a mapping for each line.

    The public edition has no findings, and no table of them.
    """
    lines = {
        "risks": list(_risks(outcome)),
        "scores": list(_scores(outcome)),
        "overall": list(_overall(outcome)),
        "findings": [finding_document(finding) for finding in outcome.findings],
    }
    if actions := outcome.profile.actions:
        register = outcome.reading.register
        lines["actions"] = [dict(_entries(action, actions)) for action in register.actions]
    return {
        name: (tuple(field.name for field in fields), lines[name])
        for name, fields in plan(outcome.profile).items()
        if not (name == "findings" and outcome.withheld)
    }


def plan(profile: Profile) -> dict[str, tuple[Field, ...]]:
    """The tables that a profile's registers have, and their columns."""
    points = WHOLE if _whole(profile) else NUMBER
    scored = [
        field
        for stage in profile.stages
        for field in (Field(f"{stage}_points", points), Field(f"{stage}_band"))
    ]
    found = {"risks": (*_fields(profile.risks), *scored)}
    if profile.actions:
        found["actions"] = tuple(_fields(profile.actions))
    found["scores"] = (
        *(Field(name) for name in ("ref", "sub_ref", "stage")),
        *(Field(name, WHOLE) for name in ("likelihood", "impact")),
        *(Field("points", points), Field("band")),
        *(Field(name, NUMBER) for name in ("weight", "weighted")),
    )
    if profile.weighted:
        found["overall"] = (Field("ref"), Field("stage"), Field("points", NUMBER), Field("band"))
    found["findings"] = tuple(map(Field, FINDING))
    return found


def _whole(profile: Profile) -> bool:
    return all(points == points.to_integral_value() for points in profile.matrix.attainable())


def _fields(table: Table) -> Iterator[Field]:
    for column in table.columns:
        if column.entered:
            yield Field(column.field, KINDS.get(column.kind, TEXT))
            if column.kind == "date":
                yield Field(f"{column.field}_date", DAY)


def _risks(outcome: Outcome) -> Iterator[dict[str, Any]]:
    for risk in outcome.reading.register.risks:
        line = dict(_entries(risk, outcome.profile.risks))
        for stage, score in outcome.scores.by_row[risk.row].items():
            line[f"{stage}_points"] = as_json(score.points)
            line[f"{stage}_band"] = score.band.label
        yield line


def _entries(record: Record, table: Table) -> Iterator[tuple[str, str | int | float]]:
    for column in table.columns:
        entry = record.entries.get(column.field) if column.entered else None
        if entry is None or (value := _value(entry, column)) is None:
            continue
        yield column.field, value
        if isinstance(entry.value, Due):
            yield f"{column.field}_date", entry.value.day.isoformat()


def _value(entry: Entry, column: Column) -> str | int | float | None:
    """What an entry means, where it is a number; else its text, as typed."""
    if column.kind in KINDS and isinstance(entry.value, int | Decimal):
        return _number(Decimal(entry.value))
    text = entry_text(entry.cell)
    if entry.value is not None or clean(text):
        return text
    return None if entry.cell.formula is None else f"={entry.cell.formula}"  # it has no value


def _number(value: Decimal) -> str | int | float:
    whole = value == value.to_integral_value()
    return f"{value:f}" if whole and abs(value) >= LONGEST_WHOLE else as_json(value)


def _scores(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """A line for every risk and stage; what is unscored has no figures."""
    for risk in outcome.reading.register.risks:
        names = {"ref": risk.ref, "sub_ref": risk.sub_ref}
        for stage in outcome.profile.stages:
            line = {name: text for name, text in names.items() if text} | {"stage": stage}
            yield line | _figures(outcome, risk, stage)


def _figures(outcome: Outcome, risk: Risk, stage: str) -> dict[str, Any]:
    score = outcome.scores.by_row[risk.row].get(stage)
    found: dict[str, Any] = {}
    if risk.weight is not None:
        found["weight"] = as_json(risk.weight)
    if score:
        rating = risk.ratings[stage]
        found |= {"likelihood": rating.likelihood, "impact": rating.impact}
        found |= {"points": as_json(score.points), "band": score.band.label}
        if risk.weight is not None:
            found["weighted"] = as_json(risk.weight * score.points)
    return found


def _overall(outcome: Outcome) -> Iterator[dict[str, Any]]:
    for overall in outcome.scores.overalls.values():
        for stage, points in overall.points.items():
            band = overall.bands[stage].label
            yield {"ref": overall.ref, "stage": stage, "points": as_json(points), "band": band}
