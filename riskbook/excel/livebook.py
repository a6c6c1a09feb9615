"""An open workbook as a book: read in blocks, written in blocks, never saved.

Entry cells are only read.  Computed cells are live formulas: the application works them
out, and what it shows is compared with what riskbook computes.  Saving is the officer's.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from riskbook.app import Results
from riskbook.core.checks.figures import same
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Grid
from riskbook.core.page import STANDARD, Page, PageCell
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading
from riskbook.edge.xlsx.attached import breaks
from riskbook.errors import TemplateError
from riskbook.excel import extras
from riskbook.excel.blocks import (
    Box,
    cells_of,
    grid,
    rectangles,
    spans_of,
    used_box,
    values_of,
)

TEXT = "@"  # the number format under which a typed text stays one


class LiveBook:
    """A workbook that is open in Excel or LibreOffice, by its xlwings book."""

    def __init__(self, book: Any, say: Callable[[str], None] = lambda step: None) -> None:
        """Take the calling book, and who is told each step."""
        self.book, self.say = book, say
        self.differing: tuple[CellRef, ...] = ()  # computed cells that show something else

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self.book.name)

    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(sheet.name for sheet in self.book.sheets)

    def read(self, sheets: Sequence[str]) -> Mapping[str, Grid]:
        """The cells of some sheets."""
        return {name: grid(self.book.sheets[name]) for name in sheets}

    def template_findings(self, profile: Profile, found: Reading) -> Sequence[Finding]:
        """Nothing: the parts of an open workbook cannot be seen; a check of its file tells."""
        return ()

    def write(self, sheet: str, computed: Results, pages: Sequence[Page]) -> None:
        """Write riskbook's own sheets; compare the computed cells with their results.

        Raises:
            TemplateError: the workbook lost a named style that a page needs.
            SavingError: an own sheet is protected with a password.
        """
        self._refuse_lost_styles(pages)
        for page in pages:
            self.say(f"writing {page.sheet} ...")
            target = self.book.sheets[page.sheet]
            with extras.unprotected(target):
                write_page(target, page)
        if computed:
            self.say("comparing the formulas ...")
            self.book.app.calculate()
            self.differing = self._differing(sheet, computed)

    def _refuse_lost_styles(self, pages: Sequence[Page]) -> None:
        wanted = {cell.style for page in pages for _, cell in cells_of(page)}
        if lost := sorted(wanted - extras.style_names(self.book)):
            raise TemplateError(
                f"{self.name!r} has lost the named style {lost[0]!r}, so its sheets cannot be "
                "written while it is open.",
                fix="close it and run `riskbook refresh FILE`, which puts the styles back.",
            )

    def _differing(self, sheet: str, computed: Results) -> tuple[CellRef, ...]:
        shown = values_of(self.book.sheets[sheet])
        return tuple(
            CellRef(sheet, row, column)
            for (row, column), wanted in computed.items()
            if not same(shown.at(row, column), wanted)
        )


def write_page(sheet: Any, page: Page) -> None:
    """Put a page in place of all that stands on a sheet.

    Texts are written under the text format, so that no program makes a number, a date or
    a formula of them; the styles bring the formats that are shown.
    """
    used = used_box(sheet).on(sheet)
    used.unmerge()
    used.clear()
    used.row_height = STANDARD  # shows what was hidden, too
    extras.set_breaks(sheet, breaks(page))
    width = max((len(line.cells) for line in page.rows), default=0)
    if not width:
        return
    whole = Box(1, 1, len(page.rows), width)
    block = whole.on(sheet)
    cells = dict(cells_of(page))
    block.number_format = TEXT
    block.value = [
        [_text(sheet, cells.get((row, column))) for column in range(1, width + 1)]
        for row in range(1, whole.rows + 1)
    ]
    links = [
        (*place, f"#{cell.link.location}", str(cell.value))
        for place, cell in cells.items()
        if cell.link
    ]
    extras.set_links(sheet, links)
    block.clear_formats()
    extras.set_styles(sheet, list(rectangles({place: cell.style for place, cell in cells.items()})))
    _numbers(sheet, cells)
    extras.merge_rows(sheet, spans_of(page))
    _heights(sheet, page)


def _text(sheet: Any, cell: PageCell | None) -> str | None:
    if cell is None or not isinstance(cell.value, str) or not cell.value:
        return None
    return extras.literal(sheet, cell.value)


def _numbers(sheet: Any, cells: Mapping[tuple[int, int], PageCell]) -> None:
    """Numbers go in after the styles, as a number under the text format becomes a text."""
    numbers = {
        place: float(cell.value)
        for place, cell in cells.items()
        if isinstance(cell.value, int | Decimal)
    }
    for box, _ in rectangles(dict.fromkeys(numbers, True)):
        rows = range(box.row, box.last_row + 1)
        columns = range(box.column, box.last_column + 1)
        box.on(sheet).value = [[numbers[row, column] for column in columns] for row in rows]


def _heights(sheet: Any, page: Page) -> None:
    """Rows as high as the page says, those of no height hidden, the rest as any new row."""
    heights = {
        (row, 1): STANDARD if line.height is None else float(line.height)
        for row, line in enumerate(page.rows, start=1)
    }
    extras.set_heights(sheet, list(rectangles(heights)))
