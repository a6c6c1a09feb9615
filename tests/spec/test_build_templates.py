"""``workbook_templates/``: built from source, the same every time, and sound by every referee.

::

    source -> build -> the committed bytes
    the committed files -> olevba, mraptor, openxml-audit, check_file, cellrune, the gate
"""

import io
import re
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import cellrune
import pytest
from click.testing import CliRunner
from openxml_audit import FileFormat, OpenXmlValidator
from pyopenvba import check_file

from riskbook.cli import cli
from riskbook.core import settings
from riskbook.core.commands import COMMANDS
from riskbook.core.profile import Profile
from riskbook.edge import building, gate
from riskbook.edge.documents import profiles
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros import parts, sources
from riskbook.edge.macros.sources import DEFAULT, Interpreters
from riskbook.edge.making import changed_facts
from riskbook.edge.xlsx.package import Package
from tests.spec.office import packed
from tests.support import ROOT

FOLDER = ROOT / "workbook_templates"
NAMES = tuple(building.builders())
WORKBOOKS = tuple(name for name in NAMES if name.endswith((".xlsx", ".xlsm")))
LIVE = tuple(name for name in NAMES if name.endswith((".xlsm", ".xlam")))
PROFILES = profiles.shipped()
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"

with warnings.catch_warnings():  # oletools 0.60.2 calls pyparsing by names that are going
    warnings.simplefilter("ignore")
    from oletools import mraptor
    from oletools.olevba import VBA_Parser


def committed(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def part(name: str, path: str) -> str:
    return Package.parse(committed(name)).part(path).decode()


def by_olevba(name: str) -> dict[str, str]:
    """The modules of a committed file as another program reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(name, data=committed(name))
        found = {where: text for _, _, where, text in parser.extract_macros()}
        parser.close()
    return found


def test_there_is_a_pair_for_each_profile_an_add_in_and_an_extension() -> None:
    assert sorted(NAMES) == [
        "council-5x5.xlsm",
        "council-5x5.xlsx",
        "operational-4x4-signoff.xlsm",
        "operational-4x4-signoff.xlsx",
        "operational-4x4.xlsm",
        "operational-4x4.xlsx",
        "riskbook.oxt",
        "riskbook.xlam",
        "strategic-weighted-5x5.xlsm",
        "strategic-weighted-5x5.xlsx",
    ]
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_file_is_what_the_source_builds(name: str) -> None:
    """The same bytes; under another build of zlib, the same content of each member."""
    built = building.builders()[name](DEFAULT)
    assert building.same(committed(name), built), "run: riskbook build-templates"
    assert built == building.builders()[name](DEFAULT)


@pytest.mark.parametrize("name", NAMES)
def test_a_built_file_names_no_day_and_no_folder_of_the_machine_that_built_it(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(committed(name))) as archive:
        assert {each.date_time for each in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}
        for each in archive.infolist():
            content = archive.read(each)
            assert str(ROOT).encode() not in content
            assert str(Path.home()).encode() + b"/" not in content
    if not name.endswith(".oxt"):
        assert "2021-04-01T00:00:00Z" in part(name, "docProps/core.xml")


def test_another_packing_of_the_same_content_is_the_same_and_another_content_is_not() -> None:
    built = committed("council-5x5.xlsx")

    def repacked(change: bytes) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(built)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for each in old.infolist():
                content = old.read(each)
                new.writestr(each, content.replace(b"2021-04-01", change), compresslevel=1)
        return stream.getvalue()

    assert repacked(b"2021-04-01") != built
    assert building.same(repacked(b"2021-04-01"), built)
    assert not building.same(repacked(b"2021-04-02"), built)
    assert not building.same(b"no archive", built)


def run(*arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(cli, ["build-templates", *arguments])
    return found.exit_code, found.output


def test_check_names_the_files_that_differ_and_those_that_are_missing(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert run("--out", str(folder))[0] == 0
    assert run("--check", "--out", str(folder)) == (0, "")
    changed = committed("council-5x5.xlsm")
    (folder / "operational-4x4.xlsm").write_bytes(changed)
    (folder / "riskbook.xlam").unlink()
    code, told = run("--check", "--out", str(folder))
    assert code == 1
    assert told.splitlines() == [
        f"operational-4x4.xlsm differs: build it with `riskbook build-templates --out {folder}`.",
        f"riskbook.xlam is missing: build it with `riskbook build-templates --out {folder}`.",
    ]
    assert (folder / "operational-4x4.xlsm").read_bytes() == changed  # nothing was built


def test_build_writes_every_file_and_a_chosen_program_reaches_every_button(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "templates"
    code, told = run("--out", str(folder), "--interpreter", "/srv/riskbook/python3")
    assert code == 0
    assert told.splitlines() == [str(folder / name) for name in NAMES]
    usual = DEFAULT.windows.encode()
    for name in LIVE:
        package = Package.parse((folder / name).read_bytes())
        everything = b"".join(package.part(each) for each in package.names)
        assert usual not in everything
    book = FileBook.open(folder / "council-5x5.xlsm")
    assert book.read([settings.SHEET])[settings.SHEET].at(1, 2).text == "/srv/riskbook/python3"
    assert list(changed_facts(book, profiles.load("council-5x5"))) == []


def test_a_program_without_its_folder_is_refused(tmp_path: Path) -> None:
    code, told = run("--out", str(tmp_path / "none"), "--interpreter", "python.exe")
    assert code == 2
    assert "'python.exe' cannot be the program that the buttons start." in told
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", LIVE)
def test_olevba_reads_the_modules_back_as_they_stand_in_macros(name: str) -> None:
    found = by_olevba(name)
    wanted = sources.ADD_IN if name.endswith(".xlam") else sources.BUTTONS
    for module in wanted:
        file = sources.file_of(module)
        source = (ROOT / "macros" / file).read_bytes().decode("cp1252")
        source = source.replace("\r\n", "\n").replace("\n", "\r\n")
        assert _without_head(found.pop(file)) == _without_head(source)
    if name.endswith(".xlsm"):
        for module, source in sources.vendor().items():
            assert _without_head(found.pop(f"{module}.cls")) == _without_head(source)
    # what is left are the empty modules of the book and its sheets
    assert all(re.fullmatch(r"ThisWorkbook\.cls|Sheet\d+\.cls", other) for other in found)
    code = "".join(found.values()).splitlines()
    assert [line for line in code if line and not line.startswith("Attribute ")] == []


def _without_head(source: str) -> str:
    """A class without its first lines, which a file and a project keep in two ways."""
    if source.startswith("Attribute VB_Name") and "VB_Exposed" not in source:
        return source  # an ordinary module is the same to the byte
    lines = source.splitlines(keepends=True)
    while lines[0].startswith(("VERSION", "BEGIN", "  MultiUse", "END", "Attribute")):
        lines.pop(0)
    return "".join(lines)


@pytest.mark.parametrize("name", LIVE)
def test_mraptor_says_macro_ok(name: str) -> None:
    """It looks for code that runs by itself together with code that writes or starts."""
    raptor = mraptor.MacroRaptor("\n".join(by_olevba(name).values()))
    raptor.scan()
    assert not raptor.suspicious
    assert not raptor.autoexec


@pytest.mark.parametrize("name", LIVE)
def test_every_callback_of_the_tab_is_a_macro_with_a_control(name: str) -> None:
    root = ElementTree.fromstring(part(name, parts.RIBBON))
    wanted = [found for e in root.iter() if (found := e.get("onAction"))]
    assert len(wanted) == len(COMMANDS)
    code = "\n".join(by_olevba(name).values())
    for callback in wanted:
        assert code.count(f"Public Sub {callback}(control As IRibbonControl)") == 1
    relations = ElementTree.fromstring(part(name, "_rels/.rels"))
    tabs = [each.get("Target") for each in relations if each.get("Type") == RELATION]
    assert tabs == [parts.RIBBON]


@pytest.mark.parametrize("name", [name for name in LIVE if name.endswith(".xlsm")])
def test_every_button_on_a_sheet_calls_a_macro_and_stays_in_the_title_row(name: str) -> None:
    package = Package.parse(committed(name))
    drawings = [each for each in package.names if each.endswith(".vml")]
    found = [text for each in drawings for text in [package.part(each).decode()]]
    macros = [re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text) for text in found]
    assert macros == [["RiskbookRefresh", "RiskbookCheck", "RiskbookNextFinding"]] * len(found)
    profile = profiles.load(Path(name).stem)
    assert len(found) == (3 if profile.actions else 2)
    code = "\n".join(by_olevba(name).values())
    for macro in macros[0]:
        assert code.count(f"Public Sub {macro}()") == 1
    anchors = [
        [int(n) for n in each.split(",")]
        for text in found
        for each in re.findall(r"<x:Anchor>(.*?)</x:Anchor>", text)
    ]
    for left, _, top, _, right, _, bottom, _ in anchors:
        assert (top, bottom) == (0, 0)  # above the headings and the entries
        assert left == right  # not across a column's edge, where programs differ


@pytest.mark.parametrize("name", [*WORKBOOKS, "riskbook.xlam"])
def test_every_referee_is_content(name: str, tmp_path: Path) -> None:
    gate.read(FOLDER / name)
    report = check_file(FOLDER / name)
    assert (report.ok, report.errors, report.warnings) == (True, (), ())
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert [str(error) for error in validator.validate(str(FOLDER / name)).errors] == []
    assert diagnostics(committed(name)) == (0 if name.endswith(".xlsx") else 1)
    assert diagnostics(without_project(committed(name))) == 0


def diagnostics(data: bytes) -> int:
    """What cellrune has to say; it opens no add-in, so one is shown to it as a workbook.

    The one remark that it makes on an .xlsm is that there are macros: it has none on the
    same workbook without them.
    """
    package = Package.parse(data)
    types = package.part("[Content_Types].xml")
    kinds = (parts.ADD_IN.encode(), parts.WORKBOOK.encode())
    data = package.replaced({"[Content_Types].xml": types.replace(*kinds)})
    with cellrune.Workbook.from_bytes(data) as book:
        return int(book.summary()["diagnostic_count"])


def without_project(data: bytes) -> bytes:
    package = Package.parse(data)
    if parts.PROJECT not in package:
        return data
    name = "xl/_rels/workbook.xml.rels"
    rels = re.sub(rb'<Relationship [^>]*Target="vbaProject.bin"/>', b"", package.part(name))
    return package.replaced({name: rels}, drop=[parts.PROJECT])


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_settings_sheet_is_very_hidden_and_only_in_a_workbook_with_buttons(name: str) -> None:
    sheets = {sheet.name: sheet.state for sheet in FileBook.open(FOLDER / name).workbook.sheets}
    profile = profiles.load(Path(name).stem)
    own = dict.fromkeys(profile.sheets.values(), "visible")
    if name.endswith(".xlsm"):
        own[settings.SHEET] = "veryHidden"
    assert sheets == own
    package = Package.parse(committed(name))
    assert (parts.PROJECT in package) == name.endswith(".xlsm")
    assert (parts.RIBBON in package) == name.endswith(".xlsm")


@pytest.mark.parametrize("profile_id", PROFILES)
def test_a_refresh_leaves_macros_tab_and_settings_as_they_are_to_the_byte(
    profile_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "Register.xlsm"
    before = committed(f"{profile_id}.xlsm")
    path.write_bytes(before)
    found = CliRunner().invoke(cli, ["refresh", str(path), "--as-at", "2021-10-31"])
    assert found.exit_code == 0, found.output
    after = path.read_bytes()
    old, new = packed(before), packed(after)
    book = FileBook(before, "before").workbook
    own = {book.part_of(settings.SHEET), parts.PROJECT, parts.RIBBON, "_rels/.rels"}
    own |= {each for each in old if each.endswith((".vml", ".rels"))}
    assert {each: new[each] for each in own} == {each: old[each] for each in own}
    assert old.keys() == new.keys()
    summary = book.part_of("Summary")
    assert old[summary] != new[summary]
    assert list(changed_facts(FileBook(after, "after"), profiles.load(profile_id))) == []


def test_new_makes_a_workbook_with_buttons_that_is_the_template_s(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsm"
    made = CliRunner().invoke(
        cli, ["new", "strategic-weighted-5x5", str(path), "--data", "blackpool-2021"]
    )
    assert made.exit_code == 0, made.output
    checked = CliRunner().invoke(cli, ["check", str(path)])
    assert checked.exit_code == 0
    assert "RB901" not in checked.output
    book = FileBook.open(path)
    assert Package.parse(committed("strategic-weighted-5x5.xlsm")).part(
        parts.PROJECT
    ) == book.package.part(parts.PROJECT)
    assert book.read(["Risks"])["Risks"].at(5, 3).text == "2a"


def shown(data: bytes, profile: Profile) -> list[str]:
    return [finding.line() for finding in changed_facts(FileBook(data, "book"), profile)]


def settings_replaced(data: bytes, old: str, new: str) -> bytes:
    """The workbook with another text on its settings sheet."""
    package = Package.parse(data)
    texts = package.part("xl/sharedStrings.xml")
    assert texts.count(f">{old}<".encode()) == 1
    change = texts.replace(f">{old}<".encode(), f">{new}<".encode())
    return package.replaced({"xl/sharedStrings.xml": change})


def test_a_program_that_the_macros_do_not_name_is_seen() -> None:
    other = r"C:\Users\Public\python.exe"
    data = settings_replaced(committed("council-5x5.xlsm"), DEFAULT.windows, other)
    (line,) = shown(data, profiles.load("council-5x5"))
    assert line.startswith("xlwings.conf!B1: RB901 error: the setting INTERPRETER_WIN is ")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (DEFAULT.windows, "python", "xlwings.conf!B1"),
        ("%TEMP%", r"C:\Users\Public", "xlwings.conf!B13"),
        ("CONDA PATH", "CONDA_PATH", "xlwings.conf!A6"),
    ],
)
def test_a_changed_setting_is_seen_by_every_check(
    old: str, new: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "Register.xlsm"
    path.write_bytes(settings_replaced(committed("council-5x5.xlsm"), old, new))
    found = CliRunner().invoke(cli, ["check", str(path)])
    assert found.exit_code == 1
    (line,) = [line for line in found.output.splitlines() if "RB901" in line]
    assert line.startswith(f"{place}: RB901 error: ")
    assert "the buttons of the workbook would run by it" in line


def test_a_changed_tab_is_seen() -> None:
    package = Package.parse(committed("council-5x5.xlsm"))
    ribbon = package.part(parts.RIBBON)
    profile = profiles.load("council-5x5")
    spaced = ribbon.replace(b"  <ribbon>", b"<ribbon>")
    assert shown(package.replaced({parts.RIBBON: spaced}), profile) == []
    other = ribbon.replace(b"RiskbookRefresh_onAction", b"RiskbookNewPeriod_onAction")
    found = shown(package.replaced({parts.RIBBON: other}), profile)
    assert [line.partition("  [")[0] for line in found] == [
        "About!A1: RB901 error: tab customUI/customUI14.xml is not as riskbook wrote it."
    ]


def test_a_settings_sheet_in_sight_is_seen() -> None:
    package = Package.parse(committed("council-5x5.xlsm"))
    book = package.part("xl/workbook.xml").replace(b' state="veryHidden"', b"")
    found = shown(package.replaced({"xl/workbook.xml": book}), profiles.load("council-5x5"))
    assert len(found) == 1
    assert found[0].startswith(
        "xlwings.conf!A1: RB909 warning: the sheet 'xlwings.conf' is in sight"
    )


def test_a_hidden_row_of_the_settings_is_seen() -> None:
    """For xlwings the list would end there."""
    data = committed("council-5x5.xlsm")
    package, part_name = (
        Package.parse(data),
        FileBook(data, "book").workbook.part_of(settings.SHEET),
    )
    rows = package.part(part_name).replace(b'<row r="9"', b'<row r="9" hidden="1"')
    found = shown(package.replaced({part_name: rows}), profiles.load("council-5x5"))
    assert len(found) == 1
    assert found[0].startswith("xlwings.conf!A9: RB901 error: row 9 of the settings is hidden")


def test_a_settings_sheet_in_a_workbook_without_macros_is_seen() -> None:
    data = committed("council-5x5.xlsm")
    package = Package.parse(data)
    types = package.part("[Content_Types].xml")
    plain = types.replace(parts.WORKBOOK.encode(), _plain())
    planted = Package.parse(without_project(data)).replaced({"[Content_Types].xml": plain})
    found = shown(planted, profiles.load("council-5x5"))
    assert any("is for buttons, and the workbook has no macros" in line for line in found)


def _plain() -> bytes:
    return b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def test_a_sheet_that_xlwings_would_take_for_code_is_seen() -> None:
    data = committed("council-5x5.xlsm")
    package = Package.parse(data)
    book = package.part("xl/workbook.xml").replace(b'"xlwings.conf"', b'"Lists.py"')
    found = shown(package.replaced({"xl/workbook.xml": book}), profiles.load("council-5x5"))
    assert any("Lists.py: a sheet that xlwings takes for code" in line for line in found)


def test_a_changed_macro_is_seen_and_so_is_one_more() -> None:
    """Also where the settings sheet was changed with it, so that the two agree."""
    profile = profiles.load("council-5x5")
    wicked = Interpreters(windows=r"C:\Users\Public\python.exe")
    built = building.builders()["council-5x5.xlsm"](wicked)
    modules = {**sources.modules(sources.BUTTONS, wicked), **sources.vendor()}
    opening = 'Attribute VB_Name = "More"\r\nSub Auto_Open()\r\nEnd Sub\r\n'
    changed = modules["RiskbookSettings"].replace("Or Not SettingsAreOurs()", "")
    assert changed != modules["RiskbookSettings"]
    bare = _bare(built)
    more = parts.with_macros(bare, {**modules, "RiskbookSettings": changed, "More": opening})
    found = shown(more, profile)
    assert [line.partition("  [")[0] for line in found] == [
        "About!A1: RB901 error: macros More is not riskbook's.",
        "About!A1: RB901 error: macros RiskbookSettings is not as riskbook wrote it.",
    ]


def _bare(data: bytes) -> bytes:
    """A built workbook as it was before it got its macros and its tab."""
    package = Package.parse(data)
    types = package.part("[Content_Types].xml").replace(parts.WORKBOOK.encode(), _plain())
    types = re.sub(rb'<Default Extension="bin"[^>]*/>', b"", types)
    changes = {"[Content_Types].xml": types}
    for name, target in (
        ("_rels/.rels", b"customUI/customUI14.xml"),
        ("xl/_rels/workbook.xml.rels", b"vbaProject.bin"),
    ):
        line = rb'<Relationship [^>]*Target="' + re.escape(target) + rb'"/>'
        changes[name] = re.sub(line, b"", package.part(name))
    return package.replaced(changes, drop=[parts.PROJECT, parts.RIBBON])


def test_the_program_that_an_installation_chose_is_no_change() -> None:
    built = building.builders()["council-5x5.xlsm"](Interpreters(windows=r"D:\riskbook\python.exe"))
    assert shown(built, profiles.load("council-5x5")) == []


def test_damaged_macros_are_a_sentence_and_no_crash(tmp_path: Path) -> None:
    package = Package.parse(committed("council-5x5.xlsm"))
    path = tmp_path / "Register.xlsm"
    path.write_bytes(package.replaced({parts.PROJECT: package.part(parts.PROJECT)[:5000]}))
    found = CliRunner().invoke(cli, ["check", str(path)])
    assert found.exit_code == 1
    assert "The macros in the workbook are damaged." in found.output
