"""About how high the parts of a section become, to keep on one page what belongs together."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from riskbook.edge.paper.pdf.maps import AROUND, SLANT
from riskbook.edge.paper.pdf.widths import MM

Part = Mapping[str, Any]

HEADING = 14.0  # millimetres, with the space around it
ROW, TABLE = 3.4, 9.0  # millimetres around a row, and around a table
LINE, LETTERS = 5.5, 85  # millimetres of a line of prose, and its letters
LEADING = 1.3  # of the type's size, from line to line
SURE = 1.1  # what an estimate is multiplied with


def fits(parts: Sequence[Part], room: float) -> bool:
    """Whether parts surely stand on a page of so many millimetres."""
    return sum(map(height, parts)) * SURE <= room


def height(part: Part) -> float:
    """The height of a part in millimetres, rather too high than too low."""
    if part["kind"] == "heading":
        return HEADING * ceil(len(part["text"]) / 60)
    if part["kind"] == "table":
        lines: float = part["lines"] * part["size"] * MM * LEADING
        return lines + len(part["rows"]) * ROW + TABLE
    if part["kind"] == "picture":
        rows = max(len(each["rows"]) for each in part["maps"])
        high: float = part["size"]["high"]
        return rows * high + AROUND + (SLANT if part["size"]["upright"] else 0)
    told = part["told"]
    texts = [told] if isinstance(told, str) else [text for _, group in told for text in group]
    return sum(LINE * ceil(len(text) / LETTERS) for text in texts) + LINE
