"""The probe of one workbook or add-in: through the gate, and no further than needed.

What the file says is compared and reported, never followed: an interpreter that is named
in it is not started.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from riskbook.core import settings
from riskbook.core.grid import Grid
from riskbook.edge import gate
from riskbook.edge.disk.busy import refuse_if_busy
from riskbook.edge.doctor.facts import Book
from riskbook.edge.doctor.marks import mark_of
from riskbook.edge.macros.facts import programs_in
from riskbook.edge.xlsx import reader
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RefusedError, RiskbookError, SavingError

_PROJECT = "xl/vbaProject.bin"
_LONGEST = 260  # characters of a path that is shown; the limit of Windows


def look_at(name: str) -> Book:
    """What there is to know about a file, or about an address that stands for one."""
    if "://" in name:
        return Book(name=name)
    path = Path(name).absolute()
    facts: dict[str, Any] = {"name": path.name, "path": str(path), "mark": mark_of(str(path))}
    try:
        refuse_if_busy(path)
    except SavingError as error:
        facts |= {"busy": error.what, "busy_fix": error.fix}
    try:
        facts |= _inside(Package.parse(gate.read(path)))
    except RiskbookError as error:
        facts |= {"refused": error.what, "refused_fix": error.fix}
    return Book(**facts)


def _inside(package: Package) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    workbook = Workbook.of(package)
    for sheet in workbook.sheets:
        if sheet.name.lower() == settings.SHEET:
            grid = reader.read(workbook, [sheet.name])[sheet.name]
            facts["settings"] = settings_in(grid)
            facts["strange"] = tuple(what for _, _, what in settings.strange(grid))
    if _PROJECT in package:
        facts |= {"macros": True} | _modules(package.part(_PROJECT))
    named = facts.get("settings", {})
    programs = {key: named[key] for key in settings.INTERPRETERS if named.get(key)}
    programs = programs or programs_in(facts.get("modules", {}))
    facts["programs"] = {key: path[:_LONGEST] for key, path in programs.items()}
    return facts


def settings_in(grid: Grid) -> Mapping[str, str]:
    """Keys in column A and their values in column B, down to the first blank, as xlwings reads."""
    found: dict[str, str] = {}
    row = 1
    while key := grid.at(row, 1).text:
        found[key.upper()] = grid.at(row, 2).text
        row += 1
    return found


def _modules(project: bytes) -> dict[str, Any]:
    try:
        # with pyOpenVBA, which the rest of the doctor does without
        from riskbook.edge.macros.project import modules_of

        return {"modules": modules_of(project)}
    except ImportError as error:
        return {"unread": f"{(error.name or 'a package').partition('.')[0]} is not installed"}
    except RefusedError as error:
        return {"unread": error.what}
