"""What an entry means: tables of what officers type, and the laws behind them.

``cell("'40 %")`` is a text, ``cell("40%")`` a percentage: see :mod:`tests.core.notation`.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.grid import Cell, Kind
from riskbook.core.model import Due, Typed
from riskbook.core.profile import Level
from riskbook.core.values import (
    alike,
    clean,
    due,
    entry_text,
    level,
    natural,
    number,
    parse_day,
    people,
    percent,
    points_of,
    quarter,
    same_post,
    shown_date,
    typed,
    weight,
)
from tests.core.notation import cell

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
THIS_CENTURY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SHARES = st.integers(0, 10_000).map(lambda share: Decimal(share) / 10_000)

WORDS = tuple(Level(label=word) for word in ("Very Unlikely", "Unlikely", "Likely", "Very Likely"))
NO_WORDS = (Level(label=""),) * 5


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  Head  of ICT ", "Head of ICT"),
        ("Head\u00a0of\tICT\r\n", "Head of ICT"),
        ("\u2003Head", "\u2003Head"),  # an em space is no space to TRIM either
        ("", ""),
    ],
)
def test_spaces_that_nobody_sees_are_taken_away(text: str, left: str) -> None:
    assert clean(text) == left


@given(st.text())
def test_a_text_is_cleaned_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(f" {text}\u00a0") == clean(text)


@given(st.text())
def test_a_text_is_like_itself_with_spaces_and_curly_quotes(text: str) -> None:
    assert alike(f"\n{text} ") == alike(text)
    assert alike(text.replace("'", "\u2019")) == alike(text)
    assert alike(text.replace("-", "\u2013")) == alike(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of Community & Environmental Services", " director of community and "),
        ("Head of R&D", "Head of R and D"),
    ],
)
def test_and_is_a_word_and_a_sign(one: str, other: str) -> None:
    assert same_post(one).startswith(same_post(other))


@pytest.mark.parametrize(
    "rising",
    [
        ["PP_R04", "PP_R011", "PP_R012"],
        ["2", "2a", "2b", "10a"],
        ["r1", "R2", "R10"],
        ["", "1", "a"],
        ["R1", "R" + "1" * 5_000],  # more digits than Python would turn into a number
    ],
)
def test_references_are_sorted_by_the_size_of_their_numbers(rising: list[str]) -> None:
    found = list(reversed(rising))
    found.sort(key=natural)
    assert found == rising


@pytest.mark.parametrize(
    ("held", "as_typed", "shown"),
    [
        (cell("4"), 4, "4"),
        (cell("4.50"), 4.5, "4.5"),
        (cell("40%"), "40%", "40%"),
        (cell("33.33%"), "33.33%", "33.33%"),
        (cell("' Likely "), " Likely ", " Likely "),
        (cell("'4"), "4", "4"),
        (cell(""), "", ""),
        (cell("TRUE"), True, "TRUE"),
        (cell("FALSE"), False, "FALSE"),
        (cell("#N/A"), "#N/A", "#N/A"),
        (cell("2022-03-31"), "2022-03-31", "2022-03-31"),
        (cell("=A1&B1 -> R1"), "=A1&B1", "R1"),
        (cell("=A5+1 -> 2"), "=A5+1", "2"),
        (Cell(Kind.NUMBER, "2", formula=""), 2, "2"),  # a formula that is kept elsewhere
    ],
)
def test_an_entry_as_typed_and_as_shown(held: Cell, as_typed: Typed, shown: str) -> None:
    assert typed(held) == as_typed
    assert type(typed(held)) is type(as_typed)
    assert entry_text(held) == shown


@pytest.mark.parametrize(
    ("format_code", "shown"),
    [
        ("dd/mm/yyyy", "2022-03-31"),
        ("d mmm yy", "2022-03-31"),
        ("mmm-yy", "March 2022"),
        ('[$-809]mmmm" due" yyyy', "March 2022"),  # the d of a word is no day
        ("mmmm\\d", "March 2022"),
        ("yyyy", "2022-03-31"),  # neither a day nor a month: nothing is lost
    ],
)
@pytest.mark.parametrize("text", ["2022-03-31", "2022-03-31T09:30:00"])
def test_a_date_is_shown_with_its_day_where_its_format_has_one(
    format_code: str, shown: str, text: str
) -> None:
    assert shown_date(Cell(Kind.DATE, text, format=format_code)) == shown


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3", 3),
        ("'3", 3),
        ("' 3\u00a0", 3),
        ("Likely", 3),
        ("' LIKELY ", 3),
        ("3 Likely", 3),
        ("3 likely", 3),
        ("3  Likely", 3),
        ("Very Likely", 4),
        ("3 Unlikely", "3 Unlikely"),  # the number says one thing and the word another
        ("Quite likely", "Quite likely"),
        ("'3.0", "3.0"),  # no level in the live formulas either
        ("'+3", "+3"),
        ("5", 5),  # off the scale; a rule says so
        ("'0", 0),
        ("-1", -1),
        ("2.5", Decimal("2.5")),
        ("TRUE", "TRUE"),
        ("2022-03-03", "2022-03-03"),
        ("=B5 -> 3", 3),
        ("1" * 5_000, "1" * 5_000),
    ],
)
def test_a_level_is_a_number_a_word_or_both(text: str, meant: object) -> None:
    assert level(cell(text), WORDS) == meant


@pytest.mark.parametrize(("text", "meant"), [("5", 5), ("'5", 5), ("Severe", "Severe")])
def test_levels_without_words_are_numbers(text: str, meant: object) -> None:
    assert level(cell(text), NO_WORDS) == meant


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("40", "0.4"),
        ("0.4", "0.4"),
        ("40%", "0.4"),
        ("'40", "0.4"),
        ("'.4", "0.4"),
        ("'+40.", "0.4"),
        ("' 40\u00a0% ", "0.4"),
        ("33.33", "0.3333"),
        ("100%", "1"),
        ("100", "1"),
        ("1", "1"),  # the whole, not 1 %
        ("'1%", "0.01"),
        ("'0.5%", "0.005"),
        ("0", "0"),
        ("-5%", "-0.05"),  # a rule says that it is no share
        ("150", "1.5"),
    ],
)
def test_a_weight_is_a_share(text: str, share: str) -> None:
    assert weight(cell(text)) == Decimal(share)


@pytest.mark.parametrize("text", ["?", "'4O%", "'40%%", "'nan%", "'1e2", "'4,5", "'٤٠", "TRUE"])
def test_a_weight_that_is_not_understood_stays_what_it_is(text: str) -> None:
    assert weight(cell(text)) == text.removeprefix("'")


@given(SHARES)
def test_a_weight_is_the_same_as_a_number_a_percentage_and_a_text(share: Decimal) -> None:
    shown = percent(share)

    spelt = [shown, f"'{shown}", f"' {shown.removesuffix('%')} % ", f"{share:f}", f"'{share:f}"]
    if share * 100 > 1:  # "1" and less would be a share
        spelt += [shown.removesuffix("%"), f"'{shown.removesuffix('%')}"]
    assert {weight(cell(text)) for text in spelt} == {share}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("20", 20),
        ("'20", 20),
        ("' 20 ", 20),
        ("'20.0", 20),
        ("18.5", Decimal("18.5")),
        ("'.5", Decimal("0.5")),
        ("'-3", -3),
        ("n/a", "n/a"),
        ("'1,000", "1,000"),
        ("'20 points", "20 points"),
        ("'" + "9" * 401, "9" * 401),  # no cell holds such a number
    ],
)
def test_a_number_is_read_from_a_number_or_a_text(text: str, meant: object) -> None:
    found = number(cell(text))

    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    "text",
    [
        *("31/03/2022", "31/3/2022", "31/03/22", "31.03.2022", "31-3-22"),
        *("31 March 2022", "31 MARCH 2022", "31st March 2022", "31 Mar 2022", "31 Mar. 22"),
        *("31-Mar-22", "31st March, 2022", "2022-03-31", "2022-3-31", "2022-03-31T09:30:00"),
        "2022-03-31 00:00:00",
        *("March 2022", "march  2022", "Mar 2022", "Mar. 2022", "Mar-22", "Mar/22", "Mar22"),
        *("March, 2022", "03/2022", "3/2022", " March\u00a02022 ", "Mar '22", "Mar \u201922"),
        *(
            "31st of March 2022",
            "the 31st of March 2022",
            "31Mar22",
            "31 \u2013 Mar \u2013 22",
            "31 of Mar 22",
            "31 03 2022",
            "31 / 03 / 2022",
            "31 03 22",
        ),
        *(
            "31/Mar/2022",
            "31.Mar.22",
            "31 Mar '22",
            "31\u201303\u20132022",
            "31\u2014Mar\u20142022",
        ),
        *("2022/03/31", "2022.3.31", "March 31, 2022", "Mar 31 2022", "March 31st, 2022"),
    ],
)
def test_the_last_of_march_in_every_british_spelling(text: str) -> None:
    assert parse_day(text) == date(2022, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/2022", "2022-02-01"),  # the day first
        ("1st Sept 2021", "2021-09-01"),
        ("2nd Sep 21", "2021-09-02"),
        ("3rd June 2021", "2021-06-03"),
        ("4th July 2021", "2021-07-04"),
        ("29/02/2024", "2024-02-29"),
        ("February 2024", "2024-02-29"),
        ("Feb-23", "2023-02-28"),
        ("Dec 2021", "2021-12-31"),
    ],
)
def test_a_day_is_what_it_says_and_a_month_its_last_day(text: str, day: str) -> None:
    assert parse_day(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2022", "March", "ongoing", "Q1 2021/22", "2021/22", "31 March"),
        *("31/02/2022", "32/01/2022", "31/13/2022", "13/2022", "0/2022", "03/0000", "1/1/0000"),
        *("29/02/2023", "31 April 2022", "2022-02-30", "March 0000", "31/03/20222", "44651"),
        *("Marketing 22", "Mayor 2022", "31 Decide 2021"),  # a month is a whole word
        *("March !!22", "March +22", "March (22", "March --22", "March 31, 22", "June 31, 2022"),
        *("2022/03-31", "w/c 28 March 2022", "end-March 2022", "March 31st", "31st of March"),
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert parse_day(text) is None


@given(DAYS)
def test_every_day_is_read_back(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        day.isoformat(),
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
    ):
        assert parse_day(text) == day


@given(THIS_CENTURY)
def test_every_month_of_this_century_is_its_last_day(day: date) -> None:
    month, short = MONTHS[day.month - 1], MONTHS[day.month - 1][:3]
    for text in (f"{month} {day.year}", f"{short}-{day.year % 100:02}", f"{day:%m/%Y}"):
        found = parse_day(text)
        assert found == day.replace(day=monthrange(day.year, day.month)[1])


@given(st.text(alphabet="0123456789/.- JanFebtysomer\u0663", max_size=14))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert isinstance(parse_day(text), date | None)


@pytest.mark.parametrize(
    ("held", "meant"),
    [
        (cell("March 2022"), Due(day=date(2022, 3, 31), text="March 2022")),
        (cell("2022-03-31"), Due(day=date(2022, 3, 31), text="2022-03-31")),
        (
            Cell(Kind.DATE, "2022-03-01", format="mmm-yy"),
            Due(day=date(2022, 3, 31), text="March 2022"),
        ),
        (
            Cell(Kind.DATE, "2022-03-31", format="dd/mm/yy", formula="TODAY()"),
            Due(day=date(2022, 3, 31), text="2022-03-31"),
        ),
        (cell("soon"), "soon"),
        (cell("44651"), "44651"),  # a number is no date, whatever Excel makes of it
        (cell("TRUE"), "TRUE"),
    ],
)
def test_a_date_is_understood_or_stays_a_text(held: Cell, meant: object) -> None:
    assert due(held) == meant


SEPARATORS = (" / ", ";", "\n", ", ")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Linda Roberts", ("Linda Roberts",)),
        ("Linda Roberts; Robert Smyth;", ("Linda Roberts", "Robert Smyth")),
        (" Linda  Roberts\nLinda Roberts / Robert Smyth", ("Linda Roberts", "Robert Smyth")),
        ("Roberts,Linda", ("Roberts,Linda",)),
        ("Treasury/ICT lead", ("Treasury/ICT lead",)),
    ],
)
def test_people_in_one_cell(text: str, names: tuple[str, ...]) -> None:
    assert people(text, SEPARATORS) == names


@given(st.lists(st.text(alphabet="abc &'", min_size=1), max_size=4))
def test_each_person_once_whatever_stands_between_them(names: list[str]) -> None:
    wanted = tuple(dict.fromkeys(clean(name) for name in names if clean(name)))

    for separator in SEPARATORS:
        assert people(separator.join(names), SEPARATORS) == wanted


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", ()),
        ("- \n\u2022\n  ", ()),
        ("-", ("-",)),
        ("- One.\n\n* Two.\n\u2013 Three.\n\u00b7 Four.", ("One.", "Two.", "Three.", "Four.")),
        ("One.\u2022Two.\uf0b7 Three.", ("One.", "Two.", "Three.")),
        ("-5 % growth", ("-5 % growth",)),
    ],
)
def test_the_points_of_a_text(text: str, points: tuple[str, ...]) -> None:
    assert points_of(text) == points


@pytest.mark.parametrize(
    ("period", "number"),
    [
        ("2021/22 Q1", 1),
        ("Q2 2021/22", 2),
        ("quarter 3", 3),
        ("Quarter4", 4),
        ("Jun-2021", 1),
        ("September 2021", 2),
        ("31/12/2021", 3),
        ("March 2022", 4),
        ("January 2022", 4),
        ("2021/22", None),
        ("Q5", None),
        ("", None),
    ],
)
def test_the_quarter_of_the_british_year(period: str, number: int | None) -> None:
    assert quarter(period) == number


@given(DAYS)
def test_the_british_year_begins_in_april(day: date) -> None:
    assert quarter(day.isoformat()) == {
        4: 1,
        5: 1,
        6: 1,
        7: 2,
        8: 2,
        9: 2,
        10: 3,
        11: 3,
        12: 3,
    }.get(day.month, 4)
