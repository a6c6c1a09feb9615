"""A clean workbook in place of a damaged one: every entry carried, the rest certified.

::

    damaged FILE -> places -> reading -> take -> template -> read back, compared -> OUT
                       left, put right, moved --------------------------> certificate

FILE is never changed.  The new workbook is today's of the same profile; before anything is
written it is read again, and every entry in it must be the one of the old workbook.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from riskbook import app
from riskbook.core import reading
from riskbook.core.certificate import Certificate, Remark, Version
from riskbook.core.finding import Finding
from riskbook.core.grid import Grid
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading
from riskbook.edge.disk import saving
from riskbook.edge.disk.naming import shown
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros import parts
from riskbook.edge.macros.sources import DEFAULT, Interpreters
from riskbook.edge.making import changed_facts, made
from riskbook.edge.repairing import carrying, leaving, mending
from riskbook.edge.repairing.places import Places, places
from riskbook.errors import SavingError

__all__ = ["Repaired", "default_name", "repair"]

PLAIN, BUTTONS = ".xlsx", ".xlsm"
CERTIFICATE = " certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a repair made."""

    path: Path
    certificates: tuple[Path, ...]  # for people, for programs
    certificate: Certificate
    outcome: app.Outcome


def default_name(book: FileBook, file: Path) -> str:
    """``Register repaired.xlsx`` for ``Register.xlsx``; ``.xlsm`` where it has buttons."""
    return f"{file.stem} repaired{BUTTONS if parts.PROJECT in book.package else PLAIN}"


def repair(
    book: FileBook,
    out: Path,
    *,
    on: date,
    named: str | None = None,
    interpreters: Interpreters = DEFAULT,
    overwrite: bool = False,
) -> Repaired:
    """Make a clean workbook with every entry of a damaged one, and a certificate of it.

    Args:
        book: the damaged workbook.
        out: the clean one's place; with buttons where it ends in .xlsm.
        on: the day of the certificate.
        named: the profile, where the workbook does not say it itself.
        interpreters: the Python that buttons start; what the damaged workbook says of it is
            not believed.
        overwrite: replace files of these names.

    Raises:
        TemplateError: what is to be carried is not to be found for sure, or would change.
        SavingError: the new workbook could not be written.
    """
    texts = tuple(out.with_name(f"{out.stem}{CERTIFICATE}{end}") for end in (".txt", ".json"))
    _refuse(book, (out, *texts), overwrite)
    found = places(book.name, book.read(book.sheets()), named)
    found, errors = _without_errors(found)
    old = reading.read(found.grids, found.profile)
    taken = carrying.take(old, found.profile)
    buttons = interpreters if out.suffix.lower() == BUTTONS else None
    fresh, outcome = made(found.profile, taken.document, buttons)
    grids = fresh.read(fresh.sheets())
    new = reading.read(grids, found.profile)
    carrying.compare(taken, new)
    about = found.profile.sheets["about"]
    findings = _compared(book, found.profile)
    why = "macros of its own are not carried"
    macros = (
        Remark(cell="", heading=name, value="", why=why) for name in mending.own_macros(findings)
    )
    certificate = Certificate(
        made=on.isoformat(),
        old=_version(book.name, book.data, found.told),
        new=_version(shown(out.name), fresh.data, reading.controlled(grids[about])),
        carried=tuple(
            carrying.columns(taken, old, new, (found.grids.get(about), grids.get(about)))
        ),
        left=(*errors, *taken.left, *leaving.left(book, found, old, fresh), *macros),
        otherwise=taken.otherwise,
        put_right=tuple(_put_right(book, found, old, findings)),
        totals=tuple(carrying.totals(old, new)),
    )
    saving.create(out, fresh.data, overwrite=overwrite, keep=True)
    told = json.dumps(certificate.document(), ensure_ascii=False, indent=2) + "\n"
    for path, text in zip(texts, (certificate.text(), told), strict=True):
        saving.create(path, text.encode(), overwrite=overwrite)
    return Repaired(path=out, certificates=texts, certificate=certificate, outcome=outcome)


def _refuse(book: FileBook, files: tuple[Path, ...], overwrite: bool) -> None:
    """Refuse before any work what could not be written after it."""
    for path in files:
        if book.path is not None and os.path.realpath(path) == os.path.realpath(book.path):
            raise SavingError(
                f"{path.name} is the damaged workbook, and a repair never changes it.",
                fix="name another file.",
            )
        saving.refuse_if_busy(path)
        if not overwrite and os.path.lexists(path):
            raise SavingError(
                f"There is a file {path.name} already.",
                fix="choose another name, move that file away, or replace it with --overwrite.",
            )


def _without_errors(found: Places) -> tuple[Places, tuple[Remark, ...]]:
    about = found.profile.sheets["about"]
    if about not in found.grids:
        return found, ()
    grid, remarks = leaving.without_errors(found.grids[about])
    grids: Mapping[str, Grid] = {**found.grids, about: grid}
    return replace(found, grids=grids), tuple(remarks)


def _version(name: str, data: bytes, told: Mapping[str, str]) -> Version:
    return Version(
        file=name,
        sha256=sha256(data).hexdigest(),
        profile=told.get("profile", ""),
        profile_version=told.get("profile_version", ""),
        template_version=told.get("template_version", ""),
    )


def _put_right(
    book: FileBook, found: Places, old: Reading, findings: Sequence[Finding]
) -> Iterator[str]:
    profile = found.profile
    yield from found.put_right
    there = book.sheets()
    for name in profile.sheets.values():
        if name not in there and not _called_otherwise(name, found):
            yield f"The sheet {name!r} is there again."
    yield from leaving.shown_again(old)
    for sheet in old.sheets:
        yield from leaving.typed_over(sheet, profile)
    if profile.sheets["about"] not in there:
        yield "Locks, dropdowns, names and lists are the template's; they were not compared."
    yield from mending.sentences(findings, there)
    fixed = [profile.sheets[role] for role in ("key", "lists") if profile.sheets[role] in there]
    yield from mending.words(book.read(fixed), profile)


def _called_otherwise(name: str, found: Places) -> bool:
    return name in found.grids and found.grids[name].sheet != name


def _compared(book: FileBook, profile: Profile) -> tuple[Finding, ...]:
    """What the template check says; nothing where no About says what to compare with."""
    about = profile.sheets["about"]
    return tuple(changed_facts(book, profile)) if about in book.sheets() else ()
