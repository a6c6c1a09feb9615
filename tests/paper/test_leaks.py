"""The leak check finds a secret wherever it was planted in a finished file, and nothing else."""

import io
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskbook.core.grid import CellRef
from riskbook.core.traces import How, Secret, squeezed
from riskbook.edge import leaks
from riskbook.errors import LeakError
from tests.paper.plants import ALL, Plant

AT = CellRef("Risks", 6, 2)
PLACES = [(kind, name, plant) for kind, plants in ALL.items() for name, plant in plants.items()]
IDS = [f"{kind}: {name}" for kind, name, _ in PLACES]
# places that hold a word without spaces or signs, of the letters that a name allows
FALCON = "Project Falcon: officials say the offer of \u00a35,000 fails"


def secret(text: str, how: How = How.ANYWHERE, inside: tuple[str, ...] = ()) -> Secret:
    return Secret(text=text, how=how, at=AT, name="Risk of R2", inside=inside)


def found(data: bytes, kind: str, *secrets: Secret) -> set[str]:
    return {leak.secret.text for leak in leaks.check(data, kind, secrets)}


@pytest.mark.parametrize(("kind", "name", "plant"), PLACES, ids=IDS)
def test_a_secret_is_found_in_every_place(kind: str, name: str, plant: Plant) -> None:
    told = secret(FALCON if "name" not in name else "ProjectFalconFailsByOfficials")
    clean = plant("Nothing to hide here at all")

    assert found(clean, kind, told) == set()
    assert found(plant(told.text), kind, told) == {told.text}


# The letters that a name in a file may have, and those of any text that a font can show.
ASCII = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMED = ("name of", "table name", "link", "drawn by a note", "docx: bookmark")
WORDS = st.text(ASCII + "\u00e9\u00fc\u00df\u0142\u0130fffiflst'-", min_size=2, max_size=9)
PARTS = st.sampled_from([" ", " ", ", ", ": ", " - ", "\u00a0", " (", ") ", "; ", "\u2019s "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORDS, min_size=3, max_size=7))
    return "".join(part for word in words for part in (word, draw(PARTS))).strip()


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES), texts(), st.text(ASCII, min_size=16, max_size=30))
def test_any_secret_is_found_in_any_place(
    place: tuple[str, str, Plant], text: str, name: str
) -> None:
    kind, where, plant = place
    word = f"{kind}: {where}".endswith(NAMED) or where.startswith(NAMED)
    told = secret(name if word or len(squeezed(text)) < 12 else text)

    assert found(plant(told.text), kind, told) == {told.text}


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        str.casefold,
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\u2003\u00a0 "),
        lambda text: text.replace(" ", ""),
        lambda text: "\u00ad".join(text),
        lambda text: "\u200b".join(text),
        lambda text: "\u2060\ufeff".join(text),
        lambda text: text.replace("ff", "\ufb00").replace("fi", "\ufb01"),
        lambda text: text.replace("office", "of-\nfice"),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        lambda text: text.replace("'", "\u2019").replace("-", "\u2013"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv", "json"])
def test_a_disguise_hides_no_secret(kind: str, disguise: "Plant") -> None:
    told = "The head's office - officials of Falcon"
    plant = next(iter(ALL[kind].values()))

    assert found(plant(str(disguise(told))), kind, secret(told)) == {told}


def test_texts_are_found_under_the_escapes_of_a_workbook() -> None:
    xml = "<sst><si><t>Project_x000D_\nFalcon_x0020_fails</t></si></sst>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("xl/sharedStrings.xml", xml)

    assert found(held.getvalue(), "xlsx", secret("Project\nFalcon fails")) == {
        "Project\nFalcon fails"
    }


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("See R2.", True),
        ("(r2)", True),
        ("R1/R2", True),
        ("as for\nR2", True),
        ("See R21 and XR2 and R2a.", False),
        ("PP_R2", False),
        ("R 2", False),
        ("FIN-R2", False),  # a longer reference, which is published
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "csv", "json"])
def test_a_reference_is_found_as_a_whole_word(kind: str, text: str, there: bool) -> None:
    plant = next(iter(ALL[kind].values()))
    ref = secret("R2", How.WORD, inside=("FIN-R2",))

    assert found(plant(text), kind, ref) == ({"R2"} if there else set())


def test_the_address_of_a_cell_is_no_reference() -> None:
    refs = [secret(text, How.WORD) for text in ("A1", "D2", "E2", "B4", "F1", "D9", "R1C1")]

    for name, plant in ALL["xlsx"].items():
        told = found(plant("No such thing"), "xlsx", *refs)
        assert told == set(), name


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Jane Smith", "Jane Smith, then others", True),
        ("Jane Smith", "JANE\u00a0SMITH", True),
        ("Jane Smith", "Jane  \n Smith's", True),
        ("Jane Smith", "Jane Smithson", False),
        ("Ms O'Neil-Jones", "ms o\u2019neil-jones", False),  # quotes are as typed
        ("Ms O'Neil-Jones", "Ms O'Neil-\nJones", True),
    ],
)
def test_a_name_is_found_as_whole_words(name: str, text: str, there: bool) -> None:
    plant = next(iter(ALL["docx"].values()))

    assert found(plant(text), "docx", secret(name, How.WORD)) == ({name} if there else set())


@pytest.mark.parametrize(
    ("text", "there"), [("Housing", True), (" HOUSING. ", True), ("Housing demand", False)]
)
def test_a_short_text_is_found_only_as_a_whole_cell(text: str, there: bool) -> None:
    plant = ALL["xlsx"]["cell"]

    assert found(plant(text), "xlsx", secret("Housing", How.WHOLE)) == (
        {"Housing"} if there else set()
    )


def test_a_leak_names_its_place() -> None:
    told = secret(FALCON)
    places = {
        name: leaks.check(plant(FALCON), kind, [told])[0].place
        for kind, name, plant in PLACES
        if kind in ("xlsx", "pdf", "docx")
    }
    assert places["comment"] == "the file, a comment (word/comments.xml)"
    assert places["hidden sheet"] == "the file, the texts of its cells (xl/sharedStrings.xml)"
    assert places["chart cache"] == "the file, a chart (xl/charts/chart1.xml)"
    assert (
        places["custom property"]
        == "the file, the properties of the document (docProps/custom.xml)"
    )
    assert places["page"] == "the file, page 1"
    assert places["cell over two pages, beside another"] == "the file, its text in reading order"
    assert places["keywords"].startswith("the file, the properties of the document")
    assert places["note on a page"] == "the file, a note on a page"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", b"%PDF-1.7\nnothing follows"),
        ("xlsx", b"PK\x03\x04 and no directory"),
        ("docx", ALL["docx"]["paragraph"]("x")[:-40]),
    ],
)
def test_a_finished_file_that_cannot_be_read_back_is_refused(kind: str, data: bytes) -> None:
    with pytest.raises(LeakError) as refused:
        leaks.check(data, kind, [secret(FALCON)])

    assert refused.value.what == (
        f"The finished {kind} file cannot be read back, so nobody knows whether it holds a text "
        "that is withheld."
    )
    assert refused.value.fix.startswith("try again")


def test_a_broken_part_of_a_good_file_is_searched_as_bytes() -> None:
    plain = FALCON.replace("\u00a3", "")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("a.xml", f"<open><t>{plain}")
        file.writestr("b.pdf", f"%PDF-1.4 {plain}")
        file.writestr("c.docx", b"PK\x03\x04" + plain.encode())

    places = [leak.place for leak in leaks.check(held.getvalue(), "xlsx", [secret(plain)])]
    assert [place for place in places if place != "the file"] == [
        "the file, a.xml",
        "the file, b.pdf",
        "the file, c.docx",
    ]


def test_files_inside_files_without_end_are_searched_as_bytes_in_the_end() -> None:
    data = FALCON.encode()
    for depth in range(12):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as file:  # stored, not deflated
            file.writestr(f"{depth}.zip", data)
        data = held.getvalue()

    assert found(data, "xlsx", secret(FALCON)) == {FALCON}


def test_what_calls_itself_json_and_is_none_is_searched_as_text() -> None:
    assert found(f"not json: {FALCON}".encode(), "json", secret(FALCON)) == {FALCON}


def test_a_packed_stream_that_is_cut_short_is_searched_as_far_as_it_goes() -> None:
    noise = bytes(range(256)) * 300  # so that it is packed in many pieces
    packed = zlib.compress(FALCON.encode() + noise, 0)
    for data in (packed[:-70_000], packed[:-20_000] + b"\0" * 90_000, b"x\x9cx\x9c" + packed):
        assert found(b"\1" + data, "bin", secret(FALCON)) == {FALCON}


def test_without_secrets_nothing_is_read() -> None:
    assert leaks.check(b"no PDF at all", "pdf", []) == []
