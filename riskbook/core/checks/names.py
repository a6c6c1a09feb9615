"""Words that stand where a name should (RB506, RB507)."""

from collections.abc import Callable, Iterable, Iterator

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.model import Entry
from riskbook.core.profile import Column
from riskbook.core.values import alike, clean, people

PLACEHOLDERS = (
    *("n/a", "na", "n.a.", "n.a", "not applicable", "none", "nil", "null", "nan", "nobody"),
    *("tbc", "tbd", "tba", "to be confirmed", "to be decided", "to be advised"),
    *("unknown", "unassigned", "not assigned", "-", "--", "---", "?", "??", "???", "x", "xx", "."),
)
SURNAME = "Na"


def _people(case: Case) -> Iterator[tuple[Column, Entry, str]]:
    for table, records in case.tables():
        for column in (column for column in table.columns if column.kind == "people"):
            for record in records:
                entry = record.entries[column.field]
                for name in people(entry.text, case.profile.separators):
                    yield column, entry, name


def placeholders(case: Case) -> Iterator[Finding]:
    """RB506, RB507: "N/A" owns no risk; "Na" is a surname too."""
    for column, entry, name in _people(case):
        if alike(name) in PLACEHOLDERS and clean(name) != SURNAME:
            yield case.finding(
                "RB506",
                entry.at,
                f"{name!r} under {column.heading} names nobody.",
                "Type a person or a post, or leave the cell blank.",
                field=column.field,
                value=name,
            )
        elif clean(name) == SURNAME:
            yield case.finding(
                "RB507",
                entry.at,
                f"{name!r} under {column.heading} was read as a name.",
                "Leave the cell blank if nobody is meant.",
                field=column.field,
                value=name,
            )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (placeholders,)
