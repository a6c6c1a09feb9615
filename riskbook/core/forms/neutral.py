"""The form of a council that has no layout of its own: facts, scores, prose, actions."""

from collections.abc import Iterator

from riskbook.core.blocks import Flow, Table
from riskbook.core.forms.parts import ACROSS, SHORT, Fields
from riskbook.core.page import PageCell


def neutral(fields: Fields) -> Iterator[Flow]:
    """Every short field beside each other, one line of scores a stage, then the prose."""
    profile = fields.told.profile
    yield from fields.beside(
        [
            column.field
            for column in profile.risks.columns
            if column.kind in SHORT
            and column.field not in fields.taken
            and not column.field.startswith("prior_")
        ]
    )
    yield from _scores(fields)
    yield from fields.movement()
    yield from fields.rest()
    yield from fields.actions(
        ("ref", "text+dates", "manager", "owner", "status+state", "position"),
        (8, 34, 16, 16, 13, 34),
    )


def _scores(fields: Fields) -> Iterator[Flow]:
    """One row for each stage."""
    profile = fields.told.profile
    words = profile.words
    found = list(fields.stages(("likelihood", "impact")))
    if not found:
        return
    head = ("Stage", words["likelihood"], words["impact"], words["points"])
    stages = [s for s in profile.stages if profile.risks.column(f"{s}_points")]
    rows = tuple(
        (PageCell(words[stage], "rb label"), *cells)
        for stage, (_, cells) in zip(stages, found, strict=True)
    )
    yield Table(
        tuple(PageCell(text, "rb head") for text in head),
        rows,
        (ACROSS // 4,) * 4,
        f"Scores of {fields.risk.key}",
    )
