"""Tables and notes through the engine."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook

ROWS = [["ref", "points"], ["R1", 5], ["R2", 7], ["R3", 12]]


@pytest.fixture
def table(sheet: Any) -> Any:
    sheet["B2"].value = ROWS
    return sheet.tables.add(sheet["B2:C5"], name="tblRisks")


def places(table: Any) -> tuple[str, str, str | None, str | None]:
    parts = (table.header_row_range, table.totals_row_range)
    header, totals = (part.address if part else None for part in parts)
    return table.range.address, table.data_body_range.address, header, totals


def test_a_table_is_found_by_name_by_place_and_from_a_cell(sheet: Any, table: Any) -> None:
    assert sheet.tables[0].name == "tblRisks"
    assert sheet.tables["TBLRISKS"] == table
    assert sheet["C4"].table == table
    assert sheet["D4"].table is None
    assert places(table) == ("$B$2:$C$5", "$B$3:$C$5", "$B$2:$C$2", None)
    assert "nothing" not in sheet.tables
    with pytest.raises(KeyError):
        _ = sheet.tables["nothing"]


def test_a_table_without_a_name_gets_one_and_headings_are_made(sheet: Any) -> None:
    sheet["A1"].value = [["a", None, "a", 2021], [1, 2, 3, 4]]
    table = sheet.tables.add(sheet["A1:D2"])
    assert table.name == "Table1"
    assert sheet["A1:D1"].value == ["a", "Column2", "a2", "2021"]
    sheet["A5"].value = [[1, 2]]
    other = sheet.tables.add(sheet["A5:B5"], has_headers=False)
    assert other.name == "Table2"
    assert sheet["A5:B6"].value == [["Column1", "Column2"], [1.0, 2.0]]


@pytest.mark.parametrize(
    ("name", "message"),
    [("tblRisks", "already"), ("A1", "cannot be called"), ("my table", "cannot be called")],
)
def test_names_that_a_table_cannot_have(sheet: Any, table: Any, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sheet.tables.add(sheet["F1:G2"], name=name)
    with pytest.raises(ValueError, match="overlaps"):
        sheet.tables.add(sheet["C5:D6"], name="Other")


@pytest.mark.parametrize(
    ("part", "address"),
    [
        ("", "$B$3:$C$5"),
        ("[points]", "$C$3:$C$5"),
        ("[#All]", "$B$2:$C$6"),
        ("[#Data]", "$B$3:$C$5"),
        ("[#Headers]", "$B$2:$C$2"),
        ("[#Totals]", "$B$6:$C$6"),
        ("[[#Headers],[points]]", "$C$2"),
        ("[[#Headers],[#Data],[ref]]", "$B$2:$B$5"),
        ("[[ref]:[points]]", "$B$3:$C$5"),
    ],
)
def test_parts_of_a_table(sheet: Any, table: Any, part: str, address: str) -> None:
    table.show_totals = True
    assert sheet[f"tblRisks{part}"].address == address


def test_a_part_that_is_none_is_refused(sheet: Any, table: Any) -> None:
    with pytest.raises(ValueError, match="neither"):
        _ = sheet["tblRisks[severity]"].address


def test_formulas_follow_a_table_that_is_renamed_and_grows(sheet: Any, table: Any) -> None:
    sheet["E1"].formula = "=SUM(tblRisks[points])"
    sheet["E2"].formula = '=tblRisks[[#Headers],[ref]]&" (tblRisks[x])"'
    table.name = "tblAll"
    table.rows.add(["R4", 6])
    assert sheet["E2"].formula == '=tblAll[[#Headers],[ref]]&" (tblRisks[x])"'
    assert sheet["E2"].value == "ref (tblRisks[x])"
    assert sheet["E1"].formula == "=SUM(tblAll[points])"
    assert sheet["E1"].value == 30.0
    assert table.display_name == "tblAll"


def test_rows_and_columns_come_and_go(sheet: Any, table: Any) -> None:
    sheet["B6"].value = "below"
    table.rows.add(["R0", 1], index=1)
    assert sheet["B2:C7"].value == [*ROWS[:1], ["R0", 1.0], *ROWS[1:], ["below", None]]
    table.rows[1].delete()
    assert len(table.rows) == 3
    assert sheet["B6"].value == "below"
    table.columns.add("owner", 2)
    assert [column.name for column in table.columns] == ["ref", "owner", "points"]
    assert table.columns["points"].data_body_range.value == [1.0, 7.0, 12.0]
    table.columns["ref"].delete()
    assert table.range.address == "$B$2:$C$5"
    assert sheet["B2:C3"].value == [["owner", "points"], [None, 1.0]]


def test_a_table_keeps_a_blank_row_when_its_last_one_goes(sheet: Any) -> None:
    sheet["A1"].value = [["a"], [1]]
    table = sheet.tables.add(sheet["A1:A2"])
    table.rows[0].delete()
    assert table.data_body_range is None
    assert table.insert_row_range.address == "$A$2"
    assert len(table.rows) == 0
    table.rows.add([5])
    assert table.data_body_range.value == 5.0
    assert table.range.address == "$A$1:$A$2"


def test_headers_and_totals_come_and_go(sheet: Any, table: Any) -> None:
    sheet["B6"].value = "below"
    table.show_totals = True
    assert places(table) == ("$B$2:$C$6", "$B$3:$C$5", "$B$2:$C$2", "$B$6:$C$6")
    assert sheet["B6:C7"].value == [["Total", 24.0], ["below", None]]
    table.rows.add(["R4", 6])
    assert sheet["B6:C8"].value == [["R4", 6.0], ["Total", 30.0], ["below", None]]
    assert sheet["C7"].formula == "=SUBTOTAL(109,tblRisks[points])"
    table.rows[3].delete()
    assert sheet["C6"].value == 24.0
    table.show_totals = False
    assert sheet["B6"].value == "below"
    table.show_headers = False
    assert places(table) == ("$B$3:$C$5", "$B$3:$C$5", None, None)
    assert sheet["B2:C2"].value == [None, None]
    table.show_headers = True
    assert places(table) == ("$B$2:$C$5", "$B$3:$C$5", "$B$2:$C$2", None)
    assert sheet["B2:C2"].value == ["ref", "points"]


def test_a_table_is_sorted_below_its_headings(sheet: Any, table: Any) -> None:
    table.sort(2, ascending=False)
    assert sheet["B2:B5"].value == ["ref", "R3", "R2", "R1"]


def test_a_table_takes_a_dataframe(sheet: Any, table: Any) -> None:
    table.update(pd.DataFrame({"ref": ["R8"], "points": [3], "band": ["green"]}), index=False)
    assert sheet["B2:D5"].value == [
        ["ref", "points", "band"],
        ["R8", 3.0, "green"],
        [None, None, None],
        [None, None, None],
    ]
    assert table.range.address == "$B$2:$D$3"


def test_the_look_is_kept_as_long_as_the_workbook_is_open(sheet: Any, table: Any) -> None:
    assert table.table_style == "TableStyleMedium2"
    table.table_style = "TableStyleLight1"
    table.show_table_style_column_stripes = True
    again = sheet.tables["tblRisks"]
    assert (again.table_style, again.show_table_style_column_stripes) == ("TableStyleLight1", True)


def test_tables_are_saved_and_come_back(calc: Any, sheet: Any, table: Any, tmp_path: Path) -> None:
    table.show_totals = True
    table.show_autofilter = False
    path = tmp_path / "tables.xlsx"
    sheet.book.save(path)
    saved = load_workbook(path)["Sheet1"].tables["tblRisks"]
    assert (saved.ref, saved.headerRowCount, saved.totalsRowCount) == ("B2:C6", 1, 1)
    assert [column.name for column in saved.tableColumns] == ["ref", "points"]
    copy = tmp_path / "again.xlsx"
    copy.write_bytes(path.read_bytes())
    book = calc.books.open(copy)
    try:
        again = book.sheets[0].tables["tblRisks"]
        assert places(again) == ("$B$2:$C$6", "$B$3:$C$5", "$B$2:$C$2", "$B$6:$C$6")
        assert again.show_autofilter is False
    finally:
        book.close()


# notes


def test_notes_are_written_read_and_deleted(sheet: Any) -> None:
    assert sheet["B2"].note is None
    sheet["B2"].add_note("second")
    sheet["A1"].add_note("first")
    assert [note.text for note in sheet.notes] == ["first", "second"]
    assert sheet.notes["B2"].location.address == "$B$2"
    sheet["B2"].note.text = "changed"
    assert sheet["B2"].note.text == "changed"
    sheet["A1"].note.delete()
    assert [note.text for note in sheet.notes] == ["changed"]


def test_a_note_is_saved(sheet: Any, tmp_path: Path) -> None:
    sheet["B2"].add_note("why?")
    sheet.book.save(tmp_path / "notes.xlsx")
    assert load_workbook(tmp_path / "notes.xlsx")["Sheet1"]["B2"].comment.text == "why?"
    with ZipFile(tmp_path / "notes.xlsx") as package:
        assert any("comments" in name for name in package.namelist())


def test_threaded_comments_are_refused(sheet: Any) -> None:
    with pytest.raises(NotImplementedError, match="threaded"):
        sheet["A1"].add_comment("a thread")
    with pytest.raises(NotImplementedError, match="note"):
        len(sheet.comments)
