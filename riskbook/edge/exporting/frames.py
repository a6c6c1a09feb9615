"""A register as pandas frames: the tables of an export, each column of its own type.

This is the one home of pandas, which takes longer to start than everything else together.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from riskbook import app
from riskbook.app import Outcome
from riskbook.core.profile import Profile
from riskbook.core.values import parse_day
from riskbook.edge import snapshots
from riskbook.edge.documents import profiles
from riskbook.edge.documents.entries import Judge
from riskbook.edge.exporting import controls
from riskbook.edge.exporting.tables import DAY, NUMBER, TEXT, WHOLE, Field, Lines, plan
from riskbook.edge.exporting.tables import tables as tables_of
from riskbook.edge.filebook import FileBook
from riskbook.errors import RiskbookError

DTYPES = {TEXT: "string[python]", WHOLE: "Int64", NUMBER: "Float64", DAY: "datetime64[s]"}
WITHOUT = {  # the columns of a table that the council's registers do not have
    "actions": (Field("ref"), Field("risk"), Field("text")),
    "overall": (Field("ref"), Field("stage"), Field("points", NUMBER), Field("band")),
}
TOTALS = {"value": NUMBER}  # the other columns of the controls are texts


class Frames:
    """A register that was opened for reading: its tables as pandas frames.

    Blank cells are missing values, and only they: an owner called "NA" or "None" stays a
    text.  Texts are ``string``, levels ``Int64``, points ``Int64`` or ``Float64`` (by the
    profile's matrix), weights ``Float64`` shares of 1, days ``datetime64[s]`` in columns named
    ``..._date`` beside the text as typed.  An entry that is no number where one belongs is
    missing here; it is among the findings.

    Example:
        >>> import riskbook
        >>> book = riskbook.open("Register.xlsx")
        >>> book.scores[book.scores.stage == "nett"].groupby("band").points.agg(["count", "sum"])
        >>> book.actions[book.actions.revised_due_date < "2022-04-01"]
    """

    def __init__(self, outcome: Outcome, source: controls.Source) -> None:
        """Take what checking a workbook came to, and which file it was."""
        self._outcome, self.source = outcome, source

    def __repr__(self) -> str:
        return f"<riskbook register {self.source.name!r}: {self._outcome.sentence}>"

    @property
    def as_at(self) -> date:
        """The day that the figures are for."""
        return self._outcome.as_at

    @property
    def profile(self) -> Profile:
        """The profile by which the register was read: ``profile.id``, ``profile.bands`` ..."""
        return self._outcome.profile

    @cached_property
    def risks(self) -> pd.DataFrame:
        """A row for each risk or sub-risk: its entries, then points and band of each stage."""
        return self._table("risks")

    @cached_property
    def actions(self) -> pd.DataFrame:
        """A row for each action; none where the council keeps no actions."""
        return self._table("actions")

    @cached_property
    def scores(self) -> pd.DataFrame:
        """A row for each risk and stage: levels, points, band, weight, weight x points."""
        return self._table("scores")

    @cached_property
    def overall(self) -> pd.DataFrame:
        """A row for each risk with sub-risks and stage: the weighted score."""
        return self._table("overall")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """A row for each finding, the worst first."""
        return self._table("findings")

    @cached_property
    def controls(self) -> pd.DataFrame:
        """Row counts and control totals: table, column, stage, measure, of, value."""
        fields = [Field(name, TOTALS.get(name, TEXT)) for name in controls.COLUMNS]
        return frame(fields, controls.totals(self._outcome, self._tables))

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the About sheet says, and where the figures come from: file, SHA-256, day ..."""
        told = self._outcome.reading.register.about
        texts = {item: getattr(told, item) for item in controls.ABOUT}
        return {**texts, "notes": told.notes, **controls.origin(self._outcome, self.source)}

    @cached_property
    def _tables(self) -> Any:
        return tables_of(self._outcome)

    def _table(self, name: str) -> pd.DataFrame:
        fields = plan(self.profile).get(name) or WITHOUT[name]
        return frame(fields, self._tables[name][1] if name in self._tables else [])


def open_frames(path: str | Path, profile: str | None, as_at: date | str | None) -> Frames:
    """Read a workbook through the same checks as every command.

    Raises:
        RiskbookError: no such file, not a workbook of riskbook's, or the profile or the day
            is none.
    """
    book = FileBook.open(Path(path))
    read_by = profiles.load(profile) if profile else profiles.of(book)
    outcome = app.check(book, read_by, _day(as_at), Judge(), snapshots.beside(Path(path)))
    return Frames(outcome, controls.Source.of(book.name, book.data))


def _day(as_at: date | str | None) -> date | None:
    day = parse_day(as_at) if isinstance(as_at, str) else as_at
    if as_at is not None and day is None:
        raise RiskbookError(f"{as_at!r} is not a date.", fix="Give a day such as 2021-10-31.")
    return day


def frame(fields: Sequence[Field], lines: Lines) -> pd.DataFrame:
    """A table as a frame, each column of its own type."""
    return pd.DataFrame({field.name: _series(field, lines) for field in fields})


def _series(field: Field, lines: Lines) -> pd.Series:
    fits = {TEXT: _any, DAY: _any, WHOLE: _whole, NUMBER: _number}[field.kind]
    return pd.Series([fits(line.get(field.name)) for line in lines], dtype=DTYPES[field.kind])


def _any(value: Any) -> Any:
    return value


def _whole(value: Any) -> Any:
    return value if isinstance(value, int) else None


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, int | float) else None
