"""The references: one for each version of a shipped profile, made from its blank workbook.

A council's own profile has none in the package: its blank workbook is built and read, once
in a run.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources

from riskbook.core import reading
from riskbook.core.layout import TEMPLATE_VERSION
from riskbook.core.profile import Profile
from riskbook.edge.fingerprint.facts import Facts, Reference, reference_of
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
    return reference_of(facts, reading.controlled(grids[profile.sheets["about"]]))


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
