"""Exports of a register for finance and analysts: values only, with totals to check them by.

::

    outcome -> tables (what the columns are) -> controls (counts, sums, where it came from)
            -> csv, json, xlsx (files)          frames (pandas, for Python)

Every form holds the same tables under the same names; ``docs/exports.md`` lists them.
"""

from pathlib import Path

from riskbook.app import Outcome
from riskbook.edge.disk import saving
from riskbook.edge.disk.plainly import plainly
from riskbook.edge.exporting.controls import UNKNOWN, Source
from riskbook.edge.exporting.tables import tables
from riskbook.edge.leaks import refuse_leaks
from riskbook.edge.xlsx.alive import harmless
from riskbook.errors import SavingError

__all__ = ["FORMS", "Source", "export_register", "harmless", "tables"]

FORMS = ("xlsx", "csv", "json")


def export_register(
    outcome: Outcome,
    stem: str,
    folder: Path,
    form: str,
    *,
    bom: bool = False,
    source: Source = UNKNOWN,
) -> tuple[Path, ...]:
    """Write a register into a folder, replacing an older export; the paths written.

    Args:
        outcome: what checking or refreshing the workbook came to.
        stem: the workbook's name without its ending.
        folder: where to; it is made where it is not there.
        form: ``xlsx`` (``STEM values.xlsx``), ``csv`` (``STEM TABLE.csv``) or ``json``.
        bom: begin CSV files with a byte order mark, by which Excel knows UTF-8.
        source: the workbook that was read, for the controls.

    Raises:
        SavingError: the folder or a file could not be written, a text is too long for a cell
            of a workbook, or a JSON file of that name is somebody's own.
        LeakError: a file of the public edition would hold what is withheld; none is written.
    """
    files = {f"{stem}{ending}": data for ending, data in _made(outcome, form, bom, source).items()}
    refuse_leaks(files, outcome)
    saving.make_folder(folder)
    for name in files:  # tables belong together: none is replaced where another cannot be
        saving.refuse_if_busy(folder / name)
        if form == "json":
            _refuse_hand_made(folder / name)
    for name, data in files.items():
        saving.create(folder / name, data, overwrite=True)
    return tuple(folder / name for name in files)


def _refuse_hand_made(path: Path) -> None:
    """A register as JSON has the workbook's name, and is what ``new --data`` was given."""
    from riskbook.edge.exporting import json

    with plainly(path.name):
        if path.is_file() and not json.is_export(path.read_bytes()):
            raise SavingError(
                f"{path.name} is there already and is no export of riskbook's.",
                fix="export into another folder, or move that file away.",
            )


def _made(outcome: Outcome, form: str, bom: bool, source: Source) -> dict[str, bytes]:
    """The bytes of each file, by what follows the stem in its name."""
    if form == "json":
        from riskbook.edge.exporting import json

        return {".json": json.dump(outcome, source)}
    if form == "xlsx":
        from riskbook.edge.exporting import xlsx

        return {" values.xlsx": xlsx.workbook(outcome, source)}
    from riskbook.edge.exporting import csv
    from riskbook.edge.exporting.controls import checked

    return {
        f" {name}.csv": csv.dump(columns, lines, bom=bom)
        for name, (columns, lines) in checked(outcome, source).items()
    }
