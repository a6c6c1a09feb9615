"""The checklist of an accessible workbook: each line passes, and each can fail.

One finished workbook is spoilt in one place after the other, by its XML, as a person or
another program would spoil it; the line that is for this fault must find it and say where.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from riskbook.edge import accessible
from riskbook.edge.accessible.lines import Line, Rule, as_csv, sentence
from riskbook.edge.accessible.looks import contrast
from riskbook.edge.accessible.sheets import RULES
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RefusedError
from tests.support import ROOT, looked, sample

FOR_A_PERSON = ("Formatting 1", "Before publishing 1", "Before publishing 2", "riskbook 8")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Edit = tuple[str, str, str]  # part or sheet, pattern, replacement


@pytest.fixture(scope="module")
def good() -> bytes:
    """A finished workbook on which every line passes."""
    return accessible.render(looked(sample("dacorum-2021")))


def spoilt(data: bytes, edits: tuple[Edit, ...], added: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook with parts changed by pattern; each pattern must be found."""
    package = Package.parse(data)
    parts = {sheet.name: sheet.part for sheet in Workbook.of(package).sheets}
    changes: dict[str, bytes] = dict(added or {})
    for where, pattern, replacement in edits:
        part = parts.get(where, where)
        old = changes.get(part, package.part(part) if part in package else b"").decode()
        new, count = re.subn(pattern, replacement, old, flags=re.DOTALL)
        assert count, (where, pattern)
        changes[part] = new.encode()
    return package.replaced(changes)


def line(data: bytes, number: str) -> Line:
    return next(each for each in accessible.checklist(data) if each.number == number)


STYLES, TEXTS, BOOK, CORE = (
    *("xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/core.xml"),
)
RELATION = f'<Relationship Id="rId9" Type="{OFFICE}/hyperlink" Target="https://example.org" '
TABLES = "xl/tables/table7.xml"  # of the sheet Risks
TEXT_STYLE = 'fillId="0" borderId="0" xfId="0" quotePrefix'  # of texts
FILLED = TEXT_STYLE.replace('fillId="0"', 'fillId="1"')


def text(old: str, new: str) -> Edit:
    """A text of the workbook, said otherwise everywhere."""
    return (TEXTS, f">{re.escape(old)}<", f">{new}<")


FAULTS: list[tuple[str, tuple[Edit, ...], str]] = [
    ("Tables 1", (("Risks", "<tableParts.*?</tableParts>", ""),), "Risks!B6 belongs to no"),
    ("Tables 2", ((TABLES, 'isplayName="risks"', 'isplayName="Table12"'),), "on Risks is called"),
    (
        "Tables 2",
        ((TABLES, 'isplayName="risks"', 'isplayName="by_band"'),),
        "two tables are called 'by_band'",
    ),
    (
        "Tables 3",
        (
            (
                "Risks",
                "</sheetData>",
                '</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
            ),
        ),
        "Risks!A1:C1 is merged",
    ),
    (
        "Tables 4",
        (("Scores", r'(<row r="8"[^>]*>).*?</row>', r"\1</row>"),),
        "row 8 of Scores is blank",
    ),
    ("Tables 5", ((TABLES, "<table ", '<table headerRowCount="0" '),), "of risks are not tagged"),
    ("Tables 5", ((TABLES, 'name="Service"', 'name="Team"'),), "Risks!C6 is not the heading"),
    (
        "Tables 5",
        ((TABLES, 'name="Service"', 'name="Column3"'), text("Service", "Column3")),
        "Risks!C6 is no heading of its own",
    ),
    (
        "Tables 5",
        ((TABLES, 'name="Service"', 'name="Risk"'), text("Service", "Risk")),
        "two columns are headed 'Risk'",
    ),
    ("Tables 6", ((STYLES, ' wrapText="1"', ""),), "Contents!A4 does not wrap"),
    (
        "Tables 7",
        (
            (
                "Risks",
                "<sheetView (.*?)/>",
                r'<sheetView \1><pane ySplit="6" state="frozen"/></sheetView>',
            ),
        ),
        "Risks has frozen panes",
    ),
    (
        "Tables 7",
        ((TABLES, "<tableColumns", '<autoFilter ref="A6:M14"/><tableColumns'),),
        "has a filter",
    ),
    ("Tables 8", (("Risks", '<c r="C9"[^>]*>.*?</c>', ""),), "Risks!C9 is empty"),
    ("Tables 8", ((TEXTS, r"\[x\] means", "It means"),), "holds [x], which is not explained"),
    ("Tables 9", (("Risks", '<row r="9" ', '<row r="9" hidden="1" '),), "row 9 of Risks is hidden"),
    (
        "Tables 9",
        (("Risks", '<col min="3" ', '<col hidden="1" min="3" '),),
        "column C of Risks is hidden",
    ),
    (
        "Tables 10",
        (("Risks", r'(<col min="3" max="3" width=")[^"]*', r"\g<1>2"),),
        "column C of Risks is 2",
    ),
    (
        "Tables 10",
        (("Risks", r'(<col min="4" max="4" width=")[^"]*', r"\g<1>6"),),
        "a word wider than",
    ),
    (
        "Tables 10",
        (("Risks", r'(<col min="8" max="8" width=")[^"]*', r"\g<1>30"),),
        "higher than a row",
    ),
    (
        "Footnotes 1",
        (
            (
                TEXTS,
                '<t xml:space="preserve">Service</t>',
                '<r><t>Service</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>',
            ),
        ),
        "has superscript",
    ),
    ("Footnotes 1", (text("Service", "Service\u00b9"),), "has the sign '\u00b9'"),
    ("Footnotes 2", (text("RAG [note 1]", "RAG (note 1)"),), "says '(note 1)', not [note 1]"),
    (
        "Footnotes 2",
        (text("RAG [note 1]", "RAG [note 42]"),),
        "names [note 42], which is not on Notes",
    ),
    ("Footnotes 2", (text("Risk Score, mean [note 3][note 4]", "Mean"),), "nothing names [note 3]"),
    ("Footnotes 3", (text("Linda Roberts", "Linda Roberts [note 1]"),), "has a marker in its data"),
    (
        "Footnotes 4",
        ((BOOK, 'name="Notes"', 'name="Remarks on it"'),),
        "there is no worksheet Notes",
    ),
    ("Formatting 2", (text("Back to Contents", "click here"),), "does not say where it leads"),
    ("Formatting 2", (("Risks", "'Contents'!A1", "'Gone'!A1"),), "is not there"),
    (
        "Formatting 2",
        (("Risks", "'Contents'!A1", "'Scores'!A1"),),
        "'Back to Contents' leads to two",
    ),
    ("Formatting 3", ((STYLES, '<sz val="12"/>', '<sz val="9"/>'),), "is of size 9, below 10"),
    (
        "Formatting 3",
        ((STYLES, '<name val="Arial"/>', '<name val="Times New Roman"/>'),),
        "Times New Roman",
    ),
    ("Formatting 3", ((STYLES, "<font><sz", "<font><i/><sz"),), "is italic"),
    ("Formatting 3", ((STYLES, 'wrapText="1"', 'wrapText="1" textRotation="90"'),), "is turned"),
    ("Formatting 3", ((STYLES, 'horizontal="left"', 'horizontal="center"'),), "is aligned center"),
    (
        "Formatting 4",
        ((STYLES, 'builtinId="16"', ""),),
        "Cover!A1 is not in the cell style Heading 1",
    ),
    ("Formatting 4", ((STYLES, 'builtinId="17"', ""),), "looks like a subheading"),
    (
        "Formatting 4",
        ((STYLES, 'builtinId="17"', 'builtinId="18"'),),
        "Heading 3 follows Heading 1",
    ),
    ("Formatting 4", (("Risks", '<c r="A1" [^>]*>.*?</c>', ""),), "Risks!A1 holds no title"),
    ("Formatting 5", (text("Performance and Projects", "\u2713"),), "holds only '\u2713'"),
    ("Formatting 5", (text("Service", "Service \u2192"),), "has the sign '\u2192'"),
    (
        "Formatting 6",
        (
            (
                "Risks",
                "<tableParts",
                "<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter><tableParts",
            ),
        ),
        "Risks has a header or a footer",
    ),
    (
        "Formatting 7",
        ((STYLES, TEXT_STYLE, TEXT_STYLE.replace('borderId="0"', 'borderId="1"')),),
        "has a border",
    ),
    (
        "Formatting 7",
        ((TABLES, 'showRowStripes="0"', 'name="TableStyleLight1" showRowStripes="1"'),),
        "risks has stripes",
    ),
    (
        "Formatting 8",
        ((STYLES, TEXT_STYLE, FILLED),),
        "has a background fill",
    ),
    (
        "Formatting 9",
        (("Risks", "</sheetData>", '</sheetData><conditionalFormatting sqref="A1"/>'),),
        "Risks has colours by a rule",
    ),
    ("Formatting 9", ((STYLES, "<u/>", ""),), "is in a colour and nothing else marks it"),
    ("Formatting 10", ((STYLES, "FF0563C1", "FF999999"),), "has a contrast of 2.8 to 1"),
    ("Structure 1", ((BOOK, 'name="Scores"', 'name="Sheet9"'),), "a worksheet is called 'Sheet9'"),
    (
        "Structure 2",
        (("Scales", "<sheetData>.*?</sheetData>", "<sheetData/>"),),
        "Scales is blank",
    ),
    (
        "Structure 3",
        ((TEXTS, "This worksheet contains one table of 8 rows", "There are two tables of 8 rows"),),
        "Risks says 'two tables' and has 1",
    ),
    (
        "Structure 3",
        ((TEXTS, "one table of 8 rows", "one table of 9 rows"),),
        "says 9 rows and has 8",
    ),
    ("Structure 4", ((TABLES, 'ref="A6', 'ref="B6'),), "risks begins in another column"),
    (
        "Structure 5",
        ((TABLES, 'ref="A6:M14"', 'ref="A6:M13"'),),
        "Risks!A14 stands below the table",
    ),
    (
        "riskbook 1",
        ((BOOK, '<sheet name="Bands"', '<sheet state="hidden" name="Bands"'),),
        "Bands is hidden",
    ),
    (
        "riskbook 2",
        ((BOOK, r'(<sheet name="Cover".*?/>)(<sheet name="Contents".*?/>)', r"\2\1"),),
        "Contents comes first and is no cover",
    ),
    (
        "riskbook 3",
        (("Contents", '<hyperlink ref="A7".*?/>', ""),),
        "Score totals is not in the contents",
    ),
    ("Before publishing 3", ((CORE, "<dc:language>.*?</dc:language>", ""),), "has no language"),
    ("Before publishing 3", ((CORE, "<dc:title>.*?</dc:title>", ""),), "has no title"),
    ("Before publishing 3", ((CORE, "<dc:creator>.*?</dc:creator>", ""),), "has no author"),
    (
        "Before publishing 4",
        (
            (
                "Risks",
                "<sheetView (.*?)/>",
                r'<sheetView \1><selection activeCell="C9"/></sheetView>',
            ),
        ),
        "the cursor of Risks is in C9",
    ),
    (
        "Before publishing 4",
        ((BOOK, "<workbookView ", '<workbookView activeTab="3" '),),
        "than the first opens",
    ),
    (
        "riskbook 4",
        (("Scores", r'<c r="F8" (s="\d+")><v>8</v>', r'<c r="F8" \1 t="str"><v>8</v>'),),
        "Scores!F8 holds a number as a text among numbers",
    ),
    (
        "riskbook 5",
        (("Scores", '(<c r="F8" [^>]*>)', r"\1<f>3*4</f>"),),
        "Scores!F8 holds a formula",
    ),
    (
        "riskbook 5",
        (text("Linda Roberts", "=1+1"), (STYLES, ' quotePrefix="1"', "")),
        "would become a formula",
    ),
    (
        "riskbook 7",
        (("Risks", "</sheetData>", '</sheetData><sheetProtection sheet="1"/>'),),
        "Risks is protected",
    ),
]

LINK_COLOUR, GRADIENT = '<color rgb="FF0563C1"/>', "<gradientFill><stop/></gradientFill>"
PATTERN = '<patternFill patternType="gray125"/>'
FAULTS += [
    ("Footnotes 1", ((STYLES, "<font><sz", '<font><vertAlign val="subscript"/><sz'),), "subscript"),
    (
        "Formatting 4",
        ((TEXTS, "Bands of RAG", "Levels of Probability and Impact"),),
        "another worksheet too",
    ),
    (
        "Formatting 6",
        (("Risks", "<tableParts", '<legacyDrawing r:id="rId1"/><tableParts'),),
        "floats over",
    ),
    (
        "Formatting 8",
        ((STYLES, TEXT_STYLE, FILLED), (STYLES, PATTERN, GRADIENT)),
        "has a background fill",
    ),
    (
        "Formatting 9",
        ((STYLES, TEXT_STYLE, FILLED), ("Risks", '(<c r="C9" s="2") [^>]*>.*?</c>', r"\1/>")),
        "Risks!C9 is coloured and holds no word",
    ),
    (
        "Formatting 10",
        ((STYLES, LINK_COLOUR, '<color indexed="10"/>'),),
        "has a contrast of 4.0 to 1",
    ),
    ("Formatting 10", ((STYLES, LINK_COLOUR, '<color theme="5"/>'),), "has a contrast of 0.0 to 1"),
    (
        "Structure 3",
        (("Risks", '<row r="[2-5]".*?</row>', ""),),
        "Risks says nothing below its title",
    ),
    (
        "Structure 3",
        ((TEXTS, "one table of 8 rows", "a list of 8 lines"),),
        "Risks does not say how many",
    ),
    ("riskbook 3", ((BOOK, 'name="Contents"', 'name="What it holds"'),), "no worksheet Contents"),
    (
        "Tables 6",
        (("Risks", '(<c r="A2" [^>]*>.*?</c>)', r'\1<c r="B2" s="5"><v>1</v></c>'),),
        "Risks!A2 runs into",
    ),
]


def test_every_line_passes_but_for_those_of_a_person(good: bytes) -> None:
    lines = accessible.checklist(good)
    assert [each.number for each in lines if each.passed is False] == []
    assert tuple(each.number for each in lines if each.passed is None) == FOR_A_PERSON
    assert sentence(lines) == "40 of 40 lines pass; 4 are for a person to judge"


@pytest.mark.parametrize(("number", "edits", "told"), FAULTS, ids=lambda value: str(value)[:60])
def test_a_fault_is_found_by_its_line_which_says_where(
    good: bytes, number: str, edits: tuple[Edit, ...], told: str
) -> None:
    found = line(spoilt(good, edits), number)
    assert found.passed is False
    assert told in found.where
    assert found.fix.endswith(".")


PICTURE = b'<d xmlns="urn:d"><pic/></d>'
ADDED: list[tuple[str, str, bytes, str]] = [
    ("Formatting 6", "xl/drawings/drawing1.xml", b'<d xmlns="urn:d"><sp/></d>', "a text box"),
    ("Formatting 11", "xl/drawings/drawing1.xml", PICTURE, "a picture or a chart"),
    ("Formatting 12", "xl/vbaProject.bin", b"macros", "xl/vbaProject.bin"),
    ("riskbook 6", "xl/externalLinks/externalLink1.xml", b"<externalLink/>", "externalLink1.xml"),
    ("riskbook 5", "xl/calcChain.xml", b"<calcChain/>", "a calculation chain"),
]


@pytest.mark.parametrize(("number", "part", "content", "told"), ADDED)
def test_a_part_that_does_not_belong_is_found(
    good: bytes, number: str, part: str, content: bytes, told: str
) -> None:
    found = line(Package.parse(good).replaced({part: content}), number)
    assert found.passed is False
    assert told in found.where


def test_a_link_to_the_web_is_found(good: bytes) -> None:
    part = "xl/worksheets/_rels/sheet1.xml.rels"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    content = f'{head}{RELATION}TargetMode="External"/></Relationships>'.encode()
    found = line(Package.parse(good).replaced({part: content}), "riskbook 6")
    assert (found.passed, found.where) == (False, "it is linked to https://example.org")


def test_two_tables_on_a_worksheet_are_found(good: bytes) -> None:
    second = (
        f'<table xmlns="{MAIN}" id="99" name="second" displayName="second" ref="A20:A21">'
        '<tableColumns count="1"><tableColumn id="1" name="Ref"/></tableColumns></table>'
    )
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/table" Target="../tables/table99.xml"/>'
    edits = (
        ("xl/worksheets/_rels/sheet8.xml.rels", "</Relationships>", f"{relation}</Relationships>"),
        ("Risks", "</tableParts>", '<tablePart r:id="rId9"/></tableParts>'),
    )
    data = spoilt(good, edits, {"xl/tables/table99.xml": second.encode()})
    assert line(data, "Structure 6").where == "Risks has 2 tables"
    inside = second.replace("A20:A21", "A7:A9")
    data = spoilt(good, edits, {"xl/tables/table99.xml": inside.encode()})
    assert line(data, "Tables 3").where == "risks and second lie one in the other"


def test_each_line_that_a_program_judges_was_made_to_fail() -> None:
    tried = {number for number, *_ in FAULTS} | {number for number, *_ in ADDED}
    judged = {rule.number for rule in RULES if rule.judge}
    assert judged - tried - {"Structure 6"} == set()  # two tables have a test of their own


def test_the_lines_are_those_of_the_published_checklist_in_its_order() -> None:
    numbers = [rule.number for rule in RULES if not rule.number.startswith("riskbook")]
    sections = (("Tables", 10), ("Footnotes", 4), ("Formatting", 12), ("Structure", 6))
    wanted = [f"{name} {n}" for name, count in sections for n in range(1, count + 1)]
    assert numbers == [*wanted, *(f"Before publishing {n}" for n in range(1, 5))]
    assert len({rule.number for rule in RULES}) == len(RULES) == 44


def test_the_guide_lists_the_published_lines_and_which_are_essential() -> None:
    guide = (ROOT / "docs" / "accessible.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?!riskbook)[A-Z][a-z ]+ \d+)( \(E\))? \|", guide, re.MULTILINE)
    rules = [rule for rule in RULES if not rule.number.startswith("riskbook")]
    assert rows == [(rule.number, " (E)" if rule.essential else "") for rule in rules]


def test_each_fix_is_a_sentence_in_the_imperative() -> None:
    assert [rule.number for rule in RULES if not re.fullmatch(r"[A-Z].*\.", rule.fix)] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Register accessible.xlsx", ""),
        ("Cofrestr risg\u0175_2021-22.xlsx", ""),  # letters of every language
        ("Q1/Q2 (final)%.xlsx", "the name 'Q1/Q2 (final)%.xlsx' holds % ( ) /"),
    ],
)
def test_the_file_s_name_is_plain(good: bytes, name: str, told: str) -> None:
    found = accessible.checklist(good, name)[-1]
    assert (found.number, found.passed, found.where) == ("riskbook 9", not told, told)


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(RefusedError):
        accessible.checklist(b"no workbook")


def test_the_checklist_as_a_table_says_line_result_place_and_what_to_do(good: bytes) -> None:
    data = as_csv(accessible.checklist(spoilt(good, (("Risks", '<c r="C9"[^>]*>.*?</c>', ""),))))
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head == ["line", "wording", "essential", "result", "where and why", "what to do"]
    found = {row[0]: row[2:] for row in rows}
    assert len(found) == 44
    assert found["Tables 8"] == [
        *("yes", "fail", "Risks!C9 is empty"),
        "Write a shorthand such as [x] into the cell and say above the table what it means.",
    ]
    assert found["Tables 7"] == ["no", "pass", "", ""]
    assert found["riskbook 8"][1] == "for a person"


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        ([True, False], "1 of 2 lines pass"),
        ([True, None], "1 of 1 lines pass; 1 is for a person to judge"),
        ([False, None, None], "0 of 1 lines pass; 2 are for a person to judge"),
    ],
)
def test_the_sentence_never_counts_a_person_s_line_as_passed(
    passed: list[bool | None], told: str
) -> None:
    lines = [Line(number="1", wording="x", essential=True, passed=each) for each in passed]
    assert sentence(lines) == told


def test_a_line_names_three_faults_and_how_many_more() -> None:
    judge: Callable[[int], object] = lambda count: (f"fault {n}" for n in range(1, count + 1))  # noqa: E731
    rule = Rule("1", "No faults", "Mend it.", judge)  # type: ignore[arg-type]
    assert rule.line(3).where == "fault 1; fault 2; fault 3"
    assert rule.line(5).where == "fault 1; fault 2; fault 3; and 2 more"
    assert rule.line(0).where == ""


def test_contrast_is_that_of_the_guidelines() -> None:
    pairs = [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("0563C1", "FFFFFF", 5.9)]
    for ink, ground, ratio in pairs:
        assert contrast(ink, ground) == pytest.approx(ratio, abs=0.1)
    assert contrast("unknown", "FFFFFF") == 0
    ratios = [contrast(f"{grey:02X}" * 3, "FFFFFF") for grey in range(0, 256, 5)]
    assert all(before > after for before, after in pairwise(ratios))
