"""The accessible edition as a file, and the checklists that judge finished files.

::

    Outcome -> core.accessible.edition -> writing -> .xlsx -> facts -> checklist
                                                     .pdf  -> reading -> checklist

A checklist reads the file back and trusts nothing that the writer meant.
"""

from collections.abc import Sequence
from pathlib import Path

from riskbook.app import Outcome
from riskbook.core.accessible import edition
from riskbook.edge.accessible.facts import facts
from riskbook.edge.accessible.lines import Line, as_csv, judged, sentence
from riskbook.edge.accessible.sheets import NAME, RULES
from riskbook.edge.disk import saving
from riskbook.edge.disk.naming import shown
from riskbook.edge.exporting.controls import UNKNOWN, Source
from riskbook.edge.leaks import refuse_leaks

__all__ = [
    "Line",
    "as_csv",
    "checklist",
    "pdf_checklist",
    "render",
    "sentence",
    "write",
    "write_pdf_checklist",
]


def render(outcome: Outcome, *, source: Source = UNKNOWN) -> bytes:
    """The accessible workbook of a register; the same register gives the same bytes.

    ``source`` is the workbook that it was read from.
    """
    from riskbook.edge.accessible.writing import render as written

    return written(edition(outcome.figures, source=_told(source), withheld=outcome.withheld))


def _told(source: Source) -> str:
    told = [f"From the file {source.name}"] if source.name else []
    if source.sha256:
        told.append(f"whose SHA-256 is {source.sha256}")
    return ", ".join(told) + "." if told else source.note


def checklist(data: bytes, name: str = "") -> list[Line]:
    """The checklist of a finished workbook, line by line; its name too, where that is known.

    Raises:
        RefusedError: it is no workbook that riskbook opens.
    """
    return [*judged(RULES, facts(data)), *([NAME.line(name)] if name else [])]


def pdf_checklist(data: bytes) -> list[Line]:
    """The checklist of a finished PDF, line by line.

    Raises:
        RefusedError: it is no PDF that can be read.
    """
    from riskbook.edge.accessible import pdf

    return pdf.checklist(data)


def write(
    outcome: Outcome, stem: str, folder: Path, *, source: Source = UNKNOWN
) -> tuple[Path, ...]:
    """Write ``STEM accessible.xlsx`` and its checklist into a folder, over older ones.

    Raises:
        SavingError: the folder or a file could not be written.
        LeakError: a file of the public edition would hold what is withheld; none is written.
    """
    data, name = render(outcome, source=source), f"{stem} accessible.xlsx"
    # the checklist quotes this file alone, and the cells that it names, A1, are no references
    refuse_leaks({name: data}, outcome)
    table = as_csv(checklist(data, shown(name)))
    files = {name: data, f"{stem} accessible checklist.csv": table}
    saving.make_folder(folder)
    for name in files:
        saving.refuse_if_busy(folder / name)
    for name, content in files.items():
        saving.create(folder / name, content, overwrite=True)
    return tuple(folder / name for name in files)


def write_pdf_checklist(lines: Sequence[Line], report: Path) -> Path:
    """Write the checklist of a report beside it: ``Register report checklist.csv``.

    Raises:
        SavingError: it could not be written.
    """
    path = report.with_name(f"{report.stem} checklist.csv")
    saving.create(path, as_csv(lines), overwrite=True)
    return path
