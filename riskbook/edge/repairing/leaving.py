"""What of a damaged workbook no template has a place for: each said with its cell.

::

    columns and lines of the officer's own, notes, formats inside a text, own sheets, pictures
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from xml.etree import ElementTree

from riskbook.core import formulas, key, layout, settings, values
from riskbook.core.certificate import Remark
from riskbook.core.grid import BLANK, Cell, CellRef, Grid, Kind, column_number
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, Sheet, labelled
from riskbook.core.words import count
from riskbook.edge.filebook import FileBook
from riskbook.edge.new_period import foreign, holds
from riskbook.edge.repairing.places import Places
from riskbook.edge.template.register import HINT


def left(book: FileBook, found: Places, old: Reading, new: Mapping[str, Grid]) -> Iterator[Remark]:
    """Everything beside the entries that stays in the old workbook."""
    for name, column in found.gone:
        what = f"the column {column!r} is" if column else "the sheet is"
        yield Remark(
            cell=name, heading=column, value="", why=f"{what} not in the old workbook: blank"
        )
    for sheet in old.sheets:
        yield from _unknown(sheet)
        yield from _above(sheet, new[sheet.table.sheet])
    about = found.profile.sheets["about"]
    if about in found.grids:
        yield from _own_lines(found.grids[about], new[about])
    for grid in found.grids.values():
        heading = _heading_of(grid, old)
        for note in grid.notes:
            at = CellRef(grid.sheet, note.row, note.column)
            kind = "comment" if note.thread else "note"
            yield Remark(
                cell=str(at), heading=heading(note.column), value="", why=f"{kind} not carried"
            )
        yield from _formats(book, grid, heading)
    yield from _beside_words(book, found)
    yield from _sheets(book, found)
    if any(name.startswith("xl/media/") for name in book.package.names):
        yield Remark(cell="", heading="", value="", why="pictures are not carried")


def _beside_words(book: FileBook, found: Places) -> Iterator[Remark]:
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


def _own_lines(old: Grid, new: Grid) -> Iterator[Remark]:
    """What About says that the new About does not, but for versions and fingerprint."""
    ours = {_shown(cell) for _, cells in new.lines() for cell in cells}
    wanted = {label.casefold() for label in layout.CONTROLLED.values()}
    controlled = {at.row for label, at in labelled(old) if label in wanted}
    for row, cells in old.lines():
        for place, cell in enumerate(cells, start=old.left):
            if row not in controlled and holds(cell) and _shown(cell) not in ours:
                at = CellRef(old.sheet, row, place)
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


def _sheets(book: FileBook, found: Places) -> Iterator[Remark]:
    ours = {*found.profile.sheets.values(), settings.SHEET} | found.used
    others = [name for name in book.sheets() if name not in ours]
    for name, grid in book.read(others).items():
        cells = sum(holds(cell) for _, row in grid.lines() for cell in row)
        why = "a sheet of its own: it stays in the old workbook"
        yield Remark(cell=name, heading="", value=count(cells, "filled cell"), why=why)


def _formats(book: FileBook, grid: Grid, heading: Callable[[int], str]) -> Iterator[Remark]:
    """Entries of which only a part is bold, coloured or underlined."""
    if grid.sheet not in book.sheets():
        return
    strings = _rich_strings(book)
    part = book.package.part(book.workbook.part_of(grid.sheet))
    for item in ElementTree.fromstring(part).iterfind(".//{*}sheetData/{*}row/{*}c"):
        inline = item.find("{*}is")
        shared = item.get("t") == "s" and item.findtext("{*}v", "").strip() in strings
        if not shared and (inline is None or not _is_rich(inline)):
            continue
        letters = item.get("r", "").rstrip("0123456789")
        row, column = item.get("r", "").removeprefix(letters), column_number(letters)
        cell = grid.at(int(row or 0), column)
        if cell.kind is Kind.TEXT and not cell.struck:
            why = "formatting inside the text not carried; its words are"
            at = f"{grid.sheet}!{letters}{row}"
            yield Remark(cell=at, heading=heading(column), value=cell.text[:60], why=why)


def _rich_strings(book: FileBook) -> frozenset[str]:
    """The numbers of the shared texts that have formats inside."""
    found = book.workbook.related(book.workbook.part, "sharedStrings").values()
    for part in found:
        items = ElementTree.fromstring(book.package.part(part))
        return frozenset(str(at) for at, item in enumerate(items) if _is_rich(item))
    return frozenset()


def _is_rich(item: ElementTree.Element) -> bool:
    return any(len(run) for run in item.iterfind("{*}r/{*}rPr"))


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
