"""What of a damaged workbook no template has a place for: each said with its cell.

::

    in the cells    columns and lines of the officer's own, struck words, sheets of their own
    in the file     formats and colours (looking), notes, links and drawings (hanging)

The next period's workbook is made from an old one too, and leaves the same behind.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from riskbook.app import Book
from riskbook.core import formulas, key, layout, settings, values
from riskbook.core.certificate import Remark, few
from riskbook.core.grid import BLANK, Cell, CellRef, Grid, Kind, letters
from riskbook.core.marks import MARK, REASON
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, Sheet, labelled
from riskbook.core.words import count
from riskbook.edge.filebook import FileBook
from riskbook.edge.repairing import hanging, looking, marked
from riskbook.edge.repairing.entries import entries, foreign, holds, labels_of
from riskbook.edge.repairing.places import Places
from riskbook.edge.template.register import HINT


def left(
    book: FileBook,
    found: Places,
    old: Reading,
    fresh: FileBook,
    cleared: Collection[str] = (),
) -> Iterator[Remark]:
    """Everything that stays in the old workbook, in its cells and beside them.

    Args:
        book: the old workbook.
        found: where its register is.
        old: what was read there.
        fresh: the new workbook.
        cleared: the fields whose entries are not to be carried.
    """
    yield from in_cells(book, found, old, fresh, cleared)
    yield from looking.formats(book, entries(old, cleared))
    headings = {grid.sheet: _heading_of(grid, old) for grid in found.grids.values()}
    yield from hanging.hanging(book, fresh, found, headings)
    for sheet in book.workbook.others:
        why = "a sheet of its own: it stays in the old workbook"
        yield Remark(cell=sheet.name, heading="", value="", why=why)


def in_cells(
    book: Book, found: Places, old: Reading, fresh: FileBook, cleared: Collection[str] = ()
) -> Iterator[Remark]:
    """What the cells of a book hold beside its entries, and the words struck out in those."""
    about = found.profile.sheets["about"]
    new = fresh.read([about, *(table.sheet for table in found.profile.tables)])
    for name, column in found.gone:
        yield Remark(cell=name, heading=column, value="", why=_gone(column, found.profile))
    yield from looking.struck(entries(old, cleared))
    for sheet in old.sheets:
        yield from _unknown(sheet)
        yield from _above(sheet, new[sheet.table.sheet])
    if about in found.grids:
        yield from _own_lines(found.grids[about], new[about], labels_of(cleared))
    yield from _beside_words(book, found)
    yield from _sheets(book, found)


def _gone(column: str, profile: Profile) -> str:
    fields = {c.heading: c.field for table in profile.tables for c in table.columns}
    if fields.get(column) in (MARK, REASON):
        return marked.why(column, fields)
    if not column:
        return "the sheet is not in the old workbook: blank"
    return f"the column {column!r} is not in the old workbook: blank"


def shown_again(old: Reading) -> Iterator[str]:
    """The rows of entries, and the columns, that were hidden."""
    for sheet, records in zip(old.sheets, (old.register.risks, old.register.actions), strict=False):
        if rows := [str(r.row) for r in records if r.row in sheet.grid.hidden]:
            yield _again(sheet, "row", rows, "hidden or filtered out")
        there = set(sheet.mapped.columns.values()) & sheet.grid.hidden_columns
        if columns := [letters(place) for place in sorted(there)]:
            yield _again(sheet, "column", columns, "hidden")


def _again(sheet: Sheet, what: str, names: Sequence[str], how: str) -> str:
    many = len(names) > 1
    named = f"{what}s {few(names)} were" if many else f"{what} {names[0]} was"
    return f"{sheet.grid.sheet}: {named} {how}, and {'are' if many else 'is'} shown again."


def _beside_words(book: Book, found: Places) -> Iterator[Remark]:
    """What somebody wrote on Key and Lists, which are made anew."""
    for plan in (key.key_plan(found.profile), key.lists_plan(found.profile)):
        planned = {(placed.row, placed.column) for placed in plan.cells}
        there = [plan.sheet] if plan.sheet in book.sheets() else []
        for grid in book.read(there).values():
            for row, cells in grid.lines():
                for column, cell in enumerate(cells, start=grid.left):
                    if holds(cell) and (row, column) not in planned:
                        at = str(CellRef(grid.sheet, row, column))
                        why = "stands where the template has nothing"
                        yield Remark(cell=at, heading="", value=_shown(cell), why=why)


def _heading_of(grid: Grid, old: Reading) -> Callable[[int], str]:
    """What stands above a column of a register sheet; nothing on About."""
    rows = {sheet.grid.sheet: sheet.mapped.row for sheet in old.sheets}
    row = rows.get(grid.sheet, 0)
    return lambda column: grid.at(row, column).text if row else ""


def _unknown(sheet: Sheet) -> Iterator[Remark]:
    for place in foreign(sheet):
        heading = sheet.grid.at(sheet.mapped.row, place).text
        known = place in sheet.mapped.twice
        why = "this heading stands twice" if known else "no column of the profile"
        for row, _ in sheet.grid.lines():
            cell = sheet.grid.at(row, place)
            if row > sheet.mapped.row and holds(cell):
                at = CellRef(sheet.grid.sheet, row, place)
                yield Remark(cell=str(at), heading=heading, value=_shown(cell), why=why)


def _shown(cell: Cell) -> str:
    return f"={cell.formula}" if cell.formula and not cell.text else str(values.entry_text(cell))


def _above(sheet: Sheet, new: Grid) -> Iterator[Remark]:
    """Texts above the headings that the template does not have."""
    ours = {_shown(cell) for _, cells in new.lines() for cell in cells}
    for row, cells in sheet.grid.lines():
        for place, cell in enumerate(cells, start=sheet.grid.left):
            hint = cell.text.startswith(HINT)  # it ends otherwise in a workbook with buttons
            if row < sheet.mapped.row and holds(cell) and not hint and _shown(cell) not in ours:
                at = CellRef(sheet.grid.sheet, row, place)
                why = "stands above the headings, where no entry belongs"
                yield Remark(cell=str(at), heading="", value=_shown(cell), why=why)


def _own_lines(old: Grid, new: Grid, without: Collection[str]) -> Iterator[Remark]:
    """What About says that the new About does not, but for versions and fingerprint."""
    ours = {_shown(cell) for _, cells in new.lines() for cell in cells}
    wanted = {label.casefold() for label in (*layout.CONTROLLED.values(), *without)}
    known: set[CellRef] = set()
    for label, at in labelled(old):
        if label in wanted:
            wanted.discard(label)  # a second one is nobody's
            known |= {at, CellRef(at.sheet, at.row, at.column - 1)}
    for row, cells in old.lines():
        for place, cell in enumerate(cells, start=old.left):
            at = CellRef(old.sheet, row, place)
            if at not in known and holds(cell) and _shown(cell) not in ours:
                why = "stands beside no label of About"
                yield Remark(cell=str(at), heading="", value=_shown(cell), why=why)


def without_errors(grid: Grid) -> tuple[Grid, list[Remark]]:
    """About without the errors that its cells show, and a remark for each."""
    remarks = [
        Remark(
            cell=str(CellRef(grid.sheet, row, place)),
            heading="",
            value=cell.text,
            why="an error, left blank: type what was meant",
        )
        for row, cells in grid.lines()
        for place, cell in enumerate(cells, start=grid.left)
        if cell.kind is Kind.ERROR
    ]
    rows = (
        tuple(BLANK if cell.kind is Kind.ERROR else cell for cell in cells) for cells in grid.rows
    )
    return replace(grid, rows=tuple(rows)), remarks


def _sheets(book: Book, found: Places) -> Iterator[Remark]:
    ours = {*found.profile.sheets.values(), settings.SHEET} | found.used
    others = [name for name in book.sheets() if name not in ours]
    for name, grid in book.read(others).items():
        cells = sum(holds(cell) for _, row in grid.lines() for cell in row)
        why = "a sheet of its own: it stays in the old workbook"
        yield Remark(cell=name, heading="", value=count(cells, "filled cell"), why=why)


def typed_over(sheet: Sheet, profile: Profile) -> Iterator[str]:
    """The computed cells that hold something else than their formula."""
    for column in sheet.table.columns:
        place = sheet.mapped.columns.get(column.field, 0)
        if column.entered or not place:
            continue
        wanted = formulas.formula(profile, column)
        for row, _ in sheet.grid.lines():
            cell = sheet.grid.at(row, place)
            if row > sheet.mapped.row and holds(cell):
                at = CellRef(sheet.grid.sheet, row, place)
                if cell.formula is None:
                    yield f"{at}: {_shown(cell)!r} was typed over a formula, which is back."
                elif not formulas.stands(sheet, wanted, row, place):
                    yield f"{at}: the formula was another one; the template's is back."
