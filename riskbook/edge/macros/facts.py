"""What the fingerprint knows about the macros of a workbook: one line for each module.

Excel writes a project's text anew when it saves: it ends lines, spaces words and chooses
capitals as it likes.  So two texts are the same macro when they have the same letters in
the same order, whatever their case.  The programs that a module names are left out, as an
installation chooses them; that the settings sheet names the same is a fact of its own.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from xml.etree.ElementTree import canonicalize

from riskbook.edge.macros.sources import interpreters_in, without_interpreters
from riskbook.edge.xlsx.package import Package


def facts_of(modules: Mapping[str, str]) -> tuple[str, ...]:
    """A fact for each module with code in it, by name."""
    return tuple(_facts(modules))


def tabs_in(package: Package) -> tuple[str, ...]:
    """A fact for each part that could put buttons on Excel's ribbon."""
    names = [name for name in package.names if name.lower().startswith("customui/")]
    return tuple(tab(n, package.part(n)) for n in sorted(names) if n.lower().endswith(".xml"))


def tab(name: str, content: bytes) -> str:
    """The fact about one such part: what it says, however it is spaced."""
    said = canonicalize(content.decode("utf-8"), strip_text=True)
    return f"tab {name}: {sha256(said.encode()).hexdigest()[:16]}"


def programs_in(modules: Mapping[str, str]) -> dict[str, str]:
    """The programs that the macros may start, by the key that names them in the settings."""
    found: dict[str, str] = {}
    for text in modules.values():
        found |= interpreters_in(text)
    return found


def _facts(modules: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(modules, key=str.casefold):
        if code := _code(modules[name]):
            yield f"macros {name}: {sha256(code.encode()).hexdigest()[:16]}"


def _code(text: str) -> str:
    """A module's text without what its editor keeps in front of it, spaces and capitals."""
    lines = without_interpreters(text).splitlines()
    preamble = ("VERSION ", "BEGIN", "  MultiUse", "END", "Attribute ")
    start = next((n for n, line in enumerate(lines) if not line.startswith(preamble)), len(lines))
    code = (line for line in lines[start:] if not line.startswith("Attribute "))
    return "".join("".join(code).casefold().split())
