"""riskbook: a council's risk register, kept in the Excel workbook that officers know.

::

    import riskbook

    book = riskbook.open("Register.xlsx")
    book.risks, book.actions, book.scores      # pandas frames; docs/exports.md lists the columns
"""

from typing import TYPE_CHECKING

from riskbook.errors import RiskbookError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from riskbook.edge.exporting.frames import Frames

__all__ = ["RiskbookError", "__version__", "open"]

__version__ = "0.1.0"


def open(  # noqa: A001 - as pandas, PIL and others say it: riskbook.open(path)
    path: "str | Path", *, profile: str | None = None, as_at: "date | str | None" = None
) -> "Frames":
    """Open a register for reading, as pandas frames; the file is not changed.

    Args:
        path: a workbook made by riskbook.
        profile: name or file of a profile, instead of the workbook's own.
        as_at: the day the figures are for, as a date or in words such as "31 October 2021";
            by default the one on the About sheet.

    Returns:
        An object with the frames ``risks``, ``actions``, ``scores``, ``overall``, ``findings``
        and ``controls``, and with ``as_at``, ``profile``, ``source`` and ``about``.

    Raises:
        RiskbookError: the file cannot be read as a register; the error says how to mend it.

    Example:
        >>> import riskbook
        >>> book = riskbook.open("Register.xlsx")
        >>> book.risks.groupby("nett_band").nett_points.sum()
    """
    # imported here: `import riskbook` alone waits for nothing
    from riskbook.edge.exporting.frames import open_frames

    return open_frames(path, profile, as_at)
