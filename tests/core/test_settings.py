"""The settings sheet: what stands on it, and which cell is named when one is changed."""

from dataclasses import replace

import pytest

from riskbook import app
from riskbook.core import settings
from riskbook.core.finding import Finding
from riskbook.core.grid import BLANK, Cell, Grid, Kind
from riskbook.edge.documents import profiles
from tests.support import JUDGE, MemoryBook, only, sample

PROGRAMS = (r"C:\Program Files\riskbook\python\python.exe", "/Library/riskbook/bin/python3")


def sheet(changes: dict[tuple[int, int], Cell] | None = None) -> Grid:
    """The sheet as it is made, with some of its cells (row, column) changed."""
    lines = [
        [Cell(Kind.TEXT, text) if text else BLANK for text in pair]
        for pair in settings.rows(*PROGRAMS)
    ]
    lines.append([BLANK, BLANK])
    for (row, column), cell in (changes or {}).items():
        lines[row - 1][column - 1] = cell
    return Grid(sheet=settings.SHEET, rows=tuple(map(tuple, lines)))


def test_the_first_rows_are_the_programs_and_no_folder_is_added_to_the_path() -> None:
    rows = settings.rows(*PROGRAMS)
    assert rows[:5] == (
        ("INTERPRETER_WIN", r"C:\Program Files\riskbook\python\python.exe"),
        ("INTERPRETER_MAC", "/Library/riskbook/bin/python3"),
        ("INTERPRETER", ""),
        ("PYTHONPATH", ""),
        ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    )
    assert len(rows) == len({key for key, _ in rows}) == 20


def test_the_sheet_as_it_is_made_is_not_strange() -> None:
    assert list(settings.strange(sheet())) == []


@pytest.mark.parametrize(
    ("place", "cell", "what"),
    [
        ((1, 2), Cell(Kind.TEXT, "python"), "the setting INTERPRETER_WIN is 'python'"),
        ((2, 2), BLANK, "the setting INTERPRETER_MAC is ''"),
        ((4, 2), Cell(Kind.TEXT, r"C:\Users\x"), r"the setting PYTHONPATH is 'C:\Users\x'"),
        (
            (5, 2),
            Cell(Kind.BOOL, "TRUE"),
            "the setting ADD_WORKBOOK_TO_PYTHONPATH is 'TRUE'",
        ),
        ((6, 1), BLANK, "the settings say '' here and not 'CONDA PATH'"),
        (
            (7, 1),
            Cell(Kind.TEXT, "Conda Env"),
            "the settings say 'Conda Env' here and not 'CONDA ENV'",
        ),
        ((21, 1), Cell(Kind.TEXT, "MORE"), "the settings have a row too many, 'MORE'"),
    ],
)
def test_a_changed_cell_is_named(place: tuple[int, int], cell: Cell, what: str) -> None:
    assert list(settings.strange(sheet({place: cell}))) == [(*place, what)]


@pytest.mark.parametrize("column", [1, 2])
def test_a_formula_is_strange_even_where_it_shows_the_right_text(column: int) -> None:
    key, value = settings.rows(*PROGRAMS)[4]
    shown = Cell(Kind.TEXT, (key, value)[column - 1])
    found = list(settings.strange(sheet({(5, column): replace(shown, formula="A1&B1")})))
    assert [place[:2] for place in found] == [(5, column)]


class BookWithButtons(MemoryBook):
    """A register with a settings sheet, under the name that somebody may have given it."""

    settings_sheet = settings.SHEET

    def sheets(self) -> tuple[str, ...]:
        return (*super().sheets(), self.settings_sheet)


def checked(changes: dict[tuple[int, int], Cell], name: str = settings.SHEET) -> list[Finding]:
    """What a check of such a book has to say about its controlled parts."""
    document = sample("blackpool-2021")
    profile = profiles.load(document["profile"])
    book = BookWithButtons.of(profile, document)
    book.settings_sheet = name
    book.grids[name] = replace(sheet(changes), sheet=name)
    return only(app.check(book, profile, None, JUDGE), "RB901")


def test_a_book_with_the_settings_that_it_was_made_with_has_no_finding() -> None:
    assert checked({}) == []


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.CONF"])
def test_a_changed_setting_is_a_finding_with_its_cell_and_what_to_do(name: str) -> None:
    (found,) = checked({(4, 2): Cell(Kind.TEXT, "Z:")}, name)
    assert found.line() == (
        f"{name}!B4: RB901 error: the setting PYTHONPATH is 'Z:', and the buttons of the workbook "
        "would run by it.  [Copy the entries into a new workbook made by `riskbook new`.]"
    )
    assert found.value == "Z:"
