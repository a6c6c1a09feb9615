"""Values through the engine: what was written is what is read."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook.edge.libreoffice.line.wire import OfficeError


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
    with pytest.raises(Exception, match=r"same|dimension|number"):
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


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
# LibreOffice makes one line break of a carriage return, and half characters are refused
LETTERS = st.characters(exclude_characters="\r", exclude_categories=["Cs"])
TEXTS = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: not text.startswith("="))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
CELLS = st.one_of(NUMBERS, TEXTS, MOMENTS, st.booleans(), st.none())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6
        )
    )
)
def test_any_block_comes_back(sheet, block):
    sheet.clear()  # a format for days or truths would stay
    whole = sheet["B2"].resize(len(block), len(block[0]))
    sheet["B2"].value = block
    assert whole.options(ndim=2).value == block


def test_texts_up_to_what_excel_holds(sheet):
    sheet["A1:B1"].value = ["é" * 32_767, "x" * 32_766]
    assert sheet["A1:B1"].value == ["é" * 32_767, "x" * 32_766]
    with pytest.raises(OfficeError, match="32,768 characters is too long"):
        sheet["A1"].value = "x" * 32_768
    assert sheet["A1"].value == "é" * 32_767


@pytest.mark.parametrize(
    "text", ["\x01\x02\x1f", "\t", "a\x0bb\x0cc", "\ufeffa", "a\x00b", "\U0001f600", "'", "''a"]
)
def test_odd_characters_stay(sheet, text):
    sheet["A1"].value = text
    assert sheet["A1"].value == text


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b"])
def test_half_a_character_is_refused_and_nothing_changes(sheet, text):
    sheet["A1:A2"].value = [["old"], ["older"]]
    with pytest.raises(OfficeError, match="half a character"):
        sheet["A1"].value = [["new"], [text]]
    assert sheet["A1:A2"].value == ["old", "older"]


def test_a_carriage_return_becomes_a_line_break(sheet):
    sheet["A1"].value = "a\r\nb"
    assert sheet["A1"].value == "a\nb"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1, 1.0),
        (2**31, 2147483648.0),
        (10**19, 1e19),
        (float("nan"), None),
        ("", None),
        (Decimal("16.5"), 16.5),
        (Fraction(1, 4), 0.25),
        (date(2021, 10, 31), datetime(2021, 10, 31)),
        (timedelta(hours=36), 1.5),
        (time(6, 0), 0.25),
        (numpy.int64(7), 7.0),
        (numpy.float32(0.5), 0.5),
        (numpy.bool_(True), True),
        (numpy.datetime64("2020-02-29T12:00:00"), datetime(2020, 2, 29, 12)),
        (pandas.NaT, None),
        (pandas.NA, None),
        (pandas.Timestamp(2021, 4, 1), datetime(2021, 4, 1)),
        (Path("a/b"), "a/b"),
    ],
    ids=repr,
)
def test_values_of_other_kinds(sheet, value, read):
    sheet["A1"].value = [[value, "beside"]]
    assert sheet["A1"].value == read
    assert type(sheet["A1"].value) is type(read)


def test_an_infinite_number_is_refused(sheet):
    with pytest.raises(OfficeError, match="infinite"):
        sheet["A1"].value = [1.0, float("inf")]
    assert sheet["A1"].value is None


def test_a_number_after_a_truth_is_a_number(sheet):
    sheet["A1"].value = True
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0
    assert sheet["A1"].value is not True
    sheet["A1"].value = datetime(2020, 1, 2)
    sheet["A1"].value = True
    assert sheet["A1"].value is True


def test_a_format_for_days_stays(sheet):
    sheet["A1"].number_format = "dd mmm yyyy"
    sheet["A1"].value = datetime(2020, 1, 2)
    assert sheet["A1"].number_format == "dd mmm yyyy"
    assert sheet["A1"].value == datetime(2020, 1, 2)
    sheet["A1"].value = -5  # no day at all
    assert sheet["A1"].value == -5.0


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(B1,2,B2:B3)", 8.0),
        ("=SUM(B1:B3,B1)*2", 14.0),
        ('=IF(B1=1,"a,b;c","no")', "a,b;c"),
        ("=SUM({1,2;3,4})", 10.0),
        ('=IFERROR(1/0,"n/a")', "n/a"),
        ("='My sheet'!A1&Other!A1", "onetwo"),
        ('=SUMIFS(B1:B3,B1:B3,">1")', 5.0),
        ('=CONCAT("a",1)', "a1"),
        ("=CEILING(2.2,1)", 3.0),
        ("=SUM($B:$B)", 6.0),
        ("=B1=1", True),
        ("=DATE(2021,4,1)", datetime(2021, 4, 1)),
        ("=B2%", 0.02),
        ("=EDATE(B1,1)", 32.0),
        ("=NETWORKDAYS(B1,B3)", 2.0),
        ("=COUNTIF(B:B,2)", 1.0),
        ("=SUM(1:1)", 1.0),
        ('="x=""y"""', 'x="y"'),
    ],
)
def test_formulas_are_excel_s(sheet, formula, value):
    book = sheet.book
    sheet["B1"].value = [[1], [2], [3]]
    book.sheets.add("My sheet")["A1"].value = "one"
    book.sheets.add("Other")["A1"].value = "two"
    sheet["D4"].formula = formula
    assert sheet["D4"].value == value
    assert sheet["D4"].formula == formula
    sheet["D5"].value = formula
    assert sheet["D5"].value == value
    assert sheet["D4:D5"].formula == ((formula,), (formula,))


def test_formulas_with_prefixes_truths_and_errors(sheet):
    sheet["A1"].formula = [
        ['=_xlfn.CONCAT("a",1)', "=IF(TRUE,1,2)", "=IF(1=2,1,#N/A)", "=UNIQUE(B1)"]
    ]
    assert sheet["A1:D1"].formula == (
        ('=CONCAT("a",1)', "=IF(TRUE(),1,2)", "=IF(1=2,1,#N/A)", "=UNIQUE(B1)"),
    )
    assert sheet["A1:D1"].options(err_to_str=True).value == ["a1", 1.0, "#N/A", "#NAME?"]


def test_an_array_formula(sheet):
    sheet["A1"].value = [[1], [2], [3]]
    sheet["C1"].formula_array = "=SUM(A1:A3*{1;10;100})"
    assert sheet["C1"].value == 321.0
    assert sheet["C1"].formula_array == "=SUM(A1:A3*{1;10;100})"
    assert sheet["C1"].formula == "=SUM(A1:A3*{1;10;100})"
    assert sheet["A1"].formula_array is None


def test_names_stand_for_cells_numbers_and_formulas(sheet):
    book = sheet.book
    sheet["A1"].value = [[1], [2], [3]]
    sheet["A1:A3"].name = "points"
    book.names.add("most", "=SUM(Sheet1!$A$1:$A$3,0.5)")
    sheet.names.add("own", "=Sheet1!$A$2")
    assert [(name.name, name.refers_to) for name in book.names] == [
        ("most", "=SUM(Sheet1!$A$1:$A$3,0.5)"),
        ("points", "=Sheet1!$A$1:$A$3"),
        ("Sheet1!own", "=Sheet1!$A$2"),
    ]
    sheet["B1"].value = [["=SUM(points)"], ["=most"], ["=own"]]
    assert sheet["B1:B3"].value == [6.0, 6.5, 2.0]
    assert sheet["points"].address == "$A$1:$A$3"
    assert book.names["points"].refers_to_range.value == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="cannot be the name"):
        book.names.add("A1", "=Sheet1!$A$1")


@pytest.mark.parametrize("title", ["Q1", "2021/22 Q1", "It's", "R", "Résumé", "A & B", "Risks"])
def test_names_on_sheets_of_any_title(sheet, title):
    sheet.name = title.replace("/", "-")
    sheet["B2:C3"].name = "level"
    sheet["B2"].value = 4
    assert sheet["B2:C3"].name.name == "level"
    assert sheet["level"].address == "$B$2:$C$3"
    assert sheet.book.names["level"].refers_to_range == sheet["B2:C3"]
    other = sheet.book.sheets.add("Other")
    other["A1"].formula = f"='{sheet.name.replace(chr(39), chr(39) * 2)}'!B2*2"
    assert other["A1"].value == 8.0
