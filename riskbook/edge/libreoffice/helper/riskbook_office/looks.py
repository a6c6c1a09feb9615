"""How cells look, where LibreOffice and Excel say it differently."""

from com.sun.star.beans.PropertyState import AMBIGUOUS_VALUE
from com.sun.star.lang import Locale

ENGLISH = Locale("en", "US", "")


def number_format(block, document):
    """The format code of a block in Excel's spelling; None where cells differ."""
    if block.getPropertyState("NumberFormat") == AMBIGUOUS_VALUE:
        return None
    keys = document.NumberFormats
    key = keys.getFormatForLocale(block.NumberFormat, ENGLISH)
    return keys.getByKey(key).FormatString


def same(block, names):
    """Which of some properties are the same throughout a block."""
    states = block.getPropertyStates(tuple(names))
    return [state != AMBIGUOUS_VALUE for state in states]


OPERATIONS = {"look.format": number_format, "look.same": same}
