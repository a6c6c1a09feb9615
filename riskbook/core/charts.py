"""What the native charts of riskbook's sheets read and where they stand, as plain data.

A chart belongs to the template and reads cells; a refresh changes only those cells.  So
the cells have fixed places under a profile, which this says.  Rows and columns from 1.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells on the chart's own sheet, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Series:
    """One row of columns in a chart: the cell that names it and the cells that it shows."""

    name: Area
    values: Area
    fill: str  # "#RRGGBB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart of clustered columns."""

    name: str
    title: str
    alt: str  # what it shows, for those who do not see it
    across: str  # the title of the axis of categories
    up: str  # and of the axis of values
    categories: Area
    series: tuple[Series, ...]
    place: Area  # the cells that it covers, which the page leaves empty


FILLS = {"gross": "#8497B0", "nett": "#1F3864", "target": "#70AD47"}  # told apart in grey too
