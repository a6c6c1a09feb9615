"""Door 1, the command line: parse, call one use case, print, exit.

Exit codes: 0 nothing of severity error, 1 some, 2 could not work.  What a command needs
is imported inside it, so that a check does not wait for what only an export uses.
"""

from pathlib import Path

import click

from riskbook import __version__
from riskbook.cli import doctor, outputs, profiles, repair, templates, workbooks
from riskbook.cli.common import politely, tell

__all__ = ["cli"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="riskbook")
def cli() -> None:
    """Risk registers in Excel: checked, scored, summarised.

    \b
    riskbook demo out                          see it work on three real registers
    riskbook new council-5x5 Register.xlsx     a workbook for officers to type in
    riskbook check Register.xlsx               what is wrong in it
    riskbook refresh Register.xlsx             recalculate it and write its summary sheets
    """  # noqa: D301 - the character \b tells click to keep the lines


@cli.command()
@click.argument("folder", default="riskbook-demo", type=click.Path(path_type=Path))
@politely
def demo(folder: Path) -> None:
    """Build, refresh and export the three sample registers in FOLDER."""
    from riskbook.demo import run

    for line in run(folder):
        tell(line)


for command in (workbooks.new, workbooks.check, workbooks.refresh, workbooks.export):
    cli.add_command(command)
for command in (outputs.report, outputs.snapshot, outputs.new_period):
    cli.add_command(command)
cli.add_command(profiles.profile_group)
cli.add_command(templates.build_templates)
cli.add_command(doctor.doctor)
cli.add_command(repair.repair)
