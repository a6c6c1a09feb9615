"""What every page begins with, and how high a row of wrapped text must be."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.model import Register
from riskbook.core.page import PageCell, PageRow, PageValue, band_style, height_of
from riskbook.core.scoring import Band, half_up, plain

BLANK_ROW = PageRow()


def opening(title: str, register: Register, as_at: date) -> list[PageRow]:
    """Title, then organisation, period and as-at date, then a blank row."""
    about = register.about
    told = [about.organisation, about.title, about.period, f"as at {long_day(as_at)}"]
    return [
        PageRow((PageCell(title, "rb title"),), height=26),
        PageRow((PageCell("  |  ".join(part for part in told if part), "rb subtitle"),)),
        BLANK_ROW,
    ]


def heading(text: str) -> PageRow:
    """The heading of a block."""
    return PageRow((PageCell(text, "rb heading"),), height=20)


def note(text: str) -> PageRow:
    """A line that explains the block above or below."""
    return PageRow((PageCell(text, "rb note"),))


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


def band_cell(bands: Sequence[Band], found: Band | None) -> PageCell:
    """A band as its word in its colour; ``not scored`` where there is none."""
    if found is None:
        return PageCell("not scored", "rb note")
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


def count(number: int, one: str) -> str:
    """``1 risk``, ``8 risks``."""
    return f"{number} {one if number == 1 else one + 's'}"
