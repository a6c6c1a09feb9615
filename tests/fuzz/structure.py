"""Structure-aware mutations: of the zip around a workbook, of its parts, and of their XML.

::

    python -m tests.fuzz.structure SEED FILES SECONDS   one JSON line; exits with 3 on escapes

    bytes     a field of a zip record set to a nasty value; bytes flipped, cut, inserted
    parts     left out, twice, swapped, renamed, emptied, of another case
    XML       attributes and texts from a dictionary, elements twice, nested, gone; bits flipped,
              and then packed honestly, so that it reaches what lies behind the gate

The same seed makes the same files, so each one that is told can be made again.
"""

import json
import re
import struct
import sys
import time
from dataclasses import asdict, dataclass, field
from random import Random

from tests.fuzz import seeds
from tests.fuzz.markup import XML
from tests.fuzz.seeds import Parts
from tests.fuzz.trying import LONGEST, attempt

# Lengths of fields in zip records: offset -> form (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16).
_FIELDS = {
    "local": dict.fromkeys((4, 6, 8, 10, 12, 26, 28), "<H") | dict.fromkeys((0, 14, 18, 22), "<L"),
    "listed": dict.fromkeys((4, 6, 8, 10, 12, 14, 28, 30, 32, 34, 36), "<H")
    | dict.fromkeys((0, 16, 20, 24, 38, 42), "<L"),
    "end": dict.fromkeys((4, 6, 8, 10, 20), "<H") | dict.fromkeys((0, 12, 16), "<L"),
}
_NUMBERS = (0, 1, 2, 7, 8, 9, 0x20, 0x41, 0x800, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)

_ESCAPED = 3  # exit code; Python's own for an error of the harness is 1
_MATTERS = re.compile(r"worksheets/sheet|workbook\.xml$|styles|sharedStrings|tables/")


def mutated(rng: Random) -> bytes:
    """One file, wrong in one to four ways."""
    return changed(seeds.plain() if rng.random() < 0.6 else seeds.register(), rng)


def changed(base: tuple[tuple[str, bytes], ...], rng: Random) -> bytes:
    """A file of these parts, wrong in some ways."""
    parts = list(base)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        rng.choice((_change_xml, _change_xml, _change_xml, _change_xml, _change_parts))(parts, rng)
    data = seeds.archive(parts, seeds.known())
    if rng.random() < 0.25:
        for _ in range(rng.choice((1, 1, 2))):
            data = rng.choice((_zip_field, _zip_field, _zip_field, _bytes))(data, rng)
    return data


def _zip_field(data: bytes, rng: Random) -> bytes:
    if b"PK\5\6" not in data:
        return data
    try:
        kind, at = rng.choice(list(seeds.records(data)))
        offset, form = rng.choice(list(_FIELDS[kind].items()))
        changed = bytearray(data)
        (old,) = struct.unpack_from(form, changed, at + offset)
        value = rng.choice((*_NUMBERS, old + 1, old - 1, old ^ (1 << rng.randrange(16)), len(data)))
        struct.pack_into(form, changed, at + offset, value % (1 << (8 * struct.calcsize(form))))
    except struct.error:  # an earlier mutation moved the records
        return _bytes(data, rng)
    return bytes(changed)


def _bytes(data: bytes, rng: Random) -> bytes:
    """Bytes of no known meaning: flipped, cut off, put in, said twice."""
    at = rng.randrange(len(data) + 1)
    more = rng.randrange(1, 40)
    return rng.choice(
        (
            lambda: data[:at] + rng.randbytes(1) + data[at + 1 :],
            lambda: data[:at] + bytes([(data[at : at + 1] or b"\0")[0] ^ 1]) + data[at + 1 :],
            lambda: data[:at],
            lambda: data[:at] + data[at + more :],
            lambda: data[:at] + rng.randbytes(more) + data[at:],
            lambda: data[:at] + data[at - more : at] + data[at:],
        )
    )()


def _change_parts(parts: Parts, rng: Random) -> None:
    if not parts:
        return
    i, j = rng.randrange(len(parts)), rng.randrange(len(parts))
    (name, content), (other, beside) = parts[i], parts[j]
    kind = rng.randrange(9)
    if kind == 0:
        del parts[i]
    elif kind == 1:
        parts.append((name, beside))
    elif kind == 2:
        parts[i], parts[j] = (name, beside), (other, content)
    elif kind == 3:
        parts[i] = (other, content)
    elif kind == 4:
        parts[i] = (name, content[: rng.randrange(len(content) + 1)])
    elif kind == 5:
        parts[i] = (rng.choice((name.upper(), name + "/", "/" + name, "../" + name)), content)
    elif kind == 6:
        parts[i] = (rng.choice(("\u0130" + name, name.replace("s", "\u017f"), "x" * 5000)), content)
    elif kind == 7:
        parts.insert(j, parts.pop(i))
    else:
        parts[i] = (
            name,
            rng.choice((b"", b"\0" * 10, content.decode("utf-8", "replace").encode("utf-16"))),
        )


def _change_xml(parts: Parts, rng: Random) -> None:
    if parts:
        i = min(rng.randrange(len(parts)), rng.randrange(len(parts)))
        if rng.random() < 0.6:
            sheets = [k for k, (name, _) in enumerate(parts) if _MATTERS.search(name)]
            i = rng.choice(sheets or [i])
        name, content = parts[i]
        parts[i] = (name, rng.choice(XML)(content, rng))


@dataclass(slots=True)
class Seen:
    """What a run came to."""

    files: int = 0
    seen: dict[str, int] = field(default_factory=dict)  # "refused", "read", ... -> files
    escapes: list[str] = field(default_factory=list)  # which file, and what came out
    slowest: float = 0.0  # seconds for one file


def run(seed: int, files: int, seconds: float) -> Seen:
    """Try files until there are enough, or the time is up."""
    found, began = Seen(), time.monotonic()
    while found.files < files and time.monotonic() - began < seconds:
        number = seed * 1_000_000_007 + found.files
        data = mutated(Random(number))
        start = time.monotonic()
        came = attempt(data)
        took = time.monotonic() - start
        found.files += 1
        found.slowest = max(found.slowest, took)
        found.seen[came.state] = found.seen.get(came.state, 0) + 1
        if came.state == "escape" or took > LONGEST:
            found.escapes.append(f"file {number}: {came.told or f'{took:.1f} s'}")
            sys.stderr.write(found.escapes[-1] + "\n")
    return found


if __name__ == "__main__":
    from tests.fuzz.trying import fenced

    fenced()
    told = run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    sys.stdout.write(json.dumps(asdict(told)) + "\n")
    sys.exit(_ESCAPED if told.escapes else 0)
