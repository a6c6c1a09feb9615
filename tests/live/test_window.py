"""A real button in a real window: typed into, pressed, read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riskbook.edge.documents import profiles, registers
from riskbook.edge.libreoffice import extension
from riskbook.edge.libreoffice.line import office
from riskbook.edge.making import made
from riskbook.excel import reach
from tests.live.screen import Screen, install, missing, screen, until

TOOLBAR = f"private:resource/toolbar/addon_{extension.IDENTIFIER}"
PICTURES = os.environ.get("RISKBOOK_PICTURES", "")  # a folder to keep the pictures in


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Blackpool's register and a profile that has the extension."""
    if lacking := missing():
        pytest.skip(f"a window needs {', '.join(lacking)}")
    folder = tmp_path_factory.mktemp("window")
    document = registers.load("blackpool-2021")
    (folder / "Register.xlsx").write_bytes(
        made(profiles.load(document["profile"]), document)[0].data
    )
    oxt = folder / "riskbook.oxt"
    oxt.write_bytes(extension.build({"linux": sys.executable}))
    install(oxt, folder / "profile")
    return folder


@pytest.fixture(scope="module")
def shown(place: Path) -> Iterator[Screen]:
    """The register in a window."""
    with screen(place) as desk:
        profile = (place / "profile").as_uri()
        path = str(place / "Register.xlsx")
        desk.start("soffice", f"-env:UserInstallation={profile}", "--norestore", "--nologo", path)
        desk.window("Register.xlsx")
        yield desk


@pytest.fixture
def book(place: Path, shown: Screen, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The same workbook, reached from outside."""
    monkeypatch.setattr(office, "user_profile", lambda: place / "profile" / "user")
    monkeypatch.setattr(office, "environment", lambda: shown.environment)
    found = reach.reach(str(place / "Register.xlsx"))
    yield found
    found.app.kill()


def press(desk: Screen, book: Any, button: int) -> None:
    """Click on a button of the toolbar, counted from 0."""
    bar = book.api["CurrentController"]["Frame"]["LayoutManager"]("getElement", TOOLBAR)
    seen = bar["RealInterface"]["AccessibleContext"]("getAccessibleChild", button)
    where = seen["AccessibleContext"]
    corner, size = where["LocationOnScreen"], where["Size"]
    x, y = corner["X"] + size["Width"] // 2, corner["Y"] + size["Height"] // 2
    desk.hands("mousemove", str(x), str(y), "click", "1")


def keep(desk: Screen, name: str, place: Path) -> None:
    """A picture of the screen, for the guide where it is wanted."""
    path = Path(PICTURES or place) / name
    desk.picture(path)
    assert path.stat().st_size > 10_000


def test_a_typed_level_and_one_press_change_the_overall_score(place, shown, book):
    weighting, risks = book.sheets["Weighting"], book.sheets["Risks"]
    risks.activate()
    risks["N5"].select()
    window = shown.window("Register.xlsx").splitlines()[0]
    shown.hands("windowfocus", "--sync", window, "type", "3")
    shown.hands("key", "Return")
    until(lambda: risks["N5"].value == 3, "the typed level")
    weighting.activate()
    assert 18.5 in numbers(weighting)
    keep(shown, "button-before.png", place)

    press(shown, book, 0)
    message = shown.window("^riskbook$")

    assert 16.5 in numbers(weighting)
    assert 18.5 not in numbers(weighting)
    keep(shown, "button-after.png", place)
    shown.hands("windowfocus", "--sync", message, "key", "Return")
    until(lambda: not shown.hands("search", "--onlyvisible", "--name", "^riskbook$"), "the end")
    assert weighting.book.sheets.active.name == "Weighting"


def numbers(sheet: Any) -> list[Any]:
    return [value for row in sheet.used_range.value for value in row]


def test_the_command_from_outside_comes_to_the_same(place, shown, book):
    risks = book.sheets["Risks"]
    risks["N5"].value = 2
    done = run(shown, place, "refresh", str(place / "Register.xlsx"), "--live")
    assert done.stdout == (
        f"{place / 'Register.xlsx'}: 1 risk in 4 sub-risks, 14 actions; 0 errors, 3 warnings, "
        "3 notes: see Checks.\n"
    )
    assert done.returncode == 0
    # 0.40 x 10 + 0.15 x 15 + 0.15 x 15 + 0.30 x 20
    assert 14.5 in numbers(book.sheets["Weighting"])


def test_a_workbook_that_is_not_open_is_said_to_be_closed(place, shown):
    done = run(shown, place, "refresh", str(place / "Other.xlsx"), "--live")
    assert done.returncode == 2
    assert "is not open in LibreOffice" in done.stderr
    assert "without --live" in done.stderr


def run(desk: Screen, place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Riskbook's command as the user of the profile."""
    (place / ".config" / "libreoffice").mkdir(parents=True, exist_ok=True)
    link = place / ".config" / "libreoffice" / "4"
    if not link.exists():
        link.symlink_to(place / "profile")
    return subprocess.run(
        [sys.executable, "-m", "riskbook", *words],
        env={**desk.environment, "XDG_CONFIG_HOME": str(place / ".config")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
