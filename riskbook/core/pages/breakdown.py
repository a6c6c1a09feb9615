"""The sheet By group: the risks by owner, directorate, service, category and priority.

Every table has the counts by band of each stage, the points, and a last line that
reconciles with the register: a total, or, where risks are shared, how many memberships
there are over how many rows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from riskbook.core.model import Register
from riskbook.core.page import Page, PageCell, PageRow, PageValue
from riskbook.core.pages.paging import paged
from riskbook.core.pages.parts import (
    BLANK_ROW,
    body,
    count,
    head,
    heading,
    legend,
    note,
    one_row,
    opening,
)
from riskbook.core.profile import Profile
from riskbook.core.scoring import half_up
from riskbook.core.summary import STATES, Counted, Group, Summary, actions_by_owner, state

NAME, ROWS, EACH = 30, 9, 9  # characters
ONCE = "Total, each counted once"


def widths(profile: Profile) -> tuple[int, ...]:
    """The widths of the columns in characters."""
    columns = len(profile.stages) * (len(profile.bands) + 1 + (0 if profile.weighted else 2))
    return (NAME, ROWS, *[EACH] * max(columns, len(STATES)))


def page(register: Register, summary: Summary, profile: Profile, as_at: date) -> Page:
    """One table for each group that the profile has, then the actions by owner."""
    wide = widths(profile)
    rows = opening(profile.sheets["breakdown"], register, profile, as_at, wide)
    rows.append(note(_told(summary, profile), wide))
    blocks = [rows, *([BLANK_ROW, *_group(g, summary, profile)] for g in summary.groups)]
    if profile.actions:
        blocks.append([BLANK_ROW, *_actions(register, profile, as_at)])
    blocks.append(legend(profile))
    return Page(sheet=profile.sheets["breakdown"], rows=paged(blocks, wide))


def _told(summary: Summary, profile: Profile) -> str:
    name = count(summary.total.risks, one_row(profile))
    if not summary.groups:
        return f"{name}; the profile has no column to group them by."
    return f"{name}. Each counts once in a table, or once for each of those who share it."


def _group(group: Group, summary: Summary, profile: Profile) -> Iterator[PageRow]:
    wide, total = widths(profile), summary.total
    name = profile.words[group.field]
    yield heading(f"By {name}")
    yield head(_headings(name, profile), wide)
    for line in group.lines:
        yield body(_counts(line, profile, "rb wrap", "rb number"), wide)
    shared = group.memberships != total.risks
    whole = replace(total, name=ONCE if shared else total.name)
    yield body(_counts(whole, profile, "rb total label", "rb total"), wide)
    if shared:
        told = "Shared risks count for each: "
        told += f"{group.memberships} memberships over {count(total.risks, 'row')}."
        yield note(told, wide)


def _headings(name: str, profile: Profile) -> list[str]:
    words = profile.words
    found = [name, f"{one_row(profile).capitalize()}s"]
    for stage in profile.stages:
        found += [f"{words[stage]} {band.label}" for band in reversed(profile.bands)]
        found.append(f"{words[stage]} not scored")
        if not profile.weighted:
            found += [f"{words[stage]} {words['points']}, {what}" for what in ("total", "mean")]
    return found


def _counts(line: Counted, profile: Profile, first: str, other: str) -> list[PageCell]:
    """A line's counts; points of weighted sub-risks are no sum, so they are left out."""
    cells = [PageCell(line.name, first), PageCell(line.risks, other)]
    decimal = "rb total decimal" if other == "rb total" else "rb decimal"
    for stage in profile.stages:
        cells += [PageCell(line.bands[stage][b.key], other) for b in reversed(profile.bands)]
        cells.append(PageCell(line.unscored[stage], other))
        if not profile.weighted:
            mean = line.mean(stage)
            cells.append(PageCell(line.points[stage], other))
            cells.append(PageCell(None if mean is None else half_up(mean, 2), decimal))
    return cells


def _actions(register: Register, profile: Profile, as_at: date) -> Iterator[PageRow]:
    """The actions by owner and by where they stand."""
    wide, actions = widths(profile), register.actions
    column = profile.actions.column("owner") if profile.actions else None
    name = column.heading if column else "Owner"
    counted = actions_by_owner(actions, as_at)
    yield heading(f"Actions by {name}")
    yield head((name, "Actions", *STATES), wide)
    for owner, states in counted.items():
        yield body(_line(owner, states, "rb wrap", "rb number"), wide)
    memberships = sum(sum(states.values()) for states in counted.values())
    shared = memberships != len(actions)
    whole = Counter(state(action, as_at) for action in actions)
    yield body(_line(ONCE if shared else "Total", whole, "rb total label", "rb total"), wide)
    if shared:
        told = "Shared actions count for each owner: "
        told += f"{memberships} memberships over {count(len(actions), 'action')}."
        yield note(told, wide)


def _line(name: str, states: Mapping[str, int], first: str, other: str) -> Sequence[PageCell]:
    values: list[PageValue] = [sum(states.values()), *(states[where] for where in STATES)]
    return [PageCell(name, first), *(PageCell(value, other) for value in values)]
