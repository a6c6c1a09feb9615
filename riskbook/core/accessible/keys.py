"""The key of an accessible workbook: the levels of both scales, the bands, the matrix."""

from collections.abc import Iterator

from riskbook.core.accessible.case import Case, Part
from riskbook.core.accessible.sheet import NOT_APPLICABLE, NOTHING, Column, Value
from riskbook.core.profile import Level
from riskbook.core.scoring import Rating

RISKBOOK = "riskbook"


def parts(case: Case) -> Iterator[Part]:
    """The tables of the key, in the order of the sheets."""
    yield _scales(case)
    yield _bands(case)
    yield _matrix(case)
    if case.register.about.notes:
        yield _remarks(case)


def _scales(case: Case) -> Part:
    profile, words = case.profile, case.profile.words
    rows: list[tuple[Value, ...]] = [
        (words[axis], number, level.label or NOTHING, _whose_word(level))
        for axis in ("likelihood", "impact")
        for number, level in enumerate(profile.scales[axis], start=1)
    ]
    columns = [
        Column(heading="Scale"),
        Column(heading="Level", kind="number"),
        Column(heading="Word"),
        _whose(case, "Whose word it is", rows),
    ]
    subject = f"Levels of {words['likelihood']} and {words['impact']}, mildest first"
    return Part(name="Scales", key="scales", subject=subject, columns=columns, rows=rows)


def _bands(case: Case) -> Part:
    words = case.profile.words
    rows: list[tuple[Value, ...]] = [
        (band.label, band.least, band.most, _told(band.supplied)) for band in case.profile.bands
    ]
    columns = [
        Column(heading=case.notes.mark(words["band"], "band")),
        Column(heading=f"Lowest {words['points']}", kind="number"),
        Column(heading=f"Highest {words['points']}", kind="number"),
        _whose(case, "Whose band it is", rows),
    ]
    subject = f"Bands of {words['band']}, mildest first"
    return Part(name="Bands", key="bands", subject=subject, columns=columns, rows=rows)


def _whose_word(level: Level) -> str:
    return _told(level.supplied) if level.label else NOT_APPLICABLE


def _told(supplied: bool) -> str:
    return RISKBOOK if supplied else "the council"


def _whose(case: Case, heading: str, rows: list[tuple[Value, ...]]) -> Column:
    ours = any(row[-1] == RISKBOOK for row in rows)
    return Column(heading=case.notes.mark(heading, "supplied") if ours else heading)


def _matrix(case: Case) -> Part:
    profile, words = case.profile, case.profile.words
    rows: list[tuple[Value, ...]] = []
    for likelihood in range(1, profile.matrix.likelihoods + 1):
        for impact in range(1, profile.matrix.impacts + 1):
            score = profile.matrix.score(Rating(likelihood=likelihood, impact=impact))
            levels = (profile.label("likelihood", likelihood), profile.label("impact", impact))
            rows.append((*levels, score.points, score.band.label))
    columns = [
        Column(heading=f"{words['likelihood']} level"),
        Column(heading=f"{words['impact']} level"),
        Column(heading=case.notes.mark(words["points"], "score"), kind="number"),
        Column(heading=case.notes.mark(words["band"], "band")),
    ]
    subject = f"Matrix: {words['points']} and {words['band']} of each pair of levels"
    return Part(name="Matrix", key="matrix", subject=subject, columns=columns, rows=rows)


def _remarks(case: Case) -> Part:
    rows: list[tuple[Value, ...]] = list(enumerate(case.register.about.notes, start=1))
    columns = [Column(heading="Remark number", kind="number"), Column(heading="Remark")]
    subject = "Remarks on the register by those who keep it"
    return Part(name="Remarks", key="remarks", subject=subject, columns=columns, rows=rows)
