"""The key to a report: what the levels, the scores, the bands and the words mean."""

from collections.abc import Iterator

from riskbook.core.blocks import Block, Heading, Table, Text
from riskbook.core.page import PageCell, band_style
from riskbook.core.pages.parts import MEANT, published
from riskbook.core.profile import Profile

RULE = {
    "product": "{likelihood} multiplied by {impact}",
    "sum": "{likelihood} added to {impact}",
    "look-up": "read from the council's own table of {likelihood} and {impact}",
    "painted": "read from the council's own table of {likelihood} and {impact}",
}


def key(profile: Profile) -> Iterator[Block]:
    """Scores, levels and bands as the council's profile has them."""
    words = profile.words
    named = {axis: words[axis].lower() for axis in ("likelihood", "impact")}
    yield Text(f"{words['points']} is {RULE[profile.rule].format(**named)}.")
    stages = [f"{words[stage]} is {MEANT[stage]}" for stage in profile.stages]
    yield Text(f"{'; '.join(stages)}.")
    if profile.weighted:
        yield Text(
            f"{words['overall']} is the sum, over the sub-risks of a risk, of weight times score."
        )
    if profile.axis_of_words():
        yield Heading("Levels", 2)
        yield _levels(profile)
        if any(level.supplied for levels in profile.scales.values() for level in levels):
            yield Text("Levels marked * are riskbook's defaults; the council printed none.", "note")
    yield Heading(words["band"], 2)
    yield _bands(profile)
    if any(band.supplied for band in profile.bands):
        yield Text("These bands are riskbook's defaults, until the council sets its own.", "note")


def _levels(profile: Profile) -> Table:
    words, scales = profile.words, profile.scales
    most = max(len(levels) for levels in scales.values())
    rows = []
    for place in range(most):
        cells = [PageCell(place + 1, "rb number")]
        for axis in ("likelihood", "impact"):
            level = scales[axis][place] if place < len(scales[axis]) else None
            shown = f"{level.label}{' *' if level.supplied else ''}" if level else ""
            cells.append(PageCell(shown, "rb wrap"))
        rows.append(tuple(cells))
    head = ("Level", words["likelihood"], words["impact"])
    return Table(
        tuple(PageCell(text, "rb head") for text in head), tuple(rows), (10, 26, 26), "Levels"
    )


def _bands(profile: Profile) -> Table:
    rows = tuple(
        (
            PageCell(published(band), "rb wrap"),
            PageCell(band.label, band_style(profile.bands, band)),
        )
        for band in profile.bands
    )
    head = (profile.words["points"], profile.words["band"])
    return Table(tuple(PageCell(text, "rb head") for text in head), rows, (20, 20), "Bands")
