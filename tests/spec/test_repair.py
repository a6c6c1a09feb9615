"""`riskbook repair`: a clean workbook beside the damaged one, which stays as it was."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from riskbook.edge.documents import registers
from tests.spec.outputs import impolite, refused
from tests.spec.test_cli import BAD, everything, run, spawned
from tests.support import sample

# what other commands refuse, and whether something is left behind by the repair
TOLERATED = {
    "no About": 0,
    "no Risks": 0,
    "Risks in capitals": 0,
    "no Summary": 1,
    "no heading": 0,
    "no profile": 2,
    "foreign": 2,
}


def careless(path: Path) -> None:
    """Everything that a quarter in many hands does to a workbook."""
    book = openpyxl.load_workbook(path)
    risks = book["Risks"]
    risks.insert_rows(1, 2)
    risks.insert_cols(2)
    risks["B6"], risks["B8"] = "Cost code", "C-104"
    risks["E6"] = "Risk owners"
    risks.title = "Register"
    risks.protection.sheet = False
    risks.data_validations.dataValidation = []
    del book["Checks"]
    book.save(path)


def unscored(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "scores"} for row in rows]


def test_a_careless_quarter_is_put_right(place: Path) -> None:
    careless(place / "dacorum-2021.xlsx")
    before = everything(place)

    found = run("repair", "dacorum-2021.xlsx")

    assert (found.exit_code, found.stderr) == (1, "")
    assert found.stdout == (
        "Made dacorum-2021 repaired.xlsx: 121 entries carried, 13 blocks of them moved.\n"
        "  Not carried: Register!B8 Cost code 'C-104': no column of the profile.\n"
        "  Certificate: dacorum-2021 repaired certificate.txt\n"
    )
    after = everything(place)
    for end in (".xlsx", " certificate.txt", " certificate.json"):
        assert after.pop(f"dacorum-2021 repaired{end}")
    assert after == before
    assert run("export", "dacorum-2021 repaired.xlsx", "--to", "json").exit_code == 0
    document = registers.load("dacorum-2021 repaired.json")
    assert document["about"] == sample("dacorum-2021")["about"]
    assert unscored(document["risks"]) == unscored(sample("dacorum-2021")["risks"])
    checked = run("check", "dacorum-2021 repaired.xlsx")
    assert (checked.exit_code, "RB9" in checked.stdout) == (0, False)


def test_scripts_read_the_certificate(place: Path) -> None:
    careless(place / "dacorum-2021.xlsx")

    told = json.loads(run("repair", "dacorum-2021.xlsx", "Clean.xlsx", "--json").stdout)

    assert told.pop("file") == "Clean.xlsx"
    assert told == json.loads(Path("Clean certificate.json").read_text(encoding="utf-8"))
    assert (told["old"]["file"], told["new"]["file"]) == ("dacorum-2021.xlsx", "Clean.xlsx")
    (owners,) = [row for row in told["carried"] if row["heading"] == "Risk Owner"]
    assert owners["moves"] == [{"before": "Register!E7:E14", "after": "Risks!D5:D12"}]


def test_a_clean_workbook_is_repaired_to_itself(place: Path) -> None:
    found = run("repair", "blackpool-2021.xlsx")

    assert (found.exit_code, found.stdout) == (
        0,
        "Made blackpool-2021 repaired.xlsx: 225 entries carried.\n"
        "  Certificate: blackpool-2021 repaired certificate.txt\n",
    )
    old, new = (place / f"blackpool-2021{end}.xlsx" for end in ("", " repaired"))
    assert old.read_bytes() == new.read_bytes()


@pytest.mark.parametrize("case", [case for case in BAD if case not in TOLERATED])
def test_a_bad_file_is_refused_and_nothing_is_written(case: str, place: Path) -> None:
    refused("repair", case, place)


@pytest.mark.parametrize(("case", "code"), TOLERATED.items())
def test_what_other_commands_refuse_is_repaired(case: str, code: int, place: Path) -> None:
    (place / "Register.xlsx").write_bytes((place / "dacorum-2021.xlsx").read_bytes())
    path = BAD[case][0](place)

    found = run("repair", path, "Clean.xlsx")

    assert found.exit_code == code
    if code == 2:
        assert found.stderr.startswith(
            f"riskbook: No sheet of {path.name} says which profile it was made from.\n"
            "  To fix: name it: --profile council-5x5, or whichever the register is of."
        )
    else:
        assert run("export", "Clean.xlsx", "--to", "json").exit_code == 0
        risks = registers.load("Clean.json")["risks"]
        assert unscored(risks) == unscored(sample("dacorum-2021")["risks"])


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("Clean.pdf",), "Clean.pdf does not end in .xlsx or .xlsm, so no program would open it "),
        (("dacorum-2021.xlsx", "--overwrite"), "dacorum-2021.xlsx is the damaged workbook, and a "),
        (("dacorum-2017.xlsx",), "There is a file dacorum-2017.xlsx already."),
        (("Clean.xlsx", "--profile", "none"), "There is no profile and no file called 'none'."),
        (("Clean.xlsm", "--interpreter", "x"), "'x' cannot be the program that the buttons start."),
    ],
)
def test_what_cannot_be_made(args: tuple[str, ...], sentence: str, place: Path) -> None:
    assert impolite(place, "repair", "dacorum-2021.xlsx", *args)[0].startswith(sentence)


def test_in_a_process_of_its_own(place: Path) -> None:
    found = spawned("repair", "dacorum-2021.xlsx", "Clean.xlsm")

    assert (found.returncode, found.stderr) == (0, "")
    assert (place / "Clean.xlsm").is_file()
    assert (place / "Clean certificate.txt").is_file()
