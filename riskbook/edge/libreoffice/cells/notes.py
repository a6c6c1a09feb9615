"""Notes on cells.

LibreOffice knows plain notes only; Excel's threaded comments with replies it does not.
"""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import Box
from riskbook.edge.libreoffice.cells.place import Place
from riskbook.edge.libreoffice.line.wire import Remote, Struct

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.cells.range import Range
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

NO_THREADS = "LibreOffice has no threaded comments; use a note: `cell.add_note(text)`."


class Note(base_classes.Note):
    """A note on a cell."""

    def __init__(self, sheet: "Sheet", remote: Remote) -> None:
        self.sheet, self.remote = sheet, remote

    @property
    def api(self) -> Remote:
        """LibreOffice's annotation."""
        return self.remote

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.remote["String"])

    @text.setter
    def text(self, value: str) -> None:
        self.remote("setString", value)

    @property
    def author(self) -> str:
        """Who wrote it, as far as the file tells."""
        return str(self.remote["Author"])

    @property
    def location(self) -> "Range":
        """Its cell."""
        place = self.remote["Position"]
        return self.sheet.box(Box(place["Row"] + 1, place["Column"] + 1))

    def delete(self) -> None:
        """Take it off its cell."""
        notes, wanted = self.sheet.remote["Annotations"], self.remote["Position"]
        for index in range(notes["Count"]):
            place = notes("getByIndex", index)["Position"]
            if place.fields == wanted.fields:
                notes("removeByIndex", index)
                return


def notes_of(sheet: "Sheet") -> list[Note]:
    """Every note of a sheet, row by row."""
    notes = sheet.remote["Annotations"]
    found = [Note(sheet, notes("getByIndex", index)) for index in range(notes["Count"])]
    return sorted(found, key=lambda note: (note.location.row, note.location.column))


def note_at(range_: Place) -> Note | None:
    """The note of a range's first cell."""
    cell = range_.remote("getCellByPosition", 0, 0)
    found = cell["Annotation"]
    return Note(range_.sheet, found) if found["String"] else None


def add_note(range_: Place, text: str) -> Note:
    """A new note on a range's first cell."""
    at = range_.remote["RangeAddress"]
    fields = {"Sheet": at["Sheet"], "Column": at["StartColumn"], "Row": at["StartRow"]}
    place = Struct("com.sun.star.table.CellAddress", fields)
    range_.sheet.remote["Annotations"]("insertNew", place, text)
    return Note(range_.sheet, range_.remote("getCellByPosition", 0, 0)["Annotation"])


class Commented(Place):
    """What is asked of a range about comments."""

    @property
    def comment(self) -> Any:
        """Threaded comments: there are none."""
        raise NotImplementedError(NO_THREADS)

    def add_comment(self, text: str) -> Any:
        """Threaded comments: there are none."""
        raise NotImplementedError(NO_THREADS)


class Threads(base_classes.Sheet):
    """What is asked of a sheet about comments."""

    @property
    def comments(self) -> Any:
        """Threaded comments: there are none."""
        raise NotImplementedError(NO_THREADS)
