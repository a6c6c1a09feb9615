"""The public edition, whole: what is withheld is in no export, whoever looks for it.

The finished files are searched here by other means than riskbook's own leak check: parts
are unpacked and their tags cut out, PDFs are read by poppler and their streams inflated.
"""

import csv
import html
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.profile import Column, Profile, Table, build
from riskbook.edge import accessible, exporting, paper
from riskbook.edge.documents import profiles
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.edge.making import made
from riskbook.errors import LeakError
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document
from tests.spec.outputs import impolite
from tests.spec.test_cli import assert_polite, everything, run
from tests.support import JUDGE, MemoryBook, sample

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on PATH")
FORMS = ("xlsx", "csv", "json", "accessible", "pdf", "docx")
Json = dict[str, Any]


# --- files as a stranger reads them ------------------------------------------------------


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def unpacked(name: str, data: bytes) -> Iterator[str]:
    """Everything in a file that might be a text, its letters run together."""
    yield letters(data.decode("utf-8", "ignore"))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                part = package.read(info).decode("utf-8", "ignore")
                yield letters(info.filename)
                yield letters(html.unescape(re.sub(r"<[^>]*>", "", part)))
                yield from (
                    letters(html.unescape(value)) for value in re.findall('"([^"]*)"', part)
                )
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                plain = zlib.decompressobj().decompress(stream)
            except zlib.error:
                plain = stream
            yield letters(plain.decode("utf-8", "ignore"))
            yield letters(plain.decode("utf-16-be", "ignore"))
            yield letters(plain[1:].decode("utf-16-be", "ignore"))
        command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
        shown = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
        yield letters(shown.stdout.decode())


def written(outcome: Outcome, folder: Path) -> dict[str, bytes]:
    """Every export and report of an outcome, by the file's name."""
    for form in ("xlsx", "csv", "json"):
        exporting.export_register(outcome, "Register", folder, form)
    accessible.write(outcome, "Register", folder)
    for form in paper.FORMS:
        paper.write_report(outcome, "Register", folder, form, overwrite=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def leaked(files: Mapping[str, bytes], tokens: set[str]) -> set[tuple[str, str]]:
    return {
        (name, token)
        for name, data in files.items()
        for text in unpacked(name, data)
        for token in tokens
        if token in text
    }


# --- invented marks ----------------------------------------------------------------------


class Planter:
    """Puts a word of its own into each withheld entry of a register."""

    def __init__(self, draw: st.DrawFn, register: Document) -> None:
        self.draw = draw
        self.document: Json = deepcopy(dict(register))
        self.profile = profiles.load(register["profile"])
        self.tokens: set[str] = set()

    def token(self) -> str:
        """A word that no font, language or council knows."""
        letter = st.text("bcdfghjkqvwxz", min_size=14, max_size=14)
        found = self.draw(letter.filter(lambda text: text not in self.tokens))
        self.tokens.add(found)
        return found

    def plant(self, row: Json, column: Column) -> None:
        """Type a token into an entry, in one of the ways in which texts are typed."""
        token = self.token()
        half = f"{token[:7]}{self.draw(st.sampled_from(['', ' ', chr(10), chr(0xAD)]))}{token[7:]}"
        row[column.field] = self.draw(
            st.sampled_from([half, f"As {half}, so it is.", f"- a\n- {half}\n- c", f"={half}"])
        )
        if column.kind in ("ref", "people", "list", "level", "weight", "number", "date"):
            row[column.field] = token

    def row(self, row: Json, table: Table) -> None:
        """Mark a row in one way or another and plant what the mark withholds."""
        how = self.draw(st.sampled_from(["public", "whole", "strange", "fields"]))
        entered = [c for c in table.columns if c.entered and not c.field.startswith("exempt")]
        if how == "public":
            return
        row["exempt_reason"] = self.draw(st.sampled_from(["Paragraph 3", "Paragraph 7.", ""]))
        if how == "fields":
            free = [c for c in entered if c.kind not in ("ref", "level", "weight")]
            chosen = self.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
            row["exempt"] = "; ".join(column.heading for column in chosen)
            for column in chosen:
                self.plant(row, column)
            return
        words = ["Whole row", "yes", "ALL"] if how == "whole" else ["Updat", "No", "?", "Ref"]
        row["exempt"] = self.draw(st.sampled_from(words))
        before = row.get("sub_ref", row["ref"])
        for column in entered:
            if column.field not in ("ref", "risk") or self.draw(st.booleans()):
                self.plant(row, column)
        self.renamed(before, row)

    def renamed(self, before: str, row: Json) -> None:
        """The actions of a risk follow its reference."""
        for action in self.document.get("actions", ()):
            if action.get("risk") == before and action is not row:
                action["risk"] = row.get("sub_ref", row["ref"])
                action["text"] = f"Do {self.token()}"


@st.composite
def registers(draw: st.DrawFn) -> tuple[Profile, Json, set[str]]:
    planter = Planter(draw, draw(st.sampled_from([COUNCIL, WEIGHTED, SIGNED])))
    document, profile = planter.document, planter.profile
    for action in document.get("actions", ()):
        assert profile.actions
        planter.row(action, profile.actions)
    for risk in document["risks"]:
        planter.row(risk, profile.risks)
    document["about"]["notes"] = [f"Mind {planter.token()}."]
    return profile, document, planter.tokens


def public(profile: Profile, document: Document) -> Outcome:
    return app.public(app.check(MemoryBook.of(profile, document), profile, None, JUDGE))


@POPPLER
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(registers())
def test_what_is_withheld_is_in_no_export(
    tmp_path_factory: pytest.TempPathFactory, made_up: tuple[Profile, Json, set[str]]
) -> None:
    profile, document, tokens = made_up
    outcome = public(profile, document)

    files = written(outcome, tmp_path_factory.mktemp("public"))

    assert len(files) >= 9
    assert leaked(files, tokens) == set()
    assert problems(json.loads(files["Register.json"]), REGISTER) == []
    assert outcome.withheld.encode() in files["Register about.csv"].replace(b'""', b'"')


@POPPLER
@pytest.mark.parametrize("name", ["dacorum-2017", "dacorum-2021", "blackpool-2021"])
def test_a_stranger_would_find_the_words_in_the_full_edition(name: str, tmp_path: Path) -> None:
    """What looks for the words here is not blind: the full edition holds every one of them."""
    document = sample(name)
    document["risks"][0] |= {"title": "Qvxzjkwbghdfcq of the depot", "exempt": "Yes"}
    document["risks"][0] |= {"exempt_reason": "Paragraph 3"}
    profile = profiles.load(document["profile"])
    full = app.check(MemoryBook.of(profile, document), profile, None, JUDGE)

    found = leaked(written(full, tmp_path), {"qvxzjkwbghdfcq"})

    holding = {file for file, _ in found}
    assert {f"Register {part}" for part in ("report.pdf", "report.docx", "values.xlsx")} <= holding
    assert {"Register.json", "Register risks.csv", "Register accessible.xlsx"} <= holding


@POPPLER
def test_a_field_that_the_profile_never_publishes_is_in_no_export(tmp_path: Path) -> None:
    document = deepcopy(dict(COUNCIL))
    for number, risk in enumerate(document["risks"]):
        risk["owner"] = f"Jane Qvxzjkwbgh{'ab'[number]}"
    exempt = [{"sheet": "risks", "field": "owner", "reason": "Paragraph 1"}]
    profile = build({**profiles.document("council-5x5"), "exempt": exempt})

    outcome = public(profile, document)
    assert outcome.withheld == "2 fields are withheld: Paragraph 1 (2)."
    assert leaked(written(outcome, tmp_path), {"qvxzjkwbgh"}) == set()


# --- everything else in the officer's workbook --------------------------------------------

PLACES = ("cell", "column", "note", "comment", "sheet", "name", "property", "header", "list", "tip")


def crowded(path: Path) -> dict[str, str]:
    """A workbook with a word in every kind of place; the words by place."""
    tokens = {place: f"qvxz{place}jkwbghd" for place in PLACES}
    document = deepcopy(dict(COUNCIL))
    document["risks"][0] |= {"exempt": "Update", "exempt_reason": "Paragraph 3"}
    document["risks"][0]["update"] = f"Of {tokens['cell']} nothing is known."
    document["about"]["notes"] = [f"Mind {tokens['note']}."]
    path.write_bytes(made(profiles.load("council-5x5"), document)[0].data)
    book = openpyxl.load_workbook(path)
    risks = book["Risks"]
    risks["AC4"], risks["AC5"] = "Jottings", tokens["column"]
    risks["B6"].comment = Comment(tokens["comment"], tokens["comment"])
    risks.oddHeader.left.text = tokens["header"]
    rule = DataValidation(type="custom", formula1="TRUE", prompt=tokens["tip"], promptTitle="t")
    rule.add("AC6")
    risks.add_data_validation(rule)
    hidden = book.create_sheet(tokens["sheet"][:31])
    hidden["A1"], hidden.sheet_state = tokens["sheet"], "veryHidden"
    book.defined_names[tokens["name"]] = DefinedName(tokens["name"], attr_text="Risks!$A$1")
    book.properties.title = book.properties.creator = tokens["property"]
    book["Lists"].cell(90, 1, tokens["list"])
    book.save(path)
    return tokens


@POPPLER
def test_nothing_of_the_workbook_but_its_published_entries_leaves_it(tmp_path: Path) -> None:
    tokens = crowded(tmp_path / "Register.xlsx")
    out = tmp_path / "out"
    for form in ("xlsx", "csv", "json", "accessible"):
        found = run("export", tmp_path / "Register.xlsx", out, "--to", form, "--edition", "public")
        assert "1 field is withheld: Paragraph 3 (1)." in found.output
    for ending in ("pdf", "docx"):
        made_ = run(
            *("report", tmp_path / "Register.xlsx", out / f"Report.{ending}"),
            *("--edition", "public"),
        )
        assert made_.exit_code == 0, made_.output

    files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(files) >= 11
    assert leaked(files, set(tokens.values())) == set()


# --- the commands ------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a register whose published entry says what is withheld."""
    document = deepcopy(dict(COUNCIL))
    document["risks"][0] |= {"exempt": "Whole row", "exempt_reason": "Paragraph 3"}
    for name, update in (("Leaky", "Worse since the FLOODING  of the depot."), ("Clean", "Fine.")):
        document["risks"][1]["update"] = update
        data = made(profiles.load("council-5x5"), document)[0].data
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
def test_a_leak_leaves_no_file_and_names_the_entry(form: str, place: Path) -> None:
    report = ("report", "Leaky.xlsx", f"Report.{form}", "--edition", "public")
    export = ("export", "Leaky.xlsx", "out", "--to", form, "--edition", "public")

    sentence, fix = impolite(place, *(report if form in ("pdf", "docx") else export))

    assert sentence == (
        "The public edition would say 'Flooding of the depot', which is withheld (Risk of R1, "
        "Risks!B5): it stands in Update of R2 (Risks!W6), which is published."
    )
    assert fix.strip() == (
        "reword Update of R2, or mark it as exempt too; `riskbook check` lists every such entry "
        "as RB605."
    )


def test_an_older_file_stays_when_the_new_one_would_leak(place: Path) -> None:
    run("export", "Clean.xlsx", "out", "--to", "json", "--edition", "public")
    (place / "Clean.xlsx").write_bytes((place / "Leaky.xlsx").read_bytes())

    impolite(place, "export", "Clean.xlsx", "out", "--to", "json", "--edition", "public")


def test_the_check_names_the_entry_before_anybody_publishes(place: Path) -> None:
    found = run("check", "Leaky.xlsx")

    assert [line.split("  [")[0] for line in found.stdout.splitlines() if "RB6" in line] == [
        "Risks!W6: RB605 warning: Update of R2 is published and says 'Flooding of the depot', "
        "which is withheld (Risk of R1, Risks!B5)."
    ]


def test_the_full_edition_says_everything(place: Path) -> None:
    for options in ((), ("--edition", "full")):
        assert run("export", "Leaky.xlsx", "out", "--to", "json", *options).exit_code == 0
        written_ = json.loads((place / "out" / "Leaky.json").read_text(encoding="utf-8"))
        assert [risk["ref"] for risk in written_["risks"]] == ["R1", "R2"]


def test_a_public_file_says_so_in_its_name_and_on_the_screen(place: Path) -> None:
    told = "1 risk and 2 actions are withheld: Paragraph 3 (3)."

    exported = run("export", "Clean.xlsx", "out", "--to", "csv", "--edition", "public")
    reported = run("report", "Clean.xlsx", "--edition", "public")
    as_json = run("report", "Clean.xlsx", "again.pdf", "--edition", "public", "--json")

    assert exported.stderr.strip() == told
    assert all("Clean public " in line for line in exported.stdout.splitlines())
    assert "Clean public report.pdf" in reported.stdout.splitlines()[0]
    assert reported.stdout.splitlines()[1] == told
    assert json.loads(as_json.stdout)["withheld"] == told
    with (place / "out" / "Clean public risks.csv").open(encoding="utf-8", newline="") as file:
        assert [line["ref"] for line in csv.DictReader(file)] == ["R2"]


def test_a_secret_in_the_name_of_the_file_is_a_leak_too(place: Path) -> None:
    (place / "Clean.xlsx").rename(place / "Flooding-of-the-depot.xlsx")
    options = ("--to", "json", "--edition", "public")

    sentence, fix = impolite(place, "export", "Flooding-of-the-depot.xlsx", "out", *options)

    assert sentence == (
        "Flooding-of-the-depot public.json would hold 'Flooding of the depot', which is withheld "
        "(Risk of R1, Risks!B5): it stands in its name."
    )
    assert fix.strip() == "reword what is published there, or mark it as exempt too."


def test_an_edition_that_there_is_not_is_refused(place: Path) -> None:
    before = everything(place)
    found = run("report", "Clean.xlsx", "--edition", "secret")

    assert found.exit_code == 2
    assert "'secret' is not one of 'full', 'public'" in found.stderr
    assert everything(place) == before


def test_a_column_of_marks_that_is_not_read_stops_every_export(place: Path) -> None:
    book = openpyxl.load_workbook(place / "Clean.xlsx")
    book["Risks"]["AC4"] = "Exempt (Part 2)"
    book.save(place / "Clean.xlsx")
    before = everything(place)

    found = run("export", "Clean.xlsx", "out", "--to", "json", "--edition", "public")

    assert_polite(
        found,
        "Risks!AC4: the heading 'Exempt (Part 2)' is not read, so nobody knows what is exempt",
        "give the columns of the marks the headings that the profile has for them",
    )
    assert everything(place) == before


@pytest.mark.parametrize(("version", "published"), [("1.0", True), ("1.1", False)])
def test_a_workbook_without_the_columns_of_marks_is_published_where_it_never_had_them(
    version: str, published: bool, place: Path
) -> None:
    book = openpyxl.load_workbook(place / "Clean.xlsx")
    labels = {row[0].value: row[1] for row in book["About"].iter_rows(min_row=4, max_row=14)}
    labels["Profile version"].value = version
    for sheet, columns in (("Risks", "AA4 AB4"), ("Actions", "K4 L4")):
        for cell in columns.split():
            book[sheet][cell] = None
    book["Risks"]["AA5"] = book["Risks"]["AB5"] = None
    book.save(place / "Clean.xlsx")

    found = run("export", "Clean.xlsx", "out", "--to", "json", "--edition", "public")

    assert ("Nothing is withheld." in found.stderr) == published
    assert ("no column is headed 'Exempt From Publication' any more" in found.stderr) != published
    assert (place / "out").exists() == published


def test_what_only_the_finished_file_would_leak_is_refused_too(tmp_path: Path) -> None:
    """The check is of the finished bytes: here the edition itself was made badly."""
    document = deepcopy(dict(COUNCIL))
    document["risks"][0] |= {"exempt": "Whole row", "exempt_reason": "Paragraph 3"}
    profile = profiles.load("council-5x5")
    full = app.check(MemoryBook.of(profile, document), profile, None, JUDGE)
    hidden = app.public(full).hidden
    from dataclasses import replace

    bad = replace(full, hidden=hidden)
    assert hidden is not None
    assert hidden.mentions == ()
    for form in ("xlsx", "csv", "json"):
        with pytest.raises(LeakError, match="would hold") as refused:
            exporting.export_register(bad, "Register", tmp_path / "out", form)
        assert "which is withheld" in refused.value.what
    with pytest.raises(LeakError, match="it stands in the file, page 1"):
        paper.write_report(bad, "Register", tmp_path, "pdf")
    with pytest.raises(LeakError, match="it stands in the file, its text"):
        paper.write_report(bad, "Register", tmp_path, "docx")
    with pytest.raises(LeakError, match="would hold"):
        accessible.write(bad, "Register", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
