"""Arrows on a heat map, from the square where risks stood to the one where they stand.

Places are in squares: a square at row r and column c has its middle at (c + 0.5, r + 0.5).
An arrow begins and ends just inside the edges that it crosses, so that it leaves the middle
of both squares, where the references stand, free.  Arrows that would lie on each other are
moved apart to lanes beside each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd, hypot

from riskbook.core.heatmap import Move

AFTER, BEFORE = 0.06, 0.24  # squares: how far it reaches into the squares at its ends
LANE = 0.16  # squares between two arrows beside each other
SPREAD = 0.5  # squares: all lanes together, at most
RIGHT = 0.14  # squares: arrows straight up or down pass right of what stands at the upper left


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line with a head at its end; ``count`` risks went this way."""

    start: tuple[float, float]  # across, down
    end: tuple[float, float]
    count: int


@dataclass(frozen=True, slots=True)
class _Way:
    """A move on the grid: where it begins, and its steps across and down."""

    column: int
    row: int
    across: int
    down: int
    count: int

    @property
    def line(self) -> tuple[int, int, int]:
        """The same for all moves along one line, whichever way they go."""
        shared = gcd(self.across, self.down)
        across, down = self.across // shared, self.down // shared
        if (across, down) < (0, 0):
            across, down = -across, -down
        return across, down, self.column * down - self.row * across

    @property
    def span(self) -> tuple[int, int]:
        """From where to where along its line."""
        ends = (self._along(self.column, self.row), self._along(*self.last))
        return min(ends), max(ends)

    @property
    def last(self) -> tuple[int, int]:
        """Column and row of its end."""
        return self.column + self.across, self.row + self.down

    def _along(self, column: int, row: int) -> int:
        across, _, _ = self.line
        return column if across else row


def arrows(moves: Sequence[Move], rows: int) -> list[Arrow]:
    """The arrows of the risks that moved, on a map of so many rows of squares."""
    lines: dict[tuple[int, int, int], list[_Way]] = {}
    for way in _ways(moves, rows):
        lines.setdefault(way.line, []).append(way)
    return [arrow for ways in lines.values() for arrow in _beside(ways)]


def _ways(moves: Sequence[Move], rows: int) -> Iterator[_Way]:
    for move in moves:
        if move.before != move.after:
            yield _Way(
                column=move.before.impact - 1,
                row=rows - move.before.likelihood,
                across=move.after.impact - move.before.impact,
                down=move.before.likelihood - move.after.likelihood,
                count=len(move.refs),
            )


def _beside(ways: Sequence[_Way]) -> Iterator[Arrow]:
    """Arrows along one line; those that share a part of it get lanes of their own."""
    lanes: list[list[_Way]] = []
    placed: list[tuple[_Way, int]] = []
    for way in sorted(ways, key=lambda way: way.span):
        free = (n for n, lane in enumerate(lanes) if lane[-1].span[1] < way.span[0])
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(way)
        placed.append((way, lane))
    apart = min(LANE, SPREAD / len(lanes))
    for way, lane in placed:
        yield _arrow(way, (lane - (len(lanes) - 1) / 2) * apart)


def _arrow(way: _Way, aside: float) -> Arrow:
    """From inside the edge of one square to inside the edge of the other."""
    across, down, _ = way.line
    length = hypot(across, down)
    longer = max(abs(way.across), abs(way.down))
    first, last = (0.5 - AFTER) / longer, 1 - (0.5 - BEFORE) / longer  # shares of the whole way
    x = way.column + 0.5 - down * aside / length + (0 if across else RIGHT)
    y = way.row + 0.5 + across * aside / length  # aside is at right angles to the line
    return Arrow(
        start=(round(x + way.across * first, 3), round(y + way.down * first, 3)),
        end=(round(x + way.across * last, 3), round(y + way.down * last, 3)),
        count=way.count,
    )
