"""What people see beside the entries: titles, captions, help, alerts, colours and charts.

::

    Risks    title                   Operational risks
    Risks    above risk_owner        Ownership
    Risks    said of service, list list_service stop         Service: Choose the service ...
    Risks    paint of gross_band, expression $I[0]="High"    letters FFFFFF on C00000
    Key      fill B16                C00000

Charts and shapes are in :mod:`drawn`, formats in :mod:`styled`.

References of versions before these were compared hold none of them, and tell none.
"""

from collections.abc import Iterable, Iterator, Mapping

from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, letters
from riskbook.core.layout import HEADING_ROW
from riskbook.core.reading import Sheet
from riskbook.edge.fingerprint import drawn, styled
from riskbook.edge.fingerprint.facts import Facts, Reference
from riskbook.edge.fingerprint.patches import address
from riskbook.edge.fingerprint.sheet import Area, Placed, areas
from riskbook.edge.fingerprint.telling import CLEAN, Teller, short
from riskbook.edge.xlsx.colours import WHITE

Shown = Mapping[str, str]
OR = "\x1f"  # between what one place may show


def everything(facts: Facts) -> dict[str, Shown]:
    """What is shown on each sheet of a blank workbook, by the name of its place."""
    found: dict[str, Shown] = {}
    for sheet in facts.reading.sheets:
        row = sheet.mapped.row + 1
        found[sheet.grid.sheet] = {
            **{place: text for place, (_, text) in _titles(facts, sheet).items() if text},
            **_every((n, text) for n, over, text in _painted(facts, sheet) if over.top <= row),
            **styled.of_columns(facts, sheet),
        }
    key, lists, summary = (facts.profile.sheets[each] for each in ("key", "lists", "summary"))
    found[key] = {**_filled(facts, key), "formats": styled.of_sheet(facts, key)}
    found[lists] = {"formats": styled.of_sheet(facts, lists)}
    found[summary] = drawn.charts(facts, summary)
    return found


def differences(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """RB914: what people see is another thing than the template shows them."""
    for sheet in facts.reading.sheets:
        must = wanted.shown.get(sheet.grid.sheet, {})
        if must:
            yield from _told_titles(facts, sheet, must, tell)
            yield from _told_paint(facts, sheet, must, tell)
            yield from styled.told_columns(facts, sheet, must, tell)
            yield from _told_above(facts, sheet, tell)
    if wanted.shown:
        yield from _told_fixed(facts, wanted, tell)
        yield from drawn.shapes(facts, tell)


def _every(shown: Iterable[tuple[str, str]]) -> Shown:
    """A text for each place; a profile may have two bands of one word and two colours."""
    found: dict[str, dict[str, None]] = {}
    for place, text in shown:
        found.setdefault(place, {})[text] = None
    return {place: OR.join(texts) for place, texts in found.items()}


def _told_fixed(facts: Facts, wanted: Reference, tell: Teller) -> Iterator[Finding]:
    """Key, Lists and Summary, where they are there."""
    names = {sheet.name for sheet in facts.book.sheets}
    key, lists, summary = (facts.profile.sheets[each] for each in ("key", "lists", "summary"))
    for name in (key, lists):
        if name in names and (must := wanted.shown.get(name, {})):
            fills = {place: fill for place, fill in must.items() if place != "formats"}
            yield from _told_fills(facts, name, fills, tell)
            yield from styled.told_sheet(facts, name, must.get("formats", ""), tell)
            for colour in facts.seen(name).colours[:1]:
                yield _coloured(name, colour, tell)
    if summary in names and (must := wanted.shown.get(summary, {})):
        yield from drawn.told_charts(facts, summary, must, tell)


def _coloured(name: str, colour: Placed, tell: Teller) -> Finding:
    at = CellRef(name, colour.areas[0].top, colour.areas[0].left) if colour.areas else None
    message = "a conditional format that the template does not have paints these cells."
    return tell("RB914", at or CellRef(name, 1, 1), message, CLEAN)


def _told_above(facts: Facts, sheet: Sheet, tell: Teller) -> Iterator[Finding]:
    """Conditional formats over the headings and what stands above them."""
    name, row = sheet.grid.sheet, sheet.mapped.row
    for colour in facts.seen(name).colours:
        if any(area.top <= row for area in colour.areas):
            yield _coloured(name, colour, tell)
            return


def _titles(facts: Facts, sheet: Sheet) -> dict[str, tuple[CellRef, str]]:
    """The title of a register sheet and the captions over its headings: where and what."""
    places = {f"above {name}": place for name, place in sheet.mapped.columns.items()}
    top = sheet.mapped.row - HEADING_ROW + 1  # rows may stand before it
    cells = {"title": (top, 1), **{n: (sheet.mapped.row - 1, at) for n, at in places.items()}}
    found: dict[str, tuple[CellRef, str]] = {}
    for name, (row, column) in cells.items():
        cell = sheet.grid.at(max(row, 1), column)
        text = f"={cell.formula}" if cell.formula else " ".join(cell.text.split())
        found[name] = CellRef(sheet.grid.sheet, max(row, 1), column), text
    return found


def _told_titles(facts: Facts, sheet: Sheet, must: Shown, tell: Teller) -> Iterator[Finding]:
    for name, (at, text) in _titles(facts, sheet).items():
        if name in must and text != must[name]:
            message = f"{at.address} says {short(text)} and not {short(must[name])}."
            yield tell("RB914", at, message, CLEAN, value=text)


def _painted(facts: Facts, sheet: Sheet) -> Iterator[tuple[str, Area, str]]:
    """What each rule over a column tells or paints: its name, where, what."""
    seen = facts.seen(sheet.grid.sheet)
    colours = [
        (placed, facts.colour_text(placed.text, sheet), _paint(facts, placed))
        for placed in seen.colours
    ]
    own = {column.field: place for place, column in enumerate(sheet.table.columns, start=1)}
    for name, place in sorted(sheet.mapped.columns.items()):
        # a column that was moved is told (RB113), and its help with it
        for rule in seen.rules if place == own[name] else ():
            for area in _over(rule, place):
                yield f"said of {name}, {rule.text}", area, rule.said
        for placed, text, told in colours:
            for area in _over(placed, place):
                yield f"paint of {name}, {text}", area, told


def _paint(facts: Facts, placed: Placed) -> str:
    paint = facts.paints[placed.paint] if 0 <= placed.paint < len(facts.paints) else ""
    return " for ".join(each for each in (paint, placed.said) if each)


def _over(placed: Placed, place: int) -> Iterator[Area]:
    for area in placed.areas:
        if area.left <= place <= area.right:
            yield Area(area.top, place, area.bottom, place)


def _told_paint(facts: Facts, sheet: Sheet, must: Shown, tell: Teller) -> Iterator[Finding]:
    """Those of rules that are the template's; what others do is told with the cells."""
    headings = {column.field: column.heading for column in sheet.table.columns}
    other: dict[tuple[str, str], list[Area]] = {}
    for name, area, found in _painted(facts, sheet):
        if found not in must.get(name, found).split(OR):
            other.setdefault((name, found), []).append(area)
    for (name, found), areas_of in other.items():
        first = min(areas_of, key=lambda area: area.top)
        more = f" and {len(areas_of) - 1} more places" * bool(areas_of[1:])
        kind, _, rest = name.partition(" of ")
        usual = must[name].split(OR)[0]
        of = f"{headings[rest.partition(', ')[0]]} in {address(first)}{more}"
        if kind == "paint":
            said = f"a colour of {of} has {found or 'none'} and not {usual}."
        else:
            lines = zip(found.split("\n"), usual.split("\n"), strict=True)
            new, old = next(pair for pair in lines if pair[0] != pair[1])
            said = f"the help of {of} says {short(new)} and not {short(old)}."
        at = CellRef(sheet.grid.sheet, first.top, first.left)
        yield tell("RB914", at, said, CLEAN)


def _filled(facts: Facts, name: str) -> dict[str, str]:
    """The cells of a sheet that are filled with a colour."""
    fills, styles = facts.fills, facts.seen(name).styles.items()
    found = {place: fills[style] for place, style in sorted(styles) if style < len(fills)}
    return {f"fill {letters(c)}{row}": fill for (row, c), fill in found.items() if fill != WHITE}


def _told_fills(facts: Facts, name: str, must: Shown, tell: Teller) -> Iterator[Finding]:
    found = _filled(facts, name)
    other = [place for place in must if found.get(place) != must[place]]
    for place in other[:1]:
        cell, more = place.removeprefix("fill "), f" and {len(other) - 1} more" * bool(other[1:])
        fill, area = found.get(place, "no colour"), areas(cell)[0]
        at = CellRef(name, area.top, area.left)
        message = f"{cell}{more} is filled with {fill} and not {must[place]}."
        yield tell("RB914", at, message, CLEAN, value=fill)
