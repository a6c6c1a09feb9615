"""The charts that a workbook comes with: what they show, say and look like."""

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from riskbook import app
from riskbook.edge.documents import profiles, registers
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import blank, made
from riskbook.edge.xlsx.charts import charts_on
from tests.edge.office import saved_again
from tests.spec.office import complaints
from tests.support import JUDGE

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Shown = Mapping[str, list[tuple[str, list[str], list[str]]]]  # name, categories, values


def parts(data: bytes, sheet: str = "Summary") -> dict[str, ElementTree.Element]:
    """The charts of a sheet by their titles."""
    book = FileBook(data, "book.xlsx")
    found = {}
    for name in charts_on(book.package, book.workbook, sheet):
        root = ElementTree.fromstring(book.package.part(name))
        title = "".join(root.find(f"{C}chart/{C}title").itertext())
        found[title] = root
    return found


def shown(data: bytes) -> Shown:
    """What each series shows from its cache, without opening the cells."""
    return {
        title: [
            (*texts(series, "tx"), texts(series, "cat"), texts(series, "val"))
            for series in root.iter(f"{C}ser")
        ]
        for title, root in parts(data).items()
    }


def texts(series: ElementTree.Element, role: str) -> list[str]:
    return [point.text or "" for point in series.find(C + role).iter(f"{C}v")]


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    """Every shipped profile with a register."""
    samples = ("blackpool-2021", "dacorum-2021", "dacorum-2017")
    found = {}
    for name in samples:
        document = registers.load(name)
        found[name] = made(profiles.load(document["profile"]), document)[0].data
    return found


def test_the_figures_are_those_of_the_source(workbooks: Mapping[str, bytes]) -> None:
    refs = ["PP_R011", "PP_R012", "PP_R014", "PP_R016", "PP_R017", "PP_R018", "PP_R04", "PP_R015"]
    bands = ["Red", "Amber", "Green"]
    assert shown(workbooks["dacorum-2021"]) == {
        "Risks by RAG": [
            ("Inherent", bands, ["7", "1", "0"]),
            ("Mitigated", bands, ["0", "7", "1"]),
        ],
        "Top risks: Risk Score": [
            ("Inherent Risk Score", refs, ["12"] * 7 + ["8"]),
            ("Mitigated Risk Score", refs, ["8"] * 7 + ["4"]),
        ],
    }


def test_weighted_sub_risks_are_shown_too(workbooks: Mapping[str, bytes]) -> None:
    _, top = shown(workbooks["blackpool-2021"]).values()
    ((gross, refs, before), (nett, _, after)) = top
    assert (gross, nett) == ("Gross Score", "Nett Score")
    assert dict(zip(refs, zip(before, after, strict=True), strict=True)) == {
        "2a": ("25", "20"),
        "2b": ("25", "15"),
        "2c": ("25", "15"),
        "2d": ("25", "20"),
    }


@pytest.mark.parametrize("profile", profiles.shipped())
def test_a_blank_workbook_s_charts_show_nothing(profile: str) -> None:
    found = raw(blank(profiles.load(profile)))
    assert [b"<c:pt " in part for part in found] == [False, False]
    assert all(part.count(b"<c:ptCount ") >= 3 for part in found)


@pytest.mark.parametrize("name", ["blackpool-2021", "dacorum-2021", "dacorum-2017"])
def test_a_chart_has_titles_words_and_more_than_colour(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    for title, root in parts(workbooks[name]).items():
        axes = ["".join(axis.find(f"{C}title").itertext()) for axis in axis_of(root)]
        assert [bool(text.strip()) for text in (title, *axes)] == [True] * 3
        fonts = {each.get("typeface") for each in root.iter(f"{A}latin")}
        assert fonts == {"Arial"}
        looks = [look(series) for series in root.iter(f"{C}ser")]
        assert len(set(looks)) == len(looks)
        labels = [each.find(f"{C}dLbls/{C}showVal").get("val") for each in root.iter(f"{C}ser")]
        assert labels == ["1"] * len(looks)
        assert root.find(f"{C}chart/{C}plotVisOnly").get("val") == "1"


def axis_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [*root.iter(f"{C}catAx"), *root.iter(f"{C}valAx")]


def look(series: ElementTree.Element) -> str:
    """``solidFill``, or the pattern of a fill: what is left of it in grey."""
    fill = series.find(f"{C}spPr")[0]
    return fill.get("prst") or fill.tag.rpartition("}")[2]


@pytest.mark.parametrize("name", ["blackpool-2021", "dacorum-2021", "dacorum-2017"])
def test_a_chart_has_a_name_and_says_what_it_shows(
    name: str, workbooks: Mapping[str, bytes]
) -> None:
    book = FileBook(workbooks[name], "book.xlsx")
    (drawing,) = book.workbook.related(book.workbook.part_of("Summary"), "drawing").values()
    frames = re.findall(r'name="([^"]*)" descr="([^"]*)"', book.package.part(drawing).decode())
    assert [each for each, _ in frames] == ["riskbook bands", "riskbook top risks"]
    assert all(len(told) > 60 for _, told in frames)


def test_refreshing_changes_the_points_and_no_other_byte_of_a_chart(
    workbooks: Mapping[str, bytes],
) -> None:
    data = workbooks["dacorum-2021"]
    empty = blank(profiles.load("operational-4x4"))
    for one, other in zip(raw(data), raw(empty), strict=True):
        assert one != other
        assert without_points(one) == without_points(other)


LOST = rb"<c:(tx><c:strRef|cat|val|dLbls)>.*?</c:(strRef></c:tx|cat|val|dLbls)>"

SAID_TOO = (  # what the template leaves out; LibreOffice takes it as wished in its own files
    rb'(?<=<c:ser) xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    rb'|<c:(?:invertIfNegative|showLegendKey|showCatName|showSerName|showPercent) val="0"/>'
)


@pytest.mark.parametrize("profile", profiles.shipped())
@pytest.mark.parametrize("lost", [LOST, rb"<c:ser>.*</c:ser>"])
def test_series_that_a_program_has_lost_come_back_with_a_refresh(profile: str, lost: bytes) -> None:
    book = made(profiles.load(profile), {})[0]
    whole = raw(book.data)
    places = [*charts_on(book.package, book.workbook, "Summary")]
    less = {place: re.sub(lost, b"", part) for place, part in zip(places, whole, strict=True)}
    assert [part.count(b"<c:f>") for part in less.values()] == [0, 0]
    poorer = FileBook(book.package.replaced(less), "book.xlsx")
    app.refresh(poorer, profiles.load(profile), None, JUDGE)
    again = [re.sub(SAID_TOO, b"", part) for part in raw(poorer.data)]
    assert again == whole


def test_a_chart_that_reads_some_cells_keeps_its_series() -> None:
    book = made(profiles.load("council-5x5"), {})[0]
    first, second = charts_on(book.package, book.workbook, "Summary")
    parts = {name: book.package.part(name) for name in (first, second)}
    fewer = {
        first: re.sub(rb"<c:ser>(?:(?!</c:ser>).)*</c:ser>(?=<c:gap)", b"", parts[first]),
        second: parts[second].replace(b"$H$", b"$J$"),
    }
    assert [part.count(b"<c:ser>") for part in fewer.values()] == [2, 2]
    poorer = FileBook(book.package.replaced(fewer), "book.xlsx")
    app.refresh(poorer, profiles.load("council-5x5"), None, JUDGE)
    assert list(map(areas_read, raw(poorer.data))) == list(map(areas_read, fewer.values()))
    assert areas_read(raw(poorer.data)[1])[2:4] == ["Summary!$J$24:$J$33", "Summary!$I$23"]


def test_a_blank_workbook_that_libreoffice_saved_draws_its_risks_later(tmp_path: Path) -> None:
    profile = profiles.load("council-5x5")
    theirs = saved_again(made(profile, {})[0].data, tmp_path)
    saved = FileBook(theirs, "book.xlsx")
    assert [part.count(b"<c:f>") for part in raw(saved.data)] == [9, 0]
    app.refresh(saved, profile, None, JUDGE)
    assert " ".join(areas_read(raw(saved.data)[1])) == (
        "Summary!$H$23 Summary!$A$24:$A$33 Summary!$H$24:$H$33 "
        "Summary!$I$23 Summary!$A$24:$A$33 Summary!$I$24:$I$33"
    )
    assert [look(each) for each in parts(saved.data)["Top risks: Score"].iter(f"{C}ser")] == [
        "wdUpDiag",
        "solidFill",
    ]
    before = raw(saved.data)
    app.refresh(saved, profile, None, JUDGE)
    assert raw(saved.data) == before
    assert complaints(saved.data, tmp_path) == complaints(theirs, tmp_path)  # no theme


def raw(data: bytes) -> list[bytes]:
    book = FileBook(data, "book.xlsx")
    return [book.package.part(n) for n in charts_on(book.package, book.workbook, "Summary")]


def areas_read(part: bytes) -> list[str]:
    return re.findall(r"<c:f>(.*?)</c:f>", part.decode())


def without_points(part: bytes) -> bytes:
    return re.sub(rb'<c:ptCount val="\d+"/>|<c:pt idx.*?</c:pt>', b"", part)


@pytest.mark.parametrize(("risks", "drawn"), [(1, 1), (10, 10), (14, 10)])
def test_at_most_ten_risks_are_drawn(risks: int, drawn: int) -> None:
    profile = profiles.load("council-5x5")
    levels = {
        f"{stage}_{axis}": 3
        for stage in ("gross", "nett", "target")
        for axis in ("likelihood", "impact")
    }
    lines = [{"ref": f"R{n}", "title": f"Risk {n}", **levels} for n in range(1, risks + 1)]
    book = made(profile, {"about": {"as_at": "2021-06-30"}, "risks": lines})[0]
    before = book.data
    app.refresh(book, profile, None, JUDGE)
    assert book.data == before
    counts, top = shown(before).values()
    assert [values for _, _, values in counts] == [["0", "0", str(risks), "0"]] * 3
    assert [values for _, _, values in top] == [["9"] * drawn] * 2
