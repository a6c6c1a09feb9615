"""The accessible edition of a register, as plain data: sheets that any reader can follow.

::

    register, scores, summary -> parts (tables) -> sheets with titles, prose and notes -> Edition
                                 counts  entries  keys

    Cover, Contents, Notes, then one sheet for each part

What the file looks like is :mod:`riskbook.edge.accessible`, which also judges it when it
is finished.
"""

from collections.abc import Sequence
from itertools import chain

from riskbook.core.accessible import counts, entries, keys
from riskbook.core.accessible.case import Case, Part
from riskbook.core.accessible.notes import Notes
from riskbook.core.accessible.sheet import (
    CONTENTS,
    COVER,
    NOTES,
    NOTHING,
    SHORTHAND,
    Column,
    Edition,
    Prose,
    Sheet,
    Table,
    Value,
    described,
    different,
    sheet_name,
)
from riskbook.core.model import About
from riskbook.core.pages import Figures
from riskbook.core.pages.checks import totals
from riskbook.core.pages.front import headline
from riskbook.core.profile import Profile
from riskbook.core.values import clean
from riskbook.core.withheld import WITHHELD
from riskbook.core.words import count

__all__ = ["CONTENTS", "COVER", "NOTES", "SHORTHAND", "Edition", "Sheet", "Table", "edition"]


def edition(of: Figures, *, source: str = "", withheld: str = "") -> Edition:
    """The whole workbook.

    ``source`` says which file it was made from, ``withheld`` what a public edition leaves out;
    a public edition says nothing of the findings.
    """
    register, profile, notes = of.register, of.profile, Notes(of.profile)
    case = Case(**{name: getattr(of, name) for name in Figures.__dataclass_fields__}, notes=notes)
    sheets: list[Sheet] = []
    for part in chain(counts.parts(case), entries.parts(case), keys.parts(case)):
        taken = (COVER, CONTENTS, NOTES, *(sheet.name for sheet in sheets))
        sheets.append(_sheet(part, case, taken))
    sheets.insert(0, notes.sheet())
    sheets.insert(0, _contents(sheets))
    title = _title(register.about, profile)
    checks = f"Checks: {totals(of.findings or ()).rstrip('.')}."
    told = [headline(register, of.summary, profile), withheld or checks]
    cover = _cover(title, case, told, source, len(sheets), withheld=bool(withheld))
    return Edition(
        title=title,
        organisation=register.about.organisation,
        as_at=of.as_at,
        sheets=(cover, *sheets),
    )


def _sheet(part: Part, case: Case, taken: Sequence[str]) -> Sheet:
    about = case.register.about
    named = ", ".join(text for text in (_title(about, case.profile), about.period) if text)
    rows = tuple(tuple(map(_filled, row)) for row in part.rows)
    table = Table(name=part.key, columns=different(part.columns), rows=rows)
    prose = described(table, (*part.told, f"Position as at {case.day}."))
    back = Prose(text=f"Back to {CONTENTS}", link=CONTENTS)
    return Sheet(
        name=sheet_name(part.name, taken),
        title=f"{part.subject}. {named}",
        prose=(*prose, back),
        table=table,
    )


def _filled(value: Value) -> Value:
    """A text of characters that nobody sees is no entry."""
    return NOTHING if isinstance(value, str) and not value.strip() else value


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    rows = [
        (sheet.name, sheet.title, len(sheet.table.rows) if sheet.table else 0) for sheet in sheets
    ]
    columns = (
        Column(heading="Worksheet", kind="link"),
        Column(heading="What it holds"),
        Column(heading="Number of rows", kind="number"),
    )
    table = Table(name="contents", columns=columns, rows=tuple(rows))
    told = ["Each name of a worksheet is a link to it."]
    return Sheet(
        name=CONTENTS, title="Contents of this workbook", prose=described(table, told), table=table
    )


def _title(about: About, profile: Profile) -> str:
    """What the register is called; a title of spaces of any kind is none."""
    return clean(about.title).strip() or profile.title


def _cover(
    title: str, case: Case, told: Sequence[str], source: str, sheets: int, *, withheld: bool
) -> Sheet:
    about, profile = case.register.about, case.profile
    shorthand = [item for item in SHORTHAND.items() if item[0] != WITHHELD or withheld]
    said: list[tuple[str, list[str]]] = [
        ("", [about.organisation, about.period, f"Position as at {case.day}."]),
        ("What this workbook is", [_WHAT, *about.introduction.splitlines()]),
        ("What the register says", list(told)),
        ("How to read it", [_NOTES, *(f"{sign} means {said}." for sign, said in shorthand)]),
        (
            "Where it comes from",
            [about.source, source, f"Made by riskbook from the profile {profile.id}."],
        ),
    ]
    prose: list[Prose] = []
    for heading, lines in said:
        prose += [Prose(text=heading, heading=True)] if heading else []
        prose += [Prose(text=line.strip()) for line in lines if line.strip()]
    prose.append(Prose(text="Worksheets", heading=True))
    others = f"{count(sheets - 1, 'more worksheet')} that it lists"
    prose.append(Prose(text=f"{CONTENTS}: a list of the {others}", link=CONTENTS))
    return Sheet(name=COVER, title=title, prose=tuple(prose))


_WHAT = (
    "The accessible edition of a risk register: one table a worksheet, from column A, with no "
    "formulas, macros, pictures, merged or hidden cells. Bands are words, never colours alone."
)
_NOTES = "Notes are marked as in [note 1], and are explained on the Notes worksheet."
