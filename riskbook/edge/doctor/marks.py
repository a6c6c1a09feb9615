"""The mark that says a file came from somewhere else.

::

    Windows   the stream  FILE:Zone.Identifier     [ZoneTransfer] ZoneId=3
    Mac       the attribute  com.apple.quarantine
    others    the attribute  user.xdg.origin.url

Only that there is a mark is said, never the address in it.
"""

import ctypes
import os
import re
import sys

from riskbook.edge.doctor.facts import MAC, WINDOWS
from riskbook.edge.doctor.windows import zone_of

_ZONES = {"3": "the internet", "4": "a place that is not trusted"}
_QUARANTINE, _ORIGIN = "com.apple.quarantine", "user.xdg.origin.url"


def mark_of(path: str, system: str = sys.platform) -> str:
    """What the mark of a file is called; empty without one."""
    if system == WINDOWS:
        return zone(zone_of(path))
    if system == MAC:
        return _QUARANTINE if _has_attribute_on_mac(path, _QUARANTINE) else ""
    return _ORIGIN if _has_attribute(path, _ORIGIN) else ""


def zone(stream: bytes) -> str:
    """Read the stream of Windows: zones 0 to 2 are this PC, the intranet and trusted sites."""
    text = stream.decode("utf-8", "replace")
    found = re.search(r"^\s*ZoneId\s*=\s*(\d+)", text, re.MULTILINE | re.IGNORECASE)
    where = _ZONES.get(found[1]) if found else None
    return f"Zone.Identifier, from {where}" if where else ""


def _has_attribute(path: str, name: str) -> bool:
    read = getattr(os, "getxattr", None)  # Python has it on Linux only
    if read is None:
        return False
    try:
        read(path, name)
    except OSError:  # there is none, or the disk keeps none
        return False
    return True


def _has_attribute_on_mac(path: str, name: str) -> bool:
    library = ctypes.CDLL(None, use_errno=True)
    library.getxattr.restype = ctypes.c_ssize_t
    library.getxattr.argtypes = [
        *(ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p),
        *(ctypes.c_size_t, ctypes.c_uint32, ctypes.c_int),
    ]
    size: int = library.getxattr(os.fsencode(path), name.encode("ascii"), None, 0, 0, 0)
    return size >= 0
