"""Every figure of docs/trust.md at quick scale: what must be, is."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.trust import Figure, Scale
from tests.trust.__main__ import BEGIN, END, MODULES, PAGE, measure, table, write

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("name", MODULES)
def test_a_figure_is_kept(name: str) -> None:
    figure = measure(name, Scale(full=False))
    assert figure.seen
    assert figure.kept, "\n".join((f"{figure.name}: {figure.seen}", *figure.notes))


def test_every_module_of_the_folder_is_measured() -> None:
    there = {path.stem for path in FOLDER.glob("*.py") if "\ndef figure(" in path.read_text()}
    assert there == set(MODULES)


def test_what_is_kept_and_what_is_not_can_be_told_apart_in_the_table() -> None:
    good = Figure(name="a | b", wanted="0", seen="0", kept=True)
    bad = Figure(name="lost", wanted="0", seen="1", kept=False, notes=("file 7",))
    lines = list(table([good, bad], date(2021, 10, 31), Scale(full=True)))
    assert lines == [
        "Seen on 31 October 2021, full scale, by `python -m tests.trust`:",
        "",
        "| figure | must be | seen | |",
        "|---|---|---|---|",
        "| a \\| b | 0 | 0 | kept |",
        "| lost | 0 | 1 | **not kept** |",
        "",
        "**lost**",
        "",
        "- file 7",
    ]


def test_the_table_is_written_between_the_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    page.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", encoding="utf-8")
    write(["new"], page)
    assert page.read_text(encoding="utf-8") == f"above\n{BEGIN}\nnew\n{END}\nbelow\n"


def test_the_page_shows_every_figure_with_its_date_and_all_are_kept() -> None:
    text = PAGE.read_text(encoding="utf-8")
    inside = text.split(BEGIN)[1].split(END)[0]
    assert re.search(r"Seen on \d\d \w+ \d{4}, (full|quick) scale", inside)
    rows = [line for line in inside.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(MODULES)
    assert all(row.endswith("| kept |") for row in rows)
