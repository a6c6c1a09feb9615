r"""The same parts under the names that the workbook itself uses for them.

Some programs write ``xl\\workbook.xml``, or ``xl/SharedStrings.xml`` where their own list of parts
says ``/xl/sharedStrings.xml``.  Part names are equal without regard to case, but openpyxl finds a
part by its exact name or not at all.
"""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from riskbook.edge.xlsx.package import Package

_TYPES = "[Content_Types].xml"


def renamed(package: Package) -> bytes | None:
    """An archive of the same parts, named as the list of parts has them; None if it already is."""
    listed = ElementTree.fromstring(package.part(_TYPES))
    wanted = {_TYPES.lower(): _TYPES} | {
        name.lower(): name
        for each in listed.iterfind("{*}Override")
        if (name := each.get("PartName", "").lstrip("/"))
    }
    names = {name: name.replace("\\", "/") for name in package.names}
    names = {name: wanted.get(plain.lower(), plain) for name, plain in names.items()}
    if all(name == plain for name, plain in names.items()):
        return None
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, plain in names.items():
            archive.writestr(ZipInfo(plain), package.part(name))
    return stream.getvalue()
