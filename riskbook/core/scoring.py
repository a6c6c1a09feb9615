"""The arithmetic of one council's risk matrix.

A matrix turns two levels into a score, and a score has points and a band::

    likelihood 1..n  x  impact 1..m   ->   points   ->   band

Levels count from 1 at the mild end; the words printed for them live in the
profile.  Product and sum are shorthand: loading a profile writes them
out as one table, so scoring is a look-up, and a matrix that an officer
coloured by hand is as easy as a 5 x 5.

Nothing here reads a workbook, a file or the clock.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias

Rule: TypeAlias = Callable[[int, int], Decimal]
WIDE = Context(prec=1_000)  # digits: more than a cell can hold, before and after the point

RULES: Mapping[str, Rule] = {
    "product": lambda likelihood, impact: Decimal(likelihood * impact),
    "sum": lambda likelihood, impact: Decimal(likelihood + impact),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Where a risk stands on both axes at one stage, in levels (1 = mildest)."""

    likelihood: int  # 1..n, n = length of the likelihood scale
    impact: int  # 1..m, m = length of the impact scale

    def __post_init__(self) -> None:
        if min(self.likelihood, self.impact) < 1:
            raise ValueError(f"levels count from 1: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A zone of the matrix, as published: from the least to the most points in it."""

    key: str
    label: str  # the word beside the colour
    least: Decimal
    most: Decimal
    fill: str  # "#RRGGBB"
    ink: str  # "#RRGGBB", the text on the fill
    supplied: bool = False  # riskbook's own default: the council published none


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a rating comes to."""

    points: Decimal
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """m rows (impact 1 first) by n columns (likelihood 1 first)."""

    cells: tuple[tuple[Score, ...], ...]

    @property
    def impacts(self) -> int:
        """m, the number of impact levels."""
        return len(self.cells)

    @property
    def likelihoods(self) -> int:
        """n, the number of likelihood levels."""
        return len(self.cells[0])

    def score(self, rating: Rating) -> Score:
        """The score of a rating that lies on both scales; ``IndexError`` off them."""
        return self.cells[rating.impact - 1][rating.likelihood - 1]

    def attainable(self) -> tuple[Decimal, ...]:
        """Every number of points that a rating can come to, rising, each once."""
        return tuple(sorted({score.points for row in self.cells for score in row}))


def write_out(rule: Rule, bands: Sequence[Band], *, likelihoods: int, impacts: int) -> Matrix:
    """Write a scoring rule out as a matrix.

    Args:
        rule: ``(likelihood, impact)`` in levels -> points, e.g. ``RULES["product"]``.
        bands: mildest first.
        likelihoods: n, the number of likelihood levels.
        impacts: m, the number of impact levels.

    Returns:
        A matrix of m rows (impact 1 first) by n columns (likelihood 1 first).
    """
    table = [
        [rule(likelihood, impact) for likelihood in range(1, likelihoods + 1)]
        for impact in range(1, impacts + 1)
    ]
    return look_up(table, bands)


def look_up(table: Sequence[Sequence[Decimal]], bands: Sequence[Band]) -> Matrix:
    """A matrix from a table of points: m rows (impact 1 first) of n (likelihood 1 first)."""
    return Matrix(
        cells=tuple(
            tuple(Score(points=points, band=band_of(points, bands)) for points in line)
            for line in table
        )
    )


def painted(
    table: Sequence[Sequence[Decimal]], paint: Sequence[Sequence[str]], bands: Sequence[Band]
) -> Matrix:
    """A matrix whose bands were coloured by hand, cell by cell, with band keys in ``paint``.

    Both tables are m rows (impact 1 first) of n (likelihood 1 first).
    """
    by_key = {band.key: band for band in bands}
    return Matrix(
        cells=tuple(
            tuple(Score(points=p, band=by_key[key]) for p, key in zip(points, keys, strict=True))
            for points, keys in zip(table, paint, strict=True)
        )
    )


def band_of(points: Decimal, bands: Sequence[Band]) -> Band:
    """The band of any number of points, fractions too.

    Bands are looked up by their upper end, so points in a gap between two published
    bands (4.5 between "0 - 4" and "6 - 10") take the worse one, and points above
    the last band stay in it.
    """
    return next((band for band in bands if points <= band.most), bands[-1])


def half_up(value: Decimal, places: int) -> Decimal:
    """Round as Excel shows it: 2.25 to one place is 2.3 (Python's round says 2.2)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=WIDE)


def plain(value: Decimal) -> str:
    """A number in plain digits without trailing zeros: 18.50 is "18.5", 25.0 is "25"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_json(value: Decimal) -> int | float:
    """The number as JSON holds it: whole numbers whole."""
    return int(value) if value == value.to_integral_value() else float(value)
