"""The section Before publishing, and what a file for the public may not hold at all."""

import re
from collections.abc import Iterator

from riskbook.core.grid import Cell, Kind, letters
from riskbook.edge.accessible.facts import Facts
from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.sheets.tables import SIGN
from riskbook.edge.xlsx.alive import live

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
AS_NUMBER = re.compile(r"[-+(]?[\u00a3$]?\d[\d,]*(\.\d+)?\)?\s?%?")
PLAIN = " -_."
CONNECTED = ("/externallinks/", "connections.xml", "/querytables/")


def information(facts: Facts) -> Iterator[str]:
    """Title, language and author of the document."""
    if not facts.title:
        yield "the document has no title"
    if not LANGUAGE.fullmatch(facts.language):
        yield "the document has no language"
    if not facts.author:
        yield "the document has no author"


def cursor(facts: Facts) -> Iterator[str]:
    """Where the reader begins."""
    if facts.active != 0:
        yield "another worksheet than the first opens"
    for place, page in enumerate(facts.pages):
        if page.cursor != "A1":
            yield f"the cursor of {page.name} is in {page.cursor}"
        if page.selected != (place == 0):
            yield f"{page.name} is {'selected too' if place else 'not selected'}"


def texts_for_numbers(facts: Facts) -> Iterator[str]:
    """Numbers that are texts, in a column of numbers."""
    for page in facts.pages:
        for table in page.tables:
            rows = range(table.first, table.bottom + 1)
            for column in range(table.left, table.right + 1):
                cells = [page.grid.at(row, column) for row in rows]
                if not any(cell.kind in (Kind.NUMBER, Kind.DATE) for cell in cells):
                    continue
                for row, cell in zip(rows, cells, strict=True):
                    text = cell.text.strip()
                    if cell.kind is Kind.TEXT and not SIGN.fullmatch(text):
                        said = "a number as a text" if AS_NUMBER.fullmatch(text) else "a text"
                        yield f"{page.name}!{letters(column)}{row} holds {said} among numbers"


def formulas(facts: Facts) -> Iterator[str]:
    """Formulas, and texts that would become one."""
    for page in facts.pages:
        for row, cells in page.grid.lines():
            for column, cell in enumerate(cells, start=page.grid.left):
                if cell.formula is not None:
                    yield f"{page.place(row, column)} holds a formula"
                elif _alive(cell) and not facts.look(page, row, column).quoted:
                    yield f"{page.place(row, column)} would become a formula when edited"
    if any(part.casefold().endswith("calcchain.xml") for part in facts.parts):
        yield "there is a calculation chain"


def _alive(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and live(cell.text)


def outside(facts: Facts) -> Iterator[str]:
    """Links and connections that leave the workbook."""
    yield from (f"it is linked to {target}" for target in facts.outside)
    for part in facts.parts:
        if any(kind in part.casefold() for kind in CONNECTED):
            yield f"it has {part}"


def locked(facts: Facts) -> Iterator[str]:
    """Protection, which keeps readers from their own widths and sizes."""
    for page in facts.pages:
        if "sheetProtection" in page.parts:
            yield f"{page.name} is protected"


def odd_name(name: str) -> Iterator[str]:
    """Signs in the file's name that links and screen readers stumble over."""
    odd = sorted({sign for sign in name if not (sign.isalnum() or sign in PLAIN)})
    if odd:
        yield f"the name {name!r} holds {' '.join(odd)}"


NAME = Rule(
    "riskbook 9",
    "The file's name is plain: letters, digits, spaces and hyphens",
    "Rename the workbook, and export it again.",
    odd_name,
)

RULES: tuple[Rule[Facts], ...] = (
    Rule(
        "Before publishing 1",
        "Spelling and grammar are right",
        "Run Review, Spelling in the register, and export again.",
        None,
        essential=True,
    ),
    Rule(
        "Before publishing 2",
        "Excel's accessibility checker finds nothing",
        "Run Review, Check Accessibility on the file.",
        None,
    ),
    Rule(
        "Before publishing 3",
        "The document has a title, a language and an author",
        "Fill them in under File, Info.",
        information,
        essential=True,
    ),
    Rule(
        "Before publishing 4",
        "The cursor is in A1 of each worksheet, and the first worksheet opens",
        "Press Ctrl+Home on each worksheet, go to the first one and save.",
        cursor,
        essential=True,
    ),
    Rule(
        "riskbook 4",
        "Numbers and dates are stored as such, and a column holds nothing else",
        "Choose Data, Text to Columns, or move the words to a column of their own.",
        texts_for_numbers,
    ),
    Rule(
        "riskbook 5",
        "There are no formulas, and no text can become one",
        "Paste the cells as values; format the text as Text.",
        formulas,
    ),
    Rule(
        "riskbook 6",
        "Nothing in it leads outside: no links, connections or other workbooks",
        "Choose Data, Edit Links, Break Link, and take out the links.",
        outside,
    ),
    Rule(
        "riskbook 7",
        "No worksheet is protected, so that readers can set widths and sizes",
        "Choose Review, Unprotect Sheet.",
        locked,
    ),
    Rule(
        "riskbook 8",
        "Somebody has gone through it with a screen reader",
        "Listen to the cover, the contents and one table in NVDA or Narrator.",
        None,
    ),
)
