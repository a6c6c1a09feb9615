"""The commands on workbooks: new, check, refresh, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskbook.cli.common import (
    AS_AT,
    EDITION,
    JSON,
    PROFILE,
    WORKBOOKS,
    day,
    each,
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


@click.command()
@click.argument("profile")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--data", help="A register as JSON, or the name of a sample, to fill it with.")
@click.option("--period", help='The period, e.g. "2021/22 Q1".')
@AS_AT
@click.option("--interpreter", help="The full path of the Python that the buttons start.")
@click.option("--overwrite", is_flag=True, help="Replace OUT where it exists.")
@politely
def new(
    profile: str,
    out: Path,
    data: str | None,
    period: str | None,
    as_at: str | None,
    interpreter: str | None,
    overwrite: bool,
) -> None:
    """Make a controlled workbook OUT from PROFILE, blank or filled; with buttons in an .xlsm."""
    from riskbook.edge.disk import saving
    from riskbook.edge.documents import profiles, registers
    from riskbook.edge.macros.sources import chosen
    from riskbook.edge.making import made

    sort = out.suffix.lower()
    if sort not in (".xlsx", ".xlsm"):
        raise SavingError(
            f"{out.name} does not end in .xlsx or .xlsm, so no program would open it as one.",
            fix=f"name it {out.stem}.xlsx, or {out.stem}.xlsm for one with buttons.",
        )
    interpreters = chosen(interpreter) if sort == ".xlsm" else None
    day(as_at)
    document: dict[str, Any] = registers.load(data) if data else {}
    about = {"period": period, "as_at": as_at}
    document["about"] = document.get("about", {}) | {k: v for k, v in about.items() if v}
    book, outcome = made(profiles.load(profile), document, interpreters)
    saving.create(out, book.data, overwrite=overwrite, keep=True)
    tell(f"Made {out}: {outcome.sentence}.")


@click.command()
@WORKBOOKS
@PROFILE
@AS_AT
@JSON
@click.option(
    "--received",
    is_flag=True,
    help="FILES came from somebody else: read them apart, by two programs (slower).",
)
@politely
def check(
    files: tuple[Path, ...],
    named: str | None,
    as_at: str | None,
    as_json: bool,
    received: bool,
) -> None:
    """List what is wrong in FILES, a line for each cell.

    With --received a file takes the whole way for files from other people: it is opened
    in a process of its own with limits, read by two programs, and refused if they
    do not show the same in every cell.
    """
    from riskbook import app
    from riskbook.core.document import finding_document
    from riskbook.edge.documents.entries import Judge

    printed: list[dict[str, str]] = []

    def one(path: Path) -> int:
        book, profile = opened(path, named, received=received)
        outcome = app.check(book, profile, day(as_at), Judge())
        for finding in outcome.findings:
            if as_json:
                several = {"file": str(path)} if len(files) > 1 else {}
                printed.append({**several, **finding_document(finding)})
            else:
                tell((f"{path}: " if len(files) > 1 else "") + finding.line())
        if not as_json:
            tell(f"{path}: {outcome.sentence}.", err=True)
        return outcome.exit_code

    code = each(files, one)
    if as_json:
        tell_json(printed)
    sys.exit(code)


@click.command()
@WORKBOOKS
@PROFILE
@AS_AT
@JSON
@click.option("--live", is_flag=True, help="In Excel or LibreOffice, where it is open.")
@politely
def refresh(
    files: tuple[Path, ...], named: str | None, as_at: str | None, as_json: bool, live: bool
) -> None:
    """Recalculate FILES and write their summary sheets.

    A closed file is replaced whole, after a dated backup.  With --live the workbook is
    refreshed where it is open, by its own profile and date, and saving is yours.
    """
    if live:
        _refuse_for_live(named, as_at, as_json)
        sys.exit(each(files, _refresh_open))
    from riskbook import app
    from riskbook.edge import snapshots
    from riskbook.edge.disk import busy, saving
    from riskbook.edge.documents.entries import Judge

    printed: list[dict[str, Any]] = []

    def one(path: Path) -> int:
        book, profile = opened(path, named)
        saving.sweep(path)
        busy.refuse_if_busy(path)
        outcome = app.refresh(book, profile, day(as_at), Judge(), snapshots.beside(path))
        kept = f" (backup: {book.backup})" if book.backup else " (nothing had changed)"
        if as_json:
            printed.append(_outcome_json(path, book, outcome))
        else:
            tell(f"Refreshed {path}: {outcome.sentence}: see Checks{kept}.")
        return outcome.exit_code

    code = each(files, one)
    if as_json:
        tell_json(printed)
    sys.exit(code)


def _refuse_for_live(named: str | None, as_at: str | None, as_json: bool) -> None:
    from riskbook.core.words import listed

    given = {"--profile": named, "--as-at": as_at, "--json": as_json}
    if wrong := [option for option, value in given.items() if value]:
        raise SavingError(
            f"{listed(wrong)} cannot be used with --live: the open workbook says it itself.",
            fix="leave it out, or run the command on the closed file without --live.",
        )


def _refresh_open(path: Path) -> int:
    """The same as the Refresh button, from outside."""
    from riskbook.excel.press import press
    from riskbook.excel.reach import reach

    pressed = press("refresh", reach(str(path)))
    tell(f"{path}: {pressed.sentence}", err=pressed.failed)
    return 2 if pressed.failed else int(pressed.errors)


def _outcome_json(path: Path, book: "FileBook", outcome: "Outcome") -> dict[str, Any]:
    from riskbook.core.document import finding_document

    return {
        "file": str(path),
        "backup": str(book.backup) if book.backup else None,
        "as_at": outcome.as_at.isoformat(),
        "findings": [finding_document(finding) for finding in outcome.findings],
    }


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice(["xlsx", "csv", "json", "accessible"]),
)
@click.option("--bom", is_flag=True, help="Begin CSV files with a byte order mark, for Excel.")
@PROFILE
@AS_AT
@EDITION
@politely
def export(
    file: Path,
    folder: Path,
    form: str,
    bom: bool,
    named: str | None,
    as_at: str | None,
    edition: str,
) -> None:
    """Write the register in FILE to FOLDER: values only, with control totals.

    `accessible` is a workbook for every reader, with a checklist that judges it.
    """
    from riskbook import app
    from riskbook.edge import snapshots
    from riskbook.edge.disk import saving
    from riskbook.edge.documents.entries import Judge
    from riskbook.edge.exporting import Source, export_register

    book, profile = opened(file, named)
    saving.sweep(file)
    outcome = app.check(book, profile, day(as_at), Judge(), snapshots.beside(file))
    outcome, stem = in_edition(outcome, file.stem, edition)
    source = Source.of(file.name, book.data)
    failed = 0
    if form == "accessible":
        from riskbook.cli.accessible import export_accessible

        failed = export_accessible(outcome, stem, folder, source)
    else:
        for path in export_register(outcome, stem, folder, form, bom=bom, source=source):
            tell(path)
    if outcome.withheld:
        tell(outcome.withheld, err=True)
    sys.exit(failed)
