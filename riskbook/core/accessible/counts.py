"""The counts of an accessible workbook: by band, in total, by group, actions by state.

They are those of the Summary sheet (:mod:`riskbook.core.summary`), each in a table of its own.
"""

from collections import Counter
from collections.abc import Iterator

from riskbook.core.accessible.case import Case, Part
from riskbook.core.accessible.sheet import NOT_APPLICABLE, NOTHING, Column, Value
from riskbook.core.scoring import half_up
from riskbook.core.summary import BLANK, STATES, Counted, Group, state


def parts(case: Case) -> Iterator[Part]:
    """The tables of counts, in the order of the sheets."""
    yield _by_band(case)
    if not case.profile.weighted:  # points of weighted sub-risks are no sum: the overall is
        yield _totals(case)
    for group in case.summary.groups:
        if group.lines:
            yield _group(case, group)
    if case.register.actions:
        yield _states(case)


def _by_band(case: Case) -> Part:
    words, total, stages = case.profile.words, case.summary.total, case.profile.stages
    rows: list[tuple[Value, ...]] = [
        (band.label, *(total.bands[stage][band.key] for stage in stages))
        for band in reversed(case.profile.bands)
    ]
    rows.append(("Not scored", *(total.unscored[stage] for stage in stages)))
    rows.append(("Total", *(total.risks for _ in stages)))
    columns = [Column(heading=case.notes.mark(words["band"], "band"))]
    columns += [_number(f"{words[stage]}, number of {case.things}") for stage in stages]
    subject = f"{case.things.capitalize()} by {words['band']}"
    return Part(
        name=f"By {words['band']}", key="by_band", subject=subject, columns=columns, rows=rows
    )


def _totals(case: Case) -> Part:
    words, total = case.profile.words, case.summary.total
    rows: list[tuple[Value, ...]] = []
    for stage in case.profile.stages:
        mean = total.mean(stage)
        shown: Value = NOT_APPLICABLE if mean is None else half_up(mean, 2)
        unscored = total.unscored[stage]
        rows.append((words[stage], total.risks - unscored, unscored, total.points[stage], shown))
    columns = [
        Column(heading="Stage"),
        _number(f"Number of {case.things} scored"),
        _number(f"Number of {case.things} not scored"),
        _number(case.notes.mark(f"{words['points']}, total", "score")),
        _number(case.notes.mark(f"{words['points']}, mean", "mean", "rounding")),
    ]
    subject = f"{words['points']}, total and mean"
    return Part(
        name="Score totals", key="score_totals", subject=subject, columns=columns, rows=rows
    )


def _group(case: Case, group: Group) -> Part:
    profile, total = case.profile, case.summary.total
    name = profile.words[group.field]
    rows = [_counts(case, line) for line in group.lines]
    number = f"Number of {case.things}"
    if group.memberships == total.risks:
        rows.append(_counts(case, total))
    else:
        number = case.notes.mark(number, "shared")
    columns = [Column(heading=name), _number(number)]
    for stage in profile.stages:
        for band in reversed(profile.bands):
            columns.append(_number(f"{profile.words[stage]}: {band.label}"))
        columns.append(_number(f"{profile.words[stage]}: not scored"))
    subject = f"{case.things.capitalize()} by {name}"
    key = f"by_{group.field}"
    told = () if group.memberships == total.risks else (_memberships(group, total, case.things),)
    return Part(name=f"By {name}", key=key, subject=subject, columns=columns, rows=rows, told=told)


def _memberships(group: Group, total: Counted, things: str) -> str:
    added = f"The numbers add up to {group.memberships}, as some of the "
    return f"{added}{total.risks} {things} are shared."


def _counts(case: Case, line: Counted) -> tuple[Value, ...]:
    found: list[Value] = [NOTHING if line.name == BLANK else line.name, line.risks]
    for stage in case.profile.stages:
        found += [line.bands[stage][band.key] for band in reversed(case.profile.bands)]
        found.append(line.unscored[stage])
    return tuple(found)


def _states(case: Case) -> Part:
    counts = Counter(state(action, case.as_at) for action in case.register.actions)
    rows: list[tuple[Value, ...]] = [(name, counts[name]) for name in STATES if counts[name]]
    rows.append(("Total", len(case.register.actions)))
    columns = [Column(heading=case.notes.mark("State", "state")), _number("Number of actions")]
    subject = f"Actions by state on {case.day}"
    return Part(
        name="Action states", key="action_states", subject=subject, columns=columns, rows=rows
    )


def _number(heading: str) -> Column:
    return Column(heading=heading, kind="number")
