"""The live formulas of the computed columns, and the text forms they understand.

Each formula says the same as :mod:`riskbook.core.scores`; a test recalculates whole
workbooks and compares cell for cell.  Formulas stay at the Excel 2016 level and use
table columns and defined names, never addresses::

    points   INDEX(matrix_points, impact's level, likelihood's level)
    overall  the sum over one risk's sub-risks of weight x points
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from riskbook.core.grid import letters
from riskbook.core.profile import Column, Profile
from riskbook.core.reading import Sheet
from riskbook.core.scores import PAGE

RISKS_TABLE = "tblRisks"
ACTIONS_TABLE = "tblActions"


def here(table: str, column: Column) -> str:
    """The cell of a column in the formula's own row."""
    return f"{table}[[#This Row],[{_escaped(column.heading)}]]"


def whole(table: str, column: Column) -> str:
    """All rows of a column."""
    return f"{table}[{_escaped(column.heading)}]"


def _escaped(heading: str) -> str:
    return heading.replace("'", "''")


def formula(profile: Profile, column: Column) -> str:
    """The formula of a computed column of the risks sheet, without "="."""
    name, stage = column.field, column.stage
    if stage:
        return _STAGED[name.removeprefix(f"{stage}_")](profile, stage)
    return _PLAIN[name](profile)


def _cell(profile: Profile, name: str) -> str:
    column = profile.risks.column(name)
    if column is None:
        raise ValueError(f"the profile has no column {name}")
    return here(RISKS_TABLE, column)


def _column(profile: Profile, name: str) -> str:
    column = profile.risks.column(name)
    if column is None:
        raise ValueError(f"the profile has no column {name}")
    return whole(RISKS_TABLE, column)


def _spaced(cell: str) -> str:
    """The cell's text with every space that :func:`riskbook.core.values.clean` knows as " "."""
    for space in ("_xlfn.UNICHAR(160)", "CHAR(9)", "CHAR(10)", "CHAR(13)"):
        cell = f'SUBSTITUTE({cell},{space}," ")'
    return cell


def _trimmed(cell: str) -> str:
    return f"TRIM({_spaced(cell)})"


def _level(profile: Profile, stage: str, axis: str) -> str:
    """The level whose number, word, or both the cell holds.

    Compared with "=": MATCH takes "L*" for "Likely", and VALUE takes "24:00" for 1.
    """
    text = _trimmed(_cell(profile, f"{stage}_{axis}"))
    spellings = f'({axis}_levels&""={text})'
    if axis in profile.axis_of_words():
        spellings = f"({spellings}+({axis}_words={text})+({axis}_levels_words={text}))"
    return f"LOOKUP(2,1/{spellings},{axis}_levels)"


def _look_up(profile: Profile, stage: str, table: str) -> str:
    impact, likelihood = (_level(profile, stage, axis) for axis in ("impact", "likelihood"))
    return f'IFERROR(INDEX({table},{impact},{likelihood}),"")'


def _points(profile: Profile, stage: str) -> str:
    return _look_up(profile, stage, "matrix_points")


def _band(profile: Profile, stage: str) -> str:
    return _look_up(profile, stage, "matrix_bands")


def _weighted(profile: Profile, stage: str) -> str:
    used, points = _cell(profile, "weight_used"), _cell(profile, f"{stage}_points")
    return f'IF(OR({used}="",{points}=""),"",{used}*{points})'


def _overall(profile: Profile, stage: str) -> str:
    same = _same_risk(profile)
    parts = _column(profile, f"{stage}_weighted")
    total = _cell(profile, "weight_total")
    return (
        f'IF({_cell(profile, "key")}="","",'
        f"IF(AND(SUMPRODUCT({same})=SUMPRODUCT({same},--ISNUMBER({parts})),"
        f'ROUND(ABS(N({total})-1),8)<=weight_tolerance),ROUND(SUMPRODUCT({same},{parts}),6),""))'
    )


def _same_risk(profile: Profile) -> str:
    """1 for each row of this row's risk; exact, where SUMIFS takes "02" for "2"."""
    return f"--({_column(profile, 'key')}={_cell(profile, 'key')})"


def _weight_used(profile: Profile) -> str:
    text = f'SUBSTITUTE({_spaced(_cell(profile, "weight"))}," ","")'
    marks = ",".join(f'"{mark}"' for mark in "0123456789.%+")
    known = f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{{{marks}}},"")))=LEN({text})'
    share = f"VALUE({text})"
    most = f'IF(RIGHT({text})="%",1,100)'
    return f'IFERROR(IF(AND({known},{share}<={most}),IF({share}>1,{share}/100,{share}),""),"")'


def _weight_total(profile: Profile) -> str:
    used = _column(profile, "weight_used")
    total = f"ROUND(SUMPRODUCT({_same_risk(profile)},{used}),8)"
    return f'IF({_cell(profile, "key")}="","",{total})'


def _key(profile: Profile) -> str:
    return f'IFERROR(UPPER({_trimmed(_cell(profile, "ref"))}),"")'


def _completeness(profile: Profile) -> str:
    filled = "+".join(
        f"(LEN({_trimmed(here(RISKS_TABLE, column))})>0)" for column in profile.risks.counted
    )
    count = len(profile.risks.counted)
    return f'IFERROR(IF({filled}=0,"",ROUND(({filled})/{count},4)),"")'


def _page(profile: Profile) -> str:
    """A link to the risk's page, which begins with its reference in column A."""
    sheet = "'" + _escaped(profile.sheets["risk_pages"]) + "'"
    ref = _trimmed(_cell(profile, "ref"))
    if profile.risks.column("sub_ref"):
        sub_ref = _trimmed(_cell(profile, "sub_ref"))
        ref = f'IF({sub_ref}="",{ref},{sub_ref})'
    found = f'HYPERLINK("#{sheet}!A"&MATCH({ref},{sheet}!$A:$A,0),"{PAGE}")'
    return f'IFERROR(IF({ref}="","",IFERROR({found},"{PAGE}")),"")'


_STAGED = {
    "points": _points,
    "band": _band,
    "weighted": _weighted,
    "overall": _overall,
}
_PLAIN = {
    "weight_used": _weight_used,
    "weight_total": _weight_total,
    "key": _key,
    "completeness": _completeness,
    "page": _page,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands: sheet, row, and the column of each of the profile's headings."""

    sheet: str
    row: int
    columns: Mapping[str, int]


def is_ours(
    wanted: str,
    found: str | None,
    renamed: Mapping[str, str] | None = None,
    at: Place | None = None,
) -> bool:
    """Whether a cell's formula is the one of its column.

    Excel follows a heading that is typed anew (``renamed``: heading as typed -> the
    profile's).  LibreOffice writes addresses for table columns: they must be those of the
    columns in this row, and all the rest the same; where the row is not known (``at``), the
    functions and their order.
    """
    if not found or found == wanted:
        return bool(found)
    if "[" not in found:
        if at is None:
            return _functions(found) == _functions(wanted)
        return _of_addresses(found, at) == _of_columns(wanted, at)
    for heading, ours in (renamed or {}).items():
        found = found.replace(f"[{_escaped(heading)}]", f"[{_escaped(ours)}]")
    return _squeezed(found) == _squeezed(wanted)


_AT = re.compile(r"(?<!\w)(\w*)\[@(?:\[([^\]]*)\]|([^\[\]]*))\]")


_TEXT = re.compile(r'("(?:[^"]|"")*")')


@lru_cache(maxsize=64)  # a column has one formula in all of its rows
def _squeezed(text: str) -> str:
    """One spelling: files mark newer functions, and an open workbook writes ``[@Impact]``."""
    pieces = _TEXT.split(text)  # what stands between quotation marks stays
    pieces[::2] = ["".join(_plain(piece).split()).casefold() for piece in pieces[::2]]
    return "".join(pieces)


def _plain(piece: str) -> str:
    told = piece.replace("_xlfn.", "")
    return _AT.sub(lambda m: f"{m[1] or RISKS_TABLE}[[#This Row],[{m[2] or m[3]}]]", told)


def stands(sheet: Sheet, wanted: str, row: int, column: int) -> bool:
    """Whether a cell has the formula of its column, seen from its own row."""
    found = sheet.grid.at(row, column).formula
    if not found or found == wanted:  # nearly every cell
        return bool(found)
    there = sheet.mapped.columns
    headings = {c.heading: there[c.field] for c in sheet.table.columns if c.field in there}
    return is_ours(wanted, found, sheet.renamed, Place(sheet.grid.sheet, row, headings))


_READ = re.compile(r"\w+\[(\[#This Row\],\[)?((?:[^\[\]'#]|'.)+)\]\]?")
_ADDRESS = re.compile(
    r"(?<![\w$:!.'])(?:\$?(\w+|'(?:[^']|'')+')[!.])?"
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?[0-9]{1,7})?(?![\w(!.:])"
)


def _of_columns(wanted: str, at: Place) -> str:
    """A formula with ``{F}`` for a column in this row and ``{F:F}`` for all of its rows."""
    known = {_escaped(heading): letters(column) for heading, column in at.columns.items()}

    def read(found: re.Match[str]) -> str:
        column = known.get(found[2], found[2])
        return f"{{{column}}}" if found[1] else f"{{{column}:{column}}}"

    return _squeezed(_READ.sub(read, wanted))


def _of_addresses(found: str, at: Place) -> str:
    """The same of one that LibreOffice wrote; an address of another row stays."""

    def read(place: re.Match[str]) -> str:
        sheet, first, row, last = place.groups()
        if sheet and sheet.strip("'").replace("''", "'") != at.sheet:
            return place[0]
        if last:
            return f"{{{first}:{last}}}"
        return f"{{{first}}}" if int(row) == at.row else place[0]

    pieces = _TEXT.split(found)
    pieces[::2] = [_ADDRESS.sub(read, piece) for piece in pieces[::2]]
    return _squeezed("".join(pieces))


def _functions(text: str) -> list[str]:
    return re.findall(r"[A-Z]+(?=\()", text)


def validation_source(column: Column) -> str:
    """The defined name behind a column's dropdown; empty for a column without one."""
    if column.kind == "list":
        return f"list_{column.choices}"
    return f"{column.axis}_levels" if column.kind == "level" else ""
