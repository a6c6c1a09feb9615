"""`riskbook new-period`: the next quarter's workbook, and the present one as it was."""

import json
from pathlib import Path

import pytest

from riskbook.edge.documents import registers
from tests.spec.outputs import impolite, refused
from tests.spec.test_cli import BAD, everything, run, spawned
from tests.support import sample

NEXT = [
    # the workbook, the next one, its period, its day, updates cleared
    ("dacorum-2021", "dacorum-2021 Sep-2021", "Sep-2021", "2021-09-30", 4),
    ("dacorum-2017", "dacorum-2017 Q2 2017-18", "Q2 2017/18", "2017-09-30", 8),
    ("blackpool-2021", "blackpool-2021 2021-22 Q3", "2021/22 Q3", "2021-12-31", 0),
]


@pytest.mark.parametrize(("name", "stem", "period", "as_at", "cleared"), NEXT)
def test_the_new_workbook_holds_every_entry_but_the_updates(
    name: str, stem: str, period: str, as_at: str, cleared: int, place: Path
) -> None:
    before = everything(place)

    found = run("new-period", f"{name}.xlsx", "--json")

    assert json.loads(found.stdout) == {
        "file": f"{stem}.xlsx",
        "period": period,
        "as_at": as_at,
        "cleared": cleared,
        "notes": [],
    }
    after = everything(place)
    assert after.pop(f"{stem}.xlsx")
    assert after == before
    assert run("export", f"{stem}.xlsx", "--to", "json").exit_code == 0
    document, old = registers.load(f"{stem}.json"), sample(name)
    assert document["about"] == {**old["about"], "period": period, "as_at": as_at}
    for new_risk, old_risk in zip(document["risks"], old["risks"], strict=True):
        assert "update" not in new_risk
        kept = {k: v for k, v in old_risk.items() if k not in ("update", "scores")}
        assert {k: v for k, v in new_risk.items() if k != "scores"} == kept
    assert document.get("actions") == old.get("actions")


def test_a_blank_update_is_found_in_the_new_quarter(place: Path) -> None:
    assert run("new-period", "dacorum-2021.xlsx").exit_code == 0

    lines = run("check", "dacorum-2021 Sep-2021.xlsx").stdout.splitlines()
    assert sum("RB501" in line for line in lines) == 8


def test_the_new_workbook_is_the_template_s_in_every_controlled_part(place: Path) -> None:
    assert run("new-period", "blackpool-2021.xlsx", "Next.xlsx").exit_code == 0

    found = run("check", "Next.xlsx")
    assert (found.exit_code, "RB901" in found.stdout) == (0, False)


def test_what_was_made_is_said(place: Path) -> None:
    found = run("new-period", "dacorum-2021.xlsx")

    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == (
        "Made dacorum-2021 Sep-2021.xlsx for Sep-2021 (as at 30 September 2021): 8 risks, "
        "4 updates cleared.\n"
    )


def test_a_year_of_quarters_one_after_the_other(place: Path) -> None:
    name = "blackpool-2021.xlsx"
    for quarter in ("2021-22 Q3", "2021-22 Q4", "2022-23 Q1", "2022-23 Q2"):
        told = json.loads(run("new-period", name, "--json").stdout)
        name = f"blackpool-2021 {quarter}.xlsx"
        assert told["file"] == name
        years = [note for note in told["notes"] if note.startswith("A new year begins")]
        assert len(years) == (quarter == "2022-23 Q1")


def test_a_period_of_other_words_is_named_by_the_officer(place: Path) -> None:
    found = run("new-period", "dacorum-2021.xlsx", "Autumn.xlsx", "--period", "Autumn 2021")

    assert found.stdout == (
        "Made Autumn.xlsx for Autumn 2021: 8 risks, 4 updates cleared.\n"
        "  Position as at is blank, because the period does not say when it ends: type it.\n"
    )
    sentence, fix = impolite(place, "new-period", "Autumn.xlsx")
    assert sentence == (
        "The period 'Autumn 2021' names no quarter of a financial year, so the next one is not "
        "known."
    )
    assert fix == 'name it: --period "2021/22 Q3".\n'


def test_a_workbook_with_buttons_is_followed_by_one(place: Path) -> None:
    new = run("new", "operational-4x4", "Live.xlsm", "--data", "dacorum-2021")
    assert new.exit_code == 0

    found = run("new-period", "Live.xlsm")

    assert found.stdout == (
        "Made Live Sep-2021.xlsm for Sep-2021 (as at 30 September 2021): 8 risks, "
        "4 updates cleared.\n"
    )
    assert "RB901" not in run("check", "Live Sep-2021.xlsm").stdout


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_worked_on(case: str, place: Path) -> None:
    refused("new-period", case, place)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("dacorum-2017.xlsx",), "There is a file dacorum-2017.xlsx already."),
        (
            ("dacorum-2021.xlsx", "--overwrite"),
            "dacorum-2021.xlsx is the present workbook, and a new period never changes it.",
        ),
        (
            ("Next.pdf",),
            "Next.pdf does not end in .xlsx or .xlsm, so no program would open it as one.",
        ),
        (
            ("nowhere/Next.xlsx",),
            "Next.xlsx could not be saved: its folder or the file is not there.",
        ),
        (("folder.xlsx",), "folder.xlsx is a folder."),
        (("Next.xlsx", "--period", "Jun-2021"), "The register is for 'Jun-2021' already."),
        (("Next.xlsm", "--interpreter", "x"), "'x' cannot be the program that the buttons start."),
    ],
)
def test_what_cannot_be_made(args: tuple[str, ...], sentence: str, place: Path) -> None:
    (place / "folder.xlsx").mkdir()

    assert impolite(place, "new-period", "dacorum-2021.xlsx", *args)[0] == sentence


def test_in_a_process_of_its_own(place: Path) -> None:
    found = spawned("new-period", "dacorum-2021.xlsx")

    assert (found.returncode, found.stderr) == (0, "")
    assert (place / "dacorum-2021 Sep-2021.xlsx").is_file()
