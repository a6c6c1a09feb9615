"""The sheets that the profile alone fills: Key and Lists, with the names over their blocks.

::

    Key      both scales, the bands, the matrix in points and in bands
    Lists    what the dropdowns offer, one list a column

Live formulas and dropdowns read these cells by their defined names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from riskbook.core.grid import CellRef, letters
from riskbook.core.page import band_style
from riskbook.core.profile import Profile
from riskbook.core.scoring import plain


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
