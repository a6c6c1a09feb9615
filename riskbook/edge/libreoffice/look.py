"""How cells look."""


class Look:
    """How a range looks."""
