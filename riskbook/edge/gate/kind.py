"""What a file is when it is not a workbook, told by its first bytes or its parts.

::

    bytes that are no zip   ->  PDF, picture, old .xls, password, text, page, ...
    parts of another zip    ->  OpenDocument, Word, PowerPoint, .xlsb, Numbers, ...

An officer picks the wrong file more often than anybody sends a hostile one, so each kind
has its own sentence and its own remedy.  Nothing here decides whether a workbook is sound.
"""

from riskbook.edge.gate.archive import AGAIN, RESAVE, FaultError, Package

_CHOOSE = "choose the register's workbook (.xlsx or .xlsm)."
_UNPACK = "unpack it and give riskbook the workbook that is inside."
_OLD = ("is in the old Excel format (.xls)", RESAVE)

_FIRST_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "is a PDF", "ask for the workbook that the PDF was made from."),
    (b"{\\rtf", "is a text document (RTF)", _CHOOSE),
    (b"\x89PNG", "is a picture", _CHOOSE),
    (b"\xff\xd8\xff", "is a picture", _CHOOSE),
    (b"GIF8", "is a picture", _CHOOSE),
    (b"7z\xbc\xaf\x27\x1c", "is an archive (7z)", _UNPACK),
    (b"Rar!", "is an archive (RAR)", _UNPACK),
    (b"\x1f\x8b", "is an archive (gzip)", _UNPACK),
    (b"\x09\x00\x04\x00", *_OLD),  # Excel 2, 3, 4, 5 without a container
    (b"\x09\x02\x06\x00", *_OLD),
    (b"\x09\x04\x06\x00", *_OLD),
    (b"\x09\x08\x08\x00", *_OLD),
)
# Names of streams in an OLE2 container, which stores them in UTF-16; the first found wins.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    (
        "EncryptedPackage",
        "is locked with a password",
        "open it in Excel, remove the password under File > Info > Protect Workbook > "
        "Encrypt with Password, and save it.",
    ),
    ("WordDocument", "is a Word document", _CHOOSE),
    ("PowerPoint Document", "is a presentation", _CHOOSE),
    ("Workbook", *_OLD),
    ("Book", *_OLD),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.bin", "is an Excel Binary Workbook (.xlsb)", RESAVE),
    ("word/", "is a Word document", _CHOOSE),
    ("ppt/", "is a presentation", _CHOOSE),
    ("visio/", "is a drawing (Visio)", _CHOOSE),
    (
        "index/document.iwa",
        "is an Apple Numbers document",
        "open it in Numbers and export it to Excel (.xlsx).",
    ),
)


def refuse_other_files(data: bytes) -> None:
    """Refuse bytes that are not a zip at all, naming what they are."""
    if not data:
        raise FaultError("is empty", fix=AGAIN)
    if data.startswith(b"PK\3\4"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _container(data)
    for first, what, fix in _FIRST_BYTES:
        if data.startswith(first):
            raise FaultError(what, fix=fix)
    if not data.strip(b"\0"):
        raise FaultError("holds nothing but zeros: it was not written to the end", fix=AGAIN)
    raise _text(data)


def _container(data: bytes) -> FaultError:
    for stream, what, fix in _STREAMS:
        if (stream + "\0").encode("utf-16-le") in data:
            return FaultError(what, fix=fix)
    return FaultError("is not a workbook", fix=_CHOOSE)


def _text(data: bytes) -> FaultError:
    """Tell a page, an XML file and a list with commas from bytes that are no text at all."""
    head = data[:65_536]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "latin-1", "replace").lstrip("\xef\xbb\xbf \t\r\n")
    if any(ord(c) < 32 and c not in "\t\n\r\f\x1a" for c in text):
        return FaultError("is not a workbook", fix=_CHOOSE)
    lower = text.lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lower:
        return FaultError("is an XML Spreadsheet of 2003", fix=RESAVE)
    if lower.startswith(("<!doctype html", "<html")) or "<html" in lower[:2_000]:
        return FaultError("is a web page, although programs may call it a workbook", fix=RESAVE)
    if lower.startswith(("<?xml", "<!doctype", "<")):
        return FaultError("is an XML file, not a workbook", fix=_CHOOSE)
    if any(mark in text.split("\n", 1)[0] for mark in ",;\t"):
        return FaultError(
            "is a text file with values between commas (CSV), not a workbook", fix=RESAVE
        )
    return FaultError("is a text file, not a workbook", fix=_CHOOSE)


def refuse_other_packages(package: Package) -> None:
    """Refuse a zip whose parts are those of another program, naming which."""
    if "mimetype" in package:
        kind = package.read("mimetype")[:200].decode("latin-1")
        if kind.startswith(_OPEN_DOCUMENT + "spreadsheet"):
            raise FaultError(
                "is an OpenDocument spreadsheet (.ods)",
                fix="open it in LibreOffice or Excel and save it as Excel Workbook (.xlsx).",
            )
        if kind.startswith(_OPEN_DOCUMENT):
            raise FaultError("is an OpenDocument file, but not a spreadsheet", fix=_CHOOSE)
    if "xl/workbook.xml" not in package:
        for start, what, fix in _PARTS:
            if any(part.startswith(start) for part in package.entries):
                raise FaultError(what, fix=fix)
    if "[content_types].xml" not in package:
        if any(part.startswith("xl/") for part in package.entries):
            raise FaultError("is damaged: the list of its parts is missing")
        raise FaultError("is an archive (zip), not a workbook", fix=_UNPACK)
