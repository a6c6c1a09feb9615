"""The shared texts of a workbook, escaped as Excel reads them back.

XlsxWriter takes a text that begins with <r> and ends with </r> for XML of its own, lets
_x0041_x0042_ come back as _x0041B, and writes U+FFFF, which no XML holds.
"""

import re
from collections.abc import Sequence

from riskbook.edge.xlsx.patch import escape

PART = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_ODD = re.compile("<r>|_x[0-9A-Fa-f]{4}|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def part(texts: Sequence[str], count: int) -> bytes:
    """The part with each text once, in order; ``count`` cells hold one of them."""
    items = (f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    head = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{len(texts)}">'
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{declaration}{head}{''.join(items)}</sst>".encode()


def odd(texts: Sequence[str]) -> bool:
    """Whether one of the texts may come back changed from what XlsxWriter writes."""
    return _ODD.search("\n".join(texts)) is not None
