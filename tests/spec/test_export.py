"""Exports as finance receives them: recounted by other readers, and opened in LibreOffice.

::

    riskbook export -> files -> pandas with calamine, csv module   the control totals again
                             -> LibreOffice                        no formula, no link
"""

import csv
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from click.testing import CliRunner

import riskbook
from riskbook.cli import cli
from riskbook.edge.documents import profiles, registers
from riskbook.edge.making import made
from tests.spec.office import NEEDED, SOFFICE
from tests.spec.payloads import PAYLOADS, TEMPTING

Key = tuple[str, str, str, str, str]  # table, column, stage, measure, of
Rows = list[dict[str, Any]]

INVENTED = {
    "profile": "strategic-weighted-5x5",
    "about": {"title": "Invented", "as_at": "2021-10-31", "period": "2021/22 Q3"},
    "risks": [
        {"ref": "1", "sub_ref": "1a", "weight": "33.3%", "prior_gross": -5, "owner": "NA"},
        {"ref": "1", "sub_ref": "1b", "weight": 0.667, "prior_gross": "-2.5", "owner": "None"},
        {"ref": "=2", "sub_ref": "2a", "weight": "most of it", "nett_impact": "Quite high"},
        {"ref": "007", "gross_likelihood": "3", "gross_impact": 4, "prior_gross": "12 or so"},
        {"title": "a row without a reference", "nett_likelihood": 2, "nett_impact": 2.5},
        {"ref": "8", "nett_likelihood": 1, "nett_impact": 1, "title": "- one\n- two\r\n=three"},
    ],
    "actions": [{"ref": "1a.1", "risk": "1a", "text": "=1+1", "original_due": "March 2022"}],
}
REGISTERS = (*registers.samples(), "invented")


def run(*args: object) -> str:
    found = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook of each register and every export of it."""
    folder = tmp_path_factory.mktemp("exports")
    for name in REGISTERS:
        document: Any = INVENTED if name == "invented" else registers.load(name)
        book, _ = made(profiles.load(document["profile"]), document)
        (folder / f"{name}.xlsx").write_bytes(book.data)
        for form in ("xlsx", "csv", "json"):
            run("export", folder / f"{name}.xlsx", folder, "--to", form)
    return folder


# --- recounted ---------------------------------------------------------------------------


def sheets(path: Path) -> dict[str, Rows]:
    """The tables of a values-only workbook, as pandas and calamine read them."""
    # dtype: else pandas makes numbers of the texts of a column that look like numbers
    found = pd.read_excel(
        path, sheet_name=None, engine="calamine", keep_default_na=False, dtype=object
    )
    return {name: frame.to_dict("records") for name, frame in found.items()}


def files(folder: Path, stem: str) -> dict[str, Rows]:
    """The CSV tables of a register, with the fields of numbers as numbers."""
    found = {}
    for path in folder.glob(f"{stem} *.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removeprefix(f"{stem} ")] = list(csv.DictReader(file))
    columns = {(line["table"], line["column"]) for line in found["controls"]}
    for name, rows in found.items():
        for row in rows:
            for column in row:
                if (name, column) in {*columns, ("controls", "value")}:
                    row[column] = number(row[column])
    return found


def number(text: str) -> Any:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def numbers(rows: Rows, column: str) -> list[float]:
    values = [row[column] for row in rows]
    kinds = (int, float, Decimal)
    return [float(v) for v in values if isinstance(v, kinds) and not isinstance(v, bool)]


def recount(tables: Mapping[str, Rows]) -> dict[Key, float]:
    """The control totals of docs/exports.md, counted anew from the cells."""
    found: dict[Key, float] = {}
    for name in ("risks", "actions", "scores", "overall", "findings"):
        rows = tables.get(name)
        if rows is None:
            continue
        found[name, "", "", "rows", ""] = len(rows)
        for column in rows[0] if rows else ():
            if values := numbers(rows, column):
                told = (len(values), sum(values), min(values), max(values))
                for measure, value in zip(
                    ("count", "sum", "minimum", "maximum"), told, strict=True
                ):
                    found[name, column, "", measure, ""] = value
    for row in tables["scores"]:
        stage = row["stage"]
        place = ("scores", "points", stage, "sum", "")
        found[place] = found.get(place, 0) + sum(numbers([row], "points"))
        if row["band"]:
            place = ("scores", "band", stage, "count", row["band"])
            found[place] = found.get(place, 0) + 1
    for row in tables["risks"]:
        if "weight" in row and row["ref"]:
            place = ("risks", "weight", "", "sum", row["ref"].removeprefix("'"))
            found[place] = found.get(place, 0) + sum(numbers([row], "weight"))
    return found


def told(lines: Rows) -> dict[Key, float]:
    """The control totals as an export tells them."""
    found = {}
    for line in lines:
        texts = [str(line.get(name, "")) for name in ("table", "column", "stage", "measure", "of")]
        table, column, stage, measure, of = texts
        found[table, column, stage, measure, of.removeprefix("'")] = float(line["value"])
    assert len(found) == len(lines)  # none is told twice
    return found


def assert_recounted(tables: Mapping[str, Rows], lines: Rows) -> None:
    counted, controls = recount(tables), told(lines)
    # a column without a number and a band without a risk are told, and nothing is there to count
    nothing = {key for key, value in controls.items() if key not in counted and value == 0}
    assert set(controls) - nothing == set(counted)
    for key, value in counted.items():
        assert controls[key] == pytest.approx(value, rel=1e-12), key


@pytest.mark.parametrize("name", REGISTERS)
def test_the_totals_of_a_workbook_are_what_another_reader_counts(name: str, place: Path) -> None:
    tables = sheets(place / f"{name} values.xlsx")
    assert_recounted(tables, tables["controls"])


@pytest.mark.parametrize("name", REGISTERS)
def test_the_totals_of_csv_files_are_what_another_reader_counts(name: str, place: Path) -> None:
    tables = files(place, name)
    assert_recounted(tables, tables["controls"])


@pytest.mark.parametrize("name", REGISTERS)
def test_every_form_tells_the_same_totals(name: str, place: Path) -> None:
    document = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
    totals = told(document["controls"]["totals"])
    assert totals == told(sheets(place / f"{name} values.xlsx")["controls"])
    assert totals == told(files(place, name)["controls"])
    frame = riskbook.open(place / f"{name}.xlsx").controls
    lines = frame.astype(object).where(frame.notna(), "").to_dict("records")
    assert told(lines) == totals


def test_the_totals_of_blackpool_are_those_of_the_document(place: Path) -> None:
    totals = told(sheets(place / "blackpool-2021 values.xlsx")["controls"])
    assert totals["risks", "", "", "rows", ""] == 4
    assert totals["actions", "", "", "rows", ""] == 14
    assert totals["scores", "points", "gross", "sum", ""] == 100
    assert totals["scores", "points", "nett", "sum", ""] == 70
    assert totals["scores", "band", "nett", "count", "High"] == 4
    assert totals["scores", "band", "nett", "count", "Low"] == 0
    assert totals["risks", "weight", "", "sum", "2"] == 1
    assert totals["overall", "points", "", "maximum", ""] == 25
    assert totals["overall", "points", "", "minimum", ""] == 18.5


def test_the_totals_of_an_invented_register_are_right_by_hand(place: Path) -> None:
    totals = told(sheets(place / "invented values.xlsx")["controls"])
    assert totals["risks", "prior_gross", "", "sum", ""] == -7.5
    assert totals["risks", "prior_gross", "", "count", ""] == 2
    assert totals["risks", "weight", "", "sum", "1"] == 1
    assert totals["risks", "nett_impact", "", "sum", ""] == 3.5
    assert totals["scores", "points", "gross", "sum", ""] == 12
    assert totals["scores", "points", "nett", "sum", ""] == 1


@pytest.mark.parametrize("name", REGISTERS)
def test_an_export_says_which_file_it_was_made_from(name: str, place: Path) -> None:
    data = (place / f"{name}.xlsx").read_bytes()
    about = {line["item"]: line["value"] for line in sheets(place / f"{name} values.xlsx")["about"]}
    document = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
    source = document["controls"]["source"]
    for told_ in (about, source):
        assert told_["file"] == f"{name}.xlsx"
        assert told_["file_sha256"] == sha256(data).hexdigest()
        assert told_["file_bytes"] == len(data)
        assert told_["profile"] == document["profile"]
        assert told_["profile_version"] == profiles.load(document["profile"]).version
        assert told_["riskbook"] == riskbook.__version__
    assert about["period"] == document["about"]["period"]
    assert about["as_at_date"] == source["as_at_date"]


# --- the workbook ------------------------------------------------------------------------


def test_an_export_never_takes_the_place_of_the_register(place: Path) -> None:
    before = (place / "dacorum-2021.xlsx").read_bytes()
    printed = run("export", place / "dacorum-2021.xlsx", place, "--to", "xlsx")
    assert printed == f"{place / 'dacorum-2021 values.xlsx'}\n"
    assert (place / "dacorum-2021.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    "own", ['{"format": "riskbook register 1", "risks": []}', "[" * 100_000, "not JSON", "[1]"]
)
def test_an_export_never_takes_the_place_of_a_register_that_somebody_typed(
    own: str, place: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "dacorum-2021.json"
    mine.write_text(own)
    asked = ["export", str(place / "dacorum-2021.xlsx"), str(tmp_path), "--to", "json"]
    told = CliRunner().invoke(cli, asked)
    assert told.exit_code == 2
    assert "dacorum-2021.json is there already and is no export of riskbook's." in told.output
    assert "export into another folder, or move that file away" in told.output
    assert mine.read_text() == own
    mine.unlink()
    for _ in range(2):  # an export takes the place of an older one
        run("export", place / "dacorum-2021.xlsx", tmp_path, "--to", "json")


@pytest.mark.parametrize("name", REGISTERS)
def test_an_export_has_the_same_bytes_again(name: str, place: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "csv", "json"):
        run("export", place / f"{name}.xlsx", tmp_path, "--to", form)
    made_again = sorted(tmp_path.iterdir())
    assert len(made_again) >= 7
    for path in made_again:
        assert path.read_bytes() == (place / path.name).read_bytes(), path.name


def test_the_summary_sheets_follow_the_tables(place: Path) -> None:
    with pd.ExcelFile(place / "blackpool-2021 values.xlsx", engine="calamine") as book:
        names = list(map(str, book.sheet_names))
    tables = ["risks", "actions", "scores", "overall", "findings", "about", "controls"]
    assert names[:7] == tables
    assert {"Summary", "Weighting", "Actions due"} <= set(names[7:])
    assert not {"Checks", "Risk pages", "Risks", "Lists"} & set(names)
    cells = pd.read_excel(
        place / "blackpool-2021 values.xlsx", "Weighting", engine="calamine", header=None
    )
    assert 18.5 in cells.to_numpy().ravel().tolist()


def test_frames_hold_what_the_workbook_holds(place: Path) -> None:
    for name in REGISTERS:
        book = riskbook.open(place / f"{name}.xlsx")
        tables = sheets(place / f"{name} values.xlsx")
        for table in ("risks", "scores", "findings", "actions", "overall"):
            frame = getattr(book, table)
            assert len(frame) == len(tables.get(table, []))
            if table in tables and len(frame):
                assert list(frame.columns) == list(tables[table][0])
    assert list(riskbook.open(place / "invented.xlsx").risks.owner[:2]) == ["NA", "None"]


# --- nothing comes alive -----------------------------------------------------------------


def hostile(profile_id: str) -> dict[str, Any]:
    """A register with a row for each text, in every field that officers type in."""
    profile = profiles.load(profile_id)
    texts = (*PAYLOADS, *TEMPTING)
    entries = [
        [{c.field: text for c in t.columns if c.entered} for text in texts] for t in profile.tables
    ]
    about = {
        name: PAYLOADS[place]
        for place, name in enumerate(
            ("organisation", "title", "period", "as_at", "introduction", "source")
        )
    }
    document: dict[str, Any] = {
        "profile": profile_id,
        "about": {**about, "notes": list(texts)},
        "risks": entries[0],
    }
    return document | ({"actions": entries[1]} if profile.actions else {})


HOSTILE = ("strategic-weighted-5x5", "council-5x5")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of hostile registers, and of a file by which the test knows that it sees."""
    folder = tmp_path_factory.mktemp("attacked")
    for name in HOSTILE:
        book, _ = made(profiles.load(name), hostile(name))
        (folder / f"{name}.xlsx").write_bytes(book.data)
        for form in ("xlsx", "csv"):
            run("export", folder / f"{name}.xlsx", folder, "--to", form, "--as-at", "2021-10-31")
    return folder


def test_the_list_of_payloads_is_long_enough() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_every_text_of_a_workbook_comes_back(name: str, attacked: Path) -> None:
    from riskbook.edge.filebook import FileBook

    book = FileBook.open(attacked / f"{name} values.xlsx")
    grid = book.read(["risks"])["risks"]
    place = [cell.text for cell in grid.rows[0]].index("title")
    assert [row[place].text for row in grid.rows[1:]] == [*PAYLOADS, *TEMPTING]
    notes = [row[1].text for row in book.read(["about"])["about"].rows if row[0].text == "note"]
    assert notes == [*PAYLOADS, *TEMPTING]


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
UTF_8 = "--infilter=CSV:44,34,76,1"  # comma, double quote, UTF-8, from the first line on


def opened(paths: Sequence[Path], folder: Path, *options: str) -> dict[str, ElementTree.Element]:
    """Each file as LibreOffice holds it, by name."""
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [*options, "--convert-to", "fods", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.name: ElementTree.parse(folder / f"{path.stem}.fods").getroot() for path in paths}


def alive(root: ElementTree.Element) -> list[str]:
    """Every formula and every link in a document."""
    formulas = [cell.get(f"{TABLE}formula", "") for cell in root.iter(f"{TABLE}table-cell")]
    links = [link.get(f"{XLINK}href", "") for link in root.iter() if link.get(f"{XLINK}href")]
    anchors = [link for link in links if "openoffice.org" not in link]
    named = [
        each.tag
        for part in ("named-range", "named-expression", "database-range", "dde-link")
        for each in root.iter(f"{TABLE}{part}")
    ]
    return [*filter(None, formulas), *anchors, *named]


def cells(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """(type, text) of each filled cell."""
    for cell in root.iter(f"{TABLE}table-cell"):
        if kind := cell.get(f"{OFFICE}value-type"):
            text = "\n".join("".join(p.itertext()) for p in cell.findall(f"{WORDS}p"))
            for _ in range(int(cell.get(f"{TABLE}number-columns-repeated", 1))):
                yield kind, text


@pytest.mark.office
@NEEDED
def test_libreoffice_finds_no_formula_and_no_link_in_a_workbook(
    attacked: Path, tmp_path: Path
) -> None:
    import xlsxwriter

    naive = tmp_path / "naive.xlsx"
    with xlsxwriter.Workbook(naive) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(("=1+1", "http://example.org")):
            sheet.write(row, 0, text)
    paths = [naive, *(attacked / f"{name} values.xlsx" for name in HOSTILE)]
    found = opened(paths, tmp_path)
    assert alive(found.pop("naive.xlsx")) == ["of:=1+1", "http://example.org"]
    assert len(found) == 2
    for root in found.values():
        assert alive(root) == []
        seen = dict(reversed([pair[::-1] for pair in cells(root)]))
        for text in ("=1+1", "-5", "007", "1e5", "2021-10-31", "TRUE", "40%", "'=1+1"):
            assert seen[text] == "string"


@pytest.mark.office
@NEEDED
def test_libreoffice_finds_no_formula_in_a_csv_file(attacked: Path, tmp_path: Path) -> None:
    naive = tmp_path / "naive.csv"
    naive.write_text('a,b\r\n=1+1,"=SUM(1,2)"\r\n', encoding="utf-8")
    paths = sorted(attacked.glob("*.csv"))
    assert len(paths) == 13
    found = opened([naive, *paths], tmp_path, UTF_8)
    assert alive(found.pop("naive.csv")) == ["of:=1+1", "of:=SUM(1;2)"]
    for name, root in found.items():
        assert alive(root) == [], name
    texts = [text for _, text in cells(found["council-5x5 risks.csv"])]
    assert texts.count("'=1+1") >= 10  # one in each column of texts


@pytest.mark.office
@NEEDED
def test_libreoffice_sees_numbers_as_numbers(place: Path, tmp_path: Path) -> None:
    book = place / "invented values.xlsx"
    tables = place / "invented risks.csv"
    found = {**opened([book], tmp_path), **opened([tables], tmp_path, UTF_8)}
    for root in found.values():
        pairs = list(cells(root))
        assert ("float", "-5") in pairs
        assert ("float", "-2.5") in pairs
        assert ("float", "0.333") in pairs
        assert not any(kind != "string" and text.startswith(("'", "=")) for kind, text in pairs)


# --- JSON --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_comes_back_from_json_with_its_controls(name: str, place: Path) -> None:
    exported = place / f"{name}.json"
    document = registers.load(str(exported))  # it follows register.schema.json
    assert document["controls"]["totals"]
    again = place / f"{name} again.xlsx"
    run("new", document["profile"], again, "--data", exported)
    assert again.read_bytes() == (place / f"{name}.xlsx").read_bytes()
