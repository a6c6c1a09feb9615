"""LibreOffice as a process: started, reached, ended, and what is refused before it is asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings

from riskbook.edge import libreoffice
from riskbook.edge.libreoffice.line import office
from riskbook.edge.libreoffice.line.wire import OfficeError, Wire

START = """
import sys, time, xlwings
from riskbook.edge import libreoffice
libreoffice.activate()
app = xlwings.App(visible=False)
print(app.pid, app.impl.office.process.pid, app.impl.office.home, flush=True)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 15
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def is_gone(pids: list[int], home: Path) -> bool:
    """Whether nothing runs any more and nothing lies about."""
    left = home.exists() or office.pipe_of(home).exists()
    return not left and not any(is_running(pid) for pid in pids)


def started(more: str) -> tuple[subprocess.Popen[str], list[int], Path]:
    """Another Python that starts a LibreOffice; the processes and the profile."""
    child = subprocess.Popen(
        [sys.executable, "-c", START + more], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    *pids, home = child.stdout.readline().split()
    child.stdout.close()
    return child, [int(pid) for pid in pids], Path(home)


def test_two_apps_at_once_and_nothing_is_left_when_they_end(calc: Any) -> None:
    one = xlwings.App(visible=False, add_book=False)
    home = one.impl.office.home
    pids = [one.pid, one.impl.office.process.pid]
    assert (home / "user").is_dir()
    assert not (home / "user" / office.RENDEZVOUS).exists()  # gone when it was read

    mine, theirs = calc.books.add(), one.books.add()
    mine.sheets[0]["A1"].value, theirs.sheets[0]["A1"].value = "mine", "theirs"
    assert [mine.sheets[0]["A1"].value, theirs.sheets[0]["A1"].value] == ["mine", "theirs"]
    assert {calc.pid, one.pid} <= set(xlwings.apps.keys())

    one.kill()
    assert is_gone(pids, home)
    assert one.pid not in xlwings.apps.keys()  # noqa: SIM118 - not a dict
    assert mine.sheets[0]["A1"].value == "mine"
    mine.close()
    one.kill()  # twice is once


def test_quit_closes_politely(calc: Any) -> None:
    app = xlwings.App(visible=False)
    app.books[0].sheets[0]["A1"].value = 1  # unsaved changes do not keep it open
    home, pids = app.impl.office.home, [app.pid]
    app.quit()
    assert is_gone(pids, home)


def test_a_libreoffice_that_dies_in_the_middle(calc: Any) -> None:
    app = xlwings.App(visible=False)
    sheet, home, pids = app.books[0].sheets[0], app.impl.office.home, [app.pid]
    os.kill(app.pid, signal.SIGKILL)
    with pytest.raises(OfficeError, match="LibreOffice was closed"):
        sheet["A1"].value = 1
    assert pids[0] not in xlwings.apps.keys()  # noqa: SIM118 - not a dict
    assert is_gone(pids, home)


def test_an_app_that_a_script_forgets_ends_with_the_script() -> None:
    child, pids, home = started("")
    assert child.wait(30) == 0
    assert is_gone(pids, home)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_libreoffice_ends_when_riskbook_is_killed(how: int) -> None:
    child, pids, home = started("time.sleep(600)")
    assert all(is_running(pid) for pid in pids)
    child.send_signal(how)
    child.wait(30)
    assert soon(lambda: is_gone(pids, home))


def test_another_python_s_settings_do_not_reach_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    (tmp_path / "site.py").write_text("raise SystemExit('planted')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", sys.prefix)
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{tmp_path}:{os.environ['PATH']}")
    running = office.start()
    try:
        assert running.wire.ask("pid") > 0
    finally:
        running.kill()


def test_a_profile_that_libreoffice_cannot_start_with_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "program", lambda: Path("/bin/false"))
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))  # where others start none
    with pytest.raises(OfficeError, match="ended before it answered"):
        office.start()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_somebody_has_open_is_said_before_it_is_opened(
    calc: Any, tmp_path: Path
) -> None:
    path = tmp_path / "Register.xlsx"
    book = calc.books.add()
    book.save(path)
    book.close()
    lock = tmp_path / ".~lock.Register.xlsx#"
    lock.write_text(",P Jones,desk-7,25.11.2026 09:00,file:///home/pjones;")

    with pytest.raises(OfficeError, match=r"Register\.xlsx is open in LibreOffice by P Jones"):
        calc.books.open(path)
    looked = calc.books.open(path, read_only=True)
    assert looked.sheets[0].name == "Sheet1"
    looked.close()

    other = calc.books.add()
    with pytest.raises(OfficeError, match="open in LibreOffice by P Jones"):
        other.save(path)
    lock.unlink()
    other.save(path)
    other.close()


def test_a_file_with_macros_is_never_saved(calc: Any, tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsm"
    book = calc.books.add()
    book.sheets[0]["A1"].value = "kept"
    book.save(tmp_path / "Register.xlsx")
    path.write_bytes((tmp_path / "Register.xlsx").read_bytes())
    before = path.read_bytes()
    book.close()

    book = calc.books.open(path)
    book.sheets[0]["A1"].value = "changed"
    with pytest.raises(OfficeError, match="would damage the macros in Register") as told:
        book.save()
    assert "riskbook refresh FILE" in told.value.fix
    with pytest.raises(OfficeError, match=r"cannot save files that end in \.docx"):
        book.save(tmp_path / "Register.docx")
    assert path.read_bytes() == before
    book.save(tmp_path / "copy.xlsx")
    book.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "Register.xlsm",
        "Register.xlsx",
        "copy.xlsx",
    ]


def test_files_that_are_no_workbooks_are_refused_politely(calc: Any, tmp_path: Path) -> None:
    count = len(calc.books)
    whole = tmp_path / "whole.xlsx"
    book = calc.books.add()
    book.save(whole)
    book.close()
    data = whole.read_bytes()
    cases = {"empty": b"", "text": b"ref,title\n", "garbage": b"\x00\xff" * 500}
    cases["cut"] = data[: len(data) // 2]
    for name, content in cases.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        with pytest.raises(OfficeError, match=f"{name}.xlsx") as told:
            calc.books.open(path)
        assert told.value.fix
    (tmp_path / "letter.html").write_text("<p>Dear sir</p>")
    with pytest.raises(OfficeError, match="as a workbook"):
        calc.books.open(tmp_path / "letter.html")
    with pytest.raises(OfficeError, match="is a folder"):
        calc.books.open(tmp_path)
    with pytest.raises(FileNotFoundError, match="No such file"):
        calc.books.open(tmp_path / "missing.xlsx")
    assert len(calc.books) == count
    assert calc.impl.desktop("getComponents")("hasElements") == bool(count)  # no letter left open


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_an_encrypted_file_needs_its_password(calc: Any, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"secret.{ending}"
    book = calc.books.add()
    book.sheets[0]["A1"].value = "within"
    book.save(path, password="correct horse")
    book.close()
    assert b"within" not in path.read_bytes()

    with pytest.raises(OfficeError, match="secret"):
        calc.books.open(path)
    with pytest.raises(OfficeError, match="cannot open secret") as told:
        calc.books.open(path, password="wrong")
    assert "password is right" in told.value.fix
    book = calc.books.open(path, password="correct horse")
    assert book.sheets[0]["A1"].value == "within"
    book.close()


def test_an_encrypted_workbook_is_called_so_and_a_list_cannot_be_one(
    calc: Any, tmp_path: Path
) -> None:
    book = calc.books.add()
    book.save(tmp_path / "secret.xlsx", password="correct horse")
    with pytest.raises(OfficeError, match="cannot have a password"):
        book.save(tmp_path / "list.csv", password="correct horse")
    book.close()
    with pytest.raises(OfficeError, match=r"secret\.xlsx is encrypted"):
        calc.books.open(tmp_path / "secret.xlsx")


def test_a_folder_that_is_not_there_is_said(calc: Any, tmp_path: Path) -> None:
    book = calc.books.add()
    with pytest.raises(OfficeError, match="could not be saved"):
        book.save(tmp_path / "no" / "where.xlsx")
    assert not (tmp_path / "no").exists()
    (tmp_path / "Final.xlsx").touch()
    (tmp_path / "Final.xlsx").chmod(0o444)
    with pytest.raises(OfficeError, match=r"Final\.xlsx is read-only"):
        book.save(tmp_path / "Final.xlsx")
    book.close()


def test_text_files_are_read_and_written_with_commas(calc: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('ref,title,points\nR1,"Flood, of the river é",16.5\n', encoding="utf-8")
    book = calc.books.open(path)
    assert book.sheets[0]["A1:C2"].value == [
        ["ref", "title", "points"],
        ["R1", "Flood, of the river é", 16.5],
    ]
    book.save(tmp_path / "again.csv")
    book.close()
    assert (tmp_path / "again.csv").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_the_engine_is_registered_once(calc: Any) -> None:
    libreoffice.activate()
    libreoffice.activate()
    names = [engine.name for engine in xlwings.engines]
    assert names.count("libreoffice") == 1
    assert xlwings.engines.active.name == "libreoffice"


def test_who_does_not_know_the_token_gets_no_answer_and_libreoffice_ends(
    calc: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another program may have the port of an old invitation, and does not know its token."""
    proof = Wire.proof
    monkeypatch.setattr(
        Wire, "proof", lambda self, side, n: proof(self, side, n) if side == "helper" else "0" * 64
    )
    stranger = office.start(home=tmp_path / "home")
    assert stranger.process is not None
    pid = stranger.process.pid
    with pytest.raises(OfficeError, match="was closed"):
        stranger.wire.ask("pid")
    assert soon(lambda: not is_running(pid))
    stranger.kill()  # the profile that it was still making when it ended
    assert is_gone([pid], tmp_path / "home")
