"""A register as the JSON document that register.schema.json describes.

Entries exactly as typed, in the profile's column order, with the scores beside them;
blank entries are left out.  The same form is read back by `riskbook new --data`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from riskbook.core.finding import Finding
from riskbook.core.model import Record, Register, Risk
from riskbook.core.profile import Profile, Table
from riskbook.core.scores import Scores
from riskbook.core.scoring import as_json
from riskbook.core.values import clean, typed

FORMAT = "riskbook-register/1"


def document(
    register: Register, scores: Scores, findings: Sequence[Finding], profile: Profile
) -> dict[str, Any]:
    """The whole register; without a key for what it has none of."""
    found: dict[str, Any] = {"format": FORMAT, "profile": profile.id, "about": _about(register)}
    found["risks"] = [_risk(risk, scores, profile) for risk in register.risks]
    if profile.actions:
        found["actions"] = [_entries(action, profile.actions) for action in register.actions]
    if scores.overalls:
        found["overall"] = {
            overall.ref: {
                stage: {"points": as_json(points), "band": overall.bands[stage].label}
                for stage, points in overall.points.items()
            }
            for overall in scores.overalls.values()
        }
    found["findings"] = [finding_document(finding) for finding in findings]
    return found


def carried_over(found: Mapping[str, Any], period: str, as_at: str) -> tuple[dict[str, Any], int]:
    """The document with which the next period begins, and how many updates were cleared.

    Every entry stays but the update of each risk: what was written of the last period
    would pass for this one's.
    """
    risks = [
        {field: value for field, value in risk.items() if field not in ("update", "scores")}
        for risk in found["risks"]
    ]
    about = {**found["about"], "period": period, "as_at": as_at}
    carried = {
        "format": found["format"],
        "profile": found["profile"],
        "about": {name: said for name, said in about.items() if said},
        "risks": risks,
    }
    if "actions" in found:
        carried["actions"] = found["actions"]
    return carried, sum("update" in risk for risk in found["risks"])


def finding_document(finding: Finding) -> dict[str, str]:
    """One finding, as `check --json` prints it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.at.sheet,
        "cell": finding.at.address,
        "field": finding.field,
        "value": finding.value,
        "message": finding.message,
        "fix": finding.fix,
    }


def _about(register: Register) -> dict[str, Any]:
    about = register.about
    texts = ("organisation", "title", "period", "as_at", "introduction", "source")
    found: dict[str, Any] = {name: getattr(about, name) for name in texts if getattr(about, name)}
    if about.notes:
        found["notes"] = list(about.notes)
    return found


def _entries(record: Record, table: Table) -> dict[str, Any]:
    return {
        column.field: typed(record.entries[column.field].cell)
        for column in table.columns
        if column.entered and _filled(record, column.field)
    }


def _filled(record: Record, field: str) -> bool:
    entry = record.entries.get(field)  # older workbooks lack some columns
    return entry is not None and (entry.cell.formula is not None or bool(clean(entry.cell.text)))


def _risk(risk: Risk, scores: Scores, profile: Profile) -> dict[str, Any]:
    found = _entries(risk, profile.risks)
    scored = {
        stage: {
            "likelihood": risk.ratings[stage].likelihood,
            "impact": risk.ratings[stage].impact,
            "points": as_json(score.points),
            "band": score.band.label,
        }
        for stage, score in scores.by_row[risk.row].items()
    }
    if scored:
        found["scores"] = scored
    return found
