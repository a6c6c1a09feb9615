"""Whole or not at all: faults at every step, two writers at once, and other programs."""

import errno
import hashlib
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from riskbook.edge.disk import lock, saving, windows
from riskbook.edge.disk.posix import is_alive
from riskbook.errors import SavingError

OLD, NEW = b"the register as it was", b"the register refreshed"
WAS = hashlib.sha256(OLD).hexdigest()
NOON = datetime(2021, 10, 31, 14, 22, 33)
posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(OLD)
    return path


def others(book: Path) -> list[str]:
    """What lies in the folder besides the file itself."""
    return sorted(each.name for each in book.parent.iterdir() if each != book)


def backups(book: Path) -> list[str]:
    folder = book.parent / saving.BACKUPS
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def refusal(act: Callable[[], object]) -> SavingError:
    with pytest.raises(SavingError) as caught:
        act()
    assert caught.value.what.endswith(".")
    assert caught.value.fix.endswith(".")
    return caught.value


def age(path: Path, hours: float) -> None:
    then = (datetime.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_the_file_is_replaced_and_the_old_one_kept_under_its_date(book: Path) -> None:
    backup = saving.save(book, NEW, was=WAS, now=NOON)
    assert backup == book.parent / "riskbook backups" / "Register 2021-10-31 142233.xlsx"
    assert backup.read_bytes() == OLD
    assert book.read_bytes() == NEW
    assert others(book) == ["riskbook backups"]


def test_the_clock_of_the_computer_is_used_if_no_time_is_given(book: Path) -> None:
    backup = saving.save(book, NEW, was=WAS)
    assert backup is not None
    assert abs(datetime.strptime(backup.stem[-17:], "%Y-%m-%d %H%M%S") - datetime.now()) < (
        timedelta(hours=1)
    )


def test_nothing_is_written_if_nothing_changed(book: Path) -> None:
    before = book.stat()
    assert saving.save(book, OLD, was=WAS) is None
    assert others(book) == []
    assert (book.stat().st_ino, book.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_changed_since_it_was_read_is_left_alone(book: Path) -> None:
    book.write_bytes(b"edited by somebody else")
    error = refusal(lambda: saving.save(book, NEW, was=WAS))
    assert error.what == "Register.xlsx was changed by somebody else since it was read."
    assert book.read_bytes() == b"edited by somebody else"
    assert others(book) == []


def test_a_file_changed_during_the_save_is_left_alone(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(path: Path) -> None:
        if backups(book):
            book.write_bytes(b"edited by somebody else")

    monkeypatch.setattr(saving, "refuse_if_busy", meanwhile)
    refusal(lambda: saving.save(book, NEW, was=WAS))
    assert book.read_bytes() == b"edited by somebody else"
    assert backups(book) == []


def test_two_backups_of_one_second_have_two_names(book: Path) -> None:
    first = saving.save(book, NEW, was=WAS, now=NOON)
    second = saving.save(book, OLD, was=hashlib.sha256(NEW).hexdigest(), now=NOON)
    assert first is not None
    assert second is not None
    assert second.name == "Register 2021-10-31 142233 (2).xlsx"
    assert (first.read_bytes(), second.read_bytes()) == (OLD, NEW)


def test_a_thousand_backups_of_one_second_are_too_many(book: Path) -> None:
    folder = book.parent / saving.BACKUPS
    folder.mkdir()
    (folder / "Register 2021-10-31 142233.xlsx").touch()
    for counter in range(2, 1000):
        (folder / f"Register 2021-10-31 142233 ({counter}).xlsx").touch()
    error = refusal(lambda: saving.save(book, NEW, was=WAS, now=NOON))
    assert "too many backups of this second" in error.what
    assert book.read_bytes() == OLD


def test_the_newest_twenty_backups_of_this_file_are_kept(book: Path) -> None:
    folder = book.parent / saving.BACKUPS
    folder.mkdir()
    for day in range(1, 26):
        (folder / f"Register 2021-09-{day:02} 120000.xlsx").touch()
    strangers = [
        "Register 2021-09-01 120000.xlsm",
        "Register 2.xlsx",
        "Register copy 2021-09-01 120000.xlsx",
        "Risk Register 2021-09-01 120000.xlsx",
    ]
    for name in strangers:
        (folder / name).touch()
    saving.save(book, NEW, was=WAS, now=NOON)
    kept = [name for name in backups(book) if name not in strangers]
    assert kept == [
        *(f"Register 2021-09-{day:02} 120000.xlsx" for day in range(7, 26)),
        "Register 2021-10-31 142233.xlsx",
    ]
    assert set(strangers) < set(backups(book))


def test_the_new_backup_stays_even_if_the_clock_went_back(book: Path) -> None:
    folder = book.parent / saving.BACKUPS
    folder.mkdir()
    for day in range(1, 26):
        (folder / f"Register 2029-09-{day:02} 120000.xlsx").touch()
    backup = saving.save(book, NEW, was=WAS, now=NOON)
    assert backup is not None
    assert backup.read_bytes() == OLD


# Faults, one step at a time.


def fails(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod", "open"])
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "there is no room left on the disk"),
        (errno.EACCES, "may not be written"),
        (errno.EROFS, "may not be written"),
        (errno.ENOENT, "is not there"),
        (errno.EIO, "the drive reports a fault"),
        (errno.ESTALE, "the drive has gone away"),
        (errno.ENOTCONN, "the drive has gone away"),
        (errno.ETIMEDOUT, "the drive has gone away"),
        (errno.ENODEV, "the drive has gone away"),
        (errno.ENXIO, "the drive has gone away"),
    ],
)
def test_a_step_that_fails_leaves_the_old_file_and_nothing_else(
    book: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, says: str
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(os, step, fails(number))
        error = refusal(lambda: saving.save(book, NEW, was=WAS))
    assert says in error.what
    assert book.read_bytes() == OLD
    assert backups(book) == []
    assert set(others(book)) <= {saving.BACKUPS}


@pytest.mark.parametrize("call", range(1, 4))
def test_a_disk_that_is_full_at_any_write_leaves_the_old_file(
    book: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    real, calls = os.write, []

    def write(handle: int, data: bytes | memoryview) -> int:
        calls.append(handle)
        if len(calls) == call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data)

    with monkeypatch.context() as fault:
        fault.setattr(os, "write", write)
        error = refusal(lambda: saving.save(book, NEW, was=WAS))
    assert "there is no room left" in error.what
    assert book.read_bytes() == OLD
    assert backups(book) == []
    assert set(others(book)) <= {saving.BACKUPS}


def test_a_system_that_takes_few_bytes_at_a_time_gets_them_all(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    backup = saving.save(book, NEW, was=WAS)
    assert backup is not None
    assert (book.read_bytes(), backup.read_bytes()) == (NEW, OLD)
    assert others(book) == [saving.BACKUPS]


def test_bytes_that_come_back_differently_are_not_kept(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda p: b"" if p.name.startswith(".riskbook-tmp-") else real(p)
    )
    error = refusal(lambda: saving.save(book, NEW, was=WAS))
    assert "gave back something else" in error.what
    assert others(book) == []


def test_an_interrupted_save_keeps_the_backup_and_the_old_file(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        saving.save(book, NEW, was=WAS, now=NOON)
    assert book.read_bytes() == OLD
    assert backups(book) == ["Register 2021-10-31 142233.xlsx"]
    assert others(book) == [saving.BACKUPS]


def test_a_folder_that_cannot_be_flushed_is_no_reason_to_fail(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not here")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    saving.save(book, NEW, was=WAS)
    assert book.read_bytes() == NEW


def test_a_file_held_for_a_moment_is_tried_again(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = os.replace, []

    def replace(old: Path, new: Path) -> None:
        tries.append(new)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "held by a scanner")
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(windows, "WAITS", (0.0,) * 4)
    monkeypatch.setattr(saving, "system", windows)
    monkeypatch.setattr(windows, "holders", lambda file: ())
    saving.save(book, NEW, was=WAS)
    assert book.read_bytes() == NEW
    assert len(tries) == 3


def test_a_file_held_for_good_is_given_up(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", fails(errno.EACCES))
    monkeypatch.setattr(windows, "WAITS", (0.0,) * 4)
    monkeypatch.setattr(saving, "system", windows)
    monkeypatch.setattr(windows, "holders", lambda file: ())
    assert "may not be written" in refusal(lambda: saving.save(book, NEW, was=WAS)).what
    assert book.read_bytes() == OLD


def test_a_folder_or_file_that_is_gone_is_said_plainly(book: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "Register.xlsx"
    assert "is not there" in refusal(lambda: saving.save(gone, NEW, was=WAS)).what
    assert "is not there" in refusal(lambda: saving.create(gone, NEW)).what
    book.unlink()
    assert "is not there" in refusal(lambda: saving.save(book, NEW, was=WAS)).what
    assert others(book) == []


def test_a_name_of_backups_that_is_taken_by_a_file_is_said_plainly(book: Path) -> None:
    (book.parent / saving.BACKUPS).touch()
    assert (
        "'riskbook backups' beside it is a file"
        in refusal(lambda: saving.save(book, NEW, was=WAS)).what
    )
    assert book.read_bytes() == OLD
    assert others(book) == [saving.BACKUPS]


def test_orphans_older_than_an_hour_are_swept(book: Path) -> None:
    old, young = (book.parent / f".riskbook-tmp-{name}" for name in ("old", "young"))
    for orphan in (old, young):
        orphan.touch()
    age(old, hours=1.1)
    saving.save(book, NEW, was=WAS)
    assert others(book) == [young.name, saving.BACKUPS]


# Who else has the file.


def excel_mark(name: str) -> bytes:
    narrow = bytes([len(name)]) + name.encode("cp1252", "replace").ljust(54)
    return narrow + len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")


@pytest.mark.parametrize(
    ("mark", "content", "says"),
    [
        ("~$Register.xlsx", excel_mark("Zoë Łęcka"), "is open in Excel by Zoë Łęcka."),
        ("~$Register.xlsx", b"\x04Anna".ljust(55), "is open in Excel by Anna."),
        ("~$Register.xlsx", b"", "is open in Excel."),
        ("~$Register.xlsx", b"\x05\x1b[31m" * 30, "is open in Excel by"),
        (".~lock.Register.xlsx#", b"Jan Novak,jn,pc7,31.10.2021 14:22,file:///;", "by Jan Novak."),
        (".~lock.Register.xlsx#", b",jn,pc7,31.10.2021 14:22,file:///;", "LibreOffice by jn."),
        (".~lock.Register.xlsx#", b"Novak\\, Jan,jn,pc7;", "by Novak, Jan."),
        (".~lock.Register.xlsx#", b"", "is open in LibreOffice."),
        (".~lock.Register.xlsx#", b"\xff\xfe\x00", "is open in LibreOffice"),
    ],
)
def test_a_file_open_elsewhere_is_refused_with_its_holder(
    book: Path, mark: str, content: bytes, says: str
) -> None:
    (book.parent / mark).write_bytes(content)
    for act in (
        lambda: saving.refuse_if_busy(book),
        lambda: saving.save(book, NEW, was=WAS),
        lambda: saving.create(book, NEW, overwrite=True),
    ):
        error = refusal(act)
        assert says in error.what
        assert error.what.isprintable()
    assert book.read_bytes() == OLD
    assert others(book) == [mark]


def test_a_mark_that_cannot_be_read_still_counts(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book.parent / "~$Register.xlsx").write_bytes(excel_mark("Anna"))
    monkeypatch.setattr(Path, "open", fails(errno.EACCES))
    assert refusal(lambda: saving.refuse_if_busy(book)).what == "Register.xlsx is open in Excel."


def test_a_free_file_is_not_busy(book: Path) -> None:
    saving.refuse_if_busy(book)
    saving.refuse_if_busy(book.with_name("New.xlsx"))


def lock_of(book: Path) -> Path:
    return book.with_name(".riskbook-lock-Register.xlsx")


@pytest.mark.parametrize(
    "content",
    [f"{os.getpid()} {socket.gethostname()} abc", "1 another-computer abc", "", "nonsense"],
    ids=["a live process", "another computer", "empty", "nonsense"],
)
def test_a_lock_that_may_be_alive_is_respected(book: Path, content: str) -> None:
    lock_of(book).write_text(content)
    error = refusal(lambda: saving.save(book, NEW, was=WAS))
    assert "is being saved by another riskbook" in error.what
    assert book.read_bytes() == OLD
    assert lock_of(book).read_text() == content


@pytest.mark.parametrize("content", ["", "77", "nonsense of two words more"])
def test_a_lock_that_was_never_filled_in_is_swept(book: Path, content: str) -> None:
    lock_of(book).write_text(content)
    age(lock_of(book), hours=0.01)
    saving.save(book, NEW, was=WAS)
    assert others(book) == [saving.BACKUPS]


def test_the_lock_of_a_dead_process_is_swept(book: Path) -> None:
    lock_of(book).write_text(f"{dead_pid()} {socket.gethostname()} abc")
    saving.save(book, NEW, was=WAS)
    assert book.read_bytes() == NEW
    assert others(book) == [saving.BACKUPS]


def test_a_lock_older_than_an_hour_is_swept(book: Path) -> None:
    lock_of(book).write_text("1 another-computer abc")
    age(lock_of(book), hours=1.1)
    saving.save(book, NEW, was=WAS)
    assert others(book) == [saving.BACKUPS]


def test_a_lock_taken_over_by_another_riskbook_stops_the_save(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = saving.back_up

    def taken_over(*arguments: object) -> Path:
        lock_of(book).write_text("7 another-computer abc")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "back_up", taken_over)
    assert "Another riskbook" in refusal(lambda: saving.save(book, NEW, was=WAS)).what
    assert book.read_bytes() == OLD
    assert lock_of(book).exists()  # it is theirs


def test_a_lock_that_vanishes_while_it_is_looked_at_was_alive(book: Path) -> None:
    assert not lock.is_stale(lock_of(book))


@posix
def test_a_process_of_somebody_else_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "kill", fails(errno.EPERM))
    assert is_alive(1)


def test_a_folder_and_a_read_only_file_are_refused(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    assert "is a folder" in refusal(lambda: saving.save(folder, NEW, was=WAS)).what
    assert "is a folder" in refusal(lambda: saving.create(folder, NEW, overwrite=True)).what
    book.chmod(0o444)
    for act in (
        lambda: saving.save(book, NEW, was=WAS),
        lambda: saving.create(book, NEW, overwrite=True),
    ):
        assert refusal(act).what == "Register.xlsx is read-only."
    assert book.read_bytes() == OLD
    book.chmod(0o644)


@posix
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert "is not a file" in refusal(lambda: saving.refuse_if_busy(tmp_path / "pipe.xlsx")).what


# Links and permissions.


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_are_kept_by_the_file_and_its_backup(book: Path, mode: int) -> None:
    book.chmod(mode)
    backup = saving.save(book, NEW, was=WAS)
    assert backup is not None
    assert stat.S_IMODE(book.stat().st_mode) == mode
    assert stat.S_IMODE(backup.stat().st_mode) == mode


@posix
def test_a_link_stays_a_link_and_the_real_file_is_replaced(book: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    link = away / "Link.xlsx"
    link.symlink_to(book)
    backup = saving.save(link, NEW, was=WAS, now=NOON)
    assert link.is_symlink()
    assert book.read_bytes() == NEW
    assert backup == book.parent / saving.BACKUPS / "Register 2021-10-31 142233.xlsx"
    assert [each.name for each in away.iterdir()] == ["Link.xlsx"]


@posix
def test_a_file_open_under_its_real_name_is_busy_under_a_link_too(book: Path) -> None:
    link = book.with_name("Link.xlsx")
    link.symlink_to(book)
    (book.parent / "~$Register.xlsx").write_bytes(excel_mark("Anna"))
    assert "Anna" in refusal(lambda: saving.save(link, NEW, was=WAS)).what


# New files.


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "New.xlsx"
    saving.create(path, NEW)
    assert path.read_bytes() == NEW
    assert others(path) == []


@posix
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    saving.create(tmp_path / "New.xlsx", NEW)
    assert (tmp_path / "New.xlsx").stat().st_mode == usual.stat().st_mode


def test_an_existing_file_is_not_overwritten_unless_told(book: Path) -> None:
    error = refusal(lambda: saving.create(book, NEW))
    assert error.what == "There is a file Register.xlsx already."
    assert book.read_bytes() == OLD
    saving.create(book, NEW, overwrite=True)
    assert book.read_bytes() == NEW
    assert others(book) == []


def test_what_may_be_somebody_s_work_is_kept_when_it_is_replaced(book: Path) -> None:
    saving.create(book, OLD, overwrite=True, keep=True)
    assert others(book) == []  # nothing had changed
    saving.create(book, NEW, overwrite=True, keep=True)
    assert book.read_bytes() == NEW
    [kept] = (book.parent / saving.BACKUPS).iterdir()
    assert kept.read_bytes() == OLD


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_overwritten(
    book: Path, monkeypatch: pytest.MonkeyPatch, links: bool, keep: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", fails(errno.EPERM), raising=False)
    monkeypatch.setattr(os.path, "lexists", LateLexists(book))
    assert "There is a file" in refusal(lambda: saving.create(book, NEW, keep=keep)).what
    assert book.read_bytes() == OLD
    assert others(book) == []


class LateLexists:
    """Sees the file only at the second look."""

    def __init__(self, path: Path) -> None:
        self.path, self.looks = path, 0

    def __call__(self, path: Path) -> bool:
        self.looks += 1
        return self.looks > 1 and path == self.path


def test_a_new_file_needs_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fails(errno.EPERM), raising=False)
    saving.create(tmp_path / "New.xlsx", NEW)
    assert (tmp_path / "New.xlsx").read_bytes() == NEW
    assert others(tmp_path / "New.xlsx") == []


@pytest.mark.parametrize("step", ["fsync", "open", "write"])
def test_a_new_file_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "New.xlsx"
    with monkeypatch.context() as fault:
        fault.setattr(os, step, fails(errno.ENOSPC))
        assert "no room left" in refusal(lambda: saving.create(path, NEW)).what
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from riskbook.edge.disk import saving
steps = iter(range(int(sys.argv[3])))
def dying(real):
    def step(*a, **k):
        if next(steps, None) is None:
            os._exit(9)
        return real(*a, **k)
    return step
for name in ("open", "write", "fsync", "close", "chmod", "replace", "unlink"):
    setattr(os, name, dying(getattr(os, name)))
saving.save(Path(sys.argv[1]), b"the register refreshed", was=sys.argv[2])
"""


@posix
def test_a_process_killed_at_any_step_leaves_the_old_file_or_the_new_one(book: Path) -> None:
    seen = set()
    for step in (*range(8), *range(8, 60, 3)):
        book.write_bytes(OLD)
        command = [sys.executable, "-c", KILLED, str(book), WAS, str(step)]
        ended = subprocess.run(command, check=False, cwd=Path(__file__).parents[2])
        seen.add(ended.returncode)
        assert book.read_bytes() in (OLD, NEW)
        if lock_of(book).exists():
            age(lock_of(book), hours=0.01)  # killed before it had filled in its lock
        left = book.read_bytes()
        again = hashlib.sha256(left).hexdigest()
        saving.save(book, left + b"!", was=again)  # and it can be saved again at once
    assert seen == {0, 9}
