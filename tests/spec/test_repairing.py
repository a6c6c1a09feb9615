"""Repair: each damage alone, every entry carried, and a certificate of what moved where."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Protection

from riskbook import app
from riskbook.core.certificate import Remark
from riskbook.core.finding import Finding, Severity
from riskbook.core.grid import Cell, CellRef, Kind
from riskbook.core.model import Entry, Risk
from riskbook.core.profile import Column
from riskbook.edge import making, repairing
from riskbook.edge.documents import profiles
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.macros.sources import DEFAULT
from riskbook.edge.making import made
from riskbook.edge.repairing import Repaired, carrying, mending, repair
from riskbook.errors import ProfileError, RiskbookError, SavingError, TemplateError
from tests.support import sample

ON = date(2022, 1, 31)
OFFICE = {
    "format": "riskbook-register/1",
    "profile": "council-5x5",
    "about": {"organisation": "Anytown Council", "as_at": "2022-01-31", "notes": ["One note"]},
    "risks": [
        {"ref": "R1", "title": "Flood", "gross_likelihood": 3, "gross_impact": 4},
        {"ref": "R2", "title": "Fraud", "controls": " two\nlines ", "review_date": "March 2022"},
    ],
    "actions": [{"ref": "A1", "risk": "R1", "text": "Clear the gullies"}],
}
FORMAT = "formatting not carried"
Change = Callable[[Any], None]


def document_of(name: str) -> dict[str, Any]:
    return json.loads(json.dumps(OFFICE)) if name == "office" else sample(name)


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    """A workbook of each profile."""
    found = {}
    for name in ("dacorum-2021", "dacorum-2017", "blackpool-2021", "office"):
        document = document_of(name)
        found[name] = made(profiles.load(document["profile"]), document)[0].data
    return found


def damaged(data: bytes, change: Change) -> bytes:
    """A workbook after somebody changed it and saved."""
    book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def repaired(data: bytes, folder: Path, name: str = "R.xlsx", **options: Any) -> Repaired:
    path = folder / name
    path.write_bytes(data)
    found = repair(FileBook.open(path), folder / f"New{path.suffix}", on=ON, **options)
    assert path.read_bytes() == data  # the damaged one is never changed
    return found


def entries(path: Path) -> dict[str, Any]:
    """A register without what is worked out."""
    book = FileBook.open(path)
    document = app.check(book, profiles.of(book), None, Judge()).document()
    return typed(document)


def typed(document: dict[str, Any]) -> dict[str, Any]:
    risks = [{k: v for k, v in risk.items() if k != "scores"} for risk in document["risks"]]
    kept = {"about": document["about"], "risks": risks}
    return {**kept, **({"actions": document["actions"]} if "actions" in document else {})}


@pytest.mark.parametrize(
    ("name", "number"),
    [("dacorum-2021", 121), ("dacorum-2017", 157), ("blackpool-2021", 225), ("office", 14)],
)
def test_a_clean_workbook_comes_back_as_it_was(
    name: str, number: int, clean: dict[str, bytes], tmp_path: Path
) -> None:
    found = repaired(clean[name], tmp_path)

    told = found.certificate
    assert found.path.read_bytes() == clean[name]
    assert entries(found.path) == typed(document_of(name))
    assert (told.entries, told.moves, told.left, told.otherwise) == (number, (), (), ())
    assert told.put_right == ()
    assert told.exit_code == 0
    assert told.old.sha256 == told.new.sha256


def rows_inserted(book: Any) -> None:
    """Two rows above the headings, as somebody does for a title of their own."""
    book["Risks"].insert_rows(3, 2)


def column_inserted(book: Any) -> None:
    book["Risks"].insert_cols(3)


def column_moved(book: Any) -> None:
    sheet = book["Risks"]
    owners = [sheet.cell(row, 4).value for row in range(4, 13)]
    sheet.delete_cols(4)
    for row, text in enumerate(owners, start=4):
        sheet.cell(row, 30).value = text


def close_heading(book: Any) -> None:
    book["Risks"]["D4"] = "Risk owners"


def another_heading(book: Any) -> None:
    book["Risks"]["D4"] = "Who looks after it"


def no_heading(book: Any) -> None:
    book["Risks"]["A4"] = None


def renamed_sheet(book: Any) -> None:
    book["Risks"].title = "Register of risks"


def renamed_about(book: Any) -> None:
    book["About"].title = "Front"


def without_names(book: Any) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def unprotected(book: Any) -> None:
    for sheet in book.worksheets:
        sheet.protection.sheet = False


def without_rules(book: Any) -> None:
    book["Risks"].data_validations.dataValidation = []


def without_own_sheets(book: Any) -> None:
    for name in ("Summary", "Heat map", "Checks", "Risk pages", "Key", "Lists"):
        del book[name]


def formulas_typed_over(book: Any) -> None:
    book["Risks"]["H5"] = 99


@pytest.mark.parametrize(
    ("change", "told", "moved"),
    [
        (rows_inserted, "The headings of 'Risks' stand in row 4 again, not in row 6.", 13),
        (column_inserted, "", 11),
        (column_moved, "", 10),
        (close_heading, "Risks!D4: the heading 'Risk owners' is 'Risk Owner' again.", 0),
        (
            another_heading,
            "Risks!D4: the heading 'Who looks after it' was taken for 'Risk Owner', because the "
            "column stands between its neighbours. Look at it.",
            0,
        ),
        (
            no_heading,
            "Risks!A4: the heading '' was taken for 'Ref', because the column stands between its "
            "neighbours. Look at it.",
            0,
        ),
        (renamed_sheet, "The sheet 'Register of risks' is called 'Risks' again.", 13),
        (renamed_about, "The sheet 'Front' is called 'About' again.", 7),
        (without_own_sheets, "The sheet 'Heat map' is there again.", 0),
        (formulas_typed_over, "Risks!H5: '99' was typed over a formula, which is back.", 0),
    ],
)
def test_a_damage_is_put_right_and_every_entry_carried(
    change: Change, told: str, moved: int, clean: dict[str, bytes], tmp_path: Path
) -> None:
    found = repaired(damaged(clean["dacorum-2021"], change), tmp_path)

    assert entries(found.path) == typed(sample("dacorum-2021"))
    assert found.certificate.left == ()
    assert told == "" or told in found.certificate.put_right
    assert len(found.certificate.moves) == moved
    book = FileBook.open(found.path)
    assert list(making.changed_facts(book, profiles.load("operational-4x4"))) == []


def list_changed(book: Any) -> None:
    book["Lists"]["A4"] = "Something else"


def unlocked_column(book: Any) -> None:
    book["Risks"]["J5"].protection = Protection(locked=False)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            without_names,
            "Defined names are back: Key (10), Lists (3) and Risks (1).",
        ),
        (
            unprotected,
            "Protected as in the template again: About, Actions, Actions due, By group, Checks, "
            "Heat map, Key, Lists, Risk pages, Risks and Summary.",
        ),
        (without_rules, "Dropdowns and limits are back: Risks (10)."),
        (list_changed, "The template's words are back in: Lists!A4."),
        (
            unlocked_column,
            "Risks!J5: J5 of Gross Score is not locked: a formula there can be typed over.",
        ),
    ],
)
def test_names_protection_dropdowns_and_lists_are_back(
    change: Change, line: str, clean: dict[str, bytes], tmp_path: Path
) -> None:
    found = repaired(damaged(clean["office"], change), tmp_path)

    assert entries(found.path) == typed(document_of("office"))
    # openpyxl, which made this copy, drops the names by which riskbook knows its own charts
    told = [said for said in found.certificate.put_right if not said.startswith("Summary!A1: the")]
    assert told == [line]
    book = FileBook.open(found.path)
    assert list(making.changed_facts(book, profiles.load("council-5x5"))) == []


def test_a_moved_column_is_one_block_in_the_certificate(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    told = repaired(damaged(clean["dacorum-2021"], column_moved), tmp_path).certificate

    blocks = {move.before: move.after for move in told.moves}
    assert blocks["Risks!AD5:AD12"] == "Risks!D5:D12"
    assert blocks["Risks!D5:D12"] == "Risks!E5:E12"


def test_rows_left_empty_close_up_in_the_same_order(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"].insert_rows(8)  # below three risks

    found = repaired(damaged(clean["dacorum-2021"], change), tmp_path)

    assert entries(found.path) == typed(sample("dacorum-2021"))
    (refs,) = [c for c in found.certificate.carried if c.heading == "Ref"]
    assert [(m.before, m.after) for m in refs.moves] == [
        ("Risks!A5:A7", "Risks!A5:A7"),
        ("Risks!A9:A13", "Risks!A8:A12"),
    ]


def test_what_no_template_has_a_place_for_is_listed(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        risks = book["Risks"]
        risks["AC4"], risks["AC5"], risks["AC7"] = "Cost code", "A1", 40
        risks["C1"] = "Ask Ann first"
        risks["B5"].comment = Comment("why?", "me")
        risks["B6"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
        risks["B7"] = CellRichText("kept ", TextBlock(InlineFont(strike=True), "gone"))
        risks["C5"] = "#N/A"
        risks["D5"] = "=1/0"
        book["About"]["A60"], book["About"]["B60"] = "Contact", "A. Smith"
        book["Key"]["H3"] = "ask Ann"
        book.create_sheet("Workings")["A1"] = 1

    found = repaired(damaged(clean["office"], change), tmp_path)

    told = found.certificate
    assert [(r.cell, r.heading, r.value, r.why) for r in told.left] == [
        ("Risks!C5", "Category", "#N/A", "an error, left blank: type what was meant"),
        ("Risks!D5", "Service", "=1/0", "a formula that shows no value, left blank"),
        (
            "Risks!B7",
            "Risk",
            "gone",
            f"{FORMAT}: these words were struck through, and are plain now",
        ),
        ("Risks!AC5", "Cost code", "A1", "no column of the profile"),
        ("Risks!AC7", "Cost code", "40", "no column of the profile"),
        ("Risks!C1", "", "Ask Ann first", "stands above the headings, where no entry belongs"),
        ("About!A60", "", "Contact", "stands beside no label of About"),
        ("About!B60", "", "A. Smith", "stands beside no label of About"),
        ("Key!H3", "", "ask Ann", "stands where the template has nothing"),
        ("Workings", "", "1 filled cell", "a sheet of its own: it stays in the old workbook"),
        ("Risks!B6", "Risk", "plain bold", "formatting inside the text not carried; its words are"),
        ("Risks!B5", "Risk", "why?", "note not carried"),
    ]
    assert told.exit_code == 1
    risks = entries(found.path)["risks"]
    assert [risk["title"] for risk in risks] == ["Flood", "plain bold", "kept gone"]
    assert "category" not in risks[0]
    assert "service" not in risks[0]


def test_the_value_of_a_formula_is_carried_and_said(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    """A formula with the value that a program left beside it."""
    package = FileBook(clean["office"], "R.xlsx").package
    part = FileBook(clean["office"], "R.xlsx").workbook.part_of("Risks")
    old = package.part(part)
    cell = re.search(rb'<c r="H5"[^>]*><v>3</v></c>', old)
    assert cell is not None
    new = cell[0].replace(b"<v>3</v>", b"<f>1+2</f><v>3</v>")
    data = package.replaced({part: old.replace(cell[0], new)})

    found = repaired(data, tmp_path)

    assert found.certificate.left == ()
    assert found.certificate.otherwise == (
        Remark(
            cell="Risks!H5",
            heading="Gross Likelihood",
            value="3",
            why="the value of a formula (=1+2)",
        ),
    )
    assert entries(found.path) == typed(document_of("office"))


def test_entries_are_carried_as_typed(clean: dict[str, bytes], tmp_path: Path) -> None:
    odd = "  \r <r>tab\there</r> \u00a0end "

    def change(book: Any) -> None:
        risks = book["Risks"]
        risks["G5"], risks["H5"] = odd.replace("\r", "_x000D_"), "3"  # as a file holds it
        risks["X5"] = date(2022, 3, 31)
        risks["X5"].number_format = "dd/mm/yyyy"
        risks["X6"] = date(2022, 3, 1)
        risks["X6"].number_format = "mmmm yyyy"
        risks["B5"], risks["D5"], risks["L5"] = "=not a formula", True, 0.1 + 0.2
        risks["B5"].data_type = "s"
        risks["I5"], risks["I5"].number_format = 4, "0%"
        risks["E5"] = "   "

    found = repaired(damaged(clean["office"], change), tmp_path)

    first, second = entries(found.path)["risks"]
    assert first == {
        "ref": "R1",
        "title": "=not a formula",
        "service": True,
        "consequences": odd,
        "gross_likelihood": "3",
        "gross_impact": 4,
        "controls": 0.3,
        "review_date": "2022-03-31",
    }
    assert second["review_date"] == "March 2022"
    assert [(r.cell, r.value, r.why) for r in found.certificate.otherwise] == [
        ("Risks!E5", "   ", "only spaces, left blank"),
        ("Risks!X5", "2022-03-31", "a date cell (dd/mm/yyyy), carried as its text"),
        ("Risks!X6", "March 2022", "a date cell (mmmm yyyy), carried as its text"),
    ]


@pytest.mark.parametrize(
    ("held", "shown", "why"),
    [
        (0.4, "40%", ""),
        (0.375, "37.5%", ""),
        ("40%", "40%", "a text, carried as the percentage that it says"),
        ("about 40", "about 40", ""),
    ],
)
def test_a_weight_is_carried_as_a_percentage(
    held: object, shown: str, why: str, clean: dict[str, bytes], tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Risks"]["E5"] = held

    found = repaired(damaged(clean["blackpool-2021"], change), tmp_path)

    assert entries(found.path)["risks"][0]["weight"] == shown
    assert [remark.why for remark in found.certificate.otherwise] == ([why] if why else [])


def test_a_sheet_twice_is_refused_with_both_names(clean: dict[str, bytes], tmp_path: Path) -> None:
    for sheet in ("Risks", "Actions", "About"):

        def copied(book: Any, sheet: str = sheet) -> None:
            book.copy_worksheet(book[sheet])

        with pytest.raises(TemplateError, match=f"The sheets '{sheet}' and '{sheet} Copy' both"):
            repaired(damaged(clean["office"], copied), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["R.xlsx"]


def test_a_copied_summary_is_a_sheet_of_its_own(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for name in ("Summary", "Actions due", "Risk pages", "Key"):
            book.copy_worksheet(book[name])

    found = repaired(damaged(clean["blackpool-2021"], change), tmp_path)

    assert [remark.cell for remark in found.certificate.left] == [
        "Summary Copy",
        "Actions due Copy",
        "Risk pages Copy",
        "Key Copy",
    ]


def without_labels(book: Any) -> None:
    for row in range(1, 30):
        book["About"].cell(row, 1).value = None


def test_without_labels_the_profile_is_asked_for(clean: dict[str, bytes], tmp_path: Path) -> None:
    data = damaged(clean["office"], without_labels)

    with pytest.raises(TemplateError, match=r"No sheet of R\.xlsx says which profile") as told:
        repaired(data, tmp_path)
    assert told.value.fix.startswith("name it: --profile council-5x5")

    found = repaired(data, tmp_path, named="council-5x5")
    assert found.certificate.old.profile == ""
    assert entries(found.path)["risks"] == document_of("office")["risks"]
    assert [r.value for r in found.certificate.left if r.cell.startswith("About!")][:2] == [
        "Anytown Council",
        "2022-01-31",
    ]


def test_a_profile_of_its_own_is_asked_for(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["About"]["B10"] = "our-own"

    with pytest.raises(ProfileError, match="'our-own', which does not come with riskbook"):
        repaired(damaged(clean["office"], change), tmp_path)


def test_a_missing_about_is_blank_and_said(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book["About"]

    found = repaired(damaged(clean["office"], change), tmp_path, named="council-5x5")

    assert found.certificate.left[0] == Remark(
        cell="About", heading="", value="", why="the sheet is not in the old workbook: blank"
    )
    assert entries(found.path)["about"] == {}


def test_an_error_on_about_is_left_blank(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["About"]["B4"] = "#REF!"

    found = repaired(damaged(clean["office"], change), tmp_path)

    (left,) = found.certificate.left
    assert (left.cell, left.value) == ("About!B4", "#REF!")
    assert "organisation" not in entries(found.path)["about"]


def test_missing_actions_are_blank_and_said(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book["Actions"]

    found = repaired(damaged(clean["office"], change), tmp_path)

    (left,) = found.certificate.left
    assert (left.cell, left.why) == ("Actions", "the sheet is not in the old workbook: blank")
    assert entries(found.path)["actions"] == []


def test_a_missing_column_is_blank_and_said(clean: dict[str, bytes], tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Risks"].delete_cols(12)

    found = repaired(damaged(clean["office"], change), tmp_path)

    assert [(r.cell, r.heading) for r in found.certificate.left] == [("Risks", "Controls")]
    assert "controls" not in entries(found.path)["risks"][1]


def missing_and_unknown(book: Any) -> None:
    book["Risks"].delete_cols(12)
    book["Risks"]["AC4"], book["Risks"]["AC6"] = "Our controls", "two"


def headings_gone(book: Any) -> None:
    book["Risks"].delete_rows(4)


def actions_headings_gone(book: Any) -> None:
    book["Actions"].delete_rows(4)


@pytest.mark.parametrize(
    ("change", "sentence", "fix"),
    [
        (
            missing_and_unknown,
            "The sheet 'Risks' has no column headed 'Controls', and the entries under Risks!AC4 "
            "('Our controls') may be of it.",
            "type its heading in Risks!AC4; if it is another column, type 'Controls' above an "
            "empty one.",
        ),
        (
            headings_gone,
            "No sheet has the headings of 'Risks'; the sheets are: About, Summary, Heat map, "
            "By group, Risks, Actions, Checks, Actions due, Risk pages, Key, Lists.",
            "put its headings back in one row above the entries, or restore a backup, or copy the "
            "entries into a new workbook made by `riskbook new`.",
        ),
        (actions_headings_gone, "No sheet has the headings of 'Actions'; the sheets are:", "put "),
    ],
)
def test_nothing_is_guessed(
    change: Change, sentence: str, fix: str, clean: dict[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(TemplateError) as told:
        repaired(damaged(clean["office"], change), tmp_path)

    assert told.value.what.startswith(sentence)
    assert told.value.fix.startswith(fix)
    assert [path.name for path in tmp_path.iterdir()] == ["R.xlsx"]


def test_a_workbook_with_buttons_is_repaired_to_one(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    document = document_of("office")
    data = made(profiles.load("council-5x5"), document, DEFAULT)[0].data

    found = repaired(data, tmp_path, "R.xlsm")

    assert found.path.read_bytes() == data
    assert repairing.default_name(FileBook.open(found.path), Path("x/R.xlsm")) == "R repaired.xlsm"
    plain = FileBook(clean["office"], "R.xlsx")
    assert repairing.default_name(plain, Path("x/R.xlsx")) == "R repaired.xlsx"


def test_a_file_that_is_there_stays(clean: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("New.xlsx", "New certificate.txt", "New certificate.json"):
        path = tmp_path / name
        path.write_bytes(b"somebody's")
        with pytest.raises(SavingError, match=f"There is a file {name} already"):
            repaired(clean["office"], tmp_path)
        assert path.read_bytes() == b"somebody's"
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["R.xlsx", name])
        path.unlink()
    repaired(clean["office"], tmp_path)
    assert repaired(clean["office"], tmp_path, overwrite=True).path.is_file()


def test_the_damaged_workbook_is_never_replaced(clean: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "R.xlsx"
    path.write_bytes(clean["office"])

    with pytest.raises(SavingError, match="is the damaged workbook"):
        repair(FileBook.open(path), path, on=ON, overwrite=True)
    assert path.read_bytes() == clean["office"]


def test_the_certificate_is_the_same_for_people_and_programs(
    clean: dict[str, bytes], tmp_path: Path
) -> None:
    found = repaired(damaged(clean["dacorum-2021"], column_moved), tmp_path)

    text, told = (path.read_text(encoding="utf-8") for path in found.certificates)
    document = json.loads(told)
    assert text == found.certificate.text()
    assert document == json.loads(json.dumps(found.certificate.document()))
    assert document["made"] == "2022-01-31"
    assert document["totals"][0] == {
        "sheet": "Risks",
        "heading": "Inherent Probability",
        "before": 8,
        "before_sum": 23,
        "after": 8,
        "after_sum": 23,
    }
    again = repaired(damaged(clean["dacorum-2021"], column_moved), tmp_path, overwrite=True)
    assert again.certificate.new == found.certificate.new


def told(code: str, sheet: str, message: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        at=CellRef(sheet, 1, 1),
        field="",
        value="",
        message=message,
        fix="mend it.",
    )


def test_macros_of_one_s_own_are_not_carried() -> None:
    findings = [
        told("RB901", "About", "macros Ours is not as riskbook wrote it."),
        told("RB901", "About", "macros Theirs is not riskbook's."),
        told("RB904", "About", "other."),
    ]

    assert list(mending.own_macros(findings)) == ["Theirs"]
    assert list(mending.sentences(findings, ["About"])) == [
        "About!A1: macros Ours is not as riskbook wrote it.",
        "About!A1: macros Theirs is not riskbook's.",
        "About!A1: other.",
    ]
    assert list(mending.sentences(findings, ["Risks"])) == []


def test_many_of_a_kind_are_counted_by_sheet() -> None:
    findings = [told("RB908", sheet, f"{sheet}.") for sheet in ("Key", "Key", "Lists", "Key")]

    assert list(mending.sentences(findings, ["Key", "Lists"])) == [
        "Defined names are back: Key (3) and Lists (1)."
    ]
    assert list(mending.sentences(findings[:3], ["Key"])) == ["Key!A1: Key.", "Key!A1: Key."]


def test_a_new_workbook_that_reads_otherwise_is_refused() -> None:
    column = Column(field="title", heading="Risk", kind="text")

    def record(text: str) -> Risk:
        entry = Entry(at=CellRef("Risks", 5, 2), cell=Cell(Kind.TEXT, text), value=text)
        return Risk(row=5, entries={"title": entry}, ref="R1")

    carrying._same(record("Flood"), record("Flood"), column)
    with pytest.raises(RiskbookError, match="Risks!B5: 'Flood' reads 'Fraud'"):
        carrying._same(record("Flood"), record("Fraud"), column)
    weight = replace(column, field="title", kind="weight")
    with pytest.raises(RiskbookError, match="would not hold what the old one does"):
        carrying._same(record("40%"), record("41%"), weight)
