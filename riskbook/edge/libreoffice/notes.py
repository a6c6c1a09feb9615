"""Notes on cells."""

from typing import Any


class Note:
    """A note."""


def notes_of(sheet: Any) -> list[Note]:
    """Every note of a sheet."""
    return []


def note_at(range_: Any) -> Note | None:
    """The note of a cell."""
    return None


def add_note(range_: Any, text: str) -> Note:
    """A new note."""
    raise NotImplementedError
