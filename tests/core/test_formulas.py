"""Which formulas are riskbook's own, as Excel and LibreOffice write them back.

That the formulas say what Python says is tested on whole workbooks (tests/spec).
"""

from dataclasses import replace

import pytest

from riskbook.core.formulas import Place, formula, is_ours
from riskbook.core.profile import Column, Table
from tests.core.notation import WEIGHTED, profile_of

OURS = 'IF(OR(tblRisks[[#This Row],[Weight]]=""),"",ROUND(tblRisks[[#This Row],[Weight]],6))'


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        (OURS, True),
        ("", False),  # nobody knows what it is
        ('IF(OR(Risks!U5=""),"",ROUND(Risks!U5,6))', True),  # addresses for table columns
        (None, False),  # no formula at all
        ('IF(AND(Risks!U5=""),"",ROUND(Risks!U5,6))', False),
        (OURS.replace("[Weight]", "[WEIGHT]").replace(",", ", "), True),
        (OURS.replace("[Weight]", "[Share]"), True),  # Excel follows a heading typed anew
        (OURS.replace("[[#This Row],[Weight]]", "[@Weight]"), True),  # in an open workbook
        (OURS.replace("tblRisks[[#This Row],[Weight]]", "[@[Weight]]"), True),
        (OURS.replace("[[#This Row],[Weight]]", "[@Points]"), False),
        (OURS.replace("ROUND", "_xlfn.ROUND"), True),  # a file marks newer functions
        (OURS.replace("[Weight]", "[Points]"), False),  # the same functions of another column
        (OURS.replace(",6)", ",0)"), False),
        ("ROUND(Risks!U5,6)", False),
        ("U5", False),
        ("a" * 200_000 + "[", False),  # at once: each letter is looked at once
        ("'" * 200_001, False),
    ],
)
def test_a_formula_is_known_by_what_it_reads(found: str | None, ours: bool) -> None:
    assert is_ours(OURS, found, {"Share": "Weight"}) is ours
    assert is_ours(OURS, found) is (ours and "Share" not in (found or ""))


AT = Place("Risks", 5, {"Weight": 21, "Key": 28})
SUMS = "SUMPRODUCT(--(tblRisks[Key]=tblRisks[[#This Row],[Key]]))"


@pytest.mark.parametrize(
    ("wanted", "found", "ours"),
    [
        (OURS, 'IF(OR(Risks!U5=""),"",ROUND(Risks!U5,6))', True),
        (OURS, 'IF(OR($Risks.$U5=""),"",ROUND(U5,6))', True),
        # an address in a text is none
        (OURS.replace(']=""', ']="U6"'), 'IF(OR(U5="U6"),"",ROUND(U5,6))', True),
        (OURS, 'IF(OR(U6=""),"",ROUND(U6,6))', False),  # of another row
        (OURS, 'IF(OR(V5=""),"",ROUND(V5,6))', False),  # of another column
        (OURS, 'IF(OR(U5:U9=""),"",ROUND(U5,6))', False),
        (OURS, 'IF(OR(U5=""),"",ROUND(U5+A1,6))', False),
        (OURS, 'IF(OR(U5=""),"",ROUND(U5*2,6))', False),  # the same functions and addresses
        (OURS, 'IF(OR(U5=""),"0",ROUND(U5,6))', False),
        (OURS, 'IF(OR(Key!U5=""),"",ROUND(Key!U5,6))', False),  # of another sheet
        (OURS, """IF(OR('Risks'!U5=""),"",ROUND('Risks'!$U5,6))""", True),
        (OURS.replace("Weight", "Share"), 'IF(OR(V5=""),"",ROUND(V5,6))', False),  # not known
        (SUMS, "SUMPRODUCT(--(AB$5:AB$112=AB5))", True),
        (SUMS, "SUMPRODUCT(--(AB$5:AC$112=AB5))", False),
        (SUMS, "SUMPRODUCT(--(AB$5=AB5))", False),
        (SUMS, "SUMPRODUCT(--(AA$5:AA$112=AB5))", False),
    ],
)
def test_addresses_must_be_those_of_the_row_and_columns(
    wanted: str, found: str, ours: bool
) -> None:
    assert is_ours(wanted, found, at=AT) is ours


@pytest.mark.parametrize(("field", "missing"), [("gross_weighted", "weight_used"), ("key", "ref")])
def test_a_formula_that_lacks_its_column_is_a_mistake_of_ours(field: str, missing: str) -> None:
    profile = profile_of(WEIGHTED)
    kept = tuple(column for column in profile.risks.columns if column.field != missing)
    lame = replace(profile, risks=Table(sheet="Risks", columns=kept))

    with pytest.raises(ValueError, match=f"the profile has no column {missing}"):
        formula(lame, Column(field=field, heading="", kind="computed"))


def test_a_sum_that_lacks_its_column_is_a_mistake_of_ours() -> None:
    profile = profile_of(WEIGHTED)
    kept = tuple(column for column in profile.risks.columns if column.field != "weight_used")
    lame = replace(profile, risks=Table(sheet="Risks", columns=kept))

    with pytest.raises(ValueError, match="the profile has no column weight_used"):
        formula(lame, Column(field="weight_total", heading="", kind="computed"))


def test_a_heading_with_an_apostrophe_is_quoted() -> None:
    profile = profile_of(WEIGHTED)
    ref = replace(profile.risks.columns[0], heading="Council's No")
    renamed = replace(
        profile, risks=Table(sheet="Risks", columns=(ref, *profile.risks.columns[1:]))
    )
    key = profile.risks.column("key")
    assert key

    assert "tblRisks[[#This Row],[Council''s No]]" in formula(renamed, key)
