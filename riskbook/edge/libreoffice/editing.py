"""Cells moved, copied, sorted and found."""


class Editing:
    """What a range does with its cells."""
