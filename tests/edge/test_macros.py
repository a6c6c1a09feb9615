"""The macros as text: what they call, what checks them, and what the fingerprint sees."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from pyvbaanalysis import analyze_loose_files
from vbalidator import precheck

from riskbook.core import settings
from riskbook.core.commands import COMMANDS
from riskbook.edge.macros import facts, lines, project, sources
from riskbook.edge.macros.sources import DEFAULT, Interpreters
from riskbook.edge.template.shell import shell
from riskbook.errors import RefusedError, RiskbookError
from tests.support import ROOT

MACROS = ROOT / "macros"
STUBS = ROOT / "tests" / "spec" / "stubs"
FILES = sorted([*MACROS.glob("*.bas"), *MACROS.glob("*.cls")])
MODULES = sorted(path.stem for path in FILES)
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
SUB = re.compile(r"^Public Sub (\w+)\((.*)\)\n    (.*)\nEnd Sub$", re.MULTILINE)


def text(name: str) -> str:
    return sources.text_of(sources.file_of(name)).decode("cp1252").replace("\r\n", "\n")


def subs(name: str) -> dict[str, tuple[str, str]]:
    """Arguments and the one line of each Sub of one line."""
    return {found[0]: (found[1], found[2]) for found in SUB.findall(text(name))}


def test_the_workbook_s_and_the_add_in_s_modules_are_all_there_are() -> None:
    assert sorted({*sources.BUTTONS, *sources.ADD_IN}) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_one_that_vba_keeps_as_it_stands(name: str) -> None:
    module = text(name)
    assert sources.checked(name, module) == module
    assert module.isascii()
    assert "\nOption Explicit\n" in module
    assert max(map(len, module.splitlines())) <= 120


@pytest.mark.parametrize("name", MODULES)
def test_nothing_runs_by_itself(name: str) -> None:
    events = r"(?i)\b(auto_?open|auto_?close|auto_?exec|workbook_\w+|worksheet_\w+|onload|ontime)\b"
    assert re.findall(events, text(name)) == []


def test_two_checkers_find_nothing_in_any_module() -> None:
    """The module of xlwings is left out: the stub stands for the one function that is called."""
    files = [*FILES, STUBS / "xlwings.cls"]
    found = analyze_loose_files([str(path) for path in files])
    assert {name: list(problems) for name, problems in found.items() if problems} == {}
    assert sorted(found) == sorted([*MODULES, "xlwings"])


@pytest.mark.parametrize("names", [sources.BUTTONS, sources.ADD_IN])
def test_a_third_checker_says_that_each_project_compiles(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    for name in names:
        file = sources.file_of(name)
        (tmp_path / file).write_bytes((MACROS / file).read_bytes())
    if names is sources.BUTTONS:
        (tmp_path / "xlwings.cls").write_bytes((STUBS / "xlwings.cls").read_bytes())
    found = precheck(tmp_path, host="excel")
    assert found.issues == []
    assert found.score == 100


def test_the_checkers_do_find_a_misspelt_call(tmp_path: Path) -> None:
    wrong = text("RiskbookButtons").replace('CallPython "refresh"', 'CalPython "refresh"', 1)
    path = tmp_path / "RiskbookButtons.bas"
    path.write_text(wrong, encoding="cp1252")
    problems = analyze_loose_files([str(path), str(STUBS / "xlwings.cls")])["RiskbookButtons"]
    assert any("CalPython" in problem.message for problem in problems)
    assert not precheck(path, host="excel").compile_safe


def test_xlwings_module_is_a_class_so_that_no_cell_can_call_it() -> None:
    """Undone, the change gives the module of the package again; another checker finds no fault."""
    made = sources.vendor()["xlwings"].replace("\r\n", "\n")
    package = Path(sources.find_spec("xlwings").origin).parent  # type: ignore[union-attr, arg-type]
    original = (package / "xlwings.bas").read_text(encoding="utf-8").split("\n", 1)[1]
    assert made.startswith("VERSION 1.0 CLASS\n")
    body = made.split("Attribute VB_Exposed = False\n", 1)[1]
    differ = [
        (old.strip(), new.strip())
        for old, new in zip(original.split("\n"), body.split("\n"), strict=True)
        if old != new
    ]
    assert [new for old, new in differ if old.startswith("Declare")] == [
        f"Private {old}" for old, _ in differ if old.startswith("Declare")
    ]
    assert [pair for pair in differ if not pair[0].startswith("Declare")] == [
        (
            'Public Const XLWINGS_VERSION As String = "0.37.8"',
            'Private Const XLWINGS_VERSION As String = "0.37.8"',
        ),
        (
            'Public Const PROJECT_NAME As String = "xlwings"',
            'Private Const PROJECT_NAME As String = "xlwings"',
        ),
    ]
    assert len(differ) == 7


def test_the_class_compiles_as_the_module_did(tmp_path: Path) -> None:
    files = {f"{name}.cls": module for name, module in sources.vendor().items()}
    for name, module in files.items():
        (tmp_path / name).write_bytes(module.encode("cp1252"))
    found = analyze_loose_files([str(tmp_path / name) for name in files])["xlwings"]
    assert [problem.message for problem in found if problem.severity.value == "error"] == []


def test_no_function_that_a_cell_could_call_starts_or_writes_anything() -> None:
    """Cells can call functions of ordinary modules, never Subs, and nothing in a class."""
    acts = re.compile(
        r"CreateObject|AppleScriptTask|\.Run|RunPython|StartProgram|^ *(Open|Kill|Shell) ",
        re.MULTILINE | re.IGNORECASE,
    )
    function = re.compile(
        r"^(?:Public|Private) Function .*?^End Function$", re.MULTILINE | re.DOTALL
    )
    plain = [name for name in MODULES if name not in sources.CLASSES]
    found = [body for name in plain for body in function.findall(text(name))]
    assert len(found) >= 10
    assert [body for body in found if acts.search(body.replace("riskbook.excel", ""))] == []
    assert acts.search(text("RiskbookStart"))


def test_each_command_has_a_macro_and_a_ribbon_callback_of_one_line_in_the_workbook() -> None:
    assert subs("RiskbookButtons") == {
        "RiskbookRefresh": ("", 'CallPython "refresh"'),
        "RiskbookCheck": ("", 'CallPython "check"'),
        "RiskbookNextFinding": ("", 'CallPython "next_finding"'),
        "RiskbookExport": ("", 'CallPython "export"'),
        "RiskbookReport": ("", 'CallPython "report"'),
        "RiskbookSnapshot": ("", 'CallPython "snapshot"'),
        "RiskbookNewPeriod": ("", 'CallPython "new_period"'),
        "RiskbookHelp": ("", 'CallPython "help"'),
        "RiskbookRefresh_onAction": ("control As IRibbonControl", 'CallPython "refresh"'),
        "RiskbookCheck_onAction": ("control As IRibbonControl", 'CallPython "check"'),
        "RiskbookNextFinding_onAction": ("control As IRibbonControl", 'CallPython "next_finding"'),
        "RiskbookExport_onAction": ("control As IRibbonControl", 'CallPython "export"'),
        "RiskbookReport_onAction": ("control As IRibbonControl", 'CallPython "report"'),
        "RiskbookSnapshot_onAction": ("control As IRibbonControl", 'CallPython "snapshot"'),
        "RiskbookNewPeriod_onAction": ("control As IRibbonControl", 'CallPython "new_period"'),
        "RiskbookHelp_onAction": ("control As IRibbonControl", 'CallPython "help"'),
    }
    assert [command.macro for command in COMMANDS] == list(subs("RiskbookButtons"))[:8]


def test_each_command_has_a_ribbon_callback_of_one_line_in_the_add_in() -> None:
    wanted = {
        f"{command.macro}_onAction": ("control As IRibbonControl", f'Press "{command.name}"')
        for command in COMMANDS
    }
    assert subs("RiskbookRunner") == wanted


def test_the_ribbon_has_a_button_for_each_command_and_says_what_the_list_says() -> None:
    root = ElementTree.fromstring((MACROS / "ribbon.xml").read_bytes())
    (tab,) = root.iter(f"{RIBBON}tab")
    assert (tab.get("label"), tab.get("keytip")) == ("Riskbook", "K")
    found = [
        (
            *(button.get(key) for key in ("label", "screentip", "supertip", "keytip")),
            *(button.get(key) for key in ("imageMso", "onAction")),
        )
        for button in root.iter(f"{RIBBON}button")
    ]
    assert found == [
        (c.label, c.label, c.tip, c.key, c.image, f"{c.macro}_onAction") for c in COMMANDS
    ]
    assert len({button[3] for button in found}) == len(COMMANDS)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("onLoad") is None  # nothing runs when the workbook opens


def test_the_macros_and_the_settings_sheet_have_one_table_of_settings() -> None:
    table = re.search(r"= Array\((.*?)\)\n", text("RiskbookSettings"), re.DOTALL)
    assert table is not None
    words = re.findall(r'"([^"]*)"|(INTERPRETER_\w+)', table[1].replace(" _\n", ""))
    values = [quoted or constant for quoted, constant in words]
    pairs = tuple(zip(values[::2], values[1::2], strict=True))
    assert pairs == settings.rows("INTERPRETER_WIN", "INTERPRETER_MAC")


def test_every_setting_that_xlwings_module_reads_stands_on_the_sheet() -> None:
    """One that does not would be looked up in a file beside the workbook."""
    read = set(re.findall(r'GetConfig\("([^"]+)"', sources.vendor()["xlwings"]))
    assert len(read) == 20
    assert read == {key for key, _ in settings.rows("", "")}


def test_xlwings_module_comes_with_its_notice_from_the_installed_package() -> None:
    vendor = sources.vendor()
    assert "'Version: 0.37.8\r\n" in vendor["xlwings"]
    assert "BSD 3-clause" in vendor["xlwings"]
    assert "Zoomer Analytics LLC" in vendor["xlwings"]
    assert "Tim Hall" in vendor["Dictionary"]
    assert "license: MIT" in vendor["Dictionary"]
    kept = {path.name for path in ROOT.joinpath("macros").iterdir()}
    assert not {"xlwings.bas", "Dictionary.cls"} & kept


def test_a_module_of_another_version_than_the_package_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "version", lambda _: "0.38.0")
    with pytest.raises(RiskbookError, match=r"of version 0\.38\.0 and its module is of another"):
        sources.vendor()


def test_without_xlwings_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    with pytest.raises(RiskbookError, match="xlwings is not installed"):
        sources.vendor()


def test_a_missing_source_is_an_error_and_no_empty_module(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sources, "FOLDERS", (tmp_path,))
    with pytest.raises(RiskbookError, match=r"RiskbookTell\.bas, is missing"):
        sources.modules(["RiskbookTell"])


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        ('Attribute VB_Name = "Other"\n', "does not begin with its own name"),
        ("Option Explicit\n", "does not begin with its own name"),
        ('Attribute VB_Name = "Mine"\n\' 5 \u2265 3\n', "line 2, has a character"),
    ],
)
def test_a_module_that_vba_would_change_is_refused(module: str, sentence: str) -> None:
    with pytest.raises(RiskbookError, match=sentence):
        sources.checked("Mine", module)


def test_a_letter_of_the_code_page_is_kept() -> None:
    module = 'Attribute VB_Name = "Mine"\n\' caf\u00e9, 5 \u20ac\n'
    assert sources.checked("Mine", module) == module


@pytest.mark.parametrize(
    "path",
    [
        "python",
        "python.exe",
        r"riskbook\python.exe",
        r"C:python.exe",
        '/opt/"riskbook"/python',
        r"%LOCALAPPDATA%\python.exe",
        "/opt/risk;book/python",
        "$HOME/python",
        "/opt/a&b/python",
        "/opt/\u2265/python",
        "/opt/a\nb/python",
        "",
    ],
)
def test_what_is_no_full_path_cannot_be_the_program(path: str) -> None:
    with pytest.raises(RiskbookError, match="cannot be the program"):
        Interpreters(windows=path)
    with pytest.raises(RiskbookError, match="Give its full path"):
        Interpreters(mac=path)


def test_a_chosen_program_stands_in_the_modules_and_nowhere_the_usual_one() -> None:
    chosen = Interpreters(windows=r"D:\riskbook\python.exe", mac="/opt/riskbook/python3")
    for names in (sources.BUTTONS, sources.ADD_IN):
        found = sources.modules(names, chosen)
        assert facts.programs_in(found) == {
            "INTERPRETER_WIN": r"D:\riskbook\python.exe",
            "INTERPRETER_MAC": "/opt/riskbook/python3",
        }
        assert not any(DEFAULT.windows in module for module in found.values())


def test_programs_named_alone_stand_for_all() -> None:
    alone = sources.chosen("/opt/python3")
    assert (alone.windows, alone.mac, alone.linux) == ("/opt/python3",) * 3
    two = sources.chosen(r"D:\python.exe", "/opt/python3")
    assert (two.windows, two.mac) == (r"D:\python.exe", "/opt/python3")
    assert sources.chosen(None) == DEFAULT


def test_a_project_holds_the_text_and_no_compiled_code() -> None:
    modules = sources.modules(sources.ADD_IN)
    made = project.project(shell("Test", ()), modules)
    assert made == project.project(shell("Test", ()), modules)
    found = project.modules_of(made)
    for name in ("RiskbookRunner", "RiskbookTell"):
        assert found[name] == modules[name]
    marker = "Option Explicit"  # above it a project keeps more about a class than a file does
    assert found["RiskbookStart"].split(marker)[1] == modules["RiskbookStart"].split(marker)[1]
    assert sorted(found) == sorted([*modules, "ThisWorkbook", "Sheet1"])
    from pyopenvba.cfb import CFB

    container = CFB.from_bytes(made)
    assert container.get_stream_in_storage("VBA", "_VBA_PROJECT").hex() == "cc61ffff000000"


@pytest.mark.parametrize("damage", [b"", b"no project", None])
def test_a_damaged_project_is_refused_with_a_sentence(damage: bytes | None) -> None:
    data = project.project(shell("Test", ()), sources.modules(["RiskbookTell"]))
    with pytest.raises(RefusedError, match="macros in the workbook are damaged"):
        project.modules_of(data[:3000] if damage is None else damage)


def test_what_excel_does_to_a_text_when_it_saves_is_no_other_macro() -> None:
    modules = sources.modules(["RiskbookRunner"])
    saved = modules["RiskbookRunner"].replace("complaint", "Complaint").replace(", ", ",")
    saved = saved.replace("\r\n", "\n").replace(DEFAULT.windows, r"D:\python.exe")
    assert facts.facts_of({"RiskbookRunner": saved}) == facts.facts_of(modules)


def test_another_letter_is_another_macro() -> None:
    modules = sources.modules(["RiskbookRunner"])
    changed = modules["RiskbookRunner"].replace(" -I -B ", " -B ")
    assert facts.facts_of({"RiskbookRunner": changed}) != facts.facts_of(modules)


def test_a_sheet_s_module_is_a_fact_only_when_there_is_code_in_it() -> None:
    header = 'Attribute VB_Name = "Sheet1"\r\nAttribute VB_Base = "0{0002}"\r\n'
    assert facts.facts_of({"Sheet1": header}) == ()
    (fact,) = facts.facts_of({"Sheet1": header + "Private Sub Worksheet_Activate()\r\nEnd Sub\r\n"})
    assert fact.startswith("macros Sheet1: ")


def test_the_line_of_the_add_in_is_put_together_as_the_macro_does() -> None:
    start = lines.outside(DEFAULT.windows, "refresh", r"S:\Legal & Democratic\Reg.xlsm", "42")
    assert lines.line(start) == (
        r'"C:\Program Files\riskbook\python\python.exe" -I -B -m riskbook.excel refresh '
        r'--book "S:\Legal & Democratic\Reg.xlsm" --hwnd 42'
    )


def test_of_an_address_of_the_web_only_the_name_is_handed_over() -> None:
    address = "https://council.sharepoint.com/sites/risk/Shared Documents/Reg.xlsm"
    start = lines.outside("/opt/python3", "check", address, "7")
    assert start.arguments == (
        *("/opt/python3", "-I", "-B", "-m", "riskbook.excel", "check"),
        *("--book", "Reg.xlsm", "--hwnd", "7"),
    )


def test_what_xlwings_starts_follows_the_settings() -> None:
    rows = dict(settings.rows(DEFAULT.windows, DEFAULT.mac))
    start = lines.inside(DEFAULT.windows, "check", r"C:\Registers\Reg.xlsm", rows)
    assert start.folder == r"C:\Program Files\riskbook\python"
    assert start.arguments[1:4] == (
        "-B",
        "-c",
        "import xlwings.utils;xlwings.utils.prepare_sys_path("
        r'"False;C:\\Registers\\Reg.xlsm;C:\\Registers\\Reg.xlsm;;;;"); '
        "import riskbook.excel; riskbook.excel.check()",
    )
    assert start.arguments[4] == "--wb=Reg.xlsm"
