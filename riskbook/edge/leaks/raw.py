"""Bytes of which nobody says what they are: read in every way that may show a text."""

import re
import zlib
from collections.abc import Iterator

from riskbook.edge.leaks.parts import Part

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
CHUNK = 1 << 14  # bytes that are inflated at a time
MOST = 50_000_000  # bytes that one stream may inflate to; what follows is not looked at


def parts(data: bytes, place: str) -> Iterator[Part]:
    """The texts that the bytes may be, and those of the streams packed in them."""
    yield Part(place, (), tuple(readings(data)))
    for stream in inflated(data):
        yield Part(place, (), tuple(readings(stream)))


def readings(data: bytes) -> Iterator[str]:
    """UTF-8, the code page of Western Windows, and UTF-16 of both orders at both alignments."""
    yield data.decode("utf-8", "ignore")
    if not data.isascii():
        yield data.decode("cp1252", "ignore")
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            yield data.decode(encoding, "ignore")
            yield data[1:].decode(encoding, "ignore")


def inflated(data: bytes) -> Iterator[bytes]:
    """Each zlib stream in the bytes, as PDF and PNG have them; of a broken one, its beginning."""
    view, at = memoryview(data), 0
    while found := _ZLIB.search(data, at):
        stream, end = _stream(view, found.start())
        at = max(end, found.start() + 1)
        if stream:
            yield stream


def _stream(view: memoryview, start: int) -> tuple[bytes, int]:
    """What is packed from a place on, and where it ends; that place itself if nothing is."""
    unpack, pieces, at = zlib.decompressobj(), [b""], start
    while at < len(view) and not unpack.eof and sum(map(len, pieces)) < MOST:
        chunk = view[at : at + CHUNK]
        try:
            pieces.append(unpack.decompress(chunk))
        except zlib.error:
            return b"".join(pieces), start
        at += len(chunk)
    return b"".join(pieces), at - len(unpack.unused_data)
