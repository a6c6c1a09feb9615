"""Formulas in Excel's spelling: LibreOffice's own parser makes its own of them, and back.

::

    =SUM(Sheet1!A1,2)   <->   =SUM($Sheet1.A1;2)

The cells take LibreOffice's spelling, as only that gives a cell that shows a date or a
truth the format that goes with it.
"""

import re

from com.sun.star.sheet.FillDirection import TO_BOTTOM, TO_RIGHT
from com.sun.star.table import CellAddress
from com.sun.star.util import NumberFormat

XL_ENGLISH, EVERY_GROUP = 4, 2**31 - 1  # FormulaLanguage, FormulaMapGroup
XL_OOX, OOO = 3, 0  # AddressConvention

# texts and quoted names stay; prefixes of files go; a truth is a function to LibreOffice;
# its parser knows no error values, so they pass it as names
_QUOTED = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'"
_TYPED = re.compile(
    _QUOTED + r"|(?P<file>_xlfn\.(?:_xlws\.)?)"
    r"|(?P<truth>\b(?:TRUE|FALSE)\b)(?!\s*[(!:.])|(?P<error>#[A-Z/0]+[!?A])",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    _QUOTED + r"|(?i:com\.sun\.star\.sheet\.addin\.\w+\.get)(?P<addin>\w+)"
    r"|(?P<function>\b[a-z][a-z0-9._]*)(?=\()|(?P<error>error_[0-9]_)"
)
_TABLES = re.compile(
    _QUOTED + r"|(?P<table>\b[^\W\d][\w.]*\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"
)
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
# a cell of the formula's own row, and no number such as 1E5
_OWN_ROW = r"(?<![0-9A-Za-z.])(\$?[A-Za-z]{{1,3}}\$?){}(?![0-9A-Za-z(])"
_kept = {}  # the names of functions, and the speller of the last workbook


class Speller:
    """Both spellings of one workbook's formulas."""

    def __init__(self, document):
        if "names" not in _kept:
            mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
            _kept["names"] = mapper.getAvailableMappings(XL_ENGLISH, EVERY_GROUP)
        self.excel = document.createInstance("com.sun.star.sheet.FormulaParser")
        self.excel.OpCodeMap = _kept["names"]
        self.excel.FormulaConvention = XL_OOX
        self.calc = document.createInstance("com.sun.star.sheet.FormulaParser")
        self.calc.CompileEnglish = True
        self.calc.FormulaConvention = OOO

    def to_calc(self, text, place):
        """``=A1,B1`` for the cell at a place; what is no formula stays as it is."""
        if text[:1] != "=" or len(text) == 1:
            return text
        tokens = self.excel.parseFormula(_TYPED.sub(_typed, text[1:]), place)
        return "=" + _PRINTED.sub(_error, self.calc.printFormula(tokens, place))

    def to_excel(self, text, place):
        """The other way."""
        if text[:1] != "=" or len(text) == 1:
            return text
        tables = []
        typed = _typed_as_names(text[1:], tables) if "[" in text else text[1:]
        tokens = self.calc.parseFormula(_TYPED.sub(_typed, typed), place)
        printed = "=" + _PRINTED.sub(_upper, self.excel.printFormula(tokens, place))
        for number, table in enumerate(tables):
            printed = printed.replace(f"table_{number}_", table)
        return printed


def _typed_as_names(text, tables):
    """Parts of tables as names: printing them, LibreOffice leaves the table's name out."""

    def one(found):
        if not found["table"]:
            return found[0]
        tables.append(found[0].replace(";", ","))
        return f"table_{len(tables) - 1}_"

    return _TABLES.sub(one, text)


def _typed(found):
    if found["file"]:
        return ""
    if found["truth"]:
        return found["truth"].upper() + "()"
    if found["error"] and found["error"].upper() in ERRORS:
        return f"error_{ERRORS.index(found['error'].upper())}_"
    return found[0]


def _error(found):
    return ERRORS[int(found["error"][6])] if found["error"] else found[0]


def _upper(found):
    """Excel shows functions that it does not know in capitals too; add-ins by their own names."""
    if found["addin"]:
        return found["addin"].upper()
    return found[0].upper() if found["function"] else _error(found)


def speller(document):
    """The speller of a workbook."""
    uid = document.RuntimeUID
    if _kept.get("uid") != uid:
        _kept["uid"], _kept["speller"] = uid, Speller(document)
    return _kept["speller"]


def corner(block):
    """The address of a block's first cell."""
    found, place = block.RangeAddress, CellAddress()
    place.Sheet, place.Column, place.Row = found.Sheet, found.StartColumn, found.StartRow
    return place


def read(block, document):
    """Formulas of a block as Excel writes them; values as texts where there is none."""
    spell, place = speller(document), corner(block)
    left, rows, known = place.Column, [], {}
    for row in block.getFormulaArray():
        line = []
        own = re.compile(_OWN_ROW.format(place.Row + 1))
        for column, text in enumerate(row):
            place.Column = left + column
            line.append(_as_above(known, own, spell, text, place))
        rows.append(line)
        place.Row += 1
    return rows


def _as_above(known, own, spell, text, place):
    """A formula that was filled down is parsed once: below only its own row's number differs."""
    if text[:1] != "=":
        return _shown(spell, text, place)
    key = place.Column, own.sub("\\1\0", text)
    if key not in known:
        known[key] = own.sub("\\1\0", _shown(spell, text, place))
    return known[key].replace("\0", str(place.Row + 1))


def _shown(spell, text, place):
    if text[:2] == "{=":  # one cell of an array
        return spell.to_excel(text[1:-1], place)
    if text[:1] == "=":
        return spell.to_excel(text, place)
    return text[1:] if text[:1] == "'" else text


def set_one(block, document, placed):
    """Formulas at (row, column) of a block; under the text format one is a text, as in Excel."""
    spell, place, keys = speller(document), corner(block), document.NumberFormats
    top, left = place.Row, place.Column
    for row, column, text in placed:
        place.Row, place.Column = top + row, left + column
        cell = block.getCellByPosition(column, row)
        if text[:1] == "=" and keys.getByKey(cell.NumberFormat).Type & NumberFormat.TEXT:
            cell.setString(text)
        else:
            cell.setFormula(spell.to_calc(text, place))


def write(block, document, rows):
    """A formula or text for each cell, as if it were typed."""
    placed = [(r, c, text) for r, line in enumerate(rows) for c, text in enumerate(line)]
    set_one(block, document, placed)


def fill(block, document, text):
    """One formula or text into every cell; relative references follow."""
    found = block.RangeAddress
    down, across = found.EndRow - found.StartRow, found.EndColumn - found.StartColumn
    if text[:1] != "=":
        block.setFormulaArray(((text,) * (across + 1),) * (down + 1))
        return
    set_one(block, document, [(0, 0, text)])
    if down:
        block.getCellRangeByPosition(0, 0, 0, down).fillAuto(TO_BOTTOM, 1)
    if across:
        block.fillAuto(TO_RIGHT, 1)


def read_array(block, document):
    """The formula of an array as Excel writes it; empty where there is none."""
    # block.ArrayFormula is in the user's own language: this is not
    text = block.getCellByPosition(0, 0).getFormula()
    return _shown(speller(document), text, corner(block)) if text[:2] == "{=" else ""


def write_array(block, document, text):
    """Make a block one array."""
    block.setArrayFormula(speller(document).to_calc(text, corner(block)))


def spell(document, texts, to, sheet, row, column):
    """Formulas for a cell (counted from 0) as another program writes them.

    Args:
        document: the workbook.
        texts: with ``=`` before them.
        to: ``calc`` or ``excel``.
        sheet: number of the sheet.
        row: of the cell.
        column: of the cell.
    """
    place, both = CellAddress(), speller(document)
    place.Sheet, place.Row, place.Column = sheet, row, column
    one = both.to_calc if to == "calc" else both.to_excel
    return [one(text, place) for text in texts]


def names(document):
    """Every defined name: its sheet or "", the name, and what it stands for as in Excel."""
    found = [["", *each] for each in _names(document.NamedRanges, document)]
    for sheet in document.Sheets.ElementNames:
        own = document.Sheets.getByName(sheet).NamedRanges
        found += [[sheet, *each] for each in _names(own, document)]
    return found


def _names(container, document):
    both = speller(document)
    for name in container.ElementNames:
        one = container.getByName(name)
        yield name, both.to_excel("=" + one.Content, one.ReferencePosition)


def name_content(container, document, name):
    """What one name stands for, None if there is none of it."""
    if not container.hasByName(name):
        return None
    one = container.getByName(name)
    return speller(document).to_excel("=" + one.Content, one.ReferencePosition)


def set_name(container, document, name, text):
    """Define a name, or define it anew."""
    content = speller(document).to_calc(text, CellAddress())[1:]
    if container.hasByName(name):
        container.getByName(name).Content = content
    else:
        container.addNewByName(name, content, CellAddress(), 0)


OPERATIONS = {
    "formula.read": read,
    "formula.write": write,
    "formula.fill": fill,
    "formula.read_array": read_array,
    "formula.write_array": write_array,
    "formula.spell": spell,
    "names.all": names,
    "names.content": name_content,
    "names.set": set_name,
}
