"""Heat maps: which risks stand where on the matrix at one stage, and how they moved.

Impact runs across and likelihood upwards, mildest at the lower left, whatever the size
of the matrix.  Which references stand in a square is said in the order of the register.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskbook.core.model import Register
from riskbook.core.profile import Profile
from riskbook.core.scoring import Rating, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One square of the matrix and the references of the risks in it."""

    rating: Rating
    score: Score
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Risks that went from one square to another between two stages, or stayed."""

    refs: tuple[str, ...]
    before: Rating
    after: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """The matrix at one stage, the most likely row first and the mildest impact first in it."""

    title: str  # the council's word for the stage
    across: str  # the council's word for impact
    up: str  # and for likelihood
    columns: tuple[str, ...]  # the labels of the impacts, mildest first
    rows: tuple[str, ...]  # the labels of the likelihoods, most likely first
    squares: tuple[tuple[Square, ...], ...]
    moves: tuple[Move, ...]  # from the stage before; none on the first map

    @property
    def placed(self) -> int:
        """How many risks stand on the map."""
        return sum(len(square.refs) for row in self.squares for square in row)


def heat_maps(register: Register, profile: Profile) -> tuple[HeatMap, ...]:
    """One map for each stage of the profile."""
    stages = profile.stages
    before = ("", *stages)
    return tuple(
        _map(register, profile, stage, earlier)
        for stage, earlier in zip(stages, before, strict=False)
    )


def _map(register: Register, profile: Profile, stage: str, earlier: str) -> HeatMap:
    words, matrix = profile.words, profile.matrix
    found: dict[Rating, list[str]] = {}
    for risk in register.risks:
        if stage in risk.ratings:
            found.setdefault(risk.ratings[stage], []).append(risk.key)
    levels = range(matrix.likelihoods, 0, -1)
    return HeatMap(
        title=words[stage],
        across=words["impact"],
        up=words["likelihood"],
        columns=tuple(profile.label("impact", i) for i in range(1, matrix.impacts + 1)),
        rows=tuple(profile.label("likelihood", level) for level in levels),
        squares=tuple(
            tuple(
                Square(rating=rating, score=matrix.score(rating), refs=tuple(found.get(rating, ())))
                for rating in _row(level, matrix.impacts)
            )
            for level in levels
        ),
        moves=_moves(register, earlier, stage) if earlier else (),
    )


def _row(likelihood: int, impacts: int) -> Sequence[Rating]:
    return [Rating(likelihood=likelihood, impact=impact) for impact in range(1, impacts + 1)]


def _moves(register: Register, before: str, after: str) -> tuple[Move, ...]:
    found: dict[tuple[Rating, Rating], list[str]] = {}
    for risk in register.risks:
        if before in risk.ratings and after in risk.ratings:
            found.setdefault((risk.ratings[before], risk.ratings[after]), []).append(risk.key)
    return tuple(
        Move(refs=tuple(refs), before=start, after=end) for (start, end), refs in found.items()
    )


def standing(one: HeatMap) -> Iterator[tuple[str, Square]]:
    """Each square that is not empty, with how many stand where in words."""
    for row, line in zip(one.rows, one.squares, strict=True):
        for column, square in zip(one.columns, line, strict=True):
            if square.refs:
                yield f"{len(square.refs)} at {one.up} {row}, {one.across} {column}", square


def described(maps: Sequence[HeatMap]) -> str:
    """The maps in words: ``Inherent: 7 at Probability 3 High, Impact 4 Severe (Red): ...``."""
    told = []
    for each in maps:
        squares = [
            f"{where} ({square.score.band.label}): {', '.join(square.refs)}"
            for where, square in standing(each)
        ]
        told.append(f"{each.title}: {'; '.join(squares) if squares else 'no risk is scored'}.")
    return " ".join(told)
