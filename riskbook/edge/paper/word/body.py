"""The text of a report: its title, then section after section, each on its sheet of paper.

::

    Paper -> runs of sections on one kind of sheet -> paragraphs, tables, pictures

A page break is a property of the paragraph that begins the page, and the end of a run of
sheets a property of the last paragraph on them, so that no paragraph is empty.  Only after
a table, where Word must have one, stands a paragraph of no height.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from docx.oxml.document import CT_Body
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.parfmt import ParagraphFormat

from riskbook.core.blocks import Block, Fresh, Heading, Paper, Picture, Section, Table, Text
from riskbook.edge.paper.printed import Styles, printable
from riskbook.edge.paper.word.elements import lines, paragraph, run
from riskbook.edge.paper.word.pictures import pictures
from riskbook.edge.paper.word.sheets import SHEETS, Sheet
from riskbook.edge.paper.word.tables import table

STYLES = {"body": "Normal", "lead": "Lead", "note": "Note"}
AFTER_TABLE = 8.0  # points above a text that follows a table
INTRODUCES = 400  # characters
ABOVE = 12.0  # points above the introduction
TABLE, PARAGRAPH = qn("w:tbl"), qn("w:p")


Runs = list[tuple[Sheet, list[Section]]]


def runs(paper: Paper) -> Runs:
    """The sections that follow each other on one kind of sheet, with the sheet; one at least."""
    found = groupby(paper.sections, key=lambda section: section.sheet)
    return [(SHEETS[sheet], list(sections)) for sheet, sections in found] or [(SHEETS["a4"], [])]


def fill(body: CT_Body, paper: Paper, parts: Runs, styles: Styles) -> None:
    """Put a report into an empty body, and the properties of its last section at the end."""
    writer = Writer(styles)
    writer.front(paper)
    for number, (sheet, sections) in enumerate(parts):
        if number:
            writer.end(parts[number - 1][0])
        writer.sections(sections, sheet)
    writer.closing(paper)
    body[:] = [*writer.made, parts[-1][0].properties()]


@dataclass(slots=True)
class Writer:
    """What has been written so far, and what the next paragraph must know."""

    styles: Styles
    made: list[BaseOxmlElement] = field(default_factory=list)
    fresh: bool = False  # the next block begins a page
    top: bool = False  # it does so on a new kind of sheet
    level: int = 0  # of the last heading
    heading: str = ""
    number: int = 0  # of pictures

    def front(self, paper: Paper) -> None:
        """The title and what stands around it."""
        if paper.organisation:
            self._line("Organisation", paper.organisation)
        self._line("Title", paper.title)
        for text in filter(None, (paper.period, paper.as_at)):
            self._line("Subtitle", text)
        told = lines(paper.introduction, "Normal", "ListBullet")
        if told:
            ParagraphFormat(told[0]).space_before = Pt(ABOVE)
        self.made += told

    def _line(self, style: str, text: str) -> None:
        self.made.append(paragraph(style, run(" ".join(printable(text).split()))))

    def sections(self, sections: Sequence[Section], sheet: Sheet) -> None:
        """Sections that follow each other on one kind of sheet."""
        blocks = _in_order(sections)
        for number, block in enumerate(blocks):
            if isinstance(block, Fresh):
                self.fresh = True
                continue
            made = list(self._block(block, sheet))
            if not made:
                continue
            if self.fresh or self.top:
                self._begin(made[0])
            self.made += made
            if isinstance(block, Text) and _introduces(blocks[number:]):
                ParagraphFormat(made[-1]).keep_with_next = True
        self.fresh = False

    def _begin(self, made: BaseOxmlElement) -> None:
        """A paragraph, or the first one of a table, at the top of a page needs no room above."""
        form = ParagraphFormat(next(made.iter(PARAGRAPH)))
        form.page_break_before = self.fresh or None
        form.space_before = Pt(0)
        self.fresh = self.top = False

    def _block(self, block: Block, sheet: Sheet) -> Iterator[BaseOxmlElement]:
        match block:
            case Heading():
                yield from self._heading(block)
            case Text():
                yield from self._text(block)
            case Table():
                yield from self._table(block, sheet)
            case Picture():
                for made in pictures(block, sheet, self.number):
                    self.number += 1
                    yield from made

    def _heading(self, block: Heading) -> Iterator[BaseOxmlElement]:
        text = " ".join(printable(block.text).split())
        if text:
            self.level = min(block.level, self.level + 1)
            self.heading = text
            yield paragraph(f"Heading{self.level}", run(text))

    def _text(self, block: Text) -> Iterator[BaseOxmlElement]:
        found = lines(block.text, STYLES[block.style], "ListBullet")
        if found and self._after_table():
            ParagraphFormat(found[0]).space_before = Pt(AFTER_TABLE)
        yield from found

    def _table(self, block: Table, sheet: Sheet) -> Iterator[BaseOxmlElement]:
        if self._after_table():
            yield paragraph("TableGap")  # or Word would make one table of both
        yield table(block, sheet, self.styles, self.heading)

    def _after_table(self) -> bool:
        return bool(self.made) and self.made[-1].tag == TABLE

    def end(self, sheet: Sheet) -> None:
        """The last paragraph on a run of sheets bears their properties."""
        if not self.made or self._after_table():
            self.made.append(paragraph("TableGap"))
        self.made[-1].pPr.append(sheet.properties())
        self.top = True

    def closing(self, paper: Paper) -> None:
        """Word must have a paragraph after a table at the end, so it says something."""
        if self._after_table():
            self.made.append(paragraph("Note", run(f"Made by {paper.made}."), before=AFTER_TABLE))


def _introduces(blocks: Sequence[Block]) -> bool:
    """Whether only short texts stand before a table, so that they stay on its page."""
    for block in blocks:
        if not isinstance(block, Text):
            return isinstance(block, Table)
        if not 0 < len(block.text.strip()) <= INTRODUCES:
            return False
    return False


def _in_order(sections: Sequence[Section]) -> list[Block]:
    """The blocks with the headings of their sections; no page begins right below a heading."""
    found: list[Block] = []
    for section in sections:
        for block in (Heading(section.title, 1), *section.blocks):
            place = len(found)
            while isinstance(block, Fresh) and place and isinstance(found[place - 1], Heading):
                place -= 1
            found.insert(place, block)
    return found
