"""A workbook's zip container, changed part by part and otherwise left alone.

::

    Package.parse(bytes)   .part(name) -> content
                           .replaced({name: content}, drop=[name]) -> bytes

        [Content_Types].xml  copied raw  =  same header, same compressed bytes
        xl/workbook.xml      copied raw
        xl/worksheets/..1    changed     =  deflated anew, same name and date
        xl/calcChain.xml     dropped
                             added       =  at the end, with a fixed date

Raw means every byte between one member's local header and the next one's, so a data
descriptor or padding goes along, and an empty change gives the same file back.  Part
names are compared as the packaging standard does: without regard to case.

Source: PKWARE, APPNOTE.TXT - .ZIP File Format Specification, 4.3 (general format).

Whether a file may be opened at all is decided before; what the parts mean is
:mod:`riskbook.edge.xlsx.workbook`.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from riskbook.errors import RefusedError

SAVE_AGAIN = "open the file in Excel, save it as .xlsx or .xlsm, try again."

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 1 << 0, 1 << 11
_LEVEL = 6
_NEW_DATE = (1 << 5) | 1  # 1 January 1980, the first day that the format knows
_VERSION = 20  # 2.0: the first version with deflate


@dataclass(frozen=True, slots=True)
class _Member:
    """One entry of the central directory and the bytes that belong to it."""

    name: str
    stored_name: bytes
    record: bytes  # its whole entry in the central directory
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int  # bytes, as compressed
    size: int  # bytes, as inflated
    start: int  # of its local header
    stop: int = 0  # of the next member's local header, or of the directory


@dataclass(frozen=True, eq=False)
class Package:
    """An archive in memory; ``names`` are in the order of its directory."""

    names: tuple[str, ...]
    _data: bytes = field(repr=False)
    _members: Mapping[str, _Member] = field(repr=False)  # by folded name
    _comment: bytes = field(repr=False)
    _inflated: dict[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def parse(cls, data: bytes) -> "Package":
        """Read the directory of an archive; parts are inflated when asked for.

        Raises:
            RefusedError: not a zip archive, or one of a kind that Excel does not write
                (several disks, zip64, encrypted, bytes before the first member).
        """
        count, size, start, comment = _end_of_directory(data)
        members = _placed(_directory(data, count, size, start), data, start)
        return cls(tuple(m.name for m in members.values()), data, members, comment)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _folded(name) in self._members

    def part(self, name: str) -> bytes:
        """The inflated content of a part.

        Raises:
            RefusedError: there is no such part, or its content is damaged.
        """
        key = _folded(name)
        if key not in self._members:
            raise _refused(f"The workbook has no part {name!r} inside, though it needs one.")
        if key not in self._inflated:
            self._inflated[key] = _inflate(self._data, self._members[key])
        return self._inflated[key]

    def replaced(self, changes: Mapping[str, bytes], drop: Collection[str] = ()) -> bytes:
        """The same archive with some parts changed, added or left out.

        Args:
            changes: part name -> new content; a name not yet here is added at the end.
            drop: part names to leave out; one that is not here is no mistake.

        Returns:
            The bytes of the new archive: the same for the same arguments.
        """
        contents = {_folded(name): content for name, content in changes.items()}
        gone = {_folded(name) for name in drop}
        if both := contents.keys() & gone:
            raise ValueError(f"both changed and dropped: {sorted(both)}")
        bodies: list[bytes] = []
        records: dict[str, bytes] = {key: b"" for key in self._members if key not in gone}
        at = 0
        for key, body, record in self._entries(contents, gone, changes):
            bodies.append(body)
            records[key] = record[:42] + struct.pack("<I", at) + record[46:]
            at += len(body)
        return b"".join([*bodies, *records.values(), _end(records, at, self._comment)])

    def _entries(
        self, contents: Mapping[str, bytes], gone: Collection[str], changes: Mapping[str, bytes]
    ) -> "list[tuple[str, bytes, bytes]]":
        """(folded name, local bytes, directory entry) in the order they lie in the file."""
        entries = []
        for key, member in sorted(self._members.items(), key=lambda item: item[1].start):
            if key in gone:
                continue
            content = contents.get(key)
            if content is None or self._holds(member, content):
                body = self._data[member.start : member.stop]
                entries.append((key, body, member.record))
            else:
                entries.append((key, *_repacked(member, content)))
        added = [name for name in changes if name not in self]
        return entries + [(_folded(name), *_packed(name, changes[name])) for name in added]

    def _holds(self, member: _Member, content: bytes) -> bool:
        return member.size == len(content) and self.part(member.name) == content


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


def _refused(what: str) -> RefusedError:
    return RefusedError(what, fix=SAVE_AGAIN)


def _end_of_directory(data: bytes) -> tuple[int, int, int, bytes]:
    """(entries, bytes of the directory, its offset, the archive's comment)."""
    at = data.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + _END.size <= len(data):
            _, disk, first, here, count, size, start, length = _END.unpack_from(data, at)
            if at + _END.size + length == len(data):
                break
        at = data.rfind(b"PK\x05\x06", 0, at)
    else:
        raise _refused("The file is not a zip archive, as every .xlsx and .xlsm file is.")
    if count == 0xFFFF or 0xFFFFFFFF in (size, start):
        raise _refused("The file is a zip64 archive, which no workbook needs.")
    if disk or first or here != count or start + size != at:
        raise _refused("The file's zip directory does not fit the file.")
    return count, size, start, data[at + _END.size :]


def _directory(data: bytes, count: int, size: int, start: int) -> list[_Member]:
    members, at = [], start
    while at + _CENTRAL.size <= start + size:
        head = _CENTRAL.unpack_from(data, at)
        mark, _, _, flags, method, time, date, crc, packed, inflated = head[:10]
        name_length, extra_length, comment_length, offset = *head[10:13], head[16]
        stop = at + _CENTRAL.size + name_length + extra_length + comment_length
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        if mark != b"PK\x01\x02" or stop > start + size:
            raise _refused("The file's zip directory is damaged.")
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise _refused(f"The part {name!r} is encrypted or packed in an unusual way.")
        if 0xFFFFFFFF in (packed, inflated, offset):
            raise _refused("The file is a zip64 archive, which no workbook needs.")
        what = (flags, method, time, date, crc, packed, inflated, offset)
        members.append(_Member(name, raw, data[at:stop], *what))
        at = stop
    if at != start + size or len(members) != count:
        raise _refused("The file's zip directory is damaged.")
    return members


def _placed(members: list[_Member], data: bytes, end: int) -> dict[str, _Member]:
    """The members by folded name, each with the end of its bytes, in directory order."""
    starts = sorted(member.start for member in members)
    if members and starts[0] != 0:
        raise _refused("There are bytes before the first part of the file.")
    stops = dict(pairwise([*starts, end]))
    placed: dict[str, _Member] = {}
    for member in members:
        stop = stops[member.start]
        key = _folded(member.name)
        if key in placed or _body(data, member)[1] > stop:
            raise _refused(f"The part {member.name!r} is in the file twice, or over another.")
        placed[key] = replace(member, stop=stop)
    return placed


def _body(data: bytes, member: _Member) -> tuple[int, int]:
    """Where a member's compressed bytes start and stop."""
    if data[member.start : member.start + 4] != b"PK\x03\x04":
        raise _refused(f"The part {member.name!r} is not where the zip directory says.")
    name_length, extra_length = _LOCAL.unpack_from(data, member.start)[9:]
    start = member.start + _LOCAL.size + name_length + extra_length
    return start, start + member.packed


def _inflate(data: bytes, member: _Member) -> bytes:
    start, stop = _body(data, member)
    content = data[start:stop]
    if member.method == _DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(content, member.size + 1)
        except zlib.error:
            raise _refused(f"The part {member.name!r} is damaged.") from None
    if len(content) != member.size or zlib.crc32(content) != member.crc:
        raise _refused(f"The part {member.name!r} is damaged.")
    return content


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _repacked(member: _Member, content: bytes) -> tuple[bytes, bytes]:
    """Local bytes and directory entry of a changed part: name, date, attributes stay."""
    head = _CENTRAL.unpack_from(member.record)
    made_by, internal, external = head[1], head[14], head[15]
    comment = member.record[len(member.record) - head[12] :] if head[12] else b""
    stamp = (member.flags & _UTF8, _DEFLATED, member.time, member.date)
    look = (made_by, internal, external, comment)
    return _written(member.stored_name, content, stamp, look)


def _packed(name: str, content: bytes) -> tuple[bytes, bytes]:
    """Local bytes and directory entry of a new part."""
    stamp = (0 if name.isascii() else _UTF8, _DEFLATED, 0, _NEW_DATE)
    return _written(name.encode("utf-8"), content, stamp, (_VERSION, 0, 0, b""))


def _written(
    name: bytes,
    content: bytes,
    stamp: tuple[int, int, int, int],
    look: tuple[int, int, int, bytes],
) -> tuple[bytes, bytes]:
    made_by, internal, external, comment = look
    body = _deflate(content)
    what = (_VERSION, *stamp, zlib.crc32(content), len(body), len(content), len(name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *what)
    rest = (len(comment), 0, internal, external, 0)
    record = _CENTRAL.pack(b"PK\x01\x02", made_by, *what, *rest)
    return local + name + body, record + name + comment


def _end(records: Mapping[str, bytes], start: int, comment: bytes) -> bytes:
    count, size = len(records), sum(map(len, records.values()))
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, len(comment)) + comment
