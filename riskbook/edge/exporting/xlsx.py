"""A values-only workbook: no formulas, names, links, tables, notes or macros (XlsxWriter).

First a sheet for each table, with a row of headings; then riskbook's own sheets as the
workbook shows them, as plain values.  The same register gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, count
from typing import Any

import xlsxwriter

from riskbook.app import Outcome
from riskbook.core.page import Page, PageRow
from riskbook.core.pages import lay_out
from riskbook.core.profile import LONGEST_TEXT
from riskbook.edge.exporting.controls import Source, checked
from riskbook.edge.exporting.tables import Lines, Tables
from riskbook.edge.template.looks import Look, looks
from riskbook.edge.template.made import MADE
from riskbook.edge.xlsx import texts
from riskbook.edge.xlsx.alive import live
from riskbook.edge.xlsx.package import Package
from riskbook.errors import SavingError

SUMMARIES = ("summary", "heat_map", "breakdown", "weighting", "actions_due")  # roles of sheets
LONGEST_NAME = 31  # characters of a sheet's name: Excel specifications and limits
SHORT = LONGEST_TEXT // 2  # characters: of two units each, such a text still fits a cell
NARROW, WIDE, WIDEST = 10, 40, 60  # characters: of a column, of a table's, of a page's
LOOKED_AT = 100  # lines, for the widths of a table
A4 = 9  # of the sizes of paper: ECMA-376 part 1, 18.3.1.63, pageSetup
ROWS = 1_048_576  # of a sheet: the same
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(outcome: Outcome, source: Source) -> bytes:
    """The bytes of a workbook of the tables and of the summary sheets of a register.

    Raises:
        SavingError: a text is longer than a cell holds, or a table than a sheet.
    """
    about, profile = outcome.reading.register.about, outcome.profile
    title = " - ".join(part for part in (about.organisation, about.title) if part)
    found = checked(outcome, source)
    return write(title or profile.title, found, summaries(outcome), looks(profile))


def write(title: str, tables: Tables, pages: Iterable[Page], styles: Mapping[str, Look]) -> bytes:
    """The bytes of a workbook: a sheet for each table, then one for each page."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": title, "created": MADE})
    writer = Writer(book)
    for name, (columns, lines) in tables.items():
        writer.table(name, columns, lines)
    for page in pages:
        writer.page(page, styles)
    book.close()
    return _exact(stream.getvalue(), book)


def summaries(outcome: Outcome) -> Sequence[Page]:
    """The pages of riskbook's own that finance asks for; the findings are a table already."""
    return lay_out(outcome.figures, SUMMARIES)


class Writer:
    """Writes sheets of plain values into an empty book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Take the book."""
        self.book = book
        self.quoted = book.add_format({"quote_prefix": True})
        self.formats: dict[str, Any] = {"General": None}  # by number format

    def table(self, name: str, columns: Sequence[str], lines: Lines) -> None:
        """A sheet with a row of headings, and a row for each line."""
        if len(lines) >= ROWS:
            raise SavingError(
                f"The table {name} has {len(lines):,} rows, and a sheet has {ROWS:,}.",
                fix="export it with --to csv or --to json.",
            )
        sheet = self._sheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            self._text(sheet, 0, place, column)
            some = (str(line.get(column, "")) for line in lines[:LOOKED_AT])
            sheet.set_column(place, place, _width([column, *some], WIDE))
        places = list(enumerate(columns))
        string, number = sheet.write_string, sheet.write_number
        for row, line in enumerate(lines, start=1):
            for place, column in places:
                value = line.get(column)
                if not isinstance(value, str):
                    if value is not None:
                        number(row, place, value)
                elif len(value) > SHORT or live(value):
                    self._text(sheet, row, place, value)
                elif value:
                    string(row, place, value)

    def page(self, page: Page, styles: Mapping[str, Look]) -> None:
        """A sheet of riskbook's own: the values of its rows, numbers in their format."""
        sheet = self._sheet(page.sheet)
        shown = [row for row in page.rows if row.height != 0]  # what is hidden feeds charts
        for place in range(max((len(row.cells) for row in shown), default=0)):
            sheet.set_column(place, place, _width(_beside_others(shown, place), WIDEST))
        for place, row in enumerate(shown):
            for column, cell in enumerate(row.cells):
                if isinstance(cell.value, str):
                    self._text(sheet, place, column, cell.value)
                elif cell.value is not None:
                    look = self._format(styles[cell.style].get("num_format", "General"))
                    sheet.write_number(place, column, float(cell.value), look)

    def _sheet(self, name: str) -> Any:
        """A sheet that prints on A4 across, as wide as a page."""
        sheet = self.book.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _text(self, sheet: Any, row: int, column: int, text: str) -> None:
        if len(text) > SHORT and len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
            raise SavingError(
                f"A text for the sheet {sheet.name}, row {row + 1}, has more than "
                f"{LONGEST_TEXT:,} characters, and no cell holds so many; it begins {text[:40]!r}.",
                fix="shorten it in the register, or export it with --to csv or --to json.",
            )
        if text:
            sheet.write_string(row, column, text, self.quoted if live(text) else None)

    def _format(self, code: str) -> Any:
        if code not in self.formats:
            self.formats[code] = self.book.add_format({"num_format": code})
        return self.formats[code]

    def _free(self, name: str) -> str:
        """A name that no other sheet has; Excel takes "Risks" and "risks" for the same."""
        taken = {other.casefold() for other in self.book.sheetnames}
        endings = chain([""], (f" ({number})" for number in count(2)))
        tried = (name[: LONGEST_NAME - len(ending)] + ending for ending in endings)
        return next(free for free in tried if free.casefold() not in taken)


def _width(texts: Iterable[str], most: int) -> int:
    """The width in characters of a column that shows the texts, within reason."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(most, max(NARROW, longest + 2))


def _beside_others(rows: Iterable[PageRow], place: int) -> Iterator[str]:
    """The texts of a column that have a filled cell to their right: others run on over it."""
    for row in rows:
        if any(cell.value is not None for cell in row.cells[place + 1 :]):
            yield str(row.cells[place].value or "")


def _exact(data: bytes, book: xlsxwriter.Workbook) -> bytes:
    """The file with its texts escaped by riskbook, where XlsxWriter would change one."""
    shared = book.str_table
    if not texts.odd(shared.string_array):
        return data
    part = texts.part(shared.string_array, shared.count)
    return Package.parse(data).replaced({texts.PART: part})
