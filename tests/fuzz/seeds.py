"""What is mutated: small workbooks that take the whole way in a few milliseconds.

::

    register   a filled riskbook workbook, each sheet cut down to its first rows
    plain      four cells on one sheet: nearly every byte of it matters
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles
from riskbook.edge.making import made
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook
from tests.edge.hostile import workbook
from tests.support import sample

PROFILE = "operational-4x4"
_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_MERGE = re.compile(rb"<mergeCells.*?</mergeCells>", re.DOTALL)
_BREAKS = re.compile(rb"<rowBreaks.*?</rowBreaks>", re.DOTALL)
_LINKS = re.compile(rb"<hyperlinks.*?</hyperlinks>", re.DOTALL)
_KEPT_ROWS = {"about": 30, "key": 40, "lists": 30, "risks": 7, "actions": 7}  # the rest: 2

Parts = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Packed:
    """A part as it lies in a zip: deflated once, used in thousands of files."""

    crc: int
    size: int
    body: bytes


@cache
def profile() -> Profile:
    """The profile by which every mutated register is read."""
    return profiles.load(PROFILE)


@cache
def register() -> tuple[tuple[str, bytes], ...]:
    """The parts of a register of a few rows."""
    document = sample("dacorum-2021")
    document["risks"] = document["risks"][:1]
    document["actions"] = document.get("actions", [])[:1]
    package = Package.parse(made(profiles.load(PROFILE), document)[0].data)
    book = Workbook.of(package)
    roles = {name: role for role, name in profiles.load(PROFILE).sheets.items()}
    kept = {sheet.part: _KEPT_ROWS.get(roles.get(sheet.name, ""), 2) for sheet in book.sheets}
    return tuple((name, _cut(package.part(name), kept.get(name))) for name in package.names)


@cache
def plain() -> tuple[tuple[str, bytes], ...]:
    """The parts of the smallest sound workbook."""
    package = Package.parse(workbook())
    return tuple((name, package.part(name)) for name in package.names)


def _cut(part: bytes, rows: int | None) -> bytes:
    if rows is None:
        return part
    for whole in (_MERGE, _BREAKS, _LINKS):
        part = whole.sub(b"", part)
    return _ROW.sub(lambda row: row[0] if int(row[1]) <= rows else b"", part)


@cache
def packed(content: bytes) -> Packed:
    """A part deflated; the same part is deflated once."""
    return deflated(content)


def deflated(content: bytes) -> Packed:
    """A part deflated quickly."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return Packed(zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


@cache
def known() -> frozenset[bytes]:
    """What the parts of the seeds say; it is deflated only once."""
    return frozenset(content for _, content in (*register(), *plain()))


def archive(parts: Parts, known: frozenset[bytes]) -> bytes:
    """An honest zip of the parts; those in ``known`` are deflated only the first time."""
    bodies, records, at = [], [], 0
    for name, content in parts:
        part = packed(content) if content in known else deflated(content)
        raw = name.encode("utf-8", "replace")[:60_000]
        flags = 0 if name.isascii() else 0x800
        head = (20, flags, 8, 0, 33, part.crc, len(part.body), part.size, len(raw), 0)
        bodies.append(struct.pack("<4s5H3I2H", b"PK\3\4", *head) + raw + part.body)
        rest = (0, 0, 0, 0, at)
        records.append(struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *head, *rest) + raw)
        at += len(bodies[-1])
    size = sum(map(len, records))
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(parts), len(parts), size, at, 0)
    return b"".join((*bodies, *records, end))


def records(data: bytes) -> Iterator[tuple[str, int]]:
    """Where each record of a zip starts: ("local", 0), ..., ("listed", n), ..., ("end", m)."""
    end = data.rindex(b"PK\5\6")
    count, _, at = struct.unpack_from("<H2L", data, end + 10)
    for _ in range(count):
        lengths = struct.unpack_from("<3H", data, at + 28)
        yield "local", struct.unpack_from("<L", data, at + 42)[0]
        yield "listed", at
        at += 46 + sum(lengths)
    yield "end", end
