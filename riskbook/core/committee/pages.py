"""A sheet of riskbook's own as a section of a report: the same rows, read as blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from riskbook.core.blocks import Block, Heading, Section, Table, Text
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.parts import LEGEND

TITLES = {"checks": "Appendix: what the checks found"}
TOP = ("rb title", "rb subtitle", "rb source")  # said once, on the first page of the report
SENTENCES: Mapping[str, str] = {
    "rb lead": "lead",
    "rb headline": "lead",
    "rb note": "note",
    "rb form note": "note",
    "rb form text": "body",
}
UPRIGHT = 115  # characters: a wider table lies on its side
_SENTENCE = re.compile(r"(?<=[.]) ")
STANDING = ("summary",)  # its tables are drawn smaller instead


def on_paper(role: str, page: Page, widths: Sequence[int]) -> Section:
    """The section that shows a sheet; the key to its words has a section of its own."""
    title = TITLES.get(role, str(page.rows[0].cells[0].value))
    blocks = tuple(_blocks(_above_legend(page.rows), widths))
    widest = max((sum(b.widths) for b in blocks if isinstance(b, Table)), default=0)
    lies = widest > UPRIGHT and role not in STANDING
    return Section(title, blocks, "a4 wide" if lies else "a4")


def _above_legend(rows: Sequence[PageRow]) -> Iterator[PageRow]:
    for row in rows:
        if row.cells and row.cells[0] == PageCell(LEGEND, "rb heading"):
            return
        if row.height != 0:
            yield row


def _blocks(rows: Iterator[PageRow], widths: Sequence[int]) -> Iterator[Block]:
    table: list[PageRow] = []
    for row in (*rows, PageRow()):
        block = _said(row)
        if block is None and any(cell.value is not None for cell in row.cells):
            table.append(row)
            continue
        if len(table) > 1 and any(cell.style == "rb head" for cell in table[0].cells):
            yield _table(table, widths)
        table = []
        if block is not None and row.cells[0].style not in TOP:
            yield block


def _said(row: PageRow) -> Block | None:
    """A heading or a sentence; None for a row of a table, and for a blank one."""
    if not row.cells or any(cell.value is not None for cell in row.cells[1:]):
        return None
    first = row.cells[0]
    text = _for_members(str(first.value or ""))
    if first.style == "rb heading":
        return Heading(text, 2)
    if first.style in TOP:
        return Text(text)
    return Text(text, SENTENCES[first.style]) if first.style in SENTENCES else None


def _for_members(text: str) -> str:
    """Without the sentences that name a command: they are for whoever keeps the workbook."""
    return " ".join(part for part in _SENTENCE.split(text) if "`" not in part)


def _table(rows: Sequence[PageRow], widths: Sequence[int]) -> Table:
    """The rows as a table with a column for each heading."""
    columns = max(len(row.cells) for row in rows)
    kept = [at for at, cell in _placed(rows[0]) if cell.style == "rb head" and cell.value]
    spread = [*widths[:columns], *[widths[-1]] * (columns - len(widths))]
    head, *body = (tuple(_line(row, kept, columns)) for row in rows)
    ends = [*kept[1:], columns]
    wide = tuple(sum(spread[at:end]) for at, end in zip(kept, ends, strict=True))
    return Table(head, tuple(body), wide)


def _placed(row: PageRow) -> Iterator[tuple[int, PageCell]]:
    """The cells of a row that no other one covers, with their places."""
    covered = 0
    for at, cell in enumerate(row.cells):
        if at >= covered:
            covered = at + cell.span
            yield at, cell


def _found(row: PageRow, at: int, columns: int, starts: Sequence[int]) -> list[PageCell]:
    """The filled cells that stand under one heading."""
    end = next((start for start in starts if start > at), columns)
    return [cell for place, cell in _placed(row) if at <= place < end and cell.value is not None]


def _line(row: PageRow, kept: Sequence[int], columns: int) -> Iterator[PageCell]:
    """A row under the headings: several cells under one are listed, a wide one covers more."""
    placed, covered = dict(_placed(row)), 0
    style = ""
    for at in kept:
        if at < covered:
            yield PageCell(None, style)
            continue
        found = _found(row, at, columns, kept)
        if len(found) > 1:
            yield PageCell(", ".join(str(cell.value) for cell in found), "rb wrap")
            continue
        cell = placed.get(at, PageCell())
        covered, style = at + cell.span, cell.style
        yield replace(cell, span=max(1, sum(1 for other in kept if at <= other < covered)))
