"""The Risk pages sheet: an index, then every risk on a printed page of its own.

The forms are those of the report (:mod:`riskbook.core.forms`); here they lie on a grid of
narrow columns, each field over several of them.  A page begins with the reference alone in
column A: the link in the risk's row of the register looks for it there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from riskbook.core.blocks import Flow, Heading, Text
from riskbook.core.forms import Form, Told, forms
from riskbook.core.forms.parts import Fields
from riskbook.core.grid import CellRef
from riskbook.core.page import STANDARD, Page, PageCell, PageRow, height_of, lines_of, spanning
from riskbook.core.pages.parts import (
    BLANK_ROW,
    LEGEND,
    band_cell,
    explained,
    heading,
    note,
    opening,
    published,
)
from riskbook.core.profile import Profile

COLUMNS = 24
UPRIGHT, ACROSS = 4, 6  # characters of a column, where the sheet is printed upright or across
EDGE = 0.7  # characters that a column has beyond its width: the padding of its sides
MOST = 28  # lines in a row: no row of a sheet is higher than 409 points
# points of rows on a printed page, A4 with the template's margins, at the scale of the widths
PAGE = {UPRIGHT: 800, ACROSS: 520}
LEADING = ("rb form title", "rb form link", "rb form heading", "rb head")  # go with the next row
STYLES = {"lead": "rb form lead", "note": "rb form note"}
REF, TITLE = 4, 14  # columns of a form's first row, and of the index


def widths(profile: Profile) -> tuple[int, ...]:
    """The widths of the columns in characters."""
    return (UPRIGHT if upright(profile) else ACROSS,) * COLUMNS


def upright(profile: Profile) -> bool:
    """Whether the sheet is printed upright; a deep dive with its actions lies on its side."""
    return profile.layout != "deep-dive"


def page(told: Told) -> Page:
    """The index and the forms."""
    sheet = told.profile.sheets["risk_pages"]
    wide = widths(told.profile)[0]
    drawn = [list(_paged(_form(form, told, wide), PAGE[wide])) for form in forms(told)]
    rows = opening(sheet, told.register, told.profile, told.as_at, widths(told.profile))
    rows.append(note("Each risk is printed on a page of its own; a reference leads to its page."))
    rows.append(heading("Index"))
    key = list(_key(told.profile, wide))
    first = len(rows) + 1 + len(drawn) + len(key) + 1  # the row before the first form
    starts = [first + 1 + sum(map(len, drawn[:place])) for place in range(len(drawn))]
    rows.extend(_index(told, starts, wide))
    rows.extend(key)
    rows.append(BLANK_ROW)
    rows.extend(row for form in drawn for row in form)
    return Page(sheet=sheet, rows=tuple(rows))


def _index(told: Told, starts: Sequence[int], wide: int) -> Iterator[PageRow]:
    """Number, reference with a link, words, and where the risk stands today."""
    profile = told.profile
    stage = "nett" if "nett" in profile.stages else profile.stages[0]
    spread = (2, REF, TITLE, COLUMNS - TITLE - REF - 2)
    texts = ("No.", "Reference", profile.words["risk"], profile.words[stage])
    yield _row([PageCell(text, "rb head") for text in texts], spread, wide)
    for number, (risk, start) in enumerate(zip(told.register.risks, starts, strict=True), start=1):
        at = CellRef(profile.sheets["risk_pages"], start, 1)
        cells = [
            PageCell(number, "rb number"),
            PageCell(risk.key, "rb link", link=at) if risk.key else PageCell(None, "rb text"),
            PageCell(risk.title, "rb wrap"),
            Fields(risk, told).score(stage),
        ]
        yield _row(cells, spread, wide)


def _key(profile: Profile, wide: int) -> Iterator[PageRow]:
    """The bands with their points, and the council's words, below the index."""
    yield BLANK_ROW
    yield heading(LEGEND)
    for band in reversed(profile.bands):
        cells = (band_cell(profile.bands, band), PageCell(published(band), "rb text"))
        yield _row(cells, (REF, REF), wide)
    for text in explained(profile):
        yield _row([PageCell(text, "rb form note")], (COLUMNS,), wide)


def _form(form: Form, told: Told, wide: int) -> Iterator[PageRow]:
    risk = form.risk
    spread = (REF, COLUMNS - REF)
    cells = [PageCell(risk.key or None, "rb form title"), PageCell(risk.title, "rb form title")]
    top = _row(cells, spread, wide, letter=1.35)
    yield top
    index = CellRef(told.profile.sheets["risk_pages"], 1, 1)
    yield _row(
        [
            PageCell("Index", "rb form link", link=index),
            PageCell(
                f"Row {risk.row} of {told.profile.sheets['risks']}",
                "rb form link",
                link=risk.entries["ref"].at,
            ),
        ],
        spread,
        wide,
    )
    for block in form.blocks:
        yield from _block(block, wide)
    yield BLANK_ROW


def _paged(rows: Iterable[PageRow], most: float) -> Iterator[PageRow]:
    """The rows of a form on printed pages: headings stay with what they head."""
    used = most  # a form begins a page
    group: list[PageRow] = []
    for row in rows:
        group.append(row)
        if row.cells and row.cells[0].style in LEADING:
            continue
        height = sum(each.height or STANDARD for each in group)
        breaks = used + height > most
        used = height if breaks else used + height
        yield replace(group[0], breaks=breaks)
        yield from group[1:]
        group = []


def _block(block: Flow, wide: int) -> Iterator[PageRow]:
    if isinstance(block, Heading):
        yield PageRow(spanning(PageCell(block.text, "rb form heading"), COLUMNS), height=20)
    elif isinstance(block, Text):
        style = STYLES.get(block.style, "rb form text")
        yield from _split([PageCell(block.text, style)], (COLUMNS,), wide)
    else:
        spread = shared(block.widths, COLUMNS)
        yield _row(block.head, spread, wide)
        for row in block.rows:
            yield from _split(row, spread, wide)
        yield PageRow(height=6)


def shared(widths: Sequence[int], columns: int) -> tuple[int, ...]:
    """Whole columns for each of some widths, at least one each, all of them given out."""
    given = [max(1, width * columns // sum(widths)) for width in widths]
    while sum(given) > columns:
        given[given.index(max(given))] -= 1
    while sum(given) < columns:
        wanting = [width / share for width, share in zip(widths, given, strict=True)]
        given[wanting.index(max(wanting))] += 1
    return tuple(given)


def _row(
    cells: Sequence[PageCell], spread: Sequence[int], wide: int, letter: float = 1.0
) -> PageRow:
    """Cells over so many columns each; ``letter`` is how much wider than usual letters are."""
    texts = ["" if cell.value is None else str(cell.value) for cell in cells]
    room = [_room(columns, wide, letter) for columns in spread]
    placed = [
        each
        for cell, columns in zip(cells, spread, strict=True)
        for each in spanning(cell, columns)
    ]
    return PageRow(tuple(placed), height=height_of(texts, room) * letter + 2)


def _room(columns: int, wide: int, letter: float = 1.0) -> int:
    """The characters that fit over so many columns."""
    return max(1, int(columns * (wide + EDGE) / letter))


def _split(cells: Sequence[PageCell], spread: Sequence[int], wide: int) -> Iterator[PageRow]:
    """A row, or as many as its longest text needs: what does not fit goes on below."""
    pieces = [
        in_pieces(cell.value, _room(columns, wide)) if isinstance(cell.value, str) else [cell.value]
        for cell, columns in zip(cells, spread, strict=True)
    ]
    for place in range(max(map(len, pieces))):
        yield _row(
            [
                PageCell(found[place] if place < len(found) else None, cell.style)
                for cell, found in zip(cells, pieces, strict=True)
            ],
            spread,
            wide,
        )


def in_pieces(text: str, width: int) -> list[str]:
    """A text in parts of at most ``MOST`` lines of a width, divided between lines or words."""
    found: list[str] = []
    part: str | None = None
    for line in text.split("\n"):
        joint = "\n"
        for piece in _short(line, width):
            longer = piece if part is None else part + joint + piece
            if part is not None and lines_of(longer, width) > MOST:
                found.append(part)
                longer = piece
            part, joint = longer, " "
    return [*found, part or ""]


def _short(line: str, width: int) -> Iterator[str]:
    """A line, in pieces that each fit a row."""
    most = max(1, MOST // 2) * max(1, width)
    while len(line) > most:
        cut = line.rfind(" ", 0, most) + 1 or most
        yield line[:cut].rstrip()
        line = line[cut:]
    yield line
