"""Office files: every part of the package, and the files packed inside it.

Nothing is left out because a program does not show it: hidden sheets, caches of charts,
properties, links, pictures, and the names of the parts themselves.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from riskbook.edge.leaks import raw
from riskbook.edge.leaks.parts import Part, Reading

# where a part lies -> what people call it
_CALLED = (
    (r"docProps/", "the properties of the document"),
    (r"customXml/", "its custom XML"),
    (r"xl/sharedStrings", "the texts of its cells"),
    (r"xl/worksheets/[^/]*\.xml$", "a sheet"),
    (r"xl/(comments|threadedComments|persons)", "a comment"),
    (r"xl/workbook\.xml$", "the names of its sheets and ranges"),
    (r"xl/tables/", "a table"),
    (r"(xl|word)/charts/", "a chart"),
    (r"xl/(drawings|media)/", "a drawing or its alternative text"),
    (r"word/document\.xml$", "its text"),
    (r"word/(header|footer)\d*\.xml$", "a header or footer"),
    (r"word/comments", "a comment"),
    (r"word/(footnotes|endnotes)", "a note"),
    (r".*\.rels$", "a link"),
    (r".*/embeddings/", "an embedded file"),
)


def parts(data: bytes, place: str, depth: int, inside: Reading) -> Iterator[Part]:
    """Every part of a package; ``inside`` reads the files that are packed in it.

    Raises:
        BadZipFile: the bytes only look like a package.
    """
    with ZipFile(BytesIO(data)) as package:
        names = [info.filename for info in package.infolist()]
        comments = [package.comment, *(info.comment + info.extra for info in package.infolist())]
        hidden = [text for told in comments if told for text in raw.readings(told)]
        yield Part(f"{place}, the names of its parts", tuple(names), tuple(hidden))
        for info in package.infolist():
            yield from inside(package.read(info), _place(place, info.filename), depth + 1)


def _place(outer: str, name: str) -> str:
    called = next((told for form, told in _CALLED if re.match(form, name)), "")
    return f"{outer}, {called} ({name})" if called else f"{outer}, {name}"
