"""Plain texts: CSV by its cells, JSON by its strings, anything else as it stands."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from riskbook.edge.leaks.parts import Part


def csv_parts(data: bytes, place: str, depth: int = 0) -> Iterator[Part]:
    """The cells of a CSV file, row by row."""
    text = data.decode("utf-8-sig", "replace")
    rows = csv.reader(io.StringIO(text, newline=""))
    yield Part(place, tuple(cell for row in rows for cell in row if cell), (text,))


def json_parts(data: bytes, place: str, depth: int = 0) -> Iterator[Part]:
    """The names and the strings of a JSON document."""
    text = data.decode("utf-8-sig", "replace")
    try:
        found = tuple(_strings(json.loads(text)))
    except ValueError:
        found = ()
    yield Part(place, found, (text,))


def text_parts(data: bytes, place: str, depth: int = 0) -> Iterator[Part]:
    """The lines of a text file, and all of it."""
    text = data.decode("utf-8-sig", "replace")
    yield Part(place, (*text.splitlines(), text))


def is_text(data: bytes) -> bool:
    """Whether bytes are a text in UTF-8, as far as their beginning says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, item in value.items():
                yield name
                yield from _strings(item)
        case list():
            for item in value:
                yield from _strings(item)
