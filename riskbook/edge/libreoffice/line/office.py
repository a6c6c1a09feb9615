"""A LibreOffice that riskbook starts for itself, or one that is open already.

::

    start(visible=...)    own profile, own process group: nothing of the user's is touched
    attach()              the LibreOffice that the user has open, by its extension

Starting costs a second or two, so one process serves a whole run.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from hashlib import md5
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from riskbook.edge.libreoffice.line.wire import OfficeError, Wire

RENDEZVOUS = "riskbook-rendezvous.json"
SCRIPT = "vnd.sun.star.script:riskbook_helper.py$serve?language=Python&location=user"
EXTENSION = "service:org.riskbook.Toolbar?serve"
PLACES = {
    "win32": (r"C:\Program Files\LibreOffice\program\soffice.exe",),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "linux": ("/usr/bin/soffice", "/usr/bin/libreoffice", "/opt/libreoffice/program/soffice"),
}
DYING = 0.3  # seconds that a killed process may still write; a slow init keeps its name longer
# LibreOffice's own Python must not find ours: another version's library ends the process
OURS = ("PYTHON", "VIRTUAL_ENV", "PYENV", "CONDA")


def program() -> Path:
    """Where LibreOffice is.

    Raises:
        OfficeError: it is not installed.
    """
    for place in PLACES.get(sys.platform, ()):
        if Path(place).exists():
            return Path(place)
    if found := shutil.which("soffice"):
        return Path(found)
    raise OfficeError(
        "LibreOffice is not installed on this computer.",
        fix="install LibreOffice 7.4 or newer with its Python scripting, or use the file itself: "
        "`riskbook refresh FILE`.",
    )


def environment() -> dict[str, str]:
    """The environment for LibreOffice: without this Python's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    if os.name == "posix":
        kept["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin"
    return kept


def user_profile() -> Path:
    """The folder in which LibreOffice keeps the user's settings."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", home)) / "LibreOffice" / "4" / "user"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "LibreOffice" / "4" / "user"
    return Path(os.environ.get("XDG_CONFIG_HOME", home / ".config")) / "libreoffice" / "4" / "user"


class Office:
    """One LibreOffice and the line to it."""

    def __init__(self, wire: Wire, process: subprocess.Popen[bytes] | None, home: Path | None):
        """Take what :func:`start` or :func:`attach` made."""
        self.wire, self.process, self.home = wire, process, home

    @property
    def own(self) -> bool:
        """Whether riskbook started it, and so ends it."""
        return self.home is not None

    @property
    def alive(self) -> bool:
        """Whether it still runs and answers."""
        return self.wire.open and (self.process is None or self.process.poll() is None)

    def kill(self) -> None:
        """End a LibreOffice of our own with everything that belongs to it."""
        self.wire.close()
        if self.home is None:
            return
        if self.process is not None:
            end(self.process)
        until = time.monotonic() + 5
        while self.home.exists() and time.monotonic() < until:
            shutil.rmtree(self.home, ignore_errors=True)  # what dies may still write there
        pipe_of(self.home).unlink(missing_ok=True)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and all that it started, and wait until none of it is left."""
    if sys.platform == "win32":
        process.kill()
        process.wait()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        until = time.monotonic() + DYING
        while time.monotonic() < until:
            os.killpg(process.pid, 0)  # raises when the group is empty
            time.sleep(0.01)
    process.wait()


def pipe_of(home: Path) -> Path:
    """The socket by which LibreOffice finds out that a profile is in use.

    Source: LibreOffice, desktop/source/app/officeipcthread.cxx; a LibreOffice that is killed
    leaves it behind.
    """
    url = f"file://{quote(home.as_posix())}"
    digest = md5(url.encode("utf-16-le"), usedforsecurity=False).digest()
    user = os.getuid() if sys.platform != "win32" else 0
    return Path("/tmp", f"OSL_PIPE_{user}_SingleOfficeIPC_{''.join(f'{b:x}' for b in digest)}")


def start(*, visible: bool = False, home: Path | None = None) -> Office:
    """Start a LibreOffice of our own.

    Should this process end without ending it, the helper notices, ends LibreOffice and
    takes the profile away.

    Args:
        visible: with windows; without a screen there are none.
        home: its profile's folder; a new one by default.  It is deleted afterwards.

    Raises:
        OfficeError: it is not installed, or its Python scripting is not.
    """
    binary = program()
    folder = home or Path(tempfile.mkdtemp(prefix="riskbook-office-"))
    wire = Wire()
    office = Office(wire, None, folder)
    command = [str(binary), f"-env:UserInstallation=file://{quote(folder.as_posix())}"]
    command += ["--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += [] if visible else ["--headless"]
    try:
        _install(folder / "user")
        (folder / "tmp").mkdir(exist_ok=True)
        pipe = str(pipe_of(folder))
        _invite(folder / "user", wire, stay=True, folder=str(folder), pipe=pipe)
        process = office.process = subprocess.Popen(
            [*command, SCRIPT],
            env={**environment(), "TMPDIR": str(folder / "tmp")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wire.accept(alive=lambda: process.poll() is None)
    except BaseException:
        office.kill()
        raise
    return office


def attach(profile: Path | None = None) -> Office:
    """Reach the LibreOffice that the user has open.

    Starting the program with a service's address hands it to the one that runs.

    Raises:
        OfficeError: none is open, the extension is not installed, or nothing answers.
    """
    folder = profile or user_profile()
    if not (folder.parent / ".lock").exists():
        raise OfficeError(
            "LibreOffice is not open.",
            fix="open the workbook in LibreOffice, install riskbook.oxt, and try again.",
        )
    wire = Wire()
    _invite(folder, wire, stay=False)
    home = quote(folder.parent.as_posix())
    command = [str(program()), f"-env:UserInstallation=file://{home}", "--nologo", EXTENSION]
    process = subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wire.accept(15)
    except BaseException:
        wire.close()
        raise
    finally:
        (folder / RENDEZVOUS).unlink(missing_ok=True)
        Thread(target=process.wait, daemon=True).start()  # it ends when it has handed over
    return Office(wire, None, None)


def _invite(user: Path, wire: Wire, **told: Any) -> None:
    """Leave the port and the token where only this user can read them."""
    path = user / RENDEZVOUS
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"port": wire.port, "token": wire.token, **told}, file)


def helper_files() -> dict[str, bytes]:
    """The helper's files by their place below the folder of scripts."""
    root = files("riskbook.edge.libreoffice") / "helper"
    return {"riskbook_helper.py": (root / "riskbook_helper.py").read_bytes(), **modules()}


def modules() -> dict[str, bytes]:
    """The helper's modules, which the extension holds too."""
    found = {}
    for module in (files("riskbook.edge.libreoffice") / "helper" / "riskbook_office").iterdir():
        if module.name.endswith(".py"):
            found[f"pythonpath/riskbook_office/{module.name}"] = module.read_bytes()
    return dict(sorted(found.items()))


SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse">\
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">\
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="LastCompatibilityCheckID" \
oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop \
oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" \
oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
"""


def _install(folder: Path) -> None:
    """Put the helper and the settings into a new profile.

    Locking is off there, as a lock left behind makes opening fail without a word; who
    holds a file is looked at before it is opened.
    """
    scripts = folder / "Scripts" / "python"
    for name, content in helper_files().items():
        place = scripts / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    settings = folder / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
