"""The demonstration: the three sample registers built, refreshed, reported, exported, counted."""

from collections.abc import Iterator
from pathlib import Path

from riskbook import app
from riskbook.core.pages.checks import totals
from riskbook.core.pages.front import what_there_is
from riskbook.core.pages.parts import long_day
from riskbook.core.scoring import half_up
from riskbook.edge import paper
from riskbook.edge.disk import saving
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.exporting import FORMS, Source, export_register
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made


def run(folder: Path) -> Iterator[str]:
    """Make everything in a folder, one register after the other; lines to print."""
    saving.make_folder(folder)
    for name in registers.samples():
        yield from _one(name, folder)
    yield "Open a workbook, change a white cell, and run:  riskbook refresh FILE"


def _one(name: str, folder: Path) -> Iterator[str]:
    document = registers.load(name)
    profile = profiles.load(document["profile"])
    path = folder / f"{name}.xlsx"
    saving.create(path, made(profile, document)[0].data, overwrite=True, keep=True)
    book = FileBook.open(path)
    outcome = app.refresh(book, profile, None, Judge())
    source = Source.of(path.name, book.data)
    exported = [
        file
        for form in FORMS
        for file in export_register(outcome, name, folder, form, source=source)
    ]
    about = outcome.reading.register.about
    yield f"{about.organisation}: {about.title} ({about.period})"
    yield f"  {'as at':<12}{long_day(outcome.as_at)}"
    yield f"  {'register':<12}{what_there_is(outcome.reading.register, profile)}"
    yield from _stages(outcome)
    yield f"  {'checks':<12}{totals(outcome.findings)}"
    for code, title in (("RB501", "blank updates"), ("RB403", "past date, no status")):
        cells = [finding.at.address for finding in outcome.findings if finding.code == code]
        if cells:
            yield f"  {'':<12}{len(cells)} {title}: {', '.join(cells)}"
    yield f"  {'workbook':<12}{path}"
    for at, form in enumerate(paper.FORMS):
        made_here = paper.write_report(outcome, name, folder, form, overwrite=True)
        yield f"  {'' if at else 'reports':<12}{made_here}"
    yield f"  {'exports':<12}{exported[0]}"
    yield from (f"  {'':<12}{file}" for file in exported[1:])
    yield ""


def _stages(outcome: app.Outcome) -> Iterator[str]:
    total, words = outcome.summary.total, outcome.profile.words
    for stage in outcome.profile.stages:
        counts = total.bands[stage]
        bands = [
            f"{counts[b.key]} {b.label}" for b in reversed(outcome.profile.bands) if counts[b.key]
        ]
        line = f"  {stage:<12}{', '.join(bands)}"
        if not outcome.profile.weighted:
            line += f"; total {total.points[stage]}"
        for overall in outcome.scores.overalls.values():
            if stage in overall.points:
                line += f"; overall {half_up(overall.points[stage], 1)}"
                line += f" = {overall.printed_sum(stage).partition(' = ')[0]}"
        if words[stage].lower() != stage:
            line += f"  (printed as {words[stage]})"
        yield line
