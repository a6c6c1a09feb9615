"""The references: one for each version of a shipped profile, made from its blank workbook.

A council's own profile has none in the package: its blank workbook is built and read, once
in a run.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

from riskbook.core import reading
from riskbook.core.layout import TEMPLATE_VERSION
from riskbook.core.profile import Profile
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint import shown
from riskbook.edge.fingerprint.facts import GROWING, ColumnFact, Facts, Reference
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook

FOLDER = "references"
Build = Callable[[Profile], Reference]  # makes a reference from the profile itself: slow


def file_name(profile: str, version: str, template: str) -> str:
    """``council-5x5 1.1 t1.json``."""
    return f"{profile} {version} t{template}.json"


@lru_cache(maxsize=16)
def kept(profile: str, version: str, template: str) -> Reference | None:
    """The reference in the package; None where there is none of this version."""
    name = file_name(profile, version, template)
    there = {item.name: item for item in resources.files("riskbook").joinpath(FOLDER).iterdir()}
    # looked for in the list, so that no text of a workbook becomes a path
    return Reference.of_text(there[name].read_text("utf-8")) if name in there else None


def taken(blank: bytes, profile: Profile) -> Reference:
    """The reference that a blank workbook of a profile is."""
    book = Workbook.of(Package.parse(blank))
    names = [sheet.name for sheet in book.sheets if sheet.name in profile.sheets.values()]
    grids = reader.read(book, names)
    facts = Facts(book, reading.read(grids, profile), profile)
    return _reference(facts, reading.controlled(grids[profile.sheets["about"]]))


def _reference(facts: Facts, told: Mapping[str, str]) -> Reference:
    """The reference that a blank workbook is."""
    return Reference(
        profile=told.get("profile", ""),
        version=told.get("profile_version", ""),
        template=told.get("template_version", ""),
        sheets=dict(_sheets(facts)),
        names={name: "" if name == GROWING else text for name, text in sorted(facts.names.items())},
        tables={
            sheet.grid.sheet: table.name
            for sheet in facts.reading.sheets
            for table in facts.book.tables(sheet.grid.sheet)
        },
        columns={sheet.grid.sheet: dict(_columns(facts, sheet)) for sheet in facts.reading.sheets},
        shown=shown.everything(facts),
    )


def _sheets(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in facts.profile.sheets.values():
        if name in {sheet.name for sheet in facts.book.sheets}:
            yield name, tuple(sorted(facts.seen(name).allowed or ()))


def _columns(facts: Facts, sheet: Sheet) -> Iterator[tuple[str, ColumnFact]]:
    seen, row = facts.seen(sheet.grid.sheet), sheet.mapped.row + 1
    for name, place in sorted(sheet.mapped.columns.items()):
        colours = {facts.colour_text(c.text, sheet) for c in seen.colours if c.covers(row, place)}
        yield (
            name,
            ColumnFact(
                open=seen.style(row, place) in facts.open_styles,
                rule=next((r.text for r in seen.rules if r.covers(row, place)), ""),
                colours=tuple(sorted(colours)),
                formula=sheet.grid.at(row, place).formula or "",
            ),
        )


def own(profile: Profile, build: Build) -> Reference:
    """The reference of a profile as it is read now."""
    found = kept(profile.id, profile.version, TEMPLATE_VERSION)
    return found if found and _shipped(profile) else _built(profile, build)


def _shipped(profile: Profile) -> bool:
    from riskbook.edge.documents import profiles

    return profile.id in profiles.shipped() and profiles.load(profile.id) == profile


_BUILT: dict[int, tuple[Profile, Reference]] = {}  # in this run, by the profile's identity


def _built(profile: Profile, build: Build) -> Reference:
    if id(profile) not in _BUILT:
        _BUILT[id(profile)] = profile, build(profile)
    return _BUILT[id(profile)][1]


def of(told: Mapping[str, str], profile: Profile, build: Build) -> Reference | None:
    """The reference of the version that a workbook says it is; None where nobody knows it."""
    version = tuple(told.get(k, "") for k in ("profile", "profile_version", "template_version"))
    if version == (profile.id, profile.version, TEMPLATE_VERSION):
        return own(profile, build)
    return kept(*version)
