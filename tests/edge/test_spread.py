"""Array formulas over many cells: each filled cell once, and never for minutes."""

import pytest

from riskbook.core.grid import Cell, Kind
from riskbook.edge.xlsx import spread
from riskbook.errors import RefusedError

FOUR = Cell(Kind.NUMBER, "4")


def test_only_filled_cells_inside_the_area_get_the_formula() -> None:
    rows = {2: {1: FOUR, 4: FOUR}, 3: {1: FOUR}, 9: {1: FOUR}}
    spread.with_arrays(rows, ["A1:B3", "no area"])
    formulas = {(r, c): cell.formula for r, cells in rows.items() for c, cell in cells.items()}
    assert formulas == {(2, 1): "", (2, 4): None, (3, 1): "", (9, 1): None}


def test_areas_over_one_another_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "MOST_VISITS", 5)
    spread.with_arrays({1: {1: FOUR}}, ["A1:A9"] * 5)
    with pytest.raises(RefusedError, match="too many array formulas"):
        spread.with_arrays({1: {1: FOUR}}, ["A1:A9"] * 6)
