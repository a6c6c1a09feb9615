"""What hangs on the sheets of a workbook beside its cells: notes, links, text boxes, charts.

::

    sheet -> comments, threadedComment    the words of each note, of each thread
          -> <hyperlinks>                 the address, from the relations where it leads out
          -> drawing -> anchors           words of shapes, charts that are not riskbook's

No template has any of it but riskbook's own charts, and links of its own to its cells.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from riskbook.core.certificate import Remark
from riskbook.core.grid import CellRef, column_number
from riskbook.edge.filebook import FileBook
from riskbook.edge.repairing.places import Places
from riskbook.edge.xlsx.charts import PREFIX
from riskbook.edge.xlsx.looks import unescaped
from riskbook.edge.xlsx.numfmt import is_index

_EXTERNAL = "External"
_REF = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_PICTURE = "picture not carried"


Headings = Mapping[str, Callable[[int], str]]  # by the sheet: what stands above a column


def hanging(book: FileBook, fresh: FileBook, found: Places, headings: Headings) -> Iterator[Remark]:
    """Everything that hangs on the sheets that are made anew."""
    anew = found.used | {*found.profile.sheets.values()}
    pictured = False
    for sheet in (name for name in book.sheets() if name in anew):
        for remark in (*notes(book, sheet), *_links(book, sheet, ours=sheet not in found.used)):
            yield _headed(remark, headings)
        for remark in _drawn(book, fresh, sheet):
            pictured = pictured or remark.why == _PICTURE
            yield remark
    if not pictured and any(name.startswith("xl/media/") for name in book.package.names):
        yield Remark(cell="", heading="", value="", why="pictures are not carried")


def _headed(remark: Remark, headings: Headings) -> Remark:
    """A remark with what stands above its cell."""
    sheet, _, ref = remark.cell.rpartition("!")
    column = re.match("[A-Z]+", ref)
    if sheet not in headings or column is None:
        return remark
    return replace(remark, heading=headings[sheet](column_number(column[0])))


def notes(book: FileBook, sheet: str) -> Iterator[Remark]:
    """The notes of a sheet, and the threads of comments, with all their words."""
    told: dict[str, list[str]] = {}
    for item in _items(book, sheet, "threadedComment", "threadedComment"):
        told.setdefault(item.get("ref", ""), []).append(item.findtext("{*}text", ""))
    said = {ref: (" / ".join(words), "comment not carried") for ref, words in told.items()}
    for item in _items(book, sheet, "comments", "comment"):
        words = "".join(_texts(item.iterfind("{*}text/{*}t")))
        words += "".join(_texts(item.iterfind("{*}text/{*}r/{*}t")))
        said.setdefault(item.get("ref", ""), (words, "note not carried"))
    for ref, (words, why) in sorted(said.items(), key=lambda one: _order(one[0])):
        yield Remark(cell=f"{sheet}!{ref}", heading="", value=unescaped(words), why=why)


def _items(book: FileBook, sheet: str, kind: str, tag: str) -> Iterator[Element]:
    for part in book.workbook.related(book.workbook.part_of(sheet), kind).values():
        yield from _root(book, part).iterfind(f".//{{*}}{tag}")


def _root(book: FileBook, part: str) -> Element:
    return book.workbook.tree(part)


def _texts(found: Iterable[Element]) -> Iterator[str]:
    return (element.text or "" for element in found)


def _order(ref: str) -> tuple[int, int]:
    """Row and column of a cell; a note may hang on no cell."""
    found = _REF.fullmatch(ref)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def _links(book: FileBook, sheet: str, *, ours: bool) -> Iterator[Remark]:
    """The links on a sheet; on one of riskbook's own only those that lead out of the workbook."""
    part = book.workbook.part_of(sheet)
    addresses = _addresses(book, part)
    if b"hyperlink" not in book.package.part(part) or (ours and not addresses):
        return
    for link in _root(book, part).iterfind("{*}hyperlinks/{*}hyperlink"):
        ids = [value for name, value in link.attrib.items() if name.endswith("}id")]
        out = addresses.get(ids[0], "") if ids else ""
        if ours and not ids:
            continue
        address = "#".join(text for text in (out, link.get("location", "")) if text)
        cell = f"{sheet}!{link.get('ref', '')}"
        yield Remark(cell=cell, heading="", value=address, why="link not carried; its words are")


def _addresses(book: FileBook, part: str) -> Mapping[str, str]:
    """Where the relations of a part lead out of the workbook, by their ids."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in book.package:
        return {}
    return {
        item.get("Id", ""): item.get("Target", "")
        for item in _root(book, file)
        if item.get("TargetMode") == _EXTERNAL
    }


def _drawn(book: FileBook, fresh: FileBook, sheet: str) -> Iterator[Remark]:
    """The text boxes, shapes, pictures and charts of a sheet that riskbook did not draw."""
    charts: list[Remark] = []
    named = 0
    for part in book.workbook.related(book.workbook.part_of(sheet), "drawing").values():
        for anchor in _anchors(_root(book, part)):
            inside = list(_inside(anchor))
            kinds = {element.tag.rpartition("}")[2] for element in inside}
            names = [e.get("name", "") for e in inside if e.tag.endswith("}cNvPr")]
            if "compatExt" in kinds:  # what Excel keeps beside each button and each note
                continue
            if "chart" in kinds and names and names[0].startswith(PREFIX):
                named += 1
            elif "chart" in kinds:
                value = _title(book, part, inside)
                charts.append(_at(sheet, anchor, value, "chart of its own, not carried"))
            elif "pic" in kinds:
                yield _at(sheet, anchor, "", _PICTURE)
            elif words := _words(inside):
                yield _at(sheet, anchor, words, "text box not carried")
            elif names:
                yield _at(sheet, anchor, "", "shape not carried")
    # some programs drop the names by which riskbook knows its own
    yield from charts[max(0, _charts_of(fresh, sheet) - named) :]


def _charts_of(fresh: FileBook, sheet: str) -> int:
    """How many charts a new workbook has on a sheet."""
    if sheet not in fresh.sheets():
        return 0
    parts = fresh.workbook.related(fresh.workbook.part_of(sheet), "drawing").values()
    return sum(len(fresh.workbook.related(part, "chart")) for part in parts)


def _anchors(root: Element) -> Iterator[Element]:
    return (element for element in _inside(root) if element.tag.endswith("Anchor"))


def _inside(element: Element) -> Iterator[Element]:
    """All that an element holds, but for what only older programs are to show."""
    for child in element:
        if not child.tag.endswith("}Fallback"):
            yield child
            yield from _inside(child)


def _words(inside: Iterable[Element]) -> str:
    """The words of a shape, a line for each paragraph."""
    paragraphs = (each for each in inside if each.tag.endswith("}p"))
    lines = ("".join(_texts(each.iterfind(".//{*}t"))) for each in paragraphs)
    return "\n".join(line for line in lines if line.strip())


def _title(book: FileBook, drawing: str, inside: Iterable[Element]) -> str:
    """The words in a chart, which are those of its titles."""
    parts = book.workbook.related(drawing, "chart")
    ids = [v for e in inside if e.tag.endswith("}chart") for k, v in e.items() if k.endswith("}id")]
    part = parts.get(ids[0]) if ids else None
    return _words(_root(book, part).iter()) if part else ""


def _at(sheet: str, anchor: Element, value: str, why: str) -> Remark:
    row, column = (anchor.findtext(f"{{*}}from/{{*}}{name}", "") for name in ("row", "col"))
    there = is_index(row) and is_index(column)
    cell = str(CellRef(sheet, int(row) + 1, int(column) + 1)) if there else sheet
    return Remark(cell=cell, heading="", value=value, why=why)
