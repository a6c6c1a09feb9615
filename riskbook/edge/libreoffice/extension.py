"""The LibreOffice extension, ``riskbook.oxt``: a toolbar and a menu of the same commands.

::

    riskbook.core.commands -> Addons.xcu (toolbar, menu) -> riskbook_toolbar.py -> riskbook

Built from source, the same bytes every time.  The extension also holds the helper, so that
``riskbook refresh --live`` can reach the LibreOffice that is open.
"""

from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from riskbook import __version__
from riskbook.core.commands import COMMANDS, Command
from riskbook.edge.libreoffice.line.office import modules

IDENTIFIER = "org.riskbook.toolbar"
SERVICE = "service:org.riskbook.Toolbar"
OLDEST = "7.4"  # LibreOffice: what the tests run
_SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
_OOR = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = "application/vnd.sun.star"


def build(interpreters: Mapping[str, str]) -> bytes:
    """The extension's bytes.

    Args:
        interpreters: the full path of the Python in which riskbook is installed, on
            "win32", "darwin" and "linux".
    """
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts(interpreters).items():
            package.writestr(ZipInfo(name), content)
    return stream.getvalue()


def parts(interpreters: Mapping[str, str]) -> dict[str, bytes]:
    """Each file in the extension."""
    scripts = files("riskbook.edge.libreoffice") / "helper"
    names = tuple(command.name for command in COMMANDS)
    settings = f"INTERPRETERS = {dict(interpreters)!r}\nCOMMANDS = {names!r}\n"
    return {
        "META-INF/manifest.xml": _manifest().encode(),
        "description.xml": _description().encode(),
        "description/description_en.txt": (
            b"Checks, scores and summarises a council's risk register in the open workbook.\n"
        ),
        "Addons.xcu": addons().encode(),
        "CalcWindowState.xcu": _docked().encode(),
        "python/riskbook_toolbar.py": (scripts / "riskbook_toolbar.py").read_bytes(),
        "python/pythonpath/riskbook_settings.py": settings.encode(),
        **{f"python/{name}": content for name, content in modules().items()},
    }


def _manifest() -> str:
    entries = (
        ("Addons.xcu", f"{_MANIFEST}.configuration-data"),
        ("CalcWindowState.xcu", f"{_MANIFEST}.configuration-data"),
        ("python/riskbook_toolbar.py", f"{_MANIFEST}.uno-component;type=Python"),
    )
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>\n'
        for path, kind in entries
    )
    space = "http://openoffice.org/2001/manifest"
    return f'{_HEAD}<manifest:manifest xmlns:manifest="{space}">\n{lines}</manifest:manifest>\n'


def _description() -> str:
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"\n'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"\n'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{__version__}"/>\n'
        '<display-name><name lang="en">riskbook</name></display-name>\n'
        '<extension-description><src lang="en" xlink:href="description/description_en.txt"/>'
        "</extension-description>\n"
        f'<dependencies><l:LibreOffice-minimal-version value="{OLDEST}" '
        f'l:name="LibreOffice {OLDEST}"/></dependencies>\n</description>\n'
    )


def addons() -> str:
    """The toolbar and the menu, in the order of the commands."""
    buttons = "".join(_entry(number, command) for number, command in enumerate(COMMANDS, 1))
    return (
        f'{_HEAD}<oor:component-data {_OOR} oor:name="Addons" '
        'oor:package="org.openoffice.Office">\n'
        '<node oor:name="AddonUI">\n'
        f'<node oor:name="OfficeToolBar"><node oor:name="{IDENTIFIER}" oor:op="replace">\n'
        f"{buttons}</node></node>\n"
        f'<node oor:name="OfficeMenuBar"><node oor:name="{IDENTIFIER}" oor:op="replace">\n'
        f"{_prop('Title', '~Riskbook', localised=True)}{_prop('Context', _SHEETS)}"
        f'<node oor:name="Submenu">\n{buttons}</node></node></node>\n'
        "</node>\n</oor:component-data>\n"
    )


def _docked() -> str:
    """Where the toolbar stands at first: below the others, under its own name."""
    return (
        f'{_HEAD}<oor:component-data {_OOR} oor:name="CalcWindowState" '
        'oor:package="org.openoffice.Office.UI">\n'
        '<node oor:name="UIElements"><node oor:name="States">\n'
        f'<node oor:name="private:resource/toolbar/addon_{IDENTIFIER}" oor:op="replace">\n'
        f"{_prop('UIName', 'Riskbook', localised=True)}"
        '<prop oor:name="Docked" oor:type="xs:boolean"><value>true</value></prop>\n'
        '<prop oor:name="Visible" oor:type="xs:boolean"><value>true</value></prop>\n'
        '<prop oor:name="DockingArea" oor:type="xs:int"><value>0</value></prop>\n'
        '<prop oor:name="DockPos" oor:type="xs:string"><value>0,3</value></prop>\n'
        "</node>\n</node></node>\n</oor:component-data>\n"
    )


def _entry(number: int, command: Command) -> str:
    # the letter of the command after ~ presses it from the keyboard in the menu
    at = command.label.upper().find(command.key)
    title = command.label if at < 0 else f"{command.label[:at]}~{command.label[at:]}"
    return (
        f'<node oor:name="B{number:02}" oor:op="replace">\n'
        f"{_prop('Title', title, localised=True)}{_prop('URL', f'{SERVICE}?{command.name}')}"
        f"{_prop('Target', '_self')}{_prop('Context', _SHEETS)}</node>\n"
    )


def _prop(name: str, value: str, *, localised: bool = False) -> str:
    lang = f" xml:lang={quoteattr('en')}" if localised else ""
    text = f"<value{lang}>{escape(value)}</value>"
    return f'<prop oor:name="{name}" oor:type="xs:string">{text}</prop>\n'
