"""What the report says, as plain data: sections of headings, sentences and tables.

::

    Page (rows of styled cells)  ->  {"title", "wide", "blocks": [{"kind": "table", ...}]}

How it looks on paper is the business of report.typ; which colours it has, of the
template's styles.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from riskbook import __version__
from riskbook.app import Outcome
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages import risks
from riskbook.core.pages.parts import long_day
from riskbook.edge.printed import Styles, printable, shown
from riskbook.edge.template.looks import GREY, LINE, NAVY, Look, looks
from riskbook.edge.template.own import WIDTHS

ORDER = ("summary", "risks", "weighting", "actions_due", "checks")
PROSE = {"rb lead": "lead", "rb note": "note", "rb heading": "heading"}
LONG = 115  # characters: a wider table lies on its side
BREAKS = 500  # characters: a row with a longer text may be split between pages
MARGIN, INSET = 18, 1.4  # millimetres, at the side of a page and of a cell
ACROSS = {False: 210 - 2 * MARGIN, True: 297 - 2 * MARGIN}  # A4, ISO 216, upright and wide
LETTER = 1.95  # millimetres of a column for each character of its width, at most


def content(outcome: Outcome) -> dict[str, Any]:
    """Everything that the report prints."""
    about, profile = outcome.reading.register.about, outcome.profile
    told = {
        "title": about.title or profile.title,
        "organisation": about.organisation,
        "period": about.period,
        "introduction": about.introduction,
        "as_at": f"Position as at {long_day(outcome.as_at)}",
        "made": f"riskbook {__version__}, {profile.id} {profile.version}",
    }
    return {
        **{name: printable(text) for name, text in told.items()},
        "margin": MARGIN,
        "inset": INSET,
        "colours": {"title": NAVY, "quiet": GREY, "line": LINE},
        "looks": {name: _look(name, look) for name, look in looks(profile).items()},
        "sections": [_section(page, spread, looks(profile)) for page, spread in _pages(outcome)],
    }


def _pages(outcome: Outcome) -> Iterator[tuple[Page, Sequence[int]]]:
    """The pages in the order that a committee reads them, with the widths of their columns."""
    profile, register = outcome.profile, outcome.reading.register
    table = risks.page(register, outcome.scores, profile, outcome.as_at)
    found = {page.sheet: page for page in (*outcome.pages, table)}
    for role in ORDER:
        if role in profile.sheets:
            spread = risks.widths(profile) if role == "risks" else WIDTHS[role]
            yield found[profile.sheets[role]], spread


def _look(name: str, look: Look) -> dict[str, Any]:
    """The parts of a style that paper has; a link on paper is text."""
    linked = "underline" in look
    return {
        "ink": "#000000" if linked else look.get("font_color", "#000000"),
        "fill": look.get("bg_color"),
        "bold": look.get("bold", False),
        "italic": look.get("italic", False),
        "chip": name.startswith("rb band"),
    }


def _section(page: Page, spread: Sequence[int], styles: Styles) -> dict[str, Any]:
    blocks = list(_split(page.rows[1:]))
    tables = [rows for kind, rows in blocks if kind == "table"]
    wide = max((sum(_widths(rows, spread)) for rows in tables), default=0) > LONG
    return {
        "title": shown(page.rows[0].cells[0], styles),
        "wide": wide,
        "blocks": [
            _table(rows, _widths(rows, spread), ACROSS[wide], styles)
            if kind == "table"
            else {"kind": kind, "text": shown(rows[0].cells[0], styles)}
            for kind, rows in blocks
        ],
    }


def _split(rows: Sequence[PageRow]) -> Iterator[tuple[str, Sequence[PageRow]]]:
    """Headings, sentences and tables, one after the other."""
    table: list[PageRow] = []
    for row in (*rows, PageRow()):
        kind = PROSE.get(row.cells[0].style, "table") if len(row.cells) == 1 else "table"
        if row.cells and kind == "table" and row.cells[0].style != "rb subtitle":
            table.append(row)
            continue
        if len(table) > 1:  # headings alone are no table
            yield "table", table
        table = []
        if kind != "table":
            yield kind, [row]


def _widths(rows: Sequence[PageRow], spread: Sequence[int]) -> list[int]:
    """The width of each column of a table in characters."""
    columns = max(len(row.cells) for row in rows)
    return [*spread[:columns], *[spread[-1]] * (columns - len(spread))]


def _table(
    rows: Sequence[PageRow], widths: Sequence[int], across: int, styles: Styles
) -> dict[str, Any]:
    unit = min(LETTER, across / sum(widths))
    size = 9 if unit > 1.5 else 8  # points
    lines = [[_cell(cell, styles) for cell in _filled(row, len(widths))] for row in rows]
    for above, below in zip(lines[0], lines[1], strict=True):
        above["align"] = below["align"]  # a heading stands where its figures stand
    columns = [round(width * unit, 3) for width in widths]
    return {"kind": "table", "columns": columns, "size": size, "head": lines[0], "rows": lines[1:]}


def _filled(row: PageRow, columns: int) -> Sequence[PageCell]:
    return (*row.cells, *[PageCell()] * (columns - len(row.cells)))


def _cell(cell: PageCell, styles: Styles) -> dict[str, Any]:
    text = shown(cell, styles)
    return {
        "text": text,
        "style": cell.style,
        "align": styles[cell.style].get("align", "left"),
        "breaks": len(text) > BREAKS,
    }
