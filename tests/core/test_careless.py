"""Careless edits: what slips into cells and sheets, each told once, by the rule that fits it.

Each case as in :mod:`tests.core.test_checks`, whose tests run these too.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from riskbook.core.checks.characters import odd
from riskbook.core.values import parse_day
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, lines
from tests.support import codes

Typed = Mapping[str, str]
SAME = "so that everybody reads the same."
FORMAT = "Give the cell the format of the cell above or below."
AGAIN = "Type that word again."
YEAR = "Type the year with all four digits."
PERSON = "Type a person or a post, or leave the cell blank."
HUNG = "it is no part of the register, and whoever gets the workbook can read it."
MOVE = "Move what matters into an entry, and delete the rest."

CARELESS: tuple[tuple[Document, Typed, str, Typed], ...] = (
    (
        COUNCIL,
        {"A6": "R 1"},
        "Risks!A6: RB111 warning: the reference 'R 1' differs from 'R1' in row 5 by spaces only.  "
        "[Give one of the two rows another reference, or delete it.]",
        {"A6": "R 2"},
    ),
    (
        COUNCIL,
        {"F": "hidden"},
        "Risks!F5: RB112 information: the column Risk Owner is hidden; its 2 entries count.  "
        "[Show the column to see what counts.]",
        {"D": "hidden"},  # nothing stands in it
    ),
    (
        COUNCIL,
        {"V": "hidden"},
        "Risks!V5: RB112 information: the column Treatment is hidden; its 1 entry counts.  "
        "[Show the column to see what counts.]",
        {"E": "hidden"},
    ),
    (
        COUNCIL,
        {"AD5": "see above", "AD6": "see above"},
        "Risks!AD5: RB115 warning: column AD has no heading, and 2 cells of it were not read.  "
        "[Move the entries to the column where they belong, or delete them.]",
        {},
    ),
    (
        COUNCIL,
        {"F5:G5": "merged"},
        "Risks!F5: RB108 warning: the cells F5:G5 are merged: only the first one holds an entry.  "
        "[Unmerge the cells and type what belongs in each of them.]",
        {"B9:B10": "merged", "A1:C1": "merged"},
    ),
    (
        COUNCIL,
        {"D4": "Council Priority", "E4": "Service"},
        "Risks!D4: RB113 information: the columns stand in another order from 'Council Priority' "
        "on; each was read by its heading.  [Move the columns back when it is convenient.]",
        {},
    ),
    (
        COUNCIL,
        {"P6": "=ours -> 9"},
        "Risks!P5: RB114 warning: row 5 has no formula in 1 of its cells, so they show nothing; "
        "the reports have the figures.  [Copy the formulas of the row above or below into the "
        "row.]",
        {"P5": "=ours -> 6", "P6": "=ours -> 9"},
    ),
    (
        COUNCIL,
        {"AD6": "see above"},
        "Risks!AD6: RB115 warning: column AD has no heading, and 1 cell of it was not read.  "
        "[Move the entries to the column where they belong, or delete them.]",
        {"AD9": "total"},  # not in a row of the register
    ),
    (
        COUNCIL,
        {"N5": '2 :: "4"'},
        "Risks!N5: RB215 warning: the cell under Nett Likelihood holds '2' and shows 4.  "
        f"[{FORMAT}]",
        {"N5": "2 :: 0.00"},
    ),
    (
        COUNCIL,
        {"X5": "2022-03-31 :: d-mmm"},
        "Risks!X5: RB215 warning: the cell under Review Date holds '2022-03-31' and shows no "
        f"year.  [{FORMAT}]",
        {"X5": "2022-03-31 :: mmm-yy"},
    ),
    (
        COUNCIL,
        {"F5": "Head of E\u200bstates"},
        "Risks!F5: RB216 warning: the text under Risk Owner holds zero width space (U+200B), "
        f"which nobody sees.  [{AGAIN}]",
        {"F5": "\U0001f468\u200d\U0001f4bb Head of Estates"},  # a joiner between two pictures
    ),
    (
        COUNCIL,
        {"W5": "No change._x000D_"},
        "Risks!W5: RB217 warning: the text under Update holds '_x000D_', which is no text.  "
        f"[{AGAIN}]",
        {"W5": "No change.\nNone is planned."},
    ),
    (
        COUNCIL,
        {"F5": "Head of \u0415states"},
        "Risks!F5: RB218 warning: the text under Risk Owner holds cyrillic capital letter ie "
        f"(U+0415), which looks like another character.  [{AGAIN}]",
        {"W5": "5 \u03bcg of PM2.5 in \u0421\u043e\u0444\u0438\u044f"},
    ),
    (
        COUNCIL,
        {"F5": "\U0001d407ead of \ufb01nance"},
        "Risks!F5: RB218 warning: the text under Risk Owner holds mathematical bold capital h "
        f"(U+1D407), which looks like another character.  [{AGAIN}]",
        {"F5": "Ren\u00e9e, 5 m\u00b2"},
    ),
    (
        COUNCIL,
        {"F5": "2022-03-31"},
        "Risks!F5: RB232 warning: the text under Risk Owner was turned into the date 2022-03-31.  "
        "[Format the cell as text and type it again.]",
        {"F5": "'31-3"},
    ),
    (
        COUNCIL,
        {"W5": "TRUE"},
        "Risks!W5: RB232 warning: the text under Update was turned into TRUE.  "
        "[Format the cell as text and type it again.]",
        {"W5": "'true"},
    ),
    (
        COUNCIL,
        {"G5": "X" * 32_767},
        "Risks!G5: RB219 warning: the text under Consequences fills its cell: its end was "
        "probably cut off.  [Look at its end, and move a part of it to a document of its own.]",
        {"G5": "X" * 32_766},
    ),
    (
        COUNCIL,
        {"F5": "''Head of Estates"},
        "Risks!F5: RB220 information: the text under Risk Owner begins with an apostrophe that "
        "is part of it.  [Delete the apostrophe, unless the text needs it.]",
        {"F5": "''Acting' Head of Estates"},
    ),
    (
        COUNCIL,
        {"N5": "'2"},
        "Risks!N5: RB221 information: 2 under Nett Likelihood is held as text; it was read as a "
        "number.  [Type the number again without an apostrophe before it.]",
        {"N5": "'9"},  # off the scale, and told so
    ),
    (
        WEIGHTED,
        {"E5": "40"},
        "Risks!E5: RB222 information: 40 under % Overall Weighting was read as 40%.  "
        f"[Type 40% {SAME}]",
        {"E5": "40%"},
    ),
    (
        WEIGHTED,
        {"E5": "0.4"},
        "Risks!E5: RB222 information: 0.4 under % Overall Weighting was read as 40%.  "
        f"[Type 40% {SAME}]",
        {"E5": "0.4 :: 0.0%"},
    ),
    (
        COUNCIL,
        {"L5": "~A pump and ~a wall."},
        "Risks!L5: RB223 warning: the words 'A pump and' under Controls are struck through and "
        "were read.  [Delete the words if they no longer hold.]",
        {"L5": "~ ~A wall."},
    ),
    (
        COUNCIL,
        {"Actions!C5": "note"},
        f"Actions!C5: RB224 information: a note hangs on the cell: {HUNG}  [{MOVE}]",
        {"Actions!C4": "note"},  # on a heading, where the template has its own
    ),
    (
        COUNCIL,
        {"F6": "thread"},
        f"Risks!F6: RB224 information: a thread of comments hangs on the cell: {HUNG}  [{MOVE}]",
        {"AD6": "thread"},
    ),
    (
        COUNCIL,
        {"Actions!F6": "03/31/2022"},
        "Actions!F6: RB225 error: '03/31/2022' under Target Date is in the American order, month "
        "first.  [Type 31/03/2022 if that is meant.]",
        {"Actions!F6": "31/03/2022"},
    ),
    (
        COUNCIL,
        {"Actions!F5": "12/10/2021", "Actions!F6": "2022-03-31 :: m/d/yyyy"},
        "Actions!F5: RB226 warning: '12/10/2021' was read as 12 October 2021, and other dates "
        "under Target Date have the month first.  [Type the month as a word if another day is "
        "meant.]\n"
        "Actions!F6: RB228 information: the cell shows 31/03/2022 in the American order, month "
        "first.  [Give the cell the format dd/mm/yyyy.]",
        {"Actions!F5": "12/10/2021", "Actions!F6": "31/03/2022"},
    ),
    (
        COUNCIL,
        {"Actions!G6": "44651"},
        "Actions!G6: RB227 error: 44651 under Revised Date is the number of the day 31/03/2022.  "
        "[Give the cell a date format, or type 31/03/2022 if that is meant.]",
        {"Actions!G6": "2022-03-31"},
    ),
    (
        COUNCIL,
        {"Actions!G6": "43189", "Actions!A1": "1904"},
        "Actions!G6: RB227 error: 43189 under Revised Date is the number of the day 31/03/2022.  "
        "[Give the cell a date format, or type 31/03/2022 if that is meant.]",
        {},
    ),
    (
        COUNCIL,
        {"X5": "2022-03-31 :: m/d/yyyy"},
        "Risks!X5: RB228 information: the cell shows 31/03/2022 in the American order, month "
        "first.  [Give the cell the format dd/mm/yyyy.]",
        {"X5": "2022-03-31 :: mm-dd-yy"},  # Excel's own short date, as the computer has it
    ),
    (
        COUNCIL,
        {"X5": "2022-03-31", "A1": "1904"},
        "Risks!X5: RB229 information: the workbook counts its days from 1904; dates that were "
        "pasted from another workbook may be four years off.  [Check the dates of this sheet.]",
        {"A1": "1904"},  # no date to be off
    ),
    (
        COUNCIL,
        {"N5": "=A1*2 -> "},
        "Risks!N5: RB230 error: a formula without a value stands under Nett Likelihood.  [Type "
        "the value itself over the formula.]",
        {"N5": "2"},
    ),
    (
        COUNCIL,
        {"F5": "=Lists!A1 -> "},
        "Risks!F5: RB230 error: a formula without a value stands under Risk Owner.  [Type the "
        "value itself over the formula.]",
        {},
    ),
    (
        COUNCIL,
        {"F5": "Head\u00a0of Estates"},
        "Risks!F5: RB231 information: the text under Risk Owner holds a no-break space, read as "
        "a space.  [Type a space over it, so that filters find the text.]",
        {"L5": "A\u00a0pump."},  # prose is full of them
    ),
    (
        COUNCIL,
        {"Actions!B5": "r1"},
        "Actions!B5: RB408 information: action A1 belongs to 'r1', read as 'R1'.  [Type 'R1', as "
        "the risk has it.]",
        {"Actions!B5": "R2"},
    ),
    (
        COUNCIL,
        {"X5": "31/3/99"},
        f"Risks!X5: RB409 warning: 31/3/99 under Review Date was read as 31 March 2099.  [{YEAR}]",
        {"X5": "31/3/49"},
    ),
    (
        COUNCIL,
        {"F5": "N/A"},
        f"Risks!F5: RB506 warning: 'N/A' under Risk Owner names nobody.  [{PERSON}]",
        {"F5": "Head of Nature"},
    ),
    (
        COUNCIL,
        {"Actions!E5": "Head of Estates; None"},
        f"Actions!E5: RB506 warning: 'None' under Action Owner names nobody.  [{PERSON}]",
        {"Actions!E5": "Head of Estates"},
    ),
    (
        COUNCIL,
        {"F5": "Na"},
        "Risks!F5: RB507 information: 'Na' under Risk Owner was read as a name.  [Leave the cell "
        "blank if nobody is meant.]",
        {"F5": "NA"},
    ),
    (
        COUNCIL,
        {"A5": "'R1\u00a0"},
        f"Risks!A5: RB208 information: 'R1\\xa0' was read as the reference R1.  [Type R1 {SAME}]",
        {"A5": "'R1"},
    ),
    (
        COUNCIL,
        {"Actions!B5": " R1"},
        f"Actions!B5: RB208 information: ' R1' was read as the reference R1.  [Type R1 {SAME}]",
        {"Actions!B5": "R1"},
    ),
    (
        COUNCIL,
        {"Actions!B5": "R 1"},
        "Actions!B5: RB401 error: action A1 belongs to 'R 1', and there is no such risk.  "
        "[Choose R1 if that is meant.]",
        {},
    ),
    (
        COUNCIL,
        {"N5": "'\uff12"},
        "Risks!N5: RB201 error: '\uff12' is not a level of Nett Likelihood.  [Type it again: it "
        "holds fullwidth digit two (U+FF12).]",
        {"N5": "2"},
    ),
    (
        COUNCIL,
        {"A5": "'R1\u200b", "Actions!B5": "R2", "Actions!B6": "R2"},
        "Risks!A5: RB210 error: the reference 'R1\\u200b' has a character that formulas cannot "
        "match.  [Type it again: it holds zero width space (U+200B).]",
        {},
    ),
)


CARELESS_NAMES = (
    *("T.B.C.", "TBC.", "N / A", "(none)", "[name]", "No one", "xxx", "\u2026", "N/K", "NULL"),
    *("null", "nobody", "TBC", "...", "?", "na", "Not known"),
)


@pytest.mark.parametrize("name", CARELESS_NAMES)
def test_words_for_nobody_are_no_owner(name: str) -> None:
    assert lines(checked(COUNCIL, {"F5": f"'{name}"})) == [
        f"Risks!F5: RB506 warning: {name!r} under Risk Owner names nobody.  [{PERSON}]"
    ]


@pytest.mark.parametrize("name", ["Null", "Na", "Vacant", "vacant post", "(Vacancy)"])
def test_words_that_may_be_a_name_or_nobody_are_asked_about(name: str) -> None:
    assert lines(checked(COUNCIL, {"F5": name})) == [
        f"Risks!F5: RB507 information: {name!r} under Risk Owner was read as a name.  [Leave the "
        "cell blank if nobody is meant.]"
    ]


@pytest.mark.parametrize(
    "name", ["Jane Null", "A. N. Onymous", "N. K.", "Head of IT (vacant)", "Dr X. Na", "3"]
)
def test_names_that_hold_such_words_are_names(name: str) -> None:
    assert lines(checked(COUNCIL, {"F5": f"'{name}"})) == []


@pytest.mark.parametrize(
    "text",
    [
        *("jane.smith@council.gov.uk has the plan.", "https://www.gov.uk has the guidance."),
        *("www.gov.uk has the guidance.", "i) One pump. ii) Another.", "e.g. pumps", "eg pumps"),
        *("i.e. pumps", "s.151 officer to report.", "s151 officer", "iPad for each officer."),
        *("eLearning for all.", "gov.uk has the guidance.", "a) One pump.", "a. One pump."),
        *("iii. Three pumps.", "5 pumps"),
    ],
)
def test_a_text_may_begin_with_small_letters_that_are_no_word(text: str) -> None:
    assert lines(checked(COUNCIL, {"L5": text})) == []


@pytest.mark.parametrize(
    "text",
    ["and a pump.", "a pump.", "pumps, walls", "council\u2019s pump", "egress is lost.", "done."],
)
def test_a_text_that_begins_with_a_small_word_has_perhaps_lost_its_beginning(text: str) -> None:
    assert codes(checked(COUNCIL, {"L5": text})) == ["RB503"]


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("30% | 40% | 30%", None),
        ("30% | 40% | 20%", "90"),
        ("50% of pumps | 83% | 17%", None),
        ("50% of pumps | 83% | 7%", "90"),
        ("| 83% | 17% |", None),
        ("30 % | 40.5 %", "70.5"),
        ("30%", None),
    ],
)
def test_each_share_of_a_line_counts(line: str, total: str | None) -> None:
    found = checked(COUNCIL, {"L5": line}).findings
    assert [(each.code, each.value) for each in found] == ([("RB504", total)] if total else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("'90s contract", False),
        ("'22 budget", False),
        ("'tis old", False),
        ("'Twas old", False),
        ("\u2018Acting\u2019 Head", False),
        ("'Acting\u2019 Head", False),
        ("'Yes.' it was said", False),
        ("'Tissues", True),
        ("'Head of Estates", True),
        ("'9000 pumps", True),
        ("'Council\u2019s pump", True),
    ],
)
def test_an_apostrophe_may_be_part_of_the_first_word(text: str, told: bool) -> None:
    assert codes(checked(COUNCIL, {"F5": f"'{text}"})) == (["RB220"] if told else [])


def test_the_titles_of_a_risk_are_the_same_with_either_apostrophe() -> None:
    typed = {"B5": "Children's services fail", "B6": "Children\u2019s  Services fail"}
    assert lines(checked(WEIGHTED, typed)) == []


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("'01", "'1", "leading zeros"),
        ("R01", "R1", "leading zeros"),
        ("R 01", "R1", "leading zeros"),
        ("R 1", "R1", "spaces"),
    ],
)
def test_references_that_people_take_for_one_are_told(one: str, other: str, by: str) -> None:
    typed = {"A5": one, "A6": other, "Actions!B5": one, "Actions!B6": one}
    first, second = one.removeprefix("'"), other.removeprefix("'")
    assert lines(checked(COUNCIL, typed)) == [
        f"Risks!A6: RB111 warning: the reference {second!r} differs from {first!r} in row 5 by "
        f"{by} only.  [Give one of the two rows another reference, or delete it.]"
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("'1.01", "'1.1"), ("'10", "'1"), ("'100", "'10"), ("'0", "'00a")]
)
def test_other_zeros_make_other_references(one: str, other: str) -> None:
    typed = {"A5": one, "A6": other, "Actions!B5": one, "Actions!B6": one}
    assert "RB111" not in codes(checked(COUNCIL, typed))


LEVELS = "1 Rare, 2 Unlikely, 3 Possible, 4 Likely, 5 Almost Certain"


def test_nothing_is_guessed_from_a_truth_value_or_a_date() -> None:
    said = lines(checked(COUNCIL, {"N5": "TRUE", "O5": "2022-03-31", "C5": "TRUE"}))
    assert all("if that is meant" not in line for line in said)
    assert said[1] == (
        "Risks!N5: RB201 error: 'TRUE' is not a level of Nett Likelihood.  "
        f"[Choose one of {LEVELS}.]"
    )


def no_date(text: str, hint: str) -> str:
    return f"Risks!X5: RB209 error: {text!r} under Review Date is not a date.  [{hint}]"


BLANK = "Leave the cell blank until there is a date, and say why in a text."
MONTH = "Type the year too, such as 31 March 2022."
USUAL = "Type a date such as 31/03/2022, or a month such as March 2022."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("31 Mar", MONTH),
        ("March", MONTH),
        ("31/03", "Type the year too, such as 31/03/2022."),
        ("2022", "Type the month too, such as March 2022."),
        ("2021/22", "Type the month too, such as March 2022."),
        ("Q1 2022", "Type the last day of the quarter, such as 30/06/2022."),
        ("Spring 2022", "Type a month."),
        ("ongoing", BLANK),
        ("TBC", BLANK),
        ("N/A", BLANK),
        ("-", BLANK),
        ("by 31 March 2022", "Type 31/03/2022 if that is meant."),
        ("31/03/2022 (revised)", "Type 31/03/2022 if that is meant."),
        ("Monday 31 March 2022", "Type 31/03/2022 if that is meant."),  # it was a Thursday
        ("31032022", "Type 31/03/2022 if that is meant."),
        ("20220331", "Type 31/03/2022 if that is meant."),
        ("310322", "Type 31/03/2022 if that is meant."),
        ("99/03/2022", USUAL),
        ("30 February 2022", USUAL),
        ("when the depot opens", USUAL),
        ("31/03/2022\u200b", "Type it again: it holds zero width space (U+200B)."),
        ("12345", USUAL),
        ("March 31st", MONTH),
        ("31st of March", MONTH),
        ("T.B.C.", BLANK),
        ("N / A", BLANK),
        ("w/c 28 March 2022", "Type the day of that week that is meant, 28/03/2022 to 03/04/2022."),
        (
            "Week commencing 28/3/22",
            "Type the day of that week that is meant, 28/03/2022 to 03/04/2022.",
        ),
        ("w/c 31/12/9999", USUAL),
        ("w/c soon", USUAL),
        ("w/e 1 April 2022", "Type 01/04/2022 if that is meant."),
        ("end-March 2022", "Type 31/03/2022 if that is meant."),
    ],
)
def test_what_is_no_date_gets_a_hint(text: str, hint: str) -> None:
    said = lines(checked(COUNCIL, {"X5": f"'{text}"}))[0]
    assert said == no_date(text, hint)


def test_a_day_number_that_is_text_is_told_as_the_day_it_would_be() -> None:
    said = lines(checked(COUNCIL, {"X5": "'44651"}))
    assert said == [no_date("44651", "Type 31/03/2022 if that is meant.")]


def test_a_day_number_is_told_as_it_is_not_as_its_format_shows_it() -> None:
    assert lines(checked(COUNCIL, {"X5": "44651 :: 0%"}))[0] == (
        "Risks!X5: RB227 error: 44651 under Review Date is the number of the day 31/03/2022.  "
        "[Give the cell a date format, or type 31/03/2022 if that is meant.]"
    )


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [
        ("June 30", "2030", 30),
        ("Jun-30", "2030", 30),
        ("June 09", "2009", 9),
        ("end of June 30", "2030", 30),
    ],
)
def test_a_month_with_a_number_may_be_a_day(text: str, year: str, number: int) -> None:
    said = lines(checked(COUNCIL, {"X5": f"'{text}"}))[0]
    assert said == (
        f"Risks!X5: RB226 warning: {text!r} under Review Date was read as 30 June {year}; "
        f"{number:02} may be the day.  [Type the year with all four digits, and the day before "
        "the month if one is meant.]"
    )


@pytest.mark.parametrize("text", ["June 26", "June 31", "June '30", "June 2030", "June 32"])
def test_a_month_with_a_year_is_no_day(text: str) -> None:
    assert lines(checked(COUNCIL, {"X5": f"'{text}"})) == []


@pytest.mark.parametrize(
    ("as_at", "shown"),
    [
        ("30/06/2201", "30 June 2201"),
        ("30/06/1921", "30 June 1921"),
        ("June 30", "30 June 2030"),  # which would make every action overdue
        ("June 12", "30 June 2012"),
    ],
)
def test_a_slip_in_the_day_of_the_register_is_told_once_where_it_stands(
    as_at: str, shown: str
) -> None:
    typed = {"About!B7": f"'{as_at}"}
    assert [line for line in lines(checked(COUNCIL, typed)) if "RB902" not in line] == [
        f"About!B7: RB409 warning: the position as at {as_at!r} was read as {shown}, far from the "
        "dates of the register.  [Type the day with the right year, such as 30/06/2021.]"
    ]


@pytest.mark.parametrize("as_at", ["June 21", "June 19", "June 2031", "30/06/12"])
def test_a_day_of_the_register_that_may_be_right_is_none(as_at: str) -> None:
    assert "RB409" not in codes(checked(COUNCIL, {"About!B7": f"'{as_at}"}))


def test_a_single_date_far_from_a_plain_day_is_the_one_that_is_off() -> None:
    typed = {"X5": "31/3/99", "Actions!F5": "", "Actions!F6": ""}
    told = [line for line in lines(checked(COUNCIL, typed)) if "RB409" in line]
    assert told == [
        f"Risks!X5: RB409 warning: 31/3/99 under Review Date was read as 31 March 2099.  [{YEAR}]"
    ]


def test_a_day_that_somebody_chose_is_no_slip_of_the_register() -> None:
    found = codes(checked(COUNCIL, as_at=date(2201, 6, 30)))
    assert found.count("RB409") == 3


def test_a_number_that_is_no_day_of_this_age_is_no_date() -> None:
    assert lines(checked(COUNCIL, {"X5": "99999"})) == [no_date("99999", USUAL)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/3/22", "2022-03-31"),
        ("31.03.2022", "2022-03-31"),
        ("31-Mar-22", "2022-03-31"),
        ("31st March 2022", "2022-03-31"),
        ("Thursday 31 March 2022", "2022-03-31"),
        ("Thu, 31/03/2022", "2022-03-31"),
        ("end March 2022", "2022-03-31"),
        ("The end of Feb 2024", "2024-02-29"),
        ("Mar 22", "2022-03-31"),
        ("03/2022", "2022-03-31"),
        ("2022-03-31", "2022-03-31"),
        ("Friday 31 March 2022", None),
        ("Monday soon", None),
        ("end of 31 March 2022", None),
    ],
)
def test_a_date_is_read_however_it_is_typed_where_it_is_plain(text: str, day: str | None) -> None:
    found = parse_day(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plain", ""),
        ("R\u20071", "figure space (U+2007)"),
        ("R1\u2028", "line separator (U+2028)"),
        ("R1\u2029", "paragraph separator (U+2029)"),
        ("R\u061c1", "arabic letter mark (U+061C)"),
        ("\ufffcR1", "object replacement character (U+FFFC)"),
        ("R\u00ad1", "soft hyphen (U+00AD)"),
        ("a\x07", "control character (U+0007)"),
        ("\ufffd", "replacement character (U+FFFD)"),
        ("'4", "an apostrophe as its first character"),
        ("\u0420\u0430\u0434\u0438\u043e", ""),  # a whole word of another alphabet
    ],
)
def test_odd_characters_are_named(text: str, name: str) -> None:
    assert odd(text) == name


@pytest.mark.parametrize(
    ("register", "typed", "expected"),
    [
        (WEIGHTED, {"E5": "40.5% :: 0%", "E6": "59.5% :: 0%"}, []),  # shown in whole per cent
        (WEIGHTED, {"E5": "0.4 :: 0"}, ["RB215"]),  # shows 0, so nobody sees 40 %
        (WEIGHTED, {"E5": "40% :: ;;;"}, ["RB215"]),
        (COUNCIL, {"N5": "◌2"}, ["RB215"]),  # in the colour of its ground
        (WEIGHTED, {"E5": "0", "E6": "100%"}, []),
        (WEIGHTED, {"E5": "'40%", "E6": "60"}, ["RB208", "RB222"]),  # mixed, each told
        (WEIGHTED, {"E5": "'40"}, ["RB208"]),
        (WEIGHTED, {"A5": "' 2", "C5": "'2a ", "D5": "'4"}, ["RB208", "RB208"]),
        (WEIGHTED, {"Actions!B5": "2A"}, ["RB408"]),
        (WEIGHTED, {"Actions!B5": "'2A "}, ["RB408"]),  # one cell, one thing to type
        (WEIGHTED, {"Actions!B5": "'2 A"}, ["RB401"]),
        (COUNCIL, {"N5": "2.4 :: 0"}, ["RB202"]),  # told as it is, not as it is shown
        (COUNCIL, {"C5": "Legal :: ;;;"}, ["RB215"]),
        (COUNCIL, {"Actions!F6": "2022-03-31 :: d-mmm"}, ["RB215"]),
        (COUNCIL, {"N5": "'2\r"}, ["RB208"]),
        (COUNCIL, {"W5": "One.\r\nTwo."}, ["RB217"]),
        (COUNCIL, {"W5": "\ufffd is lost."}, ["RB217"]),
        (COUNCIL, {"About!B5": "Cor\u202eporate"}, ["RB216"]),
        (COUNCIL, {"About!B9": "_x000D_"}, ["RB217"]),
        (COUNCIL, {"About!B5": "=A1 -> Corporate risks"}, ["RB204"]),
        (COUNCIL, {"About!B5": "=A1 -> "}, ["RB230"]),
        (COUNCIL, {"About!B5": "#REF!"}, ["RB205"]),
        (COUNCIL, {"About!B5": "~Old~ Corporate risks"}, ["RB223"]),
        (COUNCIL, {"About!B5": "Corporate risks :: ;;;"}, ["RB215"]),
        (COUNCIL, {"About!B5": "◌Corporate risks"}, ["RB215"]),
        (COUNCIL, {"About!A5": "Name"}, ["RB901"]),
        (WEIGHTED, {"E5": '0.4 :: "60%"'}, ["RB215"]),
        (COUNCIL, {"P": "hidden"}, ["RB112"]),
        (COUNCIL, {"G4:H4": "merged"}, ["RB108"]),
        (COUNCIL, {"G3:H3": "merged"}, []),
        (COUNCIL, {"P5": "= -> 6"}, ["RB308"]),  # kept elsewhere: nobody knows what it says
        (COUNCIL, {"About!B5": "Corporate\u00a0risks"}, []),  # nobody filters About
        (COUNCIL, {"W5": "Hid\U000e0041den."}, ["RB216"]),
        (COUNCIL, {"W5": "One.\u2028Two."}, ["RB216"]),
        (COUNCIL, {"W5": "One. \ufffc"}, ["RB217"]),
        (COUNCIL, {"F5": "Head\u2007of Estates"}, ["RB218"]),
        (COUNCIL, {"W5": "5\u202f% and 7\u2009mm"}, []),  # as good print has it
        (COUNCIL, {"F5": "\u00a0"}, ["RB206"]),
        (COUNCIL, {"L5": "\ufb01rst a pump."}, ["RB218"]),
        (COUNCIL, {"W5": "Hid\u3164den."}, ["RB216"]),
        (COUNCIL, {"W5": "Var\ufe0fied."}, ["RB216"]),
        (COUNCIL, {"W5": "Step 1\ufe0f\u20e3 \u2764\ufe0f done."}, []),
        (
            COUNCIL,
            {"W5": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"},
            [],
        ),
        (COUNCIL, {"A6": "R1"}, ["RB101"]),
        (COUNCIL, {"A6": "'R1\u00a0"}, ["RB101"]),  # told as one reference, once
        (COUNCIL, {"A6": "'r 1", "A5": "R1"}, ["RB111"]),
        (SIGNED, {"A5": "'PP_R04 "}, ["RB208"]),
        (COUNCIL, {"F5": "#N/A"}, ["RB205"]),
        (COUNCIL, {"F5": "Head of Estates; -"}, ["RB506"]),
        (COUNCIL, {"X5": "2022-03-31 :: [$-409]m/d/yyyy"}, ["RB228"]),
        (COUNCIL, {"X5": "2022-03-31 :: m/d"}, ["RB215"]),
        (COUNCIL, {"Actions!F5": "12/10/2021", "Actions!F6": "03/31/2022"}, ["RB225", "RB226"]),
        (COUNCIL, {"Actions!F5": "10/10/2021", "Actions!F6": "03/31/2022"}, ["RB225"]),
        (COUNCIL, {"Actions!F5": "31/10/2021", "Actions!F6": "03/31/2022"}, ["RB225"]),
        (COUNCIL, {"F5": "2022-03-31 :: d-mmm"}, ["RB232"]),  # not as a format
        (COUNCIL, {"Actions!B5": ""}, ["RB206"]),
    ],
)
def test_a_slip_is_told_once(register: Document, typed: Typed, expected: list[str]) -> None:
    assert codes(checked(register, typed)) == expected


def test_a_weight_is_what_it_was_read_as() -> None:
    risk = checked(WEIGHTED, {"E5": "40"}).reading.register.risks[0]
    assert risk.weight == Decimal("0.4")


def test_a_merge_beside_the_block_that_is_filled_holds_nothing() -> None:
    found = checked(
        COUNCIL, {"AZ5:BA6": "merged", "A1:XFD3": "merged", "A900:XFD1048576": "merged"}
    )
    assert lines(found) == []


def test_a_merge_over_a_formula_takes_it_away() -> None:
    found = checked(COUNCIL, {"AD9": "=A1 -> ", "AC9:AD9": "merged"})
    assert codes(found) == ["RB108"]
