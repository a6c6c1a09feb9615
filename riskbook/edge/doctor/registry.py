r"""Which keys of Windows' registry matter, and what their values mean.

The registry itself is behind :class:`Registry`, so that this is tried on any system; the
real one is :mod:`riskbook.edge.doctor.windows`.

Sources: Microsoft, "Attack surface reduction rules reference" (the rule and its states);
the administrative templates WindowsDefender.admx and excel16.admx (the keys).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PureWindowsPath
from typing import Protocol

from riskbook.edge.doctor.facts import ADD_IN, DENIED, Location, Policies

RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"  # Block all Office applications from creating ...
MACHINE, USER = "HKLM", "HKCU"

_GUARD = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_RULES = (rf"SOFTWARE\Policies\Microsoft\{_GUARD}", rf"SOFTWARE\Microsoft\{_GUARD}")
_MANAGED = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"  # where Intune writes
_OFFICE = r"Software\Policies\Microsoft\Office\16.0"
_OWN = r"Software\Microsoft\Office\16.0"
_OLD_POLICY = r"Software\Policies\Microsoft\Office\Common"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"

Value = str | int


class Registry(Protocol):
    """The part of the registry that is read; what is missing is empty."""

    def values(self, hive: str, key: str) -> Mapping[str, Value]:
        """The values of a key, by name in lower case; ``PermissionError`` if forbidden."""
        ...

    def keys(self, hive: str, key: str) -> tuple[str, ...]:
        """The names of the keys in a key."""
        ...


def policies(
    registry: Registry, expand: Callable[[str], str], exists: Callable[[str], bool]
) -> Policies:
    """What the registry says.

    Args:
        registry: where to look.
        expand: puts the values of ``%VARIABLES%`` in a path.
        exists: whether there is such a file.
    """
    macros, by_policy = _macros(registry)
    excel_path = str(_read(registry, MACHINE, _EXCEL).get("", ""))
    offs = [_read(registry, hive, rf"{_OFFICE}\Common").get("vbaoff") for hive in (USER, MACHINE)]
    offs.append(_read(registry, USER, _OLD_POLICY).get("vbaoff"))
    trusted = tuple(_trusted(registry, expand, excel_path))
    return Policies(
        child_process=_rule(registry),
        macros=macros,
        macros_by_policy=by_policy,
        vba_off=1 in offs,
        trusted=trusted,
        trusted_off=_trusted_off(registry),
        add_ins=tuple(dict.fromkeys(_add_ins(registry, expand, exists, trusted))),
        excel=str(_read(registry, MACHINE, _CLICK_TO_RUN).get("versiontoreport", "")),
        excel_path=excel_path,
    )


def _rule(registry: Registry) -> str:
    """The state of the rule; the strictest where several places name it."""
    states = []
    try:
        for key in _RULES:
            states.append(str(registry.values(MACHINE, key).get(RULE, "")))
        managed = str(registry.values(MACHINE, _MANAGED).get("asrrules", "")).lower()
    except PermissionError:
        return DENIED
    states += re.findall(rf"{RULE}=(\d)", managed)
    return next((state for state in ("1", "6", "2", "0") if state in states), "")


def _read(registry: Registry, hive: str, key: str) -> Mapping[str, Value]:
    """The values of a key; a key that may not be read counts as missing."""
    try:
        return registry.values(hive, key)
    except PermissionError:
        return {}


def _macros(registry: Registry) -> tuple[int | None, bool]:
    for hive, key, by_policy in (
        (USER, rf"{_OFFICE}\Excel\Security", True),
        (MACHINE, rf"{_OFFICE}\Excel\Security", True),
        (USER, rf"{_OWN}\Excel\Security", False),
    ):
        value = _read(registry, hive, key).get("vbawarnings")
        if isinstance(value, int):
            return value, by_policy
    return None, False


def _trusted_off(registry: Registry) -> bool:
    key = rf"{_OFFICE}\Excel\Security\Trusted Locations"
    return any(
        _read(registry, hive, key).get("alllocationsdisabled") == 1 for hive in (USER, MACHINE)
    )


def _trusted(
    registry: Registry, expand: Callable[[str], str], excel_path: str
) -> Iterator[Location]:
    """Trusted folders: by policy, then, unless a policy forbids them, the user's own."""
    mixed = _read(registry, USER, rf"{_OFFICE}\Common\Security\Trusted Locations")
    own = [] if mixed.get("allow user locations") == 0 else [(USER, _OWN), (MACHINE, _OWN)]
    for hive, root in ((USER, _OFFICE), (MACHINE, _OFFICE), *own):
        for place in (rf"{root}\Excel\Security", rf"{root}\Common\Security"):
            for name in registry.keys(hive, rf"{place}\Trusted Locations"):
                values = _read(registry, hive, rf"{place}\Trusted Locations\{name}")
                if path := str(values.get("path", "")):
                    yield Location(path=expand(path), below=values.get("allowsubfolders") == 1)
    if own and excel_path:
        yield Location(path=str(PureWindowsPath(excel_path).parent / "XLSTART"), below=True)


def _add_ins(
    registry: Registry,
    expand: Callable[[str], str],
    exists: Callable[[str], bool],
    trusted: tuple[Location, ...],
) -> Iterator[str]:
    """Add-ins that Excel loads: the ones ticked in its list, and those in XLSTART."""
    for name, value in _read(registry, USER, rf"{_OWN}\Excel\Options").items():
        if name.startswith("open") and ADD_IN in str(value).lower():
            path = expand(re.sub(r"^\s*/[A-Za-z]\s*", "", str(value)).strip().strip('"'))
            if not PureWindowsPath(path).is_absolute():  # in the user's own folder of add-ins
                path = expand(rf"%APPDATA%\Microsoft\AddIns\{path}")
            yield path
    starts = [place.path for place in trusted if PureWindowsPath(place.path).name == "XLSTART"]
    for folder in (*starts, expand(r"%APPDATA%\Microsoft\Excel\XLSTART")):
        path = str(PureWindowsPath(folder) / ADD_IN)
        if exists(path):
            yield path
