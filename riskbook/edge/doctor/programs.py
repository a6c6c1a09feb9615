"""Obstacles of Python: the interpreter that a button starts, and what is installed in it."""

from collections.abc import Iterator

from riskbook.edge.doctor.facts import MAC, WINDOWS, Book, Machine, pure
from riskbook.edge.doctor.report import Obstacle, found, ok, unknown
from riskbook.edge.macros.sources import Interpreters

OLDEST = (3, 11, 9)  # the first 3.11 whose zipfile refuses overlapping parts; expat 2.6
_KEYS = {WINDOWS: "INTERPRETER_WIN", MAC: "INTERPRETER_MAC"}
_BAKE = 'riskbook build-templates --interpreter "{}" --out DIR'


def named_programs(machine: Machine, book: Book | None) -> Iterator[tuple[str, str]]:
    """(who names it, the path) for each Python that a button on this computer starts."""
    key = _KEYS.get(machine.system, "")
    if book and key in book.programs:
        yield book.name, book.programs[key]
    if machine.office and machine.office.program:
        yield "The LibreOffice extension", machine.office.program


def program(machine: Machine, book: Book | None) -> str:
    """The Python that the buttons start, as far as anything names one; else this one."""
    named = next(named_programs(machine, book), None)
    return named[1] if named else machine.executable


def default_program(system: str) -> str:
    """What the shipped add-in, or on Linux the shipped extension, starts."""
    shipped = Interpreters()
    return {WINDOWS: shipped.windows, MAC: shipped.mac}.get(system, shipped.linux)


def python_version(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Python has the repairs that reading files from elsewhere needs."""
    name = "python-version"
    this = ".".join(map(str, machine.python))
    if machine.python < OLDEST:
        return found(
            name,
            f"Python {this} is older than 3.11.9, which reads hostile files more safely.",
            fix="Install Python 3.11.9 or later, and riskbook in it.",
        )
    return ok(name, f"Python {this} is recent enough.")


def packages(machine: Machine, book: Book | None) -> Obstacle:
    """Whether everything that riskbook needs is there."""
    name = "packages"
    missing = [each for each in machine.needed if not machine.packages.get(each)]
    if missing:
        return found(
            name,
            f"Not installed in this Python: {', '.join(missing)}.",
            fix=f'Run "{machine.executable}" -m pip install --require-hashes -r requirements.lock.',
        )
    return ok(name, "Every package that riskbook needs is installed.")


def interpreter_path(machine: Machine, book: Book | None) -> Obstacle:
    """Whether the program that a button starts is a full path, and there."""
    name = "interpreter-path"
    named = list(named_programs(machine, book))
    for who, path in named or [("The shipped add-in", default_program(machine.system))]:
        if not pure(machine.system, path).is_absolute():
            return found(
                name,
                f"{who} starts {path!r}, which is no full path: another program could answer.",
                fix=f"Build it again: {_BAKE.format(machine.executable)}.",
            )
        if not machine.exists(path):
            who = who if named or machine.system in _KEYS else "The shipped extension"
            return found(
                name,
                f"{who} starts {path}, which is not there.",
                fix=f"Install Python there, or build again: {_BAKE.format(machine.executable)}.",
            )
    return ok(name, f"{program(machine, book)} is a full path, and it is there.")


def interpreter_differs(machine: Machine, book: Book | None) -> Obstacle:
    """Whether a button starts another Python than the one that answers now."""
    name = "interpreter-differs"
    named = list(named_programs(machine, book))
    for who, path in named:
        folders = [pure(machine.system, each).parent for each in (path, machine.executable)]
        if folders[0] != folders[1]:
            return found(
                name,
                f"{who} starts {path}; this answer comes from {machine.executable}.",
                fix=f"Ask the doctor of that Python, or build: {_BAKE.format(machine.executable)}.",
            )
    if named:
        return ok(name, "The buttons start the Python that answers now.")
    return unknown(
        name,
        "Nothing here names an interpreter that could be compared with this one.",
        fix="Give the add-in or a workbook with buttons: riskbook doctor FILE.",
    )


def interpreter_folder(machine: Machine, book: Book | None) -> Obstacle:
    """Whether an ordinary user could put another program in the place of this one."""
    name = "interpreter-folder"
    if not machine.open_known:
        return unknown(
            name,
            "An administrator may write everywhere, so the folder's rights say nothing.",
            fix="Run riskbook doctor as the officer who presses the buttons.",
        )
    if machine.open_folder:
        return found(
            name,
            f"Users may write to {machine.open_folder}, so they could change what the buttons run.",
            fix="Install Python and riskbook for all users, in a folder that only administrators "
            "may write to.",
        )
    return ok(name, "Only administrators may write to the folders of Python and of riskbook.")


def bytecode(machine: Machine, book: Book | None) -> Obstacle:
    """Whether a button has to compile riskbook at each press: they start Python with -B."""
    name = "bytecode"
    if machine.uncompiled:
        return found(
            name,
            f"{machine.uncompiled} modules of riskbook are not compiled: each press compiles them.",
            fix="As an administrator, run "
            f'"{machine.executable}" -m compileall -q "{machine.package}".',
        )
    return ok(name, "riskbook is compiled.")


PROGRAMS = (
    python_version,
    packages,
    interpreter_path,
    interpreter_differs,
    interpreter_folder,
    bytecode,
)
