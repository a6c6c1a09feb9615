"""The log: where it lies, what is in it, and above all what is not."""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from riskbook import __version__
from riskbook.edge.disk import log

SECRET = "62 risks of Blackpool"


@pytest.mark.parametrize(
    ("system", "environment", "place"),
    [
        ("win32", {"LOCALAPPDATA": "/u/al"}, "/u/al/riskbook/riskbook.log"),
        ("win32", {}, "/u/AppData/Local/riskbook/riskbook.log"),
        ("darwin", {"XDG_STATE_HOME": "/x"}, "/u/Library/Logs/riskbook/riskbook.log"),
        ("linux", {"XDG_STATE_HOME": "/x"}, "/x/riskbook/riskbook.log"),
        ("linux", {"XDG_STATE_HOME": "x"}, "/u/.local/state/riskbook/riskbook.log"),
        ("linux", {}, "/u/.local/state/riskbook/riskbook.log"),
    ],
)
def test_the_log_lies_where_the_system_keeps_logs(
    system: str, environment: Mapping[str, str], place: str
) -> None:
    assert log.log_path(system, environment, Path("/u")) == Path(place)


def crash() -> ValueError:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error


def test_an_entry_says_type_place_and_versions_and_not_the_message(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "riskbook.log"

    assert log.write_traceback(crash(), "next_finding", path) == path

    text = path.read_text(encoding="utf-8")
    assert f"  next_finding  riskbook {__version__}, Python 3." in text
    assert "builtins.ValueError\n" in text
    assert "builtins.KeyError\n" in text
    assert text.count(f"{__file__}:") == 2
    assert ":crash\n" in text
    assert SECRET not in text


def test_a_command_that_is_no_word_is_not_written(tmp_path: Path) -> None:
    path = log.write_traceback(crash(), SECRET, tmp_path / "riskbook.log")

    assert SECRET not in path.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept otherwise there")
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    path = log.write_traceback(crash(), "refresh", tmp_path / "new" / "riskbook.log")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_entries_are_added_and_at_a_megabyte_one_old_log_is_kept(tmp_path: Path) -> None:
    path, old = tmp_path / "riskbook.log", tmp_path / "riskbook.log.1"
    old.write_text("older still", encoding="utf-8")
    log.write_traceback(crash(), "refresh", path)
    log.write_traceback(crash(), "check", path)
    assert path.read_text(encoding="utf-8").count("ValueError") == 2
    path.write_bytes(b"x" * log.MOST)

    log.write_traceback(crash(), "export", path)

    assert old.stat().st_size == log.MOST
    assert path.read_text(encoding="utf-8").count("ValueError") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["riskbook.log", "riskbook.log.1"]


def test_a_recursion_does_not_fill_the_log(tmp_path: Path) -> None:
    def deeper(level: int) -> int:
        return deeper(level + 1)

    try:
        deeper(0)
    except RecursionError as error:
        path = log.write_traceback(error, "refresh", tmp_path / "riskbook.log")

    assert path.stat().st_size < 20_000


def test_an_error_that_is_its_own_cause_ends(tmp_path: Path) -> None:
    error, other = ValueError(), KeyError()
    error.__cause__, other.__cause__ = other, error

    path = log.write_traceback(error, "refresh", tmp_path / "riskbook.log")

    assert path.read_text(encoding="utf-8").count("ValueError") == 1


def test_where_the_log_may_not_be_written_a_temporary_file_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    path = log.write_traceback(crash(), "refresh", tmp_path / "file" / "riskbook.log")

    assert path.parent == tmp_path
    assert "builtins.ValueError" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="there are no such links there")
def test_a_link_put_in_the_log_s_place_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = tmp_path / "Register.xlsx"
    register.write_bytes(b"a register")
    (tmp_path / "riskbook.log").symlink_to(register)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    path = log.write_traceback(crash(), "refresh", tmp_path / "riskbook.log")

    assert path.name.startswith("riskbook-")
    assert register.read_bytes() == b"a register"
