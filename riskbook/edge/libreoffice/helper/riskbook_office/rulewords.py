"""What a rule says: in LibreOffice's words, in Excel's, and as plain data.

::

    captured(entry, base)   from LibreOffice, its formulas as for the base cell
    told(rule, ...)         for the other side, its formulas as Excel has them for a cell
    understood(spec, ...)   from the other side
"""

from riskbook_office import rulelook, visuals
from riskbook_office.formulas import speller

CONDITION, DATE = 0, 4  # com.sun.star.sheet.ConditionEntryType
EXPRESSION = 24
# com.sun.star.sheet.ConditionFormatOperator
OPERATORS = (
    "equal_to",
    "less_than",
    "greater_than",
    "less_than_or_equal",
    "greater_than_or_equal",
    "not_equal_to",
    "between",
    "not_between",
)


class Spelling:
    """A rule's formulas: in LibreOffice's own language for one cell, in Excel's for another."""

    def __init__(self, document):
        self.both = speller(document)
        self.own = document.createInstance("com.sun.star.sheet.FormulaParser")

    def excel(self, text, base, here):
        """Excel's text of a formula that LibreOffice keeps for a base cell."""
        return "=" + self.both.excel.printFormula(self.own.parseFormula(text, base), here)

    def native(self, text, here):
        """LibreOffice's text of a value or a formula of Excel's."""
        if text[:1] != "=":
            text = "=" + text if _is_value(text) else '="' + text.replace('"', '""') + '"'
        calc = self.both.to_calc(text, here)[1:]
        return self.own.printFormula(self.both.calc.parseFormula(calc, here), here)

    def moved(self, text, base, here):
        """The same formula for another base cell."""
        return self.own.printFormula(self.own.parseFormula(text, base), here) if text else text


def _is_value(text):
    if text[:1] == text[-1:] == '"':
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True


def captured(entry, base):
    """A rule of a format that lies from a base cell on, enough to make it again."""
    kind = entry.getType()
    if kind not in (CONDITION, DATE):
        return visuals.capture(entry)
    if kind == DATE:
        return {"type": "unknown", "style": entry.StyleName}
    number, texts = entry.Operator, [entry.Formula1, entry.Formula2]
    rule = {"type": "unknown", "number": number, "native": texts, "base": base}
    if number == EXPRESSION:
        rule["type"] = "custom"
    elif number < len(OPERATORS):
        rule.update({"type": "cell_value", "operator": OPERATORS[number]})
    return dict(rule, style=entry.StyleName)


def told(rule, spelling, document, here):
    """A rule as the other side knows it: formulas as for a cell, the look for the style."""
    shown = {name: value for name, value in rule.items() if name not in ("native", "base")}
    if rule["type"] == "cell_value":
        two = 2 if "between" in rule["operator"] else 1
        shown["formulas"] = [spelling.excel(t, rule["base"], here) for t in rule["native"][:two]]
    elif rule["type"] == "custom":
        shown["formulas"] = [spelling.excel(rule["native"][0], rule["base"], here)]
    if "style" in rule:
        shown["look"] = rulelook.read(document, rule["style"])
    return shown


def understood(spec, spelling, document, here):
    """The other way: what the other side wants as a rule."""
    if spec["type"] in visuals.KINDS:
        return spec
    custom = spec["type"] == "custom"
    texts = [spelling.native(text, here) for text in spec["formulas"]]
    rule = {
        "type": spec["type"],
        "number": EXPRESSION if custom else OPERATORS.index(spec["operator"]),
        "native": [*texts, ""][:2],
        "base": here,
        "style": rulelook.style(document, spec["look"]),
    }
    return rule if custom else dict(rule, operator=spec["operator"])
