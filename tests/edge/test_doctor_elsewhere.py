"""The probes that only Windows or a Mac can answer, against made-up systems.

The calls themselves are the real ones; what answers them here is written down.  Whether
Windows answers like that is a step of docs/excel-check.md.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from riskbook.edge.doctor import libreoffice, marks
from riskbook.edge.doctor import windows as here
from riskbook.edge.doctor.facts import Policies

posix = pytest.mark.skipif(sys.platform == "win32", reason="the real Windows answers there")
EXCEL = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
TRUSTED = rf"{EXCEL}\Trusted Locations"
KEYS: dict[tuple[str, str], dict[str, Any]] = {
    ("HKCU", EXCEL): {"VBAWarnings": 3, "Blob": b"\x00"},
    ("HKCU", TRUSTED): {},
    ("HKCU", rf"{TRUSTED}\Location1"): {"Path": r"%RB%\riskbook", "AllowSubFolders": 1},
}


class Winreg(ModuleType):
    """Python's module ``winreg``, over :data:`KEYS`."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = "HKLM", "HKCU"
    KEY_READ, KEY_WOW64_64KEY = 1, 2

    @contextmanager
    def OpenKey(self, hive: str, key: str, zero: int, access: int) -> Iterator[Any]:  # noqa: N802
        assert (zero, access) == (0, 3)
        if (hive, key) not in KEYS:
            raise FileNotFoundError(key)
        below = [
            k.removeprefix(key + "\\") for h, k in KEYS if h == hive and k.startswith(key + "\\")
        ]
        yield list(KEYS[hive, key].items()), [name for name in below if "\\" not in name]

    def QueryInfoKey(self, handle: Any) -> tuple[int, int, int]:  # noqa: N802
        return len(handle[1]), len(handle[0]), 0

    def EnumValue(self, handle: Any, place: int) -> tuple[str, Any, int]:  # noqa: N802
        return (*handle[0][place], 1)

    def EnumKey(self, handle: Any, place: int) -> str:  # noqa: N802
        found: str = handle[1][place]
        return found


class Call:
    """A function of a Windows library, that remembers what it was asked."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer, self.asked, self.restype = answer, [], None

    def __call__(self, *args: Any) -> Any:
        self.asked.append(args)
        return self.answer(*args)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module as Windows would load it; ``libraries`` are what it calls."""
    no_handle = ctypes.c_void_p(-1).value
    libraries = SimpleNamespace(
        kernel32=SimpleNamespace(
            CreateFileW=Call(lambda folder, *rest: 7 if "Users" in folder else no_handle),
            CloseHandle=Call(lambda handle: 1),
        ),
        shell32=SimpleNamespace(IsUserAnAdmin=Call(lambda: 0)),
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", libraries, raising=False)
    monkeypatch.setitem(sys.modules, "winreg", Winreg("winreg"))
    spec = importlib.util.spec_from_file_location("windows_as_there", here.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.libraries = libraries  # type: ignore[attr-defined]
    return module


@posix
def test_policies_come_from_the_registry(windows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expandvars", lambda path: path.replace("%RB%", "C:\\Apps"))

    found: Policies = windows.policies()

    assert (found.macros, found.macros_by_policy, found.child_process) == (3, True, "")
    assert [(place.path, place.below) for place in found.trusted] == [(r"C:\Apps\riskbook", True)]


@posix
def test_the_right_to_add_a_file_is_asked_for_and_nothing_is_written(windows: Any) -> None:
    assert windows.may_add_files(r"C:\Users\ann\python")
    assert not windows.may_add_files(r"C:\Program Files\riskbook\python")

    kernel = windows.libraries.kernel32
    # FILE_ADD_FILE, shared with everybody, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS
    assert kernel.CreateFileW.asked[0][1:] == (2, 7, None, 3, 0x02000000, None)
    assert len(kernel.CloseHandle.asked) == 1


@posix
def test_an_administrator_is_known(windows: Any) -> None:
    assert windows.is_administrator() is False
    windows.libraries.shell32.IsUserAnAdmin.answer = lambda: 1
    assert windows.is_administrator() is True


@posix
def test_the_stream_beside_a_file_is_read(windows: Any, tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    assert windows.zone_of(str(path)) == b""
    # elsewhere a colon is a letter of a name like any other
    Path(f"{path}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")

    assert marks.zone(windows.zone_of(str(path))) == "Zone.Identifier, from the internet"


@posix
def test_other_systems_have_no_registry_and_no_stream() -> None:
    assert here.policies() is None
    assert here.zone_of("Register.xlsx") == b""


@pytest.mark.parametrize(("size", "mark"), [(57, "com.apple.quarantine"), (-1, "")])
def test_the_quarantine_of_a_mac(size: int, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Call(lambda *args: size)
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno: SimpleNamespace(getxattr=call))

    assert marks.mark_of("/Users/ann/Register.xlsx", "darwin") == mark
    assert call.asked == [(b"/Users/ann/Register.xlsx", b"com.apple.quarantine", None, 0, 0, 0)]


def test_libreoffice_on_windows(tmp_path: Path) -> None:
    program = tmp_path / "LibreOffice" / "program"
    program.mkdir(parents=True)
    (program / "soffice.exe").write_bytes(b"")
    (program / "bootstrap.ini").write_bytes(b"[Bootstrap]\r\nProductKey=LibreOffice 24.8\r\n")
    packages = tmp_path / "roaming" / "LibreOffice" / "4" / "user" / "uno_packages" / "cache"
    extension = packages / "uno_packages" / "lu9.tmp_" / "riskbook.oxt"
    extension.mkdir(parents=True)
    (packages / "uno_packages.pmap").write_bytes(b"Pmp1\nlu9.tmp")
    (extension / "description.xml").write_bytes(
        b'<d><identifier value="org.riskbook.toolbar"/></d>'
    )
    environment = {
        "ProgramFiles": str(tmp_path),
        "APPDATA": str(tmp_path / "roaming"),
        "PATH": str(tmp_path),
    }

    found = libreoffice.look("win32", environment, tmp_path)

    assert found is not None
    assert (found.path, found.version) == (str(program / "soffice.exe"), "24.8")
    assert (found.helper, found.program) == ("you", "")
