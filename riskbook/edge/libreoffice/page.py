"""Print set-up and frozen panes."""

from typing import Any


class FreezePanes:
    """Frozen rows and columns."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet


class PageSetup(FreezePanes):
    """How a sheet is printed."""


def gridlines(sheet: Any, show: bool | None = None) -> bool:
    """Whether gridlines are shown."""
    return True
