"""Tables."""

from typing import Any


class Table:
    """A table."""

    name = ""

    def part(self, text: str) -> Any:
        """A part of it."""


class Tables:
    """The tables of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def __iter__(self) -> Any:
        return iter(())


def table_at(range_: Any) -> Table | None:
    """The table around a cell."""
    return None
