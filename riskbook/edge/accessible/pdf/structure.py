"""The lines of a PDF's checklist on its tree of tags: headings, tables, lists, figures, notes."""

from collections import Counter
from collections.abc import Iterator

from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.pdf.reading import Document
from riskbook.edge.accessible.pdf.tags import Tag

AGAIN = "Make the report again with riskbook; if the line still fails, report it as a fault."
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
INSIDE = {  # a tag, and those that it may stand directly in
    "/TR": ("/Table", "/THead", "/TBody", "/TFoot"),
    "/THead": ("/Table",),
    "/TBody": ("/Table",),
    "/TFoot": ("/Table",),
    "/TH": ("/TR",),
    "/TD": ("/TR",),
    "/LI": ("/L",),
    "/LBody": ("/LI",),
    "/TOCI": ("/TOC",),
}
MEMBERS = {  # a tag, and those that may stand directly in it
    "/Table": ("/TR", "/THead", "/TBody", "/TFoot", "/Caption"),
    "/THead": ("/TR",),
    "/TBody": ("/TR",),
    "/TFoot": ("/TR",),
    "/TR": ("/TH", "/TD"),
    "/L": ("/LI", "/L", "/Caption"),
    "/LI": ("/Lbl", "/LBody"),
    "/TOC": ("/TOCI", "/TOC", "/Caption"),
}


def nested(found: Document) -> Iterator[str]:
    """Tags of tables, lists and contents that stand in the wrong place."""
    for parent in _tags(found):
        for child in parent.children:
            if not child.role:
                continue
            if parent.role not in INSIDE.get(child.role, (parent.role,)):
                yield f"{child.role[1:]} stands in {parent.role[1:] or parent.kind[1:]}"
            elif child.role not in MEMBERS.get(parent.role, (child.role,)):
                yield f"{parent.role[1:]} holds {child.role[1:]}"


def headings(found: Document) -> Iterator[str]:
    """Headings that are not there, that skip a level or that hold nothing."""
    level = 0
    there = [tag for tag in _tags(found) if tag.role in (*HEADINGS, "/H")]
    if not there:
        yield "there is no heading"
    if any(tag.role == "/H" for tag in there) and any(tag.role != "/H" for tag in there):
        yield "headings with a level and without one are mixed"
    for tag in there:
        if tag.empty:
            yield f"a heading {tag.role[1:]} holds nothing"
        if tag.role == "/H":
            continue
        number = int(tag.role[2:])
        if number > level + 1:
            before = f"follows H{level}" if level else "is the first heading"
            yield f"H{number} {before}"
        level = number


def tables(found: Document) -> Iterator[str]:
    """Tables without headings, whose headings do not say for which cells they stand."""
    for number, table in enumerate(_all(found, "/Table"), start=1):
        heads = table.all("/TH")
        referred = {str(n) for cell in table.all("/TD", "/TH") for n in _headers(cell)}
        if not heads:
            yield f"table {number} has no headings"
        for head in heads:
            if "/Scope" not in head.attributes and head.name not in referred:
                yield f"table {number}: a heading does not say for which cells it stands"
                break


def _headers(cell: Tag) -> list[str]:
    told = cell.attributes.get("/Headers", [])
    return list(told.get_object() if hasattr(told, "get_object") else told)


def irregular(found: Document) -> Iterator[str]:
    """Tables whose rows do not have as many cells each."""
    for number, table in enumerate(_all(found, "/Table"), start=1):
        widths = Counter(_widths(table))
        if len(widths) > 1:
            told = ", ".join(str(width) for width in sorted(widths))
            yield f"table {number} has rows of {told} cells"


def _widths(table: Tag) -> Iterator[int]:
    """The cells of each row, with those that reach over and those from rows above."""
    above: list[int] = []  # for each column, how many rows a cell still reaches down
    for row in table.all("/TR"):
        over = [left - 1 for left in above if left > 1]
        width = sum(1 for left in above if left > 1)
        for cell in row.children:
            across, down = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
            width += across
            over += [down] * across
        above = over
        yield width


def _span(cell: Tag, name: str) -> int:
    return max(1, int(cell.attributes.get(name, 1)))


def figures(found: Document) -> Iterator[str]:
    """Figures and formulas without an alternative text."""
    for number, tag in enumerate(_all(found, "/Figure", "/Formula"), start=1):
        if not tag.alt:
            yield f"{tag.role[1:].lower()} {number} has no alternative text"


def notes(found: Document) -> Iterator[str]:
    """Notes that cannot be referred to."""
    counts = Counter(tag.name for tag in _all(found, "/Note"))
    for name, count in counts.items():
        if not name:
            yield f"{count} notes have no name"
        elif count > 1:
            yield f"{count} notes have the name {name!r}"


def _tags(found: Document) -> Iterator[Tag]:
    if found.tree:
        yield from found.tree.walk()


def _all(found: Document, *roles: str) -> list[Tag]:
    return found.tree.all(*roles) if found.tree else []


STRUCTURE: tuple[Rule[Document], ...] = (
    Rule("09", "Tags of tables, lists and contents stand in one another", AGAIN, nested),
    Rule("13.1", "Figures have an alternative text", AGAIN, figures, essential=True),
    Rule("14.1", "Headings begin at level 1 and skip none", AGAIN, headings, essential=True),
    Rule(
        "15.1",
        "Tables have headings that say for which cells they stand",
        AGAIN,
        tables,
        essential=True,
    ),
    Rule("15.2", "The rows of a table have as many cells each", AGAIN, irregular),
    Rule("19", "Notes have a name each", AGAIN, notes),
)
