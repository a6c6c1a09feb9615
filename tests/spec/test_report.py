"""`riskbook report`: the PDF of each sample, read as a member of a committee reads it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.spec.outputs import NAMES, impolite, refused
from tests.spec.test_cli import BAD, run, spawned
from tests.support import sample

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on PATH")


@pytest.fixture(scope="module")
def reports(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of each sample."""
    folder = tmp_path_factory.mktemp("reports")
    found = {name: folder / f"{name}.pdf" for name in NAMES}
    for name, path in found.items():
        assert run("report", filled / f"{name}.xlsx", path).exit_code == 0
    return found


def pages(path: Path, *options: str) -> list[str]:
    command = ["pdftotext", *options, "-enc", "UTF-8", str(path), "-"]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return found.stdout.decode().split("\f")[:-1]


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def facts(path: Path) -> dict[str, str]:
    command = ["pdfinfo", str(path)]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    return dict(re.findall(r"^([^:]+):\s+(.*)$", found, re.MULTILINE))


@POPPLER
def test_blackpool_s_report_holds_the_overall_and_how_it_comes_about(
    reports: dict[str, Path],
) -> None:
    text = words(" ".join(pages(reports["blackpool-2021"], "-layout")))

    assert "Strategic Risk: Service Failure 2021/22 Q2 Position as at 31 October 2021" in text
    assert "2 Service Failure 25 High 18.5 High" in text
    assert "nett: 0.40 x 20 + 0.15 x 15 + 0.15 x 15 + 0.30 x 20 = 18.5" in text
    assert "2a Removal of Children's Services from the Council's control." in text
    assert "14 actions: 3 past their date, 11 to come, 0 complete." in text


@POPPLER
def test_blackpool_s_report_holds_each_action_with_its_date(reports: dict[str, Path]) -> None:
    found = pages(reports["blackpool-2021"], "-raw")
    text = "".join("".join(found).replace("\u200b", "").split())

    actions = sample("blackpool-2021")["actions"]
    assert len(actions) == 14
    for action in actions:
        assert "".join(action["text"].split()) in text
    assert text.count("March2022") >= 9


@POPPLER
@pytest.mark.parametrize(
    ("name", "sentence", "row"),
    [
        (
            "dacorum-2021",
            "8 risks. Inherent: 7 Red and 1 Amber. Mitigated: 7 Amber and 1 Green.",
            "Linda Roberts Andrew Williams 3 High 4 Severe 12 Red 2 Medium 4 Severe 8 Amber",
        ),
        (
            "dacorum-2017",
            "8 risks. Inherent: 7 Red and 1 Amber. Residual: 7 Amber and 1 Green.",
            "3 Likely 4 Severe 12 Red 2 Unlikely 4 Severe 8 Amber",
        ),
    ],
)
def test_dacorum_s_reports_hold_their_counts_and_a_row_for_each_risk(
    name: str, sentence: str, row: str, reports: dict[str, Path]
) -> None:
    found = pages(reports[name], "-layout")

    assert sentence in words(found[0])
    assert "Risk Score, total 92 60" in words(found[0])
    lines = [words(line) for page in found for line in page.splitlines()]
    assert len([line for line in lines if line.startswith("PP_R0") and line.endswith(row)]) == 7


@POPPLER
@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_which_one_it_is_of_how_many(name: str, reports: dict[str, Path]) -> None:
    found = pages(reports[name])

    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page


@POPPLER
def test_the_file_says_what_it_is(reports: dict[str, Path]) -> None:
    found = facts(reports["dacorum-2021"])

    assert found["Title"] == "Dacorum Borough Council: Quarter 1 Operational Risk Report"
    assert found["Author"] == "Dacorum Borough Council"
    assert found["Tagged"] == "yes"
    assert found["CreationDate"].startswith("Wed Jun 30")
    assert found["Page size"] == "595.276 x 841.89 pts (A4)"
    data = reports["dacorum-2021"].read_bytes()
    assert b"/Lang(en-GB)" in data.replace(b" ", b"")
    assert b"pdfuaid" in data


def test_the_report_lies_beside_the_workbook_and_is_the_same_twice(place: Path) -> None:
    found = run("report", "dacorum-2021.xlsx")

    assert (found.exit_code, found.stderr) == (0, "")
    counted = len(PdfReader(place / "dacorum-2021 report.pdf").pages)
    assert found.stdout == f"Made dacorum-2021 report.pdf: {counted} pages.\n"
    before = (place / "dacorum-2021 report.pdf").read_bytes()
    assert run("report", "dacorum-2021.xlsx", "--overwrite").exit_code == 0
    assert (place / "dacorum-2021 report.pdf").read_bytes() == before


def test_a_report_for_another_day_says_so(place: Path) -> None:
    found = run("report", "blackpool-2021.xlsx", "Later.pdf", "--as-at", "2022-04-01", "--json")

    counted = len(PdfReader(place / "Later.pdf").pages)
    assert json.loads(found.stdout) == {"file": "Later.pdf", "pages": counted}
    if shutil.which("pdftotext"):
        assert "Position as at 1 April 2022" in pages(place / "Later.pdf")[0]


def test_the_workbook_stays_as_it_is(place: Path) -> None:
    before = (place / "dacorum-2021.xlsx").read_bytes()
    assert run("report", "dacorum-2021.xlsx").exit_code == 0
    assert (place / "dacorum-2021.xlsx").read_bytes() == before


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_worked_on(case: str, place: Path) -> None:
    refused("report", case, place)


def test_a_report_that_is_there_is_replaced_only_when_told_so(place: Path) -> None:
    (place / "R.pdf").write_bytes(b"mine")

    sentence, fix = impolite(place, "report", "dacorum-2021.xlsx", "R.pdf")
    assert sentence == "There is a file R.pdf already."
    assert "--overwrite" in fix
    assert run("report", "dacorum-2021.xlsx", "R.pdf", "--overwrite").exit_code == 0
    assert (place / "R.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("nowhere/R.pdf", "R.pdf could not be saved: its folder or the file is not there."),
        ("R.odt", "R.odt does not end in .pdf or .docx, so no program would open it as a report."),
        ("folder.pdf", "folder.pdf is a folder."),
        ("x" * 300 + ".pdf", "x" * 300 + ".pdf could not be saved: its name is too long."),
    ],
)
def test_a_place_where_no_report_can_be(out: str, sentence: str, place: Path) -> None:
    (place / "folder.pdf").mkdir()

    assert impolite(place, "report", "dacorum-2021.xlsx", out)[0] == sentence


def test_a_report_that_is_read_only_stays(place: Path) -> None:
    (place / "R.pdf").write_bytes(b"mine")
    (place / "R.pdf").chmod(0o444)

    sentence, fix = impolite(place, "report", "dacorum-2021.xlsx", "R.pdf", "--overwrite")
    assert sentence == "R.pdf is read-only."
    assert fix.startswith("clear Read-only")


def test_a_disk_without_room_leaves_no_half_report(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("riskbook.edge.disk.whole.write_all", full)
    sentence, _ = impolite(place, "report", "dacorum-2021.xlsx")
    assert sentence == (
        "dacorum-2021 report.pdf could not be saved: there is no room left on the disk."
    )


def test_in_a_process_of_its_own(place: Path) -> None:
    found = spawned("report", "dacorum-2021.xlsx")

    assert (found.returncode, found.stderr) == (0, "")
    counted = len(PdfReader(place / "dacorum-2021 report.pdf").pages)
    assert found.stdout == f"Made dacorum-2021 report.pdf: {counted} pages.\n"
