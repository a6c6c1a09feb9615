"""How blocks look: properties that may differ from cell to cell, formats, lines, colours.

A property that differs within a block comes back as None; LibreOffice itself would answer
with some default.
"""

from com.sun.star.beans.PropertyState import AMBIGUOUS_VALUE
from com.sun.star.lang import Locale
from com.sun.star.table import BorderLine2, CellRangeAddress, TableBorder2
from com.sun.star.table.CellHoriJustify import LEFT, RIGHT, STANDARD
from riskbook_office.blocks import format_key

NO_LINE = 32767  # com.sun.star.table.BorderLineStyle.NONE
DOUBLE = 15  # DOUBLE_THIN
DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}
INSIDE = {"inside_horizontal": "HorizontalLine", "inside_vertical": "VerticalLine"}
MANY = 1000  # rows or columns: in more than these lines are not looked for one by one
EDGES = {
    "edge_top": ("TopLine", "BottomLine", -1, 0),
    "edge_bottom": ("BottomLine", "TopLine", 1, 0),
    "edge_left": ("LeftLine", "RightLine", 0, -1),
    "edge_right": ("RightLine", "LeftLine", 0, 1),
}


def read(block, names):
    """Properties as numbers, texts and truths; None where cells differ."""
    states = block.getPropertyStates(tuple(names))
    return [
        None if state == AMBIGUOUS_VALUE else plain(getattr(block, name))
        for name, state in zip(names, states)
    ]


def plain(value):
    """An enumeration by its name."""
    return getattr(value, "value", value)


def groups(block):
    """The parts of a block that look the same."""
    found = block.getUniqueCellFormatRanges()
    return [found.getByIndex(index) for index in range(found.Count)]


def codes(block, document):
    """The number formats of a block, each once, in the English spelling."""
    found = []
    for group in groups(block):
        code = english(document.NumberFormats, group.NumberFormat)
        if code not in found:
            found.append(code)
    return found


def english(keys, number):
    """The code of a format in the English spelling."""
    key = keys.getByKey(number)
    own = keys.getByKey(keys.getStandardIndex(Locale())).FormatString == "General"
    if key.Locale.Language == "en" or (own and not key.Locale.Language):
        return key.FormatString
    if number == keys.getStandardIndex(key.Locale):
        return "General"
    us = Locale("en", "US", "")
    return keys.getByKey(keys.addNewConverted(key.FormatString, key.Locale, us)).FormatString


def set_code(block, document, code):
    """Show a block's numbers in a format."""
    block.NumberFormat = format_key(document, code)


def indent(block, step, most):
    """Move texts away from the edge that they are aligned to, by a length."""
    for group in groups(block):
        if group.HoriJustify not in (LEFT, RIGHT) and step > 0:
            group.HoriJustify = LEFT if group.HoriJustify == STANDARD else group.HoriJustify
        group.ParaIndent = max(0, min(most, group.ParaIndent + step))


def set_colours(block, document, rows):
    """A fill colour for each cell; None leaves one alone.

    All cells of one colour are set at once: LibreOffice takes long to note each change.
    """
    runs = {}
    for row, line in enumerate(rows):
        start = 0
        for column in range(1, len(line) + 1):
            if column < len(line) and line[column] == line[start]:
                continue
            runs.setdefault(line[start], []).append((row, start, column - 1))
            start = column
    runs.pop(None, None)
    found = block.RangeAddress
    for colour, parts in runs.items():
        cells = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        places = []
        for row, first, last in parts:
            at = CellRangeAddress()
            at.Sheet, at.StartRow = found.Sheet, found.StartRow + row
            at.EndRow = at.StartRow
            at.StartColumn, at.EndColumn = found.StartColumn + first, found.StartColumn + last
            places.append(at)
        cells.addRangeAddresses(tuple(places), False)
        cells.CellBackColor = colour


def line_of(sheet, place, side):
    """The line along a side: (style, width, colour), [] where there is none, None if mixed."""
    if side in INSIDE:
        found = _inside(sheet, place, side)
        return found if found is None else list(found)
    found = _line(*_owner(sheet, place, side))
    return found if found is None else list(found)


def _inside(sheet, place, side):
    """The line between the cells of a block, whichever of two cells holds it."""
    line, known = _held(_block(sheet, place), INSIDE[side])
    if known:
        return _told(line)
    top, left, bottom, right = place
    if (bottom - top if side == "inside_horizontal" else right - left) > MANY:
        return None
    found = set()
    if side == "inside_horizontal":
        strips = [((row, left, row, right), "edge_top") for row in range(top + 1, bottom + 1)]
    else:
        strips = [((top, each, bottom, each), "edge_left") for each in range(left + 1, right + 1)]
    for strip, edge in strips:
        found.add(_line(*_owner(sheet, strip, edge)))
    return found.pop() if len(found) == 1 else None


def _owner(sheet, place, side):
    """The block whose line a side is, and the neighbour that may hold it."""
    top, left, bottom, right = place
    if side in DIAGONALS:
        return _block(sheet, place), DIAGONALS[side], None, ""
    own, other, down, across = EDGES[side]
    strip = {
        "edge_top": (top, left, top, right),
        "edge_bottom": (bottom, left, bottom, right),
        "edge_left": (top, left, bottom, left),
        "edge_right": (top, right, bottom, right),
    }[side]
    beside = (strip[0] + down, strip[1] + across, strip[2] + down, strip[3] + across)
    inside = min(beside) >= 0 and beside[2] < sheet.Rows.Count and beside[3] < sheet.Columns.Count
    return _block(sheet, strip), own, _block(sheet, beside) if inside else None, other


def _block(sheet, place):
    top, left, bottom, right = place
    return sheet.getCellRangeByPosition(left, top, right, bottom)


def _line(block, name, beside, other):
    """What is drawn between two blocks: either may hold the line."""
    for holder, side in ((block, name), (beside, other)):
        if holder is None:
            continue
        line, known = _held(holder, side)
        if not known:
            return None
        if _told(line):
            return _told(line)
    return ()


def _told(line):
    width = line.LineWidth or line.OuterLineWidth
    return (line.LineStyle, width, line.Color) if width else ()


def _held(holder, side):
    """A block's own line along a side, and whether it is the same all along."""
    if side in DIAGONALS.values():
        return getattr(holder, side), holder.getPropertyState(side) != AMBIGUOUS_VALUE
    border = holder.TableBorder2
    return getattr(border, side), getattr(border, f"Is{side}Valid")


def _hold(holder, side, line):
    if side in DIAGONALS.values():
        setattr(holder, side, line)
        return
    border = TableBorder2()  # only what is marked as valid is changed
    setattr(border, side, line)
    setattr(border, f"Is{side}Valid", True)
    holder.TableBorder2 = border


def set_line(sheet, place, side, line):
    """Draw a line along a side, or take it away (None).

    Between cells of the block both hold it; a neighbour outside gives its own up.
    """
    none = BorderLine2()
    none.LineStyle = NO_LINE
    drawn = _made(*line) if line else none
    if side in INSIDE:
        _hold(_block(sheet, place), INSIDE[side], drawn)
        return
    block, name, beside, other = _owner(sheet, place, side)
    if beside is not None:
        _hold(beside, other, none)
    _hold(block, name, drawn)


def _made(style, width, colour):
    line = BorderLine2()
    line.LineStyle, line.LineWidth, line.OuterLineWidth, line.Color = style, width, width, colour
    if style == DOUBLE:
        line.InnerLineWidth = line.OuterLineWidth = 18
        line.LineDistance = width - 36
    return line


OPERATIONS = {
    "look.read": read,
    "look.codes": codes,
    "look.set_code": set_code,
    "look.indent": indent,
    "look.set_colours": set_colours,
    "look.line": line_of,
    "look.set_line": set_line,
}
