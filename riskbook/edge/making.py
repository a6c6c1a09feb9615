"""Makes workbooks: the template is built, then refreshed once so that nothing in it is blank.

::

    profile + register  -> template -> refresh -> .xlsx
                                               -> macros and ribbon -> .xlsm

A workbook for the shelf (:func:`blank`) is not refreshed, because a refresh writes the
day's date: its own sheets say how they are filled.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbook import app
from riskbook.core import settings
from riskbook.core.checks import RULES
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.profile import Profile
from riskbook.core.reading import controlled
from riskbook.edge import template
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros import facts as macro_facts
from riskbook.edge.macros import parts, project, sources
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.template import Live
from riskbook.edge.template.fingerprint import digest, facts
from riskbook.errors import RiskbookError

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
    book = FileBook(template.build(profile, document, live), profile.id)
    outcome = app.refresh(book, profile, None, Judge())
    return _with_macros(book, modules), outcome


def blank(profile: Profile, interpreters: Interpreters | None = None) -> bytes:
    """A workbook of a profile to copy and fill: the same bytes on every day."""
    live, modules = _live(interpreters)
    book = FileBook(template.build(profile, {}, live), profile.id)
    pages = [_to_fill(profile.sheets[role]) for role in OWN if role in profile.sheets]
    book.write(profile.risks.sheet, {}, pages)
    return _with_macros(book, modules).data


def changed_facts(book: FileBook, profile: Profile) -> Iterator[Finding]:
    """Every controlled part of a workbook that differs from the profile's template (RB901)."""
    wanted, found = _wanted_and_found(book, profile)
    for fact in sorted(set(wanted) ^ set(found), key=(*wanted, *found).index):
        has, not_ = ("template", "workbook") if fact in wanted else ("workbook", "template")
        message = f"the {has} has {fact!r} and the {not_} has not."
        yield _changed(profile, _sheet_of(fact, profile), fact, message)
    about = profile.sheets["about"]
    mark = controlled(book.read([about])[about]).get("fingerprint", "")
    if mark != digest(wanted):
        yield _changed(profile, about, mark, "the fingerprint is not the template's.")


def _wanted_and_found(book: FileBook, profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that a workbook of the profile has, and those that this one has."""
    tabs = macro_facts.tabs_in(book.package)
    if parts.PROJECT not in book.package:
        return template.reference(profile), (*facts(book.data, profile), *tabs)
    modules = project.modules_of(book.package.part(parts.PROJECT))
    programs = macro_facts.programs_in(modules)
    live, _ = _live(_interpreters(programs))
    found = (*facts(book.data, profile, programs), *macro_facts.facts_of(modules), *tabs)
    return template.reference(profile, live), found


def _interpreters(programs: Mapping[str, str]) -> Interpreters:
    """The programs that the macros name; the usual ones where these could not be started."""
    windows, mac = (programs.get(key, "") for key in settings.INTERPRETERS)
    try:
        return Interpreters(windows=windows, mac=mac)
    except RiskbookError:
        return Interpreters()


def _live(interpreters: Interpreters | None) -> tuple[Live | None, dict[str, str]]:
    """Settings and macros of a workbook with buttons; nothing of either for one without."""
    if interpreters is None:
        return None, {}
    modules = {**sources.modules(sources.BUTTONS, interpreters), **sources.vendor()}
    rows = settings.rows(interpreters.windows, interpreters.mac)
    tab = macro_facts.tab(parts.RIBBON, sources.text_of("ribbon.xml"))
    return Live(settings=rows, facts=(*macro_facts.facts_of(modules), tab)), modules


def _with_macros(book: FileBook, modules: Mapping[str, str]) -> FileBook:
    return FileBook(parts.with_macros(book.data, modules), book.name) if modules else book


def _to_fill(sheet: str) -> Page:
    title = PageRow((PageCell(sheet, "rb title"),), 26)
    return Page(sheet, (title, PageRow((PageCell(TO_FILL, "rb note"),))))


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
    if fact.startswith(settings.SHEET):
        return settings.SHEET
    return next((s for s in profile.sheets.values() if fact.startswith(s)), profile.sheets["about"])
