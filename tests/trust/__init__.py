"""The figures of docs/trust.md: each module measures one of them, on what it makes itself.

::

    python -m tests.trust                 every figure, as docs/trust.md has them
    python -m tests.trust --quick         the same on smaller numbers, as CI runs them
    python -m tests.trust FOLDER          and every file of a folder through the door

A module has one function, ``figure(scale)``.  It returns what was seen and never asserts:
whether that is enough is said by the figure itself, once, in ``kept``.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much to try: everything once, or a part of it in a test of every change."""

    full: bool
    folder: Path | None = None  # files of the user's own, tried beside those that are made

    def of(self, full: int, quick: int) -> int:
        """The first number at full scale, else the second."""
        return full if self.full else quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: what was tried, what must be, what was seen."""

    name: str  # e.g. "lost updates, two writers"
    wanted: str  # e.g. "0 of 10,000"
    seen: str  # e.g. "0 of 10,000"
    kept: bool  # whether what was seen is what must be
    notes: tuple[str, ...] = field(default=())  # a line each: what differs and why, what failed
