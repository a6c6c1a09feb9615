"""Prints the figures of docs/trust.md: every module of this folder, one line each.

::

    python -m tests.trust [FOLDER] [--quick] [--write] [--only NAME]...

Exit code 0 if every figure is what it must be, else 1.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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


def table(figures: Sequence[Figure], day: date, scale: Scale) -> Iterator[str]:
    """The lines of docs/trust.md between its marks."""
    size = "full scale" if scale.full else "quick scale"
    yield f"Seen on {day:%d %B %Y}, {size}, by `python -m tests.trust`:"
    yield ""
    yield "| figure | must be | seen | |"
    yield "|---|---|---|---|"
    for figure in figures:
        cells = (figure.name, figure.wanted, figure.seen, "kept" if figure.kept else "**not kept**")
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    for figure in figures:
        if figure.notes:
            yield ""
            yield f"**{figure.name}**"
            yield ""
            yield from (f"- {note}" for note in figure.notes)


def write(lines: Sequence[str], page: Path = PAGE) -> None:
    """Put the lines between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    inside = "\n".join(("", *lines, ""))
    page.write_text(f"{before}{BEGIN}{inside}{END}{after}", encoding="utf-8")


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
    lines = list(table(figures, date.today(), scale))
    print("\n".join(lines))
    if told.write:
        write(lines)
    return int(not all(figure.kept for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
