"""The Actions due sheet: what is late, what comes next, what was re-dated.

::

    counts: past the date, due in 30, 60, 90 days, later, no date, complete, each with its RAG
    every action in a line, by the date in force, the complete ones last
    actions whose date was moved, and by how many months
    actions by owner
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.model import Action, Register, family
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.paging import paged
from riskbook.core.pages.parts import (
    BLANK_ROW,
    OPENED,
    across,
    body,
    cell_of,
    count,
    head,
    head_across,
    heading,
    lead,
    note,
    opening,
)
from riskbook.core.profile import Profile
from riskbook.core.scoring import half_up
from riskbook.core.summary import (
    LATE,
    STATES,
    Changes,
    by_owner,
    rag_of,
    slipped,
    state,
)

WIDTHS = (11, 24, 16, 16, 9, 9, 10, 52, 28, 28, 14)
RAGS = ("Red", "Amber", "Green", "No date", "Complete")
HEAD_ROW = OPENED + 3 + 1 + len(STATES) + 1 + 1 + 2  # the row of the headings above the actions
ONCE = (
    "Months count from the first date to the last. How often a date was moved is known once "
    "periods are sealed with `riskbook snapshot`."
)
TIMES = (
    "Months count from the first date to the last; times are those that the sealed periods show."
)
RULE = (
    "The RAG of an action follows from its state, as this table says; No date and Complete are "
    "said in words."
)


def page(register: Register, profile: Profile, as_at: date, changes: Changes | None = None) -> Page:
    """The counts, the actions by the date in force, the re-dated ones, the owners."""
    actions = sorted(register.actions, key=_when)
    rows = opening(profile.sheets["actions_due"], register, profile, as_at, WIDTHS)
    rows.append(lead(headline(actions, as_at), WIDTHS))
    rows.append(note(redated(actions), WIDTHS))
    rows.append(note(RULE, WIDTHS))
    rows.extend(_counts(actions, profile, as_at))
    rows.append(BLANK_ROW)
    rows.append(heading("Every action"))
    rows.append(head(_headings(profile), WIDTHS))
    rows.extend(_line(action, profile, as_at) for action in actions)
    if not actions:
        rows.append(note("No action is entered.", WIDTHS))
    moved = list(_redated(actions, changes.times if changes else {}))
    blocks = [rows, moved, [BLANK_ROW, *_by_owner(actions, profile)]]
    return Page(sheet=profile.sheets["actions_due"], rows=paged(filter(None, blocks), WIDTHS))


def rag_cell(word: str) -> PageCell:
    """The RAG of an action as its word in its style."""
    return PageCell(word, f"rb action {RAGS.index(word) + 1}")


def _when(action: Action) -> tuple[bool, date, int]:
    due = action.due_now
    return (action.complete, due.day if due else date.max, action.row)


def headline(actions: Sequence[Action], as_at: date) -> str:
    """One sentence: ``14 actions: 3 past their date, 11 to come``."""
    states = [state(action, as_at) for action in actions]
    late = sum(1 for found in states if found in LATE)
    done = states.count("Complete")
    text = f"{count(len(actions), 'action')}: {late} past their date, "
    return text + f"{len(actions) - late - done} to come, {done} complete."


def redated(actions: Sequence[Action]) -> str:
    """How many actions were re-dated and by how many months."""
    months = [slipped(action) for action in actions if action.due("revised_due")]
    if not months:
        return "No action was re-dated."
    share = half_up(Decimal(100 * len(months)) / len(actions), 1)
    mean = half_up(Decimal(sum(months)) / len(months), 1)
    return (
        f"{len(months)} of {count(len(actions), 'action')} re-dated ({share} %), "
        f"by {count(sum(months), 'month')} together, {mean} on average."
    )


def _counts(actions: Sequence[Action], profile: Profile, as_at: date) -> Iterator[PageRow]:
    """How many actions stand where: the same rows for every register."""
    found = Counter(state(action, as_at) for action in actions)
    yield head(("RAG", "State", "Actions"), WIDTHS[:3])
    for where in STATES:
        cells = [rag_cell(rag_of(where, profile)), PageCell(where, "rb wrap")]
        yield body([*cells, PageCell(found[where], "rb number")], WIDTHS)
    cells = [PageCell("Total", "rb total label"), PageCell(None, "rb total")]
    yield body([*cells, PageCell(len(actions), "rb total")], WIDTHS)


def _headings(profile: Profile) -> list[str]:
    wanted = ("ref", "risk", "text", "manager", "owner", "status")
    columns = profile.actions.columns if profile.actions else ()
    found = {column.field: column.heading for column in columns}
    ref, risk, text, manager, owner, status = (found.get(field, "") for field in wanted)
    moved = "Months moved"
    return ["RAG", "State", "Due", "Original date", moved, ref, risk, text, manager, owner, status]


def _line(action: Action, profile: Profile, as_at: date) -> PageRow:
    due, where = action.due_now, state(action, as_at)
    original = action.text("original_due")
    moved = slipped(action) if action.due("revised_due") else None
    cells = [
        rag_cell(rag_of(where, profile)),
        PageCell(where, "rb warning" if where in LATE else "rb wrap"),
        PageCell(due.text if due else original, "rb wrap"),
        PageCell(original, "rb wrap"),
        PageCell(moved, "rb number"),
        PageCell(action.ref, "rb link wrap", link=cell_of(action, "ref")),
        PageCell(action.risk, "rb wrap"),
        *(
            PageCell(action.text(name), "rb wrap")
            for name in ("text", "manager", "owner", "status")
        ),
    ]
    return body(cells, WIDTHS)


def _redated(actions: Sequence[Action], times: Mapping[str, int]) -> Iterator[PageRow]:
    """The actions whose date was moved, from when to when, and by how many months."""
    moved = [action for action in actions if action.due("revised_due")]
    if not moved:
        return
    yield BLANK_ROW
    yield heading("Re-dated")
    yield head(("Action", "Risk", "Original date", "Revised date", "Months", "Times"), WIDTHS)
    for action in moved:
        cells = [
            PageCell(action.ref, "rb link wrap", link=cell_of(action, "revised_due")),
            PageCell(action.risk, "rb wrap"),
            PageCell(action.text("original_due"), "rb wrap"),
            PageCell(action.text("revised_due"), "rb wrap"),
            PageCell(slipped(action), "rb number"),
            PageCell(max(1, times.get(family(action.ref), 1)), "rb number"),
        ]
        yield body(cells, WIDTHS)
    months = sum(slipped(action) for action in moved)
    yield _sum("Months together", PageCell(months, "rb total"))
    mean = half_up(Decimal(months) / len(moved), 2)
    yield _sum("Months on average", PageCell(mean, "rb total decimal"))
    yield note(TIMES if times else ONCE, WIDTHS)


def _sum(label: str, cell: PageCell) -> PageRow:
    return across([PageCell(label, "rb total label"), cell], (4, 1), WIDTHS)


def _by_owner(actions: Sequence[Action], profile: Profile) -> Iterator[PageRow]:
    counts = by_owner(actions)
    column = profile.actions.column("owner") if profile.actions else None
    spans = (2, 1)
    yield heading(f"By {column.heading if column else 'owner'}")
    yield head_across(("Owner", "Actions"), spans, WIDTHS)
    for owner, number in sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold())):
        cells = [PageCell(owner, "rb wrap"), PageCell(number, "rb number")]
        yield across(cells, spans, WIDTHS)
    shared = sum(counts.values())
    label = "Total" if shared == len(actions) else "Total, each counted once"
    cells = [PageCell(label, "rb total label"), PageCell(len(actions), "rb total")]
    yield across(cells, spans, WIDTHS)
    if shared != len(actions):
        told = f"{shared} memberships over {count(len(actions), 'action')}."
        yield note(f"Shared actions count for each owner: {told}", WIDTHS)
