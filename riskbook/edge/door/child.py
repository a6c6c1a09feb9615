r"""The process that reads a file from somebody else: ``python -I -B -m riskbook.edge.door.child``.

::

    stdin   {"name": "Return.xlsx", "limits": {...}}\n  then the bytes of the file
    stdout  {"state": "admitted"}
            {"state": "refused", "what": "...", "fix": "..."}
            {"state": "memory"}  or nothing at all, where the process died

It is started by :mod:`riskbook.edge.door.process` and never by hand.
"""

import json
import sys
from typing import Any, BinaryIO

from riskbook.edge.door import posix
from riskbook.edge.door.limits import DoorLimits
from riskbook.errors import RiskbookError


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Read one file and answer."""
    head = json.loads(source.readline())
    limits = DoorLimits(**head["limits"])
    posix.fence(limits)
    try:
        answer = judged(source.read(), head["name"], limits)
    except MemoryError:
        answer = {"state": "memory"}
    out.write(json.dumps(answer).encode("ascii") + b"\n")
    out.flush()


def judged(data: bytes, name: str, limits: DoorLimits) -> dict[str, Any]:
    """What to answer about a file."""
    from riskbook.edge.door.agreement import judge

    try:
        judge(data, name, limits)
    except RiskbookError as error:
        return {"state": "refused", "what": error.what, "fix": error.fix}
    return {"state": "admitted"}


if __name__ == "__main__":
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # openpyxl prints about odd formats, and only the answer goes out
    main(sys.stdin.buffer, answers)
