"""Macros pressed in LibreOffice: the modules of ``macros/`` with stubs in place of the doors.

LibreOffice compiles the project of a workbook as a whole, and xlwings' module is too much for
it, so that every macro would silently do nothing.  So the modules that start programs and show
messages are replaced by stubs that write into About!B4, and what stands there is compared.
"""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from riskbook.core.commands import COMMANDS
from riskbook.core.settings import SHEET
from riskbook.edge import template
from riskbook.edge.documents import profiles
from riskbook.edge.libreoffice.line.office import environment
from riskbook.edge.macros import parts, sources
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.template import Live
from tests.spec.office import SOFFICE

STUBS = Path(__file__).parent / "stubs"
SCRIPT = "vnd.sun.star.script:press.py$press?language=Python&location=user"


@dataclass(frozen=True)
class Press:
    """A workbook, and the macros that are run in it one after the other."""

    name: str
    data: bytes
    macros: tuple[str, ...]


def stub(name: str) -> str:
    """The text of a stub, as VBA ends its lines."""
    (path,) = STUBS.glob(f"{name}.*")
    return path.read_text(encoding="cp1252").replace("\n", "\r\n")


def driver() -> str:
    """Presses each ribbon callback as Office does: with an object for the control."""
    subs = (
        f"Public Sub Press_{command.name}()\r\n    {command.macro}_onAction Nothing\r\nEnd Sub\r\n"
        for command in COMMANDS
    )
    return 'Attribute VB_Name = "Driver"\r\nOption Explicit\r\n\r\n' + "\r\n".join(subs)


def workbook(settings: Iterable[tuple[str, str]], interpreters: Interpreters) -> bytes:
    """A workbook with buttons, some settings, and stubs for xlwings and the message box."""
    live = Live(settings=tuple(settings))
    built = template.build(profiles.load("council-5x5"), {}, live)
    return _with_stubs(built, sources.modules(sources.BUTTONS, interpreters), "xlwings")


def small(
    settings: Iterable[tuple[str, str]],
    interpreters: Interpreters,
    hide: Callable[[Worksheet], object] = bool,
) -> bytes:
    """The same macros and settings in a workbook of two sheets, which is built in no time."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_vba_name()
    for place, name in enumerate(("About", SHEET), start=1):
        sheet = book.add_worksheet(name)
        sheet.set_vba_name(f"Sheet{place}")
    for row, pair in enumerate(settings):
        sheet.write_row(row, 0, pair)
    hide(sheet)
    book.close()
    modules = sources.modules(sources.BUTTONS, interpreters)
    return _with_stubs(stream.getvalue(), modules, "xlwings")


def add_in(interpreters: Interpreters) -> bytes:
    """The add-in's macros, in a workbook that has the cell which the stubs write into."""
    built = template.build(profiles.load("council-5x5"), {}, Live(settings=()))
    modules = sources.modules(sources.ADD_IN, interpreters)
    return _with_stubs(built, modules, "RiskbookStart", parts.ADD_IN)


def _with_stubs(
    built: bytes, modules: Mapping[str, str], door: str, kind: str = parts.WORKBOOK
) -> bytes:
    stubs = {name: stub(name) for name in ("RiskbookTell", door)}
    odd = 'Public Sub Odd()\r\n    {} "refresh(); import os"\r\nEnd Sub\r\n'
    own = {
        name: text + odd.format(called)
        for name, called in (("RiskbookButtons", "CallPython"), ("RiskbookRunner", "Press"))
        if (text := modules.get(name))
    }
    return parts.with_macros(built, {**modules, **stubs, **own, "Driver": driver()}, kind)


def pressed(presses: Sequence[Press], folder: Path) -> dict[str, Mapping[str, str]]:
    """What stands in the cell after each macro, by workbook and macro; one start for all."""
    assert SOFFICE is not None, "a test that presses is marked NEEDED"
    profile, given = folder / "profile", folder / "given"
    scripts = profile / "user" / "Scripts" / "python"
    for path in (scripts, given):
        path.mkdir(parents=True)
    (scripts / "press.py").write_bytes((STUBS / "press.py").read_bytes())
    job, answer = folder / "job.json", folder / "answer.json"
    books = [{"path": str(given / each.name), "macros": each.macros} for each in presses]
    job.write_text(json.dumps({"books": books, "answer": str(answer)}), encoding="utf-8")
    for each in presses:
        (given / each.name).write_bytes(each.data)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", SCRIPT]
    _run(command, {**environment(), "RISKBOOK_JOB": str(job)})
    found = json.loads(answer.read_text(encoding="utf-8"))
    return {
        each.name: dict(zip(each.macros, cells, strict=True))
        for each, cells in zip(presses, found, strict=True)
    }


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    """LibreOffice is a program that starts another; at the end none of them is left."""
    with subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as office:
        try:
            office.wait(timeout=180)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)
