"""Rules over cells."""

from typing import Any


class DataValidation:
    """What may be typed."""

    def __init__(self, range_: Any) -> None:
        self.range = range_


class ConditionalFormats(DataValidation):
    """Formats by rule."""


class AutoFilter(DataValidation):
    """Filters."""
