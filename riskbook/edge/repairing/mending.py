"""What a clean template puts right, in a few sentences: names, locks, dropdowns, lists.

::

    findings of the template check -> each told, or counted where there are many of a kind
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from riskbook.core.checks.template import other_words
from riskbook.core.finding import Finding
from riskbook.core.grid import Grid
from riskbook.core.profile import Profile
from riskbook.core.words import listed

FEW = 3  # of a kind are told one by one
_BACK = {
    "RB905": "Dropdowns and limits are back",
    "RB906": "Protected as in the template again",
    "RB907": "Locks are as in the template again",
    "RB908": "Defined names are back",
    "RB912": "Formulas are back",
    "RB914": "Titles, helps, colours and charts are the template's again",
}
_OWN = re.compile(r"macros (\w+) is not riskbook's\.")


def sentences(findings: Iterable[Finding], sheets: Iterable[str]) -> Iterator[str]:
    """What was put right on the sheets that the damaged workbook has by these names."""
    there = frozenset(sheets)
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.at.sheet in there:  # else it is said already: missing, or called otherwise
            kinds.setdefault(finding.code, []).append(finding)
    for code, found in kinds.items():
        if code in _BACK and len(found) > FEW:
            counts = Counter(finding.at.sheet for finding in found)
            places = (f"{sheet} ({count})" for sheet, count in counts.items())
            sheets_only = len(counts) == len(found)
            yield f"{_BACK[code]}: {listed(list(counts if sheets_only else places))}."
        else:
            yield from (f"{finding.at}: {finding.message}" for finding in found)


def words(grids: Mapping[str, Grid], profile: Profile) -> Iterator[str]:
    """Which cells of Key and Lists say what the profile says again."""
    if cells := [str(at) for at, *_ in other_words(grids, profile)]:
        more = f" and {len(cells) - FEW} more" if cells[FEW:] else ""
        yield f"The template's words are back in: {', '.join(cells[:FEW])}{more}."


def own_macros(findings: Iterable[Finding]) -> Iterator[str]:
    """The modules that a workbook has and its template has not, by name."""
    found = (_OWN.fullmatch(finding.message) for finding in findings)
    return (match[1] for match in found if match)
