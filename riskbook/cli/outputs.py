"""The commands that make something new from a workbook: report, snapshot, new-period.

The buttons call the same functions of the edge; here are only their arguments and their
sentences.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskbook.cli.common import (
    AS_AT,
    EDITION,
    JSON,
    PROFILE,
    day,
    in_edition,
    opened,
    politely,
    tell,
    tell_json,
)
from riskbook.errors import SavingError

if TYPE_CHECKING:
    from riskbook.app import Outcome
    from riskbook.edge.filebook import FileBook

FILE = click.argument("file", type=click.Path(path_type=Path))
OUT = click.argument("out", required=False, type=click.Path(path_type=Path))
CHECKLIST = click.option(
    "--checklist", is_flag=True, help="Judge the PDF's accessibility, and write what was found."
)
OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace OUT where it exists.")


def _looked(file: Path, named: str | None, as_at: str | None) -> "tuple[FileBook, Outcome]":
    from riskbook import app
    from riskbook.edge import snapshots
    from riskbook.edge.documents.entries import Judge

    book, profile = opened(file, named)
    return book, app.check(book, profile, day(as_at), Judge(), snapshots.beside(file))


@click.command()
@FILE
@OUT
@PROFILE
@AS_AT
@EDITION
@OVERWRITE
@CHECKLIST
@JSON
@politely
def report(
    file: Path,
    out: Path | None,
    named: str | None,
    as_at: str | None,
    edition: str,
    overwrite: bool,
    checklist: bool,
    as_json: bool,
) -> None:
    """Make a report of the register in FILE: OUT.pdf, OUT.docx, or a PDF beside the workbook."""
    from riskbook.edge.disk import saving

    kind = out.suffix.lower() if out else ".pdf"
    _refuse_kind(out, kind, checklist)
    _, outcome = _looked(file, named, as_at)
    saving.sweep(file)
    outcome, stem = in_edition(outcome, file.stem, edition)
    folder, name = (out.parent, out.name) if out else (file.parent, "")
    told = _reported(outcome, stem, folder, name, kind, overwrite)
    told |= {"withheld": outcome.withheld} if outcome.withheld else {}
    path = Path(str(told["file"]))
    if not as_json:
        tell(f"Made {path}{_paged(told)}.")
        if outcome.withheld:
            tell(outcome.withheld)
    failed = _judged(path, told, as_json) if checklist else 0
    if as_json:
        tell_json(told)
    sys.exit(failed)


def _refuse_kind(out: Path | None, kind: str, checklist: bool) -> None:
    if out and kind not in (".pdf", ".docx"):
        raise SavingError(
            f"{out.name} does not end in .pdf or .docx, so no program would open it as a report.",
            fix=f"name it {out.stem}.pdf, or {out.stem}.docx for Word.",
        )
    if checklist and kind == ".docx":
        raise SavingError(
            "The checklist is one for PDF, and no Word document is judged by it.",
            fix="leave --checklist out, or name the report .pdf.",
        )


def _reported(
    outcome: "Outcome", stem: str, folder: Path, name: str, kind: str, overwrite: bool
) -> dict[str, object]:
    """Write a report; its file and, where the file says it, the number of its pages."""
    from riskbook.edge.disk.plainly import AGAIN, plainly
    from riskbook.edge.paper import write_report

    form = kind.removeprefix(".")
    path = write_report(outcome, stem, folder, form, name=name, overwrite=overwrite)
    if form == "docx":  # its pages are counted by who opens it
        return {"file": str(path)}
    from riskbook.edge.paper.pdf import page_count

    with plainly(path.name, AGAIN):
        return {"file": str(path), "pages": page_count(path.read_bytes())}


def _paged(told: dict[str, object]) -> str:
    from riskbook.core.pages.parts import count

    pages = told.get("pages")
    return f": {count(pages, 'page')}" if isinstance(pages, int) else ""


def _judged(path: Path, told: dict[str, object], as_json: bool) -> int:
    """Judge a report and write its checklist; 1 where a line fails."""
    from riskbook.cli.accessible import as_document, check_report, say

    table, lines = check_report(path)
    if as_json:
        told["checklist"] = as_document(table, lines)
        return int(any(line.passed is False for line in lines))
    tell(table)
    return say(lines)


@click.command()
@FILE
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@PROFILE
@AS_AT
@click.option("--replace", is_flag=True, help="Seal other content anew; the old one is kept.")
@click.option("--verify", "verified", is_flag=True, help="Check the seals of FILE or a folder.")
@JSON
@politely
def snapshot(
    file: Path,
    folder: Path | None,
    named: str | None,
    as_at: str | None,
    replace: bool,
    verified: bool,
    as_json: bool,
) -> None:
    """Seal the period of the register in FILE as JSON, in FOLDER or beside the workbook."""
    from hashlib import sha256

    from riskbook.edge import snapshots

    if verified:
        sys.exit(_verify(folder or file, as_json))
    book, outcome = _looked(file, named, as_at)
    made = snapshots.seal(
        outcome,
        file.stem,
        folder or file.parent / snapshots.FOLDER,
        workbook=sha256(book.data).hexdigest(),
        replace=replace,
    )
    if as_json:
        kept = str(made.kept) if made.kept else None
        told = {"file": str(made.path), "seal": made.seal, "new": made.new, "kept": kept}
        tell_json(told)
    elif made.new:
        kept = f" The one that it replaces: {made.kept}." if made.kept else ""
        tell(f"Sealed {made.path}: {outcome.sentence}. Seal {made.seal[:12]}.{kept}")
    else:
        tell(f"{made.path} is sealed already: nothing had changed. Seal {made.seal[:12]}.")


def _verify(place: Path, as_json: bool) -> int:
    from riskbook.core.pages.parts import count
    from riskbook.edge import snapshots

    found = snapshots.verify(place)
    wrong = [each for each in found if each.problem]
    if as_json:
        rows = [{"file": str(e.path), "seal": e.seal, "problem": e.problem} for e in found]
        tell_json(rows)
    else:
        for each in found:
            told = each.problem or f"unchanged, seal {each.seal[:12]}"
            tell(f"{each.path}: {told}.")
        said = f"{len(wrong)} not as sealed" if wrong else "every seal fits"
        tell(f"{count(len(found), 'snapshot')}: {said}.", err=True)
    return int(bool(wrong))


@click.command("new-period")
@FILE
@OUT
@click.option("--period", default="", help='The new period, e.g. "2021/22 Q3".')
@PROFILE
@click.option("--interpreter", help="The full path of the Python that the buttons start.")
@OVERWRITE
@JSON
@politely
def new_period(
    file: Path,
    out: Path | None,
    period: str,
    named: str | None,
    interpreter: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Make the next period's workbook from FILE, as OUT or beside it; FILE stays as it is."""
    if out and out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise SavingError(
            f"{out.name} does not end in .xlsx or .xlsm, so no program would open it as one.",
            fix=f"name it {out.stem}.xlsx, or {out.stem}.xlsm for one with buttons.",
        )
    from riskbook.edge import new_period as edge
    from riskbook.edge.macros.sources import chosen

    book, outcome = _looked(file, named, None)
    folder, name = (out.parent, out.name) if out else (file.parent, "")
    made = edge.new_period(
        outcome,
        file.stem,
        folder,
        name=name,
        period=period,
        present=file,
        book=book,
        interpreters=chosen(interpreter),
        overwrite=overwrite,
    )
    if as_json:
        told = {
            "file": str(made.path),
            "period": made.period,
            "as_at": made.as_at or None,
            "cleared": made.cleared,
            "notes": list(made.notes),
        }
        tell_json(told)
        return
    tell(made.sentence())
    for note in made.notes:
        tell(f"  {note}")
