"""The commands on profiles: list, show, check."""

import sys

import click

from riskbook.cli.common import JSON, politely, tell, tell_json


@click.group("profile")
def profile_group() -> None:
    """The profiles: words, scales, bands, columns, lists and rules of a council."""


@profile_group.command("list")
@JSON
@politely
def profile_list(as_json: bool) -> None:
    """The profiles that are shipped."""
    from riskbook.edge.documents import profiles

    shipped = [profiles.document(name) for name in profiles.shipped()]
    if as_json:
        fields = ("id", "version", "title", "description")
        tell_json([{f: p[f] for f in fields} for p in shipped])
        return
    for profile in shipped:
        tell(f"{profile['id']:<26}{profile['title']}")


@profile_group.command("show")
@click.argument("name")
@click.option("--schema", is_flag=True, help="The JSON Schema of each entry instead.")
@politely
def profile_show(name: str, schema: bool) -> None:
    """Print the profile NAME as JSON, to copy and change."""
    from riskbook.edge.documents import profiles

    document = profiles.document(name)
    if schema:
        profile = profiles.load(name)
        document = {
            table.sheet: {c.field: profile.schema(c) for c in table.columns if c.entered}
            for table in profile.tables
        }
    tell_json(document)


@profile_group.command("check")
@click.argument("name")
@JSON
@politely
def profile_check(name: str, as_json: bool) -> None:
    """Say what is wrong with the profile NAME (a shipped one or a JSON file)."""
    from riskbook.core.linting import lint
    from riskbook.edge.documents import profiles

    remarks = lint(profiles.load(name))
    if as_json:
        rows = [
            {"severity": r.severity.value, "where": r.where, "message": r.message, "fix": r.fix}
            for r in remarks
        ]
        tell_json(rows)
    else:
        for remark in remarks:
            tell(f"{remark.where}: {remark.severity.value}: {remark.message}  [{remark.fix}]")
        tell(f"{name}: {len(remarks)} remark(s).", err=True)
    sys.exit(int(any(remark.severity.value == "error" for remark in remarks)))
