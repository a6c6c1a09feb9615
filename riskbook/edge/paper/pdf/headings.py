"""The headings of a table, in lines.

On the pages where a table goes on its headings are repeated for the eye alone, as the
standard has it.  A checker takes such a line for lost prose where it has many small words
(``Severity Rule Cell What was found What to do``), and so may a reader; here the headings
are set in lines, at the foot or at the head of their row, so that none reads like that.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from riskbook.edge.paper.pdf.widths import millimetres

FOOT, HEAD = "bottom", "top"
WORDS, SMALL = 8, 4  # words in a line, and small ones among them, that look like prose
_WORD = re.compile(r"[^\W_]+")


def stacked(texts: Sequence[str], rooms: Sequence[float], size: float) -> tuple[list[str], str]:
    """Headings in lines that fit their columns, and where in their row they stand.

    Args:
        texts: a heading each.
        rooms: the millimetres that each has.
        size: of their type, in points.
    """
    for most in (len(" ".join(texts)), 3, 2, 1):  # words in a line
        found = [
            "\n".join(_lines(text.split(), room, size, most))
            for text, room in zip(texts, rooms, strict=True)
        ]
        for side in (FOOT, HEAD):
            if not _like_prose(found, side):
                return found, side
    return found, FOOT


def _lines(words: Sequence[str], room: float, size: float, most: int) -> Iterator[str]:
    """Words in lines of so many millimetres, and of so many words at most."""
    line: list[str] = []
    for word in words:
        longer = " ".join([*line, word])
        if line and (len(line) >= most or millimetres(longer, size) > room):
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


def _like_prose(texts: Sequence[str], side: str) -> bool:
    """Whether a line across the row has many words, and many small ones."""
    stacks = [text.split("\n") for text in texts]
    if side == FOOT:
        stacks = [stack[::-1] for stack in stacks]
    for line in zip_longest(*stacks, fillvalue=""):
        words = _WORD.findall(" ".join(line))
        if len(words) >= WORDS and sum(word[0].islower() for word in words) >= SMALL:
            return True
    return False
