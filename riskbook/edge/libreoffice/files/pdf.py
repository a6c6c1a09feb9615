"""A workbook, or some of its cells, as PDF."""

from typing import Any

from riskbook.edge.libreoffice.files.guard import url_of
from riskbook.edge.libreoffice.line.wire import Remote, Typed, prop, properties

FILTER = "calc_pdf_Export"
STANDARD, MINIMUM = 95, 60  # quality of photographs, of 100


def write_pdf(doc: Remote, path: str, quality: Any = None, cells: Remote | None = None) -> None:
    """Write all visible sheets of a workbook, or some cells alone."""
    best = quality != "minimum"
    wanted = properties(UseLosslessCompression=best, Quality=STANDARD if best else MINIMUM)
    wanted += (prop("Selection", cells),) if cells else ()
    data = Typed("[]com.sun.star.beans.PropertyValue", wanted)
    doc("storeToURL", url_of(path), (prop("FilterName", FILTER), prop("FilterData", data)))
