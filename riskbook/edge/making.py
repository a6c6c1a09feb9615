"""Makes workbooks: the template is built, then refreshed once so that nothing in it is blank."""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbook import app
from riskbook.core.checks import RULES
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.profile import Profile
from riskbook.edge import template
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.template.fingerprint import facts


def made(profile: Profile, document: Mapping[str, Any]) -> tuple[FileBook, app.Outcome]:
    """A workbook of a profile, filled from a register document and refreshed."""
    book = FileBook(template.build(profile, document), profile.id)
    return book, app.refresh(book, profile, None, Judge())


def changed_facts(book: FileBook, profile: Profile) -> Iterator[Finding]:
    """Every controlled part of a workbook that differs from the profile's template (RB901)."""
    wanted, found = template.reference(profile), facts(book.data, profile)
    for fact in sorted(set(wanted) ^ set(found), key=(*wanted, *found).index):
        gone = fact in wanted
        yield Finding(
            code="RB901",
            severity=profile.severities.get("RB901", RULES["RB901"].severity),
            at=CellRef(_sheet_of(fact, profile), 1, 1),
            field="",
            value=fact,
            message=f"the template has {fact!r} and the workbook has not."
            if gone
            else f"the workbook has {fact!r} and the template has not.",
            fix="Copy the entries into a new workbook made by `riskbook new`.",
        )


def _sheet_of(fact: str, profile: Profile) -> str:
    return next((s for s in profile.sheets.values() if fact.startswith(s)), profile.sheets["about"])
