"""The doctor: each obstacle found and not found, from facts that are written down here."""

import json
import os
import py_compile
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from riskbook.core.commands import COMMANDS
from riskbook.edge.doctor import (
    JUDGES,
    book,
    folders,
    judged,
    libreoffice,
    machine,
    marks,
    registry,
)
from riskbook.edge.doctor.facts import Book, Location, Machine, Office, Policies
from riskbook.edge.doctor.report import Obstacle, Report, State
from riskbook.edge.xlsx.package import Package
from tests.support import ROOT

TEMPLATES = ROOT / "workbook_templates"
PYTHON = r"C:\Program Files\riskbook\python\python.exe"
ADD_IN = r"C:\Program Files\riskbook\riskbook.xlam"
PROGRAMS = {
    "win32": PYTHON,
    "darwin": "/Library/Application Support/riskbook/bin/python3",
    "linux": "/opt/riskbook/bin/python3",
}
RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"

SOUND: dict[str, Any] = {
    "system": "win32",
    "python": (3, 11, 9),
    "executable": PYTHON,
    "packages": {"xlwings": "0.37.8", "pandas": "3.1.1"},
    "needed": ("xlwings", "pandas"),
    "package": r"C:\Program Files\riskbook\python\Lib\site-packages\riskbook",
    "office": Office(path="soffice", version="7.4", helper="you", program=PYTHON),
    "policies": Policies(
        macros=2,
        trusted=(Location(path=r"C:\Program Files\riskbook"), Location(path="D:\\", below=True)),
        add_ins=(ADD_IN,),
        excel="16.0.1",
    ),
    "exists": lambda path: path == PYTHON,
}
GOOD: dict[str, Any] = {
    "name": "Register.xlsm",
    "path": r"D:\Risk\Register.xlsm",
    "macros": True,
    "programs": {"INTERPRETER_WIN": PYTHON},
    "settings": {"INTERPRETER_WIN": PYTHON, "ADD_WORKBOOK_TO_PYTHONPATH": "False"},
    "modules": {
        "xlwings": 'Public Const XLWINGS_VERSION As String = "0.37.8"',
        "RiskbookButtons": 'RunPython "import riskbook.excel"',
    },
}


def policy(**facts: Any) -> dict[str, Any]:
    return {"policies": Policies(trusted=(Location(path="D:\\", below=True),), **facts)}


def report(pc: Mapping[str, Any] = {}, file: Mapping[str, Any] | None = {}) -> Report:
    """The report on a sound PC and a good workbook, each with some facts changed."""
    given = None if file is None else Book(**{**GOOD, **file})
    return judged(Machine(**{**SOUND, **pc}), given)


def obstacle(found: Report, name: str) -> Obstacle:
    return next(each for each in found.obstacles if each.name == name)


def test_nothing_stands_in_the_way_of_a_sound_pc_and_a_good_workbook() -> None:
    found = report()

    assert {
        each.name: each.state.value for each in found.obstacles if each.name != "mac-script"
    } == (
        dict.fromkeys(
            [
                *("python-version", "packages", "interpreter-path", "interpreter-differs"),
                *("interpreter-folder", "bytecode", "child-process", "macros-disabled"),
                *("trusted-location", "libreoffice-helper", "workbook", "locked-file"),
                *("cloud-path", "mark-of-the-web", "protected-view", "xlwings-version"),
                "workbook-settings",
            ],
            "ok",
        )
    )
    assert found.exit_code == 0
    assert len(found.obstacles) == len(JUDGES)


FOUND: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("python-version", {"python": (3, 11, 8)}, {}, "3.11.8", "3.11.9"),
    ("packages", {"packages": {"pandas": "3"}}, {}, "xlwings", "--require-hashes"),
    ("interpreter-path", {}, {"programs": {"INTERPRETER_WIN": "python"}}, "no full path", PYTHON),
    ("interpreter-path", {}, {"programs": {"INTERPRETER_WIN": r"E:\p.exe"}}, r"E:\p.exe", "build"),
    (
        "interpreter-path",
        {"office": Office(path="s", program="python3")},
        {},
        "LibreOffice",
        "Build",
    ),
    ("interpreter-differs", {"executable": r"E:\py\python.exe"}, {}, PYTHON, r"E:\py\python.exe"),
    ("interpreter-folder", {"open_folder": r"C:\Users\ann"}, {}, r"C:\Users\ann", "administrators"),
    ("bytecode", {"uncompiled": 3}, {}, "3 modules", "compileall"),
    (
        "child-process",
        policy(child_process="1"),
        {},
        "blocks what Excel starts: the rule",
        "--live",
    ),
    ("child-process", policy(child_process="6"), {}, "warns", "--live"),
    (
        "macros-disabled",
        policy(macros=4, macros_by_policy=True),
        {},
        "A policy disables",
        "trusted",
    ),
    ("macros-disabled", policy(macros=4), {}, "The Trust Center disables", "trusted"),
    ("macros-disabled", policy(macros=3), {}, "only signed", "Sign riskbook.xlam"),
    ("macros-disabled", policy(vba_off=True, macros=1), {}, "Visual Basic off", "--live"),
    ("trusted-location", policy(), {"path": r"C:\Risk\Register.xlsm"}, r"C:\Risk", "Trusted"),
    ("trusted-location", policy(trusted_off=True), {}, "switches trusted locations off", "sign"),
    ("libreoffice-helper", {"office": Office(path="s")}, {}, "no riskbook extension", "unopkg.exe"),
    ("workbook", {}, {"refused": "It is damaged.", "refused_fix": "save it again."}, "dam", "Save"),
    ("locked-file", {}, {"busy": "Open in Excel by Ann.", "busy_fix": "close it."}, "Ann", "Close"),
    ("cloud-path", {}, {"path": r"C:\Users\ann\OneDrive - Council\R.xlsm"}, "Council", "--live"),
    ("cloud-path", {"synchronised": ("d:\\risk",)}, {}, "d:\\risk", "not synchronised"),
    (
        "cloud-path",
        {},
        {"name": "https://council.example/R.xlsm", "path": ""},
        "SharePoint",
        "copy",
    ),
    ("mark-of-the-web", {}, {"mark": "Zone.Identifier, from the internet"}, "internet", "Unblock"),
    ("protected-view", {}, {"mark": "Zone.Identifier"}, "mark of the web", "Enable Editing"),
    ("protected-view", {}, {"path": r"C:\U\INetCache\Content.Outlook\R.xlsm"}, "folder", "Enable"),
    (
        "xlwings-version",
        {"packages": {"xlwings": "0.38.1"}},
        {},
        "0.37.8; installed is 0.38.1",
        "0.37.8",
    ),
    ("xlwings-version", {"packages": {}}, {}, "installed is none", "Install"),
    (
        "workbook-settings",
        {},
        {"strange": ("the setting PYTHONPATH is 'E:'",)},
        "PYTHONPATH",
        "new",
    ),
]


@pytest.mark.parametrize(("name", "pc", "file", "what", "fix"), FOUND)
def test_an_obstacle_is_found_and_has_a_remedy(
    name: str, pc: dict[str, Any], file: dict[str, Any], what: str, fix: str
) -> None:
    found = report(pc, file)

    assert obstacle(found, name).state is State.FOUND
    assert what in obstacle(found, name).what
    assert fix in obstacle(found, name).fix
    assert found.exit_code == 1


def test_each_obstacle_but_that_of_the_mac_is_found_in_some_case_above() -> None:
    names = {each.name for each in report().obstacles}

    assert {case[0] for case in FOUND} == names - {"mac-script"}


LINUX = {"system": "linux", "policies": None, "executable": "/opt/riskbook/bin/python3"}
UNKNOWN: list[tuple[str, dict[str, Any], dict[str, Any] | None, str]] = [
    ("child-process", LINUX, {}, "on Windows only"),
    ("child-process", policy(child_process="denied"), {}, "may not read"),
    ("macros-disabled", LINUX, {}, "on Windows only"),
    ("trusted-location", LINUX, {}, "on Windows only"),
    ("trusted-location", policy(), None, "does not load riskbook.xlam"),
    ("protected-view", LINUX, {}, "Excel for Windows"),
    ("interpreter-folder", {"open_known": False}, {}, "administrator"),
    ("interpreter-differs", LINUX | {"office": None}, None, "Nothing here names"),
    ("workbook", {}, None, "No workbook was given"),
    ("workbook", {}, {"name": "https://council.example/R.xlsm", "path": ""}, "not opened"),
    ("xlwings-version", {}, {"unread": "pyopenvba is not installed"}, "pyopenvba"),
    ("xlwings-version", {}, {"refused": "No.", "refused_fix": "x."}, "was not opened"),
    ("locked-file", {}, None, "No workbook was given"),
]


@pytest.mark.parametrize(("name", "pc", "file", "why"), UNKNOWN)
def test_what_cannot_be_known_says_why_and_where_to_look(
    name: str, pc: dict[str, Any], file: dict[str, Any] | None, why: str
) -> None:
    found = obstacle(report(pc, file), name)

    assert found.state is State.UNKNOWN
    assert why in found.what
    assert found.fix.endswith(".")


@pytest.mark.parametrize(
    ("name", "pc", "file", "what"),
    [
        ("child-process", policy(child_process="2"), {}, "audit"),
        ("child-process", policy(child_process="0"), {}, "is off"),
        ("child-process", policy(), {}, "is not set"),
        ("macros-disabled", policy(macros=1), {}, "runs all macros"),
        ("libreoffice-helper", {"office": None}, {}, "was not found"),
        ("xlwings-version", {}, {"modules": {}}, "no xlwings module"),
        ("workbook-settings", {}, {"settings": None}, "no settings"),
        ("interpreter-path", {"office": None}, None, "full path"),
    ],
)
def test_what_is_not_in_the_way_is_ok(
    name: str, pc: dict[str, Any], file: dict[str, Any] | None, what: str
) -> None:
    found = obstacle(report(pc, file), name)

    assert (found.state, found.fix) == (State.OK, "")
    assert what in found.what


def test_a_mac_needs_its_scripts() -> None:
    mac = {"system": "darwin", "policies": None, "scripts": {"riskbook.applescript": False}}

    missing = obstacle(report(mac), "mac-script")
    there = obstacle(report(mac | {"scripts": {"riskbook.applescript": True}}), "mac-script")

    assert missing.state is State.FOUND
    assert "~/Library/Application Scripts/com.microsoft.Excel" in missing.fix
    assert there.state is State.OK


@pytest.mark.parametrize(
    ("mark", "fix"),
    [
        ("com.apple.quarantine", 'run xattr -d com.apple.quarantine "/r/R.xlsx"'),
        ("user.xdg.origin.url", 'run setfattr -x user.xdg.origin.url "/r/R.xlsx"'),
    ],
)
def test_a_mark_is_taken_off_as_its_system_does(mark: str, fix: str) -> None:
    found = report(LINUX, {"mark": mark, "path": "/r/R.xlsx"})

    assert fix in obstacle(found, "mark-of-the-web").fix


# --- what the buttons run ----------------------------------------------------------------


def test_every_button_says_what_it_runs_on_windows() -> None:
    found = report().buttons

    assert [each.name for each in found] == [command.name for command in COMMANDS]
    start = f'"{PYTHON}" -I -B -m riskbook.excel'
    assert found[0].runs == rf'{start} refresh --book "D:\Risk\Register.xlsm" --hwnd WINDOW'
    assert found[0].macro.startswith(f'"{PYTHON}" -B -c "import xlwings.utils;')
    assert "riskbook.excel.next_finding()" in found[2].macro
    assert found[5].equal == "riskbook snapshot FILE"


@pytest.mark.parametrize(("system", "end"), [("darwin", ""), ("linux", " --pipe")])
def test_and_elsewhere(system: str, end: str) -> None:
    pc = {"system": system, "policies": None, "office": None, "executable": "/opt/r/python3"}

    found = report(pc, None).buttons[1]

    assert found.runs == f'"/opt/r/python3" -I -B -m riskbook.excel check --book "FILE"{end}'
    assert found.macro == ""


def test_a_remedy_goes_with_an_obstacle_and_with_nothing_else() -> None:
    with pytest.raises(ValueError, match="a remedy goes with"):
        Obstacle(name="x", state=State.FOUND, what="It is there.")
    with pytest.raises(ValueError, match="a remedy goes with"):
        Obstacle(name="x", state=State.OK, what="Fine.", fix="Mend it.")


def test_the_report_is_json() -> None:
    document = json.loads(json.dumps(report().document()))

    assert list(document) == ["installed", "buttons", "obstacles"]
    assert document["installed"][1] == {"name": "Python", "version": "3.11.9", "where": PYTHON}
    assert set(document["buttons"][0]) == {"name", "label", "runs", "macro", "equal"}
    assert set(document["obstacles"][0]) == {"name", "state", "what", "fix"}


# --- the registry of Windows -------------------------------------------------------------

GUARD = r"Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
POLICY, OWN = r"Software\Policies\Microsoft\Office\16.0", r"Software\Microsoft\Office\16.0"


class MadeUp:
    """A registry: hive and key -> its values."""

    def __init__(self, keys: Mapping[str, Mapping[str, str | int]]) -> None:
        self.held = keys

    def values(self, hive: str, key: str) -> Mapping[str, str | int]:
        found = self.held.get(f"{hive}\\{key}", {})
        if "forbidden" in found:
            raise PermissionError
        return found

    def keys(self, hive: str, key: str) -> tuple[str, ...]:
        start = f"{hive}\\{key}\\"
        return tuple(each.removeprefix(start) for each in self.held if each.startswith(start))


def policies(keys: Mapping[str, Mapping[str, str | int]], *files: str) -> Policies:
    def expand(path: str) -> str:
        return path.replace("%APPDATA%", r"C:\U\Roaming").replace("%ProgramFiles%", r"C:\PF")

    return registry.policies(MadeUp(keys), expand, lambda path: path in files)


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        ({}, ""),
        ({rf"HKLM\SOFTWARE\Policies\{GUARD}": {RULE: "1"}}, "1"),
        ({rf"HKLM\SOFTWARE\Policies\{GUARD}": {RULE: "2"}}, "2"),
        ({rf"HKLM\SOFTWARE\{GUARD}": {RULE: 6}}, "6"),
        (
            {
                rf"HKLM\SOFTWARE\Policies\{GUARD}": {RULE: "0"},
                r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager": {
                    "asrrules": f"aaaa=2|{RULE.upper()}=1"
                },
            },
            "1",
        ),
        ({rf"HKLM\SOFTWARE\Policies\{GUARD}": {"forbidden": 1}}, "denied"),
    ],
)
def test_the_rule_of_defender_is_read_wherever_it_is_set(
    keys: dict[str, dict[str, str | int]], state: str
) -> None:
    assert policies(keys).child_process == state


def test_a_policy_on_macros_is_stronger_than_the_user_s_choice() -> None:
    own = {rf"HKCU\{OWN}\Excel\Security": {"vbawarnings": 1}}
    both = own | {rf"HKCU\{POLICY}\Excel\Security": {"vbawarnings": 4}}

    assert (policies(own).macros, policies(own).macros_by_policy) == (1, False)
    assert (policies(both).macros, policies(both).macros_by_policy) == (4, True)
    assert policies({rf"HKLM\{POLICY}\Common": {"vbaoff": 1}}).vba_off
    assert not policies({rf"HKCU\{POLICY}\Excel\Security": {"forbidden": 1}}).vba_off


def test_trusted_locations_are_those_of_policies_and_users() -> None:
    keys: dict[str, dict[str, str | int]] = {
        rf"HKCU\{POLICY}\Excel\Security\Trusted Locations\Location3": {
            "path": r"%ProgramFiles%\riskbook",
            "allowsubfolders": 1,
        },
        rf"HKCU\{OWN}\Excel\Security\Trusted Locations\Location9": {"path": "E:\\mine"},
    }
    by_policy = Location(path=r"C:\PF\riskbook", below=True)

    assert policies(keys).trusted == (by_policy, Location(path="E:\\mine"))

    keys[rf"HKCU\{POLICY}\Common\Security\Trusted Locations"] = {"allow user locations": 0}
    keys[rf"HKCU\{POLICY}\Excel\Security\Trusted Locations"] = {"alllocationsdisabled": 1}
    assert policies(keys).trusted == (by_policy,)
    assert policies(keys).trusted_off


def test_the_add_ins_are_those_that_excel_loads() -> None:
    start = r"C:\PF\Office16\XLSTART\riskbook.xlam"
    keys: dict[str, dict[str, str | int]] = {
        rf"HKCU\{OWN}\Excel\Options": {
            "open": r'/R "%ProgramFiles%\riskbook\riskbook.xlam"',
            "open1": "riskbook.xlam",
            "open2": "solver.xlam",
        },
        r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe": {
            "": r"C:\PF\Office16\EXCEL.EXE"
        },
    }

    assert policies(keys, start).add_ins == (
        r"C:\PF\riskbook\riskbook.xlam",
        r"C:\U\Roaming\Microsoft\AddIns\riskbook.xlam",
        start,
    )


@pytest.mark.parametrize(
    ("place", "file", "held"),
    [
        (Location(path="C:\\Apps\\"), r"c:\apps\R.xlam", True),
        (Location(path=r"C:\Apps"), r"C:\Apps\deep\R.xlam", False),
        (Location(path=r"C:\Apps", below=True), r"C:\Apps\deep\R.xlam", True),
        (Location(path=r"C:\Apps", below=True), r"C:\Apps2\R.xlam", False),
    ],
)
def test_a_location_holds_what_lies_in_it(place: Location, file: str, held: bool) -> None:
    assert place.holds(file) is held


# --- the probes --------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user with a LibreOffice that has no extension."""
    program = tmp_path / "lo" / "program"
    program.mkdir(parents=True)
    (tmp_path / "lo" / "share").mkdir()
    (program / "soffice").write_text("", encoding="utf-8")
    (program / "soffice").chmod(0o755)
    (program / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 7.4\n", "utf-8")
    return tmp_path


def unpacked(cache: Path, identifier: str = libreoffice.EXTENSION) -> Path:
    folder = cache / "uno_packages" / "lu1.tmp_" / "riskbook.oxt"
    (folder / "python" / "pythonpath").mkdir(parents=True)
    (folder / "description.xml").write_text(
        '<d:description xmlns:d="http://openoffice.org/extensions/description/2006">'
        f'<d:identifier value="{identifier}"/></d:description>',
        encoding="utf-8",
    )
    (folder / "python" / "pythonpath" / "riskbook_settings.py").write_text(
        f"INTERPRETERS = {PROGRAMS!r}\nCOMMANDS = ()\n", encoding="utf-8"
    )
    return folder


def looked(home: Path) -> Office:
    environment = {"PATH": str(home / "lo" / "program"), "XDG_CONFIG_HOME": str(home / "config")}
    found = libreoffice.look("linux", environment, home)
    assert found is not None
    return found


def test_libreoffice_without_the_extension(home: Path) -> None:
    soffice = str(home / "lo" / "program" / "soffice")

    assert looked(home) == Office(path=soffice, version="7.4", helper="", program="")


def test_an_extension_of_the_user_counts_while_it_is_listed(home: Path) -> None:
    cache = home / "config" / "libreoffice" / "4" / "user" / "uno_packages" / "cache"
    unpacked(cache)
    assert looked(home).helper == ""  # removed: LibreOffice keeps the folder for a while
    (cache / "uno_packages.pmap").write_bytes(b"Pmp1\norg.riskbook.toolbar\nlu1.tmp\n")

    assert (looked(home).helper, looked(home).program) == ("you", "/opt/riskbook/bin/python3")


def test_an_extension_for_all_users_counts_unless_it_is_removed(home: Path) -> None:
    cache = home / "lo" / "share" / "uno_packages" / "cache"
    unpacked(cache)
    assert looked(home).helper == "all users"

    (cache / "uno_packages" / "lu1.tmpremoved").write_text("", encoding="utf-8")
    assert looked(home).helper == ""


@pytest.mark.parametrize(
    ("system", "program"),
    [
        ("linux", "/opt/riskbook/bin/python3"),
        ("darwin", "/Library/Application Support/riskbook/bin/python3"),
        ("win32", PYTHON),
        ("freebsd14", "/opt/riskbook/bin/python3"),
    ],
)
def test_the_extension_names_a_program_for_each_system(
    tmp_path: Path, system: str, program: str
) -> None:
    folder = unpacked(tmp_path)

    assert libreoffice._program(folder, system) == program


def test_the_doctor_reads_what_the_built_extension_says(tmp_path: Path) -> None:
    settings = tmp_path / "python" / "pythonpath" / "riskbook_settings.py"
    settings.parent.mkdir(parents=True)
    with ZipFile(TEMPLATES / "riskbook.oxt") as package:
        settings.write_bytes(package.read("python/pythonpath/riskbook_settings.py"))

    assert libreoffice._program(tmp_path, "linux") == "/opt/riskbook/bin/python3"
    assert libreoffice._program(tmp_path, "win32") == PYTHON


@pytest.mark.parametrize(
    "text", ["", "INTERPRETERS = [1]", "INTERPRETERS = {", "INTERPRETERS = f()"]
)
def test_settings_that_say_nothing_name_no_program(tmp_path: Path, text: str) -> None:
    folder = unpacked(tmp_path)
    (folder / "python" / "pythonpath" / "riskbook_settings.py").write_text(text, "utf-8")

    assert libreoffice._program(folder, "linux") == ""


@pytest.mark.parametrize("whose", ["you", "all users"])
def test_the_extension_works_however_it_was_installed(whose: str) -> None:
    office = Office(path="soffice", version="7.4", helper=whose, program=PYTHON)

    found = obstacle(report({"office": office}), "libreoffice-helper")

    assert found.state is State.OK
    assert found.what == f"LibreOffice's extension is installed for {whose}."


def test_another_extension_is_not_ours(home: Path) -> None:
    unpacked(home / "lo" / "share" / "uno_packages" / "cache", "org.example.other")

    assert looked(home).helper == ""


@pytest.mark.parametrize("text", ["<!DOCTYPE d><d/>", "<d", ""])
def test_a_broken_description_is_no_extension(home: Path, text: str) -> None:
    folder = unpacked(home / "lo" / "share" / "uno_packages" / "cache")
    (folder / "description.xml").write_text(text, encoding="utf-8")

    assert looked(home).helper == ""


def test_where_there_is_no_libreoffice(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path), "ProgramFiles": str(tmp_path)}

    assert libreoffice.look("win32", environment, tmp_path) is None


@pytest.mark.parametrize(
    ("stream", "mark"),
    [
        (
            b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://x\r\n",
            "Zone.Identifier, from the internet",
        ),
        (b"[ZoneTransfer]\r\nzoneid = 4\r\n", "Zone.Identifier, from a place that is not trusted"),
        (b"[ZoneTransfer]\r\nZoneId=2\r\n", ""),
        (b"[ZoneTransfer]\r\n", ""),
        (b"", ""),
    ],
)
def test_the_zone_of_a_file(stream: bytes, mark: str) -> None:
    assert marks.zone(stream) == mark


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python has attributes on Linux only")
def test_a_downloaded_file_is_known_on_linux(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"x")
    assert marks.mark_of(str(path), "linux") == ""
    try:
        os.setxattr(path, "user.xdg.origin.url", b"https://x")
    except OSError:
        pytest.skip("this disk keeps no attributes")

    assert marks.mark_of(str(path), "linux") == "user.xdg.origin.url"
    assert marks.mark_of(str(path), "win32") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are asked otherwise there")
def test_a_folder_that_others_may_write_to_is_found_and_so_is_one_above(tmp_path: Path) -> None:
    below = tmp_path / "open" / "bin"
    below.mkdir(parents=True)
    below.chmod(0o755)
    (tmp_path / "open").chmod(0o777)

    assert folders.first_open([below]) in (
        (str(tmp_path / "open"), True),  # for root, who is asked for the rights of others
        (str(below), True),  # for an ordinary user, whose own folder it is
    )


def test_modules_without_bytecode_are_counted(tmp_path: Path) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    assert folders.uncompiled(tmp_path) == 2

    py_compile.compile(str(tmp_path / "one.py"), doraise=True)
    assert folders.uncompiled(tmp_path) == 1

    (tmp_path / "one.py").write_text("x = 22\n", encoding="utf-8")
    assert folders.uncompiled(tmp_path) == 2


def test_this_computer_can_be_looked_at() -> None:
    found = machine.look()

    assert found.system == sys.platform
    assert found.python == sys.version_info[:3]
    assert found.packages["xlwings"].startswith("0.37.")
    assert Path(found.package) == ROOT / "riskbook"
    assert machine.version("no-such-package-at-all") == ""


def test_folders_that_onedrive_keeps_in_step(tmp_path: Path) -> None:
    (tmp_path / "Library" / "CloudStorage" / "OneDrive-Council").mkdir(parents=True)

    assert list(machine.synchronised({"OneDriveCommercial": "C:\\o"}, tmp_path)) == [
        "C:\\o",
        str(tmp_path / "Library" / "CloudStorage" / "OneDrive-Council"),
    ]


def test_the_scripts_of_a_mac(tmp_path: Path) -> None:
    folder = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel"
    folder.mkdir(parents=True)
    (folder / "riskbook.applescript").write_text("", encoding="utf-8")

    found = machine.scripts(tmp_path)

    assert found["riskbook.applescript"]
    assert [there for name, there in found.items() if name.startswith("xlwings-0.37.")] == [False]


# --- looking into a file -----------------------------------------------------------------


def test_a_workbook_with_buttons_names_its_program_and_its_version() -> None:
    found = book.look_at(str(TEMPLATES / "council-5x5.xlsm"))

    assert (found.refused, found.strange, found.macros, found.unread) == ("", (), True, "")
    assert found.programs["INTERPRETER_WIN"] == PYTHON
    assert 'XLWINGS_VERSION As String = "0.37.8"' in found.modules["xlwings"]
    assert found.settings is not None
    assert found.settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"


def test_the_add_in_names_its_program_in_its_macros() -> None:
    found = book.look_at(str(TEMPLATES / "riskbook.xlam"))

    assert found.programs["INTERPRETER_WIN"] == PYTHON
    assert found.settings is None


def test_changed_settings_are_reported_and_not_followed(tmp_path: Path) -> None:
    package = Package.parse((TEMPLATES / "council-5x5.xlsm").read_bytes())
    planted = tmp_path / "planted.exe"
    part = next(each for each in package.names if PYTHON.encode() in package.part(each))
    path = tmp_path / "Register.xlsm"
    changed = package.part(part).replace(PYTHON.encode(), planted.name.encode())
    path.write_bytes(package.replaced({part: changed}))

    found = book.look_at(str(path))

    assert found.programs["INTERPRETER_WIN"] == "planted.exe"
    assert found.strange == ("the setting INTERPRETER_WIN is 'planted.exe'",)


def test_a_damaged_project_is_said(tmp_path: Path) -> None:
    package = Package.parse((TEMPLATES / "riskbook.xlam").read_bytes())
    path = tmp_path / "riskbook.xlam"
    path.write_bytes(package.replaced({"xl/vbaProject.bin": b"nonsense"}))

    found = book.look_at(str(path))

    assert (found.modules, found.unread) == ({}, "The macros in the workbook are damaged.")


def test_without_the_package_that_reads_macros_the_rest_is_still_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("pyopenvba", "pyopenvba.cfb"):  # the second may be there from another test
        monkeypatch.setitem(sys.modules, name, None)

    found = book.look_at(str(TEMPLATES / "council-5x5.xlsm"))

    assert found.unread == "pyopenvba is not installed"
    assert found.programs["INTERPRETER_WIN"] == PYTHON


@pytest.mark.parametrize("name", ["missing.xlsx", "text.xlsx"])
def test_a_file_that_is_refused_is_a_fact(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")

    found = book.look_at(str(tmp_path / name))

    assert name in found.refused
    assert found.refused_fix


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions there")
def test_who_holds_a_file_is_a_fact(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes((TEMPLATES / "council-5x5.xlsx").read_bytes())
    assert book.look_at(str(path)).busy == ""
    (tmp_path / ".~lock.Register.xlsx#").write_text(",ann,pc,,;", encoding="utf-8")
    assert "open in LibreOffice by ann" in book.look_at(str(path)).busy

    path.chmod(stat.S_IRUSR)
    assert "read-only" in book.look_at(str(path)).busy


def test_an_address_of_the_web_is_not_opened() -> None:
    found = book.look_at("https://council.example/sites/risk/Register.xlsm")

    assert (found.is_address, found.path, found.refused, found.suffix) == (True, "", "", ".xlsm")
