"""The report as a PDF: entries as typed, the same bytes, tags that a screen reader follows."""

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook.core.page import PageCell, PageRow
from riskbook.edge import pdf
from riskbook.edge.documents import profiles, registers
from riskbook.edge.pdf import sections
from riskbook.edge.printed import number, printable
from tests.support import looked, sample

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on PATH")
MARKUP = "#$*_@<>\\\"'`~=-+/[](){}|^&;:.,!?% aB9\u00e9\u00a3\u2019\u2013\u2026"


def titled(title: str, **more: Any) -> dict[str, Any]:
    document = sample("dacorum-2021")
    document["risks"] = [{**document["risks"][0], "title": title, **more}]
    return document


def rendered(document: dict[str, Any]) -> bytes:
    return pdf.render(looked(document))


def text_of(data: bytes) -> str:
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    found = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    return found.stdout.decode()


def letters(text: str) -> str:
    """A text without what a line break may change: spaces, and unseen places to break."""
    return re.sub(r"[\s\u200b]", "", text)


@POPPLER
@pytest.mark.parametrize(
    "text",
    [
        "#panic() #sys.inputs #let x = 1",
        "$x^2$ *bold* _slanted_ `code`",
        "@owner <label> https://example.org",
        "\\ \\n \\u{41} \"quoted\" 'single' -- --- ...",
        "= Heading - list + list / term: x",
        "/* a comment */ // another",
        "[content] {block} (array)",
        "100 % of \u00a31,000",
    ],
)
def test_markup_in_an_entry_is_printed_as_typed(text: str) -> None:
    assert letters(text) in letters(text_of(rendered(titled(text))))


@POPPLER
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(MARKUP, min_size=1, max_size=120).filter(lambda text: text.strip()))
def test_any_text_of_signs_is_printed_as_typed(text: str) -> None:
    assert letters(text) in letters(text_of(rendered(titled(f"x{text}x"))))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
)
def test_any_text_at_all_gives_a_report(title: str, organisation: str) -> None:
    document = titled(title)
    document["about"] |= {"organisation": organisation, "title": title, "introduction": title}

    assert rendered(document).startswith(b"%PDF-1.7")


@POPPLER
def test_a_character_that_no_font_has_leaves_a_mark_and_its_neighbours() -> None:
    found = letters(text_of(rendered(titled("before \U0010fffd\x01 after"))))

    assert "before\ufffd\ufffdafter" in found


@POPPLER
def test_lines_of_an_entry_stay_lines() -> None:
    found = text_of(rendered(titled("T", update="First line\nSecond line\r\nThird line")))

    assert re.search(r"First line\n+Second line\n+Third line", found)


@POPPLER
def test_a_bullet_of_word_is_a_bullet() -> None:
    assert "\u2022one" in letters(text_of(rendered(titled("\uf0b7 one"))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\nd\u2028e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a b"),
        ("a\x00b\x1fc\x7fd\ud800e", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("caf\u00e9 \u2026 \u05d0", "caf\u00e9 \u2026 \u05d0"),
    ],
)
def test_what_has_no_shape_is_marked(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("name", registers.samples())
def test_the_same_register_gives_the_same_bytes(name: str) -> None:
    assert rendered(sample(name)) == rendered(sample(name))


def test_another_day_gives_another_report() -> None:
    document = sample("blackpool-2021")

    assert pdf.render(looked(document, date(2022, 4, 1))) != rendered(document)


@pytest.mark.parametrize("day", ["0001-01-01", "1969-07-20", "9999-12-31"])
def test_any_day_can_be_the_day_of_a_report(day: str) -> None:
    document = sample("dacorum-2021")
    document["about"]["as_at"] = day

    assert pdf.page_count(rendered(document)) == 3


@pytest.mark.parametrize("name", registers.samples())
def test_two_checkers_of_accessibility_find_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered(sample(name)))

    assert complaints(path) == []


def complaints(path: Path) -> list[str]:
    """What two checkers of PDF/UA have against a file."""
    found = [f"{f.rule} {f.message}" for f in outloud.check(str(path)).findings]
    return found + [f"{f.rule_id} {f.message}" for f in pdfua.validate(str(path)).findings]


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_profile_has_a_report_without_any_risk(name: str, tmp_path: Path) -> None:
    # a title of few words: a long one at the head of one page alone is taken for lost prose
    about = {"organisation": "Anytown Council", "title": "Risk Register"}
    document = {"format": "riskbook-register/1", "profile": name, "about": about, "risks": []}
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(looked(document, date(2021, 6, 30))))

    assert pdf.page_count(path.read_bytes()) >= 1
    assert complaints(path) == []


def test_a_word_wider_than_its_column_and_a_text_longer_than_a_page(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered(titled("W" * 400, update="One more sentence. " * 1500)))

    assert pdf.page_count(path.read_bytes()) > 3
    assert complaints(path) == []


def test_a_mistake_of_our_own_in_the_layout_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "content", lambda outcome: {"title": "no more than this"})

    with pytest.raises(typst.TypstError):
        rendered(sample("dacorum-2021"))


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("18.5", "General", "18.5"),
        ("18.50", "General", "18.5"),
        ("18.5", "0.0#", "18.5"),
        ("18", "0.0#", "18.0"),
        ("18.255", "0.0#", "18.26"),
        ("2.25", "0.00", "2.25"),
        ("2", "0.00", "2.00"),
        ("0.4", "0%", "40 %"),
        ("0.3333", "0.00%", "33.33 %"),
    ],
)
def test_a_number_is_shown_as_its_sheet_shows_it(value: str, form: str, shown: str) -> None:
    assert number(Decimal(value), form) == shown


def test_the_sections_come_in_the_order_of_a_committee_s_reading() -> None:
    found = sections.content(looked(sample("blackpool-2021")))["sections"]

    titles = [(section["title"], section["wide"]) for section in found]
    assert titles == [
        ("Summary", False),
        ("Risks", True),
        ("Overall Weighting", True),
        ("Actions due", True),
        ("Checks", True),
    ]


def test_a_table_is_never_wider_than_its_paper() -> None:
    for name in registers.samples():
        for section in sections.content(looked(sample(name)))["sections"]:
            across = 297 - 36 if section["wide"] else 210 - 36
            for block in section["blocks"]:
                assert sum(block.get("columns", [0])) <= across + 0.1


def test_a_table_of_more_columns_than_its_sheet_has_widths_for_has_them_all() -> None:
    rows = [PageRow((PageCell("x", style),) * 25) for style in ("rb head", "rb wrap")]
    spread = (34, *[11] * 20)

    assert sections._widths(rows, spread) == [34] + [11] * 24


def test_a_heading_stands_where_its_figures_stand() -> None:
    summary = sections.content(looked(sample("dacorum-2021")))["sections"][0]
    table = next(block for block in summary["blocks"] if block["kind"] == "table")

    assert [cell["align"] for cell in table["head"]] == ["center", "right", "right"]


def test_a_link_on_paper_is_text() -> None:
    looks = sections.content(looked(sample("dacorum-2021")))["looks"]

    assert looks["rb link"]["ink"] == "#000000"
    assert looks["rb band 3"]["chip"]
    assert not looks["rb warning"]["chip"]
