"""Shapes."""

from typing import Any


class Shapes:
    """The shapes of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet


class Pictures(Shapes):
    """The pictures of a sheet."""
