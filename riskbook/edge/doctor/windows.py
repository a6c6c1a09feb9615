"""What only Windows can answer: its registry, its rights, its streams beside a file.

Everything here needs a module or a call that other systems do not have, and nothing else
does: what the answers mean is tested elsewhere with answers written down.
"""

import os
import sys

from riskbook.edge.doctor.facts import Policies

if sys.platform == "win32":
    import ctypes
    import winreg
    from collections.abc import Mapping
    from pathlib import Path

    from riskbook.edge.doctor import registry

    _HIVES = {
        registry.MACHINE: winreg.HKEY_LOCAL_MACHINE,
        registry.USER: winreg.HKEY_CURRENT_USER,
    }
    # the registry's own view of a 64-bit Windows, also from a 32-bit Python
    _READ = winreg.KEY_READ | winreg.KEY_WOW64_64KEY

    class _Registry:
        def values(self, hive: str, key: str) -> Mapping[str, registry.Value]:
            found: dict[str, registry.Value] = {}
            try:
                with winreg.OpenKey(_HIVES[hive], key, 0, _READ) as handle:
                    for place in range(winreg.QueryInfoKey(handle)[1]):
                        name, value, _ = winreg.EnumValue(handle, place)
                        if isinstance(value, str | int):
                            found[name.lower()] = value
            except FileNotFoundError:
                return {}
            return found

        def keys(self, hive: str, key: str) -> tuple[str, ...]:
            try:
                with winreg.OpenKey(_HIVES[hive], key, 0, _READ) as handle:
                    count = winreg.QueryInfoKey(handle)[0]
                    return tuple(winreg.EnumKey(handle, place) for place in range(count))
            except OSError:  # missing, or not for this user
                return ()

    def policies() -> Policies | None:
        """What the registry says about Excel and Microsoft Defender."""
        return registry.policies(_Registry(), os.path.expandvars, lambda path: Path(path).is_file())

    def is_administrator() -> bool:
        """Whether this process may write nearly everywhere."""
        return bool(ctypes.windll.shell32.IsUserAnAdmin())

    def may_add_files(folder: str) -> bool:
        """Whether this user may put a file into a folder, asked without doing it.

        ``os.access`` looks at the read-only mark alone.  Opening the folder with the right
        to add a file asks Windows for that right and changes nothing.
        """
        add_file, shared, existing, is_folder = 0x2, 0x7, 3, 0x02000000
        opened = ctypes.windll.kernel32.CreateFileW
        opened.restype = ctypes.c_void_p
        handle = opened(folder, add_file, shared, None, existing, is_folder, None)
        if handle is None or handle == ctypes.c_void_p(-1).value:
            return False
        ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(handle))
        return True

    def zone_of(path: str) -> bytes:
        """The stream that a browser or mail program leaves beside a file it saved."""
        try:
            with open(path + ":Zone.Identifier", "rb") as file:
                return file.read(4096)
        except OSError:
            return b""

else:

    def policies() -> Policies | None:
        """There are none on other systems."""
        return None

    def is_administrator() -> bool:
        """Whether this process may write everywhere."""
        return os.geteuid() == 0

    def may_add_files(folder: str) -> bool:
        """Whether this user may put a file into a folder."""
        return os.access(folder, os.W_OK)

    def zone_of(path: str) -> bytes:
        """There is no such stream on other systems."""
        return b""
