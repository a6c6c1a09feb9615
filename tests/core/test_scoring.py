"""The arithmetic of a matrix, in the councils' own notation.

``bands("G0-4 A6-10 R12-16")`` are published bands: green from 0 to 4 points, and so on.
A painted matrix is written as people print it: the worst impact in the first row.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.scoring import (
    RULES,
    Band,
    Matrix,
    Rating,
    as_json,
    band_of,
    half_up,
    look_up,
    painted,
    plain,
    write_out,
)

DACORUM = "G0-4 A6-10 R12-16"  # Quarter 1 Operational Risk Report, June 2021, second key table


def bands(text: str) -> list[Band]:
    """Read "G0-4 A6-10": green from 0 to 4 points, amber from 6 to 10."""
    found = []
    for word in text.split():
        least, most = word[1:].split("-")
        ends = {"least": Decimal(least), "most": Decimal(most)}
        found.append(Band(key=word[0], label=word[0], fill="#FFFFFF", ink="#000000", **ends))
    return found


def shown(matrix: Matrix) -> str:
    """The band keys of a matrix, worst impact first, as councils print it."""
    rows = ["".join(score.band.key for score in row) for row in matrix.cells]
    return " ".join(reversed(rows))


def table(text: str) -> list[list[Decimal]]:
    """Read "1 2 / 2 4": the points of impact 1, then of impact 2."""
    return [[Decimal(cell) for cell in line.split()] for line in text.split("/")]


@pytest.mark.parametrize(
    ("rule", "published", "expected"),
    [
        ("product", DACORUM, "GARR GAAR GGAA GGGG"),
        ("product", "G1-5 R6-16", "GRRR GRRR GGRR GGGG"),  # two zones: no amber at all
        ("sum", "G2-4 A5-6 R7-8", "AARR GAAR GGAA GGGA"),  # sums: the mildest cell is 2
    ],
)
def test_a_rule_paints_the_matrix(rule, published, expected):
    matrix = write_out(RULES[rule], bands(published), likelihoods=4, impacts=4)

    assert shown(matrix) == expected


def test_a_matrix_may_have_more_levels_on_one_axis():
    matrix = write_out(RULES["product"], bands("G1-4 R5-15"), likelihoods=5, impacts=3)

    assert (matrix.likelihoods, matrix.impacts) == (5, 3)
    assert shown(matrix) == "GRRRR GGRRR GGGGR"


def test_a_table_of_points_is_looked_up_cell_by_cell():
    matrix = look_up(table("1 2 3 / 2 5 8 / 4 9 20"), bands("G1-4 A5-8 R9-20"))

    assert shown(matrix) == "GRR GAA GGG"
    assert matrix.score(Rating(likelihood=3, impact=2)).points == 8
    assert matrix.score(Rating(likelihood=2, impact=3)).points == 9


def test_a_matrix_painted_by_hand_keeps_its_colours_whatever_the_points():
    paint = ["GGA", "GAR", "ARR"]  # impact 1 first

    matrix = painted(table("1 2 3 / 2 4 6 / 3 6 9"), paint, bands("G1-3 A4-6 R7-9"))

    assert shown(matrix) == "ARR GAR GGA"


@pytest.mark.parametrize("paint", [["GGA", "GAR"], ["GG", "GA", "AR"]])
def test_paint_that_does_not_fit_the_points_is_a_bug(paint):
    with pytest.raises(ValueError, match="zip"):
        painted(table("1 2 3 / 2 4 6 / 3 6 9"), paint, bands("G1-3 A4-6 R7-9"))


@pytest.mark.parametrize("levels", [(0, 1), (1, 0), (-1, 4)])
def test_levels_count_from_one(levels):
    with pytest.raises(ValueError, match="levels count from 1"):
        Rating(likelihood=levels[0], impact=levels[1])


@pytest.mark.parametrize("levels", [(5, 1), (1, 5)])
def test_a_rating_off_a_scale_has_no_score(levels):
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=4, impacts=4)

    with pytest.raises(IndexError):
        matrix.score(Rating(likelihood=levels[0], impact=levels[1]))


# The arithmetic of the three sources -----------------------------------------------------


@pytest.mark.parametrize(("likelihood", "impact", "points"), [(3, 4, 12), (4, 3, 12), (2, 4, 8)])
def test_a01_the_score_is_probability_times_impact_in_either_order(likelihood, impact, points):
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=4, impacts=4)

    rating = Rating(likelihood=likelihood, impact=impact)

    assert matrix.score(rating).points == points
    assert (rating.likelihood, rating.impact) == (likelihood, impact)  # the order is kept


# Ref: inherent P I score RAG, then mitigated P I score RAG; the same in 2017 and in 2021.
DACORUM_SCORES = """
    PP_R011  3 4 12 R  2 4 8 A
    PP_R012  3 4 12 R  2 4 8 A
    PP_R014  3 4 12 R  2 4 8 A
    PP_R015  2 4  8 A  1 4 4 G
    PP_R016  3 4 12 R  2 4 8 A
    PP_R017  3 4 12 R  2 4 8 A
    PP_R018  3 4 12 R  2 4 8 A
    PP_R04   3 4 12 R  2 4 8 A
"""
SIXTEEN = [
    (f"{words[0]} {stage}", *words[start : start + 4])
    for words in map(str.split, DACORUM_SCORES.strip().splitlines())
    for stage, start in (("inherent", 1), ("mitigated", 5))
]
assert len(SIXTEEN) == 16


@pytest.mark.parametrize(
    ("probability", "impact", "points", "rag"),
    [case[1:] for case in SIXTEEN],
    ids=[case[0] for case in SIXTEEN],
)
def test_a02_a03_all_sixteen_scores_and_colours_of_dacorum(probability, impact, points, rag):
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=4, impacts=4)

    score = matrix.score(Rating(likelihood=int(probability), impact=int(impact)))

    assert (score.points, score.band.key) == (int(points), rag)


def test_a07_the_attainable_points_of_a_4_by_4_product():
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=4, impacts=4)

    assert matrix.attainable() == (1, 2, 3, 4, 6, 8, 9, 12, 16)


@pytest.mark.parametrize(
    ("points", "rag"),
    [("4", "G"), ("4.5", "A"), ("5", "A"), ("6", "A"), ("10", "A"), ("10.5", "R"), ("11", "R")],
)
def test_a07_points_in_a_gap_take_the_worse_band(points, rag):
    assert band_of(Decimal(points), bands(DACORUM)).key == rag


def test_a08_the_attainable_points_of_a_5_by_5_product():
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=5, impacts=5)

    assert matrix.attainable() == (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25)


def test_a08_dacorums_bands_on_5_by_5_leave_no_cell_without_a_band():
    matrix = write_out(RULES["product"], bands(DACORUM), likelihoods=5, impacts=5)

    assert shown(matrix) == "AARRR GARRR GAARR GGAAA GGGGA"


def test_a13_contributions_at_one_place_do_not_sum_and_at_two_they_do():
    parts = [Decimal(part) for part in ("8", "2.25", "2.25", "6")]

    one = [half_up(part, 1) for part in parts]
    two = [half_up(part, 2) for part in parts]

    assert [str(part) for part in one] == ["8.0", "2.3", "2.3", "6.0"]
    assert (str(sum(one)), str(sum(two))) == ("18.6", "18.50")


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.25", 1, "2.3"),  # Python's round says 2.2
        ("2.35", 1, "2.4"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),  # away from zero, as Excel does
        ("2.2499", 1, "2.2"),
        ("18.5", 2, "18.50"),
    ],
)
def test_a13_numbers_round_half_up_as_excel_does(value, places, rounded):
    assert str(half_up(Decimal(value), places)) == rounded


def test_i09_a_band_is_two_numbers_and_can_never_be_read_as_a_date():
    ends = [(band.least, band.most) for band in bands(DACORUM)]

    assert ends == [(0, 4), (6, 10), (12, 16)]
    assert all(isinstance(end, Decimal) for pair in ends for end in pair)


@pytest.mark.parametrize(
    ("overall", "word"),
    [("18.5", "H"), ("25", "H"), ("12.01", "H"), ("12", "M"), ("5.5", "M"), ("5", "L"), ("1", "L")],
)
def test_i32_a_weighted_score_has_a_band_fractions_too(overall, word):
    assert band_of(Decimal(overall), bands("L1-5 M6-12 H15-25")).key == word


def test_points_above_the_last_band_stay_in_it():
    assert band_of(Decimal("16.01"), bands(DACORUM)).key == "R"


@pytest.mark.parametrize(
    ("number", "digits", "held"),
    [
        ("18.50", "18.5", 18.5),
        ("25.0", "25", 25),
        ("100", "100", 100),
        ("1E+2", "100", 100),
        ("0.000001", "0.000001", 0.000001),
        ("0", "0", 0),
    ],
)
def test_numbers_are_written_in_plain_digits(number, digits, held):
    value = Decimal(number)

    assert plain(value) == digits
    assert (as_json(value), type(as_json(value))) == (held, type(held))


# Laws -----------------------------------------------------------------------------------

points_of_bands = st.lists(
    st.decimals(min_value=0, max_value=100, places=2), min_size=4, max_size=20, unique=True
)


@st.composite
def any_bands(draw):
    """2 to 10 bands that rise, with gaps between them or none."""
    ends = sorted(draw(points_of_bands))
    ends = ends[: len(ends) // 2 * 2]
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return bands(" ".join(f"{'ABCDEFGHIJ'[i]}{a}-{b}" for i, (a, b) in enumerate(pairs)))


def band_by_hand(points, published):
    """Reference: in a band, or below it in a gap or before all, or else above the last."""
    for band in published:
        if band.least <= points <= band.most or points < band.least:
            return band.key
    return published[-1].key


@given(published=any_bands(), points=st.decimals(min_value=0, max_value=120, places=3))
def test_any_points_find_the_band_that_a_person_finds(published, points):
    assert band_of(points, published).key == band_by_hand(points, published)


@given(
    published=any_bands(),
    rule=st.sampled_from(sorted(RULES)),
    size=st.tuples(st.integers(3, 10), st.integers(3, 10)),
)
def test_a_rule_that_rises_gives_bands_that_never_fall(published, rule, size):
    matrix = write_out(RULES[rule], published, likelihoods=size[0], impacts=size[1])

    keys = [[score.band.key for score in row] for row in matrix.cells]

    assert all(row == sorted(row) for row in keys)
    assert all(list(column) == sorted(column) for column in zip(*keys, strict=True))


@given(value=st.decimals(min_value=-1000, max_value=1000, places=4), places=st.integers(0, 3))
def test_rounding_is_the_nearest_and_halves_go_away_from_zero(value, places):
    step = Decimal(1).scaleb(-places)

    rounded = half_up(value, places)

    assert rounded % step == 0
    assert abs(rounded - value) * 2 <= step
    assert abs(rounded - value) * 2 != step or abs(rounded) > abs(value)


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_digits_are_the_same_number(value):
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value)
