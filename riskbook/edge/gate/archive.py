"""The package around a workbook's parts: a zip, read with no benefit of the doubt.

::

    local header + data | local header + data | ... | directory | end record
         each entry of the directory must fit its own local header,
         lie before the directory, and share no byte with another entry

Two readers that disagree about a file show two different registers, so whatever the
directory and the local headers do not both say is refused.  A size in a header is a claim:
a part is inflated up to the claimed size and no further.

What the parts say is not here: that is :mod:`riskbook.edge.gate.markup`.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from riskbook.edge.gate.limits import Limits

RESAVE = "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use the new file."
FRESH = "ask whoever sent it for a fresh copy saved by Excel, and do not open this one."
FEWER = "remove what the register does not need from it, or split it into two workbooks."
AGAIN = "copy or download it again, or take the latest backup."
_SPELT_OUT = re.compile("%(?:2e|2f|5c)", re.IGNORECASE)  # a point or slash, as a web address has it
_LINK = 0o120000  # of a file's mode on Unix: a symbolic link
_PIECE = 1 << 18  # bytes inflated at a time


class FaultError(Exception):
    """Why a file is refused: ``what`` reads after the file's name, ``fix`` is imperative."""

    def __init__(self, what: str, *, fix: str = FRESH) -> None:
        super().__init__(what, fix)
        self.what, self.fix = what, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One part as the directory lists it."""

    name: str  # as written, for messages; a folder's ends with a slash
    deflated: bool
    crc: int
    packed: int  # bytes in the file
    size: int  # bytes when inflated, as claimed
    header: int  # where its local header starts
    late: bool  # its sums follow its data


def shown(text: str) -> str:
    """A name from outside, safe to print: no control characters and not too long."""
    plain = "".join(c if c.isprintable() else "?" for c in text)
    return plain if len(plain) <= 120 else plain[:117] + "..."


class Package:
    """The parts of a zip, each found by its name in lower case."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self.entries: dict[str, Entry] = {}
        names: set[str] = set()
        begin, end, count = _directory(data)
        if count > limits.entries:
            raise FaultError(
                f"holds {count} parts, more than any workbook (limit {limits.entries})"
            )
        listed = list(_entries(data, begin, end, count))
        for entry in listed:
            if entry.name.endswith("/"):
                continue
            name = unicodedata.normalize("NFKC", entry.name).casefold()  # one on some disks
            if name in names:
                raise FaultError(f"holds the part {shown(entry.name)} twice")
            names.add(name)
            self.entries[entry.name.lower()] = entry
        self._starts = _refuse_overlap(data, listed, begin)
        _refuse_bombs(list(self.entries.values()), limits)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def read(self, key: str) -> bytes:
        """One part, inflated to its claimed size exactly."""
        entry = self.entries[key]
        start = self._starts[key]
        packed = memoryview(self._data)[start : start + entry.packed]
        try:
            part = _inflated(packed, entry.size) if entry.deflated else bytes(packed)
        except zlib.error:
            raise FaultError(f"is damaged in its part {shown(entry.name)}", fix=AGAIN) from None
        if part is None or len(part) != entry.size:
            raise FaultError(f"states a false size for its part {shown(entry.name)}")
        if zlib.crc32(part) != entry.crc:
            raise FaultError(f"is damaged in its part {shown(entry.name)}", fix=AGAIN)
        return part


def _inflated(packed: memoryview, size: int) -> bytes | None:
    """A part a piece at a time, so that it is never in memory twice; None for a false size."""
    inflate, part = zlib.decompressobj(-zlib.MAX_WBITS), BytesIO()
    for at in range(0, len(packed), _PIECE):
        rest: bytes | memoryview = packed[at : at + _PIECE]
        more = True
        while more and not inflate.eof and part.tell() <= size:
            piece = inflate.decompress(rest, _PIECE)
            part.write(piece)
            rest = inflate.unconsumed_tail
            more = bool(rest) or len(piece) == _PIECE
        if inflate.eof:
            whole = at + _PIECE >= len(packed) and not inflate.unused_data
            return part.getvalue() if whole else None
    return None


def _directory(data: bytes) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many entries it lists."""
    cut = FaultError("is damaged: its end is missing or has something behind it", fix=AGAIN)
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise cut
    disk, disk2, here, count, size, begin, comment = struct.unpack_from("<4H2LH", data, end + 4)
    if end + 22 + comment != len(data):
        raise cut
    if end >= 20 and data[end - 20 : end - 16] == b"PK\6\7":
        end, here64, count64, size64, begin64 = _directory64(data, end - 20, cut)
        small, large = (here, count, size, begin), (here64, count64, size64, begin64)
        full = (65_535, 65_535, 2**32 - 1, 2**32 - 1)  # "see the wide form"
        if any(a not in pair for a, *pair in zip(small, large, full, strict=True)):
            raise FaultError("has two ends that disagree")
        here, count, size, begin = large
    if disk or disk2 or here != count or begin + size != end:
        raise cut
    return begin, end, count


def _directory64(data: bytes, at: int, cut: FaultError) -> tuple[int, int, int, int, int]:
    """The wide form of the end record, which some programs always write."""
    (record,) = struct.unpack_from("<Q", data, at + 8)
    if record + 56 > at or data[record : record + 4] != b"PK\6\6":
        raise cut
    here, count, size, begin = struct.unpack_from("<4Q", data, record + 24)
    return record, here, count, size, begin


def _entries(data: bytes, begin: int, end: int, count: int) -> Iterator[Entry]:
    at = begin
    for _ in range(count):
        if at + 46 > end or data[at : at + 4] != b"PK\1\2":
            raise FaultError("is damaged: its list of parts is broken off", fix=AGAIN)
        flags, method, crc, packed, size = struct.unpack_from("<2H4x3L", data, at + 8)
        lengths = struct.unpack_from("<3H", data, at + 28)
        mode, header = struct.unpack_from("<HL", data, at + 40)
        name_end = at + 46 + lengths[0]
        extra = data[name_end : name_end + lengths[1]]
        size, packed, header = _widen(extra, [size, packed, header])
        raw = data[at + 46 : name_end]
        name = _name(raw, flags)
        if flags & 0x2041:
            raise FaultError(
                f"has a password on its part {shown(name)}",
                fix="unpack it with the password and give riskbook the workbook itself.",
            )
        if mode & 0o170000 == _LINK:
            raise FaultError(f"holds a link to another file in place of its part {shown(name)}")
        if method not in (0, 8):
            raise FaultError(f"packs its part {shown(name)} in a way Excel does not", fix=RESAVE)
        _refuse_false_header(data, header, name, raw, (flags, method, crc, packed, size))
        if name.endswith("/") and size:
            raise FaultError(f"hides data in its folder {shown(name)}")
        sums = {"crc": crc, "packed": packed, "size": size}
        late = bool(flags & 8)
        yield Entry(name=name, deflated=method == 8, header=header, late=late, **sums)
        at = name_end + lengths[1] + lengths[2]
    if at != end:
        raise FaultError("is damaged: its list of parts does not end where it says", fix=AGAIN)


def _widen(extra: bytes, sizes: list[int]) -> list[int]:
    """Size, packed size and place of an entry, from the wide field where they do not fit."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == 0x7075:
            raise FaultError("gives one of its parts two names")
        if kind == 1:
            wide = [i for i, size in enumerate(sizes) if size == 2**32 - 1]
            if len(field) < 8 * len(wide):
                raise FaultError("is damaged: a size in its list of parts is missing", fix=AGAIN)
            for place, i in enumerate(wide):
                (sizes[i],) = struct.unpack_from("<Q", field, 8 * place)
        at += 4 + length
    return sizes


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        raise FaultError("is damaged: the name of a part cannot be read", fix=AGAIN) from None
    name = name.replace("\\", "/")  # some programs on Windows; Excel and our reader take both
    steps = name.removesuffix("/").split("/")
    odd = any(not step or step[-1] in ". " for step in steps)  # Windows drops these at the end
    if odd or ":" in name or _SPELT_OUT.search(name) or not name.isprintable():
        raise FaultError(f"holds a part whose name leads out of the workbook: {shown(name)}")
    return name


def _refuse_false_header(
    data: bytes, at: int, name: str, raw: bytes, listed: tuple[int, int, int, int, int]
) -> None:
    """The header before the data must say what the directory says."""
    if at + 30 > len(data) or data[at : at + 4] != b"PK\3\4":
        raise FaultError(f"is damaged: its part {shown(name)} is not where it should be", fix=AGAIN)
    flags, method, *sums = struct.unpack_from("<2H4x3L", data, at + 6)
    (length,) = struct.unpack_from("<H", data, at + 26)
    told = [0, 2**32 - 1] if flags & 8 else [2**32 - 1]  # told later, or in a wide field
    same = all(a == b or a in told for a, b in zip(sums, listed[2:], strict=True))
    if flags & 0x2041 or method != listed[1] or data[at + 30 : at + 30 + length] != raw or not same:
        raise FaultError(f"describes its part {shown(name)} in two ways that disagree")


def _refuse_overlap(data: bytes, entries: list[Entry], directory: int) -> dict[str, int]:
    """Where the data of each part starts; no byte belongs to two parts."""
    starts: dict[str, int] = {}
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        name_length, extra_length = struct.unpack_from("<2H", data, entry.header + 26)
        start = entry.header + 30 + name_length + extra_length
        if entry.header < free or start + entry.packed > directory:
            raise FaultError(f"holds parts that overlap, at {shown(entry.name)}")
        _refuse_hidden(data, free, entry.header)
        free = start + entry.packed
        _refuse_false_sums(data, free, entry)
        starts[entry.name.lower()] = start
    _refuse_hidden(data, free, directory)
    return starts


def _refuse_hidden(data: bytes, start: int, end: int) -> None:
    """Between two parts nothing may look like a part: some programs read from the front."""
    if data.find(b"PK\3\4", start, end) >= 0:
        raise FaultError("hides a part that its list of parts does not name")


def _refuse_false_sums(data: bytes, at: int, entry: Entry) -> None:
    """Sums behind a part's data, where they are marked as such, must be the list's."""
    if not (entry.late and data[at : at + 4] == b"PK\7\x08"):
        return
    listed = (entry.crc, entry.packed, entry.size)
    told = [struct.unpack_from(form, data, at + 4) for form in ("<3L", "<L2Q")]
    if listed not in told:
        raise FaultError(f"describes its part {shown(entry.name)} in two ways that disagree")


def _refuse_bombs(entries: list[Entry], limits: Limits) -> None:
    for entry in entries:
        if entry.size > limits.part:
            raise FaultError(f"has a part that is too large to open: {shown(entry.name)}")
        if entry.size > limits.ratio_from and entry.size > limits.ratio * entry.packed:
            raise FaultError(f"has a part that swells far beyond its size: {shown(entry.name)}")
    if sum(entry.size for entry in entries) > limits.total:
        raise FaultError("is too large to open once it is unpacked")
