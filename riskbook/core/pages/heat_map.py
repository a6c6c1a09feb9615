"""The Heat map sheet: where the risks stand at each stage, side by side, and how they moved.

::

    Inherent                              Mitigated
    4 Severe |  4 Green | .. | 16 Red  |  4 Severe |  4 Green | .. | 16 Red
                                          down, likelihood; across, impact
    1 Low    |  1 Green | .. |  4 Green|  1 Low    |  1 Green | .. |  4 Green
             |  1 Low   | .. | 4 Severe|           |  1 Low   | .. | 4 Severe
    the key; every risk in a line: from, to, direction of travel

A square says its points and its band in words, so that no colour is needed to read it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from textwrap import wrap

from riskbook.core.heatmap import HeatMap, Square, heat_maps
from riskbook.core.history import travel
from riskbook.core.model import Register, Risk
from riskbook.core.page import LINE, Page, PageCell, PageRow, band_style, height_of, spanning
from riskbook.core.pages.paging import height, paged, room
from riskbook.core.pages.parts import (
    BLANK_ROW,
    across,
    arrow,
    count,
    head_across,
    heading,
    legend,
    note,
    one_row,
    opening,
)
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.scoring import Band, Matrix, Rating, plain
from riskbook.core.withheld import unscored

LABEL, GAP = 14, 2  # characters: the labels of the likelihoods; between two maps
WIDEST, NARROWEST = 22, 10  # characters of a square
ROOM = {1: 132, 2: 88, 3: 55}  # characters of the squares of each of so many maps
LOWEST, MAP = 40.0, 280.0  # points: of a row of squares, and of a map, at least
BOLD = 0.95  # letters to a character of width
SHOWN = (6, 4, 2, 0)  # references in a square: as many as leave the maps on one page
PLACE, MOVED = 28, 18  # characters: a rating in words, a direction of travel in words
SIGNS = {"up": "worse", "down": "better", "no": "same"}


def widths(profile: Profile) -> tuple[int, ...]:
    """The widths of the columns in characters."""
    impacts = profile.matrix.impacts
    square = max(NARROWEST, min(WIDEST, ROOM[len(profile.stages)] // impacts))
    one = (LABEL, *[square] * impacts)
    return (*one, *[each for _ in profile.stages[1:] for each in (GAP, *one)])


def page(register: Register, scores: Scores, profile: Profile, as_at: date) -> Page:
    """The maps, then the key, then every risk in a line."""
    wide, maps = widths(profile), heat_maps(register, profile)
    rows = opening(profile.sheets["heat_map"], register, profile, as_at, wide)
    rows.append(note(_read(profile), wide))
    rows.append(BLANK_ROW)
    below = list(_unplaced(maps, register, profile))
    rows.extend(_drawn(maps, profile, room(wide) - height(rows) - height(below)))
    rows.extend(below)
    lines = [BLANK_ROW, *_risks(register, scores, profile)]
    blocks = [rows, legend(profile), lines]
    return Page(sheet=profile.sheets["heat_map"], rows=paged(blocks, wide))


def square_style(bands: Sequence[Band], band: Band, *, empty: bool) -> str:
    """The name of the style of a square; one with no risk in it is paler."""
    name = band_style(bands, band).replace("band", "square")
    return f"{name} empty" if empty else name


def _read(profile: Profile) -> str:
    words = profile.words
    return (
        f"{words['likelihood']} rises upwards, {words['impact']} to the right. A square shows its "
        f"{words['points'].lower()} and {words['band']}, how many stand in it and which; "
        f"paler squares are empty. Every {one_row(profile)} is listed below."
    )


def _drawn(maps: Sequence[HeatMap], profile: Profile, most: float) -> list[PageRow]:
    """The maps with as many references as there is room for, in points of rows."""
    drawn = [list(_maps(maps, profile, shown)) for shown in SHOWN]
    return next((rows for rows in drawn if height(rows) <= most), drawn[0])


def _maps(maps: Sequence[HeatMap], profile: Profile, shown: int) -> Iterator[PageRow]:
    across_ = len(maps[0].columns)
    titles = [spanning(PageCell(each.title, "rb heading"), across_ + 1) for each in maps]
    yield PageRow(_beside(titles), height=22)
    square, lowest = widths(profile)[1], min(LOWEST, MAP / len(maps[0].rows))
    for level, label in enumerate(maps[0].rows):
        lines = [
            [PageCell(label, "rb head"), *_squares(each, level, profile, number > 0, shown)]
            for number, each in enumerate(maps)
        ]
        texts = [str(cell.value) for line in lines for cell in line]
        most = max(map(lines_in, texts, [square] * len(texts)))
        yield PageRow(_beside(lines), height=max(lowest, most * LINE + 4))
    corner = f"{maps[0].up} \N{UPWARDS ARROW}\n{maps[0].across} \N{RIGHTWARDS ARROW}"
    labels = [PageCell(text, "rb head") for text in (corner, *maps[0].columns)]
    texts = [str(cell.value) for cell in labels]
    high = height_of(texts, [LABEL - 2, *[square - 2] * across_]) + 3
    yield PageRow(_beside([labels] * len(maps)), height=high)


def _beside(blocks: Sequence[Sequence[PageCell]]) -> tuple[PageCell, ...]:
    """The same row of several maps with a gap between them."""
    cells = [*blocks[0]]
    for block in blocks[1:]:
        cells += [PageCell(None, "rb space"), *block]
    return tuple(cells)


def _squares(
    each: HeatMap, level: int, profile: Profile, moved: bool, shown: int
) -> Iterator[PageCell]:
    for square in each.squares[level]:
        style = square_style(profile.bands, square.score.band, empty=not square.refs)
        lines = [f"{plain(square.score.points)} {square.score.band.label}"]
        if square.refs:
            number, refs = len(square.refs), some(square.refs, shown)
            lines.append(f"{number}: {refs}" if refs else count(number, one_row(profile)))
        if moved:
            lines.extend(_arrivals(square, each, profile.matrix))
        yield PageCell("\n".join(lines), style)


def lines_in(text: str, width: int) -> int:
    """How many lines a bold text takes in a square: words are kept whole where they fit."""
    return sum(len(wrap(line, int(width * BOLD))) for line in text.split("\n"))


def some(refs: Sequence[str], shown: int = SHOWN[0]) -> str:
    """At most so many references: ``R1, R2, R3, R4, R5 and 2 more``; empty for none."""
    if len(refs) <= shown or not shown:
        return ", ".join(refs[:shown])
    return f"{', '.join(refs[: shown - 1])} and {len(refs) - shown + 1} more"


def _arrivals(square: Square, each: HeatMap, matrix: Matrix) -> Iterator[str]:
    """How those that stand here moved since the stage before: an arrow, how many, a word."""
    ways: Counter[str] = Counter()
    for move in each.moves:
        if move.after == square.rating:
            before, after = matrix.score(move.before), matrix.score(move.after)
            ways[travel(before.points, after.points).partition(" ")[0]] += len(move.refs)
    yield from (f"{arrow(way)} {ways[way]} {SIGNS[way]}" for way in SIGNS if ways[way])


def _unplaced(maps: Sequence[HeatMap], register: Register, profile: Profile) -> Iterator[PageRow]:
    """Below each map, how many risks stand on it and which are not scored."""
    wide, cells = widths(profile), []
    for each, stage in zip(maps, profile.stages, strict=True):
        absent = [risk.key or f"row {risk.row}" for risk in register.risks if not _on(risk, stage)]
        told = f"{each.placed} of {count(len(register.risks), one_row(profile))} on the map."
        if absent:
            told += f" Not scored: {some(absent)}."
        cells.append(spanning(PageCell(told, "rb form note"), len(each.columns) + 1))
    texts = [str(cell[0].value) for cell in cells]
    one = sum(wide[: len(cells[0])])
    yield PageRow(_beside(cells), height=height_of(texts, [one] * len(texts)) + 2)


def _on(risk: Risk, stage: str) -> bool:
    return stage in risk.ratings


def _risks(register: Register, scores: Scores, profile: Profile) -> Iterator[PageRow]:
    """Every risk in a line: where it stands at each stage, and how it moved between them."""
    wide, words = widths(profile), profile.words
    spans = _spans(profile)
    named = [words[stage] for stage in profile.stages]
    moves = [f"{before} to {after}" for before, after in pairwise(named)]
    yield heading(f"Where each {one_row(profile)} stands")
    yield head_across(["Ref", words["risk"], *named, *moves], spans, wide)
    for risk in register.risks:
        cells = [
            PageCell(risk.key, "rb link wrap", link=risk.entries["ref"].at),
            PageCell(risk.title, "rb wrap"),
        ]
        for stage in profile.stages:
            rating = risk.ratings.get(stage)
            cells.append(
                PageCell(place(rating, profile) if rating else unscored(risk, stage), "rb wrap")
            )
        scored = [scores.by_row[risk.row].get(stage) for stage in profile.stages]
        for before, after in pairwise(scored):
            word = travel(before.points, after.points) if before and after else ""
            cells.append(PageCell(f"{arrow(word)} {word}" if word else None, "rb wrap"))
        yield across(cells, spans, wide)


def place(rating: Rating, profile: Profile) -> str:
    """A rating in words: ``3 High x 4 Severe: 12 Red``."""
    score = profile.matrix.score(rating)
    levels = [
        profile.label(axis, level)
        for axis, level in (("likelihood", rating.likelihood), ("impact", rating.impact))
    ]
    return f"{' x '.join(levels)}: {plain(score.points)} {score.band.label}"


def _spans(profile: Profile) -> tuple[int, ...]:
    """How many columns each cell of a risk's line lies over; the title takes what is left."""
    wide, stages = widths(profile), len(profile.stages)
    end, spans = len(wide), list[int]()
    for wanted in (*[MOVED] * (stages - 1), *[PLACE] * stages):  # from the right
        start = end - 1
        while sum(wide[start:end]) < wanted:
            start -= 1
        spans.insert(0, end - start)
        end = start
    return (1, end - 1, *spans)
