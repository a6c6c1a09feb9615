"""One try: a file goes an officer's file's way, and only riskbook's own errors come out.

::

    gate.admit ── refused ──> "refused"
        └─ FileBook: sheets, reading, checks ── RiskbookError ──> "told"
                     every second refreshed  ── an outcome ─────> "read"
                     and through the gate    ── anything else ──> "escape"
"""

import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from zlib import crc32

from riskbook import app
from riskbook.edge import gate
from riskbook.edge.filebook import FileBook
from riskbook.errors import RiskbookError
from tests.fuzz import seeds
from tests.support import JUDGE

LONGEST = 5.0  # seconds for one file
_MEMORY = 2_000_000_000  # bytes of address space for the process that tries


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one file."""

    state: str
    told: str = ""  # of an escape: the error and where


def attempt(data: bytes) -> Came:
    """Take a file the whole way in this process."""
    try:
        gate.admit(data, "mutated.xlsx")
    except RiskbookError:
        return Came("refused")
    except Exception:
        return Came("escape", _last())
    try:
        return Came(_behind(FileBook(data, "mutated.xlsx")))
    except Exception:
        return Came("escape", _last())


def _behind(book: FileBook) -> str:
    try:
        if crc32(book.data) % 2:
            app.check(book, seeds.profile(), None, JUDGE)
            return "read"
        app.refresh(book, seeds.profile(), None, JUDGE)
    except RiskbookError:
        with suppress(RiskbookError):
            book.read(book.sheets())
        return "told"
    try:
        gate.admit(book.data, "refreshed.xlsx")
    except RiskbookError as error:
        raise AssertionError(f"riskbook wrote what it refuses: {error.what}") from error
    return "read"


def _last() -> str:
    lines = traceback.format_exc().strip().splitlines()
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return f"{lines[-1][:200]} | {' < '.join(p.split('riskbook/')[-1] for p in places[-3:])}"


def fenced() -> None:
    """Bound this process: a file that grows is an escape and not the end of the computer."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
