"""How a difference is told: the profile says how much each rule matters."""

from dataclasses import dataclass

from riskbook.core.checks import RULES
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.profile import Profile

CLEAN = "Make a clean workbook with `riskbook repair`; it carries every entry across."

FEW = 90  # characters of a text that are repeated in a finding


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes findings for one profile."""

    profile: Profile

    def __call__(
        self, code: str, at: CellRef, message: str, fix: str, *, value: str = ""
    ) -> Finding:
        """One finding, with the severity that the profile gives its rule."""
        return Finding(
            code=code,
            severity=self.profile.severities.get(code, RULES[code].severity),
            at=at,
            field="",
            value=value,
            message=message,
            fix=fix,
        )


def lock(area: str) -> str:
    """How cells are locked."""
    return f"Unprotect the sheet, select {area}, tick Format Cells > Protection > Locked, protect."


def unlock(area: str) -> str:
    """How cells are opened for entries."""
    return f"Unprotect the sheet, select {area}, clear Format Cells > Protection > Locked, protect."


def short(text: str) -> str:
    """A text for a sentence, quoted; a long one only begins."""
    return repr(text if len(text) <= FEW else text[:FEW] + "...") if text else "nothing"
