"""Names, links, folders and crashes that are not the usual ones: survived, or said plainly."""

import hashlib
import os
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from riskbook.edge.disk import posix, saving
from riskbook.edge.disk.naming import key, safe, shown
from riskbook.errors import SavingError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
OLD, NEW = b"old", b"new"
WAS = hashlib.sha256(OLD).hexdigest()
NOON = datetime(2021, 10, 31, 14, 22, 33)
NAMES = [
    "-rf.xlsx",
    "a\nb.xlsx",
    "trailing. ",
    "CON.xlsx",
    "caf\udce9.xlsx",
    "x" * 250 + ".xlsx",
    "é" * 125 + ".xlsx",
    "r." + "y" * 253,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_long_or_odd_name_is_saved_and_backed_up(tmp_path: Path, name: str) -> None:
    book = tmp_path / name
    book.write_bytes(OLD)
    backup = saving.save(book, NEW, was=WAS, now=NOON)
    assert backup is not None
    assert (book.read_bytes(), backup.read_bytes()) == (NEW, OLD)
    assert sorted(os.listdir(tmp_path)) == sorted([name, saving.BACKUPS])


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_about_an_odd_name_is_one_line(tmp_path: Path, name: str) -> None:
    book = tmp_path / name
    book.write_bytes(OLD)
    with pytest.raises(SavingError) as caught:
        saving.save(book, NEW, was="0" * 64)
    assert caught.value.what.isprintable()


def test_backups_of_a_long_name_are_counted_too(tmp_path: Path) -> None:
    book = tmp_path / ("x" * 250 + ".xlsx")
    for at in range(saving.KEPT + 3):
        book.write_bytes(OLD)
        saving.save(book, NEW, was=WAS, now=NOON.replace(second=at))
    assert len(os.listdir(tmp_path / saving.BACKUPS)) == saving.KEPT


def test_one_of_several_names_is_refused_and_said(tmp_path: Path) -> None:
    book, other = tmp_path / "Register.xlsx", tmp_path / "Other.xlsx"
    book.write_bytes(OLD)
    os.link(book, other)
    with pytest.raises(SavingError, match="one of 2 names of the same file"):
        saving.save(book, NEW, was=WAS)
    assert (book.read_bytes(), other.read_bytes()) == (OLD, OLD)


def test_a_second_name_that_a_crash_left_is_swept(tmp_path: Path) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    os.link(book, tmp_path / ".riskbook-tmp-0123")
    saving.save(book, NEW, was=WAS)
    assert sorted(os.listdir(tmp_path)) == ["Register.xlsx", saving.BACKUPS]


def test_what_a_crash_left_of_this_file_is_swept_at_once(tmp_path: Path) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    backups = tmp_path / saving.BACKUPS
    backups.mkdir()
    for folder in (tmp_path, backups):
        (folder / f".riskbook-tmp-{key(book.name)}-0123").write_bytes(b"hal")
    assert saving.save(book, OLD, was=WAS) is None
    assert sorted(os.listdir(tmp_path)) == ["Register.xlsx", saving.BACKUPS]
    assert os.listdir(backups) == []


def test_old_locks_and_files_are_swept_before_a_command_and_young_ones_stay(tmp_path: Path) -> None:
    long_ago = (time.time() - 4000,) * 2
    for name in (".riskbook-tmp-1", ".riskbook-lock-Other.xlsx"):
        (tmp_path / name).write_text("1 elsewhere abc")
        os.utime(tmp_path / name, long_ago)
    for name in (".riskbook-tmp-2", ".riskbook-lock-This.xlsx"):
        (tmp_path / name).write_text("1 elsewhere abc")
    saving.sweep(tmp_path / "Register.xlsx")
    assert sorted(os.listdir(tmp_path)) == [".riskbook-lock-This.xlsx", ".riskbook-tmp-2"]


def test_a_lock_names_its_computer_and_process(tmp_path: Path) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    (tmp_path / ".riskbook-lock-Register.xlsx").write_text("4711 pc7 abc")
    with pytest.raises(SavingError, match="process 4711 on the computer pc7"):
        saving.save(book, NEW, was=WAS)


def test_a_pipe_in_the_place_of_the_lock_holds_nobody_up(tmp_path: Path) -> None:
    book, lock = tmp_path / "Register.xlsx", tmp_path / ".riskbook-lock-Register.xlsx"
    book.write_bytes(OLD)
    os.mkfifo(lock)
    with pytest.raises(SavingError, match="is being saved by another riskbook"):
        saving.save(book, NEW, was=WAS)
    os.utime(lock, (time.time() - 60,) * 2)
    assert saving.save(book, NEW, was=WAS) is not None


@pytest.mark.parametrize("place", [".", saving.BACKUPS])
def test_a_read_only_folder_is_said(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    (tmp_path / saving.BACKUPS).mkdir()
    if place == ".":
        tmp_path.chmod(0o555)
        says = "its folder is read-only"
    else:
        real = os.open

        def opened(path: Path, *rest: int) -> int:
            if Path(path).parent.name == saving.BACKUPS:
                raise PermissionError(13, "Permission denied")
            return real(path, *rest)

        monkeypatch.setattr(os, "open", opened)
        says = "The backup of Register.xlsx could not be made in 'riskbook backups'"
    with pytest.raises(SavingError, match=says):
        saving.save(book, NEW, was=WAS)
    tmp_path.chmod(0o755)
    assert book.read_bytes() == OLD


@pytest.mark.skipif(not hasattr(os, "listxattr"), reason="Python has them on Linux only")
def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    try:
        os.setxattr(book, "user.label", b"official")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    backup = saving.save(book, NEW, was=WAS)
    assert backup is not None
    assert [os.getxattr(each, "user.label") for each in (book, backup)] == [b"official"] * 2


@pytest.mark.parametrize("keep", [True, False])
def test_what_a_link_leads_to_is_kept_when_a_new_file_takes_its_place(
    tmp_path: Path, keep: bool
) -> None:
    book, link = tmp_path / "Register.xlsx", tmp_path / "Register values.xlsx"
    book.write_bytes(OLD)
    link.symlink_to(book)
    saving.create(link, NEW, overwrite=True, keep=keep)
    assert (link.is_symlink(), book.read_bytes()) == (True, NEW)
    [kept] = (tmp_path / saving.BACKUPS).iterdir()
    assert kept.name.startswith("Register 20")
    assert kept.read_bytes() == OLD


@pytest.mark.parametrize(
    ("keeps_group", "mode", "kept"),
    [(True, 0o660, 0o660), (False, 0o660, 0o600), (False, 0o664, 0o644)],
)
def test_a_colleague_s_file_keeps_its_group_and_no_other_group_gets_its_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeps_group: bool, mode: int, kept: int
) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    try:
        os.chown(book, -1, next(each for each in (4711, *os.getgroups()) if each != os.getgid()))
    except (OSError, StopIteration):
        pytest.skip("this user has no second group")
    book.chmod(mode)
    group, real = book.stat().st_gid, os.chown

    def chown(path: Path, owner: int, group: int) -> None:
        if owner != -1 or not keeps_group:
            raise PermissionError(1, "Operation not permitted")
        real(path, owner, group)

    monkeypatch.setattr(os, "chown", chown)
    backup = saving.save(book, NEW, was=WAS)
    assert backup is not None
    for each in (book, backup):
        assert each.stat().st_mode & 0o777 == kept
        assert (each.stat().st_gid == group) == keeps_group


def test_a_drive_that_vanishes_after_the_rename_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "Register.xlsx"
    book.write_bytes(OLD)
    calls: list[Path] = []

    def settle(folder: Path) -> None:
        calls.append(folder)
        if folder == tmp_path:
            raise OSError(116, "Stale file handle")

    monkeypatch.setattr(posix, "settle", settle)
    with pytest.raises(SavingError, match="was replaced, but its drive did not confirm it"):
        saving.save(book, NEW, was=WAS)
    assert book.read_bytes() == NEW
    assert [p.read_bytes() for p in (tmp_path / saving.BACKUPS).iterdir()] == [OLD]


def test_names_that_are_made_and_shown() -> None:
    assert safe("con") == "con-"
    assert shown("a\nb\udce9") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert key("\u00e9") == key("e\u0301")
