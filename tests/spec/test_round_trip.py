"""What goes into a workbook comes out of it: the same spec on every kind of book.

::

    register document -> workbook, grids in memory, files of the command -> the same document

The three samples come back byte for byte.  Invented councils come back too, and their
scores are what a few lines of arithmetic in this file make them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from riskbook import app
from riskbook.cli import cli
from riskbook.core.profile import Profile, build
from riskbook.edge import gate
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.xlsx.styles import style_ids
from riskbook.errors import RegisterError
from tests.spec.invented import AWKWARD, Council, councils
from tests.support import JUDGE, ROOT, MemoryBook, sample

SAMPLES = ROOT / "riskbook" / "samples"
AS_AT = date(2021, 10, 31)
Json = dict[str, Any]
Book = Callable[[Profile, Mapping[str, Any]], app.Book]


def in_memory(profile: Profile, document: Mapping[str, Any]) -> app.Book:
    return MemoryBook.of(profile, document)


def in_a_workbook(profile: Profile, document: Mapping[str, Any]) -> app.Book:
    """A workbook that is made, admitted at the door, and opened anew."""
    book, _ = made(profile, document)
    gate.admit(book.data, "invented.xlsx")
    return FileBook(book.data, "invented.xlsx")


BOOKS = pytest.mark.parametrize("book", [in_memory, in_a_workbook])


def test_a_text_that_looks_like_a_formula_stays_one_when_its_cell_is_edited() -> None:
    document = {"risks": [{"ref": "=1+1", "gross_likelihood": "=1+1", "gross_impact": 4}]}
    book, _ = made(profiles.load("council-5x5"), {**document, "profile": "council-5x5"})
    (grid,) = FileBook(book.data, "Register.xlsx").read(["Risks"]).values()
    found = {(cell.format, cell.quoted) for row in grid.rows for cell in row if cell.text == "=1+1"}
    assert found == {("@", False), ("0", True)}  # kept by its format, or by its quotePrefix


def document_of(book: app.Book, profile: Profile) -> Json:
    return app.check(book, profile, AS_AT, JUDGE).document()


def without(document: Mapping[str, Any], *keys: str) -> Json:
    return {key: value for key, value in document.items() if key not in keys}


# --- the samples -------------------------------------------------------------------------


@BOOKS
@pytest.mark.parametrize("name", registers.samples())
def test_a_sample_comes_back_byte_for_byte(name: str, book: Book) -> None:
    sample = registers.load(name)
    profile = profiles.load(sample["profile"])
    found = app.check(book(profile, sample), profile, None, JUDGE).document()
    text = registers.dump(without(found, "findings"))
    assert text == (SAMPLES / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", registers.samples())
def test_a_sample_comes_back_through_the_command_line(name: str, tmp_path: Path) -> None:
    workbook, profile = tmp_path / "Register.xlsx", registers.load(name)["profile"]
    assert run("new", profile, workbook, "--data", name) == 0
    assert run("export", workbook, tmp_path, "--to", "json") == 0
    exported = registers.load(str(tmp_path / "Register.json"))
    assert exported["findings"]
    text = registers.dump(without(exported, "findings", "controls"))
    assert text.encode() == (SAMPLES / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", registers.samples())
def test_an_export_makes_the_same_workbook_again(name: str, tmp_path: Path) -> None:
    first, second = tmp_path / "Register.xlsx", tmp_path / "Again.xlsx"
    profile = registers.load(name)["profile"]
    assert run("new", profile, first, "--data", name) == 0
    assert run("export", first, tmp_path, "--to", "json") == 0
    assert run("new", profile, second, "--data", tmp_path / "Register.json") == 0
    assert first.read_bytes() == second.read_bytes()


def run(*args: object) -> int:
    return CliRunner().invoke(cli, [str(arg) for arg in args]).exit_code


# --- invented councils -------------------------------------------------------------------

INVENTED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(councils())
@INVENTED
def test_an_invented_council_comes_back(council: Council) -> None:
    profile = build(council.profile)
    found = document_of(in_a_workbook(profile, council.register), profile)
    assert entries(found) == council.register
    assert [list(risk) for risk in entries(found)["risks"]] == [
        list(risk) for risk in council.register["risks"]
    ]
    assert scores(found) == scores_by_hand(council)
    # the codes of what only a changed template, or a mistake of riskbook's own, brings about
    never = {"RB104", "RB105", "RB106", "RB110", "RB304", "RB305", "RB306", "RB308", "RB901"}
    assert never.isdisjoint(finding["code"] for finding in found["findings"])
    assert document_of(in_memory(profile, council.register), profile) == found
    again = document_of(in_a_workbook(profile, without(found, "findings")), profile)
    assert registers.dump(again) == registers.dump(found)


def entries(document: Mapping[str, Any]) -> Json:
    """A document with what was typed alone."""
    risks = [without(risk, "scores") for risk in document["risks"]]
    return without(document, "overall", "findings") | {"risks": risks}


def scores(document: Mapping[str, Any]) -> Json:
    """A document with what was worked out alone."""
    found = [risk.get("scores", {}) for risk in document["risks"]]
    return {"risks": found, "overall": document.get("overall", {})}


def scores_by_hand(council: Council) -> Json:
    """The rules of the profile's documentation, told once more and without riskbook."""
    risks: list[Json] = []
    for meant in council.levels:
        scored = {}
        for stage in council.profile["stages"]:
            likelihood, impact = (meant.get(f"{stage}_{a}") for a in ("likelihood", "impact"))
            if likelihood and impact:
                points, band = cell(council.profile, likelihood, impact)
                scored[stage] = {
                    "likelihood": likelihood,
                    "impact": impact,
                    "points": points,
                    "band": band,
                }
        risks.append(scored)
    fields = [column["field"] for column in council.profile["risks"]["columns"]]
    return {"risks": risks, "overall": overalls(council, risks) if "weight" in fields else {}}


def cell(profile: Mapping[str, Any], likelihood: int, impact: int) -> tuple[int | float, str]:
    """The points of a rating and the word of its band."""
    matrix = profile["matrix"]
    if matrix["rule"] == "product":
        points = likelihood * impact
    elif matrix["rule"] == "sum":
        points = likelihood + impact
    else:
        points = matrix["points"][impact - 1][likelihood - 1]
    if matrix["rule"] == "painted":
        key = matrix["bands"][impact - 1][likelihood - 1]
        return points, next(b["label"] for b in profile["bands"] if b["key"] == key)
    return points, ceiling(profile, points)


def ceiling(profile: Mapping[str, Any], points: int | float) -> str:
    """The first band that reaches as high; above the last one, the last one."""
    reached: list[str] = [band["label"] for band in profile["bands"] if points <= band["most"]]
    return reached[0] if reached else str(profile["bands"][-1]["label"])


def overalls(council: Council, risks: list[Json]) -> Json:
    """Weight x points, summed over the rows with one reference."""
    places: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for place, risk in enumerate(council.register["risks"]):
        spaced = re.sub(r"[ \u00a0\t\r\n]+", " ", str(risk.get("ref", "")))
        if ref := spaced.strip(" "):
            places.setdefault(ref.upper(), []).append(place)
            names.setdefault(ref.upper(), ref)
    found: Json = {}
    for name, rows in places.items():
        shares = [council.weights[row] for row in rows]
        total = sum((share or Fraction(0) for share in shares), Fraction(0))
        tolerance = Fraction(str(council.profile["weights"]["tolerance"])) / 100
        found[names[name]] = {}
        for stage in council.profile["stages"]:
            scored = [risks[row].get(stage) for row in rows]
            if abs(total - 1) <= tolerance and all(scored) and None not in shares:
                points = Fraction(0)
                for share, score in zip(shares, scored, strict=True):
                    if share and score:
                        points += share * Fraction(str(score["points"]))
                whole = floor(points * 10**6 + Fraction(1, 2))  # half up, to six places
                shown = whole / 10**6 if whole % 10**6 else whole // 10**6
                word = ceiling(council.profile, shown)
                found[names[name]][stage] = {"points": shown, "band": word}
    return found


# --- what invented councils once brought to light ----------------------------------------


@BOOKS
def test_awkward_texts_come_back(book: Book) -> None:
    document = sample("dacorum-2021")
    document["risks"] = [{"ref": text, "title": text, "controls": text} for text in AWKWARD]
    document["about"] |= {"title": AWKWARD[0], "notes": list(AWKWARD)}
    profile = profiles.load(document["profile"])
    found = document_of(book(profile, document), profile)
    assert entries(found) == entries(document)


WEIGHTS = (  # as JSON has it, and as it comes back
    (0.4, "40%"),  # the cell of a weight shows percentages
    ("40.0%", "40%"),
    *((text, text) for text in ("0.4", "40", "40 %", "\u0664\u0660%", "1_0%", "1e1%")),
    *((text, text) for text in ("nan%", "Infinity%")),
)


@BOOKS
def test_a_weight_comes_back(book: Book) -> None:
    document = sample("blackpool-2021")
    document["risks"] = [{"ref": "1", "weight": weight} for weight, _ in WEIGHTS]
    profile = profiles.load(document["profile"])
    found = document_of(book(profile, document), profile)
    assert [risk["weight"] for risk in found["risks"]] == [back for _, back in WEIGHTS]


def test_every_style_is_there_when_bands_have_one_colour() -> None:
    document = profiles.document("operational-4x4")
    for band in document["bands"]:
        band |= {"fill": "#ffffff", "ink": "#000000"}
    profile = build(document)
    book, outcome = made(profile, sample("dacorum-2021"))
    named = {cell.style for page in outcome.pages for row in page.rows for cell in row.cells}
    assert style_ids(book.package.part("xl/styles.xml"), named).missing == ()


@BOOKS
def test_a_stage_without_columns_is_not_scored(book: Book) -> None:
    shipped = profiles.document("operational-4x4")
    profile = build({**shipped, "stages": ["gross", "nett", "target"]})
    document = sample("dacorum-2021")
    assert entries(document_of(book(profile, document), profile)) == entries(document)


@BOOKS
def test_rows_without_a_reference_have_scores_and_no_overall(book: Book) -> None:
    document = sample("blackpool-2021")
    for risk in document["risks"]:
        del risk["ref"]
    profile = profiles.load(document["profile"])
    found = document_of(book(profile, document), profile)
    assert "overall" not in found
    assert found["risks"][0]["scores"]["gross"]["points"] == 25
    refs = [finding["cell"] for finding in found["findings"] if finding["code"] == "RB102"]
    assert refs == ["A5", "A6", "A7", "A8"]


@pytest.mark.parametrize("text", ["x" * 32_768, "\U0001f600" * 16_384])
@pytest.mark.parametrize("where", ["entry", "about", "note"])
def test_a_text_that_no_cell_holds_is_refused_and_not_lost(where: str, text: str) -> None:
    document = sample("dacorum-2021")
    match where:
        case "entry":
            document["risks"][7]["controls"] = text
            place = "record 8"
        case "about":
            document["about"]["introduction"] = text
            place = "About"
        case _:
            document["about"]["notes"].append(text)
            place = "About"
    with pytest.raises(RegisterError, match=rf"{place}: a text has more than 32,767 characters"):
        made(profiles.load(document["profile"]), document)


@pytest.mark.parametrize("number", [1234567890123456, -(10**400)])
def test_a_number_that_no_cell_keeps_is_refused_and_not_changed(number: int) -> None:
    document = sample("dacorum-2021")
    document["risks"][1]["title"] = number
    with pytest.raises(RegisterError, match="record 2: the number under title has more digits"):
        made(profiles.load(document["profile"]), document)


def test_the_longest_text_comes_back() -> None:
    document = sample("dacorum-2021")
    document["risks"][0]["controls"] = "\U0001f600" * 16_383 + "x"
    profile = profiles.load(document["profile"])
    found = document_of(in_a_workbook(profile, document), profile)
    assert entries(found) == entries(document)
