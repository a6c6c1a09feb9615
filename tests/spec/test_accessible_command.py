"""`riskbook export --to accessible` and `riskbook report --checklist`, as an officer runs them."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from riskbook.edge import accessible
from riskbook.edge.accessible.lines import Line
from tests.spec.outputs import NAMES, impolite
from tests.spec.test_cli import everything, run
from tests.support import sample

COUNT = "Accessibility: 41 of 41 lines pass; 4 are for a person to judge.\n"


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_s_accessible_edition_passes_every_line(place: Path, name: str) -> None:
    found = run("export", f"{name}.xlsx", "out", "--to", "accessible")
    assert found.exit_code == 0
    made = [
        Path("out") / f"{name} accessible.xlsx",
        Path("out") / f"{name} accessible checklist.csv",
    ]
    assert found.stdout == f"{made[0]}\n{made[1]}\n{COUNT}"
    _, *lines = rows(place / made[1])
    results = [line[3] for line in lines]
    assert (results.count("pass"), results.count("for a person"), len(results)) == (41, 4, 45)


def test_the_workbook_says_which_file_it_is_from_and_of_which_day(place: Path) -> None:
    run("export", "dacorum-2021.xlsx", "out", "--to", "accessible", "--as-at", "2021-09-30")
    book = openpyxl.load_workbook(place / "out" / "dacorum-2021 accessible.xlsx")
    lines = [str(cell.value) for (cell,) in book["Cover"].iter_rows()]
    assert "Position as at 30 September 2021." in lines
    assert any(
        line.startswith("From the file dacorum-2021.xlsx, whose SHA-256 is ") for line in lines
    )
    assert book.properties.created.date().isoformat() == "2021-09-30"


def test_exporting_again_gives_the_same_files_and_leaves_the_workbook_alone(place: Path) -> None:
    run("export", "blackpool-2021.xlsx", "out", "--to", "accessible")
    before = everything(place)
    assert run("export", "blackpool-2021.xlsx", "out", "--to", "accessible").exit_code == 0
    assert everything(place) == before


def test_a_line_that_fails_is_printed_with_its_place_and_fix_and_exits_1(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = sample("dacorum-2021")
    document["risks"][0]["owner"] = "\u2014"
    (place / "entries.json").write_text(json.dumps(document), encoding="utf-8")
    run("new", "operational-4x4", "odd.xlsx", "--data", "entries.json")
    found = run("export", "odd.xlsx", "out", "--to", "accessible")
    assert found.exit_code == 1
    assert (
        "  Formatting 5: Symbols are avoided: none stands alone in a cell or in a heading: "
        "By Risk Owner!A6 holds only '-'; Risks!D7 holds only '\u2014'  "
        "[Write the word that the symbol stands for.]\n"
        "Accessibility: 40 of 41 lines pass; 4 are for a person to judge.\n"
    ) in found.stdout


def test_a_report_with_its_checklist_beside_it(place: Path) -> None:
    found = run("report", "dacorum-2017.xlsx", "--checklist")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[1:] == [
        "dacorum-2017 report checklist.csv",
        "Accessibility: 22 of 22 lines pass; 4 are for a person to judge.",
    ]
    head, *lines = rows(place / "dacorum-2017 report checklist.csv")
    assert head[0] == "line"
    assert {line[0]: line[3] for line in lines}["13.1"] == "pass"


def test_a_report_s_checklist_as_json(place: Path) -> None:
    found = run("report", "dacorum-2021.xlsx", "June.pdf", "--checklist", "--json")
    told = json.loads(found.stdout)
    assert told["file"] == "June.pdf"
    assert told["checklist"] == {
        "file": "June checklist.csv",
        "passed": 22,
        "failed": [],
        "for_a_person": ["01.4", "04", "13.2", "14.2"],
    }


def test_a_report_that_fails_a_line_exits_1_and_says_so(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Line(
        number="11",
        wording="The document says its language",
        essential=True,
        passed=False,
        where="its language is ''",
        fix="Make the report again.",
    )
    monkeypatch.setattr(accessible, "pdf_checklist", lambda data: [wrong])
    found = run("report", "dacorum-2021.xlsx", "--checklist")
    assert found.exit_code == 1
    assert found.stdout.endswith(
        "  11: The document says its language: its language is ''  [Make the report again.]\n"
        "Accessibility: 0 of 1 lines pass.\n"
    )
    assert run("report", "dacorum-2021.xlsx", "a.pdf", "--checklist", "--json").exit_code == 1


def test_without_the_option_no_checklist_is_written(place: Path) -> None:
    run("report", "dacorum-2021.xlsx")
    assert [path.name for path in place.glob("*checklist*")] == []


@pytest.mark.parametrize("command", [("export", "--to", "accessible"), ("report", "--checklist")])
def test_what_is_no_workbook_is_refused_and_nothing_is_made(
    place: Path, command: tuple[str, ...]
) -> None:
    (place / "notes.xlsx").write_text("not a workbook", encoding="utf-8")
    sentence, _ = impolite(place, command[0], "notes.xlsx", *command[1:])
    assert sentence.startswith("notes.xlsx is ")


def test_a_folder_that_is_a_file_is_refused_politely(place: Path) -> None:
    (place / "taken").write_text("a file", encoding="utf-8")
    sentence, fix = impolite(place, "export", "dacorum-2021.xlsx", "taken", "--to", "accessible")
    assert sentence == "taken is a file, not a folder."
    assert fix.strip() == "name another folder."
