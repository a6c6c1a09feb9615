"""What a refresh changes in a file, and everything that it leaves as it was, to the byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from riskbook import app
from riskbook.core.layout import FIRST_ROW
from riskbook.core.profile import Profile, Table
from riskbook.edge import gate, profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import changed_facts, made
from tests.spec.office import (
    NEEDED,
    cells,
    complaints,
    packed,
    part_of,
    place,
    retyped,
    risk_cell,
    saved_by_office,
)
from tests.support import JUDGE

SAMPLES = ("blackpool-2021", "dacorum-2021", "dacorum-2017")
OWN = ("summary", "checks", "weighting", "actions_due")
AS_AT = date(2021, 10, 31)


def profile_of(name: str) -> Profile:
    return profiles.load(registers.load(name)["profile"])


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    """The samples as `riskbook new` makes them."""
    return {name: made(profile_of(name), registers.load(name))[0].data for name in SAMPLES}


def refreshed(data: bytes, profile: Profile, as_at: date | None = None) -> bytes:
    book = FileBook(data, "book.xlsx")
    app.refresh(book, profile, as_at, JUDGE)
    return book.data


def lower_nett(data: bytes, profile: Profile) -> bytes:
    """The workbook after an officer types 1 as the first risk's nett likelihood."""
    return retyped(data, "Risks", {risk_cell(profile, FIRST_ROW, "nett_likelihood"): 1})


def written(data: bytes, profile: Profile) -> set[str]:
    """The parts that a refresh may change: own sheets, the risks sheet, the styles."""
    sheets = [profile.sheets[role] for role in OWN if role in profile.sheets]
    return {part_of(data, sheet) for sheet in [*sheets, "Risks"]} | {"xl/styles.xml"}


# --- to the byte -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_a_workbook_fresh_from_the_maker_has_nothing_to_refresh(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    assert refreshed(workbooks[name], profile_of(name)) == workbooks[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_refreshing_twice_is_refreshing_once(name: str, workbooks: Mapping[str, bytes]) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    once = refreshed(typed, profile)
    assert once != typed
    assert refreshed(once, profile) == once


def entries(data: bytes, table: Table) -> dict[str, bytes]:
    """Every cell of the entry columns below the headings, as XML."""
    part = FileBook(data, "book").package.part(part_of(data, table.sheet))
    columns = {openpyxl.utils.get_column_letter(n) for n, c in enumerate(table.columns, 1) if c.entered}
    found = cells(part)
    return {at: cell for at, cell in found.items() if at.rstrip("0123456789") in columns}


@pytest.mark.parametrize("name", SAMPLES)
def test_entry_cells_are_the_same_xml_before_and_after(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    after = refreshed(typed, profile, date(2023, 1, 1))
    for table in profile.tables:
        before = entries(typed, table)
        entered = sum(1 for column in table.columns if column.entered)
        assert len(before) > entered * 100  # the entries and the spare rows
        assert entries(after, table) == before


@pytest.mark.parametrize("name", SAMPLES)
def test_a_refresh_changes_own_sheets_and_computed_cells_and_nothing_else(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    before, after = packed(typed), packed(refreshed(typed, profile, date(2023, 1, 1)))
    assert list(after) == list(before)
    changed = {part for part in before if after[part] != before[part]}
    assert part_of(typed, "Risks") in changed
    assert part_of(typed, "Summary") in changed
    assert changed <= written(typed, profile)


@pytest.mark.parametrize("name", SAMPLES)
def test_in_the_risks_sheet_only_results_of_formulas_change(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    typed = lower_nett(workbooks[name], profile)
    after = refreshed(typed, profile)
    old, new = (FileBook(d, "b").package.part(part_of(d, "Risks")) for d in (typed, after))
    assert outside_cells(new) == outside_cells(old)
    differing = [at for at, cell in cells(old).items() if cells_of(new)[at] != cell]
    assert differing
    assert all(b"<f" in cells_of(old)[at] for at in differing)


def cells_of(part: bytes, known: dict[bytes, dict[str, bytes]] = {}) -> dict[str, bytes]:  # noqa: B006
    return known.setdefault(part, cells(part))


def outside_cells(part: bytes) -> bytes:
    for cell in cells(part).values():
        part = part.replace(cell, b"", 1)
    return part
