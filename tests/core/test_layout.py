"""Where everything lies in a controlled workbook: names, blocks and cells."""

from decimal import Decimal

import pytest

from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.core.key import Named, Placed, Plan, key_plan, list_heading, lists_plan
from riskbook.core.layout import SPARE_NOTES, about_rows, entry_cell, grids
from riskbook.core.model import Typed
from riskbook.core.profile import Column
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, profile_of

TEXT = Column(field="title", heading="Risk", kind="text")
WEIGHT = Column(field="weight", heading="Weight", kind="weight")


def named(plan: Plan) -> dict[str, str]:
    return {name.name: name.reference for name in plan.names}


def held(plan: Plan, name: str) -> list[list[str | Decimal]]:
    """What stands in the cells of a defined name, row by row."""
    block = next(found for found in plan.names if found.name == name)
    cells = {(cell.row, cell.column): cell for cell in plan.cells}
    return [
        [cells[row, column].value for column in range(block.left, block.left + block.columns)]
        for row in range(block.top, block.top + block.rows)
    ]


def test_the_key_has_a_name_for_each_of_its_blocks() -> None:
    assert named(key_plan(profile_of(SIGNED))) == {
        "likelihood_levels": "'Key'!$A$4:$A$7",
        "likelihood_words": "'Key'!$B$4:$B$7",
        "likelihood_levels_words": "'Key'!$C$4:$C$7",
        "impact_levels": "'Key'!$A$10:$A$13",
        "impact_words": "'Key'!$B$10:$B$13",
        "impact_levels_words": "'Key'!$C$10:$C$13",
        "band_words": "'Key'!$A$16:$A$18",
        "band_tops": "'Key'!$C$16:$C$18",
        "matrix_points": "'Key'!$B$21:$E$24",
        "matrix_bands": "'Key'!$B$27:$E$30",
    }


def test_the_names_of_the_key_stand_over_what_they_say() -> None:
    plan = key_plan(profile_of(SIGNED))

    assert held(plan, "likelihood_levels") == [[1], [2], [3], [4]]
    assert held(plan, "likelihood_levels_words") == [
        ["1 Very Unlikely"],
        ["2 Unlikely"],
        ["3 Likely"],
        ["4 Very Likely"],
    ]
    assert held(plan, "band_words") == [["Green"], ["Amber"], ["Red"]]
    assert held(plan, "band_tops") == [[4], [10], [16]]
    assert held(plan, "matrix_points") == [  # impact down, likelihood across
        [1, 2, 3, 4],
        [2, 4, 6, 8],
        [3, 6, 9, 12],
        [4, 8, 12, 16],
    ]
    assert held(plan, "matrix_bands")[3] == ["Green", "Amber", "Red", "Red"]


def test_a_weighted_profile_states_its_tolerance() -> None:
    plan = key_plan(profile_of(WEIGHTED))

    assert held(plan, "weight_tolerance") == [[Decimal("0.0005")]]


def test_no_two_cells_of_a_plan_lie_on_each_other() -> None:
    for register in (COUNCIL, WEIGHTED, SIGNED):
        for plan in (key_plan(profile_of(register)), lists_plan(profile_of(register))):
            places = [(cell.row, cell.column) for cell in plan.cells]
            assert len(places) == len(set(places))


def test_each_list_is_a_column_under_the_heading_that_offers_it() -> None:
    plan = lists_plan(profile_of(SIGNED))

    assert named(plan) == {
        "list_category": "Lists!$A$4:$A$9",
        "list_treatment": "Lists!$B$4:$B$7",
        "list_sign_off": "Lists!$C$4:$C$5",
    }
    assert [cell.value for cell in plan.cells if cell.row == 3] == [
        "Category",
        "Tolerance",
        "Sign Off",
    ]
    assert held(plan, "list_sign_off") == [["Sign Off Complete"], ["Awaiting Sign Off"]]


def test_a_list_that_no_column_offers_goes_by_its_name() -> None:
    assert list_heading(profile_of(SIGNED, lists={"spare": ["a"]}), "spare") == "spare"


@pytest.mark.parametrize(
    ("sheet", "reference"),
    [
        ("Key", "'Key'!$B$3:$AA$4"),
        ("Council", "Council!$B$3:$AA$4"),
        ("Council's key", "'Council''s key'!$B$3:$AA$4"),
    ],
)
def test_a_name_is_a_reference_that_formulas_can_use(sheet: str, reference: str) -> None:
    block = Named(name="x", sheet=sheet, top=3, left=2, rows=2, columns=26)

    assert block.reference == reference


def test_about_has_what_is_entered_what_is_controlled_and_room_for_notes() -> None:
    document = {"about": {"title": "Depot", "notes": ["One.", "Two."]}}

    found = list(about_rows(profile_of(COUNCIL), document, "f00d"))

    assert found[:11] == [
        ("Organisation", "", True),
        ("Title", "Depot", True),
        ("Period", "", True),
        ("Position as at", "", True),
        ("Introduction", "", True),
        ("Source", "", True),
        ("Profile", "council-5x5", False),
        ("Profile version", "1.1", False),
        ("Template version", "1", False),
        ("Fingerprint", "f00d", False),
        ("Note", "One.", True),
    ]
    assert found[11:] == [("Note", "Two.", True), *[("Note", "", True)] * SPARE_NOTES]


@pytest.mark.parametrize(
    ("column", "entry", "cell"),
    [
        (TEXT, "Likely", Cell(Kind.TEXT, "Likely")),
        (TEXT, "40%", Cell(Kind.TEXT, "40%")),
        (TEXT, 4, Cell(Kind.NUMBER, "4")),
        (TEXT, 4.50, Cell(Kind.NUMBER, "4.5")),
        (TEXT, True, Cell(Kind.BOOL, "TRUE")),
        (TEXT, False, Cell(Kind.BOOL, "FALSE")),
        (WEIGHT, "40%", Cell(Kind.NUMBER, "0.4", format="0%")),
        (WEIGHT, 0.4, Cell(Kind.NUMBER, "0.4", format="0%")),
        (WEIGHT, "about 40%", Cell(Kind.TEXT, "about 40%")),
        (WEIGHT, " 40%", Cell(Kind.TEXT, " 40%")),
    ],
)
def test_an_entry_is_typed_into_a_cell(column: Column, entry: Typed, cell: Cell) -> None:
    assert entry_cell(column, entry) == cell


def test_a_document_as_the_sheets_of_its_workbook() -> None:
    found = grids(profile_of(SIGNED), SIGNED)

    assert list(found) == ["About", "Risks"]
    risks = found["Risks"]
    assert [cell.text for cell in risks.rows[0][:3]] == ["Ref", "Risk", "Service"]
    assert risks.at(5, 1) == Cell(Kind.TEXT, "PP_R04")
    assert risks.at(5, 3) == BLANK
    assert found["About"].at(5, 2) == Cell(Kind.TEXT, "Projects")


def test_a_placed_cell_is_plain_data() -> None:
    assert key_plan(profile_of(SIGNED)).cells[0] == Placed(
        row=1, column=1, value="Key to scores and ratings", style="rb title"
    )
