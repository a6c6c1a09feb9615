"""What the cells of the register sheets have lost: dropdowns, locks, formulas, colours."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from riskbook.core import formulas
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Grid, Kind
from riskbook.core.layout import ABOUT, CONTROLLED, NOTE
from riskbook.core.reading import Sheet, labelled
from riskbook.edge.fingerprint import table
from riskbook.edge.fingerprint.facts import ColumnFact, Facts, Reference
from riskbook.edge.fingerprint.patches import (
    Look,
    Patch,
    Rows,
    Told,
    address,
    few,
    joined,
    stretches,
    turns,
)
from riskbook.edge.fingerprint.sheet import Area, Placed
from riskbook.edge.fingerprint.telling import CLEAN, Teller, lock, short, unlock

PASTE = "Copy a cell of the same column that has it still, select {area}, then choose "
PASTE += "Paste Special > Validation."
KINDS = {"list": "dropdown"}


def cells(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """RB905, RB907, RB912, RB901: what the cells of the registers have no longer."""
    for sheet in facts.reading.sheets:
        name = sheet.grid.sheet
        block = facts.block(sheet)
        if block is None:
            yield tell(
                "RB901",
                CellRef(name, sheet.mapped.row, 1),
                f"the table {wanted.tables.get(name, '')} is gone, so formulas, filters and "
                "dropdowns do not find its rows.",
                CLEAN,
            )
            continue
        yield from table.differences(facts, sheet, block, wanted, tell)
        for patch in _patches(facts, sheet, block, wanted.columns.get(name, {})):
            yield _told(patch, name, tell)


def _patches(
    facts: Facts, sheet: Sheet, block: Area, wanted: Mapping[str, ColumnFact]
) -> Iterator[Patch]:
    """Neighbouring cells together: first down a column, then across columns."""
    headings = {column.field: column.heading for column in sheet.table.columns}
    seen, rows_of_all = facts.seen(sheet.grid.sheet), turns(facts, sheet, block)
    lost: list[Patch] = []
    whole = Rows(block)
    for name, place in sorted(sheet.mapped.columns.items(), key=lambda item: item[1]):
        if name not in wanted:
            continue
        lines = stretches(seen, rows_of_all, place, block)
        for look in (_rule, _lock_of, _formula, _colours):
            told = look(facts, sheet, name, wanted[name], whole)
            if told is None:
                continue
            rows = ((line, told(line[0])) for line in lines)
            for what, run in groupby(rows, key=lambda item: item[1]):
                if what is not None:
                    ends = [line for line, _ in run]
                    area = Area(ends[0][0], place, ends[-1][1], place)
                    lost.append(Patch(area, what, (headings[name],)))
    yield from few(joined(lost))


def _told(patch: Patch, sheet: str, tell: Teller) -> Finding:
    code, message, fix = patch.told
    area = address(patch.area)
    more = len(patch.headings) - 1
    of = patch.headings[0] + (f" and {more} more column{'s' * (more > 1)}" if more else "")
    at = CellRef(sheet, patch.area.top, patch.area.left)
    return tell(code, at, message.format(area=area, of=of), fix.format(area=area))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _whole(rule: Placed, place: int, block: Area) -> bool:
    """Whether one area of a rule covers a whole column."""
    ends = ((block.top, place), (block.bottom, place))
    return any(all(area.covers(*end) for end in ends) for area in rule.areas)


def _rule(facts: Facts, sheet: Sheet, name: str, wanted: ColumnFact, rows: Rows) -> Look | None:
    place, rules = sheet.mapped.columns[name], facts.seen(sheet.grid.sheet).rules
    over = [rule for rule in rules if any(_over(area, place) for area in rule.areas)]
    if len(over) == 1 and over[0].text == wanted.rule and _whole(over[0], place, rows.block):
        return None

    def told(texts: Collection[str]) -> Told | None:
        return _told_rule(" and ".join(texts), wanted.rule)

    placed = [(area, rule.text) for rule in over for area in rule.areas if _over(area, place)]
    message = "the dropdowns or limits of {of} in {area} are in too many pieces to compare."
    return rows.look(placed, told) or (lambda _: ("RB905", message, CLEAN))


def _over(area: Area, place: int) -> bool:
    return area.left <= place <= area.right


def _told_rule(found: str, wanted: str) -> Told | None:
    """What is told of cells with another dropdown or limit than the template's."""
    if found == wanted or (found.startswith("none") and not wanted):
        return None
    if not wanted:
        message = "{area} of {of} has a dropdown or limit that the template does not have."
        return "RB905", message, "Clear it with Data > Data Validation > Clear All."
    kind = KINDS.get(wanted.partition(" ")[0], "limit")
    if not found or found.startswith("none"):
        message = f"the {kind} of {{of}} is gone from {{area}}: anything can be typed there now."
    else:
        says, must = _escaped(short(found)), _escaped(short(wanted))
        message = f"the {kind} of {{of}} is another one in {{area}}: {says}, not {must}."
    return "RB905", message, PASTE


def _lock_of(facts: Facts, sheet: Sheet, name: str, wanted: ColumnFact, rows: Rows) -> Look | None:
    place, seen = sheet.mapped.columns[name], facts.seen(sheet.grid.sheet)

    def told(row: int) -> Told | None:
        if (seen.style(row, place) in facts.open_styles) == wanted.open:
            return None
        if wanted.open:
            return "RB907", "{area} of {of} is locked: nobody can type there.", unlock("{area}")
        message = "{area} of {of} is not locked: a formula there can be typed over."
        return "RB907", message, lock("{area}")

    return told


def _formula(facts: Facts, sheet: Sheet, name: str, wanted: ColumnFact, rows: Rows) -> Look | None:
    """Formulas of rows that hold no risk yet; those of the others are told by RB304 to RB308."""
    place = sheet.mapped.columns[name]
    risks = {record.row for record in facts.reading.register.risks}
    ours = sheet.table is facts.profile.risks and wanted.formula
    if not ours:
        return None

    def told(row: int) -> Told | None:
        cell = sheet.grid.at(row, place)
        if row in risks or formulas.stands(sheet, wanted.formula, row, place):
            return None
        copy = "Copy the formula of the same column from the row above into {area}."
        if cell.formula is not None:
            return "RB912", "the formula of {of} in {area} is not the template's.", copy
        what = "is gone from" if cell.kind is Kind.BLANK else "was typed over in"
        return "RB912", f"the formula of {{of}} {what} {{area}}, for the next risk.", copy

    return told


def _colours(facts: Facts, sheet: Sheet, name: str, wanted: ColumnFact, rows: Rows) -> Look | None:
    place = sheet.mapped.columns[name]
    over = [
        (area, colour)
        for colour in facts.seen(sheet.grid.sheet).colours
        for area in colour.areas
        if _over(area, place)
    ]
    for text in {colour.text for _, colour in over} - rows.texts.keys():
        rows.texts[text] = facts.colour_text(text, sheet)
    placed, must = [(area, rows.texts[colour.text]) for area, colour in over], set(wanted.colours)
    texts = {text for _, text in placed}
    if texts == must and all(_whole(colour, place, rows.block) for _, colour in over):
        return None

    def told(found: Collection[str]) -> Told | None:
        if set(found) == must:
            return None
        message = "the colours of {of} in {area} do not follow the template's rules."
        return "RB901", message, CLEAN

    message = "the colours of {of} in {area} have too many rules to compare."
    return rows.look(placed, told) or (lambda _: ("RB901", message, CLEAN))


def about(facts: Facts, grid: Grid, tell: Teller) -> Iterator[Finding]:
    """RB907: an entry of About that is locked, or a version that is not."""
    seen = facts.seen(grid.sheet)
    entered = {label.casefold() for label in (*ABOUT.values(), NOTE)}
    controlled = {label.casefold() for label in CONTROLLED.values()}
    for label, at in labelled(grid):
        opened = seen.style(at.row, at.column) in facts.open_styles
        if label in entered and not opened:
            message = f"{at.address} beside {label!r} is locked: nobody can type there."
            yield tell("RB907", at, message, unlock(at.address))
        elif label in controlled and opened:
            message = f"{at.address} beside {label!r} is not locked: it belongs to the template."
            yield tell("RB907", at, message, lock(at.address))


def fixed(facts: Facts, tell: Teller) -> Iterator[Finding]:
    """RB907: cells of Key and Lists, which formulas and dropdowns read, that are not locked."""
    for role in ("key", "lists"):
        name = facts.profile.sheets[role]
        if name not in [sheet.name for sheet in facts.book.sheets]:
            continue  # a repair looks at workbooks that have lost it
        styles = facts.seen(name).styles.items()
        unlocked = sorted(place for place, style in styles if style in facts.open_styles)
        for row, column in unlocked[:1]:
            at = CellRef(name, row, column)
            more = f" and {len(unlocked) - 1} more" if unlocked[1:] else ""
            message = f"{at.address}{more} is not locked: what formulas and dropdowns read."
            yield tell("RB907", at, message, lock(at.address))
