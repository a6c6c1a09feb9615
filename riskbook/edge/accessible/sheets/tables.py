"""The section Tables: marked up, named, without merged, blank or hidden cells, readable."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import ceil

from riskbook.core.grid import Kind, letters
from riskbook.edge.accessible.facts import Facts, Page
from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.marked import Marked

DEFAULT_NAME = re.compile(r"(?:table|tabelle|tableau|tabla)_?\d*", re.IGNORECASE)
DEFAULT_HEADING = re.compile(r"column\d*", re.IGNORECASE)
SIGN = re.compile(r"\[[a-z]{1,12}\]")
LEAST_WIDTH, MOST_WIDTH, LONGEST_WORD = 6, 150, 40  # characters
HIGHEST_ROW, LEADING = 409, 1.3125  # points; height of a line by the size of its letters
LETTERS = 1.1  # of a text to a character of width


def not_marked(facts: Facts) -> Iterator[str]:
    """Cells right of column A that belong to no table."""
    for page in facts.pages:
        for row, column, _ in page.texts():
            if column > 1 and not page.table_at(row, column):
                yield f"{page.place(row, column)} belongs to no marked up table"


def names(facts: Facts) -> Iterator[str]:
    """Tables without a name of their own."""
    found = [(page, table) for page in facts.pages for table in page.tables]
    counts = Counter(table.name.casefold() for _, table in found)
    for page, table in found:
        if DEFAULT_NAME.fullmatch(table.name) or len(table.name) < 3:
            yield f"the table on {page.name} is called {table.name!r}"
        elif counts[table.name.casefold()] > 1:
            yield f"two tables are called {table.name!r}"


def merged(facts: Facts) -> Iterator[str]:
    """Merged cells, and tables that lie in tables."""
    for page in facts.pages:
        yield from (f"{page.name}!{area} is merged" for area in page.grid.merged)
        for one, other in combinations(page.tables, 2):
            if one.holds(other.top, other.left) or other.holds(one.top, one.left):
                yield f"{one.name} and {other.name} lie one in the other"


def blank_lines(facts: Facts) -> Iterator[str]:
    """Rows and columns of a table with nothing in them."""
    for page, table in _tables(facts):
        for row in range(table.top, table.bottom + 1):
            if all(_blank(page, row, column) for column in _across(table)):
                yield f"row {row} of {page.name} is blank"
        for column in _across(table):
            if all(_blank(page, row, column) for row in range(table.first, table.bottom + 1)):
                yield f"column {letters(column)} of {page.name} is blank"


def headings(facts: Facts) -> Iterator[str]:
    """Tables whose headings are not tagged, not there or not different."""
    for page, table in _tables(facts):
        if not table.header:
            yield f"the headings of {table.name} are not tagged"
            continue
        counts = Counter(heading.casefold() for heading in table.headings)
        for column, heading in zip(_across(table), table.headings, strict=False):
            place = page.place(table.top, column)
            if page.grid.at(table.top, column).text != heading.replace("_x000a_", "\n"):
                yield f"{place} is not the heading that the table has there"
            elif not heading.strip() or DEFAULT_HEADING.fullmatch(heading):
                yield f"{place} is no heading of its own: {heading!r}"
            elif counts[heading.casefold()] > 1:
                yield f"{place}: two columns are headed {heading!r}"


def not_wrapped(facts: Facts) -> Iterator[str]:
    """Texts that are cut off at the edge of their cell."""
    for page in facts.pages:
        for row, column, text in page.texts():
            if page.grid.at(row, column).kind is not Kind.TEXT:
                continue
            if facts.look(page, row, column).wrapped:
                continue
            if page.table_at(row, column):
                yield f"{page.place(row, column)} does not wrap"
            elif "\n" in text or not _blank(page, row, column + 1):
                yield f"{page.place(row, column)} runs into the next cell"


def filters(facts: Facts) -> Iterator[str]:
    """Filters and frozen panes."""
    for page in facts.pages:
        if page.frozen:
            yield f"{page.name} has frozen panes"
        if "autoFilter" in page.parts or any(table.filters for table in page.tables):
            yield f"{page.name} has a filter"


def empty(facts: Facts) -> Iterator[str]:
    """Empty cells, and shorthand that nobody explains."""
    for page, table in _tables(facts):
        above = " ".join(text for _, text in page.above()).casefold()
        for row in range(table.first, table.bottom + 1):
            for column in _across(table):
                text = page.grid.at(row, column).text.strip()
                if not text and not ("blank" in above or "empty" in above):
                    yield f"{page.place(row, column)} is empty"
                elif SIGN.fullmatch(text) and text not in above:
                    yield f"{page.place(row, column)} holds {text}, which is not explained above"


def hidden(facts: Facts) -> Iterator[str]:
    """Rows and columns that nobody sees."""
    for page in facts.pages:
        yield from (f"{what} of {page.name} is hidden" for what in page.hidden)


def widths(facts: Facts) -> Iterator[str]:
    """Columns too narrow for their words, or so narrow that a row cannot show its text."""
    for page, table in _tables(facts):
        for column in _across(table):
            width = page.widths.get(column, 8.43)
            if not LEAST_WIDTH <= width <= MOST_WIDTH:
                yield f"column {letters(column)} of {page.name} is {width:g} characters wide"
                continue
            for row in range(table.top, table.bottom + 1):
                size = facts.look(page, row, column).size
                if wrong := _cramped(page.grid.at(row, column).text, width, size):
                    yield f"{page.place(row, column)} {wrong}"


def _cramped(text: str, width: float, size: float) -> str:
    words = [len(word) for word in text.split() if len(word) <= LONGEST_WORD]
    if max(words, default=0) > width * LETTERS:
        return "has a word wider than its column"
    fit = max(1, int(width * LETTERS))
    lines = sum(max(1, ceil(len(line) / fit)) for line in text.split("\n"))
    return "is higher than a row can be" if lines * size * LEADING > HIGHEST_ROW else ""


def _tables(facts: Facts) -> Iterator[tuple[Page, Marked]]:
    for page in facts.pages:
        for table in page.tables:
            yield page, table


def _across(table: Marked) -> range:
    return range(table.left, table.right + 1)


def _blank(page: Page, row: int, column: int) -> bool:
    return not page.grid.at(row, column).text.strip()


RULES: tuple[Rule[Facts], ...] = (
    Rule(
        "Tables 1",
        "Tables are marked up as tables",
        "Select the cells and choose Insert, Table.",
        not_marked,
        essential=True,
    ),
    Rule(
        "Tables 2",
        "Tables have meaningful names",
        "Give each table a name of its own under Table Design, Table Name.",
        names,
    ),
    Rule(
        "Tables 3",
        "There are no merged cells, split cells or nested tables",
        "Unmerge the cells and write the value into each row that it is for.",
        merged,
        essential=True,
    ),
    Rule(
        "Tables 4",
        "There are no blank rows or columns within tables",
        "Delete the blank row or column, and make space by heights and widths.",
        blank_lines,
        essential=True,
    ),
    Rule(
        "Tables 5",
        "Each table has one tagged header row, with headings that differ",
        "Choose Table Design, Header Row, and give each column a heading of its own.",
        headings,
        essential=True,
    ),
    Rule(
        "Tables 6",
        "Text is wrapped within cells",
        "Select the cells and choose Home, Wrap Text.",
        not_wrapped,
        essential=True,
    ),
    Rule(
        "Tables 7",
        "There are no filters and no frozen panes",
        "Turn off Data, Filter and View, Freeze Panes.",
        filters,
    ),
    Rule(
        "Tables 8",
        "Cells with no data are explained: none is empty, shorthand is explained above the table",
        "Write a shorthand such as [x] into the cell and say above the table what it means.",
        empty,
        essential=True,
    ),
    Rule(
        "Tables 9",
        "No rows or columns are hidden",
        "Unhide them, or delete what is in them.",
        hidden,
    ),
    Rule(
        "Tables 10",
        "Columns have a sensible width, and each row shows the whole of its text",
        "Widen the column, or shorten the text.",
        widths,
    ),
)
