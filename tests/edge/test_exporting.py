"""Exports: the columns of each table, what stands in them, and the files that hold them."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from json import loads
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import riskbook
from riskbook import app
from riskbook.app import Outcome
from riskbook.core.grid import Cell, Kind
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.profile import build
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.edge.exporting import Source, csv, export_register, json, tables, xlsx
from riskbook.edge.exporting.controls import UNKNOWN, checked, totals
from riskbook.edge.exporting.tables import plan
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.template.looks import looks
from riskbook.edge.xlsx.alive import harmless, live
from riskbook.errors import RiskbookError, SavingError
from tests.spec.invented import AWKWARD, Council, councils, texts
from tests.spec.payloads import PAYLOADS, TEMPTING
from tests.support import JUDGE, ROOT, MemoryBook, looked, sample

DOCS = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


# --- the columns -------------------------------------------------------------------------


def promised() -> dict[str, dict[str, list[str]]]:
    """Profile -> table -> columns, as docs/exports.md lists them by hand."""
    block = re.search(r"```\n(council-5x5\n.*?)```", DOCS, re.DOTALL)
    assert block
    found: dict[str, dict[str, list[str]]] = {}
    for part in block[1].strip().split("\n\n"):
        name, *lines = part.splitlines()
        found[name] = {}
        table = ""
        for line in lines:
            table = line[:11].strip() or table
            found[name].setdefault(table, []).extend(line[11:].split())
    return found


def test_the_columns_are_those_that_are_promised() -> None:
    plans = {name: plan(profiles.load(name)) for name in profiles.shipped()}
    assert {
        name: {table: [field.name for field in fields] for table, fields in found.items()}
        for name, found in plans.items()
    } == promised()


@pytest.mark.parametrize("name", registers.samples())
def test_a_table_has_no_other_columns_than_its_plan(name: str) -> None:
    outcome = looked(sample(name))
    for table, (columns, lines) in tables(outcome).items():
        assert list(columns) == promised()[outcome.profile.id][table]
        assert lines
        assert {column for line in lines for column in line} <= set(columns)


# --- what stands in them -----------------------------------------------------------------


def risk_of(entries: Mapping[str, Any], profile: str = "strategic-weighted-5x5") -> dict[str, Any]:
    """The first line of ``risks`` of a register of one risk."""
    found = looked({"profile": profile, "about": {}, "risks": [dict(entries)]}, date(2021, 10, 31))
    return dict(tables(found)["risks"][1][0])


@pytest.mark.parametrize(
    ("field", "typed", "exported"),
    [
        ("weight", "40%", 0.4),
        ("weight", 0.15, 0.15),
        ("weight", "30", 0.3),
        ("weight", 1, 1),
        ("weight", "most of it", "most of it"),
        ("nett_impact", 3, 3),
        ("nett_impact", "3", 3),
        ("nett_impact", "Quite high", "Quite high"),
        ("nett_impact", 2.5, 2.5),
        ("prior_gross", -5, -5),
        ("prior_gross", "-5", -5),
        ("prior_gross", "2.50", 2.5),
        ("prior_gross", "1234567890123456789", "1234567890123456789"),
        ("prior_gross", "-5 or so", "-5 or so"),
        ("prior_gross", 0, 0),
        ("ref", "007", "007"),
        ("ref", 7, "7"),
        ("owner", "NA", "NA"),
        ("owner", True, "TRUE"),
        ("title", 2.5, "2.5"),
        ("title", "  two  spaces \n", "  two  spaces \n"),
    ],
)
def test_an_entry_is_exported_as_what_it_means(field: str, typed: Any, exported: Any) -> None:
    found = risk_of({"ref": "1", field: typed})[field]
    assert (found, type(found)) == (exported, type(exported))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("March 2022", "2022-03-31"),
        ("31/03/2022", "2022-03-31"),
        ("2022-03-31", "2022-03-31"),
        ("Feb-24", "2024-02-29"),
        ("next spring", None),
        ("=TODAY()", None),
    ],
)
def test_a_date_is_the_text_as_typed_and_the_day_that_it_means(typed: str, day: str | None) -> None:
    found = risk_of({"ref": "R1", "review_date": typed}, "council-5x5")
    assert found["review_date"] == typed
    assert found.get("review_date_date") == day


def test_blank_cells_are_left_out() -> None:
    assert risk_of({"ref": "1", "title": "  "}) == {"ref": "1"}


def test_a_formula_is_exported_as_the_value_that_it_shows() -> None:
    outcome = looked({"profile": "council-5x5", "about": {}, "risks": [{"ref": "R1"}]})
    risk = outcome.reading.register.risks[0]
    entry = risk.entries["title"]

    def with_title(cell: Cell) -> Any:
        value = cell.text or None
        entries = {**risk.entries, "title": replace(entry, cell=cell, value=value)}
        register = replace(outcome.reading.register, risks=(replace(risk, entries=entries),))
        changed = replace(outcome, reading=replace(outcome.reading, register=register))
        return tables(changed)["risks"][1][0]["title"]

    assert with_title(Cell(Kind.TEXT, "as shown", formula="A1&B1")) == "as shown"
    assert with_title(Cell(Kind.BLANK, formula="A1&B1")) == "=A1&B1"  # nothing was calculated


def test_scores_have_a_line_for_every_risk_and_stage() -> None:
    document = {
        "profile": "strategic-weighted-5x5",
        "about": {},
        "risks": [
            {
                "ref": "1",
                "sub_ref": "1a",
                "weight": "40%",
                "gross_likelihood": 5,
                "gross_impact": 4,
            },
            {"ref": "1", "sub_ref": "1b"},
        ],
    }
    assert tables(looked(document))["scores"][1] == [
        {
            "ref": "1",
            "sub_ref": "1a",
            "stage": "gross",
            "weight": 0.4,
            "likelihood": 5,
            "impact": 4,
            "points": 20,
            "band": "High",
            "weighted": 8,
        },
        {"ref": "1", "sub_ref": "1a", "stage": "nett", "weight": 0.4},
        {"ref": "1", "sub_ref": "1b", "stage": "gross"},
        {"ref": "1", "sub_ref": "1b", "stage": "nett"},
    ]


# --- control totals ----------------------------------------------------------------------


def total(outcome: Outcome, *wanted: str) -> list[Any]:
    """The values of the totals with these texts: table, column, stage, measure, of."""
    keys = ("table", "column", "stage", "measure", "of")
    return [t["value"] for t in totals(outcome) if tuple(t.get(k, "") for k in keys) == wanted]


def test_sums_are_exact() -> None:
    weights = ["10%"] * 3 + ["70%"]
    risks = [{"ref": "1", "sub_ref": f"1{n}", "weight": w} for n, w in enumerate(weights)]
    outcome = looked({"profile": "strategic-weighted-5x5", "about": {}, "risks": risks})
    assert 0.1 + 0.1 + 0.1 != 0.3  # as pandas would add them
    assert total(outcome, "risks", "weight", "", "sum", "") == [1]
    assert total(outcome, "risks", "weight", "", "sum", "1") == [1]
    assert total(outcome, "risks", "weight", "", "minimum", "") == [0.1]


def test_the_totals_of_dacorum_are_those_of_the_document() -> None:
    outcome = looked(sample("dacorum-2021"))
    assert total(outcome, "risks", "", "", "rows", "") == [8]
    assert total(outcome, "risks", "gross_points", "", "sum", "") == [92]
    assert total(outcome, "risks", "nett_points", "", "sum", "") == [60]
    assert total(outcome, "scores", "points", "nett", "sum", "") == [60]
    assert total(outcome, "scores", "band", "gross", "count", "Red") == [7]
    assert total(outcome, "scores", "band", "gross", "count", "Amber") == [1]
    assert total(outcome, "scores", "band", "gross", "count", "Green") == [0]
    assert total(outcome, "scores", "band", "nett", "count", "Amber") == [7]
    assert total(outcome, "findings", "", "", "rows", "") == [6]


def test_a_column_without_numbers_has_no_least_and_no_most() -> None:
    outcome = looked({"profile": "council-5x5", "about": {}, "risks": [{"ref": "R1"}]})
    assert total(outcome, "risks", "gross_points", "", "count", "") == [0]
    assert total(outcome, "risks", "gross_points", "", "sum", "") == [0]
    assert total(outcome, "risks", "gross_points", "", "minimum", "") == []


def test_what_is_not_known_of_the_source_is_said() -> None:
    outcome = looked(sample("dacorum-2021"))
    about = {line["item"]: line.get("value") for line in checked(outcome, UNKNOWN)["about"][1]}
    assert (about["file"], about["file_sha256"], about["file_bytes"]) == ("not known",) * 3
    assert about["as_at"] == "2021-06-30"
    assert about["as_at_date"] == "2021-06-30"
    assert "file_note" not in about


def test_a_workbook_that_is_open_is_known_by_what_is_saved_of_it(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"saved")
    found = Source.saved(path)
    assert (found.name, found.size) == ("Register.xlsx", 5)
    assert found.sha256 == Source.of("Register.xlsx", b"saved").sha256
    assert "as last saved" in found.note
    gone = Source.saved(tmp_path / "Gone.xlsx")
    assert (gone.name, gone.size, gone.sha256) == ("Gone.xlsx", None, None)
    assert "could not be read" in gone.note
    outcome = looked(sample("dacorum-2021"))
    about = {line["item"]: line.get("value") for line in checked(outcome, gone)["about"][1]}
    assert about["file_sha256"] == "not known"
    assert about["file_note"] == gone.note


# --- texts that look like formulas -------------------------------------------------------


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_text_that_could_come_alive_is_told(text: str) -> None:
    assert live(text)
    assert harmless(text) == "'" + text
    assert live(harmless(text))  # so whoever takes one apostrophe away gets the text as typed


@pytest.mark.parametrize(
    "text",
    ["", "A = B", "1-2", "risk@example.org", "40%", "(=1)", "'quoted'", "it's = 2", "'", " "],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert not live(text)
    assert harmless(text) == text


@given(texts())
def test_a_text_as_typed_is_had_back_from_a_csv_file(text: str) -> None:
    # as docs/exports.md says: take one apostrophe away where the field looks like a formula
    field = harmless(text)
    assert not live(field) or field.startswith("'")
    assert (field[1:] if live(field) else field) == text


@pytest.mark.parametrize("number", [-5, -2.5, 0, 1e-7])
def test_numbers_are_left_alone(number: float) -> None:
    assert harmless(number) == number


# --- CSV ---------------------------------------------------------------------------------


def test_a_csv_file_to_the_byte() -> None:
    lines = [
        {"a": "- x", "b": -5},
        {"a": 'say "yes", please', "b": 0.00001},
        {"b": 2.5},
        {"a": "two\nlines\r", "b": 10**14},
    ]
    assert csv.dump(("a", "b"), lines) == (
        b'a,b\r\n\'- x,-5\r\n"say ""yes"", please",0.00001\r\n,2.5\r\n'
        b'"two\nlines\r",100000000000000\r\n'
    )
    assert csv.dump(("\u00e9",), [], bom=True) == b"\xef\xbb\xbf\xc3\xa9\r\n"


# --- JSON --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", registers.samples())
def test_the_json_follows_the_schema_and_holds_the_document(name: str) -> None:
    outcome = looked(sample(name))
    found = loads(json.dump(outcome, Source.of("x.xlsx", b"x")))
    assert problems(found, REGISTER) == []
    controls = found.pop("controls")
    assert found == loads(registers.dump(outcome.document()))
    assert controls["source"]["file"] == "x.xlsx"
    assert problems({**found, "controls": {**controls, "more": 1}}, REGISTER) != []
    unknown = loads(json.dump(outcome, UNKNOWN))
    assert problems(unknown, REGISTER) == []
    assert unknown["controls"]["source"]["file_sha256"] is None


# --- the workbook ------------------------------------------------------------------------


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


# what a sheet may have beside its cells: nothing that holds a value or does anything
LOOK = {
    *("sheetPr", "pageSetUpPr", "dimension", "sheetViews", "sheetView", "pane", "selection"),
    *("sheetFormatPr", "cols", "col", "pageMargins", "pageSetup"),
}


@pytest.fixture(scope="module")
def values() -> dict[str, str]:
    """The parts of a workbook of Blackpool's values, with hostile texts in it."""
    document = sample("blackpool-2021")
    for text in (*PAYLOADS, *TEMPTING):
        document["risks"].append({"title": text, "owner": text})
    return parts(xlsx.workbook(looked(document), Source.of("x.xlsx", b"x")))


def test_a_workbook_of_values_has_values_alone(values: Mapping[str, str]) -> None:
    sheet = r"xl/worksheets/sheet\d+\.xml"
    known = (
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml"
        r"|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/sharedStrings\.xml|xl/theme/theme1\.xml"
    )
    assert [name for name in values if not re.fullmatch(f"{known}|{sheet}", name)] == []
    sheets = [xml for name, xml in values.items() if re.fullmatch(sheet, name)]
    assert len(sheets) >= 10
    for xml in sheets:
        elements = set(re.findall(r"<([A-Za-z]+)", xml))
        assert elements - LOOK == {"worksheet", "sheetData", "row", "c", "v"}
    assert "definedName" not in values["xl/workbook.xml"]


def test_a_workbook_of_values_names_nobody_and_one_day(values: Mapping[str, str]) -> None:
    core = values["docProps/core.xml"]
    assert "<dc:creator/>" in core or "<dc:creator></dc:creator>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2021-04-01T00:00:00Z"}
    assert "Blackpool Council" in core


def test_texts_like_formulas_are_marked_as_texts(values: Mapping[str, str]) -> None:
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", values["xl/sharedStrings.xml"], re.DOTALL)
    styles = re.findall(r"<xf [^>]*>", values["xl/styles.xml"].partition("<cellXfs")[2])
    quoted = [str(n) for n, style in enumerate(styles) if 'quotePrefix="1"' in style]
    found = dict.fromkeys((False, True), 0)
    for xml in values.values():
        for cell in re.findall(r'<c r="[^>]*t="s"><v>\d+</v></c>', xml):
            style = re.search(r' s="(\d+)"', cell)
            text = unescape(texts[int(re.findall(r"<v>(\d+)", cell)[0])])
            text = re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)
            marked = style is not None and style[1] in quoted
            assert marked == live(text), text
            found[marked] += 1
    assert min(found.values()) > 100


def sheet_of(outcome: Outcome, sheet: str) -> list[list[str]]:
    book = FileBook(xlsx.workbook(outcome, UNKNOWN), "values")
    return [[cell.text for cell in row] for row in book.read([sheet])[sheet].rows]


def test_every_text_comes_back() -> None:
    document = sample("dacorum-2021")
    document["risks"] = [{"ref": f"R{n}", "title": text} for n, text in enumerate(AWKWARD)]
    assert [row[1] for row in sheet_of(looked(document), "risks")[1:]] == list(AWKWARD)


def test_a_page_is_written_as_it_is_shown() -> None:
    outcome = looked(sample("blackpool-2021"))
    page = next(page for page in outcome.pages if page.sheet == "Weighting")
    shown = [row for row in page.rows if row.height != 0]
    wanted = [["" if c.value is None else str(c.value) for c in row.cells] for row in shown]
    found = sheet_of(outcome, "Weighting")
    while wanted and not any(wanted[-1]):
        wanted.pop()
    assert len(found) == len(wanted)
    for there, cells in zip(found, wanted, strict=True):
        for text, cell in zip(there, cells, strict=False):
            assert text == cell or Decimal(text) == Decimal(cell)


def test_numbers_of_a_page_keep_their_format_and_hidden_rows_stay_away() -> None:
    page = Page(
        "Weighting",
        (
            PageRow((PageCell("=1+1"), PageCell(Decimal("0.4"), "rb percent"))),
            PageRow((PageCell("for a chart"),), 0),
            PageRow((PageCell(None), PageCell(Decimal("18.5"), "rb points"), PageCell(7))),
        ),
    )
    styles = looks(profiles.load("strategic-weighted-5x5"))
    book = FileBook(xlsx.write("t", {"weighting": (("a",), [])}, [page], styles), "values")
    assert book.sheets() == ("weighting", "Weighting (2)")
    rows = book.read(["Weighting (2)"])["Weighting (2)"].rows
    assert [[(c.text, c.format) for c in row] for row in rows] == [
        [("=1+1", "General"), ("0.4", "0%"), ("", "General")],
        [("", "General"), ("18.5", "0.0#"), ("7", "General")],
    ]


@pytest.mark.parametrize("text", ["x" * 32_768, "\U0001f600" * 16_384])
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(text: str, tmp_path: Path) -> None:
    document = sample("dacorum-2021")
    document["risks"][0]["title"] = text
    outcome = looked(document)
    with pytest.raises(SavingError, match=r"the sheet risks, row 2, has more than 32,767 char"):
        export_register(outcome, "Register", tmp_path / "out", "xlsx")
    assert not (tmp_path / "out").exists()
    export_register(outcome, "Register", tmp_path / "out", "csv")
    assert text in (tmp_path / "out" / "Register risks.csv").read_text(encoding="utf-8")


def test_the_longest_text_is_whole() -> None:
    document = sample("dacorum-2021")
    document["risks"][0]["title"] = "-" + "\U0001f600" * 16_383
    assert "-" + "\U0001f600" * 16_383 in sheet_of(looked(document), "risks")[1]


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 8)
    with pytest.raises(SavingError, match="The table risks has 8 rows, and a sheet has 8"):
        xlsx.workbook(looked(sample("dacorum-2021")), UNKNOWN)


@given(councils())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_an_invented_council_is_counted_alike_by_another_reader(council: Council) -> None:
    profile = build(council.profile)
    outcome = app.check(MemoryBook.of(profile, council.register), profile, date(2021, 6, 30), JUDGE)
    found = checked(outcome, UNKNOWN)
    stream = io.BytesIO(xlsx.write("t", found, (), {}))
    frames = pd.read_excel(
        stream, sheet_name=None, engine="calamine", dtype=object, keep_default_na=False
    )
    for line in found["controls"][1]:
        if not line.get("stage") and not line.get("of"):
            assert line["value"] == pytest.approx(counted(frames, line), rel=1e-12), line


def counted(frames: Mapping[str, Any], line: Mapping[str, Any]) -> float:
    """A control total, counted from the cells of its table."""
    frame = frames[line["table"]]
    if line["measure"] == "rows":
        return len(frame)
    numbers = [value for value in frame[line["column"]] if type(value) in (int, float)]
    count = {"count": len, "sum": sum, "minimum": min, "maximum": max}[line["measure"]]
    return count(numbers)


# --- frames ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = sample("blackpool-2021")
    document["risks"][0] |= {"owner": "NA", "nett_impact": "Quite high", "prior_gross": -5}
    document["risks"][1] |= {"owner": "None", "prior_gross": 2.5}
    del document["risks"][2]["owner"]
    path = tmp_path_factory.mktemp("frames") / "Register.xlsx"
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    return path


def test_frames_have_a_type_for_each_kind_of_column(workbook: Path) -> None:
    book = riskbook.open(workbook)
    types = {name: str(kind) for name, kind in book.risks.dtypes.items()}
    assert {types[name] for name in ("ref", "title", "owner", "nett_band")} == {"string"}
    assert {types[name] for name in ("nett_impact", "gross_likelihood", "nett_points")} == {"Int64"}
    assert {types[name] for name in ("weight", "prior_gross")} == {"Float64"}
    assert str(book.actions.revised_due_date.dtype) == "datetime64[s]"
    assert str(book.actions.revised_due.dtype) == "string"
    assert str(book.overall.points.dtype) == "Float64"
    assert {str(kind) for kind in book.findings.dtypes} == {"string"}
    assert str(book.controls.value.dtype) == "Float64"


def test_frames_hold_what_was_typed_and_what_it_means(workbook: Path) -> None:
    book = riskbook.open(str(workbook))
    risks, actions = book.risks, book.actions
    assert list(risks.owner[:2]) == ["NA", "None"]
    assert risks.owner.isna().tolist() == [False, False, True, False]
    assert risks.nett_impact.isna().tolist() == [True, False, False, False]  # no number
    assert "RB201" in set(book.findings.code)
    assert risks.prior_gross[:2].tolist() == [-5, 2.5]
    assert risks.weight.tolist() == [0.4, 0.15, 0.15, 0.3]
    late = actions[actions.revised_due == "March 2022"]
    assert set(late.revised_due_date) == {pd.Timestamp(2022, 3, 31)}
    assert actions.revised_due_date.isna().sum() == 11
    gross = book.scores[book.scores.stage == "gross"]
    assert gross.points.sum() == 100
    assert gross.weighted.sum() == pytest.approx(25)
    assert book.overall.points.tolist() == [25]  # the nett one is not complete
    told = book.controls[(book.controls.table == "risks") & (book.controls.measure == "rows")]
    assert told.value.tolist() == [4]


def test_an_opened_register_says_what_it_is(workbook: Path) -> None:
    book = riskbook.open(workbook)
    assert repr(book).startswith("<riskbook register 'Register.xlsx': 1 risk in 4 sub-risks")
    assert book.as_at == date(2021, 10, 31)
    assert book.profile.id == "strategic-weighted-5x5"
    assert book.source == Source.of("Register.xlsx", workbook.read_bytes())
    assert book.about["period"] == "2021/22 Q2"
    assert book.about["file_sha256"] == book.source.sha256
    assert book.risks is book.risks  # made once


def test_the_example_of_the_documents_works(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = re.search(r"```python\n(.*?)```", DOCS, re.DOTALL)
    assert block
    monkeypatch.chdir(workbook.parent)
    names: dict[str, Any] = {}
    exec(block[1], names)
    lines = [line.partition("#")[0] for line in block[1].splitlines() if line.startswith("book.")]
    assert len(lines) == 5
    assert len(eval(lines[0], names)) == 4
    assert eval(lines[1], names)["count"].to_dict() == {("gross", "High"): 4, ("nett", "High"): 3}
    assert len(eval(lines[2], names)) == 3


@pytest.mark.parametrize("day", [date(2022, 4, 1), "1 April 2022", "2022-04-01"])
def test_an_opened_register_is_as_at_the_day_that_is_asked_for(workbook: Path, day: Any) -> None:
    book = riskbook.open(workbook, profile="strategic-weighted-5x5", as_at=day)
    assert book.as_at == date(2022, 4, 1)


def test_a_council_without_actions_has_empty_frames(tmp_path: Path) -> None:
    document = sample("dacorum-2021")
    path = tmp_path / "Register.xlsx"
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    book = riskbook.open(path)
    assert book.actions.empty
    assert list(book.actions.columns) == ["ref", "risk", "text"]
    assert book.overall.empty
    assert list(book.overall.columns) == ["ref", "stage", "points", "band"]


def test_points_with_fractions_are_fractions_in_every_register(tmp_path: Path) -> None:
    document = profiles.document("operational-4x4") | {"id": "halves"}
    document["matrix"] = {"rule": "look-up", "points": [[0.5 * n for n in range(1, 5)]] * 4}
    profile = build(document)
    risks = [{"ref": "R1", "gross_likelihood": 2, "gross_impact": 1}]
    (tmp_path / "halves.xlsx").write_bytes(made(profile, {"risks": risks})[0].data)
    from json import dumps

    (tmp_path / "halves.json").write_text(dumps(document), encoding="utf-8")
    book = riskbook.open(tmp_path / "halves.xlsx", profile=str(tmp_path / "halves.json"))
    assert book.risks.gross_points.tolist() == [1]
    assert str(book.risks.gross_points.dtype) == "Float64"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"as_at": "some day"}, "'some day' is not a date"),
        ({"as_at": ""}, "'' is not a date"),
        ({"profile": "no-such"}, "no-such"),
    ],
)
def test_what_cannot_be_opened_is_said(
    options: dict[str, str], sentence: str, workbook: Path
) -> None:
    with pytest.raises(RiskbookError, match=re.escape(sentence)):
        riskbook.open(workbook, **options)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(riskbook.RiskbookError):
        riskbook.open(tmp_path / "Nowhere.xlsx")
