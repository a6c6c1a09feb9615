"""Every rule: what an officer types, and the finding that it raises, to the letter.

Each case is a clean register (:mod:`tests.core.notation`), what is typed into it and what
is said of it; then the near miss, of which the rule says nothing.
"""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.checks import RULES, in_order
from riskbook.core.finding import Finding, Severity
from riskbook.core.grid import CellRef
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, lines, profile_of
from tests.core.test_careless import CARELESS
from tests.core.test_exempt_checks import EXEMPT
from tests.support import codes

LONG = "X" * 32_767
LEVELS = "1 Rare, 2 Unlikely, 3 Possible, 4 Likely, 5 Almost Certain"
HEADS = "Give the column a heading from the profile, or delete the column."
SAME = "so that everybody reads the same."
SUM = "Make them sum to 100 %; until then there is no overall score."
COPY = "Copy the formula back from the row above or below."
STATUS = "Choose its status: complete, or in progress with a revised date."
QUARTER = "Check that the text is this quarter's."
NEW_BOOK = "Copy the entries into a new workbook made by `riskbook new`."
DATE = "Type a date such as 31/03/2022, or a month such as March 2022."
IN_FORCE = "Use the profile that was in force then, or change its dates."

Typed = Mapping[str, str]
Case = tuple[Document, Typed, str, Typed]

ROWS: tuple[Case, ...] = (
    (
        COUNCIL,
        {"A6": "r1"},
        "Risks!A6: RB101 error: the reference r1 already stands in row 5.  "
        "[Give one of the two rows a reference of its own.]",
        {"A6": "R1a"},
    ),
    (
        WEIGHTED,
        {"C6": " 2A "},
        "Risks!C6: RB101 error: the reference 2A already stands in row 5.  "
        "[Give one of the two rows a reference of its own.]",
        {"C6": "2c"},
    ),
    (
        COUNCIL,
        {"Actions!A6": "A1"},
        "Actions!A6: RB101 error: the reference A1 already stands in row 5.  "
        "[Give one of the two rows a reference of its own.]",
        {"Actions!A6": "R1"},  # a risk and an action are two things
    ),
    (
        COUNCIL,
        {"A6": ""},
        "Risks!A6: RB102 error: row 6 has entries but nothing under Ref.  [Type its reference.]",
        {"D7": "' "},  # a row of spaces is no row
    ),
    (
        WEIGHTED,
        {"C6": ""},
        "Risks!C6: RB102 error: row 6 has entries but nothing under Sub No.  "
        "[Type 2b, the next free number.]",
        {"C6": "2z"},
    ),
    (
        WEIGHTED,
        {"A7": ""},
        "Risks!A7: RB102 error: row 7 has entries but nothing under No.  [Type its reference.]",
        {"A7": "' 3"},
    ),
    (
        COUNCIL,
        {"A6": "R4"},
        "Risks!A6: RB103 information: no reference with number 2, 3 stands between R1 and R4.  "
        "[Check that no risk was lost; references are never renumbered.]",
        {"A6": "R5"},  # a wide jump is a new series
    ),
    (
        COUNCIL,
        {"F4": "Responsible officer"},
        "Risks!F4: RB104 information: the heading 'Responsible officer' was read as "
        "'Risk Owner'.  [Change it back to 'Risk Owner'.]",
        {"F4": " RISK  owner"},
    ),
    (
        COUNCIL,
        {"Z4": "Notes"},
        "Risks!Z4: RB105 warning: the heading 'Notes' is not one of the profile's: its cells "
        f"are kept but not read.  [{HEADS}]",
        {"Z5": "Notes"},  # not in the row of the headings
    ),
    (
        COUNCIL,
        {"Z4": "Risk Owner"},
        "Risks!Z4: RB106 warning: the heading 'Risk Owner' stands twice: only the first column "
        f"is read.  [{HEADS}]",
        {"Z4": "Risk Owners"},  # another heading, so RB105
    ),
    (
        COUNCIL,
        {"6": "hidden"},
        "Risks!A6: RB107 information: row 6 is hidden; its entries count all the same.  "
        "[Show the rows to see what counts.]",
        {"7": "hidden"},
    ),
    (
        COUNCIL,
        {"B5:B6": "merged"},
        "Risks!B5: RB108 warning: the cells B5:B6 are merged: only the first one holds an "
        "entry.  [Unmerge the cells and type the entry in each row.]",
        {"N3:Q3": "merged"},  # captions above the headings
    ),
    (
        WEIGHTED,
        {"B6": "Failure of services"},
        "Risks!B6: RB109 warning: risk 2 is called 'Service Failure' in row 5 and "
        "'Failure of services' here.  [Type the same title in each row of the risk.]",
        {"B6": " service  FAILURE"},
    ),
    (
        COUNCIL,
        {"P4": ""},
        "Risks!A4: RB110 error: there is no column headed 'Nett Score', so its figures are not "
        f"shown.  [{NEW_BOOK}]",
        {"P4": "nett score"},
    ),
)

ENTRIES: tuple[Case, ...] = (
    (
        COUNCIL,
        {"C6": "Peeple"},
        "Risks!C6: RB201 error: 'Peeple' is not in the list for Category.  "
        "[Choose 'People' if that is meant.]",
        {"C6": " PEOPLE"},
    ),
    (
        COUNCIL,
        {"V6": "?"},
        "Risks!V6: RB201 error: '?' is not in the list for Treatment.  "
        "[Choose one of Tolerate, Treat, Transfer, Terminate.]",
        {"V6": ""},
    ),
    (
        COUNCIL,
        {"V6": "Z" * 61},
        f"Risks!V6: RB201 error: '{'Z' * 57}...' is not in the list for Treatment.  "
        "[Choose one of Tolerate, Treat, Transfer, Terminate.]",
        {"V6": "Transfer"},
    ),
    (
        COUNCIL,
        {"N5": "Unlikley"},
        "Risks!N5: RB201 error: 'Unlikley' is not a level of Nett Likelihood.  "
        "[Choose 'Unlikely' if that is meant.]",
        {"N5": "Unlikely"},
    ),
    (
        WEIGHTED,  # levels without words
        {"M5": "severe"},
        "Risks!M5: RB201 error: 'severe' is not a level of Nett Impact (I).  "
        "[Choose one of 1, 2, 3, 4, 5.]",
        {"M5": "1"},
    ),
    *(
        (
            COUNCIL,
            {"N5": typed},
            f"Risks!N5: RB202 error: level {typed} is off the 1..5 scale of Nett Likelihood.  "
            f"[Choose one of {LEVELS}.]",
            {"N5": near},
        )
        for typed, near in (("6", "5"), ("0", "1"), ("2.5", "2"), ("-1", "'3"))
    ),
    (
        WEIGHTED,
        {"T5": "n/a"},
        "Risks!T5: RB203 error: 'n/a' under Nett Score Last Year is not a number.  "
        "[Type a number.]",
        {"T5": "'20"},
    ),
    (
        COUNCIL,
        {"F5": "=F6 -> Head of Estates"},
        "Risks!F5: RB204 error: a formula stands under Risk Owner.  "
        "[Type the value itself over the formula.]",
        {"F5": "'=F6"},
    ),
    (
        COUNCIL,
        {"F5": "#N/A"},
        "Risks!F5: RB205 error: the error #N/A stands under Risk Owner.  [Type the entry over it.]",
        {"F5": "'#N/A"},
    ),
    (
        COUNCIL,
        {"F5": ""},
        "Risks!F5: RB206 warning: Risk Owner is blank in row 5.  [Fill it in.]",
        {"D5": ""},  # the service should be there, and need not
    ),
    (
        COUNCIL,
        {"F5": "' "},
        "Risks!F5: RB206 warning: Risk Owner is blank in row 5.  [Fill it in.]",
        {"F5": "?"},
    ),
    (
        COUNCIL,
        {"Actions!B5": ""},
        "Actions!B5: RB206 warning: Risk Ref is blank in row 5.  [Fill it in.]",
        {"Actions!D5": ""},
    ),
    (
        COUNCIL,
        {"G5": LONG + "X"},
        "Risks!G5: RB207 error: the text under Consequences has 32768 characters; 32767 is the "
        "most.  [Shorten it, or move a part of it to a document of its own.]",
        {"G5": LONG},
    ),
    (
        COUNCIL,
        {"A6": "R" * 41},
        "Risks!A6: RB207 error: the text under Ref has 41 characters; 40 is the most.  "
        "[Shorten it, or move a part of it to a document of its own.]",
        {"A6": "R" * 40},
    ),
    (
        COUNCIL,
        {"N5": "unlikely"},
        "Risks!N5: RB208 information: 'unlikely' under Nett Likelihood was read as 2.  "
        f"[Type 2 {SAME}]",
        {"N5": "'2"},
    ),
    (
        COUNCIL,
        {"C6": "' people"},
        "Risks!C6: RB208 information: ' people' under Category was read as People.  "
        f"[Type People {SAME}]",
        {"C6": "Pepole"},  # not understood, so RB201
    ),
    (
        WEIGHTED,
        {"E5": "'40"},
        "Risks!E5: RB208 information: '40' under % Overall Weighting was read as 40%.  "
        f"[Type 40% {SAME}]",
        {"E5": "40"},
    ),
    (
        WEIGHTED,
        {"T5": "' 20"},
        "Risks!T5: RB208 information: ' 20' under Nett Score Last Year was read as 20.  "
        f"[Type 20 {SAME}]",
        {"T5": "20"},
    ),
    (
        COUNCIL,
        {"X5": "31/02/2022"},
        f"Risks!X5: RB209 error: '31/02/2022' under Review Date is not a date.  [{DATE}]",
        {"X5": "28/02/2022"},
    ),
    (
        COUNCIL,
        {"Actions!G6": "446510"},
        f"Actions!G6: RB209 error: '446510' under Revised Date is not a date.  [{DATE}]",
        {"Actions!G6": "2022-03-31"},
    ),
    (
        COUNCIL,
        {"A6": "R*"},
        "Risks!A6: RB210 error: the reference 'R*' has a character that formulas cannot match.  "
        "[Use letters, digits, spaces, full stops, hyphens, slashes and underscores only.]",
        {"A6": "R 2.a/b-c_d"},
    ),
    (
        COUNCIL,
        {"O5": ""},
        "Risks!O5: RB211 error: R1 has only one of its two Nett levels.  "
        "[Choose the other level, or clear both.]",
        {"N5": "", "O5": ""},  # both, so RB212
    ),
    (
        COUNCIL,
        {"S5": "' "},
        "Risks!S5: RB211 error: R1 has only one of its two Target levels.  "
        "[Choose the other level, or clear both.]",
        {"S5": "1"},
    ),
    (
        COUNCIL,
        {"N5": "' ", "O5": ""},
        "Risks!N5: RB212 warning: R1 has no Nett score.  [Choose both levels.]",
        {"R5": "", "S5": ""},  # a target need not be set
    ),
    (
        WEIGHTED,
        {"E7": "-5%"},
        "Risks!E7: RB213 error: the weight '-5%' is not a share between 0 and 100 %.  "
        "[Type a percentage such as 40%.]\n"
        f"Risks!E7: RB301 error: the weights of risk 3 sum to 0%: ?.  [{SUM}]",
        {"E7": "0%"},
    ),
    (
        COUNCIL,
        {"Actions!A5": "2022-03-31"},
        "Actions!A5: RB214 error: the reference under Action No. was turned into the date "
        "2022-03-31.  [Format the cell as text and type the reference again.]",
        {"Actions!A5": "'1-2"},
    ),
)

FIGURES: tuple[Case, ...] = (
    (
        WEIGHTED,
        {"E5": "39.94%"},
        f"Risks!E5: RB301 error: the weights of risk 2 sum to 99.94%: 39.94% + 60%.  [{SUM}]",
        {"E5": "39.95%"},  # the profile allows 0.05 %
    ),
    (
        COUNCIL,
        {"H5": "1", "I5": "5"},
        "Risks!P5: RB302 error: R1 scores 6 Nett and only 5 Gross.  "
        "[Check the levels: Nett cannot be worse than Gross.]",
        {"H5": "2", "I5": "3"},
    ),
    (
        COUNCIL,
        {"R5": "3"},
        "Risks!T5: RB303 warning: R1 scores 9 Target and only 6 Nett.  "
        "[Check the levels: Target cannot be worse than Nett.]",
        {"R5": "2"},
    ),
    (
        COUNCIL,
        {"P5": "7"},
        "Risks!P5: RB304 error: '7' was typed over the formula and differs from the computed "
        f"6.  [{COPY}]",
        {"P5": "6"},  # agrees, so RB305
    ),
    (
        COUNCIL,
        {"Q5": "High"},
        "Risks!Q5: RB304 error: 'High' was typed over the formula and differs from the "
        f"computed Medium.  [{COPY}]",
        {"Q5": "=ours -> Medium"},
    ),
    (
        COUNCIL,
        {"R5": "", "S5": "", "T5": "3"},
        "Risks!T5: RB304 error: '3' was typed over the formula and differs from the computed "
        f"blank.  [{COPY}]",
        {"R5": "", "S5": "", "T5": "=ours -> "},
    ),
    (
        COUNCIL,
        {"P5": "6"},
        "Risks!P5: RB305 warning: '6' was typed over the formula and stands in for the "
        f"computed 6.  [{COPY}]",
        {"P5": "=ours -> 6"},
    ),
    (
        COUNCIL,
        {"P5": "=ours -> 8"},
        "Risks!P5: RB306 information: the cell shows 8; the entries give 6.  "
        "[Run `riskbook refresh`.]",
        {"P5": "=ours -> 6.0000000004"},  # the same to the digits a cell holds
    ),
    (
        COUNCIL,
        {"P5": "=ours -> "},
        "Risks!P5: RB306 information: the cell shows nothing; the entries give 6.  "
        "[Run `riskbook refresh`.]",
        {"P5": "=ours -> 6"},
    ),
    (
        COUNCIL,
        {"N5": "3"},
        "Risks!P5: RB307 warning: R1 scores 9; the appetite is 6.  "
        "[Plan actions that bring it down, or record why it is tolerated.]",
        {"N5": "3", "C5": "Reputational"},  # the appetite of all other categories is 9
    ),
    (
        COUNCIL,
        {"P5": "=N5*O5 -> 6"},
        "Risks!P5: RB308 error: the formula under Nett Score is not the template's: =N5*O5.  "
        f"[{COPY}]",
        {"P5": "=ours -> 6"},
    ),
    (
        COUNCIL,
        {"P5": f"=MAX({'N5*O5,' * 10}0) -> 6"},
        "Risks!P5: RB308 error: the formula under Nett Score is not the template's: "
        "=MAX(N5*O5,N5*O5,N5*O5,N5*O5,N5*O5,N5*O5,N5*O5,N5*O5,N5*O....  "
        f"[{COPY}]",
        {"Actions!C5": "=A1 -> Raise the wall"},
    ),
)

ACTIONS: tuple[Case, ...] = (
    (
        COUNCIL,
        {"Actions!B5": "R9"},
        "Actions!B5: RB401 error: action A1 belongs to 'R9', and there is no such risk.  "
        "[Choose one of R1, R2.]",
        {"Actions!B5": " r2"},
    ),
    (
        WEIGHTED,
        {"Actions!B5": "2c"},
        "Actions!B5: RB401 error: action 2a.1 belongs to '2c', and there is no such risk.  "
        "[Choose one of 2a, 2b, 3a, 2, 3.]",
        {"Actions!B5": "2"},  # of the whole risk
    ),
    (
        COUNCIL,
        {"Actions!G5": "29/09/2021"},
        "Actions!G5: RB402 error: action A1 was due September 2021 and is revised to "
        "29/09/2021, which is earlier.  [Check both dates.]",
        {"Actions!G5": "30/09/2021"},
    ),
    (
        COUNCIL,
        {"Actions!F5": "May 2021", "Actions!H5": ""},
        "Actions!F5: RB403 warning: action A1 was due May 2021 and has no status "
        f"(as at 30/06/2021).  [{STATUS}]",
        {"Actions!F5": "June 2021", "Actions!H5": ""},  # the last day of June has not passed
    ),
    (
        COUNCIL,
        {"Actions!F5": "May 2021"},
        "Actions!F5: RB404 warning: action A1 was due May 2021 and is overdue "
        f"(as at 30/06/2021).  [{STATUS}]",
        {"Actions!F5": "May 2021", "Actions!H5": "Cancelled"},
    ),
    (
        COUNCIL,
        {"Actions!F5": "April 2021", "Actions!G5": "29/06/2021"},
        "Actions!G5: RB404 warning: action A1 was due 29/06/2021 and is overdue "
        f"(as at 30/06/2021).  [{STATUS}]",
        {"Actions!F5": "April 2021", "Actions!G5": "30/06/2021"},
    ),
    (
        COUNCIL,
        {"Actions!C6": " RAISE  the wall", "Actions!F6": "30/09/2021"},
        "Actions!C6: RB405 warning: action A2 says the same as action A1.  "
        "[Delete one of the two rows.]",
        {"Actions!C6": "Raise the wall"},  # again, by March
    ),
    (
        COUNCIL,
        {"Actions!I5": "01/07/2021"},
        "Actions!I5: RB406 warning: action A1 was completed 01/07/2021, after 30/06/2021.  "
        "[Check the date.]",
        {"Actions!I5": "30/06/2021"},
    ),
    (
        COUNCIL,
        {"X5": "29 June 2021"},
        "Risks!X5: RB407 warning: R1 was to be reviewed by 29 June 2021 (as at 30/06/2021).  "
        "[Review the risk and type the next date.]",
        {"X5": "30 June 2021"},
    ),
)

TEXTS: tuple[Case, ...] = (
    (
        COUNCIL,
        {"W5": ""},
        "Risks!W5: RB501 warning: R1 has no Update.  [Say what has changed, or that nothing has.]",
        {"W5": "None"},
    ),
    (
        COUNCIL,
        {"W5": "No change. Q4 targets were met."},
        "Risks!W5: RB502 information: the update of R1 speaks of Q4 in a register for Q1.  "
        f"[{QUARTER}]",
        {"W5": "Q1 targets were met. More than in Q4."},
    ),
    (
        WEIGHTED,  # which has no column for an update
        {"F5": "and financial control."},
        "Risks!F5: RB503 information: the text begins 'and financial control.'.  "
        "[Check that its beginning was not lost.]",
        {"F5": "\n\N{BULLET} 86% of adults."},
    ),
    (
        COUNCIL,
        {"Actions!J5": "Complete.\nFleet | 79% | 10.5% | 0%"},
        "Actions!J5: RB504 warning: the percentages in 'Fleet | 79% | 10.5% | 0%' sum to 89.5.  "
        "[Check the figures.]",
        {"Actions!J5": "Fleet | 33% | 33% | 33%\nFleet | 7%"},
    ),
    (
        WEIGHTED,
        {"Q5": "Chief Accountant"},
        "Risks!Q5: RB505 information: 'Chief Accountant' was read as 'Head of Accountancy'.  "
        "[Type 'Head of Accountancy' if that is meant.]",
        {"Q5": "head of  ACCOUNTANCY"},
    ),
)

CONTROLLED: tuple[Case, ...] = (
    (
        COUNCIL,
        {"Key!B4": "Seldom"},
        "Key!B4: RB901 error: the template says 'Rare' here and the workbook 'Seldom'.  "
        "[Type 'Rare' again; to change it for good, change the profile.]",
        {"Key!B40": "Seldom"},  # beside what the profile fills
    ),
    (
        COUNCIL,
        {"Key!A4": "'1"},  # a text, which no formula finds
        "Key!A4: RB901 error: the template says 1 here and the workbook '1'.  "
        "[Type 1 again; to change it for good, change the profile.]",
        {"Key!A4": "1.0"},
    ),
    (
        COUNCIL,
        {"Key!B4": "=A1 -> Rare"},  # it may say another thing tomorrow
        "Key!B4: RB901 error: the template says 'Rare' here and the workbook works it out by a "
        "formula.  [Type 'Rare' again; to change it for good, change the profile.]",
        {"Key!B4": "Rare"},
    ),
    (
        COUNCIL,
        {"Lists!A4": ""},
        "Lists!A4: RB901 error: the template says 'Strategic' here and the workbook ''.  "
        "[Type 'Strategic' again; to change it for good, change the profile.]",
        {"Lists!A1": "Lists behind the dropdowns"},
    ),
    (
        SIGNED,
        {"About!B7": "30/06/2021"},
        "About!B7: RB902 warning: the profile operational-4x4-signoff was in force until "
        f"31/03/2021; the register is as at 30/06/2021.  [{IN_FORCE}]",
        {"About!B7": "March 2021"},
    ),
    (
        SIGNED,
        {"About!B7": "31/03/2017"},
        "About!B7: RB902 warning: the profile operational-4x4-signoff is in force from "
        f"01/04/2017; the register is as at 31/03/2017.  [{IN_FORCE}]",
        {"About!B7": "1 April 2017"},
    ),
    (
        SIGNED,
        {"About!B11": "'0.9"},
        "About!B11: RB903 warning: the workbook was made from the profile "
        "operational-4x4-signoff 0.9 and is read by operational-4x4-signoff 1.1.  "
        "[Copy the entries into a new workbook made by `riskbook new`.]",
        {"About!B11": "'1.1"},
    ),
    (
        SIGNED,
        {"About!B11": ""},
        "About!B11: RB903 warning: the workbook was made from the profile "
        "operational-4x4-signoff and is read by operational-4x4-signoff 1.1.  "
        "[Copy the entries into a new workbook made by `riskbook new`.]",
        {"About!B11": "'1.1"},
    ),
    (
        SIGNED,
        {"Heat map!": "gone"},
        "About!A1: RB904 warning: there is no sheet 'Heat map', so what it shows is left out.  "
        "[Make the next workbook with `riskbook new-period`; it has every sheet.]",
        {},
    ),
)

CASES = (*ROWS, *ENTRIES, *FIGURES, *ACTIONS, *TEXTS, *EXEMPT, *CONTROLLED, *CARELESS)


def code(said: str) -> str:
    return said.split(" ")[1]


def named(case: Case) -> str:
    return code(case[2])


@pytest.mark.parametrize("register", [COUNCIL, WEIGHTED, SIGNED])
def test_nothing_is_said_of_a_clean_register(register: Document) -> None:
    assert lines(checked(register)) == []


def test_every_rule_has_a_case() -> None:
    of_files = {code for code in RULES if code >= "RB905"}  # a register in memory has no template
    assert {named(case) for case in CASES} == set(RULES) - of_files


@pytest.mark.parametrize(("register", "typed", "said", "near"), CASES, ids=map(named, CASES))
def test_what_is_typed_raises_the_finding_and_no_other(
    register: Document, typed: Typed, said: str, near: Typed
) -> None:
    assert lines(checked(register, typed)) == said.split("\n")
    assert code(said) not in codes(checked(register, near))


@pytest.mark.parametrize(("register", "typed", "said", "near"), CASES, ids=map(named, CASES))
def test_a_profile_changes_the_severity_of_a_rule_and_turns_it_off(
    register: Document, typed: Typed, said: str, near: Typed
) -> None:
    rule = code(said)
    for severity in ("error", "warning", "information"):
        outcome = checked(register, typed, profile=profile_of(register, rules={rule: severity}))
        found = [finding for finding in outcome.findings if finding.code == rule]
        assert [finding.severity.value for finding in found] == [severity]
    off = checked(register, typed, profile=profile_of(register, rules={rule: "off"}))
    assert lines(off) == said.split("\n")[1:]


def test_a_risk_without_a_reference_is_called_the_risk() -> None:
    found = lines(checked(COUNCIL, {"A5": "", "W5": "Q4 targets were met."}))
    assert (
        "Risks!W5: RB502 information: the update of the risk speaks of Q4 in a register for Q1.  "
        f"[{QUARTER}]"
    ) in found


@pytest.mark.parametrize(
    ("blank", "fix"),
    [
        ({"A5": ""}, "Choose one of R2."),
        ({"A5": "", "A6": ""}, "Give the risk its reference first."),
    ],
)
def test_an_orphan_is_offered_no_blank_reference(blank: Typed, fix: str) -> None:
    fixes = {found.fix for found in checked(COUNCIL, blank).findings if found.code == "RB401"}
    assert fixes == {fix}


def test_the_day_of_the_register_must_be_a_date() -> None:
    outcome = checked(COUNCIL, {"About!B7": "soon"}, as_at=date(2021, 6, 30))

    assert lines(outcome) == [
        "About!B7: RB209 error: the position as at 'soon' is not a date.  "
        "[Type a date such as 31/10/2021.]"
    ]


def test_the_profile_is_judged_by_the_day_that_was_asked_for() -> None:
    assert codes(checked(SIGNED, as_at=date(2021, 4, 1))) == ["RB902"]
    assert codes(checked(SIGNED, as_at=date(2021, 3, 31))) == []


def test_a_profile_without_dates_is_always_in_force() -> None:
    assert codes(checked(SIGNED, profile=profile_of(SIGNED, effective={}))) == []
    open_end = profile_of(SIGNED, effective={"from": "2017-04-01"})
    assert codes(checked(SIGNED, profile=open_end, as_at=date(2099, 1, 1))) == []


def test_an_update_is_not_compared_with_a_period_that_names_no_quarter() -> None:
    assert lines(checked(COUNCIL, {"About!B6": "2021/22", "W5": "Q4 targets were met."})) == []


def test_a_formula_that_shows_an_error_is_both() -> None:
    assert lines(checked(COUNCIL, {"F5": "=F99 -> #REF!"})) == [
        "Risks!F5: RB204 error: a formula stands under Risk Owner.  "
        "[Type the value itself over the formula.]",
        "Risks!F5: RB205 error: the error #REF! stands under Risk Owner.  "
        "[Type the entry over it.]",
    ]


def test_blank_sub_risks_are_offered_the_letters_that_are_free() -> None:
    outcome = checked(WEIGHTED, {"C5": "", "C6": "", "C7": "2a", "Actions!B5": "2"})

    assert [line.rpartition("  ")[2] for line in lines(outcome)] == [
        "[Type 2b, the next free number.]",
        "[Type 2c, the next free number.]",
    ]


def test_a_risk_without_a_reference_is_named_by_its_place() -> None:
    outcome = checked(COUNCIL, {"A6": "", "N6": ""})

    assert lines(outcome)[1] == (
        "Risks!N6: RB211 error: the risk has only one of its two Nett levels.  "
        "[Choose the other level, or clear both.]"
    )


def test_many_hidden_rows_are_counted_and_the_first_ten_named() -> None:
    rows = {f"A{row}": f"R{row - 4}" for row in range(7, 17)}
    hidden = {str(row): "hidden" for row in range(5, 17)}

    found = [line for line in lines(checked(COUNCIL, rows | hidden)) if "RB107" in line]

    assert found == [
        "Risks!A5: RB107 information: rows 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and 2 more are "
        "hidden; their entries count all the same.  [Show the rows to see what counts.]"
    ]


def finding(severity: Severity, at: CellRef, code: str = "RB201") -> Finding:
    words = {"field": "", "value": "", "message": "It is wrong.", "fix": "Mend it."}
    return Finding(code=code, severity=severity, at=at, **words)


# in the order in which they are to be read: the sheets in the order of the tabs
ORDERED = (
    finding(Severity.ERROR, CellRef("About", 7, 2)),
    finding(Severity.ERROR, CellRef("Risks", 5, 2)),
    finding(Severity.ERROR, CellRef("Risks", 5, 10), "RB202"),
    finding(Severity.ERROR, CellRef("Risks", 5, 10), "RB304"),
    finding(Severity.ERROR, CellRef("Risks", 10, 1)),
    finding(Severity.ERROR, CellRef("Actions", 5, 1)),
    finding(Severity.ERROR, CellRef("A sheet of the council's", 1, 1)),
    finding(Severity.WARNING, CellRef("Risks", 5, 1)),
    finding(Severity.INFORMATION, CellRef("About", 1, 1)),
)


PROFILE = profile_of(COUNCIL)


@given(st.permutations((*ORDERED, finding(Severity.OFF, CellRef("Risks", 5, 1)))))
def test_findings_stand_in_one_order_however_they_were_found(found: list[Finding]) -> None:
    assert in_order(found, PROFILE) == ORDERED


@pytest.mark.parametrize(
    ("place", "typed", "rule"),
    [
        ("A6", "'" + "9" * 5_000, "RB207"),  # more digits than Python would turn into a number
        ("A6", "'" + "9" * 32_000 + "x", "RB207"),
        ("N5", "'" + "9" * 5_000, "RB201"),
        ("X5", "'" + "9" * 5_000, "RB209"),
        ("F5", "'" + "9" * 5_000, ""),
    ],
)
def test_an_entry_of_many_digits_is_an_entry_like_another(
    place: str, typed: str, rule: str
) -> None:
    assert codes(checked(COUNCIL, {place: typed})) == ([rule] if rule else [])


def test_a_word_that_is_near_no_level_is_told_each_level_once() -> None:
    found = lines(checked(COUNCIL, {"H5": "zzzz"}))

    assert found[0].endswith(
        "[Choose one of 1 Rare, 2 Unlikely, 3 Possible, 4 Likely, 5 Almost Certain.]"
    )
