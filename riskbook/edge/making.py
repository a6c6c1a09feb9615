"""Makes workbooks: the template is built, then refreshed once so that nothing in it is blank.

::

    profile + register  -> template -> refresh -> .xlsx
                                               -> macros and ribbon -> .xlsm

A workbook for the shelf (:func:`blank`) is not refreshed, because a refresh writes the
day's date: its own sheets say how they are filled.
"""

from collections.abc import Mapping
from typing import Any

from riskbook import app
from riskbook.core import settings
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.profile import Profile
from riskbook.edge import template
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.fingerprint.telling import Teller
from riskbook.edge.macros import parts, sources
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.template import Live
from riskbook.errors import TemplateError

OWN = (  # the sheets that a refresh fills
    *("summary", "heat_map", "breakdown", "checks"),
    *("weighting", "actions_due", "risk_pages"),
)
TO_FILL = "Press Refresh on the Riskbook tab, or run: riskbook refresh FILE. It fills this sheet."


def made(
    profile: Profile, document: Mapping[str, Any], interpreters: Interpreters | None = None
) -> tuple[FileBook, app.Outcome]:
    """A workbook of a profile, filled from a register document and refreshed.

    With ``interpreters`` it has buttons, which start that Python.
    """
    live, modules = _live(interpreters)
    built = FileBook(template.build(profile, document, live), profile.id)
    book = _with_macros(built, modules)  # before the refresh, which looks whether they are ours
    outcome = app.refresh(book, profile, None, Judge())
    return book, outcome


def blank(profile: Profile, interpreters: Interpreters | None = None) -> bytes:
    """A workbook of a profile to copy and fill: the same bytes on every day."""
    live, modules = _live(interpreters)
    book = FileBook(template.build(profile, {}, live), profile.id)
    pages = [_to_fill(profile.sheets[role]) for role in OWN if role in profile.sheets]
    book.write(profile.risks.sheet, {}, pages)
    return _with_macros(book, modules).data


def changed_facts(book: FileBook, profile: Profile) -> tuple[Finding, ...]:
    """Every controlled part of a workbook that is not its template's, macros included."""
    try:
        return tuple(book.template_findings(profile))
    except TemplateError as error:  # a column is not found, so nothing is where it should be
        at = CellRef(profile.sheets["about"], 1, 1)
        return (Teller(profile)("RB901", at, error.what, error.fix),)


def _live(interpreters: Interpreters | None) -> tuple[Live | None, dict[str, str]]:
    """Settings and macros of a workbook with buttons; nothing of either for one without."""
    if interpreters is None:
        return None, {}
    modules = {**sources.modules(sources.BUTTONS, interpreters), **sources.vendor()}
    rows = settings.rows(interpreters.windows, interpreters.mac)
    return Live(settings=rows), modules


def _with_macros(book: FileBook, modules: Mapping[str, str]) -> FileBook:
    return FileBook(parts.with_macros(book.data, modules), book.name) if modules else book


def _to_fill(sheet: str) -> Page:
    title = PageRow((PageCell(sheet, "rb title"),), 26)
    return Page(sheet, (title, PageRow((PageCell(TO_FILL, "rb note"),))))
