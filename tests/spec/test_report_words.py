"""Each sample's report holds every word and figure of the sample, on the right pages.

The pages' text is read back with pypdf and compared with the sample, field by field, with
all white space removed; a line that a page break divides is looked for in both parts.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from riskbook.core.blocks import prose
from riskbook.edge.paper.printed import printable
from tests.paper.tagged import bookmarks, reader, squeezed
from tests.spec.outputs import NAMES, fill
from tests.spec.test_cli import run
from tests.support import sample

Pages = list[str]
NOT_PRINTED = ("scores", "row")  # computed; said by figures below


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of each sample, made by the command."""
    filled = fill(tmp_path_factory.mktemp("filled"))
    folder = tmp_path_factory.mktemp("reports")
    found = {name: folder / f"{name}.pdf" for name in NAMES}
    for name, path in found.items():
        assert run("report", filled / f"{name}.xlsx", path).exit_code == 0
    return found


@cache
def read(path: Path) -> Pages:
    return [squeezed(page.extract_text()) for page in reader(path.read_bytes()).pages]


@cache
def marked(path: Path) -> list[tuple[int, str, int]]:
    return bookmarks(reader(path.read_bytes()))


def stands(line: str, pages: Pages) -> bool:
    """Whether a line stands on a page, or begins on one and ends on the next."""
    wanted = squeezed(line)
    return any(wanted in page for page in pages) or any(
        wanted[:cut] in page and wanted[cut:] in after
        for page, after in pairwise(pages)
        for cut in range(1, len(wanted))
    )


def lines(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every line of every entry of a risk or an action, with its field."""
    for field, value in record.items():
        if isinstance(value, str) and field not in NOT_PRINTED:
            for line in prose(printable(value)):
                yield field, line.text


def own_pages(path: Path, heading: str) -> Pages:
    """The pages of a risk: from its bookmark to the next one that is not below it."""
    pages, marks = read(path), marked(path)
    start = next(n for n, (_, title, _) in enumerate(marks) if title.startswith(heading))
    level, _, first = marks[start]
    after = (page for below, _, page in marks[start + 1 :] if below <= level)
    return pages[first - 1 : max(first, next(after, len(pages) + 1) - 1)]


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_stands_on_the_pages_of_its_risk(name: str, reports: dict[str, Path]) -> None:
    missing = [
        (risk["ref"], field, line)
        for risk in sample(name)["risks"]
        for field, line in lines(risk)
        if not stands(line, own_pages(reports[name], risk.get("sub_ref") or risk["ref"]))
    ]

    assert missing == []


def test_every_action_stands_on_the_pages_of_its_sub_risk(reports: dict[str, Path]) -> None:
    actions = sample("blackpool-2021")["actions"]
    missing = [
        (action["ref"], field, line)
        for action in actions
        for field, line in lines(action)
        if not stands(line, own_pages(reports["blackpool-2021"], action["risk"]))
    ]

    assert len(actions) == 14
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_stands_in_the_whole_report(name: str, reports: dict[str, Path]) -> None:
    document, pages = sample(name), read(reports[name])
    records = [*document["risks"], *document.get("actions", ())]

    assert [line for r in records for _, line in lines(r) if not stands(line, pages)] == []
    about = document["about"]
    for field in ("organisation", "title", "period", "introduction"):
        for line in prose(about.get(field, "")):
            assert squeezed(line.text) in pages[0]


# As the councils printed them: points and word of each stage, in the order of the sample.
SCORES = {
    "dacorum-2021": """
        PP_R011 12 Red   8 Amber
        PP_R012 12 Red   8 Amber
        PP_R014 12 Red   8 Amber
        PP_R015  8 Amber 4 Green
        PP_R016 12 Red   8 Amber
        PP_R017 12 Red   8 Amber
        PP_R018 12 Red   8 Amber
        PP_R04  12 Red   8 Amber
    """,
    "dacorum-2017": """
        PP_R011 12 Red   8 Amber
        PP_R012 12 Red   8 Amber
        PP_R014 12 Red   8 Amber
        PP_R015  8 Amber 4 Green
        PP_R016 12 Red   8 Amber
        PP_R017 12 Red   8 Amber
        PP_R018 12 Red   8 Amber
        PP_R04  12 Red   8 Amber
    """,
    "blackpool-2021": """
        2a 25 High 20 High
        2b 25 High 15 High
        2c 25 High 15 High
        2d 25 High 20 High
    """,
}


@pytest.mark.parametrize("name", NAMES)
def test_every_score_stands_on_the_pages_of_its_risk(name: str, reports: dict[str, Path]) -> None:
    rows = [line.split() for line in SCORES[name].strip().splitlines()]

    assert len(rows) == len(sample(name)["risks"])
    for ref, *scores in rows:
        text = "".join(own_pages(reports[name], ref))
        for points, band in zip(scores[::2], scores[1::2], strict=True):
            assert f"{points}{band}" in text


def test_weights_and_the_overall_score_stand_in_the_report(reports: dict[str, Path]) -> None:
    pages = read(reports["blackpool-2021"])

    for ref, weight in (("2a", 40), ("2b", 15), ("2c", 15), ("2d", 30)):
        assert f"(weighting{weight}%)" in "".join(own_pages(reports["blackpool-2021"], ref))
    assert any("0.40x20+0.15x15+0.15x15+0.30x20=18.5" in page for page in pages)
    assert any("gross25(High),nett18.5(High)" in page for page in pages)


@pytest.mark.parametrize("name", ["dacorum-2021", "dacorum-2017"])
def test_every_risk_of_an_operational_report_stands_on_one_page(
    name: str, reports: dict[str, Path]
) -> None:
    counted = {
        risk["ref"]: len(own_pages(reports[name], risk["ref"])) for risk in sample(name)["risks"]
    }

    assert len(counted) == 8
    assert set(counted.values()) == {1}
