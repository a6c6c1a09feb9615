"""Sheet parts edited by splicing, so that every byte riskbook does not own stays as it is.

::

    <worksheet> .. <sheetData> .. <c r="F12" s="3"><f>D12*E12</f><v>8</v></c> .. </worksheet>
    set_results                                                  ^^^^^^^^  one cached result
    write_page                ^^^^^^^^^^^^^^^^^^^ all rows ^^^^^^^^^^^^^^^^^  dimension

What hangs on the cells of a page (links, merged cells, page breaks) is in
:mod:`riskbook.edge.xlsx.attached`.

The zip around the parts is not here; the numbers of the styles, and how an element is
found in a part, are in :mod:`riskbook.edge.xlsx.splice`.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from riskbook.core.grid import column_number, letters
from riskbook.core.page import Page, PageCell, PageRow, PageValue
from riskbook.core.profile import LONGEST_TEXT
from riskbook.edge.xlsx import attached
from riskbook.edge.xlsx.alive import live
from riskbook.edge.xlsx.numfmt import is_index
from riskbook.edge.xlsx.splice import (
    Edit,
    Element,
    outline,
    refill,
    set_attribute,
    splice,
    text_of,
)
from riskbook.edge.xlsx.styles import QUOTED
from riskbook.errors import RefusedError

Result: TypeAlias = str | int | Decimal | bool | None

CALC_CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"

_FORMULA = re.compile(rb"<(?:[^\s<>/:]++:)?f[\s/>]")
_NO_XML = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"  # with CR, which XML reads as LF
_ESCAPED = re.compile(rf"[&<>{_NO_XML}]|_(?=x[0-9A-Fa-f]{{4}}[_{_NO_XML}])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Patched(NamedTuple):
    """A sheet part after :func:`set_results`."""

    xml: bytes
    skipped: tuple[tuple[int, int], ...]  # (row, column) wanted, but no formula is there


def set_results(sheet_xml: bytes, results: Mapping[tuple[int, int], Result]) -> Patched:
    """Set the cached results of formula cells: only ``t`` and ``<v>`` of each change.

    Args:
        sheet_xml: a worksheet part.
        results: (row, column), from 1 -> text, number, truth; None as an empty text.

    Returns:
        The part, byte for byte the same where a cell holds an equal result already (for
        numbers: the same IEEE double), and the cells skipped as they hold no formula.
    """
    seek = _Seek(results)
    root = outline(sheet_xml, 5, seek)
    cells = [cell for data in root.children for row in data.children for cell in row.children]
    edits: list[Edit] = []
    skipped = set(results)
    for at, cell in zip(seek.found, cells, strict=True):
        if formula := cell.child("f"):
            edits += _result(sheet_xml, cell, formula, results[at])
            skipped.discard(at)
    return Patched(splice(sheet_xml, edits), tuple(sorted(skipped)))


class _Seek:
    """Keeps the wanted cells; rows and cells without an address are counted on."""

    def __init__(self, wanted: Iterable[tuple[int, int]]) -> None:
        self.wanted = {f"{letters(column)}{row}": (row, column) for row, column in wanted}
        self.found: list[tuple[int, int]] = []  # as the kept cells follow in the part
        self.row = 0
        self.last = ""  # the address before, in this row

    def __call__(self, level: int, name: str, attributes: dict[str, str]) -> bool:
        if level == 4 and name == "c":
            self.last = attributes.get("r") or self.next()
            if at := self.wanted.get(self.last):
                self.found.append(at)
            return at is not None
        if level == 3 and name == "row":
            number = attributes.get("r", "")
            self.row, self.last = int(number) if is_index(number) else self.row + 1, ""
            return True
        return level == 5 or (level == 2 and name == "sheetData")

    def next(self) -> str:
        """The address after the last one."""
        column = column_number(self.last.rstrip("0123456789")) + 1
        return f"{letters(column)}{self.row}"


def _result(part: bytes, cell: Element, formula: Element, value: Result) -> list[Edit]:
    kind, text = _typed(value)
    old = cell.all("v", "is")
    if cell.attributes.get("t", "n") == kind and old and old[0].name == "v":
        cached = text_of(part[old[0].opened : old[0].closing])
        if _equal(kind, cached, text):
            return []
    sort = None if kind == "n" else kind.encode()
    tag = set_attribute(part[cell.start : cell.opened], b"t", sort)
    new = b"<%bv>%b</%bv>" % (cell.prefix, text.encode(), cell.prefix)
    first, *rest = [(each.start, each.end) for each in old] or [(formula.end, formula.end)]
    return [(cell.start, cell.opened, tag), (*first, new), *((*span, b"") for span in rest)]


def _typed(value: Result) -> tuple[str, str]:
    """The ``t`` of a result ("n" need not be written) and the XML text in its ``<v>``."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int | Decimal):
        return "n", plain(value)
    return "str", escape(value or "")


def _equal(kind: str, old: str, new: str) -> bool:
    if kind == "str":
        return old == text_of(new.encode())
    try:
        return float({"true": "1", "false": "0"}.get(old, old)) == float(new)
    except ValueError:
        return False


def plain(number: int | float | Decimal) -> str:
    """A number in plain digits: no exponent, no idle zeros, no minus before zero."""
    exact = number if isinstance(number, int | Decimal) else Decimal(repr(number))
    if not Decimal(exact).is_finite():
        raise ValueError(f"not a number for a cell: {number}")
    text = format(Decimal(exact), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def escape(text: str) -> str:
    """Text for a cell: cut to Excel's length, ``_xHHHH_`` for what XML cannot hold.

    Source: ECMA-376 part 1, 22.9.2.19, ST_Xstring.
    """
    return _ESCAPED.sub(_escape_one, _cut(text))


def _escape_one(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or f"_x{ord(found[0]):04X}_"


def _cut(text: str) -> str:
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= LONGEST_TEXT * 2:
        return text
    kept = units[: LONGEST_TEXT * 2 - 2]
    half = 0xD8 <= kept[-1] <= 0xDB  # of a pair that the cut parted
    return kept[: -2 if half else None].decode("utf-16-le", "surrogatepass") + "…"


def write_page(sheet_xml: bytes, page: Page, style_ids: Mapping[str, int]) -> bytes:
    """Put a page's rows in place of all rows of a sheet, and what hangs on its cells.

    Merged cells, links and page breaks are the page's; the dimension follows.  Links to
    elsewhere (those with an ``r:id``) stay, unless the page has a link in the same cell.
    All else on the sheet stays as it is.

    Args:
        sheet_xml: the worksheet part of one of riskbook's own sheets.
        page: its rows from A1 on.
        style_ids: name, as :func:`style_of` gives it -> index in cellXfs, from
            ``styles.style_ids``.

    Raises:
        KeyError: the page names a style that ``style_ids`` lacks.
        RefusedError: the part is not a worksheet that can be edited.
    """
    root = outline(sheet_xml, 3, lambda level, name, _: level == 2 or name == "hyperlink")
    data = _sheet_data(root)
    edits = [refill(sheet_xml, data, _rows(page, style_ids, data.prefix.decode()).encode())]
    if dimension := root.child("dimension"):
        tag = set_attribute(sheet_xml[dimension.start : dimension.opened], b"ref", _extent(page))
        edits.append((dimension.start, dimension.opened, tag))
    return splice(sheet_xml, edits + attached.edits(sheet_xml, root, page))


def style_of(cell: PageCell) -> str:
    """The style that a cell is written in: quoted, where its text looks like a formula."""
    quoted = isinstance(cell.value, str) and live(cell.value)
    return QUOTED + cell.style if quoted else cell.style


def _number(cell: PageCell, ids: Mapping[str, int]) -> int:
    found = ids.get(style_of(cell))
    return ids[cell.style] if found is None else found  # a caller may know no quoted ones


def _sheet_data(root: Element) -> Element:
    found = root.all("sheetData")
    if len(found) != 1:
        raise RefusedError(
            f"A sheet of this workbook has {len(found)} blocks of rows.",
            fix="open the workbook in Excel or LibreOffice, save it, and try again.",
        )
    return found[0]


def _extent(page: Page) -> bytes:
    width = max((len(line.cells) for line in page.rows), default=0)
    last = f"{letters(max(width, 1))}{max(len(page.rows), 1)}"
    return b"A1" if last == "A1" else b"A1:%b" % last.encode()


def _rows(page: Page, ids: Mapping[str, int], prefix: str) -> str:
    width = max((len(line.cells) for line in page.rows), default=0)
    columns = [letters(column) for column in range(1, width + 1)]
    lines = enumerate(page.rows, 1)
    return "".join(_row(number, line, columns, ids, prefix) for number, line in lines)


def _row(number: int, line: PageRow, columns: list[str], ids: Mapping[str, int], p: str) -> str:
    cells = "".join(
        _cell(f"{column}{number}", cell.value, _number(cell, ids), p)
        for column, cell in zip(columns, line.cells, strict=False)
    )
    height = "" if line.height is None else f' ht="{plain(line.height)}" customHeight="1"'
    if line.height == 0:  # without a height of its own, so that it has one when it is shown
        height = ' hidden="1"'
    return f'<{p}row r="{number}"{height}>{cells}</{p}row>' if cells or height else ""


def _cell(address: str, value: PageValue, style: int, p: str) -> str:
    start = f'<{p}c r="{address}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{start}/>" if style else ""
    kind, text = _typed(value)
    if kind == "str":
        inline = f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'
        return f'{start} t="inlineStr">{inline}</{p}c>'
    return start + (' t="b"' if kind == "b" else "") + f"><{p}v>{text}</{p}v></{p}c>"


def has_formulas(sheet_xml: bytes) -> bool:
    """Whether the sheet has formula cells; a comment that looks like one counts too."""
    root = outline(sheet_xml, 2)
    return any(_FORMULA.search(sheet_xml, d.opened, d.closing) for d in root.all("sheetData"))


def drop_calc_chain(content_types: bytes, workbook_rels: bytes) -> tuple[bytes, bytes]:
    """Both parts without their mention of the calculation chain, which must go as a whole.

    To be called, and the chain's own part left out, when formula cells are gone: a chain
    that names a cell without a formula makes Excel repair the file.  Excel builds it anew.
    """
    types, relations = outline(content_types, 2), outline(workbook_rels, 2)
    override = [e for e in types.children if e.attributes.get("ContentType") == CALC_CHAIN_TYPE]
    relation = [
        e for e in relations.children if e.attributes.get("Type", "").endswith("/calcChain")
    ]
    return (
        splice(content_types, [(each.start, each.end, b"") for each in override]),
        splice(workbook_rels, [(each.start, each.end, b"") for each in relation]),
    )
