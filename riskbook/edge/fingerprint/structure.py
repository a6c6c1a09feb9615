"""What the workbook as a whole has lost: sheets, protection, names, calculation."""

import re
from collections.abc import Iterator, Mapping

from riskbook.core import settings
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.edge.fingerprint.facts import GROWING, ON, Facts, Reference
from riskbook.edge.fingerprint.sheet import PASSWORD, areas
from riskbook.edge.fingerprint.telling import Teller

# how Excel and LibreOffice call a copy: "Risks (2)", "Risks_2"
_COPY = re.compile(r"(?:copy of )?(.+?)(?: ?\(\d+\)|_\d+)?", re.IGNORECASE)
_WORDS: Mapping[str, str] = {
    "formatCells": "format cells",
    "formatColumns": "change widths",
    "formatRows": "change heights",
    "insertColumns": "insert columns",
    "insertRows": "insert rows",
    "insertHyperlinks": "insert links",
    "deleteColumns": "delete columns",
    "deleteRows": "delete rows",
    "sort": "sort",
    "autoFilter": "filter",
    "pivotTables": "use pivot tables",
    "objects": "change pictures and buttons",
    "scenarios": "change scenarios",
    "selectLockedCells": "select locked cells",
    "selectUnlockedCells": "select the cells for entries",
}
_PROTECT = "without a password (Review > Protect Sheet), allowing: "


def sheets(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """RB909, RB913: sheets that are hidden, copied or not riskbook's."""
    ours = {*facts.profile.sheets.values()}
    for sheet in (*facts.book.sheets, *facts.book.others):
        at = CellRef(sheet.name, 1, 1)
        name = sheet.name.casefold()
        if name == settings.SHEET:
            continue  # what is wrong with it is told with the macros
        if sheet.name in ours:
            if sheet.state != "visible":
                message = f"the sheet {sheet.name!r} is {_state(sheet.state)}."
                yield tell("RB909", at, message, "Right-click a tab, choose Unhide, show it.")
        elif sheet.state != "visible":  # LibreOffice makes hidden what no menu showed
            message = f"the sheet {sheet.name!r} is not riskbook's and is {_state(sheet.state)}."
            yield tell("RB909", at, message, "Ask who made it; make it visible, or delete it.")
        elif (of := _original(sheet.name, ours)) and of in wanted.sheets:
            message = f"the sheet {sheet.name!r} is a copy of {of!r}: entries in it do not count."
            yield tell("RB909", at, message, f"Move its entries to {of!r} and delete it.")
        else:
            message = f"the sheet {sheet.name!r} is not riskbook's; riskbook leaves it."
            yield tell("RB913", at, message, "Leave it, or delete it before you send the file.")


def _state(state: str) -> str:
    return "hidden so that no menu shows it" if state == "veryHidden" else "hidden"


def _original(name: str, ours: set[str]) -> str:
    found = _COPY.fullmatch(name)
    folded = {each.casefold(): each for each in ours}
    return folded.get(found[1].strip().casefold(), "") if found else ""


def protection(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """RB906: the protection of a sheet was taken off, or allows something else."""
    there = {sheet.name for sheet in facts.book.sheets}
    for name, allowed in wanted.sheets.items():
        if name not in there:
            continue
        seen, at, must = facts.seen(name), CellRef(name, 1, 1), frozenset(allowed)
        protect = f"{_PROTECT}{', '.join(_WORDS[each] for each in allowed)}."
        fix = f"Take the protection off and protect the sheet again {protect}"
        if seen.allowed is None:
            message = f"the sheet {name!r} is not protected: headings and formulas can be lost."
            yield tell("RB906", at, message, f"Protect the sheet {protect}")
            continue
        if PASSWORD in seen.allowed:
            message = f"the sheet {name!r} is protected with a password, which riskbook never sets."
            yield tell("RB906", at, message, fix)
        if more := _words(seen.allowed - must - {PASSWORD}):
            message = f"the protection of {name!r} also lets people {more}."
            yield tell("RB906", at, message, fix)
        if fewer := _words(must - seen.allowed):
            message = f"the protection of {name!r} no longer lets people {fewer}."
            yield tell("RB906", at, message, fix)
        for area in (area for ref in seen.ranges for area in areas(ref)[:1]):
            cell = CellRef(name, area.top, area.left)
            message = f"cells from {cell.address} may be changed in spite of the protection."
            yield tell("RB906", cell, message, "Delete it under Review > Allow Edit Ranges.")


def _words(actions: frozenset[str]) -> str:
    return ", ".join(_WORDS[each] for each in sorted(actions))


def whole(facts: Facts, tell: Teller) -> Iterator[Finding]:
    """RB906, RB911: the structure is locked; the workbook does not calculate as usual."""
    at = CellRef(facts.profile.sheets["about"], 1, 1)
    said = facts.settings["workbookProtection"]
    if said.get("lockStructure") in ON or said.get("lockWindows") in ON:
        message = "the structure of the workbook is protected, which the template's is not."
        yield tell("RB906", at, message, "Take it off: Review > Protect Workbook.")
    calc = facts.settings["calcPr"]
    automatic = "Choose Formulas > Calculation Options > Automatic."
    if calc.get("calcMode", "auto") != "auto":
        message = "the workbook calculates only when told to: scores on the screen may be old."
        yield tell("RB911", at, message, automatic, value=calc["calcMode"])
    if calc.get("fullPrecision", "1") not in ON:
        message = "the workbook calculates with figures as they are shown, not as they are."
        fix = "Clear Options > Advanced > Set precision as displayed."
        yield tell("RB911", at, message, fix, value="fullPrecision")
    if calc.get("iterate", "0") in ON:
        message = "the workbook lets formulas run in circles, so a circle is not told."
        fix = "Clear Options > Formulas > Enable iterative calculation."
        yield tell("RB911", at, message, fix, value="iterate")


def names(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """RB908: a name that formulas or dropdowns use is lost, points elsewhere, or stands twice."""
    found = {name.casefold(): (name, text) for name, text in facts.names.items()}
    for name, must in wanted.names.items():
        at = _place(must or _refs(facts), facts)
        if name.casefold() not in found:
            message = f"the name {name} is gone, and formulas or dropdowns use it."
            yield tell("RB908", at, message, _define(name, must or _refs(facts)))
            continue
        text = found[name.casefold()][1]
        if name.casefold() in facts.book.doubled:
            message = f"the name {name} stands twice: programs differ in which of them they take."
        elif "#REF!" in text:
            message = f"the name {name} points nowhere, and formulas or dropdowns use it."
        elif _covers(text, _refs(facts)) if name == GROWING else text == must:
            continue
        else:
            message = f"the name {name} stands for {text} and not for {must or _refs(facts)}."
        yield tell("RB908", at, message, _define(name, must or _refs(facts)), value=text)
    for full in facts.names:
        sheet, _, name = full.rpartition("!")
        if sheet and name.casefold() in {each.casefold() for each in wanted.names}:
            message = f"the sheet {sheet!r} has a name {name} of its own, which stands before ours."
            fix = f"Delete it: Formulas > Name Manager, the {name} of scope {sheet}."
            yield tell("RB908", CellRef(sheet, 1, 1), message, fix, value=facts.names[full])


def _define(name: str, text: str) -> str:
    return f"Set it under Formulas > Name Manager: {name} is ={text}."


def _refs(facts: Facts) -> str:
    """The block of the references as it is now."""
    sheet = facts.reading.risks
    block = facts.block(sheet)
    columns = sheet.mapped.columns
    place = columns.get("sub_ref") or columns.get("ref", 1)
    if block is None:
        return ""
    top = CellRef(sheet.grid.sheet, block.top, place)
    return f"{sheet.grid.sheet}!{top.address}:{CellRef('', block.bottom, place).address}"


def _covers(text: str, block: str) -> bool:
    """Whether a name stands for a block, and perhaps for rows below it."""
    if not block:
        return True
    sheet, _, ref = text.rpartition("!")
    wanted_sheet, _, wanted_ref = block.rpartition("!")
    have, must = areas(ref), areas(wanted_ref)
    return (
        sheet == wanted_sheet
        and len(have) == 1
        and (have[0].top, have[0].left, have[0].right) == (must[0].top, must[0].left, must[0].right)
        and have[0].bottom >= must[0].bottom
    )


def _place(text: str, facts: Facts) -> CellRef:
    sheet, _, ref = text.rpartition("!")
    found = areas(ref)
    if not found or sheet not in facts.profile.sheets.values():
        return CellRef(facts.profile.sheets["about"], 1, 1)
    return CellRef(sheet, found[0].top, found[0].left)
