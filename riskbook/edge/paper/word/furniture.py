"""What stands around the text: header and footer of each page, and what the file says it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter  # the class of headers and footers has no other name

from riskbook.core.blocks import LANGUAGE, Paper
from riskbook.edge.paper.printed import printable
from riskbook.edge.paper.word import measure
from riskbook.edge.paper.word.base import moment
from riskbook.edge.paper.word.elements import element, field, paragraph, run, twips
from riskbook.edge.paper.word.sheets import Sheet

MOST: Final = 255  # characters of a property, as Word keeps them
LETTERS: Final = 9.0  # points, of header and footer
RIGHT: Final = 45.0  # millimetres for what stands at the right
KIND: Final = "risk register, risk report"


def furnish(document: Document, paper: Paper, sheets: Sequence[Sheet]) -> None:
    """Headers and footers; the first page bears its title already, and no header."""
    for section, sheet in zip(document.sections, sheets, strict=True):
        _put(section.header, "Header", name(paper), [run(line(paper.period))], sheet)
        _put(section.footer, "Footer", made(paper), _pages(), sheet)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    _put(first.first_page_header, "Header", "", [], sheets[0])
    _put(first.first_page_footer, "Footer", made(paper), _pages(), sheets[0])


def _put(
    place: _BaseHeaderFooter, style: str, left: str, right: Sequence[BaseOxmlElement], sheet: Sheet
) -> None:
    """A line with something at both ends."""
    place.is_linked_to_previous = False
    shown = measure.shortened(left, LETTERS, sheet.across - RIGHT)
    tab = [element("w:r", element("w:tab")), *right] if right else []
    filled = paragraph(style, *([run(shown)] if shown else []), *tab)
    stop = element("w:tab", val="right", pos=twips(sheet.across))
    filled.pPr.append(element("w:tabs", stop))
    old = place.paragraphs[0]._p
    old.getparent().replace(old, filled)


def _pages() -> list[BaseOxmlElement]:
    return [run("Page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1")]


def describe(document: Document, paper: Paper, told: datetime) -> None:
    """What the file says it is; nobody's name but the council's."""
    facts = document.core_properties
    facts.title = name(paper)[:MOST]
    facts.subject = ", ".join(filter(None, (line(paper.period), line(paper.as_at))))[:MOST]
    facts.author = facts.last_modified_by = line(paper.organisation)[:MOST]
    facts.keywords = ", ".join(filter(None, (KIND, line(paper.period))))[:MOST]
    facts.comments = made(paper)[:MOST]
    facts.language = LANGUAGE
    facts.created = facts.modified = moment(told)
    facts.revision = 1


def name(paper: Paper) -> str:
    """The title with the council in front."""
    return ": ".join(filter(None, (line(paper.organisation), line(paper.title))))


def made(paper: Paper) -> str:
    """By what the report was made."""
    return f"Made by {line(paper.made)}"


def line(text: str) -> str:
    """A text as one line."""
    return " ".join(printable(text).split())
