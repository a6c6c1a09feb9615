"""The form of one risk: everything about it on a page of its own, as blocks.

::

    risk, its actions, its scores  ->  layout of the profile  ->  blocks

A layout says which columns stand where, as the council's own documents print them; what a
profile has beyond that follows below, so that no entry is left out in any layout.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from riskbook.core.blocks import Flow, Heading, Text
from riskbook.core.forms.deep_dive import deep_dive
from riskbook.core.forms.neutral import neutral
from riskbook.core.forms.operational import operational
from riskbook.core.forms.parts import Fields, Told
from riskbook.core.forms.sign_off import sign_off
from riskbook.core.model import Risk
from riskbook.core.scoring import half_up, plain

__all__ = ["LAYOUTS", "Form", "Told", "forms"]

Layout = Callable[[Fields], Iterator[Flow]]

LAYOUTS: Mapping[str, Layout] = {
    "neutral": neutral,
    "operational": operational,
    "sign-off": sign_off,
    "deep-dive": deep_dive,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One risk or sub-risk on paper."""

    risk: Risk
    blocks: tuple[Flow, ...]

    @property
    def heading(self) -> Heading:
        """Its reference and its words."""
        return Heading(" ".join(filter(None, (self.risk.key, self.risk.title))), 2)


def forms(told: Told) -> Iterator[Form]:
    """The forms of a register, in its order."""
    layout = LAYOUTS[told.profile.layout]
    for risk in told.register.risks:
        yield Form(risk=risk, blocks=(*_whole(risk, told), *layout(Fields(risk, told))))


def _whole(risk: Risk, told: Told) -> Iterator[Flow]:
    """The risk that a sub-risk is a part of, and its share."""
    if risk.sub_ref and risk.text("title"):
        share = "" if risk.weight is None else f", {plain(half_up(risk.weight * 100, 2))} % of it"
        name = " ".join(filter(None, (told.profile.words["risk"], risk.ref)))
        yield Text(f"Part of {name}: {risk.text('title')}{share}", "note")
