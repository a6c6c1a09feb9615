"""A table as a CSV file (RFC 4180): UTF-8, a comma between fields, CRLF after each record."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from riskbook.core.scoring import plain
from riskbook.edge.exporting.tables import Lines
from riskbook.edge.xlsx.alive import harmless


def dump(columns: Sequence[str], lines: Lines, *, bom: bool = False) -> bytes:
    """The bytes of a file; a text that a spreadsheet would calculate has a ``'`` before it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_field(line.get(name)) for name in columns] for line in lines)
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _field(value: Any) -> Any:
    if isinstance(value, float):
        return plain(Decimal(str(value)))  # the csv module would write 1e-05
    return harmless(value)
