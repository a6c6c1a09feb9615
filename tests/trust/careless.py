"""Careless edits on built workbooks: each told at its cell, and no entry changed by a refresh."""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbook import app
from riskbook.core.grid import column_number
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.errors import RiskbookError
from tests.careless.cases import CASES, REGISTERS, Case
from tests.careless.edits import edited
from tests.spec.office import cells, part_of
from tests.support import JUDGE
from tests.trust import Figure, Scale

LEAST = 120


def figure(scale: Scale) -> Figure:
    """How many edits were told as the table says, and how many entry cells a refresh changed."""
    books = workbooks()
    step = 1 if scale.full else -(-len(CASES) // scale.of(len(CASES), 30))
    tried = CASES[::step]
    failed: list[str] = []
    changed = 0
    for case in tried:
        told, touched = outcome_of(case, books[case.register])
        changed += touched
        if told != wanted(case):
            failed.append(f"{case.name}: {told} and not {wanted(case)}")
    good = len(tried) - len(failed)
    enough = len(CASES) >= LEAST
    return Figure(
        name="careless edits told at the right cell / entries changed",
        wanted=f"at least {LEAST}, all / 0",
        seen=f"{good} of {len(tried)} / {changed}",
        kept=enough and not failed and not changed,
        notes=tuple(failed),
    )


def workbooks() -> dict[str, tuple[Profile, bytes]]:
    """A built workbook of each profile."""
    return {key: _made(document) for key, document in REGISTERS.items()}


def _made(document: Mapping[str, Any]) -> tuple[Profile, bytes]:
    profile = profiles.load(document["profile"])
    return profile, made(profile, document)[0].data


def wanted(case: Case) -> list[str]:
    """What the table says must be told: places and codes, or the words of a refusal."""
    if case.told.startswith("!"):
        return [case.told]
    told = filter(None, case.told.split(", "))
    return sorted(item if "!" in item else f"Risks!{item}" for item in told)


def outcome_of(case: Case, made_by: tuple[Profile, bytes]) -> tuple[list[str], int]:
    """What was told of an edit, and how many entry cells the refresh changed."""
    profile, data = made_by
    data = edited(data, case.edit)
    book = FileBook(data, "book.xlsx")
    try:
        found = app.refresh(book, profile, None, JUDGE).findings
    except RiskbookError as error:
        words = case.told.removeprefix("! ")
        return [case.told if words and words in error.what else f"! {error.what}"], 0
    told = sorted(f"{finding.at} {finding.code}" for finding in found)
    return told, sum(1 for _ in changed_entries(data, book.data, profile))


def changed_entries(before: bytes, after: bytes, profile: Profile) -> Iterator[str]:
    """The address of each cell outside the computed columns whose XML differs."""
    for table in profile.tables:
        computed = {place for place, column in enumerate(table.columns, 1) if not column.entered}
        old, new = _cells(before, table.sheet), _cells(after, table.sheet)
        for address in old.keys() | new.keys():
            place = column_number(address.rstrip("0123456789"))
            if place not in computed and old.get(address) != new.get(address):
                yield f"{table.sheet}!{address}"


def _cells(data: bytes, sheet: str) -> dict[str, bytes]:
    return cells(FileBook(data, "book").package.part(part_of(data, sheet)))
