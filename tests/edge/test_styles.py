"""Style names and numbers: small parts byte for byte, then workbooks of three programs."""

import io
import re
import zipfile
from pathlib import Path

import cellrune
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, NamedStyle, Protection
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

from riskbook.edge.xlsx.splice import outline, set_attribute, splice
from riskbook.edge.xlsx.styles import QUOTED, add_named_styles, style_ids
from tests.edge.office import saved_again

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PART = "xl/styles.xml"
LOOK = 'numFmtId="0" fontId="1" fillId="0" borderId="0"'
NORMAL = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
HEAD = f'<?xml version="1.0"?>\n<styleSheet xmlns="{MAIN}"><!-- <cellXfs> --><fonts count="2"/>'
FOOT = '<dxfs count="0"/><extLst><ext uri="{x}">é</ext></extLst></styleSheet>'


def styles(masters: str, formats: str, names: str) -> bytes:
    """A styles part: (masters, formats, names) are the entries after those of "Normal"."""
    counts = [
        text.count("<xf ") + text.count("<cellStyle ") + 1 for text in (masters, formats, names)
    ]
    return (
        f'{HEAD}<cellStyleXfs count="{counts[0]}"><xf {NORMAL}/>{masters}</cellStyleXfs>'
        f'<cellXfs count="{counts[1]}"><xf {NORMAL} xfId="0"/>{formats}</cellXfs>'
        f'<cellStyles count="{counts[2]}"><cellStyle name="Normal" xfId="0" builtinId="0"/>{names}'
        f"</cellStyles>{FOOT}"
    ).encode()


def zipped(workbook: bytes, part: bytes) -> bytes:
    """A workbook with another styles part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, part if name == PART else old.read(name))
    return out.getvalue()


def styles_of(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        return file.read(PART)


def template() -> bytes:
    """A workbook with two named styles in A1 and A2, and a hand-painted cell in A3."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    title = book.add_format({"bold": True, "bg_color": "#FFC7CE", "text_wrap": True})
    entry = book.add_format({"num_format": "0.0", "locked": False, "align": "right", "border": 1})
    painted = book.add_format({"italic": True})
    sheet = book.add_worksheet("Own")
    for row, look in enumerate((title, entry, painted)):
        sheet.write(row, 0, "text", look)
    book.close()
    assert (title.xf_index, entry.xf_index) == (1, 2)
    names = {1: "rb title", 2: "rb entry & more"}
    return zipped(out.getvalue(), add_named_styles(styles_of(out.getvalue()), names))


# style_ids


def test_a_style_is_found_by_its_name_in_any_case_and_the_part_is_left_as_it_is() -> None:
    part = styles(
        f"<xf {LOOK}/>",
        f'<xf {LOOK} xfId="0" applyFont="1"/><xf {LOOK} xfId="1"/><xf {LOOK} xfId="1"/>',
        '<cellStyle name="RB Text" xfId="1"/>',
    )

    found = style_ids(part, ["rb text", "Normal"])

    assert found.ids == {"rb text": 2, "Normal": 0}
    assert found.missing == ()
    assert found.xml == part


@pytest.mark.parametrize(
    ("master", "entry"),
    [
        (f"<xf {LOOK}/>", f'<xf {LOOK} xfId="1" applyFont="1"/>'),
        (
            f'<xf {LOOK}><alignment wrapText="1"/></xf>',
            f'<xf {LOOK} xfId="1"><alignment horizontal="general" vertical="bottom" '
            'wrapText="true" indent="0"/><protection locked="true" hidden="false"/></xf>',
        ),
    ],
)
def test_programs_may_spell_the_same_look_in_their_own_way(master: str, entry: str) -> None:
    part = styles(master, entry, '<cellStyle name="rb text" xfId="1"/>')

    assert style_ids(part, ["rb text"]) == (part, {"rb text": 1}, ())


@pytest.mark.parametrize(
    "painted",
    [
        "",
        f'<xf {NORMAL} xfId="1" applyFont="1"/>',
        f'<xf {LOOK} xfId="1"><alignment wrapText="1"/></xf>',
        f'<xf {LOOK} xfId="1" quotePrefix="1"><protection locked="0"/></xf>',
        f'<xf {LOOK} xfId="1"><alignment horizontal="right"/><protection locked="0"/></xf>',
    ],
)
def test_a_style_that_no_format_looks_like_gets_one_at_the_end(painted: str) -> None:
    master = f'<xf {LOOK} applyBorder="0" applyFont="1"><protection locked="0"/></xf>'
    name = '<cellStyle name="rb entry" xfId="1"/>'
    part = styles(master, painted, name)

    found = style_ids(part, ["rb entry", "RB ENTRY"])

    new = f'<xf {LOOK} xfId="1"><protection locked="0"/></xf>'
    number = 2 if painted else 1
    assert found.ids == {"rb entry": number, "RB ENTRY": number}
    assert found.xml == styles(master, painted + new, name)
    assert style_ids(found.xml, ["rb entry"]) == (found.xml, {"rb entry": number}, ())


@pytest.mark.parametrize(
    "part",
    [
        styles("", "", ""),
        styles("", "", '<cellStyle name="rb text" xfId="7"/>'),  # points nowhere
        f'<styleSheet xmlns="{MAIN}"/>'.encode(),
        f'<styleSheet xmlns="{MAIN}"><cellStyleXfs><xf/></cellStyleXfs><cellXfs/><cellStyles>'
        '<cellStyle name="rb text" xfId="0"/></cellStyles></styleSheet>'.encode(),
    ],
)
def test_a_style_that_someone_deleted_is_named_and_its_number_is_the_normal_one(
    part: bytes,
) -> None:
    assert style_ids(part, ["rb text"]) == (part, {"rb text": 0}, ("rb text",))


def test_the_prefix_of_the_part_is_kept() -> None:
    part = (
        f'<x:styleSheet xmlns:x="{MAIN}"><x:cellStyleXfs><x:xf {NORMAL}/><x:xf {LOOK}/>'
        f"</x:cellStyleXfs><x:cellXfs count='1'><x:xf {NORMAL}/></x:cellXfs>"
        '<x:cellStyles><x:cellStyle name="a" xfId="1"/></x:cellStyles></x:styleSheet>'
    )

    found = style_ids(part.encode(), ["a"])

    assert found.ids == {"a": 1}
    assert found.xml.decode() == part.replace("count='1'", "count='2'").replace(
        "</x:cellXfs>", f'<x:xf {LOOK} xfId="1"/></x:cellXfs>'
    )


# add_named_styles


def test_a_format_becomes_a_named_style_that_it_follows() -> None:
    flagged = (
        f'<xf {LOOK} xfId="0" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>'
        f'<xf {NORMAL} xfId="0"/>'
    )

    part = add_named_styles(styles("", flagged, ""), {1: 'rb "a" & <b>'})

    assert part == styles(
        f'<xf {LOOK}><alignment wrapText="1"/></xf>',
        f'<xf {LOOK} xfId="1"><alignment wrapText="1"/></xf><xf {NORMAL} xfId="0"/>',
        '<cellStyle name="rb &quot;a&quot; &amp; &lt;b&gt;" xfId="1"/>',
    )
    assert style_ids(part, ['rb "a" & <b>']) == (part, {'rb "a" & <b>': 1}, ())


def test_a_second_style_of_the_same_look_has_a_format_of_its_own() -> None:
    part = add_named_styles(styles("", f'<xf {LOOK} xfId="0"/>', ""), {1: "rb a"}, {"rb b": 1})

    ids = style_ids(part, ["rb a", "rb b"])
    assert ids == (part, {"rb a": 1, "rb b": 2}, ())


def test_no_names_change_nothing() -> None:
    assert add_named_styles(styles("", "", ""), {}) == styles("", "", "")


@pytest.mark.parametrize("names", [{1: "rb text"}, {-1: "rb text"}, {0: "normal"}])
def test_a_format_that_is_not_there_or_a_name_that_is_taken_is_a_bug(names: dict[int, str]) -> None:
    with pytest.raises(ValueError, match="not new names"):
        add_named_styles(styles("", "", ""), names)


def test_one_name_for_two_formats_is_a_bug() -> None:
    with pytest.raises(ValueError, match="not new names"):
        add_named_styles(styles("", f'<xf {LOOK} xfId="0"/>', ""), {0: "rb a", 1: "RB A"})


# whole workbooks


def looks(workbook: bytes) -> list[tuple[bool, bool, str]]:
    """Bold, locked and number format of A1 to A3."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["Own"]
    cells = [sheet.cell(row, 1) for row in (1, 2, 3)]
    return [(bool(c.font.b), bool(c.protection.locked), c.number_format) for c in cells]


LOOKS = [(True, True, "General"), (False, False, "0.0"), (False, True, "General")]


def test_openpyxl_lists_the_named_styles_and_shows_their_looks() -> None:
    workbook = template()

    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert book.named_styles == ["Normal", "rb title", "rb entry & more"]
    shown = [book["Own"].cell(row, 1).style for row in (1, 2, 3)]
    assert shown == ["rb title", "rb entry & more", "Normal"]
    assert looks(workbook) == LOOKS


def test_the_referees_find_nothing_in_the_template(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template())
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)

    assert [str(error) for error in validator.validate(str(path)).errors] == []
    with cellrune.Workbook.open_path(path) as book:
        assert book.summary()["diagnostic_count"] == 0


def test_libreoffice_keeps_the_styles_and_their_numbers_are_found_again(tmp_path: Path) -> None:
    again = saved_again(template(), tmp_path)
    part = styles_of(again)

    found = style_ids(part, ["rb title", "rb entry & more"])

    # openpyxl cannot tell the style's name here: it takes xfId for a place in its own list.
    assert looks(again) == LOOKS
    assert found.xml == part
    assert found.missing == ()
    with zipfile.ZipFile(io.BytesIO(again)) as file:
        cells = file.read("xl/worksheets/sheet1.xml").decode()
    numbers = {row: int(number) for row, number in re.findall('r="A([12])" s="([0-9]+)"', cells)}
    assert numbers == {"1": found.ids["rb title"], "2": found.ids["rb entry & more"]}


def test_a_style_that_openpyxl_saved_without_a_cell_gets_a_format(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    style = NamedStyle("rb entry", font=Font(bold=True), protection=Protection(locked=False))
    book.add_named_style(style)
    out = io.BytesIO()
    book.save(out)
    part = styles_of(out.getvalue())

    found = style_ids(part, ["rb entry"])

    assert found.missing == ()
    assert style_ids(found.xml, ["rb entry"]).xml == found.xml
    formats = outline(found.xml, 3).child("cellXfs")
    assert formats is not None
    assert formats.attributes["count"] == str(len(formats.children))
    assert 0 < found.ids["rb entry"] < len(formats.children)
    openpyxl.load_workbook(io.BytesIO(zipped(out.getvalue(), found.xml)))


# splicing


def test_an_outline_says_where_each_element_lies() -> None:
    part = b'<a:r xmlns:a="u" q=\'>\'><!--<a:b>--><a:b x=">"/> <a:c >t<d/></a:c ></a:r>'

    root = outline(part, 2)

    b, c = root.children
    assert part[b.start : b.end] == b'<a:b x=">"/>'
    assert (b.opened, b.closing) == (b.end, b.end)
    assert part[c.start : c.end] == b"<a:c >t<d/></a:c >"
    assert part[c.opened : c.closing] == b"t<d/>"
    assert (c.name, c.prefix, c.children) == ("c", b"a:", [])
    assert (root.start, root.end) == (0, len(part))


@pytest.mark.parametrize(
    ("tag", "value", "after"),
    [
        (b"<c/>", b"1", b'<c t="1"/>'),
        (b"<x:c >", b"1", b'<x:c t="1" >'),
        (b"<c a='t=\"5\"' >", b"1", b'<c a=\'t="5"\' t="1" >'),
        (b"<c t = '2' s='3'>", b"1", b"<c t = '1' s='3'>"),
        (b"<c s='3'\n\tt='2'/>", None, b"<c s='3'/>"),
        (b'<c x:t="2" tt="3">', None, b'<c x:t="2" tt="3">'),
    ],
)
def test_one_attribute_of_a_tag_is_set(tag: bytes, value: bytes | None, after: bytes) -> None:
    assert set_attribute(tag, b"t", value) == after


@given(st.binary(max_size=30), st.lists(st.integers(0, 30), max_size=8), st.binary(max_size=3))
def test_what_no_edit_names_stays(part: bytes, marks: list[int], new: bytes) -> None:
    ends = sorted(min(mark, len(part)) for mark in marks)
    spans = list(zip(ends[::2], ends[1::2], strict=False))

    spliced = splice(part, [(start, end, new) for start, end in reversed(spans)])

    kept, at = b"", 0
    for start, end in spans:
        kept, at = kept + part[at:start] + new, end
    assert spliced == kept + part[at:]


def test_edits_that_overlap_are_a_bug() -> None:
    with pytest.raises(ValueError, match="overlap at byte 1"):
        splice(b"abc", [(0, 2, b""), (1, 3, b"")])


# texts that look like formulas


@pytest.mark.parametrize("name", ["rb text", "RB TEXT"])
def test_a_quoted_style_is_the_style_with_one_mark_more_and_is_found_again(name: str) -> None:
    named = '<cellStyle name="rb text" xfId="1"/>'
    part = styles(f"<xf {LOOK}/>", f'<xf {LOOK} xfId="1"/>', named)

    found = style_ids(part, [name, QUOTED + name])

    quoted = f'<xf {LOOK} quotePrefix="1" xfId="1"/>'
    assert found.ids == {name: 1, QUOTED + name: 2}
    assert found.xml == styles(f"<xf {LOOK}/>", f'<xf {LOOK} xfId="1"/>{quoted}', named)
    assert style_ids(found.xml, [name, QUOTED + name]) == (found.xml, found.ids, ())


def test_a_quoted_style_that_someone_deleted_is_named() -> None:
    assert style_ids(styles("", "", ""), ["'rb text"]).missing == ("'rb text",)


@pytest.mark.parametrize("index", ['"', "-1", "1.0", "9" * 5_000, ""])
def test_a_style_that_points_nowhere_is_none(index: str) -> None:
    shown = index.replace('"', "&quot;")
    part = (
        '<styleSheet><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs>'
        f'<cellStyles count="1"><cellStyle name="rb text" xfId="{shown}"/></cellStyles>'
        "</styleSheet>"
    )
    found = style_ids(part.encode(), ["rb text"])
    assert found == (part.encode(), {"rb text": 0}, ("rb text",))
