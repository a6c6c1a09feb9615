"""The command that issues a clean workbook in place of a damaged one."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskbook.cli.common import JSON, politely, tell, tell_json
from riskbook.errors import SavingError

if TYPE_CHECKING:
    from riskbook.edge.repairing import Repaired


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--profile", "named", help="The profile, where the workbook does not name it.")
@click.option("--interpreter", help="The full path of the Python that the buttons start.")
@click.option("--overwrite", is_flag=True, help="Replace OUT and its certificate.")
@JSON
@politely
def repair(
    file: Path,
    out: Path | None,
    named: str | None,
    interpreter: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Make a clean workbook OUT with every entry of a damaged FILE, which stays as it is.

    Beside it is written a certificate: what moved where, and what was not carried.
    """
    if out and out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise SavingError(
            f"{out.name} does not end in .xlsx or .xlsm, so no program would open it as one.",
            fix=f"name it {out.stem}.xlsx, or {out.stem}.xlsm for one with buttons.",
        )
    from riskbook.edge import repairing
    from riskbook.edge.filebook import FileBook
    from riskbook.edge.macros.sources import chosen

    book = FileBook.received(file)
    made = repairing.repair(
        book,
        out or file.with_name(repairing.default_name(book, file)),
        on=date.today(),
        named=named,
        interpreters=chosen(interpreter),
        overwrite=overwrite,
    )
    if as_json:
        told = {"file": str(made.path), **made.certificate.document()}
        tell_json(told)
    else:
        _say(made)
    sys.exit(made.certificate.exit_code)


def _say(made: "Repaired") -> None:
    from riskbook.core.pages.parts import count

    told = made.certificate
    moved = f", {count(len(told.moves), 'block')} of them moved" if told.moves else ""
    number = "1 entry" if told.entries == 1 else f"{told.entries} entries"
    tell(f"Made {made.path}: {number} carried{moved}.")
    for remark in told.left:
        tell(f"  {remark.sentence}")
    tell(f"  Certificate: {made.certificates[0]}")
