"""A register as JSON: the document of register.schema.json, with its control totals."""

from riskbook.app import Outcome
from riskbook.edge.documents import registers
from riskbook.edge.exporting.controls import Source, origin, totals


def dump(outcome: Outcome, source: Source) -> bytes:
    """The bytes of a file that ``riskbook new --data`` reads back."""
    controls = {"source": origin(outcome, source), "totals": totals(outcome)}
    return registers.dump({**outcome.document(), "controls": controls}).encode()
