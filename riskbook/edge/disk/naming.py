"""File names that every system takes: Windows forbids more than others do."""

import re

from riskbook.core.values import clean

# Source: Microsoft, Naming Files, Paths, and Namespaces (reserved characters).
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST = 60  # characters of a part: folders of councils are deep, and a path has 260


def safe(text: str) -> str:
    """A text as a part of a file's name: ``2021/22 Q2`` is ``2021-22 Q2``."""
    found = _FORBIDDEN.sub("-", clean(text))[:LONGEST].strip(" .")
    return found or "unnamed"


def with_period(stem: str, period: str, instead_of: str = "") -> str:
    """A workbook's name with a period at its end, once: ``Register 2021-22 Q2``."""
    base = stem
    for told in (instead_of, period):
        if clean(told):
            base = base.removesuffix(safe(told))
    return f"{base.rstrip(' -_')} {safe(period)}".lstrip()
