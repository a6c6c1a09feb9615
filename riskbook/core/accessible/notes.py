"""The notes on method of an accessible workbook, numbered in the order in which it names them.

A note that no sheet names is not there, so that each number in it leads somewhere.
"""

from collections.abc import Mapping

from riskbook.core.accessible.sheet import NOTES, Column, Sheet, Table, described
from riskbook.core.profile import Profile
from riskbook.core.values import percent

_RULES = {
    "product": "{points} is {likelihood} multiplied by {impact}, each as the number of its level.",
    "sum": "{points} is {likelihood} and {impact} added up, each as the number of its level.",
}
_BY_MATRIX = "{points} is looked up by {likelihood} and {impact} on the worksheet Matrix."
_BANDS = (
    "{band} is the first band that reaches as far as the score, so a score between two bands "
    "takes the worse one."
)
_PAINTED = "{band} is set for each pair of levels by the council, on the worksheet Matrix."


class Notes:
    """Hands out the markers of notes: the first one named is ``[note 1]``."""

    def __init__(self, profile: Profile) -> None:
        self.texts = _texts(profile)
        self.named: list[str] = []

    def mark(self, heading: str, *names: str) -> str:
        """A heading, with the marker of each note behind it."""
        for name in names:
            if name not in self.named:
                self.named.append(name)
        numbers = (self.named.index(name) + 1 for name in names)
        return " ".join((heading, "".join(f"[note {number}]" for number in numbers))).strip()

    def sheet(self) -> Sheet:
        """The Notes worksheet."""
        rows = [
            (f"[note {number}]", self.texts[name])
            for number, name in enumerate(self.named, start=1)
        ]
        columns = (Column(heading="Note number"), Column(heading="Note text"))
        table = Table(name="notes", columns=columns, rows=tuple(rows))
        return Sheet(
            name=NOTES,
            title="Notes on how the figures are worked out",
            prose=described(table),
            table=table,
        )


def _texts(profile: Profile) -> Mapping[str, str]:
    words = profile.words
    band = _PAINTED if profile.rule == "painted" else _BANDS
    weight = words["weight"].lstrip("% ")
    return {
        "score": _RULES.get(profile.rule, _BY_MATRIX).format_map(words),
        "band": band.format_map(words),
        "rounding": (
            "Shown to 2 decimal places, rounded half up as Excel does: 2.125 is shown as 2.13. "
            "A total is worked out from the figures before rounding."
        ),
        "mean": "The mean of the risks that are scored; those that are not do not count as 0.",
        "date": (
            "The last day that the date means, where it was typed as a month: "
            "March 2022 means 31 March 2022."
        ),
        "shared": (
            "One with several names counts once for each of them, so the numbers here add up to "
            "more than there are in the register."
        ),
        "weight": (
            f"{weight} is the share of a sub-risk in its risk; a contribution is this share of the "
            f"score, and {words['overall']} is the sum of the contributions. The shares sum to "
            f"100 %, or miss it by at most {percent(profile.weight_tolerance)}; a risk whose "
            "shares do not, or with a sub-risk that is not scored, has none."
        ),
        "state": (
            "A state is worked out for the day of this edition: the revised date counts where "
            "there is one, and an action without a status is never taken for done."
        ),
        "supplied": (
            "The council's documents do not say this; riskbook supplied it, and the council may "
            "put its own in its place."
        ),
    }
