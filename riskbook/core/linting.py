"""What a council should know of its own profile: gaps, overlaps, colours, missing words.

::

    bands      0-4    6-10     12-16
    points   1..4     6 8 9     12 16       5 and 11 lie in no band; no rating comes to them

A remark is an error where ratings come out wrong, a warning where people may be misled,
and information where nothing is wrong but somebody should have said so.  Whether the
profile can be built at all is not asked here: it is already built.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, pairwise

from riskbook.core.finding import Severity
from riskbook.core.formulas import formula
from riskbook.core.model import AXES
from riskbook.core.profile import Profile
from riskbook.core.scoring import Band, Rating, Score, plain
from riskbook.core.words import listed

LEAST_CONTRAST = 4.5  # for text of ordinary size: WCAG 2.2, success criterion 1.4.3
LONGEST_FORMULA = 8_192  # characters: Excel specifications and limits
LISTED = 3  # numbers of a gap that are written out

ERROR, WARNING, INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know of a profile, and what to do about it."""

    severity: Severity
    where: str  # the part of the profile, e.g. "bands, Amber"
    message: str  # one plain sentence
    fix: str  # what to do, in the imperative


def lint(profile: Profile) -> tuple[Remark, ...]:
    """Every remark on a profile, in the order of its parts."""
    return tuple(remark for check in CHECKS for remark in check(profile))


def contrast(fill: str, ink: str) -> float:
    """The contrast ratio of two colours ``#RRGGBB``, 1 to 21.

    Source: WCAG 2.2, definitions of "contrast ratio" and "relative luminance".
    """
    darker, lighter = sorted((_luminance(fill), _luminance(ink)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _scales(profile: Profile) -> Iterator[Remark]:
    """Levels without a word, and words that are riskbook's own."""
    for axis, levels in profile.scales.items():
        where = f"scales, {axis}"
        blank = [str(number) for number, level in enumerate(levels, start=1) if not level.label]
        if len(blank) == len(levels):
            yield Remark(
                INFORMATION,
                where,
                "the council has supplied no words for its levels; numbers stand alone.",
                "Ask the council for its words and give them as labels.",
            )
        elif blank:
            yield Remark(
                WARNING,
                where,
                f"level {listed(blank)} has no word, and the other levels have one.",
                "Give every level a label, or none.",
            )
        if supplied := [level.label for level in levels if level.supplied]:
            yield _default(where, supplied)


def _default(where: str, labels: Sequence[str]) -> Remark:
    verb = "is riskbook's default" if len(labels) == 1 else "are riskbook's defaults"
    return Remark(
        INFORMATION,
        where,
        f"{listed(labels)} {verb}, not the council's.",
        'Put the council\'s own in their place and take "supplied" away.',
    )


def _band_words(profile: Profile) -> Iterator[Remark]:
    """A band is a word and a colour, each its own."""
    for band in profile.bands:
        if not band.label:
            yield Remark(
                ERROR,
                f"bands, {band.key}",
                "the band has no word; a colour alone says nothing in black and white.",
                "Give the band a label.",
            )
        if (ratio := contrast(band.fill, band.ink)) < LEAST_CONTRAST:
            shown = Decimal(ratio).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
            yield Remark(
                WARNING,
                f"bands, {band.label}",
                f"{band.ink} on {band.fill} has a contrast of {shown} : 1, under 4.5 : 1.",
                "Choose black or white ink, or another fill.",
            )
    for one, other in combinations(profile.bands, 2):
        if one.label.casefold() == other.label.casefold():
            yield _alike(one, other, "word")
        if one.fill.casefold() == other.fill.casefold():
            yield _alike(one, other, "colour")
    if supplied := [band.label for band in profile.bands if band.supplied]:
        yield _default("bands", supplied)


def _alike(one: Band, other: Band, what: str) -> Remark:
    return Remark(
        WARNING,
        f"bands, {one.key} and {other.key}",
        f"two bands have the same {what}.",
        f"Give each band a {what} of its own.",
    )


def _ranges(profile: Profile) -> Iterator[Remark]:
    """The published ranges, unless every cell is coloured by hand and nothing else is scored."""
    if profile.rule != "painted" or profile.weighted:
        for check in (_gaps, _overlaps, _outside):
            yield from check(profile)


def _gaps(profile: Profile) -> Iterator[Remark]:
    """Points between two bands take the worse band; where a rating comes to them, say so loudly."""
    for milder, worse in pairwise(profile.bands):
        inside = [p for p in profile.matrix.attainable() if milder.most < p < worse.least]
        between = f"between {milder.label} (to {plain(milder.most)}) and "
        between += f"{worse.label} (from {plain(worse.least)})"
        whole = _whole_numbers(milder.most, worse.least)
        if inside:
            yield Remark(
                ERROR,
                "bands",
                f"ratings come to {listed(map(plain, inside))}, and no published band "
                f"holds that: it lies {between} and takes {worse.label}.",
                f"Let {milder.label} end, or {worse.label} begin, at those points.",
            )
        elif whole or (profile.weighted and milder.most < worse.least):
            held = whole or "a fraction"
            never = "no rating comes to that; " if whole else ""
            yield Remark(
                INFORMATION,
                "bands",
                f"no published band holds {held} {between}; {never}a weighted score there, "
                f"fractions too, takes {worse.label}, the worse.",
                "Leave it so, or publish bands without a gap.",
            )


def _whole_numbers(after: Decimal, before: Decimal) -> str:
    """The whole numbers between two numbers, both left out: ``13 and 14``, ``21 to 39``."""
    first = int(after.to_integral_value(rounding=ROUND_FLOOR)) + 1
    last = int(before.to_integral_value(rounding=ROUND_CEILING)) - 1
    if last - first >= LISTED:
        return f"{first} to {last}"
    return listed(map(str, range(first, last + 1))) if first <= last else ""


def _overlaps(profile: Profile) -> Iterator[Remark]:
    """Points that two bands claim take the milder one."""
    for milder, worse in pairwise(profile.bands):
        if worse.least > milder.most:
            continue
        both = [p for p in profile.matrix.attainable() if worse.least <= p <= milder.most]
        points = listed(map(plain, both)) if both else f"{plain(worse.least)} and more"
        yield Remark(
            ERROR if both else WARNING,
            f"bands, {milder.label} and {worse.label}",
            f"both bands claim {points}; it takes {milder.label}, the milder.",
            f"Let {worse.label} begin above {plain(milder.most)}, or {milder.label} end lower.",
        )


def _outside(profile: Profile) -> Iterator[Remark]:
    """Points below the mildest band or above the worst one."""
    points, mildest, worst = profile.matrix.attainable(), profile.bands[0], profile.bands[-1]
    below = [p for p in points if p < mildest.least]
    above = [p for p in points if p > worst.most]
    for outside, band, side, end in (
        (below, mildest, "below", mildest.least),
        (above, worst, "above", worst.most),
    ):
        if outside:
            yield Remark(
                ERROR,
                f"bands, {band.label}",
                f"ratings come to {listed(map(plain, outside))}, {side} the band's "
                f"{plain(end)}; no published band holds that.",
                f"Let {band.label} reach to every rating, or publish another band.",
            )


def _unattained(profile: Profile) -> Iterator[Remark]:
    """Bands in which no rating lies, and published ends that no rating comes to."""
    points = profile.matrix.attainable()
    reached = {score.band.key for row in profile.matrix.cells for score in row}
    for band in profile.bands:
        if band.key not in reached:
            yield Remark(
                WARNING,
                f"bands, {band.label}",
                "no rating lies in this band.",
                "Correct its points, or take the band away.",
            )
        elif ends := [plain(end) for end in (band.least, band.most) if end not in points]:
            yield Remark(
                INFORMATION,
                f"bands, {band.label}",
                f"the band is published with an end at {listed(ends)}, which no rating comes to.",
                "Leave it as published; nothing is scored otherwise.",
            )


def _rises(profile: Profile) -> Iterator[Remark]:
    """A worse rating never has fewer points or a milder band."""
    order = [band.key for band in profile.bands]
    for milder, worse in _neighbours(profile):
        before, after = profile.matrix.score(milder), profile.matrix.score(worse)
        eased = order.index(after.band.key) < order.index(before.band.key)
        if eased or after.points < before.points:
            yield Remark(
                WARNING,
                f"matrix, {_cell(worse)}",
                f"this cell holds {_held(after)}; the milder rating {_cell(milder)} "
                f"holds {_held(before)}.",
                "Correct the cell, or the one beside it.",
            )


def _cell(rating: Rating) -> str:
    return f"impact {rating.impact}, likelihood {rating.likelihood}"


def _held(score: Score) -> str:
    return f"{plain(score.points)} {score.band.label}"


def _neighbours(profile: Profile) -> Iterator[tuple[Rating, Rating]]:
    """Each pair of ratings one step apart, the milder first."""
    for impact in range(1, profile.matrix.impacts + 1):
        for likelihood in range(1, profile.matrix.likelihoods + 1):
            here = Rating(likelihood=likelihood, impact=impact)
            if likelihood > 1:
                yield Rating(likelihood=likelihood - 1, impact=impact), here
            if impact > 1:
                yield Rating(likelihood=likelihood, impact=impact - 1), here


def _columns(profile: Profile) -> Iterator[Remark]:
    """A stage is rated and shown with its word; formulas fit into a cell."""
    for stage in profile.stages:
        if not any(profile.risks.column(f"{stage}_{axis}") for axis in AXES):
            message = "the profile has this stage and no column in which it is rated."
            fix = f"Add the columns {stage}_likelihood, {stage}_impact and {stage}_points."
        elif not profile.risks.column(f"{stage}_band"):
            message = "the stage is shown without the word of its band."
            fix = f"Add the column {stage}_band."
        else:
            continue
        yield Remark(WARNING, f"stages, {stage}", message, fix)
    for column in profile.risks.columns:
        if not column.entered and len(formula(profile, column)) > LONGEST_FORMULA:
            yield Remark(
                ERROR,
                f"risks, column {column.field}",
                "its formula is longer than a cell can hold.",
                "Shorten headings, or let fewer columns count for completeness.",
            )


CHECKS: tuple[Callable[[Profile], Iterator[Remark]], ...] = (
    _scales,
    _band_words,
    _ranges,
    _unattained,
    _rises,
    _columns,
)
