"""How a withheld text is recognised, whatever stands between its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbook.core.grid import CellRef
from riskbook.core.traces import Finder, How, Secret, pieces, short, spaced, squeezed

LETTERS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFfi0123456789\u00e9\u00fc\u03b1\u0416", min_size=2
)
BETWEEN = [
    "",
    " ",
    "\n",
    "\r\n",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u2060",
    "-\n",
    "\t",
    "\ufeff",
    "\u3164",  # a letter of Korean that shows nothing
    "\u115f",
    "\u2028",
    "\U000e0041",
    "\ufffa",
    ", ",
]


def secret(text: str, how: How = How.ANYWHERE) -> Secret:
    return Secret(text=text, how=how, at=CellRef("Risks", 5, 2), name="Risk of R1")


@given(st.lists(LETTERS, min_size=3, max_size=8), st.data())
def test_nothing_between_the_letters_hides_a_text(words: list[str], data: st.DataObject) -> None:
    told = secret(" ".join(words))
    letters = [data.draw(st.sampled_from(BETWEEN)) + letter for letter in "".join(words)]
    finder = Finder([told])

    for text in ("".join(letters), "".join(letters).upper(), f"before {''.join(letters)} after"):
        assert list(finder.told(text)) == [told]
        assert list(finder.within(text)) == [told]


@given(st.lists(LETTERS, min_size=2, max_size=8), st.integers(1, 7))
def test_a_text_that_goes_on_in_the_next_cell_is_found(words: list[str], cut: int) -> None:
    told, text = secret(" ".join(words)), " ".join(words)

    assert list(Finder([told]).among([f"x {text[:cut]}", f"{text[cut:]} y"])) == [told]


def test_words_on_two_lines_are_two_words_and_an_unseen_character_is_none() -> None:
    assert spaced("Jane\u2028Smith") == "jane smith"
    assert spaced("Ja\u3164ne\u2800 Sm\u200dith\ufe0f\U000e0041") == "jane smith"


def test_a_name_is_not_put_together_from_two_cells() -> None:
    finder = Finder([secret("Jane Smith", How.WORD)])

    assert list(finder.among(["Jane", "Smith"])) == []
    assert list(finder.among(["Jane Smith", "x"])) != []


def test_a_text_that_is_not_read_is_searched_for_long_secrets_only() -> None:
    finder = Finder([secret("R2", How.WORD), secret("Housing", How.WHOLE)])

    assert list(finder.within("R2")) == []
    assert list(finder.within("Housing")) == []


@pytest.mark.parametrize(
    ("text", "flat", "words"),
    [
        (
            "The O\ufb03ce, 2\u00a0nd \u2013 floor!",
            "theoffice2ndfloor",
            "the office, 2 nd \u2013 floor!",
        ),
        ("STRASSE stra\u00dfe", "strassestrasse", "strasse strasse"),
        ("\uff32\uff11 \u2460", "r11", "r1 1"),
        ("so\u00adft\u200b hy\u2060phen", "softhyphen", "soft hyphen"),
        ("cafe\u0301", "caf\u00e9", "caf\u00e9"),
        ("\u2026 !?", "", "... !?"),
    ],
)
def test_texts_have_one_form(text: str, flat: str, words: str) -> None:
    assert squeezed(text) == flat
    assert spaced(text) == words


def test_a_text_falls_into_lines_points_and_sentences() -> None:
    text = "One. Two; three: four?\n- a point\n\u2022 another. Here\n\nWe do:\nFirst. Then:\nlast"

    assert list(pieces(text)) == [
        "One. Two; three: four?",
        *("One.", "Two;", "three:", "four?"),
        *("a point", "a point"),
        *("another. Here", "another.", "Here"),
        *("First. Then:", "First."),  # "We do:" and "Then:" only introduce what follows
        *("last", "last"),
    ]


def test_a_long_text_is_shortened_for_a_message() -> None:
    assert short("a  b\nc") == "a b c"
    assert short("x" * 60) == "x" * 60
    assert short("x" * 61) == "x" * 57 + "..."
