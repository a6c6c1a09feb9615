"""What each button would run, to the letter."""

from riskbook.core.commands import COMMANDS, Command
from riskbook.edge.doctor.facts import MAC, WINDOWS, Book, Machine
from riskbook.edge.doctor.programs import program
from riskbook.edge.doctor.report import Button
from riskbook.edge.macros import lines

_CALLS = "RunPython "  # what a module of a workbook with buttons calls


def buttons(machine: Machine, book: Book | None) -> tuple[Button, ...]:
    """One for each command that an officer can press."""
    return tuple(_button(command, machine, book) for command in COMMANDS)


def _button(command: Command, machine: Machine, book: Book | None) -> Button:
    name = (book.path or book.name) if book else "FILE"
    return Button(
        name=command.name,
        label=command.label,
        runs=_outside(command, machine, book, name),
        macro=_inside(command, machine, book, name),
        equal=command.equal,
    )


def _outside(command: Command, machine: Machine, book: Book | None, name: str) -> str:
    """The add-in's line on Windows; the line of its script on a Mac; else the toolbar's."""
    window = "WINDOW" if machine.system == WINDOWS else ""
    line = lines.line(lines.outside(program(machine, book), command.name, name, window))
    if machine.system == WINDOWS:
        return line
    line = line.removesuffix(" --hwnd ")
    return line if machine.system == MAC else f"{line} --pipe"


def _inside(command: Command, machine: Machine, book: Book | None, name: str) -> str:
    """What xlwings' RunPython starts; for a workbook that calls it, and on Windows and Mac."""
    if book is None or not any(_CALLS in text for text in book.modules.values()):
        return ""
    if machine.system not in (WINDOWS, MAC):
        return lines.python_of(command.name)
    start = lines.inside(program(machine, book), command.name, name, book.settings or {})
    return " ".join(f'"{word}"' if " " in word else word for word in start.arguments)
