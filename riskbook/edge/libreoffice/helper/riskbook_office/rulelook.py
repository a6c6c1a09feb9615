"""The look that a rule gives: a cell style whose name says what it does.

A style says only what it changes; whatever it leaves open comes from the cell.
"""

from com.sun.star.awt.FontSlant import ITALIC, NONE
from com.sun.star.beans.PropertyState import DIRECT_VALUE

BOLD, NORMAL = 150.0, 100.0
PARTS = ("fill_color", "font_color", "font_bold", "font_italic")
PROPERTIES = ("CellBackColor", "CharColor", "CharWeight", "CharPosture")


def styles(document):
    """The cell styles of a workbook."""
    return document.StyleFamilies.getByName("CellStyles")


def read(document, name):
    """What a style changes: (fill, colour of letters, bold, italic), None for what it leaves."""
    if not styles(document).hasByName(name):
        return [None] * len(PARTS)
    style = styles(document).getByName(name)
    states = style.getPropertyStates(PROPERTIES)
    values = [
        getattr(style, each) if state == DIRECT_VALUE else None
        for each, state in zip(PROPERTIES, states)
    ]
    fill, letters, weight, slant = values
    return [
        None if fill == -1 else fill,
        None if letters == -1 else letters,
        None if weight is None else weight > NORMAL,
        None if slant is None else slant != NONE,
    ]


def style(document, look):
    """The name of the style for a look; it is made if there is none yet."""
    name = named(look)
    if name == "Default" or styles(document).hasByName(name):
        return name
    made = document.createInstance("com.sun.star.style.CellStyle")
    styles(document).insertByName(name, made)
    fill, letters, bold, italic = look
    if fill is not None:
        made.CellBackColor = fill
    if letters is not None:
        made.CharColor = letters
    if bold is not None:
        made.CharWeight = BOLD if bold else NORMAL
    if italic is not None:
        made.CharPosture = ITALIC if italic else NONE
    return name


def named(look):
    """``Rule fill FFEE00 letters 112233 bold``: the same look has the same name everywhere."""
    fill, letters, bold, italic = look
    words = [] if fill is None else [f"fill {fill:06X}"]
    if letters is not None:
        words.append(f"letters {letters:06X}")
    for given, word in ((bold, "bold"), (italic, "italic")):
        if given is not None:
            words.append(word if given else f"not {word}")
    return " ".join(["Rule", *words]) if words else "Default"
