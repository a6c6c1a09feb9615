"""A workbook without macros to one with a project and a ribbon tab.

::

    .xlsx with code names  +  modules  +  ribbon.xml   ->   .xlsm or .xlam

Only the list of parts, the kind of the workbook and two relations change; every other
part stays as it is.
"""

from collections.abc import Mapping

from riskbook.edge.macros.project import project
from riskbook.edge.macros.sources import text_of
from riskbook.edge.xlsx.package import Package

PROJECT = "xl/vbaProject.bin"
RIBBON = "customUI/customUI14.xml"
WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"

_TYPES = "[Content_Types].xml"
_ROOT_RELS, _BOOK_RELS = "_rels/.rels", "xl/_rels/workbook.xml.rels"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROJECT_TYPE = b"application/vnd.ms-office.vbaProject"
_PROJECT_RELATION = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
# Office 2010 and later read the tab from a part of this relation (MS-CUSTOMUI2, 2.1).
_RIBBON_RELATION = b"http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def with_macros(workbook: bytes, modules: Mapping[str, str], kind: str = WORKBOOK) -> bytes:
    """The bytes of a workbook with macros and the Riskbook tab.

    Args:
        workbook: a macro-free one whose book and sheets have code names.
        modules: name -> text.
        kind: the content type of its workbook part, ``WORKBOOK`` or ``ADD_IN``.
    """
    package = Package.parse(workbook)
    types = package.part(_TYPES).replace(_PLAIN, kind.encode("ascii"))
    default = b'<Default Extension="bin" ContentType="%b"/>' % _PROJECT_TYPE
    changes = {
        _TYPES: types.replace(b"<Default ", default + b"<Default ", 1),
        _ROOT_RELS: _related(package.part(_ROOT_RELS), _RIBBON_RELATION, RIBBON),
        _BOOK_RELS: _related(package.part(_BOOK_RELS), _PROJECT_RELATION, "vbaProject.bin"),
        PROJECT: project(workbook, modules),
        RIBBON: text_of("ribbon.xml").replace(b"\r\n", b"\n"),
    }
    return package.replaced(changes)


def _related(relations: bytes, kind: bytes, target: str) -> bytes:
    """One more relation, at the end; its id is of no number that the others may have."""
    name = target.rsplit("/", 1)[-1].split(".")[0].encode("ascii")
    line = b'<Relationship Id="%b" Type="%b" Target="%b"/>' % (name, kind, target.encode("ascii"))
    return relations.replace(b"</Relationships>", line + b"</Relationships>", 1)
