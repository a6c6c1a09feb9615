"""Many cells in one go: what one request would otherwise need thousands for.

Values go as they are shown to a person who programs: numbers, texts, None for a blank,
and beside them where dates, truths and errors stand, as LibreOffice keeps all three as
numbers in a format.
"""

from com.sun.star.lang import Locale
from com.sun.star.sheet.FillDirection import TO_BOTTOM, TO_RIGHT
from com.sun.star.sheet.FormulaResult import ERROR
from com.sun.star.util import NumberFormat

FILLED = 1 | 2 | 4 | 16  # CellFlags: VALUE, DATETIME, STRING, FORMULA


def area(block):
    """Where a block lies on its sheet."""
    found = block.RangeAddress
    return found.StartRow, found.StartColumn, found.EndRow, found.EndColumn


def read(block, document):
    """Values of a block and what its formats make of them.

    Returns:
        rows, then (row, column, rows, columns, kind) with kind "date", "time" or "bool",
        then (row, column, error number) of cells that show an error; places count from 0
        inside the block.
    """
    top, left, _, _ = area(block)
    kinds = [(*inside(place, top, left), kind) for place, kind in formats(block, document)]
    wrong = []
    for found in ranges(block.queryFormulaCells(ERROR)):
        for row in range(found.StartRow, found.EndRow + 1):
            for column in range(found.StartColumn, found.EndColumn + 1):
                cell = block.getCellByPosition(column - left, row - top)
                wrong.append((row - top, column - left, cell.getError()))
    return [block.getDataArray(), kinds, wrong]


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
    """The parts of a block that show dates, times or truths."""
    keys = document.NumberFormats
    groups = block.getUniqueCellFormatRanges()
    for index in range(groups.Count):
        group = groups.getByIndex(index)
        kind = kind_of(keys.getByKey(group.getByIndex(0).NumberFormat).Type)
        if kind:
            for place in group.getRangeAddresses():
                yield place, kind


def kind_of(type_):
    """What a number format shows, as far as it matters."""
    if type_ & NumberFormat.LOGICAL:
        return "bool"
    if type_ & NumberFormat.DATE:
        return "date"
    return "time" if type_ & NumberFormat.TIME else ""


def write(block, document, rows, formulas, marked):
    """Set values of a block.

    Args:
        block: exactly as large as the rows.
        document: the workbook, which keeps the formats.
        rows: numbers and texts; "" blanks a cell.
        formulas: (row, column, text) of cells that hold a formula instead.
        marked: (row, column, rows, columns, format code) of numbers that need a format.
    """
    block.setDataArray(tuple(map(tuple, rows)))
    for row, column, text in formulas:
        block.getCellByPosition(column, row).setFormula(text)
    for row, column, height, width, code in marked:
        part = block.getCellRangeByPosition(column, row, column + width - 1, row + height - 1)
        part.NumberFormat = format_key(document, code)


def format_key(document, code):
    """The number of a format by its code, in Excel's English spelling."""
    keys, english = document.NumberFormats, Locale("en", "US", "")
    key = keys.queryKey(code, english, False)
    return key if key != -1 else keys.addNew(code, english)


def set_format(block, document, code):
    """Show a block's numbers in a format."""
    block.NumberFormat = format_key(document, code)


def formulas(block):
    """Formulas of a block as they are typed; values where there is none."""
    return block.getFormulaArray()


def fill(block, text):
    """One formula or text into every cell; relative references follow."""
    first = block.getCellByPosition(0, 0)
    first.setFormula(text)
    top, left, bottom, right = area(block)
    if bottom > top:
        block.getCellRangeByPosition(0, 0, 0, bottom - top).fillAuto(TO_BOTTOM, 1)
    if right > left:
        block.fillAuto(TO_RIGHT, 1)


def set_formulas(block, rows):
    """A formula or text for each cell, in Excel's spelling."""
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            block.getCellByPosition(column, row).setFormula(text)


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


def style(sheet, placed):
    """Give each of many ranges a cell style: (top, left, bottom, right, name)."""
    for top, left, bottom, right, name in placed:
        sheet.getCellRangeByPosition(left, top, right, bottom).CellStyle = name


OPERATIONS = {
    "block.read": read,
    "block.write": write,
    "block.formulas": formulas,
    "block.format": set_format,
    "block.style": style,
    "block.fill": fill,
    "block.set_formulas": set_formulas,
    "block.end": end,
}
