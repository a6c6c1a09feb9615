"""riskbook.xlam: the Riskbook tab for any open workbook, with nothing of the workbook's own.

The add-in carries its own small modules with the full path of the Python that it starts.
It has no settings sheet, and xlwings' add-in and module are no part of it.
"""

from riskbook.edge.macros import parts, sources
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.template.shell import shell

TITLE = "Riskbook"  # the name in Excel's list of add-ins
LINES = (
    "The Riskbook tab: check, refresh and report the risk register in front.",
    "It starts the Python of the riskbook installation; what is installed says: riskbook doctor.",
)


def addin(interpreters: Interpreters) -> bytes:
    """The add-in, whose buttons start the given Python."""
    modules = sources.modules(sources.ADD_IN, interpreters)
    return parts.with_macros(shell(TITLE, LINES), modules, parts.ADD_IN)
