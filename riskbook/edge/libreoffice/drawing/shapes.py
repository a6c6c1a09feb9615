"""The shapes of a sheet, and how any of its pictures or charts is found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.drawing.drawn import Drawn, kind_of
from riskbook.edge.libreoffice.drawing.shape import Shape
from riskbook.edge.libreoffice.line.wire import Remote

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

NOTE = "CaptionShape"  # what shows a note: a note is no shape


class Drawings(base_classes.Collection):
    """Things that are drawn on a sheet, in the order in which they lie on each other."""

    make: type[Drawn] = Shape
    kinds: tuple[str, ...] = ()  # none: all

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    @property
    def api(self) -> Remote:
        """LibreOffice's drawing page."""
        page: Remote = self.sheet.remote["DrawPage"]
        return page

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self.sheet

    def _all(self) -> list[Any]:
        page, found = self.api, []
        for index in range(page["Count"]):
            remote = page("getByIndex", index)
            note = str(remote["ShapeType"]).endswith(NOTE)
            if not note and (not self.kinds or kind_of(remote) in self.kinds):
                found.append(self.make(self.sheet, remote))
        return found

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __call__(self, key: int | str) -> Any:
        """The one at a place, from 1, or of a name."""
        found = self._all()
        if isinstance(key, int) and 1 <= key <= len(found):
            return found[key - 1]
        for each in found:
            if each.name == key:
                return each
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        found = self._all()
        if isinstance(key, int):
            return 1 <= key <= len(found)
        return any(each.name == key for each in found)


class Shapes(Drawings):
    """Everything that is drawn on a sheet."""
