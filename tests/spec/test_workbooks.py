"""The workbooks that riskbook makes, looked at by other programs.

::

    made -> every cached result "wrong" -> LibreOffice recalculates -> the values of Python
    made, refreshed, changed and refreshed -> openxml-audit, cellrune -> nothing to say
    made -> openpyxl -> locks, dropdowns, names, print set-up, lengths
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from riskbook import app
from riskbook.core import formulas
from riskbook.core.layout import FIRST_ROW, HEADING_ROW
from riskbook.core.profile import Profile, Table
from riskbook.edge import template
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import changed_facts, made
from tests.spec.office import (
    NEEDED,
    Error,
    Typed,
    cells,
    complaints,
    formula_cells,
    part_of,
    place,
    retyped,
    risk_cell,
    saved_by_office,
    wrong,
)
from tests.support import JUDGE

AS_AT = date(2021, 10, 31)
NBSP = "\u00a0"
SAMPLES = ("blackpool-2021", "dacorum-2021", "dacorum-2017")
NAMES = (*SAMPLES, "blank", "council", "levels", "weights", "completeness")
PROFILES = {
    "blackpool-2021": "strategic-weighted-5x5",
    "dacorum-2021": "operational-4x4",
    "dacorum-2017": "operational-4x4-signoff",
    "weights": "strategic-weighted-5x5",
}
Results = Mapping[tuple[int, int], Decimal | str]


def risk(ref: str, category: str, *levels: int, **more: str) -> dict[str, Any]:
    """A risk of a 5 x 5 council: gross, nett and target, likelihood before impact."""
    fields = [f"{s}_{a}" for s in ("gross", "nett", "target") for a in ("likelihood", "impact")]
    words = {"title": f"Risk {ref}", "owner": "Head of Audit", "consequences": "Loss & <delay>"}
    return {
        "ref": ref,
        "category": category,
        **words,
        **dict(zip(fields, levels, strict=False)),
    } | more


COUNCIL: dict[str, Any] = {
    "profile": "council-5x5",
    "about": {"organisation": "Anytown Borough Council", "period": "2021/22 Q2"},
    "risks": [
        risk("R1", "Financial", 5, 4, 3, 4, 2, 3, treatment="Treat", review_date="March 2022"),
        risk("R2", "Legal", 4, 4, 2, 3, 1, 3, treatment="Tolerate", controls="- One\n- Two"),
        risk("R3", "People", 2, 2, 1, 2),
        risk("R4", "Technology"),
    ],
    "actions": [
        {"ref": "R1.1", "risk": "R1", "text": "Agree a plan", "owner": "Treasurer"}
        | {"original_due": "31/03/2022", "status": "In progress"},
        {"ref": "R2.1", "risk": "R2", "text": "Train officers", "owner": "Solicitor"}
        | {"original_due": "June 2021", "status": "Complete", "completed": "30/06/2021"},
    ],
}
# ref -> points and band of gross, nett, target; the share of 14 counted entries that are filled
COUNCIL_SAYS: Mapping[str, tuple[object, ...]] = {
    # ref, title, category, owner, consequences are 5; gross and nett levels 4; treatment ...
    "R1": (20, "Very High", 12, "High", 6, "Medium", "0.7857"),  # ... and a date: 11 of 14
    "R2": (16, "Very High", 6, "Medium", 3, "Low", "0.7857"),  # ... and controls: 11 of 14
    "R3": (4, "Low", 2, "Low", "", "", "0.6429"),  # 9 of 14
    "R4": ("", "", "", "", "", "", "0.3571"),  # 5 of 14
}

# What stands under Gross Likelihood, beside an impact of 2 -> points and band
LEVELS: tuple[tuple[Typed, int | str, str], ...] = (
    (3, 6, "Medium"),
    ("3", 6, "Medium"),
    (" 3 ", 6, "Medium"),
    (f"{NBSP}3{NBSP}", 6, "Medium"),
    ("3\n", 6, "Medium"),
    ("\t3\r", 6, "Medium"),
    ("Likely", 8, "Medium"),
    ("4 Likely", 8, "Medium"),
    (f"4{NBSP}{NBSP}likely ", 8, "Medium"),
    ("ALMOST  CERTAIN", 10, "High"),
    ("Rare", 2, "Low"),
    (None, "", ""),
    ("", "", ""),
    (NBSP, "", ""),
    (0, "", ""),
    (6, "", ""),
    ("6", "", ""),
    (-1, "", ""),
    (3.5, "", ""),
    ("3.0", "", ""),
    ("03", "", ""),
    ("300%", "", ""),  # 3 to VALUE
    ("24:00", "", ""),  # 1 to VALUE
    ("1E0", "", ""),
    ("1/1/1900", "", ""),
    ("\uff13", "", ""),  # a full-width 3
    ("3\u2003", "", ""),  # an em space, which no formula trims
    ("L*", "", ""),  # Likely to MATCH
    ("?are", "", ""),
    ("*", "", ""),
    ("Quite likely", "", ""),
    ("4 Possible", "", ""),
    (Error("#N/A"), "", ""),
    (Error("#DIV/0!"), "", ""),
)

# Reference, weight, likelihood and impact, then: key, weight used, total, contribution, overall
WEIGHTS: tuple[tuple[Typed | tuple[int, int], ...], ...] = (
    ("R1", 40, (3, 3), "R1", "0.4", 1, "3.6", "11.25"),
    ("r1 ", 0.35, (2, 2), "R1", "0.35", 1, "1.4", "11.25"),
    (f"{NBSP}R1", "25 %", (5, 5), "R1", "0.25", 1, "6.25", "11.25"),
    ("R 2", "40%", (4, 5), "R 2", "0.4", 1, 8, 11),
    ("r   2\n", f" 60{NBSP}%", (1, 5), "R 2", "0.6", 1, 3, 11),
    ("R3", "33.33%", (3, 3), "R3", "0.3333", "0.9999", "2.9997", "8.9991"),
    ("R3", 0.3333, (3, 3), "R3", "0.3333", "0.9999", "2.9997", "8.9991"),
    ("R3", "33.33", (3, 3), "R3", "0.3333", "0.9999", "2.9997", "8.9991"),
    # 99.95 % is just near enough, although 1 - 0.9995 is a little more than 0.0005 in binary
    ("R4", 0.3335, (2, 5), "R4", "0.3335", "0.9995", "3.335", "9.995"),
    ("R4", 0.333, (2, 5), "R4", "0.333", "0.9995", "3.33", "9.995"),
    ("R4", 0.333, (2, 5), "R4", "0.333", "0.9995", "3.33", "9.995"),
    ("R5", 1, (1, 1), "R5", 1, "1.0006", 1, ""),
    ("R5", 0.0006, (1, 1), "R5", "0.0006", "1.0006", "0.0006", ""),
    # more than the whole, and what VALUE alone would take for a number
    ("R6", "150%", (2, 2), "R6", "", "0.5", "", ""),
    ("R6", 0.5, (2, 2), "R6", "0.5", "0.5", 2, ""),
    ("R7", "12:00", (2, 2), "R7", "", "0.5", "", ""),
    ("R7", "0.5", (2, 2), "R7", "0.5", "0.5", 2, ""),
    ("R8", "5E1", (2, 2), "R8", "", 1, "", ""),
    ("R8", "100 %", (2, 2), "R8", 1, 1, 4, ""),
    ("R9", Error("#DIV/0!"), (2, 2), "R9", "", 1, "", ""),
    ("R9", "1", (2, 2), "R9", 1, 1, 4, ""),
    ("R10", -0.5, (2, 2), "R10", "", 0, "", ""),
    ("R11", "forty", (2, 2), "R11", "", 0, "", ""),
    # an error in one reference spoils that row alone
    (Error("#N/A"), 0.5, (3, 3), "", "0.5", "", "4.5", ""),
    (None, 0.5, (3, 3), "", "0.5", "", "4.5", ""),
    ("02", 1, (1, 4), "02", 1, 1, 4, 4),
    ("2", 100, (2, 3), "2", 1, 1, 6, 6),
    (3, 1, (1, 1), "3", 1, 1, 1, 1),
    ("A*", 1, (2, 1), "A*", 1, 1, 2, 2),
    ("AB", 1, (3, 1), "AB", 1, 1, 3, 3),
    ("R12", 0, (5, 5), "R12", 0, 1, 0, 2),
    ("R12", 100, (2, 1), "R12", 1, 1, 2, 2),
    ("R13", 0.5, (5, None), "R13", "0.5", 1, "", ""),
    ("R13", 0.5, (5, 5), "R13", "0.5", 1, "12.5", ""),
)

# Title and category beside a reference and nothing else -> the share of 14 that is filled
COMPLETENESS: tuple[tuple[Typed, Typed, str], ...] = (
    ("Flood", "Legal", "0.2143"),
    (" Flood ", None, "0.1429"),
    (NBSP, "\n", "0.0714"),
    (0, 0, "0.2143"),
    (Error("#REF!"), "Legal", ""),
    (None, None, "0.0714"),
)


def rows_with_gaps(count: int) -> Iterator[int]:
    """Rows from the first on, each third one left blank."""
    row = FIRST_ROW
    for _ in range(count):
        yield row
        row += 2 if row % 3 == 0 else 1


def level_entries(profile: Profile) -> dict[str, Typed]:
    entries: dict[str, Typed] = {}
    for row, (entry, _, _) in zip(rows_with_gaps(len(LEVELS)), LEVELS, strict=True):
        entries[risk_cell(profile, row, "ref")] = f"L{row}"
        entries[risk_cell(profile, row, "gross_likelihood")] = entry
        entries[risk_cell(profile, row, "gross_impact")] = 2
    return entries


def weight_entries(profile: Profile) -> dict[str, Typed]:
    entries: dict[str, Typed] = {}
    for row, line in zip(rows_with_gaps(len(WEIGHTS)), WEIGHTS, strict=True):
        assert isinstance(line[2], tuple)
        likelihood, impact = line[2]
        values = (*line[:2], likelihood, impact)
        for field, value in zip(
            ("ref", "weight", "gross_likelihood", "gross_impact"), values, strict=True
        ):
            assert not isinstance(value, tuple)
            entries[risk_cell(profile, row, field)] = value
    return entries


def completeness_entries(profile: Profile) -> dict[str, Typed]:
    entries: dict[str, Typed] = {}
    for row, (title, category, _) in zip(rows_with_gaps(6), COMPLETENESS, strict=True):
        entries[risk_cell(profile, row, "ref")] = f"C{row}"
        entries[risk_cell(profile, row, "title")] = title
        entries[risk_cell(profile, row, "category")] = category
    return entries


AWKWARD = {
    "levels": level_entries,
    "weights": weight_entries,
    "completeness": completeness_entries,
}


def profile_of(name: str) -> Profile:
    return profiles.load(PROFILES.get(name, "council-5x5"))


def built(name: str) -> bytes:
    """A workbook as it is made, refreshed as at a day of its own or the day of these tests."""
    profile = profile_of(name)
    if name in SAMPLES:
        return made(profile, registers.load(name))[0].data
    book, _ = made(profile, COUNCIL if name == "council" else {})
    if name in AWKWARD:
        typed = retyped(book.data, profile.risks.sheet, AWKWARD[name](profile))
        book = FileBook(typed, name)
    app.refresh(book, profile, AS_AT, JUDGE)
    return book.data


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return {name: built(name) for name in NAMES}


def computed(data: bytes, profile: Profile) -> Results:
    return app.computed(app.check(FileBook(data, "book"), profile, AS_AT, JUDGE))


# --- recalculated by LibreOffice ---------------------------------------------------------


@pytest.fixture(scope="module")
def recalculated(
    workbooks: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Every workbook, and one with a faulty formula, after LibreOffice computed it."""
    stale = {name: wrong(data, "Risks") for name, data in workbooks.items()}
    stale["faulty"] = faulty(stale["council"])
    return saved_by_office(stale, tmp_path_factory.mktemp("recalculated"))


def faulty(data: bytes) -> bytes:
    """The workbook with the first band looked up among the points."""
    name = part_of(data, "Risks")
    package = FileBook(data, "faulty").package
    part = package.part(name)
    assert b"matrix_bands" in part
    return package.replaced({name: part.replace(b"matrix_bands", b"matrix_points", 1)})


def values(data: bytes, wanted: Results) -> dict[tuple[int, int], object]:
    """The values of some cells of the risks sheet, as openpyxl reads them; blank is ""."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Risks"]
    found = {(row, column): sheet.cell(row, column).value for row, column in wanted}
    return {at: "" if value is None else value for at, value in found.items()}


def equal(one: object, other: object) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(Decimal(str(one)) - Decimal(str(other))) < Decimal("1e-9")


def differences(data: bytes, wanted: Results) -> list[tuple[object, ...]]:
    found = values(data, wanted)
    return [(*at, found[at], wanted[at]) for at in wanted if not equal(found[at], wanted[at])]


@NEEDED
@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_live_formulas_and_python_agree_cell_for_cell(
    name: str, workbooks: Mapping[str, bytes], recalculated: Mapping[str, bytes]
) -> None:
    profile = profile_of(name)
    wanted = computed(workbooks[name], profile)
    part = FileBook(workbooks[name], name).package.part(part_of(workbooks[name], "Risks"))
    assert sorted(formula_cells(part)) == sorted(wanted)
    assert differences(recalculated[name], wanted) == []


@NEEDED
@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_a_recalculated_workbook_shows_no_old_value(
    name: str, recalculated: Mapping[str, bytes]
) -> None:
    outcome = app.check(FileBook(recalculated[name], name), profile_of(name), AS_AT, JUDGE)
    assert [found.line() for found in outcome.findings if found.code == "RB306"] == []


@NEEDED
@pytest.mark.office
def test_the_comparison_sees_one_faulty_formula(
    workbooks: Mapping[str, bytes], recalculated: Mapping[str, bytes]
) -> None:
    profile = profile_of("council")
    wanted = computed(workbooks["council"], profile)
    assert differences(recalculated["faulty"], wanted) == [
        (FIRST_ROW, place(profile, "gross_band"), 20, "Very High")
    ]


@NEEDED
@pytest.mark.office
@pytest.mark.parametrize("name", ["blank", *SAMPLES])
def test_spare_rows_show_nothing(name: str, recalculated: Mapping[str, bytes]) -> None:
    filled = len(registers.load(name)["risks"]) if name in SAMPLES else 0
    profile = profile_of(name)
    sheet = openpyxl.load_workbook(io.BytesIO(recalculated[name]), data_only=True)["Risks"]
    first = FIRST_ROW + filled
    spare = list(sheet.iter_rows(min_row=first, max_row=first + profile.spare_rows - 1))
    assert {cell.value or "" for row in spare for cell in row} == {""}
    assert {cell.data_type for row in spare for cell in row} <= {"n", "s", "str"}


# --- by hand: what Python, and so the formulas, come to ----------------------------------


def shown(found: Results, profile: Profile, row: int, *fields: str) -> list[object]:
    return [found[row, place(profile, field)] for field in fields]


def same(found: list[object], by_hand: tuple[object, ...]) -> bool:
    def number(value: object) -> object:
        numeric = isinstance(value, int) or re.fullmatch(r"[\d.]+", str(value))
        return Decimal(str(value)) if numeric else value

    return found == [number(value) for value in by_hand]


def test_the_scores_of_an_invented_council_are_those_worked_out_by_hand(
    workbooks: Mapping[str, bytes],
) -> None:
    profile = profile_of("council")
    found = computed(workbooks["council"], profile)
    fields = [f"{s}_{p}" for s in ("gross", "nett", "target") for p in ("points", "band")]
    for row, (ref, by_hand) in enumerate(COUNCIL_SAYS.items(), start=FIRST_ROW):
        got = shown(found, profile, row, *fields, "completeness")
        assert same(got, by_hand), (ref, got)


def test_the_appetite_of_an_invented_council_is_passed_once(
    workbooks: Mapping[str, bytes],
) -> None:
    outcome = app.check(FileBook(workbooks["council"], "c"), profile_of("council"), AS_AT, JUDGE)
    over = [found.message for found in outcome.findings if found.code == "RB307"]
    assert over == ["R1 scores 12; the appetite is 9."]


@pytest.mark.parametrize("number", range(len(LEVELS)))
def test_a_level_in_any_tolerated_spelling_scores_and_no_other_does(
    number: int, workbooks: Mapping[str, bytes]
) -> None:
    profile = profile_of("levels")
    found = computed(workbooks["levels"], profile)
    row = list(rows_with_gaps(len(LEVELS)))[number]
    got = shown(found, profile, row, "gross_points", "gross_band")
    assert got == list(LEVELS[number][1:])


def test_weights_and_references_in_any_tolerated_spelling_add_up(
    workbooks: Mapping[str, bytes],
) -> None:
    profile = profile_of("weights")
    found = computed(workbooks["weights"], profile)
    fields = ("key", "weight_used", "weight_total", "gross_weighted", "gross_overall")
    for row, line in zip(rows_with_gaps(len(WEIGHTS)), WEIGHTS, strict=True):
        key, *rest = shown(found, profile, row, *fields)
        assert (key, same(rest, line[4:])) == (line[3], True), (row, line, rest)


def test_completeness_counts_what_can_be_seen(workbooks: Mapping[str, bytes]) -> None:
    profile = profile_of("completeness")
    found = computed(workbooks["completeness"], profile)
    for row, (_, _, by_hand) in zip(rows_with_gaps(6), COMPLETENESS, strict=True):
        assert same(shown(found, profile, row, "completeness"), (by_hand,)), row


# --- checkers of the format --------------------------------------------------------------


@pytest.mark.parametrize("name", ["blank", "council", "levels", *SAMPLES])
def test_the_checkers_find_nothing_in_a_workbook_built_refreshed_or_changed(
    name: str, workbooks: Mapping[str, bytes], tmp_path: Path
) -> None:
    profile = profile_of(name)
    raw = template.build(profile, registers.load(name) if name in SAMPLES else {})
    book = FileBook(retyped(workbooks[name], "Risks", {"A5": "Z9 <&>"}), name)
    app.refresh(book, profile, AS_AT, JUDGE)
    changed = book.data
    app.refresh(book, profile, AS_AT.replace(year=2022), JUDGE)
    for data in (raw, workbooks[name], changed, book.data):
        assert complaints(data, tmp_path) == []


# --- what openpyxl sees ------------------------------------------------------------------


@pytest.fixture(scope="module", params=["blank", *SAMPLES])
def seen(request: pytest.FixtureRequest, workbooks: Mapping[str, bytes]) -> tuple[Profile, Any]:
    """A profile and its workbook's structure."""
    return profile_of(request.param), openpyxl.load_workbook(io.BytesIO(workbooks[request.param]))


Seen = tuple[Profile, Any]
OWN = (
    *("summary", "heat_map", "breakdown", "checks"),
    *("weighting", "actions_due", "risk_pages"),
)


def table_sheets(seen: Seen) -> Iterator[tuple[Table, Any]]:
    profile, book = seen
    for table in profile.tables:
        yield table, book[table.sheet]


def test_every_sheet_is_protected_without_a_password_and_filters_work(seen: Seen) -> None:
    profile, book = seen
    for sheet in book:
        assert sheet.protection.sheet is True
        assert sheet.protection.password is None
        assert sheet.protection.autoFilter is False  # openpyxl's False: not forbidden
        assert sheet.protection.sort is False
        assert sheet.sheet_state == "visible"
        if sheet.title not in [profile.sheets.get(role) for role in OWN]:
            assert list(sheet.merged_cells.ranges) == []


def test_entry_cells_are_open_and_computed_cells_locked_and_live(seen: Seen) -> None:
    for table, sheet in table_sheets(seen):
        for number, column in enumerate(table.columns, start=1):
            below = [sheet.cell(row, number) for row in range(FIRST_ROW, sheet.max_row + 1)]
            assert sheet.cell(HEADING_ROW, number).protection.locked
            assert {cell.protection.locked for cell in below} == {not column.entered}
            assert {cell.data_type == "f" for cell in below} == {not column.entered}


def test_formulas_stay_within_excel_2016(seen: Seen) -> None:
    newer = r"\b(LET|LAMBDA|FILTER|XLOOKUP|UNIQUE|SORT|TEXTJOIN|CONCAT|IFS|SWITCH|MAXIFS)\("
    for table, sheet in table_sheets(seen):
        for column in table.columns:
            if not column.entered:
                formula = formulas.formula(seen[0], column)
                assert len(formula) < 8192
                assert not re.search(newer, formula)
                assert not re.search(r"\$?[A-Z]{1,2}\$?[0-9]+\b", re.sub(r"\[.*?\]", "", formula))
        assert sheet.tables


def test_tables_cover_the_headings_and_every_row(seen: Seen) -> None:
    for table, sheet in table_sheets(seen):
        name = formulas.RISKS_TABLE if table is seen[0].risks else formulas.ACTIONS_TABLE
        last = sheet.cell(sheet.max_row, len(table.columns)).coordinate
        assert sheet.tables[name].ref == f"A{HEADING_ROW}:{last}"
        assert sheet.tables[name].column_names == [column.heading for column in table.columns]
        assert sheet.tables[name].autoFilter.ref == sheet.tables[name].ref


def test_each_dropdown_offers_exactly_what_the_profile_allows(seen: Seen) -> None:
    profile, book = seen
    for table, sheet in table_sheets(seen):
        rules = {
            str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation
        }
        for number, column in enumerate(table.columns, start=1):
            rule = rules.get(sheet.cell(FIRST_ROW, number).coordinate)
            assert (rule is not None) == column.entered
            if column.kind == "list":
                assert resolved(book, rule.formula1) == list(profile.lists[column.choices])
            if column.kind == "level":
                levels = list(range(1, len(profile.scales[column.axis]) + 1))
                assert resolved(book, rule.formula1) == levels


def resolved(book: Any, name: str) -> list[object]:
    """The values behind a defined name."""
    ((sheet, area),) = book.defined_names[name].destinations
    return [cell.value for row in book[sheet][area.replace("$", "")] for cell in row]


def test_help_and_alerts_are_present_and_as_long_as_excel_shows(seen: Seen) -> None:
    for table, sheet in table_sheets(seen):
        rules = {
            str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation
        }
        for number, column in enumerate(table.columns, start=1):
            if not column.entered:
                continue
            rule = rules[sheet.cell(FIRST_ROW, number).coordinate]
            assert rule.error
            assert rule.showErrorMessage
            assert rule.showInputMessage
            assert bool(rule.prompt) == bool(column.help or column.kind == "level")
            assert max(len(rule.errorTitle or ""), len(rule.promptTitle or "")) <= 32
            assert max(len(rule.error), len(rule.prompt or "")) <= 255


def test_the_names_that_formulas_use_are_defined(seen: Seen) -> None:
    profile, book = seen
    used = {
        name
        for column in profile.risks.columns
        if not column.entered
        for name in re.findall(r"\b[a-z]+_[a-z_]+\b", strip(formulas.formula(profile, column)))
    }
    assert used - {"_xlfn"} <= set(book.defined_names)
    assert {"matrix_points", "matrix_bands", "band_words", "band_tops"} <= set(book.defined_names)


def strip(formula: str) -> str:
    return re.sub(r'\[.*?\]|"[^"]*"', "", formula)


def test_data_sheets_print_on_a3_and_own_sheets_on_a4_with_page_numbers(seen: Seen) -> None:
    profile, book = seen
    for table, sheet in table_sheets(seen):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sheet.print_title_rows == f"${HEADING_ROW - 1}:${HEADING_ROW}"
        assert (sheet.page_setup.fitToWidth or 1) == (2 if table is profile.risks else 1)
        assert sheet.page_setup.fitToHeight == 0
    for role in OWN:
        if role in profile.sheets:
            setup = book[profile.sheets[role]].page_setup
            upright = role == "risk_pages" and profile.layout != "deep-dive"
            wanted = "portrait" if upright else "landscape"
            assert (setup.paperSize, setup.orientation) == (9, wanted)
            one_page = role == "summary"
            assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, None if one_page else 0)
    for role, heading in (("checks", "Severity"), ("actions_due", "RAG")):
        if role in profile.sheets:
            sheet = book[profile.sheets[role]]
            (row,) = set(sheet.print_title_rows.replace("$", "").split(":"))
            assert sheet.cell(int(row), 1).value == heading
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_headings_and_references_stay_in_sight(seen: Seen) -> None:
    for _, sheet in table_sheets(seen):
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", sheet.freeze_panes).groups()
        assert int(row) == FIRST_ROW
        assert column > "A"


def test_bands_are_coloured_beside_their_word(seen: Seen) -> None:
    profile, book = seen
    rules = [
        (str(area.sqref), rule)
        for area, found in book[profile.risks.sheet].conditional_formatting._cf_rules.items()
        for rule in found
    ]
    # points and band of each stage have a rule for each band; weights have four more
    bands = len(profile.stages) * 2 * len(profile.bands)
    assert len(rules) == bands + (4 if profile.weighted else 0)
    label = profile.bands[-1].label
    fills = {
        rule.dxf.fill.bgColor.rgb for _, rule in rules if rule.formula[0].endswith(f'="{label}"')
    }
    assert fills == {"FF" + profile.bands[-1].fill.removeprefix("#")}


def test_every_style_of_riskbook_is_a_named_style(seen: Seen) -> None:
    profile, book = seen
    named = set(book.named_styles)
    assert {"rb title", "rb head", "rb entry text", "rb entry level", "rb computed"} <= named
    assert {f"rb band {number}" for number in range(1, len(profile.bands) + 1)} <= named
    for table, sheet in table_sheets(seen):
        for number, column in enumerate(table.columns, start=1):
            style = sheet.cell(FIRST_ROW, number).style
            assert style.startswith("rb entry" if column.entered else "rb computed")


def test_no_text_is_longer_than_a_cell_holds(seen: Seen) -> None:
    texts = [cell.value for sheet in seen[1] for row in sheet for cell in row]
    assert max(len(text) for text in texts if isinstance(text, str)) <= 32767


@pytest.mark.parametrize("name", NAMES)
def test_no_controlled_part_differs_from_the_template(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    assert list(changed_facts(FileBook(workbooks[name], name), profile_of(name))) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_own_sheets_hold_values_and_no_formulas(name: str, workbooks: Mapping[str, bytes]) -> None:
    book = FileBook(workbooks[name], name)
    for role, sheet in profile_of(name).sheets.items():
        if role in OWN:
            found = cells(book.package.part(part_of(book.data, sheet)))
            assert found
            assert not [cell for cell in found.values() if b"<f" in cell]
