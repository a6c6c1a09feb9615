"""The public edition of a register: what is exempt from publication is left out everywhere.

::

    reading, profile -> what is withheld -> register without it -> scores, summary anew
                                         -> the secrets that no finished file may hold

An entry that is withheld shows ``[withheld]`` where something stood; figures are worked out
from what is published, and an overall score with a part that is not is not shown.  The
cells that were read are left out too, so that nothing can print them by mistake.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from riskbook.core.grid import Grid
from riskbook.core.marks import MARK, REASON, unread
from riskbook.core.model import AXES, Register, family
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, Sheet
from riskbook.core.scores import Scores, score
from riskbook.core.secret import Mention, mentions, secrets
from riskbook.core.summary import Summary, summarise
from riskbook.core.traces import Secret
from riskbook.core.values import alike, natural
from riskbook.core.withheld import NO_REASON, Held, held, published, without_marks
from riskbook.core.words import listed
from riskbook.errors import RiskbookError

DATES = {"original_due", "revised_due", "completed", "status"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What a public edition does not say; its sentence is printed, its secrets never are."""

    sentence: str  # "2 risks and 1 action are withheld: Paragraph 3 (3)."
    secrets: tuple[Secret, ...]
    mentions: tuple[Mention, ...]  # published entries that give a secret away


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The public edition of a register."""

    profile: Profile  # without the columns of the marks
    reading: Reading  # without a cell
    scores: Scores
    summary: Summary
    withheld: Withheld


def public(reading: Reading, profile: Profile) -> Edition:
    """The public edition of what was read.

    Raises:
        RiskbookError: a column of marks is not read, so nobody knows what is exempt.
    """
    _refuse_unread_marks(reading, profile)
    found = held(reading, profile)
    register = published(reading.register, found, profile)
    shown = replace(
        profile,
        risks=without_marks(profile.risks),
        actions=without_marks(profile.actions) if profile.actions else None,
    )
    hidden = secrets(reading.register, register, found, profile)
    scores = _scores(reading.register, register, found, shown)
    return Edition(
        profile=shown,
        reading=_without_cells(reading, register),
        scores=scores,
        summary=summarise(register, scores, shown),
        withheld=Withheld(
            sentence=sentence(found, profile),
            secrets=hidden,
            mentions=tuple(mentions(hidden, reading.register, register, profile)),
        ),
    )


def _refuse_unread_marks(reading: Reading, profile: Profile) -> None:
    """A column of marks that is not read would publish what it marks."""
    for at, why in unread(reading, profile):
        raise RiskbookError(
            f"{at}: {why}, so nobody knows what is exempt from publication.",
            fix="give the columns of the marks the headings that the profile has for them, and "
            "delete second ones, or give another name to what marks nothing.",
        )


def _scores(full: Register, register: Register, found: Held, profile: Profile) -> Scores:
    """The scores of what is published; no overall where a part of it is withheld."""
    scores = score(register, profile)
    sheet = profile.risks.sheet
    parts = {family(risk.ref) for risk in full.risks if risk.row in found.risks}
    parts |= {
        family(risk.ref)
        for risk in full.risks
        if "weight" in found.fields.get((sheet, risk.row), ())
    }
    overalls = {
        ref: replace(overall, points={}, bands={}) if ref in parts else overall
        for ref, overall in scores.overalls.items()
    }
    return replace(scores, overalls=overalls)


def _without_cells(reading: Reading, register: Register) -> Reading:
    return replace(
        reading,
        register=register,
        risks=_bare(reading.risks),
        actions=_bare(reading.actions) if reading.actions else None,
    )


def _bare(sheet: Sheet) -> Sheet:
    """A sheet that knows where its columns are, and nothing of what is in them."""
    mapped = sheet.mapped
    columns = {f: place for f, place in mapped.columns.items() if f not in (MARK, REASON)}
    return Sheet(
        table=without_marks(sheet.table),
        grid=Grid(sheet=sheet.grid.sheet, top=sheet.grid.top, left=sheet.grid.left),
        mapped=replace(mapped, columns=columns, renamed={}, unknown={}, twice={}),
    )


def sentence(found: Held, profile: Profile) -> str:
    """What is withheld, for print: ``2 risks are withheld: Paragraph 3 (2).`` and what follows."""
    entries = sum(len(fields) for fields in found.fields.values())
    row = "sub-risk" if profile.risks.column("sub_ref") else "risk"
    counts = ((len(found.risks), row), (len(found.actions), "action"), (entries, "field"))
    told = [f"{count} {one}{'s' if count > 1 else ''}" for count, one in counts if count]
    if not told:
        return "Nothing is withheld."
    total = sum(count for count, _ in counts)
    said = f"{listed(told)} {'is' if total == 1 else 'are'} withheld: {', '.join(_why(found))}."
    return " ".join((said, *_consequences(found, profile)))


def _consequences(found: Held, profile: Profile) -> Iterator[str]:
    """What a reader would otherwise take for a fault of the register."""
    fields = {field for fields in found.fields.values() for field in fields}
    levels = {f"{stage}_{axis}" for stage in profile.stages for axis in AXES}
    if fields & {*levels, "weight"} or (profile.weighted and found.risks):
        yield "A score that rests on what is withheld is left out and counts as not scored."
    if fields & DATES:
        yield "An action whose date or status is withheld counts as one without a date."


def _why(found: Held) -> Iterator[str]:
    """Each reason with how often it is given, the most frequent first."""
    spelt: dict[str, str] = {}
    reasons = [reason.rstrip(".") or NO_REASON for reason in found.reasons()]
    counts = Counter(alike(spelt.setdefault(alike(reason), reason)) for reason in reasons)
    for mark in sorted(counts, key=lambda mark: (-counts[mark], natural(mark))):
        yield f"{spelt[mark]} ({counts[mark]})"
