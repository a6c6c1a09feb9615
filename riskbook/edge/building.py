"""Everything that ``workbook_templates/`` holds, built from source.

::

    profiles + macros/  ->  PROFILE.xlsx, PROFILE.xlsm  for each profile, riskbook.xlam
    edge.libreoffice    ->  riskbook.oxt

The same source gives the same bytes on every day and machine: dates are fixed, no path of
the machine goes in, members have no owner and one order.  One thing is not ours: the
library that packs the members (zlib) may choose other bytes for the same content in another
build of Python.  So a file that differs is also compared member by member, and it is the
same when every content and every fact in the archive's directory is.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from riskbook.edge.disk.plainly import UNREADABLE, plainly
from riskbook.edge.documents import profiles
from riskbook.edge.macros.addin import addin
from riskbook.edge.macros.sources import Interpreters
from riskbook.edge.making import blank

FOLDER = Path("workbook_templates")
_FACTS = ("filename", "date_time", "compress_type", "flag_bits", "external_attr", "extra")
Builder = Callable[[Interpreters], bytes]


def builders() -> Mapping[str, Builder]:
    """File name -> what builds it."""
    return {**dict(_workbooks()), "riskbook.xlam": addin, "riskbook.oxt": _extension}


def same(one: bytes, other: bytes) -> bool:
    """Whether two built files hold the same, however their members were packed."""
    return one == other or _members(one) == _members(other)


def differences(folder: Path, interpreters: Interpreters) -> Iterator[str]:
    """A sentence for each file in a folder that is not as it would be built."""
    for name, build in builders().items():
        path = folder / name
        with plainly(name, UNREADABLE):
            there = path.read_bytes() if path.is_file() else None
        if there is None:
            yield f"{name} is missing"
        elif not same(there, build(interpreters)):
            yield f"{name} differs"


def _workbooks() -> Iterator[tuple[str, Builder]]:
    for name in profiles.shipped():
        yield f"{name}.xlsx", partial(_without_buttons, name)
        yield f"{name}.xlsm", partial(_with_buttons, name)


def _without_buttons(name: str, _: Interpreters) -> bytes:
    return blank(profiles.load(name))


def _with_buttons(name: str, interpreters: Interpreters) -> bytes:
    return blank(profiles.load(name), interpreters)


def _extension(interpreters: Interpreters) -> bytes:
    # imported here: the engine behind it is for open workbooks, not for building
    from riskbook.edge.libreoffice import extension

    systems = {"win32": interpreters.windows, "darwin": interpreters.mac}
    return extension.build({**systems, "linux": interpreters.linux})


def _members(data: bytes) -> list[tuple[object, ...]] | bytes:
    """Content and directory entry of each member, in order; other bytes as they are."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            (*(getattr(each, fact) for fact in _FACTS), archive.read(each))
            for each in archive.infolist()
        ]
