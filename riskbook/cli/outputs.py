"""The commands that make something new from a workbook: report, snapshot, new-period.

The buttons call the same functions of the edge; here are only their arguments and their
sentences.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskbook.cli.common import AS_AT, JSON, PROFILE, day, opened, politely
from riskbook.errors import SavingError

if TYPE_CHECKING:
    from riskbook.app import Outcome
    from riskbook.edge.filebook import FileBook

FILE = click.argument("file", type=click.Path(path_type=Path))
OUT = click.argument("out", required=False, type=click.Path(path_type=Path))
OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace OUT where it exists.")


def _looked(file: Path, named: str | None, as_at: str | None) -> "tuple[FileBook, Outcome]":
    from riskbook import app
    from riskbook.edge.documents.entries import Judge

    book, profile = opened(file, named)
    return book, app.check(book, profile, day(as_at), Judge())


@click.command()
@FILE
@OUT
@PROFILE
@AS_AT
@OVERWRITE
@JSON
@politely
def report(
    file: Path,
    out: Path | None,
    named: str | None,
    as_at: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Make a PDF of the register in FILE, as OUT or beside the workbook."""
    if out and out.suffix.lower() != ".pdf":
        raise SavingError(
            f"{out.name} does not end in .pdf, so no program would open it as a report.",
            fix=f"name it {out.stem}.pdf.",
        )
    from riskbook.core.pages.parts import count
    from riskbook.edge import pdf

    _, outcome = _looked(file, named, as_at)

    folder, name = (out.parent, out.name) if out else (file.parent, "")
    path = pdf.write_report(outcome, file.stem, folder, name=name, overwrite=overwrite)
    pages = pdf.page_count(path.read_bytes())
    if as_json:
        click.echo(json.dumps({"file": str(path), "pages": pages}, ensure_ascii=False, indent=2))
    else:
        click.echo(f"Made {path}: {count(pages, 'page')}.")
