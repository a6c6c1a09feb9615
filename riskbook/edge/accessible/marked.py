"""The tables that a worksheet marks up: where they lie, and what their mark-up says."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from riskbook.core.grid import column_number
from riskbook.edge.xlsx.package import Package

AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked up table: its area, headings as its mark-up has them, and what it shows."""

    name: str
    top: int
    left: int
    bottom: int
    right: int
    headings: tuple[str, ...]
    header: bool  # whether its first row is tagged as headings
    filters: bool
    striped: bool

    @property
    def first(self) -> int:
        """The first row below the headings."""
        return self.top + int(self.header)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def marked(package: Package, part: str, root: Element) -> Iterator[Marked]:
    """The tables that a sheet names; one that only lies beside it is not marked up."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    targets = (
        {item.get("Id"): item.get("Target", "") for item in fromstring(package.part(relations))}
        if relations in package
        else {}
    )
    for named in root.iterfind("{*}tableParts/{*}tablePart"):
        for key, value in named.attrib.items():
            if key.endswith("}id") and value in targets:
                path = posixpath.join("/", folder, targets[value])
                yield _table(package, posixpath.normpath(path).lstrip("/"))


def _table(package: Package, part: str) -> Marked:
    root = fromstring(package.part(part))
    found = AREA.fullmatch(root.get("ref", "A1"))
    left, top, right, bottom = found.groups() if found else ("A", "1", None, None)
    style = root.find("{*}tableStyleInfo")
    shown = style is not None and style.get("name") not in (None, "None")
    stripes = style is not None and "1" in (
        style.get("showRowStripes", "0"),
        style.get("showColumnStripes", "0"),
    )
    columns = root.iterfind("{*}tableColumns/{*}tableColumn")
    return Marked(
        name=root.get("displayName", root.get("name", "")),
        top=int(top),
        left=column_number(left),
        bottom=int(bottom or top),
        right=column_number(right or left),
        headings=tuple(column.get("name", "") for column in columns),
        header=root.get("headerRowCount", "1") != "0",
        filters=root.find("{*}autoFilter") is not None,
        striped=shown and stripes,
    )
