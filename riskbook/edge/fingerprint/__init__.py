"""The template fingerprint: what a workbook has lost of the template that it was made from.

::

    parts of the file -> facts ─┐
                                ├─ compare -> findings, each at its cell
    references/*.json ──────────┘

Facts, not bytes: whatever an officer types, sorts, filters or resizes, and whatever
LibreOffice writes in another way, gives the same facts.  Values of Key and Lists, of
headings and of computed cells in rows with a risk are compared by
:mod:`riskbook.core.checks`, on every kind of book.
"""

from collections.abc import Iterator

from riskbook.core import layout, reading
from riskbook.core.finding import Finding
from riskbook.core.layout import TEMPLATE_VERSION
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, beside, controlled
from riskbook.edge.fingerprint import buttons, columns, references, shown, structure
from riskbook.edge.fingerprint.facts import Facts, Reference
from riskbook.edge.fingerprint.telling import Teller
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.workbook import Workbook

__all__ = ["Facts", "Reference", "differences"]

NEW = "Make one of today's version with `riskbook repair`, or the next with `riskbook new-period`."


def differences(
    book: Workbook, profile: Profile, build: references.Build, found: Reading | None = None
) -> Iterator[Finding]:
    """Every controlled part of a workbook that is not its template's.

    Args:
        book: the workbook, which has the sheets of the profile.
        profile: what it is read by.
        build: makes the reference of a profile that is not shipped.
        found: how it was read, where that is known.
    """
    tell = Teller(profile)
    about = reader.read(book, [profile.sheets["about"]])[profile.sheets["about"]]
    told = controlled(about)
    wanted = references.of(told, profile, build)
    yield from buttons.differences(book, profile, wanted.macros if wanted else ())
    facts = Facts(book, found or _read(book, profile), profile)
    at = beside(about, layout.CONTROLLED["template_version"])
    version = " ".join(told.get(key, "?") for key in ("profile", "profile_version"))
    version += f", template {told.get('template_version', '?')}"
    if wanted is None:
        message = f"nobody knows the version {version}, so the template was not compared."
        yield tell("RB910", at, message, NEW, value=version)
        return
    newest = (profile.id, profile.version, TEMPLATE_VERSION)
    if wanted.profile == profile.id and newest != told_of(wanted):
        message = f"the workbook is of an older version: {version}. It works as before."
        if told.get("fingerprint") == references.own(profile, build).mark:
            message = f"the workbook says that it is {version}, and its fingerprint is today's."
        yield tell("RB910", at, message, NEW, value=version)
    elif told_of(wanted) == newest and told.get("fingerprint") != wanted.mark:
        mark = beside(about, layout.CONTROLLED["fingerprint"])
        # the facts below say whether anything was changed; the mark alone, only who wrote it
        message = "the fingerprint is another: an earlier riskbook made it, or it was typed over."
        value = told.get("fingerprint", "")
        yield tell("RB910", mark, message, NEW, value=value)
    yield from columns.about(facts, about, tell)
    yield from columns.fixed(facts, tell)
    yield from structure.sheets(facts, wanted, tell)
    yield from structure.protection(facts, wanted, tell)
    yield from structure.names(facts, wanted, tell)
    yield from structure.whole(facts, tell)
    yield from columns.cells(facts, wanted, tell)
    yield from shown.differences(facts, wanted, tell)


def told_of(wanted: Reference) -> tuple[str, str, str]:
    """The version that a reference is of."""
    return wanted.profile, wanted.version, wanted.template


def _read(book: Workbook, profile: Profile) -> Reading:
    names = [sheet.name for sheet in book.sheets if sheet.name in profile.sheets.values()]
    return reading.read(reader.read(book, names), profile)
