"""Seals: a register's document with its digest, each seal naming the one before it.

::

    first snapshot          second snapshot         third snapshot
    document <- digest      document <- digest      document <- digest
    previous  = none        previous  = 1st seal    previous  = 2nd seal

A changed document no longer fits its digest; a changed seal no longer fits its own; a
seal that was made anew no longer fits the one after it.  Whoever makes all of them anew
is found only by a digest kept elsewhere, so the newest one is printed when it is made.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from riskbook.core.scoring import plain

SEAL = "seal"  # where a document holds it
FORMAT = "riskbook-seal/1"
OWN = "sha256"  # of the other parts of the seal
CONTENT = "document_sha256"  # of the document without its seal
PREVIOUS = "previous_sha256"  # the OWN of the seal before it; null in the first


def canonical(value: object) -> str:
    """The one text of a JSON value: names in order, no spaces, plain numbers.

    Raises:
        ValueError: a value that JSON does not have.
    """
    match value:
        case Mapping():
            pairs = (f"{canonical(str(name))}:{canonical(value[name])}" for name in sorted(value))
            return f"{{{','.join(pairs)}}}"
        case list() | tuple():
            return f"[{','.join(map(canonical, value))}]"
        case bool() | str() | None:
            return dumps(value, ensure_ascii=True)
        case int() | float() | Decimal():
            number = Decimal(str(value))
            if number.is_finite():
                return plain(number)
    raise ValueError(f"JSON has no value {value!r}")


def digest(value: object) -> str:
    """SHA-256 of a JSON value, in hexadecimal."""
    return sha256(canonical(value).encode()).hexdigest()


def content(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without its seal."""
    return {name: part for name, part in document.items() if name != SEAL}


def sealed(
    document: Mapping[str, Any], facts: Mapping[str, Any], previous: str | None
) -> dict[str, Any]:
    """A document with a seal of some facts about it (its period, who made it)."""
    seal = {"format": FORMAT, **facts, PREVIOUS: previous, CONTENT: digest(content(document))}
    return {**content(document), SEAL: {**seal, OWN: digest(seal)}}


def seal_of(document: object) -> dict[str, Any] | None:
    """The seal of a document, or None where it has none that can be checked."""
    seal = document.get(SEAL) if isinstance(document, Mapping) else None
    if not isinstance(seal, Mapping):
        return None
    whole = all(isinstance(seal.get(name), str) for name in (OWN, CONTENT))
    follows = isinstance(seal.get(PREVIOUS, 0), str | None)
    return dict(seal) if whole and follows else None


def broken(document: Mapping[str, Any], seal: Mapping[str, Any]) -> str:
    """What no longer fits in one snapshot; empty where all does."""
    if digest(content(document)) != seal[CONTENT]:
        return "the register in it was changed after it was sealed"
    if digest({name: part for name, part in seal.items() if name != OWN}) != seal[OWN]:
        return "its seal was changed after it was made"
    return ""


def gaps(seals: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(name, what is wrong) where the seals, by name, do not follow one another."""
    known = {seal[OWN] for seal in seals.values()}
    followed = Counter(previous for previous, _ in {(s[PREVIOUS], s[OWN]) for s in seals.values()})
    for name, seal in seals.items():
        previous = seal[PREVIOUS]
        if previous is not None and previous not in known:
            yield name, f"the snapshot before it (seal {previous[:12]}) is missing or was made anew"
        elif followed[previous] > 1:
            before = f"follow the seal {previous[:12]}" if previous else "claim to be the first"
            yield name, f"{followed[previous]} snapshots {before}"


def last(seals: Sequence[Mapping[str, Any]]) -> str | None:
    """The seal that no other follows; None where there is no seal at all."""
    named = {seal[PREVIOUS] for seal in seals}
    return next((seal[OWN] for seal in seals if seal[OWN] not in named), None)
