"""Active content: what makes Excel fetch, start or run something when a workbook is opened.

::

    relation  oleObject, control, connections, ...  ->  refused by its name, unless IT allows it
    part      xl/activeX/..., xl/embeddings/...     ->  the same, should no relation lead there
    link      <ddeLink>                             ->  refused always
    name      xlm="1", Auto_Open                    ->  Excel 4 macros

riskbook follows none of these.  But the officer who opens the refreshed workbook in Excel
does, and trusts it then, so what came from others must not travel on.  Ordinary hyperlinks
wait for a click and pass, as do pictures, charts, pivots with their own figures, slicers,
form controls, comments and signatures.

Macros (VBA) are not here: their file says by its name that it has them.
"""

from collections.abc import Iterable, Mapping

from riskbook.edge.gate.archive import FaultError, shown
from riskbook.edge.gate.limits import Limits
from riskbook.edge.gate.sheet import MAIN, Element

_SENT = "ask whoever sent it what they are for"
# name for IT -> what the file does, what an officer can do about it
_KINDS: Mapping[str, tuple[str, str]] = {
    "other workbooks": (
        "reads its figures from another workbook",
        "open it in Excel, choose Data > Edit Links > Break Link for each link, and save it.",
    ),
    "linked files": (
        "fetches a picture or other file from elsewhere when it is opened",
        "open it in Excel, put the picture itself in the place of the link, and save it.",
    ),
    "data connections": (
        "holds connections to other sources of data",
        "open it in Excel, remove them under Data > Queries & Connections, and save it.",
    ),
    "data model": (
        "holds a data model (Power Pivot)",
        "copy the register's sheets into a new workbook without the data model.",
    ),
    "OLE objects": (
        "holds embedded files or objects of other programs",
        "open it in Excel, delete the objects (Home > Find & Select > Go To Special > Objects), "
        "and save it.",
    ),
    "ActiveX controls": (
        "holds ActiveX controls",
        f"{_SENT}, and delete them in Excel (Developer > Design Mode), or use form controls.",
    ),
    "Office add-ins": (
        "loads an Office add-in from the web",
        "open it in Excel, remove the add-in's task pane, and save it.",
    ),
    "Excel 4 macros": (
        "holds macros of Excel 4 (XLM), which run when it is opened",
        "ask whoever sent it for a copy without them, and do not open this one.",
    ),
}
_DDE = FaultError("holds a DDE link, which can start any program")
# the last step of a relation's type -> the name for IT
_RELATIONS: Mapping[str, str] = {
    "externalLink": "other workbooks",
    "externalLinkPath": "other workbooks",
    "xlPathMissing": "other workbooks",
    "connections": "data connections",
    "queryTable": "data connections",
    "powerPivotData": "data model",
    "oleObject": "OLE objects",
    "package": "OLE objects",
    "control": "ActiveX controls",
    "activeXControlBinary": "ActiveX controls",
    "webextension": "Office add-ins",
    "webextensiontaskpanes": "Office add-ins",
    "xlMacrosheet": "Excel 4 macros",
    "xlIntlMacrosheet": "Excel 4 macros",
}
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/embeddings/", "OLE objects"),
    ("xl/activex/", "ActiveX controls"),
    ("xl/connections.xml", "data connections"),
    ("xl/querytables/", "data connections"),
    ("xl/model/", "data model"),
    ("xl/macrosheets/", "Excel 4 macros"),
)
# elements to look for in every part
ELEMENTS = frozenset(
    f"{MAIN} {name}" for name in ("ddeLink", "oleLink", "externalBook", "definedName")
)
_AT_START = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


def refuse_parts(parts: Iterable[str], limits: Limits) -> None:
    """Refuse parts that are active by their place in the package."""
    for part in parts:
        for start, name in _PARTS:
            if part.startswith(start):
                _refuse(name, part, limits)


def refuse_relation(facts: Mapping[str, str], part: str, limits: Limits) -> None:
    """Refuse a relation to active content, or to anything outside but a hyperlink."""
    kind = facts.get("Type", "").rstrip("/").rpartition("/")[2]
    name = _RELATIONS.get(kind)
    if name is None and kind != "hyperlink" and _outside(facts):
        name = "linked files"
    if name:
        _refuse(name, part, limits)


def _outside(facts: Mapping[str, str]) -> bool:
    """Whether a target lies elsewhere, whatever the relation says of it."""
    target = facts.get("Target", "").replace("\\", "/")
    mode = facts.get("TargetMode", "Internal")
    return mode != "Internal" or "://" in target or target.startswith("//")


def refuse_elements(found: Iterable[Element], part: str, limits: Limits) -> None:
    """Refuse links to other programs, and names that are macros."""
    for element, facts in found:
        kind = element.rpartition(" ")[2]
        if kind == "ddeLink":
            raise _DDE
        if kind == "oleLink":
            _refuse("OLE objects", part, limits)
        elif kind == "externalBook":
            _refuse("other workbooks", part, limits)
        elif kind == "definedName" and _is_macro(facts):
            _refuse("Excel 4 macros", part, limits)


def _is_macro(facts: Mapping[str, str]) -> bool:
    name = facts.get("name", "").lower().removeprefix("_xlnm.")
    return facts.get("xlm") in ("1", "true") or name.startswith(_AT_START)


def _refuse(name: str, part: str, limits: Limits) -> None:
    if name not in limits.allow:
        what, fix = _KINDS[name]
        raise FaultError(f"{what} (in {shown(part)})", fix=fix)
