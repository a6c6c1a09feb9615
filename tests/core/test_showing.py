"""What a number format lets people see of a cell, and what it hides or puts in its place."""

import pytest

from riskbook.core.checks.showing import LONGEST, masked, rounds_only
from riskbook.core.grid import Cell, Kind

LONG = "has a number format that is too long to be read"


@pytest.mark.parametrize(
    ("held", "code", "shown"),
    [
        ("3", "General", None),
        ("3", "0", None),
        ("3", "0.00", None),
        ("3", ";;;", "shows nothing"),
        ("3", '"4"', "shows 4"),
        ("3", "\\4", "shows 4"),
        ("3", '"R"0', None),  # a word beside the number hides nothing
        ("3", '"1"0', "shows 1 beside 3"),
        ("0.4", "0", "shows 0"),
        ("2.5", "0", "shows 3"),
        ("40000", "#,##0,", "shows 40"),
        ("40000", "#,##0", None),
        ("0.405", "0%", "shows 41%"),
        ("0.4", "0%", None),
        ("-3", "0;;", "shows nothing"),
        ("-3", "0", None),
        ("-3", "0;-0", None),
        ("0", '0;-0;"none"', "shows none"),
        ("3", "[Red]0", None),
        ("3", "[>2]0", None),
        ("3", "[>2]0;0.0", None),
        ("3", '[>2]"5";0', "shows 5"),
        ("2", '[>2]"5";0', None),
        ("3", '[<1]0;[<>3]0;"?"0', None),
        ("3", '[=3]"4"', "shows 4"),
        ("9", '[<=3]0;[>=10]"none"', "shows none"),  # none fits: the last one
        ("3", "[White]0", "shows it in white"),
        ("-3", "0;[Color 2]-0", "shows it in white"),
        ("3", "0.00E+00", None),
        ("3", "# ?/?", None),
        ("0.5", "hh:mm", None),
        ("3", "@", None),
        ("3", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', None),
        ("1" + "0" * 300, "0.0%", None),  # more digits than a number in a cell is used to have
        ("3", "0." + "0" * 200, None),
        ("3", '"1"General', "shows 1 beside 3"),
        ("3", 'General" high"', None),
        ("3", '"1"@', "shows 1 beside 3"),
        ("3", "General 0", None),  # what that shows is not known
        ("3", "[White]General", "shows it in white"),
        ("3", "[White]# ?/?", "shows it in white"),
        ("3", "10", "shows 1 beside 3"),  # 1 is shown as it is, 0 is the place of the value
        ("3", "4", "shows 4"),
        ("3", "*60", "shows 6 beside 3"),  # as many sixes as the cell is wide
        ("3", "_60", None),  # as wide as a six, and blank
        ("3", "[$6-809]0", "shows 6 beside 3"),
        ("3", "[$£-809]0", None),
        ("3", "0 [", None),
        ("3000", "0,.0", "shows 3"),
        ("3000", "0.0,", "shows 3"),
        ("3", ".0", None),
        ("0.4", "0%%", "shows 4000%"),
        ("0.6", '"6"0%', "shows 6 beside 60%"),
        ("0.1", '"60"%', "shows 60"),
    ],
)
def test_a_number_format_shows_what_a_cell_holds_or_not(
    held: str, code: str, shown: str | None
) -> None:
    assert masked(Cell(Kind.NUMBER, held, code)) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", None),
        (";;", None),  # hides numbers, not texts
        (";;;", "shows nothing"),
        ('0;0;0;"see file"', "shows see file"),
        ('0;0;0;"R"@', "shows R too"),
        ("0;0;0;@", None),
        ("@", None),
        ('"x;"@', "shows x; too"),
        ("[White]@", "shows it in white"),
        ("0;0;0;[Color2]@", "shows it in white"),
        ("[White]General", "shows it in white"),
        ("[White]0", None),  # the colour is of numbers
        ("0;0;0;General", None),
        ('"no "General', "shows no too"),
    ],
)
def test_a_number_format_can_hide_a_text(code: str, shown: str | None) -> None:
    assert masked(Cell(Kind.TEXT, "Budget", code)) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", None),
        ("[$-809]d mmmm yy", None),
        ("d-mmm", "shows no year"),
        ("yyyy", "shows no month"),
        ("mmmm yyyy", None),  # a month alone is read as one
        ("[White]dd/mm/yyyy", "shows it in white"),
        ('"15"/mm/yyyy', "shows 15 beside it"),
        ("15/mm/yyyy", "shows 15 beside it"),
        ('d" of "mmmm yyyy', None),
        ("[<10]0;d-mmm", "shows no year"),  # 31 March 2022 is the day 44651
        ("[<44652]dd/mm/yyyy;d-mmm", None),
        ("[<44651]dd/mm/yyyy;d-mmm", "shows no year"),
    ],
)
def test_a_date_shows_its_year_and_month(code: str, shown: str | None) -> None:
    assert masked(Cell(Kind.DATE, "2022-03-31", code)) == shown


def test_nothing_is_masked_in_a_cell_of_true_or_false() -> None:
    assert masked(Cell(Kind.BOOL, "TRUE", ";;;")) is None


def test_a_format_that_is_longer_than_excel_takes_is_not_looked_into() -> None:
    codes = ("[" * 100_000, "0" + "," * 60_000 + "0", '"' * 99_999, "\\a" * 50_000, ";" * 256)
    cells = [(Kind.TEXT, "Budget"), (Kind.NUMBER, "3"), (Kind.DATE, "2022-03-31")]
    assert LONGEST == 255
    assert {masked(Cell(kind, text, code)) for kind, text in cells for code in codes} == {LONG}
    assert masked(Cell(Kind.NUMBER, "3", "0" * 255)) is None
    assert not rounds_only("0" * 255 + "%")


@pytest.mark.parametrize(
    ("code", "only"),
    [
        ("0%", True),
        ("0.0%", True),
        ("#%", True),
        ("#,##0.00%", True),
        ("0 %", True),
        ("0%;-0%", True),
        ("0%;-0%;0%;@", True),
        ("[Red]0%", True),
        ('0%;0%;0%;"any"', True),  # the last one shows texts
        ("0", False),
        ("General", False),
        ('"60"%', False),
        ('"6"0%', False),
        ("60%", False),
        ('0"0"%', False),
        ('0%" of all"', False),
        ("-0%", False),
        ("0%;0%;", False),
        ("0%%", False),
        ("0,%", False),
        ("*60%", False),
        ("[$6-809]0%", False),
        ("[White]0%", False),
        ("yyyy%", False),
    ],
)
def test_a_format_that_shows_a_share_as_a_percentage_does_nothing_else(
    code: str, only: bool
) -> None:
    assert rounds_only(code) is only
