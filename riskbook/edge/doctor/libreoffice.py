"""Where LibreOffice is and whether it has riskbook's extension, by looking at files only.

::

    user's    <profile>/user/uno_packages/cache/uno_packages.pmap     names what is installed
    shared    <program>/../share/uno_packages/cache/uno_packages/X_/<file>.oxt/description.xml,
              removed again where X + "removed" lies beside it
    bundled   <program>/../share/extensions/<folder>/description.xml

After a removal the user's folder keeps the files for a while, so there only the list
counts.  LibreOffice is never started: that takes seconds and can touch the profile.
"""

import ast
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from riskbook.edge.doctor.facts import MAC, WINDOWS, Office

EXTENSION = "org.riskbook.toolbar"
_LARGEST = 1_000_000  # bytes; a list or a description is far smaller


def look(
    system: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    home: Path | None = None,
) -> Office | None:
    """LibreOffice as this user has it; None where it is not found."""
    home = home or Path.home()
    soffice = _soffice(system, environment)
    if soffice is None:
        return None
    program = soffice.resolve().parent
    helper = _helper(_profile(system, environment, home), _share(program))
    return Office(
        path=str(soffice),
        version=_version(program),
        helper=helper[0] if helper else "",
        program=_program(helper[1], system) if helper else "",
    )


def _soffice(system: str, environment: Mapping[str, str]) -> Path | None:
    for name in ("soffice", "libreoffice"):
        if place := shutil.which(name, path=environment.get("PATH", os.defpath)):
            return Path(place)
    if system == MAC:
        places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    elif system == WINDOWS:
        folders = [environment.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)")]
        places = [Path(f, "LibreOffice", "program", "soffice.exe") for f in folders if f]
    else:
        places = [*map(Path, ("/usr/lib/libreoffice/program/soffice", "/usr/bin/soffice"))]
        places += sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    return next((place for place in places if place.is_file()), None)


def _version(program: Path) -> str:
    """``7.4`` from the file ``bootstraprc`` (``bootstrap.ini`` on Windows)."""
    for place in ("bootstraprc", "bootstrap.ini", "../Resources/bootstraprc"):
        if found := re.search(rb"^ProductKey=LibreOffice ([\d.]+)", _bytes(program / place), re.M):
            return found[1].decode("ascii")
    return ""


def _profile(system: str, environment: Mapping[str, str], home: Path) -> Path:
    if system == WINDOWS:
        roaming = environment.get("APPDATA")
        folder = Path(roaming) if roaming else home / "AppData" / "Roaming"
        return folder / "LibreOffice" / "4"
    if system == MAC:
        return home / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "libreoffice" / "4"


def _share(program: Path) -> Path:
    beside = program.parent / "share"
    return beside if beside.is_dir() else program.parent / "Resources"  # the second on a Mac


def _helper(profile: Path, share: Path) -> tuple[str, Path] | None:
    """Who has the extension, and the folder that it was unpacked into."""
    for whose, places in (("you", _own(profile)), ("all users", _shared(share))):
        for place in places:
            if _identifier(_bytes(place)) == EXTENSION:
                return whose, place.parent
    return None


def _own(profile: Path) -> Iterator[Path]:
    packages = profile / "user" / "uno_packages" / "cache" / "uno_packages"
    listed = _bytes(packages.with_name("uno_packages.pmap"))
    for folder in packages.glob("*_"):
        if folder.name.removesuffix("_").encode() in listed:
            yield from folder.glob("*/description.xml")


def _shared(share: Path) -> Iterator[Path]:
    for folder in share.glob("uno_packages/cache/uno_packages/*_"):
        removed = folder.with_name(folder.name.removesuffix("_") + "removed")
        if not removed.exists():
            yield from folder.glob("*/description.xml")
    yield from share.glob("extensions/*/description.xml")


def _program(extension: Path, system: str) -> str:
    """The Python that the extension starts here: to be compared with this one, never started."""
    settings = _bytes(extension / "python" / "pythonpath" / "riskbook_settings.py")
    found = re.search(r"^INTERPRETERS = (.+)$", settings.decode("utf-8", "replace"), re.MULTILINE)
    try:
        programs = ast.literal_eval(found[1]) if found else {}
    except (ValueError, SyntaxError):
        return ""
    if not isinstance(programs, dict):
        return ""
    # as riskbook_toolbar.py chooses: a system that is not listed is taken for Linux
    return str(programs.get(system, programs.get("linux", "")))


def _identifier(description: bytes) -> str:
    """The extension's id; of XML that is broken or declares entities, nothing."""
    ids: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "identifier":
            ids.append(attributes.get("value", ""))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    with suppress(expat.ExpatError):
        if b"<!" not in description:
            parser.Parse(description, True)
    return ids[0] if ids else ""


def _bytes(path: Path) -> bytes:
    """A small file's content; nothing where it is missing or may not be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError:
        return b""
