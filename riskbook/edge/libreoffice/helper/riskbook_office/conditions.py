"""Formats that depend on what cells hold.

LibreOffice keeps one format with many rules for an area; its interface can neither take a
rule out nor put one in front, and draws a format only where the cells know of it.  So every
change reads the formats that an area touches, and makes those areas anew::

    formats of the sheet  ->  pieces that have the same formats  ->  rules of each piece,
    changed  ->  one new format for each piece
"""

import json

from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.ConditionOperator import FORMULA
from com.sun.star.table import CellAddress, CellRangeAddress
from riskbook_office import visuals
from riskbook_office.blocks import area
from riskbook_office.formulas import corner
from riskbook_office.rulewords import Spelling, captured, told, understood

CONDITION = 0  # com.sun.star.sheet.ConditionEntryType
UNMADE = "LibreOffice cannot keep a rule on dates or with a computed limit when others change."


def formats(sheet):
    """The formats of a sheet, the first in force first."""
    return sorted(sheet.ConditionalFormats.getConditionalFormats(), key=lambda each: each.ID)


def places(found):
    """Where a format lies: (top, left, bottom, right) of each of its ranges."""
    return [
        (a.StartRow, a.StartColumn, a.EndRow, a.EndColumn) for a in found.Range.getRangeAddresses()
    ]


def meet(one, other):
    """Whether two places have a cell in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def first(sheet, ranges):
    """The address of the upper left corner of ranges."""
    found = CellAddress()
    found.Sheet = sheet.RangeAddress.Sheet
    found.Row, found.Column = min(r[0] for r in ranges), min(r[1] for r in ranges)
    return found


def capture(sheet, found):
    """The rules of a format, enough to make them again."""
    base = first(sheet, places(found))
    return [captured(found.getByIndex(index), base) for index in range(found.getCount())]


def read(block, document):
    """The rules that lie over a block, the first first."""
    place, here, spelling, found = area(block), corner(block), Spelling(document), []
    for each in formats(block.Spreadsheet):
        if any(meet(place, other) for other in places(each)):
            for rule in capture(block.Spreadsheet, each):
                shown = told(rule, spelling, document, here)
                if shown not in found:
                    found.append(shown)
    return found


def add(block, document, text):
    """Lay a rule over a block, before those that are there."""
    here, spelling = corner(block), Spelling(document)
    rule = understood(json.loads(text), spelling, document, here)
    place = area(block)
    touched = [each for each in formats(block.Spreadsheet) if _touches(each, [place])]
    rewrite(
        block.Spreadsheet,
        document,
        [place],
        touched,
        lambda rules, piece: [rule, *rules] if meet(place, piece) else rules,
    )


def change(block, document, old, new):
    """Put a rule in the place of another wherever that one lies, or take it away (empty)."""
    here, spelling, sheet = corner(block), Spelling(document), block.Spreadsheet
    wanted = json.loads(old)
    made = [understood(json.loads(new), spelling, document, here)] if new else []

    def same(rule):
        return told(rule, spelling, document, here) == wanted

    touched = [each for each in formats(sheet) if any(map(same, capture(sheet, each)))]
    if not touched:
        raise LookupError("the rule is not there any more")
    ranges = [place for each in touched for place in places(each)]
    beside = [each for each in formats(sheet) if _touches(each, ranges)]
    rewrite(
        sheet,
        document,
        [],
        beside,
        lambda rules, piece: [part for r in rules for part in (made if same(r) else [r])],
    )


def _touches(found, ranges):
    return any(meet(place, other) for other in places(found) for place in ranges)


def rewrite(sheet, document, ranges, touched, changed):
    """Make the rules of ranges and of all formats that touch them anew."""
    rules = {each.ID: capture(sheet, each) for each in touched}
    held = {each.ID: places(each) for each in touched}
    groups = {}
    for piece in pieces([*ranges, *(p for each in held.values() for p in each)]):
        ids = tuple(n for n, all_ in held.items() if any(meet(piece, place) for place in all_))
        result = changed([rule for n in ids for rule in rules[n]], piece)
        key = (ids, tuple(id(rule) for rule in result))
        groups.setdefault(key, (result, []))[1].append(piece)
    for result, _ in groups.values():
        if any(not _can_be_made(rule) for rule in result):
            raise NotImplementedError(UNMADE)
    for each in held:
        sheet.ConditionalFormats.removeByID(each)
    for result, parts in groups.values():
        make(sheet, document, parts, result)


def _can_be_made(rule):
    if rule["type"] in visuals.KINDS:
        known = rule.get("icon_set", "") is not None
        return known and "formula" not in rule["threshold_types"]
    return "number" in rule


def pieces(ranges):
    """Ranges cut so that no two pieces overlap, in bands from top to bottom."""
    downs = sorted({r[0] for r in ranges} | {r[2] + 1 for r in ranges})
    acrosses = sorted({r[1] for r in ranges} | {r[3] + 1 for r in ranges})
    return [
        (top, left, below - 1, beyond - 1)
        for top, below in zip(downs, downs[1:])
        for left, beyond in zip(acrosses, acrosses[1:])
        if any(meet((top, left, top, left), r) for r in ranges)
    ]


def make(sheet, document, ranges, rules):
    """One format with these rules over ranges; without rules, none."""
    cells = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for top, left, bottom, right in ranges:
        at = CellRangeAddress()
        at.Sheet, at.StartRow, at.StartColumn = sheet.RangeAddress.Sheet, top, left
        at.EndRow, at.EndColumn = bottom, right
        cells.addRangeAddress(at, False)
    own = cells.ConditionalFormat
    own.clear()
    if rules:
        own.addNew(_never())
    cells.ConditionalFormat = own
    if rules:
        _fill(_named(sheet, document, cells, rules), first(sheet, ranges), rules, document)


def _never():
    """A condition that is never met; with it the cells know that they have a format."""
    told_ = {"Operator": FORMULA, "Formula1": "0", "StyleName": "Default"}
    made = []
    for name, value in told_.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def _named(sheet, document, cells, rules):
    """A format under the number that the cells know, with what a file must bring in it."""
    number = max(each.ID for each in formats(sheet))
    sheet.ConditionalFormats.removeByID(number)
    drawn = [rule for rule in rules if rule["type"] in visuals.KINDS]
    if drawn:
        made = visuals.put(sheet, document, cells, drawn)
    else:
        known = sheet.ConditionalFormats.createByRange(cells)
        made = next(each for each in formats(sheet) if known == each.ID)
    if number != made.ID:
        raise RuntimeError(f"LibreOffice numbered a format {made.ID} and not {number}")
    return made


def _fill(made, base, rules, document):
    spelling = Spelling(document)
    for rule in rules:
        if rule["type"] in visuals.KINDS:
            continue
        made.createEntry(CONDITION, 0)
        entry = made.getByIndex(made.getCount() - 1)
        entry.Operator, entry.StyleName = rule["number"], rule["style"]
        one, two = (spelling.moved(text, rule["base"], base) for text in rule["native"])
        entry.Formula1 = one
        if two:
            entry.Formula2 = two


def clear(block):
    """Take the rules of a block away, and leave them where they reach beyond it."""
    own = block.ConditionalFormat
    own.clear()
    block.ConditionalFormat = own


OPERATIONS = {
    "conditions.read": read,
    "conditions.add": add,
    "conditions.change": change,
    "conditions.clear": clear,
}
