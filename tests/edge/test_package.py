"""A package is changed part by part: what was not asked for stays as bytes."""

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from riskbook.edge.xlsx.package import Package
from riskbook.errors import RefusedError

pytestmark = pytest.mark.filterwarnings("error")

PARTS = {"[Content_Types].xml": b"<Types/>", "xl/a.xml": b"<a/>" * 99, "xl/b.bin": b"\0\1\2"}


class Pipe(io.RawIOBase):
    """A stream that cannot seek, so that zipfile writes data descriptors."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.data += piece
        return len(piece)


def zipped(
    parts: Mapping[str, bytes] = PARTS,
    *,
    method: int = zipfile.ZIP_DEFLATED,
    comment: bytes = b"",
    extra: bytes = b"",
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2021, 10, 31, 14, 30, 6))
            info.compress_type, info.extra, info.external_attr = method, extra, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def streamed() -> bytes:
    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    return out.data


def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write_string("B2", "Budget")
        sheet.write_comment("B2", "a note")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Risks!$A$1:$A$3"})
        sheet.insert_chart("D2", chart)
    return out.getvalue()


def by_openpyxl() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.worksheets[0]["B2"] = "Budget"
    book.save(out)
    return out.getvalue()


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "deflated": zipped,
    "stored": lambda: zipped(method=zipfile.ZIP_STORED),
    "with a comment": lambda: zipped(comment=b"a comment"),
    "with extra fields": lambda: zipped(extra=struct.pack("<HH4s", 0xA220, 4, b"\0\0\0\0")),
    "with data descriptors": streamed,
    "empty": lambda: zipped({}),
    "XlsxWriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
}


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def local_bytes(data: bytes) -> dict[str, bytes]:
    """Each member from its local header to its last compressed byte, by zipfile's account."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<2H", data, info.header_offset + 26)
            stop = info.header_offset + 30 + name_length + extra_length + info.compress_size
            found[info.filename] = data[info.header_offset : stop]
    return found


@pytest.mark.parametrize("make", ARCHIVES.values(), ids=ARCHIVES)
def test_nothing_changed_gives_the_same_bytes(make: Callable[[], bytes]) -> None:
    data = make()
    package = Package.parse(data)

    assert package.replaced({}) == data
    assert package.replaced({name: package.part(name) for name in package.names}) == data
    assert {name: package.part(name) for name in package.names} == contents(data)


@pytest.mark.parametrize("make", ARCHIVES.values(), ids=ARCHIVES)
def test_each_member_but_the_changed_one_keeps_its_compressed_bytes(
    make: Callable[[], bytes],
) -> None:
    data = make()
    for name in Package.parse(data).names:
        changed = Package.parse(data).replaced({name: b"<changed/>"})

        assert contents(changed) == contents(data) | {name: b"<changed/>"}
        before, after = local_bytes(data), local_bytes(changed)
        assert list(before) == list(after)
        assert {part for part in before if before[part] != after[part]} == {name}


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_goes_round(tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes(by_xlsxwriter())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = ["--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run(
        ["soffice", "--headless", profile, *options, str(tmp_path / "in.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / "out" / "in.xlsx").read_bytes()
    package = Package.parse(data)

    assert package.replaced({}) == data
    changed = package.replaced({"xl/workbook.xml": package.part("xl/workbook.xml") + b"\n"})
    before, after = local_bytes(data), local_bytes(changed)
    assert {part for part in before if before[part] != after[part]} == {"xl/workbook.xml"}


def test_a_comment_may_hold_the_mark_of_the_directory_end() -> None:
    data = zipped(comment=b"in PK\x05\x06 it" + b"." * 22)

    assert Package.parse(data).replaced({}) == data


def test_a_changed_part_keeps_its_date_and_attributes_and_is_deflated() -> None:
    changed = Package.parse(streamed()).replaced({"XL/A.xml": b"<z/>" * 99})

    with (
        zipfile.ZipFile(io.BytesIO(streamed())) as old,
        zipfile.ZipFile(io.BytesIO(changed)) as new,
    ):
        was, now = old.getinfo("xl/a.xml"), new.getinfo("xl/a.xml")
    assert (now.date_time, now.external_attr) == (was.date_time, was.external_attr)
    assert now.compress_type == zipfile.ZIP_DEFLATED
    assert now.flag_bits == 0  # its sizes are in its header now


def test_a_new_part_comes_last_and_has_a_fixed_date() -> None:
    package = Package.parse(zipped())
    changed = package.replaced({"xl/ä.xml": b"<new/>", "xl/c.xml": b""})

    assert list(contents(changed)) == [*PARTS, "xl/ä.xml", "xl/c.xml"]
    assert contents(changed)["xl/ä.xml"] == b"<new/>"
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        assert archive.getinfo("xl/c.xml").date_time == (1980, 1, 1, 0, 0, 0)
    assert package.replaced({"xl/ä.xml": b"<new/>", "xl/c.xml": b""}) == changed


def test_a_dropped_part_is_gone_and_an_unknown_one_is_no_mistake() -> None:
    changed = Package.parse(zipped()).replaced({}, drop=["xl/A.xml", "xl/calcChain.xml"])

    assert list(contents(changed)) == ["[Content_Types].xml", "xl/b.bin"]


def test_a_part_cannot_be_changed_and_dropped_at_once() -> None:
    with pytest.raises(ValueError, match=r"xl/a\.xml"):
        Package.parse(zipped()).replaced({"xl/a.xml": b""}, drop=["xl/A.xml"])


def test_names_are_found_without_regard_to_case_or_slashes() -> None:
    package = Package.parse(zipped({"XL\\Workbook.xml": b"<w/>"}))

    assert "xl/workbook.xml" in package
    assert "xl/other.xml" not in package
    assert package.part("xl/workbook.xml") == b"<w/>"


def test_bytes_between_members_stay() -> None:
    data = zipped({"a": b"1", "b": b"2"})
    second, directory = data.index(b"PK\3\4", 4), data.index(b"PK\1\2")
    moved = bytearray(data[:second] + b"\0" * 7 + data[second:])
    last = moved.index(b"PK\1\2", directory + 8)
    struct.pack_into("<I", moved, last + 42, second + 7)
    struct.pack_into("<I", moved, len(moved) - 6, directory + 7)

    assert Package.parse(bytes(moved)).replaced({}) == bytes(moved)


def patched(at: int, value: bytes) -> bytes:
    data = bytearray(zipped())
    data[at : at + len(value) if at + len(value) else None] = value
    return bytes(data)


DIRECTORY = zipped().index(b"PK\1\2")
TWICE = {"xl/a.xml": b"1", "XL/a.xml": b"2"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a zip archive"),
        (b"\xd0\xcf\x11\xe0" * 99, "not a zip archive"),  # an encrypted workbook, or an .xls
        (zipped()[:-1], "not a zip archive"),
        (b"MZ" + zipped(), "does not fit"),
        (patched(-12, b"\x09"), "does not fit"),  # nine entries in all, three on this disk
        (patched(-14, b"\xff\xff\xff\xff"), "zip64"),
        (patched(-10, b"\xff\xff\xff\xff"), "zip64"),
        (patched(DIRECTORY + 24, b"\xff\xff\xff\xff"), "zip64"),
        (patched(DIRECTORY + 8, b"\1"), "encrypted"),
        (patched(DIRECTORY + 1, b"X"), "damaged"),
        (patched(-14, b"\x04\0\x04\0"), "damaged"),  # four entries, three here
        (patched(DIRECTORY + 42, b"\1"), "before the first part"),
        (patched(0, b"X"), "not where"),
        (patched(DIRECTORY + 20, b"\xff\xff"), "over another"),
        (zipped(method=zipfile.ZIP_BZIP2), "unusual way"),
        (zipped(TWICE), "twice"),
    ],
)
def test_an_unusual_archive_is_refused_in_a_plain_sentence(data: bytes, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        Package.parse(data)


BODY = 30 + len("[Content_Types].xml")


@pytest.mark.parametrize(
    "data",
    [
        patched(DIRECTORY + 16, b"\xee"),  # its checksum
        patched(DIRECTORY + 24, b"\x07"),  # its size
        patched(BODY, b"\xff"),  # no kind of block that deflate knows
    ],
)
def test_a_damaged_part_is_refused_when_it_is_read(data: bytes) -> None:
    package = Package.parse(data)

    with pytest.raises(RefusedError, match=r"'\[Content_Types\].xml' is damaged"):
        package.part("[Content_Types].xml")
    assert package.part("xl/a.xml") == PARTS["xl/a.xml"]


def test_a_missing_part_is_named() -> None:
    with pytest.raises(RefusedError, match=r"no part 'xl/workbook\.xml'"):
        Package.parse(zipped()).part("xl/workbook.xml")


names = st.sampled_from("abcdef")
parts = st.dictionaries(names, st.binary(max_size=200))


@given(old=parts, changes=parts, drop=st.frozensets(names))
def test_any_change_is_what_an_independent_reader_sees(
    old: dict[str, bytes], changes: dict[str, bytes], drop: frozenset[str]
) -> None:
    changes = {name: content for name, content in changes.items() if name not in drop}
    changed = Package.parse(zipped(old)).replaced(changes, drop)

    expected = {name: content for name, content in (old | changes).items() if name not in drop}
    assert contents(changed) == expected
    assert Package.parse(changed).replaced({}) == changed
