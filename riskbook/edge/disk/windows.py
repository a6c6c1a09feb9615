r"""What Windows does differently with a file, and why; its twin is ``posix``.

Everything that riskbook's saving knows about Windows is here, and nowhere else:

- **A rename is refused while anybody has the file open**: Excel, Microsoft Defender, OneDrive,
  the preview of Explorer.  Scanners let go within a second or two, so it is tried again a few
  times; then the holder is asked of the Restart Manager and named.  The old file is never
  written over in place instead: that is how half a file comes about.
- **A new file has the folder's access list**, not the old file's, and no mark of the web
  (the stream ``Zone.Identifier``).  Both are copied before the rename.  ``ReplaceFile``
  would keep them, but may leave the file under no name at all when it fails half way.
- **A folder cannot be flushed**: NTFS writes its journal itself.
- **Some names stand for devices** (``CON``, ``LPT1.xlsx``), and a dot or space at the end of
  a name is dropped without a word, so another file would be written.
- **A path has 260 characters** unless it begins with ``\\?\``.
- **Errors have numbers of their own**, of which Python keeps few apart.

Written from Microsoft's documentation and tried on Linux with stand-ins for Windows' own
functions (``tests/edge/test_saving_windows.py``).  It has not run on Windows.
"""

import ctypes
import ntpath
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from riskbook.edge.disk.naming import is_reserved, shown
from riskbook.errors import SavingError

WAITS: Sequence[float] = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds before each further try
LONG = 200  # characters; what we put beside the file is longer than its name, up to 260
ZONE = ":Zone.Identifier"
_DACL = 4  # DACL_SECURITY_INFORMATION
_QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_MOST = 16  # holders that are asked for

# Source: Microsoft, System Error Codes.
_REASONS = {
    **dict.fromkeys((39, 112, 1295), "full"),
    **dict.fromkeys((5, 19, 32, 33, 1224), "forbidden"),
    **dict.fromkeys((15, 21, 31, 51, 53, 54, 55, 59, 64, 65, 67, 121), "gone"),
    **dict.fromkeys((1006, 1110, 1112, 1167, 1231, 1232, 1236), "gone"),
    **dict.fromkeys((111, 206), "long"),
}


def library(name: str) -> Any:
    """One of Windows' own libraries; a test puts another in its place."""
    return vars(ctypes)["WinDLL"](name)


def real(path: Path) -> Path:
    """The file itself, where the path is a link to it, under a name of any length."""
    return Path(reachable(os.path.realpath(path)))


def reachable(path: str) -> str:
    r"""A long absolute path as Windows takes it: ``\\?\C:\...``, ``\\?\UNC\server\...``."""
    if len(path) < LONG or path.startswith("\\\\?\\"):
        return path
    whole = ntpath.normpath(path)
    return f"\\\\?\\UNC{whole[1:]}" if whole.startswith("\\\\") else f"\\\\?\\{whole}"


def refuse_name(name: str) -> None:
    """Fail for a name that Windows would take for something else.

    Raises:
        SavingError: it stands for a device, or ends in a dot or a space.
    """
    if is_reserved(name):
        raise SavingError(
            f"{shown(name)} is a name that Windows keeps for itself.",
            fix="choose a name without a colon, a dot or space at its end, and not one such as "
            "CON, NUL or LPT1.",
        )


def refuse_folder(folder: Path, name: str) -> None:
    """Nothing to see beforehand: Read-only on a folder means something else on Windows."""


def flush(handle: int) -> None:
    """Write a file down to the disk."""
    os.fsync(handle)


def dress(old: Path, new: Path) -> None:
    """Give a new file the old one's access list, its mark of the web, and Read-only."""
    with suppress(OSError):  # a drive without access lists
        _copy_access(str(old), str(new))
    try:
        zone = Path(f"{old}{ZONE}").read_bytes()
    except OSError:  # it has none, as most files
        zone = b""
    if zone:
        Path(f"{new}{ZONE}").write_bytes(zone)
    os.chmod(new, old.stat().st_mode)


def _copy_access(old: str, new: str) -> None:
    security = library("advapi32")
    needed = ctypes.c_uint32(0)
    security.GetFileSecurityW(old, _DACL, None, 0, ctypes.byref(needed))
    buffer = ctypes.create_string_buffer(needed.value)
    if not security.GetFileSecurityW(old, _DACL, buffer, needed, ctypes.byref(needed)):
        raise OSError("its access list cannot be read")
    if not security.SetFileSecurityW(new, _DACL, buffer):
        raise OSError("its access list cannot be kept")


def replace(temporary: Path, file: Path) -> None:
    """Give a file its name, over the old one; others may hold it for a moment.

    Raises:
        SavingError: somebody holds it for longer, and is named.
        PermissionError: likewise, and nobody knows who.
    """
    for wait in WAITS:
        try:
            os.replace(temporary, file)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    try:
        os.replace(temporary, file)
    except PermissionError as error:
        held_by = holders(file)
        if not held_by:
            raise
        raise SavingError(
            f"{shown(file.name)} is held by {', '.join(held_by)}.",
            fix="close it there and try again.",
        ) from error


def place_new(temporary: Path, file: Path) -> None:
    """Give a file its name; Windows never takes the name from another file by this.

    Raises:
        FileExistsError: the name is taken.
    """
    os.rename(temporary, file)


def settle(folder: Path) -> None:
    """Nothing to do: a folder cannot be opened to be flushed."""


def is_alive(pid: int) -> bool:
    """Ask by a handle: ``os.kill(pid, 0)`` would press Ctrl+C there."""
    kernel = library("kernel32")
    handle = kernel.OpenProcess(_QUERY, False, pid)
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)


def reason(error: OSError) -> str:
    """Which kind of error it is, by Windows' own number; empty where it has none of these."""
    return _REASONS.get(getattr(error, "winerror", None) or 0, "")


class _Process(ctypes.Structure):
    """RM_PROCESS_INFO. Source: Microsoft, Restart Manager structures."""

    _fields_ = (
        ("pid", ctypes.c_uint32),
        ("started", ctypes.c_uint32 * 2),
        ("name", ctypes.c_wchar * 256),
        ("service", ctypes.c_wchar * 64),
        ("kind", ctypes.c_int),
        ("status", ctypes.c_uint32),
        ("session", ctypes.c_uint32),
        ("restartable", ctypes.c_int),
    )


def holders(file: Path) -> tuple[str, ...]:
    """The programs that have a file open, as the Restart Manager knows them: its only use.

    Nothing is closed or restarted.  Empty where it is not known, as on a network drive.
    """
    try:
        manager = library("rstrtmgr")
    except OSError:
        return ()
    session, key = ctypes.c_uint32(0), ctypes.create_unicode_buffer(33)
    if manager.RmStartSession(ctypes.byref(session), 0, key):
        return ()
    try:
        return _listed(manager, session, str(file))
    finally:
        manager.RmEndSession(session)


def _listed(manager: Any, session: Any, file: str) -> tuple[str, ...]:
    names = (ctypes.c_wchar_p * 1)(file)
    if manager.RmRegisterResources(session, 1, names, 0, None, 0, None):
        return ()
    needed, found = ctypes.c_uint32(0), ctypes.c_uint32(_MOST)
    processes, why = (_Process * _MOST)(), ctypes.c_uint32(0)
    references = (ctypes.byref(each) for each in (needed, found))
    if manager.RmGetList(session, *references, processes, ctypes.byref(why)):
        return ()
    told = (f"{each.name} (process {each.pid})" for each in processes[: found.value])
    return tuple(dict.fromkeys(shown(each) for each in told))
