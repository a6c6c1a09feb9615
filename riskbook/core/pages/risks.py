"""The risks as a report prints them: one line each, with the bands of its stages.

The workbook has the register sheet itself, which is far too wide for a page; here stand
the columns that a committee asks about.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from riskbook.core.model import Register, Risk
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.parts import (
    BLANK_ROW,
    band_cell,
    body,
    head,
    heading,
    note,
    opening,
    percent_cell,
)
from riskbook.core.profile import Column, Profile
from riskbook.core.scores import Scores

REF, TITLE, WEIGHT, POINTS, BAND, PEOPLE, UPDATE = 12, 36, 9, 12, 12, 20, 60
ASKED = ("owner", "member", "priority")  # who answers for a risk, and what it endangers


def page(register: Register, scores: Scores, profile: Profile, as_at: date) -> Page:
    """Every risk; those with sub-risks in a table of their own."""
    sheet = profile.sheets["risks"]
    rows = opening(sheet, register, profile, as_at)
    if not register.risks:
        rows.append(note("No risk is entered."))
    elif profile.risks.column("sub_ref"):
        for family in register.families().values():
            name = " ".join(filter(None, (profile.words["risk"], family[0].ref)))
            rows.append(heading(f"{name}: {family[0].text('title')}"))
            rows.extend(_table(family, scores, profile))
    else:
        rows.extend(_table(register.risks, scores, profile))
    return Page(sheet=sheet, rows=tuple(rows))


def widths(profile: Profile) -> tuple[int, ...]:
    """The widths of the columns in characters."""
    found = [REF, TITLE, *[WEIGHT] * profile.weighted]
    found += [POINTS, BAND] * len(profile.stages)
    found += [PEOPLE] * len(_asked(profile))
    return (*found, *[UPDATE] * (profile.risks.column("update") is not None))


def _asked(profile: Profile) -> list[Column]:
    return [column for field in ASKED if (column := profile.risks.column(field))]


def _table(risks: Sequence[Risk], scores: Scores, profile: Profile) -> Iterator[PageRow]:
    yield head(_headings(profile), widths(profile))
    for risk in risks:
        yield body(_line(risk, scores, profile), widths(profile))
    yield BLANK_ROW


def _headings(profile: Profile) -> list[str]:
    columns, words = profile.risks, profile.words
    titles = [columns.column("sub_ref") or columns.column("ref")]
    titles.append(columns.column("sub_title") or columns.column("title"))
    found = [column.heading for column in titles if column]
    found += ["Weight"] * profile.weighted
    for stage in profile.stages:
        found += [f"{words[stage]} {words['points']}", f"{words[stage]} {words['band']}"]
    found += [column.heading for column in _asked(profile)]
    update = columns.column("update")
    return found + ([update.heading] if update else [])


def _line(risk: Risk, scores: Scores, profile: Profile) -> list[PageCell]:
    cells = [PageCell(risk.key, "rb text"), PageCell(risk.title, "rb wrap")]
    cells += [percent_cell(risk.weight)] * profile.weighted
    for stage in profile.stages:
        score = scores.by_row[risk.row].get(stage)
        cells.append(PageCell(score.points if score else None, "rb number"))
        cells.append(band_cell(profile.bands, score.band if score else None))
    cells += [PageCell(risk.text(column.field), "rb wrap") for column in _asked(profile)]
    update = profile.risks.column("update")
    return cells + [PageCell(risk.text("update"), "rb wrap")] * (update is not None)
