"""What the process that reads other people's files may use.

Far above what the largest register needs; far below what hurts a computer.  How long it may
take and how much memory, IT may set: :mod:`riskbook.edge.gate.limits`.
"""

from dataclasses import dataclass

from riskbook.edge import gate


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLimits:
    """What one process may use."""

    seconds: int = gate.LIMITS.seconds  # from start to answer, and of the processor
    memory: int = gate.LIMITS.memory  # bytes of address space
    files: int = 32  # open at once
    written: int = 100_000  # bytes in a file: its answer, and nothing else
    differences: int = 3  # named in the sentence


LIMITS = DoorLimits()


def installed() -> DoorLimits:
    """The limits of this installation.

    Raises:
        RiskbookError: its file of limits is wrong.
    """
    found = gate.installed()
    return DoorLimits(seconds=found.seconds, memory=found.memory)
