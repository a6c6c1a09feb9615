"""Cells copied, pasted, found and thinned out, in one go each.

Pasting only a part of what was copied (formats, formulas, turned round) is something that
LibreOffice offers through its own clipboard alone: two cells are selected one after the
other, and afterwards the view is as it was.
"""

import re
from contextlib import contextmanager

from com.sun.star.beans import PropertyValue
from com.sun.star.lang import Locale
from com.sun.star.sheet.CellDeleteMode import UP
from com.sun.star.sheet.CellInsertMode import DOWN
from com.sun.star.table import CellAddress, CellRangeAddress
from riskbook_office.blocks import area, format_key, ranges
from uno import Enum

FORMULA = 16  # com.sun.star.sheet.CellFlags
BORDERS = ("TopBorder2", "BottomBorder2", "LeftBorder2", "RightBorder2")


@contextmanager
def looking_at(document, sheet):
    """Have a sheet shown for a moment; then the view is as it was."""
    view = document.CurrentController
    shown, chosen, hidden = view.ActiveSheet, view.getSelection(), not sheet.IsVisible
    if hidden:
        sheet.IsVisible = True
    try:
        yield view
    finally:
        view.setActiveSheet(shown)
        if hidden:
            sheet.IsVisible = False
        if chosen is not None and shown.Name == view.ActiveSheet.Name:
            view.select(chosen)


@contextmanager
def unasked(settings):
    """Do not ask whether filled cells may be overwritten: without a window, the answer is no."""
    asks = settings.ReplaceCellsWarning
    settings.ReplaceCellsWarning = False
    try:
        yield
    finally:
        settings.ReplaceCellsWarning = asks


def send(dispatcher, view, command, **given):
    """Let a view carry out one of LibreOffice's commands."""
    arguments = []
    for name, value in given.items():
        argument = PropertyValue()
        argument.Name, argument.Value = name, value
        arguments.append(argument)
    dispatcher.executeDispatch(view.Frame, command, "", 0, tuple(arguments))


def paste(source, document, target, into, tools, flags, number, skip, turned, linked):
    """Paste what is wanted of a block.

    Args:
        source: the block.
        document: its workbook.
        target: where to.
        into: the workbook of the target.
        tools: com.sun.star.frame.DispatchHelper and com.sun.star.sheet.GlobalSheetSettings.
        flags: of LibreOffice's Paste Special: S text, V numbers, D dates, F formulas,
            N notes, T formats, A everything.
        number: 0 none, 1 add, 2 subtract, 3 multiply, 4 divide.
        skip: leave cells alone where the source is blank.
        turned: rows become columns.
        linked: formulas that refer to the source.
    """
    dispatcher, settings = tools
    with looking_at(document, source.Spreadsheet) as view:
        view.select(source)
        send(dispatcher, view, ".uno:Copy")
    with looking_at(into, target.Spreadsheet) as view, unasked(settings):
        view.select(target)
        send(
            dispatcher,
            view,
            ".uno:InsertContents",
            Flags=flags,
            FormulaCommand=number,
            SkipEmptyCells=skip,
            Transpose=turned,
            AsLink=linked,
            MoveMode=4,
        )


def tile(source, target):
    """Fill a block with copies of another one of the same workbook, the last ones cut."""
    top, left, bottom, right = area(target)
    rows, columns = source.Rows.Count, source.Columns.Count
    sheet = target.Spreadsheet
    for row in range(top, bottom + 1, rows):
        for column in range(left, right + 1, columns):
            part = source.getCellRangeByPosition(
                0, 0, min(columns - 1, right - column), min(rows - 1, bottom - row)
            )
            place = CellAddress(target.RangeAddress.Sheet, column, row)
            sheet.copyRange(place, part.RangeAddress)


def borders(block):
    """The lines around each cell, to be given back later."""
    rows, columns = block.Rows.Count, block.Columns.Count
    return [
        [block.getCellByPosition(c, r).getPropertyValues(BORDERS) for c in range(columns)]
        for r in range(rows)
    ]


def paste_without_borders(source, document, target, into, tools, *how):
    """Paste everything, the lines of the target stay."""
    kept = borders(target)
    paste(source, document, target, into, tools, *how)
    for r, line in enumerate(kept):
        for c, values in enumerate(line):
            target.getCellByPosition(c, r).setPropertyValues(BORDERS, values)


def groups(block):
    """Parts of a block whose cells have the same format, as places inside the block."""
    top, left, _, _ = area(block)
    alike = block.getUniqueCellFormatRanges()
    for index in range(alike.Count):
        group = alike.getByIndex(index)
        for place in group.getRangeAddresses():
            yield (
                group.getByIndex(0),
                (
                    place.StartColumn - left,
                    place.StartRow - top,
                    place.EndColumn - left,
                    place.EndRow - top,
                ),
            )


def number_formats(source, document, target, into, turned):
    """Give a block the number formats of another one."""
    keys = document.NumberFormats
    for part, (left, top, right, bottom) in groups(source):
        box = (top, left, bottom, right) if turned else (left, top, right, bottom)
        code = keys.getByKey(part.NumberFormat).FormatString
        target.getCellRangeByPosition(*box).NumberFormat = format_key(into, code)


def validations(source, target, turned):
    """Give a block the rules for typing of another one."""
    for part, (left, top, right, bottom) in groups(source):
        box = (top, left, bottom, right) if turned else (left, top, right, bottom)
        target.getCellRangeByPosition(*box).Validation = part.Validation


def widths(source, target):
    """Give a block's columns the widths of another one's."""
    for index in range(source.Columns.Count):
        target.Columns.getByIndex(index).Width = source.Columns.getByIndex(index).Width


def find(block, pattern, flags, whole, backwards, by_rows):
    """The first cell whose shown text matches, as (row, column) inside the block, or None."""
    wanted = re.compile(pattern, flags)
    matches = wanted.fullmatch if whole else wanted.search
    data = block.getDataArray()
    rows, columns = range(len(data)), range(len(data[0]))
    places = (
        ((r, c) for r in rows for c in columns)
        if by_rows
        else ((r, c) for c in columns for r in rows)
    )
    for r, c in reversed(list(places)) if backwards else places:
        value = data[r][c]
        if value == "":
            continue
        # a number is looked for as it is shown, in its format
        text = value if isinstance(value, str) else block.getCellByPosition(c, r).String
        if matches(text):
            return [r, c]
    return None


def keep_first(block, document, columns, start):
    """Take out rows whose values in some columns stood in an earlier row already.

    What lies below the block stays where it is.
    """
    data, seen, double = block.getDataArray(), set(), []
    for row, line in enumerate(data[start:], start):
        key = tuple(v.casefold() if isinstance(v, str) else v for v in (line[c] for c in columns))
        if key in seen:
            double.append(row)
        seen.add(key)
    place = block.RangeAddress
    top, left, bottom, right = area(block)
    for first, last in reversed(list(runs(double))):
        count = last - first + 1
        gone = CellRangeAddress(place.Sheet, left, top + first, right, top + last)
        # a new sheet object each time: what is removed cuts the old ones off
        document.Sheets.getByIndex(place.Sheet).removeRange(gone, UP)
        room = CellRangeAddress(place.Sheet, left, bottom - count + 1, right, bottom)
        document.Sheets.getByIndex(place.Sheet).insertCells(room, DOWN)
    return len(double)


def runs(numbers):
    """Numbers in order as (first, last) of those that follow each other."""
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if last is not None:
            yield first, last
        first = last = number
    if last is not None:
        yield first, last


def remove(block, document, mode):
    """Take a block's cells out."""
    block.Spreadsheet.removeRange(
        block.RangeAddress, Enum("com.sun.star.sheet.CellDeleteMode", mode)
    )


def special(block, query, *arguments):
    """Addresses of the cells that a query of LibreOffice's finds, from 0."""
    found = getattr(block, query)(*arguments)
    return [[p.StartRow, p.StartColumn, p.EndRow, p.EndColumn] for p in ranges(found)]


def rename(table, document, old, new):
    """Call a table otherwise, in every formula of the workbook too."""
    text = r"\"(?:[^\"]|\"\")*\""
    called = re.compile(rf"({text})|(?<![\w.]){re.escape(old)}(?=\[)", re.IGNORECASE)
    changed = []
    sheets = document.Sheets
    for place in range(sheets.Count):
        sheet = sheets.getByIndex(place)
        for area_ in ranges(sheet.queryContentCells(FORMULA)):
            for row in range(area_.StartRow, area_.EndRow + 1):
                for column in range(area_.StartColumn, area_.EndColumn + 1):
                    cell = sheet.getCellByPosition(column, row)
                    text = called.sub(lambda found: found[1] or new, cell.Formula)
                    if text != cell.Formula:
                        changed.append((cell, text))
    table.setName(new)
    for cell, text in changed:
        cell.setFormula(text)


def axis_format(axis, chart, code):
    """Show the numbers of a chart's axis in a format."""
    keys, english = chart.getNumberFormats(), Locale("en", "US", "")
    key = keys.queryKey(code, english, False)
    axis.NumberFormat = key if key != -1 else keys.addNew(code, english)


def links(sheet, document, placed, colour, line):
    """Links in cells: (row, column, address, text), places counted from 0."""
    for row, column, address, text in placed:
        cell = sheet.getCellByPosition(column, row)
        field = document.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)
        cell.CharColor, cell.CharUnderline = colour, line


OPERATIONS = {
    "edit.links": links,
    "edit.paste": paste,
    "edit.paste_without_borders": paste_without_borders,
    "edit.tile": tile,
    "edit.number_formats": number_formats,
    "edit.validations": validations,
    "edit.widths": widths,
    "edit.find": find,
    "edit.special": special,
    "axis.format": axis_format,
    "table.rename": rename,
}
REMOVING = {
    "edit.keep_first": keep_first,
    "edit.remove": remove,
}
