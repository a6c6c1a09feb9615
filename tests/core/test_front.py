"""The front page: top risks at a fixed place, what is missing, what changed, charts."""

from dataclasses import replace

import pytest

from riskbook.core.charts import Area
from riskbook.core.page import Page, PageRow, PageValue
from riskbook.core.pages import changed, front, top
from riskbook.core.summary import Changes, since_last_year
from tests.core.looking import between, firsts, page, rows, seen
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, checked, profile_of, without

HEADS = ["Ref", "Risk", "Gross Score", "Nett Score", "Gross Rating", "Nett Rating", "Risk Owner"]


def many(number: int) -> Document:
    """A register of so many risks; the nett score of R1 is 1, of R2 2, and so on to 5."""
    one = COUNCIL["risks"][0]
    risks = [
        {**one, "ref": f"R{n}", "nett_likelihood": 1, "nett_impact": (n - 1) % 5 + 1}
        for n in range(1, number + 1)
    ]
    return {**COUNCIL, "risks": risks}


def test_the_top_risks_are_ranked_by_nett_points_and_then_by_gross() -> None:
    found = between(rows(checked(COUNCIL), "summary"), "Top risks", "What is missing")

    assert found == [
        [*HEADS, "Movement"],
        [
            *("R2", "Loss of key staff", 16, 9, "Very High", "Medium", "Head of Estates"),
            "\u2193 7 better",
        ],
        [
            *("R1", "Flooding of the depot", 20, 6, "Very High", "Medium", "Head of Estates"),
            "\u2193 14 better",
        ],
        ["Ranked by nett score."],
    ]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({}, ["R2", "R1"]),
        ({"N5": "3"}, ["R1", "R2"]),  # 9 and 9 at the nett stage; 20 before 16 at the gross one
        ({"N5": "3", "H5": ""}, ["R2", "R1"]),  # a gross score that is not known comes last
        ({"N6": ""}, ["R1"]),
        ({"N5": "", "N6": ""}, []),
    ],
)
def test_only_scored_risks_are_ranked(typed: dict[str, str], order: list[str]) -> None:
    outcome = checked(COUNCIL, typed)

    found = top.ranked(outcome.reading.register, outcome.scores, outcome.profile)
    assert [risk.key for risk in found] == order


def test_a_risk_whose_gross_score_is_missing_says_so() -> None:
    found = between(rows(checked(COUNCIL, {"H6": ""}), "summary"), "Top risks")

    assert found[1][2:] == [None, 9, "not scored", "Medium", "Head of Estates", None]


def test_where_nothing_is_scored_the_page_says_so() -> None:
    found = firsts(checked(COUNCIL, {"N5": "", "N6": ""}), "summary")

    assert "No risk is scored at the nett stage yet." in found


@pytest.mark.parametrize(
    ("number", "shown", "told"),
    [
        (1, 1, "Ranked by nett score."),
        (10, 10, "Ranked by nett score."),
        (11, 10, "Ranked by nett score. 1 more scored risk on the other sheets."),
        (13, 10, "Ranked by nett score. 3 more scored risks on the other sheets."),
    ],
)
def test_ten_rows_stand_ready_and_those_not_used_are_hidden(
    number: int, shown: int, told: str
) -> None:
    outcome = checked(many(number))

    first = front.top_row(outcome.profile) + 2
    block = page(outcome, "summary").rows[first - 1 : first + 9]
    assert [row.height == 0 for row in block] == [False] * shown + [True] * (10 - shown)
    assert all(cell.value is None for row in block[shown:] for cell in row.cells)
    after = page(outcome, "summary").rows[first + 9]
    assert after.cells[0].value == told


def test_a_council_with_nett_scores_alone_has_one_column_of_points() -> None:
    gross = [f"gross_{part}" for part in ("likelihood", "impact", "points", "band")]
    profile = without(COUNCIL, *gross, stages=["nett", "target"])

    found = between(rows(checked(COUNCIL, profile=profile), "summary"), "Top risks")

    assert found[0] == ["Ref", "Risk", "Nett Score", "Nett Rating", "Risk Owner"]
    assert found[1] == ["R2", "Loss of key staff", 9, "Medium", "Head of Estates"]


def test_a_council_with_targets_alone_ranks_by_them() -> None:
    others = [f"{s}_{part}" for s in ("gross", "nett") for part in ("likelihood", "impact")]
    others += [f"{s}_{part}" for s in ("gross", "nett") for part in ("points", "band")]
    profile = without(COUNCIL, *others, stages=["target"])

    found = between(rows(checked(COUNCIL, profile=profile), "summary"), "Top risks")

    assert found[0][2:4] == ["Target Score", "Target Rating"]
    assert found[1][:4] == ["R1", "Flooding of the depot", 3, "Low"]
    assert found[2] == ["Ranked by target score."]


@pytest.mark.parametrize("register", [COUNCIL, SIGNED, WEIGHTED, many(12)])
@pytest.mark.parametrize("empty", [False, True])
def test_the_charts_read_the_cells_that_the_page_fills(register: Document, empty: bool) -> None:
    outcome = checked({**register, "risks": [], "actions": []} if empty else register)
    profile, shown = outcome.profile, page(outcome, "summary").rows
    bands, highest = front.charts(profile)

    def texts(area: Area) -> list[PageValue]:
        lines = shown[area.top - 1 : area.bottom]
        return [row.cells[c - 1].value for row in lines for c in range(area.left, area.right + 1)]

    assert texts(bands.categories) == [band.label for band in reversed(profile.bands)]
    assert [texts(series.name) for series in bands.series] == [
        [profile.words[stage]] for stage in profile.stages
    ]
    for series, stage in zip(bands.series, profile.stages, strict=True):
        counts = outcome.summary.total.bands[stage]
        assert texts(series.values) == [counts[band.key] for band in reversed(profile.bands)]
    ranked = top.ranked(outcome.reading.register, outcome.scores, profile)[:10]
    assert texts(highest.categories) == [risk.key for risk in ranked] + [None] * (10 - len(ranked))
    for series, stage in zip(highest.series, ("gross", "nett"), strict=True):
        assert texts(series.name) == [f"{profile.words[stage]} {profile.words['points']}"]
        points = [outcome.scores.by_row[risk.row][stage].points for risk in ranked]
        assert texts(series.values) == points + [None] * (10 - len(ranked))
    for chart in (bands, highest):
        assert chart.alt
        place = chart.place
        cells = [cells for row in shown[place.top - 1 : place.bottom] for cells in [row.cells]]
        assert all(len(row) < place.left for row in cells)  # nothing lies under the chart
        assert place.bottom - place.top >= 12


def missing(found: list[list[PageValue]]) -> list[list[PageValue]]:
    """What is missing: a kind, its count, its references, without the blank cells."""
    block = between(found, "What is missing", "What changed")
    return [[value for value in row if value is not None] for row in block]


def test_nothing_is_missing_in_a_clean_register_but_an_action() -> None:
    assert missing(rows(checked(COUNCIL), "summary")) == [
        ["What", "Count", "Where"],
        ["Without action", 1, "R2"],
        [
            "None: Gross not scored; Nett not scored; Without Risk Owner; Action past its date; "
            "Update blank; Update stale; Review overdue."
        ],
    ]


def test_where_nothing_at_all_is_missing_one_line_says_so() -> None:
    found = missing(rows(checked(COUNCIL, {"Actions!B5": "R2"}), "summary"))

    assert len(found) == 1
    assert str(found[0][0]).startswith("None: Gross not scored; ")


def test_where_everything_is_missing_nothing_else_is_said() -> None:
    nothing = {f"{column}{row}": "" for column in "FHNW" for row in (5, 6)}
    nothing |= {"W5": "Q4 has seen two floods.", "X5": "May 2021", "Actions!F5": "May 2021"}

    found = missing(rows(checked(COUNCIL, nothing), "summary"))

    assert [row[:2] for row in found] == [
        ["What", "Count"],
        ["Gross not scored", 2],
        ["Nett not scored", 2],
        ["Without Risk Owner", 2],
        ["Without action", 1],
        ["Action past its date", 1],
        ["Update blank", 1],
        ["Update stale", 1],
        ["Review overdue", 1],
    ]


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ({"H5": ""}, "Gross not scored", [("R1", "Risks!H5")]),
        ({"I5": ""}, "Gross not scored", [("R1", "Risks!I5")]),
        ({"N6": "often"}, "Nett not scored", [("R2", "Risks!N6")]),
        ({"A6": "", "O6": ""}, "Nett not scored", [("row 6", "Risks!O6")]),
        ({"F5": ""}, "Without Risk Owner", [("R1", "Risks!F5")]),
        ({"Actions!F5": "May 2021"}, "Action past its date", [("A1", "Actions!H5")]),
        (
            {"Actions!F5": "May 2021", "Actions!A5": ""},
            "Action past its date",
            [("row 5", "Actions!H5")],
        ),
        ({"W5": " "}, "Update blank", [("R1", "Risks!W5")]),
        ({"W5": "Q4 has seen two floods."}, "Update stale", [("R1", "Risks!W5")]),
        ({"X5": "May 2021"}, "Review overdue", [("R1", "Risks!X5")]),
    ],
)
def test_what_is_missing_has_a_link_to_its_cell(
    typed: dict[str, str], kind: str, found: list[tuple[str, str]]
) -> None:
    shown = page(checked(COUNCIL, typed), "summary")

    cells = [cell for cell in seen(line(shown, kind)) if cell.link]
    assert [(cell.value, str(cell.link)) for cell in cells] == found
    assert list(seen(line(shown, kind)))[1].value == len(found)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"Actions!B5": "R2"}, "Without action"),
        ({"Actions!F5": "May 2021", "Actions!H5": "Complete"}, "Action past its date"),
    ],
)
def test_what_is_not_missing_has_no_line(typed: dict[str, str], kind: str) -> None:
    assert kind not in firsts(checked(COUNCIL, typed), "summary")


def line(shown: Page, kind: str) -> PageRow:
    return next(row for row in shown.rows if row.cells and row.cells[0].value == kind)


def test_more_than_eight_of_a_kind_are_counted_and_lead_to_the_checks() -> None:
    register = many(11)
    for risk in register["risks"]:
        risk["owner"] = ""

    shown = page(checked(register), "summary")

    cells = list(seen(line(shown, "Without Risk Owner")))
    assert [cell.value for cell in cells] == [
        *("Without Risk Owner", 11, "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"),
        "and 3 more: see Checks",
    ]
    assert str(cells[-1].link) == "Checks!A1"


def test_a_council_is_asked_only_for_what_its_profile_has() -> None:
    profile = without(COUNCIL, "owner", "update", "review_date", actions=None)
    register = {**COUNCIL, "actions": []}

    found = missing(rows(checked(register, profile=profile), "summary"))

    assert found == [["None: Gross not scored; Nett not scored."]]


def test_an_action_for_a_whole_risk_is_one_for_each_of_its_sub_risks() -> None:
    found = missing(rows(checked(WEIGHTED, {"Actions!B5": "2"}), "summary"))

    assert ["Without action", 1, "3a"] in found


UNKNOWN = [
    "No earlier period is known. Seal each period with `riskbook snapshot`: it keeps the register "
    "as it stands, for the next one to be compared with."
]


def test_where_no_earlier_period_is_known_the_page_says_how_to_keep_one() -> None:
    assert between(rows(checked(COUNCIL), "summary"), "What changed", "Key") == [UNKNOWN]


def test_last_years_scores_tell_what_changed() -> None:
    found = rows(checked(WEIGHTED, {"T5": "20", "T6": "10", "T7": "15"}), "summary")

    assert between(found, "What changed since last year (nett score)", "Key") == [
        ["What", "Count", "Which"],
        ["Worse", 1, "2b"],
        ["Better", 1, "2a"],
        ["Unchanged", 1, "3a"],
        ["Risk 2. Last year, with this year's weights, nett: 14 (up 1, worse)."],
        ["Risk 3. Last year, with this year's weights, nett: 15 (no change)."],
    ]


@pytest.mark.parametrize("typed", [{}, {"T5": "?"}, {"T5": "20", "M5": ""}])
def test_without_last_years_scores_nothing_is_guessed(typed: dict[str, str]) -> None:
    outcome = checked(WEIGHTED, typed)

    assert since_last_year(outcome.reading.register, outcome.scores, outcome.profile) is None


def test_a_comparison_with_an_earlier_register_is_shown() -> None:
    outcome = checked(COUNCIL)
    found = Changes(
        since="2020/21 Q4",
        new=("R2",),
        gone=(),
        worse=("R1",),
        redated=("A1", "A2"),
    )

    shown = changed.block(
        outcome.reading.register, outcome.scores, outcome.profile, found, front.WIDTHS
    )

    assert [[cell.value for cell in seen(row)] for row in shown] == [
        ["What changed since 2020/21 Q4"],
        ["What", "Count", "Which"],
        ["New", 1, "R2"],
        ["Worse", 1, "R1"],
        ["Actions re-dated", 2, "A1, A2"],
        ["None: Gone; Better."],
    ]


def test_where_nothing_changed_one_line_says_so() -> None:
    outcome = checked(COUNCIL)
    found = Changes(since="2020/21 Q4", new=(), gone=())

    shown = changed.block(
        outcome.reading.register, outcome.scores, outcome.profile, found, front.WIDTHS
    )

    assert [[cell.value for cell in seen(row)] for row in shown] == [
        ["What changed since 2020/21 Q4"],
        ["None: New; Gone; Worse; Better."],
    ]


def families(number: int) -> Document:
    """So many weighted risks, each with one sub-risk."""
    one = WEIGHTED["risks"][2]
    risks = [{**one, "ref": str(n), "sub_ref": f"{n}a"} for n in range(1, number + 1)]
    return {**WEIGHTED, "risks": risks, "actions": []}


def test_the_overall_scores_of_weighted_risks_stand_below_the_counts() -> None:
    found = rows(checked(WEIGHTED, {"M5": ""}), "summary")

    assert between(found, "Overall Risk Score", "Top sub-risks") == [
        ["2 Service Failure", "25 High", "not scored"],
        ["3 Financial stability", "25 High", "15 High"],
    ]


@pytest.mark.parametrize(
    ("number", "shown", "more"),
    [(4, 4, []), (5, 4, [["1 more risk on the sheet Weighting."]])],
)
def test_four_overall_scores_are_listed(number: int, shown: int, more: list[list[str]]) -> None:
    outcome = checked(families(number))

    block = between(rows(outcome, "summary"), "Overall Risk Score", "Top sub-risks")
    assert len(block) == shown + len(more)
    assert block[shown:] == more
    first = page(outcome, "summary").rows[front.top_row(outcome.profile) - 1]
    assert first.cells[0].value == "Top sub-risks"


def test_the_headline_says_the_overall_scores_of_three_risks_at_most() -> None:
    outcome = checked(families(5))

    told = str(firsts(outcome, "summary")[3])
    assert told.count("Overall Risk Score") == 3
    assert told.endswith("risk 3: gross 25 High and nett 15 High.")


def test_a_profile_of_many_bands_has_room_for_them() -> None:
    profile = profile_of(COUNCIL)
    bands = tuple(replace(profile.bands[0], key=f"b{n}", label=f"Band {n}") for n in range(12))

    many_banded = replace(profile, bands=bands)

    assert front.top_row(profile) == 22  # 8, 13 rows of the block, a gap
    assert front.top_row(many_banded) == 29  # 2 + 12 + 2 counts, 3 of points, updates; a gap
