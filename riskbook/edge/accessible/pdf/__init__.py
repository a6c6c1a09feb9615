"""The checklist of an accessible PDF: read back with pypdf, judged line by line."""

from riskbook.edge.accessible.lines import Line, judged
from riskbook.edge.accessible.pdf.reading import document
from riskbook.edge.accessible.pdf.rules import RULES

__all__ = ["RULES", "checklist", "document"]


def checklist(data: bytes) -> list[Line]:
    """The checklist of a finished PDF.

    Raises:
        RefusedError: it is no PDF that can be read.
    """
    return judged(RULES, document(data))
