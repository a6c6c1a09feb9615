"""Values through the engine: what was written is what is read."""

from datetime import datetime

import pytest


@pytest.mark.parametrize(
    "value",
    [1.0, -2.5, 0.1, "text", "001", "1/2", "'quoted", " spaces ", "a\nb", "é €", True, False, None],
)
def test_a_value_comes_back(sheet, value):
    sheet["B2"].value = value
    assert sheet["B2"].value == value
    assert type(sheet["B2"].value) is type(value)


def test_moments_come_back_to_the_second(sheet):
    moments = [datetime(2021, 10, 31), datetime(2021, 10, 31, 14, 30, 5), datetime(1962, 11, 3)]
    sheet["A1"].value = moments
    assert sheet["A1:C1"].value == moments


def test_a_block_comes_back(sheet):
    block = [[1.0, "a", None, True], [None, "=A1*2", datetime(2020, 2, 29), "=NA()"]]
    sheet["C3"].value = block
    assert sheet["C3:F4"].value == [
        [1.0, "a", None, True],
        [None, 0.0, datetime(2020, 2, 29), None],
    ]
    assert sheet["F4"].options(err_to_str=True).value == "#N/A"
    assert sheet["D4"].formula == "=A1*2"


def test_one_value_fills_a_range_and_references_follow(sheet):
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1:B3"].formula = "=A1*10"
    assert sheet["B1:B3"].value == [10.0, 20.0, 30.0]
    sheet["D1:E2"].value = "x"
    assert sheet["D1:E2"].value == [["x", "x"], ["x", "x"]]


def test_jagged_rows_are_refused(sheet):
    with pytest.raises(Exception, match="same|dimension|number"):
        sheet["A1"].value = [[1], [1, 2]]


@pytest.mark.parametrize(
    ("start", "direction", "found"),
    [
        ("A1", "down", "$A$3"),
        ("A3", "up", "$A$1"),
        ("A1", "right", "$B$1"),
        ("B1", "left", "$A$1"),
        ("A4", "up", "$A$3"),
        ("D1", "left", "$B$1"),
    ],
)
def test_ctrl_and_an_arrow(sheet, start, direction, found):
    sheet["A1:B3"].value = 1
    assert sheet[start].end(direction).address == found
