"""Which column holds what: headings in the councils' own words.

``block("Ref | Impact", "R1 | 4")`` is a sheet with these rows; a cell reads as in
:mod:`tests.core.notation`.
"""

import pytest

from riskbook.core.grid import Grid
from riskbook.core.headings import SEARCHED_ROWS, Mapped, find
from riskbook.core.profile import Column, Table
from riskbook.core.words import AXIS_WORDS, HEADINGS, STAGE_WORDS, standard_headings
from tests.core.notation import cell


def block(*rows: str, top: int = 1, left: int = 1) -> Grid:
    cells = [tuple(cell(text.strip()) for text in row.split("|")) for row in rows]
    return Grid(sheet="Risks", top=top, left=left, rows=tuple(cells))


def table(*columns: str) -> Table:
    """Columns as "field: Heading, kind" with other headings behind it."""
    found = []
    for text in columns:
        field, _, rest = text.partition(": ")
        heading, kind, *aliases = rest.split(", ")
        found.append(Column(field=field, heading=heading, kind=kind, aliases=tuple(aliases)))
    return Table(sheet="Risks", columns=tuple(found))


SMALL = table(
    "ref: Ref, ref",
    "title: Risk, text",
    "consequences: Impact, long, Impact (narrative)",
    "nett_likelihood: Nett Probability, level",
    "nett_impact: Nett Impact, level",
    "nett_points: Score, computed",
)


def columns(mapped: Mapped) -> str:
    """Read {"ref": 1, "title": 2} as "ref A, title B"."""
    ordered = sorted(mapped.columns.items(), key=lambda item: item[1])
    return ", ".join(f"{field} {chr(64 + place)}" for field, place in ordered)


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ("Ref | Risk | Score", "R1 | Flood | 6", "ref A, title B, nett_points C"),
        ("Score | Risk | Ref", "6 | Flood | R1", "nett_points A, title B, ref C"),
        (" REF | ' risk  ", "R1 | Flood", "ref A, title B"),
        ("No. | Risk description", "1 | Flood", "ref A, title B"),
        ("Ref | Residual severity | L", "1 | 4 | 3", "ref A, nett_impact B, nett_likelihood C"),
        ("Ref | Impact | Nett Impact", "1 | Cars | 4", "ref A, consequences B, nett_impact C"),
        ("Ref | Impact", "1 | 4", "ref A, nett_impact B"),  # the cells below it decide
        ("Ref | Impact", "1 | '4", "ref A, nett_impact B"),
        ("Ref | Impact", "1 | 4 cars", "ref A, consequences B"),
        ("Ref | Impact", "1 |", "ref A, consequences B"),
        ("Ref | Impact (narrative)", "1 | Cars", "ref A, consequences B"),
        ("Ref | Impact (text)", "1 | Cars", "ref A, consequences B"),
        ("Ref | Nett Probabilty", "1 | 3", "ref A, nett_likelihood B"),  # a close spelling
        ("Ref | Nett", "1 | 3", "ref A"),  # but not a word alone
        ("Ref | 4", "1 | 4", "ref A"),  # a number is no heading
    ],
)
def test_columns_are_found_by_their_headings(head: str, body: str, found: str) -> None:
    assert columns(find(block(head, body), SMALL)) == found


def test_an_alias_is_exact_where_another_column_is_close() -> None:
    both = table("ref: Ref, ref", "owner: Risk Owner, people", "member: Owner, people, Risk Owners")

    mapped = find(block("Ref | Risk Owners", "1 | A. Hill"), both)

    assert columns(mapped) == "ref A, member B"
    assert mapped.renamed == {"member": "Risk Owners"}


def test_two_columns_of_prose_under_one_heading_take_it_in_order() -> None:
    both = table("ref: Ref, ref", "update: Now, long", "position: Then, long")

    mapped = find(block("Ref | Current position | Current Position", "1 | a | b"), both)

    assert columns(mapped) == "ref A, update B, position C"


def test_what_is_not_the_profiles_own_is_said() -> None:
    grid = block("Ref | Risk title | Notes | Ref | RISK TITLE", "R1 | Flood | x | R1 | Flood")

    mapped = find(grid, SMALL)

    assert mapped.renamed == {"title": "Risk title"}
    assert mapped.unknown == {3: "Notes"}
    assert mapped.twice == {4: "Ref", 5: "RISK TITLE"}


def test_the_row_that_names_most_fields_is_the_heading_row() -> None:
    rows = ["Risk", "Ref | all", "Ref | Risk | Score", "R1 | Risk | 6", "Ref | Risk"]

    mapped = find(block(*(f"{row} | | "[:40] for row in rows), top=2, left=3), SMALL)

    assert mapped.row == 4
    assert columns(mapped) == "ref C, title D, nett_points E"


@pytest.mark.parametrize(("above", "row"), [(SEARCHED_ROWS - 1, SEARCHED_ROWS), (SEARCHED_ROWS, 0)])
def test_headings_lie_within_the_first_rows(above: int, row: int) -> None:
    rows = [" | "] * above

    assert find(block(*rows, "Ref | Risk"), SMALL).row == row


def test_a_sheet_without_any_heading_has_none() -> None:
    assert find(block("a | b", "c | d"), SMALL) == Mapped(
        row=0, columns={}, renamed={}, unknown={}, twice={}
    )


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("appetite likelihood", "target_likelihood"),
        ("desired impact", "target_impact"),
        ("inherent severity", "gross_impact"),
        ("residual probability", "nett_likelihood"),
        ("l", "nett_likelihood"),
        ("impact (text)", "consequences"),
        ("4ts", "treatment"),
    ],
)
def test_the_words_of_the_documents(heading: str, field: str) -> None:
    assert heading in standard_headings(field)


def test_every_word_is_in_lower_case_and_names_one_stage_or_axis() -> None:
    for words in (STAGE_WORDS, AXIS_WORDS):
        listed = [word for spelt in words.values() for word in spelt]
        assert len(listed) == len(set(listed))
        assert listed == [word.lower() for word in listed]
    assert all(text == text.lower() for texts in HEADINGS.values() for text in texts)


@pytest.mark.parametrize("field", ["completeness", "gross_points", "gross", "custom_1", ""])
def test_a_field_that_the_documents_do_not_know_has_no_other_heading(field: str) -> None:
    assert standard_headings(field) == ()
