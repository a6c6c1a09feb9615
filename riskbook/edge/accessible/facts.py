"""What a finished workbook is, read back from its bytes: the facts that its checklist judges.

::

    bytes -> gate -> Package -> Facts  pages    cells, tables, links, what floats over them
                                       looks    font, size, colour, alignment of each cell
                                       about    title, language, author

Nothing here knows how the workbook was made, so a workbook of any other program can be
judged as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from riskbook.core.grid import Grid, Kind, column_number, letters
from riskbook.edge import gate
from riskbook.edge.accessible.looks import Look, looks
from riskbook.edge.accessible.marked import AREA, Marked, marked
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook

FLOATING = ("legacyDrawing", "controls", "oleObjects")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink: its cell, the place inside the workbook that it leads to, or outside."""

    cell: str
    location: str
    outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One worksheet."""

    name: str
    state: str
    grid: Grid
    styles: Mapping[tuple[int, int], int]  # (row, column) -> index of the look
    widths: Mapping[int, float]  # by column, those that are set
    hidden: tuple[str, ...]  # rows and columns, as people call them
    tables: tuple[Marked, ...]
    links: tuple[Link, ...]
    parts: frozenset[str]  # local names of the elements outside its cells
    frozen: bool
    cursor: str
    selected: bool
    runs: frozenset[tuple[int, int]]  # cells with a raised or lowered letter

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Each filled cell: row, column and what it shows."""
        for row, cells in self.grid.lines():
            for column, cell in enumerate(cells, start=self.grid.left):
                if cell.kind is not Kind.BLANK and cell.text.strip():
                    yield row, column, cell.text

    @property
    def title(self) -> str:
        """What stands in A1."""
        return self.grid.at(1, 1).text.strip()

    def table_at(self, row: int, column: int) -> Marked | None:
        """The table that a cell lies in."""
        return next((table for table in self.tables if table.holds(row, column)), None)

    def above(self) -> list[tuple[int, str]]:
        """Rows and texts of column A outside the tables, below the title."""
        return [
            (row, text)
            for row, column, text in self.texts()
            if column == 1 and row > 1 and not self.table_at(row, column)
        ]

    def place(self, row: int, column: int) -> str:
        """A cell as people call it: ``Risks!B4``."""
        return f"{self.name}!{letters(column)}{row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One workbook."""

    parts: tuple[str, ...]  # the names of the parts inside
    pages: tuple[Page, ...]
    looks: tuple[Look, ...]
    drawn: frozenset[str]  # kinds of what is drawn over cells: pic, graphicFrame, sp
    outside: tuple[str, ...]  # what lies outside and is linked to
    active: int  # which sheet opens first, counting from 0
    title: str
    language: str
    author: str

    def look(self, page: Page, row: int, column: int) -> Look:
        """How a cell looks."""
        return self.looks[page.styles.get((row, column), 0)]


def facts(data: bytes) -> Facts:
    """Read a finished workbook.

    Raises:
        RefusedError: the gate does not let it in.
    """
    gate.admit(data, "the workbook.xlsm")  # macros are let in: a line of the checklist finds them
    package = Package.parse(data)
    workbook = Workbook.of(package)
    grids = reader.read(workbook)
    root = fromstring(package.part(workbook.part))
    view = root.find("{*}bookViews/{*}workbookView")
    styles = next((name for name in package.names if name.endswith("/styles.xml")), "")
    title, language, author = _about(package)
    return Facts(
        parts=package.names,
        pages=tuple(
            _page(workbook, sheet.name, sheet.part, sheet.state, grids[sheet.name])
            for sheet in workbook.sheets
        ),
        looks=looks(fromstring(package.part(styles))) if styles else (Look(),),
        drawn=frozenset(_drawn(package)),
        outside=tuple(_outside(package)),
        active=int(view.get("activeTab", "0")) if view is not None else 0,
        title=title,
        language=language,
        author=author,
    )


def _about(package: Package) -> tuple[str, str, str]:
    if "docProps/core.xml" not in package:
        return "", "", ""
    root = fromstring(package.part("docProps/core.xml"))
    found = [(root.findtext(f"{{*}}{name}") or "").strip() for name in ("title", "language")]
    return found[0], found[1], (root.findtext("{*}creator") or "").strip()


def _drawn(package: Package) -> Iterator[str]:
    for name in package.names:
        if "/drawings/" in name and name.endswith(".xml"):
            yield from (_local(element) for element in fromstring(package.part(name)).iter())


def _outside(package: Package) -> Iterator[str]:
    for name in package.names:
        if name.endswith(".rels"):
            for relation in fromstring(package.part(name)):
                if relation.get("TargetMode") == "External":
                    yield relation.get("Target", "")


def _page(workbook: Workbook, name: str, part: str, state: str, grid: Grid) -> Page:
    root = fromstring(workbook.package.part(part))
    view = root.find("{*}sheetViews/{*}sheetView")
    pane = None if view is None else view.find("{*}pane")
    chosen = [] if view is None else view.findall("{*}selection")
    data = root.find("{*}sheetData")
    return Page(
        name=name,
        state=state,
        grid=grid,
        styles=dict(_styles(data)) if data is not None else {},
        widths=dict(_widths(root)),
        hidden=tuple(_hidden(root, grid)),
        tables=tuple(marked(workbook.package, part, root)),
        links=tuple(_links(root)),
        parts=frozenset(_names(root)),
        frozen=pane is not None,
        cursor=chosen[0].get("activeCell", "A1") if chosen else "A1",
        selected=view is not None and view.get("tabSelected") in ("1", "true"),
        runs=frozenset(_raised(workbook, data)) if data is not None else frozenset(),
    )


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _names(root: Element) -> Iterator[str]:
    """What the sheet has beside its cells; of headers and footers only those that say something."""
    for element in root:
        if _local(element) != "headerFooter" or "".join(element.itertext()).strip():
            yield _local(element)


def _cells(data: Element) -> Iterator[tuple[tuple[int, int], Element]]:
    for cell in data.iterfind("{*}row/{*}c"):
        if found := AREA.fullmatch(cell.get("r", "")):
            yield (int(found[2]), column_number(found[1])), cell


def _styles(data: Element) -> Iterator[tuple[tuple[int, int], int]]:
    for at, cell in _cells(data):
        yield at, int(cell.get("s", "0"))


def _raised(workbook: Workbook, data: Element) -> Iterator[tuple[int, int]]:
    """Cells with superscript or subscript inside their text."""
    part = next((name for name in workbook.package.names if name.endswith("sharedStrings.xml")), "")
    items = list(fromstring(workbook.package.part(part))) if part else []
    raised = {str(place) for place, item in enumerate(items) if _has_script(item)}
    for at, cell in _cells(data):
        value = cell.findtext("{*}v") or ""
        if (cell.get("t") == "s" and value.strip() in raised) or _has_script(cell):
            yield at


def _has_script(element: Element) -> bool:
    found = element.findall(".//{*}rPr/{*}vertAlign")
    return any(each.get("val") in ("superscript", "subscript") for each in found)


def _widths(root: Element) -> Iterator[tuple[int, float]]:
    for column in root.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        for place in range(first, min(last, first + 1000) + 1):
            yield place, float(column.get("width", "0"))


def _hidden(root: Element, grid: Grid) -> Iterator[str]:
    yield from (f"row {number}" for number in sorted(grid.hidden))
    for row in root.iterfind("{*}sheetData/{*}row"):
        number, height = int(row.get("r", "0")), float(row.get("ht", "15"))
        if number not in grid.hidden and (height == 0 or row.get("hidden") in ("1", "true")):
            yield f"row {number}"
    for column in root.iterfind("{*}cols/{*}col"):
        if column.get("hidden") in ("1", "true") or float(column.get("width", "9")) == 0:
            yield f"column {letters(int(column.get('min', '1')))}"


def _links(root: Element) -> Iterator[Link]:
    for link in root.iterfind("{*}hyperlinks/{*}hyperlink"):
        outside = any(key.endswith("}id") for key in link.attrib)
        yield Link(cell=link.get("ref", ""), location=link.get("location", ""), outside=outside)
