"""What a file holds, in the parts in which it is searched."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias


class UnreadableError(Exception):
    """A file is not what it begins as; inside another it is searched as bytes."""


def named(*lines: str) -> frozenset[str]:
    """The words of some lines, as a set of names."""
    return frozenset(name for line in lines for name in line.split())


class Part(NamedTuple):
    """Some texts of one place in a file.

    ``units`` are texts that people read, each the whole of a cell, a paragraph or a
    property; the letters of one may run on into the next.  ``loose`` are other texts
    (formulas, addresses, bytes), in which only long secrets can be recognised.
    """

    place: str  # as a message names it
    units: tuple[str, ...]
    loose: tuple[str, ...] = ()


# the bytes of a file, its place, how many files it is inside of -> its parts
Reading: TypeAlias = Callable[[bytes, str, int], Iterator[Part]]
