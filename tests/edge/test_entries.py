"""Which keywords of a schema an understood entry violates."""

from datetime import date
from decimal import Decimal

import pytest

from riskbook.edge.documents import entries, profiles
from riskbook.edge.documents.entries import Judge

LEVEL = {"type": "integer", "minimum": 1, "maximum": 5}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
STEP = {"type": "number", "multipleOf": 0.05}
TENTH = {"enum": [0.1, "none"], "minimum": 0.1}
REF = {"type": "string", "maxLength": 6, "pattern": "^[A-Z0-9]+$"}
DAY = {"type": "string", "format": "date"}
STATUS = {"enum": ["Open", "Closed"]}


@pytest.mark.parametrize(
    ("schema", "value", "violated"),
    [
        (LEVEL, 1, ""),
        (LEVEL, 5, ""),
        (LEVEL, Decimal("3"), ""),
        (LEVEL, Decimal("3.0"), ""),  # a whole number, however it was typed
        (LEVEL, Decimal("3.5"), "type"),
        (LEVEL, 0, "minimum"),
        (LEVEL, 6, "maximum"),
        (LEVEL, Decimal(6), "maximum"),
        (LEVEL, "3", "type"),  # text that was not understood
        (LEVEL, "Quite likely", "type"),
        (LEVEL, True, "type"),
        (SHARE, Decimal("0.4"), ""),
        (SHARE, Decimal("1.01"), "maximum"),
        (SHARE, Decimal("-0.1"), "minimum"),
        (SHARE, Decimal("NaN"), "type"),
        (SHARE, "lots", "type"),
        (STEP, Decimal("0.15"), ""),  # 0.15 / 0.05 is 2.9999999999999996 in binary
        (STEP, Decimal("0.16"), "multipleOf"),
        (STEP, 0.15, ""),
        (STEP, 10**400, ""),
        (STEP, "0.15", "type"),
        (TENTH, Decimal("0.1"), ""),  # not the binary number next to it
        (TENTH, Decimal("0.09"), "enum minimum"),
        (REF, "R12", ""),
        (REF, "r12", "pattern"),
        (REF, "R12\n", "pattern"),  # "$" is the very end, not the last line's
        (REF, "R-1234567", "maxLength pattern"),
        (REF, 12, "type"),
        (DAY, "2022-03-31", ""),
        (DAY, "2022-02-30", "format"),
        (DAY, "next spring", "format"),
        (STATUS, "Open", ""),
        (STATUS, "open", "enum"),
    ],
)
def test_an_entry_violates_these_keywords(schema, value, violated):
    assert " ".join(Judge()(schema, value)) == violated


@pytest.mark.parametrize(
    ("field", "value", "violated"),
    [
        ("ref", "2", ()),
        ("ref", "2*", ("pattern",)),
        ("nett_impact", 6, ("maximum",)),
        ("weight", Decimal("0.15"), ()),
        ("title", "x" * 32_768, ("maxLength",)),
        ("prior_nett", Decimal("18.5"), ()),
        ("prior_nett", "18 or so", ("type",)),
    ],
)
def test_the_schemas_of_a_profile_judge_its_entries(field, value, violated):
    profile = profiles.load("strategic-weighted-5x5")

    assert Judge()(profile.schema(profile.risks.column(field)), value) == violated


def test_a_day_that_was_understood_passes_as_its_iso_text():
    assert Judge()(DAY, date(2022, 3, 31).isoformat()) == ()


def test_one_and_true_are_different_entries():
    judge = Judge()

    assert [judge(LEVEL, value) for value in (1, True, Decimal(1), True)] == [
        (),
        ("type",),
        (),
        ("type",),
    ]


def test_each_schema_is_compiled_once_and_each_of_its_values_judged_once(monkeypatch):
    compiled, judged = [], []

    class Counting:
        def __init__(self, schema):
            compiled.append(schema)

        def iter_errors(self, value):
            judged.append(value)
            return iter(())

    monkeypatch.setattr(entries, "compiled", Counting)
    judge = Judge()

    for _ in range(3):
        for value in (1, 2):
            judge(dict(LEVEL), value)
            judge(dict(reversed(SHARE.items())), value)
            judge(dict(SHARE), value)

    assert (len(compiled), len(judged)) == (2, 4)
