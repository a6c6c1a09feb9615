"""Rows and columns: widths, heights, merged and hidden cells."""


class Layout:
    """How large a range is."""
