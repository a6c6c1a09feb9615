"""Formats that depend on what cells hold.

::

    rule = range.conditional_formats.add_cell_value("greater_than", 10, fill_color="#ff0000")

A rule lives in LibreOffice's cells and is looked up there by what it says.  The first rule
that is met decides: LibreOffice always stops at it.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells import colours
from riskbook.edge.libreoffice.line.wire import OfficeError, Refused

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.place import Place
    from riskbook.edge.libreoffice.line.wire import Remote

STYLED = ("cell_value", "custom")
DRAWN = ("color_scale", "data_bar", "icon_set")
LOOK = ("fill_color", "font_color", "font_bold", "font_italic")
# LibreOffice draws them, but tells nobody which of them it is
UNNAMED = ("3_stars", "3_triangles", "5_boxes")
Rule = dict[str, Any]


class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule."""

    def __init__(self, parent: "Place", rule: Rule) -> None:
        self.parent, self.rule = parent, rule

    @property
    def api(self) -> "Remote":
        """LibreOffice's formats of the sheet."""
        formats: Remote = self.parent.sheet.remote["ConditionalFormats"]
        return formats

    @property
    def type(self) -> str:
        """What kind of rule it is."""
        return str(self.rule["type"])

    @property
    def stop_if_true(self) -> bool | None:
        """Always true of rules with a look, as LibreOffice stops at the first that is met."""
        return None if self.type in DRAWN else True

    @property
    def operator(self) -> str | None:
        """How the cell's value is compared."""
        return self.rule.get("operator") if self.type == "cell_value" else None

    def _formula(self, place: int, type_: str) -> str | None:
        found: list[str] = self.rule.get("formulas", [])
        return found[place] if self.type == type_ and len(found) > place else None

    @property
    def formula1(self) -> str | None:
        """With what it is compared."""
        return self._formula(0, "cell_value")

    @property
    def formula2(self) -> str | None:
        """The other end of what it lies between."""
        return self._formula(1, "cell_value")

    @property
    def formula(self) -> str | None:
        """What must be true."""
        return self._formula(0, "custom")

    def _look(self, part: str) -> Any:
        return self.rule["look"][LOOK.index(part)] if self.type in STYLED else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """The fill that it gives."""
        return colours.from_office(self._look("fill_color"))

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        """The colour that it gives the letters."""
        return colours.from_office(self._look("font_color"))

    @property
    def font_bold(self) -> bool | None:
        """Whether it makes the letters bold; None if it leaves them."""
        found: bool | None = self._look("font_bold")
        return found

    @property
    def font_italic(self) -> bool | None:
        """Whether it slants the letters; None if it leaves them."""
        found: bool | None = self._look("font_italic")
        return found

    @property
    def colors(self) -> tuple[tuple[int, int, int] | None, ...] | None:
        """The colours of a scale, of the least first."""
        if self.type != "color_scale":
            return None
        return tuple(colours.from_office(number) for number in self.rule["colors"])

    @property
    def bar_color(self) -> tuple[int, int, int] | None:
        """The colour of the bars."""
        return colours.from_office(self.rule.get("bar_color"))

    @property
    def gradient(self) -> bool | None:
        """Whether the bars fade."""
        return self.rule.get("gradient")

    @property
    def show_value(self) -> bool | None:
        """Whether the value stands beside the bar or the icon."""
        return self.rule.get("show_value")

    @property
    def icon_set(self) -> str | None:
        """The name of the icons."""
        return self.rule.get("icon_set")

    @property
    def reverse_order(self) -> bool | None:
        """Whether the icons go from the most to the least."""
        return self.rule.get("reverse_order")

    @property
    def threshold_types(self) -> tuple[str, ...] | None:
        """What each limit is counted in."""
        found = self.rule.get("threshold_types")
        return None if found is None else tuple(found)

    @property
    def thresholds(self) -> tuple[int | float | str | None, ...] | None:
        """The limits."""
        found = self.rule.get("thresholds")
        return None if found is None else tuple(found)

    def set(self, changes: dict[str, Any]) -> None:
        """Change some of it."""
        if changes.get("stop_if_true") is False:
            raise NotImplementedError("LibreOffice always stops at the first rule that is met.")
        now: Rule = {
            "operator": self.operator,
            "formula": self.formula,
            "formula1": self.formula1,
            "formula2": self.formula2,
        }
        spec = styled(self.type, now | changes)
        spec["look"] = [
            look if name in changes else old
            for name, look, old in zip(LOOK, spec["look"], self.rule["look"], strict=True)
        ]
        self._change(spec)

    def delete(self) -> None:
        """Take it away, wherever it lies."""
        self._change(None)

    def _change(self, spec: Rule | None) -> None:
        before = ConditionalFormats(self.parent).rules()
        new = "" if spec is None else json.dumps(spec)
        _ask(self.parent, "conditions.change", json.dumps(self.rule), new)
        if spec is not None:
            after = ConditionalFormats(self.parent).rules()
            self.rule = next((rule for rule in after if rule not in before), after[0])


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that lie over a range, the first first."""

    def __init__(self, parent: "Place") -> None:
        self.range = parent

    @property
    def api(self) -> "Remote":
        """LibreOffice's formats of the sheet."""
        formats: Remote = self.range.sheet.remote["ConditionalFormats"]
        return formats

    @property
    def parent(self) -> "Place":
        """The range."""
        return self.range

    def rules(self) -> list[Rule]:
        """What they say."""
        found: list[Rule] = self.range.remote.block("conditions.read", self.range.doc)
        return found

    def __call__(self, key: int) -> ConditionalFormat:
        """The rule at a place, from 1."""
        rules = self.rules()
        if not isinstance(key, int) or not 1 <= key <= len(rules):
            raise KeyError(key)
        return ConditionalFormat(self.range, rules[key - 1])

    def __len__(self) -> int:
        return len(self.rules())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return (ConditionalFormat(self.range, rule) for rule in self.rules())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def _add(self, spec: Rule) -> ConditionalFormat:
        before = self.rules()
        _ask(self.range, "conditions.add", json.dumps(spec))
        after = self.rules()
        mine = next((rule for rule in after if rule not in before), None)
        same = (rule for rule in after if rule["type"] == spec["type"])
        return ConditionalFormat(self.range, mine or next(same))

    def add_cell_value(self, spec: Rule) -> ConditionalFormat:
        """Compare each cell's value."""
        return self._add(styled("cell_value", spec))

    def add_custom(self, spec: Rule) -> ConditionalFormat:
        """Ask a formula, written for the first cell."""
        return self._add(styled("custom", spec))

    def add_color_scale(self, spec: Rule) -> ConditionalFormat:
        """Colour each cell by where its value stands."""
        colors = [colours.to_office(colour) for colour in spec["colors"]]
        return self._add({**spec, "type": "color_scale", "colors": colors})

    def add_data_bar(self, spec: Rule) -> ConditionalFormat:
        """Draw a bar in each cell."""
        colour = colours.to_office(spec["bar_color"])
        return self._add({**spec, "type": "data_bar", "bar_color": colour})

    def add_icon_set(self, spec: Rule) -> ConditionalFormat:
        """Draw an icon in each cell."""
        if spec["icon_set"] in UNNAMED:
            raise NotImplementedError(f"LibreOffice cannot keep the icons {spec['icon_set']!r}.")
        return self._add({**spec, "type": "icon_set"})

    def clear(self) -> None:
        """Take all of them away from these cells."""
        self.range.remote.block("conditions.clear")


def styled(type_: str, spec: Rule) -> Rule:
    """A rule with a look, as the helper takes it."""
    texts = [spec["formula"]] if type_ == "custom" else [spec["formula1"], spec.get("formula2")]
    fill, letters = (spec.get(name) for name in LOOK[:2])
    return {
        "type": type_,
        "operator": spec.get("operator"),
        "formulas": [text for text in texts if text is not None],
        "look": [
            None if fill is None else colours.to_office(fill),
            None if letters is None else colours.to_office(letters),
            spec.get("font_bold"),
            spec.get("font_italic"),
        ],
    }


def _ask(place: "Place", operation: str, *args: Any) -> None:
    try:
        place.remote.block(operation, place.doc, *args)
    except Refused as error:
        if error.kind == "NotImplementedError":
            raise NotImplementedError(error.text) from None
        if error.kind == "LookupError":
            raise OfficeError(
                "The rule is not there any more.", fix="read conditional_formats again."
            ) from None
        raise
