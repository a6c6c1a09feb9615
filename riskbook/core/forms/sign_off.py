"""The form with sign-off: one line of facts, one of scores, three columns of prose.

Source of the layout: operational risks of a district council, quarter 1 of 2017/18.
"""

from collections.abc import Iterator

from riskbook.core.blocks import Flow, Heading, Text
from riskbook.core.forms.parts import Fields, entry


def sign_off(fields: Fields) -> Iterator[Flow]:
    """Category to treatment, the scores of all stages in one line, then the three columns."""
    yield from fields.beside(("category", "priority", "owner", "member", "treatment", "service"))
    yield from fields.scores(("likelihood", "impact"))
    yield from fields.movement()
    yield from fields.columns(
        ("consequences", "controls", "assurance"), "Consequences, controls and assurance"
    )
    if update := fields.column("update"):
        yield Heading(update.heading, 3)
        fields.column("sign_off")
        if signed := fields.risk.text("sign_off"):
            yield Text(signed, "lead")
        yield entry(fields.risk.text("update"))
    yield from fields.rest()
    yield from fields.actions(
        ("ref", "text+dates", "manager", "owner", "status+state", "position"),
        (8, 34, 16, 16, 13, 34),
    )
