"""The command that says why a button does not work."""

import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from riskbook.cli.common import JSON, politely, tell, tell_json

if TYPE_CHECKING:
    from riskbook.edge.doctor import Report
    from riskbook.edge.doctor.report import Button, Installed, Obstacle

_WIDTH = 100
_STATES = {"ok": "ok", "found": "FOUND", "unknown": "?"}


@click.command()
@click.argument("file", required=False)
@JSON
@politely
def doctor(file: str | None, as_json: bool) -> None:
    """Say what is installed, what each button runs, and what stands in its way.

    FILE is a workbook, or the add-in, to look into. Exit code 1 if anything stands in the way.
    """
    from riskbook.edge.doctor import examine

    report = examine(file)
    if as_json:
        tell_json(report.document())
    else:
        for line in _lines(report):
            tell(line)
    sys.exit(report.exit_code)


def _lines(report: "Report") -> Iterator[str]:
    yield "Installed"
    yield from _installed(report.installed)
    yield ""
    yield "What each button runs, with its own word in the place of refresh"
    yield from _buttons(report.buttons)
    yield ""
    yield "Obstacles"
    yield from _obstacles(report.obstacles)
    yield ""
    yield _total(report.obstacles)


def _installed(found: "Sequence[Installed]") -> Iterator[str]:
    width = max(len(each.name) for each in found)
    for each in found:
        version = each.version or "not found"
        yield f"  {each.name:{width}}  {version:12}  {each.where}".rstrip()


def _buttons(buttons: "Sequence[Button]") -> Iterator[str]:
    """The command in full once; a command is copied, so it is never broken into lines."""
    first = buttons[0]
    yield f"  {first.runs}"
    if first.macro:
        yield f"  and the button on a sheet: {first.macro}"
    label = max(len(each.label) for each in buttons)
    name = max(len(each.name) for each in buttons)
    for each in buttons:
        yield f"  {each.label:{label}}  {each.name:{name}}  without a button: {each.equal}"


def _obstacles(obstacles: "Sequence[Obstacle]") -> Iterator[str]:
    width = max(len(each.name) for each in obstacles)
    before = ""
    for each in obstacles:
        head = f"  {_STATES[each.state.value]:5}  {each.name:{width}}  "
        if each.what == before:
            yield f"{head}likewise"
            continue
        before = each.what
        yield from _wrapped(head, each.what)
        if each.fix:
            yield from _wrapped(" " * len(head), f"To fix: {each.fix}")


def _wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _total(obstacles: "Sequence[Obstacle]") -> str:
    states = [each.state.value for each in obstacles]
    found, unknown = states.count("found"), states.count("unknown")
    stands = {0: "Nothing stands", 1: "1 thing stands"}.get(found, f"{found} things stand")
    cannot = f"; {unknown} cannot be known here" if unknown else ""
    return f"{stands} in the way{cannot}."
