"""What every form is built of: fields, scores, prose and actions of one risk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from riskbook.core.blocks import Flow, Heading, Table, Text
from riskbook.core.history import travel
from riskbook.core.model import Action, Register, Risk, family
from riskbook.core.page import PageCell, band_style
from riskbook.core.profile import Column, Profile
from riskbook.core.scores import Scores, prior_points
from riskbook.core.scoring import plain
from riskbook.core.summary import state
from riskbook.core.withheld import unscored
from riskbook.core.words import LATER_COLUMNS

ACROSS = 96  # characters: the width of a form
SHORT = ("text", "people", "list", "date", "number")  # kinds that stand beside each other
MOST = 6  # fields beside each other
COVERED = {
    "text+dates": ("text", "original_due", "revised_due"),
    "status+state": ("status", "completed"),
}
OTHER = 18  # characters of a column that no layout knows
OF_HEADING = ("ref", "title", "sub_ref", "sub_title")
LATE = ("Overdue", "Past its date, no status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What forms are made from."""

    register: Register
    scores: Scores
    profile: Profile
    as_at: date


@dataclass(slots=True)
class Fields:
    """The fields of one risk; each is taken once, and :meth:`rest` has those not yet taken."""

    risk: Risk
    told: Told
    taken: set[str] = field(default_factory=lambda: {*OF_HEADING, *LATER_COLUMNS})

    def column(self, name: str) -> Column | None:
        """The column of a field, which counts as taken from now on."""
        self.taken.add(name)
        return self.told.profile.risks.column(name)

    def beside(self, names: Sequence[str]) -> Iterator[Flow]:
        """Short fields beside each other: headings above, entries below."""
        columns = [column for name in names if (column := self.column(name))]
        for start in range(0, len(columns), MOST):
            yield _row(columns[start : start + MOST], self.risk)

    def prose(self, name: str) -> Iterator[Flow]:
        """A long field under its heading."""
        if column := self.column(name):
            yield Heading(column.heading, 3)
            yield entry(self.risk.text(name))

    def columns(self, names: Sequence[str], about: str) -> Iterator[Flow]:
        """Long fields beside each other."""
        found = [column for name in names if (column := self.column(name))]
        if found:
            table = _row(found, self.risk)
            yield Table(table.head, table.rows, table.widths, about)

    def rest(self) -> Iterator[Flow]:
        """Every column that officers type in and no layout has taken: short ones, then prose."""
        kinds = {
            column.field: column.kind
            for column in self.told.profile.risks.columns
            if column.kind not in ("computed", "level") and column.field not in self.taken
        }
        yield from self.beside([name for name, kind in kinds.items() if kind in SHORT])
        for name, kind in kinds.items():
            if kind == "long":
                yield from self.prose(name)

    def level(self, stage: str, axis: str) -> PageCell:
        """A level with its word; empty where there is none."""
        rating = self.risk.ratings.get(stage)
        if rating is None:
            return PageCell(None, "rb wrap")
        return PageCell(self.told.profile.label(axis, getattr(rating, axis)), "rb wrap")

    def score(self, stage: str) -> PageCell:
        """Points and word of a stage on the colour of its band."""
        found = self.told.scores.by_row[self.risk.row].get(stage)
        if found is None:
            return PageCell(unscored(self.risk, stage), "rb note")
        shown = f"{plain(found.points)} {found.band.label}"
        return PageCell(shown, band_style(self.told.profile.bands, found.band))

    def heading_of(self, name: str, otherwise: str) -> str:
        """What the council prints above a column."""
        column = self.told.profile.risks.column(name)
        return column.heading if column else otherwise

    def stages(self, order: tuple[str, str]) -> Iterator[tuple[list[PageCell], list[PageCell]]]:
        """Headings and figures of each stage, the axes in an order."""
        for stage in self.told.profile.stages:
            names = [f"{stage}_{axis}" for axis in order]
            self.taken.update(names)
            if not self.told.profile.risks.column(f"{stage}_points"):
                continue
            head = [*(self.heading_of(name, name) for name in names)]
            head.append(self.heading_of(f"{stage}_points", stage))
            cells = [*(self.level(stage, axis) for axis in order), self.score(stage)]
            yield [PageCell(text, "rb head") for text in head], cells

    def scores(self, order: tuple[str, str]) -> Iterator[Flow]:
        """The levels and scores of all stages in one line, the axes in an order."""
        head, cells = [], []
        for above, below in self.stages(order):
            head += above
            cells += below
        if head:
            widths = (ACROSS // len(head),) * len(head)
            yield Table(tuple(head), (tuple(cells),), widths, f"Scores of {self.risk.key}")

    def movement(self) -> Iterator[Flow]:
        """Where last year's points stand: them, and which way they went."""
        told, words = [], self.told.profile.words
        for stage in self.told.profile.stages:
            self.taken.add(f"prior_{stage}")
            before = prior_points(self.risk, stage)
            now = self.told.scores.by_row[self.risk.row].get(stage)
            if before is not None and now:
                way = travel(before, now.points)
                told.append(f"{words[stage].lower()} {plain(before)} ({way})")
        if told:
            yield Text(f"Last year: {', '.join(told)}.", "note")

    def actions(self, columns: Sequence[str], widths: Sequence[int]) -> Iterator[Flow]:
        """The actions of the risk, where the council has any sheet of them."""
        table = self.told.profile.actions
        if table is None:
            return
        found = [
            action
            for action in self.told.register.actions
            if family(action.risk) == family(self.risk.key)
        ]
        shown = [(name, c) for name in columns if (c := table.column(name.partition("+")[0]))]
        covered = {part for name in columns for part in COVERED.get(name, (name,))}
        more = [c for c in table.columns if c.field not in {*covered, "risk", *LATER_COLUMNS}]
        shown += [(column.field, column) for column in more]
        yield Heading("Actions", 3)
        if not found:
            yield Text("No action is entered.", "note")
            return
        head = tuple(PageCell(column.heading, "rb head") for _, column in shown)
        rows = tuple(
            tuple(_action_cell(action, name, self.told) for name, _ in shown) for action in found
        )
        wide = dict(zip(columns, widths, strict=True))
        spread = tuple(wide.get(name, OTHER) for name, _ in shown)
        yield Table(head, rows, spread, f"Actions of {self.risk.key}")


def entry(text: str) -> Text:
    """An entry as prose, or that there is none."""
    return Text(text) if text.strip() else Text("Nothing is entered.", "note")


def dated(action: Action) -> str:
    """The dates of an action as a deep dive prints them after its words."""
    original, revised = action.text("original_due"), action.text("revised_due")
    if revised:
        return f"(Original Target Date: {original}) (Revised Target Date: {revised})"
    return f"(Target Date: {original})" if original else ""


def _action_cell(action: Action, name: str, told: Told) -> PageCell:
    """One field of an action; ``text+dates`` and ``status+state`` say two things in one cell."""
    if name == "text+dates":
        return PageCell("\n".join(filter(None, (action.text("text"), dated(action)))), "rb wrap")
    if name == "status+state":
        where = state(action, told.as_at)
        said = dict.fromkeys(filter(None, (action.text("status"), where)))
        done = action.text("completed")
        lines = [*said, *([f"Completed {done}"] if done else [])]
        return PageCell("\n".join(lines), "rb warning" if where in LATE else "rb wrap")
    return PageCell(action.text(name), "rb wrap")


def _row(columns: Sequence[Column], risk: Risk) -> Table:
    head = tuple(PageCell(column.heading, "rb head") for column in columns)
    cells = tuple(PageCell(risk.text(column.field), "rb wrap") for column in columns)
    widths = (ACROSS // len(columns),) * len(columns)
    return Table(head, (cells,), widths, f"About {risk.key}")
