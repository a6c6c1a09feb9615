"""Where a damaged workbook has its register: which sheet, which row, which column.

::

    sheets by what stands on them -> headings -> grids as reading expects them

A sheet is known by its headings and a column by its own, not by names or places.  Where
two could be meant nothing is chosen: the workbook is refused and both are named.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from riskbook.core import layout, reading
from riskbook.core.grid import BLANK, Cell, CellRef, Grid, Kind
from riskbook.core.headings import Mapped, find
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.words import LATER_COLUMNS
from riskbook.edge.documents import profiles
from riskbook.edge.repairing import marked
from riskbook.edge.repairing.entries import holds
from riskbook.errors import ProfileError, TemplateError

ENOUGH = 0.7  # of a sheet's entry columns, to be taken for it; sheets of our own have up to 0.64
LABELS = 3  # of About, to be taken for it
RESTORE = "restore a backup, or copy the entries into a new workbook made by `riskbook new`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The register sheets and About of a damaged workbook, ready to be read."""

    profile: Profile
    grids: Mapping[str, Grid]  # by the profile's name of the sheet
    told: Mapping[str, str]  # what About says of profile and versions
    put_right: tuple[str, ...]
    gone: tuple[tuple[str, str], ...]  # sheet and heading of what is not in it at all

    @property
    def used(self) -> frozenset[str]:
        """The workbook's own names of the sheets that are read."""
        return frozenset(grid.sheet for grid in self.grids.values())


def places(name: str, grids: Mapping[str, Grid], named: str | None) -> Places:
    """Find everything that a repair carries across.

    Args:
        name: what people call the workbook.
        grids: all its sheets.
        named: the profile to read it by; by default the one that About names.

    Raises:
        TemplateError: a sheet is not to be found, or two could be meant.
        ProfileError: the profile is not known.
    """
    told, profile = _profile(name, grids, named)
    found: dict[str, Grid] = {}
    put_right: list[str] = []
    gone: list[tuple[str, str]] = []
    about = _about(grids, profile)
    if about is None:
        gone.append((profile.sheets["about"], ""))
    else:
        found[profile.sheets["about"]] = about
    for table in profile.tables:
        grid = _register(grids, profile, table)
        if grid is None:
            gone.append((table.sheet, ""))
            found[table.sheet] = _headed(Grid(sheet=table.sheet), table.columns, 1)
            continue
        found[table.sheet], lines, lost = _mended(grid, table, marked.issued(told, table))
        put_right += lines
        gone += [(table.sheet, heading) for heading in lost]
    renamed = [
        f"The sheet {grid.sheet!r} is called {wanted!r} again."
        for wanted, grid in found.items()
        if grid.sheet != wanted
    ]
    return Places(
        profile=profile,
        grids=found,
        told=told,
        put_right=(*renamed, *put_right),
        gone=tuple(gone),
    )


def _profile(
    name: str, grids: Mapping[str, Grid], named: str | None
) -> tuple[dict[str, str], Profile]:
    """What the workbook says it was made from, and the profile to read it by."""
    tellers = {sheet: told for sheet, grid in grids.items() if (told := _controlled(grid))}
    if len(tellers) > 1 and named is None:
        raise _two(tellers, "say which profile this workbook was made from")
    told = next(iter(tellers.values()), {})
    if named is not None:
        return told, profiles.load(named)
    if not told:
        raise TemplateError(
            f"No sheet of {name} says which profile it was made from.",
            fix=f"name it: --profile {profiles.shipped()[0]}, or whichever the register is of.",
        )
    if told["profile"] not in profiles.shipped():
        raise ProfileError(
            f"{name} was made from the profile {told['profile'][:60]!r}, which does not come with "
            "riskbook.",
            fix="give that profile's own file: --profile FILE.json.",
        )
    return told, profiles.load(told["profile"])


def _controlled(grid: Grid) -> dict[str, str]:
    told = reading.controlled(grid)
    return told if told.get("profile") else {}


def _about(grids: Mapping[str, Grid], profile: Profile) -> Grid | None:
    """The sheet with the labels of About; the one of that name where none has enough."""
    found = list(_others(grids, profile, profile.sheets["about"], _is_about))
    if len(found) > 1:
        raise _two(found, "have the labels of About")
    return grids[found[0]] if found else grids.get(profile.sheets["about"])


def _is_about(grid: Grid) -> bool:
    wanted = {text.casefold() for text in (*layout.ABOUT.values(), *layout.CONTROLLED.values())}
    return len(wanted & {label for label, _ in reading.labelled(grid)}) >= LABELS


def _register(grids: Mapping[str, Grid], profile: Profile, table: Table) -> Grid | None:
    """The one sheet with the headings of a register sheet; None for actions that are gone."""

    def fits(grid: Grid) -> bool:
        shares = {each.sheet: _share(grid, each) for each in profile.tables}
        return shares[table.sheet] >= ENOUGH and shares[table.sheet] == max(shares.values())

    found = list(_others(grids, profile, table.sheet, fits))
    if len(found) > 1:
        raise _two(found, f"have the headings of {table.sheet!r}")
    if found:
        return grids[found[0]]
    if table is profile.risks or table.sheet in grids:
        raise TemplateError(
            f"No sheet has the headings of {table.sheet!r}; the sheets are: {', '.join(grids)}.",
            fix=f"put its headings back in one row above the entries, or {RESTORE}",
        )
    return None


def _share(grid: Grid, table: Table) -> float:
    columns = _needed(table)
    mapped = find(grid, table).columns
    return sum(column.field in mapped for column in columns) / len(columns)


def _needed(table: Table) -> list[Column]:
    return [c for c in table.columns if c.entered and c.field not in LATER_COLUMNS]


def _others(
    grids: Mapping[str, Grid], profile: Profile, own: str, fits: Callable[[Grid], bool]
) -> Iterator[str]:
    """The sheets that fit, without those that the profile calls something else."""
    strangers = {name for name in profile.sheets.values() if name != own}
    return (name for name, grid in grids.items() if name not in strangers and fits(grid))


def _two(names: Mapping[str, object] | Sequence[str], what: str) -> TemplateError:
    listed = " and ".join(repr(name) for name in names)
    return TemplateError(
        f"The sheets {listed} both {what}, and entries may have been typed in either.",
        fix="delete the one that is out of date, save, and repair again.",
    )


def as_they_are(profile: Profile, grids: Mapping[str, Grid]) -> Places:
    """The sheets of a workbook in which everything is where it belongs.

    Args:
        profile: what it is read by.
        grids: its register sheets and About, by the profile's name of the sheet.
    """
    about = grids.get(profile.sheets["about"])
    told = _controlled(about) if about else {}
    gone = tuple(
        (table.sheet, column.heading)
        for table in profile.tables
        if table.sheet in grids
        for column in marked.lost(
            table, find(grids[table.sheet], table), marked.issued(told, table)
        )
    )
    return Places(profile=profile, grids=grids, told=told, put_right=(), gone=gone)


def _mended(grid: Grid, table: Table, later: Collection[str]) -> tuple[Grid, list[str], list[str]]:
    """A sheet with every heading that reading needs, what was done, and what is gone."""
    lines: list[str] = []
    mapped = find(grid, table)
    taken = [*_taken_for(grid, table, mapped, later)]
    for column, place in taken or marked.pair(grid, table, mapped):
        at = CellRef(grid.sheet, mapped.row, place)
        was = grid.at(mapped.row, place).text
        grid = _with(grid, mapped.row, place, column.heading)
        lines.append(
            f"{at}: the heading {was!r} was taken for {column.heading!r}, because the column "
            "stands between its neighbours. Look at it."
        )
    mapped = find(grid, table)
    missing = [c for c in _needed(table) if c.field not in mapped.columns]
    if missing:
        _refuse_loose(grid, mapped, missing)
        grid = _headed(grid, missing, mapped.row)
    heads = {c.field: c.heading for c in table.columns}
    lines += [
        f"{CellRef(grid.sheet, mapped.row, mapped.columns[field])}: the heading {text!r} is "
        f"{heads[field]!r} again."
        for field, text in mapped.renamed.items()
    ]
    if mapped.row != layout.HEADING_ROW:
        lines.append(
            f"The headings of {table.sheet!r} stand in row {layout.HEADING_ROW} again, not in "
            f"row {mapped.row}."
        )
    missing += marked.lost(table, mapped, later)
    return grid, lines, [column.heading for column in missing]


def _taken_for(
    grid: Grid, table: Table, mapped: Mapped, later: Collection[str]
) -> Iterator[tuple[Column, int]]:
    """Columns without their heading that stand exactly between their neighbours."""
    skipped = {field for field in LATER_COLUMNS if field not in later}
    fields = {place: field for field, place in mapped.columns.items()}
    ordered: list[Column | None] = [None, *table.columns, None]
    for before, column, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        if column is None or column.field in mapped.columns or column.field in skipped:
            continue
        place = _between(before, after, mapped)
        inside = grid.left <= place < grid.left + max(map(len, grid.rows), default=0)
        if inside and place not in fields and place not in mapped.twice:
            yield column, place


def _between(before: Column | None, after: Column | None, mapped: Mapped) -> int:
    """The one column between two that were found; 0 where it is not one."""
    left = mapped.columns.get(before.field, 0) if before else 0
    right = mapped.columns.get(after.field, 0) if after else left + 2
    place = left + 1
    return place if (left or before is None) and right == place + 1 else 0


def _refuse_loose(grid: Grid, mapped: Mapped, missing: Sequence[Column]) -> None:
    """Refuse a missing column where entries without a known heading may be its own."""
    width = max((len(row) for row in grid.rows), default=0)
    known = {*mapped.columns.values(), *mapped.twice}
    for place in range(grid.left, grid.left + width):
        if place not in known and any(
            holds(grid.at(row, place)) for row, _ in grid.lines() if row > mapped.row
        ):
            at = CellRef(grid.sheet, mapped.row, place)
            listed = ", ".join(repr(column.heading) for column in missing)
            raise TemplateError(
                f"The sheet {grid.sheet!r} has no column headed {listed}, and the entries under "
                f"{at} ({grid.at(at.row, at.column).text!r}) may be of it.",
                fix=f"type its heading in {at}; if it is another column, type {listed} above "
                "an empty one.",
            )


def _headed(grid: Grid, columns: Sequence[Column], row: int) -> Grid:
    """A sheet with empty columns of some headings at its right."""
    if not grid.rows:
        cells = tuple(Cell(Kind.TEXT, column.heading) for column in columns)
        return replace(grid, top=row, rows=(cells,))
    blank = tuple(BLANK for _ in columns)
    heads = tuple(Cell(Kind.TEXT, column.heading) for column in columns)
    rows = ((*cells, *(heads if at == row else blank)) for at, cells in grid.lines())
    return replace(grid, rows=tuple(rows))


def _with(grid: Grid, row: int, column: int, text: str) -> Grid:
    """A sheet with another text in one cell of its block."""
    rows = [list(cells) for cells in grid.rows]
    rows[row - grid.top][column - grid.left] = Cell(Kind.TEXT, text)
    return replace(grid, rows=tuple(map(tuple, rows)))
