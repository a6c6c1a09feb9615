"""What saving does on Windows, with stand-ins for Windows' own functions."""

import ctypes
import errno
from pathlib import Path
from typing import Any

import pytest

from riskbook.edge.disk import windows
from riskbook.errors import SavingError


class Manager:
    """A Restart Manager that knows of one program."""

    def __init__(self, fails: str = "") -> None:
        self.fails, self.ended = fails, False

    def RmStartSession(self, session: Any, flags: int, key: Any) -> int:  # noqa: N802
        session._obj.value = 7
        return int(self.fails == "start")

    def RmRegisterResources(self, session: Any, count: int, names: Any, *_: Any) -> int:  # noqa: N802
        self.file = names[0]
        return int(self.fails == "register")

    def RmGetList(self, session: Any, needed: Any, found: Any, told: Any, why: Any) -> int:  # noqa: N802
        found._obj.value = 1
        told[0].name, told[0].pid = "Microsoft Excel", 4711
        return int(self.fails == "list")

    def RmEndSession(self, session: Any) -> None:  # noqa: N802
        self.ended = True


@pytest.mark.parametrize(
    ("fails", "wanted"),
    [
        ("", ("Microsoft Excel (process 4711)",)),
        ("start", ()),
        ("register", ()),
        ("list", ()),
    ],
)
def test_the_holder_is_named(
    monkeypatch: pytest.MonkeyPatch, fails: str, wanted: tuple[str, ...]
) -> None:
    manager = Manager(fails)
    monkeypatch.setattr(windows, "library", lambda name: manager)
    assert windows.holders(Path("Register.xlsx")) == wanted
    assert manager.ended == (fails != "start")


def test_a_file_that_stays_held_is_refused_with_its_holder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr("os.replace", held)
    monkeypatch.setattr(windows, "WAITS", (0.0, 0.0))
    monkeypatch.setattr(windows, "library", lambda name: Manager())
    with pytest.raises(SavingError) as caught:
        windows.replace(tmp_path / "new", tmp_path / "Register.xlsx")
    assert caught.value.what == "Register.xlsx is held by Microsoft Excel (process 4711)."


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("C:\\Risk\\Register.xlsx", "C:\\Risk\\Register.xlsx"),
        ("C:\\" + "a" * 220 + "\\R.xlsx", "\\\\?\\C:\\" + "a" * 220 + "\\R.xlsx"),
        ("\\\\server\\" + "a" * 220, "\\\\?\\UNC\\server\\" + "a" * 220),
        ("\\\\?\\C:\\" + "a" * 220, "\\\\?\\C:\\" + "a" * 220),
    ],
)
def test_a_long_path_is_reachable(path: str, wanted: str) -> None:
    assert windows.reachable(path) == wanted


@pytest.mark.parametrize(
    "name",
    ["CON", "nul.xlsx", "LPT1.xlsx", "COM¹.xlsx", "Register.xlsx.", "Register.xlsx ", "a:b.xlsx"],
)
def test_a_name_that_windows_keeps_is_refused(name: str) -> None:
    with pytest.raises(SavingError, match="Windows keeps for itself"):
        windows.refuse_name(name)


@pytest.mark.parametrize("name", ["Register.xlsx", "Console.xlsx", "COM10.xlsx", ".hidden"])
def test_an_ordinary_name_is_not(name: str) -> None:
    windows.refuse_name(name)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(112, "full"), (32, "forbidden"), (64, "gone"), (206, "long"), (87, ""), (None, "")],
)
def test_windows_own_numbers_are_known(number: int | None, kind: str) -> None:
    error = OSError(errno.EINVAL, "?")
    error.winerror = number  # type: ignore[attr-defined]
    assert windows.reason(error) == kind


class Security:
    """Access lists as bytes, by file."""

    def __init__(self, lists: dict[str, bytes]) -> None:
        self.lists = lists

    def GetFileSecurityW(  # noqa: N802
        self, name: str, what: int, buffer: Any, size: Any, needed: Any
    ) -> int:
        needed._obj.value = len(self.lists[name])
        if buffer is None:
            return 0
        ctypes.memmove(buffer, self.lists[name], len(self.lists[name]))
        return 1

    def SetFileSecurityW(self, name: str, what: int, buffer: Any) -> int:  # noqa: N802
        self.lists[name] = buffer.raw
        return 1


def test_access_list_and_mark_of_the_web_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old, new = tmp_path / "Register.xlsx", tmp_path / "new"
    for path in (old, new):
        path.touch()
    Path(f"{old}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    security = Security({str(old): b"officers only"})
    monkeypatch.setattr(windows, "library", lambda name: security)
    windows.dress(old, new)
    assert security.lists[str(new)] == b"officers only"
    assert Path(f"{new}:Zone.Identifier").read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"
