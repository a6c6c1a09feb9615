"""No command reaches for a network: attempts are recorded, and where Linux allows none is there.

::

    unshare -n  python -c "addaudithook; riskbook ..."  ->  exit code, attempts: none
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT

# Python tells a hook of each of these before it happens: docs.python.org, Audit events table
WATCH = """
import sys
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
          "socket.getnameinfo", "socket.sendto", "socket.sendmsg", "socket.bind", "urllib.Request",
          "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open"}
def watch(event, arguments):
    if event in EVENTS:
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(f"{event} {arguments!r}\\n")
sys.addaudithook(watch)
"""
CLI = WATCH + "from riskbook.cli import cli\ncli(sys.argv[2:])"
BOOK = "Register.xlsx"
COMMANDS = (
    "demo out",
    "new council-5x5 New.xlsx",
    "new council-5x5 Buttons.xlsm --interpreter /usr/bin/python3.11",
    f"check {BOOK} --json",
    f"check {BOOK} --received",
    f"refresh {BOOK}",
    f"export {BOOK} out --to xlsx",
    f"export {BOOK} out --to csv",
    f"export {BOOK} out --to json --edition public",
    f"export {BOOK} out --to accessible",
    f"report {BOOK} Report.pdf --checklist",
    f"report {BOOK} Report.docx",
    f"snapshot {BOOK} sealed",
    f"new-period {BOOK} Next.xlsx",
    f"repair {BOOK} Clean.xlsx",
    f"check --received {BOOK}",
    "build-templates --out out",
    f"doctor {BOOK}",
    "profile list",
    "profile check council-5x5",
)


@cache
def without_a_network() -> tuple[str, ...]:
    """What runs a program where there is no network; nothing, where a system has no such thing."""
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run([unshare, "-n", "true"], check=False, capture_output=True)
    return (unshare, "-n") if unshare and tried and tried.returncode == 0 else ()


def watched(
    code: str, place: Path, arguments: Sequence[str], prefix: Sequence[str] = ()
) -> tuple[subprocess.CompletedProcess[str], str]:
    """A child that ran, and what it tried."""
    log = place / "attempts.txt"
    ran = subprocess.run(
        [*prefix, sys.executable, "-c", code, str(log), *arguments],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return ran, log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("made")
    data = ROOT / "riskbook" / "samples" / "dacorum-2021.json"
    command = ["new", "operational-4x4-signoff", BOOK, "--data", str(data)]
    ran, attempts = watched(CLI, place, command)
    assert (ran.returncode, attempts) == (0, ""), ran.stderr
    return (place / BOOK).read_bytes()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_reaches_for_no_network(command: str, register: bytes, tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(register)
    ran, attempts = watched(CLI, tmp_path, command.split(), without_a_network())
    # 1: findings, or an obstacle that doctor found; 2 would be that it could not work
    assert ran.returncode in (0, 1), ran.stderr
    assert attempts == ""


def test_a_live_refresh_with_nothing_open_reaches_for_none(register: bytes, tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(register)
    ran, attempts = watched(CLI, tmp_path, ["refresh", BOOK, "--live"], without_a_network())
    assert (ran.returncode, attempts) == (2, ""), ran.stderr


def test_what_does_reach_for_a_network_is_recorded(tmp_path: Path) -> None:
    naive = WATCH + "import socket\nsocket.create_server(('127.0.0.1', 0)).close()"
    _, attempts = watched(naive, tmp_path, ())
    assert attempts.startswith("socket.bind ")


@pytest.mark.skipif(not without_a_network(), reason="this system has no `unshare -n`")
def test_there_is_no_network_where_the_commands_run(tmp_path: Path) -> None:
    reach = WATCH + "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)"
    ran, attempts = watched(reach, tmp_path, (), without_a_network())
    assert "unreachable" in ran.stderr
    assert "socket.connect" in attempts
