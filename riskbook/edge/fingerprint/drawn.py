"""What lies over the cells: riskbook's own charts, and shapes that nobody expects there.

::

    Summary  chart riskbook bands    Risks by Rating, then what each series reads, in order
    Risks    a text box at H5        "2 Green" over a score of 12
"""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef
from riskbook.edge.fingerprint.facts import Facts, target
from riskbook.edge.fingerprint.telling import CLEAN, Teller
from riskbook.edge.xlsx.charts import charts_on

TITLE = "{*}chart/{*}title/{*}tx/{*}rich"
READ = ("tx", "cat", "val")  # what a series reads: its name, its categories, its values
BARE = ("risks", "actions", "key", "lists", "heat_map")  # sheets without a picture or a chart
SHAPES: Mapping[str, str] = {
    "sp": "a shape or a text box",
    "pic": "a picture",
    "graphicFrame": "a chart",
    "grpSp": "a group of shapes",
    "cxnSp": "a line",
}


def charts(facts: Facts, name: str) -> dict[str, str]:
    """The charts of a sheet by their names: the title, and the cells that each series reads."""
    found: dict[str, str] = {}
    for part, chart in charts_on(facts.book.package, facts.book, name).items():
        root = facts.book.tree(part)
        words = "".join(text for item in root.findall(TITLE) for text in item.itertext())
        series = (_reads(item) for item in root.iterfind(".//{*}ser"))
        found[f"chart {chart}"] = "\n".join((" ".join(words.split()), *filter(None, series)))
    return found


def _reads(series: ElementTree.Element) -> str:
    found = (item.text or "" for name in READ for item in series.iterfind(f"{{*}}{name}//{{*}}f"))
    return " ".join(map(target, found))


def told_charts(
    facts: Facts, name: str, must: Mapping[str, str], tell: Teller
) -> Iterator[Finding]:
    """RB914: charts that are gone or say another thing.

    LibreOffice drops what a chart without a figure reads; a refresh puts it back.
    """
    found, at = charts(facts, name), CellRef(name, 1, 1)
    for place, told in must.items():
        title = told.partition("\n")[0]
        if place not in found:
            yield tell("RB914", at, f"the chart {title!r} is gone.", CLEAN)
        elif found[place] not in (told, title):
            message = f"the chart {title!r} has another title, or reads other cells."
            yield tell("RB914", at, message, CLEAN)


def shapes(facts: Facts, tell: Teller) -> Iterator[Finding]:
    """RB914: what is drawn over cells that people read."""
    sheets = {facts.profile.sheets.get(role) for role in BARE}
    for sheet in facts.book.sheets:
        if sheet.name not in sheets:
            continue
        for part in facts.book.related(sheet.part, "drawing").values():
            root = facts.book.tree(part)
            for anchor in root:  # controls stand in alternatives of their own
                kinds = [kind for kind in SHAPES if anchor.find(f"{{*}}{kind}") is not None]
                for kind in kinds[:1]:
                    at = CellRef(sheet.name, _from(anchor, "row"), _from(anchor, "col"))
                    message = f"{SHAPES[kind]} lies over the cells from {at.address} on."
                    yield tell(
                        "RB914", at, message, "Move it to a sheet of your own, or delete it."
                    )


def _from(anchor: ElementTree.Element, name: str) -> int:
    text = anchor.findtext(f"{{*}}from/{{*}}{name}", "0")
    return int(text) + 1 if text.isdecimal() and text.isascii() and len(text) < 8 else 1
