"""The entries of a register, each with its cell and its heading, and what is no entry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from riskbook.core import layout
from riskbook.core.grid import Cell, CellRef
from riskbook.core.reading import Reading, Sheet
from riskbook.core.values import clean


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry where it stands."""

    at: CellRef
    cell: Cell
    heading: str  # or label, on About


def entries(old: Reading, cleared: Collection[str] = ()) -> Iterator[Placed]:
    """Every entry of a register but those of the fields that are cleared, row by row."""
    for sheet, records in zip(old.sheets, (old.register.risks, old.register.actions), strict=False):
        headings = {column.field: column.heading for column in sheet.table.columns}
        for record in records:
            for field, entry in record.entries.items():
                if field not in cleared and holds(entry.cell):
                    yield Placed(entry.at, entry.cell, headings[field])
    without = labels_of(cleared)
    for said in old.about:
        if said.label not in without and holds(said.cell):
            yield Placed(said.at, said.cell, said.label)


def labels_of(fields: Collection[str]) -> frozenset[str]:
    """The labels of About that some fields stand beside."""
    return frozenset(label for field, label in layout.ABOUT.items() if field in fields)


def holds(cell: Cell) -> bool:
    """Whether a cell has anything to see in it, or a formula."""
    return cell.formula is not None or bool(clean(cell.text))


def foreign(sheet: Sheet) -> Iterator[int]:
    """The columns of a sheet that are no field's."""
    width = max((len(cells) for _, cells in sheet.grid.lines()), default=0)
    ours = set(sheet.mapped.columns.values())
    return (p for p in range(sheet.grid.left, sheet.grid.left + width) if p not in ours)
