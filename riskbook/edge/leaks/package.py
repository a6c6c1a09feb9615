"""Office files: every part of the package, and the files packed inside it.

Nothing is left out because a program does not show it: hidden sheets, caches of charts,
properties, links, pictures, and the names of the parts themselves.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from riskbook.edge.leaks import raw
from riskbook.edge.leaks.parts import Part, Reading, UnreadableError

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
        UnreadableError: the bytes only look like a package.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            members = [(info, package.read(info)) for info in package.infolist()]
            told = package.comment
    except (BadZipFile, zlib.error, NotImplementedError):
        raise UnreadableError(place) from None
    names = tuple(info.filename for info, _ in members)
    comments = [told, *(info.comment + info.extra for info, _ in members)]
    hidden = tuple(text for each in comments if each for text in raw.readings(each))
    yield Part(f"{place}, the names of its parts", names, hidden)
    for info, member in members:
        yield from inside(member, _place(place, info.filename), depth + 1)


def _place(outer: str, name: str) -> str:
    called = next((told for form, told in _CALLED if re.match(form, name)), "")
    return f"{outer}, {called} ({name})" if called else f"{outer}, {name}"
