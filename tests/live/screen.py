"""A screen that nobody looks at, with a LibreOffice window on it, for pressing real buttons.

::

    Xvfb (screen) + openbox (windows) + soffice with riskbook's extension + xdotool (hands)
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from riskbook.edge.libreoffice.line.office import environment

T = TypeVar("T")
PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "soffice", "unopkg")
SIZE = "1600x1000x24"
PATIENCE = 60.0  # seconds


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name in PROGRAMS if not shutil.which(name)]


class Screen:
    """A display with a window manager."""

    def __init__(self, folder: Path) -> None:
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {**environment(), "HOME": str(folder)}
        told, tell = os.pipe()
        self.running.append(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(tell), "-screen", "0", SIZE, "-nolisten", "tcp"],
                pass_fds=[tell],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
        os.close(tell)
        with os.fdopen(told) as number:
            self.environment["DISPLAY"] = f":{number.readline().strip()}"
        self.start("openbox")

    def start(self, *command: str) -> None:
        """Start a program on the screen."""
        self.running.append(
            subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def hands(self, *words: str) -> str:
        """Let xdotool do something; what it prints."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def picture(self, path: Path) -> None:
        """Take a picture of the whole screen, once it has been painted."""
        time.sleep(1)
        subprocess.run(
            [
                "import",
                "-window",
                "root",
                "-resize",
                "1200x",
                "+dither",
                "-colors",
                "96",
                str(path),
            ],
            env=self.environment,
            check=True,
        )

    def window(self, title: str) -> str:
        """Wait for a window of a title; its number."""
        return until(lambda: self.hands("search", "--onlyvisible", "--name", title), title)

    def end(self) -> None:
        """End everything on it."""
        for process in reversed(self.running):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()


def until(ask: Callable[[], T], what: str) -> T:
    """Ask again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"not there after {PATIENCE:.0f} seconds: {what}")


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """A screen for a while."""
    shown = Screen(folder)
    try:
        yield shown
    finally:
        shown.end()


def install(extension: Path, profile: Path) -> None:
    """Install an extension for the user of a profile, with LibreOffice's own unopkg."""
    profile.mkdir()
    command = ["unopkg", "add", "-f", f"-env:UserInstallation={profile.as_uri()}", str(extension)]
    if os.geteuid() == 0:  # unopkg refuses root
        for place in (*profile.parents, extension):
            if "pytest" in place.as_posix():
                place.chmod(place.stat().st_mode | 0o055)
        shutil.chown(profile, "nobody", "nogroup")
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    done = subprocess.run(
        command,
        env={**environment(), "HOME": str(profile)},
        cwd=profile,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "root:root", str(profile)], check=True)
