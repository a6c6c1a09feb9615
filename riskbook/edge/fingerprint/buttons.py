"""What the buttons of a workbook would start: macros, tabs on the ribbon, settings.

The macros are riskbook's or they are not: each is told by its name.  The values of the
settings are compared by :mod:`riskbook.core.checks`, on every kind of book; here, that
they name the same programs as the macros and that nothing of them lies in sight or hidden.
"""

from collections.abc import Iterator, Mapping

from riskbook.core import settings
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.profile import Profile
from riskbook.edge.fingerprint.sheet import see
from riskbook.edge.fingerprint.telling import CLEAN, Teller
from riskbook.edge.macros import facts as macro_facts
from riskbook.edge.macros import parts, sources
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.workbook import Sheet, Workbook
from riskbook.errors import RiskbookError


def differences(book: Workbook, profile: Profile, older: tuple[str, ...] = ()) -> Iterator[Finding]:
    """RB901, RB909: each macro, tab, setting or sheet of code that is not the template's.

    ``older`` are the facts of the buttons of the workbook's own version.
    """
    tell = Teller(profile)
    at = CellRef(profile.sheets["about"], 1, 1)
    for sheet in book.sheets:
        if sheet.name.casefold().endswith(".py"):
            message = f"{sheet.name}: a sheet that xlwings takes for code."
            yield tell("RB901", CellRef(sheet.name, 1, 1), message, "Delete the sheet.")
    wanted: tuple[str, ...] = ()
    found = macro_facts.tabs_in(book.package)
    programs: Mapping[str, str] | None = None
    if parts.PROJECT in book.package:
        from riskbook.edge.macros import project  # pyOpenVBA is for workbooks with macros

        try:
            modules = project.modules_of(book.package.part(parts.PROJECT))
        except RiskbookError as error:
            yield tell("RB901", at, error.what, CLEAN)
            return
        programs = macro_facts.programs_in(modules)
        wanted = _wanted(programs)
        found = (*macro_facts.facts_of(modules), *found)
        own = {fact.partition(":")[0]: fact for fact in older if fact in found}
        wanted = tuple(own.get(fact.partition(":")[0], fact) for fact in wanted)
    yield from _facts(wanted, found, at, tell)
    yield from _settings(book, programs, at, tell)


def _wanted(programs: Mapping[str, str]) -> tuple[str, ...]:
    """The facts of riskbook's own macros and tab, for the programs that these ones name."""
    windows, mac = (programs.get(key, "") for key in settings.INTERPRETERS)
    try:
        interpreters = Interpreters(windows=windows, mac=mac)
    except RiskbookError:  # programs that riskbook would not start: the usual ones' facts
        interpreters = Interpreters()
    modules = {**sources.modules(sources.BUTTONS, interpreters), **sources.vendor()}
    tab = macro_facts.tab(parts.RIBBON, sources.text_of("ribbon.xml"))
    return (*macro_facts.facts_of(modules), tab)


def _facts(
    wanted: tuple[str, ...], found: tuple[str, ...], at: CellRef, tell: Teller
) -> Iterator[Finding]:
    ours = {fact.partition(":")[0]: fact for fact in wanted}
    there = {fact.partition(":")[0]: fact for fact in found}
    for name in sorted({*ours, *there}, key=str.casefold):
        if ours.get(name) == there.get(name):
            continue
        if name not in there:
            what = "is gone: the buttons do not work without it"
        else:
            what = "is not riskbook's" if name not in ours else "is not as riskbook wrote it"
        yield tell("RB901", at, f"{name} {what}.", CLEAN, value=there.get(name, ""))


def _settings(
    book: Workbook, programs: Mapping[str, str] | None, at: CellRef, tell: Teller
) -> Iterator[Finding]:
    sheet = next((each for each in book.sheets if each.name.casefold() == settings.SHEET), None)
    if sheet is None:
        if programs is not None:
            message = f"the sheet {settings.SHEET!r} is gone: the buttons do not work without it."
            yield tell("RB901", at, message, CLEAN)
        return
    at = CellRef(sheet.name, 1, 1)
    if programs is None:
        message = f"the sheet {sheet.name!r} is for buttons, and the workbook has no macros."
        yield tell("RB901", at, message, "Delete the sheet, or work with the .xlsm file.")
        return
    if sheet.state == "visible":
        message = f"the sheet {sheet.name!r} is in sight: what the buttons start can be changed."
        yield tell("RB909", at, message, CLEAN)
    yield from _rows(book, sheet, programs, tell)


def _rows(
    book: Workbook, sheet: Sheet, programs: Mapping[str, str], tell: Teller
) -> Iterator[Finding]:
    grid = reader.read(book, [sheet.name])[sheet.name]
    strange = {(row, column) for row, column, _ in settings.strange(grid)}  # told already
    for row, key in enumerate(settings.INTERPRETERS, start=1):
        value = grid.at(row, 2).text
        if value != programs.get(key, "") and (row, 2) not in strange:
            message = f"the setting {key} is {value!r}, and the macros name {programs.get(key)!r}."
            yield tell("RB901", CellRef(sheet.name, row, 2), message, CLEAN, value=value)
    seen = see(book.package.part(sheet.part), cells=True)
    for row in sorted(seen.hidden):
        message = f"row {row} of the settings is hidden: for the buttons the list ends there."
        yield tell("RB901", CellRef(sheet.name, row, 1), message, CLEAN)
