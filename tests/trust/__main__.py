"""Prints the figures of docs/trust.md: every module of this folder, one line each.

::

    python -m tests.trust [FOLDER] [--quick] [--write] [--only NAME]...

With ``--write`` each figure is put into the page as soon as it is known, with its day.
Exit code 0 if every figure is what it must be, else 1.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.trust import Figure, Scale

# in the order of docs/trust.md
MODULES = (
    "hostile",
    "refusals",
    "good",
    "agreement",
    "fuzz",
    "kills",
    "full_disk",
    "two_writers",
    "tamperings",
    "careless",
    "injection",
    "foreign",
)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "trust.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def measure(name: str, scale: Scale) -> Figure:
    """One figure, by the name of its module."""
    found: Callable[[Scale], Figure] = importlib.import_module(f"tests.trust.{name}").figure
    return found(scale)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as the page has it: its row of the table, and its notes."""

    row: str
    notes: tuple[str, ...]

    @classmethod
    def of(cls, figure: Figure, day: date, scale: Scale) -> "Line":
        """What was seen, when and at which scale."""
        when = f"{day:%d %B %Y}, {'full' if scale.full else 'quick'}"
        kept = "kept" if figure.kept else "**not kept**"
        cells = (figure.name, figure.wanted, figure.seen, when, kept)
        row = "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        return cls(row, tuple(f"- {note}" for note in figure.notes))

    @property
    def name(self) -> str:
        """The figure's name, as it stands in the row."""
        return self.row.removeprefix("| ").partition(" | ")[0]


def table(lines: Sequence[Line]) -> Iterator[str]:
    """The text between the marks of the page."""
    yield "| figure | must be | seen | on, scale | |"
    yield "|---|---|---|---|---|"
    yield from (line.row for line in lines)
    for line in lines:
        if line.notes:
            yield from ("", f"**{line.name}**", "", *line.notes)


def standing(text: str) -> list[Line]:
    """The figures that a page has already, in its order."""
    inside = text.split(BEGIN)[1].split(END)[0].splitlines()
    notes: dict[str, list[str]] = {}
    told: list[str] = []
    for each in inside:
        if each.startswith("**"):
            told = notes.setdefault(each.strip("*"), [])
        elif each.startswith("- "):
            told.append(each)
    rows = [Line(each, ()) for each in inside if each.startswith("| ")][1:]
    return [Line(line.row, tuple(notes.get(line.name, ()))) for line in rows]


def write(lines: Sequence[Line], page: Path = PAGE) -> None:
    """Put what was measured between the marks of the page; other figures stay as they are."""
    text = page.read_text(encoding="utf-8")
    new = {line.name: line for line in lines}
    old = standing(text)
    there = {line.name for line in old}
    all_lines = [new.get(line.name, line) for line in old]
    all_lines += [line for line in lines if line.name not in there]
    before, rest = text.split(BEGIN)
    inside = "\n".join(("", *table(all_lines), ""))
    page.write_text(f"{before}{BEGIN}{inside}{END}{rest.split(END)[1]}", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="files to try beside those made")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, as in CI")
    parser.add_argument("--write", action="store_true", help="put the table into docs/trust.md")
    parser.add_argument("--only", action="append", choices=MODULES, help="measure this one")
    told = parser.parse_args(arguments)
    scale = Scale(full=not told.quick, folder=told.folder)
    figures: list[Figure] = []
    for name in told.only or MODULES:
        start = time.monotonic()
        figures.append(measure(name, scale))
        seconds = time.monotonic() - start
        print(f"{name}: {figures[-1].seen} ({seconds:.0f} s)", file=sys.stderr, flush=True)
        if told.write:  # at once: the next one may take half an hour
            write([Line.of(figures[-1], date.today(), scale)])
    print("\n".join(table([Line.of(figure, date.today(), scale) for figure in figures])))
    return int(not all(figure.kept for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
