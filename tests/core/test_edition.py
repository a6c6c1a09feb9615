"""The public edition: what is withheld is gone, and everything else says what it said."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.edition import Withheld
from riskbook.core.grid import Cell, Kind
from riskbook.core.model import Record
from riskbook.core.summary import Changes, since_last_year
from riskbook.core.traces import How
from riskbook.errors import RiskbookError
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED, Document, book, checked, profile_of
from tests.support import JUDGE

# COUNCIL: Risks AA exempt, AB reason; Actions K, L.  WEIGHTED: Risks AD, AE; Actions L, M
P3, P7 = "Paragraph 3", "Paragraph 7"


def public(
    register: Document, typed: Mapping[str, str] = {}, *, exempt: list[dict[str, str]] | None = None
) -> Outcome:
    """The public edition of a clean register into which something was typed."""
    changes: dict[str, object] = {"exempt": exempt} if exempt else {}
    return app.public(checked(register, typed, profile=profile_of(register, **changes)))


def refs(outcome: Outcome) -> str:
    """``R1 R2 | A1 A2``."""
    register = outcome.reading.register
    parts = ([risk.key for risk in register.risks], [action.ref for action in register.actions])
    return " | ".join(" ".join(part) for part in parts)


def hidden(outcome: Outcome) -> Withheld:
    assert outcome.hidden is not None
    return outcome.hidden


def secrets(outcome: Outcome) -> dict[str, How]:
    return {secret.text: secret.how for secret in hidden(outcome).secrets}


def everything(outcome: Outcome) -> str:
    """Every text of the document, the pages, the report and the records, in one."""
    register = outcome.reading.register
    records: tuple[Record, ...] = (*register.risks, *register.actions)
    entries = [(e.cell, e.value) for record in records for e in record.entries.values()]
    return repr((outcome.document(), outcome.pages, outcome.paper("riskbook"), entries))


def test_a_register_without_a_mark_is_published_whole() -> None:
    full = checked(COUNCIL)
    outcome = app.public(full)

    assert outcome.withheld == "Nothing is withheld."
    assert refs(outcome) == "R1 R2 | A1 A2"
    assert outcome.document() == full.document()
    assert hidden(outcome).secrets == ()
    assert outcome.scores == full.scores


def test_a_row_is_gone_and_its_actions_with_it() -> None:
    outcome = public(COUNCIL, {"AA5": "Whole row", "AB5": P3})

    assert refs(outcome) == "R2 | "
    assert outcome.withheld == "1 risk and 2 actions are withheld: Paragraph 3 (3)."
    assert outcome.summary.total.risks == 1
    assert "Flooding" not in everything(outcome)
    assert "Raise the wall" not in everything(outcome)


def test_an_action_is_gone_and_its_risk_stays() -> None:
    outcome = public(COUNCIL, {"Actions!K6": "Yes", "Actions!L6": P7})

    assert refs(outcome) == "R1 R2 | A1"
    assert outcome.withheld == "1 action is withheld: Paragraph 7 (1)."
    assert "second pump" not in everything(outcome)


def test_an_action_of_a_withheld_risk_keeps_the_reason_of_its_own() -> None:
    typed = {"AA5": "Whole row", "AB5": P3, "Actions!K6": "Yes", "Actions!L6": P7}

    assert public(COUNCIL, typed).withheld == (
        "1 risk and 2 actions are withheld: Paragraph 3 (2), Paragraph 7 (1)."
    )


def test_fields_are_withheld_where_something_stood() -> None:
    typed = {"AA6": "Update; Risk Owner; Review Date; Assurance", "AB6": P7}
    outcome = public(COUNCIL, typed)

    risk = outcome.reading.register.risks[1]
    assert [risk.text(field) for field in ("update", "owner", "review_date", "assurance")] == [
        "[withheld]",
        "[withheld]",
        "",  # nothing stood there
        "",
    ]
    assert risk.entries["update"].cell == Cell(Kind.TEXT, "[withheld]")
    assert risk.owners == ("[withheld]",)
    assert outcome.withheld == "2 fields are withheld: Paragraph 7 (2)."


def test_the_marks_themselves_are_left_out() -> None:
    outcome = public(COUNCIL, {"AA6": "Update", "AB6": "A reason of state"})

    assert [c.field for c in outcome.profile.risks.columns if "exempt" in c.field] == []
    assert outcome.profile.actions
    assert [c.field for c in outcome.profile.actions.columns if "exempt" in c.field] == []
    assert "exempt" not in repr(outcome.document())
    assert "exempt" not in outcome.reading.register.risks[0].entries
    assert "A reason of state (1)" in outcome.withheld


def test_the_cells_that_were_read_are_left_out() -> None:
    outcome = public(COUNCIL, {"AA6": "Update", "AB6": P7})

    for sheet in outcome.reading.sheets:
        assert sheet.grid.rows == ()
        assert sheet.mapped.renamed == {}
        assert "exempt" not in sheet.mapped.columns
    assert app.computed(outcome) == {}


def test_the_notes_and_the_findings_are_left_out() -> None:
    noted = {
        **COUNCIL,
        "about": {**COUNCIL["about"], "notes": ["Ask the auditors about R1.", "Check R2."]},
    }
    outcome = public(noted, {"F5": "#N/A"})

    assert outcome.reading.register.about.notes == ()
    assert outcome.findings == ()
    assert outcome.document()["findings"] == []
    assert secrets(outcome) == {"Ask the auditors about R1.": How.ANYWHERE}


def test_no_page_says_that_the_checks_found_nothing_or_that_nothing_is_missing() -> None:
    outcome = public(COUNCIL, {"F5": "#N/A", "AA6": "Gross Impact", "AB6": P7})

    assert "Checks" not in [page.sheet for page in outcome.pages]
    text = everything(outcome)
    assert "What the checks found is left out of this edition." in text
    assert "What is missing" not in text
    assert "Nothing was found" not in text


def test_a_withheld_level_withholds_the_score() -> None:
    outcome = public(COUNCIL, {"AA6": "Gross Impact", "AB6": P7})

    risk = outcome.reading.register.risks[1]
    assert sorted(risk.ratings) == ["nett"]
    assert risk.entries["gross_impact"].cell.kind is Kind.BLANK  # a word is no figure
    assert risk.text("gross_impact") == "[withheld]"
    assert sorted(outcome.scores.by_row[6]) == ["nett"]
    assert outcome.summary.total.points["gross"] == Decimal(20)
    assert outcome.withheld == (
        "1 field is withheld: Paragraph 7 (1). A score that rests on what is withheld is left "
        "out and counts as not scored."
    )
    assert "gross_impact" not in outcome.document()["risks"][1]
    pages = {page.sheet: repr(page) for page in outcome.pages}
    assert "[withheld]" in pages["Heat map"]
    assert "[withheld]" in pages["Summary"]
    assert "[withheld]" in repr(outcome.paper("riskbook").sections)


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ({"AD5": "Whole row", "AE5": P3}, "2a"),
        ({"AD6": "% Overall Weighting", "AE6": P3}, ""),
        ({"AD6": "Gross Impact (I); Nett Impact (I)", "AE6": P3}, ""),
    ],
)
def test_an_overall_with_a_withheld_part_is_not_published(
    typed: Mapping[str, str], gone: str
) -> None:
    outcome = public(WEIGHTED, typed)

    assert outcome.scores.overalls["2"].points == {}
    assert outcome.scores.overalls["2"].bands == {}
    assert outcome.scores.overalls["3"].points != {}
    assert outcome.document()["overall"]["2"] == {}
    kept = [risk.key for risk in outcome.reading.register.risks]
    assert kept == [ref for ref in ("2a", "2b", "3a") if ref != gone]
    assert outcome.withheld.endswith(
        " A score that rests on what is withheld is left out and counts as not scored."
    )


def test_a_withheld_part_without_weight_withholds_the_overall_too() -> None:
    typed = {"E5": "0%", "E6": "100%", "AD5": "Yes", "AE5": P3}

    assert public(WEIGHTED, typed).scores.overalls["2"].points == {}


def test_an_overall_of_a_stage_that_is_published_stays() -> None:
    outcome = public(WEIGHTED, {"AD6": "Gross Impact (I)", "AE6": P3})

    assert sorted(outcome.scores.overalls["2"].points) == ["nett"]


@pytest.mark.parametrize(
    ("word", "kept"),
    [("Whole row", "2b 3a | "), ("Whole risk", "3a | ")],
)
def test_a_whole_risk_is_every_sub_risk_of_it(word: str, kept: str) -> None:
    assert refs(public(WEIGHTED, {"AD5": word, "AE5": P3})) == kept


def test_an_action_of_the_risk_itself_stays_while_a_sub_risk_is_published() -> None:
    of_the_risk = {"Actions!B5": "2"}

    assert refs(public(WEIGHTED, {**of_the_risk, "AD5": "Yes", "AE5": P3})) == "2b 3a | 2a.1"
    assert refs(public(WEIGHTED, {**of_the_risk, "AD5": "Whole risk", "AE5": P3})) == "3a | "


def test_whole_risks_are_counted_as_sub_risks() -> None:
    assert public(WEIGHTED, {"AD5": "Whole risk", "AE5": P3}).withheld == (
        "2 sub-risks and 1 action are withheld: Paragraph 3 (3). A score that rests on what is "
        "withheld is left out and counts as not scored."
    )


@pytest.mark.parametrize(
    "mark",
    ["Updat", "No", "Ref", "Gross Score", "Impact", "#N/A", '="" -> ', ";", "Update; Ref", "4"],
)
def test_a_mark_that_nobody_understands_withholds_the_row(mark: str) -> None:
    assert refs(public(COUNCIL, {"AA6": mark, "AB6": P3})) == "R1 | A1 A2"


@pytest.mark.parametrize(
    ("risk", "reason"),
    [("R7", "its risk is not in the register (1)"), ("", "its risk is not in the register (1)")],
)
def test_an_action_that_may_be_of_a_withheld_risk_is_withheld(risk: str, reason: str) -> None:
    typed = {"AA6": "Whole row", "AB6": P3, "Actions!B6": risk}
    outcome = public(COUNCIL, typed)

    assert refs(outcome) == "R1 | A1"
    assert reason in outcome.withheld
    assert refs(public(COUNCIL, {"Actions!B6": risk})) == "R1 R2 | A1 A2"


def test_of_two_risks_with_one_reference_the_actions_go_with_the_withheld_one() -> None:
    typed = {"A6": "r1", "AA6": "Whole row", "AB6": P3}

    assert refs(public(COUNCIL, typed)) == "R1 | "


def test_a_row_without_a_reference_can_be_withheld() -> None:
    assert refs(public(COUNCIL, {"A6": "", "AA6": "Yes", "AB6": P3})) == "R1 | A1 A2"


def test_the_profile_withholds_a_field_of_every_row() -> None:
    never = [
        {"sheet": "risks", "field": "owner", "reason": "Paragraph 1"},
        {"sheet": "actions", "field": "manager", "reason": "Paragraph 2"},  # blank everywhere
    ]
    outcome = public(COUNCIL, {"AA6": "Update", "AB6": P7}, exempt=never)

    assert [risk.owners for risk in outcome.reading.register.risks] == [("[withheld]",)] * 2
    assert outcome.withheld == "3 fields are withheld: Paragraph 1 (2), Paragraph 7 (1)."


def test_reasons_are_counted_however_they_are_spelt() -> None:
    typed = {"AA5": "Update", "AB5": "Paragraph 10.", "AA6": "Update", "AB6": " paragraph  10"}
    marked = {"Actions!K5": "Status", "Actions!K6": "Status", "Actions!L6": "Paragraph 2"}

    assert public(COUNCIL, typed | marked).withheld == (
        "4 fields are withheld: Paragraph 10 (2), no reason given (1), Paragraph 2 (1). An action "
        "whose date or status is withheld counts as one without a date."
    )


def test_a_withheld_status_does_not_make_an_action_overdue() -> None:
    typed = {"Actions!H5": "Complete", "Actions!F5": "January 2021"}
    marked = {"Actions!K5": "Status", "Actions!L5": P7}

    pages = {page.sheet: page for page in public(COUNCIL, typed | marked).pages}
    due = repr(pages["Actions due"])
    assert "'Overdue', 'rb warning'" not in due


@pytest.mark.parametrize(
    "heading", ["Exempt from publication", "EXEMPT", "Confidential", "Exempt?"]
)
def test_a_column_of_marks_that_is_not_read_stops_the_public_edition(heading: str) -> None:
    outcome = checked(COUNCIL, {"AC4": heading, "AC5": "Yes"})

    with pytest.raises(RiskbookError) as refused:
        app.public(outcome)

    assert refused.value.what == (
        f"Risks!AC4: the heading {heading!r} is not read, so nobody knows what is exempt from "
        "publication."
    )
    assert refused.value.fix == (
        "give the columns of the marks the headings that the profile has for them, and delete "
        "second ones, or give another name to what marks nothing."
    )


UNREAD = "so nobody knows what is exempt; until then there is no public edition."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"AA4": "Private", "AA5": "Yes"},
            ["Risks!AA4: RB607 error: no column is headed 'Exempt From Publication' any more"],
        ),
        ({"Actions!K4": ""}, ["Actions!K4: RB607 error: no column is headed 'Exempt From"]),
        (
            {"AC4": "Part 2", "AC5": "Whole row", "Actions!N6": "whole  risk."},
            [
                "Risks!AC5: RB607 error: 'Whole row' stands in a column that is not read",
                "Actions!N6: RB607 error: 'whole risk.' stands in a column that is not read",
            ],
        ),
        ({"AC4": "Part 2", "AC5": "Yes"}, []),  # a word that may mean anything
        ({"AC4": "Exempt?"}, ["Risks!AC4: RB607 error: the heading 'Exempt?' is not read"]),
    ],
)
def test_marks_that_are_not_read_are_told_and_nothing_is_published(
    typed: Mapping[str, str], told: list[str]
) -> None:
    outcome = checked(COUNCIL, typed)
    found = [each.line() for each in outcome.findings if each.code == "RB607"]
    assert [
        line.partition(", so")[0][: len(start)] for line, start in zip(found, told, strict=True)
    ] == told
    assert all(UNREAD in line for line in found)
    if told:
        with pytest.raises(RiskbookError, match="nobody knows what is exempt"):
            app.public(outcome)
    else:
        assert app.public(outcome).withheld == "Nothing is withheld."


def test_a_workbook_from_before_the_columns_of_marks_is_published_whole() -> None:
    profile = profile_of(COUNCIL)
    older = book(COUNCIL, {"About!B11": "'1.0"}, profile)
    for name in ("Risks", "Actions"):
        rows = tuple(row[:-2] for row in older.grids[name].rows)
        older.grids[name] = replace(older.grids[name], rows=rows)
    outcome = app.check(older, profile, None, JUDGE)

    assert [each.code for each in outcome.findings] == ["RB903"]  # an older version
    assert app.public(outcome).withheld == "Nothing is withheld."
    assert {**outcome.document(), "findings": []} == app.public(outcome).document()


def test_a_column_of_the_officers_own_stops_nothing() -> None:
    outcome = public(COUNCIL, {"AC4": "Our jottings", "AC5": "Ask the auditors."})

    assert outcome.withheld == "Nothing is withheld."
    assert "auditors" not in everything(outcome)


def test_a_sheet_of_another_profile_that_has_no_actions_is_published() -> None:
    outcome = public(SIGNED, {"X5": "Sign Off and Comments", "Y5": P3})

    assert outcome.withheld == "1 field is withheld: Paragraph 3 (1)."
    assert outcome.reading.actions is None


# --- what is secret ----------------------------------------------------------------------

WITHHELD_RATING_AND_DATE = {"AD5": "Nett Impact (I)", "AE5": P3, "Actions!F5": "March 2022"} | {
    "Actions!L5": "Original Target Date",
    "Actions!M5": P3,
}
LONG = "The supplier is about to fail. A second supplier is being sought:\n- Acme Limited\n- more"


def test_the_texts_of_a_row_are_secret_whole_and_in_pieces() -> None:
    typed = {"AA5": "Yes", "AB5": P3, "W5": LONG, "L5": "None.", "D5": "Housing", "E5": ""}
    found = secrets(public(COUNCIL, typed))

    assert found == {
        LONG: How.ANYWHERE,
        "The supplier is about to fail. A second supplier is being sought:": How.ANYWHERE,
        "The supplier is about to fail.": How.ANYWHERE,
        "Flooding of the depot": How.ANYWHERE,
        "Buy a second pump": How.ANYWHERE,
        "Raise the wall": How.ANYWHERE,
        "R1": How.WORD,
        "A1": How.WORD,
        "A2": How.WORD,
        "None.": How.WHOLE,
        "Housing": How.WHOLE,
    }  # the consequences and the owner are those of R2 too, which is published


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        (
            "F",
            "Jane Smith; Head of Transport",
            {"Jane Smith": "word", "Head of Transport": "whole"},
        ),
        ("B", "Falcon", {"Falcon": "word"}),
        ("D", "Adult Social Care and Health", {"Adult Social Care and Health": "whole"}),
        ("X", "31/03/2022", {"31/03/2022": "whole", "2022-03-31": "whole"}),
        ("X", "March 2022", {}),
        ("X", "03/2022", {}),
        ("X", "when the Falcon flies again", {"when the Falcon flies again": "anywhere"}),
        ("C", "Legal", {}),
        ("C", "Some other category", {"Some other category": "whole"}),
        ("N", "4", {}),
        ("N", "rather often, says the auditor", {"rather often, says the auditor": "anywhere"}),
        ("A", "77", {}),
        ("A", "FIN", {"FIN": "whole"}),
        ("A", "FIN-02", {"FIN-02": "word"}),
        ("M", "#N/A", {}),
        ("M", "\u2026!", {}),
    ],
)
def test_what_of_an_entry_is_secret(column: str, typed: str, expected: Mapping[str, str]) -> None:
    blank = {f"{c}6": "" for c in "ABCDEFGHILMNORSVWX"}
    outcome = public(COUNCIL, {**blank, f"{column}6": typed, "AA6": "Yes", "AB6": P3})

    assert {text: how.value for text, how in secrets(outcome).items()} == expected


def test_a_field_that_was_chosen_is_secret_whatever_it_is() -> None:
    typed = {"F6": "Head of Transport", "D6": "Parks", "AA6": "Risk Owner; Service", "AB6": P3}

    assert secrets(public(COUNCIL, typed)) == {"Head of Transport": How.WORD, "Parks": How.WORD}


@pytest.mark.parametrize(
    "typed",
    [
        {"W6": LONG},  # an entry of its own
        {"W6": LONG.upper()},
        {"About!B8": LONG},
    ],
)
def test_what_is_published_as_an_entry_is_no_secret(typed: Mapping[str, str]) -> None:
    outcome = public(COUNCIL, {"W5": LONG, **typed, "AA5": "Update", "AB5": P3})

    assert LONG not in secrets(outcome)


def test_what_several_published_rows_say_is_a_turn_of_phrase() -> None:
    phrase = "We have controls in place."
    one = {"W5": f"{phrase} More of it.", "AA5": "Update", "AB5": P3, "W6": f"Yes. {phrase}"}

    assert phrase in secrets(public(COUNCIL, one))
    assert phrase not in secrets(public(COUNCIL, {**one, "Actions!J5": f"{phrase}\nNo more."}))


def test_a_reason_that_is_printed_is_no_secret() -> None:
    reason = "The council is in a dispute"
    typed = {"W5": reason, "AA5": "Update", "AB5": reason}

    assert secrets(public(COUNCIL, typed)) == {}


def test_a_reference_in_a_longer_published_one_is_not_told() -> None:
    typed = {"AA5": "Yes", "AB5": P3, "A6": "R1.2", "W6": "See R1.2 for more."}
    outcome = public(COUNCIL, typed)

    assert [s.inside for s in hidden(outcome).secrets if s.text == "R1"] == [("R1.2",)]
    assert hidden(outcome).mentions == ()


def test_a_published_entry_that_says_a_secret_is_named() -> None:
    typed = {"AA5": "Yes", "AB5": P3, "W6": "After the flooding of the depot and of R1."}
    (mention,) = hidden(public(COUNCIL, typed)).mentions

    assert (mention.name, str(mention.at)) == ("Update of R2", "Risks!W6")
    assert (mention.secret.text, mention.secret.name) == ("Flooding of the depot", "Risk of R1")


def test_a_reason_is_printed_and_may_give_its_own_secret_away() -> None:
    (mention,) = hidden(
        public(COUNCIL, {"AA5": "Yes", "AB5": "Paragraph 3: the flooding of the depot"})
    ).mentions

    assert (mention.name, str(mention.at)) == ("Reason for Exemption of R1", "Risks!AB5")
    assert mention.secret.text == "Flooding of the depot"


def test_the_introduction_is_published_too() -> None:
    typed = {"AA5": "Yes", "AB5": P3, "About!B8": "Mostly about the flooding of the depot."}
    (mention,) = hidden(public(COUNCIL, typed)).mentions

    assert (mention.name, mention.at.sheet) == ("Introduction on About", "About")


def test_a_movement_that_rests_on_a_withheld_level_is_not_told() -> None:
    changes = Changes(since="Q4", worse=("2a", "2b"), redated=("2a.1",), times={"2A.1": 2})
    outcome = replace(checked(WEIGHTED, WITHHELD_RATING_AND_DATE), changes=changes)

    assert app.public(outcome).changes == Changes(since="Q4", worse=("2b",), redated=())


def test_last_years_points_that_are_withheld_tell_no_movement() -> None:
    typed = {"S5": "12", "T5": "9", "S6": "12", "T6": "9", "S7": "3", "T7": "3"}
    outcome = public(WEIGHTED, {**typed, "AD7": "Nett Score Last Year", "AE7": P3})

    told = since_last_year(outcome.reading.register, outcome.scores, outcome.profile)
    assert told is not None
    assert (told.worse, told.better, told.unchanged) == (("2a", "2b"), (), ())
