"""A finding: what is wrong, where, and what to do; returned, never raised."""

from dataclasses import dataclass
from enum import Enum

from riskbook.core.grid import CellRef


class Severity(Enum):
    """How much a finding matters; a profile may change it for each rule."""

    ERROR = "error"  # the figures cannot be relied on until it is mended
    WARNING = "warning"  # look at it before the register goes out
    INFORMATION = "information"  # said so that nothing is silent
    OFF = "off"  # the council does not want this rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of finding; its code never changes its meaning."""

    code: str  # RB and three digits
    severity: Severity
    title: str  # for the documentation


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found, at one cell."""

    code: str
    severity: Severity
    at: CellRef
    field: str  # "" where no single field is meant
    value: str  # what was found there, as typed
    message: str  # one plain sentence
    fix: str  # what to do, in the imperative

    def line(self) -> str:
        """Place first, as compilers print it."""
        return f"{self.at}: {self.code} {self.severity.value}: {self.message}  [{self.fix}]"
