"""The probe of this computer: every fact that the obstacles are judged by.

Nothing is started and nothing is written.  Package versions come from the metadata, so
that a package is not imported to be asked, and a broken one can still be named.
"""

import os
import plistlib
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import riskbook
from riskbook.edge.disk.log import log_path
from riskbook.edge.doctor import folders, libreoffice, windows
from riskbook.edge.doctor.facts import MAC, WINDOWS, Machine

_NEEDED = (
    "xlwings",
    "openpyxl",
    "XlsxWriter",
    "jsonschema",
    "click",
    "pyOpenVBA",
    "pandas",
    "typst",
)
_ONLY_THERE = {WINDOWS: ("pywin32",), MAC: ("appscript", "psutil")}
_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"
_EXCEL_FOR_MAC = Path("/Applications/Microsoft Excel.app/Contents/Info.plist")


def look() -> Machine:
    """This computer, this user, this installation."""
    package = Path(riskbook.__file__).resolve().parent
    needed = (*_NEEDED, *_ONLY_THERE.get(sys.platform, ()))
    open_folder, known = folders.first_open(_program_folders(package))
    return Machine(
        system=sys.platform,
        python=sys.version_info[:3],
        executable=sys.executable or "",
        packages={name: version(name) for name in needed},
        needed=needed,
        open_folder=open_folder,
        open_known=known,
        uncompiled=folders.uncompiled(package),
        package=str(package),
        office=libreoffice.look(),
        policies=windows.policies(),
        excel=_excel_for_mac() if sys.platform == "darwin" else "",
        scripts=scripts(Path.home()) if sys.platform == "darwin" else {},
        synchronised=tuple(synchronised(os.environ, Path.home())),
        log=str(log_path()),
    )


def version(package: str) -> str:
    """Of an installed package; empty where it is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def scripts(home: Path) -> Mapping[str, bool]:
    """The AppleScripts through which Excel for Mac starts a program, and whether they are there."""
    names = ("riskbook.applescript", f"xlwings-{version('xlwings')}.applescript")
    return {name: (home / _SCRIPTS / name).is_file() for name in names}


def synchronised(environment: Mapping[str, str], home: Path) -> Iterator[str]:
    """The folders that OneDrive says it keeps in step with the web."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if folder := environment.get(name):
            yield folder
    for place in (home / "Library" / "CloudStorage").glob("OneDrive*"):
        yield str(place)


def _program_folders(package: Path) -> Iterator[Path]:
    if sys.executable:
        # a virtual environment's python is a link to the real one: both have to be safe
        yield Path(sys.executable).parent
        yield Path(sys.executable).resolve().parent
    yield package


def _excel_for_mac() -> str:
    try:
        with _EXCEL_FOR_MAC.open("rb") as file:
            return str(plistlib.load(file).get("CFBundleShortVersionString", ""))
    except (OSError, plistlib.InvalidFileException):
        return ""
