"""Actions and their dates (RB4xx).

Nothing is late by a day that is a slip of the pen itself: RB409 says so once.
"""

from collections.abc import Callable, Iterable, Iterator

from riskbook.core.checks.dates import slipped
from riskbook.core.checks.rows import squeezed
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.model import Action, Risk, family
from riskbook.core.values import clean


def orphans(case: Case) -> Iterator[Finding]:
    """RB401: each action names a risk or sub-risk that is there."""
    known = {family(risk.key): risk.key for risk in case.register.risks if risk.key}
    known |= {family(risk.ref): risk.ref for risk in case.register.risks if risk.ref}
    listed = ", ".join(list(known.values())[:8])
    for action in case.register.actions:
        if action.risk and family(action.risk) not in known:
            near = next(
                (ref for ref in known.values() if squeezed(ref) == squeezed(action.risk)), ""
            )
            choice = f"Choose {near} if that is meant." if near else f"Choose one of {listed}."
            yield case.finding(
                "RB401",
                action.entries["risk"].at,
                f"action {action.ref} belongs to {action.risk!r}, and there is no such risk.",
                choice if listed else "Give the risk its reference first.",
                field="risk",
                value=action.risk,
            )


def revised(case: Case) -> Iterator[Finding]:
    """RB402: a revised date before the original one."""
    for action in case.register.actions:
        before, after = action.due("original_due"), action.due("revised_due")
        if before and after and after.day < before.day:
            yield case.finding(
                "RB402",
                action.entries["revised_due"].at,
                f"action {action.ref} was due {before.text} and is revised to {after.text}, "
                "which is earlier.",
                "Check both dates.",
                field="revised_due",
                value=after.text,
            )


def passed(case: Case) -> Iterator[Finding]:
    """RB403, RB404: the date in force has passed; the status says what that means."""
    for action in () if slipped(case) else case.register.actions:
        due = action.due_now
        if due is None or action.complete or due.day >= case.as_at:
            continue
        field = "revised_due" if action.due("revised_due") else "original_due"
        code = "RB404" if action.text("status") else "RB403"
        state = "is overdue" if action.text("status") else "has no status"
        yield case.finding(
            code,
            action.entries[field].at,
            f"action {action.ref} was due {due.text} and {state} (as at {case.as_at:%d/%m/%Y}).",
            "Choose its status: complete, or in progress with a revised date.",
            field=field,
            value=due.text,
        )


def twice(case: Case) -> Iterator[Finding]:
    """RB405: two actions of one risk with the same words and the same date."""
    seen: dict[tuple[str, str, str], Action] = {}
    for action in case.register.actions:
        due = action.due_now
        words = clean(action.text("text")).casefold()
        mark = (family(action.risk), words, due.day.isoformat() if due else "")
        if words and mark in seen:
            yield case.finding(
                "RB405",
                action.entries["text"].at,
                f"action {action.ref} says the same as action {seen[mark].ref}.",
                "Delete one of the two rows.",
                field="text",
                value=action.text("text"),
            )
        seen.setdefault(mark, action)


def completed(case: Case) -> Iterator[Finding]:
    """RB406: an action was completed after the day the register is as at."""
    for action in () if slipped(case) else case.register.actions:
        done = action.due("completed")
        if done and done.day > case.as_at:
            yield case.finding(
                "RB406",
                action.entries["completed"].at,
                f"action {action.ref} was completed {done.text}, after {case.as_at:%d/%m/%Y}.",
                "Check the date.",
                field="completed",
                value=done.text,
            )


def reviews(case: Case) -> Iterator[Finding]:
    """RB407: the date by which a risk was to be reviewed has passed."""
    for risk in () if slipped(case) else case.register.risks:
        if _past_review(risk, case):
            text = risk.text("review_date")
            yield case.finding(
                "RB407",
                risk.entries["review_date"].at,
                f"{risk.key or 'the risk'} was to be reviewed by {text} "
                f"(as at {case.as_at:%d/%m/%Y}).",
                "Review the risk and type the next date.",
                field="review_date",
                value=text,
            )


def _past_review(risk: Risk, case: Case) -> bool:
    review = risk.due("review_date")
    return review is not None and review.day < case.as_at


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    orphans,
    revised,
    passed,
    twice,
    completed,
    reviews,
)
