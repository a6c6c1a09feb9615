"""The report as a Word document, which a council's officers can still edit.

::

    Outcome -> Paper -> body, pictures, furniture -> .docx

The entries reach Word as text and never as fields or links.  This is the one home of
python-docx.
"""

from datetime import UTC, datetime
from pathlib import Path

from riskbook import __version__
from riskbook.app import Outcome
from riskbook.core.blocks import Paper
from riskbook.edge.disk import saving
from riskbook.edge.leaks import refuse_leaks
from riskbook.edge.printed import Styles
from riskbook.edge.template.looks import looks
from riskbook.edge.word import base, body, furniture

__all__ = ["render", "render_paper", "write_report"]


def write_report(
    outcome: Outcome, stem: str, folder: Path, *, name: str = "", overwrite: bool = False
) -> Path:
    """Write the report of a workbook into a folder: ``Register report.docx``, or another name.

    Raises:
        SavingError: there is such a file, or the folder cannot be written.
        LeakError: it is a public edition and would hold what is withheld; it is not written.
    """
    path = folder / (name or f"{stem} report.docx")
    saving.refuse_if_busy(path)  # before the work, not after it
    data = render(outcome)
    refuse_leaks({path.name: data}, outcome)
    saving.create(path, data, overwrite=overwrite)
    return path


def render(outcome: Outcome) -> bytes:
    """The report as a Word document; the same outcome gives the same bytes."""
    profile, day = outcome.profile, outcome.as_at
    paper = outcome.paper(f"riskbook {__version__}, {profile.id} {profile.version}")
    told = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return render_paper(paper, looks(profile), told)


def render_paper(paper: Paper, styles: Styles, told: datetime) -> bytes:
    """A report as a Word document that says it was made at a moment."""
    document = base.empty()
    runs = body.runs(paper)
    body.fill(document.element.body, paper, runs, styles)
    furniture.furnish(document, paper, [sheet for sheet, _ in runs])
    furniture.describe(document, paper, told)
    return base.packed(document, told)
