"""Many cells in one go: what one request would otherwise need thousands for.

Values go as they are shown to a person who programs: numbers, texts, None for a blank,
and beside them where dates, truths and errors stand, as LibreOffice keeps all three as
numbers in a format.
"""

import re

from com.sun.star.lang import Locale
from com.sun.star.sheet.FormulaResult import ERROR
from com.sun.star.table import CellRangeAddress
from com.sun.star.util import NumberFormat
from riskbook_office import formulas
from riskbook_office.codec import Bulk

NO_REF, NO_CODE = 524, 521  # #REF! and #NULL!
TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
TRUTH = "BOOLEAN"  # the code of the format
FILLED = 1 | 2 | 4 | 16  # CellFlags: VALUE, DATETIME, STRING, FORMULA


def area(block):
    """Where a block lies on its sheet."""
    found = block.RangeAddress
    return found.StartRow, found.StartColumn, found.EndRow, found.EndColumn


def read(block, document):
    """Values of a block and what its formats make of them.

    Returns:
        rows, then (row, column, rows, columns, kind) with kind "date" or "bool",
        then (row, column, error number) of cells that show an error; places count from 0
        inside the block.
    """
    top, left, _, _ = area(block)
    rows = block.getDataArray()  # first: a formula gets its format when it is calculated
    kinds = [(*inside(place, top, left), kind) for place, kind in formats(block, document)]
    wrong = []
    for found in ranges(block.queryFormulaCells(ERROR)):
        for row in range(found.StartRow, found.EndRow + 1):
            for column in range(found.StartColumn, found.EndColumn + 1):
                cell = block.getCellByPosition(column - left, row - top)
                wrong.append((row - top, column - left, error_of(cell)))
    return Bulk((rows, kinds, wrong))


def error_of(cell):
    """The number of a cell's error; ranges that do not meet are a kind of their own in Excel."""
    number = cell.getError()
    if number == NO_REF and "!" in TEXTS.sub("", cell.Formula).replace("#REF!", ""):
        return NO_CODE
    return number


def inside(place, top, left):
    """An address as (row, column, rows, columns) counted from the block's corner."""
    return (
        place.StartRow - top,
        place.StartColumn - left,
        place.EndRow - place.StartRow + 1,
        place.EndColumn - place.StartColumn + 1,
    )


def ranges(several):
    """The addresses of a collection of ranges."""
    return several.getRangeAddresses()


def formats(block, document):
    """The parts of a block that show days or truths."""
    for group, kind in groups(block, document):
        if kind:
            for place in group.getRangeAddresses():
                yield place, kind


def groups(block, document):
    """The parts of a block with one format each, and what the format shows."""
    keys, found = document.NumberFormats, block.getUniqueCellFormatRanges()
    for index in range(found.Count):
        group = found.getByIndex(index)
        yield group, kind_of(keys.getByKey(group.getByIndex(0).NumberFormat).Type)


def kind_of(type_):
    """What a number format shows, as far as it matters; a time alone is a number in Excel too."""
    if type_ & NumberFormat.LOGICAL:
        return "bool"
    return "date" if type_ & NumberFormat.DATE else ""


def write(block, document, placed, marked, rows):
    """Set values of a block.

    Args:
        block: exactly as large as the rows.
        document: the workbook, which keeps the formats.
        placed: (row, column, text) of cells that hold a formula instead.
        marked: (row, column, rows, columns, format code) of numbers that need a format; a
            format for days stays where there is one already.
        rows: tuples of numbers and texts; "" blanks a cell.
    """
    for group, kind in groups(block, document):
        if kind == "bool":  # else a number would be read as a truth
            group.NumberFormat = 0
    block.setDataArray(rows)
    if placed:
        formulas.set_one(block, document, placed)
    for row, column, height, width, code in marked:
        part = block.getCellRangeByPosition(column, row, column + width - 1, row + height - 1)
        for group, kind in groups(part, document):
            if code == TRUTH or kind != "date":
                group.NumberFormat = format_key(document, code)


def format_key(document, code):
    """The number of a format by its code, in Excel's English spelling.

    The format becomes one of the user's own language: any other is marked in the file.
    """
    keys, own = document.NumberFormats, Locale()
    if code == "General":
        return keys.getStandardIndex(own)
    return keys.addNewConverted(code, Locale("en", "US", ""), own)


def set_format(block, document, code):
    """Show a block's numbers in a format."""
    block.NumberFormat = format_key(document, code)


def end(sheet, row, column, down, across):
    """Where Ctrl and an arrow key go from a cell: the end of what is filled."""
    last = sheet.Rows.Count - 1 if down else sheet.Columns.Count - 1
    if down:
        line = sheet.getCellRangeByPosition(column, 0, column, last)
        found = [(r.StartRow, r.EndRow) for r in ranges(line.queryContentCells(FILLED))]
        return [along(joined(found), row, down, last), column]
    line = sheet.getCellRangeByPosition(0, row, last, row)
    found = [(r.StartColumn, r.EndColumn) for r in ranges(line.queryContentCells(FILLED))]
    return [row, along(joined(found), column, across, last)]


def joined(runs):
    """Runs (first, last) in order, those that touch as one."""
    found = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def along(runs, place, step, last):
    """From a place to the end of its run, else to the next run, else to the end of the line."""
    for first, final in runs:
        stop = final if step > 0 else first
        if first <= place <= final and place != stop:
            return stop
    if step > 0:
        return min([first for first, _ in runs if first > place], default=last)
    return max([final for _, final in runs if final < place], default=0)


def style(sheet, document, placed):
    """Give each of many ranges a cell style: (top, left, bottom, right, name)."""
    place, named = sheet.RangeAddress.Sheet, {}
    for top, left, bottom, right, name in placed:
        named.setdefault(name, []).append(CellRangeAddress(place, left, top, right, bottom))
    for name, addresses in named.items():
        chosen = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        chosen.addRangeAddresses(tuple(addresses), False)
        chosen.CellStyle = name


OPERATIONS = {
    "block.read": read,
    "block.write": write,
    "block.format": set_format,
    "block.style": style,
    "block.end": end,
}
