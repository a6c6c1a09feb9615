"""What the prose gives away: blank updates, another quarter, half sentences (RB5xx)."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from riskbook.core.checks.characters import odd
from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.model import Record
from riskbook.core.profile import Column
from riskbook.core.reading import in_force
from riskbook.core.values import clean, people, points_of, quarter, same_post

# a word of a sentence, and no address, "i)", "iii.", "eg", "e.g." or "s.151"
_WORD = re.compile(
    r"(?!(?:eg|ie|cf)\b|[ivx]+\.|\w\W)[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[.,;:!?\u2026]*"
)
_SHARE = re.compile(r"(?:^(?=[\d\s.]+%\s*\|)|\|)\s*(\d+(?:\.\d+)?)\s*%")


def _prose(case: Case) -> Iterator[tuple[Column, Record, str]]:
    for table, records in case.tables():
        for column in table.columns:
            if column.kind == "long":
                for record in records:
                    yield column, record, record.text(column.field)


def updates(case: Case) -> Iterator[Finding]:
    """RB501: a risk without an update this period."""
    column = case.profile.risks.column("update")
    for risk in case.register.risks if column else ():
        if column and not clean(risk.text("update")):
            yield case.finding(
                "RB501",
                risk.entries["update"].at,
                f"{risk.key or 'the risk'} has no {column.heading}.",
                "Say what has changed, or that nothing has.",
                field="update",
            )


def quarters(case: Case) -> Iterator[Finding]:
    """RB502: an update that speaks of "Q4" in a report for Q1 may be last quarter's text."""
    now = quarter(case.register.about.period)
    for risk in case.register.risks if now else ():
        text = risk.text("update")
        # a quarter that follows "from", "in" or "of the end" is a comparison, which is fine;
        # what is looked for is a sentence that begins with it
        named = re.findall(r"(?:^|[.\n]\s*)Q([1-4])\b", text)
        other = next((found for found in named if int(found) != now), None)
        if other:
            yield case.finding(
                "RB502",
                risk.entries["update"].at,
                f"the update of {risk.key or 'the risk'} speaks of Q{other} in a register for "
                f"Q{now}.",
                "Check that the text is this quarter's.",
                field="update",
                value=f"Q{other}",
            )


def half_sentences(case: Case) -> Iterator[Finding]:
    """RB503: a text whose first word is in lower case has perhaps lost its beginning."""
    for column, record, text in _prose(case):
        points = points_of(text)
        first = points[0].split()[0] if points else ""
        if first.islower() and _WORD.fullmatch(first) and not odd(first):
            yield case.finding(
                "RB503",
                record.entries[column.field].at,
                f"the text begins {points[0][:40]!r}.",
                "Check that its beginning was not lost.",
                field=column.field,
                value=points[0][:40],
            )


def table_rows(case: Case) -> Iterator[Finding]:
    """RB504: a line such as ``Adult Services | 83% | 17% | 0%`` sums to 100."""
    for column, record, text in _prose(case):
        for line in text.splitlines():
            shares = _SHARE.findall(line)
            total = sum((Decimal(share) for share in shares), Decimal(0))
            if len(shares) > 1 and abs(total - 100) > 1:
                yield case.finding(
                    "RB504",
                    record.entries[column.field].at,
                    f"the percentages in {line.strip()!r} sum to {total}.",
                    "Check the figures.",
                    field=column.field,
                    value=str(total),
                )


def posts(case: Case) -> Iterator[Finding]:
    """RB505: a title of a post that is no longer, or never was, the post's own."""
    for table, records in case.tables():
        columns = [column for column in table.columns if column.kind == "people"]
        for record in records:
            for column in columns:
                for name in people(record.text(column.field), case.profile.separators):
                    post = in_force(name, case.profile)
                    if same_post(post) != same_post(name):
                        yield case.finding(
                            "RB505",
                            record.entries[column.field].at,
                            f"{name!r} was read as {post!r}.",
                            f"Type {post!r} if that is meant.",
                            field=column.field,
                            value=name,
                        )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    updates,
    quarters,
    half_sentences,
    table_rows,
    posts,
)
