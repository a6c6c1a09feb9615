"""Makes workbooks that are wrong in exactly one way; none is kept as a file.

::

    workbook(rows="<row r='1'>...")     a small sound workbook, with these rows
    workbook({"xl/x.xml": b"..."})      with a part added, replaced, or (None) left out
    tampered(data, part, ...)           with one field of the zip changed behind its back
"""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'

Parts = Mapping[str, str | bytes | None]


def relations(*targets: tuple[str, str]) -> str:
    """A .rels part; each target is the last step of its type, and where it points."""
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARED}<Relationships xmlns="{space}">{items}</Relationships>'


def types(*extra: str, workbook: str = f"{TYPE}.sheet.main+xml") -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'{DECLARED}<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook}"/>'
        f'<Override PartName="/{SHEET}" ContentType="{TYPE}.worksheet+xml"/>'
        f"{''.join(extra)}</Types>"
    )


def listing(*sheets: tuple[str, str]) -> str:
    """The workbook part; each sheet is its name and its relation."""
    items = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="{rid}"/>'
        for i, (name, rid) in enumerate(sheets, start=1)
    )
    return (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{items}</sheets></workbook>'
    )


def sheet(rows: str = "", *, before: str = "", after: str = "") -> str:
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


ROWS = '<row r="1"><c r="A1"><v>4</v></c><c r="C1" s="0" t="str"><v>High</v></c></row>'


def parts(changes: Parts | None = None, rows: str = ROWS) -> dict[str, bytes]:
    sound: dict[str, str | bytes | None] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": listing(("Risks", "rId1")),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        SHEET: sheet(rows),
    }
    sound.update(changes or {})
    return {
        name: part.encode() if isinstance(part, str) else part
        for name, part in sound.items()
        if part is not None
    }


def packed(
    entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED, extra: bytes = b""
) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore", UserWarning)  # "Duplicate name": that is the point
        for name, part in entries:
            info = zipfile.ZipInfo(name)
            info.filename = info.orig_filename = name  # as given, backslashes and all
            info.compress_type, info.extra = method, extra
            archive.writestr(info, part)
    return file.getvalue()


def workbook(changes: Parts | None = None, *, rows: str = ROWS) -> bytes:
    return packed(parts(changes, rows).items())


def with_rows(rows: str, *, before: str = "", after: str = "") -> bytes:
    return workbook({SHEET: sheet(rows, before=before, after=after)})


# Where a field stands in a local header and in the directory, and its form.
FIELDS = {
    "flags": (6, 8, "<H"),
    "method": (8, 10, "<H"),
    "crc": (14, 16, "<L"),
    "packed": (18, 20, "<L"),
    "size": (22, 24, "<L"),
    "header": (None, 42, "<L"),
}


def tampered(
    data: bytes, part: str, field: str, value: int, *, local: bool = True, listed: bool = True
) -> bytes:
    """Change one field of one part, in its local header, in the directory, or in both."""
    changed = bytearray(data)
    in_local, in_directory, form = FIELDS[field]
    at = data.rindex(part.encode()) - 46
    (header,) = struct.unpack_from("<L", data, at + 42)
    if listed:
        struct.pack_into(form, changed, at + in_directory, value)
    if local and in_local is not None:
        struct.pack_into(form, changed, header + in_local, value)
    return bytes(changed)


def renamed(data: bytes, old: str, new: str) -> bytes:
    """Give a part another name of the same length in its local header only."""
    return data.replace(old.encode(), new.encode(), 1)


def counted(data: bytes, more: int) -> bytes:
    """The same zip, claiming more or fewer parts than it lists."""
    end = data.rindex(b"PK\5\6")
    (count,) = struct.unpack_from("<H", data, end + 10)
    return data[: end + 8] + struct.pack("<2H", *(count + more,) * 2) + data[end + 12 :]


def wide(data: bytes, more: int = 0) -> bytes:
    """The same zip with the wide end record, as some programs write it."""
    end = data.rindex(b"PK\5\6")
    count, size, begin = struct.unpack_from("<H2L", data, end + 10)
    count += more
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, begin)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    return data[:end] + record + locator + data[end:]


def widened(data: bytes, part: str, size: int) -> bytes:
    """The same zip, with the size of one part moved to the wide field of the directory."""
    changed = tampered(data, part, "size", 2**32 - 1)
    at = changed.rindex(b"\1\0\10\0" + bytes(8))
    return changed[: at + 4] + struct.pack("<Q", size) + changed[at + 12 :]


def wedged(data: bytes, more: bytes) -> bytes:
    """The same zip with bytes between its last part and its directory."""
    end = data.rindex(b"PK\5\6")
    (begin,) = struct.unpack_from("<L", data, end + 16)
    moved = struct.pack("<L", begin + len(more))
    return data[:begin] + more + data[begin : end + 16] + moved + data[end + 20 :]


class _Pipe(io.BytesIO):
    """Takes bytes and never goes back, so a zip cannot put sums before the data."""

    def tell(self) -> int:
        raise OSError


def streamed(crc: int | None = None) -> bytes:
    """A small sound workbook whose sums follow the data of each part; one is another."""
    late = _Pipe()
    with zipfile.ZipFile(late, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
    data = bytearray(late.getvalue())
    if crc is not None:
        struct.pack_into("<L", data, data.index(b"PK\7\x08") + 4, crc)
    return bytes(data)


def linked(name: str) -> bytes:
    """A small workbook with a symbolic link in it."""
    link = zipfile.ZipInfo(name)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    file = io.BytesIO(workbook())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def container(stream: str) -> bytes:
    """The start of an OLE2 file with one stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + (stream + "\0").encode("utf-16-le")
