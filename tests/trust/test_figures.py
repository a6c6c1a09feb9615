"""Every figure of docs/trust.md at quick scale: what must be, is."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.trust import Figure, Scale
from tests.trust.__main__ import BEGIN, END, MODULES, PAGE, Line, measure, table, write

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("name", MODULES)
def test_a_figure_is_kept(name: str) -> None:
    figure = measure(name, Scale(full=False))
    assert figure.seen
    assert figure.kept, "\n".join((f"{figure.name}: {figure.seen}", *figure.notes))


def test_every_module_of_the_folder_is_measured() -> None:
    there = {path.stem for path in FOLDER.glob("*.py") if "\ndef figure(" in path.read_text()}
    assert there == set(MODULES)


GOOD = Figure(name="a | b", wanted="0", seen="0", kept=True)
BAD = Figure(name="lost", wanted="0", seen="1", kept=False, notes=("file 7",))
DAY = date(2021, 10, 31)


def lines(*figures: Figure, full: bool = True) -> list[Line]:
    return [Line.of(figure, DAY, Scale(full=full)) for figure in figures]


def test_what_is_kept_and_what_is_not_can_be_told_apart_in_the_table() -> None:
    assert list(table(lines(GOOD, BAD))) == [
        "| figure | must be | seen | on, scale | |",
        "|---|---|---|---|---|",
        "| a \\| b | 0 | 0 | 31 October 2021, full | kept |",
        "| lost | 0 | 1 | 31 October 2021, full | **not kept** |",
        "",
        "**lost**",
        "",
        "- file 7",
    ]


def test_a_figure_is_written_between_the_marks_and_the_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    page.write_text(f"above\n{BEGIN}\n{END}\nbelow\n", encoding="utf-8")
    write(lines(GOOD, BAD, full=False), page)
    old = page.read_text(encoding="utf-8")
    mended = replace(BAD, seen="0", kept=True, notes=("file 7 was found", "and file 8"))
    write(lines(mended), page)
    assert page.read_text(encoding="utf-8") == old.replace(
        "| 1 | 31 October 2021, quick | **not kept** |", "| 0 | 31 October 2021, full | kept |"
    ).replace("- file 7\n", "- file 7 was found\n- and file 8\n")


def test_the_page_shows_every_figure_with_its_date_and_all_are_kept() -> None:
    text = PAGE.read_text(encoding="utf-8")
    inside = text.split(BEGIN)[1].split(END)[0]
    rows = [line for line in inside.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(MODULES)
    assert all(re.search(r"\| \d\d \w+ \d{4}, full \| kept \|$", row) for row in rows)
