"""Exports: a register as one JSON file, or as CSV tables through pandas."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from riskbook.app import Outcome
from riskbook.core.document import finding_document
from riskbook.core.model import Record
from riskbook.core.profile import Table
from riskbook.core.scoring import as_json
from riskbook.edge.disk import saving
from riskbook.edge.documents import registers

# A text that begins so would be calculated by a spreadsheet that opens the CSV.
# Source: OWASP, CSV Injection; the full-width forms are read as the plain ones.
LIVE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
UNSEEN = " \u00a0\u200b\ufeff"


def export_register(
    outcome: Outcome, stem: str, folder: Path, form: str, *, bom: bool = False
) -> tuple[Path, ...]:
    """Write a register into a folder, replacing an older export; the paths written.

    Raises:
        SavingError: the folder or a file could not be written.
    """
    saving.make_folder(folder)
    if form == "json":
        path = folder / f"{stem}.json"
        saving.create(path, registers.dump(outcome.document()).encode(), overwrite=True)
        return (path,)
    written = []
    for name, (columns, lines) in tables(outcome).items():
        path = folder / f"{stem} {name}.csv"
        text = _csv(columns, lines)
        saving.create(path, text.encode("utf-8-sig" if bom else "utf-8"), overwrite=True)
        written.append(path)
    return tuple(written)


Lines = Sequence[Mapping[str, Any]]


def tables(outcome: Outcome) -> dict[str, tuple[Sequence[str], Lines]]:
    """The tables of an export: columns in order, and a mapping for each line.

    A date column is followed by ``..._date``: the day that its text means, in ISO form.
    """
    document, profile, register = outcome.document(), outcome.profile, outcome.reading.register
    risks = [
        {**_flat(line), **_days(risk, profile.risks)}
        for line, risk in zip(document["risks"], register.risks, strict=True)
    ]
    scored = [f"{stage}_{part}" for stage in profile.stages for part in ("points", "band")]
    found: dict[str, tuple[Sequence[str], Lines]] = {
        "risks": ([*_fields(profile.risks), *scored], risks)
    }
    if profile.actions:
        actions = [
            {**line, **_days(action, profile.actions)}
            for line, action in zip(document["actions"], register.actions, strict=True)
        ]
        found["actions"] = (_fields(profile.actions), actions)
    if overalls := outcome.scores.overalls.values():
        lines = [
            {"ref": o.ref, "stage": stage, "points": as_json(p), "band": o.bands[stage].label}
            for o in overalls
            for stage, p in o.points.items()
        ]
        found["overall"] = (("ref", "stage", "points", "band"), lines)
    fields = ("code", "severity", "sheet", "cell", "field", "value", "message", "fix")
    found["findings"] = (fields, [finding_document(finding) for finding in outcome.findings])
    return found


def _fields(table: Table) -> list[str]:
    columns = [column for column in table.columns if column.entered]
    return [
        name
        for column in columns
        for name in (column.field, *([f"{column.field}_date"] if column.kind == "date" else []))
    ]


def _days(record: Record, table: Table) -> dict[str, str]:
    dues = {column.field: record.due(column.field) for column in table.columns}
    return {f"{field}_date": due.day.isoformat() for field, due in dues.items() if due}


def _flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """A risk with the scores beside its entries; the levels are entries already."""
    scores = line.get("scores", {})
    found = {field: value for field, value in line.items() if field != "scores"}
    for stage, score in scores.items():
        found |= {f"{stage}_{part}": score[part] for part in ("points", "band")}
    return found


def _csv(columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> str:
    # imported here: pandas takes longer to start than everything else together
    import pandas as pd

    rows = [{name: harmless(line.get(name)) for name in columns} for line in lines]
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return str(frame.to_csv(index=False, lineterminator="\r\n"))


def harmless(value: Any) -> Any:
    """A text that no spreadsheet calculates; numbers as they are."""
    if isinstance(value, str) and value.lstrip(UNSEEN)[:1] and value.lstrip(UNSEEN)[0] in LIVE:
        return "'" + value
    return value
