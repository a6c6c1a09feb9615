"""The report as a PDF: entries as typed, the same bytes, odd registers, no complaint at all."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook.core.blocks import Text
from riskbook.edge.documents import profiles, registers
from riskbook.edge.paper import pdf
from riskbook.edge.paper.printed import number, printable
from tests.paper.papers import LOOKS, MOMENT, complaints, drawn, grid, of, paper
from tests.paper.tagged import reader, squeezed
from tests.support import looked, sample

MARKUP = "#$*_@<>\\\"'`~=-+/[](){}|^&;:.,!?% aB9\u00e9\u00a3\u2019\u2013\u2026"
HOSTILE = (
    "=1+2 #panic() $x$ *b* _i_ @o <l> \\n // /* [c] {d} \u05d0\u05d1 \u0639\u0631 \u4e2d\u6587 "
    "\U0001f600 e\u0301 \u202e\u200d\ufffe\x00\x07\ud800 \U0010fffd \ufb01 \u00ad"
)

NAMES = ("Housing", "Waste", "Highways", "Planning", "Libraries", "Elections", "Treasury")


def titled(title: str, **more: Any) -> dict[str, Any]:
    document = sample("dacorum-2021")
    document["risks"] = [{**document["risks"][0], "title": title, **more}]
    return document


def rendered(document: dict[str, Any]) -> bytes:
    return pdf.render(looked(document))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader(data).pages)


def said(text: str) -> str:
    """A text on a paper of its own, as it is read out of the file; unseen breaks left out."""
    return text_of(drawn(of(Text(text), grid("Ref | Risk", f"R1 | {text.replace('|', '/')}"))))


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
    assert squeezed(said(text)).count(squeezed(text)) == 2  # as prose and in a cell
    assert squeezed(text) in squeezed(text_of(rendered(titled(text))))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(MARKUP, min_size=1, max_size=120).filter(lambda text: text.strip()))
def test_any_text_of_signs_is_printed_as_typed(text: str) -> None:
    assert squeezed(f"x{text}x") in squeezed(said(f"x{text}x"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
)
def test_any_text_at_all_gives_a_report(title: str, organisation: str) -> None:
    document = titled(title)
    document["about"] |= {"organisation": organisation, "title": title, "introduction": title}

    assert rendered(document).startswith(b"%PDF-1.7")


def test_a_character_that_no_font_has_leaves_a_mark_and_its_neighbours() -> None:
    assert "before\ufffd\ufffdafter" in squeezed(said("before \U0010fffd\x01 after"))


def test_a_mark_of_byte_order_in_an_entry_is_no_reason_to_fail() -> None:
    """As it comes into a cell with a text that was pasted out of a file."""
    assert "beforeafter" in squeezed(said("before\ufeffafter")).replace("\u2060", "")


def test_lines_of_an_entry_stay_lines() -> None:
    found = text_of(rendered(titled("T", update="First line\nSecond line\r\nThird line")))

    assert re.search(r"First line\n+Second line\n+Third line", found)


def test_a_bullet_of_word_is_a_point_of_a_list() -> None:
    assert "\u2022one" in squeezed(text_of(rendered(titled("T", update="\uf0b7 one"))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\nd\u2028e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a b"),
        ("a\x00b\x1fc\x7fd\ud800e", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("caf\u00e9 \u2026 \u05d0", "caf\u00e9 \u2026 \u05d0"),
        ("\ufeffa\ufeffb", "\u2060a\u2060b"),
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
    document = titled("A risk")
    document["about"]["as_at"] = day

    assert pdf.page_count(rendered(document)) >= 3


@pytest.mark.parametrize("name", registers.samples())
def test_two_checkers_of_accessibility_find_nothing(name: str, tmp_path: Path) -> None:
    assert complaints(rendered(sample(name)), tmp_path) == []


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_profile_has_a_report_without_any_risk(name: str, tmp_path: Path) -> None:
    about = {"organisation": "Anytown Council", "title": "Risk Register"}
    document = {"format": "riskbook-register/1", "profile": name, "about": about, "risks": []}
    made = pdf.render(looked(document, date(2021, 6, 30)))

    assert pdf.page_count(made) >= 1
    assert complaints(made, tmp_path) == []


def council(*risks: dict[str, Any], actions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A register of the neutral profile."""
    levels = {
        f"{stage}_{axis}": level
        for stage, level in (("gross", 4), ("nett", 3), ("target", 2))
        for axis in ("likelihood", "impact")
    }
    return {
        "format": "riskbook-register/1",
        "profile": "council-5x5",
        "about": {"organisation": "Anytown Council", "title": "Corporate Risks"},
        "risks": [{"category": "Financial", **levels, **risk} for risk in risks],
        "actions": list(actions),
    }


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(council({"ref": "R1", "title": "The one risk"}), id="one risk"),
        pytest.param(
            council(
                *(
                    {
                        "ref": f"R{n}",
                        "title": f"{NAMES[n % 7]} {NAMES[n % 5]}",
                        "owner": NAMES[n % 3],
                    }
                    for n in range(1, 31)
                ),
                actions=tuple(
                    {
                        "ref": f"R{n}.1",
                        "risk": f"R{n}",
                        "text": f"Do thing {n}\n- first\n- then {n}",
                        "owner": NAMES[n % 4],
                        "original_due": "March 2022",
                        "status": "In progress",
                    }
                    for n in range(1, 31)
                ),
            ),
            id="many risks",
        ),
        pytest.param(
            council({"ref": "R1", "title": HOSTILE, "controls": f"- {HOSTILE}\n{HOSTILE}"}),
            id="hostile letters",
        ),
        pytest.param(
            council({"ref": "W" * 60, "title": "W" * 400, "update": "- " + "w" * 900}),
            id="words wider than any column",
        ),
    ],
)
def test_odd_registers_have_reports_without_a_complaint(
    document: dict[str, Any], tmp_path: Path
) -> None:
    assert complaints(pdf.render(looked(document, date(2021, 6, 30))), tmp_path) == []


def test_a_text_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    told = " ".join(f"Sentence {n} tells {n * 7919 % 10_007} of it." for n in range(900))
    found = rendered(titled("A risk", update=told, controls=told))

    assert pdf.page_count(found) > 8
    assert {c for c in complaints(found, tmp_path) if "PAG-001" not in c} == set()
    text = squeezed(text_of(found))
    assert text.count("Sentence899tells") == 2


def test_a_mistake_of_our_own_in_the_layout_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "content", lambda told, styles: {"title": "no more than this"})

    with pytest.raises(typst.TypstError):
        pdf.render_paper(paper(), LOOKS, MOMENT)


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
