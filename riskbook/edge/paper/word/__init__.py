"""The report as a Word document, which a council's officers can still edit.

::

    Outcome -> Paper -> body, pictures, furniture -> .docx

The entries reach Word as text and never as fields or links.  This is the one home of
python-docx.
"""

from datetime import datetime

from riskbook.app import Outcome
from riskbook.core.blocks import Paper
from riskbook.edge.paper.printed import Styles, moment_of, paper_of
from riskbook.edge.paper.word import base, body, furniture
from riskbook.edge.template.looks import looks

__all__ = ["render", "render_paper"]


def render(outcome: Outcome) -> bytes:
    """The report as a Word document; the same outcome gives the same bytes."""
    return render_paper(paper_of(outcome), looks(outcome.profile), moment_of(outcome))


def render_paper(paper: Paper, styles: Styles, told: datetime) -> bytes:
    """A report as a Word document that says it was made at a moment."""
    document = base.empty()
    runs = body.runs(paper)
    body.fill(document.element.body, paper, runs, styles)
    furniture.furnish(document, paper, [sheet for sheet, _ in runs])
    furniture.describe(document, paper, told)
    return base.packed(document, told)
