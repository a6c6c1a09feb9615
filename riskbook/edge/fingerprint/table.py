"""The table of a register sheet: its name, rows and columns, and the headings over them.

::

    tblRisks A4:S112   a heading row, entries, no totals; each column called as its heading
"""

from collections.abc import Iterator, Mapping

from riskbook.core import formulas
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint.facts import ColumnFact, Facts, Reference
from riskbook.edge.fingerprint.sheet import Area, areas
from riskbook.edge.fingerprint.telling import CLEAN, Teller, lock
from riskbook.edge.xlsx.workbook import Table


def differences(
    facts: Facts, sheet: Sheet, block: Area, wanted: Reference, tell: Teller
) -> Iterator[Finding]:
    """RB901, RB907, RB912: what the table says of itself, and headings that are not words."""
    found = facts.book.tables(sheet.grid.sheet)
    table = next(t for t in found if block.with_head in areas(t.ref))
    yield from _rows(facts, sheet, block, table, tell)
    must = wanted.tables.get(sheet.grid.sheet, "")
    if must not in [each.name for each in found]:
        message = f"the table of this sheet is called {found[0].name} and not {must}."
        at = CellRef(sheet.grid.sheet, sheet.mapped.row, 1)
        yield tell("RB901", at, message, f"Name it {must} again.", value=found[0].name)
    yield from _columns(facts, sheet, block, table, wanted, tell)
    yield from _headings(facts, sheet, tell)


def _rows(facts: Facts, sheet: Sheet, block: Area, table: Table, tell: Teller) -> Iterator[Finding]:
    name = sheet.grid.sheet
    if not table.headed:
        at = CellRef(name, sheet.mapped.row, block.left)
        message = "the table takes its row of headings for entries."
        yield tell("RB901", at, message, "Tick Table Design > Header Row.")
    if table.totals:
        at = CellRef(name, block.bottom, block.left)
        message = f"the table takes row {block.bottom} for its totals, not for entries."
        yield tell("RB901", at, message, "Clear Table Design > Total Row.")
    opened = facts.open_styles
    below = [row for (row, _), s in facts.seen(name).styles.items() if s in opened]
    last = max(below, default=0)
    if last > block.bottom:
        yield tell(
            "RB901",
            CellRef(name, block.bottom + 1, block.left),
            f"the table ends at row {block.bottom}, and the cells for entries go on to row "
            f"{last}: formulas do not see what stands there.",
            CLEAN,
        )


def _columns(
    facts: Facts, sheet: Sheet, block: Area, table: Table, wanted: Reference, tell: Teller
) -> Iterator[Finding]:
    """The names of its columns, and the formulas that new rows take."""
    row, grid = sheet.mapped.row, sheet.grid
    fields = {place: name for name, place in sheet.mapped.columns.items()}
    there, covered = len(table.columns), block.right - block.left + 1
    if there != covered:
        message = f"the table lists {there} columns and lies over {covered}."
        yield tell("RB901", CellRef(grid.sheet, row, block.left), message, CLEAN)
    must: Mapping[str, ColumnFact] = wanted.columns.get(grid.sheet, {})
    headings = {column.field: column.heading for column in sheet.table.columns}
    for place, (name, formula) in enumerate(
        zip(table.columns, table.formulas, strict=True), start=block.left
    ):
        at, heading = CellRef(grid.sheet, row, place), grid.at(row, place).text
        known = (heading, headings.get(fields.get(place, ""), heading))
        if " ".join(name.split()) not in [" ".join(each.split()) for each in known]:
            message = f"the table calls this column {name!r} and its heading says {heading!r}."
            yield tell("RB901", at, message, CLEAN, value=name)
        fact = must.get(fields.get(place, ""))
        ours = fact.formula if fact and sheet.table is facts.profile.risks else ""
        if formula and fact and fact.open:
            message = f"new rows fill {heading} by a formula, and an officer is to type there."
            yield tell("RB912", at, message, CLEAN, value=formula)
        elif formula and ours and not formulas.is_ours(ours, formula, sheet.renamed):
            message = f"new rows take another formula for {heading} than the template's."
            yield tell("RB912", at, message, CLEAN, value=formula)


def _headings(facts: Facts, sheet: Sheet, tell: Teller) -> Iterator[Finding]:
    seen, name = facts.seen(sheet.grid.sheet), sheet.grid.sheet
    unlocked = [
        (row, column)
        for (row, column), style in seen.styles.items()
        if row <= sheet.mapped.row and style in facts.open_styles
    ]
    for row, column in unlocked[:1]:
        at = CellRef(name, row, column)
        more = f" and {len(unlocked) - 1} more" if unlocked[1:] else ""
        message = f"{at.address}{more} above the entries is not locked: a heading can be lost."
        yield tell("RB907", at, message, lock(at.address))
    for place in sorted(sheet.mapped.columns.values()):
        if formula := sheet.grid.at(sheet.mapped.row, place).formula:
            at = CellRef(name, sheet.mapped.row, place)
            message = "the heading is worked out by a formula, so it may say another thing later."
            yield tell("RB901", at, message, CLEAN, value=formula)
