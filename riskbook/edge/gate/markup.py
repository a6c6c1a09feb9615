"""The XML inside a workbook: read once, by expat, which builds nothing.

::

    <worksheet> ... <sheetData> | rows that a regular expression vouches for | the rest
        every element looked at |    expat alone: well-formed, no DOCTYPE    | looked at

The same parser is fed all three pieces, so nothing in a part escapes it; only the listening
stops for the plain rows in the middle.

What is looked at is not here: that is :mod:`riskbook.edge.gate.sheet`.
"""

from collections.abc import Callable
from xml.parsers import expat

from riskbook.edge.gate.archive import RESAVE, FaultError, shown
from riskbook.edge.gate.limits import Limits
from riskbook.edge.gate.plain import plain_rows
from riskbook.edge.gate.sheet import CORE, WORKSHEET, Core, Sheet, Watch

STRICT = "http://purl.oclc.org/ooxml/"
_FIRST_BYTES = (  # what expat would only call garbled
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"<\0\0\0", "UTF-32"),
    (b"\0\0\0<", "UTF-32"),
    (b"\x4c\x6f\xa7\x94", "EBCDIC"),
    (b"+/v8", "UTF-7"),
)
_ENCODINGS = ("utf-8", "utf-16", "us-ascii", "iso-8859-1")  # that expat reads by itself
_CHUNK = 1 << 20  # bytes given to expat at a time: a limit on how late a long tag is noticed


def scan(data: bytes, part: str, limits: Limits, wanted: frozenset[str] = frozenset()) -> Watch:
    """Read one part; the caller gets its root and the elements it wanted.

    Raises:
        FaultError: DOCTYPE, depth, size of a token, Strict Open XML, or a bad sheet.
        expat.ExpatError: the part is not well-formed.
    """
    name = shown(part)
    for first, encoding in _FIRST_BYTES:
        if data.startswith(first):
            raise FaultError(f"is written in {encoding} in its part {name}", fix=RESAVE)
    _refuse_long_text(data, name, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)  # each whole tag is seen as soon as it is fed
    watch = Watch(name, limits, wanted)

    def hear(handler: Callable[[str], object] | None) -> None:
        parser.CharacterDataHandler = handler

    def root(element: str, attributes: dict[str, str]) -> None:
        nonlocal watch
        if element.startswith(STRICT):
            raise strict()
        kind = Sheet if element == WORKSHEET else Core if element in CORE else Watch
        watch = kind(name, limits, wanted)
        watch.root = element
        watch.ear.hear = hear
        _listen(parser, watch.start, watch.end)
        watch.start(element, attributes)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_doctype(name)
    parser.XmlDeclHandler = _refuse_encoding(name)
    parser.StartElementHandler = root
    rows = _rows_start(data)
    _feed(parser, data, 0, rows, limits)
    if isinstance(watch, Sheet) and watch.data and watch.depth == 2 and not watch.row:
        passed = plain_rows(data, rows, limits)
        end, watch.row = passed.at, passed.row
        if passed.cells:
            watch.add_cells(passed.cells)
            watch.fill(passed.box if passed.size <= limits.box else passed.filled(data))
        watch.ear.judge_plain(data, rows, end)
        _listen(parser, None, None)
        _feed(parser, data, rows, end, limits)
        _listen(parser, watch.start, watch.end)
        rows = end
    _feed(parser, data, rows, len(data), limits)
    parser.Parse(b"", True)
    return watch


def strict() -> FaultError:
    """Strict Open XML, which openpyxl opens as a workbook without sheets."""
    return FaultError(
        "is saved as Strict Open XML, which most programs cannot read",
        fix="open it in Excel and save it as Excel Workbook (.xlsx), not as Strict Open XML.",
    )


def _rows_start(data: bytes) -> int:
    """Just behind ``<sheetData>``, or 0 if a comment or the like could be hiding it."""
    at = data.find(b"<sheetData>")
    hidden = (
        at < 0 or data.find(b"<!", 0, at) >= 0 or data.find(b"<?", data.find(b"<") + 1, at) >= 0
    )
    return 0 if hidden else at + len(b"<sheetData>")


def _listen(
    parser: expat.XMLParserType,
    start: Callable[[str, dict[str, str]], None] | None,
    end: Callable[[str], None] | None,
) -> None:
    parser.StartElementHandler, parser.EndElementHandler = start, end


def _feed(parser: expat.XMLParserType, data: bytes, start: int, end: int, limits: Limits) -> None:
    view = memoryview(data)
    for at in range(start, end, _CHUNK):
        stop = min(at + _CHUNK, end)
        parser.Parse(view[at:stop], False)
        if stop - parser.CurrentByteIndex > limits.token + _CHUNK:
            raise FaultError("holds a tag or comment that is too long")


def _refuse_long_text(data: bytes, part: str, limits: Limits) -> None:
    """Hop from ``<`` to ``<``, as far as a token may reach: a few steps per part."""
    at = 0
    while at + limits.token < len(data):
        at = data.rfind(b"<", at, at + limits.token + 1) + 1
        if not at:
            raise FaultError(f"holds a text that is too long in its part {part}")


def _refuse_doctype(part: str) -> Callable[..., None]:
    picture = part.lower().endswith(".svg")

    def refuse(called: str, *more: object) -> None:
        # drawing programs name the standard in a picture; riskbook never opens one
        if picture and called == "svg" and more[-1:] == (0,):
            return
        raise FaultError(f"declares a document type or entities in its part {part}")

    return refuse


def _refuse_encoding(part: str) -> Callable[[str, str | None, int], None]:
    def refuse(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise FaultError(f"is written in {shown(encoding)} in its part {part}", fix=RESAVE)

    return refuse
