"""Colours: xlwings' and LibreOffice's.

::

    (255, 0, 0)   "#ff0000"   255 (as Excel counts: 0xBBGGRR)   <->   0xFF0000; -1 is none
"""

from collections.abc import Sequence

NONE = -1

Colour = Sequence[int] | int | str


def to_office(value: Colour | None) -> int:
    """LibreOffice's number of a colour.

    Raises:
        ValueError: a colour that is none.
    """
    if value is None:
        return NONE
    if isinstance(value, str):
        digits = value.removeprefix("#")
        if len(digits) != 6:
            raise ValueError(f"{value!r} is no colour: write it as '#ff0000'")
        return int(digits, 16)
    if isinstance(value, int):
        return (value & 0xFF) << 16 | value & 0xFF00 | value >> 16 & 0xFF
    red, green, blue = (int(part) for part in value)
    return red << 16 | green << 8 | blue


def from_office(number: int | None) -> tuple[int, int, int] | None:
    """Red, green and blue; None for no colour and for several."""
    if number is None or number < 0:
        return None
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF
