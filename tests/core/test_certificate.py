"""The certificate of a repair, as people read it and as programs do."""

from dataclasses import replace

from riskbook.core.certificate import (
    Carried,
    Certificate,
    Move,
    Remark,
    Total,
    Version,
    briefly,
    few,
)

OLD = Version(file="R.xlsx", sha256="ab", profile="", profile_version="", template_version="")
NEW = Version(
    file="R repaired.xlsx",
    sha256="cd",
    profile="council-5x5",
    profile_version="1.0",
    template_version="1",
)
MOVED = Move(before="Risks!F5:F6", after="Risks!G5:G6")
STAYED = Move(before="Risks!G9", after="Risks!G9")
CERTIFICATE = Certificate(
    made="2022-01-31",
    old=OLD,
    new=NEW,
    carried=(
        Carried(sheet="Risks", heading="Gross\nImpact", entries=3, moves=(MOVED, STAYED)),
        Carried(sheet="Risks", heading="Ref", entries=1, moves=(STAYED,)),
    ),
    left=(Remark(cell="Risks!Z5", heading="Cost code", value="A\n1", why="no column"),),
    otherwise=(),
    put_right=("Risks!A1: the sheet is protected again.",),
    totals=(Total(sheet="Risks", heading="Impact", before=2, before_sum=7, after=2, after_sum=7),),
)
TEXT = r"""Certificate of repair
  Made  2022-01-31
  Old  R.xlsx
       SHA-256 ab
       profile not said, template not said
  New  R repaired.xlsx
       SHA-256 cd
       profile council-5x5 1.0, template 1

Carried: 4 entries, 1 block of them moved
  Sheet  Column        Entries  Old cells        New cells
  Risks  Gross Impact  3        Risks!F5:F6  ->  Risks!G5:G6
                                Risks!G9     =   Risks!G9
  Risks  Ref           1        Risks!G9     =   Risks!G9

Not carried: 1
  Risks!Z5  Cost code  'A\n1'  no column

Carried in another form
  Nothing.

Put right
  Risks!A1: the sheet is protected again.

Control totals of levels (how many, and their sum)
  Sheet  Column  Old  Sum  New  Sum
  Risks  Impact  2    7    2    7
"""


def test_what_a_terminal_would_obey_is_spelt() -> None:
    heading = "Cost\x1b]0;x\x07\u202e code\xa0\x9b1m"
    remark = Remark(cell="Risks!Z5", heading=heading, value="\x1b[2J", why="no column")
    text = replace(CERTIFICATE, left=(remark,), put_right=(f"{heading}\nis there again.",)).text()
    assert r"Cost\x1b]0;x\x07\u202e code \x9b1m  '\x1b[2J'  no column" in text
    assert "Cost\\x1b]0;x\\x07\\u202e code\xa0\\x9b1m\\nis there again." in text


def test_people_read_aligned_lines() -> None:
    assert CERTIFICATE.text() == TEXT


def test_programs_read_the_same() -> None:
    told = CERTIFICATE.document()

    assert told["format"] == "riskbook-certificate/1"
    assert (told["made"], told["entries"]) == ("2022-01-31", 4)
    assert told["old"]["sha256"] == "ab"
    assert told["carried"][0]["moves"][0] == {"before": "Risks!F5:F6", "after": "Risks!G5:G6"}
    assert told["left"][0]["cell"] == "Risks!Z5"
    assert told["put_right"] == ("Risks!A1: the sheet is protected again.",)


def test_only_what_stands_elsewhere_has_moved() -> None:
    assert CERTIFICATE.moves == (MOVED,)


def test_something_left_is_told_by_the_exit_code() -> None:
    clean = Certificate(
        made="2022-01-31",
        old=NEW,
        new=NEW,
        carried=(),
        left=(),
        otherwise=(),
        put_right=(),
        totals=(),
    )

    assert (CERTIFICATE.exit_code, clean.exit_code) == (1, 0)
    lines = clean.text().splitlines()
    assert "Carried: 0 entries, each in its old cell" in lines
    assert "  Nothing: every entry was carried." in lines
    assert "  Nothing: it was as issued." in lines


def remarks(cells: str, heading: str, value: str = "x") -> list[Remark]:
    return [Remark(cell=c, heading=heading, value=value, why="no column") for c in cells.split()]


def test_what_was_not_carried_is_a_sentence_each_and_one_for_many() -> None:
    found = [
        *remarks("Risks!Z5 Risks!Z6 Risks!Z7", "Cost code", "A1"),
        *remarks("Risks!Y5 Risks!Y6 Risks!Y7 Risks!Y8", "Lead"),
        *remarks("Actions!Y5 Actions!Y6 Actions!Y7 Actions!Y8 Actions!Y9", ""),
        Remark(cell="", heading="", value="", why="pictures are not carried"),
        *remarks("Key!H3", "", ""),
    ]

    assert list(briefly(found)) == [
        "Not carried: Risks!Z5 Cost code 'A1': no column.",
        "Not carried: Risks!Z6 Cost code 'A1': no column.",
        "Not carried: Risks!Z7 Cost code 'A1': no column.",
        "Not carried: Risks!Y5, Y6, Y7 and 1 more (Lead): no column.",
        "Not carried: Actions!Y5, Y6, Y7 and 2 more: no column.",
        "Not carried: pictures are not carried.",
        "Not carried: Key!H3: no column.",
    ]


def test_few_are_all_named() -> None:
    assert few(["L5", "L6", "L7"]) == "L5, L6 and L7"
    assert few(["L5", "L6", "L7", "L8"]) == "L5, L6, L7 and 1 more"


def test_a_long_value_is_told_whole_on_a_line_of_its_own() -> None:
    words = "a" * 30 + "\n" + "b" * 30
    long = Remark(cell="Risks!B6", heading="Risk", value=words, why="note not carried")
    short = Remark(cell="Risks!B10", heading="Risk", value="c" * 60, why="note not carried")

    lines = replace(CERTIFICATE, left=(long, short)).text().splitlines()

    start = lines.index("Not carried: 2") + 1
    assert lines[start : start + 3] == [
        f"  Risks!B6   Risk  (below){' ' * 55}  note not carried",
        f"      '{'a' * 30}\\n{'b' * 30}'",
        f"  Risks!B10  Risk  '{'c' * 60}'  note not carried",
    ]
    assert long.sentence == (
        f"Not carried: Risks!B6 Risk '{'a' * 30}\\n{'b' * 29}...': note not carried."
    )
    assert short.sentence == f"Not carried: Risks!B10 Risk '{'c' * 60}': note not carried."
