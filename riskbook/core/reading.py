"""From the cells of a workbook to a register: every risk and action keeps its row.

::

    grids -> headings found -> entries understood -> Risk, Action, About

Reading never stops at a bad entry: the entry stays what it is and a rule of
:mod:`riskbook.core.checks` finds it.  It stops only where entries would be lost in
silence: a sheet of the profile is missing, or a column officers type in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from riskbook.core import layout, values
from riskbook.core.grid import BLANK, Cell, CellRef, Grid, Kind
from riskbook.core.headings import Mapped, find
from riskbook.core.model import About, Action, Due, Entry, Register, Risk, Understood
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.scoring import Rating
from riskbook.core.values import clean
from riskbook.core.words import LATER_COLUMNS
from riskbook.errors import TemplateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One register sheet as it was found."""

    table: Table
    grid: Grid
    mapped: Mapped

    @property
    def renamed(self) -> dict[str, str]:
        """Headings as typed, where they are not the profile's -> the profile's."""
        headings = {column.field: column.heading for column in self.table.columns}
        return {text: headings[field] for field, text in self.mapped.renamed.items()}

    def at(self, row: int, field: str) -> CellRef:
        """Where a field of a row stands; column A where the sheet has no such column."""
        return CellRef(self.grid.sheet, row, self.mapped.columns.get(field, 1))

    def cell(self, row: int, field: str) -> Cell:
        """The cell of a field of a row."""
        at = self.at(row, field)
        return self.grid.at(at.row, at.column)


@dataclass(frozen=True, slots=True)
class Said:
    """An entry of About."""

    label: str
    at: CellRef
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A register and the sheets it was read from."""

    register: Register
    risks: Sheet
    actions: Sheet | None
    as_at: CellRef  # the cell of About that says which day the register is as at
    about: tuple[Said, ...] = ()  # what was typed on About
    lost: tuple[str, ...] = ()  # labels of About that are not there
    version: str = ""  # of the profile that the workbook was made from

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The register sheets."""
        return (self.risks, self.actions) if self.actions else (self.risks,)


def read(grids: Mapping[str, Grid], profile: Profile) -> Reading:
    """The register in a workbook's sheets.

    Raises:
        TemplateError: a register sheet, or a column that officers type in, is missing.
    """
    risks = _sheet(grids, profile.risks)
    actions = _sheet(grids, profile.actions) if profile.actions else None
    told = grids.get(profile.sheets["about"])
    register = Register(
        about=about(told) if told else About(),
        risks=tuple(risk_of(row, entries, profile) for row, entries in _rows(risks, profile)),
        actions=tuple(action_of(row, entries, profile) for row, entries in _rows(actions, profile))
        if actions
        else (),
    )
    as_at = beside(told, layout.ABOUT["as_at"]) if told else CellRef(profile.sheets["about"], 1, 1)
    return Reading(
        register=register,
        risks=risks,
        actions=actions,
        as_at=as_at,
        about=tuple(_said(told)) if told else (),
        lost=tuple(_lost(told)) if told else (),
        version=controlled(told).get("profile_version", "") if told else "",
    )


def _sheet(grids: Mapping[str, Grid], table: Table) -> Sheet:
    if table.sheet not in grids:
        near = get_close_matches(table.sheet, list(grids), n=1)
        rename = f"rename {near[0]!r} to {table.sheet!r}" if near else "restore it from a backup"
        raise TemplateError(
            f"There is no sheet {table.sheet!r}; this workbook has: {', '.join(grids)}.",
            fix=f"{rename}, or copy the entries into a new workbook made by `riskbook new`.",
        )
    grid = grids[table.sheet]
    mapped = find(grid, table)
    missing = [
        column.heading
        for column in table.columns
        if column.entered and column.field not in {*mapped.columns, *LATER_COLUMNS}
    ]
    if missing:
        listed = ", ".join(repr(heading) for heading in missing)
        raise TemplateError(
            f"The sheet {table.sheet!r} has no column headed {listed}.",
            fix=_heading_fix(missing[0], mapped),
        )
    return Sheet(table=table, grid=grid, mapped=mapped)


def _heading_fix(missing: str, mapped: Mapped) -> str:
    unknown = list(mapped.unknown.values())
    near = unknown if len(unknown) == 1 else get_close_matches(missing, unknown, n=1, cutoff=0.4)
    if near:
        return f"change the heading {near[0]!r} back to {missing!r}."
    return f"put the heading {missing!r} back above its column."


def _rows(sheet: Sheet, profile: Profile) -> Iterator[tuple[int, dict[str, Entry]]]:
    """Each row below the headings in which anything is typed."""
    places = [
        (column, sheet.mapped.columns[column.field])
        for column in sheet.table.columns
        if column.entered and column.field in sheet.mapped.columns
    ]
    for row, cells in sheet.grid.lines():
        if row > sheet.mapped.row and any(cell is not BLANK for cell in cells):
            entries = {
                column.field: _entry(sheet.grid, row, place, column, profile)
                for column, place in places
            }
            if any(_typed_in(entry.cell) for entry in entries.values()):
                yield row, entries


def _typed_in(cell: Cell) -> bool:
    return cell.formula is not None or bool(clean(cell.text))


def _entry(grid: Grid, row: int, place: int, column: Column, profile: Profile) -> Entry:
    cell = grid.at(row, place)
    value = understand(cell, column, profile) if clean(cell.text) else None
    return Entry(at=CellRef(grid.sheet, row, place), cell=cell, value=value)


def understand(cell: Cell, column: Column, profile: Profile) -> Understood | None:
    """What a filled cell means in its column; None for an error value."""
    if cell.kind is Kind.ERROR:
        return None
    match column.kind:
        case "ref":
            return clean(values.entry_text(cell))
        case "list":
            text = clean(values.entry_text(cell))
            allowed = {values.alike(item): item for item in profile.lists[column.choices]}
            return allowed.get(values.alike(text), text)
        case "level":
            return values.level(cell, profile.scales[column.axis])
        case "weight":
            return values.weight(cell)
        case "number":
            return values.number(cell)
        case "date":
            return values.due(cell)
        case _:
            return values.entry_text(cell)


def risk_of(row: int, entries: Mapping[str, Entry], profile: Profile) -> Risk:
    """The risk that the entries of a row are."""
    ratings = {stage: _rating(entries, stage, profile) for stage in profile.stages}
    return Risk(
        row=row,
        entries=entries,
        ref=entries["ref"].text,
        sub_ref=entries["sub_ref"].text if "sub_ref" in entries else "",
        ratings={stage: rating for stage, rating in ratings.items() if rating},
        weight=_weight(entries),
        owners=_people(entries, "owner", profile),
    )


def _rating(entries: Mapping[str, Entry], stage: str, profile: Profile) -> Rating | None:
    levels: dict[str, int] = {}
    for axis, scale in profile.scales.items():
        entry = entries.get(f"{stage}_{axis}")
        value = entry.value if entry else None
        if isinstance(value, int) and 1 <= value <= len(scale):
            levels[axis] = value
    return Rating(**levels) if len(levels) == len(profile.scales) else None


def _weight(entries: Mapping[str, Entry]) -> Decimal | None:
    value = entries["weight"].value if "weight" in entries else None
    return value if isinstance(value, Decimal) and 0 <= value <= 1 else None


def _people(entries: Mapping[str, Entry], field: str, profile: Profile) -> tuple[str, ...]:
    entry = entries.get(field)
    names = values.people(entry.text, profile.separators) if entry else ()
    return tuple(dict.fromkeys(in_force(name, profile) for name in names))


def in_force(name: str, profile: Profile) -> str:
    """The post that a printed title stands for; without curly quotes where none is known."""
    for post in profile.posts:
        if values.same_post(name) in [values.same_post(known) for known in (post.post, *post.also)]:
            return post.post
    return values.straight(name)


def action_of(row: int, entries: Mapping[str, Entry], profile: Profile) -> Action:
    """The action that the entries of a row are."""
    done = entries["status"].text in profile.complete if "status" in entries else False
    completed = "completed" in entries and isinstance(entries["completed"].value, Due)
    return Action(
        row=row,
        entries=entries,
        ref=entries["ref"].text,
        risk=entries["risk"].text,
        managers=_people(entries, "manager", profile),
        owners=_people(entries, "owner", profile),
        complete=done or completed,
    )


def about(grid: Grid) -> About:
    """The About sheet: labels in one column, what they say in the next."""
    labels = {label.casefold(): field for field, label in layout.ABOUT.items()}
    found: dict[str, str] = {}
    notes: list[str] = []
    for label, at in labelled(grid):
        text = values.entry_text(grid.at(at.row, at.column))
        if label == layout.NOTE.casefold() and clean(text):
            notes.append(text)
        elif label in labels:
            found.setdefault(labels[label], text)
    return About(**found, notes=tuple(notes))


def _said(grid: Grid) -> Iterator[Said]:
    labels = {label.casefold(): label for label in (*layout.ABOUT.values(), layout.NOTE)}
    for label, at in labelled(grid):
        cell = grid.at(at.row, at.column)
        if label in labels and cell is not BLANK:
            yield Said(labels[label], at, cell)


def _lost(grid: Grid) -> Iterator[str]:
    there = {label for label, _ in labelled(grid)}
    yield from (label for label in layout.ABOUT.values() if label.casefold() not in there)


def beside(grid: Grid, label: str) -> CellRef:
    """The cell to the right of a label; A1 where the label is gone."""
    cells = dict(reversed(list(labelled(grid))))
    return cells.get(label.casefold(), CellRef(grid.sheet, 1, 1))


def labelled(grid: Grid) -> Iterator[tuple[str, CellRef]]:
    """Each label of a sheet in lower case, with the place of the cell to its right."""
    for row, cells in grid.lines():
        for place, cell in enumerate(cells, start=grid.left):
            if cell.kind is Kind.TEXT and clean(cell.text):
                yield clean(cell.text).casefold(), CellRef(grid.sheet, row, place + 1)
                break


def controlled(grid: Grid) -> dict[str, str]:
    """What riskbook itself wrote on the About sheet: profile, versions, fingerprint."""
    wanted = {label.casefold(): field for field, label in layout.CONTROLLED.items()}
    return {
        wanted[label]: clean(values.entry_text(grid.at(at.row, at.column)))
        for label, at in labelled(grid)
        if label in wanted
    }
