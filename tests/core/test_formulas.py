"""Which formulas are riskbook's own, as Excel and LibreOffice write them back.

That the formulas say what Python says is tested on whole workbooks (tests/spec).
"""

from dataclasses import replace

import pytest

from riskbook.core.formulas import formula, is_ours
from riskbook.core.profile import Column, Table
from tests.core.notation import WEIGHTED, profile_of

OURS = 'IF(OR(tblRisks[[#This Row],[Weight]]=""),"",ROUND(tblRisks[[#This Row],[Weight]],6))'


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        (OURS, True),
        ("", True),  # a shared formula, kept in another cell
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
    ],
)
def test_a_formula_is_known_by_what_it_reads(found: str | None, ours: bool) -> None:
    assert is_ours(OURS, found, {"Share": "Weight"}) is ours
    assert is_ours(OURS, found) is (ours and "Share" not in (found or ""))


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
