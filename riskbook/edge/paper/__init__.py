"""The committee report as a file, PDF or Word: rendered, searched for what is withheld, saved.

::

    Outcome -> Paper -> pdf (typst), word (python-docx) -> edge.leaks -> saved whole or not at all
"""

from importlib import import_module
from pathlib import Path
from typing import Final

from riskbook.app import Outcome
from riskbook.edge.disk import saving
from riskbook.edge.leaks import refuse_leaks

__all__ = ["FORMS", "write_report"]

FORMS: Final = {"pdf": "riskbook.edge.paper.pdf", "docx": "riskbook.edge.paper.word"}


def write_report(
    outcome: Outcome,
    stem: str,
    folder: Path,
    form: str = "pdf",
    *,
    name: str = "",
    overwrite: bool = False,
) -> Path:
    """Write the report of a workbook into a folder: ``Register report.pdf``, or another name.

    Args:
        outcome: what checking the workbook came to; of an edition, what it holds.
        stem: the workbook's name without its ending.
        folder: where the report goes.
        form: pdf or docx.
        name: of the file, where it is not the usual one.
        overwrite: whether it may replace a file.

    Raises:
        SavingError: there is such a file, or the folder cannot be written.
        LeakError: it is a public edition and would hold what is withheld; it is not written.
    """
    path = folder / (name or f"{stem} report.{form}")
    saving.refuse_if_busy(path)  # before the work, not after it
    data: bytes = import_module(FORMS[form]).render(outcome)  # each starts a library of its own
    refuse_leaks({path.name: data}, outcome)
    # officers go on writing in a Word document
    saving.create(path, data, overwrite=overwrite, keep=form == "docx")
    return path
