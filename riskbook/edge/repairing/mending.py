"""What a clean template puts right, in a few sentences: names, locks, dropdowns, lists.

::

    facts that the template has and the damaged workbook has not -> a sentence for each kind
"""

import re
from collections.abc import Iterable, Iterator

from riskbook.core.finding import Finding
from riskbook.core.words import listed

_KINDS = (  # what a fact of the template begins with -> what is back
    (re.compile(r"name (?P<what>\w+)"), "Defined names are back"),
    (re.compile(r"(?P<what>[^:]+): visible, protected True"), "Protected again"),
    (re.compile(r"(?P<what>.+) rule \["), "Dropdowns and limits are back on"),
    (
        re.compile(r"(?P<what>.+ column .+?): (locked|open)"),
        "Headings, locks and formulas are back",
    ),
    (re.compile(r"(?P<what>[^!]+![A-Z]+[0-9]+): "), "The template's words are back in"),
    (re.compile(r"macros (?P<what>\w+): "), "The template's macros are back"),
    (re.compile(r"(?P<what>xlwings\.conf)"), "The settings of the buttons are back"),
    (re.compile(r"(?P<what>tab )"), "The buttons on the ribbon are back"),
)
MACROS = re.compile(r"macros (\w+): ")
FACT = "RB901"  # a fact without a rule of its own


def sentences(findings: Iterable[Finding], sheets: Iterable[str]) -> Iterator[str]:
    """What was put right on the sheets that the damaged workbook has by these names."""
    there = frozenset(sheets)
    kinds: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.at.sheet not in there:
            continue  # said already: it was missing, or called otherwise
        if finding.code != FACT:
            yield f"{finding.at}: {finding.message}"
        elif finding.message.startswith("the template has"):
            for pattern, said in _KINDS:
                if found := pattern.match(finding.value):
                    kinds.setdefault(said, {}).setdefault(found["what"].strip())
                    break
    for said, what in kinds.items():
        yield f"{said}: {listed(list(what))}."


def own_macros(findings: Iterable[Finding]) -> Iterator[str]:
    """The modules that a workbook has and its template has not, by name."""
    wanted: set[str] = set()
    found: dict[str, None] = {}
    for finding in findings:
        if named := MACROS.match(finding.value):
            if finding.message.startswith("the template has"):
                wanted.add(named[1])
            else:
                found.setdefault(named[1])
    return (name for name in found if name not in wanted)
