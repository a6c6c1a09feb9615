"""Snapshots: the register of a period, sealed, in a folder beside the workbook.

::

    riskbook snapshots/
    ├── Register 2021-22 Q1.json     the export's document and a seal
    ├── Register 2021-22 Q2.json     its seal names the one before it
    └── Register 2021-22 Q2 (replaced 2021-11-02 101500).json

A snapshot is never overwritten and never deleted.  What a seal proves is said in
:mod:`riskbook.core.sealing`.
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from riskbook import __version__
from riskbook.app import Outcome
from riskbook.core import sealing
from riskbook.core.values import clean
from riskbook.edge.disk import saving
from riskbook.edge.disk.lock import LOCK, TEMPORARY, locked
from riskbook.edge.disk.naming import with_period
from riskbook.edge.disk.plainly import UNREADABLE, plainly
from riskbook.edge.documents import registers
from riskbook.edge.documents.shelf import decode, said
from riskbook.errors import RegisterError, SavingError

__all__ = ["FOLDER", "Checked", "Sealed", "beside", "seal", "verify"]

MOST = 100_000_000  # bytes of a snapshot; a register of 10,000 risks has a third of it
FOLDER = "riskbook snapshots"  # beside the workbook
SEALING = "a snapshot"  # what the lock of the folder says is being saved
NO_SNAPSHOTS = (LOCK, TEMPORARY, "._")  # riskbook's own, and what a Mac leaves on other drives


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A snapshot after it was asked for."""

    path: Path
    seal: str  # SHA-256 of its seal, to be kept elsewhere
    new: bool  # False where the same content was sealed already
    kept: Path | None = None  # where the snapshot that it replaces is now

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that were written."""
        return tuple(path for path in (self.path, self.kept) if path and self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file of a folder of snapshots, and what is wrong with it."""

    path: Path
    seal: str  # empty where it has none
    problem: str  # empty where nothing is wrong


def seal(
    outcome: Outcome,
    stem: str,
    folder: Path,
    *,
    workbook: str | None = None,
    replace: bool = False,
    now: datetime | None = None,
) -> Sealed:
    """Seal the period of a register into a folder of snapshots.

    Args:
        outcome: what checking or refreshing the workbook came to.
        stem: the workbook's name without its ending.
        folder: the folder of snapshots; it is made where it is not there.
        workbook: SHA-256 of the workbook's bytes, where it is a file.
        replace: seal other content anew; the old snapshot is kept under a dated name.
        now: the local time, for that name; the clock's by default.

    Raises:
        RegisterError: the register names no period.
        SavingError: the period is sealed with other content, or a seal is broken.
    """
    path = folder / f"{with_period(stem, _period(outcome))}.json"
    saving.sweep(path)
    document, facts = outcome.document(), _facts(outcome, workbook)
    fresh = sealing.sealed(document, facts, None)
    if same := _sealed(path, _whole(folder), fresh, replace=replace):
        return same
    saving.make_folder(folder)
    with plainly(folder.name), locked(folder / SEALING):  # each seal names the one before it
        there = _whole(folder)
        if same := _sealed(path, there, fresh, replace=replace):
            return same
        previous = sealing.last([each[sealing.SEAL] for each in there.values()])
        made = sealing.sealed(document, facts, previous)
        kept = _kept(path, now or datetime.now()) if path in there else None
        saving.create(path, registers.dump(made).encode(), overwrite=kept is not None)
    return Sealed(path=path, seal=made[sealing.SEAL][sealing.OWN], new=True, kept=kept)


def _sealed(
    path: Path, there: Mapping[Path, Mapping[str, Any]], fresh: Mapping[str, Any], *, replace: bool
) -> Sealed | None:
    """The snapshot that holds the same already; None where a new one is to be written."""
    if path not in there:
        return None
    if _same(there[path], fresh):
        return Sealed(path=path, seal=there[path][sealing.SEAL][sealing.OWN], new=False)
    if not replace:
        raise SavingError(
            f"{path.name} is sealed already, and this register differs from it.",
            fix="name another period on the About sheet, or seal it anew with --replace; "
            "the old snapshot is then kept under a dated name.",
        )
    return None


def _period(outcome: Outcome) -> str:
    period = clean(outcome.reading.register.about.period)
    if not period:
        raise RegisterError(
            "The register names no period, so a snapshot of it would have no name.",
            fix="type the period on the About sheet, e.g. 2021/22 Q2.",
        )
    return period


def _facts(outcome: Outcome, workbook: str | None) -> dict[str, str | None]:
    return {
        "riskbook": __version__,
        "profile": outcome.profile.id,
        "profile_version": outcome.profile.version,
        "period": _period(outcome),
        "as_at": outcome.as_at.isoformat(),
        "workbook_sha256": workbook,
    }


def _same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two snapshots hold the same register.

    What a later version of riskbook finds in it may differ, and so may the day where the
    register names none: it is then the day on which the command was run.
    """
    dated = bool(new["about"].get("as_at"))
    facts = ("period", "as_at") if dated else ("period",)
    return all(old[sealing.SEAL].get(n) == new[sealing.SEAL][n] for n in facts) and (
        sealing.digest(_register(old)) == sealing.digest(_register(new))
    )


def _register(document: Mapping[str, Any]) -> dict[str, Any]:
    return {n: part for n, part in sealing.content(document).items() if n != "findings"}


def _kept(path: Path, clock: datetime) -> Path:
    """Copy the old snapshot to a dated name, before the new one takes its place."""
    kept = path.with_stem(f"{path.stem} (replaced {clock:%Y-%m-%d %H%M%S})")
    saving.create(kept, path.read_bytes())
    return kept


def _whole(folder: Path) -> dict[Path, dict[str, Any]]:
    """The snapshots of a folder, none of them broken."""
    documents = _read(folder)
    wrong = [checked for checked in _checked(documents) if checked.problem]
    if wrong:
        raise SavingError(
            f"{wrong[0].path.name} in {folder.name!r}: {wrong[0].problem}.",
            fix="put the snapshot back from a backup, or seal into another folder.",
        )
    return {path: found for path, found in documents.items() if isinstance(found, dict)}


def beside(workbook: Path) -> tuple[Mapping[str, Any], ...]:
    """The sealed documents beside a workbook, to compare it with; broken ones are left out.

    A broken seal is `riskbook snapshot --verify`'s to tell: no figure is taken from it here.
    """
    documents = _read(workbook.parent / FOLDER)
    broken = {checked.path for checked in _checked(documents) if checked.problem}
    return tuple(
        sealing.content(found)
        for path, found in documents.items()
        if isinstance(found, dict)
        and path not in broken
        and "(replaced " not in path.name
        and _is_register(found)
    )


def verify(place: Path) -> tuple[Checked, ...]:
    """Check the seals of a folder of snapshots, or of one file in it.

    Args:
        place: the folder, the folder above it, a snapshot, or a workbook beside the folder.

    Raises:
        RegisterError: there is no snapshot.
    """
    with plainly(place.name, UNREADABLE):
        folder = place if place.is_dir() else place.parent
        if (folder / FOLDER).is_dir() and place.suffix.lower() != ".json":
            folder = folder / FOLDER
        alone = place.is_file() and place.suffix.lower() == ".json"
    found = _checked(_read(folder))
    if alone:
        found = tuple(each for each in found if each.path.name == place.name)
    if not found:
        raise RegisterError(
            f"There is no snapshot in {str(folder)!r}."
            if place.exists()
            else f"There is no {place}.",
            fix="name the folder of the snapshots, or make one with `riskbook snapshot FILE`.",
        )
    return found


def _read(folder: Path) -> dict[Path, dict[str, Any] | str]:
    """Each JSON file of a folder: its document, or in words why it has none."""
    found: dict[Path, dict[str, Any] | str] = {}
    with plainly(folder.name, UNREADABLE):
        paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    for path in paths:
        if path.name.startswith(NO_SNAPSHOTS):
            continue
        try:
            document = decode(_bytes(path))
            sealing.digest(document)  # what is nested too deep is found here
            found[path] = document if isinstance(document, dict) else "it holds no register"
        except OSError as error:
            found[path] = f"it cannot be read ({error.strerror or error})"
        except (ValueError, RecursionError) as error:
            found[path] = f"it is not JSON any more ({said(error)})"
    return found


def _bytes(path: Path) -> bytes:
    """The content of a file; what is none, as a pipe, would keep us waiting for ever."""
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise OSError("it is no file")
    if facts.st_size > MOST:
        raise OSError(f"it has more than {MOST // 1_000_000} MB")
    return path.read_bytes()


def _is_register(document: Mapping[str, Any]) -> bool:
    """Whether a document is laid out as registers are: a seal fits whatever was sealed."""
    about = document.get("about", {})
    tables = [document.get(name, []) for name in ("risks", "actions")]
    if not isinstance(about, dict) or not all(isinstance(table, list) for table in tables):
        return False
    notes, rows = about.get("notes", []), [row for table in tables for row in table]
    if not isinstance(notes, list) or not all(isinstance(row, dict) for row in rows):
        return False
    texts = [*notes, *(text for name, text in about.items() if name != "notes")]
    entries = [value for row in rows for name, value in row.items() if name != "scores"]
    return all(isinstance(text, str) for text in texts) and all(
        isinstance(value, str | int | float) for value in entries
    )


def _checked(documents: Mapping[Path, dict[str, Any] | str]) -> tuple[Checked, ...]:
    seals = {p: s for p, d in documents.items() if (s := sealing.seal_of(d))}
    missing = dict(sealing.gaps({path.name: found for path, found in seals.items()}))
    return tuple(
        Checked(
            path=path,
            seal=seals[path][sealing.OWN] if path in seals else "",
            problem=_problem(document, seals.get(path)) or missing.get(path.name, ""),
        )
        for path, document in documents.items()
    )


def _problem(document: dict[str, Any] | str, found: Mapping[str, Any] | None) -> str:
    if isinstance(document, str):
        return document
    return sealing.broken(document, found) if found else "it has no seal"
