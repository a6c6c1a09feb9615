"""Dropdowns, input help and error alerts: what Excel says while an officer types.

What is allowed comes from the profile's JSON Schema of the column, so the dropdown and
the check after it never disagree.
"""

from typing import Any

from riskbook.core import formulas
from riskbook.core.profile import Column, Profile, Table

TITLE, MESSAGE = 32, 255  # characters: the most that Excel shows


def validation(profile: Profile, table: Table, column: Column) -> dict[str, Any] | None:
    """The validation of an entry column, as XlsxWriter takes it; None for a computed one."""
    if not column.entered:
        return None
    rule = {**_rule(profile, table, column), "ignore_blank": True, "error_type": "stop"}
    rule["error_title"] = column.heading[:TITLE]
    if help_text := _help(profile, column):
        rule["input_title"] = column.heading[:TITLE]
        rule["input_message"] = help_text[:MESSAGE]
    return rule


def _rule(profile: Profile, table: Table, column: Column) -> dict[str, Any]:
    schema = profile.schema(column)
    if source := formulas.validation_source(column):
        return {
            "validate": "list",
            "source": f"={source}",
            "error_message": "Choose one of the entries in the list.",
        }
    if column.field == "risk":
        return {
            "validate": "list",
            "source": "=risk_refs",
            "error_message": "Choose a reference that stands on the risks sheet.",
        }
    if column.kind == "weight":
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": schema["minimum"],
            "maximum": schema["maximum"],
            "error_message": "Type a percentage between 0 and 100 %, such as 40%.",
        }
    if column.kind == "number":
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": -1_000_000_000,
            "error_message": "Type a number.",
        }
    most = schema.get("maxLength", 40)
    return {
        "validate": "length",
        "criteria": "<=",
        "value": most,
        "error_message": f"Type at most {most} characters.",
    }


def _help(profile: Profile, column: Column) -> str:
    if column.kind == "level" and not column.help:
        scale = profile.scales[column.axis]
        return ", ".join(profile.label(column.axis, n) for n in range(1, len(scale) + 1))
    return column.help
