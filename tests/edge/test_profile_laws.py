"""A document that is not refused can be built, whatever was done to it."""

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook.core.formulas import formula
from riskbook.core.linting import lint
from riskbook.core.profile import build
from riskbook.edge.documents import profiles
from riskbook.edge.documents.profile_rules import mistakes
from riskbook.edge.documents.schema import PROFILE, problems

VALUES: tuple[Any, ...] = (
    *(0, 1, 5, 2.5, "", "x", "gross", "nett", "ref", "list", "level", "computed", "weight", "date"),
    *("must", "may", "painted", "sum", "green", "owner", "category", "gross_impact", True, None),
    *([], {}, [1], ["x"]),
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in a document."""
    inner = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    found = [path] if path else []
    for name in inner:
        found += places(node[name], (*path, name))
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A shipped profile with one to three parts changed, taken away, or put in twice."""
    document = profiles.document(draw(st.sampled_from(profiles.shipped())))
    for _ in range(draw(st.integers(1, 3))):
        *steps, last = draw(st.sampled_from(places(document)))
        here: Any = document
        for name in steps:
            here = here[name]
        match draw(st.sampled_from(("set", "take", "twice"))):
            case "set":
                here[last] = draw(st.sampled_from(VALUES))
            case "twice" if isinstance(here, list):
                here.append(deepcopy(here[last]))
            case _:
                del here[last]
    return document


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(document=mutated())
def test_whatever_is_not_refused_can_be_built_and_has_all_its_formulas(document):
    if problems(document, PROFILE) or mistakes(document):
        return

    profile = build(document)

    lint(profile)
    for item in profile.risks.columns:
        assert item.entered or formula(profile, item)
