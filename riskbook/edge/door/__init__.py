"""The way in for a file that came from somebody else: read apart, by two programs, compared.

::

    here                       a process of its own, with limits
    bytes ── stdin ──────────> gate ─> our reader ──┐
                                  └──> openpyxl ────┴─ compared, cell by cell
    answer <─ one JSON line ── admitted, or a sentence and a fix

Nothing in the file is parsed here before that process has said that it is sound.  If it
hangs, grows or dies, it takes nothing with it: the file is refused, and says so.  And a file
that shows different values to two programs is refused, since an officer would sign for
figures that riskbook never saw.

An officer's own file on the disk needs only the gate: :mod:`riskbook.edge.gate`.
"""

import json
from pathlib import Path

from riskbook.edge import gate
from riskbook.edge.door import process
from riskbook.edge.door.limits import LIMITS, DoorLimits, installed
from riskbook.edge.gate.archive import FRESH, shown
from riskbook.errors import RefusedError

__all__ = ["LIMITS", "DoorLimits", "admit", "received"]

_RESAVE = (
    "open it in Excel without editing, save it as Excel Workbook (.xlsx) under a new name, "
    "and use the new file; if that fails too, ask whoever sent it for a fresh copy."
)


def received(path: Path, *, limits: DoorLimits | None = None) -> bytes:
    """The bytes of a workbook from somebody else that was admitted.

    Raises:
        RefusedError: the gate refuses it, two programs disagree about it, or reading it
            takes too long, too much memory, or ends the process that read it.
    """
    data = gate.taken(path)
    admit(data, path.name, limits=limits)
    return data


def admit(data: bytes, name: str, *, limits: DoorLimits | None = None) -> None:
    """Return if a process of its own found the bytes sound.

    Raises:
        RefusedError: as for :func:`received`.
    """
    told = shown(name)
    limits = limits or installed()
    try:
        ended = process.run(data, name, limits)
    except OSError as error:  # no room for its folder, or no process may be started
        raise RefusedError(
            f"{told} cannot be read in a process of its own: {error.strerror or error}.",
            fix="free some space on the disk, or ask IT to let Python start another Python.",
        ) from None
    if ended.late:
        raise RefusedError(f"{told} takes longer than {limits.seconds} s to read.", fix=_RESAVE)
    state, what, fix = _understood(ended.answer)
    if state == "memory":
        size = limits.memory // 1_000_000
        raise RefusedError(f"{told} needs more than {size} MB to read.", fix=_RESAVE)
    if state == "refused":
        raise RefusedError(what, fix=fix)
    if not ended.answer and not process.starts():
        raise RefusedError(
            f"{told} cannot be read in a process of its own: Python finds riskbook only by the "
            "settings of this user.",
            fix="ask IT to install riskbook for all users, as docs/it-guide.md says.",
        )
    if state != "admitted":
        raise RefusedError(f"{told} ends the program that reads it.", fix=FRESH)


def _understood(answer: bytes) -> tuple[str, str, str]:
    """State, sentence and fix of an answer; nothing of anything else.

    The process read hostile bytes, so what it says is believed no further than this.
    """
    try:
        found = json.loads(answer)
    except ValueError:
        return "", "", ""
    facts = found if isinstance(found, dict) else {}
    told = [facts.get(key, "") for key in ("state", "what", "fix")]
    state, what, fix = (_printable(text) if isinstance(text, str) else "" for text in told)
    return ("" if state == "refused" and not (what and fix) else state), what, fix


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
