"""The top risks on the front page: at most ten, at a fixed place, for a chart reads them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from riskbook.core.history import travel
from riskbook.core.model import Register, Risk
from riskbook.core.page import PageCell, PageRow
from riskbook.core.pages.parts import (
    GAP_ROW,
    across,
    arrow,
    band_cell,
    count,
    head_across,
    heading,
    main_stage,
    note,
    one_row,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.withheld import unscored

MOST = 10  # risks
TITLE = 6  # columns
POINTS = 1 + TITLE + 1  # the column of the first points
CELLS = 14  # columns of the table


def stages(profile: Profile) -> tuple[str, ...]:
    """The stages whose points stand beside each other: gross and nett, where there are both."""
    found = tuple(stage for stage in ("gross", "nett") if stage in profile.stages)
    return found or (main_stage(profile),)


def ranked(register: Register, scores: Scores, profile: Profile) -> list[Risk]:
    """The scored risks, those with the most points first; the register's order among equals."""
    order = [main_stage(profile), *stages(profile)]
    found = [risk for risk in register.risks if order[0] in scores.by_row[risk.row]]

    def points(risk: Risk) -> tuple[Decimal, ...]:
        scored = scores.by_row[risk.row]
        return tuple(-scored[s].points if s in scored else Decimal(0) for s in order)

    return sorted(found, key=points)


def block(
    register: Register, scores: Scores, profile: Profile, widths: Sequence[int]
) -> Iterator[PageRow]:
    """Heading, headings of columns, ten rows of which the unused are hidden, and a note."""
    found = ranked(register, scores, profile)
    spans = _spans(profile)
    yield heading(f"Top {one_row(profile)}s")
    yield head_across(_headings(profile), spans, widths)
    for risk in found[:MOST]:
        yield across(_line(risk, scores, profile), spans, widths)
    unused = across([PageCell() for _ in spans], spans, widths)
    yield from [PageRow(unused.cells, height=0)] * (MOST - len(found[:MOST]))
    yield note(_told(len(found), profile), widths)
    yield GAP_ROW


def _briefly(word: str) -> str:
    """A direction of travel with its arrow: ``down 4, better`` is an arrow and ``4 better``."""
    way, _, rest = word.partition(" ")
    return f"{arrow(word)} {word if way == 'no' else rest.replace(',', '')}"


def _told(scored: int, profile: Profile) -> str:
    name, row = profile.words[main_stage(profile)].lower(), one_row(profile)
    if not scored:
        return f"No {row} is scored at the {name} stage yet."
    text, more = f"Ranked by {name} {profile.words['points'].lower()}.", scored - MOST
    return f"{text} {count(more, f'more scored {row}')} on the other sheets." if more > 0 else text


def _spans(profile: Profile) -> tuple[int, ...]:
    shown = len(stages(profile))
    owner = CELLS - 1 - TITLE - 2 * shown - (shown == 2)
    return (1, TITLE, *[1] * (2 * shown), owner, *[1] * (shown == 2))


def _headings(profile: Profile) -> list[str]:
    words, columns = profile.words, profile.risks
    ref = columns.column("sub_ref") or columns.column("ref")
    title = columns.column("sub_title") or columns.column("title")
    found = [column.heading if column else words["risk"] for column in (ref, title)]
    for word in ("points", "band"):
        found += [f"{words[stage]} {words[word]}" for stage in stages(profile)]
    return [*found, words["owner"], *["Movement"] * (len(stages(profile)) == 2)]


def _line(risk: Risk, scores: Scores, profile: Profile) -> list[PageCell]:
    scored = [scores.by_row[risk.row].get(stage) for stage in stages(profile)]
    cells = [
        PageCell(risk.key, "rb link wrap", link=risk.entries["ref"].at),
        PageCell(risk.title, "rb wrap"),
    ]
    cells += [PageCell(score.points if score else None, "rb number") for score in scored]
    cells += [
        band_cell(profile.bands, score.band)
        if score
        else PageCell(unscored(risk, stage), "rb wrap")
        for score, stage in zip(scored, stages(profile), strict=True)
    ]
    cells.append(PageCell(risk.text("owner"), "rb wrap"))
    if len(scored) == 2:
        before, after = scored
        word = travel(before.points, after.points) if before and after else ""
        cells.append(PageCell(_briefly(word) if word else None, "rb wrap"))
    return cells
