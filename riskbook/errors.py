"""What riskbook raises on purpose: one plain sentence and what to do about it.

A wrong cell in a register is not here: it is a finding, and findings are returned.
A mistake of our own is not here either: that is a ``ValueError`` and a bug.
"""


class RiskbookError(Exception):
    """Base of every error that riskbook raises on purpose.

    ``what`` names the thing that is wrong; ``fix`` tells the user, in the
    imperative, what to do next.  A door prints both and no traceback.
    """

    exit_code = 2

    def __init__(self, what: str, *, fix: str) -> None:
        super().__init__(what, fix)
        self.what, self.fix = what, fix

    def __str__(self) -> str:
        return f"{self.what}\n  To fix: {self.fix}"


class RefusedError(RiskbookError):
    """The file is not a workbook that riskbook opens: nothing in it was parsed."""


class TemplateError(RiskbookError):
    """The file is a workbook, but a controlled part that riskbook needs is not there."""


class ProfileError(RiskbookError):
    """A profile is missing, or its JSON does not describe a register."""


class RegisterError(RiskbookError):
    """A register's JSON does not follow register.schema.json."""


class SavingError(RiskbookError):
    """The file could not be replaced; it is as it was."""


class LeakError(RiskbookError):
    """A file of the public edition would hold a withheld text; it was not written."""
