"""Limits for a process on Windows: a job object, set from outside before it is fed.

Windows has no limits that a process sets for itself.  A job bounds memory and processor time,
ends everything in it when its handle is closed (even if riskbook itself is killed), and shows no
window when something crashes.  Two processes are allowed: in a virtual environment python.exe
starts the real one.  Files that it may open or write are not bounded: jobs have no such limit.

Written from Microsoft's documentation of JOBOBJECT_EXTENDED_LIMIT_INFORMATION and tried with a
stand-in for kernel32 only: nobody has run it on a Windows computer yet.
"""

import ctypes
from typing import Any

from riskbook.edge.door.limits import DoorLimits

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _ACTIVE_PROCESSES = 0x2, 0x8
_PROCESS_MEMORY, _JOB_MEMORY = 0x100, 0x200
_DIE_QUIETLY, _KILL_ON_CLOSE = 0x400, 0x2000
_FLAGS = (
    _PROCESS_TIME
    | _ACTIVE_PROCESSES
    | _PROCESS_MEMORY
    | _JOB_MEMORY
    | _DIE_QUIETLY
    | _KILL_ON_CLOSE
)
_TICKS = 10_000_000  # of 100 ns, in a second


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def kernel() -> Any:
    """Windows' own kernel32, with handles as wide as they are."""
    library = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    library.CreateJobObjectW.restype = ctypes.c_void_p
    library.SetInformationJobObject.argtypes = (
        *(ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32),
    )
    library.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    library.CloseHandle.argtypes = (ctypes.c_void_p,)
    return library


def fence(library: Any, process: int, limits: DoorLimits) -> int | None:
    """Put a process into a job of its own.

    Returns:
        The job's handle, for :func:`end`; None where Windows gave none (a policy may forbid
        jobs in jobs): then time alone is bounded, from outside.
    """
    job = library.CreateJobObjectW(None, None)
    if not job:
        return None
    told = Limits()
    told.basic.flags = _FLAGS
    told.basic.process_time = limits.seconds * _TICKS
    told.basic.active_processes = 2
    told.process_memory = told.job_memory = limits.memory
    size = ctypes.sizeof(told)
    if not (
        library.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(told), size)
        and library.AssignProcessToJobObject(job, process)
    ):
        library.CloseHandle(job)
        return None
    return int(job)


def end(library: Any, job: int | None) -> None:
    """Close the job, which ends whatever is still in it."""
    if job is not None:
        library.CloseHandle(job)
