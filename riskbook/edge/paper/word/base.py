"""An empty report to fill, and the finished one as bytes that depend on nothing else.

::

    parts/*.xml (styles, lists, settings as text) -> package -> python-docx's Document
    Document -> package -> the same parts, in the same order, with one date

The template that python-docx brings along is not used: it names its maker and holds a
picture, hundreds of styles, another country's language and a second, older set of styles.
"""

import io
import zipfile
from datetime import datetime
from importlib.resources import files

import docx
from docx.document import Document

TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
{overrides}
</Types>"""
OVERRIDE = '<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
{relations}
</Relationships>"""
RELATION = (
    '<Relationship Id="rId{number}" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
)

MAIN = {"officeDocument": "word/document.xml", "extended-properties": "docProps/app.xml"}
BESIDE = {
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "theme": "theme/theme1.xml",
}
WORD = "officedocument.wordprocessingml."
KINDS = {
    "docProps/app.xml": "officedocument.extended-properties",
    "word/document.xml": f"{WORD}document.main",
    **{f"word/{path}": f"{WORD}{kind}" for kind, path in BESIDE.items()},
    "word/theme/theme1.xml": "officedocument.theme",
}
FIRST, LAST = datetime(1980, 1, 1), datetime(2107, 12, 31)  # what a zip archive can say


def empty() -> Document:
    """A document with the report's styles and nothing in it."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in _parts().items():
            archive.writestr(name, text)
    package.seek(0)
    return docx.Document(package)


def _parts() -> dict[str, str]:
    overrides = [OVERRIDE.format(name=name, kind=kind) for name, kind in KINDS.items()]
    texts = {name: _text(name.rpartition("/")[2]) for name in KINDS}
    return {
        "[Content_Types].xml": TYPES.format(overrides="\n".join(overrides)),
        "_rels/.rels": _relations(MAIN),
        "word/_rels/document.xml.rels": _relations(BESIDE),
        **texts,
    }


def _text(name: str) -> str:
    part = files("riskbook.edge.paper.word") / "parts" / name
    return part.read_text(encoding="utf-8")


def _relations(targets: dict[str, str]) -> str:
    found = [
        RELATION.format(number=number, kind=kind, target=target)
        for number, (kind, target) in enumerate(targets.items(), start=1)
    ]
    return RELATIONS.format(relations="\n".join(found))


def moment(told: datetime) -> datetime:
    """The nearest moment that a file can bear as its date."""
    return min(max(told.replace(tzinfo=None), FIRST), LAST)


def packed(document: Document, told: datetime) -> bytes:
    """The document as a file; each part bears the same date."""
    loose, made = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as given, zipfile.ZipFile(made, "w") as archive:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, moment(told).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it would differ between Windows and Linux
            archive.writestr(entry, given.read(name))
    return made.getvalue()
