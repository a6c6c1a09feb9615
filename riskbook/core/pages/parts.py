"""What every page begins and ends with, and how high a row of wrapped text must be.

::

    title / organisation | title | period | as at / source / blank     opening
    sentences, tables                                                   the page's own
    the bands, their points, the council's words                        legend
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.grid import CellRef
from riskbook.core.model import Record, Register
from riskbook.core.page import (
    STANDARD,
    PageCell,
    PageRow,
    PageValue,
    band_style,
    height_of,
    spanning,
)
from riskbook.core.profile import Profile
from riskbook.core.scoring import Band, half_up, plain
from riskbook.core.words import count as count
from riskbook.core.words import listed

BLANK_ROW = PageRow()
GAP_ROW = PageRow(height=8)  # between the blocks of a page that has many
LEGEND = "Key"
HEADING = 100  # letters of a heading
OPENED = 4  # rows of an opening: what a page has of its own begins below them
SMALL = 1.2  # how many more letters of the small print fit a width
MEANT = {
    "gross": "before controls",
    "nett": "after today's controls",
    "target": "where the council wants to be",
}


def opening(
    title: str, register: Register, profile: Profile, as_at: date, widths: Sequence[int] = ()
) -> list[PageRow]:
    """Title, then organisation, period and as-at date, then the source, then a blank row.

    With the widths of the page's columns, the lines lie over all of them and wrap.
    """
    about = register.about
    told = [about.organisation, about.title, about.period, f"as at {long_day(as_at)}"]
    subtitle = PageCell("  |  ".join(part for part in told if part), "rb subtitle")
    return [
        PageRow((PageCell(title, "rb title"),), height=26),
        _line(subtitle, widths),
        _line(PageCell(source(register, profile), "rb source"), [int(w * SMALL) for w in widths]),
        BLANK_ROW,
    ]


def source(register: Register, profile: Profile) -> str:
    """Where the figures come from, in a sentence or two."""
    sheets = [table.sheet for table in profile.tables]
    named = f"sheet{'s' if len(sheets) > 1 else ''} {listed(sheets)}"
    text = f"Source: {named} of this workbook; profile {profile.id} {profile.version}."
    typed = register.about.source.strip()
    return f"{text} {typed}" if typed else text


def _line(cell: PageCell, widths: Sequence[int]) -> PageRow:
    if not widths:
        return PageRow((cell,))
    height = max(STANDARD, height_of([str(cell.value)], [sum(widths)]))
    return PageRow(spanning(cell, len(widths)), height=height)


def legend(profile: Profile) -> list[PageRow]:
    """What the bands are, and which words stand for gross and nett: a block of its own."""
    rows = [BLANK_ROW, heading(LEGEND), head((profile.words["band"], "Points"))]
    for band in reversed(profile.bands):
        rows.append(PageRow((band_cell(profile.bands, band), PageCell(published(band), "rb text"))))
    return rows + [note(text) for text in explained(profile)]


def explained(profile: Profile) -> Iterator[str]:
    """The words of the bands and the stages in sentences."""
    words = profile.words
    if any(band.supplied for band in profile.bands):
        yield "These bands are riskbook's own, until the council sets its bands."
    told = []
    for stage in profile.stages:
        name = words[stage]
        other = "" if name.lower() == stage else f"{stage}, "
        told.append(f"{name}: {other}{MEANT[stage]}")
    yield f"{'. '.join(told)}."


def published(band: Band) -> str:
    """The points of a band as the council publishes them: ``6 - 10``."""
    return f"{plain(band.least)} - {plain(band.most)}"


def cell_of(record: Record, field: str) -> CellRef:
    """Where a field of a record is typed; the record's first cell where it has no such column."""
    entry = record.entries.get(field) or next(iter(record.entries.values()))
    return entry.at


def one_row(profile: Profile) -> str:
    """What a row of the register is called: ``risk`` or ``sub-risk``."""
    return "sub-risk" if profile.risks.column("sub_ref") else "risk"


def main_stage(profile: Profile) -> str:
    """The stage by which risks are ranked: nett, or the first that the council scores."""
    return "nett" if "nett" in profile.stages else profile.stages[0]


def heading(text: str) -> PageRow:
    """The heading of a block, on one line: a long one ends with an ellipsis."""
    shown = (
        text if len(text) <= HEADING else f"{text[: HEADING - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    )
    return PageRow((PageCell(shown, "rb heading"),), height=20)


def note(text: str, widths: Sequence[int] = ()) -> PageRow:
    """A line that explains the block above or below; over some columns it wraps."""
    return _line(PageCell(text, "rb form note" if widths else "rb note"), widths)


def lead(text: str, widths: Sequence[int]) -> PageRow:
    """What a page says first, over some columns."""
    row = _line(PageCell(text, "rb headline"), [int(w / 1.15) for w in widths])
    return PageRow(row.cells, height=(row.height or STANDARD) + 4)


def head(values: Sequence[PageValue], widths: Sequence[int] = ()) -> PageRow:
    """A row of column headings, as high as the longest one needs."""
    texts = [str(value or "") for value in values]
    return PageRow(
        tuple(PageCell(value, "rb head") for value in values),
        height=height_of(texts, [w - 2 for w in widths]) + 3 if widths else 18,
    )


def body(cells: Sequence[PageCell], widths: Sequence[int]) -> PageRow:
    """A row of a table, as high as its wrapped texts need; widths in characters."""
    texts = [str(cell.value) if cell.value is not None else "" for cell in cells]
    return PageRow(tuple(cells), height=height_of(texts, widths))


def across(
    cells: Sequence[PageCell], spans: Sequence[int], widths: Sequence[int], first: int = 0
) -> PageRow:
    """A row of a table whose cells lie over several columns each, as high as its texts need.

    Args:
        cells: one for each span.
        spans: how many columns each covers.
        widths: of the page's columns, in characters.
        first: how many columns stay empty before them.
    """
    ends = [first + sum(spans[: place + 1]) for place in range(len(spans))]
    room = [sum(widths[end - span : end]) for end, span in zip(ends, spans, strict=True)]
    texts = ["" if cell.value is None else str(cell.value) for cell in cells]
    placed = [
        each for cell, span in zip(cells, spans, strict=True) for each in spanning(cell, span)
    ]
    blank = [PageCell(None, "rb space")] * first
    return PageRow((*blank, *placed), height=max(STANDARD, height_of(texts, room)))


def head_across(
    values: Sequence[PageValue], spans: Sequence[int], widths: Sequence[int], first: int = 0
) -> PageRow:
    """A row of column headings over several columns each."""
    row = across(
        [PageCell(value, "rb head") for value in values], spans, [w - 2 for w in widths], first
    )
    return PageRow(row.cells, height=(row.height or STANDARD) + 3)


def band_cell(bands: Sequence[Band], found: Band | None) -> PageCell:
    """A band as its word in its colour; ``not scored`` where there is none."""
    if found is None:
        return PageCell("not scored", "rb wrap")
    return PageCell(found.label, band_style(bands, found))


def percent_cell(share: Decimal | None) -> PageCell:
    """A share as a percentage, with decimals only where it has some."""
    whole = share is None or (share * 100) % 1 == 0
    return PageCell(share, "rb percent" if whole else "rb percent fine")


def reduction(gross: Decimal, nett: Decimal, words: Mapping[str, str]) -> str:
    """By how much nett lies below gross, or above; empty where there is nothing to lower."""
    if not gross:
        return ""
    way = "below" if nett <= gross else "above"
    points, share = abs(gross - nett), half_up(abs(gross - nett) * 100 / gross, 1)
    return f"{words['nett']} is {plain(points)} {way} {words['gross'].lower()} ({share} %)."


def long_day(day: date) -> str:
    """A day as a report prints it: ``30 June 2021``."""
    return f"{day.day} {day:%B %Y}"


def none_of(labels: Sequence[str], widths: Sequence[int]) -> PageRow:
    """The kinds of which there are none, in one line."""
    return note(f"None: {'; '.join(labels)}.", widths)


def arrow(word: str) -> str:
    """The arrow that stands beside a direction of travel: up is worse."""
    return {"up": "\u2191", "down": "\u2193"}.get(word.partition(" ")[0], "\u2192")
