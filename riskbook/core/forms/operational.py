"""The form of an operational risk report: update, scores, impact, controls, evidence.

Source of the layout: an operational risk report of a district council, June 2021, in which
impact stands before probability.
"""

from collections.abc import Iterator

from riskbook.core.blocks import Flow
from riskbook.core.forms.parts import Fields


def operational(fields: Fields) -> Iterator[Flow]:
    """Owner and portfolio holder, the update first, then the scores."""
    yield from fields.beside(("owner", "member", "service"))
    yield from fields.prose("update")
    yield from fields.scores(("impact", "likelihood"))
    yield from fields.movement()
    for name in ("consequences", "controls", "assurance"):
        yield from fields.prose(name)
    yield from fields.rest()
    yield from fields.actions(
        ("ref", "text+dates", "manager", "owner", "status+state", "position"),
        (8, 34, 16, 16, 13, 34),
    )
