"""What may be typed into cells: LibreOffice's validation of a block, with Excel's formulas."""

import re

from com.sun.star.beans.PropertyState import AMBIGUOUS_VALUE
from riskbook_office.formulas import corner, speller
from riskbook_office.looks import groups
from uno import Enum

TYPE, OPERATOR = "com.sun.star.sheet.ValidationType", "com.sun.star.sheet.ConditionOperator"
TOLD = (
    "IgnoreBlankCells",
    "ShowList",
    "ShowInputMessage",
    "InputTitle",
    "InputMessage",
    "ShowErrorMessage",
    "ErrorTitle",
    "ErrorMessage",
)
_TEXTS = re.compile(r'"(?:[^"]|"")*"')


def read(block, document):
    """The rule of a block: its kind and all that belongs to it, or that cells differ."""
    if block.getPropertyState("Validation") == AMBIGUOUS_VALUE:
        kinds = {group.Validation.Type.value for group in groups(block)}
        return {"type": "mixed" if "ANY" in kinds else "inconsistent"}
    rule = block.Validation
    start, here, both = rule.getSourcePosition(), corner(block), speller(document)
    texts = [_excel(both, text, start, here) for text in (rule.getFormula1(), rule.getFormula2())]
    return {
        "type": rule.Type.value,
        "operator": rule.getOperator().value,
        "formulas": texts,
        "alert": rule.ErrorAlertStyle.value,
        **{name: getattr(rule, name) for name in TOLD},
    }


def _excel(both, text, start, here):
    """A formula as Excel writes it in the first cell of a block; a list of texts with commas."""
    texts = _TEXTS.findall(text)
    if texts and ";".join(texts) == text.replace("; ", ";"):
        return ",".join(each[1:-1].replace('""', '"') for each in texts)
    if not text:
        return text
    return "=" + both.excel.printFormula(both.calc.parseFormula(text, start), here)


def write(block, document, kind, operator, formulas, values):
    """Set the rule of a block; texts and settings of the old one stay unless told anew."""
    rule, here, both = block.Validation, corner(block), speller(document)
    rule.Type = Enum(TYPE, kind)
    rule.setOperator(Enum(OPERATOR, operator))
    rule.setSourcePosition(here)
    for place, text in enumerate(formulas):
        spelt = both.to_calc(text, here)[1:] if text[:1] == "=" else text
        (rule.setFormula2 if place else rule.setFormula1)(spelt)
    for name, value in values:
        setattr(rule, name, value)
    block.Validation = rule


OPERATIONS = {"validation.read": read, "validation.write": write}
