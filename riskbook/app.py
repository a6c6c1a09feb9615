"""The use cases: one straight line from the cells of a book to pages in a book.

::

    book.read -> reading -> scores -> checks -> summary -> pages -> book.write

A book is a port: a file, an open workbook, or grids in memory.  Only the book differs;
what happens between reading and writing is the same for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol

from riskbook.core import checks, edition, formulas, reading, settings
from riskbook.core.blocks import Paper
from riskbook.core.checks import figures, template
from riskbook.core.committee import paper
from riskbook.core.document import document
from riskbook.core.earlier import compared, earlier, published
from riskbook.core.finding import Finding, Severity
from riskbook.core.grid import Grid
from riskbook.core.page import Page
from riskbook.core.pages import Figures, lay_out
from riskbook.core.pages.checks import totals
from riskbook.core.pages.front import what_there_is
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading
from riskbook.core.scores import Result, Scores, results, score
from riskbook.core.summary import Changes, Summary, summarise
from riskbook.core.values import parse_day
from riskbook.core.words import LATER_SHEETS, SHEETS
from riskbook.errors import TemplateError

Results = Mapping[tuple[int, int], Result]  # (row, column) on the risks sheet -> value


class Book(Protocol):
    """Where a register lives."""

    @property
    def name(self) -> str:
        """What people call it, e.g. the file's name."""

    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""

    def read(self, sheets: Sequence[str]) -> Mapping[str, Grid]:
        """The cells of some sheets, each in one block."""

    def template_findings(self, profile: Profile, found: Reading) -> Sequence[Finding]:
        """What the book has lost of its template; () where its parts cannot be seen."""

    def write(self, sheet: str, computed: Results, pages: Sequence[Page]) -> None:
        """Write computed cells of one sheet, and whole pages; all or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a use case found and made."""

    profile: Profile
    as_at: date
    reading: Reading
    scores: Scores
    summary: Summary
    findings: tuple[Finding, ...]
    changes: Changes | None = None  # since an earlier period; None where none is known
    withheld: str = ""  # what the edition leaves out, in a sentence; empty in the full one
    hidden: edition.Withheld | None = None  # what no file of the public edition may hold

    @property
    def figures(self) -> Figures:
        """What pages and reports are made from."""
        return Figures(
            register=self.reading.register,
            scores=self.scores,
            profile=self.profile,
            as_at=self.as_at,
            summary=self.summary,
            findings=None if self.withheld else self.findings,
            changes=self.changes,
        )

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every sheet of riskbook's own, laid out."""
        return lay_out(self.figures)

    def paper(self, made: str) -> Paper:
        """The committee report; ``made`` says by which program."""
        return paper(self.figures, made=made, withheld=self.withheld)

    @property
    def exit_code(self) -> int:
        """0 none of severity error, 1 some."""
        return int(any(found.severity is Severity.ERROR for found in self.findings))

    @property
    def sentence(self) -> str:
        """``8 risks; 0 errors, 4 warnings, 2 notes``."""
        there = what_there_is(self.reading.register, self.profile)
        found = totals(self.findings).rstrip(".")
        return f"{there}; {found[:1].lower()}{found[1:]}"

    def document(self) -> dict[str, Any]:
        """The register as register.schema.json describes it, scores and findings included."""
        return document(self.reading.register, self.scores, self.findings, self.profile)


def profile_named_in(book: Book) -> str:
    """The id of the profile that a workbook says it was made from.

    Raises:
        TemplateError: the book is not one of riskbook's.
    """
    told = _profile_told(book)
    if not told:
        raise _stranger(book)
    return told


def _profile_told(book: Book) -> str:
    about = SHEETS["about"]
    if about not in book.sheets():
        return ""
    return reading.controlled(book.read([about])[about]).get("profile", "")


def _stranger(book: Book) -> TemplateError:
    sheets = book.sheets()
    listed = ", ".join(sheets[:6]) + (", ..." if len(sheets) > 6 else "")
    return TemplateError(
        f"{book.name!r} was not made by riskbook: no About sheet names its profile "
        f"(its sheets: {listed}).",
        fix="make a workbook with `riskbook new` and copy the entries into it.",
    )


def check(
    book: Book,
    profile: Profile,
    as_at: date | None,
    judge: checks.Judge,
    sealed: Sequence[Mapping[str, Any]] = (),
) -> Outcome:
    """Every finding of a book, also of computed cells that show an old value.

    ``sealed`` are the documents of earlier periods, to compare with.
    """
    outcome, case = _look(book, profile, as_at, judge, sealed)
    found = (*outcome.findings, *figures.old_values(case))
    return replace(outcome, findings=checks.in_order(found, profile))


def public(outcome: Outcome) -> Outcome:
    """The public edition of what was found: without what is exempt, and without the findings.

    Raises:
        RiskbookError: a column of marks is not read, so nobody knows what is exempt.
    """
    made = edition.public(outcome.reading, outcome.profile)
    return replace(
        outcome,
        profile=made.profile,
        reading=made.reading,
        scores=made.scores,
        summary=made.summary,
        findings=(),
        changes=published(outcome.changes, made.reading.register, made.profile),
        withheld=made.withheld.sentence,
        hidden=made.withheld,
    )


def refresh(
    book: Book,
    profile: Profile,
    as_at: date | None,
    judge: checks.Judge,
    sealed: Sequence[Mapping[str, Any]] = (),
) -> Outcome:
    """Recalculate a book and write its computed cells and riskbook's own sheets.

    What was an old value in a computed cell is new afterwards, so it is no finding.
    """
    outcome, _ = _look(book, profile, as_at, judge, sealed)
    there = book.sheets()
    pages = [page for page in outcome.pages if page.sheet in there]
    book.write(profile.risks.sheet, computed(outcome), pages)
    return outcome


def _look(
    book: Book,
    profile: Profile,
    as_at: date | None,
    judge: checks.Judge,
    sealed: Sequence[Mapping[str, Any]],
) -> tuple[Outcome, checks.Case]:
    grids, found = _read(book, profile)
    day = as_at or parse_day(found.register.about.as_at) or date.today()
    scores = score(found.register, profile)
    case = checks.Case(reading=found, scores=scores, profile=profile, as_at=day, judge=judge)
    findings = checks.in_order(
        (
            *checks.run(case),
            *template.changed(grids, case),
            *template.unsafe(grids, case),
            *template.versions(grids, case),
            *template.lacking(book.sheets(), case),
            *book.template_findings(profile, found),
        ),
        profile,
    )
    summary = summarise(found.register, scores, profile)
    before = earlier(sealed, found.register, profile, day)
    outcome = Outcome(
        profile=profile,
        as_at=day,
        reading=found,
        scores=scores,
        summary=summary,
        findings=findings,
        changes=compared(before, found.register, scores, profile),
    )
    return outcome, case


def _read(book: Book, profile: Profile) -> tuple[Mapping[str, Grid], Reading]:
    try:
        _refuse_missing_sheets(book, profile)
        grids = book.read(_inputs(book, profile))
        return grids, reading.read(grids, profile)
    except TemplateError as error:
        if profile.sheets["about"] not in book.sheets():
            raise _stranger(book) from None
        told = _profile_told(book)
        if told in ("", profile.id):
            raise
        raise TemplateError(
            f"{book.name!r} was made from the profile {told!r} and does not fit {profile.id!r}: "
            f"{error.what[:1].lower()}{error.what[1:]}",
            fix=f"read it by its own profile, {told!r}.",
        ) from None


def _inputs(book: Book, profile: Profile) -> list[str]:
    roles = ("about", "risks", "actions", "key", "lists")
    of_buttons = [name for name in book.sheets() if name.casefold() == settings.SHEET]
    return [profile.sheets[role] for role in roles if role in profile.sheets] + of_buttons


def _refuse_missing_sheets(book: Book, profile: Profile) -> None:
    present = book.sheets()
    for role, wanted in profile.sheets.items():
        if wanted not in present and role not in LATER_SHEETS:
            others = [name for name in present if name not in profile.sheets.values()]
            cased = {name.casefold(): name for name in others}
            near = get_close_matches(wanted.casefold(), cased, n=1, cutoff=0.4)
            rename = f"rename {cased[near[0]]!r} back to {wanted!r}" if near else "restore a backup"
            raise TemplateError(
                f"{book.name!r} has no sheet {wanted!r}; it has: {', '.join(present)}.",
                fix=f"{rename}, or copy the entries into a new workbook made by `riskbook new`.",
            )


def computed(outcome: Outcome) -> dict[tuple[int, int], Result]:
    """The value of every computed cell whose formula is riskbook's; blank where no risk stands."""
    profile, sheet = outcome.profile, outcome.reading.risks
    columns = [
        (column.field, sheet.mapped.columns[column.field], formulas.formula(profile, column))
        for column in profile.risks.columns
        if not column.entered and column.field in sheet.mapped.columns
    ]
    by_row = {
        risk.row: results(risk, outcome.scores, profile) for risk in outcome.reading.register.risks
    }
    return {
        (row, place): by_row.get(row, {}).get(field, "")
        for row, _ in sheet.grid.lines()
        if row > sheet.mapped.row
        for field, place, wanted in columns
        if formulas.stands(sheet, wanted, row, place)
    }
