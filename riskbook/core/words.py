"""The words inside riskbook, and the words that councils print for them.

The model knows only the keys of these tables.  What a council prints comes from its
profile; what officers may have typed as a heading is in ``HEADINGS``.
"""

import unicodedata
from collections.abc import Iterable, Mapping

WORDS: Mapping[str, str] = {
    "gross": "Gross",
    "nett": "Nett",
    "target": "Target",
    "likelihood": "Likelihood",
    "impact": "Impact",
    "points": "Risk score",
    "band": "Rating",
    "risk": "Risk",
    "sub_risk": "Sub-risk",
    "owner": "Risk owner",
    "category": "Category",
    "priority": "Council priority",
    "service": "Service",
    "directorate": "Directorate",
    "weight": "Weighting",
    "overall": "Overall risk score",
    "update": "Update",
}

# In the order of the tabs.
SHEETS: Mapping[str, str] = {
    "about": "About",
    "summary": "Summary",
    "heat_map": "Heat map",
    "breakdown": "By group",
    "risks": "Risks",
    "actions": "Actions",
    "checks": "Checks",
    "weighting": "Weighting",
    "actions_due": "Actions due",
    "risk_pages": "Risk pages",
    "key": "Key",
    "lists": "Lists",
}

# Sheets, and columns of the register sheets, that workbooks made before them do not have.
LATER_SHEETS = ("heat_map", "breakdown", "risk_pages")
LATER_COLUMNS = ("page", "exempt", "exempt_reason")

# What the documents print for a stage or an axis: the alias dictionary of the sources.
STAGE_WORDS: Mapping[str, tuple[str, ...]] = {
    "gross": ("gross", "inherent", "unmitigated", "original", "initial", "raw", "uncontrolled"),
    "nett": ("nett", "net", "residual", "mitigated", "current", "managed"),
    "target": ("target", "future", "forecast", "planned", "desired", "appetite"),
}
AXIS_WORDS: Mapping[str, tuple[str, ...]] = {
    "likelihood": ("likelihood", "probability", "l", "p"),
    "impact": ("impact", "severity", "consequence score", "i"),
}

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "no", "no.", "risk no", "risk ref", "risk id", "id"),
    "title": ("risk", "risk title", "risk description", "title"),
    "sub_ref": ("sub no.", "sub no", "sub-risk ref"),
    "sub_title": ("sub-risk", "sub risk"),
    "controls": (
        "controls",
        "controls and mitigation",
        "current controls",
        "controls to manage the risk",
        "existing controls in place",
    ),
    "assurance": ("assurance", "evidence the risk is being managed"),
    "consequences": ("impact", "impact (text)", "impact / consequences", "consequences"),
    "update": (
        "update",
        "quarterly update",
        "sign off and comments",
        "current position",
        "commentary",
    ),
    "owner": ("owner", "risk owner", "clt risk owner", "responsible officer"),
    "manager": ("manager", "risk manager", "action owner"),
    "member": ("portfolio holder",),
    "treatment": ("treatment", "tolerance", "risk status", "4ts", "risk response"),
    "weight": ("weight", "weighting", "% overall weighting", "% weighting"),
    "opportunities": ("opportunity", "opportunities"),
    "category": ("category", "risk category"),
    "priority": ("priority", "corporate priority", "council priority"),
    "service": ("service", "service group", "service area"),
    "directorate": ("directorate", "department"),
    "text": ("action", "actions", "further actions"),
    "position": ("position", "current position"),
    "original_due": ("target date", "original target date", "due date"),
    "revised_due": ("revised target date", "revised date"),
    "outcomes": ("outcomes", "outcomes / results"),
    "status": ("status",),
    "exempt": ("exempt", "exempt from publication", "confidential", "not for publication"),
    "exempt_reason": ("exempt reason", "reason for exemption"),
}


def listed(items: Iterable[str], last: str = "and") -> str:
    """Say a list in words: ``a``, ``a and b``, ``a, b and c``."""
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end


def count(number: int, one: str) -> str:
    """``1 risk``, ``8 risks``."""
    return f"{number} {one if number == 1 else one + 's'}"


def spelt(text: str) -> str:
    """A text on one line, in which what a terminal would obey is spelt as Python spells it.

    Entries and names are somebody else's: one may begin a new line, change the colours, or
    turn the direction in which the rest is read.
    """
    return "".join(
        each if is_plain(each) else each.encode("unicode_escape").decode("ascii") for each in text
    )


def is_plain(character: str) -> bool:
    """Whether a character only shows itself; a space of any width does."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def standard_headings(name: str) -> tuple[str, ...]:
    """Every heading, in lower case, that the documents print for a field.

    ``gross_impact`` has the products of its two words: "inherent severity", "raw impact" ...
    """
    stage, _, axis = name.partition("_")
    if stage in STAGE_WORDS and axis in AXIS_WORDS:
        pairs = [f"{s} {a}" for s in STAGE_WORDS[stage] for a in AXIS_WORDS[axis]]
        return (*pairs, *AXIS_WORDS[axis])
    return HEADINGS.get(name, ())
