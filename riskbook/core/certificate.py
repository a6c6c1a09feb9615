"""The certificate of a repair: what moved where, what stayed behind, what was put right.

::

    Certificate -> text()      aligned lines, for people
                -> document()  the same as JSON holds it, for programs

Plain data: who finds it out is :mod:`riskbook.edge.repairing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from riskbook.core.words import listed, spelt

FORMAT = "riskbook-certificate/1"
FEW = 3  # of a kind are named one by one
LONGEST = 60  # characters of a value on a line with others


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A workbook, and what it says it was made from; empty where it does not say."""

    file: str
    sha256: str
    profile: str
    profile_version: str
    template_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A block of entries of one column: ``Risks!F5:F12`` -> ``Risks!G5:G12``."""

    before: str
    after: str

    @property
    def moved(self) -> bool:
        """Whether it stands in other cells now."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The entries of one column, or of one label of About."""

    sheet: str  # of the new workbook
    heading: str
    entries: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something of the old workbook that is not in the new one as it was, and why."""

    cell: str  # with its sheet; the sheet alone, or empty, where it is no cell
    heading: str
    value: str
    why: str

    @property
    def sentence(self) -> str:
        """``Not carried: Risks!X5 Cost code 'A1': no column of the profile.``."""
        value = self.value if len(self.value) <= LONGEST else f"{self.value[:LONGEST]}..."
        parts = (self.cell, self.heading, repr(value) if value else "")
        named = " ".join(part for part in parts if part)
        return f"Not carried: {named}{': ' if named else ''}{self.why}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A control total: the levels of one column, counted and summed in both workbooks."""

    sheet: str
    heading: str
    before: int  # levels in the old workbook
    before_sum: int
    after: int
    after_sum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """All that a repair did."""

    made: str  # ISO date
    old: Version
    new: Version
    carried: tuple[Carried, ...]
    left: tuple[Remark, ...]  # not carried
    otherwise: tuple[Remark, ...]  # carried in another form
    put_right: tuple[str, ...]
    totals: tuple[Total, ...]

    @property
    def entries(self) -> int:
        """How many entries were carried."""
        return sum(column.entries for column in self.carried)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Each block of entries that stands in other cells now."""
        return tuple(move for column in self.carried for move in column.moves if move.moved)

    @property
    def exit_code(self) -> int:
        """0 everything was carried, 1 something was not."""
        return int(bool(self.left))

    def document(self) -> dict[str, Any]:
        """The certificate as JSON holds it."""
        return {"format": FORMAT, **asdict(self), "entries": self.entries}

    def text(self) -> str:
        """The certificate as aligned lines."""
        return "\n".join(line.rstrip() for line in self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "Certificate of repair"
        yield from table([("Made", self.made)])
        yield from table([*_version("Old", self.old), *_version("New", self.new)])
        yield from self._entries()
        yield from _remarks("Not carried", self.left, "Nothing: every entry was carried.")
        yield from _remarks("Carried in another form", self.otherwise, "Nothing.")
        yield from _section("Put right")
        yield from (
            f"  {spelt(line)}" for line in self.put_right or ("Nothing: it was as issued.",)
        )
        yield from _section("Control totals of levels (how many, and their sum)")
        head = ("Sheet", "Column", "Old", "Sum", "New", "Sum")
        rows = [
            (t.sheet, t.heading, t.before, t.before_sum, t.after, t.after_sum) for t in self.totals
        ]
        yield from table([head, *rows])

    def _entries(self) -> Iterator[str]:
        blocks = len(self.moves)
        said = (
            f"{blocks} block{'s' * (blocks > 1)} of them moved"
            if blocks
            else "each in its old cell"
        )
        yield from _section(f"Carried: {self.entries} entries, {said}")
        rows: list[Sequence[object]] = [
            ("Sheet", "Column", "Entries", "Old cells", "", "New cells")
        ]
        for column in self.carried:
            first: tuple[object, ...] = (column.sheet, column.heading, column.entries)
            for move in column.moves:
                sign = "->" if move.moved else "="
                rows.append((*first, move.before, sign, move.after))
                first = ("", "", "")
        yield from table(rows)


def briefly(remarks: Iterable[Remark]) -> Iterator[str]:
    """What was not carried as sentences; one for many of a kind in one column."""
    kinds: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in remarks:
        sheet = remark.cell.rpartition("!")[0]
        kinds.setdefault((sheet, remark.heading, remark.why), []).append(remark)
    for found in kinds.values():
        if len(found) > FEW:
            yield _together(found)
        else:
            yield from (remark.sentence for remark in found)


def _together(found: Sequence[Remark]) -> str:
    """``Not carried: Risks!X5, X6, X7 and 9 more (Cost code): no column of the profile.``."""
    first = found[0]
    cells = [first.cell, *(remark.cell.rpartition("!")[2] for remark in found[1:])]
    heading = f" ({first.heading})" if first.heading else ""
    return f"Not carried: {few(cells)}{heading}: {first.why}."


def few(names: Sequence[str]) -> str:
    """``L5, L6, L7 and 9 more``; all of them where they are few."""
    if len(names) > FEW:
        return f"{', '.join(names[:FEW])} and {len(names) - FEW} more"
    return listed(names)


def table(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Rows of cells as lines in which the columns stand below one another."""
    texts = [[_one_line(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells)


def _one_line(text: str) -> str:
    """A heading of several lines on one; what a terminal would obey is spelt."""
    return spelt(" ".join(text.split()))


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title


def _version(word: str, version: Version) -> Iterator[tuple[str, str]]:
    named = f"{version.profile} {version.profile_version}".strip() or "not said"
    yield word, version.file
    yield "", f"SHA-256 {version.sha256}"
    yield "", f"profile {named}, template {version.template_version or 'not said'}"


def _remarks(title: str, remarks: Sequence[Remark], none: str) -> Iterator[str]:
    yield from _section(f"{title}: {len(remarks)}" if remarks else title)
    if not remarks:
        yield f"  {none}"
        return
    whole = [repr(remark.value) for remark in remarks]
    long = [len(text) > LONGEST + 2 for text in whole]  # the two are its quotes
    values = ("(below)" if below else text for text, below in zip(whole, long, strict=True))
    rows = [(r.cell, r.heading, value, r.why) for r, value in zip(remarks, values, strict=True)]
    for line, text, below in zip(table(rows), whole, long, strict=True):
        yield line
        if below:
            yield f"      {spelt(text)}"
