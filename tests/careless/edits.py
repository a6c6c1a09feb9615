"""Edits by string on the parts of a workbook, for no library leaves what it did not change.

::

    edited(data, {"N5": number("2", shown='"4"'), "Actions!F5": text("TBC")})
    edited(data, [hide_columns("Risks", "F"), note("Risks", "F5")])
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from riskbook.core.grid import column_number, letters
from riskbook.edge.xlsx import patch
from riskbook.edge.xlsx.package import Package
from tests.spec.office import cells, part_of

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Typed:
    """What stands in a cell: the attributes and the inside of its element, and its look."""

    inside: str
    kind: str = ""  # of the cell, e.g. inlineStr
    shown: str = ""  # a number format; empty keeps the cell's own
    quoted: bool = False  # an apostrophe before it


def text(words: str, shown: str = "", *, quoted: bool = False) -> Typed:
    """A text, in the escapes that a workbook needs."""
    return xml_text(patch.escape(words), shown, quoted=quoted)


def xml_text(words: str, shown: str = "", *, quoted: bool = False) -> Typed:
    """A text whose XML is given, e.g. with an escape of its own."""
    inside = f'<is><t xml:space="preserve">{words}</t></is>'
    return Typed(inside, "inlineStr", shown, quoted)


def runs(*pieces: tuple[str, str]) -> Typed:
    """A text in runs, each with the XML of its look."""
    inside = "".join(
        f'<r><rPr>{look}</rPr><t xml:space="preserve">{words}</t></r>' for look, words in pieces
    )
    return Typed(f"<is>{inside}</is>", "inlineStr")


def number(digits: str, shown: str = "") -> Typed:
    """A number, in a number format where one is given."""
    return Typed(f"<v>{digits}</v>", "", shown)


def error(code: str) -> Typed:
    """An error value."""
    return Typed(f"<v>{code}</v>", "e")


def formula(words: str, value: str = "", more: str = "") -> Typed:
    """A formula, with the value that was calculated last or without one."""
    return Typed(f"<f{more}>{words}</f>" + (f"<v>{value}</v>" if value else ""))


BLANK = Typed("")

Step = Callable[[dict[str, str], bytes], None]  # changes parts in place


def edited(data: bytes, edit: Mapping[str, Typed] | Sequence[Step]) -> bytes:
    """The workbook after an edit: cells by address (of Risks), or steps on whole sheets."""
    package = Package.parse(data)
    parts = {
        name: package.part(name).decode()
        for name in package.names
        if name.endswith((".xml", ".rels"))
    }
    before = dict(parts)
    if isinstance(edit, Mapping):
        for place, typed in edit.items():
            sheet, _, address = place.rpartition("!")
            type_in(sheet or "Risks", address, typed)(parts, data)
    else:
        for step in edit:
            step(parts, data)
    changed = {name: part.encode() for name, part in parts.items() if part != before.get(name)}
    return package.replaced(changed)


def type_in(sheet: str, address: str, typed: Typed) -> Step:
    """Type something into a cell; its style stays unless a format is given."""

    def step(parts: dict[str, str], data: bytes) -> None:
        name = part_of(data, sheet)
        old = cells(parts[name].encode())[address].decode()
        style = re.search(r' s="(\d+)"', old)
        index = style[1] if style else "0"
        if typed.shown or typed.quoted:
            index = _style(parts, typed, int(index))
        kind = f' t="{typed.kind}"' if typed.kind else ""
        new = f'<c r="{address}" s="{index}"{kind}>{typed.inside}</c>'
        parts[name] = parts[name].replace(old, new, 1)

    return step


def _style(parts: dict[str, str], typed: Typed, like: int) -> str:
    """A new style that differs from another by its number format or its apostrophe only."""
    styles = parts["xl/styles.xml"]
    code = patch.escape(typed.shown or "General").replace('"', "&quot;")
    own = f'<numFmt numFmtId="900" formatCode="{code}"/>'
    if "<numFmts" in styles:
        styles = styles.replace("</numFmts>", own + "</numFmts>")
    else:
        styles = styles.replace("<fonts", f'<numFmts count="1">{own}</numFmts><fonts', 1)
    found = re.search(r"<cellXfs.*?</cellXfs>", styles, re.DOTALL)
    assert found
    entries = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", found[0], re.DOTALL)
    count, xf = len(entries), entries[like]
    if typed.shown:
        xf = re.sub(r'numFmtId="\d+"', 'numFmtId="900"', xf)
    if typed.quoted:
        xf = xf.replace("<xf ", '<xf quotePrefix="1" ', 1)
    group = re.sub(r'count="\d+"', f'count="{count + 1}"', found[0], count=1)
    parts["xl/styles.xml"] = styles.replace(
        found[0], group.replace("</cellXfs>", xf + "</cellXfs>")
    )
    return str(count)


def lettered(sheet: str, address: str, font: str) -> Step:
    """Give a cell a font, as the elements that a styles part has for it."""

    def step(parts: dict[str, str], data: bytes) -> None:
        name, styles = part_of(data, sheet), parts["xl/styles.xml"]
        place = styles.split("</fonts>")[0].count("<font>")
        formats = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")].count("<xf ")
        old = cells(parts[name].encode())[address].decode()
        index = re.search(r' s="(\d+)"', old)
        assert index
        xf = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", styles[styles.index("<cellXfs") :], re.DOTALL)
        own = re.sub(r'fontId="\d+"', f'fontId="{place}"', xf[int(index[1])])
        styles = styles.replace("</fonts>", f"<font>{font}</font></fonts>", 1)
        parts["xl/styles.xml"] = styles.replace("</cellXfs>", f"{own}</cellXfs>", 1)
        parts[name] = parts[name].replace(old, old.replace(index[0], f' s="{formats}"'), 1)

    return step


def replaced(sheet: str, old: str, new: str) -> Step:
    """Replace the first match of a pattern in a sheet's part."""

    def step(parts: dict[str, str], data: bytes) -> None:
        name = part_of(data, sheet)
        assert re.search(old, parts[name]), old
        parts[name] = re.sub(old, new, parts[name], count=1, flags=re.DOTALL)

    return step


def hide_rows(sheet: str, *rows: int) -> list[Step]:
    """Hide rows, as a filter does too."""
    return [replaced(sheet, f'<row r="{row}"', f'<row r="{row}" hidden="1"') for row in rows]


def hide_columns(sheet: str, column: str) -> Step:
    """Hide one column."""
    place = column_number(column)
    own = f'<col min="{place}" max="{place}" width="9" hidden="1" customWidth="1"/>'
    return replaced(sheet, "</cols>", own + "</cols>")


def merge(sheet: str, area: str) -> Step:
    """Merge cells."""
    element = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return replaced(sheet, "</sheetData>(<mergeCells.*?</mergeCells>)?", f"</sheetData>{element}")


def note(sheet: str, address: str, *, thread: bool = False) -> Step:
    """Hang a note, or a thread of comments, on a cell."""
    tag, kind = ("threadedComment", "threadedComment") if thread else ("comment", "comments")
    inside = f'<{tag} ref="{address}"><text>See me.</text></{tag}>'
    root = f"<{kind}s>" if thread else "<comments><commentList>"
    ends = f"</{kind}s>" if thread else "</commentList></comments>"

    def step(parts: dict[str, str], data: bytes) -> None:
        name = part_of(data, sheet)
        folder, _, file = name.rpartition("/")
        parts["xl/own_notes.xml"] = root + inside + ends
        rels = f"{folder}/_rels/{file}.rels"
        relation = f'<Relationship Id="own" Type="{LINK}/{kind}" Target="/xl/own_notes.xml"/>'
        parts[rels] = parts[rels].replace("</Relationships>", relation + "</Relationships>")

    return step


def swap_columns(sheet: str, one: str, other: str) -> Step:
    """Let two columns change places, headings and all."""

    def step(parts: dict[str, str], data: bytes) -> None:
        name = part_of(data, sheet)

        def turned(found: re.Match[str]) -> str:
            row = found[0]
            own = {
                letters(number): cell
                for number, cell in (
                    (column_number(re.match(r'<c r="([A-Z]+)', cell)[1]), cell)  # type: ignore[index]
                    for cell in re.findall(r"<c [^>]*?/>|<c .*?</c>", row, re.DOTALL)
                )
            }
            if one in own and other in own:
                left = own[one].replace(f'r="{one}', f'r="{other}', 1)
                right = own[other].replace(f'r="{other}', f'r="{one}', 1)
                row = row.replace(own[one], "@").replace(own[other], left).replace("@", right)
            return row

        pattern = r"<row .*?</row>"
        parts[name] = re.sub(pattern, turned, parts[name], flags=re.DOTALL)
        folder, _, file = name.rpartition("/")
        table = re.search(r"tables/table[0-9]+\.xml", parts[f"{folder}/_rels/{file}.rels"])
        assert table
        _swap_names(parts, f"xl/{table[0]}", column_number(one), column_number(other))

    return step


def _swap_names(parts: dict[str, str], table: str, one: int, other: int) -> None:
    """A table calls its columns as their headings, which every program keeps so."""
    columns = re.findall(r"<tableColumn .*?(?=<tableColumn |</tableColumns>)", parts[table])
    names = [re.search(r' name="[^"]*"', column) for column in columns]
    left, right = columns[one - 1], columns[other - 1]
    first, second = names[one - 1], names[other - 1]
    assert first
    assert second
    text = parts[table].replace(left, "@").replace(right, right.replace(second[0], first[0]))
    parts[table] = text.replace("@", left.replace(first[0], second[0]))


def swap_rows(sheet: str, one: int, other: int, columns: str) -> Step:
    """Let the entries of two rows change places, as sorting does."""

    def step(parts: dict[str, str], data: bytes) -> None:
        name = part_of(data, sheet)
        own = {place: cell.decode() for place, cell in cells(parts[name].encode()).items()}
        for column in columns.split():
            first, second = own[f"{column}{one}"], own[f"{column}{other}"]
            up = second.replace(f'r="{column}{other}"', f'r="{column}{one}"')
            down = first.replace(f'r="{column}{one}"', f'r="{column}{other}"')
            part = parts[name].replace(first, "@@", 1).replace(second, down, 1)
            parts[name] = part.replace("@@", up, 1)

    return step


def workbook(old: str, new: str) -> Step:
    """Replace a pattern in the part of the workbook itself."""

    def step(parts: dict[str, str], data: bytes) -> None:
        assert re.search(old, parts["xl/workbook.xml"]), old
        parts["xl/workbook.xml"] = re.sub(old, new, parts["xl/workbook.xml"], count=1)

    return step
