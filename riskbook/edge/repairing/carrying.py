"""The entries of a damaged workbook, as a register document that a template is filled with.

::

    Reading -> Taken  document   what the new workbook is made from
                      remarks    what is not carried, or in another form
                      rows       which row of the old sheet each record stood in

A formula is carried as the value that it shows, and an error not at all: nobody knows
what was meant.  A date is carried as it is shown, a share of a whole as a percentage.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from riskbook.core import layout, values
from riskbook.core.certificate import Carried, Move, Remark, Total
from riskbook.core.document import FORMAT
from riskbook.core.grid import Cell, CellRef, Grid, Kind
from riskbook.core.model import Entry, Record, Typed
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.reading import Reading, labelled
from riskbook.edge.template import DIGITS, too_long
from riskbook.errors import TemplateError

_PERCENTAGE = re.compile(r"-?[0-9]+(\.[0-9]+)?%")  # as riskbook.core.layout types them


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out of the old workbook."""

    document: Mapping[str, Any]
    left: tuple[Remark, ...]
    otherwise: tuple[Remark, ...]
    records: Mapping[str, tuple[Record, ...]]  # by the profile's sheet: those with entries


def take(found: Reading, profile: Profile) -> Taken:
    """Every entry as it is to be typed into the new workbook."""
    left: list[Remark] = []
    otherwise: list[Remark] = []
    document: dict[str, Any] = {"format": FORMAT, "profile": profile.id, "about": _about(found)}
    kept: dict[str, tuple[Record, ...]] = {}
    register = found.register
    for sheet, part, records in zip(
        found.sheets, ("risks", "actions"), (register.risks, register.actions), strict=False
    ):
        lines = []
        held = []
        for record in records:
            line = dict(_line(record, sheet.table, left, otherwise))
            if line:
                lines.append(line)
                held.append(record)
        document[part] = lines
        kept[sheet.table.sheet] = tuple(held)
    return Taken(document=document, left=tuple(left), otherwise=tuple(otherwise), records=kept)


def _about(found: Reading) -> dict[str, Any]:
    about = found.register.about
    texts = {name: getattr(about, name) for name in layout.ABOUT}
    notes = {"notes": list(about.notes)} if about.notes else {}
    return {**{name: text for name, text in texts.items() if text}, **notes}


def _line(
    record: Record, table: Table, left: list[Remark], otherwise: list[Remark]
) -> Iterator[tuple[str, Typed]]:
    for column in table.columns:
        entry = record.entries.get(column.field)
        if not column.entered or entry is None:
            continue
        for loss in _losses(entry, column):
            left.append(loss)
        for change in _changes(entry, column):
            otherwise.append(change)
        value = carried(entry.cell, column)
        if value is not None:
            yield column.field, value


def carried(cell: Cell, column: Column) -> Typed | None:
    """An entry as a register document holds it; None where nothing is carried."""
    if cell.kind is Kind.ERROR or not values.clean(cell.text):
        return None
    if is_long(cell, column):
        return cell.text
    if cell.kind is Kind.NUMBER and column.kind in ("level", "number", "weight"):
        if column.kind == "weight" and "%" in cell.format:
            return values.percent(cell.number)
        return _number(replace(cell, format="General"))
    found = values.typed(replace(cell, formula=None))
    return _number(cell) if isinstance(found, int | float) and cell.kind is Kind.NUMBER else found


def is_long(cell: Cell, column: Column) -> bool:
    """Whether an entry is a number of more digits than a cell keeps, so that it is a text."""
    if cell.kind is not Kind.NUMBER or column.kind == "weight" or "%" in cell.format:
        return False
    return cell.number == cell.number.to_integral_value() and too_long(int(cell.number))


def _number(cell: Cell) -> int | float:
    """A number of as many digits as a cell keeps."""
    whole = cell.number == cell.number.to_integral_value() and abs(cell.number) < 10**DIGITS
    return int(cell.number) if whole else float(cell.number)


def _losses(entry: Entry, column: Column) -> Iterator[Remark]:
    cell = entry.cell
    if cell.kind is Kind.ERROR:
        yield _remark(entry, column, cell.text, "an error, left blank: type what was meant")
    elif cell.kind is Kind.BLANK and cell.formula is not None:
        formula = f"={cell.formula}"
        yield _remark(entry, column, formula, "a formula that shows no value, left blank")


def _changes(entry: Entry, column: Column) -> Iterator[Remark]:
    cell = entry.cell
    if cell.formula is not None and cell.kind not in (Kind.BLANK, Kind.ERROR):
        said = f"the value of a formula{f' (={cell.formula})' if cell.formula else ''}"
        yield _remark(entry, column, cell.text, said)
    if is_long(cell, column):
        why = f"a number of more digits than the {DIGITS} that a cell keeps, carried as a text"
        yield _remark(entry, column, cell.text, why)
    if cell.kind is Kind.DATE:
        shown = values.shown_date(cell)
        yield _remark(entry, column, shown, f"a date cell ({cell.format}), carried as its text")
    elif column.kind == "weight" and is_percentage(cell):
        yield _remark(entry, column, cell.text, "a text, carried as the percentage that it says")
    elif cell.text and not values.clean(cell.text):
        yield _remark(entry, column, cell.text, "only spaces, left blank")


def _remark(entry: Entry, column: Column, value: str, why: str) -> Remark:
    return Remark(cell=str(entry.at), heading=column.heading, value=value, why=why)


def compare(taken: Taken, again: Reading) -> None:
    """Refuse a new workbook in which an entry is not what it was in the old one.

    Raises:
        TemplateError: an entry differs; nothing was written.
    """
    new = (again.register.risks, again.register.actions)
    for sheet, records in zip(again.sheets, new, strict=False):
        held = taken.records[sheet.table.sheet]
        if len(held) != len(records):
            raise _differs(
                f"{sheet.table.sheet}: {len(held)} rows of entries became {len(records)}"
            )
        for before, after in zip(held, records, strict=True):
            for column in sheet.table.columns:
                _same(before, after, column)
    if _about(again) != taken.document["about"]:
        raise _differs("the entries of About read differently")


def _same(before: Record, after: Record, column: Column) -> None:
    old, new = before.entries.get(column.field), after.entries.get(column.field)
    if not column.entered or new is None:
        return
    wanted = carried(old.cell, column) if old else None
    found = carried(new.cell, column)
    if column.kind == "weight" and old and wanted is not None:
        alike = _exactly(old.cell) == _exactly(new.cell)
    elif isinstance(wanted, float) and isinstance(found, int | float):
        alike = f"{wanted:.{DIGITS}g}" == f"{float(found):.{DIGITS}g}"
    else:
        alike = wanted == found and type(wanted) is type(found)
    if not alike:
        raise _differs(f"{old.at if old else column.heading}: {wanted!r} reads {found!r}")


def _exactly(cell: Cell) -> str:
    """A weight in one spelling: a percentage that is a text is typed anew as the number."""
    if is_percentage(cell):
        return f"{Decimal(cell.text.removesuffix('%')) / 100:.{DIGITS}g}"
    return f"{cell.number:.{DIGITS}g}" if cell.kind is Kind.NUMBER else cell.text


def is_percentage(cell: Cell) -> bool:
    """Whether a text is one that a weight's cell takes as a number: ``40%``."""
    return cell.kind is Kind.TEXT and bool(_PERCENTAGE.fullmatch(cell.text))


def _differs(what: str) -> TemplateError:
    return TemplateError(
        f"The new workbook would not hold what the old one does: {what}.",
        fix="change that entry in the old workbook, or tell whoever looks after riskbook.",
    )


def columns(
    taken: Taken, old: Reading, new: Reading, abouts: Sequence[Grid | None]
) -> Iterator[Carried]:
    """What was carried where, column by column."""
    yield from _labels(*abouts)
    records = (new.register.risks, new.register.actions)
    for before, after, there in zip(old.sheets, new.sheets, records, strict=False):
        held = taken.records[before.table.sheet]
        for column in before.table.columns:
            if column.entered:
                pairs = list(_pairs(held, there, column))
                if pairs:
                    yield Carried(
                        sheet=after.table.sheet,
                        heading=column.heading,
                        entries=len(pairs),
                        moves=tuple(_blocks(pairs)),
                    )


def _pairs(
    held: Sequence[Record], there: Sequence[Record], column: Column
) -> Iterator[tuple[CellRef, CellRef]]:
    """Where each entry of a column was, and where it is."""
    for before, after in zip(held, there, strict=True):
        entry = before.entries.get(column.field)
        if entry and carried(entry.cell, column) is not None:
            yield entry.at, after.entries[column.field].at


def _blocks(pairs: Sequence[tuple[CellRef, CellRef]]) -> Iterator[Move]:
    """Entries that moved as far as the one above them, as one block."""
    start = 0
    for place in range(1, len(pairs) + 1):
        if place == len(pairs) or _offset(pairs[place]) != _offset(pairs[start]):
            (first, new), (last, new_last) = pairs[start], pairs[place - 1]
            yield Move(before=_area(first, last), after=_area(new, new_last))
            start = place


def _offset(pair: tuple[CellRef, CellRef]) -> int:
    return pair[1].row - pair[0].row


def _area(first: CellRef, last: CellRef) -> str:
    return str(first) if first == last else f"{first}:{last.address}"


def _labels(old: Grid | None, new: Grid | None) -> Iterator[Carried]:
    if old is None or new is None:
        return
    before, after = _said(old), _said(new)
    for label in (*layout.ABOUT.values(), layout.NOTE):
        pairs = list(zip(before.get(label, ()), after.get(label, ()), strict=False))
        if pairs:
            moves = tuple(_blocks(pairs))
            yield Carried(sheet=new.sheet, heading=label, entries=len(pairs), moves=moves)


def _said(grid: Grid) -> dict[str, list[CellRef]]:
    """The filled cells beside each label of About; the first one only, but for notes."""
    names = {label.casefold(): label for label in (*layout.ABOUT.values(), layout.NOTE)}
    found: dict[str, list[CellRef]] = {}
    seen: set[str] = set()
    for label, at in labelled(grid):
        name = names.get(label)
        again = name in seen and name != layout.NOTE
        if name is None or again:
            continue
        seen.add(name)
        text = values.entry_text(grid.at(at.row, at.column))
        if values.clean(text) or (text and name != layout.NOTE):
            found.setdefault(name, []).append(at)
    return found


def totals(old: Reading, new: Reading) -> Iterator[Total]:
    """The levels of each column, counted and summed before and after."""
    for column in old.risks.table.columns:
        if column.kind == "level":
            before = _levels(old, column.field)
            after = _levels(new, column.field)
            yield Total(
                sheet=new.risks.table.sheet,
                heading=column.heading,
                before=len(before),
                before_sum=sum(before),
                after=len(after),
                after_sum=sum(after),
            )


def _levels(found: Reading, field: str) -> list[int]:
    entries = (risk.entries.get(field) for risk in found.register.risks)
    return [entry.value for entry in entries if entry and type(entry.value) is int]
