"""From cells to a register: what is found, what is left as it is, what cannot be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from riskbook.core import layout
from riskbook.core.grid import CellRef, Grid
from riskbook.core.model import About, Due, Record
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading, about, beside, controlled, in_force, read
from riskbook.core.scoring import Rating
from riskbook.errors import TemplateError
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, book, cell, profile_of


def reading(register: Document, typed: dict[str, str] | None = None) -> Reading:
    profile = profile_of(register)
    return read(book(register, typed or {}, profile).grids, profile)


def about_sheet(*rows: str) -> Grid:
    """Rows such as "Period | 2021/22 Q1"."""
    cells = [tuple(cell(text.strip()) for text in row.split("|")) for row in rows]
    return Grid(sheet="About", rows=tuple(cells))


def test_every_risk_and_action_keeps_its_row_and_its_cells() -> None:
    register = reading(COUNCIL).register

    assert [(risk.key, risk.row) for risk in register.risks] == [("R1", 5), ("R2", 6)]
    assert [(action.ref, action.row) for action in register.actions] == [("A1", 5), ("A2", 6)]
    assert register.risks[1].entries["nett_impact"].at == CellRef("Risks", 6, 15)
    assert register.actions[0].entries["status"].at == CellRef("Actions", 5, 8)


def test_entries_are_understood_once() -> None:
    risk, action = reading(COUNCIL).register.risks[0], reading(COUNCIL).register.actions[0]

    assert risk.ratings["gross"] == Rating(likelihood=4, impact=5)
    assert risk.owners == ("Head of Estates",)
    assert risk.due("review_date") == Due(day=date(2022, 3, 31), text="March 2022")
    assert risk.due("title") is None
    assert risk.text("no such field") == ""
    assert (action.risk, action.owners, action.complete) == ("R1", ("Head of Estates",), False)
    assert action.due_now == Due(day=date(2021, 9, 30), text="September 2021")


@pytest.mark.parametrize(
    ("typed", "ratings"),
    [
        ({}, "nett 2x3"),
        ({"N5": "unlikely", "O5": "'3"}, "nett 2x3"),
        ({"N5": ""}, ""),  # one level is none
        ({"N5": "6"}, ""),  # nor is one off the scale
        ({"N5": "2.5"}, ""),
        ({"N5": "#N/A"}, ""),
        ({"N5": "maybe"}, ""),
    ],
)
def test_a_rating_is_two_levels_on_the_scale(typed: dict[str, str], ratings: str) -> None:
    found = reading(COUNCIL, typed).register.risks[0].ratings

    nett = found.get("nett")
    assert (f"nett {nett.likelihood}x{nett.impact}" if nett else "") == ratings


@pytest.mark.parametrize(
    ("typed", "share"),
    [("40%", "0.4"), ("0%", "0"), ("100", "1"), ("-1%", None), ("'101%", None), ("?", None)],
)
def test_a_weight_is_a_share_of_the_whole(typed: str, share: str | None) -> None:
    risk = reading(WEIGHTED, {"E5": typed}).register.risks[0]

    assert risk.weight == (Decimal(share) if share else None)


def test_a_risk_without_weights_has_none_and_goes_by_its_own_reference() -> None:
    risk = reading(SIGNED).register.risks[0]

    assert (risk.weight, risk.sub_ref, risk.key) == (None, "", "PP_R04")
    assert risk.title == "Failure of a project"
    assert reading(SIGNED).register.actions == ()
    assert reading(SIGNED).actions is None


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ({}, [5, 6]),
        ({"D7": "' \u00a0\n"}, [5, 6]),  # spaces are nothing
        ({"P9": "7"}, [5, 6]),  # nor is a figure where nothing is entered
        ({"D9": "?"}, [5, 6, 9]),  # blank rows between are passed over
        ({"D9": "=D5 -> "}, [5, 6, 9]),  # a formula is something typed
        ({"D9": "#N/A"}, [5, 6, 9]),
    ],
)
def test_a_row_is_one_in_which_something_is_typed(typed: dict[str, str], rows: list[int]) -> None:
    assert [risk.row for risk in reading(COUNCIL, typed).register.risks] == rows


@pytest.mark.parametrize(
    ("typed", "complete"),
    [
        ({"Actions!H5": "Complete"}, True),
        ({"Actions!H5": "cancelled"}, True),
        ({"Actions!H5": "Done"}, False),
        ({"Actions!I5": "May 2021"}, True),
        ({"Actions!I5": "soon"}, False),
    ],
)
def test_an_action_is_complete_by_its_status_or_its_date(
    typed: dict[str, str], complete: bool
) -> None:
    assert reading(COUNCIL, typed).register.actions[0].complete is complete


def test_an_action_without_columns_for_that_is_not_complete() -> None:
    columns = [
        {"field": "ref", "heading": "Ref", "kind": "ref"},
        {"field": "risk", "heading": "Risk", "kind": "ref"},
        {"field": "text", "heading": "Action", "kind": "long"},
    ]
    profile = profile_of(COUNCIL, actions={"columns": columns})
    register = {**COUNCIL, "actions": [{"ref": "A1", "risk": "R1", "text": "Raise the wall"}]}

    action = read(layout.grids(profile, register), profile).register.actions[0]

    assert (action.complete, action.owners, action.managers) == (False, (), ())
    assert action.due_now is None


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("Chief Accountant", "Head of Accountancy"),
        ("chief  accountant", "Head of Accountancy"),
        ("head of accountancy", "Head of Accountancy"),
        ("Director of Children\u2019s Services", "Director of Children's Services"),
        ("Somebody", "Somebody"),
    ],
)
def test_a_post_goes_by_the_title_that_is_in_force(name: str, post: str) -> None:
    assert in_force(name, profile_of(WEIGHTED)) == post


def without(register: Document, sheet: str, **renamed: str) -> tuple[dict[str, Grid], Profile]:
    """The grids of a register with one sheet gone, or under another name."""
    profile = profile_of(register)
    grids = dict(book(register, {}, profile).grids)
    gone = grids.pop(sheet)
    grids |= {name: replace(gone, sheet=name) for name in renamed.values()}
    return grids, profile


@pytest.mark.parametrize(
    ("missing", "now", "fix"),
    [
        (
            "Risks",
            {"to": "Risk"},
            "rename 'Risk' to 'Risks', or copy the entries into a new workbook made by "
            "`riskbook new`.",
        ),
        (
            "Actions",
            {},
            "restore it from a backup, or copy the entries into a new workbook made by "
            "`riskbook new`.",
        ),
    ],
)
def test_a_register_sheet_that_is_missing_is_named(
    missing: str, now: dict[str, str], fix: str
) -> None:
    grids, profile = without(COUNCIL, missing, **now)

    with pytest.raises(TemplateError) as caught:
        read(grids, profile)

    assert caught.value.what.startswith(f"There is no sheet {missing!r}; this workbook has: ")
    assert caught.value.fix == fix


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        (
            {"F4": "Responsible person"},
            "The sheet 'Risks' has no column headed 'Risk Owner'.",
            "change the heading 'Responsible person' back to 'Risk Owner'.",
        ),
        (
            {"F4": "", "N4": ""},
            "The sheet 'Risks' has no column headed 'Risk Owner', 'Nett Likelihood'.",
            "put the heading 'Risk Owner' back above its column.",
        ),
        (
            {"F4": "Risky", "G4": "Notes", "H4": "Owning"},
            "The sheet 'Risks' has no column headed 'Risk Owner', 'Consequences', "
            "'Gross Likelihood'.",
            "change the heading 'Risky' back to 'Risk Owner'.",
        ),
        (
            {"F4": "xyz", "G4": "zyx"},
            "The sheet 'Risks' has no column headed 'Risk Owner', 'Consequences'.",
            "put the heading 'Risk Owner' back above its column.",
        ),
        (
            {"Actions!C4": "What"},
            "The sheet 'Actions' has no column headed 'Action'.",
            "change the heading 'What' back to 'Action'.",
        ),
    ],
)
def test_a_column_that_is_missing_is_named(typed: dict[str, str], what: str, fix: str) -> None:
    with pytest.raises(TemplateError) as caught:
        reading(COUNCIL, typed)

    assert (caught.value.what, caught.value.fix) == (what, fix)


def test_a_field_without_a_column_is_pointed_at_in_the_first_column() -> None:
    risks = reading(COUNCIL, {"P4": ""}).risks

    assert risks.at(5, "nett_points") == CellRef("Risks", 5, 1)
    assert risks.cell(5, "title").text == "Flooding of the depot"


def test_about_has_labels_in_one_column_and_answers_in_the_next() -> None:
    sheet = about_sheet(
        "About this register",
        "|",
        "Organisation | A Council",
        "| PERIOD | 2021/22 Q1",  # moved by a column
        "Position as at | 2021-06-30",
        "position as at | 2022-06-30",  # the first one counts
        "Note | First.",
        "Note | ' ",
        "Note | Second.",
        "Profile | council-5x5",
        "4 | 5",
    )

    assert about(sheet) == About(
        organisation="A Council",
        period="2021/22 Q1",
        as_at="2021-06-30",
        notes=("First.", "Second."),
    )
    assert beside(sheet, "Position as at") == CellRef("About", 5, 2)
    assert controlled(sheet) == {"profile": "council-5x5"}


def test_a_register_without_an_about_sheet_says_nothing_of_itself() -> None:
    grids, profile = without(COUNCIL, "About")

    found = read(grids, profile)

    assert found.register.about == About()
    assert found.as_at == CellRef("About", 1, 1)
    assert beside(about_sheet("Period | Q1"), "Position as at") == CellRef("About", 1, 1)


def test_the_rows_of_a_risk_are_a_family_whatever_their_case() -> None:
    register = reading(WEIGHTED, {"A6": "' 2", "A7": "b", "A8": "B", "C8": "b2"}).register

    found = {ref: [risk.row for risk in rows] for ref, rows in register.families().items()}
    assert found == {"2": [5, 6], "B": [7, 8]}


def test_an_entry_that_was_not_typed_has_no_text() -> None:
    record: Record = reading(COUNCIL, {"D5": "#N/A"}).register.risks[0]

    assert record.entries["service"].value is None
    assert record.text("service") == ""
