"""What may be typed into cells.

LibreOffice and Excel mean the same by a rule; only the words differ.  Formulas are told as
Excel writes them in the range's first cell.
"""

from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from riskbook.edge.libreoffice.cells.address import quoted
from riskbook.edge.libreoffice.cells.place import Place

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.line.wire import Remote

TYPES = {
    "ANY": "none",
    "WHOLE": "whole_number",
    "DECIMAL": "decimal",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "text_length",
    "LIST": "list",
    "CUSTOM": "custom",
    "mixed": "mixed_criteria",  # some cells have a rule and some none
    "inconsistent": "inconsistent",  # cells have different rules
}
KINDS = {name: kind for kind, name in TYPES.items()}
COMPARED = ("whole_number", "decimal", "date", "time", "text_length")
OPERATORS = {
    "BETWEEN": "between",
    "NOT_BETWEEN": "not_between",
    "EQUAL": "equal_to",
    "NOT_EQUAL": "not_equal_to",
    "GREATER": "greater_than",
    "LESS": "less_than",
    "GREATER_EQUAL": "greater_than_or_equal",
    "LESS_EQUAL": "less_than_or_equal",
}
OPERATIONS = {name: kind for kind, name in OPERATORS.items()}
ALERTS = {"STOP": "stop", "WARNING": "warning", "INFO": "information"}
UNRULED = ("none", "mixed_criteria", "inconsistent")
# what Excel gives a new rule
FRESH = {"ShowInputMessage": True, "ShowErrorMessage": True, "IgnoreBlankCells": True}
SHOWN, NOT_SHOWN = 1, 0  # com.sun.star.sheet.TableValidationVisibility


class DataValidation(base_classes.DataValidation):
    """The rule of a range."""

    def __init__(self, parent: Place) -> None:
        self.parent = parent

    @property
    def api(self) -> "Remote":
        """LibreOffice's own rule, a copy: it is in force when the range is given it again."""
        rule: Remote = self.parent.remote["Validation"]
        return rule

    def _read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.parent.remote.block("validation.read", self.parent.doc)
        return found

    def _of(self, name: str) -> Any:
        """A setting; None where there is no rule, or not the same one."""
        found = self._read()
        return None if TYPES[found["type"]] in UNRULED else found[name]

    @property
    def type(self) -> str:
        """What kind of entry is allowed."""
        return TYPES[self._read()["type"]]

    @property
    def operator(self) -> str | None:
        """How it is compared."""
        found = self._read()
        compared = TYPES[found["type"]] in COMPARED
        return OPERATORS.get(found["operator"]) if compared else None

    def _formula(self, place: int, *types: str) -> str | None:
        found = self._read()
        return found["formulas"][place] or None if TYPES[found["type"]] in types else None

    @property
    def formula1(self) -> str | None:
        """With what it is compared."""
        return self._formula(0, *COMPARED)

    @property
    def formula2(self) -> str | None:
        """The other end of what it lies between."""
        between = self.operator in ("between", "not_between")
        return self._formula(1, *COMPARED) if between else None

    @property
    def formula(self) -> str | None:
        """What must be true."""
        return self._formula(0, "custom")

    @property
    def source(self) -> str | None:
        """The list: texts with commas, or a formula for where they stand."""
        return self._formula(0, "list")

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether the list is offered in the cell."""
        found = self._read()
        return found["ShowList"] != NOT_SHOWN if found["type"] == "LIST" else None

    @property
    def ignore_blank(self) -> bool | None:
        """Whether a blank is allowed."""
        found: bool | None = self._of("IgnoreBlankCells")
        return found

    @property
    def input_title(self) -> str | None:
        """Heading of the help."""
        found: str | None = self._of("InputTitle")
        return found

    @property
    def input_message(self) -> str | None:
        """The help that is shown beside the cell."""
        found: str | None = self._of("InputMessage")
        return found

    @property
    def show_input(self) -> bool | None:
        """Whether the help is shown."""
        found: bool | None = self._of("ShowInputMessage")
        return found

    @property
    def error_title(self) -> str | None:
        """Heading of what is said of a wrong entry."""
        found: str | None = self._of("ErrorTitle")
        return found

    @property
    def error_message(self) -> str | None:
        """What is said of a wrong entry."""
        found: str | None = self._of("ErrorMessage")
        return found

    @property
    def show_error(self) -> bool | None:
        """Whether a wrong entry is spoken of at all."""
        found: bool | None = self._of("ShowErrorMessage")
        return found

    @property
    def alert_style(self) -> str | None:
        """Whether a wrong entry is stopped or only remarked on."""
        return ALERTS.get(self._of("alert") or "")

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow what is in a list: texts, a range or a name."""
        if isinstance(source, Place):
            formula = f"={quoted(source.sheet.name)}!{source.address}"
        elif isinstance(source, base_classes.Name):
            formula = f"={source.name}"
        else:
            texts = [str(text).replace('"', '""') for text in source]
            formula = ";".join(f'"{text}"' for text in texts)
        self._set("list", "EQUAL", [formula], ShowList=SHOWN if in_cell_dropdown else NOT_SHOWN)

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str, formula2: str | None
    ) -> None:
        """Allow what compares so, or what makes a formula true."""
        formulas = [formula1] if formula2 is None else [formula1, formula2]
        self._set(rule_type, OPERATIONS[operator] if operator else "FORMULA", formulas)

    def _set(self, type_: str, operator: str, formulas: list[str], **values: Any) -> None:
        now = self.type
        if now in ("mixed_criteria", "inconsistent"):
            raise XlwingsError("The cells have different rules: delete them first.")
        settings = values if now != "none" else FRESH | values
        self.parent.remote.block(
            "validation.write",
            self.parent.doc,
            KINDS[type_],
            operator,
            formulas,
            list(settings.items()),
        )

    def delete(self) -> None:
        """Allow everything again."""
        blank = [
            (name, "") for name in ("InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage")
        ]
        off = [("ShowInputMessage", False), ("ShowErrorMessage", False)]
        self.parent.remote.block(
            "validation.write", self.parent.doc, "ANY", "NONE", ["", ""], blank + off
        )
