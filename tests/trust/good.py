"""Good files that are refused: there must be none.

::

    riskbook's own      the shipped templates, blank and filled workbooks, templates with macros
    LibreOffice's       the same, opened and saved again by it (left out where it is not installed)
    of two libraries    XlsxWriter and openpyxl, each with much of what it can write
    public ones         every workbook of the folder RISKBOOK_GOOD_FILES, e.g. the test files of
                        XlsxWriter and calamine, which are too many to be kept here

Some public files hold what the gate refuses by design: active content, Strict Open XML, a
password, a damaged archive.  They are told by name and are no false refusals; whatever else
is refused is one.
"""

import os
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from riskbook.edge import building, gate, making
from riskbook.edge.documents import profiles, registers
from riskbook.edge.macros.sources import Interpreters
from riskbook.errors import RefusedError
from tests.edge.test_gate_whole import openpyxl_book, xlsxwriter_book
from tests.trust import Figure, Scale

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam")
# words of a sentence -> what the file is, where refusing it is what the gate is for
BY_DESIGN = {
    "reads its figures from another workbook": "links to other workbooks",
    "connections to other sources": "data connections",
    "data model": "data models",
    "embedded files or objects": "OLE objects",
    "ActiveX": "ActiveX controls",
    "Office add-in": "Office add-ins",
    "fetches a picture": "linked files",
    "Excel 4": "Excel 4 macros",
    "Strict Open XML": "Strict Open XML",
    "locked with a password": "passwords",
    "states a false size": "damaged archives",
    "is damaged": "damaged archives",
    "is not a workbook": "no workbooks",
}
FOLDER = "RISKBOOK_GOOD_FILES"


def figure(scale: Scale) -> Figure:
    """Put every good file through the gate."""
    with tempfile.TemporaryDirectory() as folder:
        files = list(_files(Path(folder), scale))
        false, named = [], defaultdict(list)
        for _, path in files:
            says = _refusal(path)
            kind = next((kind for words, kind in BY_DESIGN.items() if words in says), "")
            if says and kind and _is_public(path):
                named[kind].append(path.name)
            elif says:
                false.append(says)
        sources = Counter(source for source, _ in files)
    office = () if sources["LibreOffice"] else ("LibreOffice is not here: its files left out",)
    public = () if sources["public"] else (f"no folder of public files is given in {FOLDER}",)
    return Figure(
        name="false refusals on good files",
        wanted="0",
        seen=f"{len(false)} of {len(files) - sum(map(len, named.values()))}",
        kept=not false,
        notes=(
            ", ".join(f"{number} of {source}" for source, number in sources.items()),
            *(f"refused for what they hold, {kind}: {', '.join(named[kind])}" for kind in named),
            *office,
            *public,
            *false,
        ),
    )


def _refusal(path: Path) -> str:
    try:
        gate.read(path, limits=gate.LIMITS)
    except RefusedError as error:
        return error.what
    return ""


def _is_public(path: Path) -> bool:
    folder = os.environ.get(FOLDER)
    return bool(folder) and path.is_relative_to(Path(folder or "."))


def _files(folder: Path, scale: Scale) -> Iterator[tuple[str, Path]]:
    own = [*_own(folder, scale), *sorted((ROOT / "workbook_templates").glob("*.xl*"))]
    yield from (("riskbook", path) for path in own)
    yield "XlsxWriter", _written(folder / "XlsxWriter.xlsx", xlsxwriter_book())
    yield "openpyxl", _written(folder / "openpyxl.xlsx", openpyxl_book())
    again = [path for path in own if path.suffix == ".xlsx"][: scale.of(100, 2)]
    yield from (("LibreOffice", path) for path in _saved_again(again, folder / "again"))
    if given := os.environ.get(FOLDER):
        found = sorted(path for path in Path(given).rglob("*") if path.suffix in SUFFIXES)
        yield from (("public", path) for path in found[:: scale.of(1, 20)])


def _own(folder: Path, scale: Scale) -> Iterator[Path]:
    for name in registers.samples()[: scale.of(100, 1)]:
        document = registers.load(name)
        book, _ = making.made(profiles.load(document["profile"]), document)
        yield _written(folder / f"filled {name}.xlsx", book.data)
    for name, build in list(building.builders().items())[: scale.of(100, 2)]:
        if name.endswith(SUFFIXES):
            yield _written(folder / f"built {name}", build(Interpreters()))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _saved_again(paths: list[Path], out: Path) -> list[Path]:
    office = shutil.which("soffice")
    if office is None or os.name == "nt":
        return []
    out.mkdir()
    home = out / "home"
    command = [office, f"-env:UserInstallation=file://{home}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    command += [str(path) for path in paths]
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
    subprocess.run(command, env=clean, check=True, capture_output=True, timeout=300)
    return sorted(out.glob("*.xlsx"))
