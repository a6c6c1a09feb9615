"""Makes workbooks: the template is built, then refreshed once so that nothing in it is blank."""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbook import app
from riskbook.core.checks import RULES
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.profile import Profile
from riskbook.core.reading import controlled
from riskbook.edge import template
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.template.fingerprint import digest, facts


def made(profile: Profile, document: Mapping[str, Any]) -> tuple[FileBook, app.Outcome]:
    """A workbook of a profile, filled from a register document and refreshed."""
    book = FileBook(template.build(profile, document), profile.id)
    return book, app.refresh(book, profile, None, Judge())


def changed_facts(book: FileBook, profile: Profile) -> Iterator[Finding]:
    """Every controlled part of a workbook that differs from the profile's template (RB901)."""
    wanted, found = template.reference(profile), facts(book.data, profile)
    for fact in sorted(set(wanted) ^ set(found), key=(*wanted, *found).index):
        has, not_ = ("template", "workbook") if fact in wanted else ("workbook", "template")
        message = f"the {has} has {fact!r} and the {not_} has not."
        yield _changed(profile, _sheet_of(fact, profile), fact, message)
    about = profile.sheets["about"]
    mark = controlled(book.read([about])[about]).get("fingerprint", "")
    if mark != digest(wanted):
        yield _changed(profile, about, mark, "the fingerprint is not the template's.")


def _changed(profile: Profile, sheet: str, value: str, message: str) -> Finding:
    return Finding(
        code="RB901",
        severity=profile.severities.get("RB901", RULES["RB901"].severity),
        at=CellRef(sheet, 1, 1),
        field="",
        value=value,
        message=message,
        fix="Copy the entries into a new workbook made by `riskbook new`.",
    )


def _sheet_of(fact: str, profile: Profile) -> str:
    return next((s for s in profile.sheets.values() if fact.startswith(s)), profile.sheets["about"])
