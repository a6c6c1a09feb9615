"""Number formats and letters of what riskbook itself fills: a 12 can be shown as 4, or not at all.

::

    Risks  format of gross_points    General
    Key    formats                   0.0#, General
"""

from collections.abc import Iterator, Mapping

from riskbook.core.checks.showing import UNSEEN
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint.facts import Facts
from riskbook.edge.fingerprint.telling import CLEAN, Teller, short

BETWEEN = "\n"  # formats of a sheet
PLAIN = ("General", "@")
MARK = ", unseen"


def of_columns(facts: Facts, sheet: Sheet) -> dict[str, str]:
    """The format of each computed column, and of the headings."""
    seen, row = facts.seen(sheet.grid.sheet), sheet.mapped.row + 1
    computed = {c.field for c in sheet.table.columns if not c.entered}
    places = {n: place for n, place in sheet.mapped.columns.items() if n in computed}
    return {f"format of {n}": _format(facts, seen.style(row, at)) for n, at in places.items()}


def of_sheet(facts: Facts, name: str) -> str:
    """The formats that the cells of a sheet have."""
    return BETWEEN.join(sorted({_format(facts, s) for s in facts.seen(name).styles.values()}))


def told_columns(
    facts: Facts, sheet: Sheet, must: Mapping[str, str], tell: Teller
) -> Iterator[Finding]:
    """RB914: computed cells and headings that show another thing than they hold."""
    name, top = sheet.grid.sheet, sheet.mapped.row
    headings = {column.field: column.heading for column in sheet.table.columns}
    fields = {place: field for field, place in sheet.mapped.columns.items()}
    told: set[tuple[int, bool, int]] = set()
    for (row, column), style in sorted(facts.seen(name).styles.items()):
        field = fields.get(column)
        wanted = PLAIN if row == top else (must.get(f"format of {field}", ""),)
        judged = row == top or (row > top and f"format of {field}" in must)
        if field is None or not judged or (column, row == top, style) in told:
            continue
        if wrong := _wrong(facts, style, wanted):
            told.add((column, row == top, style))
            at = CellRef(name, row, column)
            what = "the heading" if row == top else headings[field]
            yield tell("RB914", at, f"{what} in {at.address} {wrong}.", CLEAN)


def told_sheet(facts: Facts, name: str, formats: str, tell: Teller) -> Iterator[Finding]:
    """RB914: cells of Key and Lists that show another thing than they hold."""
    wanted = tuple(formats.split(BETWEEN))
    styles = sorted(facts.seen(name).styles.items())
    wrong = [(place, said) for place, s in styles if (said := _wrong(facts, s, wanted))]
    for (row, column), said in wrong[:1]:
        at = CellRef(name, row, column)
        more = f" and {len(wrong) - 1} more" * bool(wrong[1:])
        yield tell("RB914", at, f"{at.address}{more} {said}.", CLEAN)


def _wrong(facts: Facts, style: int, wanted: tuple[str, ...]) -> str:
    found = _format(facts, style)
    if found in wanted:
        return ""
    if found.endswith(MARK):
        return UNSEEN
    return f"has the number format {short(found)} and not {short(wanted[0])}"


def _format(facts: Facts, style: int) -> str:
    """The format of a style; a profile may paint a band in the colour of its letters."""
    formats = facts.book.formats
    code = formats[style] if style < len(formats) else "General"
    return code + MARK * (style in facts.book.looks.unseen)
