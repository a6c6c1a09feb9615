"""What the process that reads other people's files may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLimits:
    """Far above what the largest register needs; far below what hurts a computer."""

    seconds: int = 120  # from start to answer, and of the processor
    memory: int = 2_000_000_000  # bytes of address space
    files: int = 32  # open at once
    written: int = 100_000  # bytes in a file: its answer, and nothing else
    differences: int = 3  # named in the sentence


LIMITS = DoorLimits()
