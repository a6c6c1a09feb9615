"""One register beside an earlier one: what is new, gone, renamed, moved, re-dated.

Risks and actions are matched by reference, never by words or by their place: a title
that changed is a rename of the same risk.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from riskbook.core.model import Action, Record, Register, Risk, family
from riskbook.core.profile import Profile, Table
from riskbook.core.scores import Scores
from riskbook.core.scoring import plain
from riskbook.core.values import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two registers."""

    ref: str
    kind: str  # new, gone, changed
    field: str = ""  # for "changed"
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How the points of one risk moved at one stage; up is worse."""

    ref: str
    stage: str
    before: Decimal
    after: Decimal

    @property
    def word(self) -> str:
        """Direction of travel in a word."""
        return travel(self.before, self.after)


def travel(before: Decimal, after: Decimal) -> str:
    """Direction of travel in words: ``no change``, ``up 5, worse``, ``down 5, better``."""
    if after == before:
        return "no change"
    up = after > before
    return f"up {plain(after - before)}, worse" if up else f"down {plain(before - after)}, better"


def changes(before: Sequence[Record], after: Sequence[Record], table: Table) -> list[Change]:
    """What changed in the rows of one sheet, in the order of the later register."""
    old, new = _by_ref(before), _by_ref(after)
    found = [
        change
        for ref, record in new.items()
        for change in (_changed(old[ref], record, table) if ref in old else _new(record))
    ]
    return found + [Change(ref=_ref(old[ref]), kind="gone") for ref in old if ref not in new]


def _by_ref(records: Sequence[Record]) -> dict[str, Record]:
    return {family(_ref(record)): record for record in records if _ref(record)}


def _ref(record: Record) -> str:
    if isinstance(record, Risk):
        return record.key
    return record.ref if isinstance(record, Action) else ""


def _new(record: Record) -> Iterator[Change]:
    yield Change(ref=_ref(record), kind="new")


def _changed(before: Record, after: Record, table: Table) -> Iterator[Change]:
    for column in table.columns:
        if column.entered and column.field in before.entries:
            old, new = before.text(column.field), after.text(column.field)
            if clean(old) != clean(new):
                yield Change(
                    ref=_ref(after), kind="changed", field=column.field, before=old, after=new
                )


def movements(
    before: tuple[Register, Scores], after: tuple[Register, Scores], profile: Profile
) -> list[Movement]:
    """How the points of each risk in both registers moved, stage by stage."""
    earlier = _points(*before)
    return [
        Movement(ref=ref, stage=stage, before=earlier[ref][stage], after=points)
        for ref, stages in _points(*after).items()
        if ref in earlier
        for stage, points in stages.items()
        if stage in earlier[ref] and stage in profile.stages
    ]


def _points(register: Register, scores: Scores) -> Mapping[str, Mapping[str, Decimal]]:
    return {
        risk.key: {stage: score.points for stage, score in scores.by_row[risk.row].items()}
        for risk in register.risks
    }
