"""Every score of a register: points and bands, weights, contributions, the overall.

::

    overall = sum over a risk's sub-risks of  weight x points        (per stage)

What is unscored stays unscored: a risk with one unscored sub-risk, or with weights that
do not sum to the whole, has no overall score.  All numbers are Decimal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from riskbook.core.grid import Kind
from riskbook.core.model import Register, Risk, family
from riskbook.core.profile import Profile
from riskbook.core.scoring import Band, Score, band_of, half_up, plain
from riskbook.core.values import clean, entry_text

Result = str | Decimal
PAGE = "Page"  # what a link to a risk's own page says


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """One risk with weighted sub-risks."""

    ref: str
    rows: tuple[Risk, ...]
    weight_total: Decimal  # share; 1 is the whole
    scored: Mapping[str, tuple[Score | None, ...]]  # by stage, one for each row
    contributions: Mapping[str, tuple[Decimal | None, ...]]  # by stage, one for each row
    points: Mapping[str, Decimal]  # by stage; absent where it cannot be computed
    bands: Mapping[str, Band]

    def printed_sum(self, stage: str) -> str:
        """The sum as a reader checks it: ``0.40 x 20 + 0.15 x 15 = 18.5``."""
        total = self.points.get(stage)
        if total is None:
            return ""
        terms = " + ".join(
            f"{half_up(row.weight, _places(row.weight))} x {plain(score.points)}"
            for row, score in zip(self.rows, self.scored[stage], strict=True)
            if row.weight is not None and score is not None
        )
        return f"{terms} = {plain(total)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of a register."""

    by_row: Mapping[int, Mapping[str, Score]]  # row of the risks sheet -> stage -> score
    overalls: Mapping[str, Overall]  # by the risk's reference in upper case; weighted profiles


def _places(weight: Decimal) -> int:
    """Two places, or as many as the weight was typed with."""
    _, _, decimals = plain(weight).partition(".")
    return max(2, len(decimals))


def score(register: Register, profile: Profile) -> Scores:
    """Score every rating and, under a weighted profile, every risk."""
    by_row = {
        risk.row: {stage: profile.matrix.score(rating) for stage, rating in risk.ratings.items()}
        for risk in register.risks
    }
    families = register.families() if profile.weighted else {}
    # rows without a reference belong to no risk: they have scores, and no overall
    overalls = {ref: _overall(rows, by_row, profile) for ref, rows in families.items() if ref}
    return Scores(by_row=by_row, overalls=overalls)


def _overall(
    rows: tuple[Risk, ...], by_row: Mapping[int, Mapping[str, Score]], profile: Profile
) -> Overall:
    total = half_up(sum((row.weight or Decimal(0) for row in rows), Decimal(0)), 8)
    scored = {stage: tuple(by_row[row.row].get(stage) for row in rows) for stage in profile.stages}
    contributions = {
        stage: tuple(map(_contribution, rows, scores)) for stage, scores in scored.items()
    }
    whole = abs(total - 1) <= profile.weight_tolerance
    points = {
        stage: half_up(sum((p for p in parts if p is not None), Decimal(0)), 6)
        for stage, parts in contributions.items()
        if whole and None not in parts
    }
    return Overall(
        ref=rows[0].ref,
        rows=rows,
        weight_total=total,
        scored=scored,
        contributions=contributions,
        points=points,
        bands={stage: band_of(value, profile.bands) for stage, value in points.items()},
    )


def _contribution(risk: Risk, found: Score | None) -> Decimal | None:
    return None if found is None or risk.weight is None else risk.weight * found.points


def prior_points(risk: Risk, stage: str) -> Decimal | None:
    """Last year's points of a stage, where the council types them and they are a number."""
    entry = risk.entries.get(f"prior_{stage}")
    value = entry.value if entry else None
    return Decimal(value) if isinstance(value, int | Decimal) else None


def results(risk: Risk, scores: Scores, profile: Profile) -> dict[str, Result]:
    """The value of each computed column in one row: what its live formula shows."""
    shown: dict[str, Result] = {
        "completeness": completeness(risk, profile),
        "key": family(risk.ref),
        "page": PAGE if risk.key else "",
    }
    for stage in profile.stages:
        found = scores.by_row[risk.row].get(stage)
        shown[f"{stage}_points"] = found.points if found else ""
        shown[f"{stage}_band"] = found.band.label if found else ""
    if profile.weighted:
        shown |= _weighted_results(risk, scores, profile)
    return {c.field: shown[c.field] for c in profile.risks.columns if not c.entered}


def _weighted_results(risk: Risk, scores: Scores, profile: Profile) -> dict[str, Result]:
    overall = scores.overalls.get(family(risk.ref))
    shown: dict[str, Result] = {
        "weight_used": "" if risk.weight is None else risk.weight,
        "weight_total": overall.weight_total if overall else "",
    }
    for stage in profile.stages:
        part = _contribution(risk, scores.by_row[risk.row].get(stage))
        shown[f"{stage}_weighted"] = "" if part is None else part
        shown[f"{stage}_overall"] = overall.points.get(stage, "") if overall else ""
    return shown


def completeness(risk: Risk, profile: Profile) -> Result:
    """The share of the counted entries that are filled, to four places; empty for none."""
    entries = [risk.entries.get(column.field) for column in profile.risks.counted]
    cells = [entry.cell for entry in entries if entry]
    if any(cell.kind is Kind.ERROR for cell in cells):
        return ""
    filled = sum(1 for cell in cells if clean(entry_text(cell)))
    return half_up(Decimal(filled) / len(entries), 4) if filled else ""
