"""Rows and columns: how high, how wide, hidden, merged; where a printed page begins.

Lengths are in 1/100 mm; places count from 0.
"""

from contextlib import contextmanager

from com.sun.star.awt import FontDescriptor
from com.sun.star.table import CellRangeAddress
from riskbook_office.blocks import area
from riskbook_office.editing import looking_at, send

FEW = 100  # groups of rows that are given their height one by one
EXACT = 2000  # rows or columns that are looked at one by one
METRE = 100_000  # in 1/100 mm
POINT = 0.0254 / 72  # in metres


def digit(document):
    """The width of the widest digit of the workbook's own font: what files count columns in."""
    style = document.StyleFamilies.getByName("CellStyles").getByName("Default")
    device = document.ReferenceDevice
    described = FontDescriptor()
    described.Name = style.CharFontName
    described.Height = round(style.CharHeight * POINT * device.Info.PixelPerMeterY)
    font = device.getFont(described)
    widest = max(font.getCharWidth(each) for each in "0123456789")
    return widest * METRE / device.Info.PixelPerMeterX


def sizes(block, across):
    """The height of the rows or width of the columns, 0 if hidden, None if they differ."""
    lines = block.Columns if across else block.Rows
    name = "Width" if across else "Height"
    first = lines.getByIndex(0)
    size = getattr(first, name) if first.IsVisible else 0
    for index in range(1, min(lines.Count, EXACT)):
        each = lines.getByIndex(index)
        if (getattr(each, name) if each.IsVisible else 0) != size:
            return None
    if lines.Count > EXACT and hidden(block, across) is None:
        return None
    return size


def hidden(block, across):
    """Whether all rows (or columns) of a block are hidden, None if only some are."""
    top, left, bottom, right = area(block)
    sheet = block.Spreadsheet
    whole = (
        sheet.getCellRangeByPosition(left, 0, right, sheet.Rows.Count - 1)
        if across
        else sheet.getCellRangeByPosition(0, top, sheet.Columns.Count - 1, bottom)
    )
    seen = set()
    for each in whole.queryVisibleCells().getRangeAddresses():
        seen.add((each.StartColumn, each.EndColumn) if across else (each.StartRow, each.EndRow))
    shown, reached = 0, -1
    for first, last in sorted(seen):
        shown += max(0, last - max(first - 1, reached))
        reached = max(reached, last)
    count = right - left + 1 if across else bottom - top + 1
    return False if shown == count else None if shown else True


def extent(block):
    """Left, top, width and height of a block; what lies in hidden cells takes no place."""
    top, left, bottom, right = area(block)
    sheet = block.Spreadsheet
    start = block.Position
    end = {}
    for axis, last, most in (("X", right, sheet.Columns.Count), ("Y", bottom, sheet.Rows.Count)):
        if last + 1 < most:
            column, row = (last + 1, top) if axis == "X" else (left, last + 1)
            end[axis] = getattr(sheet.getCellByPosition(column, row).Position, axis)
        else:
            size = block.Size
            end[axis] = getattr(start, axis) + (size.Width if axis == "X" else size.Height)
    return [start.X, start.Y, end["X"] - start.X, end["Y"] - start.Y]


def merged(block):
    """The merged area that a cell lies in, or the cell: top, left, bottom, right."""
    cursor = block.Spreadsheet.createCursorByRange(block)
    cursor.collapseToMergedArea()
    return list(area(cursor))


def unmerge(block):
    """Take apart every merged area that lies in a block or reaches into it."""
    cursor = block.Spreadsheet.createCursorByRange(block)
    cursor.collapseToMergedArea()
    cursor.merge(False)


def merge(block, across):
    """Make a block one cell, or each of its rows; the first value stays, as in Excel."""
    unmerge(block)
    top, left, bottom, right = area(block)
    sheet = block.Spreadsheet
    for first in range(top, bottom + 1) if across else (top,):
        part = sheet.getCellRangeByPosition(left, first, right, first if across else bottom)
        _keep_first(sheet, part)
        part.merge(True)


def _keep_first(sheet, part):
    """Leave only the first value of a block, in its first cell."""
    filled = [
        (row, column)
        for row, line in enumerate(part.getFormulaArray())
        for column, text in enumerate(line)
        if text != ""
    ]
    if filled and filled[0] != (0, 0):
        row, column = filled[0]
        found = part.getCellByPosition(column, row)
        sheet.moveRange(part.getCellByPosition(0, 0).CellAddress, found.RangeAddress)
    for row, column in filled[1:]:
        part.getCellByPosition(column, row).setFormula("")


@contextmanager
def undrawn(document):
    """Draw nothing in between: each change of rows is ten times slower when it is shown."""
    document.lockControllers()
    adjusts = document.IsAdjustHeightEnabled
    document.IsAdjustHeightEnabled = False
    try:
        yield
    finally:
        document.IsAdjustHeightEnabled = adjusts
        document.unlockControllers()


def merge_rows(sheet, document, boxes):
    """Make each row of many blocks one cell; only the first cell of each holds something.

    Args:
        sheet: the sheet.
        document: its workbook.
        boxes: (top, left, bottom, right) of each block.
    """
    with undrawn(document):
        for top, left, bottom, right in boxes:
            for row in range(top, bottom + 1):
                sheet.getCellRangeByPosition(left, row, right, row).merge(True)


def heights(sheet, document, dispatcher, placed):
    """Give rows a height: (first, last, height); none hides them.

    Setting one height works through all page breaks of the sheet again, so where there are
    many, all rows of one height are selected and LibreOffice's own command sets it.
    """
    with undrawn(document):
        if len(placed) > FEW:
            _selected_heights(sheet, document, dispatcher, placed)
            return
        for first, last, height in placed:
            rows = sheet.getCellRangeByPosition(0, first, 0, last).Rows
            rows.IsVisible = height > 0
            if height > 0:
                rows.Height = height


def _selected_heights(sheet, document, dispatcher, placed):
    place, runs = sheet.RangeAddress.Sheet, {}
    for first, last, height in placed:
        runs.setdefault(height, []).append(CellRangeAddress(place, 0, first, 0, last))
    with looking_at(document, sheet) as view:
        for height, addresses in runs.items():
            chosen = document.createInstance("com.sun.star.sheet.SheetCellRanges")
            chosen.addRangeAddresses(tuple(addresses), False)
            view.select(chosen)
            if height > 0:
                send(dispatcher, view, ".uno:ShowRow")
                send(dispatcher, view, ".uno:RowHeight", RowHeight=height)
            else:
                send(dispatcher, view, ".uno:HideRow")
        view.select(sheet.getCellByPosition(0, 0))  # whoever comes here begins at the top


def breaks(sheet, rows):
    """Begin a printed page with each of some rows, and with no other one by hand."""
    sheet.removeAllManualPageBreaks()
    lines = sheet.Rows
    for row in rows:
        lines.getByIndex(row).IsStartOfNewPage = True


OPERATIONS = {
    "layout.digit": digit,
    "layout.sizes": sizes,
    "layout.hidden": hidden,
    "layout.extent": extent,
    "layout.merged": merged,
    "layout.unmerge": unmerge,
    "layout.merge": merge,
    "layout.merge_rows": merge_rows,
    "layout.heights": heights,
    "layout.breaks": breaks,
}
