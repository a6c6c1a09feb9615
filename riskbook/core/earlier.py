"""The register beside its earlier periods, as they were sealed: what changed, what was re-dated.

::

    sealed documents -> those of this register, before this day -> read as registers -> Changes

Which documents are of the same register is known by its references: those who file the
snapshots of several registers in one folder get no comparison of one with another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from riskbook.core import history, layout, reading
from riskbook.core.model import Action, Register, family
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores, score
from riskbook.core.summary import Changes
from riskbook.core.values import parse_day

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The register at the end of an earlier period."""

    day: date
    register: Register
    scores: Scores


def earlier(
    documents: Iterable[Document], register: Register, profile: Profile, as_at: date
) -> tuple[Earlier, ...]:
    """The sealed documents that are this register on days before, oldest first."""
    refs = {family(risk.key) for risk in register.risks}
    found = []
    for document in documents:
        read = _read(document, profile)
        if read and read.day < as_at and _same(read.register, refs):
            found.append(read)
    return tuple(sorted(found, key=lambda each: each.day))


def _read(document: Document, profile: Profile) -> Earlier | None:
    """A document as a register; None where its profile is another."""
    day = parse_day(str(document.get("about", {}).get("as_at", "")))
    if document.get("profile") != profile.id or day is None:
        return None
    found = reading.read(layout.grids(profile, document), profile).register
    return Earlier(day=day, register=found, scores=score(found, profile))


def _same(register: Register, refs: set[str]) -> bool:
    """Whether at least half of the references of the smaller register stand in both."""
    others = {family(risk.key) for risk in register.risks}
    return 2 * len(refs & others) >= max(1, min(len(refs), len(others)))


def compared(
    before: Sequence[Earlier], register: Register, scores: Scores, profile: Profile
) -> Changes | None:
    """What changed since the last of the earlier registers; None where there is none."""
    if not before:
        return None
    last = before[-1]
    stage = _stage(profile)
    moved: dict[str, list[str]] = {"up": [], "down": [], "no": []}
    for movement in history.movements((last.register, last.scores), (register, scores), profile):
        if movement.stage == stage:
            moved[movement.word.partition(" ")[0]].append(movement.ref)
    changes = history.changes(last.register.risks, register.risks, profile.risks)
    kinds = {kind: tuple(c.ref for c in changes if c.kind == kind) for kind in ("new", "gone")}
    return Changes(
        since=last.register.about.period or f"{last.day:%d/%m/%Y}",
        new=kinds["new"],
        gone=kinds["gone"],
        worse=tuple(moved["up"]),
        better=tuple(moved["down"]),
        unchanged=tuple(moved["no"]),
        redated=tuple(_redated(last.register, register)) if profile.actions else None,
        times=_times([*(each.register for each in before), register]),
    )


def _stage(profile: Profile) -> str:
    """The stage whose movement is told."""
    return "nett" if "nett" in profile.stages else profile.stages[0]


def _redated(before: Register, after: Register) -> Iterator[str]:
    """The actions whose date in force is another than it was."""
    then = {family(action.ref): action for action in before.actions}
    for action in after.actions:
        old = then.get(family(action.ref))
        if old and _day(old) and _day(action) and _day(old) != _day(action):
            yield action.ref


def _times(registers: Sequence[Register]) -> dict[str, int]:
    """How often each action was re-dated, from its first date to the one in force today."""
    days: dict[str, list[date]] = defaultdict(list)
    for register in registers:
        for action in register.actions:
            seen = days[family(action.ref)]
            original = action.due("original_due")
            for day in (original.day if original and not seen else None, _day(action)):
                if day and (not seen or seen[-1] != day):
                    seen.append(day)
    return {ref: len(seen) - 1 for ref, seen in days.items() if len(seen) > 1}


def _day(action: Action) -> date | None:
    return action.due_now.day if action.due_now else None


def published(changes: Changes | None, register: Register, profile: Profile) -> Changes | None:
    """The changes that concern what a register still holds: for an edition of it.

    What is gone is left out: nobody knows whether it might be published.  Neither does a
    risk whose rating is withheld tell how it moved, nor an action how its date did.
    """
    if changes is None:
        return None
    risks = {risk.key for risk in register.risks}
    scored = {risk.key for risk in register.risks if _stage(profile) in risk.ratings}
    actions = {action.ref for action in register.actions if action.due_now}
    return replace(
        changes,
        new=_within(changes.new, risks),
        gone=None,
        worse=_within(changes.worse, scored) or (),
        better=_within(changes.better, scored) or (),
        unchanged=_within(changes.unchanged, scored),
        redated=_within(changes.redated, actions),
        times={ref: n for ref, n in changes.times.items() if ref in {*map(family, actions)}},
    )


def _within(refs: tuple[str, ...] | None, kept: set[str]) -> tuple[str, ...] | None:
    return None if refs is None else tuple(ref for ref in refs if ref in kept)
