"""Texts that could come alive, in every entry field, in every output, opened by other programs.

::

    register of payloads -> workbook, refreshed, repaired, of the next period
                         -> values, CSV, accessible, Word, PDF, JSON
        -> LibreOffice opens each: a formula, link or field that riskbook did not write is live
        -> pypdf walks the PDF: an action or a file inside it is live

A file of each kind that does hold something live is opened beside them: who does not see that
sees nothing.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import xlsxwriter
from click.testing import CliRunner
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from riskbook.cli import cli
from riskbook.core.profile import Profile
from riskbook.edge.documents import profiles
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.xlsx.alive import live
from tests.spec.payloads import EVERY
from tests.trust import Figure, Scale

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
CSV = "--infilter=CSV:44,34,76,1"  # comma, double quote, UTF-8, from the first line on
PROFILES = ("council-5x5", "strategic-weighted-5x5")
FORMS = ("xlsx", "csv", "json", "accessible")
REGISTERS = ("Register.xlsx", "Next.xlsx", "Clean.xlsx")  # those with columns that calculate
ABOUT = ("organisation", "title", "introduction", "source")
KEEPS = re.compile(r"\s*(PAGE|NUMPAGES|TOC|PAGEREF|REF|SEQ|STYLEREF)\b")  # fields of a report
ACTIONS = {"/URI", "/JavaScript", "/JS", "/Launch", "/GoToR", "/SubmitForm", "/ImportData"}
ACTIONS |= {"/EmbeddedFile", "/RichMedia", "/AA"}
SECONDS = 900  # of a busy machine


def figure(scale: Scale) -> Figure:
    """How many payloads are live in how many outputs."""
    name = "injection payloads live in any output, opened by LibreOffice"
    texts = EVERY[:: scale.of(1, 20)]
    ids = PROFILES[: scale.of(2, 1)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        outputs = [path for each in ids for path in attacked(folder / each, each, texts)]
        found, seen = judged(outputs, folder / "judged")
        found += [bad for each in ids for bad in unquoted(folder / each, each)]
    notes = (
        f"fields: every entry column of {', '.join(ids)}, and About",
        "CSV files are opened as they are written, with a comma between fields",
        *([] if seen else ["the files that do hold something live were not all seen"]),
        *found[:20],
    )
    said = f"{len(found)} live of {len(texts)} payloads x {len(outputs)} outputs"
    wanted = "0 live of at least 200 payloads x every output"
    return Figure(
        name=name, wanted=wanted, seen=said, kept=seen and not found and bool(outputs), notes=notes
    )


def hostile(profile: Profile, texts: Sequence[str]) -> dict[str, Any]:
    """A register with a row for each text, in every field that officers type in."""
    tables = [
        [{c.field: text for c in t.columns if c.entered} for text in texts] for t in profile.tables
    ]
    about = dict(zip(ABOUT, texts, strict=False))
    document = {"profile": profile.id, "about": {**about, "notes": list(texts)}, "risks": tables[0]}
    return document | ({"actions": tables[1]} if profile.actions else {})


def attacked(folder: Path, profile_id: str, texts: Sequence[str]) -> list[Path]:
    """Every output of a register of payloads."""
    folder.mkdir()
    profile = profiles.load(profile_id)
    document = hostile(profile, texts)
    register = folder / "Register.xlsx"
    register.write_bytes(made(profile, document)[0].data)
    day = ("--as-at", "2021-10-31")
    run("refresh", register, *day)
    for form in FORMS:
        run("export", register, folder, "--to", form, *day)
    for ending in ("pdf", "docx"):
        run("report", register, folder / f"Register.{ending}", *day)
    document["about"]["period"] = "2021/22 Q3"  # a snapshot is of a quarter
    sealed = folder / "Sealed.xlsx"
    sealed.write_bytes(made(profile, document)[0].data)
    run("snapshot", sealed, folder / "sealed", *day)
    run("new-period", sealed, folder / "Next.xlsx")
    run("repair", sealed, folder / "Clean.xlsx")
    sealed.unlink()
    shutil.rmtree(folder / "riskbook backups", ignore_errors=True)
    (folder / "Clean certificate.json").unlink()  # of what moved, not of entries
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in KINDS)


def run(*args: object) -> None:
    """A command; findings are what these registers are for."""
    done = CliRunner().invoke(cli, [str(arg) for arg in args])
    if done.exit_code not in (0, 1):
        raise RuntimeError(f"{args[0]}: {done.output}")


# --- judging -----------------------------------------------------------------------------


def judged(paths: Sequence[Path], folder: Path) -> tuple[list[str], bool]:
    """What is live in files, a line each; and whether the files that must be seen were."""
    folder.mkdir()
    controls = naive(folder)
    roots = opened([*paths, *controls], folder)
    found: list[str] = []
    for path in paths:
        root = roots.get(path)
        found += [f"{path.parent.name}/{path.name}: {what}" for what in alive(path, root)]
    return found, all(list(alive(path, roots.get(path))) for path in controls)


def naive(folder: Path) -> list[Path]:
    """A workbook, a table and a document in which something is live."""
    book, table, text = (folder / f"naive.{kind}" for kind in ("xlsx", "csv", "docx"))
    with xlsxwriter.Workbook(book) as file:
        file.add_worksheet().write(0, 0, "=1+1")
    table.write_text("a,=1+1\r\n", encoding="utf-8")
    document = docx.Document()
    document.part.relate_to("http://example.org", "http://a/hyperlink", is_external=True)
    document.save(str(text))
    return [book, table, text]


def opened(paths: Sequence[Path], folder: Path) -> dict[Path, ElementTree.Element]:
    """Each file as LibreOffice holds it: one start for each kind."""
    found = {}
    for suffix, kind, options in (
        (".xlsx", "fods", ()),
        (".csv", "fods", (CSV,)),
        (".docx", "fodt", ()),
    ):
        mine = [path for path in paths if path.suffix == suffix]
        given, out = folder / f"in{suffix}", folder / f"out{suffix}"
        given.mkdir()
        names = {path: given / f"{number}{suffix}" for number, path in enumerate(mine)}
        for path, copy in names.items():
            copy.write_bytes(path.read_bytes())
        convert(list(names.values()), kind, out, folder, options)
        for path, copy in names.items():
            found[path] = ElementTree.parse(out / f"{copy.stem}.{kind}").getroot()
    return found


def convert(
    paths: Sequence[Path], kind: str, out: Path, home: Path, options: Sequence[str]
) -> None:
    """LibreOffice, with a profile of its own, ended with all its processes."""
    office = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [office, profile, "--headless", *options, "--convert-to", kind]
    command += ["--outdir", str(out), *map(str, paths)]
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
    process = subprocess.Popen(
        command,
        env=clean,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(SECONDS)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def alive(path: Path, root: ElementTree.Element | None) -> Iterator[str]:
    """What is live in one file."""
    yield from KINDS[path.suffix](path, root)


def of_workbook(path: Path, root: ElementTree.Element | None) -> Iterator[str]:
    """Formulas outside riskbook's own computed columns, links that leave, names, DDE."""
    assert root is not None
    computed = columns_of(path) if path.name in REGISTERS else {}
    for sheet in root.iter(f"{TABLE}table"):
        mine = computed.get(sheet.get(f"{TABLE}name", ""), set())
        for row in sheet.iter(f"{TABLE}table-row"):
            column = 0
            for cell in row:
                column += 1
                if (formula := cell.get(f"{TABLE}formula")) and column not in mine:
                    yield f"formula {formula}"
                column += int(cell.get(f"{TABLE}number-columns-repeated", 1)) - 1
    yield from links(root)
    values = path.suffix == ".csv" or path.name.endswith(" values.xlsx")  # no names are theirs
    names = ("named-range", "named-expression") if values else ()
    for part in (*names, "dde-link", "cell-range-source", "table-source"):
        yield from (f"{part}" for _ in root.iter(f"{TABLE}{part}"))


def columns_of(path: Path) -> dict[str, set[int]]:
    """The computed columns of the register sheets, by the name of the sheet."""
    profile = profiles.load(path.parent.name)
    return {
        table.sheet: {at for at, column in enumerate(table.columns, 1) if not column.entered}
        for table in profile.tables
    }


def links(root: ElementTree.Element) -> Iterator[str]:
    """Links that leave the file; where riskbook's own lead, they begin with #."""
    for element in root.iter():
        target = element.get(f"{XLINK}href", "")
        mine = target in (".", "..") and element.tag.endswith("}chart")  # LibreOffice's own
        if target and not mine and not target.startswith("#") and "openoffice.org" not in target:
            yield f"link {target!r} of {element.tag.rpartition('}')[2]}"
        if element.tag in (f"{OFFICE}event-listeners", f"{OFFICE}dde-source"):
            yield element.tag


def of_document(path: Path, root: ElementTree.Element | None) -> Iterator[str]:
    """Links, fields and relations of a Word report that are none of a report's own."""
    assert root is not None
    yield from links(root)
    for part in ("dde-connection", "dde-connection-decl", "execute-macro", "script", "database"):
        yield from (part for _ in root.iter(f"{TEXT}{part}"))
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            tree = ElementTree.fromstring(file.read(name))
            for element in tree.iter():
                if element.get("TargetMode") == "External":
                    yield f"relation to {element.get('Target')}"
                local = element.tag.rpartition("}")[2]
                code = element.text or "" if local == "instrText" else ""
                code = next((v for k, v in element.attrib.items() if k.endswith("}instr")), code)
                if code.strip() and not KEEPS.match(code):
                    yield f"field {code}"
                if local in ("altChunk", "OLEObject", "imagedata", "object"):
                    yield local


def of_pdf(path: Path, _: ElementTree.Element | None) -> Iterator[str]:
    """Actions and files in any object of a PDF."""
    reader = PdfReader(path)
    for number in range(1, len(reader.xref[0]) if 0 in reader.xref else reader.trailer["/Size"]):
        yield from inside(reader.get_object(IndirectObject(number, 0, reader)))
    yield from inside(reader.trailer)


def inside(value: object) -> Iterator[str]:
    """Names of actions in an object; other objects are walked on their own."""
    if isinstance(value, DictionaryObject):
        yield from (str(key) for key in value if str(key) in ACTIONS)
        yield from (
            str(value.raw_get(key)) for key in ("/S", "/Type") if str(value.get(key)) in ACTIONS
        )
        for key in value:
            if not isinstance(raw := value.raw_get(key), IndirectObject):
                yield from inside(raw)
    elif isinstance(value, ArrayObject):
        for item in value:
            if not isinstance(item, IndirectObject):
                yield from inside(item)


def of_json(path: Path, _: ElementTree.Element | None) -> Iterator[str]:
    """JSON that is not JSON, or whose texts were changed."""
    texts = set(strings(json.loads(path.read_text(encoding="utf-8"))))
    if not {"=1+1", "\n=1+1"} & texts:
        yield "the texts are not those that were typed"


def strings(value: object) -> Iterator[str]:
    """Every text in a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


KINDS = {
    ".xlsx": of_workbook,
    ".csv": of_workbook,
    ".docx": of_document,
    ".pdf": of_pdf,
    ".json": of_json,
}


def unquoted(folder: Path, profile_id: str) -> Iterator[str]:
    """Texts that would be calculated once their cell is edited.

    On riskbook's own sheets each is quoted; among the entries, each whose format is not text's.
    """
    entries = {table.sheet for table in profiles.load(profile_id).tables} | {"About"}
    for path in (*(folder / name for name in REGISTERS), folder / "Register values.xlsx"):
        book = FileBook.open(path)
        for name, grid in book.read(book.sheets()).items():
            own = path.name not in REGISTERS or name not in entries
            for cell in (cell for row in grid.rows for cell in row):
                typed = cell.kind.name == "TEXT" and cell.formula is None  # no result of a formula
                if not (typed and live(cell.text)) or cell.quoted:
                    continue
                if own or cell.format != "@":
                    yield f"{path.name}, {name}: no quotePrefix on {cell.text[:40]!r}"
