"""Door 1, the command line: parse, call one use case, print, exit.

Exit codes: 0 nothing of severity error, 1 some, 2 could not work.  What a command needs
is imported inside it, so that a check does not wait for what only an export uses.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from riskbook import __version__
from riskbook.errors import RiskbookError

if TYPE_CHECKING:
    from riskbook.app import Outcome
    from riskbook.core.profile import Profile
    from riskbook.edge.filebook import FileBook

P = ParamSpec("P")
WORKBOOKS = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
PROFILE = click.option("--profile", "named", help="Profile to use instead of the workbook's own.")
AS_AT = click.option("--as-at", "as_at", help="The day the figures are for, e.g. 2021-10-31.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")


def politely(command: Callable[P, None]) -> Callable[P, None]:
    """Print what riskbook raises on purpose as one sentence and a fix, and exit 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RiskbookError as error:
            _say(error)
            sys.exit(error.exit_code)

    return run


def _say(error: RiskbookError) -> None:
    click.echo(f"riskbook: {error}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="riskbook")
def cli() -> None:
    r"""Risk registers in Excel: checked, scored, summarised.

    \b
    riskbook demo out                          see it work on three real registers
    riskbook new council-5x5 Register.xlsx     a workbook for officers to type in
    riskbook check Register.xlsx               what is wrong in it
    riskbook refresh Register.xlsx             recalculate it and write its summary sheets
    """


@cli.command()
@click.argument("folder", default="riskbook-demo", type=click.Path(path_type=Path))
@politely
def demo(folder: Path) -> None:
    """Build, refresh and export the three sample registers in FOLDER."""
    from riskbook.demo import run

    for line in run(folder):
        click.echo(line)


@cli.command()
@click.argument("profile")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--data", help="A register as JSON, or the name of a sample, to fill it with.")
@click.option("--period", help='The period, e.g. "2021/22 Q1".')
@click.option("--as-at", "as_at", help="The day the figures are for, e.g. 2021-10-31.")
@click.option("--overwrite", is_flag=True, help="Replace OUT where it exists.")
@politely
def new(
    profile: str,
    out: Path,
    data: str | None,
    period: str | None,
    as_at: str | None,
    overwrite: bool,
) -> None:
    """Make a controlled workbook OUT from PROFILE, blank or filled."""
    from riskbook.edge import profiles, registers, saving
    from riskbook.edge.making import made

    document: dict[str, Any] = registers.load(data) if data else {}
    about = {"period": period, "as_at": as_at}
    document["about"] = document.get("about", {}) | {k: v for k, v in about.items() if v}
    book, outcome = made(profiles.load(profile), document)
    saving.create(out, book.data, overwrite=overwrite)
    click.echo(f"Made {out}: {_sentence(outcome)}.")


@cli.command()
@WORKBOOKS
@PROFILE
@AS_AT
@JSON
@click.option("--template", is_flag=True, help="Also compare every controlled part (slower).")
@politely
def check(
    files: tuple[Path, ...], named: str | None, as_at: str | None, as_json: bool, template: bool
) -> None:
    """List what is wrong in FILES, a line for each cell."""
    from riskbook.core.document import finding_document
    from riskbook.edge.making import changed_facts

    printed: list[dict[str, str]] = []

    def one(path: Path) -> int:
        from riskbook import app
        from riskbook.edge.entries import Judge

        book, profile = _opened(path, named)
        outcome = app.check(book, profile, _day(as_at), Judge())
        found = (*changed_facts(book, profile), *outcome.findings) if template else outcome.findings
        for finding in found:
            if as_json:
                several = {"file": str(path)} if len(files) > 1 else {}
                printed.append({**several, **finding_document(finding)})
            else:
                click.echo((f"{path}: " if len(files) > 1 else "") + finding.line())
        if not as_json:
            click.echo(f"{path}: {_sentence(outcome)}.", err=True)
        return int(any(finding.severity.value == "error" for finding in found))

    code = _each(files, one)
    if as_json:
        click.echo(json.dumps(printed, ensure_ascii=False, indent=2))
    sys.exit(code)


@cli.command()
@WORKBOOKS
@PROFILE
@AS_AT
@JSON
@politely
def refresh(files: tuple[Path, ...], named: str | None, as_at: str | None, as_json: bool) -> None:
    """Recalculate FILES and write their summary sheets; a dated backup is kept."""
    from riskbook import app
    from riskbook.edge import busy
    from riskbook.edge.entries import Judge

    printed: list[dict[str, Any]] = []

    def one(path: Path) -> int:
        book, profile = _opened(path, named)
        busy.refuse_if_busy(path)
        outcome = app.refresh(book, profile, _day(as_at), Judge())
        kept = f" (backup: {book.backup})" if book.backup else " (nothing had changed)"
        if as_json:
            printed.append(_outcome_json(path, book, outcome))
        else:
            click.echo(f"Refreshed {path}: {_sentence(outcome)}: see Checks{kept}.")
        return outcome.exit_code

    code = _each(files, one)
    if as_json:
        click.echo(json.dumps(printed, ensure_ascii=False, indent=2))
    sys.exit(code)


def _outcome_json(path: Path, book: "FileBook", outcome: "Outcome") -> dict[str, Any]:
    from riskbook.core.document import finding_document

    return {
        "file": str(path),
        "backup": str(book.backup) if book.backup else None,
        "as_at": outcome.as_at.isoformat(),
        "findings": [finding_document(finding) for finding in outcome.findings],
    }


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(["json", "csv"]))
@click.option("--bom", is_flag=True, help="Begin CSV files with a byte order mark, for Excel.")
@PROFILE
@AS_AT
@politely
def export(
    file: Path, folder: Path, form: str, bom: bool, named: str | None, as_at: str | None
) -> None:
    """Write the register in FILE to FOLDER, as JSON or CSV."""
    from riskbook import app
    from riskbook.edge.entries import Judge
    from riskbook.edge.exporting import export_register

    book, profile = _opened(file, named)
    outcome = app.check(book, profile, _day(as_at), Judge())
    for path in export_register(outcome, file.stem, folder, form, bom=bom):
        click.echo(path)


@cli.group("profile")
def profile_group() -> None:
    """The profiles: words, scales, bands, columns, lists and rules of a council."""


@profile_group.command("list")
@JSON
@politely
def profile_list(as_json: bool) -> None:
    """The profiles that are shipped."""
    from riskbook.edge import profiles

    shipped = [profiles.document(name) for name in profiles.shipped()]
    if as_json:
        fields = ("id", "version", "title", "description")
        click.echo(json.dumps([{f: p[f] for f in fields} for p in shipped], indent=2))
        return
    for profile in shipped:
        click.echo(f"{profile['id']:<26}{profile['title']}")


@profile_group.command("show")
@click.argument("name")
@click.option("--schema", is_flag=True, help="The JSON Schema of each entry instead.")
@politely
def profile_show(name: str, schema: bool) -> None:
    """Print the profile NAME as JSON, to copy and change."""
    from riskbook.edge import profiles

    document = profiles.document(name)
    if schema:
        profile = profiles.load(name)
        document = {
            table.sheet: {c.field: profile.schema(c) for c in table.columns if c.entered}
            for table in profile.tables
        }
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@profile_group.command("check")
@click.argument("name")
@JSON
@politely
def profile_check(name: str, as_json: bool) -> None:
    """Say what is wrong with the profile NAME (a shipped one or a JSON file)."""
    from riskbook.core.linting import lint
    from riskbook.edge import profiles

    remarks = lint(profiles.load(name))
    if as_json:
        rows = [
            {"severity": r.severity.value, "where": r.where, "message": r.message, "fix": r.fix}
            for r in remarks
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for remark in remarks:
            click.echo(f"{remark.where}: {remark.severity.value}: {remark.message}  [{remark.fix}]")
        click.echo(f"{name}: {len(remarks)} remark(s).", err=True)
    sys.exit(int(any(remark.severity.value == "error" for remark in remarks)))


def _each(files: tuple[Path, ...], one: Callable[[Path], int]) -> int:
    """Run a command on each file; one that could not be worked on does not stop the rest."""
    worst = 0
    for path in files:
        try:
            code = one(path)
        except RiskbookError as error:
            _say(error)
            code = error.exit_code
        worst = max(worst, code)
    return worst


def _opened(path: Path, named: str | None) -> "tuple[FileBook, Profile]":
    from riskbook import app
    from riskbook.edge import profiles
    from riskbook.edge.filebook import FileBook

    book = FileBook.open(path)
    return book, profiles.load(named or app.profile_named_in(book))


def _day(text: str | None) -> date | None:
    from riskbook.core.values import parse_day

    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise RiskbookError(f"{text!r} is not a date.", fix="Give a day such as 2021-10-31.")
    return day


def _sentence(outcome: "Outcome") -> str:
    """``8 risks, 0 errors, 4 warnings, 2 notes``."""
    from riskbook.core.pages.checks import totals
    from riskbook.core.pages.front import what_there_is

    there = what_there_is(outcome.reading.register, outcome.profile)
    return f"{there}; {totals(outcome.findings).rstrip('.')}"
