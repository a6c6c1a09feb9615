"""Words that stand where a name should (RB506, RB507)."""

import re
from collections.abc import Callable, Iterable, Iterator

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.model import Entry
from riskbook.core.profile import Column
from riskbook.core.values import alike, clean, people

# without spaces, full stops and brackets, in lower case
PLACEHOLDERS = (
    *("n/a", "na", "n/k", "notapplicable", "none", "nil", "null", "nan", "nobody", "noone"),
    *("tbc", "tbd", "tba", "tobeconfirmed", "tobedecided", "tobeadvised", "name", "insertname"),
    *("unknown", "notknown", "unassigned", "notassigned", "x", "xx", "xxx"),
)
DOUBTFUL = ("vacant", "vacancy", "vacantpost")  # perhaps a post, whoever holds it
SURNAMES = ("Na", "Null")


def _bare(name: str) -> str:
    return re.sub(r"[\s.()\[\]<>{}]", "", alike(name))


def _nobody(name: str) -> bool:
    """Whether a text names nobody: it is a word for that, or no word at all."""
    sign = bool(clean(name)) and not re.search(r"[^\W_]", name)
    return sign or (_bare(name) in PLACEHOLDERS and clean(name) not in SURNAMES)


def _people(case: Case) -> Iterator[tuple[Column, Entry, str]]:
    for table, records in case.tables():
        for column in (column for column in table.columns if column.kind == "people"):
            for record in records:
                entry = record.entries[column.field]
                whole = _nobody(entry.text)  # "N / A" are no two people
                names = people(entry.text, case.profile.separators)
                for name in [clean(entry.text)] if whole else names:
                    yield column, entry, name


def placeholders(case: Case) -> Iterator[Finding]:
    """RB506, RB507: "N/A" owns no risk; "Na" is a surname too, and "Vacant" may be a post."""
    for column, entry, name in _people(case):
        if _nobody(name):
            yield case.finding(
                "RB506",
                entry.at,
                f"{name!r} under {column.heading} names nobody.",
                "Type a person or a post, or leave the cell blank.",
                field=column.field,
                value=name,
            )
        elif name in SURNAMES or _bare(name) in DOUBTFUL:
            yield case.finding(
                "RB507",
                entry.at,
                f"{name!r} under {column.heading} was read as a name.",
                "Leave the cell blank if nobody is meant.",
                field=column.field,
                value=name,
            )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (placeholders,)
