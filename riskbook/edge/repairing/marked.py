"""The columns of exemption, which later versions of a profile brought, in a damaged workbook.

::

    About: operational-4x4 1.1 -> its reference -> it was issued with them

A workbook that was issued with the columns of exemption and does not show them has lost its
marks, and what was exempt would be published: they are looked for, and missed aloud.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from riskbook.core.grid import Grid
from riskbook.core.headings import Mapped
from riskbook.core.marks import MARK, NOTHING, REASON, WHOLE, word
from riskbook.core.profile import Column, Table
from riskbook.edge.fingerprint.references import kept
from riskbook.edge.repairing.entries import holds


def issued(told: Mapping[str, str], table: Table) -> frozenset[str]:
    """The columns of exemption that a workbook was issued with; both, of an unknown version."""
    names = ("profile", "profile_version", "template_version")
    known = kept(*(told.get(name, "") for name in names))
    columns = {column.field for column in table.columns} & {MARK, REASON}
    return frozenset(columns & {*known.columns.get(table.sheet, ())} if known else columns)


def lost(table: Table, mapped: Mapped, later: Collection[str]) -> Iterator[Column]:
    """The columns of exemption that a workbook was issued with and that are not found."""
    wanted = {MARK, REASON} & {*later} - {*mapped.columns}
    return (column for column in table.columns if column.field in wanted)


def why(column: str, fields: Mapping[str, str]) -> str:
    """What it means that a column of exemption is not found."""
    if fields.get(column) == MARK:
        return (
            f"no column is headed {column!r}: no mark of exemption was carried, so every row of "
            "the new workbook would be published"
        )
    return f"no column is headed {column!r}: no reason for an exemption was carried"


def pair(grid: Grid, table: Table, mapped: Mapped) -> Iterator[tuple[Column, int]]:
    """Both columns of exemption where neither has its heading: the two after the one before.

    They must be two columns without a known heading, and what stands in the first one must
    be marks.
    """
    fields = [column.field for column in table.columns]
    if MARK not in fields or MARK in mapped.columns or REASON in mapped.columns:
        return
    before = mapped.columns.get(fields[fields.index(MARK) - 1], 0)
    width = max(map(len, grid.rows), default=0)
    loose = [
        place
        for place in range(grid.left, grid.left + width)
        if place not in mapped.columns.values() and place > before
    ]
    if before and loose == [before + 1, before + 2] and _are_marks(grid, table, mapped, before + 1):
        yield table.columns[fields.index(MARK)], before + 1
        yield table.columns[fields.index(REASON)], before + 2


def _are_marks(grid: Grid, table: Table, mapped: Mapped, place: int) -> bool:
    words = {*WHOLE, *NOTHING, *(word(column.heading) for column in table.columns)}
    cells = (grid.at(row, place) for row, _ in grid.lines() if row > mapped.row)
    texts = [cell.text for cell in cells if holds(cell)]
    parts = (part for text in texts for part in re.split(r"[;\r\n]", text))
    return bool(texts) and all(word(part) in words for part in parts if word(part))
