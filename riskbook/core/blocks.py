"""What is read on paper, as plain data: sections of headings, prose, tables and heat maps.

::

    Outcome -> Paper -> PDF (typst), Word (python-docx)
               form of one risk -> the sheet Risk pages

A cell is a page's cell: a value and the *name* of a style.  A text keeps the lines of its
entry; :func:`prose` says which of them are points of a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from riskbook.core.heatmap import HeatMap
from riskbook.core.page import PageCell

LANGUAGE = "en-GB"
_POINT = re.compile(r"^\s*(?:[-*\u2022\u25cf\u25aa\uf0b7\u2013])\s+(?=\S)")


class Line(NamedTuple):
    """A paragraph of an entry, or a point of a list in it."""

    text: str
    point: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: 2 for a risk or a part, 3 for a part of a risk."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """Prose as it was typed; ``style`` is body, lead (said first) or note (said quietly)."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings, which each page repeats.

    ``widths`` are in characters, one for each column; ``about`` says in a few words what
    the table shows, for those who hear it.
    """

    head: tuple[PageCell, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    widths: tuple[int, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The heat maps of some stages side by side, with the arrows from the first to the last."""

    maps: tuple[HeatMap, ...]
    alt: str  # what they show, in words


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new page begins here."""


Flow: TypeAlias = Heading | Text | Table  # what runs down a page
Block: TypeAlias = Flow | Picture | Fresh


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report, with a heading of level 1; ``sheet`` is the paper it lies on."""

    title: str
    blocks: tuple[Block, ...]
    sheet: str = "a4"  # a4, a4 wide, a3 wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole report."""

    title: str
    organisation: str
    period: str
    as_at: str  # a sentence
    introduction: str
    made: str  # by what: program, profile
    sections: tuple[Section, ...]


def prose(text: str) -> Iterator[Line]:
    """The paragraphs and the points of an entry, without blank lines."""
    for line in text.splitlines():
        found = _POINT.match(line)
        if shown := line[found.end() if found else 0 :].strip():
            yield Line(shown, found is not None)
