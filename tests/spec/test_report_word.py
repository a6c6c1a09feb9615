"""`riskbook report FILE OUT.docx`: the Word report of each sample, and its pages as pictures.

LibreOffice Writer is the referee of the pages: it reads the document as Word does, and each
page that it prints is looked at.
"""

import io
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image, ImageChops

from riskbook.edge.paper import word
from tests.spec.outputs import NAMES, impolite
from tests.spec.test_cli import run, spawned
from tests.support import looked, sample

WRITER = [
    pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not here"),
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not on PATH"),
    pytest.mark.office,
]
LEVELS = ("likelihood", "impact")


# --- the command -------------------------------------------------------------------------


def test_a_word_document_is_made_where_the_name_asks_for_one(place: Path) -> None:
    found = run("report", "dacorum-2021.xlsx", "Report.docx")

    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == "Made Report.docx.\n"
    title = docx.Document(str(place / "Report.docx")).core_properties.title
    assert title == "Dacorum Borough Council: Quarter 1 Operational Risk Report"


def test_its_json_names_the_file_and_leaves_counting_pages_to_word(place: Path) -> None:
    found = run("report", "blackpool-2021.xlsx", "Report.DOCX", "--json")

    assert json.loads(found.stdout) == {"file": "Report.DOCX"}
    assert (place / "Report.DOCX").read_bytes().startswith(b"PK")


def test_the_same_register_gives_the_same_document(place: Path) -> None:
    for name in ("A.docx", "B.docx"):
        assert run("report", "dacorum-2017.xlsx", name).exit_code == 0

    assert (place / "A.docx").read_bytes() == (place / "B.docx").read_bytes()
    assert (place / "A.docx").read_bytes() == word.render(looked(sample("dacorum-2017")))


def test_a_document_for_another_day_says_so(place: Path) -> None:
    found = run("report", "blackpool-2021.xlsx", "Later.docx", "--as-at", "2022-04-01")

    assert found.exit_code == 0
    texts = [p.text for p in docx.Document(str(place / "Later.docx")).paragraphs]
    assert "Position as at 1 April 2022" in texts


def test_without_a_name_it_is_still_a_pdf(place: Path) -> None:
    assert run("report", "dacorum-2021.xlsx").exit_code == 0
    assert (place / "dacorum-2021 report.pdf").exists()
    assert not list(place.glob("*.docx"))


def test_a_document_that_is_there_is_replaced_only_when_told_so(place: Path) -> None:
    (place / "R.docx").write_bytes(b"mine")

    sentence, fix = impolite(place, "report", "dacorum-2021.xlsx", "R.docx")
    assert sentence == "There is a file R.docx already."
    assert "--overwrite" in fix
    assert run("report", "dacorum-2021.xlsx", "R.docx", "--overwrite").exit_code == 0
    assert (place / "R.docx").read_bytes().startswith(b"PK")


def test_a_document_that_is_open_in_word_stays(place: Path) -> None:
    (place / "R.docx").write_bytes(b"mine")
    (place / "~$R.docx").write_bytes(b"")

    sentence, _ = impolite(place, "report", "dacorum-2021.xlsx", "R.docx", "--overwrite")
    assert "R.docx" in sentence


def test_the_checklist_is_one_for_pdf(place: Path) -> None:
    sentence, fix = impolite(place, "report", "dacorum-2021.xlsx", "R.docx", "--checklist")

    assert sentence == "The checklist is one for PDF, and no Word document is judged by it."
    assert fix.strip() == "leave --checklist out, or name the report .pdf."


def test_in_a_process_of_its_own(place: Path) -> None:
    found = spawned("report", "dacorum-2021.xlsx", "R.docx")

    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == "Made R.docx.\n"


# --- the pages ---------------------------------------------------------------------------


def neutral() -> dict[str, Any]:
    """A register of the neutral profile: risks all over the matrix, at three stages."""
    risks = []
    for number in range(1, 15):
        levels = {"gross": (5 - number % 3, 5), "nett": (1 + number % 4, 3), "target": (1, 2)}
        risks.append(
            {
                "ref": f"R{number}",
                "title": "Failure of the supplier of the revenues system leads to lost income",
                "category": "Technology",
                "service": "Finance",
                "owner": "Director of Resources",
                "consequences": "Services stop.\n- Loss of income\n- Damage to reputation",
                "controls": "- Contract monitoring each month\n- Exit plan tested in March",
                "treatment": "Treat",
                "review_date": "March 2022",
                **{
                    f"{s}_{a}": n
                    for s, pair in levels.items()
                    for a, n in zip(LEVELS, pair, strict=True)
                },
            }
        )
    about = {"organisation": "Anytown Council", "title": "Corporate Risks", "as_at": "2021-09-30"}
    return {
        "format": "riskbook-register/1",
        "profile": "council-5x5",
        "about": about,
        "risks": risks,
        "actions": [{"ref": "A1", "risk": "R1", "text": "Renew the contract"}],
    }


def hostile() -> dict[str, Any]:
    """A register with a text longer than a page, a word wider than its column, and odd signs."""
    document = sample("dacorum-2021")
    document["risks"] = document["risks"][:2]
    document["risks"][0] |= {"title": "W" * 200, "update": "One more sentence. " * 1_000}
    document["risks"][1] |= {"title": "<b>&amp;</b> \u202e \x01", "controls": "- a\n" * 200}
    return document


REGISTERS: Mapping[str, Any] = {
    **{name: lambda name=name: sample(name) for name in NAMES},
    "neutral": neutral,
    "hostile": hostile,
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, Path]]:
    """The document of each register, and the PDF that LibreOffice prints of it."""
    folder = tmp_path_factory.mktemp("printed")
    made = {name: word.render(looked(document())) for name, document in REGISTERS.items()}
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [shutil.which("soffice") or "", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    office = subprocess.Popen(
        [*command, *(str(folder / f"{name}.docx") for name in made)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        office.wait(timeout=300)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    return {name: (data, folder / f"{name}.pdf") for name, data in made.items()}


def pictures(path: Path, folder: Path) -> Iterator[Image.Image]:
    """Each page in shades of grey, with 3 dots to the millimetre."""
    subprocess.run(
        ["pdftoppm", "-r", "76.2", "-gray", str(path), str(folder / "page")],
        check=True,
        timeout=120,
    )
    for page in sorted(folder.glob("page*.pgm")):
        with Image.open(page) as found:
            yield found.copy()


def inked(page: Image.Image) -> tuple[float, float, float, float]:
    """The box of what is not blank: left, top, right, bottom, in millimetres."""
    box = ImageChops.invert(page).point(lambda shade: 255 if shade > 24 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = (edge / 3 for edge in box)
    return left, top, right, bottom


def texts(path: Path) -> list[list[str]]:
    """The lines of each page."""
    command = ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    pages = found.split("\f")[:-1]
    return [[" ".join(line.split()) for line in p.splitlines() if line.strip()] for p in pages]


def headings(data: bytes, level: int) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    style = f"Heading {level}"
    return [p.text for p in document.paragraphs if p.style and p.style.name == style]


def marked(cases: Mapping[str, Any]) -> list[Any]:
    return [pytest.param(name, marks=WRITER) for name in cases]


@pytest.mark.parametrize("name", marked(REGISTERS))
def test_nothing_is_printed_in_the_margins(
    name: str, printed: dict[str, tuple[bytes, Path]], tmp_path: Path
) -> None:
    pages = list(pictures(printed[name][1], tmp_path))

    assert len(pages) >= 5
    for page in pages:
        left, top, right, bottom = inked(page)
        assert left >= 17
        assert right <= page.width / 3 - 17
        assert top >= 9
        assert bottom <= page.height / 3 - 9


@pytest.mark.parametrize("name", marked(REGISTERS))
def test_every_page_says_which_one_it_is_and_says_something(
    name: str, printed: dict[str, tuple[bytes, Path]]
) -> None:
    pages = texts(printed[name][1])

    for number, page in enumerate(pages, start=1):
        assert page[-1].endswith(f"Page {number} of {len(pages)}")
        assert len(page) > 2  # more than its header and its footer


@pytest.mark.parametrize("name", marked(REGISTERS))
def test_no_heading_stands_alone_at_the_foot_of_a_page(
    name: str, printed: dict[str, tuple[bytes, Path]]
) -> None:
    data, path = printed[name]
    told = {" ".join(text.split()) for level in (1, 2, 3) for text in headings(data, level)}

    assert [page[-2] for page in texts(path) if page[-2] in told] == []


@pytest.mark.parametrize("name", marked(dict.fromkeys((*NAMES, "neutral"))))
def test_each_risk_begins_a_page(name: str, printed: dict[str, tuple[bytes, Path]]) -> None:
    data, path = printed[name]
    register = looked(REGISTERS[name]()).reading.register
    begun = " ".join(" ".join(page[:4]) for page in texts(path))

    titles = [" ".join(filter(None, (risk.key, risk.title))) for risk in register.risks]
    assert set(titles) <= set(headings(data, 2))
    # a heading of two lines is compared by its beginning
    assert [title for title in titles[1:] if title[:40] not in begun] == []


@pytest.mark.parametrize("name", marked(dict.fromkeys(NAMES)))
def test_headings_of_a_table_are_repeated(
    name: str, printed: dict[str, tuple[bytes, Path]]
) -> None:
    data, path = printed[name]
    document = docx.Document(io.BytesIO(data))
    told = sum(
        "What was found" in [cell.text for cell in table.rows[0].cells] for table in document.tables
    )
    pages = [page for page in texts(path) if any(re.search(r"\bRB\d{3}\b", line) for line in page)]

    assert told == 1
    assert len(pages) >= 1
    assert all(any("What was found" in line for line in page) for page in pages)


@pytest.mark.parametrize("name", marked(REGISTERS))
def test_the_maps_are_drawn(name: str, printed: dict[str, tuple[bytes, Path]]) -> None:
    data, path = printed[name]
    document = docx.Document(io.BytesIO(data))
    maps = list(document.element.body.iter(qn("wp:inline")))
    page = next(page for page in texts(path) if "Heat maps" in page)

    assert maps
    assert any("\u2191" in line for line in page)  # the axis upwards
    assert any("\u2192" in line for line in page)  # and the one across
