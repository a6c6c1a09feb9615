"""What comes out of the printer: pages of a workbook as LibreOffice prints them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from riskbook.edge.documents import profiles
from riskbook.edge.making import made
from tests.spec.office import NEEDED, SOFFICE
from tests.support import sample

pytestmark = [
    pytest.mark.office,
    NEEDED,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on PATH"),
]

A3, A4 = (1191, 842), (842, 595)  # points, landscape: ISO 216 in 1/72 inch


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("print")
    document = sample("dacorum-2021")
    path = folder / "register.xlsx"
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return path.with_suffix(".pdf")


def pages(path: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return found.stdout.decode().split("\f")[:-1]


def size(path: Path, number: int) -> tuple[int, int]:
    command = ["pdfinfo", "-f", str(number), "-l", str(number), str(path)]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    found = re.search(r"size:\s+([\d.]+) x ([\d.]+)", told)
    assert found is not None
    return round(float(found[1])), round(float(found[2]))


def page_with(path: Path, text: str) -> int:
    return next(number for number, page in enumerate(pages(path), start=1) if text in page)


def test_the_summary_is_one_page_of_a4_with_its_sentence_and_totals(printed: Path) -> None:
    number = page_with(
        printed, "8 risks. Inherent: 7 Red and 1 Amber. Mitigated: 7 Amber and 1 Green."
    )

    assert size(printed, number) == A4
    page = pages(printed)[number - 1]
    assert re.search(r"Risk Score, total\s+92\s+60", page)
    assert "Mitigated is 32 below inherent (34.8 %)." in page


def test_the_register_is_a3_and_each_of_its_pages_repeats_the_headings(printed: Path) -> None:
    shown = pages(printed)
    found = [page for at, page in enumerate(shown, start=1) if size(printed, at) == A3]

    assert len(found) > 2
    assert sum("Failure to deliver Dacorum" in page for page in found) >= 1
    assert all("Portfolio" in page or "Controls to manage" in page for page in found)


def test_each_risk_has_a_page_of_its_own_with_its_reference_at_the_head(printed: Path) -> None:
    refs = ("PP_R011", "PP_R012", "PP_R014", "PP_R015", "PP_R016", "PP_R017", "PP_R018", "PP_R04")

    for row, ref in enumerate(refs, start=5):
        (page,) = (page for page in pages(printed) if f"Row {row} of Risks" in page)
        assert ref in page
        assert page.count(" of Risks") == 1


def test_every_page_says_which_one_it_is_of_how_many(printed: Path) -> None:
    found = pages(printed)

    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page


def test_no_cell_is_too_narrow_for_its_number(printed: Path) -> None:
    assert "###" not in "".join(pages(printed))
