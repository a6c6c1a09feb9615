"""The Actions due sheet: what is late, what comes next, what was re-dated."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from riskbook.core.model import Action, Register
from riskbook.core.page import Page, PageCell, PageRow
from riskbook.core.pages.parts import BLANK_ROW, body, count, head, heading, note, opening
from riskbook.core.profile import Profile
from riskbook.core.scoring import half_up
from riskbook.core.summary import by_owner, slipped, state

WIDTHS = (26, 16, 16, 10, 10, 52, 30, 30, 14)
HEAD_ROW = 8  # the row of the headings above the actions
LATE = ("Overdue", "Past its date, no status")


def page(register: Register, profile: Profile, as_at: date) -> Page:
    """The actions by the date in force, then the counts."""
    actions = sorted(register.actions, key=_when)
    rows = opening(profile.sheets["actions_due"], register, profile, as_at, WIDTHS)
    rows.append(PageRow((PageCell(headline(actions, as_at), "rb lead"),)))
    rows.append(note(redated(actions)))
    rows.append(BLANK_ROW)
    rows.append(head(_headings(profile), WIDTHS))
    rows.extend(_line(action, as_at) for action in actions)
    rows.append(BLANK_ROW)
    rows.extend(_by_owner(actions, profile))
    return Page(sheet=profile.sheets["actions_due"], rows=tuple(rows))


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


def _headings(profile: Profile) -> list[str]:
    wanted = ("ref", "risk", "text", "manager", "owner", "status")
    columns = profile.actions.columns if profile.actions else ()
    found = {column.field: column.heading for column in columns}
    ref, risk, text, manager, owner, status = (found.get(field, "") for field in wanted)
    return ["State", "Due", "Original date", ref, risk, text, manager, owner, status]


def _line(action: Action, as_at: date) -> PageRow:
    where = state(action, as_at)
    months = slipped(action)
    original = action.text("original_due")
    if months:
        original += f"\n(moved {count(months, 'month')})"
    due = action.due_now
    cells = [
        PageCell(where, "rb warning" if where in LATE else "rb wrap"),
        PageCell(due.text if due else action.text("original_due"), "rb wrap"),
        PageCell(original, "rb wrap"),
        PageCell(action.ref, "rb link", link=action.entries["ref"].at),
        PageCell(action.risk, "rb text"),
        PageCell(action.text("text"), "rb wrap"),
        PageCell(action.text("manager"), "rb wrap"),
        PageCell(action.text("owner"), "rb wrap"),
        PageCell(action.text("status"), "rb wrap"),
    ]
    return body(cells, WIDTHS)


def _by_owner(actions: Sequence[Action], profile: Profile) -> Iterator[PageRow]:
    counts = by_owner(actions)
    column = profile.actions.column("owner") if profile.actions else None
    yield heading(f"By {column.heading if column else 'owner'}")
    yield head(("Owner", "Actions"), WIDTHS[:2])
    for owner, number in sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold())):
        yield body([PageCell(owner, "rb wrap"), PageCell(number, "rb number")], WIDTHS)
    shared = sum(counts.values())
    if shared == len(actions):
        yield PageRow((PageCell("Total", "rb total label"), PageCell(shared, "rb total")))
    else:
        yield note(
            f"Shared actions count for each owner: {shared} memberships over "
            f"{len(actions)} actions."
        )
