"""The template fingerprint: what it tells, in which words, and what the references hold."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pytest

from riskbook.core.layout import TEMPLATE_VERSION
from riskbook.core.profile import build
from riskbook.edge import template
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.fingerprint import references
from riskbook.edge.fingerprint.facts import Reference, target
from riskbook.edge.fingerprint.patches import MOST, Patch, Rows, few
from riskbook.edge.fingerprint.sheet import PASSWORD, Area, areas, see
from riskbook.edge.macros.sources import DEFAULT
from riskbook.edge.making import blank, changed_facts, made
from tests.trust import tamperings


@lru_cache(maxsize=1)
def workbook() -> bytes:
    register = registers.load(tamperings.SAMPLE)
    return made(profiles.load(tamperings.PROFILE), register)[0].data


def lines(data: bytes) -> list[str]:
    book = FileBook(data, "book")
    found = book.template_findings(profiles.load(tamperings.PROFILE))
    return [each.line() for each in found]


@pytest.mark.parametrize("name", profiles.shipped())
def test_the_reference_in_the_package_is_what_the_source_builds(name: str) -> None:
    profile = profiles.load(name)
    kept = references.kept(profile.id, profile.version, TEMPLATE_VERSION)
    # otherwise: python -m tests.references --write
    assert kept == template.reference(profile)
    assert kept is not None
    assert Reference.of_text(kept.text()) == kept


@pytest.mark.parametrize("name", profiles.shipped())
@pytest.mark.parametrize("interpreters", [None, DEFAULT])
def test_nothing_is_told_of_a_new_workbook(name: str, interpreters: object) -> None:
    profile = profiles.load(name)
    buttons = DEFAULT if interpreters else None
    assert changed_facts(FileBook(blank(profile, buttons), "blank"), profile) == ()
    assert changed_facts(made(profile, {}, buttons)[0], profile) == ()


@pytest.mark.parametrize("name", profiles.shipped())
def test_the_version_before_is_known(name: str) -> None:
    older = references.kept(name, "1.0", "1")
    assert older is not None
    assert "exempt" not in older.columns["Risks"]


def test_no_text_of_a_workbook_becomes_a_path() -> None:
    assert references.kept("../profiles/council-5x5", "1.1", "1") is None


def test_a_cell_that_was_pasted_over_is_told_in_plain_words() -> None:
    edit, _, _ = tamperings.TAMPERINGS["pasted over a block"]
    assert lines(edit(workbook())) == [
        "Risks!F7: RB905 warning: the dropdown of Inherent Probability and 1 more column is gone "
        "from F7:G9: anything can be typed there now.  [Copy a cell of the same column that has "
        "it still, select F7:G9, then choose Paste Special > Validation.]"
    ]


def test_an_unknown_version_is_one_finding() -> None:
    edit, _, _ = tamperings.TAMPERINGS["an unknown version"]
    (line,) = lines(edit(workbook()))
    assert line.startswith("About!B12: RB910 warning: nobody knows the version ")


def test_a_fingerprint_of_an_earlier_riskbook_is_no_error() -> None:
    edit = tamperings.part(
        tamperings.TEXTS, r">[0-9a-f]{32}<", ">0123456789abcdef0123456789abcdef<"
    )
    (line,) = lines(edit(workbook()))
    assert line.startswith("About!B13: RB910 warning: the fingerprint is another: ")


@pytest.mark.parametrize("what", ["pasted over F7", "Key hidden", "a password", "points lost"])
def test_one_tampering_is_one_finding(what: str) -> None:
    edit, code, cell = tamperings.TAMPERINGS[what]
    (line,) = lines(edit(workbook()))
    assert line.startswith(f"{cell}: {code} ")


def test_a_sheet_of_one_s_own_is_information() -> None:
    (line,) = lines(tamperings.added("Meeting notes")(workbook()))
    assert line.startswith("Meeting notes!A1: RB913 information: ")


def test_areas_and_names_have_one_spelling() -> None:
    assert areas("B5:C9 $D$5") == (Area(5, 2, 9, 3), Area(5, 4, 5, 4))
    assert areas("nonsense A:A") == ()
    assert target("'Key'!$B$21:$E$24") == target("Key!$B$21:$E$24") == "Key!B21:E24"
    assert target("Key!$B21:$E$24") == "Key!B21:E24, counted from the cell that asks,"
    assert target("Key!$B$30:$B$30") == target("'Key'!$B$30") == "Key!B30"


def test_two_spellings_of_a_sheet_are_the_same_facts() -> None:
    excel = b"""<worksheet><sheetData><c r="A1" s="3"/></sheetData>
    <sheetProtection sheet="1" sort="0" password="CC1A"/></worksheet>"""
    office = b"""<x:worksheet xmlns:x="u"><x:sheetData><x:c s="3" r="A1"/></x:sheetData>
    <x:sheetProtection sheet="true" sort="false" formatCells="true" password="CC1A"/>
    </x:worksheet>"""
    one, other = see(excel, cells=True), see(office, cells=True)
    assert one.styles == other.styles == {(1, 1): 3}
    assert one.allowed == other.allowed
    assert one.allowed is not None
    assert {"sort", PASSWORD} <= one.allowed
    assert see(excel, cells=False).styles == {}


def test_a_profile_of_a_council_s_own_is_compared_with_what_it_builds() -> None:
    ours = build({**profiles.document("operational-4x4"), "id": "ours"})
    book = FileBook(blank(ours), "blank")
    assert changed_facts(book, ours) == ()
    part = book.workbook.part_of("Risks")
    unprotected = re.sub(rb"<sheetProtection[^>]*/>", b"", book.package.part(part))
    changed = FileBook(book.package.replaced({part: unprotected}), "changed")
    (told,) = changed_facts(changed, ours)
    assert (told.code, str(told.at)) == ("RB906", "Risks!A1")
    assert told.fix.startswith("Protect the sheet without a password (Review > Protect Sheet)")


def test_a_band_in_the_colour_of_its_letters_is_as_its_profile_has_it() -> None:
    document = profiles.document("operational-4x4")
    document["bands"][0] |= {"fill": "#FFFFFF", "ink": "#FFFFFF"}
    document["bands"][1]["label"] = document["bands"][0]["label"]  # one word in two colours
    ours = build({**document, "id": "ours"})
    assert changed_facts(FileBook(blank(ours), "blank"), ours) == ()


@pytest.mark.parametrize("scope", ["99", "-1", "x"])
def test_a_name_of_a_sheet_that_is_not_there_is_lost(scope: str) -> None:
    lost = tamperings.part(
        "xl/workbook.xml",
        '<definedName name="matrix_points"',
        f'<definedName name="matrix_points" localSheetId="{scope}"',
    )
    (told,) = [line for line in lines(lost(workbook())) if "matrix_points" in line]
    assert "RB908 error" in told


def test_a_table_of_a_million_rows_is_compared_at_once() -> None:
    data = tamperings.part(tamperings.TABLE, "A4:U112", "A4:U1048576", 0)(workbook())
    told = lines(data)
    assert len(told) < 20
    assert any(line.startswith("Risks!A113: RB907 warning: A113:G1048576") for line in told)
    assert any("RB905" in line and "F113:G1048576" in line for line in told)


def test_rules_in_too_many_pieces_are_told_and_not_compared() -> None:
    pieces = " ".join(f"F{6 + at % 53}:F{112 - at % 53}" for at in range(9_600))
    colours = "".join(painted(f"H{5 + at % 54}:H{112 - at % 54}", at) for at in range(9_500))
    data = tamperings.both(
        tamperings.part("Risks", 'sqref="F5:F112"', f'sqref="{pieces}"'),
        tamperings.part("Risks", "<conditionalFormatting ", f"{colours}<conditionalFormatting "),
    )(workbook())
    told = "\n".join(lines(data))
    assert "Risks!F5: RB905 warning: the dropdowns or limits of Inherent Probability" in told
    assert "are in too many pieces to compare" in told
    assert "Risks!H5: RB901 error: the colours of Inherent Risk Score in H5:H112 have too" in told
    assert "of Mitigated" not in told


def painted(cells: str, at: int) -> str:
    return (
        f'<conditionalFormatting sqref="{cells}"><cfRule type="expression" priority="{at}">'
        f"<formula>A{at}</formula></cfRule></conditionalFormatting>"
    )


RISKS = Area(5, 1, 112, 21)


def pieces_compared(rules: Sequence[Area]) -> int | None:
    """How much of what may be compared some rules of one column cost; None = too much."""
    rows = Rows(RISKS)
    look = rows.look([(area, "any") for area in rules], lambda _: None)
    return MOST - rows.left if look else None


def test_rules_cost_what_they_cover_and_not_the_rows_of_a_table() -> None:
    assert MOST == 500_000
    assert pieces_compared([]) == 0
    assert pieces_compared([Area(5, 1, 112, 1)]) == 1
    assert pieces_compared([Area(1, 1, 1_048_576, 1)] * 9_000) == 9_000
    assert pieces_compared([Area(row, 1, row, 1) for row in range(5, 113)]) == 108
    assert pieces_compared([Area(5, 1, 9, 1), Area(8, 1, 12, 1)]) == 4  # 5-7, 8-9, 8-9, 10-12
    assert pieces_compared([Area(113, 1, 200, 1), Area(9, 1, 5, 1)]) == 0  # below, upside down
    stairs = [Area(5 + n, 1, 112 - n, 1) for n in range(54)]
    assert pieces_compared(stairs) == 2_916  # 1 + 3 + 5 + ... + 107
    assert pieces_compared(stairs * 171) == 498_636
    assert pieces_compared(stairs * 172) is None


def test_what_may_be_compared_is_shared_by_the_columns_of_a_sheet() -> None:
    rows, many = Rows(RISKS), [(Area(5, 1, 112, 1), "any")] * 300_000
    assert rows.look(many, lambda _: None) is not None
    assert rows.look(many, lambda _: None) is None
    assert rows.look(many[:200_000], lambda _: None) is not None
    assert rows.left == 0


def test_what_lies_over_a_row_is_told_of_it() -> None:
    over = [(Area(5, 1, 9, 1), "one"), (Area(8, 1, 12, 1), "two"), (Area(8, 1, 8, 1), "one")]
    look = Rows(RISKS).look(over, lambda texts: ("RB905", " and ".join(texts), ""))
    assert look is not None
    told = [(look(row) or ("", "", ""))[1] for row in (5, 7, 8, 9, 10, 12, 13, 112)]
    assert told == ["one", "one", "one and two", "one and two", "two", "two", "", ""]


def test_many_rules_over_all_cells_are_one_finding_of_a_column_and_shortened() -> None:
    rule = '<dataValidation type="list" showErrorMessage="1" sqref="A5:U112"><formula1>"{}"'
    many = "".join(f"{rule.format(n)}</formula1></dataValidation>" for n in range(9_000))
    told = lines(tamperings.part("Risks", "(<dataValidations[^>]*>)", rf"\1{many}")(workbook()))
    assert [line for line in told if len(line) > 400] == []
    assert [line.partition("  [")[0] for line in told if line.startswith("Risks!F5")] == [
        "Risks!F5: RB905 warning: the dropdown of Inherent Probability is another one in F5:F112: "
        '\'list "0" stop and list "1" stop and list "2" stop and list "3" stop and list '
        "\"4\" stop and ...', not 'list likelihood_levels stop'."
    ]


def test_of_the_places_of_a_column_the_first_are_told_and_the_others_counted() -> None:
    styles = "".join(
        f'<row r="{row}"><c r="H{row}" s="{tamperings.OPEN if row % 2 else tamperings.LOCKED}"/>'
        "</row>"
        for row in range(113, 3_113)
    )
    data = tamperings.both(
        tamperings.part(tamperings.TABLE, "A4:U112", "A4:U3112", 0),
        tamperings.part("Risks", "</sheetData>", f"{styles}</sheetData>"),
    )(workbook())
    told = [line.partition("  [")[0] for line in lines(data) if "Risks!H" in line]
    assert [line for line in told if "RB907" in line] == [
        *(
            f"Risks!H{row}: RB907 warning: H{row} of Inherent Risk Score is not locked: a formula "
            "there can be typed over."
            for row in range(113, 133, 2)
        ),
        "Risks!H133: RB907 warning: 1490 more places of Inherent Risk Score, the last in row 3111, "
        "are not as the template has them.",
    ]


def test_one_place_more_is_told_in_good_english() -> None:
    lost = [Patch(Area(r, 2, r, 2), ("RB905", f"{r}", ""), ("Service",)) for r in range(5, 16)]
    assert len(few(lost)) == 11
    assert (
        few(lost)[-1].told[1] == "1 more place of {of}, in row 15, is not as the template has it."
    )


LISTED = '<dataValidation type="list" showErrorMessage="1" sqref="F5:F112"><formula1>"9"</formula1>'


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            tamperings.part("Risks", "(<dataValidations[^>]*>)", rf"\1{LISTED}</dataValidation>"),
            "Risks!F5: RB905 warning: the dropdown of Inherent Probability is another one",
        ),
        (
            tamperings.part(
                tamperings.BOOK,
                "<definedNames>",
                '<definedNames><definedName name="matrix_points">Lists!$A$1</definedName>',
            ),
            "Key!B21: RB908 error: the name matrix_points stands twice",
        ),
        (
            tamperings.name("matrix_points", "Key!B21:E24"),
            "Key!B21: RB908 error: the name matrix_points stands for Key!B21:E24, counted from",
        ),
        (
            tamperings.part(tamperings.TABLE, "<calculatedColumnFormula>", r"\g<0>1+"),
            "Risks!H4: RB912 warning: new rows take another formula for Inherent Risk Score",
        ),
        (
            tamperings.part(tamperings.TABLE, 'name="Service"', 'name="Unit"'),
            "Risks!C4: RB901 error: the table calls this column 'Unit' and its heading says",
        ),
    ],
)
def test_what_stands_beside_the_right_one_is_told(edit: tamperings.Edit, told: str) -> None:
    found = lines(edit(workbook()))
    assert [line[: len(told)] for line in found] == [told]


@pytest.mark.parametrize(("state", "code"), [("visible", "RB913"), ("veryHidden", "RB909")])
@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet"])
def test_a_sheet_without_cells_is_told_too(kind: str, state: str, code: str) -> None:
    data = tamperings.both(
        tamperings.added("Old", state),
        tamperings.part("xl/_rels/workbook.xml.rels", "(rIdOwn.*?/)worksheet", rf"\1{kind}"),
    )(workbook())
    assert [line[:13] for line in lines(data)] == [f"Old!A1: {code}"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (
            "red words for green in M",
            "Risks!M5: RB914 warning: a colour of Mitigated RAG in M5:M112 has letters FFFFFF on "
            'C00000 for "Green" and not letters 000000 on A9D08E for "Green".',
        ),
        (
            "a square of the matrix in another colour",
            "Key!E24: RB914 warning: E24 is filled with A9D08E and not C00000.",
        ),
        (
            "no help in N",
            "Risks!N5: RB914 warning: the help of Quarterly Update in N5:N112 says nothing and "
            "not 'Quarterly Update: What has changed this quarter.'.",
        ),
        (
            "another alert in G",
            "Risks!G5: RB914 warning: the help of Inherent Impact in G5:G112 says 'Inherent "
            "Impact: Do not choose one of the entries in the list.' and not 'Inherent Impact: "
            "Choose one of the entries in the list.'.",
        ),
        (
            "nothing may be blank in K",
            "Risks!K5: RB914 warning: the help of Mitigated Impact in K5:K112 says 'nothing may "
            "be left blank' and not nothing.",
        ),
        (
            "a score shown as 4",
            "Risks!H5: RB914 warning: Inherent Risk Score in H5 has the number format '\"4\"' and "
            "not 'General'.",
        ),
        (
            "a box over the scores",
            "Risks!H5: RB914 warning: a shape or a text box lies over the cells from H5 on.",
        ),
        (
            "another title",
            "Risks!A1: RB914 warning: A1 says 'Strategic risks' and not 'Operational risks, 4 x "
            "4'.",
        ),
        (
            "a heading that is a formula",
            "Risks!B4: RB901 error: the heading is worked out by a formula, so it may say another "
            "thing later.",
        ),
        (
            "a table without headings",
            "Risks!A4: RB901 error: the table takes its row of headings for entries.",
        ),
        (
            "a row of totals",
            "Risks!A112: RB901 error: the table takes row 112 for its totals, not for entries.",
        ),
        (
            "a column fewer in the table",
            "Risks!A4: RB901 error: the table lists 20 columns and lies over 21.",
        ),
        (
            "a table that the sheet does not name",
            "Risks!A4: RB901 error: the table tblRisks is gone, so formulas, filters and "
            "dropdowns do not find its rows.",
        ),
        (
            "a chart deleted",
            "Summary!A1: RB914 warning: the chart 'Risks by RAG' is gone.",
        ),
        (
            "a chart of other cells",
            "Summary!A1: RB914 warning: the chart 'Risks by RAG' has another title, or reads "
            "other cells.",
        ),
    ],
)
def test_what_people_see_is_told_in_plain_words(what: str, told: str) -> None:
    edit, _, _ = tamperings.TAMPERINGS[what]
    (line,) = lines(edit(workbook()))
    assert line.partition("  [")[0] == told


def test_a_help_in_many_pieces_is_one_finding() -> None:
    start = '<dataValidation type="list" allowBlank="1" showErrorMessage="1" showInputMessage="1" '
    rule = f'{start}prompt="Ask me" sqref="F5 F7 F9"><formula1>likelihood_levels</formula1>'
    data = tamperings.both(
        tamperings.uncovered("F", 5, 9),
        tamperings.part("Risks", "</dataValidations>", f"{rule}</dataValidation>\\g<0>"),
    )(workbook())
    found = [line for line in lines(data) if "RB914" in line]
    assert [line.partition(" says")[0] for line in found] == [
        "Risks!F5: RB914 warning: the help of Inherent Probability in F5 and 2 more places"
    ]


def test_a_version_before_helps_and_colours_were_compared_tells_none_of_them() -> None:
    older = references.kept(tamperings.PROFILE, "1.0", "1")
    assert older is not None
    assert older.shown == {}
    edits = (tamperings.TAMPERINGS[what][0] for what in ("another title", "a chart deleted"))
    data = tamperings.part(tamperings.TEXTS, r">1\.1<", ">1.0<")(workbook())
    for edit in edits:
        data = edit(data)
    assert not [line for line in lines(data) if "RB914" in line]


def test_what_is_shown_leaves_the_mark_of_a_version_as_it_was() -> None:
    kept = references.kept(tamperings.PROFILE, "1.1", "1")
    assert kept is not None
    assert replace(kept, shown={}).mark == kept.mark
