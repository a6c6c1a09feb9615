"""The section Structure: names, order and contents of the worksheets, where tables lie."""

import re
from collections.abc import Iterator

from riskbook.edge.accessible.facts import Facts, Page
from riskbook.edge.accessible.lines import Rule

DEFAULT_NAME = re.compile(r"(?:sheet|tabelle|feuil|hoja|worksheet)\s*\d*", re.IGNORECASE)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TABLES = re.compile(r"\b(\w+) tables?\b", re.IGNORECASE)
ROWS = re.compile(r"\bof (\d+) rows?\b", re.IGNORECASE)


def names(facts: Facts) -> Iterator[str]:
    """Worksheets whose name says nothing."""
    for page in facts.pages:
        if DEFAULT_NAME.fullmatch(page.name) or len(page.name.strip()) < 3:
            yield f"a worksheet is called {page.name!r}"


def blank(facts: Facts) -> Iterator[str]:
    """Worksheets with nothing on them."""
    for page in facts.pages:
        if next(page.texts(), None) is None:
            yield f"{page.name} is blank"


def column_a(facts: Facts) -> Iterator[str]:
    """Worksheets that do not say above their table what there is, or say it wrongly."""
    for page in facts.pages:
        first = min((table.top for table in page.tables), default=10**6)
        above = " ".join(text for row, text in page.above() if row < first)
        if not above:
            yield f"{page.name} says nothing below its title"
        elif page.tables and not (said := TABLES.search(above)):
            yield f"{page.name} does not say how many tables it has"
        elif page.tables and said and said[1].casefold() not in _ways(len(page.tables)):
            yield f"{page.name} says {said[0]!r} and has {len(page.tables)}"
        elif len(page.tables) == 1 and (rows := ROWS.search(above)):
            there = page.tables[0].bottom - page.tables[0].first + 1
            if int(rows[1]) != there:
                yield f"{page.name} says {rows[1]} rows and has {there}"


def _ways(number: int) -> tuple[str, ...]:
    return (str(number), NUMBERS[number] if number < len(NUMBERS) else "")


def not_left(facts: Facts) -> Iterator[str]:
    """Tables that do not begin in column A."""
    for page in facts.pages:
        yield from (f"{t.name} begins in another column" for t in page.tables if t.left != 1)


def below(facts: Facts) -> Iterator[str]:
    """Cells below a table."""
    for page in facts.pages:
        last = max((table.bottom for table in page.tables), default=0)
        for row, column, _ in page.texts():
            if last and row > last:
                yield f"{page.place(row, column)} stands below the table"


def several(facts: Facts) -> Iterator[str]:
    """Worksheets with more than one table."""
    for page in facts.pages:
        if len(page.tables) > 1:
            yield f"{page.name} has {len(page.tables)} tables"


def hidden(facts: Facts) -> Iterator[str]:
    """Worksheets that nobody sees."""
    yield from (f"{page.name} is hidden" for page in facts.pages if page.state != "visible")


def no_cover(facts: Facts) -> Iterator[str]:
    """A first worksheet that is no cover."""
    first = facts.pages[0]
    if first.tables or len(first.above()) < 2:
        yield f"{first.name} comes first and is no cover: a title and what the workbook is"


def not_listed(facts: Facts) -> Iterator[str]:
    """Worksheets that the contents do not lead to."""
    listed = [page for page in facts.pages[:3] if page.name.casefold() == "contents"]
    if not listed or not listed[0].tables:
        yield "there is no worksheet Contents with a table behind the cover"
        return
    contents = listed[0]
    names = list(_linked(contents))
    for page in facts.pages[1:]:
        if page is not contents and names.count(page.name) != 1:
            yield f"{page.name} is {'twice' if page.name in names else 'not'} in the contents"
    there = {page.name for page in facts.pages}
    yield from (
        f"the contents name {name!r}, which is not there" for name in names if name not in there
    )


def _linked(contents: Page) -> Iterator[str]:
    table = contents.tables[0]
    linked = {link.cell for link in contents.links}
    for row in range(table.first, table.bottom + 1):
        if f"A{row}" in linked:
            yield contents.grid.at(row, 1).text.strip()


RULES: tuple[Rule[Facts], ...] = (
    Rule(
        "Structure 1",
        "Worksheets have unique names that describe them",
        "Rename the worksheet by what it holds.",
        names,
        essential=True,
    ),
    Rule(
        "Structure 2", "No worksheet is blank", "Delete the blank worksheet.", blank, essential=True
    ),
    Rule(
        "Structure 3",
        "Column A tells, between title and table, what the worksheet holds",
        "Write below the title: This worksheet contains one table.",
        column_a,
        essential=True,
    ),
    Rule(
        "Structure 4",
        "Tables lie against the left edge of the worksheet",
        "Delete the columns left of the table.",
        not_left,
        essential=True,
    ),
    Rule("Structure 5", "There is no content below a table", "Move it above the table.", below),
    Rule(
        "Structure 6",
        "No worksheet has more than one table",
        "Move each table to a worksheet of its own.",
        several,
    ),
    Rule("riskbook 1", "No worksheet is hidden", "Unhide or delete it.", hidden),
    Rule(
        "riskbook 2",
        "A cover comes first: a title, and what the workbook is",
        "Add a worksheet before the others with title, organisation and date.",
        no_cover,
    ),
    Rule(
        "riskbook 3",
        "The contents come next and link to every other worksheet once",
        "Add the worksheet to the table of contents, with a link to it.",
        not_listed,
    ),
)
