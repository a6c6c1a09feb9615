"""What the linter says of profiles, and what it does not say.

``bands("G0-4 A6-10 R12-16")`` are published bands; ``linted`` gives the remarks on a small
profile with them, one line each: severity, place and sentence.
"""

import json
from copy import deepcopy
from importlib.resources import files

import pytest

from riskbook.core import linting
from riskbook.core.finding import Severity
from riskbook.core.linting import contrast, lint
from riskbook.core.profile import Profile, build

DACORUM = "G0-4 A6-10 R12-16"
COLOURS = {"G": "#A9D08E", "A": "#FFC000", "R": "#F4B183", "B": "#9DC3E6"}
WORDS = {"G": "Green", "A": "Amber", "R": "Red", "B": "Blue"}
SHIPPED = ("council-5x5", "operational-4x4", "operational-4x4-signoff", "strategic-weighted-5x5")


def shipped(name: str) -> dict:
    return json.loads(files("riskbook").joinpath(f"profiles/{name}.json").read_text("utf-8"))


def bands(text: str) -> list[dict]:
    """Read "G0-4 A6-10": green from 0 to 4 points, amber from 6 to 10."""
    found = []
    for word in text.split():
        least, most = word[1:].split("-")
        ends = {"least": float(least), "most": float(most)}
        look = {"fill": COLOURS[word[0]], "ink": "#000000"}
        found.append({"key": word[0], "label": WORDS[word[0]], **ends, **look})
    return found


def document(published: str = DACORUM, size: int = 4, **matrix: object) -> dict:
    """Dacorum's profile of 2021 with other bands, another size or another matrix."""
    found = shipped("operational-4x4") | {"bands": bands(published)}
    levels = [{"label": f"Word {'abcdefghij'[number]}"} for number in range(size)]
    found["scales"] = {"likelihood": levels, "impact": deepcopy(levels)}
    found["matrix"] = matrix or {"rule": "product"}
    return found


def painted(points: str, paint: str) -> dict:
    """Read "1 2 / 2 4" and "GA AR", impact 1 first, as a matrix painted by hand."""
    rows = [[float(cell) for cell in line.split()] for line in points.split("/")]
    return {"rule": "painted", "points": rows, "bands": [list(line) for line in paint.split()]}


def lines(profile: Profile) -> list[str]:
    return [f"{r.severity.value}: {r.where}: {r.message}" for r in lint(profile)]


def linted(*args: object, **matrix: object) -> list[str]:
    return lines(build(document(*args, **matrix)))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_has_nothing_worse_than_information(name):
    remarks = lint(build(shipped(name)))

    assert {remark.severity for remark in remarks} == {Severity.INFORMATION}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_remark_is_a_sentence_and_says_what_to_do(name):
    for remark in lint(build(shipped(name))):
        assert remark.message.endswith(".")
        assert remark.fix.endswith(".")
        assert remark.fix[0].isupper()


def test_a_profile_in_order_has_no_remark():
    assert linted("G2-4 A5-6 R7-8", rule="sum") == []


def test_a07_dacorums_gaps_are_information_because_no_rating_lies_in_them():
    assert linted() == [
        "information: bands: no published band holds 5 between Green (to 4) and Amber (from 6); "
        "no rating comes to that; a weighted score there, fractions too, takes Amber, the worse.",
        "information: bands: no published band holds 11 between Amber (to 10) and Red (from 12); "
        "no rating comes to that; a weighted score there, fractions too, takes Red, the worse.",
        "information: bands, Green: the band is published with an end at 0, "
        "which no rating comes to.",
        "information: bands, Amber: the band is published with an end at 10, "
        "which no rating comes to.",
    ]


def test_a08_dacorums_bands_do_not_fit_5_by_5():
    errors = [line for line in linted(DACORUM, 5) if line.startswith("error")]

    assert errors == [
        "error: bands: ratings come to 5, and no published band holds that: it lies between "
        "Green (to 4) and Amber (from 6) and takes Amber.",
        "error: bands, Red: ratings come to 20 and 25, above the band's 16; "
        "no published band holds that.",
    ]


def test_i32_a_weighted_profile_hears_of_fractions_between_its_bands():
    found = [line for line in lines(build(shipped("strategic-weighted-5x5"))) if "holds" in line]

    assert found == [
        "information: bands: no published band holds a fraction between Low (to 5) and "
        "Medium (from 6); a weighted score there, fractions too, takes Medium, the worse.",
        "information: bands: no published band holds 13 and 14 between Medium (to 12) and "
        "High (from 15); no rating comes to that; a weighted score there, fractions too, "
        "takes High, the worse.",
    ]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (  # 5 x 5: 5 points are in both
            "G1-5 A5-12 R15-25",
            "error: bands, Green and Amber: both bands claim 5; it takes Green, the milder.",
        ),
        (  # no rating comes to 7
            "G1-7 A7-12 R15-25",
            "warning: bands, Green and Amber: both bands claim 7 and more; "
            "it takes Green, the milder.",
        ),
        (
            "G2-5 A6-12 R15-25",
            "error: bands, Green: ratings come to 1, below the band's 2; "
            "no published band holds that.",
        ),
        ("G1-5 A6-12 R15-25 B26-30", "warning: bands, Blue: no rating lies in this band."),
        (
            "G1-4 A9-12 R15-25",
            "error: bands: ratings come to 5, 6 and 8, and no published band holds that: "
            "it lies between Green (to 4) and Amber (from 9) and takes Amber.",
        ),
        (
            "G1-20 A25-26 R30-31",
            "information: bands: no published band holds 21 to 24 between Green (to 20) and "
            "Amber (from 25); no rating comes to that; a weighted score there, fractions too, "
            "takes Amber, the worse.",
        ),
    ],
)
def test_bands_that_do_not_fit_a_5_by_5_matrix(published, expected):
    assert expected in linted(published, 5)


def test_bands_of_whole_numbers_side_by_side_have_no_gap():
    assert not any("holds" in line for line in linted("G1-4 A5-11 R12-16"))


def test_a_fraction_in_a_table_of_points_can_lie_in_a_gap():
    rows = [[1, 2, 3], [2, 4.5, 6], [3, 6, 9]]

    found = linted("G1-4 A5-9", 3, rule="look-up", points=rows)

    assert any("ratings come to 4.5" in line and line.startswith("error") for line in found)


def test_ranges_do_not_matter_where_every_cell_is_coloured_by_hand():
    matrix = painted("1 2 3 / 2 4 6 / 3 6 9", "GGA GAR ARR")

    assert linted("G1-2 A2-3 R6-9", 3, **matrix) == []  # 2 in both bands, 4 in none


@pytest.mark.parametrize(
    ("paint", "expected"),
    [
        ("GGA GAR ARR", []),
        (
            "GAG GAR ARR",
            [
                "warning: matrix, impact 1, likelihood 3: this cell holds 3 Green; "
                "the milder rating impact 1, likelihood 2 holds 2 Amber.",
            ],
        ),
        (
            "GGR GAA ARR",
            [
                "warning: matrix, impact 2, likelihood 3: this cell holds 6 Amber; "
                "the milder rating impact 1, likelihood 3 holds 3 Red.",
            ],
        ),
    ],
)
def test_a_painted_matrix_rises_from_cell_to_cell(paint, expected):
    found = linted("G1-3 A4-6 R7-9", 3, **painted("1 2 3 / 2 4 6 / 3 6 9", paint))

    assert [line for line in found if "matrix" in line] == expected


def test_points_that_fall_while_the_band_stays_are_told_too():
    rows = [[1, 2, 3], [2, 4, 6], [3, 3, 9]]

    found = linted("G1-4 A5-9", 3, rule="look-up", points=rows)

    assert [line for line in found if "matrix" in line] == [
        "warning: matrix, impact 3, likelihood 2: this cell holds 3 Green; "
        "the milder rating impact 2, likelihood 2 holds 4 Green.",
    ]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["", "", "", ""], "information: scales, impact: the council has supplied no words "),
        (["Low", "", "High", ""], "warning: scales, impact: level 2 and 4 has no word, "),
    ],
)
def test_levels_without_words_are_told(labels, expected):
    asked = document()
    asked["scales"]["impact"] = [{"label": label} for label in labels]

    assert any(line.startswith(expected) for line in lines(build(asked)))


def test_defaults_that_riskbook_supplied_are_told():
    found = lines(build(shipped("operational-4x4-signoff")))

    assert found[:2] == [
        "information: scales, likelihood: Very Likely is riskbook's default, not the council's.",
        "information: scales, impact: Low, Medium and High are riskbook's defaults, "
        "not the council's.",
    ]


def test_bands_that_riskbook_supplied_are_told():
    found = lines(build(shipped("council-5x5")))

    assert (
        "information: bands: Low, Medium, High and Very High are riskbook's defaults, "
        "not the council's."
    ) in found


@pytest.mark.parametrize(
    ("fill", "ink", "ratio"),
    [
        ("#000000", "#FFFFFF", "21.00"),
        ("#FFFFFF", "#FFFFFF", "1.00"),
        ("#777777", "#FFFFFF", "4.48"),  # the well-known grey that just fails
        ("#767676", "#FFFFFF", "4.54"),  # and the one that just passes
    ],
)
def test_contrast_is_that_of_the_web_guidelines(fill, ink, ratio):
    assert f"{contrast(fill, ink):.2f}" == f"{contrast(ink, fill):.2f}" == ratio


@pytest.mark.parametrize(
    ("band", "change", "expected"),
    [
        (
            1,
            {"fill": "#777777", "ink": "#FFFFFF"},
            "warning: bands, Amber: #FFFFFF on #777777 has a contrast of 4.47 : 1, under 4.5 : 1.",
        ),
        (1, {"fill": "#a9d08e"}, "warning: bands, G and A: two bands have the same colour."),
        (2, {"label": "GREEN"}, "warning: bands, G and R: two bands have the same word."),
        (
            0,
            {"label": ""},
            "error: bands, G: the band has no word; a colour alone says nothing in black and "
            "white.",
        ),
    ],
)
def test_a_band_is_a_word_and_a_colour_that_can_be_read(band, change, expected):
    asked = document()
    asked["bands"][band] |= change

    assert expected in lines(build(asked))


def test_a_stage_is_rated_and_shown_with_its_word():
    asked = document()
    asked["stages"] = ["gross", "nett", "target"]
    asked["risks"]["columns"] = [c for c in asked["risks"]["columns"] if c["field"] != "nett_band"]

    found = [line for line in lines(build(asked)) if "stages" in line]

    assert found == [
        "warning: stages, nett: the stage is shown without the word of its band.",
        "warning: stages, target: the profile has this stage and no column in which it is rated.",
    ]


def test_a_formula_that_no_cell_can_hold_is_an_error(monkeypatch):
    monkeypatch.setattr(linting, "LONGEST_FORMULA", 20)

    found = [line for line in linted() if line.startswith("error")]

    assert "error: risks, column completeness: its formula is longer than a cell can hold." in found
