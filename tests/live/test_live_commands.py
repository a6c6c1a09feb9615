"""Every button on a workbook that is open in LibreOffice: what it writes, says and leaves alone."""

import json
import socket
import sys
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from riskbook import excel
from riskbook.core.grid import CellRef
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.excel import extras, live
from riskbook.excel.livebook import LiveBook

STATE = ("screen_updating", "display_alerts", "enable_events", "status_bar", "calculation")

# Python's audit events of whoever opens a line, a name of this computer not among them
NETWORK = {f"socket.{name}" for name in ("bind", "connect", "getaddrinfo", "gethostbyname")}
NETWORK |= {f"socket.{name}" for name in ("sendto", "sendmsg")} | {"urllib.Request"}


@pytest.fixture
def book(calc: Any, tmp_path: Path) -> Iterator[Any]:
    """Blackpool's register, open."""
    path = tmp_path / "Register.xlsx"
    document = registers.load("blackpool-2021")
    path.write_bytes(made(profiles.load(document["profile"]), document)[0].data)
    opened = calc.books.open(path)
    yield opened
    opened.close()


def state(book: Any) -> list[Any]:
    return [getattr(book.app, name) for name in STATE]


def entries(book: Any) -> Any:
    return book.sheets["Risks"].used_range.formula, book.sheets["Actions"].used_range.formula


@pytest.mark.parametrize("name", excel.__all__)
def test_a_button_changes_no_entry_and_leaves_the_application_as_it_was(book, name):
    before, typed, saved = state(book), entries(book), Path(book.fullname).read_bytes()
    sentence = getattr(excel, name)(book)
    assert sentence
    assert "could not finish" not in sentence
    assert state(book) == before
    assert entries(book) == typed
    assert Path(book.fullname).read_bytes() == saved  # saving is the officer's


def test_no_button_reaches_for_a_network(book):
    # the line to LibreOffice is open already; a hook cannot be taken away, so it is put to sleep
    reached, listening = [], True

    def watch(event, arguments):
        if listening and event in NETWORK:
            reached.append((event, arguments))

    sys.addaudithook(watch)
    for name in excel.__all__:
        assert "could not finish" not in getattr(excel, name)(book)
    told = list(reached)
    socket.create_server(("127.0.0.1", 0)).close()
    listening = False
    assert told == []
    assert [event for event, _ in reached] == ["socket.bind"]  # what is seen


def test_each_step_is_told(book):
    steps = []
    live.run("refresh", book, steps.append)
    assert steps == [
        "reading the entries ...",
        "writing Summary ...",
        "writing Checks ...",
        "writing Heat map ...",
        "writing By group ...",
        "writing Weighting ...",
        "writing Actions due ...",
        "writing Risk pages ...",
        "comparing the formulas ...",
    ]


def test_check_writes_nothing_but_checks(book):
    book.sheets["Risks"]["N5"].value = 9
    weighting = book.sheets["Weighting"].used_range.value
    sentence = excel.check(book)
    # the level off its scale, and the rating that it leaves without a score
    assert sentence.startswith("1 risk in 4 sub-risks, 14 actions; 1 error, ")
    assert book.sheets["Weighting"].used_range.value == weighting
    lines = book.sheets["Checks"].used_range.value
    assert ["Error", "RB202", "Risks!N5"] in [line[:3] for line in lines]
    assert book.app.selection == book.sheets["Risks"]["N5"]


def test_next_finding_goes_round(book):
    excel.refresh(book)
    checks = book.sheets["Checks"].used_range.value
    places = [line[2] for line in checks if line[2] and "!" in str(line[2])]
    assert len(places) == 6
    went = []
    for _ in range(7):
        sentence = excel.next_finding(book)
        chosen = book.app.selection
        went.append(f"{chosen.sheet.name}!{chosen.get_address(False, False)}")
        assert went[-1] in sentence
    assert went[:6] == places
    assert went[6] == places[0]
    assert sentence.startswith("1 of 6: ")


def test_next_finding_starts_at_the_line_that_is_selected(book):
    excel.refresh(book)
    checks = book.sheets["Checks"]
    checks.activate()
    row = next(n for n, line in enumerate(checks.used_range.value, start=1) if "!" in str(line[2]))
    checks.range((row + 2, 3)).select()
    assert excel.next_finding(book).startswith("3 of 6: ")


def test_next_finding_without_a_list_says_what_to_press(book):
    sheet = book.sheets["Checks"]
    sheet.api("unprotect", "")
    sheet.used_range.clear()
    assert excel.next_finding(book) == "Checks lists nothing: press Check or Refresh first."


def test_export_report_and_snapshot_lie_beside_the_workbook(book, tmp_path):
    assert excel.export(book) == f"9 files are in {tmp_path / 'Register export'}."
    assert sorted(each.name for each in (tmp_path / "Register export").iterdir()) == [
        "Register about.csv",
        "Register actions.csv",
        "Register controls.csv",
        "Register findings.csv",
        "Register overall.csv",
        "Register risks.csv",
        "Register scores.csv",
        "Register values.xlsx",
        "Register.json",
    ]
    exported = json.loads((tmp_path / "Register export" / "Register.json").read_bytes())
    told = exported["controls"]["source"]
    assert told["file_sha256"] == sha256((tmp_path / "Register.xlsx").read_bytes()).hexdigest()
    assert told["file_note"].endswith("size and digest are those of its file as last saved.")
    assert excel.report(book) == f"The report is {tmp_path / 'Register report.pdf'}."
    assert (tmp_path / "Register report.pdf").read_bytes().startswith(b"%PDF-")
    sealed = tmp_path / "riskbook snapshots" / "Register 2021-22 Q2.json"
    assert excel.snapshot(book) == f"The period is sealed in {sealed}."
    assert json.loads(sealed.read_text(encoding="utf-8"))["about"]["period"] == "2021/22 Q2"
    assert "was sealed already" in excel.snapshot(book)


def test_what_an_open_workbook_seals_is_what_the_file_seals(book, tmp_path):
    from riskbook import app
    from riskbook.edge.documents.entries import Judge

    excel.snapshot(book)
    sealed = tmp_path / "riskbook snapshots" / "Register 2021-22 Q2.json"
    told = json.loads(sealed.read_text(encoding="utf-8"))
    file = FileBook.open(tmp_path / "Register.xlsx")
    outcome = app.check(file, profiles.of(file), None, Judge())
    assert {k: v for k, v in told.items() if k != "seal"} == outcome.document()


def test_the_next_period_is_another_workbook(book, tmp_path):
    sentence = excel.new_period(book)
    made_ = tmp_path / "Register 2021-22 Q3.xlsx"
    assert sentence == (
        f"Made {made_} for 2021/22 Q3 (as at 31 December 2021): 1 risk in 4 sub-risks, "
        "14 actions. Notes, links, words struck out, colours and drawings stay in this workbook: "
        "riskbook new-period FILE lists them."
    )
    assert made_.exists()


def test_a_workbook_of_somebody_else_is_told_so(calc, tmp_path):
    book = calc.books.add()
    before = state(book)
    sentence = excel.refresh(book)
    assert "was not made by riskbook" in sentence
    assert "To fix: make a workbook with `riskbook new`" in sentence
    assert state(book) == before
    book.close()


def test_a_sheet_protected_with_a_password_is_not_forced(book):
    sheet = book.sheets["Checks"]
    sheet.api("unprotect", "")
    sheet.api("protect", "secret")
    sentence = excel.check(book)
    assert "'Checks' is protected with a password" in sentence
    assert "take the password off" in sentence
    assert sheet.api("isProtected")


def test_own_sheets_are_protected_again(book):
    excel.refresh(book)
    own = ("Summary", "Checks", "Weighting", "Actions due")
    assert all(book.sheets[name].api("isProtected") for name in own)


def test_a_formula_that_shows_something_else_is_named(book):
    opened = LiveBook(book)
    right = {(5, 15): Decimal(20), (5, 16): "High"}  # nett score and rating of 2a
    opened.write("Risks", right, [])
    assert opened.differing == ()
    opened.write("Risks", right | {(5, 15): Decimal(99)}, [])
    assert opened.differing == (CellRef("Risks", 5, 15),)


@pytest.mark.parametrize(("cell", "locked"), [("N5", False), ("O5", True)])
def test_entry_cells_are_open_and_computed_ones_locked(book, cell, locked):
    assert extras.is_locked(book.sheets["Risks"][cell]) is locked
    assert extras.protected(book.sheets["Risks"])


def test_a_hidden_sheet_is_told(book):
    assert not extras.very_hidden(book.sheets["Risks"])
    sheet = book.sheets.add("Hidden")
    sheet.visible = False
    assert extras.very_hidden(sheet)


def test_a_page_is_set_up(book):
    sheet = book.sheets.add("Printed")
    extras.set_page(sheet, landscape=True, wide=2, repeat="$1:$3")
    page = sheet.impl.page_setup
    assert (page.orientation, page.fit_to_pages, page.title_rows) == ("landscape", (2, 0), "$1:$3")
    extras.set_page(sheet, landscape=False, wide=1, repeat="$1:$1")
    assert (page.orientation, page.fit_to_pages, page.title_rows) == ("portrait", (1, 0), "$1:$1")
