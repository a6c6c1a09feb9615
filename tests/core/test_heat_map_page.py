"""The Heat map sheet: every scored risk once, axes in the council's words, movement in words."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbook.app import Outcome
from riskbook.core.heatmap import heat_maps
from riskbook.core.model import Register, Risk
from riskbook.core.page import Page, PageCell, height_of
from riskbook.core.pages import heat_map
from riskbook.core.pages.heat_map import some, square_style, widths
from riskbook.core.pages.paging import height, room
from riskbook.core.profile import Level, Profile
from riskbook.core.scores import score
from riskbook.core.scoring import RULES, Rating, look_up, write_out
from tests.core.looking import between, firsts, page, rows, seen, values
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, profile_of

CLEAN = checked(COUNCIL)
KEY = (PageCell("Key", "rb heading"),)


def squares(shown: Page) -> dict[str, PageCell]:
    """The squares by their text; each text as it stands, lines joined by a bar."""
    cells = [cell for row in shown.rows for cell in row.cells if "square" in cell.style]
    return {str(cell.value).replace("\n", " | "): cell for cell in cells}


def occupied(outcome: Outcome) -> list[str]:
    found = squares(page(outcome, "heat_map"))
    return [text for text, cell in found.items() if not cell.style.endswith("empty")]


def test_a_square_says_points_band_how_many_and_which() -> None:
    assert occupied(checked(COUNCIL)) == [
        "16 Very High | 1: R2",
        "20 Very High | 1: R1",
        "9 Medium | 1: R2 | \u2193 1 better",
        "6 Medium | 1: R1 | \u2193 1 better",
        "3 Low | 1: R1 | \u2193 1 better",
    ]


def test_the_axes_are_in_the_councils_words_impact_across_and_likelihood_up() -> None:
    found = rows(checked(SIGNED), "heat_map")

    names = [row[0] for row in found]
    first = names.index("4 Very Likely")
    assert names[first : first + 5] == [
        *("4 Very Likely", "3 Likely", "2 Unlikely", "1 Very Unlikely"),
        "Probability \u2191\nImpact \u2192",
    ]
    assert found[first - 1] == ["Inherent", None, "Residual"]
    assert found[first + 4][1:5] == ["1 Low", "2 Medium", "3 High", "4 Severe"]
    assert found[first][:5] == ["4 Very Likely", "4 Green", "8 Amber", "12 Red", "16 Red"]
    assert found[3] == [
        "Probability rises upwards, Impact to the right. A square shows its risk score and RAG, "
        "how many stand in it and which; paler squares are empty. Every risk is listed below."
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"N5": "5"}, "15 Very High | 1: R1 | \u2193 1 better"),
        ({"H5": "1", "N5": "3"}, "9 Medium | 2: R1, R2 | \u2191 1 worse | \u2193 1 better"),
        (
            {"H5": "3", "I5": "2", "N5": "2", "O5": "3"},
            "6 Medium | 1: R1 | \u2192 1 same",
        ),
        ({"H5": ""}, "6 Medium | 1: R1"),  # nothing is known of where it came from
    ],
)
def test_a_move_is_an_arrow_with_its_word(typed: dict[str, str], told: str) -> None:
    assert told in occupied(checked(COUNCIL, typed))


def test_below_each_map_stands_how_many_are_on_it_and_which_are_not() -> None:
    found = rows(checked(COUNCIL, {"N6": "", "A6": ""}), "heat_map")

    assert [
        "2 of 2 risks on the map.",
        None,
        "1 of 2 risks on the map. Not scored: row 6.",
        None,
        "1 of 2 risks on the map. Not scored: row 6.",
    ] in found
    assert "3 of 3 sub-risks on the map." in firsts(checked(WEIGHTED), "heat_map")


def test_every_risk_stands_in_a_line_with_its_way() -> None:
    found = rows(checked(COUNCIL, {"O5": "5", "N5": "4"}), "heat_map")

    assert between(found, "Where each risk stands") == [
        ["Ref", "Risk", "Gross", "Nett", "Target", "Gross to Nett", "Nett to Target"],
        [
            *("R1", "Flooding of the depot", "4 Likely x 5 Severe: 20 Very High"),
            *("4 Likely x 5 Severe: 20 Very High", "1 Rare x 3 Moderate: 3 Low"),
            *("\u2192 no change", "\u2193 down 17, better"),
        ],
        [
            *("R2", "Loss of key staff", "4 Likely x 4 Major: 16 Very High"),
            *("3 Possible x 3 Moderate: 9 Medium", "not scored", "\u2193 down 7, better", None),
        ],
    ]


def test_an_empty_register_has_its_maps_too() -> None:
    outcome = checked({**COUNCIL, "risks": [], "actions": []})

    assert occupied(outcome) == []
    assert ["0 of 0 risks on the map.", None] * 2 in [
        row[:4] for row in rows(outcome, "heat_map") if row[0]
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "R1"),
        (6, "R1, R2, R3, R4, R5, R6"),
        (7, "R1, R2, R3, R4, R5 and 2 more"),
        (18, "R1, R2, R3, R4, R5 and 13 more"),
    ],
)
def test_a_square_holds_six_references(number: int, told: str) -> None:
    assert some([f"R{n}" for n in range(1, number + 1)]) == told


def crowded(likelihoods: int, risks: int, prefix: str = "RISK-") -> Page:
    """A heat map whose every level of likelihood has so many risks in one square."""
    profile = sized(likelihoods, 5, 2, "sum")
    model = CLEAN.reading.register
    found = [
        replace(
            model.risks[0],
            row=100 * level + number,
            ref=f"{prefix}{level}-{number}",
            ratings=dict.fromkeys(("gross", "nett"), Rating(likelihood=level, impact=3)),
        )
        for level in range(1, likelihoods + 1)
        for number in range(1, risks + 1)
    ]
    register = replace(model, risks=tuple(found))
    return heat_map.page(register, score(register, profile), profile, CLEAN.as_at)


@pytest.mark.parametrize(
    ("likelihoods", "risks", "told"),
    [
        (3, 9, "9: RISK-1-1, RISK-1-2, RISK-1-3, RISK-1-4, RISK-1-5 and 4 more"),
        (6, 9, "9: RISK-1-1, RISK-1-2, RISK-1-3 and 6 more"),
        (9, 9, "9: RISK-1-1 and 8 more"),
        (10, 9, "9 risks"),
        (10, 1, "1: RISK-1-1"),
    ],
)
def test_a_crowded_map_names_fewer_risks_so_that_it_stays_on_its_page(
    likelihoods: int, risks: int, told: str
) -> None:
    shown = crowded(likelihoods, risks)

    lines = next(
        str(cell.value).split("\n")
        for row in shown.rows
        for cell in row.cells
        if cell.style.startswith("rb square") and str(cell.value).startswith("4 ")
        if not cell.style.endswith("empty")
    )
    assert lines[1] == told
    above = shown.rows[: [row.cells[:1] for row in shown.rows].index(KEY)]
    assert height(above) <= room(widths(sized(likelihoods, 5, 2, "sum")))


def test_a_map_that_fits_no_page_names_its_risks_all_the_same() -> None:
    shown = heat_map._drawn(
        heat_maps(CLEAN.reading.register, CLEAN.profile), CLEAN.profile, most=10
    )

    texts = [str(cell.value) for row in shown for cell in row.cells]
    assert "20 Very High\n1: R1" in texts


def test_an_empty_square_is_paler_and_bands_of_one_colour_share_a_look() -> None:
    bands = profile_of(COUNCIL).bands

    assert square_style(bands, bands[1], empty=False) == "rb square 2"
    assert square_style(bands, bands[1], empty=True) == "rb square 2 empty"
    assert square_style((bands[1], bands[1]), bands[1], empty=False) == "rb square 1"


def sized(likelihoods: int, impacts: int, stages: int, rule: str) -> Profile:
    """The council's profile with a matrix of another size."""
    profile = CLEAN.profile
    size = {"likelihoods": likelihoods, "impacts": impacts}
    if rule == "look-up":
        table = [[Decimal(i * 3 + lk % 2) for lk in range(likelihoods)] for i in range(impacts)]
        matrix = look_up(table, profile.bands)
    else:
        matrix = write_out(RULES[rule], profile.bands, **size)
    scales = {
        "likelihood": tuple(Level(label=f"L{n}") for n in range(likelihoods)),
        "impact": tuple(Level(label=f"I{n}") for n in range(impacts)),
    }
    return replace(
        profile, matrix=matrix, scales=scales, stages=("gross", "nett", "target")[:stages]
    )


@st.composite
def registers(draw: st.DrawFn) -> tuple[Profile, Register]:
    """Any register under any matrix from 3 x 3 to 10 x 10."""
    one, other = draw(st.integers(3, 10)), draw(st.integers(3, 10))
    stages = draw(st.integers(1, 3))
    rule = draw(st.sampled_from(("product", "sum", "look-up")))
    profile = sized(one, other, stages, rule)
    rating = st.none() | st.builds(
        Rating, likelihood=st.integers(1, one), impact=st.integers(1, other)
    )
    found = draw(st.lists(st.tuples(*[rating] * stages), max_size=30))
    model = CLEAN.reading.register
    risks = tuple(
        Risk(
            row=row,
            ref=f"R{row}",
            entries=model.risks[0].entries,
            ratings={s: r for s, r in zip(profile.stages, ratings, strict=True) if r},
        )
        for row, ratings in enumerate(found, start=5)
    )
    return profile, replace(model, risks=risks)


def named(cell: PageCell) -> bool:
    """Whether a square names the risks in it, and does not only count them."""
    return not re.search(r"^\d+ risks?$", str(cell.value), re.MULTILINE)


@settings(deadline=None, max_examples=60)
@given(registers())
def test_every_scored_risk_stands_on_each_map_exactly_once(case: tuple[Profile, Register]) -> None:
    profile, register = case
    scores = score(register, profile)

    shown = heat_map.page(register, scores, profile, CLEAN.as_at)

    columns = [at * (profile.matrix.impacts + 2) for at in range(len(profile.stages))]
    for stage, start in zip(profile.stages, columns, strict=True):
        end = start + 1 + profile.matrix.impacts
        cells = [
            cell
            for row in shown.rows
            for cell in row.cells[start:end]
            if cell.style.startswith("rb square")
        ]
        assert len(cells) == profile.matrix.likelihoods * profile.matrix.impacts
        counted = [
            re.findall(r"^(\d+)(?:: | risks?$)", str(cell.value), re.MULTILINE) for cell in cells
        ]
        total = sum(int(number) for found in counted for number in found)
        assert total == sum(1 for risk in register.risks if stage in risk.ratings)
        for risk in register.risks:
            if stage in risk.ratings and len(register.risks) <= 6 and all(map(named, cells)):
                holding = [
                    cell.value for cell in cells if re.search(rf"\b{risk.key}\b", str(cell.value))
                ]
                assert len(holding) == 1
                points = scores.by_row[risk.row][stage].points
                assert str(holding[0]).startswith(f"{points} ")
    listed = between(values(shown), "Where each risk stands")[1:]
    assert [row[0] for row in listed] == [risk.key for risk in register.risks]


@pytest.mark.parametrize("stages", [1, 2, 3])
@pytest.mark.parametrize(("likelihoods", "impacts"), [(3, 3), (3, 10), (5, 5), (10, 3), (10, 10)])
def test_every_cell_of_a_line_has_room(likelihoods: int, impacts: int, stages: int) -> None:
    profile = sized(likelihoods, impacts, stages, "sum")
    outcome = checked(COUNCIL)
    risks = tuple(
        replace(risk, ratings={s: Rating(likelihood=1, impact=2) for s in profile.stages})
        for risk in outcome.reading.register.risks
    )
    register = replace(outcome.reading.register, risks=risks)

    shown = heat_map.page(register, score(register, profile), profile, outcome.as_at)

    wide = widths(profile)
    for row in shown.rows:
        assert len(row.cells) in (0, 1, 2, len(wide))
        if row.cells and row.cells[0].value == "R1":
            starts = [0, *accumulate(cell.span for cell in seen(row))]
            rooms = [sum(wide[a:b]) for a, b in pairwise(starts)]
            assert min(rooms) >= 14
            texts = [str(cell.value) for cell in seen(row)]
            assert row.height is not None
            assert row.height >= height_of(texts, rooms)


@pytest.mark.parametrize("register", [COUNCIL, SIGNED, WEIGHTED])
def test_the_lines_lead_to_their_rows(register: Document) -> None:
    shown = page(checked(register), "heat_map")

    links = [cell.link.row for row in shown.rows for cell in row.cells if cell.link]
    assert links == [5 + n for n in range(len(register["risks"]))]
