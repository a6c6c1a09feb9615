"""The table of careless edits: on which register, what is done, what must be told and where.

``told`` is written by hand: ``N5 RB221`` for a finding at a cell of Risks, nothing for an edit
of which nothing is to be said, ``! words`` for a refusal whose sentence holds the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.careless.edits import (
    BLANK,
    Step,
    Typed,
    error,
    formula,
    hide_columns,
    hide_rows,
    lettered,
    merge,
    note,
    number,
    replaced,
    runs,
    swap_columns,
    swap_rows,
    text,
    type_in,
    workbook,
    xml_text,
)
from tests.core.notation import COUNCIL, SIGNED, WEIGHTED

_NOT_IN_OPERATIONAL = ("category", "treatment", "sign_off")
OPERATIONAL: Mapping[str, Any] = {
    **SIGNED,
    "profile": "operational-4x4",
    "about": {"title": "Projects", "period": "Q1 2021/22", "as_at": "2021-06-30"},
    "risks": [
        {field: entry for field, entry in line.items() if field not in _NOT_IN_OPERATIONAL}
        for line in SIGNED["risks"]
    ],
}
REGISTERS: Mapping[str, Mapping[str, Any]] = {
    "C": COUNCIL,  # council-5x5
    "W": WEIGHTED,  # strategic-weighted-5x5
    "S": SIGNED,  # operational-4x4-signoff
    "O": OPERATIONAL,  # operational-4x4
}
Edit = Mapping[str, Typed] | Sequence[Step]


@dataclass(frozen=True)
class Case:
    """One careless edit."""

    name: str
    register: str  # a key of REGISTERS
    edit: Edit
    told: str = ""


def _dates(*rows: tuple[str, str]) -> list[Case]:
    """A text typed as a review date, and the code that it raises."""
    return [
        Case(f"date {typed!r}", "C", {"X5": text(typed)}, f"X5 {code}" if code else "")
        for typed, code in rows
    ]


STRIKE = "<strike/>"
LOW = '<row r="6" ht="0.75" customHeight="1"'
NEARLY = '<color rgb="FFF2F2F2"/>'
WHITE, THEME = '<color rgb="FFFFFFFF"/>', '<color theme="0"/>'
FROM_1904 = workbook("<workbookPr", '<workbookPr date1904="1"')
# what is typed for the first risk of COUNCIL
FIRST = "A5 B5 C5 F5 G5 H5 I5 L5 N5 O5 R5 S5 V5 W5 X5"
COMPUTED = "J5 K5 P5 Q5 T5 U5 Y5 Z5"


def _beside(row: int, address: str, words: str) -> Step:
    """A text in a cell beside the table."""
    cell = rf'<c r="{address}" t="inlineStr"><is><t>{words}</t></is></c>'
    return replaced("Risks", rf'(<row r="{row}".*?)</row>', rf"\1{cell}</row>")


CASES: tuple[Case, ...] = (
    # number formats
    Case("format that hides a level", "C", {"N5": number("2", ";;;")}, "N5 RB215"),
    Case("format that hides a weight", "W", {"E5": number("0.4", ";;;")}, "E5 RB215"),
    Case("format that hides a text", "C", {"F5": text("Head of Estates", ";;;")}, "F5 RB215"),
    Case("format that hides a list entry", "S", {"D5": text("Financial", ";;;")}, "D5 RB215"),
    Case("format that shows another level", "C", {"O5": number("3", '"4"')}, "O5 RB215"),
    Case("format that shows another text", "O", {"D5": text("A", '0;0;0;"B"')}, "D5 RB215"),
    Case("format in thousands", "W", {"S5": number("4000", "#,##0,")}, "S5 RB215"),
    Case("format with a condition", "C", {"N5": number("2", '[=2]"5";0')}, "N5 RB215"),
    Case("format in white", "C", {"N5": number("2", "[White]0")}, "N5 RB215"),
    Case("white letters", "C", [lettered("Risks", "N5", WHITE)], "N5 RB215"),
    Case("letters of the ground's theme", "O", [lettered("Risks", "D5", THEME)], "D5 RB215"),
    Case("letters of one point", "S", [lettered("Risks", "D5", '<sz val="1"/>')], "D5 RB215"),
    Case("red letters", "C", [lettered("Risks", "N5", '<color rgb="FFC00000"/>')]),
    Case("date without its month", "C", {"X5": number("44651", "yyyy")}, "X5 RB215"),
    Case("format that rounds a number", "W", {"S5": number("20.4", "0")}, "S5 RB215"),
    Case("format that shows 0 for a weight", "W", {"E5": number("0.4", "0")}, "E5 RB215"),
    Case("format that adds a digit", "C", {"N5": number("2", '"1"0')}, "N5 RB215"),
    Case("date without its year", "C", {"X5": number("44651", "d-mmm")}, "X5 RB215"),
    Case("format with decimals", "C", {"N5": number("2", "0.00")}),
    Case("text format pasted over", "C", {"N5": number("2", "@")}),
    Case("format that shows another weight", "W", {"E5": number("0.4", '"60%"')}, "E5 RB215"),
    Case("letters nearly white", "C", [lettered("Risks", "N5", NEARLY)], "N5 RB215"),
    Case(
        "white words in a text", "C", {"L5": runs((WHITE, "Secret. "), ("", "A wall."))}, "L5 RB215"
    ),
    # About
    Case("direction turned on About", "C", {"About!B5": text("Cor\u202eporate")}, "About!B5 RB216"),
    Case("error on About", "C", {"About!B5": error("#REF!")}, "About!B5 RB205"),
    Case("formula on About", "S", {"About!B5": formula("A1", "Ours")}, "About!B5 RB204"),
    Case("struck title", "O", {"About!B5": runs((STRIKE, "Old"), ("", " new"))}, "About!B5 RB223"),
    Case("label of About renamed", "C", {"About!A8": text("Preface")}, "About!A8 RB901"),
    Case("no-break space on About", "W", {"About!B5": text("Our\u00a0risks")}),
    # what is hidden or merged
    Case("score hidden", "C", [hide_columns("Risks", "J")], "J5 RB112"),
    Case("row nearly without height", "C", [replaced("Risks", '<row r="6"', LOW)], "A6 RB107"),
    Case("headings merged", "C", [merge("Risks", "F4:G4")], "F4 RB108"),
    # text numbers and weights
    Case("level as text", "C", {"N5": text("2")}, "N5 RB221"),
    Case("level behind an apostrophe", "C", {"N5": text("2", quoted=True)}, "N5 RB221"),
    Case("level as text, 4 x 4", "S", {"M5": text("2")}, "M5 RB221"),
    Case("level as text, operational", "O", {"J5": text("2")}, "J5 RB221"),
    Case("number as text", "W", {"S5": text("20")}, "S5 RB221"),
    Case("weight as text 0.4", "W", {"E5": text("0.4")}, "E5 RB221"),
    Case("weight as text 40%", "W", {"E5": text("40%")}, "E5 RB208"),
    Case("weight as text 40", "W", {"E5": text("40")}, "E5 RB208"),
    Case("weight as text 40 %", "W", {"E5": text("40 %")}, "E5 RB208"),
    Case("weight 40", "W", {"E5": number("40")}, "E5 RB222"),
    Case("weight 40 in General", "W", {"E5": number("40", "General")}, "E5 RB222"),
    Case("weight 0.4 in General", "W", {"E5": number("0.4", "General")}, "E5 RB222"),
    Case(
        "weights in two spellings",
        "W",
        {"E5": number("40", "General"), "E6": number("0.6", "General")},
        "E5 RB222, E6 RB222",
    ),
    Case("weight of 140", "W", {"E7": number("140")}, "E7 RB213, E7 RB301"),
    Case("weight with decimals", "W", {"E5": number("0.405"), "E6": number("0.595")}),
    # levels
    Case("level with its word", "C", {"N5": text("2 Unlikely")}, "N5 RB208"),
    Case("level in another case", "C", {"N5": text("unlikely")}, "N5 RB208"),
    Case("level with a space", "C", {"N5": text("2 ")}, "N5 RB208"),
    Case("level with a no-break space", "C", {"N5": text("2\u00a0")}, "N5 RB208"),
    Case("level with a carriage return", "C", {"N5": text("2\r")}, "N5 RB208"),
    Case("level with a zero-width space", "C", {"N5": text("2\u200b")}, "N5 RB201"),
    Case("level in full width", "C", {"N5": text("\uff12")}, "N5 RB201"),
    Case("level with a literal apostrophe", "C", {"N5": text("'2")}, "N5 RB201"),
    Case("level of 2.4 shown as 2", "C", {"N5": number("2.4", "0")}, "N5 RB202"),
    Case("level that became TRUE", "C", {"N5": Typed("<v>1</v>", "b")}, "N5 RB201"),
    Case("level off its scale", "S", {"M5": number("5")}, "M5 RB202"),
    Case("level that became a date", "C", {"N5": number("44651", "d-mmm")}, "N5 RB201"),
    # characters
    Case("no-break space in an owner", "C", {"F5": text("Head\u00a0of Estates")}, "F5 RB231"),
    Case("no-break space in a title", "O", {"B5": text("Failure\u00a0of IT")}, "B5 RB231"),
    Case("no-break space in prose", "C", {"L5": text("A\u00a0pump.")}),
    Case("zero-width space", "C", {"F5": text("Head of E\u200bstates")}, "F5 RB216"),
    Case("zero-width joiner", "C", {"L5": text("A p\u200dump.")}, "L5 RB216"),
    Case("zero-width non-joiner", "S", {"F5": text("Robert\u200c Smith")}, "F5 RB216"),
    Case("byte order mark", "C", {"B5": text("\ufeffFlooding")}, "B5 RB216"),
    Case("word joiner", "O", {"D5": text("Head\u2060 of IT")}, "D5 RB216"),
    Case("soft hyphen", "C", {"L5": text("A pu\u00admp.")}, "L5 RB216"),
    Case("ligature of a PDF", "C", {"F5": text("Head of \ufb01nance")}, "F5 RB218"),
    Case("text that became a date", "C", {"F5": number("44651", "dd/mm/yyyy")}, "F5 RB232"),
    Case("text that became TRUE", "C", {"W5": Typed("<v>1</v>", "b")}, "W5 RB232"),
    Case("right-to-left override", "C", {"L5": text("A \u202epump.")}, "L5 RB216"),
    Case("Cyrillic letter", "C", {"F5": text("Head of \u0415states")}, "F5 RB218"),
    Case("Greek letter", "S", {"F5": text("R\u03bfbert")}, "F5 RB218"),
    Case("full-width letters", "C", {"L5": text("A \uff50ump.")}, "L5 RB218"),
    Case("full-width digits in prose", "O", {"N5": text("Phase \uff12.")}, "N5 RB218"),
    Case("a word of another language", "C", {"L5": text("\u0421\u043e\u0444\u0438\u044f.")}),
    Case("a unit with a Greek letter", "C", {"L5": text("5 \u03bcg.")}),
    Case("_x000D_ as an escape", "C", {"W5": xml_text("No change._x000D_\nNone.")}, "W5 RB217"),
    Case("_x000D_ as text", "C", {"W5": xml_text("None._x005F_x000D_")}, "W5 RB217"),
    Case("carriage return and line feed", "O", {"N5": text("One.\r\nTwo.")}, "N5 RB217"),
    Case("line feeds", "C", {"L5": text("One.\nTwo.")}),
    Case("control character", "C", {"W5": xml_text("None._x0007_")}, "W5 RB217"),
    Case("vertical tab of Word", "C", {"L5": text("One.\x0bTwo.")}, "L5 RB217"),
    Case("lone surrogate", "C", {"W5": xml_text("None _xD800_.")}, "W5 RB217"),
    Case("two halves of a picture", "C", {"W5": xml_text("None _xD83D__xDE00_.")}),
    Case("text of 32,767 characters", "C", {"L5": text("X" * 32_767)}, "L5 RB219"),
    Case("text of 32,766 characters", "C", {"L5": text("X" * 32_766)}),
    Case("literal apostrophe", "C", {"F5": text("'Head of Estates")}, "F5 RB220"),
    Case("letters left out", "C", {"W5": text("'90s contract")}),
    Case("figure space", "C", {"F5": text("Head\u2007of Estates")}, "F5 RB218"),
    Case("line separator", "C", {"L5": text("One.\u2028Two.")}, "L5 RB216"),
    Case("ligature at the beginning", "C", {"L5": text("\ufb01rst a pump.")}, "L5 RB218"),
    Case("words in quotation marks", "C", {"F5": text("'Acting' Head of Estates")}),
    Case("apostrophe that is not part of the text", "C", {"F5": text("Head", quoted=True)}),
    # dates
    *_dates(
        ("31/3/22", ""),
        ("31/03/2022", ""),
        ("31.03.2022", ""),
        ("31-03-2022", ""),
        ("31-Mar-22", ""),
        ("31 Mar 2022", ""),
        ("31st March 2022", ""),
        ("Thursday 31 March 2022", ""),
        ("Thu 31/03/2022", ""),
        ("March 2022", ""),
        ("Mar 22", ""),
        ("Mar-22", ""),
        ("end March 2022", ""),
        ("end of March 2022", ""),
        ("03/2022", ""),
        ("2022-03-31", ""),
        ("31\u00a0March 2022", ""),
        ("31st of March 2022", ""),
        ("31 03 2022", ""),
        ("31/Mar/2022", ""),
        ("Mar \u201922", ""),
        ("31\u201303\u20132022", ""),
        ("2022/03/31", ""),
        ("March 31, 2022", ""),
        ("June 30", "RB226"),
        ("March !!22", "RB209"),
        ("w/c 28 March 2022", "RB209"),
        ("end-March 2022", "RB209"),
        ("31 Mar", "RB209"),
        ("31/03", "RB209"),
        ("March", "RB209"),
        ("2022", "RB209"),
        ("2021/22", "RB209"),
        ("Q1 2022", "RB209"),
        ("Spring 2022", "RB209"),
        ("31032022", "RB209"),
        ("20220331", "RB209"),
        ("ongoing", "RB209"),
        ("TBC", "RB209"),
        ("N/A", "RB209"),
        ("-", "RB209"),
        ("by 31 March 2022", "RB209"),
        ("Monday 31 March 2022", "RB209"),
        ("30/02/2022", "RB209"),
        ("31/03/2022\u200b", "RB209"),
        ("03/31/2022", "RB225"),
        ("3/31/22", "RB225"),
        ("31/3/99", "RB409"),
    ),
    Case("real date", "C", {"X5": number("44651", "dd/mm/yyyy")}),
    Case("real date, month shown", "C", {"X5": number("44651", "mmm-yy")}),
    Case("real date, American format", "C", {"X5": number("44651", "m/d/yyyy")}, "X5 RB228"),
    Case("day number", "C", {"X5": number("44651", "General")}, "X5 RB227"),
    Case("day number of an action", "W", {"Actions!F5": number("44651")}, "Actions!F5 RB227"),
    Case("day number in per cent", "C", {"X5": number("44651", "0%")}, "X5 RB227"),
    Case("register as at June 30", "C", {"About!B7": text("June 30")}, "About!B7 RB409"),
    Case("register of 2201", "C", {"About!B7": text("30/06/2201")}, "About!B7 RB409"),
    Case("day number as text", "C", {"X5": text("44651")}, "X5 RB209"),
    Case(
        "day and month swapped",
        "C",
        {"Actions!F5": text("12/10/2021"), "Actions!F6": text("03/31/2022")},
        "Actions!F5 RB226, Actions!F6 RB225",
    ),
    # formulas and errors
    Case("formula", "C", {"N5": formula("1+1", "2")}, "N5 RB204"),
    Case("formula without a value", "C", {"N5": formula("1+1")}, "N5 RB230"),
    Case("formula without a value as a mark", "C", {"AA5": formula("A5")}, "AA5 RB230, AB5 RB601"),
    Case("formula without a value as owner", "O", {"D5": formula("A5")}, "D5 RB230"),
    Case(
        "array formula over two cells",
        "C",
        {"N5": formula("2", "2", ' t="array" ref="N5:N6"'), "N6": number("3")},
        "N5 RB204, N6 RB204",
    ),
    Case(
        "shared formula",
        "C",
        {
            "N5": formula("1+1", "2", ' t="shared" ref="N5:N6" si="9"'),
            "N6": formula("", "3", ' t="shared" si="9"'),
        },
        "N5 RB204, N6 RB204",
    ),
    Case("#N/A as owner", "C", {"F5": error("#N/A")}, "F5 RB205"),
    Case("#REF! in a text", "S", {"R5": error("#REF!")}, "R5 RB205"),
    Case("score typed over", "C", {"P5": number("6")}, "P5 RB305"),
    Case("another score typed over", "C", {"P5": number("9")}, "P5 RB304"),
    # names
    Case("owner NA", "C", {"F5": text("NA")}, "F5 RB506"),
    Case("owner N/A", "S", {"F5": text("N/A")}, "F5 RB506"),
    Case("owner None", "O", {"D5": text("None")}, "D5 RB506"),
    Case("owner TBC", "C", {"Actions!E5": text("TBC")}, "Actions!E5 RB506"),
    Case("owner -", "W", {"Q5": text("-")}, "Q5 RB506"),
    Case("owner Na", "C", {"F5": text("Na")}, "F5 RB507"),
    Case("owner Null", "S", {"F5": text("Null")}, "F5 RB507"),
    Case("owner Vacant", "O", {"D5": text("Vacant")}, "D5 RB507"),
    Case("owner T.B.C.", "C", {"F5": text("T.B.C.")}, "F5 RB506"),
    Case("owner [name]", "W", {"Q5": text("[name]")}, "Q5 RB506"),
    Case("owner N / A", "C", {"F5": text("N / A")}, "F5 RB506"),
    Case("no-break space as owner", "C", {"F5": text("\u00a0")}, "F5 RB206"),
    # references
    Case("reference with a no-break space", "C", {"A5": text("R1\u00a0")}, "A5 RB208"),
    Case("reference twice but for a space", "C", {"A6": text("R1\u00a0")}, "A6 RB101"),
    Case("reference twice but for the case", "C", {"A6": text("r1")}, "A6 RB101"),
    Case("reference twice but for a space inside", "C", {"A6": text("r 1")}, "A6 RB111"),
    Case("references that differ by a zero", "C", {"A6": text("R01")}, "A6 RB111"),
    Case("sub-risk twice but for the case", "W", {"C6": text("2A")}, "C6 RB101"),
    Case("Cyrillic letter in a reference", "S", {"A5": text("\u0420P_R04")}, "A5 RB210"),
    Case("zero-width space in a reference", "O", {"A5": text("PP_R04\u200b")}, "A5 RB210"),
    Case("reference that became a date", "O", {"A5": number("44593", "d-mmm")}, "A5 RB214"),
    Case("risk of an action in lower case", "C", {"Actions!B5": text("r1")}, "Actions!B5 RB408"),
    Case("risk of an action in capitals", "W", {"Actions!B5": text("2A")}, "Actions!B5 RB408"),
    Case("risk of an action with a space", "C", {"Actions!B5": text("R1 ")}, "Actions!B5 RB208"),
    Case("risk of an action, spaced", "C", {"Actions!B5": text("R 1")}, "Actions!B5 RB401"),
    Case("reference lost", "C", {"A6": BLANK}, "A6 RB102"),
    # rich text and notes
    Case("struck words", "C", {"L5": runs((STRIKE, "A pump. "), ("<b/>", "A wall."))}, "L5 RB223"),
    Case("struck owner", "O", {"D5": runs((STRIKE, "Ann"), ("", " Bob"))}, "D5 RB223"),
    Case("bold words", "C", {"L5": runs(("<b/>", "A pump. "), ("", "A wall."))}),
    Case("note", "C", [note("Risks", "F5")], "F5 RB224"),
    Case("thread", "S", [note("Risks", "F5", thread=True)], "F5 RB224"),
    Case("note on an action", "W", [note("Actions", "C5")], "Actions!C5 RB224"),
    # rows
    Case("rows sorted", "C", [swap_rows("Risks", 5, 6, "A B C F G H I L N O R S V W X")]),
    Case("rows filtered", "C", hide_rows("Risks", 6), "A6 RB107"),
    Case("rows filtered, 4 x 4", "S", hide_rows("Risks", 5), "A5 RB107"),
    Case("cells merged", "C", [merge("Risks", "B5:B6")], "B5 RB108"),
    Case("cells merged sideways", "C", [merge("Risks", "F5:G5")], "F5 RB108"),
    Case("blank cells merged", "C", [merge("Risks", "B9:B10")]),
    Case(
        "row inserted without formulas",
        "C",
        dict.fromkeys(COMPUTED.split(), BLANK),
        "J5 RB114",
    ),
    Case(
        "risk deleted",
        "C",
        dict.fromkeys(FIRST.split(), BLANK),
        "Actions!B5 RB401, Actions!B6 RB401",
    ),
    # columns
    Case("column hidden", "C", [hide_columns("Risks", "F")], "F5 RB112"),
    Case("column hidden, actions", "W", [hide_columns("Actions", "E")], "Actions!E5 RB112"),
    Case("empty column hidden", "C", [hide_columns("Risks", "D")]),
    Case("columns moved", "C", [swap_columns("Risks", "F", "G")], "F4 RB113"),
    Case("columns moved, 4 x 4", "O", [swap_columns("Risks", "O", "P")], "O4 RB113"),
    Case("column renamed", "C", {"F4": text("Owner of the risk")}, "! Risk Owner"),
    Case("column renamed to a known word", "C", {"F4": text("Responsible officer")}, "F4 RB104"),
    Case("column deleted", "S", {"F4": BLANK, "F5": BLANK}, "! no column headed"),
    # the workbook
    Case("days from 1904, no dates", "C", [FROM_1904]),
    Case(
        "days from 1904",
        "C",
        [FROM_1904, type_in("Risks", "X5", number("43189", "dd/mm/yyyy"))],
        "X5 RB229",
    ),
    Case(
        "day number from 1904",
        "C",
        [FROM_1904, type_in("Risks", "X5", number("43189"))],
        "X5 RB227",
    ),
    Case("sheet renamed", "C", [workbook('name="Risks"', 'name="Risks 2021"')], "! Risks 2021"),
    Case("sheet renamed, actions", "W", [workbook('name="Actions"', 'name="To do"')], "! Actions"),
    Case("sheet deleted", "C", [workbook(r'<sheet name="Actions"[^>]*/>', "")], "! Actions"),
    Case("sheet of lists deleted", "O", [workbook(r'<sheet name="Lists"[^>]*/>', "")], "! Lists"),
    Case(
        "sheet copied",
        "C",
        [workbook(r'<sheet name="Risks"( [^>]*/>)', r'\g<0><sheet name="Risks (2)"\1')],
        "Risks (2)!A1 RB909",
    ),
    Case("two columns of one name", "S", {"C4": text("Risk Owner")}, "! Service"),
    Case("comma as a decimal sign", "W", {"E5": text("0,4")}, "E5 RB213, E5 RB301"),
    Case("number in words", "W", {"S5": text("twenty")}, "S5 RB203"),
    Case("list entry misspelt", "C", {"C5": text("Leagl")}, "C5 RB201"),
    Case("list entry with a zero-width space", "S", {"D5": text("Financial\u200b")}, "D5 RB201"),
    Case("one level lost", "O", {"J5": BLANK}, "J5 RB211"),
    Case(
        "entry beside the table",
        "C",
        [_beside(5, "AD5", "see R2")],
        "AD5 RB115",
    ),
    Case(
        "column inserted",
        "C",
        [_beside(4, "AD4", "Notes")],
        "AD4 RB105",
    ),
)
