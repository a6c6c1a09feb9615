"""Control totals: figures by which whoever receives an export checks that it is whole.

::

    table     column        stage   measure   of    value
    risks                           rows            8
    risks     gross_points          sum             92
    scores    points        gross   sum             92
    scores    band          gross   count     Red   7
    risks     weight                sum       2     1

Beside them stands where the figures come from: the workbook's name, size and SHA-256, the
day that they are for, the profile, and riskbook's version.  Sums are exact, in Decimal.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from riskbook import __version__
from riskbook.app import Outcome
from riskbook.core.scoring import as_json
from riskbook.edge.disk.naming import shown
from riskbook.edge.exporting.tables import NUMBER, WHOLE, Field, Lines, Tables, plan, tables

COLUMNS = ("table", "column", "stage", "measure", "of", "value")
ITEMS = ("item", "value")
ABOUT = ("organisation", "title", "period", "as_at", "introduction", "source")
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The workbook that was read, as far as it is known."""

    name: str = ""  # the file's name, without its folder
    size: int | None = None  # bytes
    sha256: str | None = None  # of the bytes, in hexadecimal
    note: str = ""  # what is to be known of the digest

    @classmethod
    def of(cls, name: str, data: bytes) -> "Source":
        """A file whose bytes were read."""
        return cls(name=shown(name), size=len(data), sha256=sha256(data).hexdigest())

    @classmethod
    def saved(cls, path: Path) -> "Source":
        """A workbook that is open: what is saved of it, where that can be read."""
        try:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError:
            note = "Exported from the open workbook; its file could not be read."
            return cls(name=shown(path.name), note=note)
        note = (
            "Exported from the open workbook; size and digest are those of its file as last saved."
        )
        return cls(name=shown(path.name), size=size, sha256=digest, note=note)


UNKNOWN = Source()


def checked(outcome: Outcome, source: Source) -> Tables:
    """The tables of an export, then ``about`` and ``controls``."""
    found = tables(outcome)
    return {
        **found,
        "about": (ITEMS, list(_about(outcome, source))),
        "controls": (COLUMNS, totals(outcome, found)),
    }


def origin(outcome: Outcome, source: Source) -> dict[str, Any]:
    """Where the figures come from; None for what is not known."""
    return {
        "file": source.name or None,
        "file_bytes": source.size,
        "file_sha256": source.sha256,
        **({"file_note": source.note} if source.note else {}),
        **({"withheld": outcome.withheld} if outcome.withheld else {}),
        "as_at_date": outcome.as_at.isoformat(),
        "profile": outcome.profile.id,
        "profile_version": outcome.profile.version,
        "riskbook": __version__,
    }


def _about(outcome: Outcome, source: Source) -> Iterator[dict[str, Any]]:
    """What the About sheet says, as typed, then where the figures come from."""
    about = outcome.reading.register.about
    for item in ABOUT:
        text = getattr(about, item)
        yield {"item": item, "value": text} if text else {"item": item}
    yield from ({"item": "note", "value": note} for note in about.notes)
    for item, value in origin(outcome, source).items():
        yield {"item": item, "value": NOT_KNOWN if value is None else value}


def totals(outcome: Outcome, found: Tables | None = None) -> list[dict[str, Any]]:
    """The control totals of an export, a line for each figure."""
    found = tables(outcome) if found is None else found
    counted = [
        line
        for name, fields in plan(outcome.profile).items()
        if name in found
        for line in _counted(name, fields, found[name][1])
    ]
    return [*counted, *_stages(outcome, found["scores"][1]), *_weights(outcome)]


def _counted(table: str, fields: Sequence[Field], rows: Lines) -> Iterator[dict[str, Any]]:
    """How many rows a table has; then count, sum, least and most of each column of numbers."""
    yield {"table": table, "measure": "rows", "value": len(rows)}
    for field in fields:
        if field.kind in (WHOLE, NUMBER):
            numbers = _numbers(rows, field.name)
            found: dict[str, Any] = {"count": numbers.total(), "sum": _sum(numbers)}
            if numbers:
                found |= {"minimum": as_json(min(numbers)), "maximum": as_json(max(numbers))}
            for measure, value in found.items():
                yield {"table": table, "column": field.name, "measure": measure, "value": value}


def _numbers(rows: Lines, column: str) -> Counter[Decimal]:
    """How often each number stands in a column."""
    values = Counter(row.get(column) for row in rows)
    return Counter(
        {Decimal(str(v)): times for v, times in values.items() if isinstance(v, int | float)}
    )


def _sum(numbers: Counter[Decimal]) -> int | float:
    return as_json(sum((value * times for value, times in numbers.items()), Decimal(0)))


def _stages(outcome: Outcome, scores: Lines) -> Iterator[dict[str, Any]]:
    """The points of each stage, and how many risks are in each band, the mildest first."""
    labels = dict.fromkeys(band.label for band in outcome.profile.bands)
    for stage in outcome.profile.stages:
        rows = [row for row in scores if row["stage"] == stage]
        place = {"table": "scores", "column": "points", "stage": stage}
        yield {**place, "measure": "sum", "value": _sum(_numbers(rows, "points"))}
        for label in labels:
            count = sum(row.get("band") == label for row in rows)
            yield {**place, "column": "band", "measure": "count", "of": label, "value": count}


def _weights(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """What the weights of each risk with sub-risks come to; 1 is the whole."""
    for overall in outcome.scores.overalls.values():
        place = {"table": "risks", "column": "weight", "measure": "sum", "of": overall.ref}
        yield {**place, "value": as_json(overall.weight_total)}
