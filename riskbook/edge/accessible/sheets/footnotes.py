"""The section Footnotes: how notes are marked, and where they stand."""

import re
from collections.abc import Iterator

from riskbook.edge.accessible.facts import Facts, Page
from riskbook.edge.accessible.lines import Rule

MARKER = re.compile(r"\[note \d+\]")
LOOSE = re.compile(r"(?<!\[)\bnotes?\s*\.?\s*\d+|\[notes?\.?\s*\d+\]|\(notes?\.?\s*\d+\)", re.I)
RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021]|\\*+$|[a-z]\\*(?=\\s)")


def raised(facts: Facts) -> Iterator[str]:
    """Superscript, and symbols that stand for a note."""
    for page in facts.pages:
        yield from (f"{page.place(*at)} has superscript or subscript" for at in sorted(page.runs))
        for row, column, _ in page.texts():
            if facts.look(page, row, column).script:
                yield f"{page.place(row, column)} is superscript or subscript"
        for row, column, text in _labels(page):
            if found := RAISED.search(text):
                yield f"{page.place(row, column)} has the sign {found[0]!r}"


def markers(facts: Facts) -> Iterator[str]:
    """Notes that are marked otherwise, that are not there, or that nothing names."""
    there, named = set(_listed(facts)), set[str]()
    for page in facts.pages:
        for row, column, text in _labels(page):
            found = set(MARKER.findall(text))
            named |= found
            for loose in LOOSE.findall(MARKER.sub("", text)):
                yield f"{page.place(row, column)} says {loose!r}, not [note 1]"
            for marker in sorted(found - there):
                yield f"{page.place(row, column)} names {marker}, which is not on Notes"
    yield from (f"nothing names {marker}" for marker in sorted(there - named))


def misplaced(facts: Facts) -> Iterator[str]:
    """Markers in the cells of a table, where no heading, title or label is."""
    notes = _notes(facts)
    for page in facts.pages:
        for row, column, text in page.texts():
            table = page.table_at(row, column)
            if not table or page is notes or row < table.first or column == table.left:
                continue
            heading = page.grid.at(table.top, column).text.casefold()
            if heading != "notes" and MARKER.search(text):
                yield f"{page.place(row, column)} has a marker in its data"


def no_notes(facts: Facts) -> Iterator[str]:
    """Markers without a worksheet of notes."""
    marked = any(MARKER.search(text) for page in facts.pages for _, _, text in _labels(page))
    if marked and not set(_listed(facts)):
        yield "there is no worksheet Notes with a table of notes"


def _labels(page: Page) -> Iterator[tuple[int, int, str]]:
    """Titles, prose, headings and the labels of rows: where a marker may stand."""
    if page.name.casefold() == "notes":
        return
    for row, column, text in page.texts():
        table = page.table_at(row, column)
        if table is None or row < table.first:
            yield row, column, text


def _notes(facts: Facts) -> Page | None:
    return next((page for page in facts.pages if page.name.casefold() == "notes"), None)


def _listed(facts: Facts) -> Iterator[str]:
    """The markers in the first column of the table of notes, those with a text beside them."""
    page = _notes(facts)
    for table in page.tables if page else ():
        for row in range(table.first, table.bottom + 1):
            marker = page.grid.at(row, table.left).text.strip() if page else ""
            if page and MARKER.fullmatch(marker) and page.grid.at(row, table.left + 1).text.strip():
                yield marker


RULES: tuple[Rule[Facts], ...] = (
    Rule(
        "Footnotes 1",
        "No symbols or superscript signpost to notes",
        "Write [note 1] instead.",
        raised,
        essential=True,
    ),
    Rule(
        "Footnotes 2",
        "Notes are marked [note 1], each marker has its note and each note its marker",
        "Write the marker as [note 1], and the note into the table on Notes.",
        markers,
    ),
    Rule(
        "Footnotes 3",
        "Markers stand in titles, headings and labels, not in single cells of data",
        "Move the marker to the heading, or into a column headed Notes.",
        misplaced,
    ),
    Rule(
        "Footnotes 4",
        "The text of notes is in a table on a worksheet called Notes",
        "Add a worksheet Notes with a table of numbers and texts.",
        no_notes,
    ),
)
