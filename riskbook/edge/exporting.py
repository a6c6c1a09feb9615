"""Exports: a register as one JSON file, or as CSV tables through pandas."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from riskbook.app import Outcome
from riskbook.core.document import finding_document
from riskbook.core.scoring import as_json
from riskbook.edge import registers, saving

# A text that begins so would be calculated by a spreadsheet that opens the CSV.
# Source: OWASP, CSV Injection; the full-width forms are read as the plain ones.
LIVE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
UNSEEN = " \u00a0\u200b\ufeff"


def export_register(
    outcome: Outcome, stem: str, folder: Path, form: str, *, bom: bool = False
) -> tuple[Path, ...]:
    """Write a register into a folder, replacing an older export; the paths written.

    Raises:
        SavingError: a file could not be written.
    """
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
    """The tables of an export: columns in order, and a mapping for each line."""
    document, profile = outcome.document(), outcome.profile
    entered = [column.field for column in profile.risks.columns if column.entered]
    parts = ("likelihood", "impact", "points", "band")
    scored = [f"{stage}_{part}" for stage in profile.stages for part in parts[2:]]
    found: dict[str, tuple[Sequence[str], Lines]] = {
        "risks": ([*entered, *scored], [_flat(line) for line in document["risks"]])
    }
    if profile.actions:
        fields = [column.field for column in profile.actions.columns]
        found["actions"] = (
            fields,
            [*map(_dated, document["actions"], outcome.reading.register.actions)],
        )
    if outcome.scores.overalls:
        found["overall"] = (
            ("ref", "stage", "points", "band"),
            [
                {
                    "ref": o.ref,
                    "stage": stage,
                    "points": as_json(points),
                    "band": o.bands[stage].label,
                }
                for o in outcome.scores.overalls.values()
                for stage, points in o.points.items()
            ],
        )
    fields = ["code", "severity", "sheet", "cell", "field", "value", "message", "fix"]
    found["findings"] = (fields, [finding_document(finding) for finding in outcome.findings])
    return found


def _flat(line: Mapping[str, Any]) -> dict[str, Any]:
    scores = line.get("scores", {})
    flat = {f"{stage}_{part}": v for stage, score in scores.items() for part, v in score.items()}
    entries = {field: value for field, value in line.items() if field != "scores"}
    return entries | {k: v for k, v in flat.items() if k.endswith(("_points", "_band"))}


def _dated(line: Mapping[str, Any], _action: object) -> Mapping[str, Any]:
    return line


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
