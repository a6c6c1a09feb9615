"""What is looked at before LibreOffice opens or saves a file, and how it is told to.

LibreOffice says little about a file that it does not open, and waits for nobody: so missing,
broken, encrypted and locked files are found here.  A file with macros is never saved, as
LibreOffice rewrites the macros of an .xlsm and drops what it does not know.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from riskbook.edge.disk.busy import refuse_if_busy, refuse_if_open
from riskbook.edge.libreoffice.line.wire import OfficeError, Struct, Typed
from riskbook.errors import SavingError

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".csv": "Text - txt - csv (StarCalc)",
    ".pdf": "calc_pdf_Export",
}
DAMAGED = (".xlsm", ".xltm", ".xlam")
PACKAGES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".ods", ".ots")  # zip archives
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# separator, quote, UTF-8, first line, all columns as they are, English (UK), numbers in quotes
# are texts, special numbers are found, what is saved is what is shown
CSV_OPTIONS = "{},34,76,1,,2057,false,true,true"


def url_of(path: str | Path) -> str:
    """A path as LibreOffice names files."""
    absolute = Path(path).absolute().as_posix()
    return f"file://{'' if absolute.startswith('/') else '/'}{quote(absolute)}"


def path_of(url: str) -> str:
    """The file behind an address; an address elsewhere stays one."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return url
    path = unquote(parts.path)
    return path.lstrip("/") if os.name == "nt" else path


def refuse_to_open(path: Path, *, password: str | None, read_only: bool) -> None:
    """Fail with a sentence where LibreOffice would fail with a riddle.

    Raises:
        FileNotFoundError: there is no such file.
        OfficeError: it is no workbook, needs a password, or somebody has it open.
    """
    if not path.exists():
        raise FileNotFoundError(f"No such file: '{path}'")
    if not path.is_file():
        raise OfficeError(f"{path.name} is a folder.", fix="name a file.")
    if not read_only:
        with _as_office_error():
            refuse_if_open(path)
    with path.open("rb") as file:
        start = file.read(8)
    if path.suffix.lower() not in PACKAGES or start.startswith(ZIP):
        return
    if start != OLE:
        raise OfficeError(
            f"{path.name} is not a workbook, or it is broken.",
            fix="take a copy from a backup, or ask who sent it to send it again.",
        )
    if not password:
        raise OfficeError(
            f"{path.name} is encrypted.",
            fix="open it with its password, or save it without one in Excel first.",
        )


def refuse_to_save(target: Path) -> None:
    """Fail before LibreOffice would replace a file that it should not.

    Raises:
        OfficeError: somebody has it open, it is read-only, or its folder is not there.
    """
    if not target.parent.is_dir():  # LibreOffice would make it
        raise OfficeError(
            f"{target} could not be saved: there is no such folder.",
            fix="make the folder, or choose another one.",
        )
    with _as_office_error():
        refuse_if_busy(target)


@contextmanager
def _as_office_error() -> Iterator[None]:
    try:
        yield
    except SavingError as error:
        raise OfficeError(error.what, fix=error.fix) from None


def open_options(path: Path, delimiter: str | None) -> dict[str, Any]:
    """What LibreOffice must be told about a text file."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".txt", ".tsv"):
        return {}
    mark = delimiter or ("," if ending == ".csv" else "\t")
    return {"FilterName": FILTERS[".csv"], "FilterOptions": CSV_OPTIONS.format(ord(mark))}


def save_options(target: Path, password: str | None) -> dict[str, Any]:
    """The kind of file to write.

    Raises:
        OfficeError: one that LibreOffice would damage, does not know, or cannot encrypt.
    """
    ending = target.suffix.lower()
    if ending in DAMAGED:
        raise OfficeError(
            f"LibreOffice would damage the macros in {target.name}, so it is not saved.",
            fix="save it from Excel, use `riskbook refresh FILE` on the closed file, or save a "
            "copy as .xlsx.",
        )
    if ending not in FILTERS:
        raise OfficeError(
            f"{target.name}: LibreOffice cannot save files that end in {ending}.",
            fix=f"choose one of {', '.join(FILTERS)}.",
        )
    given: dict[str, Any] = {"FilterName": FILTERS[ending], "Overwrite": True}
    if ending == ".csv":
        given["FilterOptions"] = CSV_OPTIONS.format(ord(","))
    if password:
        given |= _encryption(target, password)
    return given


def _encryption(target: Path, password: str) -> dict[str, Any]:
    if target.suffix.lower() in (".csv", ".pdf"):
        raise OfficeError(
            f"{target.name} cannot have a password.", fix="save it as .xlsx with a password."
        )
    if target.suffix.lower() not in (".xlsx", ".xltx"):
        return {"Password": password}
    kind = "com.sun.star.beans.NamedValue"
    told = {"CryptoType": "Standard", "OOXPassword": password}
    values = tuple(Struct(kind, {"Name": k, "Value": v}) for k, v in told.items())
    return {"EncryptionData": Typed(f"[]{kind}", values)}
