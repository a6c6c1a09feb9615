"""What the tests share: a book in memory, and short ways to look at a register."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from riskbook import app
from riskbook.app import Outcome, Results
from riskbook.core import key, layout
from riskbook.core.finding import Finding
from riskbook.core.grid import Cell, Grid, Kind
from riskbook.core.page import Page
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"  # source documents and odd files; not part of the project
SEEDS, CORPUS = SHARED / "seeds", SHARED / "corpus"
JUDGE = Judge()


class MemoryBook:
    """Grids as a book; what is written is kept to be looked at."""

    def __init__(self, profile: Profile, grids: Mapping[str, Grid]) -> None:
        self.name = "memory"
        self._sheets = tuple(profile.sheets.values())
        self.grids = dict(grids)
        for plan in (key.key_plan(profile), key.lists_plan(profile)):
            self.grids.setdefault(plan.sheet, _grid(plan))
        self.computed: Results = {}
        self.pages: Sequence[Page] = ()

    @classmethod
    def of(cls, profile: Profile, document: Mapping[str, Any]) -> "MemoryBook":
        """The book that a workbook of a register document would be."""
        return cls(profile, layout.grids(profile, document))

    def sheets(self) -> tuple[str, ...]:
        return self._sheets

    def remove(self, sheet: str) -> None:
        self._sheets = tuple(name for name in self._sheets if name != sheet)

    def read(self, sheets: Sequence[str]) -> Mapping[str, Grid]:
        return {name: self.grids[name] for name in sheets}

    def template_findings(self, profile: Profile, found: Reading) -> Sequence[Finding]:
        """Nothing: grids have no parts that could be changed."""
        return ()

    def write(self, sheet: str, computed: Results, pages: Sequence[Page]) -> None:
        self.computed, self.pages = computed, pages


def _grid(plan: key.Plan) -> Grid:
    rows = max((cell.row for cell in plan.cells), default=0)
    columns = max((cell.column for cell in plan.cells), default=0)
    block = [[Cell(Kind.BLANK)] * columns for _ in range(rows)]
    for cell in plan.cells:
        if isinstance(cell.value, str):
            held = Cell(Kind.TEXT, cell.value) if cell.value else Cell(Kind.BLANK)
        else:
            held = Cell(Kind.NUMBER, f"{cell.value.normalize():f}")
        block[cell.row - 1][cell.column - 1] = held
    return Grid(sheet=plan.sheet, rows=tuple(map(tuple, block)))


def sample(name: str) -> dict[str, Any]:
    """A copy of a shipped register, to change."""
    return deepcopy(registers.load(name))


def looked(document: Mapping[str, Any], as_at: date | None = None) -> Outcome:
    """What checking a register document in memory comes to."""
    profile = profiles.load(document["profile"])
    return app.check(MemoryBook.of(profile, document), profile, as_at, JUDGE)


def codes(outcome: Outcome) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in outcome.findings]


def only(outcome: Outcome, code: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in outcome.findings if finding.code == code]
