"""`riskbook snapshot`: a period is sealed once, and whoever changes a seal is named."""

import hashlib
import json
from pathlib import Path

import pytest

from riskbook.edge.documents import registers
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.edge.filebook import FileBook
from tests.spec.outputs import NAMES, impolite, refused
from tests.spec.test_cli import BAD, everything, run, spawned
from tests.support import sample

FOLDER = "riskbook snapshots"
FILES = {
    "blackpool-2021": "blackpool-2021 2021-22 Q2.json",
    "dacorum-2017": "dacorum-2017 Q1 2017-18.json",
    "dacorum-2021": "dacorum-2021 Jun-2021.json",
}


@pytest.fixture
def sealed(place: Path) -> Path:
    """A place where each sample is sealed."""
    for name in NAMES:
        assert run("snapshot", f"{name}.xlsx").exit_code == 0
    return place


def test_the_samples_are_sealed_beside_their_workbooks(sealed: Path) -> None:
    assert {path.name for path in (sealed / FOLDER).iterdir()} == set(FILES.values())
    for name, file in FILES.items():
        document = registers.load(str(sealed / FOLDER / file))
        assert problems(document, REGISTER) == []
        workbook = (sealed / f"{name}.xlsx").read_bytes()
        assert document["seal"]["workbook_sha256"] == hashlib.sha256(workbook).hexdigest()
        wanted = [{k: v for k, v in row.items() if k != "scores"} for row in sample(name)["risks"]]
        rows = [{k: v for k, v in row.items() if k != "scores"} for row in document["risks"]]
        assert rows == wanted


def test_the_overall_of_blackpool_is_sealed(sealed: Path) -> None:
    document = registers.load(str(sealed / FOLDER / FILES["blackpool-2021"]))

    assert document["overall"]["2"]["nett"]["points"] == 18.5
    assert document["overall"]["2"]["gross"]["points"] == 25


def test_what_was_sealed_is_said_with_the_seal_to_keep(place: Path) -> None:
    found = run("snapshot", "dacorum-2021.xlsx")

    seal = json.loads((place / FOLDER / FILES["dacorum-2021"]).read_bytes())["seal"]["sha256"]
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == (
        f"Sealed {FOLDER}/dacorum-2021 Jun-2021.json: 8 risks; 0 errors, 4 warnings, 2 notes. "
        f"Seal {seal[:12]}.\n"
    )


def test_sealing_twice_is_sealing_once(sealed: Path) -> None:
    before = everything(sealed)

    found = run("snapshot", "dacorum-2021.xlsx")

    assert found.exit_code == 0
    assert "is sealed already: nothing had changed. Seal " in found.stdout
    assert everything(sealed) == before


def test_a_refresh_does_not_change_what_is_sealed(sealed: Path) -> None:
    assert run("refresh", "dacorum-2021.xlsx").exit_code == 0

    assert "is sealed already" in run("snapshot", "dacorum-2021.xlsx").stdout


def test_every_seal_fits(sealed: Path) -> None:
    for where in (FOLDER, ".", "dacorum-2021.xlsx"):
        found = run("snapshot", "--verify", where)
        assert (found.exit_code, found.stderr) == (0, "3 snapshots: every seal fits.\n")
        assert found.stdout.count(": unchanged, seal ") == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_byte_is_named_with_its_file(name: str, sealed: Path) -> None:
    path = sealed / FOLDER / FILES[name]
    data = path.read_bytes()
    place = data.index(b'"title"') + 12
    path.write_bytes(data[:place] + b"#" + data[place + 1 :])

    found = run("snapshot", "--verify", FOLDER)

    assert found.exit_code == 1
    assert found.stderr == "3 snapshots: 1 not as sealed.\n"
    (line,) = [line for line in found.stdout.splitlines() if "unchanged" not in line]
    assert line == f"{FOLDER}/{path.name}: the register in it was changed after it was sealed."
    one = run("snapshot", "--verify", f"{FOLDER}/{path.name}")
    assert (one.exit_code, one.stdout) == (1, line + "\n")


def test_a_missing_snapshot_is_missed(sealed: Path) -> None:
    (sealed / FOLDER / FILES["dacorum-2017"]).unlink()

    found = run("snapshot", "--verify", FOLDER, "--json")

    rows = {Path(row["file"]).name: row["problem"] for row in json.loads(found.stdout)}
    assert found.exit_code == 1
    assert rows[FILES["blackpool-2021"]] == ""
    assert "the snapshot before it (seal " in rows[FILES["dacorum-2021"]]


def test_other_content_is_sealed_anew_only_when_told_so_and_the_old_is_kept(sealed: Path) -> None:
    before = (sealed / FOLDER / FILES["dacorum-2021"]).read_bytes()
    options = ("snapshot", "dacorum-2021.xlsx", "--as-at", "2021-07-31")

    sentence, fix = impolite(sealed, *options)
    assert sentence == (
        "dacorum-2021 Jun-2021.json is sealed already, and this register differs from it."
    )
    assert "--replace" in fix
    told = json.loads(run(*options, "--replace", "--json").stdout)

    assert told["new"] is True
    assert told["file"] == f"{FOLDER}/dacorum-2021 Jun-2021.json"
    assert Path(told["kept"]).read_bytes() == before
    assert Path(told["kept"]).name.startswith("dacorum-2021 Jun-2021 (replaced 20")
    assert run("snapshot", "--verify", FOLDER).exit_code == 0


def test_a_folder_of_one_s_own_is_made(place: Path) -> None:
    found = run("snapshot", "dacorum-2021.xlsx", "archive/2021")

    assert found.stdout.startswith("Sealed archive/2021/dacorum-2021 Jun-2021.json: ")
    assert run("snapshot", "--verify", "archive/2021").exit_code == 0


def test_a_snapshot_makes_a_workbook_again(sealed: Path) -> None:
    path = f"{FOLDER}/{FILES['blackpool-2021']}"

    found = run("new", "strategic-weighted-5x5", "Again.xlsx", "--data", path)

    assert found.exit_code == 0
    assert (sealed / "Again.xlsx").read_bytes() == (sealed / "blackpool-2021.xlsx").read_bytes()


def test_the_workbook_stays_as_it_is(place: Path) -> None:
    before = (place / "dacorum-2021.xlsx").read_bytes()
    assert run("snapshot", "dacorum-2021.xlsx").exit_code == 0
    assert (place / "dacorum-2021.xlsx").read_bytes() == before


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_worked_on(case: str, place: Path) -> None:
    refused("snapshot", case, place)


def test_a_register_without_a_period_is_not_sealed(place: Path) -> None:
    assert run("new", "council-5x5", "Blank.xlsx").exit_code == 0

    sentence, fix = impolite(place, "snapshot", "Blank.xlsx")
    assert sentence == "The register names no period, so a snapshot of it would have no name."
    assert fix == "type the period on the About sheet, e.g. 2021/22 Q2.\n"


def test_a_folder_that_is_a_file(place: Path) -> None:
    (place / FOLDER).write_bytes(b"")

    sentence, _ = impolite(place, "snapshot", "dacorum-2021.xlsx")
    assert sentence == f"{FOLDER} is a file, not a folder."


@pytest.mark.parametrize("where", [".", "nowhere", "dacorum-2021.xlsx"])
def test_where_there_is_nothing_to_verify(where: str, place: Path) -> None:
    _, fix = impolite(place, "snapshot", "--verify", where)
    assert "riskbook snapshot FILE" in fix


def test_in_a_process_of_its_own(place: Path) -> None:
    found = spawned("snapshot", "dacorum-2021.xlsx")

    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith(f"Sealed {FOLDER}/dacorum-2021 Jun-2021.json: 8 risks; ")


def test_the_next_quarter_says_what_changed_since_the_sealed_one(sealed: Path) -> None:
    document = sample("blackpool-2021")
    document["about"] |= {"period": "2021/22 Q3", "as_at": "2022-01-31"}
    document["risks"][0]["nett_likelihood"] = 3  # 2a was 20 and is 15
    document["actions"][6]["revised_due"] = "June 2022"  # 2c.1 was March 2022
    Path("next.json").write_text(registers.dump(document), encoding="utf-8")
    made = run("new", "strategic-weighted-5x5", "next.xlsx", "--data", "next.json")
    assert made.exit_code in (0, 1)

    refreshed = run("refresh", "next.xlsx")

    assert refreshed.exit_code in (0, 1), refreshed.output
    rows = [[cell for cell in row if cell] for row in shown("next.xlsx", "Summary")]
    at = rows.index(["What changed since 2021/22 Q2"])
    assert rows[at + 1 : at + 6] == [
        ["What", "Count", "Which"],
        ["Better", "1", "2a"],
        ["Unchanged", "3", "2b, 2c, 2d"],
        ["Actions re-dated", "1", "2c.1"],
        ["None: New; Gone; Worse."],
    ]
    once = Path("next.xlsx").read_bytes()
    assert run("refresh", "next.xlsx").exit_code == refreshed.exit_code
    assert Path("next.xlsx").read_bytes() == once


def shown(file: str, sheet: str) -> list[list[str]]:
    """The texts of a sheet, row by row."""
    grid = FileBook.open(Path(file)).read([sheet])[sheet]
    return [[cell.text for cell in cells] for _, cells in grid.lines()]
