"""Charts."""

from typing import Any


class Charts:
    """The charts of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
