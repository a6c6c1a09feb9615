"""Codes of number formats: LibreOffice's English spelling as Excel's.

::

    DD/MM/YYYY  [RED]-0  H:MM AM/PM     ->     dd/mm/yyyy  [Red]-0  h:mm AM/PM
"""

import re

_PIECES = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|AM/PM|A/P|General|BOOLEAN|N+|[A-Za-z]+|.', re.S)
_COLOURS = {"BLACK", "BLUE", "CYAN", "GREEN", "MAGENTA", "RED", "WHITE", "YELLOW"}
_DAYS = {"NN": "ddd", "NNN": "dddd", "NNNN": "dddd, "}  # LibreOffice's own names of days


def as_excel(code: str) -> str:
    """A code as Excel writes it; texts in quotes stay as they are."""
    return "".join(map(_piece, _PIECES.findall(code)))


def _piece(piece: str) -> str:
    if piece == "BOOLEAN":
        return "General"  # Excel shows truths so without a format
    if piece in _DAYS:
        return _DAYS[piece]
    if piece[0] == "[":
        inner = piece[1:-1]
        if inner in _COLOURS:
            return f"[{inner.capitalize()}]"
        return piece.lower() if inner.strip("HMS") == "" else piece
    if piece[0] in '"\\_*' or piece in ("AM/PM", "A/P", "General", "E"):
        return piece
    return piece.lower() if piece.isalpha() and piece.strip("YMDHS") == "" else piece
