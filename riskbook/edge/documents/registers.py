"""Registers as JSON: read from a file or a shipped sample, checked, and written out.

A register keeps every entry as typed; the scores, the overalls and the findings beside
them are what riskbook computed.  What the entries mean is not decided here.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from riskbook.core.scoring import plain
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.edge.documents.shelf import Shelf
from riskbook.errors import RegisterError

SHELF = Shelf(folder="samples", sort="register", error=RegisterError)


def samples() -> tuple[str, ...]:
    """The registers that are shipped with riskbook."""
    return SHELF.names()


def load(name_or_path: str) -> dict[str, Any]:
    """A register that follows register.schema.json: a shipped sample, or a JSON file.

    Raises:
        RegisterError: no such register, not JSON, or not a register; every mistake is listed.
    """
    return SHELF.load(name_or_path, lambda document: problems(document, REGISTER))


def dump(document: Mapping[str, Any]) -> str:
    """The one JSON text of a register: two spaces, names in the order given, plain numbers.

    Raises:
        ValueError: a value that JSON does not have.
    """
    return _text(document, "\n") + "\n"


def _text(value: object, margin: str) -> str:
    match value:
        case Mapping():
            pairs = (
                f"{json.dumps(k, ensure_ascii=False)}: {_text(v, margin + '  ')}"
                for k, v in value.items()
            )
            return _block("{", pairs, "}", margin)
        case list() | tuple():
            return _block("[", (_text(item, margin + "  ") for item in value), "]", margin)
        case float() | Decimal():
            number = Decimal(str(value))
            if not number.is_finite():
                raise ValueError(f"JSON has no number {value}")
            return plain(number)  # json.dumps writes 1e-05, and knows no Decimal
        case str() | int() | None:
            return json.dumps(value, ensure_ascii=False)
    raise ValueError(f"JSON has no value {value!r}")


def _block(begin: str, items: Iterable[str], end: str, margin: str) -> str:
    inner = f",{margin}  ".join(items)
    return f"{begin}{margin}  {inner}{margin}{end}" if inner else begin + end
