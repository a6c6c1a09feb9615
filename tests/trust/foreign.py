"""A refresh of a workbook rich in foreign features: what changed, byte by byte and by referee.

::

    made and filled -> tests.foreign.rich -> riskbook refresh
        parts: compressed bytes before and after        templategate: cells, formats, drawings
"""

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from click.testing import CliRunner
from templategate import Change
from templategate.api import diff_report

from riskbook.cli import cli
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.template import build
from tests import foreign
from tests.spec.office import cells, packed, without_cells
from tests.trust import Figure, Scale

SAMPLE = "blackpool-2021"
CHARTS = ("xl/charts/chart1.xml", "xl/charts/chart2.xml")
ENTRIES = ("about", "key", "lists")  # sheets that a refresh never writes


def figure(scale: Scale) -> Figure:
    """Parts that riskbook does not own, and what templategate finds changed."""
    name = "refresh of a workbook rich in foreign features"
    wanted = "templategate finds only riskbook's own changes; every other part byte-identical"
    with tempfile.TemporaryDirectory() as place:
        before, after, profile = refreshed(Path(place))
        own = owned(before, profile)
        old, new = packed(before.read_bytes()), packed(after.read_bytes())
        others = [part for part in old if part not in own]
        changed = [part for part in others if new.get(part) != old[part]]
        changed += [f"{part} (new)" for part in new if part not in old]
        changes = compared(before, after)
        found = [*strange(changes, profile)]
        changed += torn(before, after, profile)
    seen = f"templategate: {len(changes)} changes, {len(found)} of them not riskbook's own; "
    seen += f"{len(others) - len(changed)} of {len(others)} other parts byte-identical"
    notes = (
        f"{len(foreign.PARTS)} parts were added to a workbook of {len(old) - len(foreign.PARTS)}",
        f"riskbook's own parts: {', '.join(sorted(own))}",
        "what counts as riskbook's own: cells of its sheets, computed results, its charts",
        *changed,
        *found[:20],
    )
    kept = bool(changes) and not changed and not found and len(others) >= 47
    return Figure(name=name, wanted=wanted, seen=seen, kept=kept, notes=notes)


def refreshed(folder: Path) -> tuple[Path, Path, Profile]:
    """A rich workbook, never refreshed before, and the same refreshed by the command."""
    document = registers.load(SAMPLE)
    profile = profiles.load(document["profile"])
    filled = build(profile, document)  # its own sheets are blank: a refresh fills each of them
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(foreign.rich(filled))
    after.write_bytes(before.read_bytes())
    done = CliRunner().invoke(cli, ["refresh", str(after), "--as-at", "2022-01-31"])
    if done.exit_code not in (0, 1):
        raise RuntimeError(done.output)
    return before, after, profile


def owned(path: Path, profile: Profile) -> set[str]:
    """The parts that a refresh may write: styles, own sheets, their charts, computed cells."""
    book = FileBook.open(path)
    roles = {role: sheet for role, sheet in profile.sheets.items() if role not in ENTRIES}
    tables = {table.sheet for table in profile.tables} - {profile.risks.sheet}
    own = {book.workbook.part_of(sheet) for sheet in roles.values() if sheet not in tables}
    return own | {"xl/styles.xml", *CHARTS}


def torn(before: Path, after: Path, profile: Profile) -> list[str]:
    """What changed on the risks sheet beside the computed cells, byte by byte."""
    sheet = profile.risks.sheet
    parts = [
        book.package.part(book.workbook.part_of(sheet))
        for book in map(FileBook.open, (before, after))
    ]
    old, new = map(cells, parts)
    computed = {at for at, each in enumerate(profile.risks.columns, 1) if not each.entered}
    entries = [at for at in {**old, **new} if column(at) not in computed]
    found = [f"{sheet}!{at}" for at in entries if old.get(at) != new.get(at)]
    around = without_cells(parts[0]) != without_cells(parts[1])
    return found + [f"{sheet}: what lies around its cells"] * around


def compared(before: Path, after: Path) -> list[Change]:
    """What templategate sees in both workbooks, which it must have read in full."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would lose; it saves nothing here
        changes, degraded = diff_report(before, after)
    if degraded:
        raise RuntimeError(f"templategate could not read {degraded}")
    return changes


def strange(changes: Iterable[Change], profile: Profile) -> Iterator[str]:
    """The changes that are neither on an own sheet nor a computed result nor in an own chart."""
    own = {s for role, s in profile.sheets.items() if role not in (*ENTRIES, "risks", "actions")}
    computed = {at for at, column in enumerate(profile.risks.columns, 1) if not column.entered}
    for change in changes:
        sheet, _, cell = change.location.replace("'", "").partition("!")
        if sheet.removeprefix("sheet:") in own or any(c in change.location for c in CHARTS):
            continue
        value = change.attribute == "value" and column(cell) in computed
        if sheet == profile.risks.sheet and value:
            continue
        yield f"{change.location} {change.attribute}: {change.old!r} -> {change.new!r}"[:200]


def column(cell: str) -> int:
    """The column of an address such as F12."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
