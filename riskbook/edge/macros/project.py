"""VBA text to the project part of a workbook, and back.  The home of pyOpenVBA.

::

    a workbook with code names, {"RiskbookTell": "Attribute VB_Name = ..."}  ->  vbaProject.bin

The same text gives the same bytes.  The project holds no compiled code: Office compiles
the text when it opens the workbook, so what anybody reads in it is what runs.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from riskbook.errors import RefusedError

# MS-OVBA 2.3.4.1: _VBA_PROJECT as a writer has to leave it, a header and no cache.
NO_CACHE = bytes.fromhex("CC61FFFF000000")


def project(workbook: bytes, modules: Mapping[str, str]) -> bytes:
    """The project of a workbook that has none yet.

    Args:
        workbook: its book and each of its sheets has a code name, and gets an empty module.
        modules: name -> text; one that begins with ``VERSION`` is a class.
    """
    # imported here: only building and comparing templates needs it
    from pyopenvba import ExcelFile, VBAModuleKind
    from pyopenvba.cfb import CFB

    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsm"
        path.write_bytes(workbook)
        with ExcelFile(path) as book:
            made = book.add_vba_project()
            for name, text in modules.items():
                sort = VBAModuleKind.other if text.startswith("VERSION") else VBAModuleKind.standard
                made.add_module(name, text, kind=sort)
            book.save()
        with ExcelFile(path) as book:
            container = CFB.from_bytes(book.vba_project_bytes())
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_CACHE)
    return bytes(container.to_bytes())


def modules_of(project_part: bytes) -> dict[str, str]:
    """The text of each module in a project part, those of the sheets too.

    Raises:
        RefusedError: the part is damaged, or of a kind that Office does not write.
    """
    from pyopenvba.cfb import CFB
    from pyopenvba.exceptions import PyOpenVBAError
    from pyopenvba.vba import parse_vba_project

    try:
        found = parse_vba_project(CFB.from_bytes(project_part))
        return {module.name: module.source for module in found.modules}
    except (PyOpenVBAError, LookupError, ValueError, struct.error):
        raise RefusedError(
            "The macros in the workbook are damaged.",
            fix="Copy the entries into a new workbook made by `riskbook new`.",
        ) from None
