"""What the public edition withholds, and the register that is left.

::

    marks, and the profile's fields that are never published
        -> Held: rows and entries, each with its reason
        -> the register without them

Where it is not certain that an entry may be published, it is withheld: the whole row of a
mark that nobody understands, and an action whose risk is not there to ask.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.core.marks import MARK, REASON, Mark, mark_of, stands
from riskbook.core.model import AXES, Entry, Record, Register, Risk, family
from riskbook.core.profile import Column, Profile, Table
from riskbook.core.reading import Reading, action_of, risk_of

WITHHELD = "[withheld]"  # where something stood
NO_REASON = "no reason given"
NOT_PLACED = "its risk is not in the register"
FIGURES = ("level", "weight", "number")  # a cell that is blank: a word is no figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is withheld, by where it stands, and why."""

    risks: Mapping[int, str]  # row -> reason
    actions: Mapping[int, str]
    fields: Mapping[tuple[str, int], Mapping[str, str]]  # (sheet, row) -> field -> reason

    def __bool__(self) -> bool:
        return bool(self.risks or self.actions or self.fields)

    def reasons(self) -> Iterator[str]:
        """The reason of each row and each entry that is withheld."""
        yield from self.risks.values()
        yield from self.actions.values()
        for found in self.fields.values():
            yield from found.values()


def held(reading: Reading, profile: Profile) -> Held:
    """What the marks of a register and its profile withhold."""
    register = reading.register
    marks = {risk.row: mark for risk in register.risks if (mark := mark_of(risk, reading.risks))}
    risks = _risks(register.risks, marks)
    fields = dict(_fields(register.risks, marks, risks, profile.risks, profile))
    actions: dict[int, str] = {}
    if reading.actions:
        rows = register.actions
        marks = {action.row: mark for action in rows if (mark := mark_of(action, reading.actions))}
        actions = {row: mark.reason for row, mark in marks.items() if mark.whole}
        actions = {**dict(_of_withheld_risks(register, risks)), **actions}
        fields |= dict(_fields(rows, marks, actions, reading.actions.table, profile))
    return Held(risks=risks, actions=actions, fields=fields)


def _risks(risks: Sequence[Risk], marks: Mapping[int, Mark]) -> dict[int, str]:
    """The rows that are withheld; "Whole risk" withholds every sub-risk of it."""
    found = {row: mark.reason for row, mark in marks.items() if mark.whole}
    families = {
        family(risk.ref): marks[risk.row].reason
        for risk in risks
        if risk.ref and risk.row in marks and marks[risk.row].family
    }
    for risk in risks:
        if family(risk.ref) in families:
            found.setdefault(risk.row, families[family(risk.ref)])
    return found


def _of_withheld_risks(register: Register, risks: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The actions that go with their risk, or belong to none that could be asked."""
    if not risks:
        return
    published = [risk for risk in register.risks if risk.row not in risks]
    known = {family(ref) for risk in published for ref in (risk.key, risk.ref) if ref}
    gone = {family(risk.ref): risks[risk.row] for risk in register.risks if risk.row in risks}
    gone = {ref: reason for ref, reason in gone.items() if ref not in known}
    gone |= {family(risk.key): risks[risk.row] for risk in register.risks if risk.row in risks}
    for action in register.actions:
        ref = family(action.risk)
        if ref in gone or ref not in known:
            yield action.row, gone.get(ref, NOT_PLACED)


def _fields(
    records: Sequence[Record],
    marks: Mapping[int, Mark],
    gone: Mapping[int, str],
    table: Table,
    profile: Profile,
) -> Iterator[tuple[tuple[str, int], dict[str, str]]]:
    """The entries that are withheld in rows that are published, where something stands."""
    part = "risks" if table is profile.risks else "actions"
    never = {item.field: item.reason for item in profile.exempt if item.sheet == part}
    for record in records:
        mark = marks.get(record.row)
        wanted = never | (dict.fromkeys(mark.fields, mark.reason) if mark else {})
        found = {f: why for f, why in wanted.items() if _filled(record, f)}
        if found and record.row not in gone:
            yield (table.sheet, record.row), found


def _filled(record: Record, field: str) -> bool:
    entry = record.entries.get(field)
    return entry is not None and stands(entry)


def published(register: Register, found: Held, profile: Profile) -> Register:
    """A register without what is withheld, without the marks and without the notes on it."""
    return Register(
        about=replace(register.about, notes=()),
        risks=tuple(
            risk_of(risk.row, _entries(risk, found, profile.risks), profile)
            for risk in register.risks
            if risk.row not in found.risks
        ),
        actions=tuple(
            action_of(action.row, _entries(action, found, table), profile)
            for table in profile.tables[1:]
            for action in register.actions
            if action.row not in found.actions
        ),
    )


def _entries(record: Record, found: Held, table: Table) -> dict[str, Entry]:
    gone = found.fields.get((table.sheet, record.row), {})
    return {
        column.field: _hidden(entry, column) if column.field in gone else entry
        for column in table.columns
        if column.field not in (MARK, REASON) and (entry := record.entries.get(column.field))
    }


def _hidden(entry: Entry, column: Column) -> Entry:
    cell = BLANK if column.kind in FIGURES else Cell(Kind.TEXT, WITHHELD)
    return replace(entry, cell=cell, value=WITHHELD)


def unscored(risk: Risk, stage: str) -> str:
    """What is said where a risk has no score: that a level is withheld, or that it has none."""
    levels = (risk.text(f"{stage}_{axis}") for axis in AXES)
    return WITHHELD if WITHHELD in levels else "not scored"


def without_marks(table: Table) -> Table:
    """A table without the columns of the marks."""
    return replace(table, columns=tuple(c for c in table.columns if c.field not in (MARK, REASON)))
