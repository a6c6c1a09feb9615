"""The section Formatting: links, letters, titles, colour, and what floats over the cells."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from riskbook.core.grid import Kind, column_number, letters
from riskbook.edge.accessible.facts import FLOATING, Facts, Page
from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.looks import Look, contrast
from riskbook.edge.accessible.sheets.tables import SIGN

SANS = frozenset(
    (
        *("aptos", "arial", "calibri", "carlito", "dejavu sans", "gill sans", "helvetica"),
        *("liberation sans", "noto sans", "open sans", "roboto", "segoe ui", "source sans pro"),
        *("tahoma", "trebuchet ms", "verdana"),
    )
)
LEAST_SIZE, LEAST_TITLE = 10, 12  # points
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA)
SAFE = frozenset("+=$\u00a3\u20ac%&@")  # signs that screen readers say
VAGUE = re.compile(r"(?:click )?here|link|more|read more|this|page|https?://.*|www\..*", re.I)


def links(facts: Facts) -> Iterator[str]:
    """Links that do not say where they lead, or lead nowhere."""
    there = {page.name for page in facts.pages}
    led: dict[str, str] = {}
    for page in facts.pages:
        for link in page.links:
            at = re.fullmatch(r"([A-Z]+)(\d+)", link.cell)
            text = page.grid.at(int(at[2]), column_number(at[1])).text.strip() if at else ""
            sheet = link.location.rpartition("!")[0].removeprefix("'").removesuffix("'")
            if not text or VAGUE.fullmatch(text):
                yield f"{page.name}!{link.cell} does not say where it leads: {text!r}"
            elif not link.outside and sheet.replace("''", "'") not in there:
                yield f"{page.name}!{link.cell} leads to a worksheet that is not there"
            elif led.setdefault(text, link.location) != link.location:
                yield f"{page.name}!{link.cell}: {text!r} leads to two places"


def shapes(facts: Facts) -> Iterator[str]:
    """Letters that are hard to read."""
    for page in facts.pages:
        linked = {link.cell for link in page.links}
        for row, column, _ in page.texts():
            look, kind = facts.look(page, row, column), page.grid.at(row, column).kind
            is_link = f"{letters(column)}{row}" in linked
            least = LEAST_TITLE if (row, column) == (1, 1) else LEAST_SIZE
            if wrong := _hard_to_read(look, kind, least, is_link):
                yield f"{page.place(row, column)} {wrong}"


def _hard_to_read(look: Look, kind: Kind, least: int, is_link: bool) -> str:
    if look.font.casefold() not in SANS:
        return f"is set in {look.font}, which is not known as a sans serif font"
    if look.size < least:
        return f"is of size {look.size:g}, below {least}"
    if look.italic or look.struck or (look.underlined and not is_link):
        return "is italic, struck out or underlined"
    if look.turned:
        return "is turned"
    usual = ("general", "left") if kind is Kind.TEXT else ("general", "right")
    shorthand = kind is Kind.TEXT and look.horizontal == "right"
    if look.horizontal not in usual and not shorthand:
        return f"is aligned {look.horizontal}"
    return ""


def titles(facts: Facts) -> Iterator[str]:
    """Worksheets without a title in A1 that is tagged, and subheadings that are not."""
    counts = Counter(page.title.casefold() for page in facts.pages)
    for page in facts.pages:
        if not page.title:
            yield f"{page.name}!A1 holds no title"
            continue
        if facts.look(page, 1, 1).heading != 1:
            yield f"{page.name}!A1 is not in the cell style Heading 1"
        if counts[page.title.casefold()] > 1:
            yield f"{page.name}!A1 is the title of another worksheet too"
        yield from _subheadings(facts, page)


def _subheadings(facts: Facts, page: Page) -> Iterator[str]:
    plain = min((facts.look(page, row, 1).size for row, _ in page.above()), default=0)
    level = 1
    for row, _ in page.above():
        look = facts.look(page, row, 1)
        if look.heading > level + 1 or look.heading == 1:
            yield f"{page.place(row, 1)}: Heading {look.heading} follows Heading {level}"
        elif not look.heading and look.size > plain:
            yield f"{page.place(row, 1)} looks like a subheading and is not tagged as one"
        level = look.heading or level


def symbols(facts: Facts) -> Iterator[str]:
    """Cells that hold nothing but signs, and signs in titles and headings."""
    for page in facts.pages:
        for row, column, text in page.texts():
            table = page.table_at(row, column)
            if table and row >= table.first:
                if not any(c.isalnum() for c in text) and not SIGN.fullmatch(text.strip()):
                    yield f"{page.place(row, column)} holds only {text.strip()[:8]!r}"
            elif strange := [c for c in text if _strange(c)]:
                yield f"{page.place(row, column)} has the sign {strange[0]!r}"


def _strange(letter: str) -> bool:
    return letter not in SAFE and unicodedata.category(letter)[0] == "S"


def floating(facts: Facts) -> Iterator[str]:
    """Headers, footers, comments, text boxes, buttons."""
    for page in facts.pages:
        if "headerFooter" in page.parts:
            yield f"{page.name} has a header or a footer"
        if found := page.parts.intersection(FLOATING):
            yield f"{page.name} has something that floats over its cells ({min(found)})"
    if "sp" in facts.drawn:
        yield "there is a text box or a shape"


def devices(facts: Facts) -> Iterator[str]:
    """Borders, stripes and patterns inside the tables."""
    for page in facts.pages:
        for table in page.tables:
            if table.striped:
                yield f"{table.name} has stripes"
        for row, column in sorted(page.styles):
            look, inside = facts.look(page, row, column), page.table_at(row, column)
            if look.pattern or (look.borders and not (inside and row < inside.first)):
                yield f"{page.place(row, column)} has a border or a pattern"


def fills(facts: Facts) -> Iterator[str]:
    """Cells with a background."""
    for page in facts.pages:
        for row, column in sorted(page.styles):
            if facts.look(page, row, column).fill:
                yield f"{page.place(row, column)} has a background fill"


def colour_alone(facts: Facts) -> Iterator[str]:
    """Colours that say something that nothing else says."""
    for page in facts.pages:
        if "conditionalFormatting" in page.parts:
            yield f"{page.name} has colours by a rule"
        for row, column in sorted(page.styles):
            look = facts.look(page, row, column)
            filled = bool(page.grid.at(row, column).text.strip())
            if look.fill and not filled:
                yield f"{page.place(row, column)} is coloured and holds no word"
            elif filled and look.colour and not look.underlined:
                yield f"{page.place(row, column)} is in a colour and nothing else marks it"


def faint(facts: Facts) -> Iterator[str]:
    """Letters too close to their background."""
    for page in facts.pages:
        for row, column, _ in page.texts():
            look = facts.look(page, row, column)
            ratio = contrast(look.colour or "000000", look.fill or "FFFFFF")
            if ratio < LEAST_CONTRAST:
                yield f"{page.place(row, column)} has a contrast of {ratio:.1f} to 1"


def images(facts: Facts) -> Iterator[str]:
    """Pictures and charts."""
    if facts.drawn & {"pic", "graphicFrame"}:
        yield "there is a picture or a chart"
    yield from (
        f"{page.name} has a picture behind" for page in facts.pages if "picture" in page.parts
    )
    yield from (f"there is a sheet of a chart: {p}" for p in facts.parts if "/chartsheets/" in p)


def macros(facts: Facts) -> Iterator[str]:
    """Programs in the workbook."""
    kinds = ("vbaproject.bin", "macrosheets/", "activex/", "customui/")
    for part in facts.parts:
        if any(kind in part.casefold() for kind in kinds) and not part.endswith(".rels"):
            yield f"it has {part}"


RULES: tuple[Rule[Facts], ...] = (
    Rule(
        "Formatting 1",
        "All written content meets the accessibility guidelines: plain English, short sentences",
        "Read the texts aloud; say abbreviations in full once; write for a reader outside.",
        None,
    ),
    Rule(
        "Formatting 2",
        "Links say where they lead, and lead there",
        "Give the link a text that names its target, and a target that is there.",
        links,
        essential=True,
    ),
    Rule(
        "Formatting 3",
        "Text is sans serif, of size 10 or more, upright, horizontal, not centred or justified",
        "Set the cell in Arial 12, left aligned if a text and right aligned if a number.",
        shapes,
    ),
    Rule(
        "Formatting 4",
        "Each worksheet has a title of its own in A1 as Heading 1, and tagged subheadings",
        "Write a title into A1 and choose Home, Cell Styles, Heading 1.",
        titles,
        essential=True,
    ),
    Rule(
        "Formatting 5",
        "Symbols are avoided: none stands alone in a cell or in a heading",
        "Write the word that the symbol stands for.",
        symbols,
    ),
    Rule(
        "Formatting 6",
        "There are no headers, footers, comments, text boxes or floating controls",
        "Move what they say into cells of column A, and delete them.",
        floating,
        essential=True,
    ),
    Rule(
        "Formatting 7",
        "No visual devices divide the data: no borders, stripes or patterns",
        "Clear borders, and choose the table style None.",
        devices,
    ),
    Rule(
        "Formatting 8", "There is no background fill", "Choose Home, Fill Colour, No Fill.", fills
    ),
    Rule(
        "Formatting 9",
        "Colour is not the only way in which anything is said",
        "Say it in a word, and clear the colour or the rule.",
        colour_alone,
        essential=True,
    ),
    Rule(
        "Formatting 10",
        "Text in a colour has enough contrast (4.5 to 1)",
        "Choose a darker colour on white, or the automatic one.",
        faint,
        essential=True,
    ),
    Rule(
        "Formatting 11",
        "There are no images and no charts",
        "Delete them; publish a chart with a description elsewhere.",
        images,
    ),
    Rule("Formatting 12", "There are no macros", "Save the workbook as .xlsx.", macros),
)
