"""How entries look by an officer's hand: struck words, formats inside a text, colours.

::

    <c r="L5" s="7">    style 7 has red letters       Risks: colours given by hand ...: L5
    <si><r><rPr>..      a part of the text is bold    Risks!L5: formatting inside the text ...

A template has no place for any of it, and words that were struck through come back to life.
"""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from riskbook.core.certificate import Remark, few
from riskbook.core.grid import Kind, column_number
from riskbook.edge.filebook import FileBook
from riskbook.edge.repairing.entries import Placed
from riskbook.edge.xlsx.colours import WHITE, colour, ground
from riskbook.edge.xlsx.numfmt import is_index

_PLAIN_INK = ("", "theme 1", "000000")  # the letters of a template's entries, as programs save
_PLAIN_GROUND = (WHITE, "theme 0")
_OFF = ("0", "false", "none", "baseline")
_MARKS = ("b", "i", "u", "vertAlign")

Places = Mapping[tuple[int, int], Placed]


def struck(found: Iterable[Placed]) -> Iterator[Remark]:
    """The words of entries that were struck through."""
    for placed in found:
        if placed.cell.struck:
            why = "formatting not carried: these words were struck through, and are plain now"
            yield _remark(placed, placed.cell.struck, why)


def formats(book: FileBook, found: Iterable[Placed]) -> Iterator[Remark]:
    """Entries that are formatted in part; and by sheet, those that were coloured as a whole."""
    rich, coloured = _rich_strings(book), _coloured_styles(book)
    for sheet, places in _by_sheet(found).items():
        if sheet not in book.sheets():
            continue
        root = book.workbook.tree(book.workbook.part_of(sheet))
        # an office program colours a cell with a link by itself
        links = root.iterfind("{*}hyperlinks/{*}hyperlink")
        linked = {link.get("ref", "") for link in links}
        dyed: list[str] = []
        for item, placed in _cells(root, places):
            text = _formatted_text(item, rich)
            if text is not None and _is_formatted(text, placed):
                why = "formatting inside the text not carried; its words are"
                yield _remark(placed, placed.cell.text[:60], why)
            if item.get("s", "0") in coloured and placed.at.address not in linked:
                dyed.append(placed.at.address)
        if dyed:
            number = "1 entry" if len(dyed) == 1 else f"{len(dyed)} entries"
            why = f"colours given by hand to {number}: {few(dyed)}"
            yield Remark(cell=sheet, heading="", value="", why=why)


def _by_sheet(found: Iterable[Placed]) -> dict[str, dict[tuple[int, int], Placed]]:
    sheets: dict[str, dict[tuple[int, int], Placed]] = {}
    for placed in found:
        sheets.setdefault(placed.at.sheet, {})[placed.at.row, placed.at.column] = placed
    return sheets


def _cells(root: Element, places: Places) -> Iterator[tuple[Element, Placed]]:
    """The elements of the cells that hold entries; one that does not say its place is the next."""
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        number = line.get("r", "")
        row, column = int(number) if is_index(number) else row + 1, 0
        for item in line.iterfind("{*}c"):
            ref = item.get("r", "").rstrip("0123456789").replace("$", "")
            column = column_number(ref) if ref else column + 1
            if placed := places.get((row, column)):
                yield item, placed


def _formatted_text(item: Element, rich: Mapping[str, Element]) -> Element | None:
    """The text of a cell, where formats are inside."""
    inline = item.find("{*}is")
    if inline is not None:
        return inline if _is_rich(inline) else None
    return rich.get(item.findtext("{*}v", "").strip()) if item.get("t") == "s" else None


def _rich_strings(book: FileBook) -> dict[str, Element]:
    """The shared texts that have formats inside, by number."""
    found: dict[str, Element] = {}
    for part in book.workbook.related(book.workbook.part, "sharedStrings").values():
        items = book.workbook.tree(part)
        found |= {str(at): item for at, item in enumerate(items) if _is_rich(item)}
    return found


def _is_rich(text: Element) -> bool:
    return any(len(run) for run in text.iterfind("{*}r/{*}rPr"))


def _is_formatted(text: Element, placed: Placed) -> bool:
    """Whether more is in a text than struck words, which are said already."""
    if placed.cell.kind is not Kind.TEXT:
        return False
    return not placed.cell.struck or any(map(_is_marked, text.iterfind("{*}r/{*}rPr")))


def _is_marked(run: Element) -> bool:
    marks = (run.find(f"{{*}}{name}") for name in _MARKS)
    marked = any(mark is not None and mark.get("val", "1") not in _OFF for mark in marks)
    return marked or _ink(run) not in _PLAIN_INK


def _coloured_styles(book: FileBook) -> frozenset[str]:
    """The styles whose letters are not black, or whose ground is not white, by number."""
    found: set[str] = set()
    for part in book.workbook.related(book.workbook.part, "styles").values():
        root = book.workbook.tree(part)
        fonts = enumerate(root.iterfind("{*}fonts/{*}font"))
        inks = {str(at) for at, font in fonts if _ink(font) not in _PLAIN_INK}
        fills = enumerate(root.iterfind("{*}fills/{*}fill"))
        grounds = {str(at) for at, fill in fills if ground(fill) not in _PLAIN_GROUND}
        for at, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            if style.get("fontId", "0") in inks or style.get("fillId", "0") in grounds:
                found.add(str(at))
    return frozenset(found)


def _ink(letters: Element) -> str:
    """The colour of letters, without the tint that changes nothing."""
    return colour(letters.find("{*}color")).removesuffix(" 0").removesuffix(" 0.0")


def _remark(placed: Placed, value: str, why: str) -> Remark:
    return Remark(cell=str(placed.at), heading=placed.heading, value=value, why=why)
