"""The fonts of a PDF: whether they travel with it, and whether their letters can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NO_LETTER = ("0000", "feff", "fffe")
USUAL = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding")
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """One font of a document."""

    name: str
    embedded: bool
    mapped: bool  # each of its codes to a letter
    empty: bool  # it maps a code to what is no letter


def fonts(pages: Any) -> Iterator[Font]:
    """Each font once, those of forms in a page too."""
    seen: set[int] = set()
    for page in pages:
        yield from _of(page.get("/Resources"), seen)


def _of(resources: Any, seen: set[int]) -> Iterator[Font]:
    found = resources.get_object() if resources is not None else {}
    for group in ("/Font", "/XObject"):
        members = found.get(group)
        for item in (members.get_object() if members is not None else {}).values():
            number = getattr(item, "idnum", id(item))
            if number in seen:
                continue
            seen.add(number)
            part = item.get_object()
            if group == "/Font":
                yield _font(part)
            elif part.get("/Subtype") == "/Form":
                yield from _of(part.get("/Resources"), seen)


def _font(part: Any) -> Font:
    inner = part
    if part.get("/Subtype") == "/Type0":
        inner = part["/DescendantFonts"].get_object()[0].get_object()
    descriptor = inner.get("/FontDescriptor")
    files = descriptor.get_object() if descriptor is not None else {}
    own = part.get("/Subtype") == "/Type3"  # drawn in the file itself
    told = part.get("/ToUnicode")
    letters = _letters(told.get_object().get_data()) if told is not None else []
    return Font(
        name=str(part.get("/BaseFont", part.get("/Name", "?"))).lstrip("/"),
        embedded=own or any(name in files for name in FILES),
        mapped=told is not None or part.get("/Encoding") in USUAL,
        empty=any(letter in NO_LETTER for letter in letters),
    )


def _letters(table: bytes) -> list[str]:
    """What a table maps to: every second code of its pairs, the third of its ranges."""
    found: list[str] = []
    for kind, body in _SECTION.findall(table):
        codes = [b"".join(code.split()).decode().lower() for code in _CODE.findall(body)]
        if kind == b"char":
            found += codes[1::2]
        elif b"[" not in body:
            found += codes[2::3]
    return found
