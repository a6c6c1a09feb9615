"""The next period's workbook: every entry carried over, and what was not is said."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from riskbook import app
from riskbook.app import Outcome
from riskbook.core import layout
from riskbook.core.grid import Cell, Grid, Kind
from riskbook.edge import new_period as edge
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros.sources import chosen
from riskbook.edge.making import made
from riskbook.errors import RegisterError, RiskbookError, SavingError
from tests.support import MemoryBook, looked, sample


def reread(path: Path) -> dict[str, Any]:
    book = FileBook.open(path)
    profile = profiles.load(app.profile_named_in(book))
    return app.check(book, profile, None, Judge()).document()


def with_columns(columns: dict[str, list[str]]) -> tuple[MemoryBook, Outcome]:
    """Dacorum's register after somebody added columns of texts at the right of the sheet."""
    document = sample("dacorum-2021")
    profile = profiles.load(document["profile"])
    grids = layout.grids(profile, document)
    grid = grids[profile.risks.sheet]
    rows = []
    for place, row in enumerate(grid.rows):
        texts = [[heading, *below][place : place + 1] for heading, below in columns.items()]
        more = [Cell(Kind.TEXT, t[0]) if t and t[0] else Cell(Kind.BLANK) for t in texts]
        rows.append((*row, *more))
    grids[grid.sheet] = Grid(sheet=grid.sheet, top=grid.top, rows=tuple(rows))
    book = MemoryBook(profile, grids)
    return book, app.check(book, profile, None, Judge())


@pytest.mark.parametrize(
    ("name", "file", "period", "as_at", "cleared"),
    [
        ("dacorum-2021", "R Sep-2021.xlsx", "Sep-2021", "2021-09-30", 4),
        ("dacorum-2017", "R Q2 2017-18.xlsx", "Q2 2017/18", "2017-09-30", 8),
        ("blackpool-2021", "R 2021-22 Q3.xlsx", "2021/22 Q3", "2021-12-31", 0),
    ],
)
def test_every_entry_but_the_update_is_read_back(
    name: str, file: str, period: str, as_at: str, cleared: int, tmp_path: Path
) -> None:
    document = sample(name)

    found = edge.new_period(looked(document), "R", tmp_path)

    assert found.path == tmp_path / file
    assert (found.period, found.as_at, found.cleared) == (period, as_at, cleared)
    assert found.notes == ()
    again = reread(found.path)
    for part in ("risks", "actions"):
        wanted = [
            {k: v for k, v in row.items() if k not in ("update", "scores")}
            for row in document.get(part, [])
        ]
        rows = [{k: v for k, v in row.items() if k != "scores"} for row in again.get(part, [])]
        assert rows == wanted
    assert again["about"] == {**document["about"], "period": period, "as_at": as_at}


def test_what_was_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    found = edge.new_period(looked(sample("dacorum-2021")), "R", tmp_path)

    assert found.sentence() == (
        f"Made {tmp_path / 'R Sep-2021.xlsx'} for Sep-2021 (as at 30 September 2021): "
        "8 risks, 4 updates cleared."
    )


def test_wrong_entries_are_carried_over_as_they_are(tmp_path: Path) -> None:
    document = sample("dacorum-2021")
    document["risks"][0] |= {"gross_impact": 9, "ref": "PP_R012", "nett_impact": "severe?"}
    document["risks"].append({"title": "no reference, no levels"})
    outcome = looked(document)
    assert outcome.exit_code == 1

    found = edge.new_period(outcome, "R", tmp_path)

    risks = reread(found.path)["risks"]
    assert risks[0]["gross_impact"] == 9
    assert risks[0]["nett_impact"] == "severe?"
    assert [risk.get("ref") for risk in risks[:2]] == ["PP_R012", "PP_R012"]
    assert risks[8] == {"title": "no reference, no levels"}


def test_a_formula_and_an_error_are_carried_over_as_texts_and_said(tmp_path: Path) -> None:
    document = sample("dacorum-2021")
    profile = profiles.load(document["profile"])
    grids = layout.grids(profile, document)
    grid = grids[profile.risks.sheet]
    odd = (Cell(Kind.TEXT, "x", formula='"x"'), Cell(Kind.ERROR, "#N/A"))
    first = (*grid.rows[1][:1], *odd, *grid.rows[1][3:])
    grids[grid.sheet] = Grid(
        sheet=grid.sheet, top=grid.top, rows=(grid.rows[0], first, *grid.rows[2:])
    )
    outcome = app.check(MemoryBook(profile, grids), profile, None, Judge())

    found = edge.new_period(outcome, "R", tmp_path)

    assert found.notes == (
        "Formulas and errors became texts; type values instead: Risks!B5 and Risks!C5.",
    )
    risk = reread(found.path)["risks"][0]
    assert (risk["title"], risk["service"]) == ('="x"', "#N/A")


def test_columns_that_the_profile_does_not_know_are_said(tmp_path: Path) -> None:
    book, outcome = with_columns(
        {
            "Cost code": ["A1", "", "B2", "C3", "D4", "E5"],
            "Blank one": [],
            "": ["loose"],
            "Risk": ["twice"],
        }
    )

    notes = edge.new_period(outcome, "R", tmp_path, book=book).notes

    assert notes == (
        "Not carried: Risks!V5, V7, V8 and 2 more (Cost code): no column of the profile.",
        "Not carried: Risks!X5 'loose': no column of the profile.",
        "Not carried: Risks!Y5 Risk 'twice': this heading stands twice.",
    )


def test_an_entry_that_reads_differently_would_be_said() -> None:
    before = {"risks": [{"ref": "1", "title": "a"}, {"ref": "2"}], "actions": []}
    after = {"risks": [{"ref": "1", "title": "b"}]}

    assert list(edge._changed(before, after)) == [
        "The new workbook has 1 risks and the present one 2.",
        "Risks, record 1, title: 'a' reads 'b' in the new workbook.",
    ]


def test_a_new_year_needs_last_year_s_scores(tmp_path: Path) -> None:
    document = sample("blackpool-2021")
    document["about"]["period"] = "2021/22 Q4"

    (note,) = edge.new_period(looked(document), "R", tmp_path).notes

    assert note == (
        "A new year begins: type last year's scores under Gross Score Last Year and "
        "Nett Score Last Year."
    )


def test_a_period_in_other_words_has_no_known_end(tmp_path: Path) -> None:
    found = edge.new_period(looked(sample("dacorum-2021")), "R", tmp_path, period="Autumn 2021")

    assert (found.path.name, found.as_at) == ("R Autumn 2021.xlsx", "")
    assert found.sentence().startswith(f"Made {found.path} for Autumn 2021: 8 risks")
    assert found.notes == (
        "Position as at is blank, because the period does not say when it ends: type it.",
    )
    assert "as_at" not in reread(found.path)["about"]


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("Autumn 2021", "The period 'Autumn 2021' names no quarter of a financial year, so"),
        ("", "The register names no period, so"),
    ],
)
def test_a_period_that_cannot_be_counted_on_from_is_asked_for(
    period: str, why: str, tmp_path: Path
) -> None:
    document = sample("dacorum-2021")
    document["about"]["period"] = period

    with pytest.raises(RegisterError, match=why) as told:
        edge.new_period(looked(document), "R", tmp_path)

    assert "--period" in told.value.fix
    assert list(tmp_path.iterdir()) == []


def test_the_present_period_is_no_new_one(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="is for 'jun-2021' already"):
        edge.new_period(looked(sample("dacorum-2021")), "R", tmp_path, period="jun-2021 ")


def test_a_workbook_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "R Sep-2021.xlsx"
    path.write_bytes(b"somebody's")
    outcome = looked(sample("dacorum-2021"))

    with pytest.raises(SavingError, match="There is a file"):
        edge.new_period(outcome, "R", tmp_path)
    assert path.read_bytes() == b"somebody's"

    edge.new_period(outcome, "R", tmp_path, overwrite=True)
    assert path.read_bytes() != b"somebody's"


def test_the_present_workbook_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "R.xlsx"
    path.write_bytes(b"present")
    (tmp_path / "link.xlsx").symlink_to(path)

    for name in ("R.xlsx", "link.xlsx"):
        with pytest.raises(SavingError, match="is the present workbook"):
            edge.new_period(
                looked(sample("dacorum-2021")),
                "R",
                tmp_path,
                name=name,
                present=path,
                overwrite=True,
            )
    assert path.read_bytes() == b"present"


def test_a_workbook_with_buttons_is_followed_by_one(tmp_path: Path) -> None:
    outcome = looked(sample("dacorum-2021"))

    found = edge.new_period(outcome, "R", tmp_path, present=tmp_path / "R.XLSM")

    assert found.path.name == "R Sep-2021.xlsm"
    book = FileBook.open(found.path)
    assert "xl/vbaProject.bin" in book.package
    again = edge.new_period(found.outcome, "R", tmp_path, present=found.path, book=book)
    assert again.notes == ()


def test_the_program_that_buttons_start_is_named_by_the_caller(tmp_path: Path) -> None:
    outcome = looked(sample("dacorum-2021"))

    with pytest.raises(RiskbookError, match="cannot be the program"):
        edge.new_period(outcome, "R", tmp_path, name="R.xlsm", interpreters=chosen("python"))


STRUCK = "formatting not carried: these words were struck through, and are plain now"


def changed(change: Callable[[Any], None], folder: Path) -> tuple[FileBook, Outcome]:
    """Dacorum's workbook after somebody changed it and saved."""
    document = registers.load("dacorum-2021")
    path = folder / "Old.xlsx"
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    workbook = openpyxl.load_workbook(path, rich_text=True)
    change(workbook)
    workbook.save(path)
    book = FileBook.open(path)
    return book, app.check(book, profiles.of(book), None, Judge())


def test_what_a_new_workbook_has_no_place_for_is_said(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        risks, about = workbook["Risks"], workbook["About"]
        workbook.create_sheet("Workings")["A1"] = 1
        about["A60"], about["B60"] = "Contact", "A. Smith"
        about["C5"] = "stray"
        about["B6"].font = Font(strike=True)  # the period, which is another one
        about["B4"].font = Font(strike=True)
        risks["A5"].comment = openpyxl.comments.Comment("why?", "me")
        risks["C1"] = "Ask Ann first"
        risks["B5"] = CellRichText(TextBlock(InlineFont(strike=True), "A pump. "), "A wall.")
        risks["B6"] = CellRichText("Plain, ", TextBlock(InlineFont(color="FFFF0000"), "red"))
        risks["B7"].hyperlink = "https://example.org/a"
        risks["N5"] = CellRichText(TextBlock(InlineFont(strike=True), "last quarter's"))
        risks.row_dimensions[8].hidden = True
        workbook["Key"]["H3"] = "see the policy"

    book, outcome = changed(change, tmp_path)
    assert outcome.profile.risks.columns[13].field == "update"

    found = edge.new_period(outcome, "R", tmp_path, book=book)

    assert found.notes == (
        f"Not carried: Risks!B5 Risk 'A pump. ': {STRUCK}.",
        f"Not carried: About!B4 Organisation 'Dacorum Borough Council': {STRUCK}.",
        "Not carried: Risks!C1 'Ask Ann first': stands above the headings, where no entry belongs.",
        "Not carried: About!C5 'stray': stands beside no label of About.",
        "Not carried: About!A60 'Contact': stands beside no label of About.",
        "Not carried: About!B60 'A. Smith': stands beside no label of About.",
        "Not carried: Key!H3 'see the policy': stands where the template has nothing.",
        "Not carried: Workings '1 filled cell': a sheet of its own: it stays in the old workbook.",
        "Not carried: Risks!B6 Risk 'Plain, red': formatting inside the text not carried; "
        "its words are.",
        "Not carried: Risks!A5 Ref 'why?': note not carried.",
        "Not carried: Risks!B7 Risk 'https://example.org/a': link not carried; its words are.",
        "Risks: row 8 was hidden or filtered out, and is shown again.",
    )
    assert reread(found.path)["risks"][0]["title"] == "A pump. A wall."


def test_marks_of_exemption_without_their_heading_are_missed_aloud(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Risks"]["T4"], workbook["Risks"]["T5"] = "Not for the press", "Whole row"

    book, outcome = changed(change, tmp_path)

    assert edge.new_period(outcome, "R", tmp_path, book=book).notes == (
        "Not carried: Risks Exempt From Publication: no column is headed 'Exempt From "
        "Publication': no mark of exemption was carried, so every row of the new workbook would "
        "be published.",
        "Not carried: Risks!T5 Not for the press 'Whole row': no column of the profile.",
    )


def test_a_number_that_no_cell_keeps_whole_becomes_a_text(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Risks"]["B5"] = 1234567890123456
        workbook["Risks"]["B6"] = 10**20

    book, outcome = changed(change, tmp_path)

    found = edge.new_period(outcome, "R", tmp_path, book=book)

    assert found.notes == (
        "Risks!B5: the number 1234567890123456 has more digits than the 15 that a cell keeps, so "
        "it became a text.",
    )
    risks = reread(found.path)["risks"]
    assert [risk["title"] for risk in risks[:2]] == ["1234567890123456", 10**20]
