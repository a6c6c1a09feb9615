"""Filters: which rows of a block are shown.

::

    range.autofilter.apply_values(2, ["Treat", "Tolerate"])       fields count from 1

LibreOffice keeps the conditions with a database range: a table's own, or the one range of a
sheet that needs no name.  A single text that a column must equal and a list of one text are
the same to it, and read as the list.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells import values
from riskbook.edge.libreoffice.cells.place import box_of
from riskbook.edge.libreoffice.line.wire import Enum, Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.place import Place

# com.sun.star.sheet.FilterOperator2
EMPTY, NOT_EMPTY, EQUAL, NOT_EQUAL = range(4)
COMPARISONS = {
    "equal_to": EQUAL,
    "not_equal_to": NOT_EQUAL,
    "greater_than": 4,
    "greater_than_or_equal": 5,
    "less_than": 6,
    "less_than_or_equal": 7,
}
NAMES = {number: name for name, number in COMPARISONS.items()}
ENDS = {8: "top_items", 9: "top_percent", 10: "bottom_items", 11: "bottom_percent"}
NUMBERS = {name: number for number, name in ENDS.items()}
NUMERIC, TEXT = 0, 1  # com.sun.star.sheet.FilterFieldType
_SHEET = "com.sun.star.sheet."


class AutoFilter(base_classes.AutoFilter):
    """The filter over a range whose first row holds the headings."""

    def __init__(self, parent: "Place") -> None:
        self.parent = parent

    @property
    def _unnamed(self) -> Remote:
        found: Remote = self.parent.doc("getPropertyValue", "UnnamedDatabaseRanges")
        return found

    def _database(self) -> Remote | None:
        """The database range that lies exactly here, None if there is none."""
        named = self.parent.doc["DatabaseRanges"]
        sheet = self.parent.sheet.index - 1
        for name in named["ElementNames"]:
            found: Remote = named("getByName", name)
            if self._lies_here(found, sheet):
                return found
        if self._unnamed("hasByTable", sheet):
            found = self._unnamed("getByTable", sheet)
            if self._lies_here(found, sheet):
                return found
        return None

    def _lies_here(self, database: Remote, sheet: int) -> bool:
        area = database["DataArea"]
        return bool(area["Sheet"] == sheet) and box_of(area) == self.parent.place

    def _made(self) -> Remote:
        """The database range that lies exactly here, a new one if need be.

        Raises:
            ValueError: the sheet has a filter somewhere else.
        """
        found = self._database()
        if found is None:
            sheet = self.parent.sheet.index - 1
            unnamed = self._unnamed
            if unnamed("hasByTable", sheet) and unnamed("getByTable", sheet)["AutoFilter"]:
                raise ValueError("This worksheet already has an AutoFilter on a different range")
            unnamed("setByTable", self.parent.remote["RangeAddress"])
            found = unnamed("getByTable", sheet)
        found["AutoFilter"] = True
        return found

    def _fields(self, database: Remote | None) -> dict[int, list[Struct]]:
        """The conditions of each column that has some, by its number from 1."""
        by: dict[int, list[Struct]] = {}
        if database is not None and database["AutoFilter"]:
            for field in database("getFilterDescriptor")("getFilterFields3"):
                by.setdefault(field["Field"] + 1, []).append(_kept(field))
        return by

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What each column is filtered by."""
        fields = self._fields(self._database())
        count = self.parent.shape[1]
        return [_told(field, fields.get(field, [])) for field in range(1, count + 1)]

    def apply_values(self, field: int, values: list[str]) -> None:
        """Show the rows whose column shows one of some texts."""
        shown = [_text(value) for value in map(_whole, values)]
        self._apply(field, [_field(field, EQUAL, shown)])

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show the rows whose column compares so."""
        if operator == "between":
            self._apply(field, [_compared(field, 5, value1), _compared(field, 7, value2)])
        elif operator == "not_between":
            below, above = _compared(field, 6, value1), _compared(field, 4, value2)
            self._apply(field, [below, above.changed(Connection=_connection("OR"))])
        else:
            self._apply(field, [_compared(field, COMPARISONS[operator], value1)])

    def apply_top_items(self, field: int, count: int) -> None:
        """Show the rows with the greatest values."""
        self._apply(field, [_field(field, NUMBERS["top_items"], [_number(count)])])

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Show the rows with the least values."""
        self._apply(field, [_field(field, NUMBERS["bottom_items"], [_number(count)])])

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Show the part of the rows with the greatest values."""
        self._apply(field, [_field(field, NUMBERS["top_percent"], [_number(percent)])])

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        """Show the part of the rows with the least values."""
        self._apply(field, [_field(field, NUMBERS["bottom_percent"], [_number(percent)])])

    def clear(self, field: int | None) -> None:
        """Show all rows again, as far as one column or all of them hide them."""
        database = self._database()
        if database is None or not database["AutoFilter"]:
            return
        fields = {} if field is None else self._fields(database)
        fields.pop(field or 0, None)
        self._filter(database, fields)

    def _apply(self, field: int, conditions: list[Struct]) -> None:
        database = self._made()
        self._filter(database, self._fields(database) | {field: conditions})

    def _filter(self, database: Remote, fields: dict[int, list[Struct]]) -> None:
        either = any(_either(conditions) for conditions in fields.values())
        if either and len(fields) > 1:
            raise NotImplementedError(
                "LibreOffice cannot filter one column by 'not between' and another one as well."
            )
        if not fields:  # only this way are the rows shown again
            blank = self.parent.remote("createFilterDescriptor", True)
            blank["ContainsHeader"] = True
            self.parent.remote("filter", blank)
        told = database("getFilterDescriptor")
        told["ContainsHeader"] = True
        told("setFilterFields3", [part for each in fields.values() for part in each])
        if fields:
            database("refresh")


def _kept(field: Struct) -> Struct:
    """A condition as it can be set again.

    LibreOffice calls every value a number in its answers, and writes a word of its own for
    blanks into files; equal to an empty text means the same.
    """
    if field["Operator"] in (EMPTY, NOT_EMPTY):
        plain = EQUAL if field["Operator"] == EMPTY else NOT_EQUAL
        return field.changed(Operator=plain, Values=[_text("")])
    kinds = [NUMERIC if value["IsNumeric"] else TEXT for value in field["Values"]]
    pairs = zip(field["Values"], kinds, strict=True)
    return field.changed(Values=[value.changed(FilterType=kind) for value, kind in pairs])


def _told(field: int, conditions: list[Struct]) -> dict[str, Any]:
    """The conditions of a column as xlwings tells them."""
    told = base_classes.empty_autofilter_criteria(field)
    if not conditions:
        return told
    operators = [each["Operator"] for each in conditions]
    shown = [[value["StringValue"] for value in each["Values"]] for each in conditions]
    first = shown[0][0] if shown[0] else None
    if operators[0] in ENDS and len(operators) == 1 and first is not None:
        kind = ENDS[operators[0]]
        size = {"percent": float(first)} if "percent" in kind else {"count": int(float(first))}
        return told | {"type": kind} | size
    if operators == [EQUAL] and not conditions[0]["Values"][0]["IsNumeric"] and first != "":
        return told | {"type": "values", "values": shown[0]}
    operator = _operator(operators, _either(conditions))
    if operator is None:
        return told | {"type": "unknown"}
    second = shown[1][0] if len(shown) > 1 else None
    compared = {"type": "comparison", "operator": operator, "value2": second}
    return told | compared | {"value1": first or None}


def _operator(operators: list[int], either: bool) -> str | None:
    if len(operators) == 1:
        return NAMES.get(operators[0])
    if (either, operators) == (False, [5, 7]):
        return "between"
    return "not_between" if (either, operators) == (True, [6, 4]) else None


def _either(conditions: list[Struct]) -> bool:
    return any(each["Connection"] == _connection("OR") for each in conditions[1:])


def _connection(name: str) -> Enum:
    return Enum(_SHEET + "FilterConnection", name)


def _field(field: int, operator: int, wanted: list[Struct]) -> Struct:
    parts = {"Connection": _connection("AND"), "Field": field - 1, "Operator": operator}
    return Struct(_SHEET + "TableFilterField3", parts | {"Values": wanted})


def _compared(field: int, operator: int, value: Any) -> Struct:
    """A comparison with a number, a day, a text or (None) with a blank."""
    if value is None:
        return _field(field, operator, [_text("")])
    if isinstance(value, dict):
        read = date if value["type"] == "date" else datetime
        return _field(field, operator, [_number(values.serial(read.fromisoformat(value["value"])))])
    try:
        return _field(field, operator, [_number(float(value))])
    except ValueError:
        return _field(field, operator, [_text(value)])


def _whole(text: str) -> str:
    """``2.0`` as the cell shows it."""
    return text.removesuffix(".0") if text.removesuffix(".0").lstrip("-").isdigit() else text


def _text(text: str) -> Struct:
    parts = {"IsNumeric": False, "StringValue": text, "NumericValue": 0.0, "FilterType": TEXT}
    return Struct(_SHEET + "FilterFieldValue", parts)


def _number(number: float) -> Struct:
    parts = {"IsNumeric": True, "NumericValue": float(number), "FilterType": NUMERIC}
    return Struct(_SHEET + "FilterFieldValue", parts | {"StringValue": f"{number:g}"})
