"""The command that builds the workbooks, the add-in and the extension from source."""

import sys
from pathlib import Path

import click

from riskbook.cli.common import politely, tell


@click.command("build-templates")
@click.option(
    "--out",
    "folder",
    default="workbook_templates",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go.",
)
@click.option("--interpreter", help="The full path of the Python that every button starts.")
@click.option("--interpreter-mac", help="The same on a Mac, where it is another.")
@click.option("--check", is_flag=True, help="Build nothing; name the files that would differ.")
@politely
def build_templates(
    folder: Path, interpreter: str | None, interpreter_mac: str | None, check: bool
) -> None:
    """Build every workbook template, the add-in for Excel and the extension for LibreOffice."""
    from riskbook.edge import building
    from riskbook.edge.disk import saving
    from riskbook.edge.macros.sources import chosen

    interpreters = chosen(interpreter, interpreter_mac)
    if check:
        found = list(building.differences(folder, interpreters))
        for line in found:
            tell(f"{line}: build it with `riskbook build-templates --out {folder}`.")
        sys.exit(int(bool(found)))
    saving.make_folder(folder)
    for name, build in building.builders().items():
        saving.create(folder / name, build(interpreters), overwrite=True)
        tell(folder / name)
