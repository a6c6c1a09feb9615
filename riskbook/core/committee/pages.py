"""A sheet of riskbook's own as a section of a report: the same rows, read as blocks."""

from collections.abc import Iterator, Mapping, Sequence

from riskbook.core.blocks import Block, Heading, Section, Table, Text
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages import actions_due, checks, front, weighting

WIDTHS: Mapping[str, Sequence[int]] = {
    "summary": (front.FIRST, *[front.OTHER] * 20),
    "checks": checks.WIDTHS,
    "weighting": weighting.WIDTHS,
    "actions_due": actions_due.WIDTHS,
}
TITLES = {"checks": "Appendix: what the checks found"}
TOP = ("rb title", "rb subtitle", "rb source")  # said once, on the first page of the report
UPRIGHT = 115  # characters: a wider table lies on its side


def on_paper(role: str, page: Page) -> Section:
    """The section that shows a sheet."""
    title = TITLES.get(role, str(page.rows[0].cells[0].value))
    blocks = tuple(_blocks(page, WIDTHS[role]))
    widest = max((sum(b.widths) for b in blocks if isinstance(b, Table)), default=0)
    return Section(title, blocks, "a4 wide" if widest > UPRIGHT else "a4")


def _blocks(page: Page, widths: Sequence[int]) -> Iterator[Block]:
    table: list[PageRow] = []
    for row in (*page.rows, PageRow()):
        block = _said(row)
        if row.cells and block is None and row.height != 0:
            table.append(row)
            continue
        if row.height == 0:
            continue
        if len(table) > 1 and table[0].cells[0].style == "rb head":
            yield _table(table, widths)
        table = []
        if block is not None and row.cells[0].style not in TOP:
            yield block


def _said(row: PageRow) -> Block | None:
    """A heading or a sentence; None for a row of a table, and for a blank one."""
    if not row.cells:
        return None
    first, *others = row.cells
    if any(cell.value is not None for cell in others):
        return None
    text = str(first.value or "")
    match first.style:
        case "rb heading":
            return Heading(text, 2)
        case "rb lead":
            return Text(text, "lead")
        case "rb note" | "rb title" | "rb subtitle" | "rb source":
            return Text(text, "note")
    return None


def _table(rows: Sequence[PageRow], widths: Sequence[int]) -> Table:
    columns = max(len(row.cells) for row in rows)
    spread = [*widths[:columns], *[widths[-1]] * (columns - len(widths))]
    head, *body = (_filled(row, columns) for row in rows)
    return Table(head, tuple(body), tuple(spread))


def _filled(row: PageRow, columns: int) -> tuple[PageCell, ...]:
    return (*row.cells, *[PageCell()] * (columns - len(row.cells)))
