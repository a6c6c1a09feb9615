r"""How much a workbook may hold, and what kinds of active content: defaults, and what IT sets.

::

    Windows   %ProgramData%\riskbook\limits.json
    Mac       /Library/Application Support/riskbook/limits.json
    others    /etc/riskbook/limits.json

    {"file": 20000000, "names": 5000, "allow": ["data connections"]}

The file belongs to the installation.  It is never looked for beside a workbook, nor in the
folder that a program was started in, so nothing that came by e-mail can widen a limit.

What the limits are compared with is not here: that is the rest of :mod:`riskbook.edge.gate`.
"""

import difflib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from riskbook.errors import RiskbookError

# What IT can let in by name.  DDE links are not here: they start programs, and nothing else.
ALLOWABLE = (
    "other workbooks",  # formulas that read another workbook
    "linked files",  # pictures and the like that are fetched when the workbook is opened
    "data connections",  # to databases, web pages and text files; query tables
    "data model",  # Power Pivot
    "OLE objects",  # embedded files and objects of other programs
    "ActiveX controls",
    "Office add-ins",  # task panes that load a web page
    "Excel 4 macros",  # in .xlsm only
)
_MOST = 100_000  # bytes of the file of limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an ordinary workbook never reaches; sizes in bytes."""

    file: int = 30_000_000  # the file as it lies on the disk
    entries: int = 2_000
    part: int = 50_000_000  # one part, inflated
    total: int = 100_000_000  # all parts, inflated
    ratio: int = 200  # inflated : deflated, looked at only above ratio_from
    ratio_from: int = 1_000_000
    depth: int = 64  # elements inside elements
    token: int = 2_000_000  # one tag, comment or run of text
    rows: int = 1_048_576  # Excel's own grid
    columns: int = 16_384
    cells: int = 1_000_000  # on one sheet
    box: int = 100_000_000  # from the first to the last filled cell of a sheet
    elements: int = 700_000  # in one part, plain rows not counted
    merged: int = 3_000_000  # cells covered by one sheet's merged areas, together
    linked: int = 1_100_000  # cells covered by one sheet's hyperlinks, together: a whole column
    areas: int = 150_000  # in the validations and conditional formats of one sheet, together
    sheets: int = 1_000
    styles: int = 70_000  # formats, fonts, fills, ...: each kind; Excel itself stops at 65,490
    names: int = 70_000
    validations: int = 70_000  # on one sheet, as are the next three
    rules: int = 70_000  # conditional formats
    links: int = 70_000  # Excel itself stops at 66,530
    notes: int = 70_000
    strings: int = 300_000  # different texts in the whole workbook
    repeats: int = 150_000  # merged areas, page breaks, relations: each kind, in one part
    seconds: int = 120  # to read a file from somebody else, in a process of its own
    memory: int = 2_000_000_000  # bytes of address space of that process
    allow: frozenset[str] = frozenset()  # of ALLOWABLE


LIMITS = Limits()
_GRID = {"rows", "columns"}  # Excel's, not ours to set
SETTABLE = tuple(f.name for f in fields(Limits) if f.name not in _GRID | {"allow"})


def limits_path(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the installation keeps its limits, whether the file exists or not."""
    if system == "win32":
        return Path(environment.get("ProgramData") or r"C:\ProgramData", "riskbook", "limits.json")
    if system == "darwin":
        return Path("/Library/Application Support/riskbook/limits.json")
    return Path("/etc/riskbook/limits.json")


@cache
def limits() -> Limits:
    """The limits of this installation, read once.

    Raises:
        RiskbookError: as for :func:`load`.
    """
    return load(limits_path())


def load(path: Path) -> Limits:
    """The limits that a file sets, the defaults where it says nothing or is not there.

    Raises:
        RiskbookError: the file cannot be read, or sets something that is no limit.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_MOST)
    except (FileNotFoundError, NotADirectoryError):
        return LIMITS
    except OSError as error:
        raise _wrong(path, f"cannot be read: {error.strerror}", "let every user read it") from None
    try:
        told = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _wrong(path, "is no JSON", "write it again") from None
    if not isinstance(told, dict):
        raise _wrong(path, "is no JSON object", 'begin it with "{" and end it with "}"')
    values: dict[str, Any] = {name: _value(path, name, told[name]) for name in told}
    return replace(LIMITS, **values)


def _value(path: Path, name: str, value: Any) -> int | frozenset[str]:
    if name == "allow":
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _wrong(path, 'has no list of names as "allow"', f"choose from: {_list()}")
        for each in value:
            if each not in ALLOWABLE:
                raise _unknown(path, each, ALLOWABLE)
        return frozenset(value)
    if name not in SETTABLE:
        raise _unknown(path, name, (*SETTABLE, "allow"))
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong(path, f"sets {name!r} to no whole number", "give a whole number from 1 up")
    return value


def _list() -> str:
    return ", ".join(ALLOWABLE)


def _unknown(path: Path, name: str, known: tuple[str, ...]) -> RiskbookError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
    plain = "".join(c if c.isprintable() else "?" for c in name[:60])
    return _wrong(path, f"sets {plain!r}, which riskbook does not know", f"did you mean {near!r}?")


def _wrong(path: Path, what: str, fix: str) -> RiskbookError:
    end = "" if fix.endswith("?") else "."
    return RiskbookError(
        f"The file of limits {path} {what}.",
        fix=f"{fix}{end} IT keeps this file; docs/it-guide.md lists what it may hold.",
    )
