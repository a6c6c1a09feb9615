"""How much a workbook may hold: each limit has a sentence, and IT can set it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from riskbook.edge import gate
from riskbook.edge.gate import limits as module
from riskbook.errors import RefusedError, RiskbookError

from .hostile import MAIN, ROWS, listing, sheet, with_rows, workbook

LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
FEW = replace(
    gate.LIMITS,
    **dict.fromkeys(("sheets", "styles", "names", "validations", "rules", "links"), 3),
    **dict.fromkeys(("notes", "strings", "repeats"), 3),
    box=99,
    linked=9,
    areas=9,
)


def refused(data: bytes, limits: gate.Limits = gate.LIMITS) -> str:
    with pytest.raises(RefusedError) as caught:
        gate.admit(data, "Register.xlsx", limits=limits)
    assert caught.value.what.endswith(".")
    assert caught.value.fix.endswith(".")
    return caught.value.what


def root(name: str, inside: str) -> bytes:
    return workbook({"xl/a.xml": f'<{name} xmlns="{MAIN}" xmlns:l="{LATER}">{inside}</{name}>'})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (workbook({"xl/workbook.xml": listing(*((f"S{i}", "rId1") for i in range(4)))}), "sheets"),
        (root("styleSheet", "<xf/>" * 4), "styles"),
        (root("styleSheet", "<dxf/>" * 4), "styles"),
        (root("sst", "<si/>" * 4), "strings"),
        (root("comments", "<comment/>" * 4), "notes"),
        (root("a", '<definedName name="n"/>' * 4), "names"),
        (root("a", "<dataValidation/>" * 4), "validations"),
        (root("a", "<l:dataValidation/>" * 4), "validations"),
        (root("a", "<l:cfRule/>" * 4), "rules"),
        (with_rows(ROWS, after='<conditionalFormatting sqref="A1"/>' * 4), "rules"),
        (with_rows(ROWS, after='<hyperlink ref="A1"/>' * 4), "links"),
        (with_rows(ROWS, after='<mergeCell ref="A1"/>' * 4), "mergeCell"),
    ],
)
def test_each_kind_has_a_limit_of_its_own(data: bytes, says: str) -> None:
    assert f"holds more than 3 {says} in its part" in refused(data, FEW)
    gate.admit(workbook(), "Register.xlsx", limits=FEW)


@pytest.mark.parametrize(
    ("kind", "attribute", "called"),
    [
        ("hyperlink", "ref", "hyperlink"),
        ("dataValidation", "sqref", "validation"),
        ("conditionalFormatting", "sqref", "conditional format"),
        ("protectedRange", "sqref", "unlocked area"),
    ],
)
def test_areas_lie_on_the_grid(kind: str, attribute: str, called: str) -> None:
    def on(area: str) -> bytes:
        return with_rows(ROWS, after=f'<{kind} {attribute}="{area}"/>')

    for area in ("A1:XFE1", "A1:A1048577", "B2:A1"):
        assert f"has the impossible {called} {area}" in refused(on(area))
    for area in ("", "all", "A0", "#REF!"):
        assert f"has a {called} addressed '{area}'" in refused(on(area))
    for area in ("A1", "$A$1:$B$9", "a1:b9"):
        gate.admit(on(area), "Register.xlsx")


def test_many_areas_and_large_links_are_refused() -> None:
    many = with_rows(ROWS, after='<dataValidation sqref="A1 B1 C1 D1 E1 F1 G1 H1 I1 J1"/>')
    assert "on more than 9 areas" in refused(many, FEW)
    gate.admit(many, "Register.xlsx")
    large = with_rows(ROWS, after='<hyperlink ref="A1:B3"/><hyperlink ref="C1:C4"/>')
    assert "hyperlinks on more than 9 cells" in refused(large, FEW)
    gate.admit(large, "Register.xlsx")


@pytest.mark.parametrize("slowly", ["", "<!-- -->"])
def test_one_entry_far_from_all_others_is_refused_and_a_far_format_is_not(slowly: str) -> None:
    def far(cell: str) -> bytes:
        return with_rows(f'{slowly}{ROWS}<row r="1048576"><c r="XFD1048576"{cell}</row>')

    entries = "has entries from row 1 to 1048576 and from column A to XFD"
    assert entries in refused(far("><v>1</v></c>"))
    gate.admit(far(' s="1"/>'), "Register.xlsx")
    gate.admit(with_rows(f'{slowly}<row r="1"><c r="A1"/></row>'), "Register.xlsx", limits=FEW)
    blank = f'{slowly}<row r="1"><c r="A1"/></row><row r="999"><c r="Z999"/></row>'
    gate.admit(with_rows(blank), "Register.xlsx", limits=FEW)


def test_only_cells_stand_in_a_row() -> None:
    foreign = '<row r="1"><x:c xmlns:x="urn:x" r="A1"/></row>'
    assert "something other than cells in row 1" in refused(with_rows(foreign))
    gate.admit(with_rows('<row r="1"><c r="A1"/><extLst/></row>'), "Register.xlsx")


@pytest.mark.parametrize(
    ("start", "says"),
    [("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"), ("cp037", "EBCDIC")],
)
def test_an_encoding_that_hides_everything_is_named(start: str, says: str) -> None:
    part = sheet(ROWS).encode(start)
    assert f"is written in {says} in its part" in refused(workbook({"xl/a.xml": part}))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    module.limits.cache_clear()
    yield tmp_path / "limits.json"
    module.limits.cache_clear()


def test_what_it_sets_holds_for_every_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gate.load(file) == gate.LIMITS
    file.write_text(json.dumps({"names": 5, "allow": ["data model", "OLE objects"]}))
    monkeypatch.setattr(module, "limits_path", lambda: file)
    found = gate.installed()
    assert found.names == 5
    assert found.allow == {"data model", "OLE objects"}
    assert replace(found, names=70_000, allow=frozenset()) == gate.LIMITS
    gate.admit(workbook({"xl/model/item.data": b"x"}), "Register.xlsx")
    file.write_text('{"entries": 2}')
    module.limits.cache_clear()
    with pytest.raises(RefusedError, match="holds 5 parts"):
        gate.admit(workbook(), "Register.xlsx")


@pytest.mark.parametrize(
    ("text", "says", "fix"),
    [
        ("", "is no JSON", "write it again"),
        ("[1]", "is no JSON object", 'begin it with "{"'),
        ('{"name": 5}', "sets 'name', which riskbook does not know", "did you mean 'names'?"),
        ('{"rows": 5}', "sets 'rows', which riskbook does not know", "did you mean"),
        ('{"names": -1}', "sets 'names' to no whole number", "from 1 up"),
        ('{"names": true}', "sets 'names' to no whole number", "from 1 up"),
        ('{"names": "5"}', "sets 'names' to no whole number", "from 1 up"),
        ('{"allow": "DDE"}', 'has no list of names as "allow"', "choose from: other workbooks,"),
        ('{"allow": ["OLE object"]}', "sets 'OLE object', which", "did you mean 'OLE objects'?"),
        ('{"allow": ["DDE links"]}', "sets 'DDE links', which riskbook does not know", "did you"),
    ],
)
def test_a_wrong_file_of_limits_is_told(file: Path, text: str, says: str, fix: str) -> None:
    file.write_text(text)
    with pytest.raises(RiskbookError) as caught:
        gate.load(file)
    assert f"{file} {says}" in caught.value.what
    assert fix in caught.value.fix
    assert "docs/it-guide.md" in caught.value.fix


def test_a_file_of_limits_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(RiskbookError, match="cannot be read"):
        gate.load(tmp_path)


def test_the_file_of_limits_lies_with_the_installation() -> None:
    windows = gate.limits_path("win32", {"ProgramData": "D:/Data"})
    assert windows.parts[-3:] == ("Data", "riskbook", "limits.json")
    assert "ProgramData" in str(gate.limits_path("win32", {}))
    mac = gate.limits_path("darwin", {"ProgramData": "/tmp"})
    assert mac == Path("/Library/Application Support/riskbook/limits.json")
    assert gate.limits_path("linux", {"ProgramData": "/tmp"}) == Path("/etc/riskbook/limits.json")


def test_the_guide_lists_every_limit_with_its_default() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "it-guide.md"
    text = guide.read_text(encoding="utf-8")
    for name in module.SETTABLE:
        assert f"| `{name}` | {getattr(gate.LIMITS, name):,} |" in text, name
    for name in gate.ALLOWABLE:
        assert f"| `{name}` |" in text, name
