"""Marks of exemption: what officers type, what is said of it, and what a mark means.

The cases run in :mod:`tests.core.test_checks` beside those of the other rules.
"""

import re
from collections.abc import Mapping

import pytest

from riskbook.core.checks import RULES
from riskbook.core.marks import WHOLE, mark_of
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, lines, without
from tests.support import ROOT, codes

Typed = Mapping[str, str]

# COUNCIL: Risks AA exempt, AB reason; Actions K exempt, L reason.
REASON = "Type the reason as the public will read it, such as Paragraph 3 of Schedule 12A."
UNTIL = "until then the public edition leaves the whole row out."
P3 = {"AB5": "Paragraph 3"}

EXEMPT: tuple[tuple[Document, Typed, str, Typed], ...] = (
    (
        COUNCIL,
        {"Actions!K4": ""},
        "Actions!K4: RB607 error: no column is headed 'Exempt From Publication' any more, so "
        "nobody knows what is exempt; until then there is no public edition.  [Put the profile's "
        "heading back above the column of the marks.]",
        {"AC4": "Private", "AC5": "Yes"},  # a column of one's own
    ),
    (
        COUNCIL,
        {"AA5": "Whole row"},
        "Risks!AB5: RB601 error: row 5 is marked as exempt from publication without a reason.  "
        f"[{REASON}]",
        {"AA5": "Whole row", **P3},
    ),
    (
        COUNCIL,
        {"Actions!K6": "Action", "Actions!L6": "' "},  # spaces are no reason
        "Actions!L6: RB601 error: row 6 is marked as exempt from publication without a reason.  "
        f"[{REASON}]",
        {"Actions!K6": "Action", "Actions!L6": "Paragraph 1"},
    ),
    (
        COUNCIL,
        P3,
        "Risks!AB5: RB602 warning: row 5 has a reason for exemption and no mark, so it is "
        "published.  [Type Whole row, or the headings of the columns to leave out; or clear the "
        "reason.]",
        {"AA5": "Update", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Update; Consequenses", **P3},
        f"Risks!AA5: RB603 error: no column is headed 'Consequenses'; {UNTIL}  "
        "[Type 'Consequences' if that is meant.]",
        {"AA5": "update ; CONSEQUENCES ;", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "whole rwo", **P3},
        f"Risks!AA5: RB603 error: no column is headed 'whole rwo'; {UNTIL}  "
        "[Type 'Whole row' if that is meant.]",
        {"AA5": " WHOLE  row. ", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "No", **P3},
        f"Risks!AA5: RB603 error: 'No' does not say what is exempt; {UNTIL}  "
        "[Clear the cell to publish the row: a blank cell marks nothing.]",
        {},
    ),
    (
        COUNCIL,
        {"AA5": "?!", **P3},
        f"Risks!AA5: RB603 error: no column is headed '?!'; {UNTIL}  "
        "[Type Whole row, or headings of this sheet with a semicolon between them.]",
        {"AA5": "Yes", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Impact", **P3},
        "Risks!AA5: RB603 error: 'Impact' may mean Consequences, Gross Impact, Nett Impact or "
        f"Target Impact; {UNTIL}  [Type the heading as it stands above the column.]",
        {"AA5": "Gross Impact", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Ref", **P3},
        f"Risks!AA5: RB604 error: Ref cannot be left out by itself; {UNTIL}  "
        "[Type Whole row to leave the row out, or the headings of other columns.]",
        {"AA5": "Whole risk", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Nett Score", **P3},
        f"Risks!AA5: RB604 error: Nett Score cannot be left out by itself; {UNTIL}  "
        "[Mark Nett Likelihood and Nett Impact instead: the score follows from them.]",
        {"AA5": "Nett Likelihood; Nett Impact", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Reason for Exemption", **P3},
        f"Risks!AA5: RB604 error: Reason for Exemption cannot be left out by itself; {UNTIL}  "
        "[Type Whole row to leave the row out, or the headings of other columns.]",
        {"AA5": "Exempt", **P3},
    ),
    (
        COUNCIL,
        {"AA5": "Whole row", **P3, "W6": "As for R1, the pump failed."},
        "Risks!W6: RB605 warning: Update of R2 is published and says 'R1', which is withheld "
        "(Ref of R1, Risks!A5).  [Reword it, or mark it as exempt too.]",
        {"AA5": "Whole row", **P3, "W6": "As for R11, the pump failed."},
    ),
    (
        COUNCIL,
        {"AA5": "Risk", **P3, "W6": "After the FLOODING  of the\ndepot nothing worked."},
        "Risks!W6: RB605 warning: Update of R2 is published and says 'Flooding of the depot', "
        "which is withheld (Risk of R1, Risks!B5).  [Reword it, or mark it as exempt too.]",
        {"AA5": "Risk", **P3, "W6": "After the flood of the depot nothing worked."},
    ),
    (
        WEIGHTED,
        {"AD5": "Risk", "AE5": "Paragraph 3"},
        "Risks!B5: RB606 warning: Risk of 2a is withheld, and the same text is published in "
        "Risks!B6.  [Mark it there too, or clear the mark here.]",
        {"AD5": "Risk", "AE5": "Paragraph 3", "AD6": "Risk", "AE6": "Paragraph 3"},
    ),
)


@pytest.mark.parametrize(
    "word",
    ["Yes", "y", "ALL", "Whole", "whole risk", "Whole Action", "wholerow", "Exempt", "TRUE"],
)
def test_words_mark_the_whole_row(word: str) -> None:
    found = checked(COUNCIL, {"AA5": word, **P3})

    mark = mark_of(found.reading.register.risks[0], found.reading.risks)
    assert mark
    assert (mark.whole, mark.fields, mark.strange, mark.reason) == (True, (), (), "Paragraph 3")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("Update", ("update",)),
        ("  uPdAtE  ", ("update",)),
        ("Update; Risk Owner", ("update", "owner")),
        ("Update\nRisk Owner\r\nControls;", ("update", "owner", "controls")),
        ("Update;Update", ("update",)),
        ("Commentary", ("update",)),  # another word for it, as in headings
        ("Risk", ("title",)),
        ("Responsible Officer", ("owner",)),
        ("Council\u00a0Priority", ("priority",)),
    ],
)
def test_headings_mark_their_columns(typed: str, fields: tuple[str, ...]) -> None:
    found = checked(COUNCIL, {"AA5": typed, **P3})

    mark = mark_of(found.reading.register.risks[0], found.reading.risks)
    assert mark
    assert (mark.whole, mark.fields, mark.strange) == (False, fields, ())


def test_a_heading_as_it_stands_in_this_workbook_marks_its_column() -> None:
    typed = {"W4": "Commentary", "AA5": "commentary", **P3}

    found = checked(COUNCIL, typed)

    mark = mark_of(found.reading.register.risks[0], found.reading.risks)
    assert mark
    assert mark.fields == ("update",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#N/A", ["RB205"]),  # what it may mean nobody can say
        ('="" -> ', ["RB230"]),
        ("4", ["RB603"]),
        ("2021-06-30", ["RB603", "RB232"]),
        (";", ["RB603"]),
    ],
)
def test_what_is_no_word_marks_the_whole_row_until_it_is_mended(
    typed: str, expected: list[str]
) -> None:
    found = checked(COUNCIL, {"AA5": typed, **P3})

    mark = mark_of(found.reading.register.risks[0], found.reading.risks)
    assert mark
    assert mark.whole
    assert [finding.code for finding in found.findings] == expected


def test_a_formula_that_shows_a_word_is_told_and_its_word_too() -> None:
    found = checked(COUNCIL, {"AA5": '="Ownr" -> Ownr', **P3})
    assert [finding.code for finding in found.findings] == ["RB204", "RB603"]


def test_a_register_without_the_columns_of_marks_has_no_mark() -> None:
    found = checked(SIGNED, profile=without(SIGNED, "exempt", "exempt_reason"))

    assert lines(found) == []
    assert mark_of(found.reading.register.risks[0], found.reading.risks) is None


def test_a_mark_without_a_column_of_reasons_is_pointed_at_itself() -> None:
    found = checked(COUNCIL, {"AA5": "Yes"}, profile=without(COUNCIL, "exempt_reason"))

    assert [line for line in lines(found) if "RB601" in line] == [
        "Risks!AA5: RB601 error: row 5 is marked as exempt from publication without a reason.  "
        f"[{REASON}]"
    ]


def test_the_guide_names_words_that_mark_a_row_and_codes_that_there_are() -> None:
    guide = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    row = next(line for line in guide.splitlines() if line.startswith("| `Whole row`"))
    words = re.findall("`([^`]*)`", row)

    assert words == ["Whole row", "Yes", "All", "Exempt"]
    assert {word.replace(" ", "").casefold() for word in words} <= set(WHOLE)
    assert set(re.findall(r"RB\d{3}", guide)) == {c for c in RULES if c.startswith("RB6")}


def test_a_soft_hyphen_hides_no_withheld_words() -> None:
    typed = {"AA5": "Risk", **P3, "W6": "After the FLOODING\u00ad of the\ndepot nothing worked."}
    assert codes(checked(COUNCIL, typed)) == ["RB216", "RB605"]
