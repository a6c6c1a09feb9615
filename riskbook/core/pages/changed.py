"""What changed since an earlier period, on the front page."""

from collections.abc import Iterator, Sequence

from riskbook.core.model import Register
from riskbook.core.page import PageCell, PageRow
from riskbook.core.pages.parts import across, head_across, heading, none_of, note
from riskbook.core.pages.weighting import movement
from riskbook.core.profile import Profile
from riskbook.core.scores import Scores
from riskbook.core.summary import Changes, since_last_year

SPANS = (3, 1, 10)  # columns: what, how many, which
UNKNOWN = (
    "No earlier period is known. Seal each period with `riskbook snapshot`: it keeps the register "
    "as it stands, for the next one to be compared with."
)


def block(
    register: Register,
    scores: Scores,
    profile: Profile,
    changes: Changes | None,
    widths: Sequence[int],
) -> Iterator[PageRow]:
    """What is new, gone, worse, better, re-dated; from last year's columns, or a sentence."""
    found = changes or since_last_year(register, scores, profile)
    if found is None:
        yield heading("What changed")
        yield note(UNKNOWN, widths)
        return
    yield heading(f"What changed since {found.since}")
    there = [(label, refs) for label, refs in found.told() if refs]
    if there:
        yield head_across(("What", "Count", "Which"), SPANS, widths)
    for label, refs in there:
        cells = [PageCell(label, "rb wrap"), PageCell(len(refs), "rb number")]
        yield across([*cells, PageCell(", ".join(refs), "rb wrap")], SPANS, widths)
    if absent := [label for label, refs in found.told() if not refs]:
        yield none_of(absent, widths)
    for overall in scores.overalls.values():
        moved = [text for stage in profile.stages if (text := movement(overall, stage, profile))]
        if moved:
            yield note(f"{profile.words['risk']} {overall.ref}. {' '.join(moved)}", widths)
