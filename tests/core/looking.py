"""Looking at a page as its reader does: cells that others cover and hidden rows left out."""

from collections.abc import Iterator

from riskbook.app import Outcome
from riskbook.core.page import Page, PageCell, PageRow, PageValue


def page(outcome: Outcome, role: str) -> Page:
    """One of riskbook's own sheets."""
    sheet = outcome.profile.sheets[role]
    return next(page for page in outcome.pages if page.sheet == sheet)


def seen(row: PageRow) -> Iterator[PageCell]:
    """The cells of a row that no other one covers."""
    covered = 0
    for place, cell in enumerate(row.cells):
        if place >= covered:
            covered = place + cell.span
            yield cell


def covered(row: PageRow) -> list[PageCell]:
    """The cells of a row that another one covers."""
    shown = [id(cell) for cell in seen(row)]
    return [cell for cell in row.cells if id(cell) not in shown]


def values(shown: Page) -> list[list[PageValue]]:
    """The values of a page, row by row, blank and hidden rows left out."""
    found = [[cell.value for cell in seen(row)] for row in shown.rows if row.height != 0]
    return [row for row in found if any(value is not None for value in row)]


def rows(outcome: Outcome, role: str) -> list[list[PageValue]]:
    """The values of one of riskbook's own sheets."""
    return values(page(outcome, role))


def firsts(outcome: Outcome, role: str) -> list[PageValue]:
    """The first value of each row."""
    return [row[0] for row in rows(outcome, role)]


def between(
    found: list[list[PageValue]], start: str, stop: str | None = None
) -> list[list[PageValue]]:
    """The rows of one block: after the heading ``start`` and before the heading ``stop``."""
    names = [row[0] for row in found]
    first = names.index(start) + 1
    return found[first : names.index(stop, first) if stop else None]
