"""A register as JSON: the document of register.schema.json, with its control totals."""

import json

from riskbook.app import Outcome
from riskbook.edge.documents import registers
from riskbook.edge.exporting.controls import Source, origin, totals


def dump(outcome: Outcome, source: Source) -> bytes:
    """The bytes of a file that ``riskbook new --data`` reads back."""
    controls = {"source": origin(outcome, source), "totals": totals(outcome)}
    return registers.dump({**outcome.document(), "controls": controls}).encode()


def is_export(content: bytes) -> bool:
    """Whether a file is what :func:`dump` makes, and no register that somebody typed."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "findings" in found
