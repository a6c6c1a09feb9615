"""What the report says, as plain data: sections of headings, prose, tables and heat maps.

::

    Paper  ->  {"title", ..., "sections": [{"title", "sheet", "blocks": [{"kind": ...}]}]}

How it looks on paper is the business of report.typ; which colours it has, of the
template's styles.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from riskbook.core.blocks import Block, Fresh, Heading, Paper, Picture, Section, Table, Text
from riskbook.edge.paper.pdf.heights import fits
from riskbook.edge.paper.pdf.maps import pictures
from riskbook.edge.paper.pdf.tables import INSET, table, told
from riskbook.edge.paper.pdf.widths import broken, overlong, shortened
from riskbook.edge.paper.printed import Styles, printable
from riskbook.edge.template.looks import GREY, LINE, NAVY, PALE, Look

MARGIN, TOP, BOTTOM = 18, 28, 20  # millimetres, at the sides, above and below
SHEETS = {"a4": (210, 297), "a4 wide": (297, 210), "a3 wide": (420, 297)}  # ISO 216
BODY = 10  # points: the prose of the report
TITLE = 24  # points: its title, the largest text
HEADINGS = (17, 13, 11)  # points: of each level
UNTITLED = "Risk register"  # a title of blanks alone is none, and a file must have one
SENTENCE = 300  # letters: a longer text is no opening of a table
LONGEST = 200  # letters: a longer title of a file is taken for something else
RUNNING = 110  # millimetres: the title at the head of each page
CHIPS = ("rb band", "rb action", "rb error", "rb warning", "rb information")


def content(paper: Paper, styles: Styles) -> dict[str, Any]:
    """Everything that the report prints."""
    names = ("title", "organisation", "period", "as_at", "made")
    said = {name: " ".join(printable(getattr(paper, name)).split()) for name in names}
    said["title"] = said["title"] or UNTITLED
    name = ": ".join(filter(None, (said["organisation"], said["title"])))
    across = SHEETS["a4"][0] - 2 * MARGIN
    return {
        **said,
        "name": name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}\u2026",
        "running": [shortened(name, RUNNING, 9), shortened(said["period"], 50, 9)],
        "footing": shortened(said["made"], 130, 9),
        "long": any(overlong(said[each], across, TITLE) for each in names),
        "room": across,
        "introduction": _text(Text(printable(paper.introduction)), across),
        "margins": [MARGIN, TOP, BOTTOM],
        "body": BODY,
        "inset": INSET,
        "colours": {"title": NAVY, "quiet": GREY, "line": LINE, "pale": PALE},
        "looks": {style: _look(style, look) for style, look in styles.items()},
        "sections": _sections(paper.sections, styles),
    }


def _look(name: str, look: Look) -> dict[str, Any]:
    """The parts of a style that paper has; a link on paper is text."""
    linked = "underline" in look
    return {
        "ink": "#000000" if linked else look.get("font_color", "#000000"),
        "fill": look.get("bg_color"),
        "bold": look.get("bold", False),
        "italic": look.get("italic", False),
        "chip": name.startswith(CHIPS),
    }


def _sections(sections: Sequence[Section], styles: Styles) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    levels = Levels()
    for section in sections:
        blocks = section.blocks
        first = bool(blocks) and isinstance(blocks[0], Fresh)  # its heading begins the page
        width, height = SHEETS[section.sheet]
        room = (width - 2 * MARGIN, height - TOP - BOTTOM)
        headed = (Heading(section.title, 1), *blocks[first:])
        shown = [part for block in headed for part in _block(block, room, levels, styles)]
        _keep_together(shown)
        paper, _, side = section.sheet.partition(" ")
        # the first one shares its page with the title; one with pages of its own begins on one
        fresh = bool(found) and any(isinstance(block, Fresh) for block in blocks)
        # a picture and what is said about it stand side by side, where a page has room for them
        pictured = any(isinstance(block, Picture) for block in blocks)
        whole = pictured and not fresh and fits(shown, room[1])
        fresh = fresh or (pictured and bool(found) and not whole)
        told = {"paper": paper, "wide": bool(side), "fresh": fresh, "whole": whole}
        found.append({**told, "blocks": shown})
    return found


def _keep_together(parts: Sequence[dict[str, Any]]) -> None:
    """A short sentence stays on the page of the table that follows it."""
    for part, after in pairwise(parts):
        if part["kind"] in ("lead", "note") and after["kind"] in ("table", "lead", "note"):
            part["sticky"] = isinstance(part["told"], str) and len(part["told"]) < SENTENCE


class Levels:
    """Levels of headings without a gap: none is more than one below the heading before it."""

    def __init__(self) -> None:
        self.last = 0

    def next(self, wanted: int) -> int:
        """The level of the next heading."""
        self.last = min(wanted, self.last + 1)
        return self.last


def _block(
    block: Block, room: tuple[int, int], levels: Levels, styles: Styles
) -> Iterator[dict[str, Any]]:
    across, _ = room
    match block:
        case Heading():
            if text := " ".join(printable(block.text).split()):
                level = levels.next(block.level)
                shown = broken(text, across, HEADINGS[level - 1])
                yield {"kind": "heading", "level": level, "text": shown}
        case Text():
            yield _text(Text(printable(block.text), block.style), across)
        case Table():
            yield table(block, across, styles)
        case Picture():
            yield from pictures(block, room)
        case Fresh():
            yield {"kind": "fresh"}


def _text(text: Text, across: int) -> dict[str, Any]:
    return {
        "kind": text.style,
        "told": told(text.text),
        "long": overlong(text.text, across - 5, BODY + 0.5),
        "room": across,
    }
