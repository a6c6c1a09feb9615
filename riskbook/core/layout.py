"""Where everything lies in a controlled workbook, before any file.

::

    Risks, Actions   row 1 title, row 2 help, row 3 captions, row 4 headings, entries from row 5
    About            labels in column A, what they say in column B
    Key, Lists       the profile's scales, matrix, bands and lists, each under a defined name

The builder of workbooks writes this plan; the reader looks for headings and labels and
does not rely on these places, because officers move columns and rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from riskbook.core.grid import Cell, CellRef, Grid, Kind, letters
from riskbook.core.model import Typed
from riskbook.core.page import band_style
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.scoring import plain

HEADING_ROW = 4
FIRST_ROW = 5
TEMPLATE_VERSION = "1"

# field of About -> label in column A
ABOUT: Mapping[str, str] = {
    "organisation": "Organisation",
    "title": "Title",
    "period": "Period",
    "as_at": "Position as at",
    "introduction": "Introduction",
    "source": "Source",
}
CONTROLLED: Mapping[str, str] = {
    "profile": "Profile",
    "profile_version": "Profile version",
    "template_version": "Template version",
    "fingerprint": "Fingerprint",
}
NOTE = "Note"
ABOUT_FIRST_ROW = 4
SPARE_NOTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One cell of a sheet that the profile fills: Key, Lists and About."""

    row: int
    column: int
    value: str | Decimal
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A defined name and the block it stands for, rows and columns from 1."""

    name: str
    sheet: str
    top: int
    left: int
    rows: int
    columns: int

    @property
    def reference(self) -> str:
        """The block as a formula writes it, e.g. ``'Key'!$A$4:$B$7``."""
        sheet = CellRef(self.sheet, 1, 1).location.removesuffix("!A1")
        last = f"${letters(self.left + self.columns - 1)}${self.top + self.rows - 1}"
        return f"{sheet}!${letters(self.left)}${self.top}:{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole sheet as placed cells and the names over them."""

    sheet: str
    cells: tuple[Placed, ...]
    names: tuple[Named, ...]


def key_plan(profile: Profile) -> Plan:
    """The Key sheet: both scales, the bands, the matrix in points and in bands."""
    sheet = profile.sheets["key"]
    cells = [Placed(row=1, column=1, value="Key to scores and ratings", style="rb title")]
    names: list[Named] = []
    row = 3
    for axis in ("likelihood", "impact"):
        row = _scale(profile, axis, sheet, row, cells, names)
    row = _bands(profile, sheet, row, cells, names)
    for table, heading in (("points", "points"), ("bands", "band")):
        caption = f"{profile.words[heading]} of each {profile.words['impact']} (down) and "
        caption += f"{profile.words['likelihood']} (across)"
        row = _matrix(profile, table, caption, sheet, row, cells, names)
    if profile.weighted:
        tolerance = profile.weight_tolerance
        cells.append(Placed(row=row, column=1, value="Weights may miss 100 % by", style="rb head"))
        cells.append(Placed(row=row, column=2, value=tolerance, style="rb percent fine"))
        names.append(
            Named(name="weight_tolerance", sheet=sheet, top=row, left=2, rows=1, columns=1)
        )
    return Plan(sheet=sheet, cells=tuple(cells), names=tuple(names))


def _headings(row: int, values: Sequence[str], cells: list[Placed]) -> None:
    for column, value in enumerate(values, start=1):
        cells.append(Placed(row=row, column=column, value=value, style="rb head"))


def _scale(
    profile: Profile, axis: str, sheet: str, row: int, cells: list[Placed], names: list[Named]
) -> int:
    levels = profile.scales[axis]
    _headings(row, (profile.words[axis], "Word", "Level and word"), cells)
    for number, level in enumerate(levels, start=1):
        words: tuple[str | Decimal, ...] = (
            Decimal(number),
            level.label,
            profile.label(axis, number),
        )
        for column, value in enumerate(words, start=1):
            style = "rb number" if column == 1 else "rb text"
            cells.append(Placed(row=row + number, column=column, value=value, style=style))
    for column, name in enumerate(("levels", "words", "levels_words"), start=1):
        names.append(
            Named(
                name=f"{axis}_{name}",
                sheet=sheet,
                top=row + 1,
                left=column,
                rows=len(levels),
                columns=1,
            )
        )
    return row + len(levels) + 2


def _bands(profile: Profile, sheet: str, row: int, cells: list[Placed], names: list[Named]) -> int:
    _headings(row, (profile.words["band"], "From", "To", "As published"), cells)
    for number, band in enumerate(profile.bands, start=1):
        style = band_style(profile.bands, band)
        published = (
            "riskbook's default" if band.supplied else f"{plain(band.least)} - {plain(band.most)}"
        )
        values: tuple[str | Decimal, ...] = (band.label, band.least, band.most, published)
        styles = (style, "rb number", "rb number", "rb text")
        for column, (value, name) in enumerate(zip(values, styles, strict=True), start=1):
            cells.append(Placed(row=row + number, column=column, value=value, style=name))
    for column, name in ((1, "band_words"), (3, "band_tops")):
        rows = len(profile.bands)
        names.append(Named(name=name, sheet=sheet, top=row + 1, left=column, rows=rows, columns=1))
    return row + len(profile.bands) + 2


def _matrix(
    profile: Profile,
    table: str,
    caption: str,
    sheet: str,
    row: int,
    cells: list[Placed],
    names: list[Named],
) -> int:
    matrix = profile.matrix
    _headings(
        row,
        (caption, *(profile.label("likelihood", n + 1) for n in range(matrix.likelihoods))),
        cells,
    )
    for down, line in enumerate(matrix.cells, start=1):
        label = profile.label("impact", down)
        cells.append(Placed(row=row + down, column=1, value=label, style="rb head"))
        for across, score in enumerate(line, start=2):
            value = score.points if table == "points" else score.band.label
            style = band_style(profile.bands, score.band)
            cells.append(Placed(row=row + down, column=across, value=value, style=style))
    size = {"rows": matrix.impacts, "columns": matrix.likelihoods}
    names.append(Named(name=f"matrix_{table}", sheet=sheet, top=row + 1, left=2, **size))
    return row + matrix.impacts + 2


def lists_plan(profile: Profile) -> Plan:
    """The Lists sheet: one list a column, heading in row 3."""
    sheet = profile.sheets["lists"]
    cells = [Placed(row=1, column=1, value="Lists behind the dropdowns", style="rb title")]
    names = []
    for column, (name, values) in enumerate(profile.lists.items(), start=1):
        cells.append(
            Placed(row=3, column=column, value=list_heading(profile, name), style="rb head")
        )
        for row, value in enumerate(values, start=4):
            cells.append(Placed(row=row, column=column, value=value, style="rb text"))
        names.append(
            Named(name=f"list_{name}", sheet=sheet, top=4, left=column, rows=len(values), columns=1)
        )
    return Plan(sheet=sheet, cells=tuple(cells), names=tuple(names))


def list_heading(profile: Profile, name: str) -> str:
    """A list goes by the heading of the first column that offers it."""
    columns = (column for table in profile.tables for column in table.columns)
    return next((column.heading for column in columns if column.choices == name), name)


def about_rows(
    profile: Profile, document: Mapping[str, Any], fingerprint: str
) -> Iterator[tuple[str, str, bool]]:
    """Label, text and whether it is entered, for each row of About from ``ABOUT_FIRST_ROW``."""
    about = document.get("about", {})
    for name, label in ABOUT.items():
        yield label, about.get(name, ""), True
    controlled = {
        "profile": profile.id,
        "profile_version": profile.version,
        "template_version": TEMPLATE_VERSION,
        "fingerprint": fingerprint,
    }
    for name, label in CONTROLLED.items():
        yield label, controlled[name], False
    notes = about.get("notes", ())
    for note in (*notes, *[""] * SPARE_NOTES):
        yield NOTE, note, True


def records(
    document: Mapping[str, Any], table: Table, profile: Profile
) -> Sequence[Mapping[str, Typed]]:
    """The rows of a register document that belong on one sheet."""
    part = "risks" if table is profile.risks else "actions"
    found: Sequence[Mapping[str, Typed]] = document.get(part, ())
    return found


def entry_cell(column: Column, value: Typed) -> Cell:
    """The cell in which an entry of a register document is typed."""
    if isinstance(value, bool):
        return Cell(Kind.BOOL, str(value).upper())
    shown = "0%" if column.kind == "weight" else "General"
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, plain(Decimal(str(value))), format=shown)
    if column.kind == "weight" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", value):
        share = Decimal(value.removesuffix("%")) / 100
        return Cell(Kind.NUMBER, plain(share), format=shown)
    return Cell(Kind.TEXT, value)


def grids(profile: Profile, document: Mapping[str, Any], fingerprint: str = "") -> dict[str, Grid]:
    """A register document as the grids that reading a workbook of it would give."""
    about = tuple(
        (Cell(Kind.TEXT, label), Cell(Kind.TEXT, text) if text else Cell(Kind.BLANK))
        for label, text, _ in about_rows(profile, document, fingerprint)
    )
    found = {
        profile.sheets["about"]: Grid(
            sheet=profile.sheets["about"], top=ABOUT_FIRST_ROW, rows=about
        )
    }
    for table in profile.tables:
        head = tuple(Cell(Kind.TEXT, column.heading) for column in table.columns)
        body = tuple(
            tuple(
                entry_cell(column, line[column.field]) if column.field in line else Cell(Kind.BLANK)
                for column in table.columns
            )
            for line in records(document, table, profile)
        )
        found[table.sheet] = Grid(sheet=table.sheet, top=HEADING_ROW, rows=(head, *body))
    return found
