"""Every rule by its code: what it is about and how much it matters by default.

The hundreds say where to look: 1 rows and columns, 2 single entries, 3 figures,
4 actions and dates, 5 texts, 6 publication, 9 the controlled template.  A code never changes its
meaning; a profile may change a rule's severity or switch it off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from riskbook.core.finding import Finding, Rule, Severity
from riskbook.core.grid import CellRef
from riskbook.core.model import Record, Register
from riskbook.core.profile import Profile, Table
from riskbook.core.reading import Reading
from riskbook.core.scores import Scores

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION  # noqa: E741 - a table reads better

RULES: Mapping[str, Rule] = {
    code: Rule(code=code, severity=severity, title=title)
    for code, severity, title in (
        ("RB101", E, "A reference is used twice"),
        ("RB102", E, "A row has entries but no reference"),
        ("RB103", I, "References leave a gap in their numbering"),
        ("RB104", I, "A heading was read as another"),
        ("RB105", W, "A column has a heading that the profile does not know"),
        ("RB106", W, "A heading stands twice"),
        ("RB107", I, "Hidden rows hold entries, and they count"),
        ("RB108", W, "Cells are merged over entries"),
        ("RB109", W, "The rows of one risk carry different titles"),
        ("RB110", E, "A computed column is missing"),
        ("RB111", W, "References differ only by spaces or zeros"),
        ("RB112", I, "Hidden columns are read, and what is worked out in them counts"),
        ("RB113", I, "Columns stand in another order"),
        ("RB114", W, "A row has no formulas"),
        ("RB115", W, "Entries stand under no heading"),
        ("RB201", E, "An entry is not in its list"),
        ("RB202", E, "A level is off its scale"),
        ("RB203", E, "An entry is not a number"),
        ("RB204", E, "A formula stands in an entry cell"),
        ("RB205", E, "An error value stands in an entry cell"),
        ("RB206", W, "An entry that the register needs is blank"),
        ("RB207", E, "A text is longer than a cell can hold"),
        ("RB208", I, "An entry was read as another spelling of it"),
        ("RB209", E, "An entry is not a date"),
        ("RB210", E, "A reference has a character that formulas cannot match"),
        ("RB211", E, "A rating has one level without the other"),
        ("RB212", W, "A risk is not scored"),
        ("RB213", E, "A weight is not a share between 0 and 100 %"),
        ("RB214", E, "A reference was turned into a date"),
        ("RB215", W, "A format hides or changes what an entry shows"),
        ("RB216", W, "A text holds a character that nobody sees"),
        ("RB217", W, "A text holds a character that is no text"),
        ("RB218", W, "A text holds a character that looks like another"),
        ("RB219", W, "A text fills its cell to the last character"),
        ("RB220", I, "A text begins with an apostrophe"),
        ("RB221", I, "A number is held as text"),
        ("RB222", I, "A weight was read as a percentage"),
        ("RB223", W, "Words of an entry are struck through"),
        ("RB224", I, "A note or a comment hangs on an entry"),
        ("RB225", E, "A date is in the American order"),
        ("RB226", W, "A date may be in the American order"),
        ("RB227", E, "A date has lost its format"),
        ("RB228", I, "A date is shown in the American order"),
        ("RB229", I, "The workbook counts its days from 1904"),
        ("RB230", E, "A formula in an entry cell has no value"),
        ("RB231", I, "A text holds a no-break space"),
        ("RB232", W, "A text was turned into a date or a truth value"),
        ("RB301", E, "The weights of a risk do not sum to 100 %"),
        ("RB302", E, "The nett score is above the gross score"),
        ("RB303", W, "The target score is above the nett score"),
        ("RB304", E, "A score was typed over a formula and differs"),
        ("RB305", W, "A value was typed over a formula"),
        ("RB306", I, "A computed cell shows an old value"),
        ("RB307", W, "The nett score is above the council's appetite"),
        ("RB308", E, "Another formula stands in a computed column"),
        ("RB401", E, "An action belongs to no risk"),
        ("RB402", E, "A revised date lies before the original date"),
        ("RB403", W, "A date has passed and the action has no status"),
        ("RB404", W, "An action is overdue"),
        ("RB405", W, "An action stands twice"),
        ("RB406", W, "A completion date lies in the future"),
        ("RB407", W, "A review date has passed"),
        ("RB408", I, "An action spells the reference of its risk in other letters"),
        ("RB409", W, "A date lies decades away"),
        ("RB501", W, "An update is blank"),
        ("RB502", I, "An update names another quarter"),
        ("RB503", I, "A text begins in the middle of a sentence"),
        ("RB504", W, "The percentages in a row of a text do not sum to 100"),
        ("RB505", I, "A post was read as the post that is in force"),
        ("RB506", W, "A placeholder stands where a name should"),
        ("RB507", I, "A name may be a placeholder"),
        ("RB601", E, "A mark of exemption has no reason"),
        ("RB602", W, "A reason for exemption has no mark"),
        ("RB603", E, "A mark of exemption names no column"),
        ("RB604", E, "A mark of exemption names a column that a row needs"),
        ("RB605", W, "A published entry says what is withheld"),
        ("RB606", W, "A text is withheld in one place and published in another"),
        ("RB607", E, "A column of marks of exemption is not read"),
        ("RB901", E, "A controlled part of the template was changed"),
        ("RB902", W, "The profile was not in force on the day of the register"),
        ("RB903", W, "The workbook was made from another profile, or another version of it"),
        ("RB904", W, "A sheet of riskbook's own is not there"),
        ("RB905", W, "A dropdown or limit of entry cells is gone or another one"),
        ("RB906", W, "The protection of a sheet is gone or allows something else"),
        ("RB907", W, "A cell is locked or unlocked against the template"),
        ("RB908", E, "A name that formulas use is lost, stands twice or stands for something else"),
        ("RB909", W, "A sheet is hidden or copied"),
        ("RB910", W, "The workbook is of an older or unknown version"),
        ("RB911", E, "The workbook does not calculate as usual"),
        ("RB912", W, "A row for the next risk has lost a formula, or takes another"),
        ("RB913", I, "A sheet is not riskbook's"),
        ("RB914", W, "A title, a help, a colour or a chart is not the template's"),
    )
}


class Judge(Protocol):
    """Says which keywords of a JSON Schema an understood entry violates."""

    def __call__(self, schema: Mapping[str, Any], value: object) -> tuple[str, ...]:
        """The names of the violated keywords, e.g. ``("maximum",)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every check may look at."""

    reading: Reading
    scores: Scores
    profile: Profile
    as_at: date
    judge: Judge

    @property
    def register(self) -> Register:
        """The register that was read."""
        return self.reading.register

    def tables(self) -> Iterator[tuple[Table, Sequence[Record]]]:
        """Each table of the profile with its rows."""
        yield self.profile.risks, self.register.risks
        if self.profile.actions:
            yield self.profile.actions, self.register.actions

    def finding(
        self, code: str, at: CellRef, message: str, fix: str, *, field: str = "", value: object = ""
    ) -> Finding:
        """A finding with the severity that the profile gives its rule."""
        severity = self.profile.severities.get(code, RULES[code].severity)
        return Finding(
            code=code,
            severity=severity,
            at=at,
            field=field,
            value=str(value),
            message=message,
            fix=fix,
        )
