"""Limits that a process on Linux or macOS sets for itself, before it reads anything.

They cannot be raised again: soft and hard are the same.
"""

import sys
from contextlib import suppress

from riskbook.edge.door.limits import DoorLimits


def fence(limits: DoorLimits) -> None:
    """Bound memory, processor time, open files and what may be written; no core dumps.

    A core dump would leave the register's entries in a file that nobody looks after.
    """
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_AS, limits.memory),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS refuses a bound on address space
            resource.setrlimit(kind, (bound, bound))
