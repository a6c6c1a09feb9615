"""The commands that an officer can press, wherever the button is.

::

    ribbon tab, sheet button, toolbar of LibreOffice, menu  ->  one name  ->  riskbook.excel

The ribbon XML, the VBA modules and the toolbar are checked against this list by tests, so
that no button is without a command and no command without a button.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One button."""

    name: str  # the function of riskbook.excel, and the macro's name in CamelCase
    label: str  # what stands on the button
    tip: str  # one sentence: what it does
    key: str  # the letter that presses it from the keyboard, with Alt
    image: str  # Office's built-in picture (imageMso)
    equal: str  # the same on the command line, FILE in place of the workbook

    @property
    def macro(self) -> str:
        """The name of its Sub: ``RiskbookNextFinding``."""
        return "Riskbook" + "".join(word.capitalize() for word in self.name.split("_"))


COMMANDS: tuple[Command, ...] = (
    Command(
        name="refresh",
        label="Refresh",
        tip="Recalculates the register and writes its summary sheets.",
        key="R",
        image="Refresh",
        equal="riskbook refresh FILE",
    ),
    Command(
        name="check",
        label="Check",
        tip="Looks for what is wrong and goes to the first error; changes nothing but Checks.",
        key="C",
        image="DataValidation",
        equal="riskbook check FILE",
    ),
    Command(
        name="next_finding",
        label="Next finding",
        tip="Goes to the cell of the next finding on the Checks sheet.",
        key="N",
        image="ReviewNextComment",
        equal="riskbook check FILE",
    ),
    Command(
        name="export",
        label="Export",
        tip="Writes the register as values, CSV and JSON into a folder beside the workbook.",
        key="X",
        image="ExportTextFile",
        equal="riskbook export FILE DIR --to csv",
    ),
    Command(
        name="report",
        label="Committee report",
        tip="Makes a PDF of the register for a committee, beside the workbook.",
        key="P",
        image="FileSaveAsPdfOrXps",
        equal="riskbook report FILE",
    ),
    Command(
        name="snapshot",
        label="Snapshot",
        tip="Keeps a sealed copy of this period's register beside the workbook.",
        key="S",
        image="FilePermissionRestrictMenu",
        equal="riskbook snapshot FILE",
    ),
    Command(
        name="new_period",
        label="New period",
        tip="Makes the next quarter's workbook: entries carried over, updates left blank.",
        key="W",
        image="FileNew",
        equal="riskbook new-period FILE",
    ),
    Command(
        name="help",
        label="Help",
        tip="Says what the buttons do.",
        key="H",
        image="Help",
        equal="riskbook doctor",
    ),
)
